#include "lessons/common/run.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstring>
#include <exception>
#include <filesystem>
#include <new>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/variable.h>
#include <hourglass/data/open.h>
#include <hourglass/io/checkpoint.h>
#include <hourglass/io/network.h>
#include <hourglass/io/writer.h>
#include <hourglass/tensor/blas.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>
#include "lessons/common/interrupt.h"
#include "lessons/common/playground.h"

namespace hourglass::HOURGLASS_BUILD {
namespace {

namespace fs = std::filesystem;

// The end of every program that does not reach its own: of a failure one line, status 1.
[[noreturn]] void end_program() {
  try {
    std::rethrow_exception(std::current_exception());
  } catch (const Run::Ended& end) {
    std::exit(end.status);
  } catch (const std::bad_alloc&) {
    fmt::print(stderr,
               "\nout of memory: the system refused what the run asked for; a smaller batch or model may help\n");
  } catch (const std::exception& error) {
    std::fflush(stdout);
    fmt::print(stderr, "\n{}\n", error.what());
  } catch (...) {
    fmt::print(stderr, "\nunknown failure\n");
  }
  std::_Exit(1);
}

void make_folder(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  require(fs::is_directory(folder) && ::access(folder.c_str(), W_OK | X_OK) == 0, "--out: '", folder,
          "' is not a folder that can be written: ", error ? error.message() : std::strerror(errno));
}

// Of two runs at once in one folder each would overwrite what the other has written. The system releases the lock when
// the process ends, however it ends.
void lock_folder(const std::string& folder) {
  static int held = -1;
  if (held >= 0) ::close(held);  // by an earlier run of this process
  held = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  require(held < 0 || ::flock(held, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK,
          "--out: another run is writing to '", folder, "'; wait for its end, or name another folder");
}

RunOptions begin(const std::string& lesson, int argc, char** argv) {
  std::set_terminate(end_program);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that grows too large is then an error of the writer, with a message
  RunOptions options = RunOptions::parse(lesson, argc, argv);
  set_threads(options.threads);
  make_folder(options.out);
  lock_folder(options.out);
  return options;
}

}  // namespace

Run::Run(const std::string& lesson, const std::string& title, const std::string& question, int argc, char** argv)
    : Run(begin(lesson, argc, argv), title, question) {}

Run::Run(const RunOptions& options, const std::string& title, const std::string& question)
    : seed(options.seed), rng(seed), options_(options), figures_(options.out, {title, question}, progress_) {
  facts_ = fmt::format("{} · seed {} · {} · {} · {} thread{}", options.data, seed, scalar_name, blas::describe(),
                       threads(), threads() == 1 ? "" : "s");
  figures_.page.set_facts(facts_);
  if (quick())
    figures_.page.set_notice(
        "This page comes from a quick run (--quick): few images, few steps. It shows that the lesson runs; its numbers "
        "and pictures are not the lesson's results.");
  figures_.page.set_footer(playground_link(options.lesson, options.out));
  progress_.print_line(options.lesson + ": " + facts_);
}

data::Dataset Run::dataset() {
  data::Dataset set = data::open(options_.data);
  train_count_ = set.train.count;
  test_count_ = set.test.count;
  if (quick()) {
    set.train = set.train.first(4096);
    set.test = set.test.first(1000);
  }
  if (!set.note.empty()) progress_.print_line("note: " + set.note);
  return set;
}

// ---- checkpoints

void Run::keep(nn::Parameters parameters, std::vector<nn::Optimizer*> optimizers) {
  parameters_ = std::move(parameters);
  optimizers_ = std::move(optimizers);
  if (!options_.resume) return;
  if (!checkpoint().exists())
    return progress_.print_line(fmt::format("no checkpoint in {}: starting anew", options_.out));
  const std::string position = checkpoint().read().position;
  if (!position.empty()) loops_.return_to(position, checkpoint().file);
}

void Run::networks(const nn::Networks& networks, const std::string& prefix) {
  networks_.merge(io::describe(networks, prefix));
}

Checkpoint Run::checkpoint() const {
  return {path("checkpoint.safetensors"),
          {{"lesson", options_.lesson},
           {"data", options_.data},
           {"seed", std::to_string(seed)},
           {"quick", quick() ? "yes" : "no"},
           {"training images", std::to_string(train_count_)},
           {"test images", std::to_string(test_count_)}}};
}

void Run::save_checkpoint(bool finished) {
  if (!nn::first_not_finite(parameters_).empty()) diverged("a weight is not a finite number");
  if (!finished) at_.position = loops_.position();
  Standing now = at_;
  now.finished = finished;
  now.seconds += seconds();
  checkpoint().save(now, parameters_, optimizers_);
  last_save_ = seconds();
}

void Run::restore() {
  const int epochs = at_.epochs;
  at_ = checkpoint().restore(parameters_, optimizers_);
  at_.epochs = epochs;
}

// ---- training

Loops::Epochs Run::epochs(int count) {
  const int asked = options_.epochs;
  return loops_.epochs(asked > 0 ? asked : quick() ? 1 : count);
}

// The loop in which a run stopped, with as many epochs from there on.
void Run::resume_epochs(int left) {
  const Standing then = checkpoint().read();
  at_.epochs = then.epoch - 1 + left;
  if (then.finished && at_.epochs <= then.epochs) {
    progress_.print_line(
        fmt::format("{}: finished already, {} epochs; nothing to resume", checkpoint().file, then.epoch - 1));
    throw Ended{0};
  }
  const int begun = loops_.returning() ? then.epoch : then.epoch - 1;
  require(begun <= at_.epochs, checkpoint().file, ": epoch ", begun, " has begun, and this run has ", at_.epochs,
          ": to resume it needs --epochs ", begun, " or more");
  restore();
  progress_.print_line(fmt::format("resumed: epoch {}, {} images done", at_.epoch, at_.images));
}

// What was saved before stays as it is.
void Run::diverged(const std::string& what) const {
  const std::string weight = nn::first_not_finite(parameters_);
  fail("the training diverges: ", what, " in epoch ", at_.epoch, ", step ", at_.losses + 1, " (", at_.images,
       " images); ",
       weight.empty() ? "all weights are finite still" : weight + " is the first weight that is not finite",
       "; a smaller learning rate may help");
}

void Run::end_batch(const Loss& loss) {
  const double value = static_cast<double>(loss.value.item());
  if (!std::isfinite(value)) diverged(fmt::format("the loss is {}", value));
  const Loops::Ended batch = loops_.end_batch();
  recorder_.record(loss);
  if (!batch.nested) show_progress(batch);
  const bool stops = interrupted();
  const bool last = at_.epoch == at_.epochs && !batch.nested && batch.last();
  if (stops || last || seconds() - last_save_ >= options_.save_every) save_checkpoint();
  if (stops) stop(fmt::format("interrupted in epoch {} of {}", at_.epoch, at_.epochs));
}

void Run::show_progress(const Loops::Ended& batch) {
  const Index in_epoch = std::max(images_per_epoch_, at_.images + batch.count - batch.done);
  const double done = at_.epoch - 1 + static_cast<double>(at_.images) / static_cast<double>(in_epoch);
  progress_.update(at_.epoch, at_.epochs, batch.done, batch.count, done / at_.epochs, recorder_.mean_loss(),
                   at_.unit.c_str());
}

void Run::end_epoch() {
  recorder_.end_epoch();
  const double loss = recorder_.mean_loss();
  const Index images = at_.images;
  loops_.end_epoch();
  images_per_epoch_ = images;
  const int ended = at_.epoch - 1;
  progress_.epoch(ended, at_.epochs, loss, at_.unit.c_str(), recorder_.last_row());
  const bool training = ended < at_.epochs;
  figures_.page.set_status(training ? fmt::format("training, epoch {} of {}", at_.epoch, at_.epochs) : "", training);
  write_page();
  at_.position = loops_.position();
  if (training) save_checkpoint();
  if (interrupted()) stop(fmt::format("interrupted after epoch {} of {}", ended, at_.epochs));
}

// Where all is saved.
void Run::stop(const std::string& status) {
  figures_.page.set_status(status);
  write_page();
  progress_.print_line(fmt::format("interrupted: saved {}; go on with --resume", checkpoint().file));
  throw Ended{130};
}

void Run::each(const data::Images& images, const std::function<void(const Tensor& x)>& visit) const {
  for (const Tensor& x : data::DataLoader(images, {.batch_size = 1000}).epoch(1)) visit(x);
}

double Run::seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

double Run::mean(const data::Images& images, const std::function<Loss(const Tensor& x)>& loss) const {
  const NoGrad evaluation;
  double sum = 0;
  each(images,
       [&](const Tensor& x) { sum += static_cast<double>(loss(x).value.item()) * static_cast<double>(x.size(0)); });
  return sum / static_cast<double>(images.count);
}

// ---- the files of a run

void Run::write_page() {
  std::vector<report::Series> errors;
  for (const std::string& column : at_.history.columns)
    if (!recorder_.is_tracked(column)) errors.push_back(recorder_.series(column));
  figures_.show_error(errors, at_.unit);
  figures_.write();
  io::write_file(path("history.csv"), at_.history.csv());
}

int Run::finish() {
  require(!loops_.returning(), checkpoint().file, ": the run was stopped in a loop over epochs that this program does ",
          "not begin");
  const double lasted = at_.seconds + seconds();
  figures_.page.set_facts(fmt::format("{} · {:.1f} s", facts_, lasted));
  io::save_weights(path("weights.safetensors"), parameters_, networks_);
  io::write_file(path("metrics.json"), recorder_.json(options_, lasted));
  write_page();
  figures_.write_files();
  save_checkpoint(true);  // last: from here on there is nothing to resume
  progress_.print_line(fmt::format("{:.1f} s. Open {}", lasted, path("report.html")));
  return 0;
}

}  // namespace hourglass::HOURGLASS_BUILD
