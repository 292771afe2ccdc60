#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ctime>
#include <fstream>

#include <hourglass/io/gzip.h>
#include <hourglass/io/safetensors.h>
#include <hourglass/io/writer.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

io::Bytes bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

// A safetensors file with this header and so many bytes of data.
io::Bytes archive(const std::string& header, std::size_t data = 0) {
  io::Bytes bytes;
  for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<std::uint8_t>(header.size() >> (8 * i)));
  bytes.insert(bytes.end(), header.begin(), header.end());
  bytes.resize(bytes.size() + data);
  return bytes;
}

}  // namespace

TEST_CASE("a file is written whole or not at all") {
  const TemporaryFolder folder;
  const std::string path = folder / "x.bin";
  io::write_file(path, "first");
  const pid_t ended = ::fork();
  if (ended == 0) ::_exit(0);
  ::waitpid(ended, nullptr, 0);
  const std::string stale = path + ".part-" + std::to_string(ended), alive = path + ".part-1", own = path + ".part-two";
  for (const std::string& name : {stale, alive, own}) std::ofstream(name) << "?";
  io::write_file(path, "second");
  CHECK(io::read_file(path, 100) == bytes_of("second"));
  CHECK_FALSE(std::filesystem::exists(stale));  // left by a crash
  CHECK(std::filesystem::exists(alive));        // another process may be writing it now
  CHECK(std::filesystem::exists(own));          // nobody's temporary
  CHECK_FAILS(io::write_file(folder / "none/x", "?"), "none/x: cannot be written: No such file or directory");
  CHECK_FAILS(io::write_file("/dev/full/x", "?"), "cannot be written: Not a directory");
  CHECK_FAILS(io::read_file(path, 5), "longer than 5 bytes");
  CHECK_FAILS(io::read_file(folder / "none", 5), "none: cannot be opened: No such file");
}

TEST_CASE("a link, a pipe and a device are written through, not replaced") {
  const TemporaryFolder folder;
  std::ofstream(folder / "real") << "old";
  std::filesystem::create_symlink("real", folder / "link");
  io::write_file(folder / "link", "new");
  CHECK(std::filesystem::is_symlink(folder / "link"));
  CHECK(io::read_file(folder / "real", 100) == bytes_of("new"));
  std::filesystem::create_directory(folder / "in");
  std::filesystem::create_symlink("in/link", folder / "first");
  std::filesystem::create_symlink("../none yet", folder / "in/link");
  io::write_file(folder / "first", "made");  // where no file is yet
  CHECK(std::filesystem::is_symlink(folder / "first"));
  CHECK(std::filesystem::is_symlink(folder / "in/link"));
  CHECK(io::read_file(folder / "none yet", 100) == bytes_of("made"));
  std::filesystem::create_symlink("in/nowhere/x", folder / "dangling");
  CHECK_FAILS(io::write_file(folder / "dangling", "?"), "dangling: cannot be written: No such file or directory");
  std::filesystem::create_symlink("loop", folder / "loop");
  CHECK_FAILS(io::write_file(folder / "loop", "?"), "loop: cannot be written: Too many levels of symbolic links");
  CHECK(std::filesystem::is_symlink(folder / "loop"));
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  const int pipe = ::open((folder / "pipe").c_str(), O_RDWR | O_NONBLOCK);  // with both ends open, nothing waits
  io::write_file(folder / "pipe", "flows");
  char arrived[5] = {};
  CHECK(::read(pipe, arrived, sizeof arrived) == 5);
  CHECK(std::string(arrived, 5) == "flows");
  ::close(pipe);
  CHECK(std::filesystem::is_fifo(folder / "pipe"));
  std::filesystem::create_symlink("/dev/null",
                                  folder / "device");  // the device itself stays out of a failing test's way
  io::write_file(folder / "device", "vanishes");
  CHECK(std::filesystem::is_character_file(folder / "device"));
}

