"""Makes tests/oracles/edges.safetensors.gz: what PyTorch computes in double where numbers end, for every op and every loss:
value, first derivative and second derivative. `tools/python-env oracles tools/python/edges.py`

A case is a function beside rows of inputs: of one number each for an op that works number by number (all pairs of numbers for
two operands), of a few numbers for one that joins them. Each row is computed by itself. The inputs are once the numbers of single
precision, at which PyTorch computes in double, too, and once those of double precision. Number j of cotangent c is
((3 j + 5 c) mod 7 - 2.75) / 4: exact in either.
"""

import itertools
import math

import torch

from oracles import File

F = torch.nn.functional
aten = torch.ops.aten
NAN, INF = math.nan, math.inf
LARGEST = {"32": torch.finfo(torch.float32).max, "64": torch.finfo(torch.float64).max}
DENORMAL = {"32": 1e-40, "64": 1e-310}
NEXT = {"32": lambda x, to: float(torch.nextafter(torch.tensor(x, dtype=torch.float32), torch.tensor(to, dtype=torch.float32))),
        "64": lambda x, to: math.nextafter(x, to)}


def rounded(build, x):
    return float(torch.tensor(x, dtype=torch.float32)) if build == "32" else float(x)


def numbers(build):
    sizes = [0.0, DENORMAL[build], 1e-30, 1e-8, 0.5, 1.0, 1e4, 1e20, LARGEST[build], INF]
    return [NAN] + [rounded(build, s * x) for x in sizes for s in (1, -1)]


def kinks(build, *bounds):
    """Each bound with its neighbours."""
    near = NEXT[build]
    return [[v] for b in bounds for v in (near(b, -9.0), b, near(b, 9.0))]


def one(build):
    return [[x] for x in numbers(build)] + kinks(build, -0.5, 0.5, 1.5, 2.5)


def pairs(build):
    return [[a, b] for a, b in itertools.product(numbers(build), repeat=2)]


def probabilities(build):
    """A number beside a target in [0, 1]."""
    near = NEXT[build]
    targets = [0.0, DENORMAL[build], rounded(build, 1e-8), 0.5, near(1.0, 0.0), 1.0, NAN]
    return [[a, b] for a in numbers(build) for b in targets]


def near_half(build):
    """Probabilities on both sides of 1/2, 0 and 1."""
    steps = [0.0, 1e-30, 1e-8, 1e-4, 0.1, 0.25, 0.3]
    return [[rounded(build, x)] for s in steps for x in (0.5 + s, 0.5 - s)] + [[x] for x in (0.0, 1.0, NAN, DENORMAL[build], 1e-30, 1e-8)]


def outputs(least):
    """A gradient beside an output of an activation, from `least` to 1."""
    def build_rows(build):
        near = NEXT[build]
        upper = [0.0, DENORMAL[build], rounded(build, 1e-30), rounded(build, 1e-8), 0.5, near(1.0, 0.0), 1.0, NAN]
        return [[g, s * y] for g in gradients(build) for y in upper for s in ((1, -1) if least < 0 else (1,))]
    return build_rows


def gradients(build):
    return [NAN, INF, -INF, 0.0, -0.0, 1.0, -0.5]


def sloped(build):
    """Each number beside a gradient, and each gradient beside a number: a backward function is linear in its gradient."""
    return [[g, x] for g in gradients(build) for x in numbers(build)] + [[g, x] for g in numbers(build) for x in (-0.5, 1.0)]


def rows(build):
    """Rows of three: each number in either company, ties, and what infinities and NaN do to each other."""
    all_of = numbers(build)
    mixed = [[s, 1.0, 0.5] for s in all_of] + [[0.5, s, s] for s in all_of] + [[s, s, s] for s in all_of]
    largest = LARGEST[build]
    return mixed + [[1.0, -x, x] for x in all_of] + [[NAN, INF, 1.0], [INF, NAN, NAN], [INF, -INF, 0.0], [largest, -largest, largest]]


def beside(width, ordinary):
    """Each number at each place of `width` ones that are ordinary, but for a 0."""
    def build_rows(build):
        base = [rounded(build, v) for v in itertools.islice(itertools.cycle(ordinary), width)]
        return [base] + [base[:i] + [x] + base[i + 1:] for i in range(width) for x in numbers(build)]
    return build_rows


def places(row, sizes):
    """Cuts a row into tensors of these shapes."""
    parts, at = [], 0
    for shape in sizes:
        count = math.prod(shape)
        parts.append(torch.tensor(row[at:at + count], dtype=torch.float64).reshape(shape))
        at += count
    assert at == len(row), (at, len(row))
    return parts


class Round(torch.autograd.Function):
    """By our convention the gradient of rounding is 1."""

    @staticmethod
    def forward(context, x):
        return x.round()

    @staticmethod
    def backward(context, g):
        return g


