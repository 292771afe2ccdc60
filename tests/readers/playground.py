"""Weights leave the playground: the real safetensors reads them, and a decoder made of them does what the page does.

    playground.py WEIGHTS DECODED        DECODED: {"code": […], "image": […]}, what the page decoded
"""

import json
import sys

import numpy as np
from safetensors.numpy import load_file

TOLERANCE = 1e-5

weights = load_file(sys.argv[1])
decoded = json.load(open(sys.argv[2]))
expected = {"encoder.0": (128, 784), "encoder.2": (16, 128), "decoder.0": (128, 16), "decoder.2": (784, 128)}
for name, shape in expected.items():
    assert weights[name + ".weight"].shape == shape, (name, weights[name + ".weight"].shape)
assert len(weights) == 2 * len(expected), sorted(weights)
h = np.array(decoded["code"])
z = np.maximum(weights["decoder.0.weight"] @ h + weights["decoder.0.bias"], 0)
r = 1 / (1 + np.exp(-(weights["decoder.2.weight"] @ z + weights["decoder.2.bias"])))
worst = np.abs(r - np.array(decoded["image"])).max()
assert worst <= TOLERANCE, worst
print(f"weights: read by safetensors, decode differs by {worst:.1e} at most")
