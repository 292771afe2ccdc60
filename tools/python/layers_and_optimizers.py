"""20 steps of torch's own optimisers and modules, with every option of its databases that we offer.

Cases named "beside" are not in the databases: options of ours that no configuration there sets.
"""

import torch

from oracles import File, Unsupported, cotangent, tensor_input  # before torch.testing: it fixes how torch computes
from torch.testing._internal.common_modules import FunctionInput, ModuleInput, module_db
from torch.testing._internal.common_optimizers import OptimizerInput, optim_db

STEPS = 20
OFFERED = {
    "SGD": {"lr", "momentum", "dampening", "weight_decay", "nesterov"},
    "RMSprop": {"lr", "alpha", "eps", "momentum", "weight_decay"},
    "Adam": {"lr", "betas", "eps", "weight_decay"},
    "AdamW": {"lr", "betas", "eps", "weight_decay"},
}


BESIDE = {
    "SGD": [{"lr": 0.02, "momentum": 0.8, "nesterov": True}, {"lr": 0.02, "momentum": 0.9, "dampening": 0.3, "weight_decay": 0.2}],
    "RMSprop": [{"momentum": 0.9}, {"lr": 3e-3, "alpha": 0.9, "eps": 1e-3, "momentum": 0.5, "weight_decay": 0.1}],
    "Adam": [{"lr": 0.02, "betas": (0.8, 0.95), "eps": 1e-3}, {"lr": 0.02, "betas": (0.0, 0.9), "weight_decay": 0.3}],
    "AdamW": [{"lr": 0.02, "betas": (0.8, 0.95), "eps": 1e-3, "weight_decay": 0.0}, {"lr": 0.02, "weight_decay": 0.3}],
}


def optimizers():
    file = File()
    for info in optim_db:
        name = info.optim_cls.__name__
        if name not in OFFERED:
            file.unsupported.append({"label": name, "reason": "another optimiser"})
            continue
        beside = [OptimizerInput(params=None, kwargs=kwargs, desc="beside") for kwargs in BESIDE[name]]
        for number, case in enumerate(info.optim_inputs_func(device="cpu") + beside):
            label = "%s/%d %s" % (name, number, case.desc)
            extra = {k: v for k, v in case.kwargs.items() if k not in OFFERED[name] and v not in (None, False)}
            kwargs = {k: (float(v) if isinstance(v, torch.Tensor) else v) for k, v in case.kwargs.items() if k in OFFERED[name]}
            if extra:
                file.unsupported.append({"label": label, "reason": "option " + ", ".join(sorted(extra))})
                continue
            p = [cotangent(torch.empty(*size), 20 + i).requires_grad_() for i, size in enumerate([(3, 4), (5,), (4,)])]
            optimizer = info.optim_cls(p, **kwargs)
            n = len(file.index)
            for step in range(1, STEPS + 1):
                for i, each in enumerate(p):  # a gradient that depends on the step and on where the parameter is
                    each.grad = cotangent(each, 2 * step + i) + 0.3 * each.detach()
                if step < 7 or step == 12:  # the third one's comes later, and is missing once
                    p[2].grad = None
                optimizer.step()
                if step % 5 == 0:
                    for i, each in enumerate(p):
                        file.put("%d.step%d.%d" % (n, step, i), each)
            file.index.append({"label": label, "optimizer": name, "options": kwargs})
    file.save("optimizers")


MODULES = {"Linear", "Conv2d", "ConvTranspose2d", "BatchNorm1d", "BatchNorm2d", "LayerNorm", "Dropout", "ReLU", "LeakyReLU", "ELU", "GELU", "SiLU",
           "Sigmoid", "Tanh", "Softplus", "Softmax", "LogSoftmax", "MSELoss", "BCEWithLogitsLoss", "AvgPool2d", "MaxPool2d"}


def options_of(name, module):
    """What our layer is made with; raises where it has no such option."""
    def one(value, what):
        pair = value if isinstance(value, tuple) else (value, value)
        if len(set(pair)) != 1:
            raise Unsupported(what + " differs between height and width")
        return pair[0]

    if name == "Linear":
        if module.bias is None:
            raise Unsupported("no bias")
        return {"in": module.in_features, "out": module.out_features}
    if name.startswith("Conv"):
        if module.groups != 1 or one(module.dilation, "dilation") != 1:
            raise Unsupported("groups or dilation")
        if module.bias is None:
            raise Unsupported("no bias")
        if module.padding_mode != "zeros" or isinstance(module.padding, str):
            raise Unsupported("padding '%s'" % module.padding)
        return {"in": module.in_channels, "out": module.out_channels, "kernel": one(module.kernel_size, "the kernel"), "stride": one(module.stride, "stride"),
                "padding": one(module.padding, "padding"), "output_padding": one(module.output_padding, "output padding")}
    if name.startswith("BatchNorm"):
        if not module.affine or module.bias is None or not module.track_running_stats or module.momentum is None:
            raise Unsupported("without weights, running statistics or momentum")
        return {"channels": module.num_features, "epsilon": module.eps, "momentum": module.momentum}
    if name == "LayerNorm":
        if len(module.normalized_shape) != 1 or not module.elementwise_affine or module.bias is None:
            raise Unsupported("several axes, or without weights")
        return {"size": module.normalized_shape[0], "epsilon": module.eps}
    if name in ("AvgPool2d", "MaxPool2d"):
        if getattr(module, "divisor_override", None) is not None or getattr(module, "return_indices", False):
            raise Unsupported("divisor_override or return_indices")
        return {"kernel": one(module.kernel_size, "the kernel"), "stride": one(module.stride, "stride"), "padding": one(module.padding, "padding")}
    if name in ("MSELoss", "BCEWithLogitsLoss"):
        if module.reduction != "sum" and module.reduction != "mean":
            raise Unsupported("reduction '%s'" % module.reduction)
        if name == "BCEWithLogitsLoss" and (module.weight is not None or module.pos_weight is not None):
            raise Unsupported("a weight")
        return {"reduction": module.reduction}
    if name == "GELU" and module.approximate != "none":
        raise Unsupported("approximate '%s'" % module.approximate)
    if name == "Softplus" and (module.beta != 1 or module.threshold != 20):
        raise Unsupported("beta or threshold")
    if name in ("Softmax", "LogSoftmax"):
        return {"axis": module.dim}
    return {"value": float(getattr(module, {"LeakyReLU": "negative_slope", "ELU": "alpha"}.get(name, "none"), 0))}


