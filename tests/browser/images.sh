# The pictures of the README, made anew in docs/images/: the playground, the report page of lesson 01 in out/ (./course run 1),
# and a stop of its debugger tour, as gdb prints it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
for program in chromium node; do command -v $program >/dev/null || ./course --need "${program/%node/nodejs}"; done
[ -e out/01_encoder_decoder/report.html ] || { echo 'there is no report page; ./course run 1 makes it'; exit 1; }
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
./course play --write "$trial/playground.html"
# on a terminal of 100 columns gdb echoes what is typed; what comes before the first prompt is the tour's own text
{
  for command in tour 'print x' 'print h' 'print r' 'print loss.value' 'print loss.unit' quit; do sleep 15; echo "$command"; done
} | COLUMNS=100 TERM=dumb script -qec "stty cols 100; ./course debug 1" "$trial/typescript" >/dev/null
tr -d '\r' <"$trial/typescript" | sed '1,/^── stop 1/d; /^Script done/d; /^A mini-batch/,/^(type what/d; /^(gdb) quit/d' >"$trial/session.txt"
node tests/browser/images.mjs "$trial" out/01_encoder_decoder/report.html docs/images
