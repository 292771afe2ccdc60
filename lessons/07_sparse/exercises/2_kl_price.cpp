// Task 2 of lesson 07: the KL penalty on the mean activations
//
// The units are sigmoids, so h_ij lies between 0 and 1. The mean activation of unit j over the n images of a mini-batch
// is ρ̂_j, and its target is ρ. The penalty is the Kullback-Leibler divergence between two coins that show heads with
// the probabilities ρ and ρ̂_j, summed over the units, without the weight λ:
//
//     Ω(h) = Σ_j [ ρ log(ρ / ρ̂_j) + (1 - ρ) log((1 - ρ) / (1 - ρ̂_j)) ],     ρ̂_j = (1/n) Σ_i h_ij
//
// The result is in nats and has rank 0. It is 0 where every ρ̂_j is ρ, and positive otherwise. It must have a gradient
// with respect to h: use ops (autograd/ops.h). No h is exactly 0 or 1 here.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable kl_price(const Variable& h, Scalar rho) { todo("kl_price(h, rho): the KL penalty on the mean activations"); }
