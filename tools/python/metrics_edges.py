"""Makes tests/oracles/metrics_edges.json.gz: what NumPy, SciPy and scikit-learn compute in double (NumPy's sums in 80 bits)
for the metrics of metrics/, on inputs at the ends of the numbers. Run by

    tools/python-env metrics tools/python/metrics_edges.py

The file holds the inputs of each kind and one row for each entry and kind: "error" where the numbers must be refused, else
groups of values. A group has a unit in which differences are measured ("each": the value itself), and may have a tolerance of
its own. Numbers that JSON lacks are texts: "nan", "inf", "-inf". A group that is null is not compared.
"""

import gzip
import json
import pathlib

import numpy as np
import scipy.linalg
import scipy.ndimage
import scipy.signal
import scipy.special
import scipy.stats
import sklearn.linear_model
import sklearn.metrics
import sklearn.svm

OUT = pathlib.Path(__file__).resolve().parents[2] / "tests" / "oracles" / "metrics_edges.json.gz"
L = np.longdouble
SIDE, CLASSES = 12, 3


class Refused(Exception):
    """What the metric must not compute."""


def need(holds):
    if not holds:
        raise Refused


def finite(*arrays):
    for a in arrays:
        need(np.isfinite(np.asarray(a, dtype=float)).all())


# ---- inputs

def kinds():
    random = np.random.default_rng(17)
    labels, labels_y = np.arange(12) % CLASSES, np.arange(9) % CLASSES
    spread = np.array([1.6, 1.1, 0.7, 0.4])
    base = {"x": random.normal(size=(12, 4)) * spread + np.eye(4)[labels] * 1.5,
            "z": random.normal(size=(12, 4)) * spread[::-1],
            "y": random.normal(size=(9, 4)) * spread + np.eye(4)[labels_y] * 1.5,
            "r": random.uniform(size=(2, SIDE * SIDE)),
            "t": random.uniform(size=(2, SIDE * SIDE))}
    base["t"] = 0.7 * base["r"] + 0.3 * base["t"]
    found = {}

    def add(name, change=lambda v: v, one=None, rows=None, classes=None):
        kind = {key: np.float32(change(value)).astype(float) for key, value in base.items()}
        if one:
            one(kind)
        kind["labels"], kind["labels_y"] = labels.copy(), labels_y.copy()
        if rows:
            kind = {key: value[:rows] for key, value in kind.items()}
        if classes:
            kind["labels"][:] = kind["labels_y"][:] = 0
        found[name] = kind

    def put(number, first=True):
        def one(kind):
            kind["x" if first else "z"][2, 1] = number
            kind["r" if first else "t"][1, 7] = number
            if not first:
                kind["y"][1, 2] = number
        return one

    def constant_column(kind):
        for key in "xzy":
            kind[key][:, 1] = np.float32(0.3)
        for key in "rt":
            kind[key][:] = np.float32(0.3)

    def all_equal(kind):
        for key in "xzyrt":
            kind[key][:] = kind[key][:1] if key in "xzy" else kind["r"][:1]
        kind["y"][:] = kind["z"][:] = kind["x"][:1]

    def duplicates(kind):
        x = kind["x"]
        x[1], x[5], x[9] = x[0], x[4], x[4]
        kind["y"][0], kind["y"][3], kind["z"][3] = x[0], x[4], x[3]
        kind["t"][0] = kind["r"][0]

    def apart(kind):
        for key in "xzy":
            kind[key] = np.float32(0.01 * kind[key] + 1000 * (1 - 2 * (np.arange(len(kind[key])) % 2)[:, None])).astype(float)

    add("ordinary")
    add("nan", one=put(np.nan))
    add("nan_second", one=put(np.nan, first=False))
    add("inf", one=put(np.inf))
    add("minus_inf", one=put(-np.inf))
    add("zeros", lambda v: 0 * v)
    add("minus_zeros", lambda v: -0.0 * np.abs(v))
    add("denormals", lambda v: 1e-40 * v)
    add("1e-30", lambda v: 1e-30 * v)
    add("1e-8", lambda v: 1e-8 * v)
    add("1e4", lambda v: 1e4 * v)
    add("1e20", lambda v: 1e20 * v)
    add("largest", lambda v: v / np.abs(v).max() * float(np.finfo(np.float32).max))
    add("far_1e3", lambda v: 1000 + 0.01 * v)
    add("far_1e4", lambda v: 1e4 + 0.01 * v)
    add("far_1e6", lambda v: 1e6 + v)
    add("far_apart", one=apart)
    add("constant_column", one=constant_column)
    add("all_equal", one=all_equal)
    add("duplicates", one=duplicates)
    add("ties", lambda v: np.round(v))
    add("single", rows=1)
    add("one_class", classes=1)
    return found


