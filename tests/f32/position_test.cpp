#include "lessons/common/position.h"

#include "tests/check.h"

using namespace hourglass;

namespace {

std::uint64_t drawn(const Rng& rng) { return rng.state()[2]; }

}  // namespace

TEST_CASE("a position leads back into the inner of two loops, the generator set as it was on the way") {
  Rng rng(1);
  Position then;
  then.begin(rng);  // epochs
  then.advance(1, 1, rng);
  rng.below(9);
  then.begin(rng);  // a loop that ends, the first in the second epoch
  rng.below(9);
  then.advance(2, 4, rng);
  rng.below(9);
  then.end(2, rng);  // by break
  rng.below(9);
  CHECK(then.loops() == 1);
  then.begin(rng);
  then.advance(2, 8, rng);
  rng.below(9);
  then.begin(rng);  // within the one before
  CHECK(then.loops() == 3);
  then.advance(3, 2, rng);
  CHECK(drawn(rng) == 5);
  CHECK(then.depth() == 3);

  Rng again(1);
  Position now;
  now.return_to(then.text(), "file");
  CHECK(now.begin(again) == 1);
  CHECK(drawn(again) == 0);
  CHECK(now.loops() == 0);
  CHECK_FALSE(now.begin(again).has_value());
  now.end(2, again);
  CHECK(drawn(again) == 3);
  CHECK(now.loops() == 1);
  CHECK(now.begin(again) == 8);
  CHECK(drawn(again) == 4);
  CHECK(now.returning());
  CHECK(now.begin(again) == 2);
  CHECK(drawn(again) == 5);
  CHECK(now.loops() == 3);
  CHECK_FALSE(now.returning());
  CHECK(now.text() == then.text());
}

TEST_CASE("a position refuses loops that are not nested, and a program without the loop it returns to") {
  Rng rng(1);
  Position position;
  position.begin(rng);
  position.begin(rng);
  position.begin(rng);
  CHECK_FAILS(position.advance(2, 1, rng), "a loop goes on before another one, which began within it, is over");
  position.end(2, rng);  // and the inner one with it
  position.end(3, rng);
  CHECK(position.depth() == 1);
  position.begin(rng);
  position.advance(2, 1, rng);
  Position again;
  again.return_to(position.text(), "file");
  again.begin(rng);
  CHECK_FAILS(again.advance(1, 1, rng), "stopped in a loop over batches that this program does not begin");
}

TEST_CASE("what is no position is refused") {
  const auto refuses = [](const std::string& text) {
    CHECK_FAILS(Position().return_to(text, "file"), "file: its note 'position' is '" + text + "': no run stands there");
  };
  const std::string good = "2 0 1 1 0 0 0 3 1 1 0 5 0";
  Position().return_to(good, "file");
  for (std::size_t length = 0; length + 1 < good.size(); ++length) refuses(good.substr(0, length));
  for (const char* text : {"1 0 1 1 0 0 0", "2 0 0 3 0", "2 0 1 1 0 0 0 -3 1 1 0 5 0", "2 0 1 1 0 0 0 3 1 1 0 5 0 7",
                           "2 0 1 1 0 0 0 3 1 1 0 x 0", "99999999999999999999 0"})
    refuses(text);
}
