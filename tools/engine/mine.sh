# A program with the pieces of the engine that a student has solved in place of ours: `--mine` of several commands.
# shellcheck shell=bash disable=SC2034
source tools/engine/pieces.sh

# take_mine ARGUMENT...: sets `rest`, the arguments without --mine, and `preset`: with --mine `mine`, otherwise `release`.
take_mine() {
  local word
  rest=() preset=release
  for word; do
    if [ "$word" = --mine ]; then preset=mine; else rest+=("$word"); fi
  done
}

# use_mine [PRESET]: configures the build with each solved piece that can be used, sets `used` to their names, and prints
# whose code runs.
use_mine() {
  local piece reason begun=()
  used=''
  source tools/course/exercise.sh
  for piece in $(pieces); do
    is_solved engine "$piece" || continue
    reason=$(missing_file "$piece")
    if [ -z "$reason" ]; then begun+=("$piece"); else say "$reason; the course goes on with its own"; fi
  done
  compile_mine ${begun[@]+"${begun[@]}"}
  for piece in ${begun[@]+"${begun[@]}"}; do
    reason=$(why_not "$piece")
    if [ -z "$reason" ]; then used+=" $piece"; else say "$reason; the course goes on with its own"; fi
  done
  # shellcheck disable=SC2086
  configure "${1:-mine}" "-DHOURGLASS_MINE=$(sources_of $used)"
  if [ -n "$used" ]; then say "your code runs:$used"; else say 'no piece of the engine is solved yet: ./course engine shows them'; fi
}

# sources_of PIECE...: their sources, as a list of CMake's
sources_of() {
  local piece
  for piece; do piece_field "$piece" 4; done | tr ' ' '\n' | paste -sd';'
}

missing_file() {
  local file
  for file in $(piece_field "$1" 4); do
    [ -e "work/engine/$file" ] || { printf 'work/engine/%s is missing' "$file"; return; }
  done
}

# own_object FILE, our_object FILE: the float objects of a student's file and of ours, below build/mine
own_object() { printf 'CMakeFiles/mine_%s.dir/work/engine/%s.o' "$(tr / _ <<<"$1")" "$1"; }
our_object() { sed -nE "s|.*/build/mine/(CMakeFiles/[a-z_]+)[.]dir/[.]/${1}[.]o|\1.dir/$1.o|p" build/mine/checks.txt; }

# compile_mine PIECE...: the student's files and ours, all at once; what does not compile is in build/mine.log
compile_mine() {
  local file objects=()
  [ $# -gt 0 ] || return 0
  configure mine "-DHOURGLASS_MINE=$(sources_of "$@")"
  for file in $(sources_of "$@" | tr ';' ' '); do objects+=("$(own_object "$file")" "$(our_object "$file")"); done
  ninja -C build/mine -k 0 "${objects[@]}" >build/mine.log 2>&1 || true
}

# why_not PIECE: why a piece that was compiled cannot take the place of ours: one sentence, or nothing.
why_not() {
  local file own missing
  for file in $(piece_field "$1" 4); do
    own=$(own_object "$file")
    if grep -qF "FAILED: $own" build/mine.log; then
      printf 'work/engine/%s does not compile: %s' "$file" \
        "$(sed -n "\|^FAILED: $own|,\$p" build/mine.log | sed -nE 's/.*(error: )/\1/p' | head -n 1 | cut -c 1-160)"
      return
    fi
    missing=$(comm -13 <(defined "build/mine/$own") <(defined "build/mine/$(our_object "$file")") | head -n 1)
    [ -z "$missing" ] || {
      printf 'work/engine/%s does not define %s: did its name or its arguments change?' "$file" "$(c++filt <<<"$missing" | sed 's/hourglass::f32:://g')"
      return
    }
    missing=$(improper "build/mine/$own")
    [ -z "$missing" ] || { printf 'work/engine/%s calls %s, which a library must not' "$file" "$missing"; return; }
  done
}

# defined OBJECT: the symbols that others may use
defined() { nm --defined-only --extern-only "$1" | awk '$2 ~ /[TDBR]/ { print $3 }' | sort; }

# improper OBJECT: the name of what a file of the library must not do: print, exit, or replace the allocator
improper() {
  nm -C "$1" | sed -nE 's/^ *U ((std::(cout|cerr|clog)|printf|puts|putchar|fwrite|_?exit|_Exit|quick_exit)\b).*/\1/p
    s/^[0-9a-f]+ T ((operator (new|delete)|malloc|free)\b).*/\1/p' | head -n 1
}
