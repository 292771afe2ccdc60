// The form beside the panels: shows a state, and reports a visitor's changes. A change of the architecture starts a new
// training; rates change while it trains.

const stories = {
  undercomplete: 'The code is smaller than the image. This bottleneck alone prevents copying.',
  sparse: 'The code may be large, but a penalty on its activations keeps it sparse.',
  denoising: 'The input is a corrupted image; the target is the clean one.',
  vae: 'The encoder outputs a distribution of the code. Samples from the prior decode to digits.',
  gan:
      'No encoder: a generator maps noise to digits, and is trained against a discriminator of real and generated digits.',
};
const penalties = {
  sparse: {name: 'Weight of the penalty, λ', max: 2},
  vae: {name: 'Weight of the KL term, β', max: 10}
};

class Controls {
  // onState(some): fields of a new state. onRates({rate, noise, penalty}).
  constructor(form, onState, onRates) {
    this.form = form;
    form.onsubmit = event => event.preventDefault();
    form.onchange = ({target}) => {
      if (target.name === 'variant')
        onState({variant: target.value, seed: this.state.seed});
      else if (target.name && target.type !== 'range')
        onState({...this.state, ...this.read(), steps: 0, at: []});
    };
    form.oninput = ({target}) => {
      if (target.type !== 'range') return;
      const value = target.name === 'rate' ? Number((10 ** target.value).toPrecision(2)) : Number(target.value);
      Object.assign(this.state, {[target.name]: value});
      this.showRates();
      onRates({rate: this.state.rate, noise: this.state.noise, penalty: this.state.penalty});
    };
  }

  read() {
    const {hidden, code, activation, batch, seed} = this.form.elements, state = this.state;
    return {
      variant: state.variant,
      hidden: numberList(hidden.value),
      code: number(code.value),
      activation: activation.value,
      batch: number(batch.value),
      seed: number(seed.value)
    };
  }

  show(state) {
    this.state = {...state};
    const {variant, hidden, code, activation, batch, seed, rate, noise, penalty} = this.form.elements;
    for (const label of this.form.querySelectorAll('[data-field]'))
      label.hidden = !fieldsOf[state.variant].includes(label.dataset.field);
    activation.replaceChildren(...activationsOf(state.variant).map(name => new Option(name.replace('_', ' '), name)));
    document.getElementById('story').textContent = stories[state.variant];
    const {name, max} = penalties[state.variant] ?? penalties.sparse;
    penalty.max = max;
    penalty.closest('label').firstElementChild.textContent = name;
    variant.value = state.variant;
    hidden.value = state.hidden.join(', ');
    code.value = state.code;
    activation.value = state.activation;
    batch.value = state.batch;
    seed.value = state.seed;
    rate.value = Math.log10(state.rate);
    noise.value = state.noise;
    penalty.value = state.penalty;
    this.showRates();
  }

  showRates() {
    for (const key of ['rate', 'noise', 'penalty'])
      this.form.elements[key].closest('label').querySelector('.value').textContent = short(this.state[key]);
  }
}
