# The data are the files that data/README.md describes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../data"
sed -n 's/^| `\([^`]*\)` | [0-9,]* | `\([0-9a-f]\{64\}\)` |.*/\2  \1/p' README.md >/tmp/hourglass-sums.$$
trap 'rm -f /tmp/hourglass-sums.$$' EXIT
[ "$(wc -l </tmp/hourglass-sums.$$)" = 8 ] || { echo 'data/README.md should list 8 files'; exit 1; }
sha256sum --quiet -c /tmp/hourglass-sums.$$
sed -n 's/^| `\([^`]*\.gz\)` | [0-9,]* | `[0-9a-f]*` | `\([0-9a-f]\{32\}\)` |/\2 \1/p' README.md | while read -r sum file; do
  [ "$(gzip -dc "$file" | md5sum | cut -d' ' -f1)" = "$sum" ] || { echo "$file: its content has another MD5 than in the table"; exit 1; }
done
