# The launcher names what it lacks, installs it, configures and builds when it must, and hands over to the lesson.
# apt-get, cmake and ninja are stand-ins here that write down how they were called; dpkg-query is the real one.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
command -v dpkg-query >/dev/null || exit 0
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
bad=0

# a project in a path with a space, with one lesson that prints how it was called
project="$trial/a project"
mkdir -p "$project/tools" "$trial/bin" "$trial/dpkg" "$trial/elsewhere"
cp -r course lessons "$project" && cp -r tools/course tools/exercise tools/engine "$project/tools"
stand_in() { printf '#!/bin/bash\necho "%s $*" >>"%s/calls"\n%s\n' "$1" "$trial" "$2" >"$trial/bin/$1" && chmod +x "$trial/bin/$1"; }
stand_in cmake 'mkdir -p build/release && touch build/release/build.ninja && echo "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" >build/release/CMakeCache.txt'
stand_in ninja "mkdir -p build/release/lessons && printf '#!/bin/bash\necho \"\$PWD:\$*\"\nexit 7\n' >build/release/lessons/01_encoder_decoder && chmod +x build/release/lessons/*"
stand_in sudo '"$@"'
export PATH="$trial/bin:$PATH" DPKG_ADMINDIR="$trial/dpkg"

# installed PACKAGE...: dpkg's list; gdb is in it too, as a suggestion of another package, but not installed
installed() {
  for package; do
    printf 'Package: %s\nStatus: install ok installed\nVersion: 1\nArchitecture: all\nMaintainer: x\nSuggests: gdb\nDescription: x\n\n' "$package"
  done >"$trial/dpkg/status"
  touch -d '2 hours ago' "$trial/dpkg/status"
}
# expect WHAT STATUS OUTPUT CALLS CALL...: CALL must end with STATUS, say OUTPUT and have called CALLS (both patterns)
expect() {
  local what=$1 status=$2 output=$3 calls=$4 said got called
  shift 4
  : >"$trial/calls"
  said=$("$@" 2>&1 </dev/null)
  got=$?
  called=$(<"$trial/calls")
  # shellcheck disable=SC2053
  [ "$got" = "$status" ] && [[ $said == $output && $called == $calls ]] ||
    { printf '%s\n  status %d, said: %s\n  called: %s\n' "$what" "$got" "$said" "$called"; bad=1; }
}
build_packages=$(sed -n "s/^build_packages='\(.*\)'/\1/p" course)
course=$project/course
lesson="run 1"

# shellcheck disable=SC2086
installed $build_packages
stand_in apt-get 'exit 0'
expect 'a package that is only suggested is missing' 1 'course: these packages are missing: doctest-dev gdb pkg-config universal-ctags' '' "$course" --no-install test
expect 'the first run configures and builds' 7 "configuring (release)*$trial/elsewhere:--out $project/out/01_encoder_decoder --seed 2" \
  'cmake --fresh --preset release?ninja -C build/release 01_encoder_decoder' env -C "$trial/elsewhere" "$course" $lesson --seed 2
expect 'the second does not configure; --out is meant from where one stands' 7 "$trial/elsewhere:--out mine" \
  'ninja -C build/release 01_encoder_decoder' env -C "$trial/elsewhere" "$course" $lesson --out mine
expect '--out=FOLDER is one too' 7 "$trial/elsewhere:--out=mine" 'ninja*' env -C "$trial/elsewhere" "$course" $lesson --out=mine
expect 'a value that is forgotten is missed where it should stand' 7 "$trial/elsewhere:--out $project/out/01_encoder_decoder --data" \
  'ninja*' env -C "$trial/elsewhere" "$course" $lesson --data
expect 'the name of a folder of data is not' 7 "$trial/elsewhere:--out $project/out/01_encoder_decoder --data my --out dir" \
  'ninja*' env -C "$trial/elsewhere" "$course" $lesson --data 'my --out dir'
expect 'in the project, the lesson chooses' 7 "$project:--quick" 'ninja*' env -C "$project" ./course $lesson --quick
expect '010 is ten' 127 '*' 'ninja -C build/release 10_adversarial' "$course" run 010
expect 'an option that is not known is refused before a build' 1 "course: run: unknown option '--ephocs', expected --data*" '' "$course" $lesson --ephocs 3
expect 'a negative number is no option' 7 '* --seed -1' 'ninja*' "$course" $lesson --seed -1
expect 'the doctor names what is missing, and builds nothing' 0 'course *system *tests, tours missing: doctest-dev gdb*' '*' "$course" doctor
expect 'it takes no arguments' 1 "course: doctor: it takes no arguments, found 'me'" '' "$course" doctor me

# two builds at once: the second waits until the first has ended
cp "$trial/bin/ninja" "$trial/ninja"
stand_in ninja "mkdir '$trial/building' || echo together >>'$trial/calls'; sleep 1; rmdir '$trial/building'"
: >"$trial/calls"
"$course" $lesson >/dev/null 2>&1 &
"$course" $lesson >/dev/null 2>&1
wait
[ "$(cut -d' ' -f1 "$trial/calls" | tr '\n' ' ')" = 'ninja ninja ' ] || { echo 'two builds run at once'; cat "$trial/calls"; bad=1; }
stand_in ninja "echo \$\$ >'$trial/building'; exec sleep 100"
"$course" $lesson >/dev/null 2>&1 &
for _ in {1..100}; do [ ! -s "$trial/building" ] || break; sleep 0.1; done
kill -TERM $!
wait $!
[ $? = 143 ] || { echo 'SIGTERM does not end a build'; bad=1; }
! kill -0 "$(<"$trial/building")" 2>/dev/null || { echo 'SIGTERM leaves ninja behind'; bad=1; kill "$(<"$trial/building")"; }
cp "$trial/ninja" "$trial/bin/ninja"

