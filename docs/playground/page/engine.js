// The engine (../engine/exports.h) for JavaScript: names instead of numbers, arrays instead of addresses in memory, and
// errors as exceptions. Runs in the page's worker, and in Node for tests.

const pixels = 784;
const variants = ['undercomplete', 'sparse', 'denoising', 'vae', 'gan'];
const activations = ['none', 'relu', 'leaky_relu', 'sigmoid', 'tanh', 'gelu', 'silu'];

class EngineError extends Error {}

class Engine {
  // module: a WebAssembly.Module. There are no files here; what C's library would write into one is discarded.
  constructor(module) {
    const swallow = () => 0;
    const raise = (text, length) => {
      throw new EngineError(new TextDecoder().decode(new Uint8Array(this.memory.buffer, text, length)));
    };
    this.c = new WebAssembly
                 .Instance(module, {
                   hourglass: {raise},
                   wasi_snapshot_preview1: {fd_close: swallow, fd_seek: swallow, fd_write: swallow},
                 })
                 .exports;
    this.memory = this.c.memory;
    this.c._initialize();
  }

  // An error leaves C++ without unwinding its stack: put it back to where it was.
  call(name, ...numbers) {
    const stack = this.c.__stack_pointer.value;
    try {
      return this.c['hg_' + name](...numbers);
    } catch (error) {
      this.c.__stack_pointer.value = stack;
      throw error;
    }
  }

  // The address first: room that grows takes the memory to another buffer.
  put(numbers) {
    const place = this.call('room', numbers.length);
    new Float32Array(this.memory.buffer, place, numbers.length).set(numbers);
  }
  // A copy of what the last call returned.
  numbers(place) { return new Float32Array(this.memory.buffer, place, this.c.hg_count()).slice(); }
  bytes(place) { return new Uint8Array(this.memory.buffer, place, this.c.hg_count()).slice(); }

  // Images of 784 bytes to train on, from the next `set` on.
  images(bytes) {
    const place = this.call('images', bytes.length / pixels);
    new Uint8Array(this.memory.buffer, place, bytes.length).set(bytes);
  }

  set(state) {
    const index = (list, what) => {
      const at = list.indexOf(state[what]);
      if (at < 0) throw new EngineError(`the ${what} is ${state[what]}, expected ${list.join(', ')}`);
      return at;
    };
    this.put(state.hidden);
    this.call(
        'set', index(variants, 'variant'), state.hidden.length, state.code, index(activations, 'activation'),
        state.rate, state.noise, state.penalty, state.batch, state.seed);
  }

  tune({rate, noise, penalty}) { this.call('tune', rate, noise, penalty); }

  step(count) { return Array.from({length: count}, () => this.call('step')); }

  // Each takes whole rows, images or codes, in one Float32Array.
  rows(name, numbers, width) {
    this.put(numbers);
    return this.call(name, numbers.length / width);
  }
  loss(images) { return this.rows('loss', images, pixels); }
  encode(images) { return this.numbers(this.rows('encode', images, pixels)); }
  decode(codes, width = codes.length) { return this.numbers(this.rows('decode', codes, width)); }
  seen(images) { return this.numbers(this.rows('seen', images, pixels)); }

  filters(most) { return this.numbers(this.call('filters', most)); }
  weights() { return this.bytes(this.call('weights')); }

  tinyNew(seed) { this.call('tinynew', seed); }
  tinyTape(x) {
    this.put(x);
    return JSON.parse(new TextDecoder().decode(this.bytes(this.call('tinytape'))));
  }
  tinyStep(rate) { this.call('tinystep', rate); }

  planeSet(stop, seed) { this.call('planeset', stop, seed); }
  planeStep(count) { return this.call('planestep', count); }
  planeMap(points) { return this.numbers(this.rows('planemap', points, 2)); }
  planePoints(count) { return this.numbers(this.call('planepoints', count)); }
}
