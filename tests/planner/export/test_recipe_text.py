"""Recipes of a week as they are cooked, and what an appliance and a day leave."""

from dataclasses import replace
from datetime import date

import pytest

from planner.candidates.dish import read_embedded_dishes
from planner.candidates.equipment import appliance_of, slow_hours
from planner.document.blocks import Recipe, Section
from planner.document.fonts import DOCUMENTS
from planner.export.recipe_text import list_rows, recipe_book
from planner.export.week import ToldWeek
from planner.kitchen.batch import plan_batch
from planner.kitchen.bought import share_in_words
from planner.kitchen.errand import Errand, errand_for
from planner.kitchen.openings import LEFT, package_hints, track_packages
from planner.kitchen.shopping import list_shopping
from planner.plan.plan import Plan
from planner.settings import read_settings
from tests import stored
from tests.plates import day, item

FOODS = stored.foods()
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
    batch = plan_batch(plan_of(days), DISHES.values())
    return book_of(days, units, batch), days


def plan_of(days):
    return Plan(tuple(days), {}, {}, None, 0.0, 1)


def book_of(days, units="us", batch=None, **more):
    plan = plan_of(days)
    shopping = list_shopping(plan, FOODS, Errand(units, recipes=tuple(DISHES.values())), batch)
    return recipe_book(plan, FOODS, units, DISHES.values(), batch, shopping, **more)


def entry(book, one):
    (meal,) = one.meals
    return book.entry(one, meal, meal.items[0])


def test_what_is_cooked_for_two_meals_is_told_where_it_is_cooked_and_where_it_is_eaten():
    book, (first, second) = book_and_days()
    assert entry(book, first).at_once.startswith(
        "Cook 2 servings: 1 now, 1 for the lunch of day 2."
    )
    again = entry(book, second)
    assert again.title.endswith("made on day 1, from the refrigerator")
    assert "165 °F (74 °C)" in again.again
    assert (again.takes, again.steps, again.at_once) == ((), (), "")


def test_list_and_steps_are_for_all_that_is_cooked():
    # 228 g of boiled pasta from 42 g dry per 100 g; 1.1 l of water for 4, so 550 ml for 2
    book, (first, _) = book_and_days(units="metric")
    told = entry(book, first)
    assert ("Chickpeas, canned, drained", "", "288 g") in told.takes
    assert next(row for row in told.takes if "pasta" in row[0])[2] == "96 g"
    assert any("550 ml water" in step for step in told.steps)


def test_what_stands_overnight_is_told_on_the_evening_before():
    dinner = item("pasta_e_ceci", PASTA)
    oats = item("peanut_banana_overnight_oats", {"banana": 118})
    days = [day(1, FOODS, dinner=dinner), day(2, FOODS, breakfast=oats)]
    book = book_of(days)
    (told,) = book.tonight[1]
    minutes = DISHES["peanut_banana_overnight_oats"].active_minutes
    assert told.startswith("This evening: make Peanut butter and banana overnight oats")
    assert told.endswith(f"(for tomorrow's breakfast, {minutes} min).")
    assert entry(book, days[1]).at_once == "Make it the evening before."
    assert entry(book, days[0]).at_once == ""


def test_every_breakfast_that_stands_overnight_is_known():
    words = ("evening before", "refrigerator overnight", "cold overnight", "until morning")
    breakfasts = [one for one in DISHES.values() if one.kind == "breakfast"]
    said = [one for one in breakfasts if any(w in " ".join(one.steps) for w in words)]
    assert len(said) > 4
    assert [one.dish_id for one in said if not one.ahead] == []


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (None, "On the evening before day 1: make Blueberry overnight oats with almonds"),
        (date(2026, 3, 2), "Sunday evening, before it begins: make Blueberry overnight oats"),
    ],
)
def test_what_the_first_day_needs_is_told_before_it(start, said):
    oats = item("blueberry_almond_overnight_oats", {"blueberries": 111})
    again = replace(oats, leftover_of=1)
    days = [day(1, FOODS, breakfast=oats), day(2, FOODS, breakfast=again)]
    days = [replace(one, date=start and date(2026, 3, 1 + one.day)) for one in days]
    book = book_of(days)
    (told,) = book.before(days[0])
    assert told.startswith(said)
    assert (book.before(days[1]), dict(book.tonight).keys()) == ((), {0})
    made = "Sunday" if start else "the evening before day 1"
    assert entry(book, days[1]).title.endswith(f"made on {made}, from the refrigerator")


