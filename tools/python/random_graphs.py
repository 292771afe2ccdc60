"""200 random graphs of 10 to 60 of our ops each, with what torch computes for them: value, gradients, second-order product.

Every op is chosen so that its input stays away from kinks and its output of a size near 1: what could grow passes through
tanh, what must be positive through softplus. An op reads mostly what nothing has read yet, and what is left over at the
end is summed: every op and every input counts.
"""

import random

import torch

from oracles import File, Program, Unsupported, add_case

F = torch.nn.functional


class Graph:
    """Builds one program and, beside it, the same computation in torch."""

    def __init__(self, rng):
        self.rng, self.program, self.values, self.read = rng, Program(), [], set()

    def leaf(self, shape):
        t = torch.empty(shape, dtype=torch.float64).normal_(generator=self.torch_rng).requires_grad_()
        return self.keep(self.program.tensor(t), t)

    @property
    def torch_rng(self):
        g = torch.Generator()
        g.manual_seed(self.rng.randrange(1 << 30))
        return g

    def keep(self, ref, t):
        self.values.append((ref, t))
        return self.values[-1]

    def op(self, name, function, *ins, **args):
        self.read.update(ref for ref, _ in ins)
        ref = self.program.op(name, *[ref for ref, _ in ins], **args)
        return self.keep(ref, function(*[t for _, t in ins]))

    def pick(self, test=lambda t: True):
        fit = [v for v in self.values if test(v[1])]
        unread = [v for v in fit if v[0] not in self.read]
        if unread and self.rng.random() < 0.8:
            return self.rng.choice(unread)
        return self.rng.choice(fit[-6:] + fit[:2]) if fit else None

    def left_over(self):
        return [v for v in self.values if v[0] not in self.read]

    def tame(self, v):
        return self.op("tanh", torch.tanh, v)

    def positive(self, v):
        return self.op("affine", lambda t: t + 0.5, self.op("softplus", F.softplus, v), scale=1.0, shift=0.5)


def unary(g):
    v, choice = g.pick(), g.rng.randrange(16)
    if choice == 0:
        return g.op("exp", torch.exp, g.tame(v))
    if choice == 1:
        return g.op("log", torch.log, g.positive(v))
    if choice == 2:
        return g.op("sqrt", torch.sqrt, g.positive(v))
    if choice == 3:
        p = g.rng.choice([2.0, 3.0, 1.5, -1.0, -0.5])
        return g.tame(g.op("pow", lambda t: t**p, g.positive(v), p=p))
    if choice == 4:
        scale, shift = round(g.rng.uniform(-2, 2), 3), round(g.rng.uniform(-1, 1), 3)
        return g.op("affine", lambda t: scale * t + shift, g.tame(v), scale=scale, shift=shift)
    if choice == 13:
        return g.op("leaky_relu", lambda t: F.leaky_relu(t, 0.2), v, slope=0.2)
    if choice == 14:
        return g.op("elu", lambda t: F.elu(t, 1.3), v, alpha=1.3)
    if choice == 15:
        return g.op("clamp", lambda t: t.clamp(-0.7, 0.9), v, low=-0.7, high=0.9)
    name, f = [("sigmoid", torch.sigmoid), ("tanh", torch.tanh), ("silu", F.silu), ("gelu", F.gelu), ("softplus", F.softplus), ("relu", torch.relu),
               ("abs", torch.abs), ("sigmoid", torch.sigmoid)][choice - 5]
    return g.op(name, f, g.tame(v) if name in ("silu", "gelu", "softplus") else v)


def axis_op(g):
    v = g.pick(lambda t: t.dim() >= 1)
    axis, choice = g.rng.randrange(v[1].dim()), g.rng.randrange(7)
    keep = g.rng.random() < 0.5
    if choice == 0:
        return g.op("softmax", lambda t: torch.softmax(t, axis), v, axis=axis)
    if choice == 1:
        return g.tame(g.op("log_softmax", lambda t: torch.log_softmax(t, axis), v, axis=axis))
    if choice == 2:
        return g.tame(g.op("logsumexp", lambda t: torch.logsumexp(t, axis, keep), v, axis=axis, keep=keep))
    if choice == 3:
        return g.tame(g.op("sum", lambda t: t.sum(axis, keep), v, axis=axis, keep=keep))
    if choice == 4:
        return g.op("mean_axis", lambda t: t.mean(axis, keep), v, axis=axis, keep=keep)
    if choice == 5:
        return g.op("amax", lambda t: torch.amax(t, axis, keep), v, axis=axis, keep=keep)
    return top_k(g, v)


