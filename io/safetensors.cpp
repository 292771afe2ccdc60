#include <hourglass/io/safetensors.h>

#include <algorithm>
#include <cstring>
#include <set>

#include <hourglass/io/header.h>
#include <hourglass/io/json.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::io {
namespace {

constexpr std::size_t longest_header = 100'000'000;  // as the reference implementation

std::size_t item_bytes(std::string_view type) {
  return type == "F32" ? 4 : type == "F64" || type == "I64" ? 8 : type == "U8" ? 1 : 0;
}

const char* scalar_type() { return sizeof(Scalar) == 4 ? "F32" : "F64"; }

// How many bytes the sizes take; unlike a tensor, an entry may have no numbers at all.
std::size_t bytes_of(const Entry& entry, std::size_t left, const std::string& who) {
  if (std::find(entry.sizes.begin(), entry.sizes.end(), 0) != entry.sizes.end()) return 0;
  return checked_bytes(entry.sizes, item_bytes(entry.type), left, who);
}

Entry entry_of(const std::string& path, Declared&& it, std::span<const std::uint8_t> data,
               std::size_t& expected_first) {
  const std::string who = path + ": tensor '" + it.name + "'";
  require(item_bytes(it.type) > 0, who, ": type ", it.type, ", expected F32, F64, I64 or U8");
  require(it.first == expected_first, who, ": starts at byte ", it.first, " of the data, expected ", expected_first,
          it.first < expected_first ? ": it overlaps another" : ": there is a hole before it");
  require(it.last <= data.size(), who, ": ends at byte ", it.last, " of the data, which has ", data.size());
  const auto bytes = data.subspan(it.first, it.last - it.first);
  Entry entry{std::move(it.name), std::move(it.type), std::move(it.sizes), {}};
  const std::size_t needed = bytes_of(entry, bytes.size(), who);
  require(needed == bytes.size(), who, ": its shape takes ", needed, " bytes, its data_offsets give ", bytes.size());
  entry.bytes.assign(bytes.begin(), bytes.end());
  expected_first = it.last;
  return entry;
}

std::string header_text(const Archive& archive) {
  std::string metadata, header;
  for (const auto& [key, value] : archive.metadata)
    metadata += (metadata.empty() ? "" : ",") + quoted("archive", key) + ":" + quoted("archive", value);
  if (!archive.metadata.empty()) header = "\"__metadata__\":{" + metadata + "}";
  std::set<std::string> names{"__metadata__"};
  std::size_t first = 0;
  for (const Entry& entry : archive.entries) {
    require(names.insert(entry.name).second, "archive: two tensors are called '", entry.name, "'");
    const std::string who = "archive: tensor '" + entry.name + "'";
    require(bytes_of(entry, entry.bytes.size(), who) == entry.bytes.size(), who, ": its shape does not take its ",
            entry.bytes.size(), " bytes");
    std::string sizes;
    for (Index size : entry.sizes) sizes += (sizes.empty() ? "" : ",") + std::to_string(size);
    const std::size_t last = first + entry.bytes.size();
    const std::string name = quoted("archive", entry.name);
    header += text(header.empty() ? "" : ",", name, R"(:{"dtype":")", entry.type, R"(","shape":[)", sizes,
                   R"(],"data_offsets":[)", first, ",", last, "]}");
    first = last;
  }
  return "{" + header + "}";
}

template <class From, class To>
void convert(const Bytes& bytes, To* to) {
  From value;
  for (std::size_t i = 0; i < bytes.size() / sizeof value; ++i) {
    std::memcpy(&value, bytes.data() + i * sizeof value, sizeof value);
    to[i] = static_cast<To>(value);
  }
}

}  // namespace

Tensor Entry::tensor() const {
  require(type == "F32" || type == "F64", "tensor '", name, "': type ", type, ", expected F32 or F64");
  Tensor t{Shape(std::span<const Index>(sizes))};
  if (type == "F32") {
    convert<float>(bytes, t.write_());
  } else {
    convert<double>(bytes, t.write_());
  }
  return t;
}

std::vector<std::int64_t> Entry::integers() const {
  require(type == "I64" || type == "U8", "tensor '", name, "': type ", type, ", expected I64 or U8");
  std::vector<std::int64_t> values(bytes.size() / item_bytes(type));
  if (type == "I64") {
    convert<std::int64_t>(bytes, values.data());
  } else {
    convert<std::uint8_t>(bytes, values.data());
  }
  return values;
}

void Archive::add(const std::string& name, const Tensor& tensor) {
  const auto sizes = tensor.shape().sizes();
  const auto* first = reinterpret_cast<const std::uint8_t*>(tensor.data());
  entries.push_back({name, scalar_type(), {sizes.begin(), sizes.end()}, {first, first + tensor.values().size_bytes()}});
}

void Archive::add(const std::string& name, std::span<const std::int64_t> integers, std::vector<Index> sizes) {
  const auto* first = reinterpret_cast<const std::uint8_t*>(integers.data());
  entries.push_back({name, "I64", std::move(sizes), {first, first + integers.size_bytes()}});
}

const Entry* Archive::find(const std::string& name) const {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.name == name; });
  return found == entries.end() ? nullptr : &*found;
}

const Entry& Archive::at(const std::string& name) const {
  const Entry* found = find(name);
  if (found) return *found;
  std::string names;
  for (const Entry& entry : entries) names += (names.empty() ? "" : ", ") + entry.name;
  fail("archive: no tensor is called '", name, "'; there are ", names);
}

Bytes pack(const Archive& archive) {
  std::string text = header_text(archive);
  text.append((8 - text.size() % 8) % 8, ' ');  // the numbers start at a multiple of 8
  Bytes bytes;
  const std::uint64_t length = text.size();  // 64 bits, also where a size has 32
  for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<std::uint8_t>(length >> (8 * i)));
  bytes.insert(bytes.end(), text.begin(), text.end());
  for (const Entry& entry : archive.entries) bytes.insert(bytes.end(), entry.bytes.begin(), entry.bytes.end());
  return bytes;
}

Archive unpack(const std::string& path, std::span<const std::uint8_t> bytes) {
  ByteReader reader(path, bytes);
  const std::uint64_t length = reader.little_endian_64("the length of the header");
  require(length <= longest_header, path, ": a header of ", length, " bytes, at most ", longest_header, " are allowed");
  const auto text = reader.take(static_cast<std::size_t>(length), "the header");
  Header header = read_header(path, {reinterpret_cast<const char*>(text.data()), text.size()});
  const auto data = reader.take(reader.left(), "the data");
  // by position: then neighbours must touch
  std::sort(header.tensors.begin(), header.tensors.end(),
            [](const Declared& a, const Declared& b) { return std::tie(a.first, a.last) < std::tie(b.first, b.last); });
  Archive archive{{}, std::move(header.metadata)};
  std::size_t first = 0;
  for (Declared& it : header.tensors) archive.entries.push_back(entry_of(path, std::move(it), data, first));
  require(first == data.size(), path, ": ", data.size() - first, " bytes after the last tensor belong to none");
  return archive;
}

}  // namespace hourglass::HOURGLASS_BUILD::io
