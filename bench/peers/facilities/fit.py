"""lifelines and scikit-survival: times the same fits on the same lives; the least of `repeats`, seconds.
usage: fit.py lives.csv entry|none repeats"""
import json
import sys
import time
import warnings

import numpy as np
import pandas as pd
from lifelines import CoxPHFitter, WeibullAFTFitter
from sksurv.linear_model import CoxPHSurvivalAnalysis
from sksurv.util import Surv

warnings.filterwarnings("ignore")
lives = pd.read_csv(sys.argv[1])
entry = sys.argv[2] == "entry"
repeats = int(sys.argv[3])
columns = ["x1", "x2", "x3", "x4", "x5"]
table = lives[["time", "failed", *columns] + (["entry"] if entry else [])]


def least(fit):
    best = np.inf
    for _ in range(repeats):
        start = time.perf_counter()
        fitted = fit()
        best = min(best, time.perf_counter() - start)
    return best, fitted


late = {"entry_col": "entry"} if entry else {}
weibull_s, weibull = least(lambda: WeibullAFTFitter().fit(table, "time", "failed", **late))
cox_s, cox = least(lambda: CoxPHFitter().fit(table, "time", "failed", **late))
figures = {
    "lifelines_weibull_s": weibull_s,
    "lifelines_weibull_x1": float(weibull.params_.loc[("lambda_", "x1")]),
    "lifelines_cox_s": cox_s,
    "lifelines_cox_x1": float(cox.params_["x1"]),
}
if not entry:
    outcome = Surv.from_arrays(table["failed"] == 1, table["time"])
    sksurv_s, _ = least(lambda: CoxPHSurvivalAnalysis(ties="efron").fit(table[columns], outcome))
    figures["sksurv_cox_s"] = sksurv_s
print(json.dumps(figures))
