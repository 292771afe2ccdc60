# A student's view: the released course holds no solution and no answer, and in it a file is checked, hints come one by
# one, progress is kept, and reset loses nothing. The library is that of this build; cmake and ninja are stand-ins.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
lesson=lessons/00_tensors_and_gradients
[ -d $lesson/solutions ] || exit 0 # this is a course that was handed out
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
bad=0
wrong() { printf '%s\n' "$@"; bad=1; }

./course release "$trial/course" 2>/dev/null || wrong 'release failed'
./course release "$trial/course" 2>/dev/null && wrong 'release writes into a folder that is not empty'
[[ -s $trial/course/LICENSE && -s $trial/course/LICENSE-texts.md ]] || wrong 'the released course has no licence'
leaked() { find "$1" -path '*/solutions/*' -o -path '*/mutants/*'; } # file by file
lines() { # three lines in a row of a solution, that its stub does not have, in any file
  local task
  for task in lessons/[0-9]*/solutions/*.cpp; do
    grep -rIlZ . "$1" --exclude-dir=build | xargs -0 awk -v stub="${task/solutions/exercises}" -v solution="$task" '
      function plain(line) { gsub(/[ \t]/, "", line); return line ~ /^($|\/\/|#include|using|}*;?$)/ ? "" : line }
      function window(line) { if ((line = plain(line)) == "") return ""; a = b; b = c; c = line; return a == "" ? "" : a "\n" b "\n" c }
      BEGIN {
        while ((getline line <stub) > 0) if ((w = window(line)) != "") own[w] = 1
        a = b = c = ""
        while ((getline line <solution) > 0) if ((w = window(line)) != "" && !(w in own)) secret[w] = 1
      }
      FNR == 1 { a = b = c = "" }
      (w = window($0)) in secret { print FILENAME ":" FNR ": three lines of " solution }'
  done
}
said=$(leaked "$trial/course"; lines "$trial/course")
[ -z "$said" ] || wrong 'the released course holds solutions:' "$said"
said=$(grep -rnxE '<!-- /?answers -->|</?details>' "$trial/course/lessons")
[ -z "$said" ] || wrong 'the released course holds answers:' "$said"
questions=$(grep -c '^## ' "$trial/course/lessons/CONCEPTS.md")
[ "$questions" = "$(grep -cx '<!-- answers -->' lessons/CONCEPTS.md)" ] || wrong "the released course has $questions concept questions, expected one for each answer"
cp $lesson/solutions/2_new_op.cpp "$trial/course/docs/leaked.md"
[ -n "$(lines "$trial/course")" ] || wrong 'a solution that is left in a text is not noticed'
rm "$trial/course/docs/leaked.md"

mkdir -p "$trial/bin" "$trial/course/build/release" "$trial/course/build/exercises"
cp -p build/exercises/judge.o "$trial/course/build/exercises/" 2>/dev/null # made before, if it was
ln -s "$PWD/build/release/libhourglass_f64.a" "$PWD/build/release/include" "$trial/course/build/release/"
printf '#!/bin/bash\nmkdir -p build/release; touch build/release/build.ninja; echo "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" >build/release/CMakeCache.txt\n' >"$trial/bin/cmake"
printf '#!/bin/bash\n' >"$trial/bin/ninja"
chmod +x "$trial"/bin/*
export PATH="$trial/bin:$PATH"
course=$trial/course/course
mine=$trial/course/work/00_tensors_and_gradients/1_centre.cpp
# expect WHAT STATUS OUTPUT CALL...: ./course CALL must end with STATUS and say OUTPUT (a pattern)
expect() {
  local what=$1 status=$2 output=$3 got
  shift 3
  said=$(timeout 120 "$course" --no-install "$@" 2>&1 </dev/null)
  got=$?
  # shellcheck disable=SC2053
  [ "$got" = "$status" ] && [[ $said == $output ]] || wrong "$what: status $got, expected $status; said:" "$said"
}
own() { sed "s|$2|$3|" "$1" >"$mine"; }
solution=$lesson/solutions/1_centre.cpp

expect 'the stub reports what is missing' 1 '*not written yet: centred*0 of 4 hold' exercise 0 1 --once
expect 'also to a script' 1 '{"lesson":"00_tensors_and_gradients","task":"1_centre","compiled":true,"solved":false,"passed":0,"failed":4,*}' exercise 0 --json
own $solution 'x, 0' 'x, 1'
expect 'a wrong result is reported with input, expected and found' 1 '*centred of *2, 6, 3, 8, 2}: expected *{-1, -3, 2, 1, 3, -2}, found *' exercise 0 centre --once
own $solution 'mean(x' 'average(x'
expect 'the compiler is quoted briefly' 2 '*does not compile:*1_centre.cpp:*error: *average*' exercise 0 1_centre --once
[ "$(wc -l <<<"$said")" -le 8 ] || wrong 'more than eight lines about one mistake:' "$said"
expect 'a script learns it too' 2 '{*"compiled":false,"solved":false,*average*"]}' exercise 0 1 --json
own $solution 'Tensor centred(const Tensor& x)' 'Tensor centered(const Tensor\& x)'
expect 'without the function, nothing stands in for it' 2 'the tests call centred(Tensor const&), which *1_centre.cpp does not define*' exercise 0 1 --once
own $solution '  return' '  std::exit(0); return'
sed -i '1i #include <cstdlib>' "$mine"
expect 'a program that ends before it is checked has not solved it' 1 'it ended before it was checked*' exercise 0 1 --once
own $solution '  return' '  \*static_cast<volatile int*>(nullptr) = 1; return'
expect 'a crash is reported' 1 '*it crashed*null pointer*' exercise 0 1 --once
expect 'nothing is solved yet' 0 '*00  0/4*' list
cp $solution "$mine"
expect 'a right solution is reported' 0 '*4 of 4 hold' exercise 0 1 --once
expect 'progress is kept' 0 '*00  1/4*' list
expect 'a script learns it' 0 '{*"solved":true,"passed":4,"failed":0,"messages":[[]]}' exercise 0 1 --json
expect 'the next task is the one that is not solved' 1 '*softsign*' exercise 0 --once
expect 'the first hint' 0 '## Hint 1*' exercise 0 1 hint
[[ $said != *'Hint 2'* ]] || wrong 'two hints at once'
expect 'the second hint' 0 '*## Hint 2*' exercise 0 1 hint
expect 'the third hint' 0 '*## Hint 3*last of 3 hints*' exercise 0 1 hint
expect 'reset brings the stub back' 0 '*is the stub again' exercise 0 1 reset
cmp -s "$mine" $lesson/exercises/1_centre.cpp || wrong 'reset did not bring the stub back'
cat "$mine".2* | cmp -s - $solution || wrong 'reset lost the solution'
expect 'there is no solution to be compared with' 1 'course: this copy of the course holds no solutions' exercise 0 1 diff
expect 'an unknown task is named' 1 '*no task*9*1_centre*' exercise 0 9 --once

# watching: checked at once, again after a save, and not in between, until q
cp $lesson/exercises/1_centre.cpp "$mine"
until_said() { for _ in {1..300}; do grep -q "$1" "$trial/watched" 2>/dev/null && break; sleep 0.2; done; }
{ until_said '0 of 4 hold'; sleep 2; cp $solution "$mine"; until_said '4 of 4 hold'; printf q; } |
  TERM=dumb timeout 120 script -qec "'$course' --no-install exercise 0 1" /dev/null >"$trial/watched" 2>&1
grep -q '0 of 4 hold' "$trial/watched" && grep -q '4 of 4 hold' "$trial/watched" || wrong 'a save is not noticed:' "$(tail -n 20 "$trial/watched")"
checks=$(grep -c '00_tensors_and_gradients · 1_centre' "$trial/watched")
[ "$checks" = 2 ] || wrong "checked $checks times, expected once at the start and once after the save"
sed 's/\r*$//' "$trial/watched" | grep -q $'[\033\r]' && wrong 'escape codes on a terminal that takes none'
echo '#error' >"$mine"
said=$(printf q | TERM=xterm NO_COLOR='' timeout 60 script -qec "'$course' --no-install exercise 0 1" /dev/null 2>&1)
[[ $said == *$'\033[2J'* ]] || wrong 'the screen is not cleared on a terminal:' "$said"
exit $bad
