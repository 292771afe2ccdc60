#include <hourglass/io/mpi/mpi.h>

#include <mpi.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <limits>
#include <string>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::mpi {
namespace {

const MPI_Datatype scalar = sizeof(Scalar) == sizeof(float) ? MPI_FLOAT : MPI_DOUBLE;

// At the end of a process: one that has not finished its Session does not leave the others waiting.
void end_others() {
  int finalized = 0;
  MPI_Finalized(&finalized);
  if (finalized) return;
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  std::fprintf(stderr, "rank %d ends before the training is over: it ends the other ranks, too\n", rank);
  MPI_Abort(MPI_COMM_WORLD, 1);
}

bool has_gradient(const Variable& v) { return v.requires_grad() && !v.grad().empty(); }

}  // namespace

// What a rank is about to do.
struct Session::Call {
  std::string words() const {
    const char* names[] = {"the end of its Session", "broadcast", "average_gradients", "sum"};
    return text("at ", names[what], numbers > 0 ? text(" of ", numbers, " numbers") : "");
  }

  enum What : int { end, broadcast, average_gradients, sum } what;
  double numbers = 0;  // must be the same in all ranks
  double value = 0;    // need not
};

Session::Session(int& argc, char**& argv) : exceptions_(std::uncaught_exceptions()) {
  int initialized = 0;
  MPI_Initialized(&initialized);
  require(!initialized, "mpi::Session: MPI runs already; a process has one Session");
  int threads = 0;
  MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &threads);
  std::atexit(end_others);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
  MPI_Comm_size(MPI_COMM_WORLD, &count_);
}

Session::~Session() {
  if (std::uncaught_exceptions() > exceptions_ && count_ > 1) return;  // end_others, after the error has been printed
  try {
    meet({Call::end});
    MPI_Finalize();
  } catch (const std::exception& e) {  // the others are not at their end: end_others
    std::fprintf(stderr, "%s\n", e.what());
  }
}

// Every collective call begins so: with what all ranks are about to do. Throws unless it is the same.
std::vector<Session::Call> Session::meet(const Call& mine) const {
  std::vector<Call> all(static_cast<std::size_t>(count_));
  MPI_Allgather(&mine, sizeof(Call), MPI_BYTE, all.data(), sizeof(Call), MPI_BYTE, MPI_COMM_WORLD);
  for (std::size_t r = 0; r < all.size(); ++r)
    if (all[r].what != mine.what || all[r].numbers != mine.numbers)
      fail("mpi: rank ", rank_, " is ", mine.words(), ", rank ", r, " ", all[r].words());
  return all;
}

void Session::broadcast(const nn::Parameters& parameters) {
  double numbers = 0;
  for (const nn::Parameter& p : parameters) numbers += static_cast<double>(p.variable.numel());
  meet({Call::broadcast, numbers});
  for (const nn::Parameter& p : parameters) {
    Tensor values = p.variable.value();  // another handle to the same numbers
    MPI_Bcast(values.write_(), static_cast<int>(values.numel()), scalar, 0, MPI_COMM_WORLD);
  }
}

void Session::average_gradients(const nn::Parameters& parameters, Index images) {
  require(images >= 1, "average_gradients: the mean of ", images, " images, expected at least 1");
  numbers_.clear();
  for (const nn::Parameter& p : parameters) {
    if (!has_gradient(p.variable)) continue;
    const auto gradient = p.variable.grad().values();
    numbers_.insert(numbers_.end(), gradient.begin(), gradient.end());
  }
  double n = 0;
  for (const Call& call : meet({Call::average_gradients, double(numbers_.size()), double(images)})) n += call.value;
  const Scalar share = static_cast<Scalar>(static_cast<double>(images) / n);
  for (Scalar& number : numbers_) number *= share;
  add_up();
  const Scalar* next = numbers_.data();
  for (const nn::Parameter& p : parameters) {
    if (!has_gradient(p.variable)) continue;
    const auto size = static_cast<std::size_t>(p.variable.numel());
    p.variable.set_grad(Tensor(p.variable.shape(), {next, size}));
    next += size;
  }
}

// Each number becomes the sum of all ranks' numbers there, in the order of the ranks: rank r collects the r-th of R
// chunks from all, adds it up, and sends the sum to all.
void Session::add_up() {
  const std::size_t N = numbers_.size(), R = static_cast<std::size_t>(count_), mine = static_cast<std::size_t>(rank_);
  require(N <= std::size_t(std::numeric_limits<int>::max()), "average_gradients: ", N, " numbers are too many for MPI");
  std::vector<int> begins, sizes;  // of the chunks
  for (std::size_t r = 0; r < R; ++r) {
    begins.push_back(static_cast<int>(r * N / R));
    sizes.push_back(static_cast<int>((r + 1) * N / R) - begins[r]);
  }
  const std::size_t size = static_cast<std::size_t>(sizes[mine]);
  const std::vector<int> collected(R, sizes[mine]);
  std::vector<int> offsets(R);
  for (std::size_t r = 0; r < R; ++r) offsets[r] = static_cast<int>(r * size);
  parts_.resize(R * size);
  MPI_Alltoallv(numbers_.data(), sizes.data(), begins.data(), scalar, parts_.data(), collected.data(), offsets.data(),
                scalar, MPI_COMM_WORLD);
  for (std::size_t r = 1; r < R; ++r)
    for (std::size_t i = 0; i < size; ++i) parts_[i] += parts_[r * size + i];
  MPI_Allgatherv(parts_.data(), sizes[mine], scalar, numbers_.data(), sizes.data(), begins.data(), scalar,
                 MPI_COMM_WORLD);
}

double Session::sum(double value) {
  double total = 0;
  for (const Call& call : meet({Call::sum, 0, value})) total += call.value;
  return total;
}

}  // namespace hourglass::HOURGLASS_BUILD::mpi
