# usage: export N [OPTIONS]|the networks that lesson N has trained, for other tools: --format onnx|safetensors --network NAME --out FILE
course_export() {
  [ $# -ge 1 ] || fail "export: which lesson? As in: ./course export 1 --format onnx"
  local name format=onnx out='' network='' weights
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
      say "wrote $out"
      ;;
    onnx) export_networks ;;
    *) fail "export: unknown format '$format', expected onnx or safetensors" ;;
  esac
}

# The network given, or each of the lesson's networks; in one file, the encoder.
export_networks() {
  local networks=$network exporter=$root/build/release/export_onnx file
  # shellcheck disable=SC2086
  need $build_packages $onnx_packages
  build release export_onnx
  [ -n "$networks" ] || networks=$([ -n "$out" ] && echo encoder || "$exporter" "$weights")
  [ -n "$networks" ] || fail "export: lesson ${name%%_*} trains no network"
  cd "$caller"
  for network in $networks; do
    file=${out:-$name-$network.onnx}
    "$exporter" "$weights" "$network" "$file"
    say "wrote $file"
  done
}
