"""The verdict of the judge as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from planner.check.judge import CheckResult, Finding
from planner.check.table import TableCheck
from planner.export.figures import amount_text, finding_texts
from planner.plan.rounding import percent_above
from planner.request.request import NAMELESS
from planner.settings import read_settings
from planner.targets.words import ADDED_LEGEND, heading_of, name_of

_WORDS = 2  # columns of words before those of figures
MISSES, SOFT_MISS = "!", "~"
LEGEND = f"{MISSES} does not hold   {SOFT_MISS} soft target missed   ? unknown"


def table_check_as_json(result: TableCheck, notes: Sequence[str] = ()) -> dict[str, Any]:
    """Give the verdict on a table as JSON values; of several eaters each stands in ``eaters``."""
    whole = check_as_json(result.as_one(), notes)
    if NAMELESS in result.eaters:
        return whole
    eaters = [{"name": name, **check_as_json(one)} for name, one in result.eaters.items()]
    return {**whole, "eaters": eaters}


def check_as_json(result: CheckResult, notes: Sequence[str] = ()) -> dict[str, Any]:
    """Give the verdict as JSON values, unrounded.

    Parameters
    ----------
    result
        What the judge found.
    notes
        What to know beside it.
    """
    return {
        "passed": result.passed,
        "findings": [finding_as_json(finding) for finding in result.findings],
        "faults": list(result.faults),
        "notes": list(notes),
    }


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """Give one finding under the keys of plan.json."""
    return {
        "nutrient": finding.nutrient,
        "period": finding.period,
        "day": finding.day,
        "week": finding.week,
        "value": finding.value,
        "lower": finding.lower,
        "upper": finding.upper,
        "holds": finding.holds,
        "coverage": finding.coverage,
        "hard": finding.hard,
        "basis": finding.basis,
    }


def check_as_text(result: TableCheck, notes: Sequence[str] = ()) -> str:
    """Give each eater's targets per day and week in a table, then faults, notes and the verdict."""
    if NAMELESS in result.eaters:
        return _own_text(result.eaters[NAMELESS], notes)
    parts = [f"{name}\n{_own_text(one)}" for name, one in result.eaters.items()]
    for title, sentences in (("Faults of the table", result.faults), ("Notes", notes)):
        if sentences:
            parts.append("\n".join([title, *(f"  {sentence}" for sentence in sentences)]))
    held = sum(one.passed for one in result.eaters.values())
    verb = "holds" if result.passed else "does not hold"
    parts.append(f"The household's plan {verb}: {held} of {len(result.eaters)} eaters.")
    return "\n\n".join(parts)


def _own_text(result: CheckResult, notes: Sequence[str] = ()) -> str:
    daily = _groups(finding for finding in result.findings if finding.period == "day")
    weekly = _groups(finding for finding in result.findings if finding.period == "week")
    weeks = max((len(group) for group in weekly), default=0)
    means = ["mean"] if weeks <= 1 else [f"week {number}" for number in range(1, weeks + 1)]
    lines = [
        *_day_tables(daily),
        *_table([["Mean of the week", "band", *means], *map(_row, weekly)]),
        "",
        ADDED_LEGEND,
        LEGEND,
    ]
    unknown = list(dict.fromkeys(_unknown(result.findings)))
    for title, sentences in (("Unknown", unknown), ("Faults", result.faults), ("Notes", notes)):
        if sentences:
            lines += ["", title, *(f"  {sentence}" for sentence in sentences)]
    return "\n".join([*lines, "", verdict(result)])


def _day_tables(daily: Sequence[Sequence[Finding]]) -> list[str]:
    """Give a table of the days of each week, so that a month stays within a screen's width."""
    lines: list[str] = []
    for week in sorted({finding.week for group in daily for finding in group}):
        own = [[finding for finding in group if finding.week == week] for group in daily]
        days = sorted({finding.day for group in own for finding in group if finding.day})
        lines += [*_table([["Each day", "band", *map(str, days)], *map(_row, own)]), ""]
    return lines


def verdict(result: CheckResult) -> str:
    """Say in one line whether the plan holds."""
    hard = [finding for finding in result.findings if finding.hard]
    missed = sum(not finding.holds for finding in hard)
    if result.passed:
        soft = sum(not finding.holds for finding in result.findings if not finding.hard)
        rest = f"; soft targets missed: {soft}" if soft else ""
        return f"The plan holds: all {len(hard)} checks of hard targets{rest}."
    counts = [
        f"{missed} of {len(hard)} checks of hard targets fail" if missed else "",
        f"{len(result.faults)} {'fault' if len(result.faults) == 1 else 'faults'}"
        if result.faults
        else "",
    ]
    return f"The plan does not hold: {' and '.join(filter(None, counts))}."


def _groups(findings: Iterable[Finding]) -> list[list[Finding]]:
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.nutrient, finding.basis), []).append(finding)
    return list(groups.values())


def _row(findings: Sequence[Finding]) -> list[str]:
    first = findings[0]
    return [
        heading_of(first.nutrient, first.basis),
        _band(first),
        *(_cell(finding) for finding in findings),
    ]


def _band(finding: Finding) -> str:
    lower, upper = (
        None if bound is None else _figure(finding.nutrient, bound)
        for bound in (finding.lower, finding.upper)
    )
    if lower and upper:
        return f"{lower}-{upper}"
    return f">= {lower}" if lower else f"<= {upper}" if upper else "shown"


def _cell(finding: Finding) -> str:
    if finding.holds:
        return f"{_figure(finding.nutrient, finding.value)} "
    value, _lower, _upper = finding_texts(finding)  # never looks like the bound that it misses
    return f"{value.replace(',', '')}{MISSES if finding.hard else SOFT_MISS}"


def _figure(key: str, value: float | None) -> str:
    return amount_text(key, value).replace(",", "")


def _unknown(findings: Iterable[Finding]) -> Iterator[str]:
    least = read_settings("check.toml")["coverage"]["least"]
    for finding in findings:
        if finding.coverage < least:
            when = "the week" if finding.day is None else f"day {finding.day}"
            share = percent_above(1 - finding.coverage)
            name = name_of(finding.nutrient)
            yield f"{name}: unknown for {share} of the food of {when}, so it cannot be judged."


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    width = max(len(row) for row in rows)
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    widths = [max(len(row[column]) for row in full) for column in range(width)]
    return [
        " ".join(
            f"{cell:<{wide + 1}}" if column < _WORDS else f"{cell:>{wide}}"
            for column, (cell, wide) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in full
    ]
