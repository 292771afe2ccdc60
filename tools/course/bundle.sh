# usage: bundle DIR|writes the course with its packages and built programs, for machines without a network
course_bundle() {
  source tools/course/release.sh # for `sources`
  [[ $# = 1 && $1 != -* ]] || fail "bundle: into which folder? As in: ./course bundle /media/stick/hourglass"
  local target
  target=$(cd "$caller" && realpath -m "$1")
  [ ! -e "$target" ] || [ -z "$(ls -A "$target")" ] || fail "bundle: $target is not empty"
  [[ $target/ != "$root"/* ]] || fail "bundle: $target lies in the course itself"
  # shellcheck disable=SC2086
  need $build_packages
  build release all
  mkdir -p "$target" 2>/dev/null && [ -w "$target" ] || fail "bundle: $target cannot be written by $(id -un)"
  sources | tar -c --null --files-from=- | tar -x -C "$target"
  bundle_packages "$target/packages"
  bundle_programs "$target"
  say "$target holds the course for a lab without a network ($(du -sh "$target" | cut -f1)): copy it, and run ./course there"
}

# bundle_packages DIR: the packages of `run` and `test` with all that they need, down to the C library, and their index
bundle_packages() {
  local package
  mkdir -p "$1/partial"
  say "downloading packages"
  # as on a machine that has none
  # shellcheck disable=SC2086
  apt-get -qq -y -o Dir::State::status=/dev/null -o Dir::Cache::archives="$1" -o Debug::NoLocking=1 \
    --no-install-recommends --download-only install $test_packages >"$1/log" 2>&1 || {
    tail -n 5 "$1/log" >&2
    fail "the packages could not be downloaded; with outdated lists 'apt-get update' helps"
  }
  rm -rf "$1/partial" "$1/lock" "$1/log"
  for package in "$1"/*.deb; do
    dpkg-deb --field "$package"
    printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$(basename "$package")" "$(stat -c %s "$package")" \
      "$(sha256sum "$package" | cut -d' ' -f1)"
  done >"$1/Packages"
}

# bundle_programs DIR: what `run` and `exercise` need is there already; it serves while the sources are those it was made from
bundle_programs() {
  mkdir -p "$1/build/release"
  cp build/release/lib*.a "$1/build/release/"
  cp -r --parents build/release/lessons "$1/"
  (cd "$1" && find . -name '*.cpp' -o -name '*.h' | sort | grep -vE '^\./(packages|work)/' | xargs -d '\n' sha256sum >build/prebuilt)
}
