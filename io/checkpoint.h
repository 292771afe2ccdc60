#pragma once
#include <map>
#include <string>
#include <vector>

#include <hourglass/io/safetensors.h>
#include <hourglass/nn/optimizer.h>

namespace hourglass::HOURGLASS_BUILD::io {

/// Parameters and buffers alone, under their names: what PyTorch's `load_state_dict` takes.
/// `notes` are texts beside them, which it passes over (io/network.h).
Archive weights(const nn::Parameters& parameters, const std::map<std::string, std::string>& notes = {});
/// The same as a file.
void save_weights(const std::string& path, const nn::Parameters& parameters,
                  const std::map<std::string, std::string>& notes = {});
/// Fills the parameters from the file. Throws before anything is changed, listing all that is missing, surplus or of
/// another shape.
void load_weights(const std::string& path, const nn::Parameters& parameters);

/// All that a resumed run needs, by itself: weights, the state of the optimisers, and the run's own notes (position,
/// generator, history).
void save_checkpoint(const std::string& path, const nn::Parameters& parameters,
                     const std::vector<nn::Optimizer*>& optimizers, const std::map<std::string, std::string>& notes);
/// A checkpoint's notes alone: whose it is. Throws on what is no checkpoint, or one of a later version of the library.
std::map<std::string, std::string> checkpoint_notes(const std::string& path);
/// Fills parameters and optimisers, and returns the notes. Throws as `load_weights`, and on a checkpoint that a later
/// version of the library has written.
std::map<std::string, std::string> load_checkpoint(const std::string& path, const nn::Parameters& parameters,
                                                   const std::vector<nn::Optimizer*>& optimizers);

}  // namespace hourglass::HOURGLASS_BUILD::io