TEST_CASE("what goes to /dev/stdout stands between what else goes there, also where that is a file") {
  const TemporaryFolder folder;
  const int held = ::open((folder / "log").c_str(), O_WRONLY | O_CREAT, 0600);
  REQUIRE(::write(held, "before, ", 8) == 8);
  io::write_file("/dev/fd/" + std::to_string(held), "the file");
  std::filesystem::create_symlink("/proc/self/fd/" + std::to_string(held), folder / "link");
  io::write_file(folder / "link", ", again");
  REQUIRE(::write(held, ", behind", 8) == 8);
  ::close(held);
  CHECK(io::read_file(folder / "log", 100) == bytes_of("before, the file, again, behind"));
  CHECK_FAILS(io::write_file(folder / "link", "?"), "link: cannot be written: ");
}

TEST_CASE("safetensors come back as they went") {
  io::Archive out;
  out.metadata["why"] = "a test";
  out.add("b", Tensor({2, 3}, {1, 2, 3, 4, 5, 6}));
  out.add("a", Tensor::scalar(7));
  const std::int64_t count = 12345678901;
  out.add("count", std::span(&count, 1), {});
  const io::Bytes packed = io::pack(out);
  CHECK(packed == io::pack(out));
  const io::Archive in = io::unpack("test", packed);
  CHECK(in.metadata.at("why") == "a test");
  CHECK(in.entries[0].name == "b");
  CHECK(in.at("b").tensor().shape() == Shape{2, 3});
  CHECK(in.at("b").tensor().at({1, 2}) == 6);
  CHECK(in.at("a").tensor().item() == 7);
  CHECK(in.at("count").integers() == std::vector<std::int64_t>{count});
  CHECK_FAILS(in.at("c"), "no tensor is called 'c'; there are b, a, count");
  CHECK_FAILS(in.at("count").tensor(), "type I64, expected F32 or F64");
  CHECK_FAILS(in.at("a").integers(), "type F32, expected I64 or U8");
  out.add("a", Tensor::scalar(8));
  CHECK_FAILS(io::pack(out), "two tensors are called 'a'");
  const auto refuses = [](const io::Archive& archive, const std::string& expected) {
    CHECK_FAILS(io::pack(archive), expected);
  };
  refuses({{{"x", "I64", {2}, io::Bytes(8)}}, {}}, "tensor 'x': 16 bytes expected, 8 found");
  refuses({{{"x", "I64", {2}, io::Bytes(24)}}, {}}, "tensor 'x': its shape does not take its 24 bytes");
  refuses({{{"__metadata__", "U8", {1}, io::Bytes(1)}}, {}}, "two tensors are called '__metadata__'");
  refuses({{}, {{"path", "caf\xe9"}}}, "is not UTF-8");
  refuses({{{"caf\xe9", "U8", {1}, io::Bytes(1)}}, {}}, "is not UTF-8");
}

TEST_CASE("tensors without numbers stand between others") {
  const io::Archive in = io::unpack("test", archive(R"({"b":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
                                                    R"("a":{"dtype":"F32","shape":[0],"data_offsets":[1,1]},)"
                                                    R"("c":{"dtype":"F32","shape":[0,2],"data_offsets":[0,0]}})",
                                                    1));
  CHECK(in.entries.size() == 3);
  CHECK(io::unpack("test", io::pack(in)).entries.size() == 3);
}

TEST_CASE("a header of a hundred thousand names takes no quadratic time") {
  io::Archive out;
  for (int i = 0; i < 100000; ++i) out.entries.push_back({std::to_string(i), "U8", {1}, io::Bytes(1)});
  const std::clock_t start = std::clock();
  CHECK(io::unpack("test", io::pack(out)).entries.size() == 100000);
  CHECK(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC < 20);  // under a sanitizer 8
}

