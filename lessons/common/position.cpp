#include "lessons/common/position.h"

#include <sstream>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD {

void Position::go_on(const Mark& mark, Rng& rng) {
  rng.set_state(mark.rng);
  loops_ = mark.loops;
}

std::optional<Index> Position::begin(Rng& rng) {
  loops_ = depth() == 0 ? 0 : loops_ + 1;  // an epoch counts its own
  const std::size_t outer = depth();
  if (!returning()) {
    bodies_.push_back({0, {{rng.state(), loops_}}});
    return 0;
  }
  if (bodies_[outer].marks.size() < goal_[outer].marks.size()) {
    bodies_.push_back({});
    return std::nullopt;
  }
  const Body& body = goal_[outer + 1];
  const Index done = body.done;
  go_on(body.marks[0], rng);
  bodies_.push_back({done, {body.marks[0]}});
  if (bodies_.size() == goal_.size()) goal_.clear();
  return done;
}

void Position::advance(std::size_t depth, Index done, const Rng& rng) {
  require(depth == this->depth(), "batches: a loop goes on before another one, which began within it, is over");
  require(!returning(), "resume: the run was stopped in a loop over batches that this program does not begin");
  if (depth == 1) loops_ = 0;
  bodies_[depth].done = done;
  bodies_[depth].marks.assign(1, {rng.state(), loops_});
}

void Position::end(std::size_t depth, Rng& rng) {
  if (depth > this->depth()) return;  // it was over with the one around it
  bodies_.resize(depth);
  std::vector<Mark>& marks = bodies_.back().marks;
  if (returning() && marks.size() < goal_[depth - 1].marks.size()) go_on(goal_[depth - 1].marks[marks.size()], rng);
  marks.push_back({rng.state(), loops_});
}

std::string Position::text() const {
  std::ostringstream out;
  out << bodies_.size();
  for (const Body& body : bodies_) {
    out << ' ' << body.done << ' ' << body.marks.size();
    for (const auto& [rng, loops] : body.marks) out << ' ' << rng[0] << ' ' << rng[1] << ' ' << rng[2] << ' ' << loops;
  }
  return out.str();
}

void Position::return_to(const std::string& text, const std::string& who) {
  std::istringstream in(text);
  const auto check = [&](bool holds) {
    require(holds, who, ": its note 'position' is '", text, "': no run stands there");
  };
  const auto next = [&] {
    std::uint64_t number = 0;
    check(static_cast<bool>(in >> number));
    return number;
  };
  std::vector<Body> goal;
  const std::uint64_t bodies = next();
  check(bodies >= 2);
  while (goal.size() < bodies) {
    Body body{static_cast<Index>(next()), {}};
    const std::uint64_t marks = next();
    check(body.done >= 0 && marks >= 1);
    while (body.marks.size() < marks) body.marks.push_back({{next(), next(), next()}, next()});
    goal.push_back(std::move(body));
  }
  check((in >> std::ws).eof());
  goal_ = std::move(goal);
}

}  // namespace hourglass::HOURGLASS_BUILD