def test_a_packed_lunch_is_made_before_where_it_travels_and_says_what_is_packed_apart():
    lunches = {
        "chicken_caesar_wrap": {"caesar_dressing": 22, "tortilla_whole_wheat": 72},
        "rye_bread_dill_butter": {"bread_rye": 64},
        "garlicky_white_beans_eggs_sourdough": {"egg_poached": 100},
        "frozen_broccoli_olive_oil": {"broccoli_frozen_cooked": 92},
    }
    days = [
        day(number, FOODS, lunch=replace(item(dish, parts), name=DISHES[dish].name))
        for number, (dish, parts) in enumerate(lunches.items(), start=1)
    ]
    book = book_of(days, boxed={1, 2, 3, 4})
    made = [one.what for own in book.chores.values() for one in own if one.kind == "make"]
    assert made == [DISHES["chicken_caesar_wrap"].name, DISHES["rye_bread_dill_butter"].name]
    before = "Make it the evening before."
    told = f"{before} Pack caesar dressing separately, to add when you eat it."
    assert [entry(book, one).at_once for one in days] == [told, before, "", ""]


@pytest.mark.parametrize("units", ["us", "metric"])
@pytest.mark.parametrize("servings", [1, 2, 4])
def test_every_line_of_every_recipe_has_an_amount(servings, units):
    for dish in DISHES.values():
        masses = [(i.food_id, i.mass_g * servings / dish.servings) for i in dish.ingredients]
        for name, _words, mass in list_rows(masses, dish, FOODS, units):
            assert name, dish.dish_id
            assert float(mass.removesuffix(" g").removesuffix(" kg").replace(",", "")) > 0, name


def recipes_of(blocks):
    for one in blocks:
        if isinstance(one, Section):
            yield from recipes_of(one.blocks)
        elif isinstance(one, Recipe):
            yield one


@pytest.mark.parametrize("name", ["woman_55", "man_25_very_active"])
def test_a_printed_week_tells_the_steps_of_each_dish_once_and_then_where_they_stand(name):
    week = stored.week(name)
    assert "each_day" in read_settings(DOCUMENTS)["shown"]["full"]["parts"]
    made = [one for one in recipes_of(ToldWeek(week).told("each_day")) if one.mark]
    told = [(one.title, one.hint, one.steps) for one in made if one.steps]
    cooked = {item.item_id for day in week.plan.days for item in day.items() if item.kind == "dish"}
    assert len({title for title, _hint, _steps in told}) == len(cooked)
    assert len(set(told)) == len(told)
    places = {one.mark for one in made if not one.same_as}
    again = [one for one in made if one.same_as]
    assert again
    assert {one.mark for one in again} <= places
    assert not any(one.steps for one in again)


def test_what_is_wanted_out_of_the_slow_cooker_says_its_hours_and_who_fills_it_when():
    chili = item("chili_con_carne_pinto_beans", PASTA)
    days = tuple(day(number, FOODS, dinner=chili) for number in (1, 2))
    book = book_of(days, slow=frozenset({(2, "dinner")}))
    (first,), (second,) = (one.meals for one in days)
    assert book.slow_text(days[0], first, chili) == ""
    assert book.slow_text(days[1], second, chili) == "start in the morning, 7-8 h on low"
    assert [book.slow_slots(one) for one in days] == [set(), {"dinner"}]
    assert "fill the slow cooker with chili_con_carne_pinto_beans for dinner" in book.tonight[1][-1]


def test_every_recipe_for_a_slow_cooker_says_its_hours_on_low():
    made = [one for one in DISHES.values() if "slow_cooker" in one.tags]
    assert made
    assert [one.dish_id for one in made if not slow_hours(one)] == []


FRIED = next(one for one in DISHES.values() if "air_fryer" in one.tags)


def test_the_own_way_of_an_appliance_is_no_step_and_is_told_where_there_may_be_one():
    parts = {line.food_id: line.mass_g for line in FRIED.ingredients}
    days = (day(1, FOODS, dinner=item(FRIED.dish_id, parts)),)
    book = book_of(days)
    told = entry(book, days[0])
    assert [one[:16] for one in told.ways] == ["In an air fryer:"]
    assert not any(map(appliance_of, told.steps))
    assert not entry(replace(book, absent=frozenset({"air fryer"})), days[0]).ways


@pytest.mark.parametrize("name", ["woman_55", "man_25_very_active"])
def test_what_a_day_leaves_last_is_what_the_list_says_is_left(name):
    week = stored.week(name).table
    errand = errand_for(week.request, week.dishes, week.foods)
    hints = package_hints(track_packages(week.plan, week.foods, errand, week.batch))
    lines = {line.food_id: line for line in week.shopping.lines}
    told = [(hint, lines[hint.food_id]) for hint in hints if hint.kind == LEFT]
    last = [(hint, line) for hint, line in told if hint.day >= max(u.day for u in line.uses)]
    assert last
    for hint, line in last:
        assert share_in_words(hint.share, hint.package) == line.left.words
