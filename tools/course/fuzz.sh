# usage: fuzz [SECONDS] [READER]|hostile files for every reader, SECONDS (30) each; failures are kept in build/fuzz-found/
course_fuzz() {
  local seconds=${1:-30} only=${2:-} source targets=''
  [[ $seconds =~ ^[0-9]{1,6}$ ]] || fail "fuzz: '$seconds' is not a number of seconds; as in: ./course fuzz 30"
  for source in tests/fuzz/*.cpp; do targets+="$(basename "$source" .cpp) "; done
  if [ -n "$only" ]; then
    [[ " $targets" == *" $only "* ]] || fail "fuzz: there is no reader '$only'; there are: $targets"
    targets=$only
  fi
  # shellcheck disable=SC2086
  need $build_packages clang-14 libclang-rt-14-dev
  build fuzz fuzzers
  mkdir -p build/fuzz-found
  export -f fuzz_reader
  # shellcheck disable=SC2086
  printf '%s\n' $targets | xargs -P "$(nproc)" -I '{}' bash -c 'fuzz_reader "$1" "$2"' - '{}' "$seconds"
}

# fuzz_reader READER SECONDS: one of them, on one core.
fuzz_reader() {
  local reader=$1 log=build/fuzz-$1.log flags
  flags=(-max_total_time="$2" -max_len=20000 -timeout=20 -rss_limit_mb=2000 -print_final_stats=1)
  mkdir -p "build/fuzz-corpus/$reader"
  # the first folder collects what covers more; the committed one is only read
  if "build/fuzz/fuzz_$reader" "${flags[@]}" -artifact_prefix="build/fuzz-found/$reader-" \
    "build/fuzz-corpus/$reader" "tests/fuzz/corpus/$reader" >"$log" 2>&1; then
    printf '%-12s %10s files tried, nothing found\n' "$reader" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")"
  else
    printf '%-12s FOUND: %s\n%s\n' "$reader" "$log" "$(grep -E 'ERROR|SUMMARY|runtime error' "$log" || true)"
    return 1
  fi
}
