#include <hourglass/nn/loss.h>

#include <hourglass/autograd/ops.h>

namespace hourglass::HOURGLASS_BUILD {

const char* to_text(Unit unit) {
  if (unit == Unit::squared_error_per_image) return "squared error per image";
  if (unit == Unit::nats_per_image) return "nats per image";
  if (unit == Unit::bits_per_dimension) return "bits per dimension";
  if (unit == Unit::critic_score) return "critic's score";
  fail("unit: unknown unit ", static_cast<int>(unit));
}

namespace nn {
namespace {

Scalar images(const Variable& x, const char* loss) {
  require(x.dim() >= 2, loss, ": ", x.shape(), " is not a batch of images [n, …]");
  return static_cast<Scalar>(x.size(0));
}

}  // namespace

Loss squared_error(const Variable& r, const Variable& x) {
  // hole per_image: the squared error per image, with its unit
  return {squared_difference(r, x) / images(x, "squared_error"), Unit::squared_error_per_image};
  // end of hole
}

Loss binary_cross_entropy_with_logits(const Variable& logits, const Variable& x) {
  return {hourglass::binary_cross_entropy_with_logits(logits, x) / images(x, "binary_cross_entropy_with_logits"),
          Unit::nats_per_image};
}

Loss with_penalty(const Loss& reconstruction, const Variable& penalty) {
  // hole with_penalty: the sum of both, which keeps its parts
  return {reconstruction.value + penalty, reconstruction.unit, reconstruction.beta, reconstruction.value, penalty};
  // end of hole
}

}  // namespace nn
}  // namespace hourglass::HOURGLASS_BUILD
