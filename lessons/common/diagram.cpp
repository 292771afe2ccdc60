#include "lessons/common/diagram.h"

#include <fmt/format.h>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/io/network.h>
#include <hourglass/report/table.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

// Between double quotes graphviz gives a meaning to the quote and the backslash alone.
std::string escaped(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string quoted(const std::string& text) { return '"' + escaped(text) + '"'; }

// Of one example, without the axis of the batch.
std::string shape_of(const Tensor& batch) { return text(batch.shape().without(0)); }

// What the layer is called: its kind, and below it its activation function. Empty where it does nothing (dropout).
std::vector<std::string> names_of(const nn::Layer& layer) {
  std::vector<std::string> lines;
  for (const nn::LayerSpec& spec : layer.spec("")) {
    if (spec.kind != "activation") lines.push_back(report::words(spec.kind));
    const std::string activation = io::activation_name(spec.activation);
    if (spec.activation.kind != Activation::none) lines.push_back(report::words(activation));
  }
  return lines;
}

struct Drawing {
  std::string dot;
  int nodes = 0;
  bool upwards = false;  // arrows lead from the top to the bottom, and, where this holds, back again

  std::string node(const std::string& label, const char* style) {
    const std::string name = fmt::format("n{}", nodes++);
    dot += fmt::format("  {} [{}, label={}]\n", name, style, label);
    return name;
  }
  std::string value(const std::string& name, const std::string& shape) {
    return node(quoted(name + " " + shape), "shape=ellipse, fillcolor=\"#d6e9f5\"");
  }
  std::string layer(const std::vector<std::string>& lines) {
    std::string label;
    for (const std::string& line : lines) label += (label.empty() ? "" : "\\n") + escaped(line);
    return node('"' + label + '"', "shape=box, fillcolor=\"#f3f3f3\"");
  }
  void edge(const std::string& from, const std::string& to, const std::string& label) {
    const std::string text = quoted(label.empty() ? "" : " " + label);
    dot += upwards ? fmt::format("  {} -> {} [label={}, dir=back]\n", to, from, text)
                   : fmt::format("  {} -> {} [label={}]\n", from, to, text);
  }
};

// Draws one stage from the node `at`, whose value is x; returns the node of its end, and changes x to its value.
std::string draw_stage(Drawing& drawing, const Stage& stage, std::string at, Tensor& x) {
  std::string shape;  // on the next arrow; a value's stands in the value
  const auto pass = [&](const std::vector<std::string>& lines) {
    const std::string layer = drawing.layer(lines);
    drawing.edge(at, layer, shape);
    at = layer;
    shape = shape_of(x);
  };
  if (!stage.network) {
    x = Tensor::zeros({2, stage.shape.numel()});
    pass({stage.op});
  } else {
    for (const auto& layer : stage.network->layers()) {
      x = layer->forward(x).value();
      if (const auto lines = names_of(*layer); !lines.empty()) pass(lines);
    }
  }
  const std::string end = drawing.value(stage.to, shape_of(x));
  drawing.edge(at, end, "");
  return end;
}

// The stage behind which the drawing turns upwards: the one that ends in the code h, else the first of several.
std::size_t turn_of(const std::vector<Stage>& stages) {
  for (std::size_t i = 0; i < stages.size(); ++i)
    if (stages[i].to == "h") return i;
  return 0;
}

void draw_model(Drawing& drawing, const Architecture& model) {
  const NoGrad no_grad;
  drawing.upwards = false;
  Tensor x = Tensor::zeros({2, model.input});
  std::string at = drawing.value(model.stages.at(0).from, shape_of(x));
  if (!model.name.empty()) {
    const std::string name = drawing.node(quoted(model.name), "shape=plaintext, style=\"\"");
    drawing.dot += fmt::format("  {} -> {} [style=invis]\n", name, at);
  }
  for (std::size_t i = 0; i < model.stages.size(); ++i) {
    const Stage& stage = model.stages[i];
    drawing.upwards = i > turn_of(model.stages);
    const bool training = stage.network && stage.network->training();
    if (training) stage.network->eval();  // zeros must not change the buffers of a layer
    at = draw_stage(drawing, stage, at, x);
    if (training) stage.network->train();
  }
}

}  // namespace

std::string diagram(const std::vector<Architecture>& models) {
  Drawing drawing;
  for (const Architecture& model : models) draw_model(drawing, model);
  return "digraph {\n  bgcolor=white\n  ordering=in\n  nodesep=0.4\n  ranksep=0.25\n"
         "  node [fontname=\"sans-serif\", fontsize=13, style=filled, color=\"#505050\", height=0.4, "
         "margin=\"0.1,0.04\"]\n"
         "  edge [fontname=\"sans-serif\", fontsize=11, color=\"#505050\", arrowsize=0.7]\n" +
         drawing.dot + "}\n";
}

}  // namespace hourglass::HOURGLASS_BUILD
