#include <cmath>
#include <filesystem>
#include "tests/pytorch.h"

#include <hourglass/hourglass.h>
#include "lessons/20_many_machines/ring.h"

// The section "PyTorch's line" of each lesson's text: its block of Python must be the one that was executed, and what
// it computed (tests/oracles/lesson_lines.jsonl, made by tools/python/lesson_lines.py, which has the inputs) must be
// what our own code computes.

using namespace hourglass;
using pytorch::fill;
using pytorch::numbers;

namespace {

/// The section of a lesson's text, empty for none.
std::string section_of(const std::string& lesson) {
  const std::string text = pytorch::read("lessons/" + lesson + "/README.md");
  const std::size_t start = text.find("\n## PyTorch's line\n");
  if (start == std::string::npos) return "";
  return text.substr(start, text.find("\n## ", start + 1) - start);
}

/// What one lesson's block computes, value by value, in the order of the oracle.
class Lines {
 public:
  explicit Lines(const std::string& lesson) : lesson_(lesson), oracle_(pytorch::oracle("lesson_lines.jsonl", lesson)) {
    REQUIRE_MESSAGE((!oracle_.empty() && oracle_[0].at("setup") == pytorch::block(section_of(lesson), "python")),
                    lesson << ": make tests/oracles/lesson_lines.jsonl again");
    computed.insert(lesson);
  }
  /// All values of the oracle must have been computed.
  ~Lines() {
    CHECK_MESSAGE(row_ == oracle_.size(), lesson_ << ": " << oracle_.size() - row_ << " values are not computed");
  }
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;
  static inline std::set<std::string> computed;  // lessons

  void value(const std::string& expression, const pytorch::Value& found) {
    const nlohmann::json& expected = next(expression);
    CHECK_MESSAGE(pytorch::agrees(found, expected, 1e-12),
                  lesson_ << ": " << expression << " is " << pytorch::shown(found) << ", PyTorch's is " << expected);
  }
  /// Random numbers that PyTorch drew.
  Tensor given(const std::string& expression) {
    const nlohmann::json& entry = next(expression);
    return Tensor(Shape(entry.at("shape").get<std::vector<Index>>()), entry.at("values").get<std::vector<Scalar>>());
  }

 private:
  const nlohmann::json& next(const std::string& expression) {
    REQUIRE_MESSAGE((row_ < oracle_.size() && oracle_[row_].at("pytorch") == expression),
                    lesson_ << ": the oracle has no value of " << expression << " here");
    return oracle_[row_++];
  }

