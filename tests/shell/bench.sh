# ./course bench: a smoke run times every workload at one and two threads, and writes the documented JSON.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

build/release/bench/bench --quick --json "$out/bench.json" >"$out/text"
grep -q ', kernels ' "$out/text" || { echo "it does not say which kernels BLAS runs"; exit 1; }

json=$(tr -d ' \n' <"$out/bench.json")
number='[0-9]+(\.[0-9]+)?'
[[ $json =~ ^\{\"machine\":\"[^\"]+\",\"rows\":\[(.*)\]\}$ ]] || { echo "not the contract's form: $json"; exit 1; }
rows=${BASH_REMATCH[1]}
for workload in a b128 b512 c d e f g h i; do
  for threads in 1 2; do
    floor=$number
    [[ $workload != [hi] ]] || floor=null
    form="\{\"workload\":\"$workload\",\"threads\":$threads,\"ours_us\":$number,\"ours_spread_us\":\[$number,$number\],"
    form+="\"floor_us\":$floor,\"peak_mb\":$number,\"peers_us\":\{\}\}"
    [[ $rows =~ ^$form,?(.*)$ ]] || { echo "expected a row of $workload at $threads threads, found: ${rows:0:300}"; exit 1; }
    rows=${rows#"${rows%%\}\}*}"\}\}}
    rows=${rows#,}
  done
done
[ -z "$rows" ] || { echo "more rows than expected: $rows"; exit 1; }

# any numbers of threads, more than there are cores included, and what they would be on more cores
build/release/bench/bench --quick --only a --threads 3,1,16 >"$out/text"
[ "$(sed -nE 's/^  a +([0-9]+) .*/\1/p' "$out/text" | tr '\n' ' ')" = '3 1 16 ' ] || { cat "$out/text"; exit 1; }
build/release/bench/bench --quick --only a,c --predict >"$out/text"
[ "$(grep -cE '^  [ac]( +[0-9]+){8}( +[0-9.]+){2}$' "$out/text")" = 2 ] || { cat "$out/text"; exit 1; }

# how cost grows: a table with the fitted exponents, and pictures
build/release/bench/bench --quick --scaling "$out/growth" >"$out/text"
[ "$(grep -cE '^  exponent +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+$' "$out/text")" = 3 ] || { cat "$out/text"; exit 1; }
for quantity in time memory; do
  for axis in batch width depth; do
    [ "$(head -c 4 "$out/growth/${quantity}_$axis.png" | tail -c 3)" = PNG ] || { echo "no picture of $quantity over $axis"; exit 1; }
  done
done

# a peer that computes another loss is refused, one that cannot do a workload has no time
peer() {
  printf '#!/bin/sh\n%s\n' "$1" >"$out/peer"
  chmod +x "$out/peer"
  build/release/bench/bench --quick --only a --peers "$out/peer" --libtorch "$out/peer" --json "$out/bench.json" >"$out/text" 2>&1
}
if peer 'echo ready 0.5 1.0'; then echo "another loss is accepted"; exit 1; fi
grep -q 'the computations differ' "$out/text"
peer 'echo no reason'
grep -q 'jax: reason' "$out/text" && grep -q '"jax": null' "$out/bench.json"
grep -q 'libtorch: reason' "$out/text" && grep -q '"libtorch": null' "$out/bench.json"
said=$(build/release/bench/bench child a 1 /dev/null 1 0 2>&1 || true) # without its file
[[ $said == *'/dev/null'* ]] || { echo "a missing file is not named: $said"; exit 1; }

# it refuses what it does not know
if build/release/bench/bench --only z >"$out/text" 2>&1; then echo "a workload 'z' is accepted"; exit 1; fi
grep -q "no workload 'z'" "$out/text"
