#include <hourglass/models/vector_quantized.h>

#include <algorithm>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

VectorQuantized::VectorQuantized(const Options& o, Rng& rng)
    : options(o), used_(static_cast<std::size_t>(std::max<Index>(o.entries, 0))) {
  require(o.commitment >= 0, "VectorQuantized: beta is ", o.commitment, ", it cannot be negative");
  require(o.entries >= 2, "VectorQuantized: a code book of ", o.entries, " entries, at least 2 are needed");
  encoder = nn::mlp({o.input, o.hidden, o.parts * o.width}, Activation::relu, Activation::none, rng);
  decoder = nn::mlp({o.parts * o.width, o.hidden, o.input}, Activation::relu, Activation::sigmoid, rng);
  codebook = Variable::parameter(rng.normal({o.entries, o.width}));
}

std::vector<int> VectorQuantized::nearest(const Tensor& z) const {
  const Tensor parts = z.reshape({z.numel() / options.width, options.width});
  return nearest_rows(parts, codebook.value(), 1, "VectorQuantized").indices;
}

Variable VectorQuantized::quantized(std::span<const int> indices) const {
  const Variable entries = embedding(indices, codebook);  // [n parts, width]
  return reshape(entries, {entries.size(0) / options.parts, options.parts * options.width});
}

Loss VectorQuantized::loss(const Tensor& x) {
  const Variable z = encoder.forward(x);
  const std::vector<int> chosen = nearest(z.value());
  for (const int entry : chosen) ++used_[static_cast<std::size_t>(entry)];
  const Variable h = quantized(chosen);
  const Variable through = z + (h - z).detach();  // h's numbers, z's gradient
  const Variable moves_book = squared_difference(h, z.detach()),
                 moves_encoder = squared_difference(z, h.detach());
  return nn::with_penalty(nn::squared_error(decode(through), x),
                          (moves_book + options.commitment * moves_encoder) / x.size(0));
}

Index VectorQuantized::revive(const Tensor& x, Rng& rng) {
  const NoGrad looking;
  const Tensor z = encoder.forward(x).value();
  require_finite(z, "VectorQuantized: codes");
  Tensor book = codebook.value();
  Index moved = 0;
  for (std::size_t entry = 0; entry < used_.size(); ++entry) {
    if (used_[entry] == 0) {
      const Index part = static_cast<Index>(rng.below(static_cast<std::uint64_t>(z.numel() / options.width)));
      std::copy_n(z.data() + part * options.width, options.width,
                  book.write_() + static_cast<Index>(entry) * options.width);
      ++moved;
    }
    used_[entry] = 0;
  }
  return moved;
}

nn::Networks VectorQuantized::networks() const {
  nn::Networks all = Module::networks();
  all["encoder"].push_back({"nearest", "codebook", Activation::none, {{"width", static_cast<double>(options.width)}}});
  return all;
}

}  // namespace hourglass::HOURGLASS_BUILD::models
