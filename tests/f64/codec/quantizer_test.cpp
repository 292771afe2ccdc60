#include <hourglass/codec/quantizer.h>

#include <cmath>
#include <limits>

#include <hourglass/codec/arithmetic.h>
#include <hourglass/tensor/random.h>
#include "tests/check.h"

using namespace hourglass;
using codec::Quantizer;

TEST_CASE("codes are rounded to multiples of the step, within what the training codes reach") {
  const Tensor training({4, 2}, {-1.2, 10, 0.3, 10.4, 2.6, 10, 0, 10});
  const Quantizer quantizer = Quantizer::fit(training, 0.5);
  CHECK(quantizer.columns()[0].low == -2);             // -1.2 / 0.5 = -2.4
  CHECK(quantizer.columns()[0].table.symbols() == 8);  // to 2.6 / 0.5 = 5.2
  CHECK(quantizer.columns()[1].low == 20);
  CHECK(quantizer.columns()[1].table.symbols() == 2);
  CHECK(quantizer.columns()[1].table.count(0) == 1 + 3 * 32768 / 4);
  CHECK(quantizer.columns()[0].table.count(2) == 1 + 32768 / 4);
  CHECK(quantizer.columns()[0].table.count(6) == 1);  // does not occur, but lies in the range
  const Tensor codes({2, 2}, {0.74, 10.26, 100, -100});
  CHECK(quantizer.symbols(codes) == std::vector<int>{3, 1, 7, 0});
  const Tensor back = quantizer(codes);
  CHECK((back.at({0, 0}) == 0.5 && back.at({0, 1}) == 10.5 && back.at({1, 0}) == 2.5 && back.at({1, 1}) == 10));
}

// For small steps, a normal number has log2(σ √(2πe) / Δ) bits and an error of Δ²/12 (Bennett 1948).
TEST_CASE("rate and error of normal codes are those of the theory") {
  Rng rng(1);
  const Tensor codes = rng.normal({100000, 1}, 3, 2);
  for (double step : {0.5, 0.25, 0.125}) {
    const Quantizer quantizer = Quantizer::fit(codes, step);
    const auto symbols = quantizer.symbols(codes);
    const Tensor back = quantizer.codes(symbols);
    double error = 0;
    for (Index i = 0; i < codes.numel(); ++i) error += std::pow(back.data()[i] - codes.data()[i], 2);
    CHECK(error / 1e5 == doctest::Approx(step * step / 12).epsilon(0.02));
    const double pi = std::acos(-1.), bits = std::log2(2 * std::sqrt(2 * pi * std::exp(1.)) / step);
    CHECK(quantizer.bits(symbols) / 1e5 == doctest::Approx(bits).epsilon(0.005));
  }
}

TEST_CASE("a quantiser refuses what it cannot do") {
  const Tensor codes({2, 1}, {0, 1});
  const double nan = std::nan("");
  CHECK_FAILS(Quantizer::fit(codes, 0), "step 0, expected a positive number");
  CHECK_FAILS(Quantizer::fit(codes, nan), "expected a positive number");
  CHECK_FAILS(Quantizer::fit(codes, 1e-5), "into 100001 symbols, expected at most 32768");
  CHECK_FAILS(Quantizer::fit(Tensor({2, 1}, {-1e300, 1e300}), 1e-3), "into 1073741825 symbols");
  CHECK_FAILS(Quantizer::fit(Tensor({2, 1}, {0, nan}), 1), "Quantizer: codes: row 1, column 0 of [2, 1] is nan");
  CHECK_FAILS(Quantizer::fit(Tensor({2}, {0, 1}), 1), "codes are [2], expected [n, k]");
  CHECK_FAILS(Quantizer(1, {}), "Quantizer: no column given");
  const Quantizer quantizer = Quantizer::fit(codes, 1);
  CHECK_FAILS(quantizer.symbols(Tensor({1, 2}, {0, 0})), "codes are [1, 2], expected [n, 1]");
  CHECK_FAILS(quantizer.symbols(Tensor({1, 1}, {std::numeric_limits<double>::infinity()})),
              "row 0, column 0 of [1, 1] is inf");
  CHECK_FAILS(quantizer.codes(std::vector<int>{2}), "symbol 2, expected 0 to 1");
  CHECK_FAILS(quantizer.codes({}), "0 symbols, expected a multiple of 1");
}
