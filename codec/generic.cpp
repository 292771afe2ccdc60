#include <hourglass/codec/generic.h>

#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>

#include <memory>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::codec {
namespace {

// All three libraries count in 32 bits somewhere: far more than a data set of this course, and checked.
constexpr std::size_t longest = std::size_t{1} << 30;

void require_fits(const char* who, std::size_t size) {
  require(size <= longest, who, ": ", size, " bytes, expected at most ", longest);
}

}  // namespace

std::size_t gzip_size(std::span<const std::uint8_t> bytes) {
  require_fits("gzip_size", bytes.size());
  z_stream stream{};
  constexpr int gzip_header = 16, memory = 8;
  require(deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + gzip_header, memory, Z_DEFAULT_STRATEGY) == Z_OK,
          "gzip_size: zlib cannot start");
  const std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, deflateEnd);
  io::Bytes packed(deflateBound(&stream, bytes.size()));
  stream.next_in = const_cast<Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = packed.data();
  stream.avail_out = static_cast<uInt>(packed.size());
  require(deflate(&stream, Z_FINISH) == Z_STREAM_END, "gzip_size: zlib does not come to an end");
  return stream.total_out;
}

std::size_t bzip2_size(std::span<const std::uint8_t> bytes) {
  require_fits("bzip2_size", bytes.size());
  std::vector<char> packed(bytes.size() + bytes.size() / 100 + 601);  // enough, by its manual
  auto size = static_cast<unsigned>(packed.size());
  char nothing = 0;  // it refuses a null pointer
  char* from = bytes.empty() ? &nothing : const_cast<char*>(reinterpret_cast<const char*>(bytes.data()));
  const int status = BZ2_bzBuffToBuffCompress(packed.data(), &size, from, static_cast<unsigned>(bytes.size()), 9, 0, 0);
  require(status == BZ_OK, "bzip2_size: libbz2 fails with status ", status);
  return size;
}

std::size_t xz_size(std::span<const std::uint8_t> bytes) {
  require_fits("xz_size", bytes.size());
  lzma_stream stream = LZMA_STREAM_INIT;
  require(lzma_easy_encoder(&stream, LZMA_PRESET_DEFAULT, LZMA_CHECK_CRC64) == LZMA_OK,
          "xz_size: liblzma cannot start");
  const std::unique_ptr<lzma_stream, void (*)(lzma_stream*)> guard(&stream, lzma_end);
  io::Bytes packed(lzma_stream_buffer_bound(bytes.size()));
  stream.next_in = bytes.data();
  stream.avail_in = bytes.size();
  stream.next_out = packed.data();
  stream.avail_out = packed.size();
  require(lzma_code(&stream, LZMA_FINISH) == LZMA_STREAM_END, "xz_size: liblzma does not come to an end");
  return stream.total_out;
}

}  // namespace hourglass::HOURGLASS_BUILD::codec
