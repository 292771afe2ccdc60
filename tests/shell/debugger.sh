# gdb steps from an op to BLAS through three frames of ours, from a model through its layers, and shows numbers.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export HOURGLASS_ROOT=$PWD
place=build/lesson
[ -e $place/build.ninja ] || cmake --preset lesson >/dev/null || exit 1
ninja -C $place stepping >/dev/null || { echo 'the program to step through does not build'; exit 1; }

program=$place/stepping
# in_gdb COMMANDS...: what gdb prints of the program, without its own chatter
in_gdb() {
  local arguments=() each
  for each; do arguments+=(-ex "$each"); done
  gdb -q -batch -nx -x .gdbinit -ex 'set pagination off' -ex 'set breakpoint pending on' "${arguments[@]}" "$program" 2>&1 |
    grep -vE '^(File|Function)\(s\)|will be skipped|Thread debugging|host libthread|^\[New Thread|^$'
}
bad=0
wants() { # wants TEXT WHAT: what was printed must contain it
  grep -qE "$1" <<<"$said" || { printf '%s\nexpected: %s\n' "$2" "$1"; printf '%s\n' "$said" | tail -n 40; bad=1; }
}

# functions_on_the_way LABEL: the functions that `step` enters from the marked line until cblas_sgemm, in order
functions_on_the_way() {
  in_gdb "break stepping.cpp:$(grep -n "$1" tests/stepping.cpp | head -n 1 | cut -d: -f1)" run 'tbreak cblas_sgemm' \
    'python
while gdb.selected_frame().name() != "cblas_sgemm":
    gdb.execute("step", to_string=True)
    print("AT", gdb.selected_frame().function() or gdb.selected_frame().name())
frame, depth = gdb.selected_frame().older(), []
while frame.name() != "main":
    depth.append(frame.name())
    frame = frame.older()
print("STACK", " < ".join(depth))'
}

# each function by its name and the type of its first argument, which tells an op from its kernel
short() {
  sed -n 's/^AT //p' | uniq |
    sed -E 's/hourglass::f32:://g; s/\(anonymous namespace\):://g; s/\((Tensor|Variable).*/ \1/; s/\(.*//; s/^(models|nn|main|multiply)(.*) .*/\1\2/; s/ /:/' | tr '\n' ' '
}

for call in matmul linear; do
  raw=$(functions_on_the_way "here: $call")
  said=$(short <<<"$raw")
  expected="$call:Variable $call:Tensor multiply_panel cblas_sgemm "
  [ "$(sed 's/main //g' <<<"$said")" = "$expected" ] || { echo "step from $call( enters: $said"; echo "expected:              $expected"; printf '%s\n' "$raw" | tail -n 30; bad=1; }
  frames=$(sed -n 's/^STACK //p' <<<"$raw" | tr '<' '\n' | wc -l)
  [ "$frames" = 3 ] || { echo "$frames frames between $call( and cblas_sgemm, expected 3: $(grep STACK <<<"$raw")"; bad=1; }
done

raw=$(functions_on_the_way 'here: encode')
said=$(short <<<"$raw" | sed 's/main //g')
expected='models::Autoencoder::encode nn::Sequential::forward nn::Linear::forward linear:Variable linear:Tensor multiply_panel cblas_sgemm '
[ "$said" = "$expected" ] || { echo "step from encode( enters: $said"; echo "expected:                $expected"; bad=1; }

said=$(in_gdb "break stepping.cpp:$(grep -n 'here: end' tests/stepping.cpp | cut -d: -f1)" run 'print x' 'print h' 'print W' 'print y' 'print none' 'print x.shape_')
wants 'Tensor\[128, 784\] \{0\.[0-9]+, 0\.[0-9]+, .*…\}' 'print x'
wants 'Variable\[128, 32\] \{.*…\} = linear\(linear, parameter, parameter\)' 'print h'
wants 'Variable\[784, 32\] \{.*…\} parameter' 'print W'
wants 'Variable\[128, 32\] \{.*…\} = matmul\(constant, parameter\)' 'print y'
wants 'Tensor empty' 'print none'
wants '= \[128, 784\]' 'print x.shape_'

# every local of an op, where the op is about to hand on its value
said=$(in_gdb "break activations.cpp:$(grep -n 'return record("softmax"' autograd/activations.cpp | cut -d: -f1)" run 'info args' 'info locals')
wants 'x = .*Variable\[4, 8\]' 'the argument of softmax'
wants 'e = Tensor\[4, 8\] \{' 'the local of softmax'
grep -q 'optimized out' <<<"$said" && { echo 'a local of softmax is optimised out'; bad=1; }

# ---- where something of the debug information is missing, gdb shows the members as they are, without a traceback
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
end="break stepping.cpp:$(grep -n 'here: end' tests/stepping.cpp | cut -d: -f1)"
no_traceback() { # no_traceback WHAT
  grep -qE 'Python|Traceback|Error' <<<"$said" && { printf '%s\n%s\n' "$1" "$said" | head -n 20; bad=1; }
}
# link PROGRAM [SOURCE OR OPTION]...: with the release build of the library, of which nothing is known
link() { g++ -std=c++20 -g -Ibuild/release/include -o "$trial/$1" tests/stepping.cpp "${@:2}" -llapack -lopenblas -lpthread && program=$trial/$1; }

said=$(in_gdb 'break main' run 'info locals') # what they will be made in holds anything
no_traceback 'locals that have no value yet'
link plain build/release/libhourglass.a || bad=1
said=$(in_gdb "$end" run 'print x' 'print h' 'print none' 'print x.shape_' 'info locals')
no_traceback 'a library without debug information'
wants '= \{buffer_ = 0x[0-9a-f]+, shape_ = \[128, 784\]\}' 'print x'
wants '= \{value_ = \{buffer_ = 0x[0-9a-f]+, shape_ = \[128, 32\]\}, node_ = ' 'print h'
wants '= \[128, 784\]' 'print x.shape_'
strip -o "$trial/stripped" "$program" && program=$trial/stripped
said=$(in_gdb run 'print x' 'info locals')
no_traceback 'a program without symbols'
wants 'No symbol (table is loaded|"x" in current context)' 'print x'
link double -DHOURGLASS_DOUBLE tensor/tensor.cpp build/release/libhourglass_f64.a || bad=1 # tensors are known, graphs are not
said=$(in_gdb "$end" run 'print x' 'print h' 'print none')
no_traceback 'the double build'
wants 'Tensor\[128, 784\] \{0\.[0-9]+, 0\.[0-9]+, .*…\}' 'print x'
wants '= \{value_ = Tensor\[128, 32\] \{.*…\}, node_ = ' 'print h'
wants 'Tensor empty' 'print none'
exit $bad
