#pragma once
#include <array>

#include <hourglass/report/canvas.h>

namespace hourglass::HOURGLASS_BUILD::report {

/// Okabe & Ito 2008: distinguishable by colour-blind readers, too. Blue, vermilion, green, purple, orange, sky.
inline constexpr std::array<Color, 6> okabe_ito{
    {{0, 114, 178}, {213, 94, 0}, {0, 158, 115}, {204, 121, 167}, {230, 159, 0}, {86, 180, 233}}};

/// Ten distinguishable colours (those of Matplotlib's tab10).
inline constexpr std::array<Color, 10> tab10{{{31, 119, 180},
                                              {255, 127, 14},
                                              {44, 160, 44},
                                              {214, 39, 40},
                                              {148, 103, 189},
                                              {140, 86, 75},
                                              {227, 119, 194},
                                              {127, 127, 127},
                                              {188, 189, 34},
                                              {23, 190, 207}}};

}  // namespace hourglass::HOURGLASS_BUILD::report
