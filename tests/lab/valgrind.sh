#!/usr/bin/env bash
# The suites under valgrind's memcheck: no access to memory that is not ours or was never written, nothing lost.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
./course --need valgrind libc6-dbg
export OPENBLAS_NUM_THREADS=1 # valgrind runs one thread at a time
# left out: where memory is made to run out (here that ends the program), and whole data sets, which take hours
slow='*MNIST*,*larger than memory*,*may fail: it is told*,*of digits*,*as one stream*,*however many of its panels*,*after 10,000 steps*'
check() {
  valgrind --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite --quiet --suppressions=tests/lab/valgrind.supp \
    --log-file="build/valgrind-$1.log" "build/release/$1" "${@:2}" >"build/valgrind-$1.out" 2>&1 && [ ! -s "build/valgrind-$1.log" ] ||
    { grep -A 3 ERROR: "build/valgrind-$1.out"; cat "build/valgrind-$1.log"; return 1; }
  tail -n 3 "build/valgrind-$1.out"
}
check tests_f64
check tests_f32 --test-case-exclude="$slow"
