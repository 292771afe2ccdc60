#include <hourglass/io/safetensors.h>
#include <hourglass/io/with_memory.h>
#include <hourglass/io/writer.h>

namespace hourglass::HOURGLASS_BUILD::io {

void save(const std::string& path, const Archive& archive) {
  with_memory(path, [&] { write_file(path, pack(archive)); });
}

Archive load(const std::string& path) {
  return with_memory(path, [&] { return unpack(path, read_file(path, longest_file)); });
}

}  // namespace hourglass::HOURGLASS_BUILD::io
