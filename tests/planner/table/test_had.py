"""Dishes of past days are known again as they were cooked, by what was printed of them."""

import pytest

from planner.candidates.as_cooked import with_either_salt
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.servings import mass_per_food
from planner.settings import read_settings
from planner.table.had import _apart

SALTS = set(read_settings("dishes.toml")["salt"]["less"]["foods"])
SALTED = [one for one in read_embedded_dishes() if SALTS & mass_per_food(one).keys()]
TENTHS_BELOW_G = 10.0


def printed(dish, servings):
    """What a plan says of a portion: whole grams, and tenths of what is little."""
    times = servings / dish.servings
    masses = {food: mass * times for food, mass in mass_per_food(dish).items()}
    said = {
        food: round(mass, 1) if mass < TENTHS_BELOW_G else float(round(mass))
        for food, mass in masses.items()
    }
    return {food: mass for food, mass in said.items() if mass}


@pytest.mark.parametrize("servings", [0.75, 1.0, 1.5, 2.0])
def test_a_pinch_of_salt_tells_how_a_dish_was_salted(servings):
    mistaken = []
    for dish in SALTED:
        ways = with_either_salt((dish,))
        said = [printed(one, servings) for one in ways]
        if said[0] == said[1] or not (SALTS & said[1].keys()):
            continue  # too little of it to be told
        for way, masses in zip(ways, said, strict=True):
            if min(ways, key=lambda one: _apart(masses.items(), one)) is not way:
                mistaken.append((dish.dish_id, masses))
    assert mistaken == []
