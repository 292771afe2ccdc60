#include <hourglass/report/history.h>

#include <hourglass/io/reader.h>
#include "tests/fuzz/file.h"

using namespace hourglass;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz_file(data, size, [](const std::string& path) {
    const io::Bytes bytes = io::read_file(path, 1 << 20);
    const auto history = report::History::parse({bytes.begin(), bytes.end()}, path);
    if (report::History::parse(history.csv(), "again").csv() != history.csv()) std::abort();
  });
}
