#include <hourglass/codec/frequencies.h>

#include <algorithm>
#include <cmath>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::codec {

Frequencies::Frequencies(std::span<const std::uint32_t> counts) : starts_{0} {
  std::uint64_t total = 0;
  for (std::uint32_t count : counts) {
    total += count;
    require(total <= largest_total, "Frequencies: the counts sum to more than ", largest_total);
    starts_.push_back(static_cast<std::uint32_t>(total));
  }
  require(total >= 1, "Frequencies: no symbol that occurs, among ", counts.size());
}

Frequencies Frequencies::even(int symbols) {
  require(symbols >= 1, "Frequencies: ", symbols, " symbols, expected at least 1");
  return Frequencies(std::vector<std::uint32_t>(static_cast<std::size_t>(symbols), 1));
}

std::uint32_t Frequencies::count(int symbol) const {
  require(symbol >= 0 && symbol < symbols(), "Frequencies: symbol ", symbol, ", expected 0 to ", symbols() - 1);
  return starts_[static_cast<std::size_t>(symbol) + 1] - starts_[static_cast<std::size_t>(symbol)];
}

Slot Frequencies::slot(int symbol) const {
  const std::uint32_t size = count(symbol);
  require(size > 0, "Frequencies: symbol ", symbol, " never occurs, so it has no code");
  return {starts_[static_cast<std::size_t>(symbol)], size};
}

int Frequencies::symbol_at(std::uint32_t place) const {
  // The last slot that starts at or before the place: slots of size 0 start where the next one does.
  return static_cast<int>(std::upper_bound(starts_.begin(), starts_.end(), place) - starts_.begin()) - 1;
}

double Frequencies::bits(int symbol) const { return std::log2(static_cast<double>(total()) / slot(symbol).size); }

void Frequencies::add(int symbol, std::uint32_t weight) {
  require(weight >= 1 && weight <= 1u << 20, "Frequencies: weight ", weight, ", expected 1 to ", 1u << 20);
  count(symbol);
  while (total() + weight > largest_total) {
    std::uint32_t before = 0, start = 0;
    for (std::size_t i = 1; i < starts_.size(); ++i) {
      start += (starts_[i] - before + 1) / 2;
      before = starts_[i];
      starts_[i] = start;
    }
  }
  for (std::size_t i = static_cast<std::size_t>(symbol) + 1; i < starts_.size(); ++i) starts_[i] += weight;
}

}  // namespace hourglass::HOURGLASS_BUILD::codec