# ---- groups

def group(values, unit=None, tolerance=None):
    values = np.asarray(values, dtype=float).ravel()
    if unit is None:
        known = np.abs(values[np.isfinite(values)])
        unit = float(known.max()) if known.size and known.max() > 0 else 1.0
    made = {"values": [v if np.isfinite(v) else str(v) for v in values.tolist()], "unit": unit if unit == "each" else float(unit)}
    if tolerance:
        made["tolerance"] = tolerance
    return made


def exact(values):
    return group(values, 1e-3)


# ---- what several need

def mean(x):
    return x.astype(L).mean(0)


def variance(x):
    found = ((x.astype(L) - mean(x)) ** 2).mean(0)
    return np.where((x == x[:1]).all(0), 0, found)


def squared_distances(a, b):
    return ((a.astype(L)[:, None] - b.astype(L)[None]) ** 2).sum(-1)


def scale_of(*arrays):
    """A power of two about as large as the numbers, for LAPACK, which has doubles only."""
    most = max(float(np.abs(a).max()) for a in arrays)
    return L(2) ** np.floor(np.log2(L(most))) if most > 0 else L(1)


def centered(x):
    """(x - mean) / s as doubles, and s."""
    about = x.astype(L) - mean(x)
    s = scale_of(about)
    return (about / s).astype(float), s


def eigen(x):
    """Eigenvalues in units of s², the largest first, eigenvectors as rows, and s."""
    about, s = centered(x)
    values, vectors = np.linalg.eigh(about.T @ about / len(x))
    return np.maximum(values[::-1], 0), vectors[:, ::-1].T, s


def neighbors(a, b, k, skip=False):
    d = squared_distances(a, b)
    if skip:
        np.fill_diagonal(d, np.inf)
    places = np.argsort(d, axis=1, kind="stable")[:, :k]
    return places, np.take_along_axis(d, places, 1)


def vote(places, labels):
    found = labels[places]
    counts = np.array([[np.count_nonzero(row == v) for v in row] for row in found])
    return np.array([row[np.argmax(c)] for row, c in zip(found, counts)])


def log_sum(v, axis=None):
    return scipy.special.logsumexp(np.asarray(v, dtype=L), axis=axis)


def pixels_window(x, reach):
    padded = np.pad(x.astype(L).reshape(SIDE, SIDE), reach)
    return np.lib.stride_tricks.sliding_window_view(padded, (2 * reach + 1, 2 * reach + 1)).reshape(SIDE * SIDE, -1)


def log_normal(x, m, v):
    return (-0.5 * np.log(2 * np.pi * L(v)) - (x.astype(L) - m) ** 2 / (2 * L(v))).sum(-1)


# ---- entries: each takes the inputs of a kind

def hoyer(v):
    s = scale_of(v)
    v, n = np.abs(v.astype(L) / s), v.size
    return max(L(0), (np.sqrt(L(n)) - v.sum() / np.sqrt((v * v).sum())) / (np.sqrt(L(n)) - 1)) if n > 1 else 0


def activity(k):
    finite(k["x"])
    h = k["x"]
    active = h != 0
    sparsity = lambda rows: np.mean([hoyer(v) for v in rows if (v != 0).any()] or [0])
    return [group(mean(h)), exact(active.mean(0)), exact([active.mean(), (~active.any(0)).sum()]),
            group([sparsity(h), sparsity(h.T)], 1)]


def hoyer_sparsity(k):
    v = k["x"][:, 1]
    finite(v)
    need((v != 0).any())
    return [group([hoyer(v)], 1)]


def unit_variances(k):
    finite(k["x"])
    return [group(variance(k["x"]), "each"), exact([(variance(k["x"]) > 0.01).sum()])]


def classifier_weight(rows, columns):
    i, j = np.arange(rows)[:, None], np.arange(columns)[None]
    return 0.1 * np.sin(1 + 0.37 * i + 1.1 * j)


