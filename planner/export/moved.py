"""What a change did to a week that the figures of its days do not show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from planner.candidates.names import Meaning, find_meaning
from planner.errors import CandidatesError
from planner.explain.table_report import TableReport
from planner.export.diff import ARROW
from planner.export.figures import mass_text
from planner.plan.plan import Plan
from planner.request.preferences import Preferences
from planner.shops import named
from planner.targets.eaters import eater_requests


def change_texts(before: TableReport, after: TableReport) -> Iterator[str]:
    """Say how much of what is wished otherwise is eaten now.

    Parameters
    ----------
    before, after
        The weeks, each with its plan.
    """
    assert before.plan is not None
    assert after.plan is not None
    for meaning in _wished_otherwise(before, after):
        old, new = (_eaten_g(one, meaning) for one in (before.plan, after.plan))
        told = "Of {name}, in dishes too: {before} {arrow} {after} in these days."
        if old or new:
            amounts = {"before": mass_text(old), "arrow": ARROW, "after": mass_text(new)}
            yield told.format(name=named(meaning.name), **amounts)


def _wished_otherwise(before: TableReport, after: TableReport) -> Iterator[Meaning]:
    """Yield what is liked, disliked or counted otherwise than before, by whomever."""
    old = {name: _counted(one.preferences) for name, one in eater_requests(before.request).items()}
    names = {
        wish[1]: None
        for name, one in eater_requests(after.request).items()
        for wish, count in _counted(one.preferences).items()
        if old.get(name, {}).get(wish) != count
    }
    dishes = next(iter(after.reports.values())).dishes
    for name in names:
        with suppress(CandidatesError):
            yield find_meaning(name, after.foods, dishes)


def _counted(wanted: Preferences) -> Mapping[tuple[str, str], int]:
    """Give (how it is wished, name) → how much, or how often."""
    return {
        **{("like", name): grade for name, grade in wanted.like.items()},
        **{("dislike", name): grade for name, grade in wanted.dislike.items()},
        **{(one.sense, one.name): one.count for one in wanted.per_week},
    }


def _eaten_g(plan: Plan, meaning: Meaning) -> float:
    """Return what everybody eats of foods [g]: whole dishes where they are meant."""
    return sum(
        mass_g
        for day in plan.days
        for item in day.items()
        for food_id, mass_g in item.ingredients
        if food_id in meaning.food_ids or item.item_id in meaning.dish_ids
    )
