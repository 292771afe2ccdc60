"""The trainings of claims/figures/variants.cpp in PyTorch, and the importance-weighted ones of likelihood.cpp: where the
bands of their rows come from.

    tools/python-env torch tools/python/variants.py [MODEL...]

Prints each figure for the seeds 1, 2 and 3 (a few minutes a seed, 12 for the importance-weighted ones), and its band:
from the least to the greatest, widened at both ends by as much as they are apart, and by 5% at least. Three seeds of
the vector-quantised model and of the Wasserstein GAN lay too close together by chance; they have nine, widened by 5%.
Every model is written anew from its definition; what they share with ours is the training digits, sizes, epochs and
rates.
"""

import gzip
import math
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/readers"))
from models import autoencoder, leaky, mlp  # noqa: E402

EPOCHS, BATCH = 5, 128


def digits(which):
    path = ROOT / f"data/mnist/{which}"
    pixels = np.frombuffer(gzip.open(f"{path}-images-idx3-ubyte.gz").read(), np.uint8, offset=16)
    labels = np.frombuffer(gzip.open(f"{path}-labels-idx1-ubyte.gz").read(), np.uint8, offset=8)
    return torch.tensor(pixels.reshape(-1, 784) / np.float32(255)), torch.tensor(labels.astype(np.int64))


TRAIN, TRAIN_LABELS = digits("train")
TEST, TEST_LABELS = digits("t10k")


def adam(*networks, lr=1e-3, **more):
    return torch.optim.Adam([p for network in networks for p in network.parameters()], lr=lr, **more)


def descend(optimizer, loss):
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def train(step, epochs=EPOCHS, batch=BATCH):
    for _ in range(epochs):
        for places in torch.randperm(len(TRAIN)).split(batch):
            step(TRAIN[places], TRAIN_LABELS[places])


def train_by(loss, model, epochs=EPOCHS):
    optimizer = adam(model)
    train(lambda x, y: descend(optimizer, loss(x, y)), epochs)


def error(r, x):
    """Squared error per image."""
    return (r - x).square().sum() / len(x)


def plain(m, x):
    return error(m.decoder(m.encoder(x)), x)


def kl_to_normal(mean, s):
    return 0.5 * (mean.square() + s.exp() - s - 1).sum() / len(mean)


def sparse_l1():
    m = autoencoder(784, 1024, code=nn.ReLU)

    def loss(x, _):
        h = m.encoder(x)
        return error(m.decoder(h), x) + 0.1 * h.abs().sum() / len(x)

    train_by(loss, m)
    with torch.no_grad():
        return plain(m, TEST), 100 * (m.encoder(TEST) > 0).float().mean()


def sparse_kl():
    m = autoencoder(784, 1024, code=nn.Sigmoid)

    def loss(x, _):
        h, rho = m.encoder(x), 0.05
        active = h.mean(0).clamp(1e-6, 1 - 1e-6)
        kl = rho * (rho / active).log() + (1 - rho) * ((1 - rho) / (1 - active)).log()
        return error(m.decoder(h), x) + 0.1 * kl.sum()

    train_by(loss, m)
    with torch.no_grad():
        return plain(m, TEST), 100 * m.encoder(TEST).mean()


def top_k():
    encoder, decoder = nn.Linear(784, 1024), nn.Linear(1024, 784)

    def run(x):
        z = encoder(x)
        values, places = z.topk(32, dim=1)
        return decoder(torch.zeros_like(z).scatter(1, places, values))

    train_by(lambda x, _: error(run(x), x), nn.ModuleList([encoder, decoder]))
    with torch.no_grad():
        return (error(run(TEST), TEST),)


def contractive():
    m = autoencoder(784, 64, code=nn.Sigmoid)

    def penalty(x):
        h, W = m.encoder(x), m.encoder[0].weight
        return ((h * (1 - h)).square() * W.square().sum(1)).sum() / len(x)

    train_by(lambda x, _: plain(m, x) + 0.1 * penalty(x), m)
    with torch.no_grad():
        return plain(m, TEST), penalty(TEST)


def convolutional():
    encoder = [nn.Unflatten(1, (1, 28, 28)), nn.Conv2d(1, 16, 3, 2, 1), nn.ReLU(), nn.Conv2d(16, 32, 3, 2, 1)]
    encoder += [nn.ReLU(), nn.Flatten(), nn.Linear(1568, 32)]
    decoder = [nn.Linear(32, 1568), nn.ReLU(), nn.Unflatten(1, (32, 7, 7)), nn.ConvTranspose2d(32, 16, 3, 2, 1, 1)]
    decoder += [nn.ReLU(), nn.ConvTranspose2d(16, 1, 3, 2, 1, 1), nn.Sigmoid(), nn.Flatten()]
    m = nn.Sequential(*encoder, *decoder)
    train_by(lambda x, _: error(m(x), x), m)
    with torch.no_grad():
        return (error(m(TEST), TEST),)


