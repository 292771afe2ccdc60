#include <hourglass/io/npy.h>

#include <algorithm>

#include <hourglass/io/writer.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

std::string bytes_of(const std::string& path) {
  const io::Bytes bytes = io::read_file(path, 1 << 20);
  return {bytes.begin(), bytes.end()};
}

// What NumPy 1.24 writes before the numbers: the dictionary, filled up to a multiple of 64 bytes.
std::string numpy_header(char version, const std::string& dictionary) {
  const std::size_t before = version == 1 ? 10 : 12;
  const std::string filled = dictionary + std::string(127 - before - dictionary.size(), ' ') + "\n";
  std::string header = "\x93NUMPY";
  header += {version, '\0', static_cast<char>(filled.size()), '\0'};
  if (version > 1) header.append(2, '\0');
  return header + filled;
}

std::string dictionary(const std::string& type, const std::string& shape, const std::string& order = "False") {
  return "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }";
}

}  // namespace

TEST_CASE("an array is written byte for byte as NumPy writes it") {
  const TemporaryFolder folder;
  const auto written = [&](const Tensor& tensor) {
    io::write_npy(folder / "x.npy", tensor);
    return bytes_of(folder / "x.npy");
  };
  using namespace std::string_literals;
  CHECK(written(Tensor({2, 3}, {1, 2, 3, 4, 5, 6})) ==
        numpy_header(1, dictionary("<f4", "(2, 3)")) + "\0\0\x80?\0\0\0@\0\0@@\0\0\x80@\0\0\xa0@\0\0\xc0@"s);
  CHECK(written(Tensor::scalar(7)) == numpy_header(1, dictionary("<f4", "()")) + "\0\0\xe0@"s);
  CHECK(written(Tensor({1}, {2.5F})) == numpy_header(1, dictionary("<f4", "(1,)")) + "\0\0 @"s);
  CHECK(written(Tensor({1, 1, 2, 1}, {0, 1})) ==
        numpy_header(1, dictionary("<f4", "(1, 1, 2, 1)")) + "\0\0\0\0\0\0\x80?"s);
}

TEST_CASE("arrays that NumPy wrote are read, in every type and version") {
  const TemporaryFolder folder;
  const auto read = [&](const std::string& bytes) {
    io::write_file(folder / "x.npy", bytes);
    return io::read_npy(folder / "x.npy");
  };
  using namespace std::string_literals;
  using Integers = std::vector<std::int64_t>;
  CHECK(read(numpy_header(1, dictionary("<f4", "(1, 2)")) + "\0\0\x80?\0\0\0@"s).tensor().at({0, 1}) == 2);
  CHECK(read(numpy_header(1, dictionary("<f8", "(1,)")) + "UUUUUU\xd5?"s).tensor().item() == Scalar(1. / 3));
  CHECK(read(numpy_header(1, dictionary("<i4", "(2,)")) + "\1\0\0\0\xfe\xff\xff\xff"s).integers() == Integers{1, -2});
  CHECK(read(numpy_header(2, dictionary("<i8", "(2,)")) + "\1\0\0\0\0\0\0\0,\1\0\0\0\0\0\0"s).integers() ==
        Integers{1, 300});
  const io::Entry small = read(numpy_header(3, dictionary("|u1", "(2, 1)")) + "\t\xff"s);
  CHECK(small.sizes == std::vector<Index>{2, 1});
  CHECK(small.integers() == Integers{9, 255});
  CHECK_FAILS(small.tensor(), "x.npy': type U8, expected F32 or F64");
  CHECK(read(numpy_header(1, "{\"shape\":(1,),\"fortran_order\":False,\"descr\":\"|u1\"}") + "\5").integers() ==
        Integers{5});  // another order, other quotes, no last comma: Python still
}

TEST_CASE("an array that is not right is refused, with the reason") {
  const TemporaryFolder folder;
  const std::string path = folder / "bad.npy";
  const auto refuses = [&](const std::string& bytes, const std::string& expected) {
    io::write_file(path, bytes);
    CHECK_FAILS(io::read_npy(path), path + ": " + expected);
  };
  const auto refuses_header = [&](const std::string& dictionary, const std::string& expected) {
    refuses(numpy_header(1, dictionary) + std::string(8, 'x'), expected);
  };
  CHECK_FAILS(io::read_npy(folder / "none.npy"), "none.npy: cannot be opened: No such file");
  refuses("", "truncated: the magic text at byte 0 needs 6 bytes, 0 are left");
  refuses("PK\3\4 a zip archive", "no .npy file");
  refuses("\x93NUMPY", "truncated: the version");
  refuses(numpy_header(4, dictionary("<f4", "(2,)")), "version 4.0, expected 1.0, 2.0 or 3.0");
  refuses(numpy_header(1, dictionary("<f4", "(2,)")).substr(0, 9), "truncated: the length of the header");
  refuses(numpy_header(1, dictionary("<f4", "(2,)")).substr(0, 99), "truncated: the header at byte 10 needs 118 bytes");
  refuses_header(dictionary(">f4", "(2,)"), "type '>f4', expected <f4");
  refuses_header(dictionary("<c8", "(1,)"), "type '<c8', expected <f4");
  refuses_header(dictionary("<f4", "(2,)", "True"), "columns first (fortran_order), expected rows first");
  refuses_header(dictionary("<f4", "(3,)"), "12 bytes expected, 8 found");
  refuses_header(dictionary("<f4", "(1,)"), "4 bytes too many after byte 132");
  refuses_header(dictionary("<f4", "(0,)"), "size 0, expected at least 1");
  refuses_header(dictionary("<f4", "(4294967296, 4294967296)"), "the sizes multiply to more than fits");
  const std::string wrong = "the header is not right at its character ";
  refuses_header(dictionary("<f4", "(99999999999999999999,)"), wrong + "51: expected a size");
  refuses_header(dictionary("<f4", "(-2,)"), wrong + "51: expected a size");
  refuses_header(dictionary("<f4", "(2)"), wrong + "52: expected ','");
  refuses_header(dictionary("<f4", "(2 2)"), wrong + "53: expected ','");
  refuses_header(dictionary("<f4", "2"), wrong + "50: expected '('");
  refuses_header(dictionary("<f4", "(2,)", "no"), wrong + "34: expected True or False");
  refuses_header("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2,), }", wrong + "10: expected a text");
  refuses_header("{'descr': '<f4", wrong + "10: expected a text in quotes");
  refuses_header("{'descr' '<f4'}", wrong + "9: expected ':'");
  refuses_header("{'descr': '<f4' 'shape': (2,)}", wrong + "16: expected ',' or '}'");
  refuses_header("{'descr': '<f4', 'shape': (2,), }", wrong + "118: expected descr, fortran_order and shape");
  refuses_header("{'descr': '<f4', 'descr': '<f4', }", wrong + "24: expected descr, fortran_order and shape");
  refuses_header("{'shape': (2,), 'name': 'x', }", wrong + "22: expected descr, fortran_order and shape");
  refuses_header(dictionary("<f4", "(2,)") + " and more", wrong + "58: expected descr, fortran_order and shape");
  refuses_header(std::string(1, '\0'), wrong + "0: expected '{'");
}
