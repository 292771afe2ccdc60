// The page's functions, linked with the plain library: the losses that the page must equal, as JSON.
//     playground_native STEPS
// Five variants, seed 1, batches of 128 of the first 10,000 training digits; and the seven of the plane, twenty steps.
#include <cstdio>
#include <cstdlib>

#include <hourglass/data/mnist.h>
#include "docs/playground/engine/exports.h"

int main(int argc, char** argv) {
  const int steps = argc > 1 ? std::atoi(argv[1]) : 100;
  const std::vector<std::uint8_t> digits = hourglass::data::mnist().train.slice(0, 10000).pixels;
  std::copy(digits.begin(), digits.end(), hg_images(10000));
  struct {
    const char* name;
    int code;
    double learning_rate, noise, penalty;
  } const variants[] = {{"undercomplete", 32, 1e-3, 0.5, 0.1},
                        {"sparse", 64, 1e-3, 0.5, 0.1},
                        {"denoising", 32, 1e-3, 0.5, 0.1},
                        {"vae", 20, 1e-3, 0.5, 1},
                        {"gan", 64, 1e-4, 0.5, 0.1}};
  std::printf("{");
  for (int variant = 0; variant < 5; ++variant) {
    const auto& v = variants[variant];
    hg_room(1)[0] = 128;
    hg_set(variant, 1, v.code, 1, v.learning_rate, v.noise, v.penalty, 128, 1);
    std::printf(
        "%s\"%s\": {\"state\": {\"variant\": \"%s\", \"hidden\": [128], \"code\": %d, \"rate\": %g, "
        "\"noise\": %g, \"penalty\": %g}, \"losses\": [",
        variant ? ",\n" : "", v.name, v.name, v.code, v.learning_rate, v.noise, v.penalty);
    for (int step = 0; step < steps; ++step) std::printf("%s%.9g", step ? ", " : "", hg_step());
    std::printf("]}");
  }
  std::printf(",\n\"plane\": [");
  for (int stop = 0; stop < 7; ++stop) {
    hg_planeset(stop, 1);
    std::printf("%s[", stop ? ", " : "");
    for (int step = 0; step < 20; ++step) std::printf("%s%.9g", step ? ", " : "", hg_planestep(1));
    std::printf("]");
  }
  std::printf("]}\n");
}
