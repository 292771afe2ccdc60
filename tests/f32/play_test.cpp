#include "lessons/common/play.h"

#include <hourglass/models/convolutional.h>
#include <hourglass/models/undercomplete.h>
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
  const play::Captioned dot{"a dot", report::Picture(1, 1, 0)};
  CHECK_FAILS(play::slider("quality", {{"", {dot}}, {"", {dot, dot}}}), "stop has 2 pictures, its first one 1");
  models::Convolutional convolutional({}, rng);
  const data::Images digits{1, 28, 28, std::vector<std::uint8_t>(784, 0), {}};
  CHECK_FAILS(play::drawing(convolutional, digits), "play: a page can compute linear layers, not");
}

TEST_CASE("text from outside cannot end the element that holds it") {
  const play::Widget slider = play::slider("</script><b>", {{"</script>", {{"</script>", report::Picture(1, 1, 0)}}}});
  CHECK(slider.html.find("</script>") == slider.html.rfind("</script>"));
}

TEST_CASE("a picture that a slider shows at many stops stands in the page once") {
  const play::Captioned still{"still", report::Picture(1, 1, 0)};
  const play::Widget slider = play::slider("turn", {{"1", {still, {"dark", report::Picture(1, 1, 50)}}},
                                                    {"2", {still, {"bright", report::Picture(1, 1, 200)}}}});
  int images = 0;
  for (std::size_t at = 0; (at = slider.html.find("data:image/png", at)) != std::string::npos; ++at) ++images;
  CHECK(images == 3);
}
