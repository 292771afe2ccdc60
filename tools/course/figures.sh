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
  [ ${#lessons[@]} -gt 0 ] || lessons=(lessons/[0-9][0-9]_*)
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

# figures_in README: the names of the figures that it shows, each once
figures_in() { grep -oE '\]\(figures/[A-Za-z0-9_-]+\.(svg|png)\)' "$1" | sed -E 's/^\]\(figures\/(.*)\)$/\1/' | sort -u || true; }

# keep_run RUN FOLDER: the metrics of a run and the figures that the README in FOLDER shows become those of the lesson.
# figures/SHA256SUMS ties them together: whoever renews the one without the others fails `check_figures`.
keep_run() {
  local run=$1 folder=$2 figure
  grep -q '"seed":1,' "$run/metrics.json" || { echo "$run: expected a run with seed 1"; return 1; }
  ! grep -q 'class="notice"' "$run/report.html" || { echo "$run: expected a full run, not a quick one"; return 1; }
  cp "$run/metrics.json" "$folder/metrics.json"
  rm -rf "$folder/figures"
  mkdir "$folder/figures"
  for figure in $(figures_in "$folder/README.md"); do
    if [ "$figure" = architecture.svg ]; then
      dot -Tsvg "$run/architecture.dot" >"$folder/figures/$figure" || return
    elif [ ! -e "$run/$figure" ]; then
      echo "$folder/README.md shows figures/$figure, which its run does not make"
      return 1
    elif [[ $figure == *.png ]]; then # 32 greys or colours: a third of the bytes
      pngquant --nofs --strip --speed 1 32 - <"$run/$figure" >"$folder/figures/$figure" || return
    else
      cp "$run/$figure" "$folder/figures/"
    fi
  done
  (cd "$folder/figures" && sha256sum ../metrics.json ./*.* >SHA256SUMS)
}

# check_figures FOLDER: its README shows the architecture and at least two figures of the run, each with a text for those
# who cannot see it and a caption below; all of them, and no others, are there, small, and of the run whose metrics are.
check_figures() {
  local folder=$1 bad=0 shown kept size figure
  problem() { echo "$folder: $*"; bad=1; }
  shown=$(figures_in "$folder/README.md")
  grep -qx architecture.svg <<<"$shown" || problem 'README.md shows no figures/architecture.svg'
  [ "$(grep -cvx architecture.svg <<<"$shown")" -ge 2 ] || problem 'README.md shows fewer than two figures of its run'
  kept=$(cd "$folder/figures" 2>/dev/null && find . -type f ! -name SHA256SUMS -printf '%f\n' | sort)
  [ "$shown" = "$kept" ] || problem "figures/ holds $(paste -sd' ' <<<"$kept"), README.md shows $(paste -sd' ' <<<"$shown")"
  for figure in $kept; do
    size=$(wc -c <"$folder/figures/$figure")
    [ "$size" -le 61440 ] || problem "figures/$figure has $size bytes, at most 61440 are allowed"
    awk -v image="](figures/$figure)" '
      index($0, image) { found = length($0) - length(image) >= 22; at = NR }  # "![" and twenty letters
      at && NR == at + 2 { found = found && /^\*[^*]/ }
      END { exit !found }' "$folder/README.md" ||
      problem "figures/$figure: expected a text of twenty letters in the brackets, and two lines below a caption, *…*"
  done
  (cd "$folder/figures" 2>/dev/null && sha256sum --quiet --strict --check SHA256SUMS >/dev/null 2>&1) ||
    problem "the figures and metrics.json are not of one run; ./course figures $(basename "$folder" | cut -c 1-2) makes them"
  for figure in ../metrics.json $(sed 's/^/.\//' <<<"$kept"); do
    grep -qF "  $figure" "$folder/figures/SHA256SUMS" 2>/dev/null || problem "figures/SHA256SUMS has no $figure"
  done
  return $bad
}
