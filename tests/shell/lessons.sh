# Each statement S1 to S41 has exactly one lesson, every lesson that is written stands in the table, and has its parts;
# its sources hold one statement a line. What CPP.md quotes of a lesson stands there.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
bad=0
table=$(grep -E '^\| [0-9]{2}_[a-z_]+ \|' lessons/README.md)
for number in {1..41}; do
  owners=$(grep -cwE "S$number" <<<"$table")
  grep -qE "^\| S$number \|.*\| (confirmed|partly|refuted) \|" docs/ledger.md || { echo "S$number has no verdict in docs/ledger.md"; bad=1; }
  [ "$owners" = 1 ] || { echo "S$number has $owners lessons in lessons/README.md, expected 1"; bad=1; }
done
for folder in lessons/[0-9][0-9]_*/; do
  name=$(basename "$folder")
  grep -q "^| $name |" <<<"$table" || { echo "$name has no row in lessons/README.md"; bad=1; }
  for part in README.md lesson.cpp tour.md exercises tests; do
    [ -e "$folder$part" ] || { echo "$name has no $part"; bad=1; }
  done
  if grep -q '<hourglass/models/' "$folder"*.cpp "$folder"*.h 2>/dev/null; then # what it trains can be exported
    grep -qE 'run\.(add|networks?)\(' "$folder/lesson.cpp" || { echo "$name names no network: run.add or run.networks"; bad=1; }
  fi
  grep -qE '^> .*\?$' "$folder/README.md" || { echo "$name: README.md opens with no question (> …?)"; bad=1; }
  for heading in 'Before you run it' 'Run it' 'What to look at' 'The code' Summary Exercises Questions; do
    grep -qx "## $heading" "$folder/README.md" || { echo "$name: README.md has no '## $heading'"; bad=1; }
  done
  count=$(find "$folder/exercises" -name '[0-9]*.cpp' 2>/dev/null | wc -l)
  [ "$count" -ge 1 ] && [ "$count" -le 4 ] || { echo "$name has $count exercises, expected one to four"; bad=1; }
done
while IFS='|' read -r _ name owned _; do
  for statement in $owned; do
    [ "$statement" = none ] || grep -qs "\"$statement\"" "lessons/${name// /}/claims.json" ||
      { echo "${name// /}/claims.json has no rule for $statement"; bad=1; }
  done
done <<<"$table"
while read -r _ name _; do
  [ -d "lessons/$name" ] || { echo "$name is in the table, but is not written"; bad=1; }
done <<<"$table"
quotes=$(sed -nE 's/^\| `([^`]+)` \| `[^`]+` \| \[[0-9]{2}\]\(([^)]+)\) \|$/\2 \1/p' lessons/CPP.md) # | `C++` | `Python` | [NN](file) |
[ "$(wc -l <<<"$quotes")" = "$(grep -cE '^\| `.*\]\(' lessons/CPP.md)" ] || { echo 'lessons/CPP.md: its tables cannot be read'; bad=1; }
while read -r file quote; do
  grep -qsF -- "$quote" "lessons/$file" || { echo "lessons/CPP.md: lessons/$file has no '$quote'"; bad=1; }
done <<<"$quotes"
awk -f tests/shell/chained.awk lessons/*/*.cpp lessons/*/*.h || bad=1
exit $bad
