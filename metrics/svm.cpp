#include <hourglass/metrics/svm.h>

#include <linear.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>

#include <hourglass/metrics/labels.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

// liblinear's form: each row a list of (column from 1, value) that ends with the bias and a column of -1.
struct Nodes {
  std::vector<feature_node> all;
  std::vector<feature_node*> rows;

  explicit Nodes(const SparseRows& x) {
    all.reserve(static_cast<std::size_t>(x.nonzeros() + 2 * x.count()));
    const int bias = static_cast<int>(x.columns()) + 1;
    for (Index i = 0; i < x.count(); ++i) {
      rows.push_back(all.data() + all.size());
      for (const SparseRows::Entry* e = x.begin(i); e != x.end(i); ++e) all.push_back({e->column + 1, e->value});
      all.push_back({bias, 1});
      all.push_back({-1, 0});
    }
  }
};

struct FreeModel {
  void operator()(model* m) const { free_and_destroy_model(&m); }
};

parameter liblinear_parameter(const SvmOptions& options) {
  parameter p{};
  p.solver_type = options.kind == SvmKind::crammer_singer ? MCSVM_CS : L2R_L2LOSS_SVC_DUAL;
  p.C = options.C;
  p.eps = options.tolerance;
  return p;
}

}  // namespace

LinearSvm::LinearSvm(const SparseRows& x, std::span<const int> labels, const SvmOptions& options)
    : columns(x.columns()) {
  require(x.count() == static_cast<Index>(labels.size()) && x.count() > 0, "svm: ", labels.size(), " labels for ",
          x.count(), " rows");
  require(std::adjacent_find(labels.begin(), labels.end(), std::not_equal_to<>()) != labels.end(),
          "svm: all labels are ", labels[0], ", at least two classes are needed");
  require(options.C > 0 && std::isfinite(options.C) && options.tolerance > 0, "svm: C ", options.C, " and tolerance ",
          options.tolerance, ", both must be above 0 and C finite");
  Nodes nodes(x);
  std::vector<double> targets(labels.begin(), labels.end());
  problem task{};
  task.l = static_cast<int>(x.count());
  task.n = static_cast<int>(columns) + 1;
  task.y = targets.data();
  task.x = nodes.rows.data();
  task.bias = 1;
  const parameter p = liblinear_parameter(options);
  set_print_string_function([](const char*) {});
  std::srand(options.seed);
  const std::unique_ptr<model, FreeModel> trained(train(&task, &p));
  classes.assign(trained->label, trained->label + trained->nr_class);
  // of two classes liblinear keeps one column alone: w for the first, -w for the second
  const bool single = classes.size() == 2 && options.kind == SvmKind::one_against_rest;
  for (Index j = 0; j <= columns; ++j)
    for (std::size_t c = 0; c < classes.size(); ++c)
      weights.push_back(single ? (c == 0 ? 1 : -1) * trained->w[j]
                               : trained->w[static_cast<std::size_t>(j) * classes.size() + c]);
}

std::vector<double> LinearSvm::scores(const SparseRows& x) const {
  require(x.columns() == columns, "svm: rows of ", x.columns(), " columns, trained on ", columns);
  const std::size_t k = classes.size();
  std::vector<double> all;
  for (Index i = 0; i < x.count(); ++i) all.insert(all.end(), weights.end() - static_cast<Index>(k), weights.end());
  parallel_chunks(x.count(), 64, [&](Index first, Index last) {
    for (Index i = first; i < last; ++i)
      for (const SparseRows::Entry* e = x.begin(i); e != x.end(i); ++e)
        for (std::size_t c = 0; c < k; ++c)
          all[static_cast<std::size_t>(i) * k + c] +=
              double(e->value) * weights[static_cast<std::size_t>(e->column) * k + c];
  });
  return all;
}

std::vector<int> LinearSvm::predict(const SparseRows& x) const {
  const std::vector<double> all = scores(x);
  const auto k = static_cast<Index>(classes.size());
  std::vector<int> predicted;
  for (auto row = all.begin(); row != all.end(); row += k)
    predicted.push_back(classes[static_cast<std::size_t>(std::max_element(row, row + k) - row)]);
  return predicted;
}

double LinearSvm::accuracy(const SparseRows& x, std::span<const int> labels) const {
  return share_equal(predict(x), labels);
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
