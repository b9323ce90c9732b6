from dataclasses import replace
from datetime import date

from planner.candidates.dish import read_embedded_dishes
from planner.export.recipe_text import (
    in_freezer_texts,
    note_text,
)
from planner.kitchen.batch import plan_batch
from planner.plan.plan import Plan
from planner.wire.kitchen import WrittenBatch
from tests.plates import day, food, item, table

FOODS = table(food("kale"))
KALE = {"kale": 300.0}
LONG = "chili_sin_carne_cocoa"


def batch_of(dish_ids, start=None):
    """Each dish cooked on its day, the first one eaten again on day 2."""
    days = []
    for number, dish_id in enumerate(dish_ids, start=1):
        again = replace(item(dish_ids[0], KALE), leftover_of=1)
        meals = {"lunch": again} if number == 2 else {}
        one = day(number, FOODS, dinner=item(dish_id, KALE), **meals)
        when = date.fromordinal(start.toordinal() + number - 1) if start else None
        days.append(replace(one, date=when))
    plan = Plan(tuple(days), {}, {}, None, 0.0, 1)
    return plan_batch(plan, read_embedded_dishes())


def test_the_json_says_what_the_page_says():
    batch = batch_of(["pasta_e_ceci", LONG], date(2026, 3, 2))
    made = WrittenBatch.of(batch, note=note_text(batch)).json_values()
    assert [one["servings_frozen"] for one in made["cook"]] == [0.0, 1.0]
    assert made["cook"][1]["ingredients_frozen"] == [{"food_id": "kale", "mass_g": 300.0}]
    assert made["labels"][0]["eat_on"] == {"day": 2, "slot": "lunch"}
    assert made["labels"][1]["use_by"] == "2026-06-03"


def test_portions_that_no_meal_takes_are_named_with_their_day_and_how_to_have_them():
    first, command = in_freezer_texts(batch_of(["pasta_e_ceci", LONG], date(2026, 3, 2)))
    assert first == f"In the freezer: 1 serving of {LONG}, eat by 3 Jun 2026."
    assert f'--use "1 portion of {LONG}"' in command
    assert list(in_freezer_texts(batch_of(["pasta_e_ceci"]))) == []
    assert "within 3 months" in next(in_freezer_texts(batch_of(["pasta_e_ceci", LONG])))
