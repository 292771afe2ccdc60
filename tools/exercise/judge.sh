#!/usr/bin/env bash
# Checks a student's files: judge.sh LESSON_FOLDER TASK SOURCE PLACE [--json] [--sanitize] [--show]
# A task is one file, SOURCE; a piece of the engine (LESSON_FOLDER is lessons/engine) those of lessons/engine/pieces.txt, in
# the folder SOURCE. They are compiled, linked with the tests and the library, and run; what is made is written to PLACE.
# Status 0: all holds; 1: it does not; 2: it does not compile; 3: the tests do not. --show prints the compiler's command.
set -uo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." || exit
source tools/engine/mine.sh

lesson=$1 task=$2 source=$3 place=$4
name=$(basename "$lesson")
shift 4
json=false sanitize=() show=false
for option; do
  case $option in
    --json) json=true ;;
    --show) show=true ;;
    --sanitize) sanitize=("-fsanitize=address,undefined" -fno-sanitize-recover=all -DDOCTEST_CONFIG_NO_POSIX_SIGNALS) ;;
  esac
done
compiler=${CXX:-g++}
suffix=_f64 include=build/release/include arguments=()
if [ "$name" = engine ]; then
  include=build/mine/include arguments=(--first)
  suffix=$(piece_suffix "$task")
  read -ra files <<<"$(piece_field "$task" 4)"
  read -ra tests <<<"$(piece_field "$task" 5)"
  mapfile -t library < <(our_objects "$task" | sed 's|^|build/mine/|')
  library+=(-lfmt -lz -lbz2 -llzma -ljpeg)
else
  files=("$source") tests=("$lesson/tests/${task}_test.cpp") library=(build/release/libhourglass_f64.a)
fi
if $json; then arguments=(--json "$name" "$task"); fi
flags=(-std=c++20 -I. "-I$include" -D_GLIBCXX_ASSERTIONS -Og -g ${sanitize[@]+"${sanitize[@]}"})
if [ -n "$suffix" ]; then flags+=(-DHOURGLASS_DOUBLE); fi
if [ "$name" = engine ]; then flags+=(-isystem "$(sed -n 's/^CBLAS_INCLUDE:PATH=//p' build/mine/CMakeCache.txt)" "-DHOURGLASS_DATA=\"$PWD/data\""); fi

# tell STATUS TEXT: a verdict without running: the text for a person, or in JSON
tell() {
  if $json; then
    local text=$2
    text=${text//\\/\\\\} text=${text//\"/\\\"} text=${text//$'\t'/ } text=${text//$'\n'/\\n}
    printf '{"lesson":"%s","task":"%s","compiled":%s,"solved":false,"passed":0,"failed":1,"messages":["%s"]}\n' \
      "$name" "$task" "$([ "$1" = 2 ] && echo false || echo true)" "$text"
  else
    printf '%s\n' "$2"
  fi
  exit "$1"
}

# is_current OBJECT: newer than each file that it was compiled from
is_current() {
  [ -e "$1" ] && [ -e "$1.d" ] || return 1
  [ -z "$(sed 's/^[^:]*://; s/\\$//' "$1.d" | xargs sh -c 'find "$@" -newer "$0" 2>&1' "$1" | head -n 1)" ]
}

# ours SOURCE: the object of a file of the course, compiled when it is not current; added to `objects`
ours() {
  local object
  object=build/exercises/${sanitize[0]:+sanitized_}$(printf '%s' "${1%.cpp}$suffix" | tr / _).o
  objects+=("$object")
  is_current "$object" && return
  "$compiler" "${flags[@]}" -DHOURGLASS_SOURCE="\"$PWD\"" -MMD -MF "$object.d.$$" -c "$1" -o "$object.$$" &&
    mv "$object.d.$$" "$object.d" && mv "$object.$$" "$object"
}

# known_mistake: names what has this verdict, too: a mistake that others made (lessons/common/exercise/signatures.txt)
known_mistake() {
  local known
  known=$("$place/$task" --json "$name" "$task" 2>/dev/null | signature)
  sed -n "s/^$known $name $task: /  → this is what happens when: /p" lessons/common/exercise/signatures.txt 2>/dev/null | head -n 2
}

# first_error LOG: the compiler's first error, with its line
first_error() {
  local complaint
  complaint=$(grep -A 2 -m 1 -E 'error:|fatal' "$1" | sed -E '1s/hourglass::f[0-9]+:://g; s/^(.{300}).+/\1…/')
  printf '%s' "${complaint:-$(head -n 3 "$1")}"
}

# crash REPORT: where a sanitizer stopped the program, where that function was called, and what it did
crash() {
  local where what again
  where=$(sed -nE '/runtime error|ERROR: AddressSanitizer/,/^$/p' "$1" | grep -ohE "${source}[^ ]*\.cpp:[0-9]+" | awk '!seen[$0]++' |
    head -n 2 | paste -sd' ' | sed 's/ /, called at /')
  what=$(sed -nE 's/.*runtime error: //p; s/.*ERROR: AddressSanitizer: ([A-Za-z-]+).*/\1/p' "$1" | head -n 1)
  again=$(sed -nE 's/^ *#([89]|1[0-9]) [^ ]* in //p' "$1" | sort | uniq -c | sort -rn | awk 'NR == 1 { print $1 }')
  if [ "${again:-0}" -ge 8 ]; then what=stack-overflow; fi
  case $what in
    stack-overflow) what='a function calls itself without end' ;;
    SEGV) what='it reads or writes memory that is not its own' ;;
    ABRT) what=$(grep -q '__n < this->size()' "$1" && echo 'an index lies outside of a vector' || echo 'a function of the standard library stops it') ;;
    *-buffer-overflow | use-after-poison | container-overflow) what='it reads or writes behind the end of an array' ;;
  esac
  printf '%s' "${where:+ at $where}${what:+: $what}"
}