def classifier(k):
    finite(k["x"])
    x = k["x"].astype(L)
    hidden = np.maximum(x @ classifier_weight(256, 4).T, 0)
    features = np.maximum(hidden @ classifier_weight(128, 256).T, 0)
    z = features @ classifier_weight(3, 128).T
    z = z - z.max(1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
    predicted = p.argmax(1)
    if np.abs(features).max() > 1e5:  # then the classes depend on rounding
        return [group(features), None, None, None]
    sure = (np.sort(p, axis=1)[:, 2] - np.sort(p, axis=1)[:, 1]).min() > 1e-4
    return [group(features), group(p, 1, 1e-3), group(p.max(1), 1, 1e-3),
            exact([(predicted == k["labels"]).mean()]) if sure or not k["x"].any() else None]


def one_if_finite(k):
    finite(k["x"])
    return [exact([1])]


def columns(k):
    finite(k["x"])
    x = k["x"]
    return [group(mean(x), "each"), group(variance(x), "each"), group(x.astype(L) - mean(x)),
            group([np.abs(x.astype(L) - mean(x)).max()])]


def decoder(k):
    finite(k["x"], k["z"])
    x, z = k["x"].astype(L), k["z"].astype(L)
    softplus = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
    unit = float((np.abs(x * z) + softplus).sum(1).max())
    gaussian = log_normal(z, x, 0.25)
    every = -squared_distances(k["x"], k["z"]) / 0.5 - 2 * np.log(2 * np.pi * L(0.25))
    return [group((x * z - softplus).sum(1), unit), group(x @ z.T - softplus.sum(1), unit), group(gaussian), group(every),
            group((-0.5 * x * x - 0.5 * np.log(2 * np.pi)).sum(1))]


def psnr_of(r, t):
    with np.errstate(divide="ignore"):
        return -10 * np.log10(((r.astype(L) - t) ** 2).mean(1))


def ssim_of(r, t):
    away = np.arange(11) - 5
    w = np.exp(-0.5 * (away / L(1.5)) ** 2)
    w = np.outer(w, w).ravel() / w.sum() ** 2
    view = lambda image: np.lib.stride_tricks.sliding_window_view(image.astype(L).reshape(SIDE, SIDE), (11, 11)).reshape(-1, 121)
    found = []
    for one, other in zip(r, t):
        a, b = view(one), view(other)
        ma, mb = (a * w).sum(1), (b * w).sum(1)
        da, db = a - ma[:, None], b - mb[:, None]
        va, vb, cov = (w * da * da).sum(1), (w * db * db).sum(1), (w * da * db).sum(1)
        c1, c2 = L(0.01) ** 2, L(0.03) ** 2
        found.append(((2 * ma * mb + c1) * (2 * cov + c2) / ((ma**2 + mb**2 + c1) * (va + vb + c2))).mean())
    return np.array(found)


def image_quality(k):
    finite(k["r"], k["t"])
    return [group(psnr_of(k["r"], k["t"]), 1), group(ssim_of(k["r"], k["t"]), 1), exact([8 * 100 / 144]),
            group([100 / 144 / np.log(2)])]


def denoisers(k):
    finite(k["r"], k["t"])
    r, t = k["r"], k["t"]
    quality = [psnr_of(change, t).mean() for change in (r, r / 2)]
    chosen = int(np.argmax([float(q) for q in quality]))
    return [exact([chosen]), group([psnr_of(r, t).mean()], 1), group([ssim_of(r, t).mean()], 1)]


def plain_denoisers(k):
    finite(k["r"], k["t"])
    need(len(k["r"]) > 1)
    median = np.array([np.median(pixels_window(image, 1).astype(float), axis=1) for image in k["r"]])
    return [exact([1, 2, 2, 3]), group(k["r"]), group(median)]


def errors(k):
    finite(k["x"], k["z"])
    x, z = k["x"].astype(L), k["z"].astype(L)
    target = ((np.arange(12)[:len(x), None] + np.arange(4)[None]) % 3) / L(2)
    entropy = (np.maximum(x, 0) - x * target + np.log1p(np.exp(-np.abs(x)))).sum(1)
    return [group(((x - z) ** 2).sum(1), "each"), group(entropy, float((np.abs(x) + 1).sum(1).max()))]


def unexplained_share(k):
    finite(k["x"], k["z"])
    about = variance(k["z"]).sum()
    need(about > 0)
    return [group([((k["x"].astype(L) - k["z"]) ** 2).sum(1).mean() / about], "each")]


def estimate(k):
    v = k["x"].ravel().astype(L)
    if np.isnan(v).any():
        return [group([np.nan, np.nan])]
    if np.isinf(v).any():
        return [group([float(v.sum()), np.nan])]
    s = scale_of(v)
    return [group([v.mean()], float(np.abs(v).max()) or 1), group([(v / s).std(ddof=1) * s / np.sqrt(L(v.size))], float(np.abs(v).max()) or 1)]


def log_sums(k):
    v = k["x"].ravel()
    with np.errstate(invalid="ignore"):
        return [group([np.nan if np.isnan(v).any() else np.inf if (v == np.inf).any() else log_sum(v)])]


def filters(k):
    finite(k["r"])
    wiener, median = [], []
    for image in k["r"]:
        window = pixels_window(image, 1)
        m = window.mean(1)
        v = ((window - m[:, None]) ** 2).mean(1)
        noise = v.mean()
        with np.errstate(divide="ignore", invalid="ignore"):
            keep = np.where(v > noise, 1 - noise / v, 0)
        wiener.append(m + keep * (image - m))
        median.append(scipy.signal.medfilt2d(image.reshape(SIDE, SIDE), 3).ravel())
    inner = [SIDE * y + x for y in range(1, SIDE - 1) for x in range(1, SIDE - 1)]
    spread = float(max(np.ptp(k["r"]), 0.012 * np.abs(k["r"]).max())) or 1
    return [group(np.array(wiener)[:, inner], spread), group(median)]


def frechet(k):
    finite(k["x"], k["y"])
    need(len(k["x"]) > 1)
    result = []
    for a, b in ((k["x"], k["y"]), (k["x"], k["x"])):
        moved = ((mean(a) - mean(b)) ** 2).sum()
        s = scale_of(a.astype(L) - mean(a), b.astype(L) - mean(b))
        roots = [np.linalg.qr(((v.astype(L) - mean(v)) / s).astype(float) / np.sqrt(len(v) - 1), mode="r") for v in (a, b)]
        traces = sum((root**2).sum() for root in roots)
        both = np.linalg.svd(roots[0] @ roots[1].T, compute_uv=False).sum()
        value = moved + s**2 * max(0.0, traces - 2 * both) if a is not b else 0
        result.append(group([value], float(moved + s**2 * traces) or 1))
    return result


def grid(k):
    finite(k["x"])
    x, w = k["x"][:3].astype(L), np.array([0.5, -1, 2, 1])
    h = np.linspace(-6, 6, 301).astype(L)
    value = [log_sum(log_normal(v[None], h[:, None] * w, 0.25) + log_normal(h[:, None], 0, 1)) + np.log(L(12) / 300) for v in x]
    return [group(value)]


def hamming(k):
    finite(k["x"], k["y"])
    x, y = k["x"].astype(L), k["y"].astype(L)
    median = np.median(x, axis=0)
    bits, asked = x > median.astype(float), y > 0
    d = (asked[:, None] != (x > 0)[None]).sum(-1)
    count = min(2, len(x))
    places = np.argsort(d, axis=1, kind="stable")[:, :count]
    return [group(median, "each"), exact(bits), exact(places), exact(np.take_along_axis(d, places, 1)), exact([len(x), 4, 1])]


def intrinsic(k):
    finite(k["x"])
    need(len(k["x"]) > 3)
    _, d = neighbors(k["x"], k["x"], 3, skip=True)
    d = d[d[:, 0] > 0]
    need(len(d) > 0)
    logs = (0.5 * np.log(d[:, 2:] / d[:, :2])).sum(1) / 2
    need(logs.sum() > 0)
    return [group([len(d) / logs.sum()], "each")]


def labels(k):
    need(not np.isnan(k["x"]).any())
    return [exact(k["x"].argmax(1)), exact([(k["labels"] == 0).mean()]), exact([(k["labels"] == c).mean() for c in range(CLASSES)])]


def likelihood(k):
    finite(k["x"])
    value = log_normal(k["x"], np.array([0.5, -1, 2, 1]), 0.25)
    return [group(value), group(value)]


def linear_denoiser(k):
    finite(k["x"], k["z"])
    need(len(k["x"]) > 1)
    noisy, s = centered(k["x"])
    clean, t = centered(k["z"])
    values, vectors, _ = eigen(k["x"])
    inverse = np.array([1 / v if v > 1e-6 * values[0] else 0 for v in values])
    A = clean.T @ noisy / len(noisy) @ (vectors.T * inverse) @ vectors
    spread = float(np.abs(clean).max() * t) + 0.012 * float(np.abs(k["z"]).max())
    return [group((noisy @ A.T).astype(L) * t + mean(k["z"]), spread or 1)]


def manifold(k):
    finite(k["x"], k["y"])
    need(len(k["x"]) > 2)
    _, d = neighbors(k["x"], k["x"], 2, skip=True)
    inside = (squared_distances(k["y"], k["x"]) <= d[:, 1]).any(1)
    return [exact(inside), exact([inside.mean()]), exact([1])]


def mmd(k):
    finite(k["x"], k["y"])
    C = L(8)
    need(len(k["x"]) > 1)
    kernel = lambda a, b: C / (C + squared_distances(a, b))
    others = lambda a: (kernel(a, a) * (1 - np.eye(len(a)))).sum() / (len(a) * (len(a) - 1))
    one, two = others(k["x"]), others(k["y"])
    cross = 2 * kernel(k["x"], k["y"]).mean()
    return [group([one + two - cross], float(one + two + cross))]


def nearest(k):
    finite(k["x"], k["y"])
    places, d = neighbors(k["y"], k["x"], min(2, len(k["x"])))
    right = (k["labels"][places] == k["labels_y"][:, None]).mean()
    accuracy = (vote(places, k["labels"]) == k["labels_y"]).mean()
    relevant = np.array([(k["labels"] == label).sum() for label in k["labels_y"]])
    recall = ((k["labels"][places] == k["labels_y"][:, None]).sum(1) / relevant).mean()
    return [exact(places), group(d, "each"), exact([accuracy, right, recall]), exact(places[:, :1])]


def nearest_others(k):
    finite(k["x"])
    need(len(k["x"]) > 3)
    places, d = neighbors(k["x"], k["x"], 3, skip=True)
    return [exact(places), group(d, "each")]


def noise(k):
    finite(k["x"], k["z"])
    x, z = k["x"].astype(L), k["z"].astype(L)
    d = z - x
    need((d != 0).any() and variance(k["x"]).sum() > 0)
    return [group([(d * 0.5 * d).sum() / (d * d).sum()], 1), group([(d * d).sum(1).mean() / variance(k["x"]).sum()], "each")]


def pairwise_svm(k):
    finite(k["x"])
    need(len(set(k["labels"])) > 1)
    return [svm_like(k, pairwise=True)]


def svm_like(k, pairwise):
    """The classes that a converged SVM predicts, where it converges in double as well as in float."""
    x = k["x"].astype(np.float32).astype(float)
    if not 1e-9 < np.abs(x).max() < 1e3 and np.abs(x).max() > 0:
        return None
    base = sklearn.svm.LinearSVC(C=1, tol=1e-8, max_iter=1000000, dual=True, random_state=1)
    model = sklearn.multiclass.OneVsOneClassifier(base) if pairwise else base
    model.fit(x, k["labels"])
    if pairwise:
        return exact(model.predict(x)) if np.ptp(x) > 1e-3 else None
    scores = model.decision_function(x)
    return group(scores, max(1.0, float(np.abs(scores).max())), 1e-3)


def linear_svm(k):
    finite(k["x"])
    need(len(set(k["labels"])) > 1)
    return [svm_like(k, pairwise=False)]


def pca(k):
    finite(k["x"])
    need(len(k["x"]) > 1)
    values, vectors, s = eigen(k["x"])
    about, _ = centered(k["x"])
    h = about @ vectors[:2].T
    back = (h @ vectors[:2]).astype(L) * s + mean(k["x"])
    told = values[0] - values[1] > 1e-3 * values[0] and values[1] - values[2] > 1e-3 * values[0]
    spread = float(np.abs(about).max() * s) + 0.012 * float(np.abs(k["x"]).max())
    code = group(np.abs(h) * s, float(np.abs(h).max() * s) or 1) if told else None
    return [group(values * s**2), code, group(back, spread or 1) if told or values[0] == 0 else None, group(mean(k["x"]))]


def probabilistic_pca(k):
    finite(k["x"])
    need(len(k["x"]) > 1)
    values, vectors, s = eigen(k["x"])
    noise = values[2:].mean()
    need(noise > 0)
    about, _ = centered(k["x"])
    along = (about @ vectors.T) ** 2
    kept = np.array([values[0], values[1], noise, noise])
    constant = -0.5 * (4 * np.log(2 * np.pi) + np.log(kept).sum() + 8 * np.log(s))
    value = constant - 0.5 * (along / kept).sum(1)
    # LAPACK computes an eigenvalue to a few roundings of the largest one, whatever its own size
    rounding = 8 * float(np.finfo(float).eps * values[0] / kept.min())
    known = rounding if rounding > 1e-9 else None
    return [group(value, None, known), group([constant - 2], None, known), group([noise * s**2], None, known)]


def standardizer(k):
    finite(k["x"])
    deviation = np.sqrt(variance(k["x"]))
    return [group((k["x"].astype(L) - mean(k["x"])) / np.where(deviation > 0, deviation, 1), 1)]


def logistic_probe(k):
    finite(k["x"])
    deviation = np.sqrt(variance(k["x"]))
    rows = ((k["x"].astype(L) - mean(k["x"])) / np.where(deviation > 0, deviation, 1)).astype(float)
    if len(set(k["labels"])) < 2:
        return [None, None]
    model = sklearn.linear_model.LogisticRegression(C=1 / (len(rows) * 0.1), tol=1e-12, max_iter=100000)
    model.fit(rows, k["labels"])
    p = model.predict_log_proba(rows)
    margin = np.sort(p, axis=1)
    sure = (margin[:, -1] - margin[:, -2]).min() > 1e-2
    return [group(p, 1, 2e-3), exact([(p.argmax(1) == k["labels"]).mean()]) if sure else None]


def ranking(k):
    own, strange = k["x"].ravel(), k["z"].ravel()
    need(not np.isnan(own).any() and not np.isnan(strange).any())
    both = scipy.stats.rankdata(np.concatenate([own, strange]))  # handles infinities, as roc_auc_score does not
    n, m = len(own), len(strange)
    value = (both[n:].sum() - m * (m + 1) / 2) / (n * m)
    if np.isfinite(both).all() and np.isfinite(own).all():
        scores = np.concatenate([own, strange])
        assert abs(sklearn.metrics.roc_auc_score([0] * n + [1] * m, scores) - value) < 1e-12
    return [group([value], 1)]


def regression(k):
    finite(k["x"], k["z"][:, 1])
    need(len(k["x"]) > 1)
    y = k["z"][:, 1].astype(L)
    about, s = centered(k["x"])
    t = scale_of(y - y.mean())
    values, vectors, _ = eigen(k["x"])
    inverse = np.array([1 / v if v > 1e-7 * values[0] else 0 for v in values])
    w = (vectors.T * inverse) @ vectors @ (about.T @ ((y - y.mean()) / t).astype(float)) / len(y)
    predicted = (about @ w) * t + y.mean()
    left = float(np.abs(y - y.mean()).max()) + 1e-9 * float(np.abs(y).max())
    result = [group(predicted, left or 1)]
    if len(set(y)) < 2:
        return result + [None]
    return result + [group([1 - ((y - predicted) ** 2).sum() / ((y - y.mean()) ** 2).sum()], 1)]


def sample_quality(k):
    finite(k["x"], k["z"])
    need(len(k["x"]) > 1)
    return [exact([1])]


def silhouette(k):
    finite(k["x"])
    need(len(set(k["labels"])) > 1)
    d = np.sqrt(squared_distances(k["x"], k["x"]))
    d = (d / (d.max() or 1)).astype(float)
    samples = sklearn.metrics.silhouette_samples(d, k["labels"], metric="precomputed")
    return [group([samples.mean(), samples.std(ddof=1) / np.sqrt(len(samples))], 1)]


def sparse_rows(k):
    finite(k["x"])
    return [group(k["x"]), exact([len(k["x"]), 4, (k["x"] != 0).sum()])]


def strokes(k):
    finite(k["r"])
    slant, length, width = [], [], []
    for image in k["r"]:
        s = scale_of(image)
        ink = (image.astype(L) / s).reshape(SIDE, SIDE)
        v, u = np.mgrid[:SIDE, :SIDE].astype(L)
        total = ink.sum()
        if total <= 0:
            slant.append(0)
        else:
            mu, mv = (ink * u).sum() / total, (ink * v).sum() / total
            along, down = (ink * (u - mu) * (v - mv)).sum() / total, (ink * (v - mv) ** 2).sum() / total
            slant.append(np.degrees(np.arctan(-along / down)))
        padded = np.pad(ink, 1)
        contour = np.hypot(padded[:-1, 1:] - padded[:-1, :-1], padded[1:, :-1] - padded[:-1, :-1]).sum()
        length.append(contour * s)
        width.append(2 * total / contour if contour > 0 else 0)
    return [group(slant, 1), group(length), group(width, "each")]


def subspace(k):
    finite(k["x"], k["z"])
    need(len(k["x"]) > 1)
    a, b = k["x"][1:3], k["z"][1:3]
    need((a != 0).any(1).all() and (b != 0).any(1).all())
    a, b = ((v.astype(L) / np.array([scale_of(row) for row in v])[:, None]).astype(float) for v in (a, b))
    for v in (a, b):
        s = np.linalg.svd(v, compute_uv=False)
        need(s[1] > 1e-6 * s[0])
    return [group(np.degrees(scipy.linalg.subspace_angles(a.T, b.T))[::-1], 90)]


def units(k):
    finite(k["x"])
    h, places, shares = k["x"], [], []
    for unit in h.T:
        above = [i for i in range(len(h)) if unit[i] > 0]
        found = sorted(above, key=lambda i: -unit[i])[:2] if len(above) >= 2 else []
        places += [len(found)] + found
        if found:
            shares.append(max(np.count_nonzero(k["labels"][found] == c) for c in range(CLASSES)) / 2)
    return [exact(places), exact([np.mean(shares) if shares else 0])]


def parzen(k):
    finite(k["x"], k["y"], k["z"])

    def likelihood(samples, x, width):
        d = squared_distances(x, samples)
        return log_sum(-0.5 * d / L(width) ** 2, 1) - np.log(L(len(samples))) - 4 * np.log(width * np.sqrt(2 * np.pi))

    result = []
    for width in (0.5, 2):
        value = likelihood(k["x"], k["y"], width)
        error = (value / scale_of(value)).std(ddof=1) * scale_of(value) / np.sqrt(L(len(value))) if len(value) > 1 else 0
        result.append(group([value.mean(), error]))
    widths = [10 ** (-1 + i / 9.0) for i in range(10)]
    tried = [likelihood(k["x"], k["y"], w).mean() for w in widths]
    best = widths[int(np.argmax(tried))]
    return result + [group([best], 1), group([likelihood(k["x"], k["z"], best).mean()])]


ENTRIES = {f.__name__: f for f in (
    activity, hoyer_sparsity, unit_variances, classifier, columns, decoder, denoisers, plain_denoisers, errors,
    unexplained_share, estimate, log_sums, filters, frechet, grid, hamming, image_quality, intrinsic, labels, likelihood,
    linear_denoiser, manifold, mmd, nearest, nearest_others, noise, pairwise_svm, linear_svm, pca, probabilistic_pca,
    standardizer, logistic_probe, ranking, regression, sample_quality, silhouette, sparse_rows, strokes, subspace, units, parzen)}
ENTRIES["fit"] = one_if_finite


def text(number):
    return number if np.isfinite(number) else str(number)


def main():
    import sklearn.multiclass  # noqa: F401
    all_kinds, rows = kinds(), []
    for name, entry in ENTRIES.items():
        for kind, inputs in all_kinds.items():
            try:
                with np.errstate(over="ignore", under="ignore"):
                    expected = entry({key: value.copy() for key, value in inputs.items()})
            except Refused:
                expected = "error"
            rows.append({"entry": name, "kind": kind, "expected": expected})
    inputs = {name: {key: [text(v) for v in value.ravel().tolist()] for key, value in kind.items()}
              for name, kind in all_kinds.items()}
    data = json.dumps({"kinds": inputs, "rows": rows}, separators=(",", ":"), allow_nan=False).encode()
    OUT.write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{OUT.name}: {len(rows)} rows, {len(data)} bytes, {OUT.stat().st_size} packed")


if __name__ == "__main__":
    main()
