# usage: test [--full]|the tests; the last line is 'N passed, N failed'; --full: hours, with sanitizers, fault injection and fuzzing; --mine: test programs and lessons with your pieces of the engine
course_test() {
  local full=false preset=release used
  case ${1:-} in
    '') ;;
    --full) full=true ;;
    --mine) preset=mine ;;
    *) fail "test: unknown option '$1', expected --full, --mine or nothing" ;;
  esac
  # shellcheck disable=SC2086
  need $test_packages
  if [ $preset = mine ]; then source tools/engine/mine.sh; use_mine; fi
  build $preset all tests_f32 tests_f64
  passed=0 failed=0
  local program script lesson
  for program in tests_f32 tests_f64; do run_doctest $preset "$program"; done
  if [ $preset = release ]; then
    for script in tests/shell/*.sh; do run_check "$(basename "$script")" bash "$script"; done
  fi
  for lesson in lessons/*/lesson.cpp; do
    lesson=$(basename "$(dirname "$lesson")")
    run_check "$lesson --quick" "build/$preset/lessons/$lesson" --quick --out "build/quick/$lesson"
  done
  if $full; then
    local preset
    for preset in asan ubsan tsan; do
      build "$preset" all tests_f32 tests_f64
      for program in tests_f32 tests_f64; do run_doctest "$preset" "$program"; done
    done
    run_check 'four threads, one model: 10 million calls' env HOURGLASS_CALLS=10000000 \
      build/release/tests_f32 -tc='four threads encode*'
    run_check 'a million calls under ThreadSanitizer' env HOURGLASS_CALLS=1000000 build/tsan/tests_f32 -tc='four threads encode*'
    run_check 'no memory error under valgrind' tests/lab/valgrind.sh
    run_check 'models in PyTorch and onnxruntime' ./course readers
    run_check 'ranks of MPI' tests/mpi/ranks.sh
    run_check 'a lab without a network' tests/lab/offline.sh
    run_check 'the engine on one page, three seeds' tests/lab/micro.sh
    run_check 'a piece of the engine, as a student meets it' tests/lab/engine.sh
    run_check 'lessons and tests on a student'"'"'s engine' tests/lab/mine.sh
    run_check 'mutation of the holes: 95% of 200 are rejected' tools/python-env mutation tools/python/hole_mutation.py 200 1
    run_check 'the same bits from two compilers' tests/lab/compilers.sh
    run_check 'stepping in doubles, and with clang' tests/lab/stepping.sh
    run_check 'hostile files, 600 s a reader' ./course fuzz 600
    run_check 'report pages in a browser' bash tests/browser/pages.sh
    run_check 'the site in a browser' bash tests/browser/site.sh
    run_check 'the playground in a browser' env HOURGLASS_SECONDS=600 bash tests/browser/playground.sh
    run_check 'kill -9, 200 times' env HOURGLASS_KILLS=200 bash tests/shell/kills.sh
    run_check '95% of the lines are covered' tools/python-env mutation tools/python/coverage.py
    run_check 'mutation: 95% of 300 are detected' tools/python-env mutation tools/python/mutation.py 300 1
  fi
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" = 0 ]
}

# run_doctest PRESET PROGRAM: counts its test cases one by one.
run_doctest() {
  local log=build/$1-$2.log begin=$SECONDS good=0 bad=0 status=0
  attended "build/$1/$2" >"$log" 2>&1 </dev/null || status=$?
  read -r good bad < <(sed -n 's/^\[doctest\] test cases: *[0-9]* *| *\([0-9]*\) passed *| *\([0-9]*\) failed.*/\1 \2/p' "$log") || true
  # one that fails without a failed case, or that does not count its cases, has crashed
  if [ -z "${good:-}" ] || { [ "$status" != 0 ] && [ "$bad" = 0 ]; }; then status=1 bad=1; fi
  passed=$((passed + ${good:-0})) failed=$((failed + ${bad:-0}))
  printf '%-40s %4d passed %4d failed %4d s\n' "$2 ($1)" "${good:-0}" "${bad:-0}" "$((SECONDS - begin))"
  [ "$status" = 0 ] && return
  # an empty log, or a long one, is no reason to stop
  grep -vE '^\[doctest\] (doctest version|run with)' "$log" | head -n 200 || true
}

# run_check NAME COMMAND...: passes with status 0.
run_check() {
  local name=$1 log begin=$SECONDS
  shift
  log=build/$(printf '%s' "$name" | tr -c 'a-zA-Z0-9_\n' '_').log
  if attended "$@" >"$log" 2>&1 </dev/null; then
    passed=$((passed + 1))
    printf '%-40s    1 passed    0 failed %4d s\n' "$name" "$((SECONDS - begin))"
  else
    failed=$((failed + 1))
    printf '%-40s    0 passed    1 failed %4d s\n' "$name" "$((SECONDS - begin))"
    tail -n 40 "$log"
  fi
}
