from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.names import find_left_out
from planner.kitchen.batch import Cooking, plan_batch
from planner.kitchen.freezer import fits_freezer, freezer_days
from planner.kitchen.kept import boxes_held
from planner.kitchen.pantry import as_csv, parse_pantry
from planner.kitchen.sold import freezing_of
from planner.kitchen.used_up import asked_uses
from planner.plan.plan import Plan
from planner.request.read import request_from_dict
from planner.request.request import PlanRequest
from planner.request.use_phrases import read_use
from tests.plates import day, food, item, table

ALL = read_embedded_foods()
FOODS = table(food("kale"))
CHILI = item("chili_sin_carne_cocoa", {"kale": 300.0})


def uses_of(name: str, mass_g: float):
    request = request_from_dict({"preferences": {"use": {name: mass_g}}}, "a test")
    return [use for _whose, use in asked_uses(request, ALL, ())]


@pytest.mark.parametrize("text", ["4 salmon fillets, frozen", "frozen salmon fillet:600g"])
def test_what_is_said_to_be_frozen_is_the_same_food_out_of_the_freezer(text):
    (use,) = uses_of(*read_use(text))
    assert use.is_frozen
    assert use.kinds == {"salmon_raw"}


@pytest.mark.parametrize("name", ["edamame", "spinach"])
def test_what_is_sold_frozen_is_that_food_and_not_the_fresh_one(name):
    (use,) = uses_of(f"{name}, frozen", 400.0)
    assert use.kinds == {f"{name}_frozen"}


def test_a_pantry_keeps_that_a_food_is_in_the_freezer():
    text = "food,amount,unit\nsalmon in the freezer,500,g\n"
    entries = parse_pantry(text, "a test", ALL, {})
    assert [(one.food_id, one.is_frozen) for one in entries] == [("salmon_raw", True)]
    assert parse_pantry(as_csv(entries), "a test", ALL, {}) == entries


def test_a_dish_for_the_freezer_takes_no_more_than_is_left_at_home():
    plan = Plan((day(1, FOODS, dinner=CHILI),), {}, {}, None, 0.0, 1)
    (use,) = uses_of("kale", 500.0)
    for home_g, frozen in ((600.0, 1), (500.0, 0)):
        held = (replace(use, per_g={"kale": 1.0}, own_ways={}, mass_g=home_g),)
        fits = fits_freezer((), (1,), 1, held, lambda _use: 300.0, None)
        assert len(plan_batch(plan, read_embedded_dishes(), None, fits).cook) == frozen
    fits = fits_freezer((), (1,), 1, (replace(held[0], mass_g=600.0, days=4),), lambda _: 0.0, None)
    assert not plan_batch(plan, read_embedded_dishes(), None, fits).cook  # it was cooked before


def cooking(on: int) -> Cooking:
    return Cooking(on, None, "dinner", f"pot{on}", f"Pot {on}", 1.0, (), 1.0)


def test_what_is_cooked_stays_in_the_freezer_and_each_evening_counts_the_boxes():
    told = freezer_days((), (cooking(2), cooking(4)), (1,), 7)
    assert [(one.day, one.into, one.boxes) for one in told] == [
        (2, (("Pot 2", 0),), 1),
        (4, (("Pot 4", 0),), 2),
    ]
    fits = fits_freezer((), (1,), 7, (), lambda _use: 0.0, 1)
    assert fits(cooking(2), ())
    assert not fits(cooking(4), (cooking(2),))


def test_the_freezer_of_a_table_is_the_smallest_that_somebody_named():
    assert boxes_held(PlanRequest()) is None
    assert boxes_held(request_from_dict({"habits": {"freezer_boxes": 4}}, "a test")) == 4
    without = {"habits": {"freezer_boxes": 4}, "preferences": {"without": ["deep freezer"]}}
    assert boxes_held(request_from_dict(without, "a test")) == 0
    from_a_day = {"preferences": {"without_on": {"freezer": ["from 2026-11-30"]}}}
    assert boxes_held(request_from_dict(from_a_day, "a test")) == 0


def test_without_a_freezer_nothing_is_bought_frozen():
    gone = find_left_out("freezer", ALL, read_embedded_dishes())
    assert {"edamame_frozen", "spinach_frozen"} <= gone.food_ids
    assert gone.dish_ids == frozenset()


def test_frozen_berries_are_thawed_on_the_evening_before():
    for name, pack in (("cherries", "bag"), ("raspberries", "box")):
        assert freezing_of(ALL[name], pack).is_thawed
