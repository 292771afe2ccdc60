#include "tests/f64/oracles/program.h"

#include <functional>
#include <map>

#include <hourglass/io/gzip.h>
#include <hourglass/tensor/error.h>

using namespace hourglass;
using Json = nlohmann::json;

namespace {

using Values = std::vector<Variable>;
using Op = std::function<Variable(const Values& in, const Json& a)>;

Shape shape_of(const Json& sizes) {
  const auto list = sizes.get<std::vector<Index>>();
  return Shape(std::span<const Index>(list));
}

Window window_of(const Json& a) { return {a.at("stride").get<Index>(), a.at("padding").get<Index>()}; }
PoolWindow pool_window_of(const Json& a) { return {a.at("stride").get<Index>(), a.at("padding").get<Index>()}; }

Variable or_none(const Values& in, std::size_t i) { return i < in.size() ? in[i] : Variable(); }

Activation activation_of(const std::string& name) {
  const std::map<std::string, Activation> known{{"none", Activation::none},
                                                {"relu", Activation::relu},
                                                {"sigmoid", Activation::sigmoid},
                                                {"tanh", Activation::tanh}};
  return known.at(name);
}

Variable batch_norm_of(const Values& in, const Json& a) {
  std::size_t next = 1;
  const auto take_next = [&](bool wanted) { return wanted ? in[next++] : Variable(); };
  const bool training = a.at("training").get<bool>();
  BatchStatistics s;
  if (training) {
    s = batch_statistics(in[0]);
  } else {
    s.mean = take_next(true);
    s.variance = take_next(true);
  }
  const Variable gamma = take_next(a.at("gamma").get<bool>()), beta = take_next(a.at("beta").get<bool>());
  return batch_norm(in[0], s, gamma, beta, a.at("epsilon").get<Scalar>());
}

Variable layer_norm_of(const Values& in, const Json& a) {
  const bool gamma = a.at("gamma").get<bool>(), beta = a.at("beta").get<bool>();
  return layer_norm(in[0], gamma ? in[1] : Variable(), beta ? in[gamma ? 2 : 1] : Variable(),
                    a.at("epsilon").get<Scalar>());
}

const std::map<std::string, Op>& ops() {
  const auto number = [](const Json& a, const char* name) { return a.at(name).get<Scalar>(); };
  const auto whole = [](const Json& a, const char* name) { return a.at(name).get<int>(); };
  const auto keep = [](const Json& a) { return a.at("keep").get<bool>() ? Keep::yes : Keep::no; };
  static const std::map<std::string, Op> table{
      {"constant", [=](const Values&, const Json& a) { return Variable(Tensor::scalar(number(a, "value"))); }},
      {"constant_tensor",
       [=](const Values&, const Json& a) {
         return Variable(Tensor::full(shape_of(a.at("shape")), number(a, "value")));
       }},
      {"add", [](const Values& in, const Json&) { return in[0] + in[1]; }},
      {"sub", [](const Values& in, const Json&) { return in[0] - in[1]; }},
      {"mul", [](const Values& in, const Json&) { return in[0] * in[1]; }},
      {"div", [](const Values& in, const Json&) { return in[0] / in[1]; }},
      {"maximum", [](const Values& in, const Json&) { return maximum(in[0], in[1]); }},
      {"minimum", [](const Values& in, const Json&) { return minimum(in[0], in[1]); }},
      {"affine",
       [=](const Values& in, const Json& a) { return affine(in[0], number(a, "scale"), number(a, "shift")); }},
      {"exp", [](const Values& in, const Json&) { return exp(in[0]); }},
      {"log", [](const Values& in, const Json&) { return log(in[0]); }},
      {"sqrt", [](const Values& in, const Json&) { return sqrt(in[0]); }},
      {"abs", [](const Values& in, const Json&) { return abs(in[0]); }},
      {"pow", [=](const Values& in, const Json& a) { return pow(in[0], number(a, "p")); }},
      {"clamp", [=](const Values& in, const Json& a) { return clamp(in[0], number(a, "low"), number(a, "high")); }},
      {"relu", [](const Values& in, const Json&) { return relu(in[0]); }},
      {"leaky_relu", [=](const Values& in, const Json& a) { return leaky_relu(in[0], number(a, "slope")); }},
      {"elu", [=](const Values& in, const Json& a) { return elu(in[0], number(a, "alpha")); }},
      {"gelu", [](const Values& in, const Json&) { return gelu(in[0]); }},
      {"silu", [](const Values& in, const Json&) { return silu(in[0]); }},
      {"sigmoid", [](const Values& in, const Json&) { return sigmoid(in[0]); }},
      {"tanh", [](const Values& in, const Json&) { return tanh(in[0]); }},
      {"softplus", [](const Values& in, const Json&) { return softplus(in[0]); }},
      {"softmax", [=](const Values& in, const Json& a) { return softmax(in[0], whole(a, "axis")); }},
      {"log_softmax", [=](const Values& in, const Json& a) { return log_softmax(in[0], whole(a, "axis")); }},
      {"logsumexp", [=](const Values& in, const Json& a) { return logsumexp(in[0], whole(a, "axis"), keep(a)); }},
      {"amax", [=](const Values& in, const Json& a) { return amax(in[0], whole(a, "axis"), keep(a)); }},
      {"sum", [=](const Values& in, const Json& a) { return sum(in[0], whole(a, "axis"), keep(a)); }},
      {"mean_axis", [=](const Values& in, const Json& a) { return mean(in[0], whole(a, "axis"), keep(a)); }},
      {"sum_all", [](const Values& in, const Json&) { return sum(in[0]); }},
      {"mean", [](const Values& in, const Json&) { return mean(in[0]); }},
      {"matmul",
       [](const Values& in, const Json& a) {
         const auto flag = [&](const char* name) { return a.value(name, false) ? Transpose::yes : Transpose::no; };
         return matmul(in[0], in[1], flag("ta"), flag("tb"));
       }},
      {"linear",
       [](const Values& in, const Json& a) {
         return linear(in[0], in[1], or_none(in, 2), activation_of(a.at("activation").get<std::string>()));
       }},
      {"top_k", [=](const Values& in, const Json& a) { return top_k(in[0], whole(a, "k")); }},
      {"reshape", [](const Values& in, const Json& a) { return reshape(in[0], shape_of(a.at("shape"))); }},
      {"permute",
       [](const Values& in, const Json& a) {
         const auto order = a.at("order").get<std::vector<int>>();
         return permute(in[0], order);
       }},
      {"cat", [=](const Values& in, const Json& a) { return cat(in, whole(a, "axis")); }},
      {"narrow", [=](const Values& in,
                     const Json& a) { return narrow(in[0], whole(a, "axis"), whole(a, "first"), whole(a, "count")); }},
      {"broadcast_to", [](const Values& in, const Json& a) { return broadcast_to(in[0], shape_of(a.at("shape"))); }},
      {"gather",
       [=](const Values& in, const Json& a) {
         return gather(in[0], whole(a, "axis"), a.at("indices").get<std::vector<int>>(), shape_of(a.at("shape")));
       }},
      {"embedding",
       [](const Values& in, const Json& a) { return embedding(a.at("indices").get<std::vector<int>>(), in[0]); }},
      {"conv2d", [](const Values& in, const Json& a) { return conv2d(in[0], in[1], or_none(in, 2), window_of(a)); }},
      {"conv_transpose2d",
       [=](const Values& in, const Json& a) {
         return conv_transpose2d(in[0], in[1], or_none(in, 2), window_of(a), whole(a, "output_padding"));
       }},
      {"average_pool",
       [=](const Values& in, const Json& a) { return avg_pool2d(in[0], whole(a, "kernel"), pool_window_of(a)); }},
      {"max_pool",
       [=](const Values& in, const Json& a) { return max_pool2d(in[0], whole(a, "kernel"), pool_window_of(a)); }},
      {"upsample", [=](const Values& in, const Json& a) { return upsample(in[0], whole(a, "factor")); }},
      {"batch_norm", batch_norm_of},
      {"layer_norm", layer_norm_of},
      {"dropout",
       [=](const Values& in, const Json& a) {
         Rng rng(1);
         return dropout(in[0], number(a, "p"), rng);
       }},
      {"squared_difference", [](const Values& in, const Json&) { return squared_difference(in[0], in[1]); }},
      {"cross_entropy_with_logits",
       [](const Values& in, const Json&) { return binary_cross_entropy_with_logits(in[0], in[1]); }},
      {"gaussian_kl", [](const Values& in, const Json&) { return gaussian_kl(in[0], in[1]); }},
  };
  return table;
}

io::Archive unpacked(const std::string& path) { return io::unpack(path, io::read_gzip(path, std::size_t{1} << 26)); }

}  // namespace

