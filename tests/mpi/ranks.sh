#!/usr/bin/env bash
# Two and three ranks of MPI train the net that one process trains (lesson 20).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
./course --need libopenmpi-dev openmpi-bin
cmake --preset release -B build/mpi -DHOURGLASS_MPI=ON >/dev/null
ninja -C build/mpi 20_many_machines_mpi | tail -n 1
for ranks in 2 3; do
  mpirun --allow-run-as-root --oversubscribe -n $ranks build/mpi/lessons/20_many_machines_mpi
done
