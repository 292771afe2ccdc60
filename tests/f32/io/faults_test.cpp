#include "tests/f32/faults.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <new>

#include <hourglass/autograd/backward.h>
#include <hourglass/io/checkpoint.h>
#include <hourglass/io/reader.h>
#include <hourglass/io/safetensors.h>
#include <hourglass/io/writer.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include <hourglass/tensor/memory.h>
#include <hourglass/tensor/parallel.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

// A run, in small: goes on from the checkpoint, trains, saves.
void resume_train_save(const std::string& folder) {
  Rng rng(1);
  models::Undercomplete model({.input = 6, .hidden = 4, .code = 2}, rng);
  nn::Adam adam(model.parameters());
  const auto notes = io::load_checkpoint(folder + "/checkpoint", model.parameters(), {&adam});
  rng.set_state({1, 0, std::stoull(notes.at("counter"))});
  for (int i = 0; i < 2; ++i) {
    adam.zero_grad();
    backward(model.loss(rng.uniform({4, 6})).value);
    adam.step();
  }
  const std::string counter = std::to_string(rng.state()[2]);
  io::save_checkpoint(folder + "/checkpoint", model.parameters(), {&adam}, {{"counter", counter}});
  io::save_weights(folder + "/weights", model.parameters());
}

// Where a run starts from: a checkpoint after no steps at all, and weights.
void begin(const std::string& folder) {
  Rng rng(1);
  models::Undercomplete model({.input = 6, .hidden = 4, .code = 2}, rng);
  nn::Adam adam(model.parameters());
  io::save_checkpoint(folder + "/checkpoint", model.parameters(), {&adam}, {{"counter", "0"}});
  io::save_weights(folder + "/weights", model.parameters());
}

io::Bytes content(const std::string& path) { return io::read_file(path, 1 << 20); }

int files_in(const std::string& folder) {
  return static_cast<int>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

// The message of `work` when it fails, "" when it does not.
std::string message_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

// Runs `work` in a process of its own, which may then lose its rights and its memory; its message when it fails.
std::string message_of_child(const std::function<void()>& work) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string said = message_of(work);
    ::_exit(::write(ends[1], said.data(), said.size()) == static_cast<ssize_t>(said.size()) ? 0 : 1);
  }
  ::close(ends[1]);
  std::string said;
  char block[256];
  for (ssize_t count; (count = ::read(ends[0], block, sizeof block)) > 0;)
    said.append(block, static_cast<std::size_t>(count));
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  return said;
}

// The bytes of both files of a run that nothing disturbs, before and after.
struct Undisturbed {
  io::Bytes old_checkpoint, checkpoint, old_weights, weights;
  explicit Undisturbed(const std::string& folder) {
    begin(folder);
    old_checkpoint = content(folder + "/checkpoint");
    old_weights = content(folder + "/weights");
    resume_train_save(folder);
    checkpoint = content(folder + "/checkpoint");
    weights = content(folder + "/weights");
  }
};

// One failure: it is reported, nothing is lost, and the same work done again arrives where an undisturbed run does.
void survives(const TemporaryFolder& folder, const Undisturbed& expected, faults::Call call, const std::string& said) {
  const std::string where = folder.path.string();
  const io::Bytes checkpoint = content(folder / "checkpoint"), weights = content(folder / "weights");
  if (said.empty()) {  // done all the same: a folder that cannot be listed is only not swept, what was read is read
    CHECK((call == faults::Call::memory || call == faults::Call::open || call == faults::Call::close));
    CHECK(weights == expected.weights);
  } else if (call != faults::Call::memory) {
    CHECK_MESSAGE(said.find(where + "/") == 0, said);
    CHECK_MESSAGE((said.find(": cannot be ") != std::string::npos), said);
  }
  CHECK((checkpoint == expected.old_checkpoint || checkpoint == expected.checkpoint));
  CHECK((weights == expected.old_weights || weights == expected.weights));
  CHECK(files_in(where) == 2);  // no temporary is left
  begin(where);
  resume_train_save(where);
  CHECK(content(folder / "weights") == expected.weights);
}

}  // namespace

