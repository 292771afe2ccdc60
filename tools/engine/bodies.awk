# Bodies of holes, from a text of lessons/engine/solutions/ or lessons/engine/mutants/: `hole NAME: text` begins one, and
# its lines, indented, follow. The text of a mutant states what is wrong.
#   -v mode=list              prints the number, the hole and the text of each body
#   -v mode=body -v wanted=N  the lines of the N-th body
/^hole [a-z0-9_]+/ {
  ++n
  name = $2
  sub(/:$/, "", name)
  text = ""
  if (sub(/^hole [a-z0-9_]+: */, "")) text = $0
  if (mode == "list") printf "%d\t%s\t%s\n", n, name, text
  next
}
mode == "body" && n == wanted { print }
