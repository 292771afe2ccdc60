// The page: the state, the worker that trains, and what is drawn of it.

const $ = id => document.getElementById(id);
const units = {
  undercomplete: 'squared error per image',
  sparse: 'squared error per image + λ Ω(h)',
  denoising: 'squared error per image',
  vae: 'negative ELBO, nats per image',
  gan: 'loss of the generator, nats'
};
const rowsText = {
  undercomplete: 'Above: test digits. Below: their reconstructions.',
  denoising: 'Test digits; the corrupted inputs of the encoder; the reconstructions.',
  gan: 'Samples of the generator, always from the same 32 draws of noise.'
};

let state, step = 0, playing = false, tuned = false;  // tuned: a rate was changed after the first step
let generation = 0, stale = true;                     // of what is drawn
let remote, lossChart, map, pad, graph, controls, copyView, lastSpeed = {time: 0, step: 0, perSecond: 0};

function trouble(text) {
  $('trouble').textContent = text;
  $('trouble').hidden = !text;
}
// The action of a button: its error becomes a message.
const doing = action => async (...args) => {
  try {
    return await action(...args);
  } catch (error) {
    trouble(error.message);
  }
};

function showPlaying(on) {
  playing = on;
  $('play').textContent = on ? 'Pause' : 'Play';
  $('play').setAttribute('aria-pressed', String(on));
}

async function play(on) {
  showPlaying(on);
  await remote.call('play', on);
  stale = true;
}

// Steps in short runs, so that pictures come in between. Another session ends them.
async function takeSteps(count) {
  const losses = [], mine = generation;
  while (losses.length < count && mine === generation) {
    losses.push(...await remote.call('step', Math.min(20, count - losses.length)));
    stale = true;
  }
  return losses;
}

// A new session. Where the state cannot be, all stays as it was.
async function set(some) {
  const next = completeState(some), resume = playing;
  if (resume) await play(false);
  try {
    await remote.call('set', next);
    adopt(next);
    if (next.steps) await takeSteps(next.steps);
    if (next.at.length) await remote.call('view'), await remote.call('point', ...next.at);
    stale = true;
  } finally {
    if (resume) await play(true);
  }
}

function adopt(next) {
  state = next;
  tuned = false;
  step = 0;
  ++generation;
  trouble('');
  controls.show(state);
  lossChart.clear(units[state.variant], state.variant !== 'gan');
  $('rows').textContent = rowsText[state.variant] ?? rowsText.undercomplete;
  $('map-text').textContent =
      (state.variant === 'gan' ? 'Draws from the prior, their first two components. ' :
           state.code > 2      ? 'The codes of test digits, projected onto their first two principal components. ' :
                                 'The codes of test digits. ') +
      'Point anywhere: the image shows the decoded point.';
  makeSliders();
  writeLink();
}

// The address bar holds the state. How many steps were taken belongs to it, unless a rate was changed on the way.
function writeLink() {
  const steps = tuned || step > mostSteps ? 0 : step;
  try {
    history.replaceState(null, '', formatState({...state, steps}));
  } catch { /* a browser that forbids it keeps the old link */
  }
}

// ---- what is drawn: one thing a frame, so that no frame is long

const jobs = [];
let asking = false, asked = 0;

function frame(now) {
  requestAnimationFrame(frame);
  if (jobs.length) return jobs.shift()();
  if (asking || !(stale || playing) || now - asked < 100) return;
  asked = now;
  stale = false;
  asking = true;
  const asker = generation;
  remote.call('view')
      .then(
          view => {
            if (asker === generation) draw(view);
          },
          error => trouble(error.message))
      .finally(() => asking = false);
}

function draw(view) {
  lossChart.add(view.step, view.losses, view.test);
  const moved = view.step !== step;
  step = view.step;
  showStatus(view);
  jobs.push(
      () => lossChart.draw(),
      () => paint($('images'), view.came ? [view.came, view.seen, view.made] : inRows(view.made)),
      () => paintFilters($('filters'), view.filters), () => {
        map.set(view.points, view.labels);
        showCode(view, view.reach);
      });
  if (moved) jobs.push(() => showThrough(pad.image));
  if (!playing) writeLink();
}

