"""What is drunk with a meal, beside the milk that a plan counts."""

from __future__ import annotations

from collections.abc import Iterable

from planner.settings import read_settings
from planner.standards.standard import SexAndAge


def drinks_at(slot: str, people: Iterable[SexAndAge]) -> str:
    """Say what is drunk at a meal by those at the table: ``"coffee or tea; children water"``.

    Parameters
    ----------
    slot
        A meal of the day.
    people
        Everybody who eats it: children get no caffeine, and in pregnancy its limit is said.
    """
    rows = read_settings("meals/drinks.toml")
    said: dict[str, str] = {}
    for one in people:
        is_child = one.age_y < rows["child"]["below_y"]
        who = "child" if is_child else "adult" if one.state == "none" else "limited"
        said.setdefault(who, rows[who][slot])
    if len(set(said.values())) <= 1:
        return next(iter(said.values()), "")
    whose = {"adult": "", "child": "children ", "limited": "in pregnancy or breastfeeding "}
    return "; ".join(f"{whose[who]}{said[who]}" for who in whose if who in said)