TEST_CASE("a safetensors file that is not right is refused, with the reason") {
  const auto refuses = [](const io::Bytes& bytes, const std::string& expected) {
    CHECK_FAILS(io::unpack("bad", bytes), expected);
  };
  const std::string a = R"("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]})";
  CHECK(io::unpack("good", archive("{" + a + "}", 8)).entries.size() == 1);
  refuses(bytes_of("123"), "bad: truncated: the length of the header at byte 0 needs 8 bytes, 3 are left");
  refuses(bytes_of(std::string(8, '\xff')), "at most 100000000 are allowed");
  refuses(archive("{" + a + "}", 7), "ends at byte 8 of the data, which has 7");
  refuses(archive("{" + a + "}", 9), "1 bytes after the last tensor belong to none");
  refuses(archive("{" + a, 8), "bad: the header is no JSON from its byte");
  refuses(archive("[]"), "not a JSON object");
  refuses(archive("{" + a + "," + a + "}", 8), "the name 'a' stands in the header twice");
  refuses(archive(R"({"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 8),
          "the name 'dtype' stands in the header twice");
  refuses(archive(R"({"a":{"shape":)" + std::string(1000, '[') + std::string(1000, ']') + "}}"), "nested deeper");
  refuses(archive(R"({"a":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}})", 8), "type F16, expected");
  refuses(archive(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", 8), "12 bytes expected, 8 found");
  refuses(archive(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}})", 8),
          "its shape takes 4 bytes, its data_offsets give 8");
  refuses(archive(R"({"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})", 8), "a size is not a whole number");
  refuses(archive(R"({"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}})", 8), "a size is not a whole number");
  refuses(archive(R"({"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}})", 8),
          "multiply to more than fits");
  refuses(archive(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})", 8), "run backwards");
  refuses(archive(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}})", 8),
          "data_offsets must be two whole numbers");
  refuses(archive(R"({"a":{"dtype":"F32","shape":[2]}})", 8), "expected dtype, shape and data_offsets");
  refuses(archive(R"({"a":7})", 8), "expected dtype, shape and data_offsets");
  refuses(archive("{" + a + R"(,"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})", 12), "it overlaps another");
  refuses(archive("{" + a + R"(,"b":{"dtype":"F32","shape":[2],"data_offsets":[12,20]}})", 20),
          "there is a hole before it");
  refuses(archive(R"({"__metadata__":{"a":1}})"), "__metadata__ 'a' is not a text");
}

TEST_CASE("gzip that is cut short, damaged or far too long is refused") {
  const TemporaryFolder folder;
  io::Bytes whole = io::read_file(HOURGLASS_SOURCE "/data/mnist/t10k-labels-idx1-ubyte.gz", 1 << 20);
  CHECK(io::read_gzip(HOURGLASS_SOURCE "/data/mnist/t10k-labels-idx1-ubyte.gz", 1 << 20).size() == 10008);
  const std::string path = folder / "x.gz";
  CHECK_FAILS(io::read_gzip(HOURGLASS_SOURCE "/data/mnist/t10k-labels-idx1-ubyte.gz", 9000),
              "unpacks to more than 9000 bytes");
  io::write_file(path, std::span(whole).first(2000));
  CHECK_FAILS(io::read_gzip(path, 1 << 20), "truncated: the gzip stream breaks off");
  io::Bytes flipped = whole;
  flipped[flipped.size() - 6] ^= 1;  // of the check sum
  io::write_file(path, flipped);
  CHECK_FAILS(io::read_gzip(path, 1 << 20), "damaged gzip data");
  io::Bytes followed = whole;
  followed.insert(followed.end(), {'x', 'y'});
  io::write_file(path, followed);
  CHECK_FAILS(io::read_gzip(path, 1 << 20), "2 bytes after the end of the gzip stream");
  followed = whole;
  followed.insert(followed.end(), whole.begin(), whole.end());
  io::write_file(path, followed);
  CHECK(io::read_gzip(path, 1 << 20).size() == 2 * 10008);  // as gzip -d
  io::write_file(path, "not gzip at all");
  CHECK(io::read_gzip(path, 1 << 20) == bytes_of("not gzip at all"));
}
