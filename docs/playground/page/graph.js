// The computational graph of the small network, one op at a time: first the values, from x to the loss, then the
// gradients, in reverse order. All numbers come from the engine's tape; this file only draws them.

const rowHeight = 96, columnWidth = 106, boxWidth = 96, boxHeight = 78, above = 48;
// The position of each node of the tape: column, row. The chain of ops in the middle, parameters below, x above.
const places =
    [[0, 1], [1, 2], [2, 2], [4, 2], [5, 2], [1, 1], [2, 1], [3, 1], [4, 1], [5, 1], [6, 1], [7, 1], [8, 1], [9, 1]];
const formulas =
    ['x', 'W₁', 'b₁', 'W₂', 'b₂', 'x W₁', '+ b₁', 'h = tanh', 'h W₂', '+ b₂', 'r = σ', 'r − x', '( )²', 'L = Σ'];
const leaves = 5;

class TinyGraph {
  // ask(name, …): a call of the worker. svg, text: for the graph, and for the text of the current op.
  constructor(ask, svg, text) { Object.assign(this, {ask, svg, text, seed: 1, at: 0}); }

  async restart(x) {
    this.x = x;
    await this.ask('tinyNew', this.seed);
    await this.run();
  }
  async run() {
    this.tape = await this.ask('tinyTape', Float32Array.from(this.x));
    this.ops = this.tape.nodes.length - leaves;
    this.at = 0;
    this.show();
  }
  get length() { return this.ops + this.tape.backward.length; }
  go(by) {
    this.at = clamp(this.at + by, 0, this.length);
    this.show();
  }
  async learn(rate) {
    await this.ask('tinyStep', rate);
    const before = this.tape.nodes.at(-1).values[0];
    await this.run();
    this.go(this.ops);
    this.text.textContent = `W ← W − ${rate} dL/dW for each of the four: the loss was ${short(before)}, now it is ` +
        `${short(this.tape.nodes.at(-1).values[0])}.`;
  }

  // The gradients that have arrived when `at` ops have run.
  gradients() {
    const arrived = new Map();
    for (const rule of this.tape.backward.slice(0, Math.max(0, this.at - this.ops))) {
      arrived.set(rule.node, rule.gradient);
      for (const {node, gradient} of rule.to)
        arrived.set(node, arrived.has(node) ? gradient.map((g, i) => g + arrived.get(node)[i]) : gradient);
    }
    return arrived;
  }

  show() {
    const {nodes, backward} = this.tape, gradients = this.gradients(), forward = Math.min(this.at, this.ops);
    const rule = this.at > this.ops ? backward[this.at - this.ops - 1] : undefined;
    const current = rule ? rule.node : this.at > 0 ? leaves + this.at - 1 : -1;
    const lines =
        nodes.flatMap((node, to) => node.inputs.map(from => this.line(from, to, to === current, Boolean(rule))));
    const boxes = nodes.map(
        (node, i) => this.box(i, i < leaves + forward ? node.values : undefined, gradients.get(i), i === current));
    this.svg.innerHTML = lines.join('') + boxes.join('');
    this.text.textContent = this.sentence(current, rule);
  }

  sentence(current, rule) {
    if (current < 0) return 'Nothing has run yet. Next: x W₁.';
    const name = i => formulas[i].replace(/ = .*/, ''), node = this.tape.nodes[current];
    if (!rule)
      return `Forward, op ${this.at} of ${this.ops}: ${formulas[current]} (${node.op} of ` +
          `${node.inputs.map(name).join(' and ')}) is ${node.values.map(short).join(', ')}.`;
    const to = rule.to.map(({node: i, gradient}) => `${name(i)}: ${gradient.map(short).join(', ')}`).join('; ');
    return `Backward, op ${this.at - this.ops} of ${this.tape.backward.length}: ${node.op} received ` +
        `${rule.gradient.map(short).join(', ')} and passes on, to ${to}.`;
  }

  line(from, to, bold, back) {
    const [x1, y1] = this.middle(from), [x2, y2] = this.middle(to);
    const bow = from === 0 && to === 11 ? `M${x1} ${y1} Q${(x1 + x2) / 2} ${y1 - 3 * above} ${x2} ${y2}` :
                                          `M${x1} ${y1} L${x2} ${y2}`;
    return `<path d="${bow}" class="${bold ? back ? 'back' : 'on' : ''}"/>`;
  }
  middle(i) { return [(places[i][0] + 0.5) * columnWidth, (places[i][1] - 0.5) * rowHeight + above]; }

  // Above the values, below them the gradients, each number a cell in its colour.
  box(i, values, gradient, current) {
    const [x, y] = this.middle(i), [rows, columns] = [1, 1, ...this.tape.nodes[i].shape].slice(-2);
    const left = x - boxWidth / 2, top = y - boxHeight / 2, cell = Math.min(22, boxWidth / (columns + 0.5)),
          high = Math.min(cell, 24 / rows);
    const cells = (list, down) => !list ?
        '' :
        list.map((v, k) => {
              const [r, g, b] = signed(clamp(v, -1, 1)), cx = x + (k % columns - columns / 2) * cell,
                           cy = down + Math.floor(k / columns) * high;
              return `<rect x="${cx}" y="${cy}" width="${cell - 1}" height="${high - 1}" fill="rgb(${r | 0} ${g | 0} ${
                         b | 0})"><title>${short(v)}</title></rect>` +
                  (rows === 1 ? `<text x="${cx + cell / 2}" y="${cy + 15}" class="number">${v.toFixed(1)}</text>` : '');
            })
            .join('');
    return `<g class="${current ? 'node current' : 'node'}"><rect class="frame" x="${left}" y="${top}" width="${
               boxWidth}" height="${boxHeight}" rx="6"/>` +
        `<text x="${x}" y="${top + 17}">${formulas[i]}</text>${cells(values, top + 25)}${
               cells(gradient, top + 51)}</g>`;
  }
}

function short(v) { return Math.abs(v) >= 1e-3 || v === 0 ? String(+v.toFixed(3)) : v.toExponential(1); }
