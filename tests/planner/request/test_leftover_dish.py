"""Portions of a cooked dish: the answer has the flags that put them on the next meals."""

import pytest

from planner.errors import ConfigError
from planner.request.leftover_dish import portions_left
from planner.request.meal_phrases import read_meal_out
from planner.request.put import read_use


@pytest.mark.parametrize(
    "text", ["leftover lentil stew:3 portions", "3 servings of leftover lentil stew"]
)
def test_portions_are_answered_with_flags_that_are_read(text):
    assert portions_left(text) == ("lentil stew", 3)
    with pytest.raises(ConfigError) as refused:
        read_use(text)
    flags = [f'--eat-out "{day}:lunch=lentil stew"' for day in (1, 2, 3)]
    assert all(flag in refused.value.what for flag in flags)
    assert "keeps 4 days" in refused.value.what
    assert read_meal_out("1:lunch=lentil stew")[1:] == ("lunch", "lentil stew")


def test_what_keeps_no_longer_is_frozen():
    with pytest.raises(ConfigError, match=r"freeze today .*\(2 more portions\)"):
        read_use("leftover chili:5 portions")


def test_amounts_of_a_food_are_no_portions():
    assert portions_left("lentils, dry:300g") is None
    assert portions_left("2 chicken breasts") is None
