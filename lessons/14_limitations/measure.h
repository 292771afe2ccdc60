#pragma once
#include <hourglass/models/undercomplete.h>
#include "lessons/common/run.h"

// What lesson 14 measures of its two networks, and how its page shows that.
namespace hourglass::HOURGLASS_BUILD {

/// S40: the unexplained variance Σ ‖x - r‖² / Σ ‖x - m‖² (m the mean image of the set) of digits as they are, shifted
/// and inverted, of clothes and of noise, by the network of digits and by that of clothes.
void measure_unfamiliar(Run& run, const data::Images& digits, const Tensor& clothes, models::Undercomplete& by_digits,
                        models::Undercomplete& by_clothes);

/// S39, S41: five uses of the network of digits, each beside a simpler method: compression of digits and of clothes
/// (JPEG), and, beside PCA of the same size, nearest neighbours, a classifier from 100 labels, and the detection of
/// clothes.
void measure_uses(Run& run, const data::Images& train, const data::Images& test, const Tensor& clothes,
                  models::Undercomplete& model);

}  // namespace hourglass::HOURGLASS_BUILD
