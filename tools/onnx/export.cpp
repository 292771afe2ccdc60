// A network of a file of weights as ONNX (opset 17), for onnxruntime and what else reads it:
//   export_onnx WEIGHTS NETWORK OUT     as in: export_onnx out/01_encoder_decoder/weights.safetensors encoder
//   encoder.onnx
// A program of its own, so that nothing else needs protobuf. The batch is the free axis "n".
#include <onnx/onnx_pb.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "io/network.h"
#include "io/safetensors.h"
#include "io/writer.h"
#include "tensor/product.h"

using namespace hourglass;

namespace {

class Graph {
 public:
  Graph(const std::string& path, const std::string& network) : path_(path), archive_(io::load(path)) {
    const std::string note = "network." + network;
    std::string there;
    for (const auto& [name, text] : archive_.metadata)
      there += name.starts_with("network.") ? " " + name.substr(8) : "";
    require(archive_.metadata.contains(note), path, ": holds no network '", network, "'; there are:", there);
    layers_ = io::parse_network(archive_.metadata.at(note), path + ": " + note);
    model_.set_ir_version(8);
    model_.set_producer_name("hourglass");
    auto* opset = model_.add_opset_import();
    opset->set_domain("");
    opset->set_version(17);
    graph_ = model_.mutable_graph();
    graph_->set_name(network);
  }

  std::string bytes() {
    declare(graph_->add_input(), "input", layers_.front());
    for (const io::LayerNote& layer : layers_) {
      add(layer);
      activate(layer.activation);
    }
    graph_->mutable_node(graph_->node_size() - 1)->set_output(0, "output");
    declare(graph_->add_output(), "output", layers_.back());
    return model_.SerializeAsString();
  }

 private:
  // The input's or output's type; its rank is that of what the layer works on, and sizes have no numbers but in the
  // first layer, whose weights tell them.
  void declare(onnx::ValueInfoProto* value, const std::string& name, const io::LayerNote& layer) {
    value->set_name(name);
    auto* type = value->mutable_type()->mutable_tensor_type();
    type->set_elem_type(onnx::TensorProto::FLOAT);
    const bool image = std::any_of(layers_.begin(), layers_.end(),
                                   [](const io::LayerNote& each) { return each.kind.starts_with("conv"); });
    const std::vector<Index>& sizes = archive_.at(layer.prefix + "weight").sizes;
    const bool from = name == "input", turned = layer.kind == "conv_transpose2d";
    type->mutable_shape()->add_dim()->set_dim_param("n");
    const Index channels = sizes.size() == 1 ? sizes[0] : sizes[from != turned ? 1 : 0];
    type->mutable_shape()->add_dim()->set_dim_value(channels);
    if (!image) return;
    for (const char* axis : {"_height", "_width"}) type->mutable_shape()->add_dim()->set_dim_param(name + axis);
  }

  onnx::NodeProto& node(const std::string& kind) {
    auto& it = *graph_->add_node();
    it.set_op_type(kind);
    it.set_name(std::to_string(graph_->node_size()) + "_" + kind);
    it.add_input(last_);
    last_ = "x" + std::to_string(graph_->node_size());
    it.add_output(last_);
    return it;
  }

  void parameter(onnx::NodeProto& node, const std::string& name) {
    node.add_input(name);
    const io::Entry& entry = archive_.at(name);
    require(entry.type == "F32", path_, ": ", name, " is ", entry.type, ", expected F32");
    constant(name, entry.sizes, entry.bytes);
  }

  void constant(const std::string& name, const std::vector<Index>& sizes, std::span<const std::uint8_t> bytes) {
    auto* tensor = graph_->add_initializer();
    tensor->set_name(name);
    tensor->set_data_type(onnx::TensorProto::FLOAT);
    for (Index size : sizes) tensor->add_dims(size);
    tensor->set_raw_data(bytes.data(), bytes.size());
  }

  static void set(onnx::NodeProto& node, const std::string& name, std::initializer_list<Index> values) {
    auto* attribute = node.add_attribute();
    attribute->set_name(name);
    attribute->set_type(onnx::AttributeProto::INTS);
    for (Index value : values) attribute->add_ints(value);
  }

