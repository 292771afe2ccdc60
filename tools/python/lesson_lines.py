"""Makes tests/oracles/lesson_lines.jsonl: what PyTorch computes in the section "PyTorch's line" of each lesson's text.
`tools/python-env oracles tools/python/lesson_lines.py`

A lesson has below the code that runs before its block, and the expressions whose values are kept afterwards. Random numbers
of the block are among these, so that the test (tests/f64/lessons/lines_test.cpp) computes with the same ones.
"""

import math
import multiprocessing
import os
import re

import torch
import torch.nn.functional as F
from pytorch_table import ROOT, entry, fill, numbers, write
from torch import nn

SECTION = re.compile(r"^## PyTorch's line\n(.*?)(?=^## )", re.M | re.S)
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)

AUTOENCODER = """
x = torch.sigmoid(numbers(5, 6))
encoder = fill(nn.Sequential(nn.Linear(6, 4), nn.ReLU(), nn.Linear(4, 2)))
decoder = fill(nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 6), nn.Sigmoid()))
model = nn.Sequential(encoder, decoder)
"""
ONE_LAYER = """
x = torch.sigmoid(numbers(5, 6))
encoder = fill(nn.Sequential(nn.Linear(6, 3), nn.Sigmoid()))
decoder = fill(nn.Sequential(nn.Linear(3, 6), nn.Sigmoid()))
lam = 0.3
"""
GAUSSIAN = """
x = torch.sigmoid(numbers(5, 6))
encoder = fill(nn.Sequential(nn.Linear(6, 4), nn.ReLU(), nn.Linear(4, 4)))
decoder = fill(nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 6)))
"""
CODES = "h = torch.sin(7 * numbers(8, 3)); g = torch.sin(7 * numbers(6, 3, i=2))\n"

