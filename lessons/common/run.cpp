#include "lessons/common/run.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <csignal>
#include <cstring>
#include <exception>
#include <filesystem>
#include <new>
#include <type_traits>

#include "autograd/variable.h"
#include "data/open.h"
#include "io/checkpoint.h"
#include "io/json.h"
#include "io/network.h"
#include "io/writer.h"
#include "lessons/common/playground.h"
#include "tensor/blas.h"
#include "tensor/error.h"
#include "tensor/parallel.h"

namespace hourglass::inline HOURGLASS_BUILD {
namespace {

namespace fs = std::filesystem;

volatile std::sig_atomic_t interrupted = 0;

void on_interrupt(int) { interrupted = 1; }

// While training lasts, Ctrl-C is noted for the end of the batch or epoch; before and after, it ends the program.
void catch_interrupts(bool training) {
  struct sigaction action {};
  action.sa_handler = training ? on_interrupt : SIG_DFL;
  action.sa_flags = SA_RESETHAND;  // a second Ctrl-C ends the program at once
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

// The end of every failure: one line, status 1.
[[noreturn]] void report_failure() {
  try {
    std::rethrow_exception(std::current_exception());
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

template <class Number>
Number parse_number(const std::string& text, const std::string& name, const std::string& who) {
  Number value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  require(result.ec == std::errc() && result.ptr == text.data() + text.size(), who, ": its note '", name, "' is '",
          text, "', expected a ", std::is_integral_v<Number> ? "whole " : "", "number");
  return value;
}

}  // namespace

Run::Run(std::string lesson, const std::string& title, const std::string& question, int argc, char** argv)
    : page(title, question), lesson_(std::move(lesson)), out_("out/" + lesson_) {
  std::set_terminate(report_failure);
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
      ->check(CLI::Range(1, 1'000'000));
  app.add_option("--seed", seed, "of all that is random")->check(CLI::Range(std::uint64_t{0}, ~std::uint64_t{0} >> 1));
  app.add_option("--threads", metrics_.threads, "how many to use; the result is the same")->check(CLI::Range(1, 1024));
  app.add_option("--data", data_, "mnist, fashion, or a folder of PNG and JPEG images");
  app.add_option("--out", out_, "the folder for what the run writes");
  app.add_flag("--quick", quick_, "one epoch over a few thousand images: to see that it runs");
  app.add_option("--save-every", save_every_, "seconds between checkpoints within an epoch; 0: after each batch")
      ->check(CLI::NonNegativeNumber);
  app.add_flag("--resume", resume_, "go on from the last checkpoint in --out");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    std::exit(app.exit(help));
  } catch (const CLI::ParseError& error) {
    fail(error.what());
  }
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
  if (fs::exists(path("checkpoint.safetensors"))) return resume();
  progress_.say(fmt::format("no checkpoint in {}: starting anew", out_));
}

void Run::networks(const nn::Networks& networks, const std::string& prefix) {
  networks_.merge(io::describe(networks, prefix));
}

void Run::save_checkpoint(bool finished) {
  if (!nn::first_not_finite(parameters_).empty()) diverged("a weight is not a finite number");
  const auto state = rng.state();
  io::save_checkpoint(path("checkpoint.safetensors"), parameters_, optimizers_,
                      {{"lesson", lesson_},
                       {"data", data_},
                       {"training images", std::to_string(train_count_)},
                       {"test images", std::to_string(test_count_)},
                       {"quick", quick_ ? "yes" : "no"},
                       {"seed", std::to_string(seed)},
                       {"finished", finished ? "yes" : "no"},
                       {"epoch", std::to_string(epoch_)},
                       {"images_done", std::to_string(done_)},
                       {"loss_sum", fmt::format("{}", loss_sum_)},
                       {"losses", std::to_string(losses_)},
                       {"seconds", fmt::format("{}", seconds_before_ + seconds())},
                       {"rng.seed", std::to_string(state[0])},
                       {"rng.stream", std::to_string(state[1])},
                       {"rng.counter", std::to_string(state[2])},
                       {"history", history_.csv()}});
  last_save_ = seconds();
}

// Before anything is filled: another lesson's weights would not fit, at great length.
void Run::require_own(const std::string& file) const {
  const auto notes = io::checkpoint_notes(file);
  const std::pair<std::string, std::string> own[] = {{"lesson", lesson_},
                                                     {"data", data_},
                                                     {"seed", std::to_string(seed)},
                                                     {"quick", quick_ ? "yes" : "no"},
                                                     {"training images", std::to_string(train_count_)},
                                                     {"test images", std::to_string(test_count_)}};
  for (const auto& [name, value] : own) {
    const auto found = notes.find(name);
    const std::string theirs = found == notes.end() ? "" : found->second;
    require(theirs == value, file, ": of another run: its ", name, " ", name.ends_with("s") ? "are" : "is", " '",
            theirs, "', here it is '", value, "'");
  }
}

void Run::resume() {
  const std::string file = path("checkpoint.safetensors");
  require_own(file);
  auto notes = io::load_checkpoint(file, parameters_, optimizers_);
  const auto number = [&](const std::string& name) { return parse_number<std::uint64_t>(notes[name], name, file); };
  epoch_ = parse_number<int>(notes["epoch"], "epoch", file);
  done_ = parse_number<Index>(notes["images_done"], "images_done", file);
  losses_ = parse_number<Index>(notes["losses"], "losses", file);
  require(epoch_ >= 1 && done_ >= 0 && losses_ >= 0, file, ": epoch ", epoch_, ", images done ", done_, ", losses ",
          losses_, ": a run does not stand there");
  loss_sum_ = parse_number<double>(notes["loss_sum"], "loss_sum", file);
  seconds_before_ = parse_number<double>(notes["seconds"], "seconds", file);
  rng.set_state({number("rng.seed"), number("rng.stream"), number("rng.counter")});
  history_ = report::History::parse(notes["history"], file);
  finished_ = notes["finished"] == "yes";
  progress_.say(fmt::format("resumed: epoch {}, {} images done", epoch_, done_));
}

// The figures of the last epoch once more, for a run that was stopped between it and its end.
void Run::look_again() {
  const auto state = rng.state();
  --epoch_;
  if (look_) look_();
  ++epoch_;
  rng.set_state(state);
  if (!history_.rows.empty()) show_error();
}

// ---- training

Run::Epochs Run::epochs(int count) {
  last_epoch_ = asked_epochs_ > 0 ? asked_epochs_ : quick_ ? 1 : count;
  if (finished_ && epoch_ > last_epoch_) {
    progress_.say(
        fmt::format("{}: finished already, {} epochs; nothing to resume", path("checkpoint.safetensors"), epoch_ - 1));
    std::exit(0);
  }
  const int begun = done_ > 0 ? epoch_ : epoch_ - 1;
  require(begun <= last_epoch_, path("checkpoint.safetensors"), ": epoch ", begun, " has begun, and this run has ",
          last_epoch_, ": to resume it needs --epochs ", begun, " or more");
  if (epoch_ > last_epoch_) look_again();
  return Epochs(*this);
}

Run::Batches Run::batches(const data::Images& images, int size) { return Batches(*this, images, size); }

Run::Batches::Batches(Run& run, const data::Images& images, int size) : run_(&run), images_(&images), size_(size) {
  require(size >= 1, "batches: a size of ", size, ", expected at least 1");
  run.total_ = images.count;
  require(run.done_ <= images.count, "resume: ", run.done_, " images are done of an epoch of ", images.count,
          ": the images are not those that the checkpoint was made with");
  catch_interrupts(true);
  // The order is a function of seed and epoch alone, so that a resumed epoch goes on in it.
  order_ = run.rng.fork(static_cast<std::uint64_t>(run.epoch_)).permutation(static_cast<int>(images.count));
}

Index Run::Batches::count() const { return std::min<Index>(size_, images_->count - run_->done_); }

Tensor Run::Batches::Iterator::operator*() const {
  return of->images_->batch(
      std::span(of->order_).subspan(static_cast<std::size_t>(of->run_->done_), static_cast<std::size_t>(of->count())));
}

void Run::Batches::Iterator::operator++() { of->run_->end_batch(of->count()); }

// What was saved before stays as it is.
void Run::diverged(const std::string& what) const {
  const std::string weight = nn::first_not_finite(parameters_);
  fail("the training diverges: ", what, " in epoch ", epoch_, ", step ", losses_ + 1, " (", done_, " images); ",
       weight.empty() ? "all weights are finite still" : weight + " is the first weight that is not finite",
       "; a smaller learning rate may help");
}

void Run::log(const Loss& loss) {
  const double value = static_cast<double>(loss.value.item());
  if (!std::isfinite(value)) diverged(fmt::format("the loss is {}", value));
  loss_sum_ += value;
  ++losses_;
  unit_ = loss.unit;
}

void Run::end_batch(Index images) {
  done_ += images;
  const double part = (epoch_ - 1 + static_cast<double>(done_) / static_cast<double>(total_)) / last_epoch_;
  progress_.update(epoch_, last_epoch_, done_, total_, part, losses_ ? loss_sum_ / static_cast<double>(losses_) : 0,
                   to_text(unit_));
  if (interrupted || seconds() - last_save_ >= save_every_) save_checkpoint();
  stop_if_interrupted(fmt::format("interrupted in epoch {} of {}", epoch_, last_epoch_));
}

// Where all is saved.
void Run::stop_if_interrupted(const std::string& status) {
  if (!interrupted) return;
  page.set_status(status);
  write_page();
  progress_.say(fmt::format("interrupted: saved {}; go on with --resume", path("checkpoint.safetensors")));
  std::exit(130);
}

void Run::end_epoch() {
  const double loss = losses_ ? loss_sum_ / static_cast<double>(losses_) : 0;
  history_.set(epoch_, "training", loss);
  if (look_) look_();
  std::string more;
  for (std::size_t i = 1; i < history_.columns.size(); ++i)
    more += fmt::format("  {} {:.3f}", history_.columns[i], history_.rows.back()[i + 1]);
  progress_.epoch(epoch_, last_epoch_, loss, to_text(unit_), more);
  ++epoch_;
  done_ = losses_ = 0;
  loss_sum_ = 0;
  const bool training = epoch_ <= last_epoch_;
  page.set_status(training ? fmt::format("training, epoch {} of {}", epoch_, last_epoch_) : "", training);
  show_error();
  write_page();
  save_checkpoint();
  if (!training) catch_interrupts(false);
  stop_if_interrupted(fmt::format("interrupted after epoch {} of {}", epoch_ - 1, last_epoch_));
}

void Run::each(const data::Images& images, const std::function<void(const Tensor& x)>& visit) const {
  constexpr Index at_once = 1000;
  std::vector<int> places;
  for (Index first = 0; first < images.count; first += at_once) {
    places.clear();
    for (Index i = first; i < std::min(images.count, first + at_once); ++i) places.push_back(static_cast<int>(i));
    visit(images.batch(places));
  }
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

void Run::measure(const std::string& column, double value) { history_.set(epoch_, column, value); }

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
  for (std::size_t i = 0; i < history_.columns.size(); ++i) {
    report::Series series{history_.columns[i], {}, {}};
    for (const auto& row : history_.rows) {
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
  io::write_file(path("history.csv"), history_.csv());
  io::write_file(path("report.html"), page.html());
}

int Run::finish() {
  metrics_.seconds = seconds_before_ + seconds();
  page.set_facts(fmt::format("{} · {:.1f} s", facts_, metrics_.seconds));
  io::save_weights(path("weights.safetensors"), parameters_, networks_);
  io::write_file(path("metrics.json"), metrics_.json());
  write_page();
  save_checkpoint(true);  // last: from here on there is nothing to resume
  progress_.say(fmt::format("{:.1f} s. Open {}", metrics_.seconds, path("report.html")));
  return 0;
}

}  // namespace hourglass::inline HOURGLASS_BUILD
