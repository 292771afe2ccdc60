#!/usr/bin/env bash
# verify_task.sh LESSON_FOLDER TASK: the stub compiles and fails in its own words, the solution passes under the
# sanitizers, every mutant is rejected by what it does. Prints a line for each that does not; status 1 if there is one.
set -uo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
lesson=$1 task=$2 bad=0
place=build/exercises/verify/$(basename "$lesson")/$task
mkdir -p "$place"
wrong() { printf '%s %s: %s\n' "$(basename "$lesson")" "$task" "$1"; bad=1; }
# judged SOURCE [OPTION]: its status; what was said is in $said
judged() { said=$(tools/exercise/judge.sh "$lesson" "$task" "$1" "$place" "${@:2}" 2>&1); }

[ "$(grep -cE '^## Hint [123]$' "$lesson/exercises/$task.md" 2>/dev/null)" = 3 ] || wrong "exercises/$task.md has not three hints, '## Hint 1' to '## Hint 3'"
[ -e "$lesson/tests/${task}_test.cpp" ] || { wrong "tests/${task}_test.cpp is missing"; exit 1; }
grep -nE '#include "lessons/[0-9]' "$lesson/tests/${task}_test.cpp" && wrong 'its tests include a lesson'

judged "$lesson/exercises/$task.cpp"
status=$?
[ $status != 3 ] || { wrong "$said"; exit 1; }
[ $status = 1 ] || wrong "the stub ends with status $status, expected 1 (it compiles, and fails): $said"
grep -q 'not written yet: ' <<<"$said" || wrong "the stub does not say what is missing (todo): $said"
if [ ! -d "$lesson/solutions" ]; then exit $bad; fi # a course that was handed out

if [ ! -e "$lesson/solutions/$task.cpp" ]; then
  wrong "solutions/$task.cpp is missing"
else
  judged "$lesson/solutions/$task.cpp" --sanitize || wrong "the solution is rejected: $said"
fi
mutants=0
for mutant in "$lesson/mutants/${task}"_[0-9].cpp; do
  [ -e "$mutant" ] || continue
  mutants=$((mutants + 1))
  judged "$mutant"
  status=$?
  [ $status = 1 ] || wrong "$mutant ends with status $status, expected 1 (it compiles, and is rejected): $said"
done
[ $mutants -ge 3 ] || wrong "$mutants mutants, expected three at least"
exit $bad
