# What a student does with one piece of the engine: the functions of tools/exercise/student.sh that differ from those for a
# task. Sourced by tools/course/engine.sh, with $piece set.
# shellcheck shell=bash disable=SC2034,SC2154
mine=work/engine
hints=.

# files: the student's files of $piece, below $mine
files() { piece_field "$piece" 4 | tr ' ' '\n'; }

# stub SOURCE: what a student starts from
stub() { awk -v mode=stub -f tools/engine/holes.awk "$1"; }

keep_work() {
  local file
  for file in $(files); do
    { mkdir -p "$mine/$(dirname "$file")" "$place" && : >>work/progress; } 2>/dev/null ||
      fail "$PWD/work cannot be written by $(id -un): the course needs a clone of your own"
    [ -e "$mine/$file" ] || stub "$file" >"$mine/$file"
  done
}

reset_work() {
  local file old
  for file in $(files); do
    if ! stub "$file" | cmp -s "$mine/$file" -; then
      old=$mine/$file.$(date +%Y%m%d-%H%M%S)
      cp "$mine/$file" "$old"
      say "your file is kept as $old"
    fi
    stub "$file" >"$mine/$file"
    say "$mine/$file is the stub again"
  done
}

show_difference() {
  local file
  is_solved engine "$piece" || fail "the difference from the course's own is shown when $piece is solved"
  for file in $(files); do
    diff -u --label "$mine/$file" <(grep -v '^#include "lessons/common/exercise/todo.h"$' "$mine/$file") --label "$file" "$file" || true
  done
}

# stamp: what changes when one of the files is saved
stamp() { files | sed "s|^|$mine/|" | xargs stat -c %Y%s.%y 2>/dev/null || true; }

# what_to_edit: the files, for a line of text
what_to_edit() { files | sed "s|^|$mine/|" | paste -sd' '; }

next_task() {
  local next
  next=$(pieces | sed -n "/^$piece\$/{n;p}")
  if [ -z "$next" ]; then say "that was the last piece"; sleep 1; return; fi
  piece=$next task=$next
  keep_work
  build_pieces "$piece"
}

# debug_piece: gdb in the tests of $piece, which stops in the student's file
debug_piece() {
  need gdb
  tools/exercise/judge.sh "$folder" "$piece" "$mine" "$place" >/dev/null 2>&1 || true
  [ -e "$place/$piece" ] || fail "$piece does not compile yet: ./course engine $piece --once shows why"
  local breaks=() file
  for file in $(files); do breaks+=(-ex "rbreak $(basename "$file"):."); done
  gdb -q -nx -iex 'set style enabled off' -x .gdbinit "${breaks[@]}" --args "$place/$piece" --first
}
