"""scikit-learn's side of `npm run fuzz:models`: JSON lines in, JSON lines out.

In: {"make": {"class": name, "params": {...}}, "x", "y", "weight", "test", "ask": method, "cast": bool, "jitter": size}
    or {"metric": name, "args": [...], "options": {...}}.
Out: {"answer": ...} or {"error": sentence}. With a jitter, also {"settled": [...]}: which rows keep their answer where
data that hardly differ and other seeds are given: the others hang on rounding or on the order in which ties are tried.
NaN travels as null.
"""
import json
import sys
import warnings

import numpy as np
import sklearn
import sklearn.metrics
from sklearn.utils import all_estimators

warnings.filterwarnings("ignore")
CLASSES = dict(all_estimators())
print(json.dumps({"version": sklearn.__version__}), flush=True)


def build(spec):
    params = {}
    for key, value in spec["params"].items():
        if isinstance(value, dict) and "class" in value:
            value = build(value)
        elif key == "estimators":
            value = [(name, build(own)) for name, own in value]
        elif key == "cv" and isinstance(value, list):
            value = [(np.array(train), np.array(test)) for train, test in value]
        elif key == "score_func":
            import sklearn.feature_selection
            value = getattr(sklearn.feature_selection, value)
        elif key == "init" and isinstance(value, list):
            value = np.array(value, dtype=float)
        params[key] = value
    return CLASSES[spec["class"]](**params)


def matrix(rows):
    return np.array(rows, dtype=float)


def once(job, model, x, y, weight):
    extra = {} if weight is None else {"sample_weight": weight}
    if job["ask"] == "fit_transform":
        return np.asarray(model.fit_transform(x, y), dtype=float)
    model.fit(x, **({} if y is None else {"y": y}), **extra)
    test = matrix(job["test"])
    ask = job["ask"]
    if ask.endswith("_"):
        got = getattr(model, ask)
    else:
        got = getattr(model, ask)(test)
    if hasattr(got, "toarray"):
        got = got.toarray()
    return np.asarray(got)


def answer(job):
    if "metric" in job:
        args = [np.array(a) for a in job["args"]]
        return {"answer": getattr(sklearn.metrics, job["metric"])(*args, **job["options"])}
    x = matrix(job["x"])
    y = None if job["y"] is None else np.array(job["y"])
    weight = None if job["weight"] is None else np.array(job["weight"], dtype=float)
    base = once(job, build(job["make"]), x, y, weight)
    out = {"answer": base.tolist()}
    if job.get("coef"):
        fitted = build(job["make"]).fit(x, y, **({} if weight is None else {"sample_weight": weight}))
        out["coef"] = fitted.coef_.tolist()
        out["intercept"] = np.atleast_1d(fitted.intercept_).tolist()
    jitter = job.get("jitter")
    if jitter:
        noise = np.random.RandomState(0)
        same = np.ones(len(base), dtype=bool)
        for seed in range(1, job.get("tries", 12)):
            spec = json.loads(json.dumps(job["make"]))
            if "random_state" in build(spec).get_params(deep=False):
                spec["params"]["random_state"] = seed
            move = lambda a: a * (1 + jitter * noise.normal(size=a.shape))
            own_y = move(y) if y is not None and y.dtype.kind == "f" else y
            own_weight = None if weight is None else move(weight)
            if own_weight is None and own_y is y and y is not None and job.get("weigh"):
                own_weight = move(np.ones(len(y)))
            other = once(job, build(spec), x, own_y, own_weight)
            if other.dtype.kind == "f":
                gap = np.abs(other - base)
                far = gap > 1e-7 + 1e-5 * np.abs(base) if jitter > 1e-8 else gap > 1e-9
                same &= ~(far if base.ndim == 1 else far.any(axis=1))
            else:
                same &= other == base
        # Of importances a tie moves what one column loses to another: all of them hang on it.
        if job["ask"].endswith("_"):
            same[:] = same.all()
        out["settled"] = same.tolist()
    return out


def plain(value):
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, (np.floating, float)):
        return None if np.isnan(value) else (1e308 if value == np.inf else -1e308 if value == -np.inf else float(value))
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, (np.bool_, bool)):
        return bool(value)
    return value


for line in sys.stdin:
    try:
        out = answer(json.loads(line))
        out = {key: plain(value) for key, value in out.items()}
    except Exception as error:  # what it refuses is an answer too
        out = {"error": "%s: %s" % (type(error).__name__, str(error)[:300])}
    print(json.dumps(out), flush=True)
