// The state of the playground: a visitor's choices. It is the part of the address behind #, so that a link holds
// all of it.

const common = {
  activation: 'relu',
  rate: 1e-3,
  noise: 0.5,
  penalty: 0.1,
  batch: 128,
  seed: 1,
  steps: 0,
  at: []
};
const defaults = {
  undercomplete: {...common, hidden: [128], code: 32},
  sparse: {...common, hidden: [], code: 256},
  denoising: {...common, hidden: [256], code: 32},
  vae: {...common, hidden: [256], code: 20, penalty: 1},
  gan: {...common, hidden: [128], code: 64, rate: 1e-4},
};
const mostSteps = 20000;

// The fields that a variant has; the others are not shown, and not in the link.
const fieldsOf = {
  undercomplete: ['hidden', 'code', 'activation', 'rate', 'batch', 'seed', 'steps', 'at'],
  sparse: ['code', 'activation', 'rate', 'penalty', 'batch', 'seed', 'steps', 'at'],
  denoising: ['hidden', 'code', 'activation', 'rate', 'noise', 'batch', 'seed', 'steps', 'at'],
  vae: ['hidden', 'code', 'activation', 'rate', 'penalty', 'batch', 'seed', 'steps', 'at'],
  gan: ['hidden', 'code', 'rate', 'batch', 'seed', 'steps', 'at'],
};
const activationsOf = variant => variant === 'sparse' ? ['relu', 'sigmoid'] : activations;

class StateError extends Error {}

// A whole state from some of its fields. Throws a message on an invalid state. The engine checks the rest (sizes,
// rates).
function completeState(some) {
  const variant = String(some.variant ?? 'undercomplete').toLowerCase();
  if (!defaults[variant])
    throw new StateError(`The variant is ${some.variant}, expected ${Object.keys(defaults).join(', ')}.`);
  const state = {variant, ...defaults[variant]};
  for (const [key, value] of Object.entries(some)) {
    if (key === 'variant') continue;
    if (!(key in state)) throw new StateError(`There is no ${key} in a state, only ${Object.keys(state).join(', ')}.`);
    if (key === 'hidden')
      state.hidden = wholeNumbers(key, Array.isArray(value) ? value : [value]);
    else if (key === 'at')
      state.at = twoNumbers(value);
    else if (key === 'activation')
      state.activation = value;
    else if (['code', 'batch', 'seed', 'steps', 'at'].includes(key))
      [state[key]] = wholeNumbers(key, [value]);
    else if (typeof value === 'number' && Number.isFinite(value))
      state[key] = value;
    else
      throw new StateError(`${key} is ${value}, expected a number.`);
  }
  if (!activationsOf(variant).includes(state.activation))
    throw new StateError(`The activation is ${state.activation}, expected ${activationsOf(variant).join(', ')}.`);
  if (state.seed > 0xffffffff) throw new StateError(`The seed is ${state.seed}, expected less than 2^32.`);
  if (state.steps > mostSteps) throw new StateError(`${state.steps} steps, expected at most ${mostSteps}.`);
  return state;
}

function wholeNumbers(key, values) {
  for (const value of values)
    if (!Number.isInteger(value) || value < 0 || value > 2 ** 32)
      throw new StateError(
          `${key} is ${values.join(', ')}, expected ${key === 'hidden' ? 'whole numbers' : 'a whole number'}.`);
  return [...values];
}

// The selected point of the latent map: two numbers, or none.
function twoNumbers(values) {
  if (![0, 2].includes(values.length) || !values.every(Number.isFinite))
    throw new StateError(`at is ${values}, expected two numbers.`);
  return [...values];
}

// What is no number stays a text, which completeState reports.
const number = text => text.trim() === '' || Number.isNaN(Number(text)) ? `'${text}'` : Number(text);
const numberList = text => text.trim() === '' ? [] : text.trim().split(/[ ,]+/).map(number);

// '#variant=vae&code=2' or '#lesson=09' as some fields; each text becomes the type that completeState expects.
function parseState(hash) {
  let fields = new URLSearchParams(hash.replace(/^#/, ''));
  if (fields.has('lesson')) {
    const lesson = lessonStates[fields.get('lesson').padStart(2, '0')];
    if (!lesson) throw new StateError(`There is no lesson ${fields.get('lesson')}.`);
    fields = new URLSearchParams(lesson);
  }
  const some = {};
  for (const [key, text] of fields) {
    if (key === 'variant' || key === 'activation')
      some[key] = text;
    else if (key === 'hidden')
      some.hidden = numberList(text);
    else if (key === 'at')
      some.at = numberList(text);
    else
      some[key] = number(text);
  }
  return some;
}

function formatState(state) {
  const fields = [['variant', state.variant]];
  for (const key of fieldsOf[state.variant])
    if (!['steps', 'at'].includes(key) || state[key] > 0 || state[key].length) fields.push([key, String(state[key])]);
  return '#' + fields.map(pair => pair.join('=')).join('&');
}
