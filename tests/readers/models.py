"""The models of models/ in PyTorch, as small as exchange.cpp beside it makes them, written by hand from their definitions."""

from itertools import pairwise

import torch
from torch import nn

INPUT, CODE = 50, 6


class Model(nn.Module):
    """Networks under the names that they have in our files; `gives` describes what a model does besides running one."""

    def __init__(self, gives=None, codebook=None, **networks):
        super().__init__()
        for name, network in networks.items():
            setattr(self, name, network)
        if codebook:
            self.codebook = nn.Parameter(torch.empty(codebook))
        self.gives = gives or {}

    def run(self, name, x):
        return self.gives[name](self, x) if name in self.gives else getattr(self, name)(x)


def leaky():
    return nn.LeakyReLU(0.2)


def mlp(*sizes, inner=nn.ReLU, last=None):
    layers = []
    for i, (a, b) in enumerate(pairwise(sizes)):
        layers.append(nn.Linear(a, b))
        activation = inner if i + 2 < len(sizes) else last
        if activation:
            layers.append(activation())
    return nn.Sequential(*layers)


def autoencoder(*sizes, inner=nn.ReLU, code=None, last=nn.Sigmoid, **more):
    """The decoder mirrors the encoder."""
    return Model(encoder=mlp(*sizes, inner=inner, last=code), decoder=mlp(*sizes[::-1], inner=inner, last=last), **more)


def adversarial():
    critic = nn.Sequential(
        nn.Linear(INPUT, 20), leaky(), nn.Dropout(0.3), nn.Linear(20, 20), leaky(), nn.Dropout(0.3), nn.Linear(20, 1)
    )
    return Model(generator=mlp(CODE, 20, INPUT, last=nn.Sigmoid), discriminator=critic)


def adversarial_autoencoder():
    return autoencoder(INPUT, 20, CODE, discriminator=mlp(CODE, 20, 20, 1, inner=leaky))


# The encoder outputs mean and log variance side by side, the decoder logits; expected are the mean and the image.
POSTERIOR = {
    "encoder": lambda m, x: m.encoder(x).chunk(2, dim=1)[0],
    "decoder": lambda m, h: torch.sigmoid(m.decoder(h)),
}


def conditional():
    return Model(POSTERIOR, encoder=mlp(INPUT + 4, 20, 2 * CODE), decoder=mlp(CODE + 4, 20, INPUT))


def contractive():
    return autoencoder(INPUT, CODE, code=nn.Sigmoid)


def convolutional():
    encoder = [nn.Unflatten(1, (1, 10, 10)), nn.Conv2d(1, 4, 3, 2, 1), nn.ReLU(), nn.Conv2d(4, 8, 3, 2, 1), nn.ReLU()]
    encoder += [nn.Flatten(), nn.Linear(72, CODE)]
    decoder = [nn.Linear(CODE, 72), nn.ReLU(), nn.Unflatten(1, (8, 3, 3)), nn.ConvTranspose2d(8, 4, 3, 2, 1, 0)]
    decoder += [nn.ReLU(), nn.ConvTranspose2d(4, 1, 3, 2, 1, 1), nn.Sigmoid(), nn.Flatten()]
    return Model(encoder=nn.Sequential(*encoder), decoder=nn.Sequential(*decoder))


def deep():
    return autoencoder(INPUT, 30, 20, CODE)


def denoising():
    return autoencoder(INPUT, 20, CODE)


def hashing():
    return autoencoder(INPUT, 20, CODE, gives={"encoder": lambda m, x: torch.sigmoid(m.encoder(x)).round()})


def importance_weighted():
    encoder = mlp(INPUT, 20, 20, 2 * CODE, inner=nn.Tanh)
    return Model(POSTERIOR, encoder=encoder, decoder=mlp(CODE, 20, 20, INPUT, inner=nn.Tanh))


def linear_autoencoder():
    return autoencoder(INPUT, CODE, last=None)


def made():
    """Its masks are in the weights: what a mask takes away is 0."""
    decoder = {"decoder": lambda m, h: torch.sigmoid(m.decoder(h))}
    return Model(decoder, encoder=mlp(INPUT, 30, 20, last=nn.ReLU), decoder=mlp(20, INPUT))


def overcomplete():
    return autoencoder(INPUT, 60, code=nn.ReLU, last=None)


def regularized():
    return autoencoder(INPUT, 20, CODE)


def sparse():
    return autoencoder(INPUT, 60, code=nn.ReLU)


def stacked():
    model = autoencoder(INPUT, 20, CODE, inner=nn.Sigmoid, code=nn.Sigmoid, classifier=nn.Linear(CODE, 4))
    model.gives["classifier"] = lambda m, x: m.classifier(m.encoder(x))
    return model


def top_k():
    def encode(m, x):
        z = m.encoder(x)
        values, places = z.topk(5, dim=1)
        return torch.zeros_like(z).scatter(1, places, values)

    return Model({"encoder": encode}, encoder=nn.Linear(INPUT, 60), decoder=nn.Linear(60, INPUT))


def undercomplete():
    return autoencoder(INPUT, 20, CODE)


def variational():
    return Model(POSTERIOR, encoder=mlp(INPUT, 20, 2 * CODE), decoder=mlp(CODE, 20, INPUT))


def vector_quantized():
    def encode(m, x):
        parts = m.encoder(x).reshape(-1, 1, 2)
        nearest = (parts - m.codebook).square().sum(2).argmin(1)
        return m.codebook[nearest].reshape(len(x), -1)

    return autoencoder(INPUT, 20, 6, codebook=(8, 2), gives={"encoder": encode})


def wasserstein_autoencoder():
    return autoencoder(INPUT, 20, CODE)


def wasserstein_gan():
    return Model(generator=mlp(CODE, 20, 20, INPUT, last=nn.Sigmoid), critic=mlp(INPUT, 20, 1, inner=leaky))


def winner_take_all():
    encoder = {"encoder": lambda m, x: m.encoder(x).relu()}
    return Model(encoder, encoder=nn.Linear(INPUT, 60), decoder=nn.Linear(60, INPUT))


def layers_of_images():
    encoder = [nn.Conv2d(1, 4, 3, 2, 1), nn.ReLU(), nn.BatchNorm2d(4), nn.Conv2d(4, 8, 3, 2, 1)]
    decoder = [nn.ConvTranspose2d(8, 4, 3, 2, 1, 1), nn.ReLU(), nn.BatchNorm2d(4)]
    decoder += [nn.ConvTranspose2d(4, 1, 3, 2, 1, 1), nn.Sigmoid()]
    return Model(encoder=nn.Sequential(*encoder), decoder=nn.Sequential(*decoder))


def layers_of_rows():
    encoder = [nn.Linear(INPUT, 20), nn.Tanh(), nn.LayerNorm(20), nn.Linear(20, 20), leaky(), nn.Linear(20, 20)]
    encoder += [nn.GELU(), nn.Linear(20, 20), nn.SiLU(), nn.Linear(20, CODE)]
    return Model(encoder=nn.Sequential(*encoder), decoder=mlp(CODE, 20, INPUT, last=nn.Sigmoid))


def find(name):
    return globals()[name]()
