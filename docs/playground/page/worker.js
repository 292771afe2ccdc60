// The worker: holds the engine, trains while it plays, and replies to the page: to each message {id, call, args}
// by {id, value} or {id, error}.

const shown = 8, mapped = 500, filtersShown = 24, sliceOfTime = 12;  // pictures; milliseconds

let module, engine;
let digits, images;  // {train, test, labels}: bytes; images are the digits, or the visitor's own pictures
let look;            // what is shown of them: {all, few}, as numbers
let state, step, losses, views;
let plane, code;  // code: the one that is pointed at, if one is
let playing = false, queued = false;

function startEngine() {
  engine = new Engine(module);
  engine.images(images.train);
}

function use(next) {
  images = next;
  const numbers = Float32Array.from(images.test.subarray(0, mapped * pixels), v => v / 255);
  look = {all: numbers, few: numbers.subarray(0, shown * pixels)};
}

// Normal numbers from a fixed seed, for a GAN: what its codes are drawn from (Box and Muller 1958).
function normals(count, seed = 1) {
  const uniform = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  return Float32Array.from(
      {length: count}, () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
}

// The error's message, for a person. After anything but an error of the engine's own its memory cannot be trusted.
function sentence(error) {
  playing = false;
  if (error instanceof EngineError) return error.message;
  startEngine();
  if (state) calls.set(state);
  return `The engine stopped (${error.message}) and was started anew.`;
}

// Steps until the time is over, then again as soon as the waiting messages have their replies.
const turn = new MessageChannel();
function train() {
  queued = false;
  if (!playing) return;
  try {
    for (const end = performance.now() + sliceOfTime; performance.now() < end;) calls.step(1);
    queued = true;
    turn.port2.postMessage(0);
  } catch (error) {
    postMessage({trouble: sentence(error)});
  }
}
turn.port1.onmessage = train;

const calls = {
  start(bytes, data) {
    const train = 10000 * pixels, test = 500 * pixels;
    digits = {
      train: data.subarray(0, train),
      test: data.subarray(train, train + test),
      labels: data.slice(train + test)
    };
    module = new WebAssembly.Module(bytes);
    use(digits);
    startEngine();
  },

  set(next) {
    engine.set(next);  // throws where it cannot be; then all stays as it was
    state = next;
    step = views = 0;
    losses = [];
    code = undefined;
    plane = new Plane(state.code, state.variant !== 'gan');
  },

  tune(rates) {
    engine.tune({...state, ...rates});
    Object.assign(state, rates);
  },

  play(on) {
    playing = on;
    if (on && !queued) train();
  },

  step(count) {
    const made = engine.step(count), bad = made.findIndex(loss => !Number.isFinite(loss));
    step += count;
    losses.push(...made);
    if (bad >= 0)
      throw new EngineError(
          `The loss of step ${step - count + bad + 1} is ${made[bad]}: start anew, with a smaller learning rate.`);
    return made;
  },

  // Own pictures to train on, or the digits again. The session starts anew.
  images(train) {
    use(train ? {train, test: train, labels: []} : digits);
    engine.images(images.train);
    calls.set(state);
  },

  // All that the page draws, and the losses since its last request.
  view() {
    const gan = state.variant === 'gan', codes = gan ? normals(mapped * state.code) : engine.encode(look.all);
    plane.fit(codes, views === 0 ? 30 : 3);
    const at = code ?? plane.lift(0, 0), few = look.few.length / pixels * state.code;
    const seen = state.variant === 'denoising' ? engine.seen(look.few) : undefined;
    const view = {
      step,
      losses: Float32Array.from(losses),
      test: gan || views % 3 ? undefined : engine.loss(look.all),
      points: plane.project(codes),
      labels: gan ? [] : images.labels.subarray?.(0, mapped) ?? [],
      reach: codes.reduce((most, v) => Math.max(most, Math.abs(v)), 0.1),
      filters: engine.filters(filtersShown),
      came: gan ? undefined : look.few,
      seen,
      made: engine.decode(seen ? engine.encode(seen) : codes.subarray(0, gan ? 4 * few : few), state.code),
      ...calls.at(at, code !== undefined),
    };
    ++views;
    losses = [];
    return view;
  },

  // A code that is pointed at, by its components or by a point of the plane.
  at(numbers, keep = true) {
    const one = Float32Array.from(numbers), mark = plane.project(one);
    if (keep) code = one;
    return {code: one, mark: {x: mark[0], y: mark[1]}, picture: engine.decode(one)};
  },
  point(x, y) { return calls.at(plane.lift(x, y)); },

  // An image: the encoder's input, its code and its reconstruction. For a GAN, the discriminator's probability.
  through(image) {
    const seen = engine.seen(image), code = engine.encode(seen);
    return {seen, code, made: state.variant === 'gan' ? undefined : engine.decode(code)};
  },

  decode(code) { return engine.decode(Float32Array.from(code)); },
  weights() { return engine.weights(); },
  memory() { return engine.memory.buffer.byteLength; },
  testImage(i) { return look.all.slice(i % (look.all.length / pixels) * pixels).subarray(0, pixels); },
  tinyNew(seed) { engine.tinyNew(seed); },
  tinyTape(x) { return engine.tinyTape(x); },
  tinyStep(rate) { engine.tinyStep(rate); },

  planeSet(stop, seed) {
    engine.planeSet(stop, seed);
    return engine.planePoints(400);
  },
  // Some steps; then the loss of the last one, and r(x) for these points.
  planeStep(count, points) { return {loss: engine.planeStep(count), moved: engine.planeMap(points)}; },
};

onmessage = ({data: {id, call, args}}) => {
  try {
    postMessage({id, value: calls[call](...args)});
  } catch (error) {
    postMessage({id, error: sentence(error)});
  }
};
