#include "docs/playground/engine/session.h"

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/record.h>
#include <hourglass/io/network.h>
#include <hourglass/io/safetensors.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::playground {
namespace {

constexpr std::uint64_t seed_of_views = 7;

Choice checked(const Choice& choice) {
  check(choice);
  return choice;
}

}  // namespace

Session::Session(const Choice& choice, std::span<const std::uint8_t> images)
    : choice_(checked(choice)), images_(images), rng_(choice.seed), pupil_(make_pupil(choice_, rng_)) {
  require(images.size() >= pixels && images.size() % pixels == 0, "no image to train on: ", images.size(),
          " bytes, expected ", pixels, " for each");
}

Scalar Session::step() {
  const GradMode recording(true);  // whatever a call has left that failed without unwinding (wasm/raise.cpp)
  const Scalar loss = pupil_->step(next_batch(), rng_);
  if (++steps_ % 64 == 0) drop_denormals();
  return loss;
}

// As lessons/common/run does it: the order is a function of seed and epoch.
Tensor Session::next_batch() {
  if (at_ >= order_.size()) {
    order_ = rng_.fork(++epoch_).permutation(static_cast<int>(images_.size() / pixels));
    at_ = 0;
  }
  const std::size_t count = std::min(static_cast<std::size_t>(choice_.batch), order_.size() - at_);
  Tensor x({static_cast<Index>(count), pixels});
  Scalar* to = x.write_();
  for (std::size_t i = 0; i < count; ++i, to += pixels) {
    const std::uint8_t* from = images_.data() + static_cast<std::ptrdiff_t>(order_[at_ + i]) * pixels;
    std::transform(from, from + pixels, to, [](std::uint8_t v) { return static_cast<Scalar>(v) / 255; });
  }
  at_ += count;
  return x;
}

// The library makes the processor treat numbers near 1e-38 as 0 (docs/decisions.md, 11). A browser has no such mode,
// but vanishing gradients end in Adam's running means: without this a step takes a sixth longer after ten epochs.
void Session::drop_denormals() {
  for (const nn::Parameter& p : pupil_->memory()) {
    Tensor mean = p.variable.value();
    Scalar* to = mean.write_();
    for (Index i = 0; i < mean.numel(); ++i)
      if (std::abs(to[i]) < Scalar(1e-30)) to[i] = 0;
  }
}

void Session::tune(Scalar learning_rate, Scalar noise, Scalar penalty) {
  Choice tuned = choice_;
  tuned.learning_rate = learning_rate;
  tuned.noise = noise;
  tuned.penalty = penalty;
  choice_ = checked(tuned);
  pupil_->tune(learning_rate, noise, penalty);
}

Scalar Session::loss(const Tensor& x) const {
  const NoGrad look;
  Rng rng(seed_of_views);
  return pupil_->loss(x, rng);
}

Tensor Session::encode(const Tensor& x) const {
  const NoGrad look;
  return pupil_->encode(x);
}

Tensor Session::decode(const Tensor& h) const {
  require(h.size(1) == choice_.code, "decode: a code has ", choice_.code, " numbers, found ", h.size(1));
  const NoGrad look;
  return pupil_->decode(h);
}

Tensor Session::seen(const Tensor& x) const {
  Rng rng(seed_of_views);
  return pupil_->seen(x, rng);
}

Tensor Session::filters(Index most) const {
  for (const nn::Parameter& p : pupil_->parameters()) {
    const Tensor& weight = p.variable.value();
    if (weight.dim() != 2 || weight.size(1) != pixels) continue;
    const Index count = std::min(most, weight.size(0));
    return Tensor({count, pixels}, weight.values().first(static_cast<std::size_t>(count * pixels)));
  }
  fail("filters: no layer looks at ", pixels, " pixels");
}

io::Bytes Session::weights() const {
  io::Archive archive{{}, io::describe(pupil_->networks())};
  for (const nn::Parameter& p : pupil_->parameters()) archive.add(p.name, p.variable.value());
  return io::pack(archive);
}

}  // namespace hourglass::HOURGLASS_BUILD::playground
