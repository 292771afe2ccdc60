# usage: fuzz [SECONDS] [READER]|hostile files for every reader, SECONDS (30) each; what is found stays in build/fuzz-found/
course_fuzz() {
  local seconds=${1:-30} only=${2:-} source reader bad=0 flags
  [[ $seconds =~ ^[0-9]+$ ]] || fail "fuzz: '$seconds' is not a number of seconds; as in: ./course fuzz 30"
  # shellcheck disable=SC2086
  need $build_packages clang-14 libclang-rt-14-dev
  build fuzz fuzzers
  mkdir -p build/fuzz-found
  for source in tests/fuzz/*.cpp; do
    reader=$(basename "$source" .cpp)
    [ -z "$only" ] || [ "$only" = "$reader" ] || continue
    mkdir -p "build/fuzz-corpus/$reader"
    flags=(-max_total_time="$seconds" -max_len=20000 -timeout=20 -rss_limit_mb=2000 -print_final_stats=1)
    # the first folder collects what covers more; the committed one is only read
    if "build/fuzz/fuzz_$reader" "${flags[@]}" -artifact_prefix="build/fuzz-found/$reader-" \
      "build/fuzz-corpus/$reader" "tests/fuzz/corpus/$reader" >"build/fuzz-$reader.log" 2>&1; then
      printf '%-12s %10s files tried, nothing found\n' "$reader" \
        "$(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz-$reader.log")"
    else
      bad=1
      printf '%-12s FOUND: build/fuzz-%s.log\n' "$reader" "$reader"
      grep -E 'ERROR|SUMMARY|runtime error' "build/fuzz-$reader.log" || true
    fi
  done
  [ $bad = 0 ]
}
