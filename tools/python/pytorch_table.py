"""Makes tests/oracles/pytorch.jsonl: what PyTorch computes for the lines in the first column of docs/pytorch.md.
`tools/python-env oracles tools/python/pytorch_table.py`

The lines of a section run one behind the other, after the Python block that stands before its table. The value of a line is
that of its last expression: a tensor (its shape and its numbers), a number, a list of numbers, or a text.
"""

import ast
import gzip
import json
import math
import os
import pathlib
import re
import tempfile

import numpy
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, Subset, TensorDataset

ROOT = pathlib.Path(__file__).parents[2]
ROW = re.compile(r"^\| `([^`]+)` \| `([^`]+)` \|")


def numbers(*shape, i=0):
    """Number j is sin(1 + i + j / 2), as `numbers` in tests/pytorch.h has it."""
    return torch.sin(1 + i + torch.arange(math.prod(shape)) / 2).reshape(shape)


def fill(module):
    """Parameter i becomes numbers(…, i=i), as `fill` in tests/pytorch.h has it."""
    with torch.no_grad():
        for i, p in enumerate(module.parameters()):
            p.copy_(numbers(*p.shape, i=i))
    return module


def mnist(part="train"):
    """The digits of data/mnist as torchvision's, scaled to [0, 1]: images [n, 784] and labels."""
    name = ROOT / "data/mnist" / ("train" if part == "train" else "t10k")
    images = numpy.frombuffer(gzip.decompress(pathlib.Path(f"{name}-images-idx3-ubyte.gz").read_bytes()), "u1", offset=16)
    labels = numpy.frombuffer(gzip.decompress(pathlib.Path(f"{name}-labels-idx1-ubyte.gz").read_bytes()), "u1", offset=8)
    return TensorDataset(torch.tensor(images.reshape(-1, 784) / 255), torch.tensor(labels.astype("i8")))


def sections(text):
    """Title, Python block and rows of each section that has both."""
    for part in re.split(r"^## ", text, flags=re.M)[1:]:
        blocks = re.findall(r"^```python\n(.*?)^```$", part, flags=re.M | re.S)
        rows = [match.group(1) for line in part.splitlines() if (match := ROW.match(line))]
        if rows:
            yield part.splitlines()[0], "".join(blocks), rows


def keep_value(body):
    """The last statement, inside of a `with` too, assigned to `value`."""
    if isinstance(body[-1], ast.With):
        keep_value(body[-1].body)
    elif isinstance(body[-1], ast.Expr):
        body[-1] = ast.Assign([ast.Name("value", ast.Store())], body[-1].value)
    else:
        raise SystemExit(f"the last statement has no value: {ast.unparse(body[-1])}")


def run(line, names):
    tree = ast.parse(line)
    keep_value(tree.body)
    exec(compile(ast.fix_missing_locations(tree), line, "exec"), names)
    return names["value"]


def entry(value):
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, torch.Tensor):
        value = value.detach().numpy()
    array = numpy.asarray(value, dtype=numpy.float64)
    return {"shape": list(array.shape), "values": array.ravel().tolist()}


def write(found, name):
    """The lines of an oracle file."""
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
    (ROOT / "tests/oracles" / name).write_text(lines)
    titles = {row["section"] for row in found}
    print(f"{len(found) - len(titles)} values in {len(titles)} sections")


def main():
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(1)
    found = []
    text = (ROOT / "docs/pytorch.md").read_text()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for title, setup, rows in sections(text):
            names = {"torch": torch, "nn": nn, "F": F, "np": numpy, "fill": fill, "mnist": mnist, "DataLoader": DataLoader,
                     "Subset": Subset}
            exec(setup, names)
            found.append({"section": title, "setup": setup})
            for line in rows:
                try:
                    found.append({"section": title, "pytorch": line, **entry(run(line, names))})
                except Exception as error:
                    raise SystemExit(f"{title}: {line}: {error}") from error
        os.chdir(ROOT)
    write(found, "pytorch.jsonl")


if __name__ == "__main__":
    main()
