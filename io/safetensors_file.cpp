#include "io/safetensors.h"
#include "io/with_memory.h"
#include "io/writer.h"

namespace hourglass::inline HOURGLASS_BUILD::io {

void save(const std::string& path, const Archive& archive) {
  with_memory(path, [&] { write_file(path, pack(archive)); });
}

Archive load(const std::string& path) {
  return with_memory(path, [&] { return unpack(path, read_file(path, longest_file)); });
}

}  // namespace hourglass::inline HOURGLASS_BUILD::io
