"""What an eater notices over the week, on plates made by hand."""

from dataclasses import replace

import pytest

from planner.candidates.dish import Dish, Ingredient
from planner.plan.plan import Plan
from planner.realism.score import read_realism_rules, score_plan
from planner.realism.served import ScoredEater
from tests.plates import day, food, item, table

KALE, APPLE, COD = food("kale"), food("apple", group="fruit"), food("cod", group="fish")
PLUM = food("plum", group="fruit")
FOODS = table(KALE, APPLE, PLUM, replace(COD, aisle="meat_fish"))
EATER = ScoredEater(families=frozenset({"fish", "legume"}), weekend=(False,) * 5 + (True,) * 2)


def main(dish_id, protein, minutes=30):
    line = Ingredient("kale", 100.0, "1 cup")
    return Dish(
        dish_id, dish_id, "main", ("dinner",), "any", "", 1, 100.0, minutes, minutes, protein,
        "rice", frozenset(), 2, 1, "half", (line,), ("Cook.",),
    )  # fmt: skip


DISHES = (main("trout", "fish"), main("stew", "beef", 90))


def week(*dinners, minutes=30):
    made = [replace(item(name, {"kale": 100.0}), minutes=minutes) for name in dinners]
    days = [day(number, FOODS, dinner=one) for number, one in enumerate(made, start=1)]
    return Plan(tuple(days), {}, {}, None, 0.0, 1)


def parts(part_id, plan, eater=EATER):
    rules = read_realism_rules()
    rules = replace(rules, parts={part_id: rules.parts[part_id]})
    return score_plan(plan, FOODS, DISHES, rules, eater).parts


def test_fish_once_in_seven_days_is_too_little_where_fish_is_eaten():
    once = week("trout", *["stew"] * 6)
    (found,) = parts("fish_week", once)
    assert (found.value, found.holds) == (1, False)
    assert parts("fish_week", once, ScoredEater(families=frozenset({"legume"}))) == ()


def test_three_days_ask_for_no_fish():
    # 2 of seven days are 0.86 of three, rounded down
    assert parts("fish_week", week("stew", "stew", "stew"))[0].holds


def test_a_fruit_counts_once_however_often_it_comes():
    fruit = {"apple": 150.0, "plum": 30.0}
    days = [day(number, FOODS, snack=fruit) for number in range(1, 8)]
    (found,) = parts("fruit_kinds", Plan(tuple(days), {}, {}, None, 0.0, 1))
    assert (found.value, found.holds) == (1, False)  # 30 g of plum are no portion


@pytest.mark.parametrize(("minutes", "holds"), [(60, True), (61, False)])
def test_a_weekday_dinner_is_quick(minutes, holds):
    assert parts("weekday_time", week("stew", minutes=minutes))[0].holds is holds


def test_a_long_dinner_at_the_weekend_and_a_warmed_one_are_no_case():
    plan = week(*["stew"] * 7, minutes=90)
    assert len(parts("weekday_time", plan)[0].cases) == 5
    warm = replace(item("stew", {"kale": 100.0}), minutes=90, leftover_of=1)
    days = (day(1, FOODS, dinner=warm),)
    assert parts("weekday_time", Plan(days, {}, {}, None, 0.0, 1)) == ()


def test_what_is_disliked_is_told_by_its_name():
    eater = ScoredEater(disliked={"cabbages": (frozenset({"kale"}), frozenset())})
    (found,) = parts("disliked", week("stew", "trout"), eater)
    assert (found.value, found.holds) == (2, False)
    assert "cabbages: 2" in found.sentence


def test_a_list_counts_what_is_bought_for_the_week():
    (found,) = parts("list_length", week("stew", "trout"))
    assert (found.value, found.holds, found.upper) == (1, True, 60)
