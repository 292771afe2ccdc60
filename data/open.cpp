#include <hourglass/data/open.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include <hourglass/data/decode.h>
#include <hourglass/data/mnist.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/random.h>

namespace hourglass::HOURGLASS_BUILD::data {
namespace {

namespace fs = std::filesystem;

constexpr int loose = -1;  // the label of what lies in no folder of the folder

struct Named {
  fs::path path;
  int label;
};

// What cannot be inspected (a link to itself, a name too long) is no folder.
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

// Sorted, without what is hidden (names like ".thumbnails").
std::vector<fs::path> entries_of(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> found;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (!it->path().filename().native().starts_with('.')) found.push_back(it->path());
  require(!error, folder.string(), ": cannot be read: ", error.message());
  std::sort(found.begin(), found.end());
  return found;
}

// What lies in a folder, and what of it is of no use.
struct Found {
  std::vector<Named> pictures;
  std::vector<std::string> bad_folders, bad_files;  // why each is left out
  int deeper = 0;                                   // folders in its folders
  bool beside = false;                              // whether some pictures lie in folders and others beside them
};

void look_into(const fs::path& folder, int label, Found& found) {
  for (const fs::path& entry : entries_of(folder)) {
    if (is_folder(entry)) {
      ++found.deeper;
    } else if (named_as_picture(entry)) {
      found.pictures.push_back({entry, label});
    }
  }
}

// The one name of what may have several, by links.
fs::path real_name(const fs::path& path) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  return error ? path : real;
}

Found look_into(const fs::path& folder) {
  Found found;
  std::set<fs::path> seen{real_name(folder)};
  int label = 0;
  for (const fs::path& entry : entries_of(folder)) {
    if (is_folder(entry)) {
      if (!seen.insert(real_name(entry)).second) continue;
      try {
        look_into(entry, label, found);
      } catch (const Error& error) {
        found.bad_folders.emplace_back(error.what());
      }
      ++label;
    } else if (named_as_picture(entry)) {
      found.pictures.push_back({entry, loose});
    }
  }
  return found;
}

std::string note_of(const Found& found) {
  std::string note;
  const auto add = [&](const std::string& part) { note += (note.empty() ? "" : "; ") + part; };
  const auto left_out = [&](const char* what, const std::vector<std::string>& why) {
    if (!why.empty()) add(text(why.size(), " ", what, why.size() == 1 ? " was" : "s were", " left out: ", why[0]));
  };
  left_out("file", found.bad_files);
  left_out("folder", found.bad_folders);
  if (found.deeper == 1) add("1 folder lies deeper and was not looked into");
  if (found.deeper > 1) add(text(found.deeper, " folders lie deeper and were not looked into"));
  if (found.beside) add("there are no labels, since pictures lie beside the folders, too");
  return note;
}

// Appends the picture in grey, resized; returns the reason where it cannot.
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

// In a random order, always the same one: sorted by class, the first few would be of one class.
Images shuffled(const Images& images) {
  Images result{images.count, images.height, images.width, {}, {}};
  result.pixels.reserve(images.pixels.size());
  for (const int place : Rng(1).permutation(static_cast<int>(images.count))) {
    const auto from = images.pixels.begin() + place * images.pixels_per_image();
    result.pixels.insert(result.pixels.end(), from, from + images.pixels_per_image());
    result.labels.push_back(images.labels[static_cast<std::size_t>(place)]);
  }
  return result;
}

bool all_alike(const std::vector<int>& labels) {
  return std::all_of(labels.begin(), labels.end(), [&](int label) { return label == labels[0]; });
}

// The folder's own name, for "digits/" and "." too.
std::string name_of(const std::string& path) {
  std::error_code ignored;
  const fs::path whole = fs::absolute(path, ignored).lexically_normal();
  return (whole.has_filename() ? whole : whole.parent_path()).filename().string();
}

}  // namespace

Dataset folder(const std::string& path, Index height, Index width) {
  constexpr int least = 20;
  require(height >= 1 && width >= 1, "folder: pictures of ", height, " x ", width, ", expected at least 1 x 1");
  Images train{0, height, width, {}, {}}, test = train;
  Found found = look_into(path);
  int taken = 0;
  for (const Named& file : found.pictures) {
    const std::string fault = append(taken % 5 == 1 ? test : train, file);
    if (fault.empty()) {
      ++taken;
    } else {
      found.bad_files.push_back(fault);
    }
  }
  const auto beside = std::ranges::count(train.labels, loose) + std::ranges::count(test.labels, loose);
  found.beside = beside > 0 && beside < taken;
  const std::string note = note_of(found);
  require(taken >= least, path, ": ", taken, " PNG or JPEG picture", taken == 1 ? "" : "s", " found, at least ", least,
          " are needed, of which every fifth is for testing", note.empty() ? "" : "; ", note);
  train = shuffled(train);
  test = shuffled(test);
  if (found.beside || all_alike(train.labels) || all_alike(test.labels)) train.labels = test.labels = {};
  return {name_of(path), std::move(train), std::move(test), note};
}

Dataset open(const std::string& what) {
  if (what == "mnist") return mnist();
  if (what == "fashion") return fashion();
  require(is_folder(what), "--data: '", what, "' is neither mnist, nor fashion, nor a folder of images");
  return folder(what);
}

}  // namespace hourglass::HOURGLASS_BUILD::data
