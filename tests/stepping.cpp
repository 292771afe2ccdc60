// What tests/shell/debugger.sh steps through.
#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/tensor/blas.h>
#include <hourglass/tensor/parallel.h>

using namespace hourglass;

int main() {
  set_threads(1);
  blas::prepare();  // as a lesson does when it starts: what it tries is no step of a product
  Rng rng(1);
  models::Undercomplete model({}, rng);
  Tensor x = rng.uniform({128, 784}), none;
  Variable W = Variable::parameter(rng.uniform({784, 32})), V = Variable::parameter(rng.uniform({32, 784})), b;
  Variable y = matmul(x, W);                                    // here: matmul
  Variable z = linear(x, V, b);                                 // here: linear
  Variable h = model.encode(x);                                 // here: encode
  Variable p = softmax(Variable::parameter(rng.uniform({4, 8})), 1);
  Variable image = Variable::parameter(rng.uniform({2, 1, 8, 8})),
           kernel = Variable::parameter(rng.uniform({3, 1, 3, 3}));
  Variable c = conv2d(image, kernel, Tensor());  // here: conv2d
  Variable l = sum(linear(x, V, b));
  Variable m = sum(c);
  backward(l);                                                  // here: backward of linear
  backward(m);                                                  // here: backward of conv2d
  return h.numel() + z.numel() + p.numel() + none.numel() == 0;     // here: end
}