def top_k(g, v):
    """The k largest of each row, where no two are so close that their order depends on rounding."""
    t = v[1]
    if t.shape[-1] < 2 or t.sort(dim=-1).values.diff(dim=-1).min() < 1e-6:
        return g.tame(v)
    k = g.rng.randrange(1, t.shape[-1])
    mask = torch.zeros_like(t).scatter_(-1, t.topk(k).indices, 1.0)
    return g.op("top_k", lambda x: x * mask, v, k=k)


def binary(g):
    a = g.pick()
    shape = a[1].shape

    def broadcasts(t):
        return all(x == y or 1 in (x, y) for x, y in zip(reversed(t.shape), reversed(shape)))

    b, choice = g.pick(broadcasts), g.rng.randrange(6)
    if choice == 0:
        return g.tame(g.op("add", torch.add, a, b))
    if choice == 1:
        return g.op("sub", torch.sub, a, b)
    if choice == 2:
        return g.op("mul", torch.mul, a, b)
    if choice == 3:
        return g.tame(g.op("div", torch.div, a, g.positive(b)))
    if a[0] == b[0]:
        return g.op("add", torch.add, a, b)
    return g.op("maximum", torch.maximum, a, b) if choice == 4 else g.op("minimum", torch.minimum, a, b)


def product(g):
    a = g.pick(lambda t: t.dim() == 2)
    if g.rng.random() < 0.15:
        return loss(g, a)
    n, k, m = a[1].shape[0], a[1].shape[1], g.rng.randrange(1, 5)
    if g.rng.random() < 0.5:
        W, b = g.leaf((m, k)), g.leaf((m,))
        name = g.rng.choice(["none", "relu", "sigmoid", "tanh"])
        f = {"none": lambda t: t, "relu": torch.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh}[name]
        y = g.op("linear", lambda x, w, c: f(F.linear(x, w, c)), a, W, b, activation=name)
    else:
        ta, tb = g.rng.random() < 0.5, g.rng.random() < 0.5
        inner = n if ta else k
        b = g.leaf((m, inner) if tb else (inner, m))
        y = g.op("matmul", lambda x, w: (x.T if ta else x) @ (w.T if tb else w), a, b, ta=ta, tb=tb)
    return g.tame(y)


def loss(g, a):
    """The three sums of the losses in one pass; they grow with the size."""
    b, choice = g.leaf(a[1].shape), g.rng.randrange(3)
    if choice == 0:
        return g.tame(g.op("squared_difference", lambda r, x: ((r - x) ** 2).sum(), g.tame(a), b))
    if choice == 1:
        b = g.op("sigmoid", torch.sigmoid, b)
        return g.tame(g.op("cross_entropy_with_logits", lambda z, x: F.binary_cross_entropy_with_logits(z, x, reduction="sum"), a, b))
    return g.tame(g.op("gaussian_kl", lambda m, s: 0.5 * (m**2 + s.exp() - 1 - s).sum(), a, g.tame(b)))


