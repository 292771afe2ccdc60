# usage: leaderboard [ENTRY]|the open challenge: the table; measures an entry (--quick: a short trial); --again: all entries
course_leaderboard() {
  local entry='' quick=false again=false option
  for option; do
    case $option in
      --quick) quick=true ;;
      --again) again=true ;;
      -*) fail "leaderboard: unknown option '$option', expected --quick or --again" ;;
      *) entry=$option ;;
    esac
  done
  entries=lessons/leaderboard/entries results=lessons/leaderboard/results.tsv
  if [ -z "$entry" ] && ! $again; then show_results; return; fi
  # shellcheck disable=SC2086
  need $build_packages
  build release hourglass hourglass_kit
  if $again; then
    local file bad=0
    for file in "$entries"/*.cpp; do measure_entry "$(basename "$file" .cpp)" || bad=1; done
    show_results
    return $bad
  fi
  [[ $entry =~ ^[a-zA-Z0-9_-]+$ && -e $entries/$entry.cpp ]] || fail "there is no $entries/$entry.cpp"
  measure_entry "$entry"
}

checksum() { sha256sum "$entries/$1.cpp" | cut -c 1-16; }

# measure_entry NAME: compiles it, trains it on two cores, and records its result (not with --quick)
measure_entry() {
  local name=$1 said sse seconds program=build/leaderboard/$1 options=() cores=()
  mkdir -p build/leaderboard
  local compile=("${CXX:-g++}" -std=c++20 -I. -Ibuild/release/include -O2 -Wall -Wextra -fmax-errors=3) measure=build/leaderboard/measure.o
  if [ ! $measure -nt build/release/libhourglass_kit.a ] || [ ! $measure -nt lessons/leaderboard/measure.cpp ]; then
    "${compile[@]}" -c lessons/leaderboard/measure.cpp -o $measure || fail 'lessons/leaderboard/measure.cpp does not compile'
  fi
  "${compile[@]}" "$entries/$name.cpp" $measure build/release/libhourglass_kit.a \
    build/release/libhourglass.a -lfmt -lz -lbz2 -llzma -ljpeg -llinear -llapack -lopenblas -lpthread -o "$program" ||
    fail "$entries/$name.cpp does not compile"
  if $quick; then options=(--seconds 20 --images 2000); else say "measuring $name: up to 15 minutes"; fi
  if command -v taskset >/dev/null && [ "$(nproc)" -gt 2 ]; then cores=(taskset -c "0,1"); fi
  said=$(timeout 1200 "${cores[@]}" "$program" "${options[@]}") || { say "$name is out"; return 1; }
  read -r sse seconds < <(sed -n 's/^RESULT //p' <<<"$said") || { say "$name ended before it was measured"; return 1; }
  if $quick; then
    printf '%s: %s squared error per image on 2,000 digits, not recorded\n' "$name" "$sse"
    return
  fi
  touch $results
  { awk -F '\t' -v name="$name" '$1 != name' $results; printf '%s\t%s\t%s\t%s\n' "$name" "$sse" "$seconds" "$(checksum "$name")"; } >$results.new
  mv $results.new $results
  printf '%s: %s squared error per image after %s s\n' "$name" "$sse" "$seconds"
}

show_results() {
  local name sse seconds sum place=0 note
  printf '  %-3s %-24s %12s %10s\n' '' 'entry' 'error/image' 'seconds'
  while IFS=$'\t' read -r name sse seconds sum; do
    place=$((place + 1)) note=''
    [ -e "$entries/$name.cpp" ] || note='its source is missing'
    [ -n "$note" ] || [ "$(checksum "$name")" = "$sum" ] || note='changed since; measure it again'
    printf '  %-3s %-24s %12s %10s  %s\n' "$place" "$name" "$sse" "$seconds" "$note"
  done < <(sort -t $'\t' -k 2,2g $results 2>/dev/null)
  printf '\nThe rules: lessons/leaderboard/README.md\n'
}
