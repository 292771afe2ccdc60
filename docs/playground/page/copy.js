// The plane: autoencoders that differ in what stops the copy (lessons/what_stops_the_copy), trained on a spiral in the
// worker; the map of their reconstruction energy and of the field r(x) − x.

// The order is that of Stop in variant.h.
const stops = [
  [
    'Nothing: a wide code',
    'The code has 16 components for 2 numbers, and nothing is penalised. The energy becomes low in a whole region.'
  ],
  ['Capacity: code size 1', 'One component is enough for a position on a curve. All points are mapped onto one curve.'],
  ['Sparsity: 1 of 32 units', 'Only the most active unit is kept. Each unit has a curve of its own.'],
  ['A discrete code: 32 entries', 'The code is the nearest of 32 entries: r(x) has at most 32 different values.'],
  [
    'Noise at the input, σ = 0.15',
    'The input is x plus noise, the target is x. The field approximates σ² times the score of the noisy points.'
  ],
  [
    'Contraction, λ = σ²',
    'The penalty λ‖∂r/∂x‖² makes r insensitive to the input. The error keeps it sensitive along the spiral.'
  ],
  [
    'A stochastic code, β = 2σ²',
    'The decoder receives a sample of N(μ, diag σ²). The KL term limits the information in the code.'
  ],
];

class CopyView {
  constructor(call, trouble) {
    Object.assign(this, {call, trouble, size: 480, reach: 1.4, seed: 1, generation: 0, playing: false});
    this.grid = [...this.lattice(60), ...this.lattice(14)];
    const {stop, play, some, anew} = this.parts =
        Object.fromEntries(['stop', 'play', 'some', 'anew', 'map', 'story', 'text'].map(
            id => [id, document.getElementById('copy-' + id)]));
    stop.replaceChildren(...stops.map(([name], i) => new Option(name, i)));
    stop.onchange = () => this.restart();
    play.onclick = () => this.play(!this.playing);
    some.onclick = () => this.advance(100);
    anew.onclick = () => (++this.seed, this.restart());
  }

  // n rows of n points from above.
  lattice(n) {
    const at = i => this.reach * ((i + 0.5) * 2 / n - 1);
    return Array.from({length: n * n}, (_, i) => [at(i % n), -at(Math.floor(i / n))]).flat();
  }

  async restart() {
    const stop = Number(this.parts.stop.value);
    ++this.generation;
    this.step = 0;
    this.parts.story.textContent = stops[stop][1];
    this.points = await this.call('planeSet', stop, this.seed);
    await this.advance(0);
  }

  play(on) {
    this.playing = on;
    this.parts.play.textContent = on ? 'Pause' : 'Train';
    this.parts.play.setAttribute('aria-pressed', String(on));
    if (on) this.run();
  }
  async run() {
    if (this.running) return;
    this.running = true;
    while (this.playing) {
      await this.advance(20);
      await new Promise(requestAnimationFrame);
    }
    this.running = false;
  }

  // Steps, and the map after them; the error of a call becomes the page's message.
  async advance(count) {
    const mine = this.generation;
    try {
      const all = Float32Array.from([...this.grid, ...this.points]);
      const {moved} = await this.call('planeStep', count, all);
      if (mine !== this.generation) return;
      this.step += count;
      this.draw(all, moved);
    } catch (error) {
      this.play(false);
      this.trouble(error.message);
    }
  }

  draw(x, r) {
    const cells = 60 * 60, arrows = 14 * 14, context = this.parts.map.getContext('2d');
    const energy = Float32Array.from(
        {length: x.length / 2}, (_, i) => (r[2 * i] - x[2 * i]) ** 2 + (r[2 * i + 1] - x[2 * i + 1]) ** 2);
    const image = new ImageData(60, 60), small = new OffscreenCanvas(60, 60);
    for (let i = 0; i < cells; ++i) {
      const t = Math.min(1, Math.sqrt(energy[i]) / 0.6);
      image.data.set([255 - 245 * t, 255 - 185 * t, 255 - 115 * t, 255], 4 * i);
    }
    small.getContext('2d').putImageData(image, 0, 0);
    context.drawImage(small, 0, 0, this.size, this.size);
    const pixel = (px, py) => [(px / this.reach + 1) * this.size / 2, (1 - py / this.reach) * this.size / 2];
    context.fillStyle = '#000';
    for (let i = cells + arrows; i < x.length / 2; ++i) {
      const [px, py] = pixel(x[2 * i], x[2 * i + 1]);
      context.fillRect(px - 1, py - 1, 2, 2);
    }
    context.strokeStyle = '#d55e00';
    context.lineWidth = 2;
    context.beginPath();
    for (let i = cells; i < cells + arrows; ++i)
      this.arrow(context, ...pixel(x[2 * i], x[2 * i + 1]), ...pixel(r[2 * i], r[2 * i + 1]));
    context.stroke();
    const mean = (from, to) => short(energy.subarray(from, to).reduce((sum, e) => sum + e, 0) / (to - from));
    this.parts.text.textContent = `Step ${this.step}: mean energy ${
        mean(cells + arrows, energy.length)} on the spiral, ${mean(0, cells)} on the square.`;
  }

  arrow(context, x, y, toX, toY) {
    const length = Math.hypot(toX - x, toY - y);
    if (!(length > 4)) return;
    const dx = (toX - x) / length, dy = (toY - y) / length, cut = Math.min(length, 29), tipX = x + cut * dx,
          tipY = y + cut * dy;
    context.moveTo(x, y);
    context.lineTo(tipX, tipY);
    for (const side of [-4, 4]) {
      context.moveTo(tipX, tipY);
      context.lineTo(tipX - 7 * dx - side * dy, tipY - 7 * dy + side * dx);
    }
  }
}
