#pragma once
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <functional>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/io/gzip.h>
#include <hourglass/io/safetensors.h>
#include <hourglass/nn/labels.h>
#include <hourglass/nn/loss.h>
#include "tests/check.h"

// Every op and every loss where numbers end: NaN, infinities, zeros, denormals, the smallest and the largest, ties and
// kinks. What PyTorch computes in double stands in tests/oracles/edges.safetensors.gz (made by tools/python/edges.py);
// the few places where we differ on purpose stand in tests/oracles/edges.txt, each with its reason. Both builds share
// this body.
namespace edges {

using namespace hourglass;

/// Fixed for all: units in the last place of the largest number expected. Denormals count as 0.
constexpr double tolerance = 16 * std::numeric_limits<Scalar>::epsilon();

using In = std::span<const Variable>;
using Function = std::function<Variable(In)>;

inline Positions places(std::initializer_list<Index> list) {
  return std::make_shared<const memory::Vector<Index>>(list);
}

/// Our side of each case, under the case's name.
inline std::map<std::string, Function> functions() {
  std::map<std::string, Function> all{
      {"add", [](In x) { return x[0] + x[1]; }},
      {"sub", [](In x) { return x[0] - x[1]; }},
      {"mul", [](In x) { return x[0] * x[1]; }},
      {"div", [](In x) { return x[0] / x[1]; }},
      {"maximum", [](In x) { return maximum(x[0], x[1]); }},
      {"minimum", [](In x) { return minimum(x[0], x[1]); }},
      {"affine", [](In x) { return affine(x[0], 3, -1); }},
      {"div_number", [](In x) { return x[0] / Scalar(3); }},
      {"div_small", [](In x) { return x[0] / Scalar(0x1p-60); }},
      {"eq", [](In x) { return eq(x[0], x[1]); }},
      {"where",
       [](In x) {
         return where(Tensor({3}, {0, 1, -3}), x[0], x[1]);
       }},
      {"where_number",
       [](In x) {
         return where(Tensor({3}, {0, 1, -3}), x[0], 2);
       }},
      {"number_where",
       [](In x) {
         return where(Tensor({3}, {0, 1, -3}), 2, x[0]);
       }},
      {"log1p", [](In x) { return log1p(x[0]); }},
      {"sin", [](In x) { return sin(x[0]); }},
      {"cos", [](In x) { return cos(x[0]); }},
      {"pow_tensor", [](In x) { return pow(x[0], x[1]); }},
      {"exp", [](In x) { return exp(x[0]); }},
      {"expm1", [](In x) { return expm1(x[0]); }},
      {"log", [](In x) { return log(x[0]); }},
      {"sqrt", [](In x) { return sqrt(x[0]); }},
      {"abs", [](In x) { return abs(x[0]); }},
      {"pow", [](In x) { return pow(x[0], 3); }},
      {"pow_-1", [](In x) { return pow(x[0], -1); }},
      {"pow_0", [](In x) { return pow(x[0], 0); }},
      {"pow_0.5", [](In x) { return pow(x[0], Scalar(0.5)); }},
      {"pow_1", [](In x) { return pow(x[0], 1); }},
      {"pow_2", [](In x) { return pow(x[0], 2); }},
      {"square", [](In x) { return square(x[0]); }},
      {"clamp", [](In x) { return clamp(x[0], Scalar(-0.5), Scalar(1.5)); }},
      {"relu", [](In x) { return relu(x[0]); }},
      {"leaky_relu", [](In x) { return leaky_relu(x[0], Scalar(0.25)); }},
      {"elu", [](In x) { return elu(x[0], Scalar(0.75)); }},
      {"gelu", [](In x) { return gelu(x[0]); }},
      {"silu", [](In x) { return silu(x[0]); }},
      {"sigmoid", [](In x) { return sigmoid(x[0]); }},
      {"tanh", [](In x) { return tanh(x[0]); }},
      {"softplus", [](In x) { return softplus(x[0]); }},
      {"activate", [](In x) { return activate(Activation::silu, x[0]); }},
      {"softmax", [](In x) { return softmax(x[0], -1); }},
      {"log_softmax", [](In x) { return log_softmax(x[0], -1); }},
      {"relu_grad", [](In x) { return relu_grad(x[0], x[1]); }},
      {"leaky_relu_grad", [](In x) { return leaky_relu_grad(x[0], x[1], Scalar(0.25)); }},
      {"elu_grad", [](In x) { return elu_grad(x[0], x[1], Scalar(0.75)); }},
      {"gelu_grad", [](In x) { return gelu_grad(x[0], x[1]); }},
      {"silu_grad", [](In x) { return silu_grad(x[0], x[1]); }},
      {"sigmoid_grad", [](In x) { return sigmoid_grad(x[0], x[1]); }},
      {"tanh_grad", [](In x) { return tanh_grad(x[0], x[1]); }},
      {"activation_grad", [](In x) { return activation_grad(Activation::tanh, x[0], x[1]); }},
      {"matmul", [](In x) { return matmul(x[0], x[1]); }},
      {"sum", [](In x) { return sum(x[0]); }},
      {"sum_axis", [](In x) { return sum(x[0], 1); }},
      {"mean", [](In x) { return mean(x[0]); }},
      {"mean_axis", [](In x) { return mean(x[0], 1); }},
      {"amin", [](In x) { return amin(x[0], 1); }},
      {"stack",
       [](In x) {
         return stack({x[0], x[0]}, 1);
       }},
      {"amax", [](In x) { return amax(x[0], 1); }},
      {"logsumexp", [](In x) { return logsumexp(x[0], 1); }},
      {"top_k", [](In x) { return top_k(x[0], 2); }},
      {"reshape",
       [](In x) {
         return reshape(x[0], Shape{3, 1});
       }},
      {"permute",
       [](In x) {
         return permute(x[0], {1, 0});
       }},
      {"transpose", [](In x) { return transpose(x[0]); }},
      {"cat",
       [](In x) {
         return cat({x[0], x[0]}, 1);
       }},
      {"narrow", [](In x) { return narrow(x[0], 1, 1, 2); }},
      {"pad", [](In x) { return pad(x[0], 1, 1, 5); }},
      {"broadcast_to",
       [](In x) {
         return broadcast_to(x[0], Shape{2, 3});
       }},
      {"sum_to",
       [](In x) {
         return sum_to(x[0], Shape{1, 3});
       }},
      {"take",
       [](In x) {
         return take(x[0], places({2, 0, 0, 1}), Shape{4});
       }},
      {"put",
       [](In x) {
         return put(x[0], places({3, 0, 0}), Shape{4});
       }},
      {"gather",
       [](In x) {
         return gather(x[0], 1, std::vector<int>{2, 0, 0, 1}, Shape{1, 4});
       }},
      {"embedding",
       [](In x) {
         return embedding(std::vector<int>{1, 1, 0}, x[0]);
       }},
      {"conv2d", [](In x) { return conv2d(x[0], x[1], x[2]); }},
      {"conv2d_relu", [](In x) { return conv2d(x[0], x[1], x[2], Window{}, Activation::relu); }},
      {"conv2d_input", [](In x) { return conv2d_input(x[0], x[1], x[2], 3, 3); }},
      {"conv2d_weight", [](In x) { return conv2d_weight(x[0], x[1], 2, 2); }},
      {"conv_transpose2d", [](In x) { return conv_transpose2d(x[0], x[1], x[2]); }},
      {"avg_pool2d", [](In x) { return avg_pool2d(x[0], 3, PoolWindow()); }},
      {"avg_pool2d_whole",
       [](In x) {
         return avg_pool2d(x[0], 2, PoolWindow{1, 0});
       }},
      {"max_pool2d",
       [](In x) {
         return max_pool2d(x[0], 2, PoolWindow{1, 0});
       }},
      {"avg_unpool2d",
       [](In x) {
         return avg_unpool2d(x[0], 3, 6, 6, Window{3, 0});
       }},
      {"upsample", [](In x) { return upsample(x[0], 3); }},
      {"layer_norm", [](In x) { return layer_norm(x[0], x[1], x[2]); }},
      {"layer_norm_alone", [](In x) { return layer_norm(x[0], Variable(), Variable()); }},
      {"batch_norm", [](In x) { return batch_norm(x[0], batch_statistics(x[0]), x[1], x[2]); }},
      {"batch_norm_given",
       [](In x) {
         return batch_norm(x[0], {x[1], x[2]}, Variable(), Variable());
       }},
      {"detach", [](In x) { return x[0].detach(); }},
      {"round_straight_through", [](In x) { return round_straight_through(x[0]); }},
      {"squared_difference", [](In x) { return squared_difference(x[0], x[1]); }},
      {"binary_cross_entropy_with_logits", [](In x) { return binary_cross_entropy_with_logits(x[0], x[1]); }},
      {"gaussian_kl", [](In x) { return gaussian_kl(x[0], x[1]); }},
      {"bernoulli_kl", [](In x) { return bernoulli_kl(Scalar(0.5), x[0]); }},
      {"nn_squared_error", [](In x) { return nn::squared_error(x[0], x[1]).value; }},
      {"nn_binary_cross_entropy_with_logits",
       [](In x) { return nn::binary_cross_entropy_with_logits(x[0], x[1]).value; }},
      {"nn_with_penalty",
       [](In x) {
         return nn::with_penalty({sum(x[0]), Unit::nats_per_image}, sum(x[1])).value;
       }},
      {"nn_cross_entropy", [](In x) { return nn::cross_entropy(x[0], std::vector<int>{1}).value; }},
  };
  all["dropout"] = [](In x) {
    Rng rng(1);
    return dropout(x[0], 0, rng);
  };
  for (const auto& [name, activation] :
       std::initializer_list<std::pair<const char*, Activation>>{{"linear", Activation::none},
                                                                 {"linear_relu", Activation::relu},
                                                                 {"linear_leaky_relu", Activation::leaky(0.2)},
                                                                 {"linear_sigmoid", Activation::sigmoid},
                                                                 {"linear_tanh", Activation::tanh}})
    all[name] = [activation = activation](In x) { return linear(x[0], x[1], x[2], activation); };
  return all;
}

/// Number j of cotangent c for rows of `width` numbers, one below the other.
inline Variable cotangent(const Shape& shape, Index width, Index c) {
  Tensor v(shape);
  for (Index j = 0; j < v.numel(); ++j)
    v.write_()[j] = (static_cast<Scalar>((3 * (j % width) + 5 * c) % 7) - Scalar(2.75)) / 4;
  return v;
}

/// Value, first derivatives and second derivatives of `rows` rows in one call, each flat.
inline std::vector<Tensor> derivatives(const Function& f, const std::vector<Tensor>& values, Index rows) {
  std::vector<Variable> x;
  for (const Tensor& value : values) x.push_back(Variable::parameter(value));
  const Variable y = f(x);
  std::vector<Tensor> all{y.value()};
  Variables first, second;
  Variable total = Tensor::scalar(0);
  if (y.requires_grad()) {
    first = grad(y, x, Graph::create, cotangent(y.shape(), y.numel() / rows, 0));
    for (std::size_t k = 0; k < x.size(); ++k)
      total = total + sum(first[k] * cotangent(x[k].shape(), x[k].numel() / rows, 1 + static_cast<Index>(k)));
  }
  if (total.requires_grad()) second = grad(total, x);
  for (const Variables* gradients : {&first, &second})
    for (std::size_t k = 0; k < x.size(); ++k)
      all.push_back(gradients->empty() ? Tensor::zeros(x[k].shape()) : (*gradients)[k].value());
  return all;
}

inline std::string shown(const Scalar* v, Index count) {
  std::ostringstream text;
  text.precision(sizeof(Scalar) == 4 ? 9 : 17);
  for (Index i = 0; i < count; ++i) text << (i ? " " : "") << v[i];
  return text.str();
}

/// By its bits: a processor that takes denormals for zeros calls them equal.
inline bool denormal(Scalar v) {
  using Bits = std::conditional_t<sizeof(Scalar) == 4, std::uint32_t, std::uint64_t>;
  const auto size = static_cast<Bits>(std::bit_cast<Bits>(v) << 1);
  return size != 0 && size < static_cast<Bits>(std::bit_cast<Bits>(std::numeric_limits<Scalar>::min()) << 1);
}

/// The name of a number, as edges.txt has it, without its sign.
inline std::string kind(Scalar v) {
  if (denormal(v)) return "denormal";
  const double size = std::abs(static_cast<double>(v));
  if (std::isnan(size)) return "nan";
  if (std::isinf(size)) return "inf";
  if (size == 0) return "0";
  if (size >= std::numeric_limits<Scalar>::max()) return "max";
  for (const char* name : {"1e-30", "1e-8", "0.5", "1", "1e4", "1e20"})
    if (std::abs(size / std::stod(name) - 1) < 1e-6) return name;
  return shown(&v, 1);
}

/// A place where we differ on purpose: a line of edges.txt.
struct Exception {
  std::string build, name, quantity, inputs, line;
  bool met = false;

