# usage: milestones [YEAR]|the historical figures, and by whose code they have been reached; with a year, measures that one: --seed S --mine
course_milestones() {
  local rest preset used='' year='' seed=1 row verdict whose
  source tools/engine/mine.sh
  refuse_unknown milestones "$@"
  take_mine "$@"
  set -- ${rest[@]+"${rest[@]}"}
  while [ $# -gt 0 ]; do
    case $1 in
      --seed)
        [[ ${2:-} =~ ^0*[1-9][0-9]{0,17}$ ]] || fail "milestones: --seed: expected a whole number, 1 or more, found '${2:-}'"
        seed=$2
        shift
        ;;
      *) [ -z "$year" ] || fail "milestones: one year at a time, not both '$year' and '$1'"; year=$1 ;;
    esac
    shift
  done
  [ -n "$year" ] || { list_milestones "$preset"; return; }
  row=$(milestone "$year" 2)
  [ -n "$row" ] || fail "milestones: there is none of '$year'; there are: $(milestones | paste -sd' ')"
  # shellcheck disable=SC2086
  need $build_packages
  if [ $preset = mine ]; then use_mine; fi
  build $preset claims
  mkdir -p work
  if "build/$preset/claims" --only "$row" --seed "$seed"; then verdict=pass; else verdict=fail; fi
  whose=$([ -n "$used" ] && tr ' ' ',' <<<"${used# }" || printf 'the course')
  printf '%s | %s | %s\n' "$year" "$verdict" "$whose" >>work/milestones
  [ "$verdict" = pass ]
}

milestones() { sed -nE 's/^([0-9]{4}) .*/\1/p' lessons/engine/milestones.txt; }

# milestone YEAR COLUMN: 2 the row of the ledger, 3 minutes, 4 what
milestone() { awk -F ' *[|] *' -v year="$1" -v column="$2" '$1 == year { print $column }' lessons/engine/milestones.txt; }

# list_milestones PRESET: with `mine` only what was reached with a student's code counts
list_milestones() {
  local year reached
  for year in $(milestones); do
    reached=$(awk -F ' *[|] *' -v year="$year" -v mine="$1" '$1 == year && $2 == "pass" && (mine != "mine" || $3 != "the course") { by = $3 }
      END { print by }' work/milestones 2>/dev/null || true)
    printf '  %s %s  %s min  %s%s\n' "$([ -n "$reached" ] && echo ✓ || echo ' ')" "$year" "$(milestone "$year" 3)" "$(milestone "$year" 4)" "${reached:+, with the code of: $reached}"
  done
  printf '\nMeasure one with: ./course milestones 1986     With your pieces of the engine: --mine\n'
}
