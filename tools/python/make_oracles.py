"""Makes every file under tests/oracles again: `tools/python-env oracles tools/python/make_oracles.py`."""

import edges
import layers_and_optimizers
import op_samples
import random_graphs

if __name__ == "__main__":
    op_samples.make()
    random_graphs.make()
    layers_and_optimizers.optimizers()
    layers_and_optimizers.modules()
    edges.make()
