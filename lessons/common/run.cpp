#include "lessons/common/run.h"

#include <fmt/format.h>
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
#include <hourglass/io/json.h>
#include <hourglass/io/network.h>
#include <hourglass/io/options.h>
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

}  // namespace

Run::Run(std::string lesson, const std::string& title, const std::string& question, int argc, char** argv)
    : page(title, question), lesson_(std::move(lesson)), out_("out/" + lesson_) {
  std::set_terminate(end_program);
  metrics_.threads = threads();
  parse(argc, argv);
  rng = Rng(seed);
  set_threads(metrics_.threads);
  metrics_.lesson = lesson_;
  metrics_.seed = seed;
  make_folder(out_);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that grows too large is then an error of the writer, with a message
  facts_ = fmt::format("{} · seed {} · {} · {} · {} thread{}", data_, seed, scalar_name, blas::describe(), threads(),
                       threads() == 1 ? "" : "s");
  page.set_facts(facts_);
  page.set_footer(playground_link(lesson_, out_));
  progress_.say(lesson_ + ": " + facts_);
}

void Run::parse(int argc, char** argv) {
  CLI::App app{"Lesson " + lesson_, "./course run " + lesson_.substr(0, 2)};
  app.add_option("--epochs", asked_epochs_, "how often to go through the training images")
      ->transform(io::whole_number(1, 1'000'000));
  app.add_option("--seed", seed, "of all that is random")->transform(io::whole_number(0, ~std::uint64_t{0} >> 1));
  app.add_option("--threads", metrics_.threads, "how many to use; the result is the same")
      ->transform(io::whole_number(1, 1024));
  app.add_option("--data", data_, "mnist, fashion, or a folder of PNG and JPEG images");
  app.add_option("--out", out_, "the folder for what the run writes");
  app.add_flag("--quick", quick_, "one epoch over a few thousand images: to see that it runs");
  app.add_option("--save-every", save_every_, "seconds between checkpoints within an epoch; 0: after each batch")
      ->transform(io::real_number("seconds", 0));
  app.add_flag("--resume", resume_, "go on from the last checkpoint in --out");
  io::parse_options(app, argc, argv);
  io::quoted("--data", data_);  // throws on a name that a checkpoint could not hold
}

data::Dataset Run::dataset() {
  data::Dataset set = data::open(data_);
  train_count_ = set.train.count, test_count_ = set.test.count;
  if (quick_) {
    set.train = set.train.slice(0, std::min<Index>(set.train.count, 4096));
    set.test = set.test.slice(0, std::min<Index>(set.test.count, 1000));
  }
  if (!set.note.empty()) progress_.say("note: " + set.note);
  return set;
}

// ---- checkpoints

void Run::keep(nn::Parameters parameters, std::vector<nn::Optimizer*> optimizers) {
  parameters_ = std::move(parameters);
  optimizers_ = std::move(optimizers);
  if (!resume_) return;
  if (!checkpoint().exists()) return progress_.say(fmt::format("no checkpoint in {}: starting anew", out_));
  const std::string position = checkpoint().read().position;
  if (!position.empty()) loops_.return_to(position, checkpoint().file);
}

void Run::networks(const nn::Networks& networks, const std::string& prefix) {
  networks_.merge(io::describe(networks, prefix));
}

