# usage: play [N] [OPTIONS]|opens the playground at lesson N's state; --write FILE: writes the page, one offline file, without opening it
play_packages='clang-14 lld-14 llvm-14 wasi-libc libc++-14-dev-wasm32 libc++abi-14-dev-wasm32 libclang-rt-14-dev-wasm32 cmake ninja-build nlohmann-json3-dev libjs-chart.js'

course_play() {
  local file=$root/docs/playground/index.html state='' open=true browser
  if [[ ${1:-} =~ ^[0-9]+$ ]]; then
    lesson_folder "$1" >/dev/null
    state="#lesson=$(printf '%02d' "$((10#$1))")"
    shift
  fi
  while [ $# -gt 0 ]; do
    [ "$1" = --write ] || fail "play: unknown option '$1', expected a lesson's number or --write FILE"
    [ $# -ge 2 ] || fail "play: --write needs a value"
    [[ $2 == /* ]] && file=$2 || file=$caller/$2
    open=false
    shift 2
  done
  # shellcheck disable=SC2086
  need $play_packages
  build wasm playground
  write_page "$file" || fail "play: '$file' could not be written"
  browser=$(command -v xdg-open || true)
  if $open && [ -n "$browser" ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    "$browser" "file://$file$state" && return
  fi
  if $open; then say "open it in a browser:"; printf '%s\n' "file://$file$state"; else say "wrote $file"; fi
}

# write_page FILE: docs/playground/page/page.html with its parts in it, first beside the file, then in its place.
write_page() {
  local line temporary
  temporary=$(mktemp "$(dirname "$1")/.playground-XXXXXX") || return
  while IFS= read -r line; do
    if [[ $line =~ ^(.*)@@(text|gzip)\ (.+)$ ]]; then
      printf '%s' "${BASH_REMATCH[1]}"
      "page_${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}"
    else
      printf '%s\n' "$line"
    fi
  done <docs/playground/page/page.html >"$temporary" && chmod 644 "$temporary" && mv "$temporary" "$1"
}

page_text() {
  case $1 in
    # what ends a script element must not stand inside one
    chart.js) sed 's#</script#<\\/script#g; /^\/\/# sourceMappingURL=/d' /usr/share/javascript/chart.js/chart.min.js ;;
    *) cat "docs/playground/page/$1" ;;
  esac
}

page_gzip() {
  case $1 in
    digits) page_digits ;;
    *) cat "build/wasm/docs/playground/$1" ;;
  esac | gzip -n | base64 -w 0
}

# 10,000 training digits and 500 test digits of 784 bytes, then the labels of these 500.
page_digits() {
  idx() { gzip -dc "data/mnist/$1-ubyte.gz" | tail -c "+$2" | head -c "$3"; }
  # head ends before gzip, which is not a failure
  set +o pipefail
  idx train-images-idx3 17 7840000
  idx t10k-images-idx3 17 392000
  idx t10k-labels-idx1 9 500
  set -o pipefail
}