def kl(s):
    """e^s - 1 - s = s² ∫ (1 - t) e^(t s) dt over [0, 1], by Gauss and Legendre: the difference itself loses its digits near 0."""
    import numpy
    nodes, weights = (torch.tensor(v) for v in numpy.polynomial.legendre.leggauss(24))
    t, w = (nodes + 1) / 2, weights / 2
    near = s.abs() < 1
    inner = torch.where(near, s, torch.zeros_like(s))
    integral = inner**2 * (w * (1 - t) * torch.exp(t * inner.unsqueeze(-1))).sum(-1)
    steep = s > 700  # e^s alone: s is nothing beside it, or both are infinite
    return torch.where(near, integral, s.exp() - torch.where(steep, 0, 1 + s))


def bernoulli(rho, a):
    """KL(ρ ‖ a) = (a - ρ)² ∫ (1 - t) f''(ρ + t (a - ρ)) dt, f(a) = -ρ log a - (1 - ρ) log(1 - a), likewise near ρ."""
    import numpy
    nodes, weights = (torch.tensor(v) for v in numpy.polynomial.legendre.leggauss(24))
    t, w = (nodes + 1) / 2, weights / 2
    near = (a - rho).abs() < 0.2 * min(rho, 1 - rho)
    inner = torch.where(near, a, torch.full_like(a, rho))
    p = rho + t * (inner - rho).unsqueeze(-1)
    integral = (inner - rho) ** 2 * (w * (1 - t) * (rho / p**2 + (1 - rho) / (1 - p) ** 2)).sum(-1)
    outer = torch.where(near, torch.full_like(a, 0.25), a)
    return torch.where(near, integral, rho * (math.log(rho) - outer.log()) + (1 - rho) * (math.log(1 - rho) - (1 - outer).log()))


class CrossEntropy(torch.autograd.Function):
    """x log(1 + e^-z) + (1 - x) log(1 + e^z), where 0 · ∞ is 0: torch's own takes differences of what is large."""

    @staticmethod
    def forward(context, z, x):
        context.save_for_backward(z, x)
        part = lambda weight, z: torch.where(weight == 0, weight, weight * F.softplus(z, threshold=40))
        return (part(x, -z) + part(1 - x, z)).sum()

    @staticmethod
    def backward(context, g):
        z, x = context.saved_tensors
        return g * (z.sigmoid() - x), g * -z


def normalize(x, g, b, axis):
    m = x.mean(axis, keepdim=True)
    y = (x - m) / torch.sqrt(((x - m) ** 2).mean(axis, keepdim=True) + 1e-5)
    return y if g is None else y * g + b


def take(x, index):
    return x.reshape(-1)[torch.tensor(index)]


def put(y, index, size):
    return torch.zeros(size, dtype=y.dtype).index_add(0, torch.tensor(index), y.reshape(-1))


def top(x, k):
    index = x.topk(k).indices
    return torch.zeros_like(x).scatter(-1, index, x.gather(-1, index))


def scalars(name, function, of=one, sizes=((1,),)):
    return name, of, [list(s) for s in sizes], function


def of_two(name, function, of=pairs):
    return scalars(name, function, of, ((1,), (1,)))


def of_rows(name, function):
    return scalars(name, function, rows, ((1, 3),))


