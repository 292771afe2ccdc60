#pragma once
#include <string>

#include <hourglass/report/chart.h>
#include <hourglass/report/picture.h>
#include <hourglass/report/program.h>

namespace hourglass::HOURGLASS_BUILD::report {

/// A text as gnuplot's commands hold it: nothing in it is a command, a variable or the end of the text.
std::string quoted(const std::string& text);

/// A chart as an SVG or a PNG file, drawn by gnuplot; empty where there is no point to draw.
/// @{
Output svg(const Chart& chart);
Output png(const Chart& chart);
/// @}
/// A picture with its labels as a PNG file, drawn by gnuplot.
Output png(const Picture& picture);

}  // namespace hourglass::HOURGLASS_BUILD::report
