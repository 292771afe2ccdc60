#include "lessons/common/run_options.h"

#include <CLI/CLI.hpp>

#include <hourglass/io/json.h>
#include <hourglass/io/options.h>
#include <hourglass/tensor/parallel.h>

namespace hourglass::HOURGLASS_BUILD {

RunOptions RunOptions::parse(const std::string& lesson, int argc, char** argv) {
  RunOptions o;
  o.lesson = lesson;
  o.out = "out/" + lesson;
  o.threads = hourglass::threads();
  const bool numbered = lesson.find_first_not_of("0123456789") == 2;
  CLI::App app{"Lesson " + lesson, "./course run " + (numbered ? lesson.substr(0, 2) : lesson)};
  app.add_option("--epochs", o.epochs, "how often to go through the training images")
      ->transform(io::whole_number(1, 1'000'000));
  app.add_option("--seed", o.seed, "of all that is random")->transform(io::whole_number(0, ~std::uint64_t{0} >> 1));
  app.add_option("--threads", o.threads, "how many to use; the result is the same")
      ->transform(io::whole_number(1, 1024));
  app.add_option("--data", o.data, "mnist, fashion, or a folder of PNG and JPEG images");
  app.add_option("--out", o.out, "the folder for what the run writes");
  app.add_flag("--quick", o.quick, "one epoch over a few thousand images: to see that it runs");
  app.add_option("--save-every", o.save_every, "seconds between checkpoints within an epoch; 0: after each batch")
      ->transform(io::real_number("seconds", 0));
  app.add_flag("--resume", o.resume, "go on from the last checkpoint in --out");
  io::parse_options(app, argc, argv);
  io::quoted("--data", o.data);  // throws on a name that a checkpoint could not hold
  return o;
}

}  // namespace hourglass::HOURGLASS_BUILD
