# usage: debug N|the guided tour of lesson N in gdb; --check executes its commands and compares gdb's output with the text; --mine steps into your pieces of the engine
course_debug() {
  local rest preset used
  source tools/engine/mine.sh
  take_mine "$@"
  set -- ${rest[@]+"${rest[@]}"}
  [ $# -ge 1 ] || fail "debug: which lesson? As in: ./course debug 1"
  local folder
  folder=$(lesson_folder "$1")
  [ -e "$folder/tour.md" ] || fail "lesson $1 has no tour"
  [[ $# = 1 || $2 == --check ]] || fail "debug: unknown option '$2', expected --check"
  # shellcheck disable=SC2086
  need $build_packages gdb
  if [ "$preset" = mine ]; then preset=mine_lesson; use_mine $preset; else preset=lesson; fi
  if [ $# = 1 ]; then start_tour "$folder"; return; fi
  check_tour "$folder" || return
  say "$folder/tour.md: gdb prints what the text shows at all $(sed -n 's/^CHECKED \([0-9]*\).*/\1/p' build/tour.log) stops"
}

# start_tour FOLDER [GDB'S OPTIONS]: gdb with the lesson compiled for stepping, at one thread
start_tour() {
  local folder=$1 name plain=()
  name=$(basename "$1")
  shift
  build "${preset:-lesson}" "$name"
  takes_escapes || plain=(-iex 'set style enabled off') # gdb itself takes more for such a terminal
  HOURGLASS_TOUR=$folder OPENBLAS_NUM_THREADS=1 gdb -q -nx ${plain[@]+"${plain[@]}"} -x tools/gdb/tour.py "$@" \
    --args "build/${preset:-lesson}/lessons/$name" --quick --threads 1 --out "build/tour/$name"
}

# check_tour FOLDER: prints the differences between the tour's text and gdb's output
check_tour() {
  local status=0 log=build/tour.log
  HOURGLASS_TOUR_CHECK=1 start_tour "$1" -batch >"$log" 2>&1 </dev/null || status=$?
  awk -v tour="$1/tour.md" '/^CHECKED/ { show = 0 } sub(/^WRONG /, tour ": ") { show = 1 } show' "$log"
  grep -q '^CHECKED' "$log" || { tail -n 5 "$log"; status=1; }
  return $status
}
