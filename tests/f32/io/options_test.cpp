#include <hourglass/io/options.h>

#include "tests/check.h"

using namespace hourglass;

namespace {

struct Options {
  std::uint64_t seed = 7;
  double pause = 7;
  double time = 7;
};

// The value of this word, or the message about it.
std::string parse(const std::string& word, Options& into) {
  CLI::App app;
  app.add_option("--seed", into.seed)->transform(io::whole_number(0, ~std::uint64_t{0} >> 1));
  app.add_option("--pause", into.pause)->transform(io::real_number("seconds", 0));
  app.add_option("--time", into.time)->transform(io::real_number("seconds", 0.001, 60));
  std::string program = "program", argument = word;
  char* all[] = {program.data(), argument.data()};
  try {
    io::parse_options(app, 2, all);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("numbers of the command line are decimal, whole where they must be, and in their range") {
  Options got;
  for (const auto& seed : {std::pair<const char*, std::uint64_t>{"010", 10},
                           {"08", 8},
                           {"0", 0},
                           {"000", 0},
                           {"9223372036854775807", 9223372036854775807u}}) {
    CHECK(parse(std::string("--seed=") + seed.first, got) == "");
    CHECK_MESSAGE(got.seed == seed.second, seed.first);
  }
  for (const char* text :
       {"-1", "1.5", "1e3", "0x10", "9223372036854775808", "18446744073709551616", "nan", "ten", "1,000"})
    CHECK(parse(std::string("--seed=") + text, got) ==
          std::string("--seed: expected a whole number from 0 to 9223372036854775807, found '") + text + "'");

  for (const auto& pause :
       {std::pair<const char*, double>{"0", 0}, {"0.5", 0.5}, {"010", 10}, {"1e3", 1000}, {"1.5e300", 1.5e300}}) {
    CHECK(parse(std::string("--pause=") + pause.first, got) == "");
    CHECK_MESSAGE(got.pause == pause.second, pause.first);
  }
  for (const char* text : {"nan", "-nan", "inf", "infinity", "1e999", "-1", "-0.001", "0,5", "0x10", "5s"}) {
    CHECK(parse(std::string("--pause=") + text, got) ==
          std::string("--pause: expected seconds, 0 or more, found '") + text + "'");
    CHECK(parse(std::string("--time=") + text, got) ==
          std::string("--time: expected seconds from 0.001 to 60, found '") + text + "'");
  }
  CHECK(parse("--seed", got) == "--seed: expected one value, found none");
  CHECK(parse("--time=60.5", got) == "--time: expected seconds from 0.001 to 60, found '60.5'");
}
