# The holes of a source of the engine: the lines between `// hole NAME: what stands there` and `// end of hole`.
#   -v mode=list            prints NAME and description of each
#   -v mode=stub            the source with each hole empty: what a student starts from
#   -v mode=stub -v hole=X  with this hole empty
#   -v mode=fill -v hole=X -v body=FILE   with the lines of FILE in this hole
function inside(line) { return line ~ /^ *\/\/ hole [a-z0-9_]+: / }

mode == "stub" && FNR == 1 { print "#include \"lessons/common/exercise/todo.h\"" }

inside($0) {
  name = $3
  sub(/:$/, "", name)
  what = $0
  sub(/^ *\/\/ hole [a-z0-9_]+: /, "", what)
  if (mode == "list") { printf "%s\t%s\n", name, what; next }
  print
  wanted = hole == "" || hole == name
  indent = $0
  sub(/\/\/.*/, "", indent)
  returns = 0
  hidden = wanted
  next
}

/^ *\/\/ end of hole$/ {
  if (mode == "list") next
  if (hidden && mode == "stub") {
    gsub(/["\\]/, "\\\\&", what)
    printf "%s%stodo(\"%s: %s\");\n", indent, returns ? "return " : "", name, what
  }
  if (hidden && mode == "fill") {
    while ((getline line < body) > 0) print line
    close(body)
    found = 1
  }
  hidden = 0
  print
  next
}

mode == "list" { next }
hidden { if ($0 ~ /(^|[^[:alnum:]_])return[ ;{]/) returns = 1; next }
{ print }

END {
  if (mode == "fill" && !found) {
    print "there is no hole " hole >"/dev/stderr"
    exit 1
  }
}
