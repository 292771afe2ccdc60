#include <hourglass/io/npy.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include <hourglass/io/with_memory.h>
#include <hourglass/io/writer.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::io {
namespace {

constexpr std::string_view magic = "\x93NUMPY";

struct Type {
  std::string_view numpy, entry;
  std::size_t bytes;  // of an item in the file
};
constexpr Type types[] = {{"<f4", "F32", 4}, {"<f8", "F64", 8}, {"<i4", "I32", 4}, {"<i8", "I64", 8}, {"|u1", "U8", 1}};

struct ArrayHeader {
  std::string type;
  bool columns_first = false;
  std::vector<Index> sizes;
};

// Reads the header's dictionary from left to right: {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }
class HeaderReader {
 public:
  HeaderReader(const std::string& path, std::string_view text) : path_(path), text_(text) {}

  ArrayHeader read() {
    ArrayHeader header;
    bool seen[3] = {};
    expect('{');
    while (!accept('}')) {
      const std::string name = quoted();
      const int which = name == "descr" ? 0 : name == "fortran_order" ? 1 : name == "shape" ? 2 : -1;
      if (which < 0 || seen[which]) wrong("descr, fortran_order and shape, each once");
      seen[which] = true;
      expect(':');
      if (which == 0) header.type = quoted();
      if (which == 1) header.columns_first = truth();
      if (which == 2) header.sizes = sizes();
      if (!accept(',') && next() != '}') wrong("',' or '}'");
    }
    next();
    if (at_ != text_.size() || !(seen[0] && seen[1] && seen[2])) wrong("descr, fortran_order and shape, each once");
    return header;
  }

 private:
  // The next character that is no space, without taking it; '\0' at the end.
  char next() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool accept(char c) {
    if (next() != c) return false;
    ++at_;
    return true;
  }
  bool accept(std::string_view word) {
    next();
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  void expect(char c) {
    if (!accept(c)) wrong(std::string("'") + c + "'");
  }

  std::string quoted() {
    if (next() != '\'' && next() != '"') wrong("a text in quotes");
    const std::size_t last = text_.find(text_[at_], at_ + 1);
    if (last == std::string_view::npos) wrong("a text in quotes");
    const std::string inner(text_.substr(at_ + 1, last - at_ - 1));
    at_ = last + 1;
    return inner;
  }

  bool truth() {
    if (accept("True")) return true;
    if (!accept("False")) wrong("True or False");
    return false;
  }

  std::vector<Index> sizes() {
    std::vector<Index> found;
    expect('(');
    while (!accept(')')) {
      next();
      Index size = 0;
      const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), size);
      if (error != std::errc() || size < 0) wrong("a size");
      at_ = static_cast<std::size_t>(end - text_.data());
      found.push_back(size);
      if (!accept(',') && (next() != ')' || found.size() == 1)) wrong("','");  // (3) is no tuple in Python
    }
    return found;
  }

  [[noreturn]] void wrong(std::string_view expected) {
    fail(path_, ": the header is not right at its character ", at_, ": expected ", expected);
  }

  const std::string& path_;
  std::string_view text_;
  std::size_t at_ = 0;
};

std::size_t little_endian(std::span<const std::uint8_t> bytes) {
  std::size_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | bytes[i];
  return value;
}

ArrayHeader read_array_header(ByteReader& reader) {
  const auto start = reader.take(magic.size(), "the magic text");
  require(std::equal(start.begin(), start.end(), magic.begin(),
                     [](std::uint8_t byte, char c) { return byte == static_cast<std::uint8_t>(c); }),
          reader.name(), ": no .npy file: it does not start with \\x93NUMPY");
  const auto version = reader.take(2, "the version");
  require(version[0] >= 1 && version[0] <= 3 && version[1] == 0, reader.name(), ": version ", version[0], ".",
          version[1], ", expected 1.0, 2.0 or 3.0");
  const std::size_t length = little_endian(reader.take(version[0] == 1 ? 2 : 4, "the length of the header"));
  const auto bytes = reader.take(length, "the header");
  return HeaderReader(reader.name(), {reinterpret_cast<const char*>(bytes.data()), bytes.size()}).read();
}

// 32-bit integers to 64-bit ones: entries have no type for the former.
Bytes widened(std::span<const std::uint8_t> narrow) {
  Bytes wide(narrow.size() * 2);
  for (std::size_t i = 0; i < narrow.size(); i += 4) {
    std::int32_t value;
    std::memcpy(&value, narrow.data() + i, sizeof value);
    const std::int64_t same = value;
    std::memcpy(wide.data() + 2 * i, &same, sizeof same);
  }
  return wide;
}

Entry entry_of(const std::string& path, std::span<const std::uint8_t> bytes) {
  ByteReader reader(path, bytes);
  const ArrayHeader header = read_array_header(reader);
  const auto* type = std::find_if(std::begin(types), std::end(types),
                                  [&](const Type& candidate) { return candidate.numpy == header.type; });
  require(type != std::end(types), path, ": type '", header.type, "', expected <f4, <f8, <i4, <i8 or |u1");
  require(!header.columns_first, path, ": columns first (fortran_order), expected rows first");
  const std::size_t size = checked_bytes(header.sizes, type->bytes, reader.left(), path);
  const auto numbers = reader.take(size, "the numbers");
  reader.expect_end();
  if (type->entry == "I32") return {path, "I64", header.sizes, widened(numbers)};
  return {path, std::string(type->entry), header.sizes, {numbers.begin(), numbers.end()}};
}

}  // namespace

Entry read_npy(const std::string& path) {
  return with_memory(path, [&] { return entry_of(path, read_file(path, longest_file)); });
}

void write_npy(const std::string& path, const Tensor& tensor) {
  std::string sizes;
  for (Index size : tensor.shape().sizes()) sizes += (sizes.empty() ? "" : " ") + std::to_string(size) + ",";
  if (tensor.dim() > 1) sizes.pop_back();  // only a tuple of one ends in a comma
  std::string header = text("{'descr': '<f", sizeof(Scalar), "', 'fortran_order': False, 'shape': (", sizes, "), }");
  constexpr std::size_t before = 10, alignment = 64;  // magic, version and length; where numbers may start
  header.append(alignment - 1 - (before + header.size()) % alignment, ' ').append("\n");
  std::string file(magic);
  file += {'\1', '\0', static_cast<char>(header.size() & 255), static_cast<char>(header.size() >> 8)};
  file += header;
  file.append(reinterpret_cast<const char*>(tensor.data()), tensor.values().size_bytes());
  write_file(path, file);
}

}  // namespace hourglass::HOURGLASS_BUILD::io
