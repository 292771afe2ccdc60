#include <hourglass/codec/bits_back.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::codec {
namespace {

constexpr int bucket_bits = 12, buckets = 1 << bucket_bits;
constexpr std::uint32_t total = 1u << AnsStack::precision;

// Φ(z): how much of N(0, 1) lies below z.
double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

// Φ(z) = p, by halving the interval until it is two neighbouring numbers.
double normal_quantile(double p) {
  double low = -40, high = 40;
  for (double middle = 0; low < middle && middle < high; middle = low + (high - low) / 2)
    (normal_cdf(middle) < p ? low : high) = middle;
  return high;
}

// The cut of the real line into buckets of equal mass.
struct Cut {
  std::vector<double> edges, medians;  // bucket i lies between edges i and i + 1
  Cut() {
    const double infinity = std::numeric_limits<double>::infinity();
    for (int i = 0; i < buckets; ++i) {
      edges.push_back(i == 0 ? -infinity : normal_quantile(static_cast<double>(i) / buckets));
      medians.push_back(normal_quantile((i + 0.5) / buckets));
    }
    edges.push_back(infinity);
  }
};

const Cut& cut() {
  static const Cut once;
  return once;
}

// N(mean, deviation²) over the buckets, in whole numbers. A bucket far off may have a slot of size 0: no draw reaches
// it, so nothing is ever pushed there.
class BucketedNormal {
 public:
  BucketedNormal(double mean, double deviation) : mean_(mean), deviation_(deviation) {}
  Slot slot(int bucket) const { return {start(bucket), start(bucket + 1) - start(bucket)}; }
  int bucket_at(std::uint32_t place) const {
    int low = 0, high = buckets;  // start(low) <= place < start(high)
    while (high - low > 1) {
      const int middle = (low + high) / 2;
      (start(middle) <= place ? low : high) = middle;
    }
    return low;
  }

