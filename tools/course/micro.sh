# usage: micro [STEP] [OPTIONS]|the engine on one page, in eight steps (lesson 0's MICRO.md); the last one trains: --epochs E --seed S
course_micro() {
  local lesson=lessons/00_tensors_and_gradients step=8 epochs=10 seed=1 source arguments=() images
  refuse_unknown micro "$@"
  if [[ ${1:---} != --* ]]; then
    [[ $1 =~ ^[1-8]$ ]] || fail "micro: '$1' is not a step; expected 1 to 8"
    step=$1
    shift
  fi
  [ $# = 0 ] || [ "$step" = 8 ] || fail "micro: step $step takes no options; step 8 does"
  while [ $# -gt 0 ]; do
    [[ ${2:-} =~ ^[1-9][0-9]{0,5}$ ]] || fail "micro: $1: expected a whole number from 1 to 999999, found '${2:-}'"
    case $1 in
      --epochs) epochs=$2 ;;
      --seed) seed=$2 ;;
    esac
    shift 2
  done
  need g++
  mkdir -p build/micro 2>/dev/null && [ -w build/micro ] ||
    fail "$root/build cannot be written by $(id -un): the course needs a clone of your own"
  source=build/micro/step_$step.cpp
  if [ "$step" = 8 ]; then
    source=$lesson/micro.cpp
    for images in train t10k; do
      unzip_images "data/mnist/$images-images-idx3-ubyte.gz" "build/micro/$images-images-idx3-ubyte"
      arguments+=("build/micro/$images-images-idx3-ubyte")
    done
    arguments+=("$epochs" "$seed")
  else
    awk -v step="$step" -f tools/exercise/micro_step.awk $lesson/micro.cpp $lesson/micro_mains.cpp >"$source"
  fi
  show_and_run g++ -std=c++20 -O3 -march=native "$source" -o "build/micro/step_$step"
  show_and_run exec "build/micro/step_$step" ${arguments[@]+"${arguments[@]}"}
}

# unzip_images FROM TO: once
unzip_images() {
  [ ! -e "$2" ] || return 0
  gzip -dc "$1" >"$2.part" || fail "micro: $1 could not be unzipped"
  mv "$2.part" "$2"
}

# show_and_run COMMAND...: what a student can type as well
show_and_run() {
  local shown="$*"
  say "${shown#exec }"
  "$@"
}