def cases():
    for name, f in (("add", torch.add), ("sub", torch.sub), ("mul", torch.mul), ("div", torch.div), ("maximum", torch.maximum),
                    ("minimum", torch.minimum)):
        yield of_two(name, f)
    yield scalars("affine", lambda x: 3 * x - 1)
    yield scalars("div_number", lambda x: x / 3)
    yield scalars("div_small", lambda x: x / 2.0**-60)
    mask = torch.tensor([0.0, 1.0, -3.0], dtype=torch.float64)
    yield of_two("eq", lambda a, b: (a == b).double())
    yield of_two("where", lambda a, b: torch.where(mask != 0, a, b))
    yield of_rows("where_number", lambda x: torch.where(mask != 0, x, 2))
    yield of_rows("number_where", lambda x: torch.where(mask != 0, 2, x))
    for name in ("exp", "expm1", "log", "log1p", "sin", "cos", "sqrt", "abs", "relu", "sigmoid", "tanh"):
        yield scalars(name, getattr(torch, name))
    yield scalars("pow", lambda x: x**3)
    for p in (-1.0, 0.0, 0.5, 1.0, 2.0):
        yield scalars("pow_%g" % p, lambda x, p=p: x**p)
    yield of_two("pow_tensor", torch.pow)
    yield scalars("square", torch.square)
    yield scalars("clamp", lambda x: x.clamp(-0.5, 1.5))
    yield scalars("leaky_relu", lambda x: F.leaky_relu(x, 0.25))
    yield scalars("elu", lambda x: F.elu(x, 0.75))
    yield scalars("gelu", F.gelu)
    yield scalars("silu", F.silu)
    yield scalars("activate", F.silu)
    yield scalars("softplus", lambda x: F.softplus(x, threshold=40))
    yield of_rows("softmax", lambda x: x.softmax(-1))
    yield of_rows("log_softmax", lambda x: x.log_softmax(-1))
    yield of_two("relu_grad", lambda g, y: aten.threshold_backward(g, y, 0), sloped)
    yield of_two("leaky_relu_grad", lambda g, y: aten.leaky_relu_backward(g, y, 0.25, False), sloped)
    yield of_two("elu_grad", lambda g, x: aten.elu_backward(g, 0.75, 1, 1, False, x), sloped)
    yield of_two("gelu_grad", lambda g, x: aten.gelu_backward(g, x), sloped)
    yield of_two("silu_grad", lambda g, x: torch.autograd.grad(F.silu(x), x, g, create_graph=True)[0], sloped)
    yield of_two("sigmoid_grad", lambda g, y: aten.sigmoid_backward(g, y), outputs(0))
    yield of_two("tanh_grad", lambda g, y: aten.tanh_backward(g, y), outputs(-1))
    yield of_two("activation_grad", lambda g, y: aten.tanh_backward(g, y), outputs(-1))
    ordinary = [0.5, -1.0, 0.0, 2.0, 0.25]
    yield scalars("matmul", lambda a, b: a @ b, beside(12, ordinary), ((2, 3), (3, 2)))
    for name, f in (("", lambda x: x), ("_relu", torch.relu), ("_leaky_relu", lambda x: F.leaky_relu(x, 0.2)), ("_sigmoid", torch.sigmoid), ("_tanh", torch.tanh)):
        yield scalars("linear" + name, lambda x, W, b, f=f: f(F.linear(x, W, b)), beside(14, ordinary), ((2, 3), (2, 3), (2,)))
    yield of_rows("sum", torch.sum)
    yield of_rows("sum_axis", lambda x: x.sum(1))
    yield of_rows("mean", torch.mean)
    yield of_rows("mean_axis", lambda x: x.mean(1))
    yield of_rows("amax", lambda x: x.amax(1))
    yield of_rows("amin", lambda x: x.amin(1))
    yield of_rows("stack", lambda x: torch.stack((x, x), 1))
    yield of_rows("logsumexp", lambda x: x.logsumexp(1))
    yield of_rows("top_k", lambda x: top(x, 2))
    yield of_rows("reshape", lambda x: x.reshape(3, 1))
    yield of_rows("permute", lambda x: x.permute(1, 0))
    yield of_rows("transpose", lambda x: x.t())
    yield of_rows("cat", lambda x: torch.cat((x, x), 1))
    yield of_rows("narrow", lambda x: x[:, 1:])
    yield of_rows("pad", lambda x: F.pad(x, (1, 1)))
    yield of_rows("broadcast_to", lambda x: x.expand(2, 3))
    yield scalars("sum_to", lambda x: x.sum(0, keepdim=True), beside(6, ordinary), ((2, 3),))
    yield of_rows("take", lambda x: take(x, [2, 0, 0, 1]))
    yield of_rows("put", lambda x: put(x, [3, 0, 0], 4))
    yield of_rows("gather", lambda x: x.gather(1, torch.tensor([[2, 0, 0, 1]])))
    yield scalars("embedding", lambda x: F.embedding(torch.tensor([1, 1, 0]), x), beside(6, ordinary), ((2, 3),))
    image, kernel, bias = (1, 1, 3, 3), (1, 1, 2, 2), (1,)
    yield scalars("conv2d", lambda x, W, b: F.conv2d(x, W, b), beside(14, ordinary), (image, kernel, bias))
    yield scalars("conv2d_relu", lambda x, W, b: F.conv2d(x, W, b).relu(), beside(14, ordinary), (image, kernel, bias))
    yield scalars("conv2d_input", lambda y, W, b: F.conv_transpose2d(y, W, b), beside(9, ordinary), (kernel, kernel, bias))
    yield scalars("conv2d_weight", lambda x, y: F.conv2d(x, y), beside(13, ordinary), (image, kernel))
    yield scalars("conv_transpose2d", lambda y, W, b: F.conv_transpose2d(y, W, b), beside(9, ordinary), (kernel, kernel, bias))
    yield scalars("avg_pool2d", lambda x: F.avg_pool2d(x, 3), beside(9, ordinary), (image,))
    yield scalars("avg_pool2d_whole", lambda x: F.avg_pool2d(x, 2, 1), beside(9, [1.0]), (image,))
    yield scalars("max_pool2d", lambda x: F.max_pool2d(x, 2, 1), beside(9, ordinary), (image,))
    yield scalars("avg_unpool2d", lambda x: F.interpolate(x, scale_factor=3, mode="nearest") / 9, beside(4, ordinary), (kernel,))
    yield scalars("upsample", lambda x: F.interpolate(x, scale_factor=3, mode="nearest"), beside(4, ordinary), (kernel,))
    yield scalars("layer_norm", lambda x, g, b: normalize(x, g, b, 1), beside(9, [0.5, -1.0, 0.25, 2.0]), ((1, 3), (3,), (3,)))
    yield of_rows("layer_norm_alone", lambda x: normalize(x, None, None, 1))
    yield scalars("batch_norm", lambda x, g, b: normalize(x, g, b, 0), beside(10, [0.5, -1.0, 0.25, 2.0]), ((3, 2), (2,), (2,)))
    yield scalars("batch_norm_given", lambda x, m, v: (x - m) / torch.sqrt(v + 1e-5), lambda build: [
        [x, 0.5, v] for x in numbers(build) for v in (0.0, 0.25, INF, NAN)], ((1, 1), (1,), (1,)))
    yield scalars("dropout", lambda x: x * 1)
    yield scalars("detach", torch.detach)
    yield scalars("round_straight_through", Round.apply)
    yield of_two("squared_difference", lambda r, x: ((r - x) ** 2).sum())
    bce = CrossEntropy.apply
    yield of_two("binary_cross_entropy_with_logits", bce, probabilities)
    yield of_two("gaussian_kl", lambda m, s: (0.5 * (m * m + kl(s))).sum())
    yield scalars("bernoulli_kl", lambda a: bernoulli(0.5, a).sum(), near_half)
    images = ((1, 1), (1, 1))
    yield scalars("nn_squared_error", lambda r, x: F.mse_loss(r, x, reduction="sum"), pairs, images)
    yield scalars("nn_binary_cross_entropy_with_logits", bce, probabilities, images)
    yield scalars("nn_with_penalty", lambda a, b: a.sum() + b.sum(), pairs, ((1,), (1,)))
    yield of_rows("nn_cross_entropy", lambda z: F.cross_entropy(z, torch.tensor([1])))


