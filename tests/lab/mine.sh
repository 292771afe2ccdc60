#!/usr/bin/env bash
# The course on a student's engine: with our own sources as the student's, lessons and tests give what they give without; a
# wrong version of any piece changes what a program computes.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/engine/pieces.sh
place=$(mktemp -d)
before=$place/before
[ ! -e work ] || mv work "$before"
trap 'rm -rf work; [ ! -e "$before" ] || mv "$before" work; rm -rf "$place"' EXIT
bad=0
wrong() { printf '%s\n' "$*"; bad=1; }

# ours PIECE: our own sources, as the student's
ours() {
  local file
  for file in $(piece_field "$1" 4); do
    mkdir -p "work/engine/$(dirname "$file")"
    cp "$file" "work/engine/$file"
  done
}
mkdir -p work
for piece in $(pieces); do
  ours "$piece"
  printf 'solved engine/%s\n' "$piece" >>work/progress
done

./course run 1 --out "$place/ours" >/dev/null 2>&1 || wrong 'lesson 1 fails'
./course run 1 --mine --out "$place/mine" >"$place/log" 2>&1 || wrong "lesson 1 fails with --mine: $(tail -n 3 "$place/log")"
grep -q "your code runs: $(pieces | paste -sd' ')" "$place/log" || wrong "not all pieces are used: $(head -n 3 "$place/log")"
cmp "$place/ours/weights.safetensors" "$place/mine/weights.safetensors" || wrong 'lesson 1 trains to other bits'
ninja -C build/release hashes >/dev/null && ninja -C build/mine hashes >/dev/null || wrong 'hashes cannot be built'
diff <(build/release/hashes) <(build/mine/hashes) || wrong 'ops have other bits when each source is compiled by itself'
./course test --mine >"$place/tests" 2>&1 || wrong "./course test --mine: $(grep -v ' 0 failed' "$place/tests" | tail -n 20)"

# A lesson that uses the piece, where lesson 1 does not.
declare -A lesson=([denoising]=8 [sparse]=7 [variational]=9)
for piece in $(pieces); do
  [ "$piece" != gradcheck ] || continue # no lesson calls it; ./course test --mine does
  n=${lesson[$piece]:-1}
  [ -e "$place/ours_$n" ] || ./course run "$n" --quick --out "$place/ours_$n" >/dev/null 2>&1
  changed=false
  while IFS=$'\t' read -r number hole _ && ! $changed; do
    ours "$piece"
    awk -v mode=body -v wanted="$number" -f tools/engine/bodies.awk "lessons/engine/mutants/$piece.txt" >"$place/body"
    for file in $(piece_field "$piece" 4); do
      grep -q "// hole $hole: " "$file" || continue
      awk -v mode=fill -v hole="$hole" -v body="$place/body" -f tools/engine/holes.awk "$file" >"work/engine/$file"
    done
    rm -rf "$place/wrong"
    ./course run "$n" --mine --quick --out "$place/wrong" >"$place/log" 2>&1
    grep -q 'goes on with its own' "$place/log" && continue
    cmp -s "$place/ours_$n/weights.safetensors" "$place/wrong/weights.safetensors" || changed=true
  done < <(awk -v mode=list -f tools/engine/bodies.awk "lessons/engine/mutants/$piece.txt")
  ours "$piece"
  if $changed; then printf '%s: %s changes lesson %s\n' "$piece" "$hole" "$n"; else wrong "no wrong version of $piece changes lesson $n"; fi
done
exit $bad
