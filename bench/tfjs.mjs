// An epoch of the playground beside TensorFlow.js on WebAssembly (one thread, SIMD), in one headless Chromium, in
// turns: 10,000 digits, 784-128-32-128-784, batches of 128, Adam, squared error. Not part of the tests.
//     node bench/tfjs.mjs PAGE [TURNS]          PAGE: what ./course play --write has written
// Fetches TensorFlow.js by npm into build/tfjs at first use. Node and Chromium must be there.
import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';

import {Browser} from '../tests/browser/chromium.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url))), folder = join(root, 'build/tfjs');
const [page, turns = 7] = process.argv.slice(2);
const wanted = ['@tensorflow/tfjs@4.22.0', '@tensorflow/tfjs-backend-wasm@4.22.0'];

if (!existsSync(join(folder, 'node_modules'))) {
  mkdirSync(folder, {recursive: true});
  execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', ...wanted], {stdio: 'inherit'});
}
const read = (...path) => readFileSync(join(folder, 'node_modules/@tensorflow', ...path));
const script = (...path) => `<script>${read(...path).toString().replaceAll('</script', '<\\/script')}</script>`;
const module =
    `data:application/wasm;base64,${read('tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm').toString('base64')}`;
const digits = gunzipSync(readFileSync(join(root, 'data/mnist/train-images-idx3-ubyte.gz')))
                   .subarray(16, 16 + 7840000)
                   .toString('base64');

// Their epoch, as their documentation would have it: variables, an optimiser's minimize, nothing kept but the loss.
const theirs = `
const digits = Float32Array.from(atob('${digits}'), c => c.charCodeAt(0) / 255), size = 784, batch = 128;
let weights, adam;
async function start() {
  tf.wasm.setWasmPaths({'tfjs-backend-wasm.wasm': '${module}', 'tfjs-backend-wasm-simd.wasm': '${module}',
    'tfjs-backend-wasm-threaded-simd.wasm': '${module}'});
  tf.wasm.setThreadsCount(1);
  await tf.setBackend('wasm');
  const layer = (inputs, outputs) => [
    tf.variable(tf.randomUniform([inputs, outputs], -1 / Math.sqrt(inputs), 1 / Math.sqrt(inputs))),
    tf.variable(tf.zeros([outputs]))];
  weights = [layer(784, 128), layer(128, 32), layer(32, 128), layer(128, 784)].flat();
  adam = tf.train.adam(1e-3);
  return tf.getBackend();
}
function loss(x) {
  const [W1, b1, W2, b2, W3, b3, W4, b4] = weights;
  const h = tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(x, W1), b1)), W2), b2);
  const r = tf.sigmoid(tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(h, W3), b3)), W4), b4));
  return tf.div(tf.sum(tf.squaredDifference(r, x)), x.shape[0]);
}
function epoch() {
  const begin = performance.now();
  let last;
  for (let first = 0; first < 10000; first += batch) {
    const count = Math.min(batch, 10000 - first);
    last = tf.tidy(() => {
      const x = tf.tensor2d(digits.subarray(first * size, (first + count) * size), [count, size]);
      return adam.minimize(() => loss(x), true, weights).dataSync()[0];
    });
  }
  return {seconds: (performance.now() - begin) / 1000, loss: last};
}`;
writeFileSync(join(folder, 'page.html'), `<!doctype html><meta charset="utf-8">${script('tfjs/dist/tf.min.js')}
${script('tfjs-backend-wasm/dist/tf-backend-wasm.min.js')}<script>${theirs}</script>`);

const browser = new Browser();
const ours = await browser.open('file://' + resolve(page));
await ours.until('window.hourglass', 20);
await ours.run('hourglass.ready');
const peer = await browser.open('file://' + join(folder, 'page.html'));
await peer.until('document.readyState === "complete"', 30);
console.log(`TensorFlow.js 4.22.0, backend ${await peer.run('start()')}, SIMD ${
    await peer.run('tf.env().get("WASM_HAS_SIMD_SUPPORT")')}, threads ${await peer.run('tf.wasm.getThreadsCount()')}`);
// an epoch is 79 steps, one request to the worker
const epoch = `(async () => { const begin = performance.now(), losses = await remote.call('step', 79);
  return {seconds: (performance.now() - begin) / 1000, loss: losses.at(-1)}; })()`;
const times = {
  ours: [],
  theirs: []
};
await ours.run(epoch);  // warm
await peer.run('epoch()');
for (let turn = 0; turn < turns; ++turn) {
  const a = await ours.run(epoch), b = await peer.run('epoch()');
  times.ours.push(a.seconds);
  times.theirs.push(b.seconds);
  console.log(`ours ${a.seconds.toFixed(3)} s (loss ${a.loss.toFixed(2)}), TensorFlow.js ${
      b.seconds.toFixed(3)} s (loss ${b.loss.toFixed(2)})`);
}
const middle = list => [...list].sort((a, b) => a - b)[list.length >> 1];
console.log(
    `an epoch: ours ${middle(times.ours).toFixed(3)} s, best ${Math.min(...times.ours).toFixed(3)}; TensorFlow.js ` +
    `${middle(times.theirs).toFixed(3)} s, best ${Math.min(...times.theirs).toFixed(3)}; ratio of the medians ${
        (middle(times.theirs) / middle(times.ours)).toFixed(2)}, ` +
    `of the best ${(Math.min(...times.theirs) / Math.min(...times.ours)).toFixed(2)}`);
await browser.close();
