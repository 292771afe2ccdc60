# usage: claims [OPTIONS]|the ledger: published figures and the notes' statements, measured: --quick --full --seed S --json FILE --only ID
course_claims() {
  local arguments=("$@") quick=() seed=() only=false rules name out
  while [ $# -gt 0 ]; do
    case $1 in
      --quick) quick=(--quick) ;;
      --seed) seed=(--seed "${2:-}") ;;
      --only) only=true ;;
    esac
    shift
  done
  # shellcheck disable=SC2086
  need $build_packages
  build release all
  # the statements stand beside the lessons: each lesson that owns some is run first
  if ! $only; then
    for rules in lessons/[0-9][0-9]_*/claims.json; do
      [ -e "$rules" ] || continue
      name=$(basename "$(dirname "$rules")") out=build/claims/$(basename "$(dirname "$rules")")
      say "running lesson $name"
      "build/release/lessons/$name" --out "$out" "${quick[@]}" "${seed[@]}" >"build/claims-$name.log" 2>&1 ||
        fail "lesson $name failed; the whole log is build/claims-$name.log"
      arguments+=(--lesson "$root/$rules" "$root/$out/metrics.json")
    done
  fi
  cd "$caller"
  exec "$root/build/release/claims" "${arguments[@]}"
}
