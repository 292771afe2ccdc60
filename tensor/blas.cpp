#include <hourglass/tensor/blas.h>

#include <cblas.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <string_view>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>

extern "C" {
// Not in a header of OpenBLAS: they choose the kernels again. Absent where it was built for one processor.
[[gnu::weak]] void gotoblas_dynamic_init();
[[gnu::weak]] void gotoblas_dynamic_quit();
}

/// State that the float and the double build share, where both are linked into one process.
namespace hourglass::process {

inline std::once_flag blas_is_set;

}  // namespace hourglass::process

namespace hourglass::HOURGLASS_BUILD::blas {
namespace {

// An OpenBLAS older than the processor falls back to the kernels of 2004, four times slower than what the processor
// can do. A choice by the environment is respected.
void choose_kernels() {
#if defined(__x86_64__)
  const bool unknown = std::string_view(openblas_get_corename()) == "Prescott";
  if (!unknown || std::getenv("OPENBLAS_CORETYPE") || !gotoblas_dynamic_init || !gotoblas_dynamic_quit) return;
  __builtin_cpu_init();
  const bool v4 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                  __builtin_cpu_supports("avx512dq");
  if (!v4 && !(__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))) return;
  gotoblas_dynamic_quit();
  setenv("OPENBLAS_CORETYPE", v4 ? "SKYLAKEX" : "HASWELL", 1);
  gotoblas_dynamic_init();
  unsetenv("OPENBLAS_CORETYPE");
#endif
}

void start() {
  std::call_once(process::blas_is_set, [] {
    openblas_set_num_threads(1);
    choose_kernels();
  });
}

// OpenBLAS takes a block of this size for each thread that multiplies, and waits for ever where the system refuses it.
constexpr std::size_t block_per_thread = std::size_t{128} << 20;

bool is_ready() {
  start();
  rlimit most{};
  if (getrlimit(RLIMIT_AS, &most) != 0 || most.rlim_cur == RLIM_INFINITY) return true;
  const std::size_t size = block_per_thread * static_cast<std::size_t>(threads());
  void* const trial = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  require(trial != MAP_FAILED, "matrix product: the memory of this process is limited to ", most.rlim_cur >> 20,
          " MB (ulimit -v), and OpenBLAS needs ", size >> 20, " MB more for ", threads(), " threads");
  munmap(trial, size);
  return true;
}

bool has_kernels(std::initializer_list<std::string_view> names) {
  start();
  return std::ranges::find(names, openblas_get_corename()) != names.end();
}

}  // namespace

void prepare() { [[maybe_unused]] static const bool ready = is_ready(); }

double small_product() {
  static const bool packs_nothing = sizeof(Scalar) == sizeof(float) && has_kernels({"SkylakeX", "Cooperlake"});
  return packs_nothing ? 1e6 : 4e6;
}

bool cut_changes_nothing() {
  // Tried with 4,030 products of more than a million multiplications (tests/f32/tensor/determinism_test.cpp has some).
  // Haswell's and Zen's kernels add in another order where the columns are cut.
  static const bool among =
      sizeof(Scalar) == sizeof(float) && has_kernels({"SkylakeX", "Cooperlake", "Sandybridge", "Nehalem", "Prescott"});
  return among;
}

std::string describe() {
  start();
  const std::string config = openblas_get_config();  // "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH …"
  return config.substr(0, config.find(' ', config.find(' ') + 1)) + ", kernels " + openblas_get_corename();
}

}  // namespace hourglass::HOURGLASS_BUILD::blas
