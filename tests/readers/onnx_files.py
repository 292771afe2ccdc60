"""Networks as ONNX: onnx.checker accepts them, and onnxruntime gives what we give.

Takes the programs `exchange`, which trains and writes its networks' outputs, and `export_onnx`, and folders with files of
weights that lessons have written.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from names import networks

TOLERANCE = 1e-5


def session(path):
    onnx.checker.check_model(onnx.load(path), full_check=True)
    return onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])


def run(path, x):
    return session(path).run(["output"], {"input": x})[0]


def difference(path, x, ours):
    worst = 0
    for part in (slice(None), slice(0, 3)):  # the batch is free
        theirs = run(path, x[part])
        assert theirs.dtype == np.float32 and theirs.shape == ours[part].shape, (path, theirs.shape, ours.shape)
        worst = max(worst, float(np.abs(theirs - ours[part]).max()))
    return worst


def held(export, weights):
    return subprocess.run([export, weights], check=True, capture_output=True, text=True).stdout.split()


def check_models(exchange, export, folder):
    """Every network of every model: by the program, and by the function that it calls."""
    bad = 0
    subprocess.run([exchange, "write", folder], check=True)
    for name, names in networks(folder).items():
        weights = f"{folder}/{name}.safetensors"
        assert sorted(held(export, weights)) == sorted(names), (name, names)
        for network in names:
            path = f"{folder}/{name}.{network}"
            x, y = np.load(f"{path}.in.npy"), np.load(f"{path}.out.npy")
            assert np.isfinite(y).all() and np.ptp(y) > 0, f"{path} is constant"
            subprocess.run([export, weights, network, f"{path}.by_program.onnx"], check=True)
            worst = max(difference(f"{path}.onnx", x, y), difference(f"{path}.by_program.onnx", x, y))
            wrong = not worst <= TOLERANCE
            bad += wrong
            print(f"{name} {network} in onnxruntime: differs by {worst:.1e} at most{' WRONG' if wrong else ''}")
    printed = subprocess.run([export, f"{folder}/deep.safetensors", "critic", "x"], capture_output=True, text=True)
    assert printed.returncode == 1 and "holds no network 'critic'; there are: decoder encoder" in printed.stderr, printed
    return bad


def check_lesson(export, weights, folder):
    """Each of its networks runs on a batch; returns how many there are."""
    path = f"{folder}/lesson.onnx"
    names = held(export, weights)
    for network in names:
        subprocess.run([export, weights, network, path], check=True)
        it = session(path)
        x = np.random.default_rng(1).random((5, it.get_inputs()[0].shape[1]), dtype=np.float32)
        y = it.run(["output"], {"input": x})[0]
        assert y.shape == (5, it.get_outputs()[0].shape[1]) and np.isfinite(y).all(), (weights, network, y.shape)
    return len(names)


def main(exchange, export, *lessons):
    with tempfile.TemporaryDirectory() as folder:
        bad = check_models(exchange, export, folder)
        for lesson in map(Path, lessons):
            count = check_lesson(export, str(lesson / "weights.safetensors"), folder)
            print(f"{lesson.name}: {count} networks")
    return bad != 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
