# Each lesson has its state of the playground, and its README links to it; all parts of the page are there. The page
# itself is tested in a browser: tests/browser/playground.sh.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
bad=0
for folder in lessons/[0-9][0-9]_*/; do
  number=$(basename "$folder" | cut -c 1-2)
  grep -q "^  '$number': '" docs/playground/page/lessons.js || { echo "docs/playground/page/lessons.js has no state for lesson $number"; bad=1; }
  grep -q "](../../docs/playground/index.html#lesson=$number)" "$folder/README.md" ||
    { echo "$folder/README.md does not link to its state: [train it by hand](../../docs/playground/index.html#lesson=$number)"; bad=1; }
done
while read -r part; do
  [ -e "docs/playground/page/$part" ] || { echo "docs/playground/page/page.html names $part, which is not there"; bad=1; }
done < <(sed -n 's/.*@@text \([^ ]*\)$/\1/p' docs/playground/page/page.html | grep -v '^chart.js$')
# every function that the page calls is exported
while read -r name; do
  grep -q "hg_$name(" docs/playground/engine/exports.h || { echo "engine.js calls hg_$name, which is not exported"; bad=1; }
done < <(grep -oE "(call|rows)\('[a-z]+'" docs/playground/page/engine.js | sed "s/.*'\([a-z]*\)'/\1/")
# what is not asked for is refused before anything is installed
said=$(./course --no-install play --red 2>&1) && { echo "play --red: $said"; bad=1; }
[[ $said == *"play: unknown option '--red', expected a lesson's number or --write FILE"* ]] || { echo "play --red: $said"; bad=1; }
exit $bad