  // One pattern for each number of the row, or one that some number must fit: "*", or kinds between "/", each with or
  // without a sign.
  static bool fits(const std::string& pattern, Scalar v) {
    std::istringstream kinds(pattern);
    for (std::string each; std::getline(kinds, each, '/');) {
      const bool sign = each[0] == '+' || (each[0] == '-' && each.size() > 1);
      if (each == "*" || (each.substr(sign) == kind(v) && (!sign || std::signbit(v) == (each[0] == '-')))) return true;
    }
    return false;
  }
  bool covers(const std::string& of, const std::string& what, std::span<const Scalar> row) const {
    if (name != of || (quantity != "*" && quantity != what)) return false;
    std::vector<std::string> patterns;
    std::istringstream list(inputs);
    for (std::string each; std::getline(list, each, ',');) patterns.push_back(each);
    if (patterns.size() == 1)
      return std::any_of(row.begin(), row.end(), [&](Scalar v) { return fits(patterns[0], v); });
    REQUIRE_MESSAGE(patterns.size() == row.size(), line);
    for (std::size_t i = 0; i < row.size(); ++i)
      if (!fits(patterns[i], row[i])) return false;
    return true;
  }
};

/// Those of this build.
inline std::vector<Exception> exceptions() {
  std::ifstream file(HOURGLASS_SOURCE "/tests/oracles/edges.txt");
  REQUIRE(file.good());
  std::vector<Exception> all;
  int count = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    ++count;
    Exception e;
    std::string reason;
    std::istringstream fields(line);
    fields >> e.build >> e.name >> e.quantity >> e.inputs;
    std::getline(fields, reason);
    e.line = line;
    CHECK_MESSAGE(reason.size() > 10, "no reason is given: " << line);
    e.met =
        e.build == "flushed" && kind((Variable(Tensor::scalar(std::numeric_limits<Scalar>::min())) / 2).item()) != "0";
    if (e.build == "both" || e.build == "flushed" || e.build == (sizeof(Scalar) == 4 ? "f32" : "f64")) all.push_back(e);
  }
  CHECK_MESSAGE(count <= 40, count << " differences are listed, at most 40 may be");
  return all;
}

