"""Lay wishes over a request in the shape of its file.

A wish, as a flag or a field of a form says it, overrides the request; names that it gives are added
to the request's lists. How each does that stands with its key in the tables of ``planner.request``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from planner.errors import ConfigError
from planner.faults import fault
from planner.meals.patterns import SLOTS
from planner.request.meal_phrases import EatenOut
from planner.request.measures import DOLLARS, Money
from planner.request.put import LeftDish, leftover_by_flag, leftover_said
from planner.request.tables import TABLES, WISHES
from planner.request.wish import laid_over
from planner.safety.medicines import WEEKDAYS

_STAGE_KEYS = ("gestation_week", "lactation_month")
_OF_EATER = ("supplements", "targets", "habits")


def lay_over(table: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Lay flags over a table in the shape of the request file.

    Raises
    ------
    ConfigError
        When a flag does nothing without another.
    """
    said, given = given, _with_left_dishes(table, given)
    laid = _laid("", {**table, "eaters": [*map(_with_money, table.get("eaters", ()))]}, given)
    laid["eaters"] = _lay_over_eaters(laid["eaters"], given.get("eater", ()))
    laid |= _with_person(_with_money(table), given)
    laid |= {name: _laid(name, laid.get(name, {}), given) for name in ("week", "solve", "water")}
    _check_needs(laid, given)
    _check_left(laid, said)
    return laid


def _with_left_dishes(table: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Put portions of a dish that are left onto the next meals, as a meal eaten elsewhere is."""
    left = _left_in(given)
    if not left:
        return dict(given)
    only, meals = given.get("only", ()), list[EatenOut]()
    free = [*only, *SLOTS[1:]]  # at lunch, and a second dish at dinner
    for one in left[: len(free)]:
        own = one.slot if one.slot in free and one.slot in (only or SLOTS) else free[0]
        free.remove(own)
        meals += [EatenOut(day, own, one.dish) for day in one.meals(*_table_of(table, given))]
    uses = [use for use in given["use"] if use not in left]
    return {**given, "use": uses, "eat_out": (*meals, *given.get("eat_out", ()))}


def _left_in(given: Mapping[str, Any]) -> list[LeftDish]:
    return [use for use in given.get("use", ()) if isinstance(use, LeftDish)]


def _table_of(table: Mapping[str, Any], given: Mapping[str, Any]) -> tuple[int, int]:
    """Return how many people eat, and for how many days."""
    entries = (*table.get("eaters", ()), *given.get("eater", ()))
    people: dict[str, int] = {}
    for entry in entries:
        name = entry["name"].casefold()
        people[name] = entry.get("count", people.get(name, 1))
    week = {**table.get("week", {}), **given}
    return sum(people.values()) or 1, week.get("days", len(WEEKDAYS))


def _check_left(laid: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Refuse portions of which not all are on a meal: they keep no longer, or it has another."""
    eaters, days = _table_of(laid, {})
    meals = [meal.get("dish") for meal in laid["week"].get("skip", ())]
    for leftover in _left_in(given):
        if meals.count(leftover.dish) * eaters != leftover.portions:
            raise ConfigError(leftover_said(leftover, eaters, days))


def _check_needs(laid: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Refuse a flag that says another thing than usual, and does nothing as things are."""
    for wish in (one for one in WISHES if one.flag.needs and one.name in given):
        needs = [tuple(need.split(".")) for need in wish.flag.needs.split(";")]
        usual = TABLES[wish.table].model_fields[wish.key].default
        held = any(laid.get(table, {}).get(key) for table, key in needs)
        if given[wish.name] != usual and not held:
            named = next(one.name for one in WISHES if (one.table, one.key) == needs[0])
            flag, needed = (name.replace("_", "-") for name in (wish.name, named))
            raise fault(ConfigError, "does_nothing", flag=flag, needed=needed)


def _laid(name: str, table: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    return laid_over((wish for wish in WISHES if wish.table == name), table, given)


def _with_money(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return a request table whose budget names its money, which a change of shops keeps."""
    wanted = table.get("preferences", {})
    budget_usd = wanted.get("budget_per_week")
    if not isinstance(budget_usd, int | float):
        return dict(table)
    money = Money(float(budget_usd), DOLLARS)
    return dict(table) | {"preferences": {**wanted, "budget_per_week": money}}


def lay_over_eater(eater: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Lay flags over one entry of ``[[eaters]]``, as over a request; shared meals are replaced."""
    for leftover in _left_in(given):
        raise ConfigError(leftover_by_flag(leftover))  # a meal eaten elsewhere is the whole table's
    own = [wish for wish in WISHES if wish.key in _OF_EATER]
    slots = given.get("slots", eater.get("slots", ["dinner"]))
    of_entry = {key: given[key] for key in ("days", "count") if "name" in given and key in given}
    return laid_over(own, eater, given) | _with_person(eater, given) | {"slots": slots, **of_entry}


def _lay_over_eaters(
    written: Sequence[Mapping[str, Any]], said: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Add eaters; what is said of one who is there already is laid over that one."""
    names = {entry["name"].casefold() for entry in written}
    laid = []
    for eater in written:
        own = dict(eater)
        for entry in said:
            if entry["name"].casefold() == eater["name"].casefold():
                own = lay_over_eater(own, _as_flags(entry))
        laid.append(own)
    return [*laid, *(dict(entry) for entry in said if entry["name"].casefold() not in names)]


def _as_flags(eater: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a phrase says of an eater as the flags that say the same."""
    flags = {key: eater[key] for key in ("name", "slots", "days", "count") if key in eater}
    for wish in WISHES:
        part = eater.get(wish.table, {}) if wish.table else eater
        if wish.key in part and wish.flag.phrase is not None:
            flags[wish.name] = part[wish.key]
    return flags


def _with_person(table: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Lay flags over who eats and what is wanted."""
    return {
        "profile": _laid("profile", _known(table.get("profile", {}), given), given),
        "preferences": _laid("preferences", _changed_sides(table, given), given),
    }


def _known(table: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what was only assumed, which is assumed anew, and what a flag stands in for."""
    left = {*table.get("assumed", []), "assumed"}
    if given.get("state", table.get("state")) != table.get("state"):
        left |= {*_STAGE_KEYS}
    if "serum_mg" in given:
        left.add("serum_mg_mg_dl")
    return {key: value for key, value in table.items() if key not in left}


def _changed_sides(table: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Let go what was liked and now is disliked, or the other way round."""
    wanted = dict(table.get("preferences", {}))
    for key, other in (("like", "dislike"), ("dislike", "like")):
        now = dict(given.get(other, ()))
        if key in wanted:
            wanted[key] = {name: grade for name, grade in wanted[key].items() if name not in now}
    return wanted
