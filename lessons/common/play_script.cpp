#include "lessons/common/play.h"

namespace hourglass::HOURGLASS_BUILD::play {

// Plain JavaScript, nothing from outside. Every part has labels, works with keys, and takes the page's colours.
const char* script() {
  return R"js(
const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
const floats = text => new Float32Array(bytes(text).buffer);
const phi = {none: v => v, relu: v => Math.max(0, v), leaky_relu: (v, slope) => v > 0 ? v : slope * v,
  sigmoid: v => 1 / (1 + Math.exp(-v)), tanh: Math.tanh, silu: v => v / (1 + Math.exp(-v)),
  gelu: v => v / 2 * (1 + erf(v / Math.SQRT2))};
function erf(x) {  // Abramowitz & Stegun 1964, 7.1.26
  const t = 1 / (1 + .3275911 * Math.abs(x));
  const y = 1 - ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - .284496736) * t + .254829592) * t * Math.exp(-x * x);
  return x < 0 ? -y : y;
}

// y = φ(W x + b), layer by layer; agrees with the program that wrote the page
class Network {
  constructor(data) {
    this.layers = data.layers.map(l => ({...l, weight: l.weight && floats(l.weight), bias: l.bias && floats(l.bias)}));
    const expected = floats(data.output), found = this.run(floats(data.input));
    this.difference = Math.max(...expected.map((v, i) => Math.abs(v - found[i])));
    if (!(this.difference < 1e-4)) console.error(`the page computes something else: ${this.difference}`);
  }
  run(x) {
    for (const {weight, bias, outputs, activation, slope} of this.layers) {
      if (weight) {
        const y = new Float32Array(outputs), n = x.length;
        for (let o = 0; o < outputs; ++o) {
          let sum = bias[o];
          for (let i = 0, at = o * n; i < n; ++i, ++at) sum += weight[at] * x[i];
          y[o] = sum;
        }
        x = y;
      }
      x = x.map(v => phi[activation](v, slope));
    }
    return x;
  }
}

const make = (parent, tag, properties = {}) => parent.appendChild(Object.assign(document.createElement(tag), properties));
const ink = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colors = ['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd', '#8c564b', '#e377c2', '#7f7f7f', '#bcbd22', '#17becf'];

