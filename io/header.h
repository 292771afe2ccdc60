#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD::io {

/// One tensor in the header of a safetensors file.
struct Declared {
  std::string name, type;
  std::vector<Index> sizes;
  std::size_t first = 0, last = 0;  ///< its bytes in the data
};

/// The header of a safetensors file.
struct Header {
  std::vector<Declared> tensors;
  std::map<std::string, std::string> metadata;
};

/// Reads the header's JSON as it comes, without a tree (the destructor of nlohmann's allocates memory, and a program
/// without free memory ends there). Throws, naming `path`, what was expected and what was found, on all that a header
/// is not: JSON with errors, anything before its first brace or behind its end but blanks, a name twice, a member too
/// many or too few.
Header read_header(const std::string& path, std::string_view json);

}  // namespace hourglass::HOURGLASS_BUILD::io
