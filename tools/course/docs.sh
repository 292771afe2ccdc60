# usage: docs [DIR]|the documents as a site (build/site): every public name, and the lessons; made by doxygen
course_docs() {
  local target=${1:-$root/build/site}
  [[ $target != -* ]] || fail "docs: unknown option '$target', expected a folder or nothing"
  target=$(cd "$caller" && realpath -m "$target")
  need doxygen doxygen-awesome-css libjs-mathjax perl
  { mkdir -p "$target" build && : >>build/docs.log; } 2>/dev/null ||
    fail "docs: $target or $root/build cannot be written by $(id -un)"
  {
    cat docs/api/Doxyfile
    printf 'PROJECT_NUMBER = %s\nOUTPUT_DIRECTORY = "%s"\nHTML_OUTPUT = .\n' \
      "$(sed -n 's/^project(hourglass VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)" "$target"
  } | doxygen - >build/docs.log 2>&1 || fail "doxygen failed; the whole log is build/docs.log"
  if grep -E '(Member .*\(function\)|Compound) .*is not documented' build/docs.log | grep -vE "^$root/(bench|lessons)/" |
    sort -u | grep . >&2; then
    fail "these have no docstring (///)"
  fi
  say "open $target/index.html"
}
