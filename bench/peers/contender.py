"""What every peer does as our own contender does (bench/contender.h): start from the workload's file, print what was
computed, then time itself at each command. The last arguments are WORKLOAD THREADS FILE STEPS SECONDS DATA."""
import gzip
import json
import math
import sys
import time

import numpy as np

WORKLOAD, THREADS, FILE, STEPS, SECONDS, DATA = sys.argv[-6:]
THREADS, STEPS, SECONDS = int(THREADS), int(STEPS), float(SECONDS)


def read_inputs():
    """The workload's file: weights under their names, "images", "noise"."""
    with open(FILE, "rb") as file:
        size = int.from_bytes(file.read(8), "little")
        header, numbers = json.loads(file.read(size)), file.read()
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            first, last = entry["data_offsets"]
            tensors[name] = np.frombuffer(numbers[first:last], np.float32).reshape(entry["shape"])
    return tensors


def training_set():
    """60,000 images and labels as bytes."""
    def idx(kind, header):
        with gzip.open(f"{DATA}/mnist/train-{kind}-ubyte.gz") as file:
            return np.frombuffer(file.read(), np.uint8, offset=header)

    return idx("images-idx3", 16).reshape(-1, 28, 28), idx("labels-idx1", 8)


def cannot(reason):
    print("no", reason, flush=True)
    sys.exit(0)


def peak_megabytes():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) / 1024


def take_part(step, wait, number):
    """`step()` does what is timed once, `wait(result)` returns when it is done, `number(result)` is compared with the other peers'."""
    for _ in range(STEPS):
        result = step()
    print(f"ready {number(result):.9g} {peak_megabytes():.1f}", flush=True)

    def microseconds(calls):
        begin = time.perf_counter()
        for _ in range(calls):
            result = step()
        wait(result)
        return (time.perf_counter() - begin) * 1e6 / calls

    calls = 0
    for _ in sys.stdin:
        if not calls:
            microseconds(3)
            calls = max(1, math.ceil(SECONDS * 1e6 / microseconds(3)))
        print(f"{microseconds(calls):.3f}", flush=True)
