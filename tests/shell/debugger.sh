# gdb steps from an op to BLAS through three frames of ours, from a model through its layers, and shows numbers.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export HOURGLASS_ROOT=$PWD
place=build/lesson
[ -e $place/build.ninja ] || cmake --preset lesson >/dev/null || exit 1
ninja -C $place stepping >/dev/null || { echo 'the program to step through does not build'; exit 1; }

program=${HOURGLASS_PROGRAM:-$place/stepping} # tests/lab/stepping.sh: of the double build, and of another compiler
gemm=${HOURGLASS_GEMM:-cblas_sgemm}
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

# functions_on_the_way LABEL: the functions that `step` enters from the marked line until BLAS's product, in order
functions_on_the_way() {
  in_gdb "break stepping.cpp:$(grep -n "$1" tests/stepping.cpp | head -n 1 | cut -d: -f1)" run "tbreak $gemm" \
    'python
steps = 0
while gdb.selected_frame().name() != "'$gemm'" and steps < 300:
    gdb.execute("step", to_string=True)
    steps += 1
    print("AT", gdb.selected_frame().function() or gdb.selected_frame().name())
frame, depth = gdb.selected_frame().older(), []
while frame.name() != "main":
    depth.append(frame.name())
    frame = frame.older()
print("STACK", " < ".join(depth))'
}

# each function by its name and the type of its first argument, which distinguishes an op from its kernel
short() {
  sed -n 's/^AT //p' | sed -E "s/.*::([$]_[0-9]+|'lambda[0-9]*'[(].*[)])::operator[(].*/lambda/" | sed -E 's/hourglass::f(32|64):://g; s/\(anonymous namespace\):://g; s/<.*>//; s/\{.*\}//; s/^operator\(\)/lambda/; s/^[^ ]*::operator\(\)/lambda/
    s/\((Tensor|Variable).*/:\1/; s/\(.*//; s/^(models|nn|main|multiply|Backward|OpNode)(.*):(Tensor|Variable)$/\1\2/' | uniq | grep -v '^main$' | tr '\n' ' ' |
    sed -E 's/(broadcast_to:Tensor )((zip_to|zip_loop|parallel_chunks|lambda|broadcast_to:Tensor) )+(Backward)/\1\4/' # what compilers name differently
}

# enters LABEL FUNCTION...: `step` from the marked line enters these, and nothing else
enters() {
  raw=$(functions_on_the_way "here: $1")
  said=$(short <<<"$raw")
  [ "$said" = "${*:2} $gemm " ] && return
  printf 'step from %s enters: %s\nexpected: %s\n' "$1" "$said" "${*:2} $gemm"
  bad=1
}

for call in matmul linear; do
  enters $call $call:Variable $call:Tensor multiply_rectangle
  frames=$(sed -n 's/^STACK //p' <<<"$raw" | tr '<' '\n' | wc -l)
  [ "$frames" = 3 ] || { echo "$frames frames between $call( and $gemm, expected 3: $(grep STACK <<<"$raw")"; bad=1; }
done
enters encode models::Autoencoder::encode nn::Sequential::forward nn::Linear::forward linear:Variable linear:Tensor multiply_rectangle
enters conv2d conv2d:Variable conv2d:Tensor parallel_chunks lambda Windows::unfold lambda multiply_block

# backwards: through the pass to the backward function of each op, and from there as forwards
visit='Backward::step Backward::gradients_of_inputs OpNode::backward lambda'
of_sum="$visit broadcast_to:Variable broadcast_to:Tensor Backward::gradients_of_inputs Backward::step Backward::run"
# shellcheck disable=SC2086
enters 'backward of linear' backward:Variable Backward::run $of_sum $visit matmul:Variable matmul:Tensor multiply_rectangle
# shellcheck disable=SC2086
enters 'backward of conv2d' backward:Variable Backward::run $of_sum $visit conv2d_input:Variable conv2d_input:Tensor parallel_chunks lambda multiply_block
[ "${1:-}" = steps ] && exit $bad # what the other builds share

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