  static void set(onnx::NodeProto& node, const std::string& name, Index value) {
    auto* attribute = node.add_attribute();
    attribute->set_name(name);
    attribute->set_type(onnx::AttributeProto::INT);
    attribute->set_i(value);
  }

  static void set(onnx::NodeProto& node, const std::string& name, double value) {
    auto* attribute = node.add_attribute();
    attribute->set_name(name);
    attribute->set_type(onnx::AttributeProto::FLOAT);
    attribute->set_f(static_cast<float>(value));
  }

  double number(const io::LayerNote& layer, const std::string& name) const {
    const auto found = layer.numbers.find(name);
    require(found != layer.numbers.end(), path_, ": layer ", layer.prefix, " has no ", name);
    return found->second;
  }

  Index whole(const io::LayerNote& layer, const std::string& name) const {
    const double value = number(layer, name);
    require(value >= 0 && value <= 1e6 && value == std::floor(value), path_, ": layer ", layer.prefix, ": ", name,
            " is ", value, ", expected a whole number");
    return static_cast<Index>(value);
  }

  void add(const io::LayerNote& layer) {
    static const std::map<std::string, std::string> kinds{{"linear", "Gemm"},
                                                          {"conv2d", "Conv"},
                                                          {"conv_transpose2d", "ConvTranspose"},
                                                          {"batch_norm", "BatchNormalization"},
                                                          {"layer_norm", "LayerNormalization"}};
    const auto kind = kinds.find(layer.kind);
    require(kind != kinds.end(), path_, ": layer ", layer.prefix, " is of the unknown kind '", layer.kind, "'");
    onnx::NodeProto& it = node(kind->second);
    parameter(it, layer.prefix + "weight");
    parameter(it, layer.prefix + "bias");
    if (layer.kind == "linear") set(it, "transB", Index{1});
    if (layer.kind.starts_with("conv")) {
      const Index stride = whole(layer, "stride"), padding = whole(layer, "padding");
      set(it, "strides", {stride, stride});
      set(it, "pads", {padding, padding, padding, padding});
      if (layer.kind == "conv_transpose2d")
        set(it, "output_padding", {whole(layer, "output_padding"), whole(layer, "output_padding")});
    }
    if (layer.kind == "batch_norm") {
      parameter(it, layer.prefix + "running_mean");
      parameter(it, layer.prefix + "running_var");
    }
    if (layer.kind.ends_with("norm")) set(it, "epsilon", number(layer, "epsilon"));
  }

  void activate(const std::string& activation) {
    if (activation == "none") return;
    static const std::map<std::string, std::string> kinds{
        {"relu", "Relu"}, {"leaky_relu", "LeakyRelu"}, {"sigmoid", "Sigmoid"}, {"tanh", "Tanh"}};
    const std::string x = last_;
    if (activation == "silu") {  // x σ(x)
      node("Sigmoid");
      node("Mul").add_input(x);
    } else if (activation == "gelu") {  // x (1 + erf(x / √2)) / 2
      scaled("Mul", 1 / std::sqrt(2.0));
      node("Erf");
      scaled("Add", 1);
      node("Mul").add_input(x);
      scaled("Mul", 0.5);
    } else {
      require(kinds.contains(activation), path_, ": unknown activation '", activation, "'");
      onnx::NodeProto& it = node(kinds.at(activation));
      if (activation == "leaky_relu") set(it, "alpha", static_cast<double>(leaky_slope));
    }
  }

  // x combined with one number.
  void scaled(const std::string& kind, double value) {
    const auto number = static_cast<float>(value);
    const std::string name = "constant" + std::to_string(graph_->node_size());
    constant(name, {}, {reinterpret_cast<const std::uint8_t*>(&number), sizeof number});
    node(kind).add_input(name);
  }

  std::string path_, last_ = "input";
  io::Archive archive_;
  std::vector<io::LayerNote> layers_;
  onnx::ModelProto model_;
  onnx::GraphProto* graph_ = nullptr;
};

}  // namespace

int main(int argc, char** argv) try {
  require(argc == 4, "usage: export_onnx WEIGHTS NETWORK OUT");
  io::write_file(argv[3], Graph(argv[1], argv[2]).bytes());
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
