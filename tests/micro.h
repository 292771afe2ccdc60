#pragma once
// The engine on one page (lessons/00_tensors_and_gradients/micro.cpp) in a namespace of its own, with the build's
// Scalar.

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include <hourglass/tensor/scalar.h>

namespace micro {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // numbers of one precision are beside the point of one page
#pragma GCC diagnostic ignored "-Wfloat-conversion"
#pragma GCC diagnostic ignored "-Wreturn-type"  // its main is a plain function here
#define float hourglass::Scalar
#define main micro_main
#include "lessons/00_tensors_and_gradients/micro.cpp"
#undef main
#undef float
#pragma GCC diagnostic pop
}  // namespace micro
