#pragma once
#include "data/images.h"
#include "lessons/common/run.h"
#include "models/autoencoder.h"
#include "report/drawing_pad.h"

namespace hourglass::inline HOURGLASS_BUILD {

// The visitor of the page draws and dirties; the net, whose layers must all be linear ones, cleans.
inline void show_pad(Run& run, const models::Autoencoder& net, const data::Images& examples) {
  std::vector<report::DenseLayer> layers;
  for (const nn::Sequential* half : {&net.encoder, &net.decoder})
    for (const auto& each : half->layers()) {
      const auto& layer = dynamic_cast<const nn::Linear&>(*each);
      layers.push_back({layer.weight.value(), layer.bias.value(), layer.activation});
    }
  run.page.add_html("Draw a digit, and dirty it", "The small net cleans, in this page. It knows Gaussian noise of 0.5.",
                    report::drawing_pad(layers, examples.tensor(), examples.height, examples.width));
}

}  // namespace hourglass::inline HOURGLASS_BUILD
