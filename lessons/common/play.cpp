#include "lessons/common/play.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/io/network.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/report/page.h>
#include <hourglass/report/table.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::play {
namespace {

using Json = nlohmann::json;

// Numbers as base64 of little-endian floats.
std::string packed(const Tensor& numbers) {
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(numbers.numel()) * sizeof(float));
  for (Index i = 0; i < numbers.numel(); ++i) {
    const float value = static_cast<float>(numbers.data()[i]);
    std::memcpy(bytes.data() + static_cast<std::size_t>(i) * sizeof(float), &value, sizeof(float));
  }
  return report::base64(bytes);
}

// A network for the page: its layers, and their output for one input, with which the page compares its own.
struct Written {
  Json json;
  Variable output;
};
Written network(const nn::NetworkSpec& layers, const nn::Parameters& parameters, const Tensor& example) {
  const auto named = [&](const std::string& name) {
    for (const nn::Parameter& p : parameters)
      if (p.name == name) return p.variable.value();
    return Tensor();
  };
  const NoGrad looking;
  Json list = Json::array();
  Variable y = example;
  for (const nn::LayerSpec& note : layers) {
    require(note.kind == "linear" || note.kind == "activation", "play: a page can compute linear layers, not ",
            note.kind);
    Json layer = {{"activation", io::activation_name(note.activation)}, {"slope", note.activation.negative_slope}};
    if (note.kind == "linear") {
      const Tensor weight = named(note.prefix + "weight");
      const Tensor bias = named(note.prefix + "bias");
      layer["outputs"] = weight.size(0);
      layer["weight"] = packed(weight);
      layer["bias"] = packed(bias.empty() ? Tensor::zeros({weight.size(0)}) : bias);
      y = linear(y, weight, bias, note.activation);
    } else {
      y = activate(note.activation, y);
    }
    list.push_back(std::move(layer));
  }
  return {{{"layers", std::move(list)}, {"input", packed(example)}, {"output", packed(y.value())}}, y};
}

Json pictures(const data::Images& images) {
  return {{"height", images.height},
          {"width", images.width},
          {"count", images.count},
          {"pixels", report::base64(images.pixels)},
          {"labels", images.labels}};
}

Widget widget(const std::string& kind, const Json& data) {
  std::string text = data.dump();
  for (std::size_t at = 0; (at = text.find("</", at)) != std::string::npos;) text.replace(at, 2, "<\\/");
  return {"<div class=\"play\" data-kind=\"" + kind + "\"><script type=\"application/json\">" + text +
          "</script></div>"};
}

void one_code_each(const Tensor& h, const data::Images& images) {
  require(!h.empty() && h.dim() == 2 && h.size(0) == images.count, "play: codes ", h.shape(), " for ", images.count,
          " images");
}

}  // namespace

Widget codes(const nn::NetworkSpec& decoder, const nn::Parameters& parameters, const Tensor& h,
             const data::Images& images) {
  one_code_each(h, images);
  const Index k = h.size(1);
  const Index shown = std::min<Index>(k, 6);
  // directions [shown, k], each as long as the codes' deviation along it, from their mean
  Tensor mean = Tensor::zeros({k});
  Tensor directions = Tensor::zeros({shown, k});
  if (k <= 2) {
    for (Index i = 0; i < k; ++i) directions.write_()[i * k + i] = 1;
  } else {
    metrics::PcaFit fit;
    fit.add(h);
    const metrics::Pca pca = fit.finish();
    mean = pca.mean;
    for (Index i = 0; i < shown; ++i)
      for (Index j = 0; j < k; ++j)
        directions.write_()[i * k + j] =
            pca.components.at({i, j}) * std::sqrt(std::max(pca.variances.at({i}), Scalar(1e-12)));
  }
  const Tensor example({1, k}, h.values().first(static_cast<std::size_t>(k)));
  return widget("codes", {{"images", pictures(images)},
                          {"codes", packed(h)},
                          {"size", k},
                          {"mean", packed(mean)},
                          {"directions", packed(directions)},
                          {"decoder", network(decoder, parameters, example).json}});
}

Widget drawing(const nn::Networks& networks, const nn::Parameters& parameters, const data::Images& images) {
  const Written encoder = network(networks.at("encoder"), parameters, images.slice(0, 1).tensor());
  const Written decoder = network(networks.at("decoder"), parameters, encoder.output.value());
  return widget("drawing", {{"images", pictures(images)}, {"encoder", encoder.json}, {"decoder", decoder.json}});
}

Widget neighbors(const Tensor& h, const data::Images& images) {
  one_code_each(h, images);
  return widget("neighbors", {{"images", pictures(images)}, {"codes", packed(h)}, {"size", h.size(1)}});
}

Widget slider(const std::string& label, const std::vector<Step>& steps) {
  require(!steps.empty(), "play: a slider through no pictures");
  std::vector<std::string> images;  // one that stays where it is stands in the page once
  Json list = Json::array();
  for (const Step& step : steps) {
    require(!step.pictures.empty() && step.pictures.size() == steps[0].pictures.size(), "play: a slider's stop has ",
            step.pictures.size(), " pictures, its first one ", steps[0].pictures.size());
    Json shown = Json::array();
    for (const Captioned& one : step.pictures) {
      const std::string image = "data:image/png;base64," + report::base64(one.picture.png());
      const auto known = std::find(images.begin(), images.end(), image);
      shown.push_back({{"caption", one.caption}, {"image", known - images.begin()}});
      if (known == images.end()) images.push_back(image);
    }
    list.push_back({{"text", step.text}, {"shown", std::move(shown)}});
  }
  return widget("slider", {{"label", label}, {"images", images}, {"steps", std::move(list)}});
}

}  // namespace hourglass::HOURGLASS_BUILD::play
