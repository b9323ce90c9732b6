"""What the judge says about dishes: each has its own name, and holds what its recipe holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.check.lines import ServedItem
from planner.check.names import DishNote
from planner.settings import read_settings


def recipe_faults(place: ServedItem, note: DishNote) -> Iterator[str]:
    """Say where a dish is called otherwise, or holds something else than its recipe.

    Where nobody avoids what is usual, soy sauce stands for tamari and the like, in the name too;
    some are cooked for with less salt (``configs/dishes.toml``).

    Parameters
    ----------
    place
        A dish on the table, for everybody who has it.
    note
        What the catalogue says of it.
    """
    if _usual_name(place.item.name) != _usual_name(note.name):
        yield f"{place}: the dish {note.dish_id} is called {note.name!r}."
    if not note.per_serving_g:
        return
    less = read_settings("dishes.toml")["salt"]["less"]
    slack_g = _slack_g() * max(1, len(place.item.shares))
    wanted, held = _usual_foods(note.per_serving_g), _usual_foods(dict(place.item.ingredients))
    wrong = []
    for food_id in {**wanted, **held}:
        most_g = place.item.servings * wanted.get(food_id, 0.0)
        least_g = most_g * (less["share"] if food_id in less["foods"] else 1.0)
        if not least_g - slack_g <= held.get(food_id, 0.0) <= most_g + slack_g:
            wrong.append(food_id)
    if wrong:
        yield f"{place}: holds other amounts of {', '.join(sorted(wrong))} than the recipe."


def _usual_foods(masses_g: Mapping[str, float]) -> dict[str, float]:
    """Give masses [g] with each food that stands for a usual one counted as that."""
    rows = read_settings("dishes.toml")["usual"]
    usual = {free: row["usual"] for row in rows for free in row["free"]}
    found: dict[str, float] = {}
    for food_id, mass_g in masses_g.items():
        found[usual.get(food_id, food_id)] = found.get(usual.get(food_id, food_id), 0.0) + mass_g
    return found


def _usual_name(name: str) -> str:
    for row in read_settings("dishes.toml")["usual"]:
        for free, word in row["words"].items():
            name = name.replace(free, word)
    return name


def _slack_g() -> float:
    kitchen = read_settings("check.toml")["kitchen"]
    return float(kitchen["whole_g"] + kitchen["fine_g"])