struct Case {
  std::string name;
  std::vector<Shape> shapes;
  bool together;
  Tensor in, out;  // [rows, numbers]

  Index rows() const { return in.size(0); }
  std::span<const Scalar> row(const Tensor& of, Index r) const {
    return of.values().subspan(static_cast<std::size_t>(r * of.size(1)), static_cast<std::size_t>(of.size(1)));
  }
  // Input k of `count` rows from `first` on, one below the other.
  std::vector<Tensor> inputs(Index first, Index count) const {
    std::vector<Tensor> all;
    Index at = 0;
    for (const Shape& shape : shapes) {
      Tensor x(count == 1 ? shape : shape.with(0, count * shape[0]));
      for (Index r = 0; r < count; ++r)
        std::copy_n(in.data() + (first + r) * in.size(1) + at, shape.numel(), x.write_() + r * shape.numel());
      at += shape.numel();
      all.push_back(x);
    }
    return all;
  }
  // The least unit of a difference. Where a row is one number: none. Where its numbers are joined, digits cancel, and
  // it is what the numbers of the row are rounded to, at most 1, for a value (the first `values` numbers expected); for
  // a derivative the largest of the row's derivatives, at least 1, the size of the cotangents. tanh' = 1 - y² cancels
  // near |y| = 1, and processors differ in the last places of y: it is rounded to what 1 is.
  double unit(Index r, bool value, Index values) const {
    if (name == "tanh" && !value) return 1;
    if (in.size(1) == 1 || together_by_number()) return 0;
    const auto largest = [](std::span<const Scalar> numbers) {
      double most = 0;
      for (Scalar v : numbers)
        if (std::isfinite(v)) most = std::max(most, std::abs(static_cast<double>(v)));
      return most;
    };
    return value ? std::min(largest(row(in, r)), 1.0)
                 : std::max(largest(row(out, r).subspan(static_cast<std::size_t>(values))), 1.0);
  }
  bool together_by_number() const {
    return together && std::all_of(shapes.begin(), shapes.end(), [](const Shape& s) { return s == Shape{1}; });
  }
  // The row of zeros for a row that holds denormals, which a build may take for zeros: else the row itself.
  Index flushed(Index r) const {
    std::vector<Scalar> wanted;
    for (Scalar v : row(in, r)) wanted.push_back(denormal(v) ? std::copysign(Scalar{0}, v) : v);
    for (Index other = 0; other < rows(); ++other)
      if (std::memcmp(wanted.data(), row(in, other).data(), wanted.size() * sizeof(Scalar)) == 0) return other;
    return r;
  }
};

