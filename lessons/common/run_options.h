#pragma once
#include <cstdint>
#include <string>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD {

/// The command line of a lesson.
struct RunOptions {
  std::string lesson;          ///< its folder's name, "01_encoder_decoder"
  std::string data = "mnist";  ///< mnist, fashion, or a folder of images
  std::string out;             ///< the folder for what the run writes; out/LESSON unless given
  int epochs = 0;              ///< 0 where the lesson decides
  std::uint64_t seed = 1;      ///< of all random numbers
  int threads = 1;             ///< as many as the machine has cores unless given
  bool quick = false;          ///< one epoch over a few thousand images
  bool resume = false;         ///< go on from the checkpoint in `out`
  double save_every = 60;      ///< seconds between checkpoints within an epoch; 0: after each batch

  /// Reads the command line; ends the program on `--help`. Throws, naming the option, what was expected and
  /// what was found.
  static RunOptions parse(const std::string& lesson, int argc, char** argv);
};

}  // namespace hourglass::HOURGLASS_BUILD
