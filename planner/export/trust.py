"""How far a plan can be trusted: its check, and what it is low in.

How low is low stands in ``configs/targets.toml``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from planner.check.judge import Finding
from planner.export.documents import TableDocument
from planner.export.figures import cookings
from planner.export.shopping import day_words, shop_day_text
from planner.export.sums import first_shop_text
from planner.meals.rules import read_meal_rules
from planner.request.days import menu_day, weekend_days
from planner.request.request import NAMELESS
from planner.settings import read_settings
from planner.standards.standard import standard_label
from planner.targets.target import name_of
from planner.wording import capital, lowered, plural


def screen_texts(week: TableDocument) -> Iterator[str]:
    """Yield in plain words when to shop, what a planned week costs, and how far to trust it."""
    yield " ".join((shop_day_text(week.table.shopping), *_assumed_weekdays(week)))
    yield f"{_carried_text(week)} {first_shop_text(week.table.shopping)}"
    yield " ".join([checked_text(week), *_low(week)])


def _carried_text(week: TableDocument) -> str:
    """Describe how often one cooks and how much one carries home."""
    times, things = cookings(week.plan), week.table.shopping.things
    cooked = f"cook lunch or dinner {plural(times, 'once', f'{times} times')} and " if times else ""
    return f"You {cooked}buy {things} {plural(things, 'thing', 'things')}."


def _assumed_weekdays(week: TableDocument) -> Iterator[str]:
    """Yield which weekdays the days of a plan without dates stand for."""
    asked = week.request.week
    if asked.start is None:
        free = weekend_days(asked, read_meal_rules(asked.pattern))
        days = [day.day for day in week.plan.days if free[menu_day(asked, day.day) - 1]]
        weekend = f", {day_words(days)} as the weekend" if days else ""
        yield f"Day 1 counts as Monday{weekend}."


def checked_text(week: TableDocument) -> str:
    """State that the plan passed its check."""
    if NAMELESS in week.eaters:
        return (
            "All figures were checked a second time by a separate calculation: every required "
            "target is met."
        )
    return (
        "Each eater's figures were checked a second time by a separate calculation: every required "
        "target is met."
    )


def catalogue_text(week: TableDocument) -> str:
    """Describe how many foods a planned week has, and where their figures come from."""
    foods = f"In all {week.plan.distinct_foods} foods."
    return f"{foods} {capital(_values_text(week))}{_doubt_text(week)}."


def _low(week: TableDocument) -> Iterator[str]:
    """Describe what eaters are low in although their plans pass."""
    for name, own in week.named():
        if told := low_words(own.check.findings):
            yield f"{name}: {told}." if name else f"{capital(told)}."


def _values_text(week: TableDocument) -> str:
    """Name the catalogue and the standard."""
    told = "catalogue {version}, {standard} values"
    standard = standard_label(week.request.standard)
    return told.format(version=week.foods.version, standard=standard)


def _doubt_text(week: TableDocument) -> str:
    """Describe how much of the magnesium hangs on foods whose releases differ."""
    assert week.report is not None
    share = week.report.why.uncertain_magnesium_share if week.report.why else 0.0
    told = "; sources differ for {share} % of the magnesium"
    return told.format(share=f"{100 * share:.0f}") if share else ""


def low_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return the soft floors of the week that are missed by much, the lowest first; each once."""
    most = float(read_settings("targets.toml")["low"]["share"])
    low: dict[str, Finding] = {}
    for one in sorted(findings, key=_share):
        if one.period == "week" and not one.hard and not one.holds and _share(one) < most:
            low.setdefault(one.nutrient, one)
    return list(low.values())


def low_text(findings: Iterable[Finding]) -> str:
    """Describe what a week is low in and what to do about it; empty where it is low in nothing."""
    does = read_settings("targets.toml")["low"]["does"]
    said = [
        "{name} at {share} % of what is wanted ({does})".format(
            name=_within(one), share=_percent(one), does=does.get(one.nutrient, does["usual"])
        )
        for one in low_findings(findings)
    ]
    return "Still low: {what}.".format(what="; ".join(said)) if said else ""


def low_words(findings: Iterable[Finding]) -> str:
    """Name what a week is low in: ``"low, though not required: vitamin D 32 % of the target"``."""
    said = [f"{_within(finding)} {_percent(finding)} %" for finding in low_findings(findings)]
    return (
        "low, though not required: {what} of the target".format(what=", ".join(said))
        if said
        else ""
    )


def _share(finding: Finding) -> float:
    """Return how much of a floor is reached; 1 where there is none, or the value is unknown."""
    if finding.value is None or not finding.lower:
        return 1.0
    return finding.value / finding.lower


def _percent(finding: Finding) -> int:
    return math.floor(100 * _share(finding))


def _within(finding: Finding) -> str:
    """Name a nutrient within a sentence; a vitamin keeps its letter."""
    return lowered(name_of(finding.nutrient))