mkdir -p "$place" build/exercises
objects=()
for file in lessons/common/exercise/judge.cpp lessons/common/exercise/expect.cpp "${tests[@]}"; do ours "$file" || break; done 2>"$place/tests.log"
if [ -s "$place/tests.log" ]; then
  head -n 20 "$place/tests.log" >&2
  tell 3 "the tests of $task do not compile; your file is not the cause"
fi
if [ ${#sanitize[@]} -gt 0 ]; then # memory.cpp, which then guards the ends of each tensor
  ours tensor/memory.cpp
  for i in "${!library[@]}"; do [[ ${library[i]} != */tensor/memory.cpp.o ]] || unset "library[i]"; done
fi

# the student's files: the compiler's first error, with its line, is enough
bad_call=''
for file in "${files[@]}"; do
  if [ "$name" = engine ]; then file=$source/$file; fi
  object=$place/${sanitize[0]:+sanitized_}$(basename "$file" .cpp).o
  command=("$compiler" "${flags[@]}" -Wall -Wextra -Wno-unused -fmax-errors=1 -c "$file" -o "$object")
  objects+=("$object")
  if $show; then printf '  %s\n' "${command[*]}"; fi
  # of several files those that have not changed are kept
  if [ "${#files[@]}" -gt 1 ] && [ "$object" -nt "$file" ] && [ "$object" -nt tools/exercise/judge.sh ]; then : >"$place/compiler.log"
  elif ! "${command[@]}" 2>"$place/compiler.log"; then
    rm -f "$object"
    tell 2 "it does not compile:"$'\n'"$(first_error "$place/compiler.log")"
  fi
  if ! $json; then grep -A 2 "^${file}:.*warning:" "$place/compiler.log" | head -n 6; fi
  if [ "$name" = engine ] && [ -z "$bad_call" ]; then bad_call=$(improper "$object"); fi
done
if ! "$compiler" ${sanitize[@]+"${sanitize[@]}"} "${objects[@]}" "${library[@]}" -llapack -lopenblas -lpthread -o "$place/$task" \
  2>"$place/linker.log"; then
  wanted=$(sed -n "s/.*undefined reference to [\`‘']\(.*\)'.*/\1/p" "$place/linker.log" | head -n 1 | sed 's/hourglass::f[0-9]*:://g')
  tell 2 "the tests call ${wanted:-something}, which $source does not define (or defines twice): did its name or its arguments change?"
fi

# it may run forever, or end before it is checked
export UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=handle_abort=1
{ (ulimit -St 5 && ulimit -Ht 7 && timeout 60 "$place/$task" ${arguments[@]+"${arguments[@]}"}) >"$place/verdict" 2>"$place/stderr"; } 2>/dev/null
status=$? # a crash is reported below
case $status in
  124 | 137 | 152)
    test=$(tail -n 1 "$place/verdict")
    tell 1 "it did not end within 5 seconds of processor time: is there a loop that does not end, or far too much work?${test:+$'\n'the test is: $test}"
    ;;
esac
if [ ${#sanitize[@]} = 0 ] && { [ $status -gt 128 ] || grep -q 'the program ended: SIG' "$place/verdict"; }; then
  test=$(sed -nE 's/^ *✗ //p; s/.*"([^"]*): the program ended: .*/\1/p' "$place/verdict" | tail -n 1)
  $json || echo 'it crashed; it is compiled once more, to find the line' >&2
  "$0" "$lesson" "$task" "$source" "$place" --sanitize >/dev/null 2>&1
  tell 1 "it crashed$(crash "$place/stderr")${test:+$'\n'the test is: $test}"
fi
grep -qE '^[0-9]+ of [0-9]+ hold$|"solved":' "$place/verdict" ||
  tell 1 "it ended before it was checked (status $status)"$'\n'"$(grep -m 3 -E 'ERROR|error|Error' "$place/stderr")"
# the lessons run on `float`: a piece that passes here must compile for them, too
if [ $status = 0 ] && [ "$name" = engine ] && [ -n "$suffix" ]; then
  for file in "${files[@]}"; do
    "$compiler" "${flags[@]}" -UHOURGLASS_DOUBLE -fsyntax-only -fmax-errors=1 "$source/$file" 2>"$place/compiler.log" ||
      tell 1 "all tests hold, but the lessons compile it with Scalar = float, not double, and there it is an error:"$'\n'"$(first_error "$place/compiler.log")"
  done
fi
# the project's own tests look for a text in an error's message
if $json; then cat "$place/verdict"; else sed -E 's/expected said\.find\((".*")\) != std::string::npos, found .*/expected an error whose message contains \1/' "$place/verdict"; fi
if [ -n "$bad_call" ]; then tell 1 "it calls $bad_call: a part of the library does not print, exit or allocate in its own way"; fi
if ! $json; then
  head -n 20 "$place/stderr"
  if [ $status != 0 ]; then known_mistake; fi
fi
[ $status = 0 ]