// A captioned canvas of `height` × `width` grey numbers in [0, 1]; `paint` shows others
function view(parent, caption, {height, width}, scale = 5) {
  const figure = make(parent, 'figure', {className: 'view'}), canvas = make(figure, 'canvas', {width, height});
  canvas.style.width = `${width * scale}px`;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', caption);
  make(figure, 'figcaption', {textContent: caption});
  canvas.paint = numbers => {
    const image = new ImageData(width, height);
    for (let i = 0; i < width * height; ++i) {
      image.data.fill(Math.round(255 * Math.min(1, Math.max(0, numbers[i]))), 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = 255;
    }
    canvas.getContext('2d').putImageData(image, 0, 0);
  };
  return canvas;
}
function slide(parent, caption, {min, max, step, value}, moved) {
  const label = make(parent, 'label', {textContent: caption}), input = make(label, 'input', {type: 'range', min, max, step});
  input.value = value;
  input.addEventListener('input', () => moved(+input.value));
  return input;
}
function images({pixels, count, height, width, labels}) {
  const grey = bytes(pixels), size = height * width;
  return {height, width, count, labels, of: i => Float32Array.from(grey.subarray(i * size, (i + 1) * size), v => v / 255)};
}
const distance = (a, i, b, j, n) => {
  let sum = 0;
  for (let k = 0; k < n; ++k) sum += (a[i * n + k] - b[j * n + k]) ** 2;
  return sum;
};

// ---- a latent map that is also a pad

function codes(place, data) {
  const all = images(data.images), decoder = new Network(data.decoder), k = data.size;
  const h = floats(data.codes), mean = floats(data.mean), directions = floats(data.directions), shown = directions.length / k;
  // coordinates along the directions: these are orthogonal
  const along = (code, offset, d) => {
    let dot = 0, length = 0;
    for (let j = 0; j < k; ++j) {
      const w = directions[d * k + j];
      dot += (code[offset + j] - mean[j]) * w, length += w * w;
    }
    return dot / length;
  };
  const x = Array.from({length: all.count}, (_, i) => along(h, i * k, 0));
  const y = Array.from({length: all.count}, (_, i) => shown > 1 ? along(h, i * k, 1) : 0);
  // each axis has its own scale, so that the map fills its frame
  const range = values => {
    const low = Math.min(...values), high = Math.max(...values), margin = .05 * (high - low) || 1;
    return {low: low - margin, high: high + margin, length: high - low + 2 * margin};
  };
  const right = range(x), up = range(y), at = new Float32Array(shown), side = 480;
  const pad = make(place, 'canvas', {width: side, height: side, className: 'pad', tabIndex: 0});
  pad.setAttribute('role', 'application');
  pad.setAttribute('aria-label', 'Map of the latent space. Arrow keys move the point that is decoded.');
  const beside = make(place, 'div', {className: 'views'});
  const decoded = view(beside, 'decoded here', all), nearest = view(beside, 'the nearest image', all);
  const said = make(beside, 'p', {className: 'said'});
  said.setAttribute('aria-live', 'polite');
  const classes = [...new Set(all.labels)].sort((a, b) => a - b), legend = make(place, 'p', {className: 'legend'});
  for (const label of classes) make(legend, 'span', {textContent: `● ${label} `}).style.color = colors[label % 10];
  const dots = document.createElement('canvas');
  dots.width = dots.height = side;
  const across = v => side * (v - right.low) / right.length, down = v => side * (up.high - v) / up.length;
  function plot() {
    const context = dots.getContext('2d');
    for (let i = 0; i < all.count; ++i) {
      context.fillStyle = colors[(all.labels[i] ?? 0) % 10];
      context.beginPath();
      context.arc(across(x[i]), down(y[i]), 2.5, 0, 7);
      context.fill();
    }
  }
  function show() {
    const code = mean.map((m, j) => m + at.reduce((sum, a, d) => sum + a * directions[d * k + j], 0));
    decoded.paint(decoder.run(code));
    let best = 0, least = Infinity;
    for (let i = 0; i < all.count; ++i) {
      const far = (x[i] - at[0]) ** 2 + (y[i] - (at[1] ?? 0)) ** 2;
      if (far < least) least = far, best = i;
    }
    nearest.paint(all.of(best));
    said.textContent = all.labels.length ? `nearest: class ${all.labels[best]}` : '';
    const context = pad.getContext('2d');
    context.clearRect(0, 0, side, side);
    context.drawImage(dots, 0, 0);
    context.strokeStyle = ink('--ink'), context.lineWidth = 2;
    context.strokeRect(across(at[0]) - 6, down(at[1] ?? 0) - 6, 12, 12);
    place.code = code;
  }
  const within = (v, {low, high}) => Math.max(low, Math.min(high, v));
  const move = (first, second) => {
    at[0] = within(first, right);
    if (shown > 1) at[1] = within(second, up);
    show();
  };
  const point = event => {
    const box = pad.getBoundingClientRect();
    move(right.low + (event.clientX - box.left) / box.width * right.length, up.high - (event.clientY - box.top) / box.height * up.length);
  };
  pad.addEventListener('pointermove', point);
  pad.addEventListener('pointerdown', point);
  pad.addEventListener('keydown', event => {
    const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}[event.key];
    if (!step) return;
    event.preventDefault();
    move(at[0] + step[0] * right.length / 50, (at[1] ?? 0) + step[1] * up.length / 50);
  });
  for (let d = 2; d < shown; ++d)
    slide(beside, `direction ${d + 1}`, {min: -3, max: 3, step: .05, value: 0}, v => (at[d] = v, show()));
  plot();
  show();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  place.decoder = decoder;
}

// ---- a digit that is drawn and corrupted

const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());  // Box & Muller 1958
const noises = {
  'Gaussian': (v, p) => Math.min(1, Math.max(0, v + p * normal())),
  'masking': (v, p) => Math.random() < p ? 0 : v,
  'salt and pepper': (v, p) => Math.random() < p ? +(Math.random() < .5) : v};

