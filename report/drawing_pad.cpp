#include "report/drawing_pad.h"

#include <fmt/format.h>

#include <cstring>

#include "report/page.h"
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::report {
namespace {

// The numbers as base64 of 32-bit floats, lowest byte first, as every browser's machine has them.
std::string floats(const Tensor& x) {
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(x.size()) * 4);
  for (Index i = 0; i < x.size(); ++i) {
    const auto value = static_cast<float>(x.data()[i]);
    std::memcpy(bytes.data() + 4 * static_cast<std::size_t>(i), &value, 4);
  }
  return '"' + base64(bytes) + '"';
}

const char* name(Activation activation) {
  switch (activation) {
    case Activation::none:
      return "none";
    case Activation::relu:
      return "relu";
    case Activation::sigmoid:
      return "sigmoid";
    default:
      fail("drawing pad: an activation that the page does not know, expected none, relu or sigmoid");
  }
}

constexpr const char* markup = R"(
<style>
.pad { display: flex; flex-wrap: wrap; gap: 1rem 1.25rem; align-items: flex-end; }
.pad figure { text-align: center; overflow: visible; }
.pad canvas { width: min(12rem, 40vw); image-rendering: pixelated; border: 1px solid var(--line); background: #000; display: block; }
.pad canvas[tabindex] { touch-action: none; cursor: crosshair; }
.pad label, .pad button { font: inherit; min-height: 2.75rem; }
.pad-controls { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: center; margin-top: 1rem; }
.pad-controls select, .pad-controls button { font: inherit; min-height: 2.75rem; padding: 0 .8rem; }
</style>
<div class="pad">
<figure><canvas id="pad-x" tabindex="0" role="img" aria-label="Draw here; with the keyboard: arrows move, space draws"></canvas><figcaption>draw: x</figcaption></figure>
<figure><canvas id="pad-noisy" role="img" aria-label="The image with noise"></canvas><figcaption>with noise: x~</figcaption></figure>
<figure><canvas id="pad-r" role="img" aria-label="What the net makes of it"></canvas><figcaption>cleaned: r(x~)</figcaption></figure>
</div>
<div class="pad-controls">
<label>Noise <select id="pad-kind"><option value="gaussian">Gaussian</option><option value="masking">masking</option><option value="grains">salt and pepper</option></select></label>
<label>Amount <input id="pad-amount" type="range" min="0" max="1" step="0.05" value="0.5"></label>
<button id="pad-again" type="button">New noise</button> <button id="pad-example" type="button">An example</button>
<button id="pad-clear" type="button">Clear</button>
</div>
<p id="pad-said" aria-live="polite"></p>
)";

// `pad` has been defined before: height, width, layers, examples.
constexpr const char* script = R"(
(() => {
  const numbers = text => new Float32Array(Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer);
  const {height, width} = pad, size = height * width, $ = id => document.getElementById('pad-' + id);
  const layers = pad.layers.map(l => ({W: numbers(l.weight), b: numbers(l.bias), phi: l.activation}));
  const examples = numbers(pad.examples);
  const phi = {none: a => a, relu: a => Math.max(a, 0), sigmoid: a => 1 / (1 + Math.exp(-a))};
  const clean = x => layers.reduce((h, {W, b, phi: f}) => b.map((bias, j) => {
    let a = bias;
    for (let i = 0, at = j * h.length; i < h.length; ++i) a += W[at + i] * h[i];
    return phi[f](a);
  }), x);
  const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  const dirty = {
    gaussian: (v, p) => Math.min(1, Math.max(0, v + p * normal())),
    masking: (v, p) => Math.random() < p ? 0 : v,
    grains: (v, p) => Math.random() < p ? +(Math.random() < .5) : v};
  const show = (canvas, image) => {
    canvas.width = width, canvas.height = height;
    const grey = new ImageData(width, height);
    image.forEach((v, i) => grey.data.set([0, 0, 0].fill(255 * Math.min(1, Math.max(0, v))).concat(255), 4 * i));
    canvas.getContext('2d').putImageData(grey, 0, 0);
  };
  const error = (a, b) => a.reduce((sum, v, i) => sum + (v - b[i]) ** 2, 0).toFixed(1);
  let x = examples.slice(0, size), next = 0, cursor = [height >> 1, width >> 1], last = null;
  const update = () => {
    const noisy = x.map(v => dirty[$('kind').value](v, +$('amount').value)), r = clean(noisy);
    show($('x'), x), show($('noisy'), noisy), show($('r'), r);
    $('said').textContent = `Squared error: ${error(noisy, x)} with noise, ${error(r, x)} cleaned.`;
  };
  const dab = (row, column) => {
    for (let i = 0; i < size; ++i) {
      const distance = Math.hypot(Math.floor(i / width) - row, i % width - column);
      x[i] = Math.max(x[i], Math.min(1, 1.7 - distance));
    }
  };
  const place = event => {
    const box = $('x').getBoundingClientRect();
    return [(event.clientY - box.top) / box.height * height - .5, (event.clientX - box.left) / box.width * width - .5];
  };
  const draw = event => {
    const to = place(event), from = last || to, steps = Math.ceil(2 * Math.hypot(to[0] - from[0], to[1] - from[1])) || 1;
    for (let s = 1; s <= steps; ++s) dab(from[0] + (to[0] - from[0]) * s / steps, from[1] + (to[1] - from[1]) * s / steps);
    last = to;
    update();
  };
  $('x').addEventListener('pointerdown', event => { $('x').setPointerCapture(event.pointerId); last = null; draw(event); });
  $('x').addEventListener('pointermove', event => { if (event.buttons) draw(event); });
  $('x').addEventListener('keydown', event => {
    const step = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], ' ': [0, 0]}[event.key];
    if (!step) return;
    event.preventDefault();
    cursor = [Math.min(height - 1, Math.max(0, cursor[0] + step[0])), Math.min(width - 1, Math.max(0, cursor[1] + step[1]))];
    if (event.key === ' ') dab(...cursor);
    update();
    const ink = $('x').getContext('2d');
    ink.fillStyle = '#e69f00', ink.fillRect(cursor[1], cursor[0], 1, 1);
  });
  $('kind').addEventListener('change', update), $('amount').addEventListener('input', update);
  $('again').addEventListener('click', update);
  $('clear').addEventListener('click', () => { x = new Float32Array(size); update(); });
  $('example').addEventListener('click', () => {
    next = (next + 1) % (examples.length / size);
    x = examples.slice(next * size, (next + 1) * size);
    update();
  });
  update();
})();
)";

}  // namespace