function showStatus({step, losses}) {
  const now = performance.now();
  if (now - lastSpeed.time > 500) {
    lastSpeed = {time: now, step, perSecond: Math.max(0, (step - lastSpeed.step) / (now - lastSpeed.time) * 1000)};
  }
  const speed = playing ? ` · ${Math.round(lastSpeed.perSecond)} steps/s` : '';
  const loss = losses.length ? ` · loss ${short(losses.at(-1))}` : '';
  if (losses.length || step === 0 || !playing)
    $('status').textContent = `step ${step}${loss || $('status').dataset.loss || ''}${speed}`;
  $('status').dataset.loss = step === 0 ? '' : loss || $('status').dataset.loss || '';
}

// ---- codes

function makeSliders() {
  const count = Math.min(64, state.code);
  $('sliders').replaceChildren(...Array.from({length: count}, (_, i) => {
    const label = document.createElement('label'), input = document.createElement('input');
    Object.assign(input, {type: 'range', step: 'any', min: -1, max: 1, value: 0});
    input.oninput = doing(async () => {
      code[i] = Number(input.value);
      showCode(await remote.call('at', code));
    });
    label.append(`h${i + 1}`, input);
    return label;
  }));
}
let code = [];

function showCode(chosen, reach) {
  code = Float32Array.from(chosen.code);
  map.point = chosen.mark;
  map.draw();
  paint($('picture'), [chosen.picture]);
  if (!$('numbers').open) return;
  $('sliders').querySelectorAll('input').forEach((input, i) => {
    if (reach) Object.assign(input, {min: -reach, max: reach});
    if (input !== document.activeElement) input.value = code[i];
  });
}

// Only the last point is requested.
let pointing = false, nextPoint;
const point = doing(async (x, y) => {
  nextPoint = [x, y];
  if (pointing) return;
  pointing = true;
  try {
    while (nextPoint) {
      const [here, there] = nextPoint;
      nextPoint = undefined;
      showCode(await remote.call('point', here, there));
      state.at = [here, there].map(v => Number(v.toFixed(3)));
      if (!playing) writeLink();
    }
  } finally {
    pointing = false;
  }
});

const showThrough = doing(async image => {
  const {seen, code: numbers, made} = await remote.call('through', image);
  $('made').hidden = !made;
  if (made) paint($('made'), [made]);
  $('through').textContent = !image.some(v => v > 0) ? '' :
      !made ? `The discriminator's probability that it is real: ${numbers[0].toFixed(2)}.` :
              `Its code: ${Array.from(numbers.subarray(0, 8), short).join(', ')}${numbers.length > 8 ? ', …' : ''}; ` +
          `squared error ${short(made.reduce((sum, r, i) => sum + (r - image[i]) ** 2, 0))}.`;
});

// ---- own pictures, weights

const useFiles = doing(async files => {
  const images = [], refused = [];
  for (const file of files)
    await fromFile(file).then(image => images.push(image), error => refused.push(error.message));
  if (images.length) {
    const all = new Uint8Array(images.length * pixels);
    images.forEach((image, i) => all.set(image, i * pixels));
    await useImages(all, `Training on ${images.length} of your images, cropped and resized to 28 × 28.`);
  }
  if (refused.length) trouble(refused.join(' '));
});

async function useImages(all, text) {
  const resume = playing;
  await play(false);
  await remote.call('images', all);
  adopt({...state, steps: 0, at: []});
  stale = true;
  $('own').textContent = text ?? 'Drop some anywhere on the page, or choose them: they replace the digits.';
  $('digits').hidden = !all;
  if (resume) await play(true);
}

function download(bytes, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], {type: 'application/octet-stream'}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// ---- at the start

