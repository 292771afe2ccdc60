#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <hourglass/nn/loss.h>
#include <hourglass/nn/optimizer.h>
#include <hourglass/nn/sequential.h>
#include <hourglass/report/history.h>
#include <hourglass/report/page.h>
#include <hourglass/report/progress.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/checkpoint.h"
#include "lessons/common/loops.h"
#include "lessons/common/play.h"

namespace hourglass::HOURGLASS_BUILD {

/// All of a lesson that is not its mathematics: options, seed, data, progress, Ctrl-C, checkpoints, the page.
///
///     Run run("01_encoder_decoder", "What is an autoencoder?", "Can a net copy …?", argc, argv);
///     run.keep(model.parameters(), {&adam});
///     for (int epoch : run.epochs(10))
///       for (const Tensor& x : run.batches(digits.train, 128)) { …; run.log(loss); }
///     return run.finish();
///
/// A failure ends the program with one line on standard error and status 1. In a loop over epochs, Ctrl-C finishes the
/// batch (or what is evaluated after an epoch), saves, and ends it with status 130; a second one ends it at once, as
/// one outside of such a loop does.
class Run : Loops::Owner {
 public:
  using Epochs = Loops::Epochs;
  using Batches = Loops::Batches;
  /// Thrown where a run ends before its program does: after Ctrl-C (130), or where nothing is left to resume (0). The
  /// program that does not catch it ends with this status. It is no std::exception, since it is no failure.
  struct Ended {
    int status;
  };

  Run(std::string lesson, const std::string& title, const std::string& question, int argc, char** argv);

  /// What `--data` names; with `--quick` only the first few thousand of it.
  data::Dataset dataset();
  bool quick() const { return quick_; }

  /// What a checkpoint holds. With `--resume` it is filled from the last one, in the loop where the run goes on.
  /// Throws, here, on a checkpoint of another run.
  void keep(nn::Parameters parameters, std::vector<nn::Optimizer*> optimizers);
  /// A model's networks for `./course export N`, as in `run.networks(model.networks())`. Where its parameters' names
  /// have something before them ("plain.encoder.0.weight"), so have the networks' ("plain.encoder"): that is `prefix`.
  void networks(const nn::Networks& networks, const std::string& prefix = "");
  /// One that stands in no model: its parameters are called "encoder.0.weight" and so on, where `name` is "encoder".
  void network(const std::string& name, const nn::Sequential& layers) { networks({{name, layers.spec(name + ".")}}); }
  /// One of several models: adds its parameters to `all`, `prefix` before their names, and its networks for the export.
  template <class Model>
  void add(nn::Parameters& all, const std::string& prefix, const Model& model) {
    for (const nn::Parameter& p : model.parameters()) all.push_back({prefix + p.name, p.variable});
    networks(model.networks(), prefix);
  }
  /// Epochs 1 … `count` (or as `--epochs` sets it; 1 with `--quick`); a second such loop counts on. After each epoch:
  /// `after_epoch`, page, checkpoint; in between a checkpoint every `--save-every` seconds.
  Epochs epochs(int count) { return loops_.epochs(asked_epochs_ > 0 ? asked_epochs_ : quick_ ? 1 : count); }
  /// The images in a new random order, `size` at a time (the last batch is smaller). Each loop over them gives all
  /// batches, wherever it stands and however the one before ended (by `break`, say). Within a loop over epochs, a
  /// checkpoint may fall behind each batch. A resumed run goes through its epoch again, without the loops that it had
  /// finished: what is kept, `rng` and the losses logged are as they were; other variables that a loop changes are not.
  /// Elsewhere, in `after_epoch` too, nothing is saved in a loop, and a resumed run repeats it.
  Batches batches(const data::Images& images, int size) { return loops_.batches(images, size, seed); }
  Batches batches(const data::Images&& images, int size) = delete;  // a temporary does not outlive the loop
  /// The loss of the batch just trained on.
  void log(const Loss& loss);
  /// What to measure and to show after each epoch.
  void after_epoch(std::function<void()> look) { look_ = std::move(look); }

  /// Calls visit(x) with all images in order, 1000 at a time.
  void each(const data::Images& images, const std::function<void(const Tensor& x)>& visit) const;
  /// The mean over all images of a loss per image, without recording.
  double mean(const data::Images& images, const std::function<Loss(const Tensor& x)>& loss) const;
  /// A number of this epoch for `history.csv` and the chart of the error.
  void measure(const std::string& column, double value);
  /// A figure: in the page, and as FILE.png beside it.
  void show(const std::string& file, const std::string& heading, const std::string& text,
            const report::Picture& picture);
  void show(const std::string& file, const std::string& heading, const std::string& text, const report::Chart& chart);
  /// A table: on the terminal, and in the page.
  void show(const std::string& heading, const std::string& text, const report::Table& table);
  /// A part of the page that computes by itself (lessons/common/play.h).
  void show(const std::string& heading, const std::string& text, const play::Widget& widget);
  /// A number for `metrics.json`.
  void metric(const std::string& name, double value) { metrics_.values[name] = value; }

  /// Writes what the contract of a run asks for, says where it is, and returns 0.
  int finish();

  std::uint64_t seed = 1;
  Rng rng{1};  ///< seeded; part of the checkpoint
  report::Page page;

 private:
  void parse(int argc, char** argv);
  [[noreturn]] void diverged(const std::string& what) const;
  Checkpoint checkpoint() const;
  void save_checkpoint(bool finished = false);
  void evaluate();
  void evaluate_again();
  void write_page();
  double seconds() const;  // since this program started
  double mean_loss() const { return at_.losses ? at_.loss_sum / static_cast<double>(at_.losses) : 0; }
  void resume_epochs(int left) override;
  void restore() override;
  void end_batch(bool in_another, Index done, Index count) override;
  void end_epoch() override;
  [[noreturn]] void stop(const std::string& status);
  void show_error();
  std::string path(const std::string& file) const { return out_ + "/" + file; }

  std::string lesson_, data_ = "mnist", out_, facts_;
  int asked_epochs_ = 0;
  bool quick_ = false, resume_ = false;
  report::Progress progress_;
  report::Metrics metrics_;
  std::function<void()> look_;
  nn::Parameters parameters_;
  std::map<std::string, std::string> networks_;  // what the file of weights says of them
  std::vector<nn::Optimizer*> optimizers_;

  Standing at_;
  Loops loops_{*this, at_, rng};
  Index images_per_epoch_ = 0;              // as the epoch before had, in all its loops
  Index train_count_ = 0, test_count_ = 0;  // of the whole data set
  Unit unit_ = Unit::squared_error_per_image;
  double save_every_ = 60, last_save_ = 0;  // seconds, the latter since `start_`
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace hourglass::HOURGLASS_BUILD
