#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <hourglass/nn/loss.h>
#include <hourglass/nn/optimizer.h>
#include <hourglass/nn/sequential.h>
#include <hourglass/report/progress.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/checkpoint.h"
#include "lessons/common/diagram.h"
#include "lessons/common/figures.h"
#include "lessons/common/loops.h"
#include "lessons/common/recorder.h"
#include "lessons/common/run_options.h"

namespace hourglass::HOURGLASS_BUILD {

/// All of a lesson that is not its mathematics. It joins the parts that do the work: RunOptions, Loops (over the
/// batches of data::DataLoader), Recorder, Figures and Checkpoint, each in a file of its own.
///
///     Run run("01_encoder_decoder", "What is an autoencoder?", "Can a network copy …?", argc, argv);
///     run.keep(model.parameters(), {&adam});
///     for (int epoch : run.epochs(10)) {
///       for (const Tensor& x : run.batches(digits.train, 128)) {
///         …
///         run.end_batch(loss);
///       }
///       run.measure("test", …);
///       run.end_epoch();
///     }
///     return run.finish();
///
/// A failure ends the program with one line on standard error and status 1. In a loop over epochs, Ctrl-C takes effect
/// at the next end_batch or end_epoch; a second one ends the program at once, as one outside of such a loop does.
class Run : Loops::Owner {
 public:
  /// Thrown where a run ends before its program does: after Ctrl-C (130), or where nothing is left to resume (0). The
  /// program that does not catch it ends with this status. It is no std::exception, since it is no failure.
  struct Ended {
    int status;
  };

  Run(const std::string& lesson, const std::string& title, const std::string& question, int argc, char** argv);

  /// What `--data` names; with `--quick` only the first few thousand of it.
  data::Dataset dataset();
  bool quick() const { return options_.quick; }

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

  /// A model for the diagram of the lesson's architectures, architecture.dot, from which `./course figures N` makes an
  /// SVG. Several stand below each other, each beside its name.
  void draw_model(const Architecture& model) {
    architectures_.push_back(model);
    figures_.show_architecture(diagram(architectures_));
  }
  /// An autoencoder's: x → encoder → h → decoder → r.
  template <class Model>
  void draw_autoencoder(Model& model, Index input, const std::string& name = "") {
    draw_model({name, input, {{"x", model.encoder, "h"}, {"h", model.decoder, "r"}}});
  }
  /// Another graph, as commands for graphviz, instead.
  void draw_graph(const std::string& dot) { figures_.show_architecture(dot); }

  /// Epochs 1 … `count` (or as `--epochs` sets it; 1 with `--quick`); a second such loop counts on.
  Loops::Epochs epochs(int count);
  /// The images in a new random order, `size` at a time (the last batch is smaller). Each loop over them gives all
  /// batches, however the one before ended (for example by `break`). A resumed run goes through its
  /// epoch again, without the loops that it had finished: what is kept, `rng` and the losses are as they were; other
  /// variables that a loop changes are not.
  Loops::Batches batches(const data::Images& images, int size) { return loops_.batches(images, size, seed); }
  Loops::Batches batches(const data::Images&& images, int size) = delete;  // a temporary does not outlive the loop
  /// The last statement of a batch: records its loss, shows the progress, and writes a checkpoint on Ctrl-C, every
  /// `--save-every` seconds, and after the last batch of a loop in the last epoch, so that a run which was stopped
  /// after it makes the figures of this epoch again. A resumed run goes on with the next batch: leave a loop
  /// before this call, not after it. A batch without the call (for example of an evaluation) is not counted, and a
  /// resumed run repeats it. Throws on a loss that is not finite, when it is called twice for a batch, and outside of a
  /// loop over batches in one over epochs; after Ctrl-C, Ended.
  void end_batch(const Loss& loss);
  /// The last statement of an epoch: writes its row of the history and the page, and in all epochs but the last one a
  /// checkpoint. Throws within a loop over batches and where the epoch has no loss (for example when it is called
  /// twice); after Ctrl-C, Ended.
  void end_epoch();

  /// Calls visit(x) with all images in order, 1000 at a time.
  void each(const data::Images& images, const std::function<void(const Tensor& x)>& visit) const;
  /// The mean over all images of a loss per image, without recording.
  double mean(const data::Images& images, const std::function<Loss(const Tensor& x)>& loss) const;
  /// A number of this epoch for `history.csv` and the chart of the error.
  void measure(const std::string& column, double value) { recorder_.measure(column, value); }
  /// A number of this epoch that is no error, for `history.csv` and a chart of its own: `show` with `series`.
  void track(const std::string& column, double value) { recorder_.track(column, value); }
  /// A column of the history over the epochs, those before a resumption included. Throws on another column.
  report::Series series(const std::string& column) const { return recorder_.series(column); }
  /// A number for `metrics.json`.
  void metric(const std::string& name, double value) { recorder_.metric(name, value); }
  /// A figure (FILE, heading, text, picture or chart), or a table or a widget (heading, text, table): Figures::show.
  template <class... Parts>
  void show(const Parts&... parts) {
    figures_.show(parts...);
  }

  /// Writes the files of a run, prints their folder, and returns 0.
  int finish();

  const std::uint64_t seed;
  Rng rng;  ///< seeded; part of the checkpoint

 private:
  Run(const RunOptions& options, const std::string& title, const std::string& question);
  [[noreturn]] void diverged(const std::string& what) const;
  Checkpoint checkpoint() const;
  void save_checkpoint(bool finished = false);
  void show_progress(const Loops::Ended& batch);
  void write_page();
  [[noreturn]] void stop(const std::string& status);
  void resume_epochs(int left) override;
  void restore() override;
  double seconds() const;  // since this program started
  std::string path(const std::string& file) const { return options_.out + "/" + file; }

  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  const RunOptions options_;
  std::string facts_;
  report::Progress progress_;
  Standing at_;
  Recorder recorder_{at_};
  Figures figures_;
  Loops loops_{*this, at_, rng};
  std::vector<Architecture> architectures_;  // their networks live as long as the lesson's models
  nn::Parameters parameters_;
  std::vector<nn::Optimizer*> optimizers_;
  std::map<std::string, std::string> networks_;  // as the file of weights describes them
  Index train_count_ = 0, test_count_ = 0;       // of the whole data set
  Index images_per_epoch_ = 0;                   // as the epoch before had, in all its loops
  double last_save_ = 0;                         // seconds
};

}  // namespace hourglass::HOURGLASS_BUILD
