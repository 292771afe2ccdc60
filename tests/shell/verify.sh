# What ./course verify is made of notices: a stub that passes, a solution that does not, a mutant that survives, a quote
# that is not the code, a number that was not measured, a tour that gdb contradicts.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source=$PWD
[ -d lessons/00_tensors_and_gradients/solutions ] || exit 0 # this is a course that was handed out
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
bad=0
# expect WHAT STATUS OUTPUT CALL...: the call must end with STATUS and say OUTPUT (a pattern)
expect() {
  local what=$1 status=$2 output=$3 said got
  shift 3
  said=$("$@" 2>&1 </dev/null)
  got=$?
  # shellcheck disable=SC2053
  [[ $got == $status && $said == $output ]] || { printf '%s: status %s, expected %s; said:\n%s\n' "$what" "$got" "$status" "$said"; bad=1; }
}

# ---- tasks, in a project that shares everything but one lesson with this one
mkdir -p "$trial/build/exercises" "$trial/lessons"
cp -p build/exercises/*judge.o "$trial/build/exercises/" 2>/dev/null # made before, if they were
for part in autograd nn models tensor tools tests; do ln -s "$source/$part" "$trial/$part"; done
ln -s "$source/build/release" "$trial/build/release"
ln -s "$source/lessons/common" "$trial/lessons/common"
rm "$trial/tools" && mkdir "$trial/tools" && cp -r tools/exercise tools/engine "$trial/tools"
cp -r lessons/00_tensors_and_gradients "$trial/lessons/00_trial"
lesson=$trial/lessons/00_trial
verify() { "$trial/tools/exercise/verify_task.sh" lessons/00_trial 1_centre; }
expect 'what is right' 0 '' verify
cp "$lesson/mutants/1_centre_1.cpp" "$trial/mutant"
cp "$lesson/solutions/1_centre.cpp" "$lesson/mutants/1_centre_1.cpp"
echo 'this is no C++' >"$lesson/mutants/1_centre_2.cpp"
cp "$trial/mutant" "$lesson/solutions/1_centre.cpp"
cp "$lesson/mutants/1_centre_1.cpp" "$lesson/exercises/1_centre.cpp"
rm "$lesson"/mutants/1_centre_[34].cpp
sed -i '/^## Hint 3/d' "$lesson/exercises/1_centre.md"
expect 'what is wrong' 1 '*three hints*the stub ends with status 0*does not report what is missing*the solution is rejected*_1.cpp ends with status 0*_2.cpp ends with status 2*2 mutants, expected at least three*' verify

# ---- lengths
program() { # MAIN LOOP: a lesson with so many lines
  printf 'int main() {\n  run.epochs(1)\n  // [loop]\n'
  yes '  // [made]' | head -n 3
  yes '  f();' | head -n "$2"
  printf '  // [/loop]\n'
  yes '  g();' | head -n "$(($1 - $2 - 8))"
  printf '}\n'
}
lengths() { program "$@" >"$trial/lesson.cpp"; (source tools/course/verify.sh && verify_length "$trial/lesson.cpp"); }
expect 'a main of 80 lines, a loop of 25' 0 '' lengths 80 25
expect 'a main that is too long' 1 '*main has 81 lines, at most 80*' lengths 81 25
expect 'a loop that is too long' 1 '*training loop*has 26 lines, at most 25*' lengths 80 26
unmarked() { program 40 9 | grep -v 'loop\]' >"$trial/lesson.cpp"; (source tools/course/verify.sh && verify_length "$trial/lesson.cpp"); }
expect 'a training without the marks of its loop' 1 '*training loop*has no lines*' unmarked

# ---- statements
chained() { awk -f tests/shell/chained.awk "$trial/statements.cpp"; }
cat >"$trial/statements.cpp" <<'END'
a(x), b(x);
for (Index i = 0, j = 1; i < n; ++i, ++j) a(i), b(j);
if (x) a = 1, b = 2;
const Tensor r = f(x, y), s = g(x);
const auto h = [&](int i, int j) { x.push_back(i), y.push_back(j); };
h([&] { ++i, ++j; }, 3);
std::map<std::string, double> m = f(), k = g();
struct A : B, C { void f() { a(1), b(2); } };
return a, b;
END
expect 'statements that are chained' 1 '*:1: *:2: *:3: *:4: *:5: *:6: *:7: *:8: *:9: *' chained
cat >"$trial/statements.cpp" <<'END'
#define PAIR(a, b) a(x), b(x)
using a::b, c::d;
enum class E { a, b };
template <class A, class B>
struct S : T<A, B>, U {
  S(int i, int j) : i(i), j{j} {}
  S() : i(1), j(2) { f(i, j); }
  int i, j = 1'000;
  Series x{"a(x), b(x);", {}, {}}, y{"b", {1, ','}, {}};
  std::map<std::string, std::vector<double>> d, c; // a(x), b(x);
};
const char* raw = R"(a(x), b(x);
c(x), d(x);)";
int g(int a, int b) { return a < b ? f(a, b) : h({a, b}, [](int i, int j) { return i + j; }); }
END
expect 'statements that are not' 0 '' chained

# ---- quotes
cat >"$trial/source.cpp" <<'END'
int a;
  // [part]
  int b;
  // [inner]
    int c;
  // [/part]
END
printf 'text\n<!-- code: source.cpp#part -->\n```cpp\nint old;\n```\nmore\n' >"$trial/text.md"
quotes() { awk -v lesson="$trial" -f tools/exercise/quotes.awk "$trial/text.md"; }
expect 'a quote is cut out, without indentation and other markers' 0 $'text\n<!-- code: source.cpp#part -->\n```cpp\nint b;\n  int c;\n```\nmore' quotes
sed -i 's/#part/#nothing/' "$trial/text.md"
expect 'a marker that is not there' 1 '*source.cpp has no lines between // \[nothing\]*' quotes
echo '<!-- code source.cpp part -->' >"$trial/text.md"
expect 'a quote that says its place in another way' 1 '*not *<!-- code: SOURCE#NAME -->*' quotes

# ---- numbers
echo '{"lesson":"x","metrics":{"a":6.36,"b":-2e-3,"images-1e-6":60000}}' >"$trial/metrics.json"
numbers() { awk -f tools/exercise/numbers.awk "$trial/metrics.json" "$trial/text.md"; }
echo 'costs 6.4<!-- metric: a ±0.1 -->, slope -0.002<!-- metric: b ±0.0001 -->, 60,000<!-- metric: images-1e-6 ±0 -->' >"$trial/text.md"
expect 'right numbers' 0 '' numbers
echo 'costs 6.5<!-- metric: a ±0.1 -->, 3 of 5<!-- metric: c ±1 -->' >"$trial/text.md"
echo 'and 7<!-- metric: a -->' >>"$trial/text.md"
expect 'wrong numbers' 0 "*text has 6.5 for a*measured 6.36*measured no 'c'*text.md:2: not '<!-- metric*" numbers

# ---- tours
printf 'int main() {\n  int x = 3;\n  // [here]\n\n  ++x;\n  // [never]\n  return x == 3 ? ++x : 0;\n}\n' >"$trial/program.cpp"
g++ -g -O0 "$trial/program.cpp" -o "$trial/program"
tour() { HOURGLASS_TOUR=$trial HOURGLASS_TOUR_CHECK=1 gdb -q -nx -batch -x tools/gdb/tour.py "$trial/program"; }
printf '# Tour\n\n## program.cpp#here\n\nSee:\n\n    (gdb) print x\n    … = 3\n    (gdb) next\n    (gdb) print x\n    4\n' >"$trial/tour.md"
expect 'a tour that is right' 0 '*CHECKED 1 stops*' tour
sed -i 's/    4/    5/' "$trial/tour.md"
expect 'a tour that promises another number' 1 '*WRONG program.cpp#here: (gdb) print x*expected: 5*found: *4*' tour
sed -i 's/#here/#gone/' "$trial/tour.md"
expect 'a stop without its marker' 1 '*WRONG*has no line // \[gone\]*' tour
printf '\n## program.cpp#here\n' >"$trial/more"; sed -i 's|#gone|#never|' "$trial/tour.md"; cat "$trial/more" >>"$trial/tour.md"
expect 'a stop that is never reached' 1 '*WRONG program.cpp#here: not reached, the program ended*' tour
exit $bad
