#!/usr/bin/env bash
# The engine as an exercise, in a copy of the course: what a student meets with a piece, and a lesson that runs on it.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
bad=0
wrong() { printf '%s\n' "$*"; bad=1; }
git ls-files -z | tar -c --null --files-from=- | tar -x -C "$trial"
mkdir -p "$trial/build"
cd "$trial" || exit 1
course() { said=$(./course --no-install "$@" 2>&1 </dev/null); }
# expect NAME STATUS PATTERN ARGUMENT...
expect() {
  local name=$1 status=$2 pattern=$3
  shift 3
  course "$@"
  local found=$?
  # shellcheck disable=SC2053
  [ $found = "$status" ] && [[ $said == $pattern ]] || wrong "$name: status $found, expected $status; output: $said"
}
mine=work/engine/tensor/reduce.cpp
# in_hole TEXT [HOLE]: a right file but for one hole
in_hole() { printf '  %s\n' "$1" >body && awk -v mode=fill -v hole="${2:-run}" -v body=body -f tools/engine/holes.awk tensor/reduce.cpp >$mine; }

expect 'the map shows what is next' 0 '*→ reductions*variational*Next: ./course engine reductions*' engine
expect 'a piece that is none is refused' 1 '*there is no piece*reductions*' engine nothing
expect 'the stub reports what is missing' 1 '*✗ the sum of all numbers*not written yet: run: *0 of * hold*' engine reductions --once
expect 'a script learns it too' 1 '{"lesson":"engine","task":"reductions","compiled":true,"solved":false,*' engine reductions --once --json
expect 'a hint' 0 '*## Hint 1*' engine reductions hint
in_hole 'double total = 0; for (Index i = 0; i + lanes <= n; ++i) total += x[i]; return total;'
expect 'a known mistake is named' 1 '*this is what happens when: run: the last numbers*' engine reductions --once
in_hole 'return x[n * 100000000];'
expect 'a crash is shown with its line' 1 '*it crashed at work/engine/tensor/reduce.cpp:*, called at work/engine/tensor/reduce.cpp:*memory that is not its own*' engine reductions --once
in_hole 'return 1 / static_cast<int>(n - n);'
expect 'a division by zero' 1 '*it crashed at work/engine/tensor/reduce.cpp:*division by zero*' engine reductions --once
in_hole 'return 1 + sum_run(n, x);'
expect 'a recursion without end' 1 '*it crashed at work/engine/tensor/reduce.cpp:*calls itself without end*' engine reductions --once
in_hole 'volatile bool on = true; while (on) {} return 0;'
expect 'a loop without end' 1 '*did not end within 5 seconds*the test is: the sum of all numbers*' engine reductions --once
in_hole 'static_assert(sizeof(Scalar) == 8); return std::accumulate(x, x + n, 0.0);'
expect 'what compiles with double alone is no solution' 1 '*Scalar = float*error: static assertion failed*' engine reductions --once
in_hole 'return 0'
expect 'the compiler is quoted' 2 '*it does not compile:*error: expected*' engine reductions --once
cp tensor/reduce.cpp $mine
sed -i 's/std::vector<int> argmax(const Tensor& x, int axis)/std::vector<int> argmax(const Tensor\& x, long axis)/' $mine
expect 'a changed signature' 2 '*argmax(*did its name or its arguments change?' engine reductions --once
cp tensor/reduce.cpp $mine
sed -i 's/#include <algorithm>/#include <algorithm>\n#include <iostream>/; s/^Tensor mean(const Tensor& x) {/Tensor mean(const Tensor\& x) { std::cout << "here"; /' $mine
expect 'a piece that prints' 1 '*it calls std::cout*' engine reductions --once
expect 'the difference is shown when it is solved' 1 '*shown when reductions is solved*' engine reductions diff
cp tensor/reduce.cpp $mine
expect 'solved' 0 '*hold' engine reductions --once
expect 'the map shows it' 0 '*✓ reductions*→ product*' engine

./course --no-install run 1 --quick --out ours >/dev/null 2>&1 || wrong 'lesson 1 fails'
expect 'the lesson runs on it' 0 '*your code runs: reductions*' run 1 --mine --quick --out mine
cmp ours/weights.safetensors mine/weights.safetensors || wrong 'our own source gives other bits in the place of ours'
objects=$(ninja -C build/mine -t commands 01_encoder_decoder | tail -n 1)
[[ $objects == *work/engine/tensor/reduce.cpp.o* && $objects != *hourglass.dir/tensor/reduce.cpp.o* && $objects != *.a\ * ]] ||
  wrong "the program is not linked with the student's object in place of ours: $objects"
expect 'a milestone on it' 0 '*your code runs: reductions*pass*eight-three-eight *' milestones 1986 --mine
expect 'the list of milestones' 0 '*✓ 1986 *with the code of: reductions*' milestones --mine
in_hole 'for (Index j = 0; j < count; ++j) total[static_cast<std::size_t>(j)] = 0;' columns
begin=$(date +%s%N)
course run 1 --mine --quick --out wrong
printf 'from an edit to the end of lesson 1 --quick: %d ms\n' $((($(date +%s%N) - begin) / 1000000))
! cmp -s ours/weights.safetensors wrong/weights.safetensors || wrong "a wrong version in the student's file changes nothing"
in_hole 'return 0'
expect 'what does not compile is left out' 0 '*work/engine/tensor/reduce.cpp does not compile: error: *; the course goes on with its own*' run 1 --mine --quick --out broken
cmp ours/weights.safetensors broken/weights.safetensors || wrong 'ours does not run instead'
exit $bad
