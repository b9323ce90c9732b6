from dataclasses import replace
from datetime import date

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.export.dish_text import dish_as_json, dish_lines
from planner.export.page import as_plain
from planner.export.recipe_text import list_rows, recipe_book, without_echo
from planner.kitchen.batch import plan_batch
from planner.plan.plan import Plan
from planner.settings import read_settings
from tests.plates import day, item

FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
PASTA = {"whole_wheat_pasta_cooked": 114.0, "chickpeas_cooked": 144.0}


def book_and_days(start=None, units="us"):
    """Pasta e ceci for dinner on day 1, and again for lunch on day 2."""
    first = item("pasta_e_ceci", PASTA)
    days = [
        day(1, FOODS, dinner=first), day(2, FOODS, lunch=replace(first, leftover_of=1)),
    ]  # fmt: skip
    if start:
        days = [replace(one, date=date(2026, 3, 1 + one.day)) for one in days]
    plan = Plan(tuple(days), {}, {}, None, 0.0, 1)
    batch = plan_batch(plan, DISHES.values())
    return recipe_book(plan, FOODS, units, DISHES.values(), batch), days


def entry(book, one):
    (meal,) = one.meals
    return book.entry(one, meal, meal.items[0])


def test_what_is_cooked_for_two_meals_is_told_where_it_is_cooked_and_where_it_is_eaten():
    book, (first, second) = book_and_days()
    assert entry(book, first).at_once.startswith(
        "Cook 2 servings: 1 now, 1 for the lunch of day 2."
    )
    again = entry(book, second)
    assert again.title.endswith("made on day 1 and kept cold")
    assert "165 °F (74 °C)" in again.again
    assert (again.rows, again.steps, again.at_once) == ((), (), "")


def test_with_dates_the_other_meal_has_the_name_of_its_day():
    book, (first, second) = book_and_days(start=True)
    assert "1 for Tuesday's lunch" in entry(book, first).at_once
    assert entry(book, second).title.endswith("made on Monday and kept cold")


def test_list_and_steps_are_for_all_that_is_cooked():
    # 228 g of boiled pasta from 42 g dry per 100 g; 1.1 l of water for 4, so 550 ml for 2
    book, (first, _) = book_and_days(units="metric")
    told = entry(book, first)
    assert ("Chickpeas, canned, drained", "", "288 g") in told.rows
    assert next(row for row in told.rows if "pasta" in row[0])[2] == "96 g"
    assert any("550 ml water" in step for step in told.steps)


def test_what_stands_overnight_is_told_on_the_evening_before():
    dinner, oats = (
        item("pasta_e_ceci", PASTA),
        item("peanut_banana_overnight_oats", {"banana": 118}),
    )
    days = [day(1, FOODS, dinner=dinner), day(2, FOODS, breakfast=oats)]
    plan = Plan(tuple(days), {}, {}, None, 0.0, 1)
    book = recipe_book(plan, FOODS, "us", DISHES.values(), None)
    (told,) = book.tonight[1]
    minutes = DISHES["peanut_banana_overnight_oats"].active_minutes
    assert told.startswith("This evening: make Peanut butter and banana overnight oats")
    assert told.endswith(f"for the breakfast of day 2 ({minutes} minutes).")
    assert entry(book, days[1]).at_once == "Make it the evening before."
    assert entry(book, days[0]).at_once == ""


def test_every_breakfast_that_stands_overnight_is_known():
    words = (
        "evening before",
        "refrigerator overnight",
        "cold overnight",
        "until morning",
        "6 hours",
    )
    known = set(read_settings("meals/cooking.toml")["evening_before"]["dishes"])
    said = {one.dish_id for one in DISHES.values() if any(w in " ".join(one.steps) for w in words)}
    breakfasts = {one for one in said if DISHES[one].kind == "breakfast"}
    assert len(known) > 4
    assert breakfasts <= known <= set(DISHES)


def test_a_recipe_for_other_servings_has_other_steps_in_text_and_json():
    dish = DISHES["pasta_e_ceci"]
    one, four = (as_plain(dish_lines(dish, FOODS, count, "metric")) for count in (1, 4))
    assert "280 ml water" in one
    assert "1,100 ml water" in four
    made = dish_as_json(dish, FOODS, 1, "metric")
    assert any("280 ml water" in step for step in made["steps"])
    assert {line["food_id"] for line in made["take"]} <= {i.food_id for i in dish.ingredients}


def test_a_measure_that_the_name_says_is_not_said_again():
    assert without_echo("1/2 pita", "Whole-wheat pita") == "1/2"
    assert without_echo("2 slices", "Whole-wheat bread") == "2 slices"


@pytest.mark.parametrize("units", ["us", "metric"])
@pytest.mark.parametrize("servings", [1, 2, 4])
def test_every_line_of_every_recipe_has_an_amount(servings, units):
    for dish in DISHES.values():
        masses = [(i.food_id, i.mass_g * servings / dish.servings) for i in dish.ingredients]
        for name, _words, mass in list_rows(masses, dish, FOODS, units):
            assert name, dish.dish_id
            assert float(mass.removesuffix(" g").replace(",", "")) > 0, dish.dish_id
