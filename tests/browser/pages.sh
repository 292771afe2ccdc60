# The report pages of all lessons in headless Chromium, as `./course test` has left them; `pages.sh 12`: that of one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
for program in chromium node; do command -v $program >/dev/null || ./course --need "${program/%node/nodejs}"; done
pages=(build/quick/${1:-[0-9][0-9]}_*/report.html)
[ -e "${pages[0]}" ] || { echo "pages: there are none; ./course test makes them"; exit 1; }
node tests/browser/pages.mjs "${pages[@]}"