 private:
  std::uint32_t start(int bucket) const {
    const double below = normal_cdf((cut().edges[static_cast<std::size_t>(bucket)] - mean_) / deviation_);
    return static_cast<std::uint32_t>(below * total);
  }
  double mean_, deviation_;
};

// q(h|x), one for each coordinate of the code.
std::vector<BucketedNormal> posterior(models::GaussianAutoencoder& model, const Tensor& image) {
  const auto q = model.posterior(image);
  std::vector<BucketedNormal> all;
  for (Index i = 0; i < model.code; ++i) {
    const double mean = q.mean.value().data()[i], deviation = std::exp(0.5 * q.log_variance.value().data()[i]);
    require(std::isfinite(mean) && std::isfinite(deviation) && deviation > 0, "bits-back: the posterior is N(", mean,
            ", ", deviation, "²), it must be finite");
    all.emplace_back(mean, deviation);
  }
  return all;
}

// p(x|h) for each pixel: how much of `total` is given to 1. Both values keep a slot.
std::vector<std::uint32_t> ones(models::GaussianAutoencoder& model, const std::vector<int>& code) {
  Tensor h({1, model.code});
  std::transform(code.begin(), code.end(), h.write_(),
                 [](int bucket) { return static_cast<Scalar>(cut().medians[static_cast<std::size_t>(bucket)]); });
  const Variable logits = model.logits(h);
  std::vector<std::uint32_t> all;
  for (double logit : logits.value().values()) {
    require(!std::isnan(logit), "bits-back: a logit of the decoder is NaN");
    const double p = 1 / (1 + std::exp(-logit));
    all.push_back(std::clamp(static_cast<std::uint32_t>(p * total), 1u, total - 1));
  }
  return all;
}

Slot pixel_slot(bool one, std::uint32_t ones) { return one ? Slot{total - ones, ones} : Slot{0, total - ones}; }

Slot prior_slot(int bucket) {
  constexpr int rest = AnsStack::precision - bucket_bits;
  return {static_cast<std::uint32_t>(bucket) << rest, 1u << rest};
}

Tensor row(const Tensor& x, Index i) {
  const auto length = static_cast<std::size_t>(x.size(1));
  return Tensor({1, x.size(1)}, x.values().subspan(static_cast<std::size_t>(i) * length, length));
}

// The turns of the slots of each coordinate's posterior, for one image.
std::vector<std::uint32_t> turns(Rng random, Index code) {
  std::vector<std::uint32_t> all;
  for (Index i = 0; i < code; ++i) all.push_back(static_cast<std::uint32_t>(random.below(total)));
  return all;
}

void encode(AnsStack& stack, models::GaussianAutoencoder& model, const Tensor& image, const Rng& random) {
  const auto q = posterior(model, image);
  const auto turn = turns(random, model.code);
  std::vector<int> code;
  for (std::size_t i = 0; i < q.size(); ++i) {
    code.push_back(q[i].bucket_at(stack.place(turn[i])));
    stack.pop(q[i].slot(code.back()), turn[i]);
  }
  const auto p = ones(model, code);
  for (std::size_t i = p.size(); i-- > 0;) stack.push(pixel_slot(image.data()[i] == 1, p[i]));
  for (std::size_t i = code.size(); i-- > 0;) stack.push(prior_slot(code[i]));
}

Tensor decode(AnsStack& stack, models::GaussianAutoencoder& model, Index pixels, const Rng& random) {
  std::vector<int> code;
  for (Index i = 0; i < model.code; ++i) {
    code.push_back(static_cast<int>(stack.place() >> (AnsStack::precision - bucket_bits)));
    stack.pop(prior_slot(code.back()));
  }
  const auto p = ones(model, code);
  require(p.size() == static_cast<std::size_t>(pixels), "bits-back: the model has ", p.size(), " pixels, ", pixels,
          " expected");
  Tensor image({1, pixels});
  Scalar* x = image.write_();
  for (std::size_t i = 0; i < p.size(); ++i) {
    const bool one = stack.place() >= total - p[i];
    stack.pop(pixel_slot(one, p[i]));
    x[i] = one;
  }
  const auto q = posterior(model, image);
  const auto turn = turns(random, model.code);
  for (std::size_t i = q.size(); i-- > 0;) stack.push(q[i].slot(code[i]), turn[i]);
  return image;
}

}  // namespace

BitsBack bits_back_encode(models::GaussianAutoencoder& model, const Tensor& images, std::uint64_t seed) {
  require(images.dim() == 2, "bits_back_encode: images are ", images.shape(), ", expected [n, pixels]");
  for (Scalar x : images.values()) require(x == 0 || x == 1, "bits_back_encode: a pixel is ", x, ", expected 0 or 1");
  const NoGrad evaluation;
  const Index pixels = images.size(1);
  AnsStack stack(seed);
  const Rng turning(seed);
  for (Index i = 0; i < images.size(0); ++i)
    encode(stack, model, row(images, i), turning.fork(static_cast<std::uint64_t>(i)));
  return {stack.bytes(), images.size(0), pixels, stack.bits() - stack.borrowed_bits(), stack.borrowed_bits()};
}

Tensor bits_back_decode(models::GaussianAutoencoder& model, std::span<const std::uint8_t> stream, Index images,
                        Index pixels, std::uint64_t seed, const std::string& name) {
  const NoGrad evaluation;
  AnsStack stack(name, stream);
  const Rng turning(seed);
  Tensor all({images, pixels});
  Scalar* to = all.write_();
  for (Index i = images; i-- > 0;) {  // the last one was pushed last
    const Tensor image = decode(stack, model, pixels, turning.fork(static_cast<std::uint64_t>(i)));
    std::copy(image.data(), image.data() + pixels, to + i * pixels);
  }
  stack.expect_only_borrowed(seed);
  return all;
}

}  // namespace hourglass::HOURGLASS_BUILD::codec
