// Lesson 14: limitations. One network is trained on digits, one on clothes; each reconstructs images of its own kind
// and of others. Then the first is used for five tasks, each beside a simpler method that does the same.

#include <hourglass/autograd/backward.h>
#include <hourglass/data/mnist.h>
#include <hourglass/nn/adam.h>
#include "lessons/14_limitations/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;

int main(int argc, char** argv) {
  Run run("14_limitations", "Limitations", "What is an autoencoder not good for?", argc, argv);
  const data::Dataset digits = run.dataset();
  const data::Dataset fashion = data::fashion();  // 8,000 to train on, 2,000 to test
  const data::Images clothes = (fashion.test.count == 10000 ? fashion.test : fashion.train).slice(0, 8000);
  const data::Images clothes_test = fashion.test.slice(fashion.test.count - 2000, 2000);

  const models::Undercomplete::Sizes sizes{.input = digits.train.pixels_per_image(), .hidden = 128, .code = 32};
  models::Undercomplete model(sizes, run.rng);
  models::Undercomplete clothes_model(sizes, run.rng);
  nn::Parameters all;
  run.add(all, "", model);
  run.add(all, "other.", clothes_model);
  nn::Adam adam(all, {.learning_rate = 1e-3});
  run.keep(all, {&adam});
  run.draw_autoencoder(model, sizes.input);

  for ([[maybe_unused]] int epoch : run.epochs(8)) {
    // [loop]
    for (const Tensor& x : run.batches(digits.train, 128)) {
      std::vector<int> indices(32);
      for (int& index : indices) index = static_cast<int>(run.rng.below(8000));
      Loss loss = model.loss(x);                                       // digits
      Loss clothes_loss = clothes_model.loss(clothes.batch(indices));  // clothes, another f and g
      adam.zero_grad();
      backward(loss.value);
      backward(clothes_loss.value);
      // [gradients]
      adam.step();
      run.end_batch(loss);
    }
    // [/loop]
    run.end_epoch();
  }

  measure_unfamiliar(run, digits.test, clothes_test.tensor(), model, clothes_model);
  measure_uses(run, digits.train, digits.test, clothes_test.tensor(), model);
  return run.finish();
}
