#include <hourglass/io/onnx/onnx.h>

#include <onnx/onnx_pb.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include <hourglass/io/checkpoint.h>
#include <hourglass/io/network.h>
#include <hourglass/io/writer.h>
#include <hourglass/tensor/product.h>

namespace hourglass::HOURGLASS_BUILD::io {
namespace {

using nn::LayerSpec;

class Graph {
 public:
  Graph(const Archive& weights, const std::string& network, const std::string& who) : who_(who), weights_(weights) {
    const auto found = weights.metadata.find("network." + network);
    std::string there;
    for (const auto& [name, text] : weights.metadata) there += name.starts_with("network.") ? " " + name.substr(8) : "";
    require(found != weights.metadata.end(), who, ": holds no network '", network,
            there.empty() ? "', nor any other" : "'; there are:" + there);
    layers_ = parse_network(found->second, who + ": network." + network);
    model_.set_ir_version(8);
    model_.set_producer_name("hourglass");
    auto* opset = model_.add_opset_import();
    opset->set_domain("");
    opset->set_version(17);
    graph_ = model_.mutable_graph();
    graph_->set_name(network);
  }

  std::string bytes() {
    declare(graph_->add_input(), "input");
    for (const LayerSpec& layer : layers_) {
      add(layer);
      activate(layer.activation);
    }
    graph_->mutable_node(graph_->node_size() - 1)->set_output(0, "output");
    declare(graph_->add_output(), "output");
    return model_.SerializeAsString();
  }

 private:
  // The type of what goes in or comes out: the batch's axis is free, and so are the sizes of images.
  void declare(onnx::ValueInfoProto* value, const std::string& name) {
    value->set_name(name);
    auto* type = value->mutable_type()->mutable_tensor_type();
    type->set_elem_type(onnx::TensorProto::FLOAT);
    type->mutable_shape()->add_dim()->set_dim_param("n");
    const std::vector<Index> sizes = name == "input" ? input_sizes() : output_sizes();
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      auto* axis = type->mutable_shape()->add_dim();
      if (sizes[i] > 0) {
        axis->set_dim_value(sizes[i]);
      } else {
        axis->set_dim_param(name + (i == 1 ? "_height" : "_width"));
      }
    }
  }

  // The sizes behind the batch, 0 for a free one: the first layer with a fixed input size determines them. A network
  // that begins with a reshape takes rows.
  std::vector<Index> input_sizes() const {
    for (const LayerSpec& layer : layers_) {
      if (layer.kind == "reshape") {
        const std::vector<Index> sizes = reshaped(layer);
        return {std::accumulate(sizes.begin(), sizes.end(), Index{1}, std::multiplies<>())};
      }
      if (has_weight(layer)) return rows_or_images(layer, layer.kind == "linear" || layer.kind == "conv2d" ? 1 : 0);
    }
    fail(who_, ": no layer determines the size of the input");
  }

  // The last layer with a fixed output size determines that of the output.
  std::vector<Index> output_sizes() const {
    for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) {
      if (layer->kind == "reshape") return reshaped(*layer);
      if (layer->kind == "first") return {whole(*layer, "count")};
      if (has_weight(*layer)) return rows_or_images(*layer, layer->kind == "conv_transpose2d" ? 1 : 0);
    }
    fail(who_, ": no layer determines the size of the output");
  }

  static bool has_weight(const LayerSpec& layer) {
    return layer.kind == "linear" || layer.kind.starts_with("conv") || layer.kind.ends_with("norm");
  }

  std::vector<Index> rows_or_images(const LayerSpec& layer, std::size_t axis) const {
    const std::vector<Index>& sizes = weights_.at(layer.prefix + "weight").sizes;
    require(axis < sizes.size(), who_, ": ", layer.prefix, "weight has ", sizes.size(), " axes, too few for a ",
            layer.kind);
    const bool of_images = std::any_of(layers_.begin(), layers_.end(),
                                       [](const LayerSpec& each) { return each.kind.starts_with("conv"); });
    const bool image = layer.kind.starts_with("conv") || (layer.kind == "batch_norm" && of_images);
    return image ? std::vector<Index>{sizes[axis], 0, 0} : std::vector<Index>{sizes[axis]};
  }

