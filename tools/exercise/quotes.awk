# Puts the code between `// [NAME]` and `// [/NAME]` of a source into the block that follows `<!-- code: SOURCE#NAME -->`
# of a text; prints the text. SOURCE is a file of the lesson (-v lesson=FOLDER) or a path from the project's root.

function stop(message) {
  print FILENAME ":" FNR ": " message >"/dev/stderr"
  failed = 1
}

# quote(SOURCE, NAME): the lines between the markers, without other markers and without their common indentation
function quote(source, name, path, line, inside, count, lines, indent, i) {
  path = lesson "/" source
  if ((getline line <path) < 0) path = source
  close(path)
  indent = 1000
  while ((getline line <path) > 0) {
    if (index(line, "// [" name "]")) inside = found = 1
    else if (index(line, "// [/" name "]")) inside = 0
    else if (inside && line !~ /^ *\/\/ \[.*\]$/) {
      lines[++count] = line
      match(line, /^ */)
      if (line != "" && RLENGTH < indent) indent = RLENGTH
    }
  }
  close(path)
  if (!count || inside) stop(path " has no lines between // [" name "] and // [/" name "]")
  for (i = 1; i <= count; i++) print substr(lines[i], indent + 1)
}

/^<!-- code: [^#]+#[^ ]+ -->$/ {
  print
  split($3, where, "#")
  print "```cpp"
  quote(where[1], where[2])
  print "```"
  skipping = 1 # the block that stands there
  next
}
/^<!-- *code/ { stop("not '<!-- code: SOURCE#NAME -->' on a line of its own") }
skipping == 1 && /^```/ { skipping = 2; next }
skipping == 1 { skipping = 0 } # there was none yet
skipping == 2 { if (/^```$/) skipping = 0; next }
{ print }
END { exit failed }