def vector_quantised():
    encoder, decoder = mlp(784, 256, 64), mlp(64, 256, 784, last=nn.Sigmoid)
    book = nn.Parameter(torch.randn(64, 8))
    used = torch.zeros(64)

    def chosen(z):
        return torch.cdist(z.reshape(-1, 8), book).argmin(1)

    def step(x, _):
        z = encoder(x)
        c = chosen(z.detach())
        used.index_add_(0, c, torch.ones(len(c)))
        h = book[c].reshape(len(x), 64)
        loss = error(decoder(z + (h - z).detach()), x) + error(h, z.detach()) + 0.25 * error(z, h.detach())
        descend(optimizer, loss)
        step.count += 1
        if step.count % 50 == 0 and step.count < 469 * (EPOCHS - 1):
            with torch.no_grad():
                parts = encoder(x).reshape(-1, 8)
                unused = used == 0
                book[unused] = parts[torch.randint(len(parts), (int(unused.sum()),))]
                used.zero_()

    step.count = 0
    optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters(), book], lr=1e-3)
    train(step)
    with torch.no_grad():
        return (error(decoder(book[chosen(encoder(TEST))].reshape(-1, 64)), TEST),)


def hashing():
    m = autoencoder(784, 512, 256, 64)

    def run(x, noise):
        a = m.encoder(x)
        p = torch.sigmoid(a + noise * torch.randn_like(a))
        return m.decoder(p + (p.round() - p).detach())

    train_by(lambda x, _: error(run(x, 1), x), m)
    with torch.no_grad():
        return (error(run(TEST, 0), TEST),)


def variational(hidden=(400,), code=20, beta=1.0, classes=0):
    """Negative ELBO; with classes, the label stands behind x and behind h."""
    encoder = mlp(784 + classes, *hidden, 2 * code)
    decoder = mlp(code + classes, *hidden[::-1], 784)

    def parts(x, y):
        told = F.one_hot(y, classes).float() if classes else torch.zeros(len(x), 0)
        mean, s = encoder(torch.cat([x, told], 1)).chunk(2, dim=1)
        h = mean + (s / 2).exp() * torch.randn_like(s)
        logits = decoder(torch.cat([h, told], 1))
        return F.binary_cross_entropy_with_logits(logits, x, reduction="sum") / len(x), kl_to_normal(mean, s)

    def loss(x, y):
        reconstruction, kl = parts(x, y)
        return reconstruction + beta * kl

    train_by(loss, nn.ModuleList([encoder, decoder]))
    with torch.no_grad():
        return parts(TEST, TEST_LABELS)


def beta_variational():
    return variational(beta=4.0)


def conditional():
    return (sum(variational(classes=10)),)


def importance_weighted():
    """-log p of 1,000 test digits by 5,000 samples, after training with 1, 5 and 50 draws (Burda et al. 2016)."""
    judged = torch.bernoulli(TEST[:1000])
    return [trained_with(draws, judged) for draws in (1, 5, 50)]


def trained_with(draws, judged):
    encoder, decoder = mlp(784, 200, 200, 100, inner=nn.Tanh), mlp(50, 200, 200, 784, inner=nn.Tanh)

    def log_p(x, k):
        mean, s = encoder(x).unsqueeze(1).chunk(2, dim=2)
        epsilon = torch.randn(len(x), k, 50)
        h = mean + (s / 2).exp() * epsilon
        given = -F.binary_cross_entropy_with_logits(decoder(h), x.unsqueeze(1).expand(-1, k, -1), reduction="none")
        log_w = given.sum(2) + 0.5 * (epsilon.square() + s - h.square()).sum(2)
        return (log_w.logsumexp(1) - math.log(k)).mean()

    optimizer = adam(encoder, decoder, eps=1e-4)
    train(lambda x, _: descend(optimizer, -log_p(torch.bernoulli(x), draws)), 8, 100)
    with torch.no_grad():
        return -sum(log_p(x, 5000).item() for x in judged.split(1)) / len(judged)


