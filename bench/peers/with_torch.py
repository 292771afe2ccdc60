"""PyTorch, as its users would run it: with_torch.py eager|compile WORKLOAD THREADS FILE STEPS SECONDS DATA"""
import sys

import contender
from contender import WORKLOAD
import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(contender.THREADS)
torch.set_flush_denormal(True)
compiled = sys.argv[1] == "compile"


def fast(function):
    return torch.compile(function) if compiled else function


inputs = {name: torch.from_numpy(array.copy()) for name, array in contender.read_inputs().items()}


def load(module, prefix=""):
    """Starts from the file's weights."""
    module.load_state_dict({k.removeprefix(prefix): v for k, v in inputs.items()
                            if k.startswith(prefix) and k not in ("images", "noise")})
    return module


def adam(module):
    return torch.optim.Adam(module.parameters(), fused=True)


def mlp(sizes, inner, last=None):
    layers = []
    for i in range(len(sizes) - 1):
        layers.append(nn.Linear(sizes[i], sizes[i + 1]))
        if i < len(sizes) - 2:
            layers.append(inner())
        elif last:
            layers.append(last())
    return nn.Sequential(*layers)


class Autoencoder(nn.Module):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder

    def forward(self, x):
        return self.decoder(self.encoder(x))


def deep(sizes):
    return Autoencoder(mlp(sizes, nn.ReLU), mlp(sizes[::-1], nn.ReLU, nn.Sigmoid))


def training(model, loss):
    """A step that minimises loss()."""
    loss, optimizer = fast(loss), adam(model)

    def step():
        optimizer.zero_grad()
        value = loss()
        value.backward()
        optimizer.step()
        return value

    return step


def per_image(logits, x):
    """Cross-entropy in nats, summed over an image, averaged over images."""
    return F.binary_cross_entropy_with_logits(logits, x, reduction="sum") / x.shape[0]


def autoencoder(model, x):
    load(model)
    return training(model, lambda: F.mse_loss(model(x), x))


def variational(x, noise):
    model = load(Autoencoder(mlp([784, 400, 40], nn.ReLU), mlp([20, 400, 784], nn.ReLU)))

    def loss():
        mean, log_variance = model.encoder(x).chunk(2, 1)
        h = mean + torch.exp(0.5 * log_variance) * noise
        kl = 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum() / x.shape[0]
        return per_image(model.decoder(h), x) + kl

    return training(model, loss)


def convolutional(x):
    encoder = nn.Sequential(nn.Conv2d(1, 16, 3, 2, 1), nn.ReLU(), nn.Conv2d(16, 32, 3, 2, 1), nn.ReLU(), nn.Flatten(),
                            nn.Linear(1568, 32))
    decoder = nn.Sequential(nn.Linear(32, 1568), nn.ReLU(), nn.Unflatten(1, (32, 7, 7)),
                            nn.ConvTranspose2d(32, 16, 3, 2, 1, 1), nn.ReLU(),
                            nn.ConvTranspose2d(16, 1, 3, 2, 1, 1), nn.Sigmoid())
    return autoencoder(Autoencoder(encoder, decoder), x.reshape(-1, 1, 28, 28))


def adversarial(x, z):
    g = load(mlp([64, 256, 784], nn.ReLU, nn.Sigmoid), "generator.")
    d = load(mlp([784, 256, 1], lambda: nn.LeakyReLU(0.2)), "discriminator.")
    adam_g, adam_d = adam(g), adam(d)
    ones, zeros = torch.ones(x.shape[0], 1), torch.zeros(x.shape[0], 1)
    bce, generate = F.binary_cross_entropy_with_logits, fast(lambda: g(z))
    loss_d = fast(lambda fake: bce(d(x), ones) + bce(d(fake), zeros))
    loss_g = fast(lambda fake: bce(d(fake), ones))
    of_g = list(g.parameters())

    def step():
        fake = generate()
        adam_d.zero_grad()
        value = loss_d(fake.detach())
        value.backward()
        adam_d.step()
        adam_g.zero_grad()
        loss_g(fake).backward(inputs=of_g)
        adam_g.step()
        return value

    return step


def contractive(x, v):
    if compiled:
        contender.cannot("torch.compile does not differentiate twice")
    model = load(Autoencoder(mlp([784, 256, 64], nn.Sigmoid, nn.Sigmoid), mlp([64, 784], nn.Sigmoid)))
    parameters, optimizer = list(model.parameters()), adam(model)
    seen = x.clone().requires_grad_()

    def step():
        optimizer.zero_grad()
        h = model.encoder(seen)
        gradient, = torch.autograd.grad(h, seen, v, create_graph=True)
        loss = per_image(model.decoder(h), x) + 0.1 * slope.square().sum() / x.shape[0]
        loss.backward(inputs=parameters)
        optimizer.step()
        return loss

    return step


def encoding(x):
    model = load(deep([784, 1000, 500, 250, 30]))
    encode, batches = fast(model.encoder), x.split(512)

    def step():
        with torch.inference_mode():
            for batch in batches:
                h = encode(batch)
        return h

    return step


def reading():
    if compiled:
        contender.cannot("there is nothing to compile")

    def step():
        images, labels = (torch.from_numpy(array.copy()) for array in contender.training_set())
        return torch.tensor(float(len(images)))

    return step


x, noise = inputs.get("images"), inputs.get("noise")
if WORKLOAD in ("b128", "b512"):
    held = contender.training_set()
step = {"a": lambda: autoencoder(deep([784, 128, 32]), x),
        "b128": lambda: autoencoder(deep([784, 1000, 500, 250, 30]), x),
        "b512": lambda: autoencoder(deep([784, 1000, 500, 250, 30]), x),
        "c": lambda: variational(x, noise),
        "d": lambda: convolutional(x),
        "e": lambda: adversarial(x, noise),
        "f": lambda: contractive(x, noise),
        "g": lambda: encoding(x),
        "h": lambda: autoencoder(deep([784, 128, 32]), x),
        "i": reading}[WORKLOAD]()
contender.take_part(step, lambda result: result, lambda result: result.double().mean().item())
