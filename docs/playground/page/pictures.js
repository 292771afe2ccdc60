// Images of 28 × 28 numbers: onto a canvas, and from files.

const side = 28;

// Paints rows of images side by side. Rows: a list of Float32Arrays, each of whole images; a row that is missing is
// left out. color: a number to [r, g, b].
function paint(canvas, rows, color = grey) {
  rows = rows.filter(Boolean);
  const columns = Math.max(...rows.map(row => row.length / pixels)), gap = 2;
  const width = columns * (side + gap) - gap, height = rows.length * (side + gap) - gap;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, {width, height});
  const context = canvas.getContext('2d'), image = context.createImageData(width, height);
  rows.forEach((row, down) => {
    for (let i = 0; i < row.length; ++i) {
      const at = i % pixels, x = Math.floor(i / pixels) * (side + gap) + at % side;
      const y = down * (side + gap) + Math.floor(at / side), place = 4 * (y * width + x);
      const [r, g, b] = color(row[i]);
      image.data.set([r, g, b, 255], place);
    }
  });
  context.putImageData(image, 0, 0);
}

const grey = v => [255 * v, 255 * v, 255 * v];
// Zero white, below blue, above orange (Okabe and Ito's, which colour-blind readers distinguish).
const signed = v => v < 0 ? [255 + v * 255, 255 + v * 141, 255 + v * 77] : [255 - v * 42, 255 - v * 161, 255 - v * 255];
const clamp = (v, low, high) => Math.min(high, Math.max(low, v));

// As rows of eight.
function inRows(images, rows = []) {
  for (let first = 0; first < images.length; first += 8 * pixels) rows.push(images.slice(first, first + 8 * pixels));
  return rows;
}

// Filters, each scaled to its own largest weight.
function paintFilters(canvas, weights) {
  const rows = inRows(weights);
  for (const row of rows)
    for (let first = 0; first < row.length; first += pixels) {
      const one = row.subarray(first, first + pixels), most = one.reduce((m, v) => Math.max(m, Math.abs(v)), 1e-9);
      one.forEach((v, i) => one[i] = v / most);
    }
  paint(canvas, rows, signed);
}

// A file as 784 bytes: cut to a square from its middle, grey, white where it is transparent, shrunk. Throws a message
// when it is no image.
async function fromFile(file) {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new EngineError(`${file.name} is no picture that this browser can read.`);
  });
  const size = Math.min(bitmap.width, bitmap.height), canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, (bitmap.width - size) / 2, (bitmap.height - size) / 2, size, size, 0, 0, side, side);
  const {data} = context.getImageData(0, 0, side, side);
  return Uint8Array.from({length: pixels}, (_, i) => {
    const [r, g, b, a] = data.subarray(4 * i, 4 * i + 4);
    return (0.299 * r + 0.587 * g + 0.114 * b) * a / 255 + 255 - a;
  });
}
