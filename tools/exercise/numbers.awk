# Compares the numbers of a text that are followed by `<!-- metric: NAME ±TOLERANCE -->` with a run's metrics.json
# (read first). Prints each that differs.

# 10,000 is a number, too
function number(text) {
  gsub(/,/, "", text)
  return text + 0
}

FNR == NR {
  line = $0
  while (match(line, /"[^"]+":[ ]*-?[0-9][0-9.e+-]*/)) {
    split(substr(line, RSTART, RLENGTH), pair, /":[ ]*/)
    measured[substr(pair[1], 2)] = pair[2]
    line = substr(line, RSTART + RLENGTH)
  }
  next
}
{
  rest = $0
  while (match(rest, /<!-- metric: [^ ]+ ±[0-9.]+ -->/)) {
    before = substr(rest, 1, RSTART - 1)
    split(substr(rest, RSTART, RLENGTH), part, " ")
    name = part[3]
    tolerance = substr(part[4], length("±") + 1) + 0  # a number: strings would be compared letter by letter
    rest = substr(rest, RSTART + RLENGTH)
    said = match(before, /-?[0-9][0-9.,]*[^0-9]*$/) ? number(substr(before, RSTART)) : "no number"
    if (!(name in measured)) print FILENAME ":" FNR ": the run measured no '" name "'"
    else if (said == "no number" || said - measured[name] > tolerance || measured[name] - said > tolerance)
      print FILENAME ":" FNR ": the text has " said " for " name " (±" tolerance "), the run measured " measured[name]
  }
  if (rest ~ /<!-- *metric/) print FILENAME ":" FNR ": not '<!-- metric: NAME ±TOLERANCE -->' on one line"
}
