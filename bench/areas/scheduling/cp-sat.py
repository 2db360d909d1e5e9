"""Solves a school of flat periods and fixed teachers as one CP-SAT model: python cp-sat.py SECONDS WORKERS < school.json > plan.json

One bool a section and period, one a request and period. Sections of a course that meet at one time are one pool of seats, so nothing is
lost by leaving out who sits in which. A student has one class a period, a teacher too, a kind of room as many as there are of it.
Maximizes requests met; starts from the solution in which nobody is seated.
"""
import json
import sys
from collections import defaultdict

from ortools.sat.python import cp_model

seconds, workers = float(sys.argv[1]), int(sys.argv[2])
data = json.load(sys.stdin)
periods = range(data["periods"])
model = cp_model.CpModel()

meets, by_course, by_teacher, by_kind = [], defaultdict(list), defaultdict(list), defaultdict(list)
for s, section in enumerate(data["sections"]):
    meets.append([model.new_bool_var("") for _ in periods])
    model.add_exactly_one(meets[s])
    by_course[section["course"]].append(s)
    by_teacher[section["teacher"]].append(s)
    by_kind[section["rooms"]].append(s)
for teacher, own in by_teacher.items():
    for p in periods:
        if p in data["away"].get(teacher, []):
            model.add(sum(meets[s][p] for s in own) == 0)
        else:
            model.add_at_most_one(meets[s][p] for s in own)
for kind, own in by_kind.items():
    for p in periods:
        model.add(sum(meets[s][p] for s in own) <= data["rooms"][kind])

sits, asked, day = [], defaultdict(list), defaultdict(list)
for student, course in data["requests"]:
    at = [model.new_bool_var("") for _ in periods]
    model.add_at_most_one(at)
    for p in periods:
        model.add_bool_or([at[p].negated()] + [meets[s][p] for s in by_course[course]])
        day[student, p].append(at[p])
        model.add_hint(at[p], 0)
    asked[course].append(at)
    sits.append(at)
for together in day.values():
    model.add_at_most_one(together)
for course, rows in asked.items():
    for p in periods:
        model.add(
            sum(at[p] for at in rows) <= sum(data["sections"][s]["seats"] * meets[s][p] for s in by_course[course])
        )
model.maximize(sum(x for at in sits for x in at))

solver = cp_model.CpSolver()
solver.parameters.max_time_in_seconds = seconds
solver.parameters.num_workers = workers
status = solver.solve(model)
found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
json.dump(
    {
        "period": [next(p for p in periods if solver.value(own[p])) for own in meets] if found else [],
        "sits": [next((p for p in periods if solver.value(at[p])), -1) for at in sits] if found else [],
        "bound": solver.best_objective_bound,
    },
    sys.stdout,
)
