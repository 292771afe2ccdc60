#include <hourglass/autograd/record.h>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/observer.h>

namespace hourglass::HOURGLASS_BUILD {

bool worth_recording(const char* op, std::span<const Variable> inputs, const Tensor& value) {
  if (Observer* const observer = Observer::current()) observer->forward(op, inputs, value);
  if (!GradMode::recording()) return false;
  for (const Variable& input : inputs)
    if (input.requires_grad()) return true;
  return false;
}

}  // namespace hourglass::HOURGLASS_BUILD