  std::string lesson_;
  std::vector<nlohmann::json> oracle_;
  std::size_t row_ = 1;
};

Tensor images(const Shape& shape, double i = 0) { return sigmoid(numbers(shape, i)); }

/// The weight or bias number i of a network.
Variable parameter(const nn::Module& network, std::size_t i) { return network.parameters()[i].variable; }

template <class Model>
Model filled(Model model) {
  fill(model.encoder);
  fill(model.decoder);
  return model;
}

models::Undercomplete autoencoder() {
  Rng rng(1);
  return filled(models::Undercomplete({.input = 6, .hidden = 4, .code = 2}, rng));
}

/// Codes of training and of test images, as the inputs of two lessons have them.
Tensor codes() { return sin(7 * numbers({8, 3})); }
Tensor test_codes() { return sin(7 * numbers({6, 3}, 2)); }

std::vector<double> list(const Tensor& x) { return {x.values().begin(), x.values().end()}; }

void gradient_descent() {
  Lines lines("00_tensors_and_gradients");
  const Tensor x = images({5, 6});
  Variable c = Variable::parameter(numbers({6}, 1));
  const Loss loss = nn::squared_error(broadcast_to(c, x.shape()), x);
  backward(loss.value);
  lines.value("loss", loss.value);
  lines.value("c.grad", c.grad());
  lines.value("c", c.value() - 0.25 * c.grad());
}

void training_step() {
  Lines lines("01_encoder_decoder");
  const Tensor x = images({5, 6});
  models::Undercomplete model = autoencoder();
  nn::Adam adam(model.parameters(), {.learning_rate = 1e-3});
  const Variable h = model.encode(x);
  const Variable r = model.decode(h);
  const Loss loss = nn::squared_error(r, x);
  backward(loss.value);
  adam.step();
  lines.value("h", h);
  lines.value("r", r);
  lines.value("loss", loss.value);
  lines.value("encoder[0].weight.grad", parameter(model.encoder, 0).grad());
  lines.value("encoder[0].weight", parameter(model.encoder, 0));
  lines.value("decoder[2].bias", parameter(model.decoder, 3));
}

void latent_space() {
  Lines lines("02_latent_space");
  const std::vector<int> labels = {0, 1, 0, 1, 1, 0, 1, 0}, query_labels = {0, 1, 1, 0, 1, 0};
  const metrics::Neighbors five = metrics::nearest(test_codes(), codes(), 5);
  pytorch::Value indices(five.indices);
  indices.sizes = {6, 5};
  lines.value("five", indices);
  lines.value("accuracy", metrics::neighbor_accuracy(five, query_labels, labels));
  Rng rng(1);
  nn::Linear probe(3, 2, Activation::none, rng);
  fill(probe);
  const Loss loss = nn::cross_entropy(probe(codes()), labels);
  backward(loss.value);
  lines.value("loss", loss.value);
  lines.value("probe.weight.grad", probe.weight.grad());
}

void variance_lost() {
  Lines lines("03_what_it_compresses");
  const Tensor x = images({5, 6});
  models::Undercomplete model = autoencoder();
  lines.value("share_lost", metrics::unexplained_share(model.decode(model.encode(x)).value(), x));
}

void regression() {
  Lines lines("04_undercomplete");
  const metrics::LinearRegression fitted(codes(), list(square(numbers({8}, 1))));
  const std::vector<double> predicted = fitted.predict(test_codes());
  lines.value("predicted", std::span(predicted));
  lines.value("r_squared", fitted.r_squared(test_codes(), list(numbers({6}, 5))));
}

void principal_components() {
  Lines lines("05_pca");
  const Tensor x = sin(7 * numbers({8, 4}));
  metrics::PcaFit fit;
  fit.add(x);
  const metrics::Pca pca = fit.finish();
  lines.value("variances", pca.variances);
  lines.value("r", pca.reconstruct(x, 2));
}

void two_losses() {
  Lines lines("06_overcomplete");
  const Tensor x = images({5, 6});
  models::Undercomplete plain = autoencoder();
  Rng rng(1);
  models::Sparse sparse = filled(models::Sparse({.input = 6, .code = 3, .weight = 0.3}, rng));
  nn::Parameters both = plain.parameters("plain.");
  for (const nn::Parameter& p : sparse.parameters("sparse.")) both.push_back(p);
  nn::Adam adam(both);
  const Loss plain_loss = plain.loss(x), sparse_loss = sparse.loss(x);
  backward(plain_loss.value);
  backward(sparse_loss.value);
  adam.step();
  lines.value("plain_loss", plain_loss.value);
  lines.value("sparse_loss", sparse_loss.value);
  lines.value("plain[0][0].weight", parameter(plain.encoder, 0));
  lines.value("encoder[0].weight", parameter(sparse.encoder, 0));
}

void sparsity() {
  Lines lines("07_sparse");
  const Tensor x = images({5, 6});
  Rng rng(1);
  models::Sparse model =
      filled(models::Sparse({.input = 6, .code = 3, .penalty = models::Sparse::Penalty::kl, .weight = 0.3}, rng));
  const Loss loss = model.loss(x);
  backward(loss.value);
  lines.value("kl", model.penalty(model.encode(x)));
  lines.value("loss", loss.value);
  lines.value("encoder[0].weight.grad", parameter(model.encoder, 0).grad());
}

void denoising() {
  Lines lines("08_denoising");
  const Tensor x = images({5, 6});
  models::Undercomplete model = autoencoder();
  const Tensor noisy = clamp(x + 0.5 * lines.given("noise"), 0, 1);
  const Loss loss = nn::squared_error(model.decode(model.encode(noisy)), x);
  backward(loss.value);
  lines.value("noisy", noisy);
  lines.value("loss", loss.value);
  lines.value("encoder[0].weight.grad", parameter(model.encoder, 0).grad());
}

models::GaussianAutoencoder gaussian() {
  Rng rng(1);
  return filled(models::GaussianAutoencoder({.input = 6, .hidden = {4}, .code = 2}, rng));
}

void negative_elbo() {
  Lines lines("09_variational");
  const Tensor x = images({5, 6});
  models::GaussianAutoencoder model = gaussian();
  const models::Posterior q = model.posterior(x);
  const Variable h = q.mean + exp(0.5 * q.log_variance) * lines.given("noise");
  const Loss loss = models::negative_elbo(model.logits(h), x, q, 1);
  backward(loss.value);
  lines.value("bce", 5 * loss.reconstruction.value());
  lines.value("kl", 5 * loss.penalty.value());
  lines.value("loss", loss.value);
  lines.value("encoder[0].weight.grad", parameter(model.encoder, 0).grad());
}

void adversaries() {
  Lines lines("10_adversarial");
  const Tensor x = images({5, 6}), z = numbers({5, 3}, 1);
  Rng rng(1);
  models::Gan gan({.input = 6, .noise = 3, .generator_hidden = {4}, .discriminator_hidden = {4}}, rng);
  fill(gan.generator);
  fill(gan.discriminator);
  const auto loss = [&](const Variable& image, double target) {
    return nn::binary_cross_entropy_with_logits(gan.discriminate(image), Tensor::full({5, 1}, target)).value;
  };
  const Variable fake = gan.generate(z);
  const Variable of_discriminator = loss(x, 0.9) + loss(fake.detach(), 0);
  backward(of_discriminator);
  const Variable of_generator = loss(fake, 1);
  backward(of_generator);
  lines.value("d_loss", of_discriminator);
  lines.value("g_loss", of_generator);
  lines.value("generator[0].weight.grad", parameter(gan.generator, 0).grad());
  lines.value("discriminator[0].weight.grad", parameter(gan.discriminator, 0).grad());
}

void dimension() {
  Lines lines("11_dimensionality_reduction");
  const Tensor x = sin(7 * numbers({30, 3}));
  lines.value("dimension", metrics::intrinsic_dimension(metrics::nearest_others(x, 5)));
  lines.value("explained", 1 - sum(square(x - 0.9 * x)).item() / sum(square(x - numbers({3}))).item());
}

void quantized_codes() {
  Lines lines("12_denoising_and_compression");
  const Tensor x = images({5, 6});
  models::Undercomplete model = autoencoder();
  const Tensor h = model.encode(x).value();
  const Tensor h_rounded = codec::Quantizer::fit(h, 0.25)(h);
  const Tensor r = model.decode(h_rounded).value();
  lines.value("s", h_rounded / 0.25);
  lines.value("r", r);
  lines.value("psnr", codec::rate(1, r, x).psnr);
}

void binary_codes() {
  Lines lines("13_retrieval");
  const Tensor x = images({5, 6});
  Rng rng(1);
  models::Hashing model = filled(models::Hashing({.input = 6, .hidden = {4}, .bits = 2}, rng));
  Tensor bias = parameter(model.encoder, 3).value();
  bias.add_(Tensor::full({2}, 3));  // or all bits would be 0
  const Variable h = round_straight_through(sigmoid(model.encoder(x) + lines.given("noise")));
  const Loss loss = nn::squared_error(model.decode(h), x);
  backward(loss.value);
  lines.value("h", h);
  lines.value("loss", loss.value);
  lines.value("encoder[0].weight.grad", parameter(model.encoder, 0).grad());
  const metrics::BinaryCodes queries(Tensor({3, 2}, {0, 1, 1, 1, 0, 0}), 0.5), base(h.value(), 0.5);
  const metrics::Neighbors found = metrics::nearest(queries, base, 5);
  Tensor distance({3, 5});
  for (std::size_t i = 0; i < found.indices.size(); ++i)
    distance.at_({Index(i) / 5, found.indices[i]}) = found.distances[i];
  lines.value("distance", distance);
}

void anomalies() {
  Lines lines("14_limitations");
  models::Undercomplete model = autoencoder();
  const auto errors = [&](const Tensor& x) {
    return metrics::squared_errors(model.decode(model.encode(x)).value(), x);
  };
  const std::vector<double> own = errors(images({5, 6})), strange = errors(images({4, 6}, 2));
  lines.value("error", std::span(own));
  lines.value("strange", std::span(strange));
  lines.value("area", metrics::area_under_roc(own, strange));
}

void contraction() {
  Lines lines("15_contractive");
  const Tensor x = images({5, 6});
  Rng rng(1);
  models::Contractive model = filled(models::Contractive({.input = 6, .code = 3, .weight = 0.3}, rng));
  const Loss loss = model.loss(x);
  backward(loss.value);
  lines.value("penalty", model.closed_form(x));
  lines.value("loss", loss.value);
  lines.value("encoder[0].weight.grad", parameter(model.encoder, 0).grad());
}

void convolutions() {
  Lines lines("16_convolutional");
  const Tensor image = images({2, 1, 6, 6});
  const Variable weight = Variable::parameter(numbers({2, 1, 3, 3}));
  const Variable up_weight = Variable::parameter(numbers({2, 1, 3, 3}, 2));
  const Variable h = relu(conv2d(image, weight, numbers({2}, 1), {.stride = 2, .padding = 1}));
  const Variable r = sigmoid(conv_transpose2d(h, up_weight, numbers({1}, 3), {.stride = 2, .padding = 1}, 1));
  const Loss loss = nn::squared_error(r, image);
  backward(loss.value);
  lines.value("h", h);
  lines.value("r", r);
  lines.value("loss", loss.value);
  lines.value("weight.grad", weight.grad());
  lines.value("up_weight.grad", up_weight.grad());
}

void codebook() {
  Lines lines("17_vector_quantised");
  const Tensor x = images({5, 6});
  Rng rng(1);
  models::VectorQuantized model =
      filled(models::VectorQuantized({.input = 6, .hidden = 4, .parts = 2, .width = 2, .entries = 3}, rng));
  model.codebook = Variable::parameter(numbers({3, 2}, 1));
  const Loss loss = model.loss(x);
  backward(loss.value);
  lines.value("k", model.indices(x));
  lines.value("loss", loss.value);
  lines.value("codebook.grad", model.codebook.grad());
  lines.value("encoder[0].weight.grad", parameter(model.encoder, 0).grad());
}

void importance_weights() {
  Lines lines("18_importance_weighted");
  const Tensor x = images({5, 6});
  models::GaussianAutoencoder model = gaussian();
  const models::Posterior q = model.posterior(x);
  const Variable deviation = exp(0.5 * q.log_variance);
  const Tensor z = lines.given("z");  // [3, 5, 2]
  const Tensor epsilon = (z - q.mean.value()) / deviation.value();
  const Variable h = q.mean + deviation * epsilon;
  const Variable logits = reshape(model.logits(reshape(h, {15, 2})), {3, 5, 6});
  const Variable log_p = sum(logits * x - softplus(logits), 2);
  const Variable log_w = log_p + 0.5 * sum(square(epsilon) + q.log_variance - square(h), 2);
  const Variable loss = -mean(logsumexp(log_w, 0) - std::log(3.0));
  backward(loss);
  lines.value("log_w", log_w);
  lines.value("loss", loss);
  lines.value("encoder[0].weight.grad", parameter(model.encoder, 0).grad());
}

void product() {
  Lines lines("19_from_loops_to_blas");
  const Variable a = Variable::parameter(numbers({5, 7})), b = Variable::parameter(numbers({7, 4}, 1));
  const Variable y = matmul(a, b);
  backward(y, numbers({5, 4}, 2));
  lines.value("y", y);
  lines.value("a.grad", a.grad());
  lines.value("b.grad", b.grad());
}

void two_ranks() {
  Lines lines("20_many_machines");
  const Tensor x = images({6, 6});
  models::Undercomplete model = autoencoder();
  std::vector<Numbers> gradients;
  std::vector<Scalar> losses;
  for (const Index first : {0, 3}) {
    for (const nn::Parameter& p : model.parameters()) p.variable.zero_grad();
    const Variable loss = model.loss(narrow(x, 0, first, 3)).value;
    backward(loss);
    losses.push_back(loss.value().item());
    Numbers all;
    for (const nn::Parameter& p : model.parameters())
      for (const Scalar g : p.variable.grad().values()) all.push_back(g / 2);
    gradients.push_back(all);
  }
  all_reduce(gradients);
  const auto reduced = [&](Index first, const Shape& shape) {
    const auto begin = gradients[0].begin() + first;
    return Tensor(shape, std::vector<Scalar>(begin, begin + shape.numel()));
  };
  lines.value("loss", losses[0]);
  lines.value("encoder[0].weight.grad", reduced(0, {4, 6}));
  lines.value("decoder[2].bias.grad", reduced(Index(gradients[0].size()) - 6, {6}));
}

}  // namespace

TEST_CASE("the section \"PyTorch's line\" of each lesson computes what our own code computes") {
  const std::vector<void (*)()> lessons = {
      gradient_descent,   training_step, latent_space, variance_lost, regression,   principal_components,
      two_losses,         sparsity,      denoising,    negative_elbo, adversaries,  dimension,
      quantized_codes,    binary_codes,  anomalies,    contraction,   convolutions, codebook,
      importance_weights, product,       two_ranks};
  for (const auto lesson : lessons) lesson();
  for (const auto& folder : std::filesystem::directory_iterator(HOURGLASS_SOURCE "/lessons")) {
    const std::string lesson = folder.path().filename();
    CHECK_MESSAGE((section_of(lesson).empty() || Lines::computed.contains(lesson)),
                  lesson << ": no test computes its section");
  }
}
