# A program that links the library keeps its floating-point mode, and its BLAS until it uses the library.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
unset OPENBLAS_NUM_THREADS
ninja -C build/release guest >/dev/null
c++ -std=c++20 -DBARE tests/guest.cpp -o "$place/bare" -lopenblas -pthread
"$place/bare" >"$place/expected"
build/release/guest >"$place/found"
# before the first use: what a program without the library prints
diff "$place/expected" <(grep '^at the start' "$place/found") || { echo 'linking the library changes the process'; exit 1; }
# afterwards: the same mode, in new threads too, also behind an error; BLAS is what `prepare` documents
mode=$(sed -n '1s/^at the start: //p' "$place/expected")
[ "$(grep -cxE "(after a step|piece 4): $mode" "$place/found")" = 4 ] || { cat "$place/found"; exit 1; }
grep -q '^after `prepare`: BLAS has 1 threads' "$place/found" || { cat "$place/found"; exit 1; }
