# ./course export: which networks go to which files, and its message where there is nothing to write. The program that
# writes ONNX is a stand-in here, as are cmake and ninja: ./course readers has the real one, and onnxruntime read it.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
command -v dpkg-query >/dev/null || exit 0
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
bad=0
project=$trial/project
mkdir -p "$project/tools" "$project/out/01_encoder_decoder" "$project/out/00_tensors_and_gradients" "$trial/bin" "$trial/dpkg" "$trial/here"
cp -r course lessons "$project" && cp -r tools/course "$project/tools"
printf 'plain.encoder decoder' >"$project/out/01_encoder_decoder/weights.safetensors" # the stand-in lists these words
: >"$project/out/00_tensors_and_gradients/weights.safetensors"
stand_in() { printf '#!/bin/bash\n%s\n' "$2" >"$1" && chmod +x "$1"; }
stand_in "$trial/bin/cmake" 'mkdir -p build/release && touch build/release/build.ninja && echo "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" >build/release/CMakeCache.txt'
stand_in "$trial/exporter" '[ $# = 1 ] && exec tr " " "\n" <"$1"; [[ " $(<"$1") " == *" $2 "* ]] || exit 1; echo "$2" >"$3"'
stand_in "$trial/bin/ninja" "cp '$trial/exporter' build/release/export_onnx"
for package in $(sed -n "s/^\(build\|onnx\)_packages='\(.*\)'/\2/p" course); do
  printf 'Package: %s\nStatus: install ok installed\nVersion: 1\nArchitecture: all\nMaintainer: x\nDescription: x\n\n' "$package"
done >"$trial/dpkg/status"
touch -d '2 hours ago' "$trial/dpkg/status"
export PATH="$trial/bin:$PATH" DPKG_ADMINDIR="$trial/dpkg"

# expect STATUS SAID FILES OPTION...: ./course export OPTION... must end with STATUS, say SAID (a pattern) and write FILES.
expect() {
  local status=$1 pattern=$2 files=$3 said got
  shift 3
  rm -rf "$trial/here"/*
  said=$(cd "$trial/here" && "$project/course" --no-install export "$@" 2>&1)
  got=$?
  # shellcheck disable=SC2053
  [ $got = "$status" ] && [[ $said == $pattern && "$(ls "$trial/here" | tr '\n' ' ')" == "$files" ]] ||
    { printf 'export %s\n  status %d, said: %s\n  wrote: %s\n' "$*" $got "$said" "$(ls "$trial/here")"; bad=1; }
}
expect 0 '*wrote 01_encoder_decoder-plain.encoder.onnx*' '01_encoder_decoder-decoder.onnx 01_encoder_decoder-plain.encoder.onnx ' 1
expect 0 '*wrote 01_encoder_decoder-decoder.onnx' '01_encoder_decoder-decoder.onnx ' 1 --format onnx --network decoder
[ "$(cat "$trial/here"/*)" = decoder ] || { echo 'export writes another network than the given one'; bad=1; }
expect 0 '*wrote mine' 'mine ' 1 --network plain.encoder --out mine
expect 1 '*' '' 1 --out mine # no network is called encoder
expect 0 'wrote 01_encoder_decoder.safetensors' '01_encoder_decoder.safetensors ' 1 --format safetensors
cmp -s "$trial/here/01_encoder_decoder.safetensors" "$project/out/01_encoder_decoder/weights.safetensors" ||
  { echo 'export changes the weights'; bad=1; }
expect 1 '*export: lesson 00 trains no network' '' 0
expect 1 '*export: out/02_latent_space/weights.safetensors is missing; first: ./course run 02' '' 2
expect 1 '*export: unknown format*onnx or safetensors' '' 1 --format pt
expect 1 '*export: --out needs a value' '' 1 --out
expect 1 '*export: which lesson?*' ''
exit $bad
