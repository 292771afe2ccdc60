// A pad of 28 × 28 to draw on: with a pointer, or with the arrow keys, which move a pen that draws while it is down
// (space).

class Pad {
  constructor(canvas, onChange) {
    Object.assign(
        this, {canvas, onChange, image: new Float32Array(pixels), pen: {x: 14, y: 14, down: false, shown: false}});
    canvas.onpointerdown = canvas.onpointermove = event => this.pointer(event);
    canvas.onkeydown = event => this.key(event);
    canvas.onfocus = () => this.showPen(canvas.matches(':focus-visible'));
    canvas.onblur = () => this.showPen(false);
    this.show();
  }
  pointer(event) {
    if (!(event.buttons & 1)) return this.last = undefined;
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    const box = this.canvas.getBoundingClientRect();
    const to = {x: (event.clientX - box.left) / box.width * side, y: (event.clientY - box.top) / box.height * side};
    const from = event.type === 'pointermove' && this.last || to, way = Math.hypot(to.x - from.x, to.y - from.y);
    for (let i = 0, n = Math.ceil(2 * way) || 1; i <= n; ++i)
      this.dab(from.x + (to.x - from.x) * i / n, from.y + (to.y - from.y) * i / n);
    this.last = to;
    this.changed();
  }
  key(event) {
    const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1]}[event.key], {pen} = this;
    if (!way && event.key !== ' ') return;
    event.preventDefault();
    pen.shown = true;
    if (way)
      Object.assign(pen, {x: clamp(pen.x + way[0], 2, 25), y: clamp(pen.y + way[1], 2, 25)});
    else
      pen.down = !pen.down;
    if (pen.down) this.dab(pen.x + 0.5, pen.y + 0.5);
    this.changed();
  }
  showPen(on) {
    this.pen.shown = on;
    this.show();
  }
  // A soft dot, as thick as the strokes of the digits.
  dab(x, y) {
    for (let i = 0; i < pixels; ++i) {
      const distance = Math.hypot(i % side + 0.5 - x, Math.floor(i / side) + 0.5 - y);
      this.image[i] = Math.max(this.image[i], clamp(2 - distance, 0, 1));
    }
  }
  set(image) {
    this.image = Float32Array.from(image);
    this.changed();
  }
  clear() {
    this.pen.down = false;
    this.set(new Float32Array(pixels));
  }
  changed() {
    this.show();
    this.onChange(this.image);
  }
  show() {
    paint(this.canvas, [this.image]);
    if (!this.pen.shown) return;
    const context = this.canvas.getContext('2d');
    context.fillStyle = this.pen.down ? '#e69f00' : '#56b4e9';
    context.fillRect(this.pen.x, this.pen.y, 1, 1);
  }
}
