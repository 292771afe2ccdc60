# usage: release DIR|writes the course without its solutions and answers, for students
course_release() {
  [[ $# = 1 && $1 != -* ]] || fail "release: into which folder? As in: ./course release /tmp/course"
  local target
  target=$(cd "$caller" && realpath -m "$1")
  [ ! -e "$target" ] || [ -z "$(ls -A "$target")" ] || fail "release: $target is not empty"
  [[ $target/ != "$root"/* ]] || fail "release: $target lies in the course itself"
  mkdir -p "$target" 2>/dev/null && [ -w "$target" ] || fail "release: $target cannot be written by $(id -un)"
  sources | grep -zvE '^lessons/[^/]+/(solutions|mutants)/' | tar -c --null --files-from=- | tar -x -C "$target"
  sed -i '/^<!-- answers -->$/,/^<!-- \/answers -->$/d' "$target"/lessons/{*/README,CONCEPTS}.md
  say "$target holds the course without its solutions and answers"
}

# sources: the files of the course, without those of builds, runs and exercises; ends each name with a null byte
sources() {
  if [ -e .git ] && command -v git >/dev/null; then
    git ls-files -z
  else
    find . -regextype egrep -type f -not -regex '\./(\.git|\.venv|build|out|work|packages)/.*' -printf '%P\0'
  fi
}
