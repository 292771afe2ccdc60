#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Variable straight_through(const Variable& z, const Variable& h);  // what the student writes

TEST_CASE("the decoder's input has the value of the entries") {
  const Variable z = Variable::parameter(Tensor({2, 2}, {0.9, 0.1, -0.4, 2})), h = Tensor({2, 2}, {1, 0, 0, 2});
  expect_close("z = " + show(z.value()) + ", the value of h", straight_through(z, h).value(), h.value());
}

TEST_CASE("the gradient at the decoder's input reaches z, and nothing else") {
  const Variable z = Variable::parameter(Tensor({1, 2}, {0.9, 0.1})), h = Variable::parameter(Tensor({1, 2}, {1, 3}));
  const Variable got = straight_through(z, h);
  expect(got.requires_grad(), "the result has a gradient with respect to z");
  if (!got.requires_grad()) return;
  const Variables d = grad(sum(square(got)), std::vector<Variable>{z, h});
  expect_close("the gradient of Σ u² for h = (1, 3), with respect to z: 2 h", d[0].value(), Tensor({1, 2}, {2, 6}));
  expect_close("the same with respect to h", d[1].value(), Tensor({1, 2}, {0, 0}));
}
