#include <zlib.h>

#include <functional>
#include <limits>

#include <hourglass/data/decode.h>
#include <hourglass/data/mnist.h>
#include <hourglass/io/checkpoint.h>
#include <hourglass/io/gzip.h>
#include <hourglass/io/npy.h>
#include <hourglass/io/safetensors.h>
#include <hourglass/io/writer.h>
#include <hourglass/nn/linear.h>
#include <hourglass/report/history.h>
#include "tests/check.h"
#include "tests/f32/data/pngs.h"

// Every reader gets files that are not what they state. Each row: the bytes, and the message expected after the file's
// name.

using namespace hourglass;

namespace {

using namespace std::string_literals;
using pngs::big_endian;

struct Bad {
  std::string bytes, message;
};

std::string little_endian(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
  return out;
}

std::string archive(const std::string& header, std::size_t data = 0) {
  return little_endian(header.size(), 8) + header + std::string(data, '\0');
}

std::string npy(const std::string& header, std::size_t data = 0) {
  return "\x93NUMPY\1\0"s + little_endian(header.size(), 2) + header + std::string(data, '\0');
}

// Zeros, gzipped: a thousandth of their size.
std::string zipped_zeros(std::size_t count) {
  std::string packed(compressBound(count) + 32, '\0'), zeros(count, '\0');
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY) == Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(zeros.data());
  stream.avail_in = static_cast<uInt>(count);
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

// A JPEG's start: SOI and a frame header of this size.
std::string jpeg(std::uint32_t width, std::uint32_t height) {
  const auto two = [](std::uint32_t value) { return big_endian(value).substr(2); };
  return "\xff\xd8\xff\xc0"s + two(11) + "\x08" + two(height) + two(width) + "\x01\x01\x11\0"s;
}

std::string metrics(const std::string& field, const std::string& value) {
  std::string json = R"({"lesson":"01","seed":1,"scalar":"float32","threads":2,"seconds":1.5,"metrics":{"a":1}})";
  const std::size_t start = json.find("\"" + field + "\":") + field.size() + 3;
  const std::size_t last = field == "metrics" ? json.size() - 1 : json.find(',', start);
  return json.replace(start, last - start, value);
}

// Writes each file, reads it, compares; returns how many there were.
int refused(const std::vector<Bad>& files, const std::function<void(const std::string& path)>& read) {
  const TemporaryFolder folder;
  const std::string path = folder / "bad";
  for (const Bad& bad : files) {
    io::write_file(path, bad.bytes);
    CHECK_FAILS(read(path), path + bad.message);
  }
  return static_cast<int>(files.size());
}

int refused_safetensors() {
  const std::string a = R"("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]})";
  const auto with = [&](const std::string& more, std::size_t data) {
    return archive("{" + a + "," + more + "}", data);
  };
  return refused(
      {
          {"", ": truncated: the length of the header at byte 0 needs 8 bytes, 0 are left"},
          {little_endian(~std::uint64_t{0}, 8), ": a header of 18446744073709551615 bytes, at most 100000000"},
          {little_endian(99'000'000, 8) + "{}", ": truncated: the header at byte 8 needs 99000000 bytes, 2 are left"},
          {archive("{" + a, 8), ": the header is no JSON from its byte"},
          {archive("\xff\xfe{}"), ": the header is no JSON from its byte"},
          {archive("\xef\xbb\xbf{" + a + "}", 8), ": the header begins with byte 239, expected {"},
          {archive(" {" + a + "}", 8), ": the header begins with byte 32, expected {"},
          {archive("\n{" + a + "}", 8), ": the header begins with byte 10, expected {"},
          {archive("{" + a + "}\0"s, 8), ": the header is no JSON from its byte 55 on"},
          {archive("{" + a + "}\0 and more"s, 8), ": the header is no JSON from its byte 55 on"},
          {archive("\0{"s + a + "}", 8), ": the header is no JSON from its byte"},
          {archive("{" + a + "}{}", 8), ": the header is no JSON from its byte 55 on"},
          {archive("[]"), ": the header is not a JSON object"},
          {archive("7"), ": the header is not a JSON object"},
          {with(a, 8), ": the name 'a' stands in the header twice"},
          {archive(R"({"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 8),
           ": the name 'dtype' stands in the header twice"},
          {archive(R"({"a":{"shape":)" + std::string(100000, '[') + std::string(100000, ']') + "}}"),
           ": tensor 'a': nested deeper than a header is"},
          {archive(R"({"a":{"dtype":{},"shape":[2],"data_offsets":[0,8]}})", 8), ": tensor 'a': nested deeper"},
          {archive(R"({"a":{"dtype":7,"shape":[2],"data_offsets":[0,8]}})", 8), ": tensor 'a': dtype is not a text"},
          {archive(R"({"a":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}})", 8), ": tensor 'a': type F16, expected"},
          {archive(R"({"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})", 8),
           ": tensor 'a': a size is not a whole number"},
          {archive(R"({"a":{"dtype":"F32","shape":[9223372036854775807],"data_offsets":[0,8]}})", 8),
           ": tensor 'a': a size is not a whole number"},
          {archive(R"({"a":{"dtype":"F32","shape":[1e999],"data_offsets":[0,8]}})", 8), ": the header is no JSON"},
          {archive(R"({"a":{"dtype":"F32","shape":[NaN],"data_offsets":[0,8]}})", 8), ": the header is no JSON"},
          {archive(R"({"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}})", 8),
           ": tensor 'a': the sizes multiply to more than fits in 64 bits"},
          {archive(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", 8), ": tensor 'a': 12 bytes expected"},
          {archive(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}})", 8),
           ": tensor 'a': data_offsets must be two whole numbers"},
          {archive(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})", 8),
           ": tensor 'a': data_offsets 8 to 0 run backwards"},
          {archive("{" + a + "}", 7), ": tensor 'a': ends at byte 8 of the data, which has 7"},
          {archive("{" + a + "}", 9), ": 1 bytes after the last tensor belong to none"},
          {with(R"("b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]})", 12),
           ": tensor 'b': starts at byte 4 of the data, expected 8: it overlaps another"},
          {with(R"("b":{"dtype":"F32","shape":[2],"data_offsets":[12,20]})", 20),
           ": tensor 'b': starts at byte 12 of the data, expected 8: there is a hole before it"},
          {with(R"("b":{"dtype":"U8","shape":[1],"data_offsets":[8,9],"x":1})", 9),
           ": tensor 'b': expected dtype, shape and data_offsets and nothing else"},
          {archive(R"({"__metadata__":{"a":1}})"), ": __metadata__ 'a' is not a text"},
          {archive(R"({"__metadata__":7})"), ": __metadata__ is not an object"},
          {"\x1f\x8b\x08\0\0\0\0\0 gzip"s,
           ": truncated: the header at byte 8 needs 559903 bytes, 5 are left"},  // not unpacked
      },
      [](const std::string& path) { io::load(path); });
}

