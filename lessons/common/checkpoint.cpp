#include "lessons/common/checkpoint.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <filesystem>
#include <type_traits>

#include <hourglass/io/checkpoint.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

template <class Number>
Number parse_number(const std::map<std::string, std::string>& notes, const std::string& name, const std::string& who) {
  const auto found = notes.find(name);
  const std::string text = found == notes.end() ? "" : found->second;
  Number value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  require(result.ec == std::errc() && result.ptr == text.data() + text.size(), who, ": its note '", name, "' is '",
          text, "', expected a ", std::is_integral_v<Number> ? "whole " : "", "number");
  return value;
}

}  // namespace

bool Checkpoint::exists() const { return std::filesystem::exists(file); }

Standing Checkpoint::read() const {
  auto notes = io::checkpoint_notes(file);
  for (const auto& [name, value] : owner_)
    require(notes[name] == value, file, ": of another run: its ", name, " ", name.ends_with("s") ? "are" : "is", " '",
            notes[name], "', here it is '", value, "'");
  require(notes.contains("position"), file, ": an earlier version of the library wrote it, without the position in ",
          "the loops of an epoch: it cannot be resumed");
  Standing at;
  at.position = notes["position"];
  at.epoch = parse_number<int>(notes, "epoch", file);
  at.epochs = parse_number<int>(notes, "epochs", file);
  at.images = parse_number<Index>(notes, "images_done", file);
  at.losses = parse_number<Index>(notes, "losses", file);
  at.loss_sum = parse_number<double>(notes, "loss_sum", file);
  at.seconds = parse_number<double>(notes, "seconds", file);
  require(at.epoch >= 1 && at.images >= 0 && at.losses >= 0 && std::isfinite(at.loss_sum) && at.seconds >= 0, file,
          ": epoch ", at.epoch, ", images done ", at.images, ", losses ", at.losses, ", their sum ", at.loss_sum, ", ",
          at.seconds, " seconds: a run does not stand there");
  at.unit = notes["unit"];
  at.history = report::History::parse(notes["history"], file);
  at.finished = notes["finished"] == "yes";
  return at;
}

Standing Checkpoint::restore(const nn::Parameters& parameters, const std::vector<nn::Optimizer*>& optimizers) const {
  Standing at = read();
  io::load_checkpoint(file, parameters, optimizers);
  return at;
}

void Checkpoint::save(const Standing& at, const nn::Parameters& parameters,
                      const std::vector<nn::Optimizer*>& optimizers) const {
  std::map<std::string, std::string> notes(owner_.begin(), owner_.end());
  notes["position"] = at.position;
  notes["epoch"] = std::to_string(at.epoch);
  notes["epochs"] = std::to_string(at.epochs);
  notes["images_done"] = std::to_string(at.images);
  notes["losses"] = std::to_string(at.losses);
  notes["loss_sum"] = fmt::format("{}", at.loss_sum);
  notes["seconds"] = fmt::format("{}", at.seconds);
  notes["unit"] = at.unit;
  notes["history"] = at.history.csv();
  notes["finished"] = at.finished ? "yes" : "no";
  io::save_checkpoint(file, parameters, optimizers, notes);
}

}  // namespace hourglass::HOURGLASS_BUILD
