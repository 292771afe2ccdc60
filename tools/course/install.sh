# usage: install DIR|installs the library for your own project (find_package, pkg-config); with --deb, as a Debian package
course_install() {
  [ $# = 1 ] && [[ $1 != -* ]] || [[ $# = 2 && $1 == --deb && $2 != -* ]] ||
    fail "install: into which folder? As in: ./course install ~/hourglass, or ./course install --deb ~/packages"
  local target
  target=$(cd "$caller" && realpath -m "${!#}")
  # shellcheck disable=SC2086
  need $build_packages
  build release installed
  if [ $# = 1 ]; then
    cmake --install build/release --prefix "$target" >build/install.log || fail "the whole log is build/install.log"
    say "$target holds the library: configure your project with -DCMAKE_PREFIX_PATH=$target"
    grep -q libhourglass_onnx build/install.log || say "without hourglass::onnx, which needs: $onnx_packages"
    grep -q libhourglass_mpi build/install.log || say "without hourglass::mpi, which needs: $mpi_packages"
  else
    # what goes in is built above; CPack itself would build everything
    cpack --config build/release/CPackConfig.cmake -D CPACK_CMAKE_GENERATOR=Ninja -B "$target" >build/install.log ||
      fail "the whole log is build/install.log"
    rm -rf "$target/_CPack_Packages"
    ls "$target"/libhourglass-dev*
  fi
}
