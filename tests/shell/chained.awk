# Prints FILE:LINE of each statement of C++ that chains expressions by commas, such as `a(x), b(x);`, and of each
# declaration that does so with calls, `const Tensor h = f(x), r = g(h);`: a debugger cannot stop between them.
# `Index i, j;` and `double a = 0, b = 1;` are allowed. Commas within (), [], {}, <> separate other things.

FNR == 1 { check(source, name); source = ""; name = FILENAME }
/^ *#/ || continued { continued = /\\$/; source = source "\n"; next }
{ source = source $0 "\n" }
END { check(source, name); exit found }

# Reads a file's text: a stack of braces, each with the statement that it interrupts. What is in brackets is left out.
function check(text, name, i, c, next2, line, depth, brackets, statement, begin, before, block, end) {
  line = 1
  for (i = 1; i <= length(text); ++i) {
    c = substr(text, i, 1)
    next2 = substr(text, i, 2)
    if (c == "\n") ++line
    if (next2 == "//") { i += index(substr(text, i), "\n") - 2; continue }
    if (match(substr(text, i, 20), /^R"[a-z_]*\(/)) {
      end = ")" substr(text, i + 2, RLENGTH - 3) "\""
      raw = substr(text, i, index(substr(text, i), end) + length(end) - 1)
      i += length(raw) - 1
      line += gsub(/\n/, "", raw)
      continue
    }
    if (c == "\"" || (c == "'" && before !~ /[0-9a-fA-F]/)) {
      while (++i < length(text) && substr(text, i, 1) != c) if (substr(text, i, 1) == "\\") ++i
      before = c
      continue
    }
    if (c == "{") { # a statement, or a list of values, begins
      statements[depth] = statement; begins[depth] = begin; bracketed[depth] = brackets; opened[depth] = before
      blocks[depth++] = block
      statement = ""; brackets = 0; block = 0
    } else if (c == "}") {
      --depth
      if (before == "{") block = opened[depth] ~ /[)}]/
      inner = block
      statement = statements[depth]; begin = begins[depth]; brackets = bracketed[depth]; block = blocks[depth]
      if (inner && !brackets) { statement = ""; block = 1 } else if (!brackets) statement = statement "{}"
    } else if (c ~ /[([]/) {
      if (!brackets++) statement = statement c
    } else if (c ~ /[])]/) {
      --brackets
    } else if (c == ";" && !brackets) {
      if (is_chained(statement)) { printf "%s:%d: expressions chained by commas, expected one statement a line\n", name, begin; found = 1 }
      statement = ""; block = 1
    } else if (!brackets) {
      if (statement == "" && c ~ /[ \n]/) continue
      if (statement == "") begin = line
      statement = statement c
    }
    if (c !~ /[ \n]/) before = c
  }
}

function is_chained(statement) {
  while (gsub(/<[^<>;=]*>/, "", statement)) {}
  if (statement !~ /,/ || statement ~ /^using /) return 0
  if (statement ~ /\(/ || statement ~ /^(return|throw|else|do)[^A-Za-z0-9_]/) return 1
  return statement !~ /^[^,={]*[A-Za-z0-9_&*>][ &*\n]+[A-Za-z_]/ # no type before the first name: no declaration
}
