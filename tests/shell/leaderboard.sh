# An entry of the open challenge is tried and measured; one that hands on more than 30 numbers, or takes too long, is out;
# the table marks an entry that was changed after it was measured.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source=$PWD
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
bad=0
wrong() { printf '%s\n' "$@"; bad=1; }
mkdir -p "$trial/lessons" "$trial/build" "$trial/bin"
for part in autograd data io metrics models nn report tensor tools course; do ln -s "$source/$part" "$trial/$part"; done
rm "$trial/course" && cp course "$trial/course"
cp -r lessons/leaderboard "$trial/lessons"
mkdir -p "$trial/build/release"
ln -s "$source"/build/release/*.a "$source/build/release/include" "$trial/build/release/"
# nothing is to be built: cmake and ninja are stand-ins
printf '#!/bin/bash\ntouch build/release/build.ninja; echo "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" >build/release/CMakeCache.txt\n' >"$trial/bin/cmake"
printf '#!/bin/bash\n' >"$trial/bin/ninja"
chmod +x "$trial"/bin/*
export PATH="$trial/bin:$PATH"
course=$trial/course entries=$trial/lessons/leaderboard/entries

cat >"$entries/mean.cpp" <<'END'
#include "lessons/leaderboard/entry.h"
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/reduce.h>
namespace hourglass::HOURGLASS_BUILD {
Answer enter(Challenge& challenge) {
  const Tensor x = challenge.digits.slice(0, 2000).tensor();
  const Tensor m = mean(x, 0, Keep::yes);
  return {[](const Tensor& all) { return Tensor::zeros({all.size(0), 30}); },
          [m](const Tensor& h) { return broadcast_to(m, {h.size(0), m.size(1)}); }};
}
}  // namespace hourglass::HOURGLASS_BUILD
END
said=$("$course" --no-install leaderboard mean 2>&1)
# what the mean digit costs on images that it was not made from: 52.9 on the test digits, which are of the same kind
[[ $said =~ mean:\ (5[1-5]\.[0-9]+) ]] || wrong 'the mean picture costs what it costs:' "$said"
said=$("$course" leaderboard 2>&1)
[[ $said =~ lesson_01.*mean ]] || wrong 'the table is in the order of the errors:' "$said"
[[ $said != *changed* ]] || wrong 'nothing was changed:' "$said"
sed -i 's/slice(0, 2000)/slice(0, 1999)/' "$entries/mean.cpp"
[[ $("$course" leaderboard) == *mean*'changed since'* ]] || wrong 'a changed source is not noticed'
sed -i 's/, 30})/, 31})/' "$entries/mean.cpp"
said=$("$course" --no-install leaderboard mean --quick 2>&1) && wrong '31 numbers are taken for 30'
[[ $said == *'encode returned [500, 31], expected [500, 30]'*'mean is out'* ]] || wrong 'it does not report why an entry is out:' "$said"
exit $bad
