# The engine stays small enough to be read in an afternoon: 5,000 lines of code, no function longer than 60 lines, no
# example either.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
lines=$(cat tensor/*.h tensor/*.cpp autograd/*.h autograd/*.cpp nn/*.h nn/*.cpp | grep -cvE '^[[:space:]]*(//.*)?$')
[ "$lines" -le 5000 ] || { echo "tensor/, autograd/ and nn/ have $lines lines of code, at most 5000 are allowed"; exit 1; }
for example in examples/*/main.cpp; do
  lines=$(grep -cvE '^[[:space:]]*(//.*)?$' "$example")
  [ "$lines" -le 60 ] || { echo "$example has $lines lines of code, at most 60 are allowed"; exit 1; }
done
# as clang-format lays code out, a function ends with a brace in the column in which its first line begins
long=$(awk 'FNR == 1 { start = 0 }
  /^(  )?[A-Za-z].*[({]$/ && !/^(namespace|struct|class|enum)/ && !/R"\(/ && !start { start = FNR; head = $0; match($0, /^ */); indent = RLENGTH }
  start && match($0, /^ *}/) && RLENGTH == indent + 1 { if (FNR - start + 1 > 60) print FILENAME ":" start ": " FNR - start + 1 " lines: " head; start = 0 }
  start && /;$/ && !/{/ && FNR == start + 1 && head !~ /{$/ { start = 0 }' \
  $(git ls-files '*.cpp' '*.h' | grep -vE '^(tests|lessons)/'))
[ -z "$long" ] || { echo "longer than 60 lines:"; echo "$long"; exit 1; }