def shaping(g):
    v, choice = g.pick(lambda t: t.dim() >= 2), g.rng.randrange(7)
    t = v[1]
    axis = g.rng.randrange(t.dim())
    if choice == 0:
        shape = [t.numel() // t.shape[-1], t.shape[-1]]
        return g.op("reshape", lambda x: x.reshape(shape), v, shape=shape)
    if choice == 1:
        order = list(range(t.dim()))
        g.rng.shuffle(order)
        return g.op("permute", lambda x: x.permute(order), v, order=order)
    if choice == 2:
        first = g.rng.randrange(t.shape[axis])
        count = g.rng.randrange(1, t.shape[axis] - first + 1)
        return g.op("narrow", lambda x: x.narrow(axis, first, count), v, axis=axis, first=first, count=count)
    if choice == 3 and t.shape[axis] < 8:
        return g.op("cat", lambda x, y: torch.cat([x, y], axis), v, g.tame(v), axis=axis)
    if choice == 4:
        shape = list(t.shape)
        shape[axis] = g.rng.randrange(1, 4)
        index = torch.randint(t.shape[axis], shape, generator=g.torch_rng)
        return g.op("gather", lambda x: x.gather(axis, index), v, axis=axis, indices=index.reshape(-1).tolist(), shape=shape)
    if choice == 5 and t.dim() <= 3:
        shape = [2] + list(t.shape)
        return g.op("broadcast_to", lambda x: x.broadcast_to(shape), v, shape=shape)
    index = torch.randint(t.shape[0], (3,), generator=g.torch_rng)
    if t.dim() == 2:
        return g.op("embedding", lambda x: x[index], v, indices=index.tolist())
    return g.op("softmax", lambda x: torch.softmax(x, axis), v, axis=axis)


def image(g):
    v = g.pick(lambda t: t.dim() == 4 and min(t.shape[2:]) >= 3)
    if v is None:
        return unary(g)
    c, choice = v[1].shape[1], g.rng.randrange(7)
    stride, padding = g.rng.choice([1, 2]), g.rng.choice([0, 1])
    if choice == 0:
        W, b = g.leaf((2, c, 3, 2)), g.leaf((2,))
        return g.tame(g.op("conv2d", lambda x, w, k: F.conv2d(x, w, k, stride, padding), v, W, b, stride=stride, padding=padding))
    if choice == 1 and v[1].shape[2] <= 5:
        W = g.leaf((c, 2, 3, 3))
        return g.tame(g.op("conv_transpose2d", lambda x, w: F.conv_transpose2d(x, w, None, stride, padding), v, W, stride=stride, padding=padding, output_padding=0))
    if choice == 2:
        return g.op("average_pool", lambda x: F.avg_pool2d(x, 2, stride, padding), v, kernel=2, stride=stride, padding=padding)
    if choice == 3:
        return g.op("max_pool", lambda x: F.max_pool2d(x, 2, stride, padding), v, kernel=2, stride=stride, padding=padding)
    if choice == 4 and v[1].numel() <= 80:
        return g.op("upsample", lambda x: F.interpolate(x, scale_factor=2, mode="nearest"), v, factor=2)
    if choice == 5:
        gamma, beta = g.leaf((c,)), g.leaf((c,))
        f = lambda x, w, b: F.batch_norm(x, None, None, w, b, True, eps=1e-2)
        return g.op("batch_norm", f, v, gamma, beta, training=True, gamma=True, beta=True, epsilon=1e-2)
    gamma = g.leaf((v[1].shape[3],))
    return g.op("layer_norm", lambda x, w: F.layer_norm(x, w.shape, w, None, 1e-2), v, gamma, epsilon=1e-2, gamma=True, beta=False)


def build(seed):
    g = Graph(random.Random(seed))
    wanted = g.rng.randrange(10, 61)
    g.leaf((3, 4))
    g.leaf((2, 2, 5, 4))
    g.leaf((4,))
    while len(g.program.code) + 2 * len(g.left_over()) < wanted:
        g.rng.choice([unary, unary, axis_op, binary, binary, product, shaping, image])(g)
        ref, t = g.values[-1]
        if t.dim() > 4 or t.numel() > 400:
            g.op("mean", torch.mean, g.values.pop())
    first, *others = g.left_over()
    total = g.op("sum_all", torch.sum, first)
    for v in others:
        total = g.op("add", torch.add, total, g.op("sum_all", torch.sum, v))
    return g.program, total


def well_scaled(file, n):
    """Whether no gradient is so small that it is little but rounding."""
    sizes = [float(t.abs().max()) for key, t in file.tensors.items() if key.startswith("%d." % n)]
    return all(size == 0 or 1e-5 < size < 1e5 for size in sizes)


def make():
    file, lengths, seed = File(), [], 0
    while len(file.index) < 200:
        seed += 1
        program, (ref, value) = build(seed)
        if not torch.isfinite(value) or not 10 <= len(program.code) <= 60:
            continue
        n = len(file.index)
        add_case(file, "graph/%d" % seed, program, ref, value)
        if not well_scaled(file, n):
            file.index.pop()
            file.tensors = {key: t for key, t in file.tensors.items() if not key.startswith("%d." % n)}
            continue
        lengths.append(len(program.code))
    print("ops a graph: %d to %d, of %d drawn" % (min(lengths), max(lengths), seed))
    file.save("graphs")


if __name__ == "__main__":
    make()
