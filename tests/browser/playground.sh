# The playground in headless Chromium, and its losses beside the native build's. HOURGLASS_SECONDS: for how long it
# trains to see that its memory stays flat.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds=${HOURGLASS_SECONDS:-0}
[[ $seconds =~ ^[0-9]+$ ]] || { echo "HOURGLASS_SECONDS: expected whole seconds, 0 or more, found '$seconds'"; exit 1; }
packages=$(sed -n "s/^play_packages='\(.*\)'/\1/p" tools/course/play.sh)
# shellcheck disable=SC2086
./course --need $packages
for program in chromium node; do command -v $program >/dev/null || ./course --need "${program/%node/nodejs}"; done
out=build/playground
mkdir -p $out
./course play --write $out/index.html
size=$(gzip -9c build/wasm/docs/playground/playground.wasm | wc -c)
echo "module: $size bytes gzipped"
[ "$size" -le 256000 ] || { echo 'at most 250 KB are allowed'; exit 1; }
[ -e build/release/build.ninja ] || cmake --preset release >/dev/null
ninja -C build/release playground_native >/dev/null
build/release/docs/playground/playground_native 100 >$out/native.json
node tests/browser/playground.mjs $out/index.html $out/native.json $out "$seconds"
tools/python-env readers tests/readers/playground.py $out/weights.safetensors $out/decoded.json
