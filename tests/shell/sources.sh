# Tools see the whole library: hourglass.h includes every public header, ctags lists every function, and the namespace
# that tells the builds apart is declared inline in one place. No two files define one name.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

# the headers of the kernels are not for programs, and with BLAS alone what includes another library does not compile
find tensor autograd nn models data io metrics codec report -name '*.h' |
  grep -vE '^(tensor/(map|simd|activation_functions)|report/format|io/(json|options|onnx/.*|mpi/.*))\.h$' | sort >"$place/headers"
sed -n 's/^#include <hourglass\/\(.*\)>$/\1/p' hourglass.h | sort >"$place/included"
diff "$place/headers" "$place/included" || { echo 'hourglass.h does not include what there is'; exit 1; }

[ "$(grep -rlE '^ *inline namespace|namespace .*inline ' hourglass.h tensor autograd nn models io data metrics codec report claims \
  lessons tests/f32 tests/f64 bench --include='*.h' --include='*.cpp')" = tensor/scalar.h ] ||
  { echo 'an inline namespace outside of tensor/scalar.h'; exit 1; }

# functions NAME...: how often ctags lists each among the definitions
ctags -x --c++-kinds=f tensor/*.cpp autograd/*.cpp nn/*.cpp models/*.cpp tensor/*.h autograd/*.h nn/*.h models/*.h |
  awk '{ print $1 }' | sort >"$place/functions"
[ "$(wc -l <"$place/functions")" -ge 700 ] || { echo "ctags lists $(wc -l <"$place/functions") functions only"; exit 1; }
# each function that a header declares is among them; simd.h declares libm's
ctags -x --c++-kinds=p tensor/*.h autograd/*.h nn/*.h models/*.h |
  awk '!/= (default|0);/ && $4 != "tensor/simd.h" { print $1 }' | sort -u >"$place/declared"
[ "$(wc -l <"$place/declared")" -ge 250 ] || { echo "ctags lists $(wc -l <"$place/declared") declarations only"; exit 1; }
missing=$(comm -23 "$place/declared" <(sort -u "$place/functions"))
[ -z "$missing" ] || { echo "ctags does not list what defines: ${missing//$'\n'/ }"; exit 1; }

# a name that two files define is one to the linker, which keeps either: a test would run what stands in the other file
ctags -R --languages=C++ --langmap=C++:.cpp.h --c++-kinds=fsc --fields=+SK -f - tensor autograd nn io data metrics models codec \
  report claims lessons/common tests/*.h tests/f32 tests/f64 | grep -v __anon |
  awk -F'\t' '$1 != "main" {
    scope = signature = ""
    for (i = 5; i <= NF; ++i) {
      if (sub(/^(namespace|class|struct):/, "", $i)) scope = $i "::"
      if (sub(/^signature:/, "", $i)) signature = $i
    }
    print scope $1 signature "\t" $2
  }' | sort -u >"$place/definitions"
[ "$(wc -l <"$place/definitions")" -ge 1000 ] || { echo "ctags lists $(wc -l <"$place/definitions") definitions only"; exit 1; }
twice=$(cut -f 1 "$place/definitions" | uniq -d)
[ -z "$twice" ] || { echo "defined in two files: ${twice//$'\n'/, }"; exit 1; }
# what is made from something else stays small: only data are large
large=$(git ls-files -z 2>/dev/null | grep -zv '^data/' | xargs -0 -r du --apparent-size -t 1M || true)
[ -z "$large" ] || { echo "larger than 1 MB, and not in data/: $large"; exit 1; }
