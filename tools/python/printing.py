"""Makes tests/oracles/printed.txt: how NumPy prints arrays, in single and in double precision.
`tools/python-env oracles tools/python/printing.py`

Each entry: build, shape, "of", the numbers (or "count BY": 0, BY, 2 BY, …); the lines that NumPy prints; a line "--".
"""

import math
import pathlib

import numpy

NAN, INF = math.nan, math.inf
CASES = [
    ((3,), [1, 2, 3]), ((3,), [0.1, 0.25, -1]), ((2, 3), [1, 2.5, 3, 4, 5, -6.125]), ((3,), [1e-5, 1, 2]), ((1,), [0]),
    ((4,), [NAN, 1, INF, -INF]), ((2,), [NAN, -INF]), ((2,), [NAN, 0.5]), ((3,), [1e10, 1, 0]), ((2, 2, 2), list(range(1, 9))),
    ((3,), [1 / 3, 1e-3, 100]), ((2,), [123456.7, 200]), ((3,), [1.5e-5, 1, -2e20]), ((2,), [1e-30, NAN]), ((30,), [i / 7 for i in range(30)]),
    ((2, 15), [i / 7 for i in range(30)]), ((), [3]), ((), [0.1]), ((), [-2.5]), ((), [NAN]),
]
COUNTS = [((1000,), 1), ((1001,), 1), ((40, 50), 0.125), ((4, 5, 10, 10), 1), ((7, 200), 0.5)]


def main():
    lines = []
    for build, kind in (("f32", numpy.float32), ("f64", numpy.float64)):
        for shape, numbers in CASES:
            x = numpy.array(numbers, dtype=kind).reshape(shape)
            lines += ["%s %s of %s" % (build, list(shape), " ".join(repr(float(v)) for v in x.ravel())), str(x), "--"]
        for shape, by in COUNTS:
            x = (numpy.arange(math.prod(shape)) * by).astype(kind).reshape(shape)
            lines += ["%s %s count %r" % (build, list(shape), by), str(x), "--"]
    (pathlib.Path(__file__).parents[2] / "tests/oracles/printed.txt").write_text("\n".join(lines) + "\n")


main()
