#include <hourglass/io/jpeg.h>

// jpeglib.h needs stdio.h before it
// clang-format off
#include <stdio.h>
#include <jpeglib.h>
#include <jerror.h>
#include <setjmp.h>
// clang-format on

#include <algorithm>
#include <cstring>
#include <memory>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::io {
namespace {

// A camera writes about 10. Each may cover the whole picture in a few bytes: without a limit, a small file takes hours.
constexpr int most_scans = 100;

// libjpeg is C: it reports an error by a function that must not return. Ours keeps the text and jumps back to where
// the work began; only there does it become an exception. Between the two no object of C++ is alive.
struct Trouble {
  jpeg_error_mgr manager;
  jpeg_progress_mgr progress;
  jmp_buf back;
  char message[JMSG_LENGTH_MAX];
};

[[noreturn]] void give_up(j_common_ptr info) {
  auto* trouble = reinterpret_cast<Trouble*>(info->err);
  info->err->format_message(info, trouble->message);
  longjmp(trouble->back, 1);
}

// A warning (level -1) means data that are missing or damaged, which libjpeg replaces by grey: an error too. These four
// leave the picture whole: surplus bytes between its parts, an unknown colour transform or version, and a sequential
// scan whose unused numbers are wrong.
void complain(j_common_ptr info, int level) {
  const int code = info->err->msg_code;
  const bool harmless = code == JWRN_EXTRANEOUS_DATA || code == JWRN_ADOBE_XFORM || code == JWRN_JFIF_MAJOR ||
                        code == JWRN_NOT_SEQUENTIAL;
  if (level < 0 && !harmless) give_up(info);
}

// Called before each step of reading scans.
void count_scans(j_common_ptr info) {
  if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number <= most_scans) return;
  auto* trouble = reinterpret_cast<Trouble*>(info->err);
  snprintf(trouble->message, sizeof trouble->message, "more than %d scans", most_scans);
  longjmp(trouble->back, 1);
}

void listen(Trouble& trouble) {
  jpeg_std_error(&trouble.manager);
  trouble.manager.error_exit = give_up;
  trouble.manager.emit_message = complain;
  trouble.progress = {};
  trouble.progress.progress_monitor = count_scans;
}

bool begin(jpeg_decompress_struct& info, Trouble& trouble, std::span<const std::uint8_t> bytes) {
  if (setjmp(trouble.back)) return false;
  jpeg_create_decompress(&info);
  info.progress = &trouble.progress;
  jpeg_mem_src(&info, bytes.data(), bytes.size());
  jpeg_save_markers(&info, JPEG_APP0 + 1, 0xffff);  // where EXIF stands
  jpeg_read_header(&info, TRUE);
  return true;
}

// Each component has its table of steps since its first scan, and none without. (One whose scan is missing would be
// grey, without a warning.)
bool has_all_scans(const jpeg_decompress_struct& info, Trouble& trouble) {
  for (int i = 0; i < info.num_components; ++i) {
    if (info.comp_info[i].quant_table) continue;
    snprintf(trouble.message, sizeof trouble.message, "component %d of %d has no scan", i + 1, info.num_components);
    return false;
  }
  return true;
}

