"""JAX, as its users would run it, each step one jitted function with donated buffers:
with_jax.py WORKLOAD THREADS FILE STEPS SECONDS DATA"""
import os

import contender
from contender import WORKLOAD

# XLA takes as many threads as there are processors, and has no documented option for fewer
if contender.THREADS < len(os.sched_getaffinity(0)):
    os.environ["NPROC"] = os.environ["PJRT_NPROC"] = str(contender.THREADS)
    os.environ["XLA_FLAGS"] = f"--xla_cpu_multi_thread_eigen={'true' if contender.THREADS > 1 else 'false'}"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax  # noqa: E402: after the environment it reads
from jax import numpy as jnp  # noqa: E402
from functools import partial  # noqa: E402

inputs = {name: jnp.asarray(array) for name, array in contender.read_inputs().items()}
x, noise = inputs.get("images"), inputs.get("noise")


def weights(prefix=""):
    return {k: jnp.array(v) for k, v in inputs.items() if k.startswith(prefix) and k not in ("images", "noise")}


def dense(p, name, y):
    return y @ p[name + ".weight"].T + p[name + ".bias"]


def mlp(p, name, y, layers, inner):
    for i in range(layers):
        y = dense(p, f"{name}{2 * i}", y)
        if i < layers - 1:
            y = inner(y)
    return y


def adam_start(p):
    zeros = {k: jnp.zeros_like(v) for k, v in p.items()}
    return {"mean": zeros, "square": {k: jnp.zeros_like(v) for k, v in p.items()}, "t": jnp.zeros(())}


def adam(p, gradient, state):
    t = state["t"] + 1
    new, mean, square = {}, {}, {}
    for k, g in gradient.items():
        mean[k] = 0.9 * state["mean"][k] + 0.1 * g
        square[k] = 0.999 * state["square"][k] + 0.001 * g * g
        new[k] = p[k] - 1e-3 * (mean[k] / (1 - 0.9**t)) / (jnp.sqrt(square[k] / (1 - 0.999**t)) + 1e-8)
    return new, {"mean": mean, "square": square, "t": t}


def training(loss):
    """A step that minimises loss(p)."""
    @partial(jax.jit, donate_argnums=(0, 1))
    def update(p, state):
        value, gradient = jax.value_and_grad(loss)(p)
        return *adam(p, gradient, state), value

    state = [weights()]
    state.append(adam_start(state[0]))

    def step():
        *state[:], value = update(*state)
        return value

    return step


def cross_entropy(z, t):
    return jnp.maximum(z, 0) - z * t + jnp.log1p(jnp.exp(-jnp.abs(z)))


def autoencoder(layers):
    def loss(p):
        h = mlp(p, "encoder.", x, layers, jax.nn.relu)
        return jnp.mean((jax.nn.sigmoid(mlp(p, "decoder.", h, layers, jax.nn.relu)) - x) ** 2)

    return training(loss)


def variational():
    def loss(p):
        mean, s = jnp.split(mlp(p, "encoder.", x, 2, jax.nn.relu), 2, 1)
        h = mean + jnp.exp(0.5 * s) * noise
        kl = 0.5 * jnp.sum(mean**2 + jnp.exp(s) - 1 - s)
        return (jnp.sum(cross_entropy(mlp(p, "decoder.", h, 2, jax.nn.relu), x)) + kl) / x.shape[0]

    return training(loss)


def convolutional():
    def conv(p, name, y):
        y = jax.lax.conv_general_dilated(y, p[name + ".weight"], (2, 2), [(1, 1), (1, 1)],
                                         dimension_numbers=("NCHW", "OIHW", "NCHW"))
        return y + p[name + ".bias"][:, None, None]

    def transposed(p, name, y):  # stride 2, padding 1, one row and column added at the end
        flipped = p[name + ".weight"][:, :, ::-1, ::-1]
        y = jax.lax.conv_general_dilated(y, flipped, (1, 1), [(1, 2), (1, 2)], lhs_dilation=(2, 2),
                                         dimension_numbers=("NCHW", "IOHW", "NCHW"))
        return y + p[name + ".bias"][:, None, None]

    images = x.reshape(-1, 1, 28, 28)

    def loss(p):
        y = jax.nn.relu(conv(p, "encoder.2", jax.nn.relu(conv(p, "encoder.0", images))))
        h = dense(p, "encoder.5", y.reshape(y.shape[0], -1))
        y = jax.nn.relu(dense(p, "decoder.0", h)).reshape(-1, 32, 7, 7)
        r = jax.nn.sigmoid(transposed(p, "decoder.5", jax.nn.relu(transposed(p, "decoder.3", y))))
        return jnp.mean((r - images) ** 2)

    return training(loss)


def adversarial():
    def generate(g):
        return jax.nn.sigmoid(mlp(g, "generator.", noise, 2, jax.nn.relu))

    def discriminate(d, images):
        return mlp(d, "discriminator.", images, 2, lambda y: jax.nn.leaky_relu(y, 0.2))

    def loss_d(d, fake):
        return jnp.mean(cross_entropy(discriminate(d, x), 1.0)) + jnp.mean(cross_entropy(discriminate(d, fake), 0.0))

    def loss_g(g, d):
        return jnp.mean(cross_entropy(discriminate(d, generate(g)), 1.0))

    @partial(jax.jit, donate_argnums=(0, 1, 2, 3))
    def update(g, d, state_g, state_d):
        value, gradient = jax.value_and_grad(loss_d)(d, generate(g))
        d, state_d = adam(d, gradient, state_d)
        g, state_g = adam(g, jax.grad(loss_g)(g, d), state_g)
        return g, d, state_g, state_d, value

    g, d = weights("generator."), weights("discriminator.")
    state = [g, d, adam_start(g), adam_start(d)]

    def step():
        *state[:], value = update(*state)
        return value

    return step


def contractive():
    def encode(p, images):
        return jax.nn.sigmoid(mlp(p, "encoder.", images, 2, jax.nn.sigmoid))

    def loss(p):
        h, back = jax.vjp(lambda images: encode(p, images), x)
        slope, = back(noise)
        return (jnp.sum(cross_entropy(dense(p, "decoder.0", h), x)) + 0.1 * jnp.sum(slope**2)) / x.shape[0]

    return training(loss)


def encoding():
    p, batches = weights(), [x[i:i + 512] for i in range(0, len(x), 512)]
    encode = jax.jit(lambda p, images: mlp(p, "encoder.", images, 4, jax.nn.relu))

    def step():
        for batch in batches:
            h = encode(p, batch)
        return h

    return step


def reading():
    def step():
        images, labels = (jnp.asarray(array) for array in contender.training_set())
        return jnp.float32(len(images))

    return step


if WORKLOAD in ("b128", "b512"):
    held = contender.training_set()
step = {"a": lambda: autoencoder(2), "b128": lambda: autoencoder(4), "b512": lambda: autoencoder(4), "c": variational,
        "d": convolutional, "e": adversarial, "f": contractive, "g": encoding, "h": lambda: autoencoder(2),
        "i": reading}[WORKLOAD]()
contender.take_part(step, jax.block_until_ready, lambda result: float(jnp.mean(result)))
