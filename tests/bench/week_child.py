"""One measurement of the bench in a process of its own: empty caches, own memory, can be stopped.

``python -m tests.bench.week_child '{"measure": "engine", …}'`` prints one JSON object per line as
things happen, so that what was found before a hard stop is not lost.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import math
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

REQUESTS = Path(__file__).parent / "requests"
MEGABYTE = 1024.0
LEAST_STEP_S = 0.2  # between two readings of a bound
CHOSEN = 0.5

Choices = tuple[tuple[int, ...], ...]
"""For each day the chosen columns."""
Shared = Mapping[str, tuple[str, ...]]


def say(**values: Any) -> None:
    """Print what happened as one line."""
    clean = {key: None if _is_infinite(value) else value for key, value in values.items()}
    print(json.dumps(clean), flush=True)  # noqa: T201 - the parent reads it


def _is_infinite(value: Any) -> bool:
    return isinstance(value, float) and not math.isfinite(value)


def peak_mb() -> float:
    """Give the most memory that this process and its largest child held [MB]."""
    own, child = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return sum(resource.getrusage(who).ru_maxrss for who in (own, child)) / MEGABYTE


def cpu_s() -> float:
    """Give the processor time of this process and its children [s]."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def read_profile(name: str, days: int, **solve: Any) -> Any:
    """Read a request of the bench with this many days, and with ``solve`` as it is solved."""
    from planner.request.read import read_request

    request = read_request(REQUESTS / f"{name}.toml")
    return replace(
        request,
        week=replace(request.week, days=days),
        solve=replace(request.solve, **solve),
    )


# Our engine


def measure_engine(asked: Mapping[str, Any]) -> None:
    """Plan once, and say what it took and what came out."""
    importing = time.perf_counter()
    from planner import pipeline

    import_s = time.perf_counter() - importing
    limit_s = asked["limit_s"]
    solve = {
        "seed": asked["seed"],
        "time_limit_s": limit_s,
        "gap": None if limit_s is None else 0.0,
    }
    request = read_profile(asked["profile"], asked["days"], **solve)
    started, cpu = time.perf_counter(), cpu_s()

    def told(number: int, best: Any, bound: float) -> None:
        objective = None if best.broken else best.objective
        say(event="step", t=time.perf_counter() - started, objective=objective, bound=bound)

    with spent() as seconds:
        report = pipeline.plan_meals(request, progress=told)
    outcome, wall_s = report.outcome, time.perf_counter() - started
    own = list(report.reports.values())
    say(
        event="end",
        wall_s=wall_s,
        cpu_s=cpu_s() - cpu,
        import_s=import_s,
        build_s=outcome.build_s,
        solver_s=seconds["solver"],
        status=outcome.status,
        checked=all(one.check is not None and one.check.passed for one in own),
        objective=outcome.objective,
        bound=outcome.bound,
        peak_mb=peak_mb(),
    )


@contextmanager
def spent() -> Iterator[dict[str, float]]:
    """Count the seconds inside HiGHS, however it is called."""
    seconds = {"solver": 0.0}
    if importlib.util.find_spec("highspy") is None:
        yield seconds
        return
    import highspy

    plain, inside = highspy.Highs.run, []

    def run(solver: Any) -> Any:
        started = time.perf_counter()
        inside.append(1)
        try:
            return plain(solver)
        finally:
            inside.pop()
            seconds["solver"] += 0.0 if inside else time.perf_counter() - started

    highspy.Highs.run = run
    try:
        yield seconds
    finally:
        highspy.Highs.run = plain


# The compact whole-week model


class Judge:
    """The compact model of a request, and what our own evaluation says of weeks in its columns.

    Of a household all weeks are one problem; their points add up.

    Parameters
    ----------
    sources
        Name → input of that eater's model; of one who eats alone the name is empty.
    shared
        Place → names of those who share it.
    """

    def __init__(self, sources: Mapping[str, Any], shared: Shared) -> None:
        from planner.solve.parts import build_week

        self.shared = shared
        self.parts = {eater: build_week(source) for eater, source in sources.items()}
        building = time.perf_counter()
        self.problem, self.weeks = compact_model(sources, shared)
        self.build_s = time.perf_counter() - building

    def said(self) -> dict[str, Any]:
        """Say how large the model is, and which one."""
        return {
            "build_s": self.build_s,
            "columns": len(self.problem.variables()),
            "rows": len(self.problem.constraints()),
            "model": fingerprint(self.problem),
            "eaters": len(self.weeks),
        }

    def judge(self, value_of: Mapping[int, float]) -> dict[str, Any]:
        """Give the points that our evaluation gives to a solution, and the rules that it breaks."""
        from planner.search.evaluate import evaluate_week

        points, broken, choices = 0.0, list[str](), {}
        for eater, week in self.weeks.items():
            choices[eater] = choices_of(week, value_of)
            parts = self.parts[eater]
            found = evaluate_week(parts.arrays, parts.between, choices[eater])
            points += found.objective
            broken += [f"{eater}:{row}" if eater else row for row in found.broken]
        return {"judged": points, "broken": [*broken, *self._not_shared(choices)]}

    def _not_shared(self, choices: Mapping[str, Choices]) -> Iterator[str]:
        """Name the shared places on which not all have the same dish, by day."""
        for place, eaters in self.shared.items():
            served = [dishes_on(place, self.weeks[one], choices[one]) for one in eaters]
            for day, dishes in enumerate(zip(*served, strict=True), start=1):
                if len(set(dishes)) > 1:
                    yield f"shared.{place}.d{day}"


def sources_of(request: Any) -> tuple[dict[str, Any], Shared]:
    """Give the input of each eater's model, as the engine has it, and who shares which places."""
    from planner.table.prepare import prepare_table

    table = prepare_table(request)
    return {name: week.source for name, week in table.weeks.items()}, table.shared