int refused_npy() {
  return refused(
      {
          {"", ": truncated: the magic text at byte 0 needs 6 bytes, 0 are left"},
          {"PK\3\4 an .npz", ": no .npy file"},
          {"\x93NUMPY\x09\0"s, ": version 9.0, expected 1.0, 2.0 or 3.0"},
          {"\x93NUMPY\2\0\xff\xff\xff\xff"s, ": truncated: the header at byte 12 needs 4294967295 bytes, 0 are left"},
          {npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,"), ": the header is not right at its character"},
          {npy("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 8),
           ": the header is not right at its character"},
          {npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", 8), ": the header is not right"},
          {npy("{'descr': '<f2', 'fortran_order': False, 'shape': (4,), }", 8), ": type '<f2', expected <f4"},
          {npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 8), ": type '|O', expected <f4"},
          {npy("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 2), }", 8), ": columns first (fortran_order)"},
          {npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", 8),
           ": the sizes multiply to more than fits in 64 bits"},
          {npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", 8), ": 12 bytes expected, 8 found"},
          {npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", 8), ": 4 bytes too many after byte"},
          {npy("{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }", 8), ": size 0, expected at least 1"},
      },
      [](const std::string& path) { io::read_npy(path); });
}

int refused_gzip() {
  return refused({{"\x1f\x8b\x08"s, ": truncated: the gzip stream breaks off after 0 unpacked bytes"},
                  {"\x1f\x8b\x09\0\0\0\0\0\0\3????????"s, ": damaged gzip data after 0 unpacked bytes: unknown comp"},
                  {zipped_zeros(1 << 21), ": unpacks to more than 1048576 bytes"},  // a bomb: 2 kB
                  {zipped_zeros(10) + "?", ": 1 bytes after the end of the gzip stream"}},
                 [](const std::string& path) { io::read_gzip(path, 1 << 20); });
}

int refused_idx() {
  const std::string magic = big_endian(0x803);
  return refused({{"", ": truncated: the magic number at byte 0 needs 4 bytes, 0 are left"},
                  {big_endian(0x801), ": magic number 2049, expected 2051 (IDX images)"},
                  {magic + big_endian(1), ": truncated: the height at byte 8 needs 4 bytes, 0 are left"},
                  {magic + big_endian(1) + big_endian(1u << 31) + big_endian(1u << 31),
                   ": truncated: 4611686018427387904 bytes expected, 0 found"},  // one image of 2^31 x 2^31
                  {magic + big_endian(~0u) + big_endian(~0u) + big_endian(~0u), ": truncated: the sizes multiply to"},
                  {magic + big_endian(0) + big_endian(28) + big_endian(28), ": truncated: size 0, expected at least 1"},
                  {magic + big_endian(1) + big_endian(1) + big_endian(1) + "ab", ": 1 bytes too many after byte 17"}},
                 [](const std::string& path) { data::read_idx(path, path); });
}

int refused_pictures() {
  const std::string jpeg_refused = ": no JPEG picture that can be read: ", whole = pngs::file_of("abcdef", 3);
  std::string flipped = whole;
  flipped[whole.find("IDAT") + 4] ^= 1;
  return refused(
      {{"", ": no picture: expected a PNG or JPEG, found an empty file"},
       {"GIF89a", ": no picture: expected a PNG or JPEG, found GIF"},
       {pngs::header(1, 1u << 31), ": 1 x 2147483648 pixels, expected 1 to 16384 a side"},
       {pngs::header(16384, 16384), ": 16384 x 16384 pixels, at most 67108864 are allowed"},
       {pngs::header(0, 5), ": 0 x 5 pixels, expected 1 to 16384 a side"},
       {pngs::header(4, 4), ": truncated: the length of a chunk at byte 33 needs 4 bytes, 0 are left"},
       {pngs::header(4, 4) + "\x3f\xff\xff\xffIDAT", ": truncated: the chunk IDAT at byte 41 needs 10737418"},
       {flipped, ": damaged picture: the data of its chunk IDAT have the checksum "},
       {jpeg(60000, 60000), jpeg_refused + "Premature end of JPEG file"},
       {"\xff\xd8\xff\xc4\x01\x13\0"s + std::string(16, '\xff') + std::string(256, '?'),
        jpeg_refused + "Bogus Huffman table definition"},
       {jpeg(4, 4), jpeg_refused + "Premature end of JPEG file"}},
      [](const std::string& path) { data::read_picture(path); });
}

int refused_metrics() {
  return refused(
      {{"", ": no JSON from byte"},
       {"[]", ": expected a JSON object"},
       {metrics("seed", "1") + "\0"s, ": no JSON from byte 88 on"},
       {metrics("seed", "1") + "\0 and more"s, ": no JSON from byte 88 on"},
       {metrics("seed", "1") + "more", ": no JSON from byte 88 on"},
       {"\xef\xbb\xbf" + metrics("seed", "1"), ": no JSON from byte 1 on"},
       {R"({"lesson":"01","lesson":"02"})", ": the name 'lesson' stands in it twice"},
       {std::string(100000, '['), ": nested deeper than 2 levels"},
       {metrics("seconds", "NaN"), ": no JSON from byte"},
       {metrics("seconds", "-1"), ": \"seconds\" is -1, expected a number from 0"},
       {metrics("seed", "1.5"), ": \"seed\" is 1.5, expected a whole number"},
       {metrics("threads", "0"), ": \"threads\" is 0, expected a whole number from 1"},
       {metrics("scalar", "\"bfloat16\""), ": \"scalar\" is \"bfloat16\", expected float32 or float64"},
       {metrics("metrics", R"({"a":"1"})"), ": the metric \"a\" is \"1\", expected a number or null"},
       {metrics("metrics", R"({"a":1},"more":1)"), ": expected lesson, seed, scalar, threads, seconds and metrics and"},
       {"{}", ": \"lesson\" is missing"}},
      [](const std::string& path) {
        const io::Bytes bytes = io::read_file(path, 1 << 20);
        report::Metrics::parse({bytes.begin(), bytes.end()}, path);
      });
}

int refused_checkpoints() {
  Rng rng(1);
  const nn::Linear layer(3, 2, Activation::none, rng);
  const nn::Parameters parameters = layer.parameters();
  const auto file = [&](const std::string& notes, const std::string& weight_type) {
    return archive("{" + notes + R"("weight":{"dtype":")" + weight_type + R"(","shape":[2,3],"data_offsets":[0,)" +
                       (weight_type == "F32" ? "24" : "48") + "]}}",
                   weight_type == "F32" ? 24 : 48);
  };
  const std::string format = R"("__metadata__":{"format":")";
  return refused(
      {{file(format + "3\"},", "I64"),
        ": does not fit the model: weight is I64 [2, 3], expected [2, 3]; missing bias [2]"},  // all at once
       {archive("{" + format + R"(3"},"weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)" +
                    R"("other":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                8),
        ": does not fit the model: weight is F32 [1], expected [2, 3]; missing bias [2]; surplus other [1]"},
       {file(format + "4\"},", "F32"), ": a checkpoint in format 4; this version of the library reads format 3"},
       {file(format + "-1\"},", "F32"), ": its note 'format' is '-1', expected a whole number"},
       {file(format + "99999999999999999999\"},", "F32"), ": its note 'format' is '99999999999999999999', expected a"},
       {file("", "F32"), ": not a checkpoint: its note 'format' is missing"}},
      [&](const std::string& path) { io::load_checkpoint(path, parameters, {}); });
}

}  // namespace

TEST_CASE("bad files are refused, each with a message of its own") {
  const int count = refused_safetensors() + refused_npy() + refused_gzip() + refused_idx() + refused_pictures() +
                    refused_metrics() + refused_checkpoints();
  MESSAGE(count << " bad files refused");
  CHECK(count >= 40);
}