  std::vector<Index> reshaped(const LayerSpec& layer) const {
    std::vector<Index> sizes;
    for (std::size_t i = 1; i <= layer.numbers.size(); ++i) sizes.push_back(whole(layer, "axis" + std::to_string(i)));
    return sizes;
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

  std::string parameter(const std::string& name) {
    const Entry& entry = weights_.at(name);
    require(entry.type == "F32", who_, ": ", name, " is ", entry.type, ", expected F32");
    constant(name, onnx::TensorProto::FLOAT, entry.sizes, entry.bytes.data(), entry.bytes.size());
    return name;
  }

  void constant(const std::string& name, onnx::TensorProto::DataType type, const std::vector<Index>& sizes,
                const void* bytes, std::size_t count) {
    auto* tensor = graph_->add_initializer();
    tensor->set_name(name);
    tensor->set_data_type(type);
    for (Index size : sizes) tensor->add_dims(size);
    tensor->set_raw_data(bytes, count);
  }

  // A constant of its own name.
  std::string whole_numbers(const std::vector<std::int64_t>& values) {
    const std::string name = "constant" + std::to_string(graph_->initializer_size());
    constant(name, onnx::TensorProto::INT64, {static_cast<Index>(values.size())}, values.data(),
             values.size() * sizeof(std::int64_t));
    return name;
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

  double number(const LayerSpec& layer, const std::string& name) const {
    const auto found = layer.numbers.find(name);
    require(found != layer.numbers.end(), who_, ": layer ", layer.kind, " ", layer.prefix, " has no ", name);
    return found->second;
  }

  Index whole(const LayerSpec& layer, const std::string& name) const {
    const double value = number(layer, name);
    require(value >= 0 && value <= 1e6 && value == std::floor(value), who_, ": layer ", layer.kind, " ", layer.prefix,
            ": ", name, " is ", value, ", expected a whole number");
    return static_cast<Index>(value);
  }

  void add(const LayerSpec& layer) {
    static const std::map<std::string, void (Graph::*)(const LayerSpec&)> kinds{
        {"linear", &Graph::linear},         {"conv2d", &Graph::convolution},
        {"batch_norm", &Graph::batch_norm}, {"conv_transpose2d", &Graph::convolution},
        {"layer_norm", &Graph::layer_norm}, {"reshape", &Graph::reshape},
        {"first", &Graph::first},           {"round", &Graph::round},
        {"top_k", &Graph::top_k},           {"nearest", &Graph::nearest},
        {"activation", &Graph::identity}};
    const auto kind = kinds.find(layer.kind);
    require(kind != kinds.end(), who_, ": layer ", layer.prefix, " is of the unknown kind '", layer.kind, "'");
    (this->*kind->second)(layer);
  }

  onnx::NodeProto& weighted(const std::string& kind, const LayerSpec& layer) {
    onnx::NodeProto& it = node(kind);
    it.add_input(parameter(layer.prefix + "weight"));
    it.add_input(parameter(layer.prefix + "bias"));
    return it;
  }

  void linear(const LayerSpec& layer) { set(weighted("Gemm", layer), "transB", Index{1}); }

  void convolution(const LayerSpec& layer) {
    const bool back = layer.kind == "conv_transpose2d";
    onnx::NodeProto& it = weighted(back ? "ConvTranspose" : "Conv", layer);
    const Index stride = whole(layer, "stride"), padding = whole(layer, "padding");
    set(it, "strides", {stride, stride});
    set(it, "pads", {padding, padding, padding, padding});
    if (back) set(it, "output_padding", {whole(layer, "output_padding"), whole(layer, "output_padding")});
  }

  void batch_norm(const LayerSpec& layer) {
    onnx::NodeProto& it = weighted("BatchNormalization", layer);
    it.add_input(parameter(layer.prefix + "running_mean"));
    it.add_input(parameter(layer.prefix + "running_var"));
    set(it, "epsilon", number(layer, "epsilon"));
  }

  void layer_norm(const LayerSpec& layer) {
    set(weighted("LayerNormalization", layer), "epsilon", number(layer, "epsilon"));
  }

  void reshape(const LayerSpec& layer) {
    std::vector<std::int64_t> sizes = {-1};
    for (const Index size : reshaped(layer)) sizes.push_back(size);
    const std::string to = whole_numbers(sizes);
    node("Reshape").add_input(to);
  }

  void first(const LayerSpec& layer) {
    onnx::NodeProto& it = node("Slice");
    for (const std::int64_t bound : {Index{0}, whole(layer, "count"), Index{1}})  // from, to, of which axis
      it.add_input(whole_numbers({bound}));
  }

  void round(const LayerSpec&) { node("Round"); }
  void identity(const LayerSpec& layer) {
    if (layer.activation == Activation::none) node("Identity");
  }

  // The k largest are written into zeros at their positions.
  void top_k(const LayerSpec& layer) {
    const std::string x = last_;
    node("Shape");
    node("ConstantOfShape");
    const std::string zeros = last_;
    last_ = x;
    onnx::NodeProto& largest = node("TopK");
    largest.add_input(whole_numbers({whole(layer, "k")}));
    const std::string values = last_, places = values + "_places";
    largest.add_output(places);
    last_ = zeros;
    onnx::NodeProto& put = node("ScatterElements");
    put.add_input(places);
    put.add_input(values);
    set(put, "axis", Index{1});
  }

  // Each part z of a code becomes its nearest entry e of the codebook, the one with the smallest Σ (z - e)².
  void nearest(const LayerSpec& layer) {
    const std::string x = last_, book = parameter(layer.prefix);
    node("Shape");
    const std::string shape = last_, parts = whole_numbers({-1, 1, whole(layer, "width")});
    last_ = x;
    node("Reshape").add_input(parts);
    node("Sub").add_input(book);  // [parts, entries, width]
    onnx::NodeProto& distances = node("ReduceSumSquare");
    set(distances, "axes", {2});
    set(distances, "keepdims", Index{0});
    onnx::NodeProto& which = node("ArgMin");
    set(which, "axis", Index{1});
    set(which, "keepdims", Index{0});
    const std::string chosen = last_;
    last_ = book;
    node("Gather").add_input(chosen);
    node("Reshape").add_input(shape);
  }

  void activate(Activation activation) {
    const std::string x = last_;
    switch (activation.kind) {
      case Activation::none:
        return;
      case Activation::relu:
        node("Relu");
        return;
      case Activation::leaky_relu:
        set(node("LeakyRelu"), "alpha", static_cast<double>(activation.negative_slope));
        return;
      case Activation::sigmoid:
        node("Sigmoid");
        return;
      case Activation::tanh:
        node("Tanh");
        return;
      case Activation::silu:  // x σ(x)
        node("Sigmoid");
        node("Mul").add_input(x);
        return;
      case Activation::gelu:  // x (1 + erf(x / √2)) / 2
        scaled("Mul", 1 / std::sqrt(2.0));
        node("Erf");
        scaled("Add", 1);
        node("Mul").add_input(x);
        scaled("Mul", 0.5);
    }
  }

  // x combined with one number.
  void scaled(const std::string& kind, double value) {
    const auto number = static_cast<float>(value);
    const std::string name = "constant" + std::to_string(graph_->initializer_size());
    constant(name, onnx::TensorProto::FLOAT, {}, &number, sizeof number);
    node(kind).add_input(name);
  }

  std::string who_, last_ = "input";
  const Archive& weights_;
  nn::NetworkSpec layers_;
  onnx::ModelProto model_;
  onnx::GraphProto* graph_ = nullptr;
};

}  // namespace

std::string to_onnx(const Archive& weights, const std::string& network, const std::string& who) {
  return Graph(weights, network, who).bytes();
}

void save_onnx(const std::string& path, const nn::NetworkSpec& network, const nn::Parameters& parameters) {
  write_file(path, to_onnx(weights(parameters, describe({{"network", network}})), "network", path));
}

}  // namespace hourglass::HOURGLASS_BUILD::io
