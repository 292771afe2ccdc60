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
  local piece sources=() reason file
  used=''
  source tools/course/exercise.sh
  for piece in $(pieces); do
    is_solved engine "$piece" || continue
    reason=$(why_not "$piece")
    if [ -n "$reason" ]; then
      say "$reason; the course goes on with its own"
      continue
    fi
    used+=" $piece"
    for file in $(piece_field "$piece" 4); do sources+=("$file"); done
  done
  configure "${1:-mine}" "-DHOURGLASS_MINE=$(IFS=';'; echo "${sources[*]-}")"
  if [ -n "$used" ]; then say "your code runs:$used"; else say 'no piece of the engine is solved yet: ./course engine shows them'; fi
}

# why_not PIECE: why a solved piece cannot take the place of ours: one sentence, or nothing.
why_not() {
  local file own ours missing
  for file in $(piece_field "$1" 4); do
    [ -e "work/engine/$file" ] || { printf 'work/engine/%s is missing' "$file"; return; }
  done
  for file in $(piece_field "$1" 4); do
    configure mine "-DHOURGLASS_MINE=$file"
    own=build/mine/CMakeFiles/mine_$(tr / _ <<<"$file").dir/work/engine/$file.o
    ours=$(sed -nE "s|.*/(build/mine/CMakeFiles/[a-z_]+)[.]dir/[.]/${file}[.]o|\1.dir/$file.o|p" build/mine/checks.txt)
    ninja -C build/mine "${own#build/mine/}" "${ours#build/mine/}" >build/mine.log 2>&1 || {
      printf 'work/engine/%s does not compile: %s' "$file" "$(sed -nE 's/.*(error: )/\1/p' build/mine.log | head -n 1 | cut -c 1-160)"
      return
    }
    missing=$(comm -13 <(defined "$own") <(defined "$ours") | head -n 1)
    [ -z "$missing" ] || {
      printf 'work/engine/%s does not define %s: did its name or its arguments change?' "$file" "$(c++filt <<<"$missing" | sed 's/hourglass::f32:://g')"
      return
    }
    missing=$(improper "$own")
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