TEST_CASE("each read, write, flush, rename and allocation of a run may fail: it is reported, and nothing is lost") {
  const int threads_before = threads();
  set_threads(1);
  const TemporaryFolder folder("/dev/shm");  // thousands of files are flushed
  const std::string where = folder.path.string();
  const Undisturbed expected(where);
  for (const faults::Call call : faults::all) {
    if (call == faults::Call::memory && !faults::counts_memory()) continue;
    const std::size_t used = memory::usage().in_use;
    long n = 1;
    for (bool reached = true; reached; ++n) {
      const std::string which = faults::name(call) + " " + std::to_string(n);
      INFO(which);
      begin(where);
      memory::trim();  // so that the pool requests its blocks anew
      faults::arm(call, n);
      const std::string said = message_of([&] { resume_train_save(where); });
      reached = faults::disarm();
      CHECK(memory::usage().in_use == used);
      if (reached) survives(folder, expected, call, said);
      if (!reached) CHECK(said.empty());
    }
    MESSAGE(faults::name(call) << ": " << n - 2 << " failures survived");
    CHECK(n > 2);
  }
  set_threads(threads_before);
}

TEST_CASE("a write that takes a byte at a time and is interrupted gives the same file") {
  const TemporaryFolder folder;
  faults::trickle(true);
  io::write_file(folder / "x", "one byte after the other");
  faults::trickle(false);
  CHECK(content(folder / "x").size() == 24);
}

TEST_CASE("a full disk, a quota, a folder without rights: reported, and the old file stays") {
  const TemporaryFolder folder;
  const std::string path = folder / "x";
  const std::string big(1 << 20, 'x');
  io::write_file(path, "old");
  CHECK_FAILS(io::write_file("/dev/full", "?"), "/dev/full: cannot be written: No space left on device");
  CHECK(message_of_child([&] {
          ::signal(SIGXFSZ, SIG_IGN);
          const rlimit limit{1 << 16, 1 << 16};
          ::setrlimit(RLIMIT_FSIZE, &limit);
          io::write_file(path, big);
        }) == path + ": cannot be written: File too large");
  CHECK(message_of_child([&] {
          std::filesystem::permissions(folder.path, std::filesystem::perms(0555));
          if (::getuid() == 0 && ::setuid(65534) != 0) return;
          io::write_file(path, big);
        }) == path + ": cannot be written: Permission denied");
  std::filesystem::permissions(folder.path, std::filesystem::perms(0755));
  CHECK(content(path).size() == 3);
  CHECK(files_in(folder.path.string()) == 1);
}

TEST_CASE("a file system that is full keeps the old file") {
  const TemporaryFolder folder;
  const std::string path = folder / "x";
  if (::mount("tmpfs", folder.path.c_str(), "tmpfs", 0, "size=64k") != 0) {
    MESSAGE("no file system can be mounted here: not tested");
    return;
  }
  io::write_file(path, "old");
  CHECK_FAILS(io::write_file(path, std::string(1 << 20, 'x')), path + ": cannot be written: No space left on device");
  CHECK(content(path).size() == 3);
  CHECK(files_in(folder.path.string()) == 1);
  ::umount(folder.path.c_str());
}

TEST_CASE("a file that is larger than memory is refused by name") {
  if (!faults::counts_memory()) return;  // a sanitizer needs its address space
  const TemporaryFolder folder;
  const std::string path = folder / "big";
  io::write_file(path, "");
  std::filesystem::resize_file(path, std::uintmax_t{1} << 31);  // no bytes on the disk
  CHECK(message_of_child([&] {
          const rlimit limit{std::size_t{1} << 31, std::size_t{1} << 31};
          ::setrlimit(RLIMIT_AS, &limit);
          io::load(path);
        }) == path + ": out of memory");
}
