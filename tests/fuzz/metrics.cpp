#include <hourglass/io/reader.h>
#include <hourglass/report/history.h>
#include "tests/fuzz/file.h"

using namespace hourglass;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz_file(data, size, [](const std::string& path) {
    const io::Bytes bytes = io::read_file(path, 1 << 20);
    const auto metrics = report::Metrics::parse({bytes.begin(), bytes.end()}, path);
    if (report::Metrics::parse(metrics.json(), "again").json() != metrics.json()) std::abort();
  });
}
