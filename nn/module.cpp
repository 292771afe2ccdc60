#include <hourglass/nn/module.h>

#include <algorithm>
#include <cmath>

#include <hourglass/nn/layer.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::nn {

// Members are listed by a module that is not const; to read them changes nothing.
static Members members_of(const Module& module) { return const_cast<Module&>(module).members(); }

std::string first_not_finite(const Parameters& parameters) {
  const auto finite = [](Scalar v) { return std::isfinite(v); };
  for (const Parameter& p : parameters) {
    const std::span<const Scalar> numbers = p.variable.value().values();
    if (!std::all_of(numbers.begin(), numbers.end(), finite)) return p.name;
  }
  return "";
}

void require_distinct(const Parameters& parameters, std::string_view who) {
  for (std::size_t i = 0; i < parameters.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      require(!parameters[i].variable.node() || parameters[i].variable.node() != parameters[j].variable.node(), who,
              ": one parameter is listed twice, as ", parameters[j].name, " and as ", parameters[i].name);
}

Parameters Module::parameters(const std::string& prefix) const {
  Parameters all;
  for (const Member& member : members_of(*this)) {
    if (member.module) {
      for (Parameter& p : member.module->parameters(prefix + member.name + ".")) all.push_back(std::move(p));
    } else {
      all.push_back({prefix + member.name, member.parameter});
    }
  }
  return all;
}

Networks Module::networks() const {
  Networks all;
  for (const Member& member : members_of(*this))
    if (const auto* layer = dynamic_cast<const Layer*>(member.module))
      all[member.name] = layer->spec(member.name + ".");
  return all;
}

void Module::train(bool mode) {
  training_ = mode;
  for (const Member& member : members())
    if (member.module) member.module->train(mode);
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
