#include "data/open.h"

#include <algorithm>
#include <filesystem>

#include "data/decode.h"
#include "data/mnist.h"
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::data {
namespace {

namespace fs = std::filesystem;

struct Named {
  fs::path path;
  int label;
};

// What cannot be looked at (a link to itself, a name too long) is no folder.
bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool named_as_picture(const fs::path& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  std::error_code ignored;
  if (fs::is_fifo(path, ignored)) return false;  // to open a pipe is to wait for a writer
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
    if (is_folder(entry)) {
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
  try {
    const Images picture = resized(read_picture(file.path.string()), images.height, images.width);
    images.pixels.insert(images.pixels.end(), picture.pixels.begin(), picture.pixels.end());
  } catch (const Error& error) {
    return error.what();
  }
  images.labels.push_back(file.label);
  ++images.count;
  return "";
}

// The folder's own name, for "digits/" and "." too.
std::string name_of(const std::string& path) {
  std::error_code ignored;
  const fs::path whole = fs::absolute(path, ignored).lexically_normal();
  return (whole.has_filename() ? whole : whole.parent_path()).filename().string();
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
  return {name_of(path), std::move(train), std::move(test), note};
}

Dataset open(const std::string& what) {
  if (what == "mnist") return mnist();
  if (what == "fashion") return fashion();
  require(is_folder(what), "--data: '", what, "' is neither mnist, nor fashion, nor a folder of images");
  return folder(what);
}

}  // namespace hourglass::inline HOURGLASS_BUILD::data
