# Escape codes and redrawn lines go to a terminal that takes them, and nowhere else: not where TERM is dumb or not set,
# not where NO_COLOR is, and not into a pipe.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
bad=0

# on_terminal SETTING CALL: what it writes there, TERM and NO_COLOR being as `env` is given them; a terminal itself ends
# lines with a carriage return too, which is taken away
on_terminal() { env -u NO_COLOR -u TERM $1 script -qec "$2" /dev/null </dev/null 2>&1 | sed 's/\r*$//'; }
has_codes() { grep -q $'[\033\r]' <<<"$1"; }

# plain_but_on_terminals WHAT CALL SETTING...: CALL writes codes with TERM=xterm, and none with the settings or in a pipe
plain_but_on_terminals() {
  local what=$1 call=$2 setting said
  said=$(on_terminal TERM=xterm "$call")
  has_codes "$said" || { printf '%s: nothing is drawn on a terminal:\n%s\n' "$what" "$said"; bad=1; }
  for setting in "${@:3}"; do
    said=$(on_terminal "$setting" "$call")
    ! has_codes "$said" || { printf '%s: escape codes with %s:\n%q\n' "$what" "${setting:-no TERM}" "$said"; bad=1; }
    [ -n "$said" ] || { echo "$what: says nothing"; bad=1; }
  done
  said=$(TERM=xterm bash -c "$call" 2>&1 </dev/null)
  ! has_codes "$said" || { printf '%s: escape codes in a pipe:\n%q\n' "$what" "$said"; bad=1; }
}
settings=(TERM=dumb '' TERM= 'TERM=xterm NO_COLOR=1')
plain_but_on_terminals 'a lesson' "build/release/lessons/01_encoder_decoder --quick --epochs 3 --out '$trial/out'" TERM=dumb
plain_but_on_terminals 'the ledger' 'build/release/claims --quick --only undercomplete-2' TERM=dumb
plain_but_on_terminals 'the tests' 'build/release/tests_f32 -tc=none' "${settings[@]}"

# the tour of a lesson, of a few lines here
mkdir -p "$trial/build/lesson/lessons" "$trial/lesson"
ln -s "$PWD/tools" "$trial/tools"
printf 'int main() {\n  int x = 3;\n  // [here]\n  return x - 3;\n}\n' >"$trial/lesson/program.cpp"
g++ -g -O0 "$trial/lesson/program.cpp" -o "$trial/build/lesson/lessons/lesson" || exit 1
printf '# Tour\n\n## program.cpp#here\n\nSee.\n' >"$trial/lesson/tour.md"
sed -n '/^takes_escapes()/p' course >"$trial/takes_escapes"
cat >"$trial/tour" <<'END'
cd "$(dirname "$0")"
build() { true; }
source takes_escapes
source tools/course/debug.sh
start_tour lesson -ex tour -ex frame -ex kill -ex quit
END
plain_but_on_terminals 'the tour' "bash '$trial/tour'" "${settings[@]}"
sed 's/^start_tour .*/course_debug 1 --check/' "$trial/tour" >"$trial/check"
printf 'need() { true; }\nlesson_folder() { echo lesson; }\nsay() { echo "$*"; }\nbuild_packages=\n' >>"$trial/takes_escapes"
said=$(bash "$trial/check" 2>&1)
[ "$said" = 'lesson/tour.md: gdb prints what the text shows at all 1 stops' ] || { printf 'debug --check:\n%s\n' "$said"; bad=1; }

# the exercises' screen: tests/shell/exercise.sh
exit $bad
