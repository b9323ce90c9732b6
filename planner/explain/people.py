"""What several people have, as tables of pandas: those of one table, or of a cohort."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, get_args

from foods.frame import OF_ROW, WORDS, as_frame, nutrient_units
from planner.explain.reasons import is_near
from planner.plan.plan import Per, check_per, plan_rows, plan_units

if TYPE_CHECKING:
    import pandas as pd

    from planner.check.judge import Finding
    from planner.explain.report import Concession, Report

PerPerson = Literal["person", "nutrient", "day", "item", "ingredient"]
SEPARATOR = "; "
PEOPLE_TABLES: tuple[PerPerson, ...] = get_args(PerPerson)
HELD = ("short", "over", "at_least", "at_most")
"""Columns that name targets: those that are missed, and bounds that bind, with ``;`` between."""
_PERSON: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("person", "status", "why", "passed", "days", "distinct_foods"), WORDS),
        **{"points": "points", "bound": "points", "gap": "share"},
        **{"ca_mg_ratio": "ratio", "cost": "USD"},
        **{"way": WORDS, "gives_way": WORDS},
        **dict.fromkeys(HELD, WORDS),
    }
)
_NUTRIENT: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("person", "nutrient", "unit", "period", "hard"), WORDS),
        **dict.fromkeys(("mean", "lower", "upper"), OF_ROW),
    }
)
_PERIODS = ("week", "day")  # whose band is told: that of the mean, where there is one


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What is told of one person.

    Parameters
    ----------
    name
        Whose it is; empty for the only eater of a request that names none.
    status
        As of ``Outcome``; ``"refused"`` where a rule refuses, ``"failed"`` where planning did.
    why
        Why there is no plan; empty with one.
    report
        The report on this person's own plan, where there is one.
    ways
        Changes that a plan was found with, the smallest first; empty with a plan.
    """

    name: str
    status: str
    why: str
    report: Report | None
    ways: Sequence[Concession] = ()


def people_frame(people: Iterable[PersonRow], per: PerPerson) -> pd.DataFrame:
    """Give the table that ``Cohort.to_frame`` tells of.

    Raises
    ------
    ExportError
        When there is no such table.
    """
    check_per(per, PEOPLE_TABLES)
    if per == "person":
        return as_frame(map(person_row, people), person_units(), per=per)
    if per == "nutrient":
        rows = (row for one in people for row in nutrient_rows(one))
        return as_frame(rows, target_units(), per=per)
    units = {"person": WORDS, **plan_units(per)}
    return as_frame((row for one in people for row in _of_plan(one, per)), units, per=per)


def person_units() -> Mapping[str, str]:
    """Give the columns of a table of people → unit."""
    return {**_PERSON, **nutrient_units()}


def target_units() -> Mapping[str, str]:
    """Give the columns of a table of people's nutrients → unit."""
    return _NUTRIENT


def person_row(one: PersonRow) -> dict[str, Any]:
    """Give the row of one person: column → value; what is not known is left out."""
    row: dict[str, Any] = {"person": one.name, "status": one.status, "why": one.why}
    if one.report is None or one.report.plan is None:
        ways = {"way": one.ways[0].text, "gives_way": _gives_way(one.ways[0])} if one.ways else {}
        return row | {"passed": False} | ways
    report, plan = one.report, one.report.plan
    days = len(plan.days)
    return row | {
        "passed": report.check is not None and report.check.passed,
        "days": days,
        "distinct_foods": plan.distinct_foods,
        "points": report.outcome.objective,
        "bound": report.outcome.bound,
        "gap": report.outcome.gap,
        "ca_mg_ratio": plan.ca_mg_ratio,
        "cost": plan.cost / days,
        **_held(report.check.findings if report.check is not None else ()),
        **plan.means,
    }


def _gives_way(way: Concession) -> str:
    """Name what a change is about: nutrients by their keys, what else by its kind."""
    return SEPARATOR.join(dict.fromkeys(map(_kind_of, way.parts or (way,))))


def _kind_of(way: Concession) -> str:
    if way.band is not None:
        return way.band.nutrient
    if way.preference is not None:
        return way.preference[0]
    return "budget" if way.budget_usd is not None else "per_week" if way.rule else "others"


def _held(findings: Iterable[Finding]) -> dict[str, str]:
    """Name the targets that are missed, and the bounds of weeks that bind; see ``HELD``."""
    found: dict[str, dict[str, None]] = {name: {} for name in HELD}
    for one in findings:
        key = one.nutrient if one.basis == "total" else f"{one.nutrient} {one.basis}"
        sides = zip((one.lower, one.upper), HELD[:2], HELD[2:], (1, -1), strict=True)
        for bound, missed, near, sign in sides:
            if bound is None or one.value is None:
                continue
            if not one.holds and sign * one.value < sign * bound:
                found[missed][key] = None
            elif one.hard and one.period == "week" and is_near(one.value, bound):
                found[near][key] = None
    return {name: SEPARATOR.join(keys) for name, keys in found.items()}


def nutrient_rows(one: PersonRow) -> Iterator[dict[str, Any]]:
    """Give a row for each nutrient of one person's plan; none without a plan."""
    if one.report is None or one.report.plan is None:
        return
    plan, targets = one.report.plan, one.report.targets
    for nutrient, unit in nutrient_units().items():
        row: dict[str, Any] = {"person": one.name, "nutrient": nutrient, "unit": unit}
        row["mean"] = plan.means.get(nutrient)
        bands = [targets.find(nutrient, period) for period in _PERIODS]
        band = next((one for one in bands if one is not None), None)
        if band is not None:
            row |= {name: getattr(band, name) for name in ("period", "hard", "lower", "upper")}
        yield row


def _of_plan(one: PersonRow, per: Per) -> Iterator[Mapping[str, Any]]:
    if one.report is not None and one.report.plan is not None:
        for row in plan_rows(one.report.plan, per):
            yield {"person": one.name, **row}
