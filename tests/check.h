#pragma once
#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include <hourglass/tensor/error.h>

/// A folder for the files of one test, removed with all that is in it.
struct TemporaryFolder {
  std::filesystem::path path;
  /// Below `wanted`, or where temporary files belong when there is no such folder.
  explicit TemporaryFolder(const std::string& wanted = "") {
    const std::filesystem::path base =
        std::filesystem::is_directory(wanted) ? std::filesystem::path(wanted) : std::filesystem::temp_directory_path();
    std::string name = (base / "hourglass-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::string operator/(const std::string& name) const { return (path / name).string(); }
};

/// The message of `call` when it fails; fails the test when it does not.
template <class Call>
std::string failure(const Call& call) {
  try {
    call();
  } catch (const hourglass::Error& error) {
    return error.what();
  }
  return "(nothing was thrown)";
}

/// `call` must fail with a message that contains `expected`.
#define CHECK_FAILS(call, expected)                                                                          \
  do {                                                                                                       \
    const std::string said = failure([&] { static_cast<void>(call); });                                      \
    CHECK_MESSAGE(said.find(expected) != std::string::npos, "said: " << said << "\nexpected: " << expected); \
  } while (false)