std::string drawing_pad(const std::vector<DenseLayer>& layers, const Tensor& examples, Index height, Index width) {
  const Index size = height * width;
  require(!examples.empty() && examples.rank() == 2 && examples.size(0) >= 1 && examples.size(1) == size,
          "drawing pad: examples ", examples.shape(), ", expected images of ", height, " x ", width);
  Index numbers = size;
  std::string json;
  for (const DenseLayer& layer : layers) {
    require(layer.weight.rank() == 2 && layer.bias.rank() == 1 && layer.weight.size(1) == numbers &&
                layer.weight.size(0) == layer.bias.size(0),
            "drawing pad: a layer of weights ", layer.weight.shape(), " and biases ", layer.bias.shape(), " behind ",
            numbers, " numbers");
    numbers = layer.bias.size(0);
    json += fmt::format("{}{{\"weight\":{},\"bias\":{},\"activation\":\"{}\"}}", json.empty() ? "" : ",",
                        floats(layer.weight), floats(layer.bias), name(layer.activation));
  }
  require(numbers == size, "drawing pad: the net makes ", numbers, " numbers, expected an image of ", size);
  return std::string(markup) +
         fmt::format("<script>const pad = {{\"height\":{},\"width\":{},\"layers\":[{}],\"examples\":{}}};", height,
                     width, json, floats(examples)) +
         script + "</script>\n";
}

}  // namespace hourglass::inline HOURGLASS_BUILD::report
