#!/usr/bin/env bash
# A project elsewhere uses the installed library's part that writes ONNX, and for a part that does not exist.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
./course install "$trial/there"

mkdir "$trial/own"
cat >"$trial/own/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(own LANGUAGES CXX)
find_package(hourglass 0.1 REQUIRED COMPONENTS onnx)
add_executable(own own.cpp)
target_link_libraries(own PRIVATE hourglass::onnx)
CMAKE
cat >"$trial/own/own.cpp" <<'CPP'
#include <hourglass/io/onnx/onnx.h>
#include <hourglass/models/undercomplete.h>
int main() {
  using namespace hourglass;
  Rng rng(1);
  models::Undercomplete model({}, rng);
  io::save_onnx("decoder.onnx", model.networks().at("decoder"), model.parameters());
}
CPP
configure() { cmake -G Ninja -S "$trial/own" -B "$trial/build" -DCMAKE_PREFIX_PATH="$trial/there" >"$trial/log" 2>&1; }
configure || { cat "$trial/log"; exit 1; }
ninja -C "$trial/build" >"$trial/log" || { cat "$trial/log"; exit 1; }
(cd "$trial/build" && ./own && grep -q hourglass decoder.onnx)

sed -i 's/COMPONENTS onnx/COMPONENTS juice/' "$trial/own/CMakeLists.txt"
if configure; then echo "a part that does not exist was found"; exit 1; fi
grep -q "no part 'juice'" "$trial/log"
