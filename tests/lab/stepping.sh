# A debugger steps through the double build, and through what clang has compiled, as through a lesson.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
cmake --preset lesson >/dev/null
ninja -C build/lesson stepping_f64 >/dev/null
HOURGLASS_PROGRAM=build/lesson/stepping_f64 HOURGLASS_GEMM=cblas_dgemm bash tests/shell/debugger.sh steps
cmake --preset lesson -B build/lesson_clang -DCMAKE_CXX_COMPILER=clang++-14 >/dev/null
ninja -C build/lesson_clang stepping stepping_f64 >/dev/null
HOURGLASS_PROGRAM=build/lesson_clang/stepping bash tests/shell/debugger.sh steps
HOURGLASS_PROGRAM=build/lesson_clang/stepping_f64 HOURGLASS_GEMM=cblas_dgemm bash tests/shell/debugger.sh steps
