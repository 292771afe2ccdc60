#include "lessons/common/play.h"

#include "models/convolutional.h"
#include "models/undercomplete.h"
#include "tests/check.h"

using namespace hourglass;

// That the parts work in a page is tested in a browser (tests/browser/pages.mjs).
TEST_CASE("a part of a page is refused where the page could not compute it") {
  Rng rng(1);
  data::Images images{3, 2, 2, std::vector<std::uint8_t>(12, 128), {}};
  models::Undercomplete model({.input = 4, .hidden = 5, .code = 2}, rng);
  CHECK(play::codes(model, Tensor::zeros({3, 2}), images).html.find("data-kind=\"codes\"") != std::string::npos);
  CHECK(play::drawing(model, images).html.find("data-kind=\"drawing\"") != std::string::npos);
  CHECK_FAILS(play::codes(model, Tensor::zeros({2, 2}), images), "play: codes [2, 2] for 3 images");
  CHECK_FAILS(play::neighbors(Tensor(), images), "for 3 images");
  CHECK_FAILS(play::slider("quality", {}), "play: a slider through no pictures");
  models::Convolutional convolutional({}, rng);
  const data::Images digits{1, 28, 28, std::vector<std::uint8_t>(784, 0), {}};
  CHECK_FAILS(play::drawing(convolutional, digits), "play: a page can compute linear layers, not");
}

TEST_CASE("text from outside cannot end the element that holds it") {
  const play::Widget slider = play::slider("</script><b>", {{"</script>", report::Picture(1, 1, 0)}});
  CHECK(slider.html.find("</script>") == slider.html.rfind("</script>"));
}
