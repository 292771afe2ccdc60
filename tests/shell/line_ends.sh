# A clone that was made with core.autocrlf=true, as Git for Windows sets it, is what was committed, and works.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source=$PWD
git rev-parse --verify HEAD >/dev/null 2>&1 || exit 0 # a course that was handed out, or a system without Git
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
bad=0
git -c core.autocrlf=true clone -q --no-local --depth 1 "file://$source" "$trial/clone" || exit 1
cd "$trial/clone" || exit 1
changed=$(diff <(git ls-files --stage | cut -d' ' -f2) <(git -c core.quotePath=false ls-files | git hash-object --no-filters --stdin-paths) | grep -c '^>')
[ "$changed" = 0 ] || { echo "$changed files are not what was committed, such as:"; grep -rIl --exclude-dir=.git $'\r$' . | head -n 5; bad=1; }
for call in '' --help list 'exercise 0 1 hint'; do
  # shellcheck disable=SC2086
  said=$(./course --no-install $call 2>&1) || { printf './course %s: %s\n' "$call" "$said"; bad=1; }
  [[ $said != *$'\r'* ]] || { echo "./course $call prints carriage returns"; bad=1; }
done
exit $bad
