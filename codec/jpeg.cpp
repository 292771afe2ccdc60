#include "codec/jpeg.h"

// clang-format off: jpeglib.h needs stdio.h before it
#include <jpeglib.h>
#include <setjmp.h>
#include <stdio.h>
// clang-format on

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>

#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::codec {
namespace {

constexpr Index most_pixels = Index{1} << 26;

// libjpeg is C: it reports an error by a function that must not return. Ours keeps the text and jumps back to where
// the work began; only there does it become an exception. Between the two no object of C++ is alive.
struct Trouble {
  jpeg_error_mgr manager;
  jmp_buf back;
  char message[JMSG_LENGTH_MAX];
};

[[noreturn]] void give_up(j_common_ptr info) {
  auto* trouble = reinterpret_cast<Trouble*>(info->err);
  info->err->format_message(info, trouble->message);
  longjmp(trouble->back, 1);
}

// A warning (level -1) means damaged data that would be filled up with grey: an error too.
void complain(j_common_ptr info, int level) {
  if (level < 0) give_up(info);
}

void listen(Trouble& trouble) {
  jpeg_std_error(&trouble.manager);
  trouble.manager.error_exit = give_up;
  trouble.manager.emit_message = complain;
}

// Writes the rows into a buffer of libjpeg's. False when it failed: `trouble` says why.
bool compress(jpeg_compress_struct& info, Trouble& trouble, const std::uint8_t* grey, Index height, Index width,
              int quality, unsigned char** buffer, unsigned long* size) {
  if (setjmp(trouble.back)) return false;
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, buffer, size);
  info.image_width = static_cast<JDIMENSION>(width);
  info.image_height = static_cast<JDIMENSION>(height);
  info.input_components = 1;
  info.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  info.optimize_coding = TRUE;
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    auto* row = const_cast<std::uint8_t*>(grey + info.next_scanline * width);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  return true;
}

bool read_header(jpeg_decompress_struct& info, Trouble& trouble, std::span<const std::uint8_t> bytes) {
  if (setjmp(trouble.back)) return false;
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, bytes.data(), bytes.size());
  jpeg_read_header(&info, TRUE);
  return true;
}

bool read_rows(jpeg_decompress_struct& info, Trouble& trouble, std::uint8_t* grey) {
  if (setjmp(trouble.back)) return false;
  jpeg_start_decompress(&info);
  while (info.output_scanline < info.output_height) {
    std::uint8_t* row = grey + static_cast<std::size_t>(info.output_scanline) * info.output_width;
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);
  return true;
}

}  // namespace

Tensor mosaic(const Tensor& images, Index rows, Index columns, Index height, Index width) {
  require(rows >= 1 && columns >= 1 && height >= 1 && width >= 1 &&
              images.shape() == Shape({rows * columns, height * width}),
          "mosaic: images are ", images.shape(), ", expected ", rows, " x ", columns, " of ", height, " x ", width);
  Tensor whole({rows * height, columns * width});
  const Scalar* from = images.data();
  Scalar* to = whole.write_();
  for (Index i = 0; i < rows * columns; ++i)
    for (Index y = 0; y < height; ++y, from += width)
      std::copy(from, from + width, to + (i / columns * height + y) * columns * width + i % columns * width);
  return whole;
}

io::Bytes jpeg(const Tensor& image, int quality) {
  require(image.rank() == 2, "jpeg: the image is ", image.shape(), ", expected [height, width]");
  require(std::max(image.size(0), image.size(1)) <= JPEG_MAX_DIMENSION, "jpeg: the image is ", image.shape(),
          ", a side has at most ", JPEG_MAX_DIMENSION);
  require(quality >= 1 && quality <= 100, "jpeg: quality ", quality, ", expected 1 to 100");
  io::Bytes grey;
  for (Scalar value : image.values()) {
    require(value >= 0 && value <= 1, "jpeg: a pixel is ", value, ", expected 0 to 1");
    grey.push_back(static_cast<std::uint8_t>(std::lround(value * 255)));
  }
  Trouble trouble;
  listen(trouble);
  jpeg_compress_struct info{};
  info.err = &trouble.manager;
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  const bool done = compress(info, trouble, grey.data(), image.size(0), image.size(1), quality, &buffer, &size);
  jpeg_destroy_compress(&info);
  const std::unique_ptr<unsigned char, void (*)(void*)> owner(buffer, std::free);
  require(done, "jpeg: ", trouble.message);
  return {buffer, buffer + size};
}

Tensor read_jpeg(const std::string& name, std::span<const std::uint8_t> bytes) {
  require(!bytes.empty(), name, ": no JPEG file: it is empty");
  Trouble trouble;
  listen(trouble);
  jpeg_decompress_struct info{};
  info.err = &trouble.manager;
  const std::unique_ptr<jpeg_decompress_struct, void (*)(j_decompress_ptr)> owner(&info, jpeg_destroy_decompress);
  require(read_header(info, trouble, bytes), name, ": no JPEG file that can be read: ", trouble.message);
  const Index height = info.image_height, width = info.image_width;
  require(info.num_components == 1, name, ": ", info.num_components, " colours a pixel, expected 1: grey");
  require(height * width <= most_pixels, name, ": ", height, " x ", width, " pixels, expected at most ", most_pixels);
  io::Bytes grey(static_cast<std::size_t>(height * width));
  require(read_rows(info, trouble, grey.data()), name, ": truncated or damaged JPEG data: ", trouble.message);
  Tensor image({height, width});
  std::transform(grey.begin(), grey.end(), image.write_(), [](std::uint8_t byte) { return byte / Scalar(255); });
  return image;
}

}  // namespace hourglass::inline HOURGLASS_BUILD::codec
