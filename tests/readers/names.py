"""What `exchange` must have written of every model: no check may leave one out."""

from pathlib import Path

# Those files of models/ that hold no network: what others share, the detection of dead units, and a mixture of Gaussians,
# which draws codes and states in its header why it is not exported.
WITHOUT = {"autoencoder", "gaussian_autoencoder", "revival", "gaussian_mixture"}
LAYERS = {"layers_of_images", "layers_of_rows"}


def networks(folder):
    """{model: [network…]} of what was written; fails unless every model of models/ is there."""
    root = Path(__file__).resolve().parents[2] / "models"
    expected = {header.stem for header in root.glob("*.h")} - WITHOUT | LAYERS
    found = {}
    for path in sorted(Path(folder).glob("*.in.npy")):
        model, network, *_ = path.name.split(".")
        found.setdefault(model, []).append(network)
    assert found.keys() == expected, f"not in both: {found.keys() ^ expected}"
    for model, names in found.items():
        assert {"encoder", "decoder"} <= set(names) or "generator" in names, (model, names)
    return found