function drawing(place, data) {
  const all = images(data.images), encoder = new Network(data.encoder), decoder = new Network(data.decoder);
  const {height, width} = all, x = new Float32Array(height * width);
  const beside = make(place, 'div', {className: 'views'}), tools = make(place, 'div', {className: 'tools'});
  const pad = view(beside, 'x: draw here', all, 7), dirty = view(beside, 'x~: corrupted', all, 7), clean = view(beside, 'r = g(f(x~))', all, 7);
  pad.tabIndex = 0;
  pad.setAttribute('role', 'application');
  pad.setAttribute('aria-label', 'Draw here. With the keyboard: arrow keys move the pen, space draws.');
  pad.classList.add('paper');
  const error = (a, b) => a.reduce((sum, v, i) => sum + (v - b[i]) ** 2, 0).toFixed(1);
  let amount = .4, kind = 'Gaussian', next = 0, from = [0, 0], pen = [width >> 1, height >> 1];
  const show = () => {
    const seen = x.map(v => noises[kind](v, amount)), r = decoder.run(encoder.run(seen));
    pad.paint(x), dirty.paint(seen), clean.paint(r);
    said.textContent = `Squared error: ${error(seen, x)} with noise, ${error(r, x)} cleaned.`;
  };
  const line = to => {
    const [right, down] = [to[0] - from[0], to[1] - from[1]], length = right ** 2 + down ** 2 || 1;
    for (let i = 0; i < x.length; ++i) {  // how far the pixel is from the stretch that the pen has gone
      const across = i % width + .5 - from[0], below = Math.floor(i / width) + .5 - from[1];
      const t = Math.max(0, Math.min(1, (across * right + below * down) / length));
      x[i] = Math.min(1, Math.max(x[i], 1.6 - Math.hypot(across - t * right, below - t * down)));
    }
    from = to;
    show();
  };
  const stroke = event => {
    if (!(event.buttons & 1)) return;
    event.preventDefault();
    const box = pad.getBoundingClientRect();
    const to = [(event.clientX - box.left) * width / box.width, (event.clientY - box.top) * height / box.height];
    if (event.type === 'pointerdown') from = to;
    line(to);
  };
  pad.addEventListener('pointerdown', stroke);
  pad.addEventListener('pointermove', stroke);
  pad.addEventListener('keydown', event => {
    const step = {ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0], ' ': [0, 0]}[event.key];
    if (!step) return;
    event.preventDefault();
    pen = [Math.min(width - 1, Math.max(0, pen[0] + step[0])), Math.min(height - 1, Math.max(0, pen[1] + step[1]))];
    const at = [pen[0] + .5, pen[1] + .5];
    if (event.key === ' ') from = at, line(at);
    else pad.paint(x);
    const context = pad.getContext('2d');
    context.fillStyle = '#e69f00', context.fillRect(...pen, 1, 1);
  });
  const button = (textContent, press) => make(tools, 'button', {type: 'button', textContent}).addEventListener('click', press);
  const take = () => (x.set(all.of(next++ % all.count)), show());
  button('a test image', take);
  button('clear', () => (x.fill(0), show()));
  button('other noise', show);
  const chosen = make(make(tools, 'label', {textContent: 'noise'}), 'select');
  for (const name of Object.keys(noises)) make(chosen, 'option', {textContent: name});
  chosen.addEventListener('change', () => (kind = chosen.value, show()));
  slide(tools, 'how much', {min: 0, max: 1, step: .05, value: amount}, v => (amount = v, show()));
  const said = make(tools, 'p', {className: 'said'});
  said.setAttribute('aria-live', 'polite');
  take();
}

// ---- an image to be pressed, and its neighbours