// The grey of inverted CMYK, rounded as Pillow and libjpeg round it.
void to_grey(const std::uint8_t* cmyk, std::size_t count, std::uint8_t* grey) {
  for (std::size_t i = 0; i < count; ++i, cmyk += 4) {
    const auto over_black = [&](unsigned ink) { return (ink * cmyk[3] + 127) / 255; };
    const unsigned red = over_black(cmyk[0]), green = over_black(cmyk[1]), blue = over_black(cmyk[2]);
    grey[i] = static_cast<std::uint8_t>((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16);
  }
}

// Fills `grey`; `inks` is room for a row of CMYK, and null for a picture of other colours.
bool read_rows(jpeg_decompress_struct& info, Trouble& trouble, std::uint8_t* grey, std::uint8_t* inks) {
  if (setjmp(trouble.back)) return false;
  info.out_color_space = inks ? JCS_CMYK : JCS_GRAYSCALE;
  jpeg_start_decompress(&info);
  if (!has_all_scans(info, trouble)) return false;
  while (info.output_scanline < info.output_height) {
    std::uint8_t* to = grey + static_cast<std::size_t>(info.output_scanline) * info.output_width;
    std::uint8_t* row = inks ? inks : to;
    jpeg_read_scanlines(&info, &row, 1);
    if (inks) to_grey(inks, info.output_width, to);
  }
  jpeg_finish_decompress(&info);
  return true;
}

Bytes exif_of(const jpeg_decompress_struct& info) {
  constexpr char start[] = "Exif\0";  // with the array's own, two zeros
  for (const auto* marker = info.marker_list; marker; marker = marker->next)
    if (marker->data_length >= sizeof start && std::memcmp(marker->data, start, sizeof start) == 0)
      return {marker->data + sizeof start, marker->data + marker->data_length};
  return {};
}

// Writes a file of `size` bytes into the buffer, which has room for it.
bool compress(jpeg_compress_struct& info, Trouble& trouble, std::span<const std::uint8_t> grey, Index height,
              Index width, int quality, unsigned char** buffer, unsigned long* size) {
  if (setjmp(trouble.back)) return false;
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, buffer, size);
  info.image_height = static_cast<JDIMENSION>(height);
  info.image_width = static_cast<JDIMENSION>(width);
  info.input_components = 1;
  info.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  info.optimize_coding = TRUE;
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    auto* row = const_cast<std::uint8_t*>(grey.data()) + info.next_scanline * width;
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  return true;
}

}  // namespace

Picture read_jpeg(const std::string& name, std::span<const std::uint8_t> bytes) {
  const std::string refused = name + ": no JPEG picture that can be read: ";
  require(!bytes.empty(), refused, "it is empty");
  Trouble trouble;
  listen(trouble);
  jpeg_decompress_struct info{};
  info.err = &trouble.manager;
  const std::unique_ptr<jpeg_decompress_struct, void (*)(j_decompress_ptr)> owner(&info, jpeg_destroy_decompress);
  require(begin(info, trouble, bytes), refused, trouble.message);
  Picture picture{info.image_height, info.image_width, info.num_components, {}, exif_of(info)};
  check_size(name, picture.height, picture.width);
  const int colors = picture.colors;
  require(colors == 1 || colors == 3 || colors == 4, refused, colors, " components a pixel, expected 1, 3 or 4");
  picture.grey.resize(static_cast<std::size_t>(picture.height * picture.width));
  Bytes inks(colors == 4 ? static_cast<std::size_t>(4 * picture.width) : 0);
  require(read_rows(info, trouble, picture.grey.data(), colors == 4 ? inks.data() : nullptr), refused, trouble.message);
  return picture;
}

Bytes write_jpeg(std::span<const std::uint8_t> grey, Index height, Index width, int quality) {
  require(height >= 1 && width >= 1 && std::max(height, width) <= JPEG_MAX_DIMENSION, "jpeg: ", height, " x ", width,
          " pixels, expected 1 to ", JPEG_MAX_DIMENSION, " a side");
  require(static_cast<Index>(grey.size()) == height * width, "jpeg: ", grey.size(), " pixels for ", height, " x ",
          width);
  require(quality >= 1 && quality <= 100, "jpeg: quality ", quality, ", expected 1 to 100");
  Trouble trouble;
  listen(trouble);
  jpeg_compress_struct info{};
  info.err = &trouble.manager;
  const std::unique_ptr<jpeg_compress_struct, void (*)(j_compress_ptr)> owner(&info, jpeg_destroy_compress);
  // no picture takes more (turbojpeg.h, tjBufSize), so that libjpeg takes no buffer of its own, which an error would
  // lose
  Bytes file(static_cast<std::size_t>(2 * (height + 15) * (width + 15) + 2048));
  unsigned char* buffer = file.data();
  unsigned long size = file.size();
  require(compress(info, trouble, grey, height, width, quality, &buffer, &size), "jpeg: ", trouble.message);
  file.resize(size);
  return file;
}

}  // namespace hourglass::HOURGLASS_BUILD::io