function connect() {
  $('choices').open = !matchMedia('(max-width: 45rem)').matches;
  lossChart = new LossChart($('loss'));
  map = new CodeMap($('map'), point);
  pad = new Pad($('pad'), image => showThrough(image));
  controls = new Controls(
      $('controls'), doing(async some => {
        try {
          await set(some);
        } catch (error) {
          controls.show(state);
          throw error;
        }
      }),
      doing(async rates => {
        Object.assign(state, rates);
        tuned ||= step > 0;
        await remote.call('tune', rates);
        writeLink();
      }));
  $('play').onclick = doing(() => play(!playing));
  $('one').onclick = doing(async () => {
    if (playing) await play(false);
    await takeSteps(1);
  });
  $('anew').onclick = doing(() => set({...state, steps: 0, at: []}));
  $('download').onclick =
      doing(async () => download(await remote.call('weights'), `hourglass-${state.variant}.safetensors`));
  $('files').onchange = () => {
    const files = [...$('files').files];
    $('files').value = '';  // or the same choice, made again, would be no change
    useFiles(files);
  };
  $('digits').onclick = doing(() => useImages(undefined));
  $('clear').onclick = () => pad.clear();
  let sample = 0;
  $('sample').onclick = doing(async () => pad.set(await remote.call('testImage', sample++)));
  $('numbers').ontoggle = () => stale = true;
  document.body.ondragover = event => {
    event.preventDefault();
    document.body.classList.add('dropping');
  };
  document.body.ondragleave = () => document.body.classList.remove('dropping');
  document.body.ondrop = event => {
    event.preventDefault();
    document.body.classList.remove('dropping');
    useFiles(event.dataTransfer.files);
  };
  window.onhashchange = doing(() => set(parseState(location.hash)));
  matchMedia('(prefers-color-scheme: dark)').onchange = () => {
    lossChart.build();
    map.build();
    stale = true;
  };
}

function connectGraph() {
  graph = new TinyGraph((...call) => remote.call(...call), $('graph'), $('tiny-text'));
  const x = () => $('tiny-x').value.split(' ').map(Number);
  $('tiny-x').onchange = doing(() => graph.restart(x()));
  $('tiny-next').onclick = () => graph.go(1);
  $('tiny-back').onclick = () => graph.go(-1);
  $('tiny-forward').onclick = () => graph.go(graph.ops - graph.at);
  $('tiny-all').onclick = () => graph.go(graph.length);
  $('tiny-learn').onclick = doing(() => graph.learn(0.5));
  $('tiny-new').onclick = doing(() => {
    ++graph.seed;
    return graph.restart(x());
  });
  return graph.restart(x());
}

async function start() {
  if (!window.DecompressionStream || !window.WebAssembly)
    throw new Error(
        'This browser has no WebAssembly or no DecompressionStream: the playground needs one of 2023 or later.');
  const [wasm, data] = await Promise.all(['wasm', 'data'].map(id => inflate($(id).textContent.trim())));
  if (!WebAssembly.validate(wasm))
    throw new Error('This browser has no SIMD for WebAssembly: the playground needs one of 2023 or later.');
  remote = new Remote($('worker').textContent, text => {
    trouble(text);
    showPlaying(false);
  });
  await remote.call('start', wasm, data);
  connect();
  let problem = '';
  try {
    await set(parseState(location.hash));
  } catch (error) {
    problem = `${error.message} The link is broken; this is what the page starts with.`;
    await set({});
  }
  requestAnimationFrame(frame);
  $('sample').click();
  await connectGraph();
  copyView = new CopyView((...call) => remote.call(...call), trouble);
  await copyView.restart();
  if (problem) trouble(problem);
}

// What programs may use: see ../README.md. All wait until the engine runs.
const ready = start().catch(error => {
  trouble(error.message);
  $('status').textContent = 'Not started';
  throw error;
});
ready.catch(() => {});  // the page shows the error; a caller's await throws it, too
const afterStart = action => async (...args) => {
  await ready;
  return action(...args);
};
window.hourglass = {
  ready,
  set: afterStart(set),
  step: afterStart(async (count = 1) => {
    if (!Number.isInteger(count) || count < 0)
      throw new StateError(`step: ${count} asked for, expected a whole number.`);
    if (playing) await play(false);
    return takeSteps(count);
  }),
  decode: afterStart(code => remote.call('decode', code)),
  weights: afterStart(() => remote.call('weights')),
};
