#include "tests/edges.h"

#include "tests/f64/autograd/declared_ops.h"

TEST_CASE("where numbers end, every op and loss gives what PyTorch gives, to second order, in double precision") {
  edges::check_all();
}

TEST_CASE("every declared op and every declared loss has its rows where numbers end") {
  const auto rows = edges::functions();
  for (const std::string& op : declared_ops()) CHECK_MESSAGE(rows.contains(op), op << " is declared and has no rows");
  int losses = 0;
  for (const char* name : {"/nn/loss.h", "/nn/labels.h"}) {
    std::ifstream header(std::string(HOURGLASS_SOURCE) + name);
    REQUIRE(header.good());
    for (std::string line; std::getline(header, line);) {
      if (!line.starts_with("Loss ")) continue;
      const std::string loss = line.substr(5, line.find('(') - 5);
      CHECK_MESSAGE(rows.contains("nn_" + loss), loss << " is declared and has no rows");
      ++losses;
    }
  }
  CHECK(losses == 4);
}
