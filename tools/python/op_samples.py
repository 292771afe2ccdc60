"""Every sample of torch's own operator database for the ops that we have, each as a program over ours.

Cases named "beside" are ours: arguments that no sample of the database reaches.
"""

import torch

from oracles import File, Program, Unsupported, add_case, cotangent  # before torch.testing: it fixes how torch computes
from torch.testing._internal.common_methods_invocations import op_db

T = torch.Tensor


def number(x):
    if isinstance(x, bool):
        return float(x)
    if isinstance(x, (int, float)):
        return float(x)
    if isinstance(x, T) and x.numel() == 1 and x.dim() == 0 and not x.requires_grad and not x.is_complex():
        return float(x)
    raise Unsupported("an argument that is no number: %r" % (type(x).__name__,))


def operand(p, x):
    if isinstance(x, T):
        return p.tensor(x)
    return p.op("constant", value=number(x))


def axis_of(dim, t):
    return dim if dim >= 0 else dim + t.dim()


def unary(name, **args):
    return lambda p, s: p.op(name, p.tensor(s.input), **args)


def binary(name):
    def translate(p, s):
        a, b = operand(p, s.input), operand(p, s.args[0])
        alpha = s.kwargs.get("alpha", 1)
        if name in ("add", "sub") and alpha != 1:
            b = p.op("affine", b, scale=number(alpha), shift=0.0)
        if s.kwargs.get("rounding_mode"):
            raise Unsupported("rounding_mode %s" % s.kwargs["rounding_mode"])
        return p.op(name, a, b)

    return translate


def rsub(p, s):
    a, b = operand(p, s.input), operand(p, s.args[0])
    return p.op("sub", b, p.op("affine", a, scale=number(s.kwargs.get("alpha", 1)), shift=0.0))


def power(p, s):
    exponent = s.args[0]
    if isinstance(exponent, T):
        raise Unsupported("a tensor as exponent")
    return p.op("pow", operand(p, s.input), p=number(exponent))


def clamp(p, s):
    low = s.args[0] if len(s.args) > 0 else s.kwargs.get("min")
    high = s.args[1] if len(s.args) > 1 else s.kwargs.get("max")
    x = p.tensor(s.input)
    if isinstance(low, T) or isinstance(high, T):
        raise Unsupported("a tensor as bound")
    return p.op("clamp", x, low=-1e300 if low is None else number(low), high=1e300 if high is None else number(high))


def reduction(name, divide=False):
    def translate(p, s):
        if s.kwargs.get("dtype") not in (None, torch.float64):
            raise Unsupported("another type for the result")
        dims = s.args[0] if s.args else s.kwargs.get("dim")
        keep = bool(s.args[1] if len(s.args) > 1 else s.kwargs.get("keepdim", False))
        x, rank = p.tensor(s.input), s.input.dim()
        if dims is None or (isinstance(dims, (tuple, list)) and not dims):
            dims = tuple(range(rank))
        dims = sorted({axis_of(d, s.input) for d in (dims if isinstance(dims, (tuple, list)) else (dims,))}, reverse=True)
        if rank == 0:
            return p.op("affine", x, scale=1.0, shift=0.0)
        if name == "sum" and len(dims) == rank and not keep and not s.args and "dim" not in s.kwargs:
            return p.op("mean" if divide else "sum_all", x)
        for d in dims:
            x = p.op("mean_axis" if divide else name, x, axis=d, keep=keep)
        return x

    return translate


def one_axis(name, **fixed):
    def translate(p, s):
        dim = s.args[0] if s.args else s.kwargs.get("dim")
        if dim is None or isinstance(dim, (tuple, list)):
            if isinstance(dim, (tuple, list)) and len(dim) == 1:
                dim = dim[0]
            else:
                raise Unsupported("dim is %r, one axis is offered" % (dim,))
        if s.kwargs.get("dtype") not in (None, torch.float64):
            raise Unsupported("another type for the result")
        args = dict(fixed)
        if name in ("logsumexp", "amax"):
            args["keep"] = bool(s.args[1] if len(s.args) > 1 else s.kwargs.get("keepdim", False))
        if s.input.dim() == 0:
            raise Unsupported("an axis of a single number")
        return p.op(name, p.tensor(s.input), axis=dim, **args)

    return translate


