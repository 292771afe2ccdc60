// Task 2 of lesson 10: two losses for the generator
//
// The generator is trained so that its images are classified as real. Two losses do this, for the logits z [n, 1] of
// generated images:
//
//     saturating:       1/n Σ log(1 - σ(z))      the negative of the discriminator's loss on these images
//     non-saturating:   1/n Σ -log σ(z)          the loss of the lesson
//
// Write both, so that no z overflows (softplus, as in task 1). Then write pull(z): minus the derivative of one image's
// loss with respect to z, for both losses, as numbers: {saturating, non_saturating}. At the beginning of training the
// discriminator recognises generated images with certainty (z = -8). Compare the two numbers there.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

struct Pull {
  double saturating, non_saturating;
};

Variable saturating_cost(const Variable& z) {
  todo("saturating_cost(z): the loss of generated images' logits is missing");
}

Variable non_saturating_cost(const Variable& z) {
  todo("non_saturating_cost(z): the loss of generated images' logits is missing");
}

Pull pull(double z) { todo("pull(z): minus the derivatives of both losses are missing"); }