def compact_model(sources: Mapping[str, Any], shared: Shared) -> tuple[Any, Mapping[str, Any]]:
    """Build the problem, and give the week of each eater in it."""
    from planner.model.build import build_compact_week
    from planner.model.table import build_table

    if set(sources) == {""}:
        week = build_compact_week(sources[""])
        return week.problem, {"": week}
    model = build_table(sources, shared, build_compact_week)
    return model.problem, model.each


def choices_of(week: Any, value_of: Mapping[int, float]) -> Choices:
    """Give the columns of each day that a solution takes; ``value_of`` goes by id of variable."""
    return tuple(
        tuple(n for n, one in enumerate(plate.variables) if (value_of.get(id(one)) or 0) > CHOSEN)
        for plate in week.plates
    )


def dishes_on(place: str, week: Any, choices: Choices) -> list[tuple[str, ...]]:
    """Name the dishes of each day on a place."""
    columns = week.table.columns
    return [
        tuple(columns[n].candidate.candidate_id for n in day if columns[n].place == place)
        for day in choices
    ]


def fingerprint(problem: Any) -> str:
    """Give eight digits that change with any number of the problem."""
    digits = hashlib.sha256()
    for expression in (problem.objective, *problem.constraints()):
        terms = ((one.name, float(value)) for one, value in expression.items())
        digits.update(repr((sorted(terms), float(expression.constant))).encode())
    return digits.hexdigest()[:8]


def measure_compact(asked: Mapping[str, Any]) -> None:
    """Solve the compact week, and say each bound and each plan when it comes."""
    judge = Judge(*sources_of(read_profile(asked["profile"], asked["days"])))
    say(event="built", **judge.said())
    solve: Mapping[str, Callable[..., None]] = {"highs": solve_by_highs, "cbc": solve_by_cbc}
    solve[asked["solver"]](judge, asked["limit_s"], asked["seed"])


def solve_by_highs(judge: Judge, limit_s: float, seed: int) -> None:
    """Solve with HiGHS on one thread; its callbacks tell what it knows."""
    import highspy
    import pulp

    solver = pulp.HiGHS(msg=False, threads=1, timeLimit=limit_s, random_seed=seed)
    solver.createAndConfigureSolver(judge.problem)
    solver.buildSolverModel(judge.problem)
    model = judge.problem.solverModel
    # what PuLP leaves out of the objective it hands over
    constant = float(judge.problem.objective.constant)
    order = [id(variable) for variable in judge.problem.variables()]
    kinds = highspy.cb.HighsCallbackType
    started, cpu, last = time.perf_counter(), cpu_s(), [-math.inf]

    def told(kind: Any, message: str, out: Any, *_: Any) -> None:
        now = time.perf_counter() - started
        found: dict[str, Any] = {}
        if kind == kinds.kCallbackMipImprovingSolution:
            found = judge.judge(dict(zip(order, list(out.mip_solution), strict=True)))
            found["objective"] = out.objective_function_value + constant
        elif now - last[0] < LEAST_STEP_S:
            return
        last[0] = now
        say(event="step", t=now, bound=out.mip_dual_bound + constant, **found)

    model.setCallback(told, None)
    for kind in ("MipImprovingSolution", "MipLogging", "MipInterrupt"):
        model.startCallback(getattr(kinds, f"kCallback{kind}"))
    model.run()
    info = model.getInfo()
    say(
        event="end",
        status=model.getModelStatus().name.removeprefix("k"),
        wall_s=time.perf_counter() - started,
        cpu_s=cpu_s() - cpu,
        bound=info.mip_dual_bound + constant,
        peak_mb=peak_mb(),
    )


def solve_by_cbc(judge: Judge, limit_s: float, seed: int) -> None:
    """Solve with CBC on one thread; the parent reads its log."""
    import pulp

    from planner.bound.solver import _cbc_path

    seeds = [f"randomSeed {1 + seed}", f"randomCbcSeed {1 + seed}"]
    log = Path(tempfile.mkstemp(prefix="cbc_", suffix=".log")[1])
    say(event="log", path=str(log), constant=float(judge.problem.objective.constant))
    solver = pulp.COIN_CMD(
        path=_cbc_path(), timeLimit=limit_s, msg=False, logPath=str(log), options=seeds
    )
    started, cpu = time.perf_counter(), cpu_s()
    judge.problem.solve(solver)
    values = {id(one): one.varValue for one in judge.problem.variables()}
    has_plan = judge.problem.sol_status in (
        pulp.LpSolutionOptimal,
        pulp.LpSolutionIntegerFeasible,
    )
    say(
        event="end",
        status=pulp.LpSolution[judge.problem.sol_status],
        wall_s=time.perf_counter() - started,
        cpu_s=cpu_s() - cpu,
        objective=float(pulp.value(judge.problem.objective)) if has_plan else None,
        peak_mb=peak_mb(),
        **(judge.judge(values) if has_plan else {}),
    )


def measure_model(asked: Mapping[str, Any]) -> None:
    """Say which model a request has, so that an old baseline of another one is seen."""
    judge = Judge(*sources_of(read_profile(asked["profile"], asked["days"])))
    say(event="built", **judge.said())


MEASURES: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
    "engine": measure_engine,
    "compact": measure_compact,
    "model": measure_model,
}


def main(arguments: Sequence[str]) -> None:
    """Measure once; what a person can mend is said as a reason, not as a traceback."""
    from foods.errors import UserFacingError

    asked = json.loads(arguments[0])
    try:
        MEASURES[asked["measure"]](asked)
    except UserFacingError as error:
        say(event="refused", reason=str(error))


if __name__ == "__main__":
    main(sys.argv[1:])