def parzen(samples):
    """Goodfellow et al. 2014: the width of ten is chosen on 1,000 validation digits."""

    def score(x, width):
        total = 0.0
        for some in x.split(1000):
            d = torch.cdist(some, samples).square()
            total += torch.logsumexp(-0.5 * d / width**2, 1).sum().item()
        return total / len(x) - math.log(len(samples)) - 784 * math.log(width * math.sqrt(2 * math.pi))

    validation = TRAIN[55000:56000]
    best = max(np.logspace(-1, 0, 10), key=lambda width: score(validation, float(width)))
    return score(TEST, float(best))


def adversarial_autoencoder():
    m = autoencoder(784, 512, 256, 8)
    judge = mlp(8, 256, 256, 1, inner=leaky)
    both = adam(m)
    of_encoder, of_judge = (adam(n, lr=2e-4, betas=(0.5, 0.999)) for n in (m.encoder, judge))

    def verdict(h, real):
        logits = judge(h)
        return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, real))

    def step(x, _):
        descend(of_judge, verdict(torch.randn(len(x), 8), 1.0) + verdict(m.encoder(x).detach(), 0.0))
        descend(of_encoder, verdict(m.encoder(x), 1.0))
        descend(both, plain(m, x))

    train(step)
    with torch.no_grad():
        return plain(m, TEST), parzen(m.decoder(torch.randn(10000, 8)))


def squared_mmd(a, b):
    def kernel(d):
        return sum(s * 2 * a.shape[1] / (s * 2 * a.shape[1] + d) for s in (0.1, 0.2, 0.5, 1, 2, 5, 10))

    def among(x):
        d = kernel((x[:, None] - x[None]).square().sum(2))
        return (d.sum() - d.diagonal().sum()) / (len(x) * (len(x) - 1))

    return among(a) + among(b) - 2 * kernel((a[:, None] - b[None]).square().sum(2)).mean()


def wasserstein_autoencoder():
    m = autoencoder(784, 512, 256, 8)

    def loss(x, _):
        h = m.encoder(x)
        return error(m.decoder(h), x) + 10 * squared_mmd(h, torch.randn_like(h))

    train_by(loss, m)
    with torch.no_grad():
        return plain(m, TEST), parzen(m.decoder(torch.randn(10000, 8)))


def regularised():
    m = autoencoder(784, 512, 256, 16)

    def loss(x, _):
        h = m.encoder(x)
        weights = sum(p.square().sum() for name, p in m.decoder.named_parameters() if name.endswith("weight"))
        return error(m.decoder(h), x) + 0.025 * h.square().sum() / len(x) + 1e-3 * weights

    train_by(loss, m)
    with torch.no_grad():
        return plain(m, TEST), m.encoder(TEST).square().sum() / len(TEST)


def wasserstein_gan():
    generator, critic = mlp(64, 256, 512, 784, last=nn.Sigmoid), mlp(784, 512, 256, 1, inner=leaky)
    of_generator, of_critic = (adam(n, lr=3e-4, betas=(0.0, 0.9)) for n in (generator, critic))

    def step(x, _):
        with torch.no_grad():
            fake = generator(torch.randn(len(x), 64))
        t = torch.rand(len(x), 1)
        between = (t * x + (1 - t) * fake).requires_grad_()
        slope = torch.autograd.grad(critic(between).sum(), between, create_graph=True)[0]
        penalty = (slope.norm(dim=1) - 1).square().mean()
        descend(of_critic, critic(fake).mean() - critic(x).mean() + 10 * penalty)
        step.count += 1
        if step.count % 5 == 0:
            descend(of_generator, -critic(generator(torch.randn(len(x), 64))).mean())

    step.count = 0
    train(step, 10)
    with torch.no_grad():
        return (parzen(generator(torch.randn(10000, 64))),)


MODELS = [sparse_l1, sparse_kl, top_k, contractive, convolutional, vector_quantised, hashing, beta_variational]
MODELS += [conditional, adversarial_autoencoder, wasserstein_autoencoder, regularised, wasserstein_gan]
MODELS += [importance_weighted]


def main():
    torch.set_flush_denormal(True)
    torch.set_num_threads(1)
    wanted = sys.argv[1:]
    for model in MODELS:
        if wanted and model.__name__ not in wanted:
            continue
        runs = []
        seeds = 9 if model in (vector_quantised, wasserstein_gan) else 3
        for seed in range(1, seeds + 1):
            torch.manual_seed(seed)
            runs.append([float(v) for v in model()])
            print(model.__name__, seed, *(f"{v:.4g}" for v in runs[-1]), flush=True)
        for values in zip(*runs, strict=True):
            wider = max((max(values) - min(values)) * (seeds == 3), 0.05 * abs(sum(values)) / seeds)
            print(f"    band {min(values) - wider:.4g} … {max(values) + wider:.4g}", flush=True)


main()
