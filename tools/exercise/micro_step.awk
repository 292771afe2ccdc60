# Prints step K (-v step=K) of lessons/00_tensors_and_gradients/micro.cpp: the headers, sections and main function that it
# has got by then. The files: micro.cpp, micro_mains.cpp. The last step is micro.cpp itself.

match($0, /^\/\/ \[(step|main)_[0-9]\]$/) {
  section = substr($0, 5, 4)
  number = substr($0, 10, 1)
}
FNR != NR && (section != "main" || number != step) { next }
section == "step" && number > step { next }
/^#include .*\/\/ step [0-9]$/ && substr($0, length($0)) > step { next }
{ print }
