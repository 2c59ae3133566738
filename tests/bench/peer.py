"""scikit-learn's side of tests/bench/models.ts: JSON lines in, JSON lines out, one process for the whole bench.

First line in: {"x": rows, "y": targets}. Then {"model": name, "seed": n, "trees": n, "train": rows, "test": rows};
answer {"ms": wall time of fit and predict, "cpu": on the processor, "predicted": [...]}. One thread.
"""
import json
import sys
import time

import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor
from sklearn.linear_model import Ridge, RidgeCV

trees = 100
MODELS = {
    "ridge": lambda seed: Ridge(),
    "ridge cv": lambda seed: RidgeCV(),
    "boosting": lambda seed: HistGradientBoostingRegressor(random_state=seed),
    "forest, a third of the columns": lambda seed: RandomForestRegressor(trees, max_features=1 / 3, random_state=seed, n_jobs=1),
    "forest, all columns": lambda seed: RandomForestRegressor(trees, random_state=seed, n_jobs=1),
}

print(json.dumps({"version": sklearn.__version__}), flush=True)
data = json.loads(sys.stdin.readline())
x = np.array(data["x"])
y = np.array(data["y"])
print(json.dumps({"rows": len(y)}), flush=True)
for line in sys.stdin:
    job = json.loads(line)
    trees = job["trees"]
    train, test = np.array(job["train"]), np.array(job["test"])
    x_train, y_train, x_test = x[train], y[train], x[test]
    start, began = time.perf_counter(), time.process_time()
    predicted = MODELS[job["model"]](job["seed"]).fit(x_train, y_train).predict(x_test)
    ms = (time.perf_counter() - start) * 1000
    cpu = (time.process_time() - began) * 1000
    print(json.dumps({"ms": ms, "cpu": cpu, "predicted": predicted.tolist()}), flush=True)
