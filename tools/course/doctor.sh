# usage: doctor|this computer and this copy of the course: what is installed, built and slow; for a report of an error
course_doctor() {
  [ $# = 0 ] || fail "doctor: it takes no arguments, found '$*'"
  local system=unknown memory free tool preset
  [ ! -e /etc/os-release ] || system=$(sed -n 's/^PRETTY_NAME="\(.*\)"$/\1/p' /etc/os-release)
  memory=$(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo 2>/dev/null || true)
  free=$(df -h --output=avail . 2>/dev/null | tail -n 1 | tr -d ' ' || true)
  printf 'course       %s\n' "$(git describe --always --dirty 2>/dev/null || echo 'not a git repository')"
  printf 'system       %s, %s, %s\n' "$system" "$(uname -srm)" "locale ${caller_locale:-not set}"
  printf 'processor    %s, %s cores, %s memory\n' \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)" "$(nproc 2>/dev/null || echo ?)" "${memory:-unknown}"
  printf 'disk         %s free here; %s\n' "${free:-unknown}" "$([ -w . ] && echo 'this folder can be written' || echo 'this folder CANNOT be written')"
  for tool in g++ clang++ cmake ninja gdb gnuplot mpirun; do
    printf '%-12s %s\n' "$tool" "$(command -v $tool >/dev/null && { $tool --version 2>/dev/null | head -n 1; } || echo missing)"
  done
  doctor_packages 'lessons' "$build_packages"
  doctor_packages 'tests, tours' "$test_packages"
  doctor_packages 'ONNX' "$onnx_packages"
  doctor_packages 'MPI' "$mpi_packages"
  for preset in release lesson mine; do
    printf '%-12s %s\n' "$preset" "$(is_configured $preset && echo "built $(date -r build/$preset/build.ninja +%F)" || echo 'not built')"
  done
  if is_configured release && [ "$(missing $build_packages)" = '' ]; then
    build release doctor
    [ ! -x build/release/doctor ] || build/release/doctor | sed 's/^/             /'
  else
    printf '%-12s unknown until ./course run 1 has built the library\n' speed
  fi
}

# doctor_packages USE PACKAGES: those of them that are missing
doctor_packages() {
  local list
  if ! command -v dpkg-query >/dev/null; then printf '%-12s unknown: not a Debian system\n' "$1"; return; fi
  # shellcheck disable=SC2086
  list=$(missing $2)
  printf '%-12s %s\n' "$1" "$([ -z "$list" ] && echo 'all packages are installed' || echo "missing: ${list% }")"
}
