# kill -9 at random moments of a run that saves after each batch: each time the checkpoint loads, and at the end the
# weights are an uninterrupted run's, byte for byte. HOURGLASS_KILLS is the number of kills (10); `./course test --full` has 200.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

lesson=build/release/lessons/01_encoder_decoder
kills=${HOURGLASS_KILLS:-10}
[[ $kills =~ ^[1-9][0-9]*$ ]] || { echo "HOURGLASS_KILLS: expected a whole number, 1 or more, found '$kills'"; exit 1; }
# in memory where that can be had: a kill does not ask for the disk, and a flush after each batch takes its time
folder=$(TMPDIR=$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}") mktemp -d)
trap 'rm -rf "$folder"' EXIT
RANDOM=1

options=(--quick --epochs 2 --threads 1 --save-every 0)
run() { "$lesson" "${options[@]}" "$@" >"$folder/log" 2>&1; }

# clock: milliseconds since some moment
clock() { local now=${EPOCHREALTIME/[.,]/}; echo "${now::-3}"; }

fail() { echo "$*"; tail -n 5 "$folder/log"; exit 1; }

begin=$(clock)
run --out "$folder/whole" || fail "the uninterrupted run failed"
lasts=$(($(clock) - begin))

# Each kill falls somewhere into a run's whole length, its end included; what has finished begins anew.
mkdir "$folder/cut"
killed=0 finished=0 within=0
while [ "$killed" -lt "$kills" ]; do
  # not through a function: $! would be the shell around the lesson, and the lesson would outlive it
  "$lesson" "${options[@]}" --resume --out "$folder/cut" >"$folder/log" 2>&1 &
  child=$!
  wait_for=$((RANDOM * RANDOM % (lasts + 1)))
  sleep "$((wait_for / 1000)).$(printf '%03d' $((wait_for % 1000)))"
  is_lesson=false
  if [ "$(readlink "/proc/$child/exe" || true)" = "$(readlink -f "$lesson")" ]; then is_lesson=true; fi
  kill -9 $child 2>/dev/null || true
  status=0
  wait $child 2>/dev/null || status=$?
  if [ $status = 137 ] && $is_lesson; then
    killed=$((killed + 1))
    if [ -e "$folder/cut/checkpoint.safetensors" ]; then within=$((within + 1)); fi
  fi
  [ $status = 137 ] || [ $status = 0 ] || fail "status $status after $killed kills"
  if [ $status = 0 ]; then
    cmp "$folder/whole/weights.safetensors" "$folder/cut/weights.safetensors" || fail "other weights after $killed kills"
    rm -rf "$folder/cut"
    finished=$((finished + 1))
  fi
done
run --resume --out "$folder/cut" || fail "the last run failed"
cmp "$folder/whole/weights.safetensors" "$folder/cut/weights.safetensors" || fail "other weights after $killed kills"
[ -z "$(find "$folder" -name '*.part-*')" ] || fail 'temporary files are left'
echo "$killed kills, $within of them with a checkpoint there, $((finished + 1)) runs brought to their end: the weights are those of an uninterrupted run"
