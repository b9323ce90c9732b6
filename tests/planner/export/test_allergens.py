"""The allergens of each dish: all that its ingredients hold, no more, in both its forms."""

from dataclasses import replace

from planner.export.documents import PageLayout
from planner.export.meals import allergen_blocks
from planner.request.diets import read_allergens
from tests import stored
from tests.papers import papers

FOODS = stored.foods()


def rows_of(plan):
    _told, table = allergen_blocks(plan, FOODS)
    return table.rows


def test_each_thing_eaten_stands_there_with_all_that_it_holds_and_no_more():
    plan = stored.plan("woman_55")
    found = {
        (name, when): set(filter(None, held.split(", "))) for name, when, held in rows_of(plan)
    }
    labels = {one.name: one.words for one in read_allergens().values() if one.eu or one.us}
    for day in plan.days:
        for meal in day.meals:
            for item in meal.items:
                words = {word for food, _ in item.ingredients for word in FOODS[food].allergens}
                expected = {name for name, own in labels.items() if own & words} or {"none"}
                assert any(
                    name == item.name and held == expected and f"Day {day.day} {meal.slot}" in when
                    for (name, when), held in found.items()
                ), item.name


def test_a_dish_cooked_in_two_ways_stands_there_twice_and_else_once():
    plan = stored.plan("vegan_woman_35")
    rows = [(name, held) for name, _when, held in rows_of(plan)]
    assert len(rows) == len(set(rows)) < sum(1 for _ in plan.served())
    first = plan.days[0]
    meal = first.meals[0]
    dish = meal.items[0]
    other = replace(dish, ingredients=(*dish.ingredients, ("milk_lowfat", 50.0)))
    day = replace(first, meals=(*first.meals, replace(meal, items=(other,))))
    twice = [
        held for name, _when, held in rows_of(replace(plan, days=(day, *plan.days[1:])))
        if name == dish.name
    ]  # fmt: skip
    assert ["Milk" in held for held in twice] == [False, True]


def test_the_paper_is_written_when_it_is_asked_for_and_else_not():
    for name in ("allergens", "list"):
        week = replace(stored.week("woman_55"), layout=PageLayout(documents=(name,)))
        (paper,) = papers(week).values()
        assert paper.has("Allergens of each dish") == (name == "allergens")
