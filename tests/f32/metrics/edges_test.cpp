#include "tests/f64/metrics/edges.h"

TEST_CASE("Every metric at the ends of the numbers gives what NumPy, SciPy and scikit-learn give, or an error") {
  metric_edges::check_all();
}

TEST_CASE("Every metric refuses an empty set") { metric_edges::check_empty(); }

TEST_CASE("Every metric that is declared has rows at the ends of the numbers") { metric_edges::check_declared(); }
