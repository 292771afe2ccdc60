#!/usr/bin/env bash
# The same bits from g++ and from clang? Each op and three trained models (hashes.cpp), with the project's own flags and
# with the same plain ones: no fused multiply-add, and the loops in one version, without libmvec (tensor/simd.h).
#   tests/lab/compilers.sh [CLANG]      the status is 1 when the plain builds differ
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
clang=${1:-clang++-14}
command -v "$clang" >/dev/null || ./course --need "${clang/++/}"
hashes() {  # NAME COMPILER FLAGS
  cmake -G Ninja -B "build/compilers/$1" -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER="$2" -DCMAKE_CXX_FLAGS="$3" >/dev/null
  ninja -C "build/compilers/$1" hashes >"build/compilers/$1.log" || { tail -n 20 "build/compilers/$1.log"; exit 1; }
  "build/compilers/$1/hashes" >"build/compilers/$1.txt"
}
differ() { diff "build/compilers/$1.txt" "build/compilers/$2.txt" | sed -n 's/^< \([^ ]*\).*/\1/p' | tr '\n' ' '; }
plain='-ffp-contract=off -DHOURGLASS_PLAIN'
mkdir -p build/compilers
hashes gcc g++ ''
hashes clang "$clang" ''
hashes gcc-plain g++ "$plain"
hashes clang-plain "$clang" "$plain"
echo "own flags: of $(wc -l <build/compilers/gcc.txt) hashes these differ: $(differ gcc clang)"
# a program that includes everything, under clang's own warnings
printf '#include <hourglass/hourglass.h>\nint main() { return hourglass::Tensor::scalar(0).dim(); }\n' >build/compilers/program.cpp
"$clang" -std=c++20 -Wall -Wextra -Werror -Ibuild/compilers/clang/include build/compilers/program.cpp \
  build/compilers/clang/libhourglass.a -llapack -lopenblas -lpthread -o build/compilers/program
build/compilers/program
found=$(differ gcc-plain clang-plain)
echo "$plain: ${found:-all $(wc -l <build/compilers/gcc.txt) are the same}"
[ -z "$found" ]
