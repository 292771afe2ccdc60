# The lessons, in order, each with the question that its README opens with and the tasks that are solved.
course_list() {
  local readme folder name solved all task
  source tools/course/exercise.sh
  for readme in lessons/[0-9][0-9]_*/README.md; do
    folder=$(dirname "$readme") name=$(basename "$(dirname "$readme")") solved=0 all=0
    for task in $(tasks "$folder"); do
      all=$((all + 1))
      ! is_solved "$name" "$task" || solved=$((solved + 1))
    done
    printf '  %s  %-5s %-28s %s\n' "${name%%_*}" "$([ $all = 0 ] || printf '%d/%d' $solved $all)" \
      "$(sed -n '1s/^# *//p' "$readme" | sed 's/^[0-9]* *[·.:-]* *//')" "$(sed -n 's/^> *//p' "$readme" | head -n 1)"
  done
  printf '\nRun one with: ./course run 1     Solve its tasks with: ./course exercise 1\n'
}
