// Task 2 of lesson 10: what the generator minimises
//
// It wants its images to be taken for real. Two losses say so, for the logits z [n, 1] of made images:
//
//     saturating:       1/n Σ log(1 - σ(z))      what the discriminator gains, the generator loses
//     non-saturating:   1/n Σ -log σ(z)          what the lesson uses
//
// Write both, safe for any z (softplus, as in task 1). Then write pull(z): how strongly each of them pulls z upwards,
// that is -d/dz of one image's loss, as numbers: {saturating, non_saturating}. At the beginning the discriminator is
// sure (z = -8): look at the two numbers there, and you know why the second loss is used.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

struct Pull {
  double saturating, non_saturating;
};

Variable saturating_cost(const Variable& z) { todo("saturating_cost(z): the loss of made images' logits"); }

Variable non_saturating_cost(const Variable& z) { todo("non_saturating_cost(z): the loss of made images' logits"); }

Pull pull(double z) { todo("pull(z): the slopes of both, upwards"); }
