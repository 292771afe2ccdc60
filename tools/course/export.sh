# usage: export N [OPTIONS]|what lesson N trained, for other tools: --format onnx|safetensors --out FILE --network encoder
course_export() {
  [ $# -ge 1 ] || fail "export: which lesson? As in: ./course export 1 --format onnx"
  local name format=onnx out='' network=encoder weights
  name=$(basename "$(lesson_folder "$1")")
  shift
  while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || fail "export: $1 needs a value"
    case $1 in
      --format) format=$2 ;;
      --network) network=$2 ;;
      --out) out=$2 ;;
      *) fail "export: unknown option '$1', expected --format, --network or --out" ;;
    esac
    shift 2
  done
  weights=$root/out/$name/weights.safetensors
  [ -e "$weights" ] || fail "export: out/$name/weights.safetensors is missing; first: ./course run ${name%%_*}"
  case $format in
    safetensors)
      out=${out:-$name.safetensors}
      cd "$caller"
      cp "$weights" "$out" || fail "export: '$out' could not be written"
      ;;
    onnx)
      out=${out:-$name-$network.onnx}
      # shellcheck disable=SC2086
      need $build_packages libonnx-dev libprotobuf-dev protobuf-compiler
      build release export_onnx
      cd "$caller"
      "$root/build/release/export_onnx" "$weights" "$network" "$out"
      ;;
    *) fail "export: unknown format '$format', expected onnx or safetensors" ;;
  esac
  say "wrote $out"
}
