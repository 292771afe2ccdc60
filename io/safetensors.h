#pragma once
#include <map>
#include <string>
#include <vector>

#include <hourglass/io/reader.h>
#include <hourglass/tensor/tensor.h>

// The safetensors format: 8 bytes length of the header, the header as JSON (name, type, shape and position of each
// tensor), the numbers. Little-endian. https://github.com/huggingface/safetensors
namespace hourglass::HOURGLASS_BUILD::io {

/// One tensor of a file: F32, F64, I64 or U8.
struct Entry {
  std::string name, type;
  std::vector<Index> sizes;
  Bytes bytes;

  /// The numbers as this build's Scalar. Throws on a type other than F32 and F64, on rank above 4, and on a size of 0.
  Tensor tensor() const;
  /// The numbers of an I64 or U8 entry. Throws on another type.
  std::vector<std::int64_t> integers() const;
};

/// What a file holds.
struct Archive {
  std::vector<Entry> entries;                   ///< in the order of their numbers in the file
  std::map<std::string, std::string> metadata;  ///< free text under "__metadata__"

  /// Adds an entry of this build's number type. Throws on an empty tensor.
  void add(const std::string& name, const Tensor& tensor);
  /// Adds an I64 entry. That the sizes multiply to the number of integers is checked by `pack`.
  void add(const std::string& name, std::span<const std::int64_t> integers, std::vector<Index> sizes);
  /// The entry of this name. Throws, listing what there is, when there is none.
  const Entry& at(const std::string& name) const;
  /// The entry of this name, null when there is none.
  const Entry* find(const std::string& name) const;
};

/// The bytes of a file; the same archive gives the same ones. Throws on what `unpack` would refuse: two entries of one
/// name or one called
/// __metadata__, an entry whose bytes do not fill its shape, text that is not UTF-8.
Bytes pack(const Archive& archive);
/// What the bytes of a file hold. Strict: throws, naming `path`, what was expected and what was found, on anything that
/// the format does not allow: a header that runs out of the file, JSON with errors or duplicate names, unknown types,
/// sizes that overflow or do not match the bytes, tensors that overlap, leave holes or run out of the file.
Archive unpack(const std::string& path, std::span<const std::uint8_t> bytes);

/// Writes whole or not at all (io/writer.h).
void save(const std::string& path, const Archive& archive);
/// `unpack` of the file, which may have 4 GiB at most.
Archive load(const std::string& path);

}  // namespace hourglass::HOURGLASS_BUILD::io