Oracle::Oracle(const std::string& name)
    : archive(unpacked(HOURGLASS_SOURCE "/tests/oracles/" + name + ".safetensors.gz")),
      index(Json::parse(archive.metadata.at("index"))),
      unsupported(Json::parse(archive.metadata.at("unsupported"))) {}

Tensor Oracle::at(std::size_t n, const std::string& what) const {
  return archive.at(std::to_string(n) + "." + what).tensor();
}

Variable run_program(const Json& program, std::vector<Variable> values) {
  for (const Json& instruction : program) {
    Values in;
    for (const Json& i : instruction.at("in")) in.push_back(values.at(i.get<std::size_t>()));
    const auto op = ops().find(instruction.at("op").get<std::string>());
    require(op != ops().end(), "program: no op is called ", instruction.at("op").get<std::string>());
    values.push_back(op->second(in, instruction));
  }
  return values.back();
}

Tensor cotangent(const Shape& shape, int c) {
  Tensor v(shape);
  Scalar* to = v.write_();
  for (Index j = 0; j < v.numel(); ++j) to[j] = std::sin(0.7 + c + 1.3 * static_cast<double>(j));
  return v;
}

double distance(const Tensor& found, const Tensor& expected) {
  if (found.shape() != expected.shape()) return INFINITY;
  double scale = 1e-3, worst = 0;
  for (Scalar v : expected.values()) scale = std::max(scale, std::abs(v));
  for (Index i = 0; i < found.numel(); ++i) {
    const double d = std::abs(found.data()[i] - expected.data()[i]) / scale;
    if (!(d <= worst)) worst = std::isfinite(d) ? d : INFINITY;
  }
  return worst;
}
