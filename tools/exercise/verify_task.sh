#!/usr/bin/env bash
# verify_task.sh LESSON_FOLDER TASK [--signatures]: the stub compiles and fails with its message, the solution passes under
# the sanitizers, every mutant is rejected by its behaviour. Prints a line for each exception; status 1 if there is one.
# With --signatures it prints a line for each mutant instead: what its verdict is known by, and what is wrong.
set -uo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
source tools/engine/pieces.sh
lesson=$1 task=$2 bad=0
place=build/exercises/verify/$(basename "$lesson")/$task
mkdir -p "$place"
wrong() { printf '%s %s: %s\n' "$(basename "$lesson")" "$task" "$1"; bad=1; }
# checked SOURCE [OPTION]: its status; the output is in $said
checked() { said=$(tools/exercise/judge.sh "$lesson" "$task" "$1" "$place" "${@:2}" 2>&1); }

if [ -n "${3:-}" ]; then
  for mutant in "$lesson/mutants/${task}"_[0-9].cpp; do
    checked "$mutant" --json
    printf '%s %s %s: %s\n' "$(signature <<<"$said")" "$(basename "$lesson")" "$task" "$(sed -n '1s|^// *||p' "$mutant")"
  done
  exit 0
fi
[ "$(grep -cE '^## Hint [123]$' "$lesson/exercises/$task.md" 2>/dev/null)" = 3 ] || wrong "exercises/$task.md does not have three hints, '## Hint 1' to '## Hint 3'"
[ -e "$lesson/tests/${task}_test.cpp" ] || { wrong "tests/${task}_test.cpp is missing"; exit 1; }
grep -nE '#include "lessons/[0-9]' "$lesson/tests/${task}_test.cpp" && wrong 'its tests include a lesson'

checked "$lesson/exercises/$task.cpp"
status=$?
[ $status != 3 ] || { wrong "$said"; exit 1; }
[ $status = 1 ] || wrong "the stub ends with status $status, expected 1 (it compiles, and fails): $said"
grep -q 'not written yet: ' <<<"$said" || wrong "the stub does not report what is missing (todo): $said"
if [ ! -d "$lesson/solutions" ]; then exit $bad; fi # a course that was handed out

if [ ! -e "$lesson/solutions/$task.cpp" ]; then
  wrong "solutions/$task.cpp is missing"
else
  checked "$lesson/solutions/$task.cpp" --sanitize || wrong "the solution is rejected: $said"
fi
mutants=0
for mutant in "$lesson/mutants/${task}"_[0-9].cpp; do
  [ -e "$mutant" ] || continue
  mutants=$((mutants + 1))
  checked "$mutant"
  status=$?
  [ $status = 1 ] || wrong "$mutant ends with status $status, expected 1 (it compiles, and is rejected): $said"
done
[ $mutants -ge 3 ] || wrong "$mutants mutants, expected at least three"
exit $bad
