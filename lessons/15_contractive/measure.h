#pragma once
#include <string>
#include <vector>

#include <hourglass/models/contractive.h>
#include "lessons/common/run.h"

// What lesson 15 measures of its networks, and how its page shows that.
namespace hourglass::HOURGLASS_BUILD {

/// One of the networks that are compared: h = σ(W x + b), and r = σ(V h + c), or r = σ(Wᵀ h + c) with tied weights.
struct Variant {
  std::string name;
  bool tied;
  models::Contractive model;

  Variable weight() const { return model.parameters()[0].variable; }  ///< W [code, input]
  nn::Parameters parameters() const { return model.parameters(); }
  /// For the export. With tied weights it is the encoder alone, since Wᵀ is no layer with weights of its own.
  nn::Networks networks() const;
  Variable encode(const Variable& x) { return model.encode(x); }
  Variable decode(const Variable& h);
};

/// How far the penalty ‖∂f(x)/∂x‖²_F by differentiation is from its closed form.
void measure_penalty(Run& run, const Tensor& x, Variant& variant);

/// Of each network: the squared error, ‖J‖², how strongly the code reacts to a shift and to noise, the accuracy of a
/// linear probe, and the singular values of the Jacobian J.
void measure_variants(Run& run, const data::Dataset& digits, std::vector<Variant>& variants);

}  // namespace hourglass::HOURGLASS_BUILD
