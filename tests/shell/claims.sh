#!/usr/bin/env bash
# The ledger as a smoke run: every figure is measured, and its JSON has the form that tools rely on.
set -euo pipefail
cd "$(dirname "$0")/../.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
build/release/claims --quick --full --seed 1 --json "$place/ledger.json" --markdown "$place/ledger.md" \
  --lesson lessons/01_encoder_decoder/claims.json lessons/01_encoder_decoder/metrics.json >"$place/out" 2>/dev/null
rows=$(grep -c '"id":' "$place/ledger.json")
[ "$rows" -ge 50 ] || { echo "$rows rows, expected 50 at least"; exit 1; }
for key in kind verdict value band unit seed seconds source; do
  [ "$(grep -c "^   \"$key\":" "$place/ledger.json")" = "$rows" ] || { echo "not every row has '$key'"; exit 1; }
done
grep -q '^| deep-3.00 |' "$place/ledger.md" || { echo "the page has no row deep-3.00"; exit 1; }
grep -q '4 confirmed' "$place/out" || { echo "lesson 01's four statements are not confirmed by its own numbers"; exit 1; }
# every model has its figure (these are parts of others)
for model in models/*.h; do
  case $model in models/autoencoder.h | models/gaussian_autoencoder.h | models/revival.h) continue ;; esac
  grep -q "#include <hourglass/$model>" claims/figures/*.cpp || { echo "$model has no row in the ledger"; exit 1; }
done
# an unknown figure is named
if build/release/claims --only nonsense >"$place/out" 2>&1; then echo "an unknown figure passes"; exit 1; fi
grep -q "there is no figure 'nonsense'" "$place/out" || { cat "$place/out"; exit 1; }
# what an earlier run measured is kept as it was, here 1 bit, which only a kept figure can be; it fails the command
build/release/claims --quick --only gzip-grey --json "$place/quick.json" >"$place/out" 2>/dev/null
sed 's/"provisional": true/"provisional": false/; s/"value": [0-9.]*/"value": 1.0/' "$place/quick.json" >"$place/kept.json"
if build/release/claims --only gzip-grey --keep "$place/kept.json" --json "$place/again.json" >"$place/out"; then
  echo "a figure outside its band passes"; exit 1
fi
[ "$(grep -c '"value": 1.0' "$place/again.json")" = 6 ] || { echo "a kept figure has changed"; exit 1; }
# asking for help, or a slip of the pen, trains nothing
for option in --help -h '--seed 2 --help'; do
  # shellcheck disable=SC2086
  timeout 10 ./course --no-install claims $option >"$place/out" 2>"$place/err" || { echo "claims $option fails"; exit 1; }
  for what in --quick --full --seed --keep --only --json --markdown; do
    grep -q -- "^  $what" "$place/out" || { echo "claims $option does not describe $what"; exit 1; }
  done
  [ ! -s "$place/err" ] || { echo "claims $option does more than help:"; cat "$place/err"; exit 1; }
done
for wrong in --sed --only '--seed 1 --json' '--keep a --quick'; do
  # shellcheck disable=SC2086
  if timeout 10 ./course --no-install claims $wrong >"$place/out" 2>&1; then echo "claims $wrong passes"; exit 1; fi
  grep -q '^course: claims: .*--help lists' "$place/out" || { echo "claims $wrong prints:"; cat "$place/out"; exit 1; }
done
