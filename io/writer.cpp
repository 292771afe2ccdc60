#include <hourglass/io/writer.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <new>
#include <utility>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::io {
namespace {

constexpr std::string_view mark = ".part-";  // a temporary file is called NAME.part-PROCESS

// A file descriptor that is closed when it goes out of scope.
struct Descriptor {
  int number;
  explicit Descriptor(int opened) : number(opened) {}
  Descriptor(Descriptor&& other) noexcept : number(std::exchange(other.number, -1)) {}
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
  bool close() { return ::close(std::exchange(number, -1)) == 0; }  // a full quota may be reported only here
};

// A temporary file is removed when it goes out of scope, however that comes about.
struct Temporary {
  std::string path;
  ~Temporary() { ::unlink(path.c_str()); }
};

// Whether `name` is `start` and the number of a process that runs no more.
bool is_stale(const std::string& name, const std::string& start) {
  if (!name.starts_with(start)) return false;
  pid_t process = 0;
  const char* end = name.data() + name.size();
  const auto number = std::from_chars(name.data() + start.size(), end, process);
  if (number.ec != std::errc() || number.ptr != end || process <= 0) return false;
  return process == ::getpid() || (::kill(process, 0) != 0 && errno == ESRCH);
}

// By opendir, for std::filesystem ends the program where it finds no memory. A folder that cannot be listed is not
// swept.
void sweep(const std::string& path) {
  const std::string folder = path.substr(0, path.rfind('/') + 1);  // with its slash, or ""
  const std::string start = path.substr(folder.size()) + std::string(mark);
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.empty() ? "." : folder.c_str()), ::closedir);
  while (const dirent* entry = open ? ::readdir(open.get()) : nullptr)
    if (is_stale(entry->d_name, start)) ::unlink((folder + entry->d_name).c_str());
}

// What has no disk behind it (a pipe, some folders) returns EINVAL, and has nothing to flush.
bool flushed(const Descriptor& file) { return ::fsync(file.number) == 0 || errno == EINVAL; }

// Why it failed, or "" when all is on the disk.
std::string write_all(Descriptor file, std::span<const std::uint8_t> bytes) {
  if (file.number < 0) return std::strerror(errno);
  while (!bytes.empty()) {
    const ssize_t count = ::write(file.number, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::strerror(errno);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  if (!flushed(file)) return std::strerror(errno);
  return file.close() ? "" : std::strerror(errno);
}

Descriptor opened(const std::string& path) {
  return Descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
}

// Devices and pipes: what a rename would put a file in the place of.
bool is_stream(const std::string& path) {
  std::error_code ignored;
  const std::filesystem::file_type type = std::filesystem::status(path, ignored).type();
  using enum std::filesystem::file_type;
  return type == character || type == block || type == fifo || type == socket;
}

// Where a path leads: to a file, which need not be there yet, or to a file that this process holds open (/dev/stdout).
struct Target {
  std::string path;
  int held = -1;
};

// Follows links, for a rename replaces the link itself.
Target target_of(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  fs::path at = path;
  for (int links = 0; links < 40 && fs::is_symlink(at, error); ++links) {
    const fs::path folder = fs::canonical(fs::absolute(at).parent_path());
    const std::string name = at.filename().string();
    int number = -1;
    if (folder == fs::canonical("/proc/self/fd", error))
      std::from_chars(name.data(), name.data() + name.size(), number);
    if (number >= 0) return {path, number};
    at = folder / fs::read_symlink(at);
  }
  if (fs::is_symlink(at, error))
    throw fs::filesystem_error("", std::make_error_code(std::errc::too_many_symbolic_link_levels));
  return {at.string()};
}

// Why the folder of `path` could not be flushed, or "": a new name survives a power cut only then.
std::string flush_folder(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  const Descriptor parent{::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  return parent.number >= 0 && flushed(parent) ? "" : std::strerror(errno);
}

// Why it failed, or "" when all is on the disk under its name.
std::string replace(const std::string& path, std::span<const std::uint8_t> bytes) {
  sweep(path);
  const Temporary temporary{path + std::string(mark) + std::to_string(::getpid())};
  const std::string why = write_all(opened(temporary.path), bytes);
  if (!why.empty()) return why;
  if (std::rename(temporary.path.c_str(), path.c_str()) != 0) return std::strerror(errno);
  return flush_folder(path);
}

}  // namespace

void write_file(const std::string& path, std::span<const std::uint8_t> bytes) {
  std::string why;
  try {
    const Target target = target_of(path);
    if (target.held >= 0) {  // opened anew, it would be written from its start
      why = write_all(Descriptor(::dup(target.held)), bytes);
    } else {
      why = is_stream(path) ? write_all(opened(path), bytes) : replace(target.path, bytes);
    }
  } catch (const std::filesystem::filesystem_error& error) {
    why = error.code().message();
  } catch (const std::bad_alloc&) {
    why = "out of memory";
  }
  require(why.empty(), path, ": cannot be written: ", why);
}

void write_file(const std::string& path, std::string_view text) {
  write_file(path, std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

}  // namespace hourglass::HOURGLASS_BUILD::io
