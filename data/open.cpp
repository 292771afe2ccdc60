#include "data/open.h"

#include <algorithm>
#include <filesystem>
#include <memory>

#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_MAX_DIMENSIONS 16384
#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_RESIZE_STATIC
#define STB_IMAGE_RESIZE_IMPLEMENTATION
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb_image.h>
#include <stb_image_resize.h>
#pragma GCC diagnostic pop

#include "data/mnist.h"
#include "io/reader.h"
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::data {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_picture = std::size_t{64} << 20;  // bytes of a file

struct Named {
  fs::path path;
  int label;
};

bool named_as_picture(const fs::path& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return ending == ".png" || ending == ".jpg" || ending == ".jpeg";
}

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> found;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    found.push_back(it->path());
  require(!error, folder.string(), ": cannot be read: ", error.message());
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<Named> pictures_of(const fs::path& folder) {
  std::vector<Named> found;
  int label = 0;
  for (const fs::path& entry : entries_of(folder)) {
    if (fs::is_directory(entry)) {
      for (const fs::path& inner : entries_of(entry))
        if (named_as_picture(inner)) found.push_back({inner, label});
      ++label;
    } else if (named_as_picture(entry)) {
      found.push_back({entry, 0});
    }
  }
  return found;
}

// Appends the picture in grey, resized; says why where it cannot.
std::string append(Images& images, const Named& file) {
  io::Bytes bytes;
  try {
    bytes = io::read_file(file.path.string(), largest_picture);
  } catch (const Error& error) {
    return error.what();
  }
  int w = 0, h = 0, channels = 0;
  const std::unique_ptr<stbi_uc, void (*)(void*)> grey(
      stbi_load_from_memory(bytes.data(), static_cast<int>(bytes.size()), &w, &h, &channels, 1), stbi_image_free);
  if (!grey) return file.path.string() + ": no picture: " + stbi_failure_reason();
  const std::size_t size = static_cast<std::size_t>(images.pixels_per_image());
  images.pixels.resize(images.pixels.size() + size);
  std::uint8_t* to = images.pixels.data() + images.pixels.size() - size;
  if (w == images.width && h == images.height) {  // resizing to the same size would blur
    std::copy_n(grey.get(), size, to);
  } else {
    stbir_resize_uint8(grey.get(), w, h, 0, to, static_cast<int>(images.width), static_cast<int>(images.height), 0, 1);
  }
  images.labels.push_back(file.label);
  ++images.count;
  return "";
}

}  // namespace

Dataset folder(const std::string& path, Index height, Index width) {
  Images train{0, height, width, {}, {}}, test = train;
  std::string note;
  int taken = 0, left_out = 0;
  for (const Named& file : pictures_of(path)) {
    const std::string fault = append(taken % 5 == 1 ? test : train, file);
    if (fault.empty()) {
      ++taken;
    } else if (++left_out == 1) {
      note = fault;
    }
  }
  require(taken >= 2, path, ": ", taken, " PNG or JPEG pictures found, at least 2 are needed", note.empty() ? "" : "; ",
          note);
  if (left_out > 0) note = text(left_out, left_out == 1 ? " file was" : " files were", " left out: ", note);
  return {fs::path(path).filename().string(), std::move(train), std::move(test), note};
}

Dataset open(const std::string& what) {
  if (what == "mnist") return mnist();
  if (what == "fashion") return fashion();
  require(fs::is_directory(what), "--data: '", what, "' is neither mnist, nor fashion, nor a folder of images");
  return folder(what);
}

}  // namespace hourglass::inline HOURGLASS_BUILD::data
