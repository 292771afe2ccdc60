# What is installed is enough: a project elsewhere finds the library by CMake, by pkg-config and in the .deb, and trains
# a model of its own on pictures of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT

./course install "$trial/there" 2>/dev/null

# pictures of one's own: what a lesson's run has drawn, and the patch of grass
mkdir "$trial/pictures"
for i in {1..20}; do cp data/grass.png "$trial/pictures/$i.png"; done
cp -r examples/own_model "$trial/own_model"

# consume PREFIX: configures, builds and runs the example against what stands there, and nothing of the tree
consume() {
  cmake -G Ninja -S "$trial/own_model" -B "$trial/build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$1" >/dev/null
  ninja -C "$trial/build" >"$trial/log" || { cat "$trial/log"; return 1; }
  rm -rf "$trial/run" && mkdir "$trial/run"
  (cd "$trial/run" && "$trial/build/own_model" "$trial/pictures" 3 | grep '^epoch 3: ' >/dev/null)
  [ -s "$trial/run/weights.safetensors" ] && [ -s "$trial/run/reconstructions.png" ]
  if (cd "$trial/run" && "$trial/build/own_model" "$trial/nowhere") 2>"$trial/log"; then return 1; fi
  grep -q nowhere "$trial/log"
  rm -rf "$trial/build"
}
consume "$trial/there"
for licence in LICENSE LICENSE-texts.md; do [ -s "$(echo "$trial"/there/share/doc/*/$licence)" ]; done

# the programs of docs/pytorch.md, as its page states
for program in first_model recurrent_digits beta_tc_vae masked_autoencoder diffusion; do
  cp -r "examples/$program" "$trial/$program"
  (cd "$trial/$program" && cmake -G Ninja -S . -B build -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$trial/there" >/dev/null &&
    cmake --build build >"$trial/log" && "build/$program" 1 256 >said) # epochs and images; first_model takes neither
  [ -s "$trial/$program/weights.safetensors" ]
done
grep '^test: [0-9.]* nats per image$' "$trial/first_model/said" >/dev/null
for image in first_model/digits beta_tc_vae/traversals masked_autoencoder/reconstructions diffusion/samples; do
  [ -s "$trial/$image.png" ]
done

# the engine alone, by pkg-config
cat >"$trial/engine.cpp" <<'CPP'
#include <hourglass/hourglass.h>

#include <cstdio>

int main() {
  using namespace hourglass;
  const Variable x = Variable::parameter(Tensor::full({}, 3));
  backward(square(x));
  std::printf("%g\n", double(x.grad().item()));
}
CPP
export PKG_CONFIG_PATH
PKG_CONFIG_PATH=$(dirname "$(find "$trial/there" -name hourglass.pc)")
[ "$(pkg-config --modversion hourglass)" = "$(sed -n 's/^project(hourglass VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)" ]
# shellcheck disable=SC2046
g++ -O1 -Wall -Wextra -Werror "$trial/engine.cpp" -o "$trial/engine" $(pkg-config --cflags --libs hourglass)
[ "$("$trial/engine")" = 6 ]

# the packages
./course install --deb "$trial/packages" >/dev/null 2>&1
dpkg-deb --extract "$trial"/packages/*.deb "$trial/deb"
consume "$trial/deb/usr"
dpkg-deb --field "$trial"/packages/*.deb Depends | grep -q libopenblas
tar -tzf "$trial"/packages/*.tar.gz | grep 'hourglass-config.cmake$' >/dev/null

for wrong in '' '--deb' '--what' 'a b'; do
  # shellcheck disable=SC2086
  if ./course install $wrong 2>"$trial/log"; then exit 1; fi
  grep -q 'into which folder' "$trial/log"
done

# another version is not taken for this one
sed -i 's/find_package(hourglass [0-9.]*/find_package(hourglass 99.0/' "$trial/own_model/CMakeLists.txt"
if cmake -G Ninja -S "$trial/own_model" -B "$trial/build" -DCMAKE_PREFIX_PATH="$trial/there" >"$trial/log" 2>&1; then exit 1; fi
grep -q '99.0' "$trial/log"
