#include <hourglass/report/canvas.h>

#include <algorithm>
#include <cmath>
#include <utility>

#define STB_EASY_FONT_IMPLEMENTATION
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb_easy_font.h>
#pragma GCC diagnostic pop

namespace hourglass::HOURGLASS_BUILD::report {
namespace {

constexpr std::pair<const char*, const char*> spelt[] = {
    {"α", "alpha"},  {"β", "beta"},  {"γ", "gamma"}, {"δ", "delta"}, {"ε", "epsilon"}, {"η", "eta"},   {"θ", "theta"},
    {"λ", "lambda"}, {"μ", "mu"},    {"µ", "mu"},    {"π", "pi"},    {"ρ", "rho"},     {"σ", "sigma"}, {"τ", "tau"},
    {"φ", "phi"},    {"Ω", "Omega"}, {"Σ", "sum"},   {"²", "^2"},    {"³", "^3"},      {"·", "*"},     {"×", "x"},
    {"−", "-"},      {"–", "-"},     {"—", "-"},     {"≤", "<="},    {"≥", ">="},      {"±", "+-"},    {"→", "->"},
    {"…", "..."},    {"‘", "'"},     {"’", "'"},     {"“", "\""},    {"”", "\""},      {"°", " deg"}};

}  // namespace

std::string spell(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto* known = std::find_if(std::begin(spelt), std::end(spelt), [&](const auto& pair) {
      return text.compare(at, std::char_traits<char>::length(pair.first), pair.first) == 0;
    });
    if (known != std::end(spelt)) {
      out += known->second;
      at += std::char_traits<char>::length(known->first);
      continue;
    }
    const char c = text[at++];
    out += c >= ' ' && c <= '~' ? c : '?';
    if ((c & 0x80) == 0) continue;
    while (at < text.size() && (text[at] & 0xC0) == 0x80) ++at;  // the rest of the same character
  }
  return out;
}

void Canvas::dot(double x, double y, double radius, Color color) {
  const int r = static_cast<int>(std::ceil(radius * fine)), cx = static_cast<int>(x * fine),
            cy = static_cast<int>(y * fine);
  for (int dy = -r; dy <= r; ++dy)
    for (int dx = -r; dx <= r; ++dx)
      if (dx * dx + dy * dy <= radius * fine * radius * fine) set(cx + dx, cy + dy, color);
}

void Canvas::line(double x0, double y0, double x1, double y1, double radius, Color color) {
  const int steps = 1 + static_cast<int>(std::hypot(x1 - x0, y1 - y0) * fine);
  for (int i = 0; i <= steps; ++i) dot(x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps, radius, color);
}

int Canvas::text_width(const std::string& text, int size) { return stb_easy_font_width(spell(text).data()) * size; }

void Canvas::text(double x, double y, const std::string& text, int size, Color color) {
  struct Vertex {
    float x, y, z;
    std::uint8_t color[4];
  };
  std::string letters = spell(text);  // the font's table ends with ASCII
  std::vector<Vertex> corners(64 * letters.size() + 64);
  const int quads = stb_easy_font_print(0, 0, letters.data(), nullptr, corners.data(),
                                        static_cast<int>(corners.size() * sizeof(Vertex)));
  const auto at = [&](float v, double start) {
    return static_cast<int>((start + static_cast<double>(v) * size) * fine);
  };
  for (int q = 0; q < quads; ++q) {
    const Vertex &a = corners[static_cast<std::size_t>(4 * q)], &b = corners[static_cast<std::size_t>(4 * q + 2)];
    for (int py = at(a.y, y); py < at(b.y, y); ++py)
      for (int px = at(a.x, x); px < at(b.x, x); ++px) set(px, py, color);
  }
}

Picture Canvas::picture() const {
  Picture small(big_.width / fine, big_.height / fine, 255);
  for (int y = 0; y < small.height; ++y)
    for (int x = 0; x < small.width; ++x)
      for (int c = 0; c < 3; ++c) {
        int sum = 0;
        for (int i = 0; i < fine * fine; ++i) sum += big_.at(x * fine + i % fine, y * fine + i / fine)[c];
        small.at(x, y)[c] = static_cast<std::uint8_t>(sum / (fine * fine));
      }
  return small;
}

void Canvas::set(int x, int y, Color color) {
  if (x >= 0 && y >= 0 && x < big_.width && y < big_.height) std::copy(color.begin(), color.end(), big_.at(x, y));
}

}  // namespace hourglass::HOURGLASS_BUILD::report
