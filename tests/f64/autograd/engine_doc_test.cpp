#include <fstream>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/trace.h>
#include "tests/check.h"

using namespace hourglass;

TEST_CASE("the example in docs/engine.md is what the program does") {
  const Variable W = Variable::parameter(Tensor({2, 2}, {1, -1, 3, -2}));
  Trace trace;
  backward(sum(square(relu(matmul(Variable(Tensor({1, 2}, {1, 2})), W)))));
  const Tensor expected({2, 2}, {14, 0, 28, 0});
  CHECK(std::equal(expected.data(), expected.data() + 4, W.grad().data()));
  std::ifstream file(HOURGLASS_SOURCE "/docs/engine.md");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::size_t first = text.find("<!-- trace -->\n```\n");
  REQUIRE(first != std::string::npos);
  const std::size_t start = first + std::string("<!-- trace -->\n```\n").size();
  CHECK(text.substr(start, text.find("```", start) - start) == trace.text());
}
