#include <hourglass/report/program.h>

#include <spawn.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <hourglass/tensor/error.h>

extern char** environ;

namespace hourglass::HOURGLASS_BUILD::report {
namespace {

// A file without a name, which vanishes when it is closed.
struct Scratch {
  Scratch() : file(std::tmpfile(), &std::fclose) {
    require(file != nullptr, "no temporary file can be made: ", std::strerror(errno));
  }
  int descriptor() const { return ::fileno(file.get()); }
  void write(const std::string& text) {
    require(std::fwrite(text.data(), 1, text.size(), file.get()) == text.size() && std::fflush(file.get()) == 0,
            "a temporary file cannot be written: ", std::strerror(errno));
    std::rewind(file.get());
  }
  std::string read() {
    std::rewind(file.get());
    std::string all;
    char block[4096];
    while (const std::size_t count = std::fread(block, 1, sizeof block, file.get())) all.append(block, count);
    return all;
  }
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file;
};

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) require(errno == EINTR, "a program was lost: ", std::strerror(errno));
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Output run_program(const std::vector<std::string>& command, const std::string& input) {
  Scratch in, out, err;
  in.write(input);
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_adddup2(&files, in.descriptor(), 0);
  ::posix_spawn_file_actions_adddup2(&files, out.descriptor(), 1);
  ::posix_spawn_file_actions_adddup2(&files, err.descriptor(), 2);
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, arguments[0], &files, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&files);
  if (error == ENOENT || error == EACCES || error == ENOTDIR) return {};
  require(error == 0, command[0], " cannot be started: ", std::strerror(error));
  Output output{true, wait_for(child), ""};
  output.text = out.read();
  if (output.status != 0) output.text += err.read();
  return output;
}

}  // namespace hourglass::HOURGLASS_BUILD::report
