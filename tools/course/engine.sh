# usage: engine [PIECE] [WORD]|the engine as an exercise: the map of its pieces, or one piece, checked at each save; --once checks it once, --json for a script; or a word: hint, reset, diff, debug
course_engine() {
  local piece='' word=watch json=() option
  source tools/engine/pieces.sh
  source tools/course/exercise.sh
  refuse_unknown engine "$@"
  for option; do
    case $option in
      --once) word=once ;;
      --json) word=once json=(--json) ;;
      hint | reset | diff | debug) word=$option ;;
      *) [ -z "$piece" ] || fail "engine: one piece at a time, not both '$piece' and '$option'"; piece=$option ;;
    esac
  done
  [ -n "$piece" ] || { show_map; return; }
  grep -qxF "$piece" <(pieces) || fail "engine: there is no piece '$piece'; it has: $(pieces | paste -sd' ')"
  local folder=lessons/engine name=engine task=$piece 
  source tools/exercise/student.sh
  source tools/engine/student.sh
  keep_work
  case $word in
    hint) next_hint ;;
    reset) reset_work ;;
    diff) show_difference ;;
    *)
      # shellcheck disable=SC2086
      need $build_packages doctest-dev
      build_pieces "$piece"
      case $word in
        debug) debug_piece ;;
        once) check_once ;;
        *) if [ -t 0 ]; then watch; else check_once; fi ;;
      esac
      ;;
  esac
}

# show_map: the pieces, in order, and which of them are solved
show_map() {
  local piece mark next='' core more
  for piece in $(pieces); do
    mark=' '
    if is_solved engine "$piece"; then mark='✓'; elif [ -z "$next" ]; then next=$piece mark='→'; fi
    if [ "$(piece_field "$piece" 2)" = more ] && [ -z "${more:-}" ]; then more=1; printf '\n'; fi
    printf '  %s %-14s %3s min  %s\n' "$mark" "$piece" "$(piece_field "$piece" 3)" "$(sed -n 's/^> *//p' "lessons/engine/$piece.md" | head -n 1)"
  done
  core=$(awk -F ' *[|] *' '$2 == "core" { sum += $3 } END { printf "%.1f", sum / 60 }' lessons/engine/pieces.txt)
  printf '\nThe pieces above the gap are the core route, %s hours. ' "$core"
  if [ -n "$next" ]; then printf 'Next: ./course engine %s\n' "$next"; else printf 'All are solved: ./course run 1 --mine\n'; fi
}
