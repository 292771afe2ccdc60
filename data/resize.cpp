#define STB_IMAGE_RESIZE_STATIC
#define STB_IMAGE_RESIZE_IMPLEMENTATION
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb_image_resize.h>
#pragma GCC diagnostic pop

#include <hourglass/data/decode.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::data {

Images resized(const Images& picture, Index height, Index width) {
  if (picture.height == height && picture.width == width) return picture;  // resizing to the same size would blur
  Images result{1, height, width, std::vector<std::uint8_t>(static_cast<std::size_t>(height * width)), {}};
  require(stbir_resize_uint8(picture.pixels.data(), static_cast<int>(picture.width), static_cast<int>(picture.height),
                             0, result.pixels.data(), static_cast<int>(width), static_cast<int>(height), 0, 1),
          "resized: no memory for a picture of ", picture.height, " x ", picture.width, " pixels");
  return result;
}

}  // namespace hourglass::HOURGLASS_BUILD::data
