# The pieces of the engine, from lessons/engine/pieces.txt. Sourced by what needs them, in the project's root.
# shellcheck shell=bash
pieces() { sed -nE 's/^([a-z_]+) *\|.*/\1/p' lessons/engine/pieces.txt; }

# piece_field PIECE COLUMN: 2 core or more, 3 minutes, 4 sources, 5 tests.
piece_field() {
  awk -F ' *[|] *' -v piece="$1" -v column="$2" '$1 == piece { print $column }' lessons/engine/pieces.txt
}

# piece_suffix PIECE: of the library that its tests need: _f64, or nothing for the float build.
piece_suffix() { [[ $(piece_field "$1" 5) == tests/f32/* ]] || printf '_f64'; }

# our_objects PIECE: the objects of ours that its tests are linked with, one a line, below build/mine.
our_objects() {
  awk -v sources="$(piece_field "$1" 4)" '
    { sub(/.*\/build\/mine\//, ""); sub(/[.]dir\/[.]\//, ".dir/") }
    /\/models\// && sources !~ /models\// { next }  # they are many
    {
      source = $0
      sub(/.*[.]dir\//, "", source)
      sub(/[.]o$/, "", source)
      if (index(" " sources " ", " " source " ") == 0) print
    }' "build/mine/checks$(piece_suffix "$1").txt"
}

# build_pieces PIECE...: what their tests are linked with. For commands of ./course.
build_pieces() {
  local piece
  configure mine
  # shellcheck disable=SC2046
  build mine $(for piece; do our_objects "$piece"; done | sort -u)
}

# signature: what a verdict in JSON, on standard input, is known by
signature() { awk -f tools/engine/signature.awk | sha256sum | cut -c 1-12; }
