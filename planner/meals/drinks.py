"""What is drunk with a meal, beside the milk that a plan counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from planner.settings import read_settings
from planner.standards.standard import SexAndAge

NOBODY: Mapping[str, Sequence[str]] = MappingProxyType({})


def is_for_between(food_id: str) -> bool:
    """Whether a drink is better kept apart from meals and mineral pills: coffee and tea."""
    return food_id in read_settings("meals/drinks.toml")["between"]["ids"]


def between_meals(drinks: str) -> str:
    """Return the sentence that drinks are kept apart from meals and mineral pills."""
    return f"{drinks}, two hours from meals and mineral pills"


def drinks_at(
    slot: str, people: Iterable[SexAndAge], own: Mapping[str, Sequence[str]] = NOBODY
) -> str:
    """Describe what is drunk at a meal by those at the table: ``"tea or water; children water"``.

    Parameters
    ----------
    slot
        A meal of the day.
    people
        Everybody who eats it and asked for no drink: children get no caffeine, and in pregnancy
        its limit is said.
    own
        What is drunk by those who asked for drinks, each with their names.
    """
    rows = read_settings("meals/drinks.toml")
    said: dict[str, str] = {}
    for person in people:
        is_child = person.age_y < rows["child"]["below_y"]
        who = "child" if is_child else "adult" if person.state == "none" else "limited"
        said.setdefault(who, rows[who][slot])
    if len({*said.values(), *own}) <= 1:
        return next(iter((*said.values(), *own)), "")
    alike = next(iter(said.values())) if len(set(said.values())) == 1 else ""
    named = [f"{' and '.join(who)} {text}" for text, who in own.items() if text != alike]
    others = "others " if named else ""
    if alike:
        return "; ".join([*named, f"{others}{alike}"])
    whose = {
        "adult": others,
        "child": "children ",
        "limited": "in pregnancy or breastfeeding ",
    }
    return "; ".join([*named, *(f"{whose[who]}{said[who]}" for who in whose if who in said)])


def drink_beside_own(slot: str) -> str:
    """Describe what somebody who asked for drinks has at a meal without any of them."""
    return str(read_settings("meals/drinks.toml")["asked"][slot])
