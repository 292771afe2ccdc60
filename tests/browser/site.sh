# Each page of the site in headless Chromium, at the widths of a phone and of a desk; `site.sh DIR` takes a site that is made already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
for program in chromium node; do command -v $program >/dev/null || ./course --need "${program/%node/nodejs}"; done
site=${1:-build/site}
[ $# -gt 0 ] || ./course docs
megabytes=$(du -sm "$site" | cut -f1)
echo "site: $megabytes MB"
[ "$megabytes" -le 40 ] || { echo 'at most 40 MB are allowed'; exit 1; }
node tests/browser/site.mjs "$site"
