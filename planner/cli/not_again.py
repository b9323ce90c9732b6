"""``--not-again`` and ``--anew``: dishes of a plan that go for long, or from some of its days."""

from __future__ import annotations

from collections.abc import Collection

import click

from foods.table import plain_key
from planner.cli.options import NAME, PhraseType
from planner.errors import ConfigError
from planner.faults import fault
from planner.plan.plan import Plan
from planner.request.days import menu_day, menu_days
from planner.request.put import days_without, read_days_off
from planner.request.request import WeekOptions
from planner.shops import named

MONTH_NOTE = (
    "--not-again leaves a dish out of this plan and of those made from its request.toml: take it "
    "off `without` there when the month is over"
)
not_again_option = click.option(
    "--not-again",
    type=NAME,
    multiple=True,
    help="A dish of the plan, by words of its name, that is to go and not to come back this month; "
    "repeatable.",
)

anew_option = click.option(
    "--anew",
    type=PhraseType("DAYS", read_days_off),
    help="Days that get other dishes than theirs, thu-sun; the rest moves as little as possible.",
)


def dishes_of_days(
    plan: Plan, days: list[str], week: WeekOptions, past: Collection[int] = ()
) -> tuple[tuple[str, list[str]], ...]:
    """Give the dishes of some days, each left out on all of them; a box of a past day stays.

    Raises
    ------
    ConfigError
        When no day is called so, or some are ``past``.
    """
    from planner.candidates.called import asked_name

    numbers = days_without(days, menu_days(week), week.start)
    if gone := sorted(numbers.intersection(past)):
        later = (str(one.day) for one in plan.days if one.day not in past)
        told = {"days": ", ".join(map(str, gone)), "later": ",".join(later)}
        raise fault(ConfigError, "anew_past", **told)
    served = (
        asked_name(item.item_id, item.name)
        for day, _meal, item in plan.served()
        if menu_day(week, day.day) in numbers
        and item.kind == "dish"
        and item.leftover_of not in past  # a box that is cooked already
    )
    return tuple((name, [*map(str, sorted(numbers))]) for name in dict.fromkeys(served))


def names_of_dishes(plan: Plan, words: tuple[str, ...]) -> tuple[str, ...]:
    """Give the dish of the plan that each is about, as ``without`` has it; else the words.

    Raises
    ------
    ConfigError
        When the words are in the names of several dishes.
    """
    from planner.candidates.called import asked_name

    found = [(one, dish_called(plan, one)) for one in words]
    return tuple(one if dish is None or one in dish else asked_name(*dish) for one, dish in found)


def is_phrase_of(words: str, name: str) -> bool:
    """Whether a name holds some words as they stand, one behind the other."""
    return f"_{plain_key(words)}_" in f"_{plain_key(name)}_"


def dish_called(plan: Plan, words: str) -> tuple[str, str] | None:
    """Give id and name of the dish of the plan that some words are about; ``None``: of none.

    Raises
    ------
    ConfigError
        When the words are in the names of several dishes.
    """
    from planner.candidates.called import is_called

    served = {item.item_id: item.name for _, _, item in plan.served() if item.kind == "dish"}
    if (just := next((one for one in served.items() if words in one), None)) is not None:
        return just
    found = {item_id: name for item_id, name in served.items() if is_called(words, name)}
    if len(found) > 1:
        found = {one: name for one, name in found.items() if is_phrase_of(words, name)} or found
    if len(found) > 1:
        names = "; ".join(map(named, found.values()))
        raise fault(ConfigError, "not_again_of_several", words=words, names=names)
    return next(iter(found.items()), None)
