"""What is put on a meal in an amount is served so, and nowhere else."""

import pytest

from planner.candidates.at_hand import foods_at_hand
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.put_names import portion_of
from planner.check.document import check_document
from planner.cli.options import build_request
from planner.export.as_json import as_json
from planner.pipeline import plan_meals
from planner.request.put import Put, read_put
from planner.wire.document import parse_plan_document

CAKE, EGGS = "2:snack=2 slices of chocolate cake", "1:breakfast=3 eggs"


@pytest.mark.parametrize(
    ("dish", "own_id", "mass_g", "words"),
    [
        ("2 slices of chocolate cake", "chocolate_cake", 230.0, "2 slices"),
        ("150 g chocolate cake", "chocolate_cake", 150.0, "1.3 slices"),
        ("2 fried eggs", "egg_fried", 92.0, "2 large"),
        ("2 boiled eggs", "egg_hard_boiled", 100.0, "2 large"),
        ("3 eggs", "egg_hard_boiled", 150.0, "3 large"),
        ("2 servings of pizza margherita", "pizza_margherita", 572.0, "2 servings"),
    ],
)
def test_an_amount_is_read_as_it_is_said(dish, own_id, mass_g, words):
    put = Put(1, "snack", dish)
    foods = foods_at_hand(build_request(put=(put,)))
    found, portion = portion_of(put, foods, read_embedded_dishes())
    assert (found, portion.measure) == (own_id, words)
    assert portion.mass_g == pytest.approx(mass_g, rel=0.01)


def test_without_an_amount_there_is_none():
    put = Put(1, "dinner", "pizza")
    assert portion_of(put, foods_at_hand(build_request(put=(put,))), read_embedded_dishes()) is None
    assert (put.thing, put.count) == ("pizza", 0.0)


def test_what_is_no_whole_meal_and_what_only_german_knows_is_served_and_the_check_holds():
    puts = {"breakfast": "2 fried eggs", "lunch": "Kartoffelsuppe", "dinner": "2 omelettes"}
    each = tuple(Put(day, slot, dish) for day, (slot, dish) in enumerate(puts.items(), start=1))
    report = plan_meals(build_request(put=each, days=3, seed=1))
    assert report.passed
    served = [item.item_id for _, _, item in report.plan.served()]
    assert {"egg_fried", "soup_potato", "omelet"} <= {*served}


def test_it_is_served_so_for_two_and_the_check_holds():
    eaters = tuple({"name": name, "profile": {"sex": sex}} for name, sex in ("Af", "Bm"))
    puts = (read_put(f"B:{CAKE}"), read_put(EGGS))
    report = plan_meals(build_request(eater=eaters, put=puts, days=2, seed=1))
    document = parse_plan_document(as_json(report), "plan.json")
    assert check_document(document, foods_at_hand(document.request)).passed
    served = [
        (day.day, meal.slot, item.item_id, share.eater, share.mass_g)
        for day in document.plan.days
        for meal in day.meals
        for item in meal.items
        for share in item.shares
        if (item.item_id, share.mass_g) in (("chocolate_cake", 230.0), ("egg_hard_boiled", 150.0))
    ]
    assert sorted(served) == [
        (1, "breakfast", "egg_hard_boiled", "A", 150.0),
        (1, "breakfast", "egg_hard_boiled", "B", 150.0),
        (2, "snack", "chocolate_cake", "B", 230.0),
    ]
