# kill -9 at random moments of a run that saves after each batch: each time the checkpoint loads, and at the end the
# weights are an uninterrupted run's, byte for byte. HOURGLASS_KILLS says how often (10); `./course test --full` has 200.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

lesson=build/release/lessons/01_encoder_decoder
kills=${HOURGLASS_KILLS:-10}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
RANDOM=1

run() { "$lesson" --quick --epochs 2 --threads 1 "$@" >"$folder/log" 2>&1; }

# clock: milliseconds since some moment
clock() { local now=${EPOCHREALTIME/[.,]/}; echo "${now::-3}"; }

fail() { echo "$*"; tail -n 5 "$folder/log"; exit 1; }

begin=$(clock)
run --save-every 0 --out "$folder/whole" || fail "the uninterrupted run failed"
lasts=$(($(clock) - begin))

# Each kill falls somewhere into a run's whole length, its end included; what has finished begins anew.
mkdir "$folder/cut"
killed=0 finished=0
while [ "$killed" -lt "$kills" ]; do
  run --save-every 0 --resume --out "$folder/cut" &
  child=$!
  wait_for=$((RANDOM * RANDOM % (lasts + 1)))
  sleep "$((wait_for / 1000)).$(printf '%03d' $((wait_for % 1000)))"
  if kill -9 $child 2>/dev/null; then killed=$((killed + 1)); fi
  status=0
  wait $child 2>/dev/null || status=$?
  [ $status = 137 ] || [ $status = 0 ] || fail "status $status after $killed kills"
  if [ $status = 0 ]; then
    cmp "$folder/whole/weights.safetensors" "$folder/cut/weights.safetensors" || fail "other weights after $killed kills"
    rm -rf "$folder/cut"
    finished=$((finished + 1))
  fi
done
run --save-every 0 --resume --out "$folder/cut" || fail "the last run failed"
cmp "$folder/whole/weights.safetensors" "$folder/cut/weights.safetensors" || fail "other weights after $killed kills"
[ -z "$(find "$folder" -name '*.part-*')" ] || fail 'temporary files are left'
echo "$killed kills, $((finished + 1)) runs brought to their end: the weights are those of an uninterrupted run"
