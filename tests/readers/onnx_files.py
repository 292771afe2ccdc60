"""Networks as ONNX: onnx.checker takes them, and onnxruntime gives what we give.

Takes the programs `exchange`, which trains and tells what its networks give, and `export_onnx`.
"""

import subprocess
import sys
import tempfile

import numpy as np
import onnx
import onnxruntime

TOLERANCE = 1e-5


def run(path, x):
    onnx.checker.check_model(onnx.load(path), full_check=True)
    return onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"]).run(["output"], {"input": x})[0]


def main(exchange, export):
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([exchange, "write", folder], check=True)
        for name in ("convolutional", "dense"):
            weights = f"{folder}/{name}.safetensors"
            x, code, out = (np.load(f"{folder}/{name}_{which}.npy") for which in ("in", "code", "out"))
            for network, given, ours in (("encoder", x, code), ("decoder", code, out)):
                path = f"{folder}/{network}.onnx"
                subprocess.run([export, weights, network, path], check=True)
                for part in (slice(None), slice(0, 3)):  # the batch is free
                    theirs = run(path, given[part])
                    assert theirs.shape == ours[part].shape, (theirs.shape, ours.shape)
                    distance = float(np.abs(theirs - ours[part]).max())
                    bad += not distance <= TOLERANCE
                print(f"{name} {network} in onnxruntime: differs by {distance:.1e} at most, {TOLERANCE:.0e} are allowed")
        said = subprocess.run([export, weights, "critic", "x"], capture_output=True, text=True)
        assert said.returncode == 1 and "holds no network 'critic'; there are: decoder encoder" in said.stderr, said
    return bad != 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
