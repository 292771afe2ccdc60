"""Weights travel: ours into PyTorch by its strict load_state_dict, PyTorch's into ours; the reconstructions agree.

The files are read and written by the real safetensors and NumPy. Takes the program `exchange`.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import nn

TOLERANCE = 1e-5


class Autoencoder(nn.Module):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = nn.Sequential(*encoder), nn.Sequential(*decoder)

    def forward(self, x):
        return self.decoder(self.encoder(x))


def convolutional():
    return Autoencoder(
        [nn.Conv2d(1, 4, 3, 2, 1), nn.ReLU(), nn.BatchNorm2d(4), nn.Conv2d(4, 8, 3, 2, 1)],
        [
            nn.ConvTranspose2d(8, 4, 3, 2, 1, 1),
            nn.ReLU(),
            nn.BatchNorm2d(4),
            nn.ConvTranspose2d(4, 1, 3, 2, 1, 1),
            nn.Sigmoid(),
        ],
    )


def dense():
    return Autoencoder(
        [
            nn.Linear(50, 20),
            nn.Tanh(),
            nn.LayerNorm(20),
            nn.Linear(20, 20),
            nn.LeakyReLU(0.2),
            nn.Linear(20, 20),
            nn.GELU(),
            nn.Linear(20, 20),
            nn.SiLU(),
            nn.Linear(20, 5),
        ],
        [nn.Linear(5, 20), nn.ReLU(), nn.Linear(20, 50), nn.Sigmoid()],
    )


def far(ours, theirs, what):
    """Whether they differ by more than the tolerance; says by how much."""
    assert ours.dtype == np.float32 and ours.shape == theirs.shape, (ours.dtype, ours.shape, theirs.shape)
    distance = float(np.abs(ours - theirs).max())
    print(f"{what}: differ by {distance:.1e} at most, {TOLERANCE:.0e} are allowed")
    return not distance <= TOLERANCE


def main(program):
    torch.manual_seed(1)
    bad = 0
    with tempfile.TemporaryDirectory() as name, torch.no_grad():
        folder = Path(name)
        subprocess.run([program, "write", name], check=True)
        inputs = {}
        for make in (convolutional, dense):
            model = make()
            path = folder / make.__name__
            with safe_open(f"{path}.safetensors", "np") as file:
                assert set(file.keys()) == set(model.state_dict()), file.keys()
            model.load_state_dict(load_file(f"{path}.safetensors"), strict=True)
            x = np.load(f"{path}_in.npy")
            theirs = model.eval()(torch.from_numpy(x)).numpy()
            bad += far(np.load(f"{path}_out.npy"), theirs, f"{make.__name__}, our weights in PyTorch")
            if make is convolutional:
                assert model.encoder[2].num_batches_tracked == 20, model.encoder[2].num_batches_tracked

            model = make()
            for _ in range(3):
                model(torch.rand(x.shape))  # in training: running means move
            save_file(model.state_dict(), f"{path}_theirs.safetensors", metadata={"format": "pt"})
            x = np.random.default_rng(1).random(x.shape, dtype=np.float32)
            np.save(f"{path}_in.npy", x)
            inputs[make.__name__] = model.eval()(torch.from_numpy(x)).numpy()
        subprocess.run([program, "read", name], check=True)
        for which, theirs in inputs.items():
            ours = np.load(folder / f"{which}_ours_of_theirs.npy")
            bad += far(ours, theirs, f"{which}, PyTorch's weights in ours")
    return bad != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
