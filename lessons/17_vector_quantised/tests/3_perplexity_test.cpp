#include <cmath>
#include <string>
#include <vector>

#include <hourglass/tensor/error.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

double perplexity(const std::vector<long>& counts);  // what the student writes

TEST_CASE("for equally frequent entries it is their number") {
  expect_close("perplexity of (5, 5, 5, 5)", perplexity({5, 5, 5, 5}), 4);
  expect_close("perplexity of (0, 7, 0, 7): two entries are in use", perplexity({0, 7, 0, 7}), 2);
  expect_close("perplexity of (0, 0, 9): always the same entry", perplexity({0, 0, 9}), 1);
}

TEST_CASE("rare entries contribute less") {
  expect_close("perplexity of (2, 1, 1): H = 1.5 bits", perplexity({2, 1, 1}), std::exp2(1.5));
  const double one = perplexity({1000000, 1});
  expect(one > 1 && one < 1.0001, "perplexity of (1000000, 1) should be just above 1; found " + std::to_string(one));
}

TEST_CASE("if all counts are 0 it is an error") {
  bool thrown = false;
  try {
    perplexity({0, 0});
  } catch (const Error& e) {
    thrown = std::string(e.what()).find("not written yet") == std::string::npos;
  }
  expect(thrown, "perplexity of (0, 0) throws an error");
}
