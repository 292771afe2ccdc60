# What a verdict in JSON has in common with those of the same mistake: its messages, with numbers to three digits.
{
  sub(/.*"messages":/, "")
  rest = $0
  while (match(rest, /[0-9]+([.][0-9]+)?(e[-+]?[0-9]+)?/)) {
    number = substr(rest, RSTART, RLENGTH) + 0
    printf "%s%.3g", substr(rest, 1, RSTART - 1), number < 1e-9 ? 0 : number
    rest = substr(rest, RSTART + RLENGTH)
  }
  print rest
}