# What works number by number, or row by row: its rows are computed all at once, too, as vector instructions would.
TOGETHER = """add sub mul div maximum minimum affine div_number div_small exp expm1 log log1p sin cos sqrt abs relu sigmoid tanh square clamp leaky_relu
elu gelu silu activate softplus relu_grad leaky_relu_grad elu_grad gelu_grad silu_grad sigmoid_grad tanh_grad activation_grad
dropout detach round_straight_through softmax log_softmax sum_axis mean_axis amax amin logsumexp top_k where_number number_where pow_tensor""".split()
TOGETHER += ["pow"] + ["pow_%g" % p for p in (-1, 0, 0.5, 1, 2)]


def cotangent(like, c):
    j = torch.arange(like.numel(), dtype=torch.float64)
    return (((3 * j + 5 * c) % 7 - 2.75) / 4).reshape(like.shape)


def with_zeros(build, table):
    """Each row that holds a denormal comes with the same row of zeros: a build may flush denormals to them."""
    tiny = torch.finfo(torch.float32 if build == "32" else torch.float64).tiny
    flushed = [[math.copysign(0.0, v) if abs(v) < tiny else v for v in row] for row in table]
    return table + [row for row in flushed if not any(str(row) == str(known) for known in table)]


def compute(row, sizes, function):
    xs = [x.requires_grad_() for x in places(row, sizes)]
    y = function(*xs)
    out = [y]
    grads = [torch.zeros_like(x) for x in xs]
    seconds = [torch.zeros_like(x) for x in xs]
    if y.requires_grad:
        v = cotangent(y, 0).requires_grad_()
        grads = torch.autograd.grad(y, xs, v, create_graph=True, allow_unused=True, materialize_grads=True)
        total = sum((g * cotangent(g, 1 + k)).sum() for k, g in enumerate(grads))
        if total.requires_grad:
            seconds = torch.autograd.grad(total, xs, allow_unused=True, materialize_grads=True)
    return torch.cat([t.detach().reshape(-1) for t in (*out, *grads, *seconds)])


def make():
    file = File()
    for name, rows_of, sizes, function in cases():
        n = len(file.index)
        for build in ("32", "64"):
            table = with_zeros(build, rows_of(build))
            dtype = torch.float32 if build == "32" else torch.float64
            file.put("%s.%d.in" % (build, n), torch.tensor(table, dtype=torch.float64), dtype)
            file.put("%s.%d.out" % (build, n), torch.stack([compute(row, sizes, function) for row in table]), dtype)
        file.index.append({"case": name, "shapes": sizes, "together": name in TOGETHER})
    file.save("edges")


if __name__ == "__main__":
    make()