inline std::vector<Case> cases() {
  const std::string path = HOURGLASS_SOURCE "/tests/oracles/edges.safetensors.gz";
  const io::Archive archive = io::unpack(path, io::read_gzip(path, std::size_t{1} << 26));
  const auto index = nlohmann::json::parse(archive.metadata.at("index"));
  std::vector<Case> all;
  for (std::size_t n = 0; n < index.size(); ++n) {
    const std::string prefix = (sizeof(Scalar) == 4 ? "32." : "64.") + std::to_string(n);
    Case c{index[n].at("case"),
           {},
           index[n].at("together"),
           archive.at(prefix + ".in").tensor(),
           archive.at(prefix + ".out").tensor()};
    for (const auto& sizes : index[n].at("shapes"))
      c.shapes.emplace_back(std::span<const Index>(sizes.get<std::vector<Index>>()));
    all.push_back(c);
  }
  return all;
}

/// Whether all numbers of a tensor are what is expected, in units of the largest of them or of `unit`.
inline bool equal(const Scalar* found, const Scalar* expected, Index count, double unit) {
  for (Index i = 0; i < count; ++i)
    if (std::isfinite(expected[i])) unit = std::max(unit, std::abs(static_cast<double>(expected[i])));
  for (Index i = 0; i < count; ++i) {
    const double f = found[i], e = expected[i];
    if (std::isnan(e)   ? !std::isnan(f)
        : std::isinf(e) ? f != e
                        : !(std::abs(f - e) <= tolerance * unit + std::numeric_limits<Scalar>::min()))
      return false;
  }
  return true;
}

