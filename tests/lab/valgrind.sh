#!/usr/bin/env bash
# The suites under valgrind's memcheck: no access to memory that is not ours or was never written, nothing lost.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
./course --need valgrind libc6-dbg
export OPENBLAS_NUM_THREADS=1 # valgrind runs one thread at a time
left_out=(
  'larger than memory'                                        # a shortage of memory ends the program here
  'may fail'                                                  # requests for memory are valgrind's own, and cannot be refused
  'too small for the usual form' 'where numbers end'          # valgrind does not flush such numbers to 0
  MNIST 'of digits' 'as one stream' 'however it is cut for the threads' 'a step takes no more memory' # hours
)
for name in "${left_out[@]}"; do
  build/release/tests_f32 -ltc -tc="*$name*" | grep -qF "$name" || { echo "valgrind: no case is called '$name'"; exit 1; }
done
watch=(valgrind --quiet --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite)
watch+=(--suppressions=tests/lab/valgrind.supp)
check() {
  local log=build/valgrind-$1.log out=build/valgrind-$1.out status=0
  "${watch[@]}" --log-file="$log" "build/release/$1" "${@:2}" >"$out" 2>&1 || status=$?
  if [ $status != 0 ] || [ -s "$log" ]; then # children write into the same log
    grep -A 3 ERROR: "$out" || true
    cat "$log"
    return 1
  fi
  tail -n 3 "$out"
}
check tests_f64
check tests_f32 --test-case-exclude="$(printf '*%s*,' "${left_out[@]}")"
