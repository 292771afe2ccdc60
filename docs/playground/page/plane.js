// A plane in the latent space: the first two principal components of the codes or, where the code size is 1 or 2, its
// components. Power iteration starts where the last one ended, so that the map turns slowly while the codes move.

class Plane {
  constructor(width, principal) {
    this.width = width;
    this.principal = principal && width > 2;
    this.mean = new Float32Array(width);
    this.axes = [0, 1].map(k => Float32Array.from({length: width}, (_, i) => i === k ? 1 : 0));
    if (this.principal)
      this.axes = [1, 2].map(k => this.unit(Float32Array.from({length: width}, (_, i) => Math.cos(k * i + k))));
  }

  dot(a, b) {
    let sum = 0;
    for (let i = 0; i < this.width; ++i) sum += a[i] * b[i];
    return sum;
  }

  unit(v) {
    const length = Math.sqrt(this.dot(v, v));
    return length > 0 ? v.map(x => x / length) : v;
  }

  fit(codes, rounds = 4) {
    if (!this.principal) return;
    const rows = [];
    for (let i = 0; i < codes.length; i += this.width) rows.push(codes.subarray(i, i + this.width));
    this.mean = new Float32Array(this.width);
    for (const row of rows)
      for (let i = 0; i < this.width; ++i) this.mean[i] += row[i] / rows.length;
    for (let round = 0; round < rounds; ++round) {
      const next = this.axes.map(() => new Float32Array(this.width));
      for (const row of rows) {
        const centred = row.map((x, i) => x - this.mean[i]);
        this.axes.forEach((axis, k) => {
          const along = this.dot(centred, axis);
          for (let i = 0; i < this.width; ++i) next[k][i] += along * centred[i];
        });
      }
      const first = this.dot(next[0], next[0]) > 0 ? this.unit(next[0]) : this.axes[0];
      const shared = this.dot(next[1], first);
      const rest = next[1].map((x, i) => x - shared * first[i]);
      this.axes = [first, this.dot(rest, rest) > 0 ? this.unit(rest) : this.axes[1]];
    }
  }

  // Where codes lie in the plane: x, y, x, y, …
  project(codes) {
    const points = new Float32Array(2 * codes.length / this.width);
    for (let i = 0; i < codes.length / this.width; ++i) {
      const centred = codes.subarray(i * this.width, (i + 1) * this.width).map((x, j) => x - this.mean[j]);
      this.axes.forEach((axis, k) => points[2 * i + k] = this.dot(centred, axis));
    }
    return points;
  }

  // The code at a point of the plane.
  lift(x, y) { return this.mean.map((m, i) => m + x * this.axes[0][i] + y * this.axes[1][i]); }
}