/// Compares `count` rows of a case, computed in one call, and notes the exceptions that are met.
inline void check(const Case& c, const Function& f, Index first, Index count, std::vector<Exception>& listed) {
  const std::vector<Tensor> found = derivatives(f, c.inputs(first, count), count);
  for (Index r = first; r < first + count; ++r) {
    const Index zeros = c.flushed(r);
    Index at = 0;
    for (std::size_t t = 0; t < found.size(); ++t) {
      const Index width = found[t].numel() / count;
      const Scalar *ours = found[t].data() + (r - first) * width, *theirs = c.row(c.out, r).data() + at;
      const std::string what = t == 0 ? "value" : t <= c.shapes.size() ? "first" : "second";
      at += width;
      const double unit = c.unit(r, t == 0, found[0].numel() / count);
      if (equal(ours, theirs, width, unit) || equal(ours, c.row(c.out, zeros).data() + at - width, width, unit))
        continue;
      bool excused = false;
      for (Exception& e : listed)
        if (e.covers(c.name, what, c.row(c.in, r))) excused = e.met = true;
      CHECK_MESSAGE(excused, c.name << " " << what << " " << t << " of " << count << " rows at "
                                    << shown(c.row(c.in, r).data(), c.in.size(1)) << ": " << shown(ours, width)
                                    << ", expected " << shown(theirs, width));
    }
    CHECK_MESSAGE(at == c.out.size(1), c.name << ": " << at << " numbers, expected " << c.out.size(1));
  }
}

/// The whole table.
inline void check_all() {
  const std::map<std::string, Function> ours = functions();
  std::vector<Exception> listed = exceptions();
  std::size_t seen = 0;
  for (const Case& c : cases()) {
    const auto function = ours.find(c.name);
    REQUIRE_MESSAGE(function != ours.end(), c.name << " is in the table and not among our functions");
    ++seen;
    for (Index r = 0; r < c.rows(); ++r) check(c, function->second, r, 1, listed);
    if (c.together) check(c, function->second, 0, c.rows(), listed);
  }
  CHECK_MESSAGE(seen == ours.size(),
                seen << " cases for " << ours.size() << " functions: some have no rows in the table");
  for (const Exception& e : listed) CHECK_MESSAGE(e.met, "listed and not found any more: " << e.line);
}

}  // namespace edges
