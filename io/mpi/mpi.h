#pragma once
#include <vector>

#include <hourglass/nn/module.h>

/// Data-parallel training on many machines by MPI. A library of its own, so that nothing else needs MPI.
namespace hourglass::HOURGLASS_BUILD::mpi {

/// This process among the R ranks that `mpirun -n R` has started, on one machine or on many. Each rank has the whole
/// model and a part of every mini-batch; all take the same step, with the gradient of the whole batch:
///
///     mpi::Session ranks(argc, argv);
///     const data::DataLoader loader(images, {.batch_size = 128, .rank = ranks.rank(), .ranks = ranks.count()});
///     ranks.broadcast(model.parameters());
///     for (const Tensor& x : loader.epoch(1)) {
///       adam.zero_grad();
///       backward(model.loss(x));
///       ranks.average_gradients(model.parameters(), x.size(0));
///       adam.step();
///     }
///     if (ranks.is_root()) io::save_weights("weights.safetensors", model.parameters());
///
/// *Random numbers* are a rank's own affair: draw noise from `rng.fork(step).fork(rank)`, so that ranks differ and a
/// resumed training draws the same. *Threads*: the number of ranks on a machine times OMP_NUM_THREADS should not exceed
/// its cores. *Buffers*, such as the running means of a batch normalisation, are not averaged: each rank's are those of
/// its own images.
///
/// *Failures.* The member functions below from `broadcast` on are collective: all ranks call the same ones in the same
/// order. A rank that calls another one, or for other parameters, gets an error, and so do all others, instead of
/// waiting for ever. A rank that ends before its Session does (by an exception that leaves the Session's scope, by
/// std::exit, or by returning while others go on) ends the others: a message states its number, and mpirun returns
/// another status than 0. mpirun does the same for a rank that is killed, and MPI for a failure of its own.
class Session {
 public:
  /// Joins the other ranks; without mpirun this process is the only one. Throws where the process has had a Session.
  Session(int& argc, char**& argv);
  /// Waits for the other ranks.
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// The number of this process: 0 to count() - 1.
  int rank() const { return rank_; }
  /// R, how many processes there are.
  int count() const { return count_; }
  /// Whether this is rank 0, the one that writes files and prints.
  bool is_root() const { return rank_ == 0; }

  /// The numbers of rank 0, a model's weights or what `Optimizer::state` returns, take the place of all others'. Before
  /// the first step, and after rank 0 has read a checkpoint.
  void broadcast(const nn::Parameters& parameters);
  /// Each parameter's gradient becomes the mean over the images of all ranks. `images` is how many this rank's loss is
  /// the mean of: n_r of n in all.
  ///
  ///     g = Σ_r (n_r / n) g_r = ((n_0 / n) g_0 + (n_1 / n) g_1) + (n_2 / n) g_2 + …
  ///
  /// in this order, whatever the network between the machines is, and each operation is rounded to Scalar. One process
  /// that takes the same parts one after another and adds them up so gets the same bits. A rank sends and receives less
  /// than two gradients, however many ranks there are. A parameter that has no gradient is passed over; the ranks must
  /// have the same number of gradients.
  void average_gradients(const nn::Parameters& parameters, Index images);
  /// The sum of all ranks' values, added up in the order of the ranks: of losses, or of counts.
  double sum(double value);

 private:
  struct Call;
  std::vector<Call> meet(const Call& mine) const;
  void add_up();

  int rank_ = 0, count_ = 1, exceptions_;
  std::vector<Scalar> numbers_, parts_;  // kept from step to step
};

}  // namespace hourglass::HOURGLASS_BUILD::mpi
