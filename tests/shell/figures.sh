# The figures of the lessons' READMEs: each lesson shows its architecture and two figures of the run that its metrics.json
# is of; and the check notices what is wrong with them.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/course/figures.sh
bad=0
for lesson in lessons/*/lesson.cpp; do check_figures "${lesson%/lesson.cpp}" || bad=1; done
total=$(cat lessons/*/figures/*.* | wc -c)
[ "$total" -le 4194304 ] || { echo "the figures of all lessons have $total bytes, at most 4194304 are allowed"; bad=1; }

trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
# expect MESSAGE COMMAND: after COMMAND, which changes a good lesson, the check fails with MESSAGE
expect() {
  local message=$1 said
  rm -rf "$trial/01_lesson"
  mkdir -p "$trial/01_lesson"
  cp -r lessons/01_encoder_decoder/{README.md,metrics.json,figures} "$trial/01_lesson/"
  check_figures "$trial/01_lesson" >/dev/null || { echo 'a good lesson is refused'; bad=1; }
  (cd "$trial/01_lesson" && eval "$2")
  said=$(check_figures "$trial/01_lesson") && { echo "not noticed: $2"; bad=1; }
  [[ $said == *"$message"* ]] || { printf '%s: expected "%s", found "%s"\n' "$2" "$message" "$said"; bad=1; }
}
expect 'are not of one run' 'echo >>metrics.json'
expect 'are not of one run' 'echo "<!-- -->" >>figures/architecture.svg'
expect 'shows no figures/architecture.svg' 'sed -i /architecture.svg/d README.md'
expect 'figures/ holds' 'cp figures/architecture.svg figures/other.svg'
expect 'at most 61440 are allowed' 'head -c 70000 /dev/zero >>figures/architecture.svg'
expect 'a text of twenty letters' 'sed -i "s/^!\[.*\](figures\/architecture/![x](figures\/architecture/" README.md'
expect 'SHA256SUMS has no ../metrics.json' 'sed -i /metrics.json/d figures/SHA256SUMS'
exit $bad
