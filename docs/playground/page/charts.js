// The two charts, by Chart.js: the loss over steps, and the map of the latent space. Both take the page's colours.

function css(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

function useColours() {
  Chart.defaults.color = css('--soft');
  Chart.defaults.borderColor = css('--line');
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.animation = false;
  Chart.defaults.maintainAspectRatio = false;
}

// At most 400 points: when they are full, neighbours become one, and from then on each stands for twice as many steps.
class Trail {
  constructor(most = 400) { Object.assign(this, {most, points: [], stride: 1, sum: 0, count: 0}); }
  add(x, y) {
    this.sum += y;
    if (++this.count < this.stride) return;
    this.points.push({x, y: this.sum / this.count});
    this.sum = this.count = 0;
    if (this.points.length < this.most) return;
    this.points = this.points.flatMap((p, i, all) => i % 2 ? [{x: p.x, y: (p.y + all[i - 1].y) / 2}] : []);
    this.stride *= 2;
  }
}

class LossChart {
  constructor(canvas) {
    this.canvas = canvas;
    this.clear('', true);
  }
  clear(unit, tested) {
    this.training = new Trail();
    this.test = new Trail();
    Object.assign(this, {unit, tested});
    this.build();
  }
  build() {
    this.chart?.destroy();
    useColours();
    const line = (label, color, borderDash) => ({
      label,
      data: [],
      borderColor: css(color),
      backgroundColor: css(color),
      borderDash,
      borderWidth: 2,
      pointRadius: ({dataset}) => dataset.data.length < 8 ? 3 : 0
    });
    const datasets = [line('batch', '--accent', [])];
    if (this.tested) datasets.push(line('test digits', '--second', [6, 4]));
    const axis = (text, type) => ({type, title: {display: true, text}, ticks: {maxTicksLimit: 6}});
    this.chart = new Chart(this.canvas, {
      type: 'line',
      data: {datasets},
      options: {
        parsing: false,
        normalized: true,
        scales: {x: axis('step', 'linear'), y: axis(this.unit, 'logarithmic')},
        plugins: {legend: {labels: {usePointStyle: true, pointStyle: 'line'}}},
        events: []
      }
    });
    this.draw();
  }
  add(step, losses, test) {
    losses.forEach((loss, i) => this.training.add(step - losses.length + i + 1, loss));
    if (test !== undefined) this.test.add(step, test);
  }
  draw() {
    this.chart.data.datasets[0].data = this.training.points;
    if (this.tested) this.chart.data.datasets[1].data = this.test.points;
    this.chart.update('none');
  }
}

// Ten distinguishable colours (Matplotlib's tab10); each digit is drawn as itself, too.
const tab10 =
    ['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd', '#8c564b', '#e377c2', '#7f7f7f', '#bcbd22', '#17becf'];

function stamp(text, color) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 12;
  const context = canvas.getContext('2d');
  context.font = 'bold 12px sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = color;
  context.fillText(text, 6, 7);
  return canvas;
}

// The codes of the test digits in a plane, and the point that is decoded. Pointing calls onPoint(x, y);
// arrow keys move the point.
class CodeMap {
  constructor(canvas, onPoint) {
    this.canvas = canvas;
    this.onPoint = onPoint;
    this.stamps = tab10.map((color, digit) => stamp(String(digit), color));
    this.point = {x: 0, y: 0};
    this.points = [];
    this.build();
    canvas.onpointerdown = canvas.onpointermove = event => this.pointer(event);
    canvas.onkeydown = event => this.key(event);
  }
  build() {
    this.chart?.destroy();
    useColours();
    const scale = {ticks: {maxTicksLimit: 5}};
    this.chart = new Chart(this.canvas, {
      type: 'scatter',
      options: {events: [], scales: {x: {...scale}, y: {...scale}}, plugins: {legend: {display: false}}},
      data: {
        datasets: [
          {data: [this.point], pointStyle: 'crossRot', radius: 9, borderWidth: 3, borderColor: css('--ink')},
          {data: [], radius: 3, backgroundColor: css('--accent'), borderWidth: 0}
        ]
      }
    });
    this.draw();
  }
  set(points, labels) {
    this.points = Array.from({length: points.length / 2}, (_, i) => ({x: points[2 * i], y: points[2 * i + 1]}));
    this.chart.data.datasets[1].pointStyle = labels.length ? Array.from(labels, label => this.stamps[label]) : 'circle';
  }
  draw() {
    const [mark, cloud] = this.chart.data.datasets;
    mark.data = [this.point];
    cloud.data = this.points;
    this.chart.update('none');
  }
  move(x, y) {
    this.point = {x, y};
    this.draw();
    this.onPoint(x, y);
  }
  pointer(event) {
    if (event.type === 'pointermove' && event.pointerType === 'touch' && !event.isPrimary) return;
    const box = this.canvas.getBoundingClientRect(), {x, y} = this.chart.scales;
    this.move(
        x.getValueForPixel(clamp(event.clientX - box.left, x.left, x.right)),
        y.getValueForPixel(clamp(event.clientY - box.top, y.top, y.bottom)));
  }
  key(event) {
    const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1]}[event.key];
    if (!way) return;
    event.preventDefault();
    const {x, y} = this.chart.scales;
    this.move(this.point.x + way[0] * (x.max - x.min) / 40, this.point.y + way[1] * (y.max - y.min) / 40);
  }
}