def several_axes(name):
    """Along several axes, one after the other."""

    def translate(p, s):
        dims = s.args[0] if s.args else s.kwargs.get("dim")
        keep = bool(s.args[1] if len(s.args) > 1 else s.kwargs.get("keepdim", False))
        if s.input.dim() == 0:
            raise Unsupported("an axis of a single number")
        if dims is None or (isinstance(dims, (tuple, list)) and not dims):
            dims = tuple(range(s.input.dim()))
        x = p.tensor(s.input)
        for d in sorted({axis_of(d, s.input) for d in (dims if isinstance(dims, (tuple, list)) else (dims,))}, reverse=True):
            x = p.op(name, x, axis=d, keep=keep)
        return x

    return translate


def softmin(p, s):
    if s.input.dim() == 0:
        raise Unsupported("an axis of a single number")
    return p.op("softmax", p.op("affine", p.tensor(s.input), scale=-1.0, shift=0.0), axis=s.args[0])


def matrix(t):
    if t.dim() != 2:
        raise Unsupported("an operand of rank %d, matrices are offered" % t.dim())
    return t


def matmul(p, s):
    a, b = s.input, s.args[0]
    if a.dim() == 1 and b.dim() == 2:
        y = p.op("matmul", p.op("reshape", p.tensor(a), shape=[1, a.shape[0]]), p.tensor(b))
        return p.op("reshape", y, shape=[b.shape[1]])
    if a.dim() == 2 and b.dim() == 1:
        y = p.op("matmul", p.tensor(a), p.op("reshape", p.tensor(b), shape=[b.shape[0], 1]))
        return p.op("reshape", y, shape=[a.shape[0]])
    if a.dim() == 1 and b.dim() == 1:
        return p.op("sum_all", p.op("mul", p.tensor(a), p.tensor(b)))
    if a.dim() > 2 and b.dim() == 2:
        flat = p.op("reshape", p.tensor(a), shape=[a.numel() // a.shape[-1], a.shape[-1]]) if a.numel() else p.tensor(a)
        return p.op("reshape", p.op("matmul", flat, p.tensor(b)), shape=list(a.shape[:-1]) + [b.shape[1]])
    return p.op("matmul", p.tensor(matrix(a)), p.tensor(matrix(b)))


def addmm(p, s):
    beta, alpha = number(s.kwargs.get("beta", 1)), number(s.kwargs.get("alpha", 1))
    product = p.op("affine", p.op("matmul", p.tensor(s.args[0]), p.tensor(s.args[1])), scale=alpha, shift=0.0)
    return p.op("add", p.op("affine", p.tensor(s.input), scale=beta, shift=0.0), product)


def linear(p, s):
    x, W = s.input, s.args[0]
    b = s.args[1] if len(s.args) > 1 else s.kwargs.get("bias")
    if W.dim() != 2:
        raise Unsupported("a weight of rank %d" % W.dim())
    if x.numel() == 0 or W.numel() == 0:
        p.tensor(x), p.tensor(W)
    flat = p.tensor(x) if x.dim() == 2 else p.op("reshape", p.tensor(x), shape=[x.numel() // x.shape[-1], x.shape[-1]])
    ins = [flat, p.tensor(W)]
    if b is not None:
        if b.dim() != 1:
            raise Unsupported("a bias of rank %d" % b.dim())
        ins.append(p.tensor(b))
    y = p.op("linear", *ins, activation="none")
    return y if x.dim() == 2 else p.op("reshape", y, shape=list(x.shape[:-1]) + [W.shape[0]])


def cat(p, s):
    parts = [p.tensor(t) for t in s.input]
    dim = s.args[0] if s.args else s.kwargs.get("dim", 0)
    return p.op("cat", *parts, axis=dim)


def narrow(p, s):
    dim, start, length = s.args
    if isinstance(start, T):
        start = int(start)
    if length == 0:
        raise Unsupported("a size of 0, every size is at least 1")
    dim = axis_of(dim, s.input)
    return p.op("narrow", p.tensor(s.input), axis=dim, first=start if start >= 0 else start + s.input.shape[dim], count=length)


def select(p, s):
    dim, index = s.args
    dim = axis_of(dim, s.input)
    y = p.op("narrow", p.tensor(s.input), axis=dim, first=index if index >= 0 else index + s.input.shape[dim], count=1)
    return p.op("reshape", y, shape=[n for i, n in enumerate(s.input.shape) if i != dim])


def indices_of(t):
    if t.numel() == 0:
        raise Unsupported("no indices")
    return [int(i) for i in t.reshape(-1)]


def gather(p, s):
    dim, index = s.args[0], s.args[1]
    if s.input.dim() == 0:
        raise Unsupported("an axis of a single number")
    return p.op("gather", p.tensor(s.input), axis=dim, indices=indices_of(index), shape=list(index.shape))


def index_select(p, s):
    dim, index = s.args
    x = s.input
    if x.dim() == 0:
        raise Unsupported("an axis of a single number")
    dim = axis_of(dim, x)
    index = index.reshape(-1)
    shape = list(x.shape)
    shape[dim] = index.numel()
    view = [1] * x.dim()
    view[dim] = -1
    full = index.reshape(view).expand(shape)
    return p.op("gather", p.tensor(x), axis=dim, indices=indices_of(full), shape=shape)


def embedding(p, s):
    W = s.args[0] if isinstance(s.args[0], T) and s.args[0].is_floating_point() else s.input
    index = s.input if W is not s.input else s.args[0]
    for option in ("max_norm", "scale_grad_by_freq", "sparse"):
        if s.kwargs.get(option):
            raise Unsupported("option %s" % option)
    padding = s.kwargs.get("padding_idx")
    if padding is not None and padding % W.shape[0] in indices_of(index):
        raise Unsupported("option padding_idx")
    y = p.op("embedding", p.tensor(W), indices=indices_of(index))
    shape = list(index.shape) + [W.shape[1]]
    if len(shape) > 4:
        raise Unsupported("an output of rank %d" % len(shape))
    return p.op("reshape", y, shape=shape)


def topk(p, s):
    """Ours keeps the k largest of a row in their places: they are gathered from there."""
    given = dict(zip(["k", "dim", "largest", "sorted"], s.args), **s.kwargs)
    x, k, dim = s.input, given["k"], given.get("dim", -1)
    if x.dim() == 0:
        raise Unsupported("an axis of a single number")
    if axis_of(dim, x) != x.dim() - 1:
        raise Unsupported("another axis than the last")
    if not given.get("largest", True):
        raise Unsupported("the smallest")
    index = torch.topk(x, k, dim=dim).indices
    return p.op("gather", p.op("top_k", p.tensor(x), k=k), axis=x.dim() - 1, indices=indices_of(index), shape=list(index.shape))


def shape_of(s):
    shape = s.args[0] if len(s.args) == 1 and isinstance(s.args[0], (tuple, list, torch.Size)) else s.args
    return [int(n) for n in shape]


def reshaping(function):
    def translate(p, s):
        y = function(s)
        if y.numel() == 0:
            raise Unsupported("a size of 0, every size is at least 1")
        if y.dim() > 4:
            raise Unsupported("rank %d, at most 4 is offered" % y.dim())
        return p.op("reshape", p.tensor(s.input), shape=list(y.shape))

    return translate


def permute(p, s):
    order = s.args[0] if isinstance(s.args[0], (tuple, list)) else s.args
    if s.input.dim() == 0:
        return p.op("affine", p.tensor(s.input), scale=1.0, shift=0.0)
    return p.op("permute", p.tensor(s.input), order=[axis_of(d, s.input) for d in order])


def transpose(p, s):
    if s.input.dim() == 0:
        return p.op("affine", p.tensor(s.input), scale=1.0, shift=0.0)
    order = list(range(s.input.dim()))
    a, b = (axis_of(d, s.input) for d in s.args)
    order[a], order[b] = order[b], order[a]
    return p.op("permute", p.tensor(s.input), order=order)


def t(p, s):
    x = s.input
    return p.op("permute", p.tensor(x), order=[1, 0]) if x.dim() == 2 else p.op("affine", p.tensor(x), scale=1.0, shift=0.0)


def expand(p, s):
    shape = shape_of(s)
    lead = len(shape) - s.input.dim()
    shape = [s.input.shape[i - lead] if n == -1 else n for i, n in enumerate(shape)]
    if len(shape) > 4:
        raise Unsupported("rank %d, at most 4 is offered" % len(shape))
    if 0 in shape:
        raise Unsupported("a size of 0, every size is at least 1")
    return p.op("broadcast_to", p.tensor(s.input), shape=shape)


def same(value, what):
    """One number for both directions of an image."""
    pair = (value, value) if isinstance(value, int) else tuple(value)
    if len(set(pair)) != 1:
        raise Unsupported("%s differs between height and width" % what)
    return pair[0]


def convolution(transposed):
    def translate(p, s):
        names = ["bias", "stride", "padding"] + (["output_padding", "groups", "dilation"] if transposed else ["dilation", "groups"])
        given = dict(zip(names, s.args[1:]), **s.kwargs)
        if given.get("groups", 1) != 1:
            raise Unsupported("groups")
        if same(given.get("dilation", 1), "dilation") != 1:
            raise Unsupported("dilation")
        padding = given.get("padding", 0)
        if isinstance(padding, str):
            if padding != "valid":
                raise Unsupported("padding '%s'" % padding)
            padding = 0
        x, W, b = s.input, s.args[0], given.get("bias")
        if x.dim() == 3:
            image = p.op("reshape", p.tensor(x), shape=[1] + list(x.shape))
        else:
            image = p.tensor(x)
        ins = [image, p.tensor(W)] + ([p.tensor(b)] if b is not None else [])
        args = dict(stride=same(given.get("stride", 1), "stride"), padding=same(padding, "padding"))
        if transposed:
            args["output_padding"] = same(given.get("output_padding", 0), "output_padding")
        y = p.op("conv_transpose2d" if transposed else "conv2d", *ins, **args)
        if x.dim() == 3:
            function = torch.nn.functional.conv_transpose2d if transposed else torch.nn.functional.conv2d
            y = p.op("reshape", y, shape=list(function(s.input, *s.args, **s.kwargs).shape))
        return y

    return translate


def pooling(name):
    def translate(p, s):
        names = ["kernel_size", "stride", "padding"] + (["ceil_mode", "count_include_pad", "divisor_override"] if name == "average_pool" else [])
        given = dict(zip(names, s.args), **s.kwargs)
        for option, plain in (("ceil_mode", False), ("dilation", 1), ("return_indices", False), ("divisor_override", None), ("count_include_pad", True)):
            value = given.get(option, plain)
            if value != plain and not (option == "dilation" and value == (1, 1)) and not (option == "count_include_pad" and same(given.get("padding", 0), "padding") == 0):
                raise Unsupported("option %s" % option)
        kernel = same(given["kernel_size"], "the kernel")
        x = s.input
        image = p.tensor(x) if x.dim() == 4 else p.op("reshape", p.tensor(x), shape=[1] + list(x.shape))
        y = p.op(name, image, kernel=kernel, stride=same(given.get("stride") or kernel, "stride"), padding=same(given.get("padding", 0), "padding"))
        if x.dim() == 3:
            f = torch.nn.functional.avg_pool2d if name == "average_pool" else torch.nn.functional.max_pool2d
            y = p.op("reshape", y, shape=list(f(s.input, *s.args, **s.kwargs).shape))
        return y

    return translate


def upsample(p, s):
    given = dict(zip(["size", "scale_factor"], s.args), **s.kwargs)
    x = s.input
    if x.dim() != 4:
        raise Unsupported("images of %d axes" % (x.dim() - 2))
    size = torch.nn.functional.interpolate(x, *[a for a in s.args], **s.kwargs).shape if "mode" in given else None
    size = size or torch.nn.functional.upsample_nearest(x, *s.args, **s.kwargs).shape
    factors = {size[2] / x.shape[2], size[3] / x.shape[3]}
    if len(factors) != 1 or list(factors)[0] != int(list(factors)[0]) or list(factors)[0] < 1:
        raise Unsupported("a factor that is not one whole number")
    return p.op("upsample", p.tensor(x), factor=int(list(factors)[0]))


def batch_norm(p, s):
    mean, variance, weight, bias, training, momentum, eps = (list(s.args) + [None] * 7)[:7]
    given = dict(running_mean=mean, running_var=variance, weight=weight, bias=bias, training=training or False, eps=eps or 1e-5)
    given.update(s.kwargs)
    x = s.input
    if x.dim() < 2:
        raise Unsupported("no batch of channels")
    ins = [p.tensor(x)]
    args = dict(epsilon=number(given["eps"]), training=bool(given["training"]), gamma=given.get("weight") is not None, beta=given.get("bias") is not None)
    if not args["training"]:
        if given["running_mean"] is None:
            raise Unsupported("no statistics given")
        ins += [p.tensor(given["running_mean"]), p.tensor(given["running_var"])]
    for name in ("weight", "bias"):
        if given.get(name) is not None:
            ins.append(p.tensor(given[name]))
    return p.op("batch_norm", *ins, **args)


def layer_norm(p, s):
    given = dict(zip(["normalized_shape", "weight", "bias", "eps"], s.args), **s.kwargs)
    shape = list(given["normalized_shape"])
    x = s.input
    weight, bias = given.get("weight"), given.get("bias")
    ins = [p.tensor(x)]
    if weight is None and len(shape) > 1:
        ins.append(p.op("constant_tensor", value=1.0, shape=shape))
    elif weight is not None:
        ins.append(p.tensor(weight))
    if bias is not None:
        ins.append(p.tensor(bias))
    return p.op("layer_norm", *ins, epsilon=number(given.get("eps", 1e-5)), gamma=weight is not None or len(shape) > 1, beta=bias is not None)


def reduced(p, total, count, reduction, rank_zero_only=True):
    if reduction == "sum":
        return total
    if reduction in (None, "mean"):
        return p.op("affine", total, scale=1.0 / count, shift=0.0)
    raise Unsupported("reduction '%s'" % reduction)


def mse_loss(p, s):
    if s.kwargs.get("weight") is not None:
        raise Unsupported("a weight")
    target = s.args[0]
    if target.shape != s.input.shape:
        raise Unsupported("a target of another shape")
    if s.kwargs.get("reduction", "mean") == "none":
        return p.op("pow", p.op("sub", p.tensor(s.input), p.tensor(target)), p=2.0)
    total = p.op("squared_difference", p.tensor(s.input), p.tensor(target))
    return reduced(p, total, s.input.numel(), s.kwargs.get("reduction", "mean"))


def cross_entropy_with_logits(p, s):
    if s.kwargs.get("weight") is not None or s.kwargs.get("pos_weight") is not None or len(s.args) > 1:
        raise Unsupported("a weight")
    total = p.op("cross_entropy_with_logits", p.tensor(s.input), p.tensor(s.args[0]))
    return reduced(p, total, s.input.numel(), s.kwargs.get("reduction", "mean"))


def dropout(p, s):
    given = dict(zip(["p", "training"], s.args), **s.kwargs)
    if given.get("training", True) and given.get("p", 0.5) != 0:
        raise Unsupported("random: the mask is torch's own")
    return p.op("dropout", p.tensor(s.input), p=0.0)


def gelu(p, s):
    if s.kwargs.get("approximate", "none") != "none":
        raise Unsupported("approximate '%s'" % s.kwargs["approximate"])
    return p.op("gelu", p.tensor(s.input))


def softplus(p, s):
    beta = number(s.kwargs.get("beta", 1))
    if s.kwargs.get("threshold", 20) != 20:
        raise Unsupported("a threshold")
    x = p.op("affine", p.tensor(s.input), scale=beta, shift=0.0)
    return p.op("affine", p.op("softplus", x), scale=1 / beta, shift=0.0)


def with_option(name, option, torch_name, default):
    def translate(p, s):
        value = s.args[0] if s.args else s.kwargs.get(torch_name, default)
        for other in s.kwargs:
            if other not in (torch_name, "inplace") and s.kwargs[other] not in (None, 1.0, 1):
                raise Unsupported("option %s" % other)
        if number(value) < 0:
            raise Unsupported("a negative %s" % torch_name)
        return p.op(name, p.tensor(s.input), **{option: number(value)})

    return translate


def composed(build):
    return lambda p, s: build(p, s, p.tensor(s.input))


def rounding(p, s):
    if s.kwargs.get("decimals"):
        raise Unsupported("decimals")
    raise Unsupported("torch's gradient of round is zero, ours goes straight through (checked apart)")


TABLE = {
    "add": binary("add"), "sub": binary("sub"), "mul": binary("mul"), "div": binary("div"), "true_divide": binary("div"), "rsub": rsub,
    "maximum": binary("maximum"), "minimum": binary("minimum"), "max": None, "min": None,
    "neg": unary("affine", scale=-1.0, shift=0.0), "positive": unary("affine", scale=1.0, shift=0.0),
    "reciprocal": unary("pow", p=-1.0), "rsqrt": unary("pow", p=-0.5), "square": unary("pow", p=2.0), "pow": power, "float_power": power,
    "exp": unary("exp"), "log": unary("log"), "sqrt": unary("sqrt"), "abs": unary("abs"), "clamp": clamp,
    "sigmoid": unary("sigmoid"), "tanh": unary("tanh"), "nn.functional.relu": unary("relu"), "nn.functional.silu": unary("silu"),
    "nn.functional.gelu": gelu, "nn.functional.softplus": softplus,
    "nn.functional.leaky_relu": with_option("leaky_relu", "slope", "negative_slope", 0.01),
    "nn.functional.elu": with_option("elu", "alpha", "alpha", 1.0), "nn.functional.celu": None,
    "nn.functional.relu6": unary("clamp", low=0.0, high=6.0),
    "nn.functional.hardtanh": lambda p, s: p.op("clamp", p.tensor(s.input), low=number(s.kwargs.get("min_val", -1)), high=number(s.kwargs.get("max_val", 1))),
    "nn.functional.logsigmoid": composed(lambda p, s, x: p.op("affine", p.op("softplus", p.op("affine", x, scale=-1.0, shift=0.0)), scale=-1.0, shift=0.0)),
    "nn.functional.tanhshrink": composed(lambda p, s, x: p.op("sub", x, p.op("tanh", x))),
    "nn.functional.softsign": composed(lambda p, s, x: p.op("div", x, p.op("affine", p.op("abs", x), scale=1.0, shift=1.0))),
    "nn.functional.mish": composed(lambda p, s, x: p.op("mul", x, p.op("tanh", p.op("softplus", x)))),
    "softmax": one_axis("softmax"), "log_softmax": one_axis("log_softmax"), "logsumexp": several_axes("logsumexp"),
    "nn.functional.softmin": softmin,
    "mm": matmul, "matmul": matmul, "mv": matmul, "dot": matmul, "inner": None, "addmm": addmm, "nn.functional.linear": linear,
    "outer": composed(lambda p, s, x: p.op("mul", p.op("reshape", x, shape=[s.input.numel(), 1]), p.tensor(s.args[0]))),
    "sum": reduction("sum"), "mean": reduction("sum", divide=True), "amax": several_axes("amax"),
    "cat": cat, "narrow": narrow, "select": select, "gather": gather, "index_select": index_select, "nn.functional.embedding": embedding, "topk": topk,
    "reshape": reshaping(lambda s: s.input.reshape(*s.args)), "view": reshaping(lambda s: s.input.reshape(*s.args)),
    "flatten": reshaping(lambda s: s.input.flatten(*s.args, **s.kwargs)), "ravel": reshaping(lambda s: s.input.ravel()),
    "squeeze": reshaping(lambda s: s.input.squeeze(*s.args)), "unsqueeze": reshaping(lambda s: s.input.unsqueeze(*s.args)),
    "transpose": transpose, "t": t, "permute": permute, "expand": expand, "broadcast_to": expand,
    "nn.functional.conv2d": convolution(False), "nn.functional.conv_transpose2d": convolution(True),
    "nn.functional.avg_pool2d": pooling("average_pool"), "nn.functional.max_pool2d": pooling("max_pool"),
    "nn.functional.upsample_nearest": upsample, "nn.functional.interpolate": upsample,
    "nn.functional.dropout": dropout, "nn.functional.batch_norm": batch_norm, "nn.functional.layer_norm": layer_norm,
    "nn.functional.mse_loss": mse_loss, "nn.functional.binary_cross_entropy_with_logits": cross_entropy_with_logits, "round": rounding,
}


def beside():
    """What no sample of the database reaches: (label, op, its arguments, the same in torch, shapes)."""
    F = torch.nn.functional
    for p in (2.0, 3.0, 0.5, -1.5, 0.0, 1.0):
        yield "pow", dict(p=p), lambda x, p=p: x.abs() ** p if p % 1 else x**p, [(3, 4)]
    yield "clamp", dict(low=-0.3, high=0.6), lambda x: x.clamp(-0.3, 0.6), [(3, 4)]
    yield "softplus", {}, lambda x: torch.logaddexp(x, torch.zeros_like(x)), [(3, 4)]
    yield "elu", dict(alpha=1.7), lambda x: F.elu(x, 1.7), [(3, 4)]
    for factor in (1, 2, 3):
        yield "upsample", dict(factor=factor), lambda x, f=factor: F.interpolate(x, scale_factor=f, mode="nearest"), [(2, 3, 2, 3)]
    for k in (1, 3, 5):
        yield "top_k", dict(k=k), lambda x, k=k: x * torch.zeros_like(x).scatter(-1, x.topk(k).indices, 1.0), [(2, 3, 5)]
    for ta in (False, True):
        for tb in (False, True):
            shapes = [(4, 3) if ta else (3, 4), (5, 4) if tb else (4, 5)]
            yield "matmul", dict(ta=ta, tb=tb), lambda a, b, ta=ta, tb=tb: (a.T if ta else a) @ (b.T if tb else b), shapes
    for name, f in (("relu", torch.relu), ("sigmoid", torch.sigmoid), ("tanh", torch.tanh)):
        yield "linear", dict(activation=name), lambda x, W, b, f=f: f(F.linear(x, W, b)), [(3, 4), (5, 4), (5,)]
    for kernel, stride, padding in ((2, 1, 0), (2, 2, 1), (3, 2, 1), (3, 1, 0)):
        window = dict(kernel=kernel, stride=stride, padding=padding)
        yield "average_pool", window, lambda x, a=(kernel, stride, padding): F.avg_pool2d(x, *a), [(2, 3, 6, 5)]
        window = dict(stride=stride, padding=padding)
        yield "conv2d", window, lambda x, W, b, a=(stride, padding): F.conv2d(x, W, b, *a), [(2, 3, 6, 5), (4, 3, 3, 2), (4,)]
        window = dict(stride=stride, padding=padding, output_padding=stride - 1)
        yield "conv_transpose2d", window, lambda x, W, b, a=(stride, padding, stride - 1): F.conv_transpose2d(x, W, b, *a), [(2, 3, 3, 4), (3, 2, 3, 2), (2,)]
    yield "gaussian_kl", {}, lambda m, s: 0.5 * (m**2 + s.exp() - 1 - s).sum(), [(3, 4), (3, 4)]
    yield "cross_entropy_with_logits", {}, lambda z, x: F.binary_cross_entropy_with_logits(z, x, reduction="sum"), [(3, 4), (3, 4)]


def add_beside(file):
    for number, (name, args, function, shapes) in enumerate(beside()):
        inputs = [(1.5 * cotangent(torch.empty(shape), 50 + i)).requires_grad_() for i, shape in enumerate(shapes)]
        if name == "pow" and args["p"] % 1:
            inputs = [x.detach().abs().add(0.1).requires_grad_() for x in inputs]
        if name == "cross_entropy_with_logits":
            inputs[1] = inputs[1].detach().sigmoid().requires_grad_()
        program = Program()
        result = program.op(name, *[program.tensor(x) for x in inputs], **args)
        add_case(file, "beside/%d %s" % (number, name), program, result, function(*inputs))


def variant_allowed(op):
    if op.name == "nn.functional.interpolate":
        return op.variant_test_name == "nearest"
    if op.name in ("softmax", "log_softmax"):
        return op.variant_test_name == ""
    if op.name == "div":
        return op.variant_test_name == "no_rounding_mode"
    return True


def make():
    file, ops = File(), set()
    seen = 0
    for op in op_db:
        translate = TABLE.get(op.name)
        if translate is None or torch.float64 not in op.supported_dtypes("cpu"):
            continue
        if not variant_allowed(op):
            file.unsupported.append({"label": "%s, %s" % (op.name, op.variant_test_name), "reason": "another variant of the op"})
            continue
        torch.manual_seed(7)
        for number_of, sample in enumerate(op.sample_inputs("cpu", torch.float64, requires_grad=True)):
            label = "%s/%d" % (op.name, number_of)
            seen += 1
            try:
                program = Program()
                with torch.no_grad():
                    result = translate(program, sample)
                value = op(sample.input, *sample.args, **sample.kwargs)
                if isinstance(value, (tuple, list)):
                    value = value[0]
                add_case(file, label, program, result, value, order=2 if op.supports_gradgrad else 1)
                ops.add(op.name)
            except Unsupported as reason:
                file.unsupported.append({"label": label, "reason": str(reason)})
    print("%d entries with a case, %d samples" % (len(ops), seen))
    add_beside(file)
    file.save("ops", entries=sorted(ops), samples=seen)


if __name__ == "__main__":
    make()
