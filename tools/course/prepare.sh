# usage: prepare|makes a seat ready: packages and builds for everything that a student will use
course_prepare() {
  [ $# = 0 ] || fail "prepare: it takes no arguments, found '$*'"
  source tools/engine/pieces.sh
  # shellcheck disable=SC2086
  need $test_packages
  build release all hourglass_f64
  build lesson all # what the debugger steps through
  # shellcheck disable=SC2046
  build_pieces $(pieces)
  build mine 01_encoder_decoder
  say 'this seat is ready: ./course lists the lessons'
}
