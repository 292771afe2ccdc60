# Documents: every link leads somewhere, headings included; nothing is left to be written; the version is the same
# everywhere; the glossary is in order, and has terms of every lesson; the lessons use the field's terms; each derivation
# ends in an equation, the tests that it names exist, and its lesson links to it; formulas are such as GitHub renders;
# completion completes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
bad=0
say() { echo "$*"; bad=1; }

# anchors FILE: its headings as GitHub names them
anchors() { sed -nE 's/^#+ +//p' "$1" | tr '[:upper:]' '[:lower:]' | sed -E 's/[^[:alnum:] _-]//g; s/ /-/g'; }
while IFS= read -r file; do
  if grep -nE '@@|@[A-Z_]+@|TODO|FIXME|^(<<<<<<<|=======|>>>>>>>)' "$file"; then say "$file: something is left to be written"; fi
  while IFS= read -r link; do
    case $link in http*://* | mailto:* | */playground/index.html#lesson=*) continue ;; esac # the last: playground.sh
    target=${link%%#*} place=$(dirname "$file")/${link%%#*}
    [ -n "$target" ] || place=$file
    [ -e "$place" ] || { say "$file: $link leads nowhere"; continue; }
    [[ $link != *'#'* ]] || anchors "$place" | grep -qxF -- "${link#*#}" || say "$file: $link: no such heading"
  done < <(perl -0pe 's/```.*?```//gs; s/`[^`\n]*`//g' "$file" | grep -oE '\]\([^) ]+\)' | sed -E 's/^\]\((.*)\)$/\1/')
done < <(find . -name '*.md' -not -path './build/*' -not -path './out/*' -not -path './work/*' -not -path './.venv/*' -not -path './packages/*')

terms=$(sed -nE 's/^### //p' docs/glossary.md | sed 's/é/e/g; s/-/ /g' | tr '[:upper:]' '[:lower:]')
LC_ALL=C sort -cu <<<"$terms" || say 'docs/glossary.md: the terms are not in alphabetical order, each once'
for lesson in lessons/[0-9][0-9]_*/; do
  grep -qF "(../${lesson}README.md)" docs/glossary.md || say "docs/glossary.md has no term of $lesson"
done
# the lessons' texts without code
lessons=$(cat lessons/[0-9][0-9]_*/README.md | perl -0pe 's/```.*?```//gs; s/`[^`\n]*`//g; s/\s+/ /g')
for term in overfitting generalisation hyperparameter backpropagation 'gradient descent' 'finite difference' reparameterisation \
  'mode collapse' 'evidence lower bound' manifold interpolation baseline 'loss function' self-supervised mini-batch prior \
  posterior logit capacity regularisation 'validation set' 'inductive bias'; do
  grep -qi -- "$term" <<<"$lessons" || say "the lessons do not use the term '$term'"
done
nets=$(grep -oiwE 'nets?' <<<"$lessons" | wc -l)
[ "$nets" -le 10 ] || say "the lessons have the word 'net' $nets times, at most 10 are allowed: network"
while IFS= read -r page; do
  [ "$(grep -c '\\boxed{' "$page")" = 1 ] || say "$page: expected one \\boxed equation"
  grep -qF "]($(basename "$page"))" docs/derivations/README.md || say "docs/derivations/README.md does not list $page"
done < <(find docs/derivations -name '*.md' -not -name README.md)
# each lesson links to the symbols, the terms and the derivations that belong to it
while read -r number pages; do
  for page in notation.md glossary.md $pages; do
    grep -qF "](../../docs/$page)" lessons/"$number"_*/README.md || say "lesson $number does not link to docs/$page"
  done
done < <(printf '%s\n' lessons/[0-9][0-9]_* | sed -E 's#lessons/(..).*#\1#' && perl -ne \
  'if (/^\| \[.*?\]\((\w+\.md)\) \| ([\d, ]+) \|/) { my $page = $1; print "$_ derivations/$page\n" for split /, /, $2 }' docs/derivations/README.md)
# each test that a page names, as `tests/…cpp`, "the beginning of its name"
while IFS=$'\t' read -r page file name; do
  grep -qsF "TEST_CASE(\"$name" "$file" || say "$page: $file has no test \"$name\""
done < <(perl -0ne 's/\s+/ /g; print "$ARGV\t$1\t$2\n" while m{(tests/[\w/]+\.cpp)[`)]+, "([^"]+)"}g' docs/derivations/*.md)
# GitHub renders no formula with one of these macros
while IFS= read -r text; do
  ! grep -nE '\\(operatorname|DeclareMathOperator|newcommand)' "$text" || say "$text: GitHub refuses this macro"
done < <(git ls-files '*.md' 2>/dev/null || find . -name '*.md' -not -path './build/*')

# the lecturer's table has each lesson's times and number of tasks
for lesson in lessons/[0-9][0-9]_*/; do
  name=$(basename "$lesson")
  times=$(perl -0ne 'print "$1 | $2" if /^\*\*Time\*\* (\d+).*?(\d+)\s+minutes\s+for\s+the\s+exercises?/ms' "$lesson/README.md")
  grep -qF "| [$name]($name/README.md) | $times | $(find "$lesson/exercises" -name '*.cpp' | wc -l) |" lessons/TEACHING.md ||
    say "lessons/TEACHING.md has other times or tasks of $name"
done

version=$(sed -nE 's/^project\(hourglass VERSION ([0-9.]+).*/\1/p' CMakeLists.txt)
grep -qx "version: $version" CITATION.cff || say "CITATION.cff has not the version $version"
grep -qx "## $version" CHANGELOG.md || say "CHANGELOG.md has no heading for $version"

# completed WORD...: what the last word is completed to
completed() {
  # shellcheck source=/dev/null
  (source tools/completion.bash && COMP_WORDS=(./course "$@") COMP_CWORD=$# && _course && echo "${COMPREPLY[*]}")
}
[ "$(completed ru)" = run ] || say 'run is not completed'
[[ $(completed run 2) == '2 20' ]] || say "the lessons are not completed: $(completed run 2)"
[ "$(completed micro '')" = '1 2 3 4 5 6 7 8' ] || say 'the steps of micro.cpp are not completed'
[[ $(completed test --f) == --full ]] || say 'options are not completed'
exit $bad
