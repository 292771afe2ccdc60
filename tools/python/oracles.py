"""Makes the files under tests/oracles: what PyTorch computes in double for the ops, graphs, layers and optimisers that
the C++ tests compare with. Run by `tools/python-env oracles tools/python/make_oracles.py`; the same versions give the same bytes.

A case is a program over our own ops (a list of {"op", "in", ...}, its inputs numbered first) beside torch's results for
the same function: the value, the gradient against a fixed cotangent, and the gradient of that gradient. Cotangents are
not stored: number j of cotangent c is sin(0.7 + c + 1.3 j).
"""

import gzip
import json
import os
import pathlib
import struct

import torch

# The same bytes on every x86-64: one thread, and none of what depends on the processor's vector width.
os.environ.update(ATEN_CPU_CAPABILITY="default", MKL_CBWR="COMPATIBLE")
torch.set_num_threads(1)
assert torch.backends.cpu.get_cpu_capability() == "DEFAULT", "oracles: import this before anything that computes"

OUT = pathlib.Path(__file__).resolve().parents[2] / "tests" / "oracles"


class Unsupported(Exception):
    pass


def cotangent(like, c):
    return torch.sin(0.7 + c + 1.3 * torch.arange(like.numel(), dtype=torch.float64)).reshape(like.shape)


def tensor_input(t):
    """Raises the reason if our Tensor cannot hold it."""
    if t.dim() > 4:
        raise Unsupported("rank %d, at most 4 is offered" % t.dim())
    if t.numel() == 0:
        raise Unsupported("a size of 0, every size is at least 1")
    if t.dtype != torch.float64:
        raise Unsupported("a tensor of %s" % str(t.dtype).replace("torch.", ""))


class Program:
    def __init__(self):
        self.inputs, self.code = [], []

    def tensor(self, t):
        tensor_input(t)
        for i, known in enumerate(self.inputs):
            if known is t:
                return ("in", i)
        self.inputs.append(t)
        return ("in", len(self.inputs) - 1)

    def op(self, name, *ins, **args):
        self.code.append((name, ins, args))
        return ("op", len(self.code) - 1)

    def json(self, result):
        """Inputs are numbered first, then the instructions; the requested value stands last."""
        number = lambda ref: ref[1] if ref[0] == "in" else len(self.inputs) + ref[1]
        if result[0] == "in" or result[1] != len(self.code) - 1:
            result = self.op("affine", result, scale=1.0, shift=0.0)
        return [dict(op=name, **{"in": [number(i) for i in ins]}, **args) for name, ins, args in self.code]


class File:
    """A safetensors file with the cases of one kind; `index` in its metadata is a list with one entry a case."""

    def __init__(self):
        self.tensors, self.index, self.unsupported = {}, [], []

    def put(self, name, t, dtype=torch.float64):
        if t.numel() == 0:
            raise Unsupported("an output without elements")
        self.tensors[name] = t.detach().to(dtype).contiguous().clone()

    def save(self, name, **more):
        header, data = {}, b""
        header["__metadata__"] = {"index": json.dumps(self.index), "unsupported": json.dumps(self.unsupported),
                                  "torch": torch.__version__, **{k: json.dumps(v) for k, v in more.items()}}
        for key, t in self.tensors.items():
            raw = t.numpy(force=True).tobytes()
            header[key] = {"dtype": "F%d" % (8 * t.element_size()), "shape": list(t.shape), "data_offsets": [len(data), len(data) + len(raw)]}
            data += raw
        text = json.dumps(header).encode()
        text += b" " * (-len(text) % 8)
        OUT.mkdir(exist_ok=True)
        packed = gzip.compress(struct.pack("<Q", len(text)) + text + data, 9, mtime=0)
        (OUT / (name + ".safetensors.gz")).write_bytes(packed)
        print("%-12s %4d cases, %4d unsupported, %7d bytes" % (name, len(self.index), len(self.unsupported), len(packed)))


def add_case(file, label, program, result, value, order=2):
    """Stores the results of torch: the program's `inputs` are the leaves of `value`."""
    code = program.json(result)
    if value.dim() > 4 or value.numel() == 0:
        raise Unsupported("an output %s" % list(value.shape))
    n = len(file.index)
    wrt = [i for i, t in enumerate(program.inputs) if t.requires_grad]
    file.put("%d.out" % n, value)
    for i, t in enumerate(program.inputs):
        file.put("%d.in%d" % (n, i), t)
    entry = {"label": label, "program": code, "inputs": len(program.inputs), "wrt": wrt, "second": []}
    leaves = [program.inputs[i] for i in wrt]
    if leaves and value.requires_grad:
        v = cotangent(value, 0).requires_grad_()
        grads = torch.autograd.grad(value, leaves, v, create_graph=order == 2, allow_unused=True, materialize_grads=True)
        for i, g in zip(wrt, grads):
            file.put("%d.grad%d" % (n, i), g)
        if order == 2:
            total = sum((g * cotangent(g, 1 + k)).sum() for k, g in enumerate(grads))
            if total.requires_grad:
                seconds = torch.autograd.grad(total, leaves, allow_unused=True, materialize_grads=True)
                entry["second"] = wrt
                for i, g in zip(wrt, seconds):
                    file.put("%d.second%d" % (n, i), g)
    elif leaves:
        entry["wrt"] = []
    file.index.append(entry)
