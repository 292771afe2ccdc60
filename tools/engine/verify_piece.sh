#!/usr/bin/env bash
# verify_piece.sh PIECE [--signatures]: the holes of a piece. Each stub compiles and fails with its message, our source and a
# second solution pass (that under the sanitizers), every mutant is rejected by its behaviour; each hole has mutants, and the
# piece at least five. Prints a line for each exception; status 1 if there is one. With --signatures it prints a line for
# each mutant instead: what its verdict is known by, and what is wrong (lessons/common/exercise/signatures.txt).
set -uo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." || exit
source tools/engine/pieces.sh
piece=$1 bad=0 signatures=${2:-}
place=build/exercises/verify/engine/$piece
read -ra files <<<"$(piece_field "$piece" 4)"
wrong() { printf 'engine %s: %s\n' "$piece" "$1"; bad=1; }
holes() { awk -v mode=list -f tools/engine/holes.awk "${files[@]}"; }

# fresh: our sources, in the folder that is judged
fresh() {
  local file
  for file in "${files[@]}"; do
    mkdir -p "$place/$(dirname "$file")"
    cmp -s "$file" "$place/$file" || cp "$file" "$place/$file"
  done
}

# fill HOLE BODY: puts the lines of the file BODY in this hole
fill() {
  local file
  for file in "${files[@]}"; do
    grep -q "// hole $1: " "$file" || continue
    awk -v mode=fill -v hole="$1" -v body="$2" -f tools/engine/holes.awk "$place/$file" >"$place/filled" &&
      mv "$place/filled" "$place/$file" && return
  done
  wrong "there is no hole $1"
}

# empty HOLE
empty() {
  local file
  fresh
  for file in "${files[@]}"; do
    grep -q "// hole $1: " "$file" || continue
    awk -v mode=stub -v hole="$1" -f tools/engine/holes.awk "$file" >"$place/$file"
  done
}

# judged [OPTION]: its status; the output is in $output
judged() { output=$(tools/exercise/judge.sh lessons/engine "$piece" "$place" "$place/made" "$@" 2>&1); }

bodies() { awk -v mode="$1" -v wanted="${2:-0}" -f tools/engine/bodies.awk "lessons/engine/$3/$piece.txt"; }

mutants=0
while IFS=$'\t' read -r number hole text; do
  mutants=$((mutants + 1))
  fresh
  bodies body "$number" mutants >"$place/body"
  fill "$hole" "$place/body"
  judged --json
  status=$?
  [ $status = 1 ] || wrong "mutant $number of $hole ($text) ends with status $status, expected 1 (it compiles, and is rejected): $output"
  if [ -n "$signatures" ]; then printf '%s engine %s: %s: %s\n' "$(signature <<<"$output")" "$piece" "$hole" "$text"; fi
done < <(bodies list 0 mutants)
[ -z "$signatures" ] || exit $bad
[ $mutants -ge 5 ] || wrong "$mutants mutants, expected at least five"

grep -q '^> ' "lessons/engine/$piece.md" || wrong "lessons/engine/$piece.md has no opening question"
grep -q '^## Hint 1' "lessons/engine/$piece.md" || wrong "lessons/engine/$piece.md has no hints"
[ "$(holes | wc -l)" -le 8 ] || wrong 'more than 8 holes'
while IFS=$'\t' read -r hole text; do
  empty "$hole"
  judged --json
  status=$?
  [ $status = 1 ] || wrong "the stub of $hole ends with status $status, expected 1: $output"
  grep -qF "not written yet: $hole: " <<<"$output" || wrong "the stub of $hole does not report what is missing: $output"
  bodies list 0 mutants | cut -f 2 | grep -qxF "$hole" || wrong "$hole has no mutant"
  bodies list 0 solutions | cut -f 2 | grep -qxF "$hole" || wrong "$hole has no second solution"
  grep -qF "$hole" "lessons/engine/$piece.md" || wrong "lessons/engine/$piece.md does not mention $hole"
done < <(holes)

fresh
judged || wrong "our own source is rejected: $output"
while IFS=$'\t' read -r number hole text; do
  bodies body "$number" solutions >"$place/body"
  fill "$hole" "$place/body"
done < <(bodies list 0 solutions)
for file in "${files[@]}"; do cmp -s "$file" "$place/$file" && wrong "the second solution of $file is our own"; done
judged --sanitize || wrong "the second solution is rejected: $output"
exit $bad
