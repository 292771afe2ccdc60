# usage: run N [OPTIONS]|runs lesson N: --epochs E --seed S --threads T --data mnist|fashion|DIR --out DIR --quick --save-every SECONDS --resume --mine
course_run() {
  source tools/engine/mine.sh
  [ $# -ge 1 ] || fail "run: which lesson? As in: ./course run 1"
  local folder name word out=() preset rest used
  folder=$(lesson_folder "$1")
  name=$(basename "$folder")
  shift
  refuse_unknown run "$@"
  take_mine "$@"
  set -- ${rest[@]+"${rest[@]}"}
  # shellcheck disable=SC2086
  need $build_packages
  if [ $preset = mine ]; then use_mine; fi
  build $preset "$name"
  # a folder given by the user is relative to the current one; the default one is the project's
  cd "$caller"
  [ "$caller" = "$root" ] || out=(--out "$root/out/$name")
  for word; do
    if [[ $word = --out || $word = --out=* ]]; then out=(); fi
  done
  exec "$root/build/$preset/lessons/$name" ${out[@]+"${out[@]}"} "$@"
}
