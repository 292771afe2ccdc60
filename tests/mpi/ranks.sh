#!/usr/bin/env bash
# Ranks of MPI train the model that one process trains from the same parts, bit by bit; one that fails ends the others
# with a message; a training that was killed is resumed; and the example builds against what is installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
./course --need libopenmpi-dev openmpi-bin
cmake --preset release >/dev/null
ninja -C build/release installed 20_many_machines_mpi ranks | tail -n 1
ranks=$PWD/build/release/ranks
root=$PWD
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
cd "$trial"
# several ranks on any number of cores, as root, too
together() { timeout 300 mpirun --allow-run-as-root --oversubscribe -x OMP_NUM_THREADS=1 "$@"; }
same() { cmp "$1" "$2" || { echo "$3: not the same bits"; exit 1; }; }

for R in 2 3; do
  together -n $R "$root/build/release/lessons/20_many_machines_mpi"
  for model in undercomplete denoising variational own; do
    "$ranks" $model "one_$model$R" --parts $R
    together -n $R "$ranks" $model together
    same "one_$model$R" together "$model on $R ranks"
  done
done
if cmp -s one_own2 one_own3; then echo 'the number of parts changes nothing: are there parts?'; exit 1; fi
"$ranks" own alone # without mpirun: a single rank
"$ranks" own one --parts 1
same alone one 'own, without mpirun'

# ends KIND MESSAGE: rank 1 commits this fault; all end in a few seconds, with the message
ends() {
  local begin=$SECONDS status=0
  together -n 3 "$ranks" undercomplete unfinished --fault "$1" >log 2>&1 || status=$?
  [ $status != 0 ] || { echo "$1: the status is 0"; cat log; exit 1; }
  [ $((SECONDS - begin)) -le 20 ] || { echo "$1: the others have waited for $((SECONDS - begin)) s"; exit 1; }
  grep -q "$2" log || { echo "$1: no message '$2'"; cat log; exit 1; }
  [ ! -e unfinished ] || { echo "$1: weights of a training that did not end"; exit 1; }
}
ends throws '^the disk of this machine is full$'
ends throws '^rank 1 ends before the training is over: it ends the other ranks, too$'
ends exits '^rank 1 ends before the training is over'
ends returns 'rank 1 is at the end of its Session, rank 0 at average_gradients of 103328 numbers$'
ends sums 'rank 1 is at sum, rank 0 at average_gradients of 103328 numbers$'
ends other 'rank 1 is at average_gradients of 50176 numbers, rank 0 at average_gradients of 103328 numbers$'
ends second 'a process has one Session$'
ends none '^average_gradients: the mean of 0 images, expected at least 1$'

# the example, by what is installed: no more than ten lines for MPI
cmake --install "$root/build/release" --prefix "$trial/there" >/dev/null
cmake -G Ninja -S "$root/examples/many_machines" -B example -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$trial/there" >/dev/null
ninja -C example | tail -n 1
[ "$(grep -c '// MPI' "$root/examples/many_machines/main.cpp")" -le 10 ]
mkdir undisturbed killed
(cd undisturbed && together -n 2 ../example/many_machines mnist 4 >log)
grep -q '^epoch 4: ' undisturbed/log

# a rank is killed in the second epoch or later; resumed, the weights are those of a training without that
cd killed
together -n 2 --report-pid pid ../example/many_machines mnist 4 >log 2>&1 &
job=$!
until [ -s checkpoint.safetensors ]; do sleep 0.1; kill -0 $job; done
kill -9 "$(pgrep -P "$(cat pid)" | tail -n 1)"
begin=$SECONDS status=0
wait $job || status=$?
[[ $status != 0 && $((SECONDS - begin)) -le 20 ]] || { echo "killed: status $status after $((SECONDS - begin)) s"; cat log; exit 1; }
grep -q 'exited on signal 9 (Killed)' log || { cat log; exit 1; }
! grep -q '^epoch 4: ' log || { echo 'the training was over before the kill'; exit 1; }
together -n 2 ../example/many_machines mnist 4 --resume >log
! grep -q '^epoch 1: ' log || { echo 'it did not resume'; exit 1; }
same weights.safetensors ../undisturbed/weights.safetensors 'resumed'
