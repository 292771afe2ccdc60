#pragma once
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <hourglass/autograd/gradcheck.h>
#include <hourglass/tensor/tensor.h>

// The checks for the tests of an exercise: each failure is reported in words, with expected and found.
namespace hourglass::HOURGLASS_BUILD {

/// Fails the test case unless `holds`; `what` states what should hold: "the error of x against itself is 0".
void expect(bool holds, const std::string& what);
/// Fails unless |found - expected| <= tolerance · max(1, |expected|); reports both numbers.
void expect_close(const std::string& what, double found, double expected, double tolerance = 1e-9);
/// The same for every number of a tensor, whose shape must be that of `expected`; reports where they differ first.
void expect_close(const std::string& what, const Tensor& found, const Tensor& expected, double tolerance = 1e-9);
/// Fails unless the gradient check passed; reports what it found.
void expect_right(const std::string& what, const GradcheckVerdict& verdict);
/// What the student's function returned for one version of the code that it tests.
struct Tested {
  std::string what;  ///< the version: "the square, with the gradient x gy"
  bool accepted;
};
/// For a task whose solution is a test: fails unless the student's function accepted all of these versions, which are
/// right, or none of them, which are wrong. Reports how many, and names one where it failed.
/// @{
void expect_accepted(const std::vector<Tested>& right);
void expect_rejected(const std::vector<Tested>& wrong);
/// @}
/// The numbers of a small tensor, to be named in a message: "[2, 3] {1, 2, 3, 4, 5, 6}".
std::string show(const Tensor& x);

}  // namespace hourglass::HOURGLASS_BUILD
