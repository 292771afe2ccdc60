// Task 2 of lesson 07: what it costs to answer too often, or too seldom
//
// Units are sigmoids: h_ij between 0 and 1. Unit j answers with a mean of ρ̂_j over the n images of a batch, and should
// answer with ρ. Its price is the Kullback-Leibler divergence between two coins that show heads with ρ and with ρ̂_j:
//
//     Ω(h) = Σ_j [ ρ log(ρ / ρ̂_j) + (1 - ρ) log((1 - ρ) / (1 - ρ̂_j)) ],     ρ̂_j = (1/n) Σ_i h_ij
//
// summed over the units, in nats: one number (rank 0). A gradient must pass to h: use ops (autograd/ops.h). It is 0
// where every unit answers as it should, and never below. No h is exactly 0 or 1 here.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable kl_price(const Variable& h, Scalar rho) { todo("kl_price(h, rho): what the units' mean answers cost"); }
