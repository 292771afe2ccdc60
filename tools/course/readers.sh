# usage: readers|reads the library's files with other tools: each model's weights in PyTorch, its networks in onnxruntime
course_readers() {
  [ $# = 0 ] || fail "readers: unknown option '$1', expected none"
  local bad=0 folder lesson lessons=()
  # shellcheck disable=SC2086
  need $build_packages $onnx_packages python3 python3-venv
  build release all exchange export_onnx
  for folder in lessons/[0-9][0-9]_*/; do
    grep -q '<hourglass/models/' "$folder"/*.cpp "$folder"/*.h 2>/dev/null || continue # a lesson without a network
    lesson=$(basename "$folder")
    if [ "build/release/lessons/$lesson" -nt "build/quick/$lesson/weights.safetensors" ]; then
      say "running lesson $lesson --quick"
      "build/release/lessons/$lesson" --quick --out "build/quick/$lesson" >"build/quick-$lesson.log" 2>&1 ||
        fail "lesson $lesson failed; the whole log is build/quick-$lesson.log"
    fi
    lessons+=("build/quick/$lesson")
  done
  tools/python-env torch tests/readers/exchange.py build/release/exchange || bad=1
  tools/python-env readers tests/readers/onnx_files.py build/release/exchange build/release/export_onnx "${lessons[@]}" ||
    bad=1
  bash tests/readers/installed.sh || bad=1
  return $bad
}
