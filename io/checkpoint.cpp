#include <hourglass/io/checkpoint.h>

#include <charconv>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::io {
namespace {

constexpr long format_version = 3;  // of the checkpoint; raised when another version could not read it

// PyTorch counts batches in whole numbers, as a tensor of rank 0.
bool is_counter(const std::string& name) { return name.ends_with("num_batches_tracked"); }

void add(Archive& archive, const nn::Parameters& parameters) {
  for (const auto& [name, variable] : parameters) {
    if (is_counter(name)) {
      const auto count = static_cast<std::int64_t>(variable.value().item());
      archive.add(name, std::span(&count, 1), {});
    } else {
      archive.add(name, variable.value());
    }
  }
}

std::string sizes_text(const std::vector<Index>& sizes) {
  std::string joined = "[";
  for (std::size_t i = 0; i < sizes.size(); ++i) joined += (i ? ", " : "") + std::to_string(sizes[i]);
  return joined + "]";
}

bool fits(const nn::Parameter& p, const Entry& entry) {
  if (is_counter(p.name)) return entry.type == "I64" && entry.sizes.empty();
  const auto sizes = p.variable.shape().sizes();
  return (entry.type == "F32" || entry.type == "F64") && std::vector<Index>(sizes.begin(), sizes.end()) == entry.sizes;
}

// Everything that is wrong, in one message, before anything is written.
void check(const std::string& path, const Archive& archive, const nn::Parameters& parameters) {
  std::string faults;
  const auto note = [&](const std::string& fault) { faults += (faults.empty() ? "" : "; ") + fault; };
  std::map<std::string, bool> wanted;
  for (const nn::Parameter& p : parameters) {
    wanted[p.name] = true;
    const Entry* entry = archive.find(p.name);
    if (!entry) {
      note("missing " + p.name + " " + text(p.variable.shape()));
    } else if (!fits(p, *entry)) {
      note(p.name + " is " + entry->type + " " + sizes_text(entry->sizes) + ", expected " +
           (is_counter(p.name) ? "I64 []" : text(p.variable.shape())));
    }
  }
  for (const Entry& entry : archive.entries)
    if (!wanted.contains(entry.name)) note("surplus " + entry.name + " " + sizes_text(entry.sizes));
  require(faults.empty(), path, ": does not fit the model: ", faults);
}

void fill(const Archive& archive, const nn::Parameters& parameters) {
  for (const nn::Parameter& p : parameters) {
    const Entry& entry = archive.at(p.name);
    Tensor value = p.variable.value();
    if (is_counter(p.name)) {
      value.fill_(static_cast<Scalar>(entry.integers().at(0)));
    } else {
      value.copy_(entry.tensor());
    }
  }
}

nn::Parameters with_state(nn::Parameters all, const std::vector<nn::Optimizer*>& optimizers) {
  for (const nn::Optimizer* optimizer : optimizers)
    for (const nn::Parameter& p : optimizer->state()) all.push_back(p);
  return all;
}

long whole_number(const std::string& path, const std::map<std::string, std::string>& notes, const std::string& name) {
  const auto found = notes.find(name);
  require(found != notes.end(), path, ": not a checkpoint: its note '", name, "' is missing");
  long value = 0;
  const std::string& digits = found->second;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  require(result.ec == std::errc() && result.ptr == digits.data() + digits.size() && value >= 0, path, ": its note '",
          name, "' is '", digits, "', expected a whole number");
  return value;
}

Archive open_checkpoint(const std::string& path) {
  Archive archive = load(path);
  const long format = whole_number(path, archive.metadata, "format");
  require(format == format_version, path, ": a checkpoint in format ", format,
          "; this version of the library reads format ", format_version);
  return archive;
}

}  // namespace

Archive weights(const nn::Parameters& parameters, const std::map<std::string, std::string>& notes) {
  Archive archive{{}, notes};
  add(archive, parameters);
  return archive;
}

void save_weights(const std::string& path, const nn::Parameters& parameters,
                  const std::map<std::string, std::string>& notes) {
  save(path, weights(parameters, notes));
}

void load_weights(const std::string& path, const nn::Parameters& parameters) {
  const Archive archive = load(path);
  check(path, archive, parameters);
  fill(archive, parameters);
}

void save_checkpoint(const std::string& path, const nn::Parameters& parameters,
                     const std::vector<nn::Optimizer*>& optimizers, const std::map<std::string, std::string>& notes) {
  Archive archive;
  archive.metadata = notes;
  archive.metadata["format"] = std::to_string(format_version);
  archive.metadata["version"] = HOURGLASS_VERSION;
  add(archive, with_state(parameters, optimizers));
  save(path, archive);
}

std::map<std::string, std::string> checkpoint_notes(const std::string& path) { return open_checkpoint(path).metadata; }

std::map<std::string, std::string> load_checkpoint(const std::string& path, const nn::Parameters& parameters,
                                                   const std::vector<nn::Optimizer*>& optimizers) {
  const Archive archive = open_checkpoint(path);
  const nn::Parameters all = with_state(parameters, optimizers);
  check(path, archive, all);
  fill(archive, all);
  return archive.metadata;
}

}  // namespace hourglass::HOURGLASS_BUILD::io
