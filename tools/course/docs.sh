# usage: docs [DIR]|the course as a site (build/site): texts, API and playground in static files, with search; made by Sphinx and doxygen
docs_packages='python3 python3-venv libjs-katex fonts-katex doxygen doxygen-awesome-css'

course_docs() {
  source tools/course/play.sh # for the playground
  local target=${1:-$root/build/site}
  [[ $target != -* ]] || fail "docs: unknown option '$target', expected a folder or nothing"
  target=$(cd "$caller" && realpath -m "$target")
  # shellcheck disable=SC2086
  need $docs_packages $play_packages
  { mkdir -p "$target/docs/playground" build && : >>build/docs.log; } 2>/dev/null ||
    fail "docs: $target or $root/build cannot be written by $(id -un)"
  docs_api "$target"
  docs_texts "$target"
  course_play --write "$target/docs/playground/index.html"
  say "open $target/index.html"
}

# docs_api DIR: every public name, and an error for one that has no docstring
docs_api() {
  {
    cat docs/api/Doxyfile
    printf 'PROJECT_NUMBER = %s\nOUTPUT_DIRECTORY = "%s"\n' \
      "$(sed -n 's/^project(hourglass VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)" "$1"
  } | doxygen - >build/docs.log 2>&1 || fail "doxygen failed; the whole log is build/docs.log"
  if grep -E '(Member .*\(function\)|Compound) .*is not documented' build/docs.log | grep -vE "^$root/lessons/" |
    sort -u | grep . >&2; then
    fail "these have no docstring (///)"
  fi
}

# docs_texts DIR: the Markdown of the repository; a link that leads nowhere is an error
docs_texts() {
  # Sphinx notices changed texts, but not changed programs of its own configuration
  [ -z "$(find docs/site -newer build/doctrees/environment.pickle 2>/dev/null)" ] || rm -rf build/doctrees
  tools/python-env docs -m sphinx -q -W --keep-going -j auto -c docs/site -d build/doctrees . "$1" >build/docs.log 2>&1 || {
    sed "s#^$root/##" build/docs.log | head -n 60 >&2
    fail "sphinx-build failed; the whole log is build/docs.log"
  }
  cp "$1/README.html" "$1/index.html"
}
