#include <hourglass/nn/function.h>

namespace hourglass::HOURGLASS_BUILD::nn {

Reshape::Reshape(std::vector<Index> sizes) : sizes_(std::move(sizes)) {
  require(!sizes_.empty() && sizes_.size() < Shape::max_rank, "Reshape: ", sizes_.size(),
          " sizes behind the batch, expected 1 to ", Shape::max_rank - 1);
  static_cast<void>(Shape(sizes_));  // each at least 1
}

Variable Reshape::forward(const Variable& x) {
  std::vector<Index> all = {x.size(0)};
  all.insert(all.end(), sizes_.begin(), sizes_.end());
  return reshape(x, Shape(all));
}

void Reshape::describe(NetworkSpec& into, const std::string&) const {
  LayerSpec made{"reshape"};
  for (std::size_t i = 0; i < sizes_.size(); ++i)
    made.numbers["axis" + std::to_string(i + 1)] = static_cast<double>(sizes_[i]);
  into.push_back(made);
}

Dropout::Dropout(Number p, Rng& rng) : p_(p), rng_(&rng) {
  require(p >= 0 && p < 1, "Dropout: p is ", p, ", expected 0 <= p < 1");
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
