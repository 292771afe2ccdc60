# usage: verify [N|engine]|checks the lessons, or the pieces of the engine: stubs fail, solutions pass, mutants fail, quotes equal the code; --run trains anew, --write updates quotes
course_verify() {
  local run=false write=false everything=false engine=false lessons=() option folder
  for option; do
    case $option in
      --run) run=true ;;
      --write) write=true ;;
      -*) fail "verify: unknown option '$option', expected --run or --write" ;;
      engine) engine=true ;;
      *) lessons+=("$(lesson_folder "$option")") ;;
    esac
  done
  source tools/course/exercise.sh
  source tools/course/figures.sh
  if $engine; then verify_engine; return; fi
  if $write && [ ${#lessons[@]} = 0 ]; then
    source tools/engine/pieces.sh
    build release hourglass_f64
    write_signatures
  fi
  [ ${#lessons[@]} -gt 0 ] || { everything=true; mapfile -t lessons < <(dirname lessons/*/lesson.cpp); }
  lessons=("${lessons[@]%/}")
  # shellcheck disable=SC2086
  need $test_packages
  build release hourglass_f64
  local bad=0
  verify_tasks || bad=1
  for folder in "${lessons[@]}"; do
    if $run; then run_in_full; fi
    verify_text || bad=1
    check_figures "$folder" || bad=1
    verify_tour || bad=1
  done
  if $everything; then
    verify_engine || bad=1
    verify_release || bad=1
  fi
  [ $bad = 0 ] && say "verified: $(printf '%s ' "${lessons[@]##*/}")"
  return $bad
}

# The pieces of the engine, on all cores.
verify_engine() {
  source tools/engine/pieces.sh
  # shellcheck disable=SC2086
  need $test_packages
  # shellcheck disable=SC2046
  build_pieces $(pieces)
  say "checking $(pieces | wc -l) pieces: stubs, solutions, mutants"
  attended xargs -P "$(nproc)" -L 1 tools/engine/verify_piece.sh <<<"$(pieces)"
}

# All tasks of the lessons, on all cores.
verify_tasks() {
  local folder task count list
  list=$(for folder in "${lessons[@]}"; do for task in $(tasks "$folder"); do printf '%s %s\n' "$folder" "$task"; done; done)
  [ -n "$list" ] || return 0
  count=$(wc -l <<<"$list")
  say "checking $count tasks: stubs, solutions, mutants"
  attended xargs -P "$(nproc)" -L 1 tools/exercise/verify_task.sh <<<"$list"
}

# What each wrong version of a task or a piece is known by, when the checker names it.
write_signatures() {
  local folder task piece
  say 'running all wrong versions, for lessons/common/exercise/signatures.txt'
  {
    for folder in lessons/[0-9][0-9]_*; do
      for task in $(tasks "$folder"); do printf 'tools/exercise/verify_task.sh %s %s --signatures\n' "$folder" "$task"; done
    done
    for piece in $(pieces); do printf 'tools/engine/verify_piece.sh %s --signatures\n' "$piece"; done
  } | xargs -P "$(nproc)" -I {} sh -c '{}' | sort -k 2 >build/signatures.txt
  mv build/signatures.txt lessons/common/exercise/signatures.txt
}

# verify_length FILE: a lesson is read from top to bottom, so its main is short, and so is its training loop, which stands
# between // [loop] and // [/loop].
verify_length() {
  local bad=0 main loop
  main=$(awk '/^int main/ { start = NR } start && /^}/ { print NR - start + 1; exit }' "$1")
  [ "${main:-99}" -le 80 ] || { echo "$1: main has ${main:-no} lines, at most 80 are allowed"; bad=1; }
  grep -q 'run\.epochs(' "$1" || return $bad
  loop=$(awk '/^ *\/\/ \[loop\]$/ { inside = 1; next } /^ *\/\/ \[\/loop\]$/ { print count; exit }
    inside && !/^ *\/\/ \[.*\]$/ { ++count }' "$1")
  [ "${loop:-99}" -le 25 ] || {
    echo "$1: the training loop, from // [loop] to // [/loop], has ${loop:-no} lines, at most 25 are allowed"
    bad=1
  }
  return $bad
}

# verify_quotes FILE: the code that a text of $folder quotes equals the source; --write updates it.
verify_quotes() {
  mkdir -p build/exercises
  awk -v lesson="$folder" -f tools/exercise/quotes.awk "$1" >build/exercises/README.md || return 1
  ! cmp -s build/exercises/README.md "$1" || return 0
  if $write; then
    cp build/exercises/README.md "$1"
    say "$1: quoted code updated"
    return
  fi
  diff -u --label "$1" "$1" --label 'the code' build/exercises/README.md
  echo "$1: quoted code differs from the code; ./course verify $(lesson_number "$folder") --write updates it"
  return 1
}

# The text of $folder: quoted code and numbers equal their sources.
verify_text() {
  local readme bad=0 wrong
  readme=$(text_of "$folder")
  for wrong in "$folder/lesson.cpp" "$readme"; do
    [ -e "$wrong" ] || { echo "$wrong is missing"; return 1; }
  done
  verify_length "$folder/lesson.cpp" || bad=1
  verify_quotes "$readme" || bad=1
  [ ! -e "$folder/MICRO.md" ] || verify_quotes "$folder/MICRO.md" || bad=1
  if grep -q '<!-- metric:' "$readme"; then
    if [ -e "$folder/metrics.json" ]; then
      wrong=$(awk -f tools/exercise/numbers.awk "$folder/metrics.json" "$readme")
      [ -z "$wrong" ] || { printf '%s\n' "$wrong"; bad=1; }
    else
      echo "$folder has no metrics.json; ./course verify $(lesson_number "$folder") --run --write makes it"
      bad=1
    fi
  fi
  return $bad
}

# Trains $folder in full and compares the text with that run; --write keeps its metrics.json and its
# figures as the lesson's.
run_in_full() {
  local name wrong
  name=$(basename "$folder")
  build release "$name"
  say "running $name in full"
  "build/release/lessons/$name" --out "build/full/$name" >/dev/null || { echo "$name failed"; bad=1; return; }
  if $write; then
    # shellcheck disable=SC2086
    need $figures_packages
    keep_run "build/full/$name" "$folder" || bad=1
    return
  fi
  wrong=$(awk -f tools/exercise/numbers.awk "build/full/$name/metrics.json" "$(text_of "$folder")")
  [ -z "$wrong" ] || { printf '%s\n' "$wrong"; bad=1; }
}

# The tour of $folder, if there is one, equals gdb's output.
verify_tour() {
  [ -e "$folder/tour.md" ] || return 0
  source tools/course/debug.sh
  check_tour "$folder"
}

# A released course can be built, and its checker works: the first stub of lesson 0 compiles there, and fails with its message.
verify_release() {
  local trial status=0 said
  trial=$(mktemp -d)
  source tools/course/release.sh
  course_release "$trial/course" 2>/dev/null
  said=$("$trial/course/course" --no-install exercise 0 --once 2>&1 </dev/null) || status=$?
  rm -rf "$trial"
  [ $status = 1 ] && [[ $said == *'not written yet: '* ]] && return
  printf 'the checker of the released course fails (status %s):\n%s\n' "$status" "$said"
  return 1
}
