#include "lessons/common/recorder.h"

#include "tests/check.h"

using namespace hourglass;

namespace {

Loss loss(Scalar value) { return {Tensor::scalar(value), Unit::nats_per_image}; }

}  // namespace

TEST_CASE("the losses of an epoch become their mean, in the first column of the history") {
  Standing at;
  Recorder recorder(at);
  CHECK(recorder.mean_loss() == 0);
  recorder.record(loss(2)), recorder.record(loss(5));
  CHECK(recorder.mean_loss() == 3.5);
  CHECK(at.losses == 2);
  CHECK(at.unit == "nats per image");
  CHECK(at.history.rows.empty());
  recorder.measure("test", 6.25);
  recorder.end_epoch();
  CHECK(at.history.csv() == "epoch,training,test\n1,3.5,6.25\n");
  CHECK(recorder.last_row() == "  test 6.250");
}

TEST_CASE("another quantity is tracked over the epochs, those before a resumption included") {
  Standing at;
  Recorder first(at);
  first.record(loss(2));
  first.track("distance", 30);
  first.end_epoch();
  at.epoch = 2;
  Recorder resumed(at);  // what a checkpoint holds is in `at`
  resumed.record(loss(1));
  resumed.track("distance", 20);
  resumed.end_epoch();
  CHECK(resumed.series("distance").x == std::vector<double>{1, 2});
  CHECK(resumed.series("distance").y == std::vector<double>{30, 20});
  CHECK(resumed.is_tracked("distance"));
  CHECK_FALSE(resumed.is_tracked("training"));
  CHECK_FAILS(resumed.series("absent"), "series: the history has no column 'absent'");
}

TEST_CASE("an epoch without a loss has no end") {
  Standing at;
  at.epoch = 4;
  CHECK_FAILS(Recorder(at).end_epoch(), "end_epoch: epoch 4 has no loss");
  CHECK(at.history.rows.empty());
}

TEST_CASE("the metrics of a run stand with what it was in metrics.json") {
  Standing at;
  Recorder recorder(at);
  RunOptions options;
  options.lesson = "99_try", options.seed = 7, options.threads = 3;
  recorder.metric("error", 1), recorder.metric("error", 0.5), recorder.metric("gap", -2);
  const report::Metrics found = report::Metrics::parse(recorder.json(options, 1.5), "text");
  CHECK(found.lesson == "99_try");
  CHECK(found.seed == 7);
  CHECK(found.threads == 3);
  CHECK(found.seconds == 1.5);
  CHECK(found.values == std::map<std::string, double>{{"error", 0.5}, {"gap", -2}});
}
