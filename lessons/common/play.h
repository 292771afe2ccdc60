#pragma once
#include <string>
#include <vector>

#include <hourglass/data/images.h>
#include <hourglass/nn/layer.h>
#include <hourglass/report/picture.h>

// Interactive parts of a report page, which compute in the page, offline, with the trained weights.
namespace hourglass::HOURGLASS_BUILD::play {

/// HTML that stands in a page beside `script()`, which makes it interactive.
struct Widget {
  std::string html;
};

/// The codes h [n, k] of images as dots, placed along their two main directions (as they are where k = 2). Pointing
/// shows the nearest image, and what the decoder outputs at the selected point; sliders move along further directions.
/// Throws unless the decoder is made of linear layers and activations and there is a code for each image.
Widget codes(const nn::NetworkSpec& decoder, const nn::Parameters& parameters, const Tensor& h,
             const data::Images& images);
template <class Model>
Widget codes(const Model& model, const Tensor& h, const data::Images& images) {
  return codes(model.networks().at("decoder"), model.parameters(), h, images);
}

/// A digit to be drawn, or taken from `images`, and corrupted by noise; beside it what g(f(x~)) makes of it. Throws
/// unless encoder and decoder are made of linear layers and activations.
Widget drawing(const nn::Networks& networks, const nn::Parameters& parameters, const data::Images& images);
template <class Model>
Widget drawing(const Model& model, const data::Images& images) {
  return drawing(model.networks(), model.parameters(), images);
}

/// Images to be selected: the ten whose codes h [n, k] are nearest, and the ten whose pixels are. Throws unless there
/// is a code for each image.
Widget neighbors(const Tensor& h, const data::Images& images);

/// A picture, and the text below it.
struct Captioned {
  std::string caption;
  report::Picture picture;
};
/// A stop of a slider: pictures that hang side by side, and a text about all of them.
struct Step {
  std::string text;
  std::vector<Captioned> pictures;
};
/// A slider from stop to stop; `label` names what it changes. Throws unless all stops have as many pictures.
Widget slider(const std::string& label, const std::vector<Step>& steps);

/// The script that all of them need, once in a page.
const char* script();

}  // namespace hourglass::HOURGLASS_BUILD::play