LESSONS = {
    "00_tensors_and_gradients": (
        "rate = 0.25; x = torch.sigmoid(numbers(5, 6)); c = numbers(6, i=1).requires_grad_()",
        ["loss", "c.grad", "c"],
    ),
    "01_encoder_decoder": (AUTOENCODER, ["h", "r", "loss", "encoder[0].weight.grad", "encoder[0].weight", "decoder[2].bias"]),
    "02_latent_space": (
        CODES + "q = g; labels = torch.tensor([0, 1, 0, 1, 1, 0, 1, 0]); q_labels = torch.tensor([0, 1, 1, 0, 1, 0])\n"
        "probe = fill(nn.Linear(3, 2))",
        ["five", "accuracy", "loss", "probe.weight.grad"],
    ),
    "03_what_it_compresses": (AUTOENCODER, ["share_lost"]),
    "04_undercomplete": (CODES + "y = numbers(8, i=1).square(); y_test = numbers(6, i=5)", ["predicted", "r_squared"]),
    "05_pca": ("k = 2; x = torch.sin(7 * numbers(8, 4))", ["variances", "r"]),
    "06_overcomplete": (
        AUTOENCODER + "plain = model" + ONE_LAYER.replace("nn.Sigmoid()", "nn.ReLU()", 1)
        + "adam = torch.optim.Adam([*plain.parameters(), *encoder.parameters(), *decoder.parameters()])",
        ["plain_loss", "sparse_loss", "plain[0][0].weight", "encoder[0].weight"],
    ),
    "07_sparse": (ONE_LAYER.replace(", nn.Sigmoid()", "", 1), ["kl", "loss", "encoder[0].weight.grad"]),
    "08_denoising": (AUTOENCODER, ["noise", "noisy", "loss", "encoder[0].weight.grad"]),
    "09_variational": (GAUSSIAN, ["noise", "bce", "kl", "loss", "encoder[0].weight.grad"]),
    "10_adversarial": (
        "x = torch.sigmoid(numbers(5, 6)); z = numbers(5, 3, i=1)\n"
        "generator = fill(nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 6), nn.Sigmoid()))\n"
        "discriminator = fill(nn.Sequential(nn.Linear(6, 4), nn.LeakyReLU(0.2), nn.Linear(4, 1)))",
        ["d_loss", "g_loss", "generator[0].weight.grad", "discriminator[0].weight.grad"],
    ),
    "11_dimensionality_reduction": (
        "K = 5; x = torch.sin(7 * numbers(30, 3)); r = 0.9 * x; m = numbers(3)",
        ["dimension", "explained"],
    ),
    "12_denoising_and_compression": (AUTOENCODER + "step = 0.25; h = encoder(x)", ["s", "r", "psnr"]),
    "13_retrieval": (
        AUTOENCODER + "encoder[2].bias.data += 3; q = torch.tensor([[0., 1.], [1., 1.], [0., 0.]])",
        ["noise", "h", "loss", "encoder[0].weight.grad", "distance"],
    ),
    "14_limitations": (AUTOENCODER + "y = torch.sigmoid(numbers(4, 6, i=2))", ["error", "strange", "area"]),
    "15_contractive": (ONE_LAYER, ["penalty", "loss", "encoder[0].weight.grad"]),
    "16_convolutional": (
        "image = torch.sigmoid(numbers(2, 1, 6, 6)); weight = numbers(2, 1, 3, 3).requires_grad_(); bias = numbers(2, i=1)\n"
        "up_weight = numbers(2, 1, 3, 3, i=2).requires_grad_(); up_bias = numbers(1, i=3)",
        ["h", "r", "loss", "weight.grad", "up_weight.grad"],
    ),
    "17_vector_quantised": (
        AUTOENCODER.replace("nn.Linear(4, 2)", "nn.Linear(4, 4)").replace("nn.Linear(2, 4)", "nn.Linear(4, 4)")
        + "width = 2; codebook = numbers(3, 2, i=1).requires_grad_()",
        ["k", "loss", "codebook.grad", "encoder[0].weight.grad"],
    ),
    "18_importance_weighted": (
        GAUSSIAN + "K = 3; mu, logvar = encoder(x).chunk(2, dim=1); prior = torch.distributions.Normal(0., 1.)",
        ["z", "log_w", "loss", "encoder[0].weight.grad"],
    ),
    "19_from_loops_to_blas": (
        "a = numbers(5, 7).requires_grad_(); b = numbers(7, 4, i=1).requires_grad_(); g = numbers(5, 4, i=2)",
        ["y", "a.grad", "b.grad"],
    ),
    "20_many_machines": (
        AUTOENCODER.replace("numbers(5, 6)", "numbers(6, 6)") + "network = model",
        ["loss", "encoder[0].weight.grad", "decoder[2].bias.grad"],
    ),
}
RANKS = {"20_many_machines": 2}


def values(lesson, block, rank):
    """The entries of a lesson, by this rank of a team."""
    os.environ.update(RANK=str(rank), WORLD_SIZE=str(RANKS.get(lesson, 1)), MASTER_ADDR="127.0.0.1", MASTER_PORT="29517")
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(1)
    before, kept = LESSONS[lesson]
    names = {"torch": torch, "nn": nn, "F": F, "math": math, "fill": fill, "numbers": numbers}
    for code in before, block:
        exec(compile(code, lesson, "exec"), names)
    found = [{"section": lesson, "pytorch": line, **entry(eval(line, names))} for line in kept]
    if torch.distributed.is_initialized():
        torch.distributed.destroy_process_group()
    return found


def main():
    found = []
    for text in sorted(ROOT.glob("lessons/[0-9][0-9]_*/README.md")):
        section = SECTION.search(text.read_text())
        if not section:
            continue
        lesson, block = text.parent.name, BLOCK.search(section.group(1)).group(1)
        ranks = RANKS.get(lesson, 1)
        with multiprocessing.get_context("spawn").Pool(ranks) as pool:
            of_ranks = pool.starmap(values, [(lesson, block, rank) for rank in range(ranks)], chunksize=1)
        found += [{"section": lesson, "setup": block}, *of_ranks[0]]
    write(found, "lesson_lines.jsonl")


if __name__ == "__main__":
    main()
