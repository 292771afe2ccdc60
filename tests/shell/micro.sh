# The engine on one page: at most 250 lines of code, in eight steps that add at most 40 each, compile without a warning and
# print what MICRO.md shows. The launcher runs a step, trains, and ends by Ctrl-C.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
lesson=lessons/00_tensors_and_gradients
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
bad=0
wrong() { printf '%s\n' "$@"; bad=1; }
code() { grep -cvE '^[[:space:]]*(//.*)?$' "$@"; } # lines of code

# shown STEP: what MICRO.md says that the step prints
shown() { awk -v step="$1" '$0 == "<!-- output: " step " -->" { found = 1; next } found && /^```/ { if (++fences == 2) exit; next } found' $lesson/MICRO.md; }

# same EXPECTED FOUND: the same words, and numbers that agree to 2% or 0.001
same() {
  awk 'function number(x) { return x ~ /^-?[0-9.]+(e-?[0-9]+)?$/ }
    function close_to(a, b) { return (a - b) ^ 2 <= (0.001 + 0.02 * (a < 0 ? -a : a)) ^ 2 }
    FNR == NR { expected[FNR] = $0; lines = FNR; next }
    { count = split(expected[FNR], word, " ")
      if (count != NF) exit 1
      for (i = 1; i <= NF; i++) if ($i != word[i] && !(number($i) && number(word[i]) && close_to(word[i], $i))) exit 1 }
    END { exit FNR != lines || lines == 0 }' "$1" "$2"
}

lines=$(code $lesson/micro.cpp)
[ "$lines" -le 250 ] || wrong "micro.cpp has $lines lines of code, at most 250 are allowed"
: >"$trial/step_0.cpp"
for step in {1..8}; do
  awk -v step="$step" -f tools/exercise/micro_step.awk $lesson/micro.cpp $lesson/micro_mains.cpp >"$trial/step_$step.cpp"
  lines=$(diff "$trial/step_$((step - 1)).cpp" "$trial/step_$step.cpp" | sed -n 's/^> //p' | code)
  [ "$lines" -le 40 ] || wrong "step $step adds $lines lines of code, at most 40 are allowed"
done
cmp "$trial/step_8.cpp" $lesson/micro.cpp || wrong 'step 8 is not micro.cpp'
export trial
printf '%s\n' {1..8} | xargs -P "$(nproc)" -I {} bash -c \
  '[ {} = 8 ] && o=-O2 || o=-O0; g++ -std=c++20 $o -Wall -Wextra -Werror "$trial/step_{}.cpp" -o "$trial/step_{}"' || wrong 'a step does not compile'
for step in {1..7}; do
  shown "$step" >"$trial/expected"
  "$trial/step_$step" >"$trial/found" || wrong "step $step ends with status $?"
  same "$trial/expected" "$trial/found" || wrong "step $step prints what MICRO.md does not show:" "$(<"$trial/found")"
done

# step 8 learns, from 2,000 digits; a file that is none is refused in one line
gzip -dc data/mnist/t10k-images-idx3-ubyte.gz | { printf '\0\0\x08\x03\0\0\x07\xd0\0\0\0\x1c\0\0\0\x1c'; tail -c +17; } |
  head -c $((16 + 2000 * 784)) >"$trial/images"
said=$("$trial/step_8" "$trial/images" "$trial/images" 2 1 2>&1) || wrong "step 8 ends with status $?"
error=$(sed -n 's/^epoch 2: squared error per test image //p' <<<"$said")
awk -v x="$error" 'BEGIN { exit !(x > 30 && x < 65) }' || wrong 'step 8 does not learn:' "$said"
[ "$(wc -l <<<"$said")" = 30 ] || wrong 'step 8 shows no digits:' "$said"
# refuses SAID ARGUMENT...
refuses() {
  local expected=$1 status=0
  shift
  said=$("$@" 2>&1 >/dev/null) || status=$?
  [ $status = 1 ] && [[ $said == *"$expected"* ]] && [ "$(wc -l <<<"$said")" = 1 ] || wrong "status $status: $*" "$said"
}
head -c 3000 "$trial/images" >"$trial/short"
refuses 'micro: expected: micro TRAIN_IMAGES' "$trial/step_8"
refuses '/none: cannot be opened' "$trial/step_8" "$trial/none" "$trial/images" 1 1
refuses '/step_1.cpp: not unzipped IDX images' "$trial/step_8" "$trial/step_1.cpp" "$trial/images" 1 1
refuses '/short: truncated' "$trial/step_8" "$trial/short" "$trial/images" 1 1
refuses "micro: '9' is not a step; expected 1 to 8" ./course micro 9
refuses "micro: --epochs: expected a whole number from 1 to 999999, found 'x'" ./course micro --epochs x
refuses 'micro: step 3 takes no options; step 8 does' ./course micro 3 --seed 1
refuses "micro: unknown option '--sed', expected --epochs, --seed" ./course micro --sed 1

# the launcher prints the commands that it runs; Ctrl-C ends a training and says nothing
said=$(./course --no-install micro 1 2>&1) || wrong "./course micro 1 ends with status $?"
[[ $said == 'g++ -std=c++20 -O3 -march=native build/micro/step_1.cpp -o build/micro/step_1'*'x xᵀ'* ]] || wrong './course micro 1:' "$said"
env --default-signal=INT ./course --no-install micro --epochs 1000 >"$trial/said" 2>&1 & # a shell lets its jobs ignore it
runner=$!
for _ in {1..600}; do ! grep -q '^build/micro/step_8 ' "$trial/said" || break; sleep 0.1; done
kill -INT $runner
wait $runner
status=$?
[ $status = 130 ] && ! grep -vE '^(g\+\+ |build/micro/step_8 |epoch )' "$trial/said" || wrong "Ctrl-C: status $status"
exit $bad
