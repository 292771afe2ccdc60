#!/usr/bin/env bash
# Checks one file with the tests of a task: judge.sh LESSON_FOLDER TASK SOURCE PLACE [--json] [--sanitize] [--show]
# Compiles SOURCE, links it with the tests and the double build of the library, and runs them; the objects are written to
# PLACE. Status 0: all holds; 1: it does not; 2: it does not compile; 3: the
# tests do not. --show prints the compiler's command first.
set -uo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."

lesson=$1 task=$2 source=$3 place=$4
shift 4
json=false sanitize=() show=false
for option; do
  case $option in
    --json) json=true ;;
    --show) show=true ;;
    --sanitize) sanitize=(-fsanitize=address,undefined -fno-sanitize-recover=all) ;;
  esac
done
library=build/release/libhourglass_f64.a
compiler=${CXX:-g++}
flags=(-std=c++20 -I. -Ibuild/release/include -DHOURGLASS_DOUBLE -D_GLIBCXX_ASSERTIONS -Og -g "${sanitize[@]}")

# tell STATUS TEXT: a verdict without running: the text for a person, or in JSON
tell() {
  if $json; then
    local text=$2
    text=${text//\\/\\\\} text=${text//\"/\\\"} text=${text//$'\t'/ } text=${text//$'\n'/\\n}
    printf '{"lesson":"%s","task":"%s","compiled":%s,"solved":false,"passed":0,"failed":1,"messages":["%s"]}\n' \
      "$(basename "$lesson")" "$task" "$([ "$1" = 2 ] && echo false || echo true)" "$text"
  else
    printf '%s\n' "$2"
  fi
  exit "$1"
}

# object SOURCE OBJECT: compiled, unless it is newer than its source, the library and these tools
object() {
  [ "$2" -nt "$1" ] && [ "$2" -nt $library ] && [ "$2" -nt lessons/common/exercise/judge.h ] && return
  "$compiler" "${flags[@]}" -c "$1" -o "$2.$$" && mv "$2.$$" "$2"
}

mkdir -p "$place"
name=${sanitize:+sanitized_}
judge=build/exercises/${name}judge.o
test=build/exercises/$name$(basename "$lesson")_$task.o
mkdir -p build/exercises
{ object lessons/common/exercise/judge.cpp "$judge" && object "$lesson/tests/${task}_test.cpp" "$test"; } 2>"$place/tests.log" ||
  { cat "$place/tests.log" >&2; tell 3 "the tests of $task do not compile; your file is not the cause"; }

# the student's file: the compiler's first error, with its line, is enough
command=("$compiler" "${flags[@]}" -Wall -Wextra -Wno-unused-parameter -fmax-errors=1 -c "$source" -o "$place/$task.o")
if $show; then printf '  %s\n' "${command[*]}"; fi
if ! "${command[@]}" 2>"$place/compiler.log"; then
  complaint=$(grep -A 2 -m 1 -E 'error:|fatal' "$place/compiler.log" | cut -c 1-300)
  tell 2 "it does not compile:"$'\n'"${complaint:-$(head -n 3 "$place/compiler.log")}"
fi
if ! $json; then grep -A 2 "^${source}:.*warning:" "$place/compiler.log" | head -n 6; fi
if ! "$compiler" "${sanitize[@]}" "$judge" "$test" "$place/$task.o" $library -llapack -lopenblas -lpthread -o "$place/$task" \
  2>"$place/linker.log"; then
  wanted=$(sed -n "s/.*undefined reference to [\`‘']\(.*\)'.*/\1/p" "$place/linker.log" | head -n 1 | sed 's/hourglass::f64:://g')
  tell 2 "the tests call ${wanted:-something}, which $source does not define (or defines twice): did its name or its arguments change?"
fi

# it may run forever, or end before it is checked
arguments=()
if $json; then arguments=(--json "$(basename "$lesson")" "$task"); fi
{ timeout 20 "$place/$task" "${arguments[@]}" >"$place/verdict" 2>"$place/stderr"; } 2>/dev/null # a crash is reported below
status=$?
[ $status != 124 ] || tell 1 'it did not end within 20 seconds'
grep -qE '^[0-9]+ of [0-9]+ hold$|"solved":' "$place/verdict" ||
  tell 1 "it ended before it was checked (status $status)"$'\n'"$(grep -m 3 -E 'ERROR|error|Error' "$place/stderr")"
cat "$place/verdict"
if ! $json; then head -n 20 "$place/stderr"; fi
[ $status = 0 ]