# somebody else's clone, in which nothing can be written; as root one can, but for a file where a folder should stand
cp -r "$project" "$trial/theirs"
rm -r "$trial/theirs/build" && touch "$trial/theirs/build" "$trial/theirs/work"
expect 'a folder that cannot be written' 1 "course: $trial/theirs/build cannot be written by *: the course needs a clone of your own" '' \
  "$trial/theirs/course" $lesson
expect 'nor the one for the exercises' 1 "course: $trial/theirs/work cannot be written by *" '' "$trial/theirs/course" exercise 0 hint

# the user's language is nobody's business: in Turkish, i lies outside of [a-z]
[ ! -e /usr/share/i18n/locales/tr_TR ] || { export LOCPATH=$trial; localedef -i tr_TR -f UTF-8 "$trial/tr_TR.UTF-8" 2>/dev/null; }
expect 'a command with an i' 0 '*An encoder*' '' env LC_ALL=tr_TR.UTF-8 "$course" list
unset LOCPATH
cat >"$trial/bin/speaks" <<'END'
#!/bin/bash
mkdir -p build/release/lessons && printf '#!/bin/bash\necho "$LC_ALL"\n' >build/release/lessons/02_latent_space && chmod +x build/release/lessons/*
END
chmod +x "$trial/bin/speaks" && cp "$trial/bin/speaks" "$trial/bin/ninja"
expect 'what is started' 0 '*C.UTF-8' '' env LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 "$course" run 2
cp "$trial/ninja" "$trial/bin/ninja"

ln -s "$course" "$trial/bin/hourglass"
expect 'it may be called by a link' 7 "$trial/elsewhere:--out=x" 'ninja*' env -C "$trial/elsewhere" hourglass $lesson --out=x

touch "$trial/dpkg/status"
touch -d '1 hour ago' "$project/build/release/build.ninja"
expect 'new packages are looked for' 7 'configuring*' 'cmake*ninja*' "$course" $lesson
cp -r "$project" "$trial/copy"
expect 'a copy builds its own sources' 7 'configuring*' 'cmake --fresh*ninja*' "$trial/copy/course" $lesson

installed g++
list=${build_packages#g++ }
expect 'what is missing is installed' 7 "installing: $list?*" "apt-get *--no-install-recommends install $list?*ninja*" "$course" $lesson
stand_in apt-get "[ -e '$trial/lists' ] && exit 0; [[ \$* != *update* ]] && exit 100; touch '$trial/lists'"
expect 'lists are fetched where there are none' 7 'installing*' 'apt-get*install*apt-get*update?apt-get*install*' "$course" $lesson
stand_in apt-get 'echo "E: no route"; exit 100'
expect 'a failed installation shows why' 1 'installing*E: no route*course: the packages could not be installed*' 'apt-get*' "$course" $lesson

stand_in id 'echo 1000'
stand_in apt-get 'exit 0'
expect 'who is not root needs sudo' 7 'installing*' '*sudo env*apt-get*' "$course" $lesson
rm "$trial/bin/sudo"
if ! command -v sudo >/dev/null; then
  expect 'and without it learns what to do' 1 "course: *as root: apt-get install --no-install-recommends $list" 'id*' "$course" $lesson
fi

# shellcheck disable=SC2086
installed $build_packages
stand_in ninja 'echo "[1/2] Building x"; echo "x.cpp:3:5: error: no such thing"; exit 1'
expect 'a failed build shows the compiler'\''s errors' 1 'x.cpp:3:5: error: no such thing?course: the build failed*' '*' "$course" $lesson

# a bundle: its packages are taken from it, and its programs run while the sources are those that they were made from
bundle="$trial/a bundle"
cp -r "$project" "$bundle"
mkdir "$bundle/packages" && touch "$bundle/packages/Packages"
(cd "$bundle" && sha256sum lessons/common/run.h >build/prebuilt)
expect 'what a bundle brings is not built' 7 "$bundle:--quick" '' env -C "$bundle" ./course $lesson --quick
installed g++
stand_in id 'echo 0'
stand_in apt-get 'exit 0'
expect 'its packages need no network' 7 'installing*' "*apt-get *Dir::Etc::sourcelist=$bundle/build/apt/sources.list*install*" "$bundle/course" $lesson
grep -qxF "deb [trusted=yes] file:${bundle// /%20}/packages ./" "$bundle/build/apt/sources.list" || { echo 'the list of packages is wrong'; bad=1; }
# shellcheck disable=SC2086
installed $build_packages
echo '// changed' >>"$bundle/lessons/common/run.h"
stand_in ninja 'exit 1'
expect 'a changed source is built' 1 '*the build failed*' '*ninja*' "$bundle/course" $lesson
exit $bad
