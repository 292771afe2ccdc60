# usage: figures [N]|the figures of the lessons' READMEs, made anew with metrics.json: a full run with seed 1 into out/; --from-out takes the last one
figures_packages='graphviz pngquant'

course_figures() {
  local lessons=() option folder run=true bad=0
  for option; do
    case $option in
      --from-out) run=false ;;
      -*) fail "figures: unknown option '$option', expected --from-out" ;;
      *) lessons+=("$(lesson_folder "$option")") ;;
    esac
  done
  [ ${#lessons[@]} -gt 0 ] || mapfile -t lessons < <(dirname lessons/*/lesson.cpp)
  # shellcheck disable=SC2086
  need $build_packages $figures_packages
  ! $run || build release "${lessons[@]##*/}"
  for folder in "${lessons[@]}"; do
    if $run; then
      say "running ${folder##*/} in full"
      "build/release/lessons/${folder##*/}" --seed 1 --out "out/${folder##*/}" >build/figures.log ||
        fail "${folder##*/} failed; its output is build/figures.log"
    fi
    keep_run "out/${folder##*/}" "$folder" && check_figures "$folder" || bad=1
  done
  return $bad
}

# text_of FOLDER: its README.md, or the page beside a folder that has none: lessons/NAME.md in capitals
text_of() {
  local name=${1##*/}
  if [ -e "$1/README.md" ]; then echo "$1/README.md"; else echo "${1%/*}/${name^^}.md"; fi
}

# lesson_number FOLDER: what names it in a command
lesson_number() { sed -E 's/^([0-9]{2})_.*/\1/' <<<"${1##*/}"; }

# figures_in FOLDER: the names of the figures that its text shows, each once
figures_in() {
  grep -oE "\]\((${1##*/}/)?figures/[A-Za-z0-9_-]+\.(svg|png)\)" "$(text_of "$1")" | sed -E 's/.*figures\/(.*)\)$/\1/' | sort -u || true
}

# keep_run RUN FOLDER: the metrics of a run and the figures that the text of FOLDER shows become those of the lesson.
# figures/SHA256SUMS ties them together: whoever renews the one without the others fails `check_figures`.
keep_run() {
  local run=$1 folder=$2 figure shown
  grep -q '"seed":1,' "$run/metrics.json" || { echo "$run: expected a run with seed 1"; return 1; }
  ! grep -q 'class="notice"' "$run/report.html" || { echo "$run: expected a full run, not a quick one"; return 1; }
  shown=$(figures_in "$folder")
  cp "$run/metrics.json" "$folder/metrics.json"
  rm -rf "$folder/figures"
  mkdir "$folder/figures"
  for figure in $shown; do
    if [ "$figure" = architecture.svg ]; then
      dot -Tsvg "$run/architecture.dot" >"$folder/figures/$figure" || return
    elif [ ! -e "$run/$figure" ]; then
      echo "$(text_of "$folder") shows figures/$figure, which its run does not make"
      return 1
    elif [[ $figure == *.png ]]; then # 32 greys or colours: a third of the bytes
      pngquant --nofs --strip --speed 1 32 - <"$run/$figure" >"$folder/figures/$figure" || return
    else
      cp "$run/$figure" "$folder/figures/"
    fi
  done
  (cd "$folder/figures" && sha256sum ../metrics.json ./*.* >SHA256SUMS)
}

# check_figures FOLDER: its text shows the architecture and at least two figures of the run, each with a text for those
# who cannot see it and a caption below; all of them, and no others, are there, small, and of the run whose metrics are.
check_figures() {
  local folder=$1 bad=0 shown kept size figure text
  problem() { echo "$folder: $*"; bad=1; }
  text=$(text_of "$folder")
  shown=$(figures_in "$folder")
  grep -qx architecture.svg <<<"$shown" || problem "${text##*/} shows no figures/architecture.svg"
  [ "$(grep -cvx architecture.svg <<<"$shown")" -ge 2 ] || problem "${text##*/} shows fewer than two figures of its run"
  kept=$(cd "$folder/figures" 2>/dev/null && find . -type f ! -name SHA256SUMS -printf '%f\n' | sort)
  [ "$shown" = "$kept" ] || problem "figures/ holds $(paste -sd' ' <<<"$kept"), ${text##*/} shows $(paste -sd' ' <<<"$shown")"
  for figure in $kept; do
    size=$(wc -c <"$folder/figures/$figure")
    [ "$size" -le 61440 ] || problem "figures/$figure has $size bytes, at most 61440 are allowed"
    awk -v image="figures/$figure)" '
      index($0, image) { found = length($0) - length(image) >= 24; at = NR }  # "![", twenty letters and "]("
      at && NR == at + 2 { found = found && /^\*[^*]/ }
      END { exit !found }' "$text" ||
      problem "figures/$figure: expected a text of twenty letters in the brackets, and two lines below a caption, *…*"
  done
  (cd "$folder/figures" 2>/dev/null && sha256sum --quiet --strict --check SHA256SUMS >/dev/null 2>&1) ||
    problem "the figures and metrics.json are not of one run; ./course figures $(lesson_number "$folder") makes them"
  for figure in ../metrics.json $(sed 's/^/.\//' <<<"$kept"); do
    grep -qF "  $figure" "$folder/figures/SHA256SUMS" 2>/dev/null || problem "figures/SHA256SUMS has no $figure"
  done
  return $bad
}
