"""Solves a mixed-integer model with HiGHS alone: highs.py MODEL.json TIME_S THREADS -> one line of JSON."""

import json
import sys
import time

import highspy
import numpy as np

path, time_s, threads = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
with open(path) as file:
    head = json.load(file)


def numbers(name, kind):
    return np.fromfile(f"{path}.{name}", dtype=kind)


row, column, value = numbers("row", np.int32), numbers("column", np.int32), numbers("value", np.float64)
order = np.lexsort((row, column))
starts = np.zeros(head["variables"] + 1, dtype=np.int32)
np.cumsum(np.bincount(column, minlength=head["variables"]), out=starts[1:])

lp = highspy.HighsLp()
lp.num_col_, lp.num_row_ = head["variables"], head["rows"]
lp.sense_ = highspy.ObjSense.kMaximize
lp.col_cost_ = numbers("costs", np.float64)
lp.col_lower_, lp.col_upper_ = numbers("lower", np.float64), numbers("upper", np.float64)
lp.row_lower_, lp.row_upper_ = numbers("rowLower", np.float64), numbers("rowUpper", np.float64)
lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = starts, row[order], value[order]
kinds = [highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger]
lp.integrality_ = [kinds[each] for each in numbers("integer", np.uint8)]

highs = highspy.Highs()
highs.setOptionValue("output_flag", False)
highs.setOptionValue("time_limit", time_s)
highs.setOptionValue("threads", threads)
highs.passModel(lp)
start = time.perf_counter()
highs.run()
info = highs.getInfo()
found = info.primal_solution_status == 2
print(
    json.dumps(
        {
            "found": int(found),
            "saving_usd": info.objective_function_value if found else 0,
            "bound_usd": info.mip_dual_bound if abs(info.mip_dual_bound) < 1e30 else -1,
            "took_s": time.perf_counter() - start,
            "columns": head["variables"],
            "rows": head["rows"],
        }
    )
)
