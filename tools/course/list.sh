# The lessons, in order, each with the question that its README opens with.
course_list() {
  local readme number name
  for readme in lessons/[0-9][0-9]_*/README.md; do
    name=$(basename "$(dirname "$readme")")
    number=${name%%_*}
    printf '  %s  %-28s %s\n' "$number" "$(sed -n '1s/^# *//p' "$readme" | sed 's/^[0-9]* *[·.:-]* *//')" "$(sed -n 's/^> *//p' "$readme" | head -n 1)"
  done
  printf '\nRun one with: ./course run 1\n'
}