function neighbors(place, data) {
  const all = images(data.images), h = floats(data.codes), k = data.size, size = all.height * all.width;
  const grey = Float32Array.from(bytes(data.images.pixels)), asked = Math.min(40, all.count);
  const shelf = make(place, 'div', {className: 'shelf'});
  const rows = [['by code', h, k], ['by pixels', grey, size]].map(([name, numbers, n]) => {
    const row = make(place, 'div', {className: 'shelf'});
    row.setAttribute('aria-live', 'polite');
    make(row, 'span', {textContent: name});
    return {row, numbers, n, views: Array.from({length: 10}, () => view(row, '', all, 1.6))};
  });
  const find = i => {
    for (const {row, numbers, n, views} of rows) {
      const far = Array.from({length: all.count}, (_, j) => [distance(numbers, i, numbers, j, n), j]).filter(([, j]) => j !== i);
      const found = far.sort((a, b) => a[0] - b[0]).slice(0, 10).map(([, j]) => j);
      found.forEach((j, place) => views[place].paint(all.of(j)));
      row.setAttribute('aria-label', `classes found: ${found.map(j => all.labels[j] ?? '?').join(' ')}`);
    }
    for (const [j, button] of [...shelf.children].entries()) button.setAttribute('aria-pressed', j === i);
  };
  for (let i = 0; i < asked; ++i) {
    const button = make(shelf, 'button', {type: 'button'});
    view(button, `image ${i + 1}${all.labels.length ? ', class ' + all.labels[i] : ''}`, all, 1.4).paint(all.of(i));
    button.addEventListener('click', () => find(i));
  }
  find(0);
}

// ---- a slider through pictures

function slider(place, {label, images, steps}) {
  const show = i => {
    said.textContent = steps[i].text;
    input.setAttribute('aria-valuetext', `${i + 1} of ${steps.length}`);
    for (const [j, {caption, image}] of steps[i].shown.entries()) {
      frames[j].image.src = images[image];
      frames[j].image.alt = frames[j].caption.textContent = caption;
    }
  };
  const input = slide(place, label, {min: 0, max: steps.length - 1, step: 1, value: 0}, show);
  const row = make(place, 'div', {className: 'row'}), frames = steps[0].shown.map(() => {
    const figure = make(row, 'figure', {className: 'view'});
    return {image: make(figure, 'img'), caption: make(figure, 'figcaption')};
  });
  const said = make(row, 'p', {className: 'said'});  // below the pictures, which stay where they are
  row.style.setProperty('--n', frames.length);
  said.setAttribute('aria-live', 'polite');
  show(0);
}

make(document.head, 'style', {textContent: `
.play { display: flex; flex-wrap: wrap; gap: 1.25rem; align-items: flex-start; }
.play canvas { image-rendering: pixelated; border-radius: 4px; max-width: 100%; }
.play .pad { image-rendering: auto; width: min(100%, 30rem); border: 1px solid var(--line); cursor: crosshair; touch-action: none; }
.play .legend { width: 100%; margin: 0; }
.play .paper { cursor: crosshair; touch-action: none; outline: 1px solid var(--accent); }
.play .views, .play .tools { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-end; flex: 1 1 12rem; }
.play .view figcaption { font-size: .9rem; color: var(--soft); }
.play .shelf { display: flex; flex-wrap: wrap; gap: .35rem; align-items: center; width: 100%; }
.play .shelf span { flex: 0 0 5.5rem; color: var(--soft); }
.play .shelf figcaption { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
.play button { font: inherit; color: inherit; background: none; border: 1px solid var(--line); border-radius: 4px; padding: .3rem .7rem; cursor: pointer; }
.play .shelf button { padding: 2px; line-height: 0; } .play button[aria-pressed=true] { border-color: var(--accent); }
.play label { display: flex; gap: .6rem; align-items: center; width: 100%; color: var(--soft); } .play select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 4px; padding: .3rem; } .play input { flex: 1; accent-color: var(--accent); }
.play[data-kind=slider] { gap: .75rem; } .play[data-kind=slider] input { height: 2.5rem; cursor: pointer; }
.play .row { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; width: 100%; }
.play .row img { display: block; width: 17.625rem; }
.play .row figcaption { margin-top: .35rem; line-height: 1.45; white-space: pre-line; font-variant-numeric: tabular-nums; }
.play .row figcaption::first-line { color: var(--ink); font-weight: 600; }
.play .said { margin: 0; color: var(--soft); width: 100%; }
@media (min-width: 33rem) { .play .row { grid-template-columns: repeat(var(--n), 1fr); } .play .row .said { grid-column: 1 / -1; } }`});
for (const place of document.querySelectorAll('.play'))
  ({codes, drawing, neighbors, slider})[place.dataset.kind](place, JSON.parse(place.firstElementChild.textContent));
)js";
}

}  // namespace hourglass::HOURGLASS_BUILD::play
