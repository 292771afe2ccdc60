# A wrong call ends with one line that states what was expected, and not with status 0.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
bad=0

# refuses EXPECTED CALL...: CALL must fail, and say EXPECTED in its only line.
refuses() {
  local expected=$1 said status
  shift
  said=$("$@" 2>&1 >/dev/null </dev/null)
  status=$?
  said=$(sed '/^$/d' <<<"$said")
  if [ $status = 0 ] || [[ $said != *"$expected"* ]] || [ "$(wc -l <<<"$said")" != 1 ]; then
    printf 'status %d: %s\n  found:    %s\n  expected: %s\n' "$status" "$*" "$said" "$expected"
    bad=1
  fi
}

trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
lesson=build/release/lessons/01_encoder_decoder
run=("$lesson" --quick --out "$trial/out")

refuses "unknown command 'frobnicate'" ./course frobnicate
[[ $(./course --help 2>/dev/null) == *'course run N'* ]] || { echo 'course --help does not name its commands'; bad=1; }
[[ $(./course 2>/dev/null) == *'  01  '* ]] || { echo 'course does not list lesson 01'; bad=1; }
refuses 'is not a lesson' ./course run 1x
refuses "test: unknown option '--most'" ./course test --most
refuses "unknown option '--wrong'" ./course --wrong
refuses "readers: unknown option '--all'" ./course readers --all
refuses "fuzz: 'long' is not a number of seconds" ./course fuzz long
refuses "fuzz: there is no reader 'novel'; there are: " ./course fuzz 1 novel
refuses 'which lesson?' ./course run
refuses 'there is no lesson 99' ./course run 99
refuses "'abc' is not a lesson" ./course run abc
refuses "'0100' is not a lesson" ./course run 0100
refuses "run: unknown option '--epoch', expected --data, --epochs, --mine, --out, " ./course run 1 --epoch 3
refuses "bench: unknown option '-x', expected --json, " ./course bench --only a -x
refuses "debug: unknown option '--chek', expected --check" ./course debug 1 --chek
refuses "release: into which folder?" ./course release --to
refuses "bundle: into which folder?" ./course bundle --to
refuses "docs: unknown option '--to', expected a folder or nothing" ./course docs --to
for seed in 0 -1 1.7 nan 18446744073709551616; do
  refuses "claims: --seed: expected a whole number, 1 or more, found '$seed'; " ./course claims --seed "$seed"
done
refuses "--epochs: expected a whole number from 1 to 1000000, found '-3'" "${run[@]}" --epochs -3
refuses "--epochs: expected a whole number from 1 to 1000000, found 'many'" "${run[@]}" --epochs many
refuses "--threads: expected a whole number from 1 to 1024, found '0'" "${run[@]}" --threads 0
for seconds in 0,5 nan inf -1 1e999; do
  refuses "--save-every: expected seconds, 0 or more, found '$seconds'" "${run[@]}" --save-every "$seconds"
done
refuses "HOURGLASS_KILLS: expected a whole number, 1 or more, found 'nan'" bash -c 'HOURGLASS_KILLS=nan bash tests/shell/kills.sh >&2'
refuses "HOURGLASS_SECONDS: expected whole seconds, 0 or more, found 'nan'" bash -c 'HOURGLASS_SECONDS=nan bash tests/browser/playground.sh >&2'
refuses '--seed: expected one value, found none' "${run[@]}" --seed
refuses '--seed: expected one value, found several' "${run[@]}" --seed 1 --seed 2
refuses "--rounds: expected a whole number from 1 to 1000, found '0'" build/release/bench/bench --rounds 0
refuses "--seconds: expected seconds from 0.001 to 60, found 'nan'" build/release/bench/bench --seconds nan
refuses "--seed: expected a whole number from 1 to 9223372036854775807, found '1.7'" build/release/claims --seed 1.7
refuses '--frobnicate' "${run[@]}" --frobnicate
# OpenBLAS would wait for its 128 MB a thread for ever; its own threads, of which ./course starts none, before main()
limited() { (ulimit -v 250000 && OPENBLAS_NUM_THREADS=1 timeout 60 "$@"); }
refuses 'is limited to 244 MB (ulimit -v), and OpenBLAS needs 256 MB more for 2 threads' limited "${run[@]}" --threads 2
refuses "'$trial/none' is neither mnist, nor fashion, nor a folder" "${run[@]}" --data "$trial/none"
refuses '0 PNG or JPEG pictures found' "${run[@]}" --data "$trial"
refuses "--data: '$trial/caf"$'\xe9'"' is not UTF-8" "${run[@]}" --data "$trial/caf"$'\xe9'
refuses "--out: '/dev/null/out' is not a folder" "$lesson" --quick --out /dev/null/out

# data files, each broken in one way
mkdir -p "$trial/data/mnist"
images=$trial/data/mnist/t10k-images-idx3-ubyte.gz
whole() { cp data/mnist/*.gz "$trial/data/mnist/"; }
idx() { printf "$1" | gzip -c >"$2"; }
broken() { refuses "$1" env HOURGLASS_DATA="$trial/data" "${run[@]}"; }
broken 'train-images-idx3-ubyte.gz: cannot be opened: No such file'
whole; head -c 100000 data/mnist/t10k-images-idx3-ubyte.gz >"$images"; broken 't10k-images-idx3-ubyte.gz: truncated: the gzip stream breaks off'
whole; { head -c 50000 data/mnist/t10k-images-idx3-ubyte.gz; head -c 1000 /dev/zero; tail -c +51001 data/mnist/t10k-images-idx3-ubyte.gz; } >"$images"; broken 't10k-images-idx3-ubyte.gz: damaged gzip data'
whole; idx '\0\0\x08\x01\0\0\0\x01\x05' "$images"; broken 'magic number 2049, expected 2051'
whole; idx '\0\0\x08\x03\xff\xff\xff\xff\0\0\0\x1c\0\0\0\x1c' "$images"; broken 'bytes expected, 0 found'
whole; idx '\0\0\x08\x03\0\0\0\x01\0\0\0\x01\0\0\0\x01\x05' "$images"; broken '10000 labels for 1 images'
whole; idx '\0\0\x08\x01\0\0\x27\x10\x05' "${images/images-idx3/labels-idx1}"; broken 't10k-labels-idx1-ubyte.gz: truncated'

# a number may begin with 0
[[ $("${run[@]}" --epochs 01 --seed 010 --threads 02) == *' seed 10 '*' 2 threads'*$'\nepoch 1/1 '* ]] ||
  { echo 'numbers that begin with 0 are not decimal'; bad=1; }

exit $bad
