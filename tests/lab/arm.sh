#!/usr/bin/env bash
# Lesson 1 on 64-bit Arm, without an Arm: it is compiled for it on x86-64, and qemu runs it with --quick. The libraries are
# Debian's for Arm, unpacked into build/arm/root; on this system only the compiler and qemu are installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
./course --need g++-aarch64-linux-gnu qemu-user-static
arm=$PWD/build/arm
export HOURGLASS_ARM_ROOT=$arm/root

# unpack PACKAGE...: these and what they depend on, by an apt of their own that has nothing installed
unpack() {
  local apt=(apt-get -qy -o Dir::State="$arm/apt" -o Dir::State::lists="$arm/apt/lists" -o Dir::State::status="$arm/apt/status"
    -o Dir::Cache="$arm/apt" -o Dir::Cache::archives="$arm/apt/archives" -o APT::Architecture=arm64 -o APT::Architectures=arm64
    -o APT::Sandbox::User=root)
  mkdir -p "$arm/apt/lists/partial" "$arm/apt/archives/partial" "$arm/root/usr/lib"
  : >"$arm/apt/status"
  "${apt[@]}" update
  "${apt[@]}" install --no-install-recommends --download-only "$@"
  ln -sfn usr/lib "$arm/root/lib"
  local package
  for package in "$arm"/apt/archives/*.deb; do
    # the C library's headers are the compiler's own
    case ${package##*/} in libc6-dev_* | linux-libc-dev_* | libcrypt-dev_*) continue ;; esac
    dpkg -x "$package" "$arm/root"
  done
}

# compile NAME FLAGS TARGET...
compile() {
  cmake -G Ninja -S . -B "$arm/$1" --toolchain "$PWD/tests/lab/arm.cmake" -DCMAKE_BUILD_TYPE=Release -DCMAKE_UNITY_BUILD=ON \
    -DHOURGLASS_FLAGS="$2" >"$arm/$1.log" 2>&1 || { tail -n 20 "$arm/$1.log"; exit 1; }
  ninja -C "$arm/$1" "${@:3}" >"$arm/$1.log" 2>&1 || { grep -E 'error|FAILED' "$arm/$1.log" | head -n 40; exit 1; }
}
emulate() { qemu-aarch64-static -L "$arm/root" -E LD_LIBRARY_PATH="$arm/root/usr/lib/aarch64-linux-gnu/openblas-pthread" "$@"; }

packages=$(sed -n "s/^build_packages='g++ cmake ninja-build \(.*\)'/\1/p" course)
# shellcheck disable=SC2086
[ -e "$arm/root/usr/include/fmt" ] || unpack $packages doctest-dev libstdc++6 >"$arm.log" 2>&1 || { tail "$arm.log"; exit 1; }
compile release '' 01_encoder_decoder
emulate "$arm/release/lessons/01_encoder_decoder" --quick --out "$arm/out"
