# usage: exercise N [TASK]|checks your file at each save; --once checks it once, --json for a script; or a word: hint, reset, diff
course_exercise() {
  [ $# -ge 1 ] || fail "exercise: which lesson? As in: ./course exercise 0"
  local folder name task='' word=watch json=() option
  folder=$(lesson_folder "$1")
  name=$(basename "$folder")
  shift
  for option; do
    case $option in
      --once) word=once ;;
      --json) word=once json=(--json) ;;
      hint | reset | diff) word=$option ;;
      -*) fail "exercise: unknown option '$option', expected --once or --json" ;;
      *) [ -z "$task" ] || fail "exercise: one task at a time, not both '$task' and '$option'"; task=$option ;;
    esac
  done
  [ -n "$(tasks "$folder")" ] || fail "lesson ${name%%_*} has no exercises"
  task=$(find_task "$folder" "$task")
  source tools/exercise/student.sh
  keep_work
  case $word in
    hint) next_hint ;;
    reset) reset_work ;;
    diff) show_difference ;;
    *)
      # shellcheck disable=SC2086
      need $build_packages doctest-dev
      build release hourglass_f64
      if [ $word = once ] || [ ! -t 0 ]; then check_once; else watch; fi
      ;;
  esac
}

# tasks FOLDER: the names of a lesson's tasks, in order.
tasks() {
  local file
  for file in "$1"/exercises/[0-9]*.cpp; do [ -e "$file" ] && basename "$file" .cpp; done
  return 0
}

# is_solved NAME TASK: whether the student has solved it before.
is_solved() { grep -qxF "solved $1/$2" work/progress 2>/dev/null; }

# find_task FOLDER WORD: a task by its number or name; the first that is not solved where no word is given.
find_task() {
  local task first=''
  [[ ! $2 =~ ^0+([0-9]+)$ ]] || set -- "$1" "${BASH_REMATCH[1]}" # 01 is 1
  for task in $(tasks "$1"); do
    first=${first:-$task}
    case $2 in
      '') is_solved "$(basename "$1")" "$task" || { printf '%s' "$task"; return; } ;;
      "$task" | "${task%%_*}" | "${task#*_}") printf '%s' "$task"; return ;;
    esac
  done
  [ -z "$2" ] || fail "$(basename "$1") has no task '$2'; it has: $(tasks "$1" | tr '\n' ' ')"
  printf '%s' "$first"
}
