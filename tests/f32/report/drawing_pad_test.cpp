#include "report/drawing_pad.h"

#include "tests/check.h"

using namespace hourglass;
using namespace hourglass::report;

namespace {

DenseLayer layer(Index out, Index in, Activation activation) {
  return {Tensor::full({out, in}, 1), Tensor::full({out}, -2), activation};
}

}  // namespace

TEST_CASE("a drawing pad holds the net's numbers, its activations and the examples, and asks for nothing outside") {
  const std::string html =
      drawing_pad({layer(1, 2, Activation::relu), layer(2, 1, Activation::sigmoid)}, Tensor({1, 2}, {0.5, 0.25}), 1, 2);
  const auto holds = [&](const std::string& what) { return html.find(what) != std::string::npos; };
  // 1.0f is 3f800000, lowest byte first; -2.0f is c0000000
  CHECK(holds(R"({"weight":"AACAPwAAgD8=","bias":"AAAAwA==","activation":"relu"})"));
  CHECK(holds(R"({"weight":"AACAPwAAgD8=","bias":"AAAAwAAAAMA=","activation":"sigmoid"})"));
  CHECK(holds(R"("height":1,"width":2)"));
  CHECK(holds(R"("examples":"AAAAPwAAgD4=")"));  // 0.5f and 0.25f
  CHECK_FALSE(holds("http"));
  CHECK_FALSE(holds("src="));
}

TEST_CASE("layers that do not fit are refused") {
  const Tensor image({1, 2}, {0, 0});
  CHECK_FAILS(drawing_pad({layer(1, 3, Activation::relu)}, image, 1, 2),
              "drawing pad: a layer of weights [1, 3] and biases [1] behind 2 numbers");
  CHECK_FAILS(drawing_pad({layer(1, 2, Activation::relu)}, image, 1, 2),
              "drawing pad: the net makes 1 numbers, expected an image of 2");
  CHECK_FAILS(drawing_pad({layer(2, 2, Activation::gelu)}, image, 1, 2), "drawing pad: an activation");
  CHECK_FAILS(drawing_pad({}, image, 2, 2), "drawing pad: examples [1, 2], expected images of 2 x 2");
}
