# usage: claims [OPTIONS]|the ledger: published figures and the notes' statements, measured: --quick --full --seed S --only ID --keep FILE --mine
course_claims() {
  local rest preset used
  source tools/engine/mine.sh
  take_mine "$@"
  set -- ${rest[@]+"${rest[@]}"}
  local arguments=("$@") quick=() seed=() only=false keep=false rules name out
  while [ $# -gt 0 ]; do
    case $1 in
      -h | --help) claims_help; return ;;
      --quick) quick=(--quick) ;;
      --full) ;;
      --seed)
        [[ $# = 1 || $2 =~ ^0*[1-9][0-9]{0,17}$ ]] ||
          fail "claims: --seed: expected a whole number, 1 or more, found '$2'; ./course claims --help lists the options"
        seed=(--seed "${2:-}")
        shift
        ;;
      --only) only=true; shift ;;
      --keep) keep=true; shift ;;
      --json | --markdown) shift ;;
      --lesson) shift; [ $# = 0 ] || shift ;;
      *) fail "claims: unknown option '$1'; ./course claims --help lists the options" ;;
    esac
    [ $# -gt 0 ] || fail "claims: the last option needs a value; ./course claims --help lists the options"
    shift
  done
  ! $keep || [ ${#quick[@]} = 0 ] || fail "claims: --quick gives no figures to --keep; ./course claims --help lists the options"
  # shellcheck disable=SC2086
  need $build_packages
  if [ "$preset" = mine ]; then use_mine; fi
  build "$preset" all
  # the statements stand beside the lessons: each lesson that owns some is run first
  if ! $only; then
    for rules in lessons/[0-9][0-9]_*/claims.json; do
      [ -e "$rules" ] || continue
      name=$(basename "$(dirname "$rules")") out=build/claims/$(basename "$(dirname "$rules")")
      say "running lesson $name"
      "build/$preset/lessons/$name" --out "$out" "${quick[@]}" "${seed[@]}" >"build/claims-$name.log" 2>&1 ||
        fail "lesson $name failed; the whole log is build/claims-$name.log"
      arguments+=(--lesson "$root/$rules" "$root/$out/metrics.json")
    done
  fi
  cd "$caller"
  exec "$root/build/$preset/claims" "${arguments[@]}"
}

claims_help() {
  printf 'Usage: ./course claims [OPTIONS]

  The ledger: published figures, measured here, and verdicts on the statements of the source notes, by the metrics of
  the lessons. It trains many models and takes hours, more with --full. It fails when a figure lies outside its band.

  --quick            a smoke run: one epoch on few digits, verdicts provisional
  --full             also the rows that take long, with seeds 1, 2 and 3
  --seed S           one seed (default 1)
  --only ID          only the measurement that this figure comes from, without the lessons
  --keep FILE        add each measurement to a ledger there, and skip those that it has under the same definition,
                     so that a long run may be stopped and continued; the lessons are run anew
  --json FILE        write the ledger to FILE
  --markdown FILE    write the ledger as a page of Markdown
  --mine             with your pieces of the engine in place of ours
  --lesson RULES METRICS   one more pair of claims.json and metrics.json

  ./course claims --only gzip-grey
  ./course claims --full --keep ledger.json --markdown ledger.md
  ./course claims --quick --full --json /tmp/ledger.json\n'
}
