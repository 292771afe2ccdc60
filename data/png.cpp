#include <hourglass/data/png.h>

#include <zlib.h>

#include <algorithm>
#include <iterator>
#include <memory>

#define STBI_ONLY_PNG
#define STBI_NO_STDIO
#define STBI_MAX_DIMENSIONS 16384  // io::check_size has been there before
#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb_image.h>
#pragma GCC diagnostic pop

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::data {
namespace {

constexpr std::uint8_t signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

struct Chunk {
  std::string name;
  std::span<const std::uint8_t> data;
};

// The next chunk: the length of its data, its name, its data, a checksum of both.
Chunk next_chunk(io::ByteReader& reader) {
  const std::size_t length = reader.big_endian_32("the length of a chunk");
  const auto letters = reader.take(4, "the name of a chunk");
  const auto is_letter = [](std::uint8_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; };
  require(std::all_of(letters.begin(), letters.end(), is_letter), reader.name(), ": damaged picture: a chunk is named ",
          io::hexadecimal(letters), ", expected four letters");
  const std::string name(letters.begin(), letters.end());
  const Chunk chunk{name, reader.take(length, "the chunk " + name)};
  const std::uint32_t expected = reader.big_endian_32("the checksum of the chunk " + name);
  // name and data lie side by side
  const auto found = crc32(0, letters.data(), static_cast<uInt>(letters.size() + length));
  require(found == expected, reader.name(), ": damaged picture: the data of its chunk ", name, " have the checksum ",
          found, ", expected ", expected);
  return chunk;
}

// stb_image passes over the checksum of the compressed pixels and makes room for whatever they unpack to: so zlib
// unpacks them first, into as much as a picture of this size may take.
void check_pixels(const std::string& name, const io::Picture& picture, const io::Bytes& packed) {
  // 16 bits each of red, green, blue and alpha; at most twice as many rows as there are, when interlaced, each with a
  // byte for its filter and one that is not full
  auto room = static_cast<uLongf>(8 * picture.height * picture.width + 4 * picture.height + 64);
  const auto unpacked = std::make_unique_for_overwrite<Bytef[]>(room);
  const int status = uncompress(unpacked.get(), &room, packed.data(), packed.size());
  require(status != Z_MEM_ERROR, name, ": out of memory");
  require(status != Z_BUF_ERROR, name, ": damaged picture: more data than its pixels take");
  require(status == Z_OK, name, ": damaged picture: its compressed data are damaged or incomplete");
}

// The picture without its pixels, once every checksum fits.
io::Picture checked(const std::string& name, std::span<const std::uint8_t> bytes) {
  io::ByteReader reader(name, bytes);
  reader.take(std::size(signature), "the signature");
  Chunk chunk = next_chunk(reader);
  require(chunk.name == "IHDR" && chunk.data.size() == 13, name, ": damaged picture: it begins with the chunk ",
          chunk.name, " of ", chunk.data.size(), " bytes, expected IHDR of 13");
  io::ByteReader header(name, chunk.data);
  io::Picture picture;
  picture.width = header.big_endian_32("the width");
  picture.height = header.big_endian_32("the height");
  io::check_size(name, picture.height, picture.width);
  io::Bytes packed;
  while (chunk.name != "IEND") {
    chunk = next_chunk(reader);
    if (chunk.name == "IDAT") packed.insert(packed.end(), chunk.data.begin(), chunk.data.end());
    if (chunk.name == "eXIf") picture.exif.assign(chunk.data.begin(), chunk.data.end());
  }
  require(!packed.empty(), name, ": no picture: a PNG file without the chunk IDAT");
  check_pixels(name, picture, packed);
  return picture;
}

std::uint8_t over_white(unsigned grey, unsigned alpha) {
  return static_cast<std::uint8_t>((grey * alpha + 255 * (255 - alpha) + 127) / 255);
}

}  // namespace

bool is_png(std::span<const std::uint8_t> bytes) {
  return bytes.size() >= 8 && std::equal(std::begin(signature), std::end(signature), bytes.begin());
}

io::Picture read_png(const std::string& name, std::span<const std::uint8_t> bytes) {
  io::Picture picture = checked(name, bytes);
  int width = 0, height = 0;
  const std::unique_ptr<stbi_uc, void (*)(void*)> decoded(
      stbi_load_from_memory(bytes.data(), static_cast<int>(bytes.size()), &width, &height, &picture.colors,
                            STBI_grey_alpha),
      stbi_image_free);
  if (!decoded) {
    const std::string reason = stbi_failure_reason();
    fail(name, reason == "outofmem" ? ": out of memory" : ": no PNG picture that can be read: " + reason);
  }
  require(width == picture.width && height == picture.height, name, ": damaged picture: it has two sizes");
  picture.grey.resize(static_cast<std::size_t>(picture.height * picture.width));
  for (std::size_t i = 0; i < picture.grey.size(); ++i)
    picture.grey[i] = over_white(decoded.get()[2 * i], decoded.get()[2 * i + 1]);
  return picture;
}

}  // namespace hourglass::HOURGLASS_BUILD::data
