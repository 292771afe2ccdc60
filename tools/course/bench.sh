# usage: bench [OPTIONS]|times training steps: --json FILE --peers (beside PyTorch and JAX) --scaling FOLDER --only a,b128,… --rounds N --quick
course_bench() {
  local options=() option
  # shellcheck disable=SC2086
  need $build_packages
  build release bench
  for option; do
    options+=("$option")
    # what needs Python gets its environment from one script; the first time this takes some minutes and 4 GB
    if [ "$option" = --peers ]; then options+=("$root/$(tools/python-env peers)"); fi
  done
  # an old OpenBLAS that is told the wrong processor is slow, and every contender is to run as it would by itself
  unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
  cd "$caller"
  exec "$root/build/release/bench/bench" ${options[@]+"${options[@]}"}
}
