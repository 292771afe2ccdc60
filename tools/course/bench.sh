# usage: bench [OPTIONS]|times training steps: --json FILE --peers (beside PyTorch, libtorch and JAX) --threads 1,2,4,… --predict (for up to 16 cores) --scaling FOLDER --only a,b128,… --rounds N --seconds S --quick --mine

# libtorch: builds the peer that needs Debian's libtorch; fails, with the reason, where there is none.
libtorch() {
  (need libtorch-dev) || return 1
  mkdir -p build
  if cmake --fresh -G Ninja -S bench/peers -B build/peers && ninja -C build/peers; then return; fi >build/peers.log 2>&1
  say "libtorch's peer cannot be built; the whole log is build/peers.log"
  return 1
}

course_bench() {
  local options=() option rest preset used
  source tools/engine/mine.sh
  refuse_unknown bench "$@"
  take_mine "$@"
  set -- ${rest[@]+"${rest[@]}"}
  # shellcheck disable=SC2086
  need $build_packages
  if [ $preset = mine ]; then use_mine; fi
  build $preset bench
  for option; do
    options+=("$option")
    # what needs Python gets its environment from one script; the first time this takes some minutes and 4 GB
    if [ "$option" = --peers ]; then
      options+=("$root/$(tools/python-env peers)")
      if libtorch; then options+=(--libtorch "$root/build/peers/with_libtorch"); else say "libtorch is left out"; fi
    fi
  done
  # an old OpenBLAS with the wrong processor set is slow, and every contender should run as by itself
  unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE OPENBLAS_NUM_THREADS
  cd "$caller"
  exec "$root/build/$preset/bench/bench" ${options[@]+"${options[@]}"}
}