def run(file, name, module, given, training):
    x, *others = [t.detach().clone() for t in list(given.args) + list(given.kwargs.values())]
    tensor_input(x)
    for t in others:
        tensor_input(t)
    options = options_of(name, module)
    if "axis" in options and x.dim() == 0:
        raise Unsupported("an axis of a single number")
    if (name.startswith("Conv") or "Pool" in name) and x.dim() != 4 or name == "Linear" and x.dim() != 2:
        raise Unsupported("an input without a batch")
    n = len(file.index)
    module.train(training)
    if name.startswith("BatchNorm"):  # other statistics than 0 and 1, which would have no effect
        module.running_mean.copy_(cotangent(module.running_mean, 30))
        module.running_var.copy_(1 + 0.5 * cotangent(module.running_var, 31))
    state = {k: v.detach().clone() for k, v in module.state_dict().items() if k != "num_batches_tracked"}
    x.requires_grad_()
    file.put("%d.x" % n, x)
    for i, t in enumerate(others):
        file.put("%d.other%d" % (n, i), t)
    for key, value in state.items():
        file.put("%d.start.%s" % (n, key), value)
    trained = [x] + [p for p in module.parameters()]
    for step in range(1, STEPS + 1):
        y = module(x, *others)
        assert y.isfinite().all(), name
        # a loss goes down by itself; with what follows a layer, its own square would make it explode
        loss = y if name.endswith("Loss") else (y * cotangent(y, 0)).sum() / y.numel() + 0.5 * (y * y).sum() / y.numel()
        grads = torch.autograd.grad(loss, trained)
        with torch.no_grad():
            for p, g in zip(trained, grads):
                p -= 0.05 * g
        if step % 5 == 0:
            file.put("%d.y%d" % (n, step), y)
    assert y.abs().max().item() < 1e4, name
    file.put("%d.end.x" % n, x)
    for key, value in module.state_dict().items():
        if key != "num_batches_tracked":
            file.put("%d.end.%s" % (n, key), value)
    file.index.append({"module": name, "options": options, "training": training, "state": list(state), "others": len(others)})


def image(*shape):
    return FunctionInput(cotangent(torch.empty(shape), 40))


def beside(name):
    """Strides and paddings, which the database leaves as they are."""
    if name == "Conv2d":
        return [ModuleInput(FunctionInput(2, 3, 3, stride=2, padding=1), image(2, 2, 6, 5), "beside")]
    if name == "ConvTranspose2d":
        return [ModuleInput(FunctionInput(3, 2, 3, stride=2, padding=1, output_padding=1), image(2, 3, 3, 4), "beside")]
    return []


def modules():
    file = File()
    for info in module_db:
        name = info.module_cls.__name__
        if name not in MODULES or info.module_cls.__module__.startswith("torch.ao"):
            file.unsupported.append({"label": name, "reason": "another module"})
            continue
        for training in (False, True):
            torch.manual_seed(7)
            samples = info.module_inputs_func(info, device="cpu", dtype=torch.float64, requires_grad=False, training=training)
            for number, case in enumerate(samples + beside(name)):
                label = "%s/%d %s %s" % (name, number, "training" if training else "in use", case.desc)
                try:
                    made = case.constructor_input
                    module = info.module_cls(*made.args, **made.kwargs).double()
                    run(file, name, module, case.forward_input, training)
                    file.index[-1]["label"] = label
                except Unsupported as reason:
                    file.unsupported.append({"label": label, "reason": str(reason)})
    # not in the database, being random in training
    run(file, "Dropout", torch.nn.Dropout(0.5).double(), image(3, 4), False)
    file.index[-1]["label"] = "Dropout in use, beside"
    file.unsupported.append({"label": "Dropout training", "reason": "random: the mask is torch's own"})
    file.save("layers")


if __name__ == "__main__":
    optimizers()
    modules()
