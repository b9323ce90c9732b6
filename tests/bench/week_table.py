"""Write what the bench measured as Markdown."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.edits import edit_rows
from tests.bench.realism import _commit, _cpu
from tests.bench.week_baselines import POINTS_S, Baseline
from tests.bench.week_runs import Run, time_to

if TYPE_CHECKING:
    from tests.bench.week import Measured

NONE = "–"
AT_MOST = {"plan_s": 3.0, "build": 0.15, "growth": 5.0}


def table(found: Measured) -> str:
    """Write all tables."""
    seeds = found.setup.seeds
    lines = [
        "# The week engine beside the compact whole-week model",
        "",
        f"{datetime.now(UTC).date()}, commit {_commit()}; {platform.machine()}, {_cpu()}, Python "
        f"{platform.python_version()}. Written by `python -m tests.bench.week`. Ours: medians of "
        f"{seeds} seeds in fresh processes with empty caches, `plan_meals` from the request to the "
        "checked report, imports apart. Points: fewer are better; the bound is proven.",
        "",
        *_verdict(found),
        *_engine(found),
        *_against(found),
        *_compact(found),
        *_days(found),
        *_cold(found),
    ]
    if found.edits is not None:
        lines += ["## Edits in a warm process", "", *edit_rows(found.edits), ""]
    return "\n".join(lines).rstrip() + "\n"


def _verdict(found: Measured) -> list[str]:
    """Say of each number that is promised whether it was met."""
    rows = [
        *_verdict_plans(found),
        *_verdict_gaps(found),
        *_verdict_times(found),
    ]
    if not rows:
        return []
    head = ["## What is promised", "", "| promise | measured | met |", "| --- | --- | --- |"]
    return [*head, *(f"| {what} | {value} | {'yes' if is_met else 'no'} |"
                     for what, value, is_met in rows), ""]  # fmt: skip


def _verdict_plans(found: Measured) -> Iterable[tuple[str, str, bool]]:
    for profile, baselines in found.baselines.items():
        ours = [_end(run, "objective") for run in found.engine.get((profile, 2.5), [])]
        if not ours or all(one.columns is None for one in baselines):
            continue
        theirs = [one.objective_end for one in baselines]
        best = min((one for one in theirs if one is not None), default=None)
        limit = f"{baselines[0].limit_s:g} s"
        mine = _median(ours)
        yield (
            f"{profile}: our points at 2.5 s below the compact model's at {limit}",
            f"{_number(mine)} against {_number(best)}",
            mine is not None and (best is None or mine < best),
        )


def _verdict_gaps(found: Measured) -> Iterable[tuple[str, str, bool]]:
    for (profile, limit_s), runs in found.engine.items():
        gap = _median([_gap(run) for run in runs])
        if limit_s == 10.0 and gap is not None:
            most = 0.05 if profile == "default" else 0.10
            yield f"{profile}: gap at 10 s at most {most:.0%}", f"{gap:.1%}", gap <= most


def _verdict_times(found: Measured) -> Iterable[tuple[str, str, bool]]:
    for name, (seconds, _) in found.cold.items():
        yield (
            f"cold command ({name}) at most {AT_MOST['plan_s']:g} s",
            f"{median(seconds):.2f} s",
            median(seconds) <= AT_MOST["plan_s"],
        )
    runs = found.engine.get(("default", None), [])
    share = _median([_share(run, "build_s") for run in runs])
    if share is not None:
        most = AT_MOST["build"]
        yield f"default: model building at most {most:.0%}", f"{share:.0%}", share <= most
    if 7 in found.days and 28 in found.days:
        week, month = (_median([_end(run, "cpu_s") for run in found.days[n]]) for n in (7, 28))
        if week and month:
            most = AT_MOST["growth"]
            yield f"28 days at most {most:g}× of 7", f"{month / week:.1f}×", month <= most * week


def _engine(found: Measured) -> list[str]:
    """Our engine by profile and limit."""
    if not found.engine:
        return []
    lines = [
        "## Ours",
        "",
        "Shares are those of the wall time: building the model, inside HiGHS, all the rest.",
        "",
        "| profile | limit | points (lowest to highest) | bound | gap | points above it | wall s | "
        "processor s | building, solver, ours | peak MB | checked |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for (profile, limit_s), runs in found.engine.items():
        limit = "default work" if limit_s is None else f"{limit_s:g} s"
        lines.append(f"| {profile} | {limit} | {_engine_cells(runs)} |")
    return [*lines, ""]


def _engine_cells(runs: Sequence[Run]) -> str:
    reason = next((run.reason for run in runs if run.reason), "")
    if reason:
        return f"not measured: {reason}" + " |" * 8
    points = [_end(run, "objective") for run in runs]
    above = [_minus(_end(run, "objective"), _end(run, "bound")) for run in runs]
    parts = [_median([_share(run, name) for run in runs]) for name in ("build_s", "solver_s")]
    rest = None if None in parts else 1.0 - sum(one or 0.0 for one in parts)
    return " | ".join(
        (
            f"{_number(_median(points))} {_span(points)}".strip(),
            _number(_median([_end(run, "bound") for run in runs])),
            _percent(_median([_gap(run) for run in runs])),
            _number(_median(above)),
            _number(_median([_end(run, "wall_s") for run in runs])),
            _number(_median([_end(run, "cpu_s") for run in runs])),
            ", ".join(_percent(one, 0) for one in (*parts, rest)),
            _number(_median([_end(run, "peak_mb") for run in runs]), 0),
            f"{sum(bool(run.of('end').get('checked')) for run in runs)} of {len(runs)}",
        )
    )


def _against(found: Measured) -> list[str]:
    """How long we take to be as good as the compact model at its limit."""
    lines = []
    for profile, baselines in found.baselines.items():
        longest = max((limit or 0.0 for name, limit in found.engine if name == profile), default=0)
        runs = found.engine.get((profile, longest or None), [])
        for one in baselines:
            objective = one.objective_end
            if objective is not None and runs:
                times = [time_to(run.steps(), objective) for run in runs]
                lines.append(
                    f"| {profile} | {one.solver}, seed {one.seed} | {objective:.2f} at "
                    f"{one.limit_s:g} s | {_number(_median(times))} | "
                    f"{sum(t is not None for t in times)} of {len(times)} |"
                )
    if not lines:
        return []
    head = ["## Time until we are as good", "",
            "Wall seconds from the request to the end of the first round whose week has no more "
            "points than the compact model's last plan.", "",
            "| profile | solver | its points | our seconds | reached |",
            "| --- | --- | --- | --- | --- |"]  # fmt: skip
    return [*head, *lines, ""]


def _compact(found: Measured) -> list[str]:
    """The compact model by profile and solver."""
    rows = [one for baselines in found.baselines.values() for one in baselines]
    if not rows:
        return []
    lines = [
        "## The compact model",
        "",
        "Best points / bound after so many seconds of solving, building not counted, and when it "
        "ended (solvers overrun their limit); one thread. "
        "“Judged”: points of its last plan by our evaluation. Where processor seconds are far "
        "fewer than wall seconds, other work ran beside it.",
        "",
        "| profile | solver | columns × rows | building s | "
        + " | ".join(f"{one:g} s" for one in POINTS_S)
        + " | end | judged | wall, processor s | peak MB | status | measured |",
        "| " + " | ".join(["---"] * (10 + len(POINTS_S))) + " |",
    ]
    for one in rows:
        old = "" if one.model == found.models.get(one.profile, "") else ", **of an older model**"
        lines.append(
            f"| {one.profile} | {one.solver}, seed {one.seed} | "
            f"{_number(one.columns, 0)} × {_number(one.rows, 0)} | "
            f"{_number(one.build_s, 1)} | {' | '.join(_at(one, s) for s in POINTS_S)} | "
            f"{_number(one.objective_end)} / {_number(one.bound_end)} | "
            f"{_judged(one)} | {_number(one.wall_s, 0)}, {_number(one.cpu_s, 0)} | "
            f"{_number(one.peak_mb, 0)} | {one.status} | {one.date}, {one.commit}{old} |"
        )
    return [*lines, ""]


def _at(one: Baseline, seconds: float) -> str:
    if seconds > one.limit_s:
        return ""
    best, bound = (getattr(one, f"{name}_{seconds:.0f}") for name in ("objective", "bound"))
    return f"{_number(best)} / {_number(bound)}"


def _judged(one: Baseline) -> str:
    return _number(one.judged) + (f", breaks {one.broken}" if one.broken else "")


def _days(found: Measured) -> list[str]:
    """Longer horizons."""
    if not found.days:
        return []
    lines = ["## More days, default profile and work", "",
             "| days | points | bound | gap | points above it | wall s | processor s | "
             "building, solver, ours | peak MB | checked |",
             "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    lines += [f"| {days} | {_engine_cells(runs)} |" for days, runs in found.days.items()]
    return [*lines, ""]


def _cold(found: Measured) -> list[str]:
    """The command in a fresh process."""
    if not found.cold:
        return []
    lines = ["## The command, cold", "", "`magplan plan` in fresh processes, imports included.",
             "", "| request | wall s: median (lowest to highest) | exit codes |",
             "| --- | --- | --- |"]  # fmt: skip
    for name, (seconds, codes) in found.cold.items():
        said = ", ".join(map(str, sorted(set(codes))))
        lines.append(f"| {name} | {median(seconds):.2f} {_span(seconds)} | {said} |")
    return [*lines, ""]


def _end(run: Run, name: str) -> float | None:
    value = run.of("end").get(name)
    return None if value is None else float(value)


def _gap(run: Run) -> float | None:
    objective, bound = _end(run, "objective"), _end(run, "bound")
    if objective is None or bound is None or objective <= 0:
        return None
    return max(0.0, (objective - bound) / objective)


def _share(run: Run, name: str) -> float | None:
    part, whole = _end(run, name), _end(run, "wall_s")
    return None if part is None or not whole else part / whole


def _minus(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _median(values: Iterable[float | None]) -> float | None:
    """Give the median; ``None`` where half of the runs or more have no value."""
    some = [float("inf") if one is None else one for one in values]
    middle = median(some) if some else float("inf")
    return None if middle == float("inf") else middle


def _span(values: Iterable[float | None]) -> str:
    some = [one for one in values if one is not None]
    return f"({min(some):.2f} to {max(some):.2f})" if len(some) > 1 else ""


def _number(value: float | None, digits: int = 2) -> str:
    return NONE if value is None else f"{value:.{digits}f}"


def _percent(value: float | None, digits: int = 1) -> str:
    return NONE if value is None else f"{100 * value:.{digits}f} %"