Checkpoint Run::checkpoint() const {
  return {path("checkpoint.safetensors"),
          {{"lesson", lesson_},
           {"data", data_},
           {"seed", std::to_string(seed)},
           {"quick", quick_ ? "yes" : "no"},
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

// The loop in which a run stopped, with as many epochs from there on.
void Run::resume_epochs(int left) {
  const Standing then = checkpoint().read();
  at_.epochs = then.epoch - 1 + left;
  if (then.finished && at_.epochs <= then.epochs) {
    progress_.say(fmt::format("{}: finished already, {} epochs; nothing to resume", checkpoint().file, then.epoch - 1));
    throw Ended{0};
  }
  const int begun = loops_.returning() ? then.epoch : then.epoch - 1;
  require(begun <= at_.epochs, checkpoint().file, ": epoch ", begun, " has begun, and this run has ", at_.epochs,
          ": to resume it needs --epochs ", begun, " or more");
  restore();
  progress_.say(fmt::format("resumed: epoch {}, {} images done", at_.epoch, at_.images));
  if (at_.epoch > at_.epochs) evaluate_again();
}

void Run::evaluate() {
  if (look_) loops_.apart(look_);
}

// The figures of the last epoch once more, for a run that was stopped between it and its end.
void Run::evaluate_again() {
  const auto state = rng.state();
  --at_.epoch;
  evaluate();
  restore();
  rng.set_state(state);
  if (!at_.history.rows.empty()) show_error();
}

// What was saved before stays as it is.
void Run::diverged(const std::string& what) const {
  const std::string weight = nn::first_not_finite(parameters_);
  fail("the training diverges: ", what, " in epoch ", at_.epoch, ", step ", at_.losses + 1, " (", at_.images,
       " images); ",
       weight.empty() ? "all weights are finite still" : weight + " is the first weight that is not finite",
       "; a smaller learning rate may help");
}

void Run::log(const Loss& loss) {
  const double value = static_cast<double>(loss.value.item());
  if (!std::isfinite(value)) diverged(fmt::format("the loss is {}", value));
  at_.loss_sum += value;
  ++at_.losses;
  unit_ = loss.unit;
}

void Run::end_batch(bool in_another, Index done, Index count) {
  if (!in_another) {
    const auto in_epoch = static_cast<double>(std::max(images_per_epoch_, at_.images + count - done));
    const double part = (at_.epoch - 1 + static_cast<double>(at_.images) / in_epoch) / at_.epochs;
    progress_.update(at_.epoch, at_.epochs, done, count, part, mean_loss(), to_text(unit_));
  }
  const bool stops = interrupted();
  if (stops || seconds() - last_save_ >= save_every_) save_checkpoint();
  if (stops) stop(fmt::format("interrupted in epoch {} of {}", at_.epoch, at_.epochs));
}

// Where all is saved.
void Run::stop(const std::string& status) {
  page.set_status(status);
  write_page();
  progress_.say(fmt::format("interrupted: saved {}; go on with --resume", checkpoint().file));
  throw Ended{130};
}

void Run::end_epoch() {
  at_.history.set(at_.epoch, "training", mean_loss());
  evaluate();
  std::string more;
  for (std::size_t i = 1; i < at_.history.columns.size(); ++i)
    more += fmt::format("  {} {:.3f}", at_.history.columns[i], at_.history.rows.back()[i + 1]);
  progress_.epoch(at_.epoch, at_.epochs, mean_loss(), to_text(unit_), more);
  images_per_epoch_ = at_.images;
  loops_.next_epoch();
  const bool training = at_.epoch <= at_.epochs;
  page.set_status(training ? fmt::format("training, epoch {} of {}", at_.epoch, at_.epochs) : "", training);
  show_error();
  write_page();
  save_checkpoint();
  if (interrupted()) stop(fmt::format("interrupted after epoch {} of {}", at_.epoch - 1, at_.epochs));
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

// ---- what a person sees

void Run::measure(const std::string& column, double value) { at_.history.set(at_.epoch, column, value); }

void Run::show(const std::string& file, const std::string& heading, const std::string& text,
               const report::Picture& picture) {
  page.add_picture(heading, text, picture);
  io::write_file(path(file + ".png"), picture.png());
}

void Run::show(const std::string& file, const std::string& heading, const std::string& text,
               const report::Chart& chart) {
  page.add_chart(heading, text, chart);
  io::write_file(path(file + ".png"), chart.draw().png());
}

void Run::show(const std::string& heading, const std::string& text, const report::Table& table) {
  page.add_table(heading, text, table);
  progress_.say("\n" + heading + "\n" + table.text());
}

void Run::show(const std::string& heading, const std::string& text, const play::Widget& widget) {
  page.add_html(heading, text, widget.html);
  page.add_script(play::script());
}

void Run::show_error() {
  report::Chart chart{"Error over the epochs", "epoch", to_text(unit_), {}, false};
  for (std::size_t i = 0; i < at_.history.columns.size(); ++i) {
    report::Series series{at_.history.columns[i], {}, {}};
    for (const auto& row : at_.history.rows) {
      series.x.push_back(row[0]);
      series.y.push_back(row[i + 1]);
    }
    chart.series.push_back(std::move(series));
  }
  show("error", chart.title,
       "Training error is the mean over the epoch while the model still changes; test error is measured at its end.",
       chart);
}

void Run::write_page() {
  io::write_file(path("history.csv"), at_.history.csv());
  io::write_file(path("report.html"), page.html());
}

int Run::finish() {
  require(!loops_.returning(), checkpoint().file, ": the run was stopped in a loop over epochs that this program does ",
          "not begin");
  metrics_.seconds = at_.seconds + seconds();
  page.set_facts(fmt::format("{} · {:.1f} s", facts_, metrics_.seconds));
  io::save_weights(path("weights.safetensors"), parameters_, networks_);
  io::write_file(path("metrics.json"), metrics_.json());
  write_page();
  save_checkpoint(true);  // last: from here on there is nothing to resume
  progress_.say(fmt::format("{:.1f} s. Open {}", metrics_.seconds, path("report.html")));
  return 0;
}

}  // namespace hourglass::HOURGLASS_BUILD
