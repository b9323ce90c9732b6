"""What dishes need of a kitchen, as their steps say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import cache

from planner.candidates.dish import Dish
from planner.request.equipment import KITCHEN
from planner.settings import read_settings

NEEDS = "it needs: {names}"
_Need = tuple[frozenset[str], re.Pattern[str], frozenset[str]]


def dishes_closed(dishes: Iterable[Dish], gone: Set[str]) -> dict[str, str]:
    """Return the dishes (ids) that cannot be made where all that is ``gone`` lacks, and why."""
    lacking = ((dish, [need for need in needs_of(dish) if need <= gone]) for dish in dishes)
    return {dish.dish_id: _needs_said(needs) for dish, needs in lacking if needs}


def _needs_said(needs: Iterable[frozenset[str]]) -> str:
    each = dict.fromkeys(" or ".join(sorted(need)) for need in needs)
    return NEEDS.format(names=" and ".join(each))


def needs_of(dish: Dish) -> tuple[frozenset[str], ...]:
    """Describe what a dish needs: of each set one, such as an oven, or a toaster, oven or stove."""
    cut, needs = _rows()
    own = {with_it for step in dish.steps if (with_it := appliance_of(step))}
    steps = cut.sub(" ", " ".join(step.lower() for step in dish.steps if not appliance_of(step)))
    rows = read_settings(KITCHEN)["own_ways"]
    return tuple(
        any_of.union(with_it for with_it in own if rows[with_it]["instead"] in any_of)
        for any_of, words, spared in needs
        if dish.dish_id not in spared and words.search(steps)
    )


def appliance_of(step: str) -> str:
    """Name the appliance with which a step makes the whole dish; empty of every other step."""
    rows = read_settings(KITCHEN)["own_ways"]
    found = (name for name, row in rows.items() if step.lower().startswith(row["begins"]))
    return next(found, "")


def slow_hours(dish: Dish) -> str:
    """Return the hours on low that a dish says of a slow cooker, ``"7 to 8"``; else empty."""
    rows = read_settings(KITCHEN)["own_ways"]
    for step in dish.steps:
        for pattern in rows.get(appliance_of(step), {}).get("hours", ()):
            if found := re.search(pattern, step):
                return found[1]
    return ""


def ways_left(gone: Set[str]) -> str:
    """Describe how a kitchen without all that is ``gone`` does its work; empty if it can't."""
    ways = []
    for row in read_settings(KITCHEN)["needs"]:
        left = [row["ways"][way] for way in row.get("ways", ()) if way not in gone]
        ways += left[:1] if gone & set(row["any"]) else []
    return "; ".join(ways) if ways else ""


@cache
def _rows() -> tuple[re.Pattern[str], tuple[_Need, ...]]:
    settings = read_settings(KITCHEN)
    needs = tuple(
        (frozenset(row["any"]), _words(row["words"]), frozenset(row["spared"]))
        for row in settings["needs"]
    )
    return _words(settings["phrases"]), needs


def _words(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")
