"""Weights are exchanged: ours into PyTorch by its strict load_state_dict, PyTorch's into ours; every network gives the same.

The files are read and written by the real safetensors and NumPy. Takes the program `exchange`.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import models
import numpy as np
import torch
from names import networks
from safetensors import safe_open
from safetensors.torch import load_file, save_file

TOLERANCE = 1e-5


def difference(ours, theirs, what):
    assert ours.dtype == np.float32 and ours.shape == theirs.shape, (what, ours.dtype, ours.shape, theirs.shape)
    assert np.isfinite(ours).all() and np.ptp(ours) > 0, what
    return float(np.abs(ours - theirs).max())


def ours_in_pytorch(folder, name, names):
    """By how much the model in PyTorch differs with our weights, and the model."""
    model = models.find(name)
    path = f"{folder}/{name}.safetensors"
    with safe_open(path, "np") as file:
        assert set(file.keys()) == set(model.state_dict()), (name, file.keys())
    model.load_state_dict(load_file(path), strict=True)
    model.eval()
    worst = 0
    for network in names:
        x, y = (np.load(f"{folder}/{name}.{network}.{what}.npy") for what in ("in", "out"))
        theirs = model.run(network, torch.from_numpy(x)).numpy()
        worst = max(worst, difference(y, theirs, f"{name} {network}"))
    if name == "layers_of_images":
        assert model.encoder[2].num_batches_tracked == 20, model.encoder[2].num_batches_tracked
    return worst, model


def make_theirs(folder, name, names, trained):
    """Other weights, made by PyTorch; returns what its networks give with them."""
    model = models.find(name)
    if name == "vector_quantized":
        torch.nn.init.normal_(model.codebook)
    if name == "layers_of_images":
        for _ in range(3):  # in training: running means move
            model.run("decoder", model.run("encoder", torch.rand(16, 1, 12, 12)))
    if name == "made":  # no weight where the mask has none
        for ours, weight in zip(trained.parameters(), model.parameters()):
            weight *= ours != 0
    save_file(model.state_dict(), f"{folder}/{name}.theirs.safetensors", metadata={"format": "pt"})
    model.eval()
    return {network: model.run(network, torch.from_numpy(np.load(f"{folder}/{name}.{network}.in.npy"))).numpy()
            for network in names}


def main(program):
    torch.manual_seed(1)
    bad = 0
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        subprocess.run([program, "write", folder], check=True)
        found = networks(folder)
        there, theirs = {}, {}
        for name, names in found.items():
            there[name], trained = ours_in_pytorch(folder, name, names)
            theirs[name] = make_theirs(folder, name, names, trained)
        subprocess.run([program, "read", folder], check=True)
        for name, names in found.items():
            back = max(difference(np.load(Path(folder) / f"{name}.{network}.theirs.npy"), theirs[name][network], name)
                       for network in names)
            wrong = not max(there[name], back) <= TOLERANCE
            bad += wrong
            print(f"{name}: {', '.join(names)}: our weights in PyTorch differ by {there[name]:.1e} at most, "
                  f"its weights in ours by {back:.1e}{' WRONG' if wrong else ''}")
    print(f"{len(found)} models, {bad} beyond {TOLERANCE:.0e}")
    return bad != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
