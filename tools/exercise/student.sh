# What a student does with one task: the file in work/, the verdict at each save, hints, the diff. Sourced by
# tools/course/exercise.sh, with $folder, $name and $task set.
# shellcheck shell=bash disable=SC2154
mine=work/$name/$task.cpp
place=build/exercises/work/$name
hints=exercises # the folder of their pages

# note LINE: into the small text file that keeps the progress
note() { grep -qxF "$1" work/progress 2>/dev/null || printf '%s\n' "$1" >>work/progress; }

# keep_work: the student's file is the stub, copied once, and no command but reset writes it again.
keep_work() {
  { mkdir -p "work/$name" "$place" && : >>work/progress; } 2>/dev/null ||
    fail "$PWD/work cannot be written by $(id -un): the course needs a clone of your own"
  [ -e "$mine" ] || cp "$folder/exercises/$task.cpp" "$mine"
}

reset_work() {
  local old
  if ! cmp -s "$mine" "$folder/exercises/$task.cpp"; then
    old=$mine.$(date +%Y%m%d-%H%M%S)
    cp "$mine" "$old"
    say "your file is kept as $old"
  fi
  cp "$folder/exercises/$task.cpp" "$mine"
  say "$mine is the stub again"
}

# next_hint: the one that has not been shown, behind those that have; then all of them again.
next_hint() {
  local shown all
  shown=$(grep -cxE "hint $name/$task [0-9]+" work/progress 2>/dev/null || true)
  all=$(grep -c '^## Hint ' "$folder/$hints/$task.md")
  shown=$((shown < all ? shown + 1 : all))
  note "hint $name/$task $shown"
  awk -v last="$shown" '/^## Hint / { n++ } n >= 1 && n <= last' "$folder/$hints/$task.md"
  if [ "$shown" = "$all" ]; then printf '\nThat was the last of %s hints.\n' "$all"; fi
}

# show_difference: between the student's file and the course's own answer, once solved
show_difference() {
  is_solved "$name" "$task" || fail "the difference from the solution is shown when $task is solved"
  [ -e "$folder/solutions/$task.cpp" ] || fail "this copy of the course holds no solutions"
  diff -u --label "$mine" "$mine" --label "the course's own" "$folder/solutions/$task.cpp" || true
}

# check_once [--show]: the verdict; its status is that of judge.sh
check_once() {
  local status=0
  tools/exercise/judge.sh "$folder" "$task" "$mine" "$place" "${json[@]}" "$@" || status=$?
  if [ $status = 0 ]; then note "solved $name/$task"; fi
  return $status
}

# stamp: what changes when the file is saved
stamp() { stat -c %Y%s.%y "$mine" 2>/dev/null || true; }

# what_to_edit: for a line of text
what_to_edit() { printf '%s' "$mine"; }

# watch: checks at each save and at Enter, until q
watch() {
  local seen key=''
  while true; do
    seen=$(stamp)
    if takes_escapes; then printf '\033[2J\033[H'; else printf '\n'; fi
    printf '%s · %s\n' "$name" "$task"
    if check_once --show; then
      printf '\nSolved. n: next task   d: compare with the course'\''s own   q: quit\n'
    else
      printf '\nEdit %s: it is checked at each save.\nEnter: again   h: hint   n: next task   q: quit\n' "$(what_to_edit)"
    fi
    while true; do
      # after a time-out read leaves '', which would be Enter; with any other failure the terminal has gone
      IFS= read -rsn1 -t 0.2 key || { [ $? -gt 128 ] || return 0; key=none; }
      case $key in
        '') break ;;
        h) next_hint ;;
        d) (show_difference) || true ;;
        n) next_task; break ;;
        q) return 0 ;;
      esac
      [ "$(stamp)" = "$seen" ] || break
    done
  done
}

next_task() {
  local next=''
  next=$(tasks "$folder" | sed -n "/^$task\$/{n;p}")
  if [ -z "$next" ]; then say "that was the last task of this lesson"; sleep 1; return; fi
  task=$next mine=work/$name/$next.cpp
  keep_work
}
