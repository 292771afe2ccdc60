#include <hourglass/io/gzip.h>

#include <zlib.h>

#include <algorithm>
#include <memory>

#include <hourglass/io/with_memory.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::io {
namespace {

bool is_gzip(std::span<const std::uint8_t> bytes) { return bytes.size() >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b; }

// The last four bytes give the length of the content (modulo 2³²): a hint for the first allocation, nothing more.
std::size_t hinted_size(std::span<const std::uint8_t> packed, std::size_t limit) {
  if (packed.size() < 18) return 0;
  std::size_t hint = 0;
  for (std::size_t i = 0; i < 4; ++i) hint |= static_cast<std::size_t>(packed[packed.size() - 4 + i]) << (8 * i);
  return std::min({hint, limit, packed.size() * 1032});  // deflate cannot do better than 1032 : 1
}

Bytes unpack(const std::string& path, std::span<const std::uint8_t> packed, std::size_t limit) {
  if (!is_gzip(packed)) return {packed.begin(), packed.end()};
  z_stream stream{};
  require(inflateInit2(&stream, 16 + MAX_WBITS) == Z_OK, path, ": zlib cannot start");
  const std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, inflateEnd);
  stream.next_in = const_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  Bytes bytes(hinted_size(packed, limit) + 1);
  std::size_t filled = 0;
  for (int status = Z_OK; status != Z_STREAM_END;) {
    if (filled == bytes.size()) bytes.resize(std::min(limit + 1, bytes.size() * 2));
    stream.next_out = bytes.data() + filled;
    stream.avail_out = static_cast<uInt>(std::min<std::size_t>(bytes.size() - filled, 1u << 30));
    const uInt room = stream.avail_out;
    status = inflate(&stream, Z_NO_FLUSH);
    filled += room - stream.avail_out;
    require(filled <= limit, path, ": unpacks to more than ", limit, " bytes, which is more than such a file may have");
    require(status != Z_BUF_ERROR && !(status == Z_OK && stream.avail_in == 0 && stream.avail_out > 0), path,
            ": truncated: the gzip stream breaks off after ", filled, " unpacked bytes");
    require(status == Z_OK || status == Z_STREAM_END, path, ": damaged gzip data after ", filled,
            " unpacked bytes: ", stream.msg ? stream.msg : "unknown reason");
    if (status == Z_STREAM_END && stream.avail_in > 0) {  // a gzip file may be several, one after the other
      require(is_gzip({stream.next_in, stream.avail_in}), path, ": ", stream.avail_in,
              " bytes after the end of the gzip stream");
      inflateReset(&stream);
      status = Z_OK;
    }
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace

Bytes read_gzip(const std::string& path, std::size_t limit) {
  return with_memory(path, [&] { return unpack(path, read_file(path, limit), limit); });
}

}  // namespace hourglass::HOURGLASS_BUILD::io
