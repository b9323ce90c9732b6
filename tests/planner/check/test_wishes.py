"""Each wish that a plan does not keep is found, of one eater and of one of two, and kept anew.

A forged plan is an honest one whose request says more than it was made for, so that all else in it
still holds; where a wish is of what a week may or may not have, a dish is swapped for another.
"""

import json
import re
from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.check.lines import KnownFood
from planner.check.used_up import _most_eaten_g
from planner.export.as_json import as_json
from planner.request.read import request_from_dict
from planner.settings import read_settings
from planner.table.replan import replan_table
from planner.wire.document import parse_plan_document
from tests.planner.check.test_forged import faults
from tests.plates import day, item

SHIPPED = read_embedded_foods()

CHILI = ("chili_con_carne_pinto_beans", "Chili con carne with pinto beans")
COBB = ("cobb_salad", "Cobb salad")  # for no box, and for no mild table either
LISTS = ("per_week", "without")  # of which a request may say several
ENERGY = "energy|other findings"


def wants(**own):
    return {"preferences": own}


def days(**own):
    return {"week": own}


def meal(slot, dish, day="every day"):
    return days(put=[{"day": day, "slot": slot, "dish": dish}])


# Wishes that a plan made without them breaks, and what is said of it; nothing else is.
OWN = {
    "kitchen": (wants(kitchen=["kettle"]), "needs what the kitchen does not have"),
    "without stove": (wants(without=["stove"]), "does not have: .*stove"),
    "max_minutes": (wants(max_minutes=1), "minutes, the request allows 1"),
    "weekday": (wants(max_minutes_weekday=1), "the request allows 1 on weekdays"),
    "breakfast": (wants(max_minutes_breakfast=0), "allows 0 at breakfast"),
    "dinner": (wants(max_minutes_on={"tue:dinner": 1}), "dinner takes .*, the request allows 1"),
    "ingredients": (wants(max_ingredients=2), "ingredients, the request allows 2"),
    "vegan": (wants(diet="vegan"), "not vegan"),
    "jain": (wants(diet="jain"), "not jain|without "),
    "soft food": (wants(diet="soft"), "stands there, but the request is without hard to chew"),
    "drinks": (wants(drinks={"coffee": 2}), "by the cup, the request asks for 2|caffeine"),
    "hot food": (wants(without_on={"hot food": ["1", "2"]}), "the request is without hot food"),
    "budget": (wants(budget_per_week=9, budget_counts="eaten"), "budget"),
    "lose": ({"profile": {"goal": "lose"}}, ENERGY),
    "lose_slowly": ({"profile": {"goal": "lose_slowly"}}, ENERGY),
    "gain": ({"profile": {"goal": "gain"}}, ENERGY),
    "more_energy": (wants(more_energy={"tue": 900}), ENERGY),
    "target": ({"targets": {"sodium_mg": {"upper": 1300}}}, "sodium_mg|other findings"),
    **{
        word: (wants(per_week=[f"{word}>=28"]), f"the request asks for {word} >= 28 a week")
        for word in ("lunchbox", "no cook", "one pan", "soft", "mild", "freezes")
    },
}
ALL = {  # of the table, or of this week
    "not cooked": (
        wants(max_minutes_on={"tue:dinner": 0}),
        "is cooked, though the request has no time",
    ),
    "one trip": (days(trips=1), "does not keep until then with so few trips|at checkout"),
    "minutes of a day": (
        wants(max_minutes_on={"tue:day": 1}),
        "meals take .* minutes, the request allows 1",
    ),
    "halal": (wants(diet="halal"), "not halal style|without pork"),
    "kosher": (wants(diet="kosher"), "not kosher style|without |pork|shellfish"),
    "spaced": (wants(min_days_between={"pear": 9}), "asks for 9 days between"),
    "oxalate": (wants(conservative=True), "on what oxalate leaves"),
    "thrifty": (wants(budget_per_week="thrifty"), "budget"),
    "skip": (days(skip=[{"day": 1, "slot": "lunch", "eaten": "nothing"}]), "ask for|misses"),
    "out": (days(skip=[{"day": 1, "slot": "lunch"}]), "ask for|misses|other findings"),
    "counted out": (
        days(skip=[{"day": 1, "slot": "lunch", "dish": "pizza and salad"}]),
        "no pizza and salad at lunch",
    ),
    "two meals": (days(slots=["lunch", "dinner"]), "which the request does not ask for"),
    "at night": (days(meals_at={"dinner": 2.0}), "eaten at night and does not travel"),
    "guests": (
        days(guests=[{"day": 1, "slot": "dinner", "count": 2}]),
        "has nothing for 2 guests",
    ),
    "wine": (meal("dinner", "red wine"), "no red wine at dinner, where the request puts it"),
    "one pan": (  # the dish is another one, and what is cooked stands alone or beside it
        meal("dinner", "one pan"),
        "no one pan at dinner, where the request puts it|cooked, where the request puts one pan",
    ),
    "as_much": (meal("snack", "3 bananas", 2), "3 bananas at snack, where the plan has 1 medium"),
    "water": ({"water": {"drink": "hepar"}}, "the request asks for 1 L"),
}
SWAPPED = {  # where a dish stands that a wish keeps out
    "spicy": (wants(without=["spicy"]), "dinner", CHILI, "without spicy"),
    "hard": (wants(without=["hard to chew"]), "lunch", COBB, "without hard to chew"),
    "packed": (wants(lunch="packed"), "lunch", COBB, "is no lunch for a box"),
    "packed_cold": (wants(lunch="packed_cold"), "lunch", CHILI, "eaten cold from a box"),
    "lunchbox": (meal("lunch", "lunchbox", 1), "lunch", COBB, "no lunchbox at lunch"),
    "no cook": (meal("dinner", "no cook", 1), "dinner", CHILI, "no no cook at dinner"),
    "soft": (meal("lunch", "soft", 1), "lunch", COBB, "no soft at lunch"),
    "child": ({"profile": {"age": 8}}, "dinner", CHILI, "who is under 12 gets mild dishes"),
}


def wished(raw, *wishes):
    """Give a plan with a request that says more; of two eaters it is what Ben says."""
    raw = json.loads(json.dumps(raw))
    asked = raw["request"]
    for part, own in (pair for wish in wishes for pair in wish.items()):
        is_bens = asked["eaters"] and part not in ("week", "water")
        own_parts = asked["eaters"][1] if is_bens else asked
        before = own_parts.get(part, {})
        joined = {key: before.get(key, []) + one for key, one in own.items() if key in LISTS}
        own_parts[part] = {**before, **own, **joined}
    return raw


def with_dish(raw, slot, dish):
    """Give a plan with a dish alone at a meal of the first day, Ben's if there are two."""
    raw = json.loads(json.dumps(raw))
    (items,) = (one["items"] for one in raw["days"][0]["meals"] if one["slot"] == slot)
    at = [one for one in items if "Ben" in [part["eater"] for part in one.get("for", ())]]
    items[:] = (at or items)[:1]
    items[0].update(zip(("id", "name"), dish, strict=True))
    return raw


@pytest.mark.parametrize(("wish", "says"), [*OWN.values(), *ALL.values()], ids=[*OWN, *ALL])
def test_a_wish_that_a_plan_breaks_is_found_and_nothing_else(one, wish, says):
    found = faults(wished(one, wish))
    assert found
    assert [fault for fault in found if not re.search(says, fault)] == []


@pytest.mark.parametrize(("wish", "slot", "dish", "says"), SWAPPED.values(), ids=[*SWAPPED])
def test_a_dish_that_a_wish_keeps_out_is_found(one, wish, slot, dish, says):
    swapped = with_dish(one, slot, dish)
    assert not any(says in fault for fault in faults(swapped))
    assert any(says in fault for fault in faults(wished(swapped, wish)))


def test_a_childs_warm_box_without_a_word_of_how_it_stays_hot_is_found(one):
    says = "warm in a child's lunch box"
    child = {"profile": {"age": 8}}
    hot = wished(with_dish(one, "lunch", CHILI), wants(lunch="packed"), child)
    assert any("Chili" in fault and says in fault for fault in faults(hot))
    adult = wished(with_dish(one, "lunch", CHILI), wants(lunch="packed"))
    assert not any(says in fault for fault in faults(adult))
    (lunch,) = (meal for meal in hot["days"][0]["meals"] if meal["slot"] == "lunch")
    way = read_settings("meals/second_meal.toml")["child"]["thermos"]["says"]
    lunch["items"][0]["serve"] = way.format(names="the child")
    assert not any("Chili" in fault and says in fault for fault in faults(hot))


def test_a_lunch_is_no_dinner_of_two_evenings_ago(one):
    (lunch,) = (meal for meal in one["days"][3]["meals"] if meal["slot"] == "lunch")
    late = json.loads(json.dumps(one).replace(json.dumps(lunch), json.dumps(lunch | {"items": [
        {**lunch["items"][0], "leftover_of": {"day": 2, "slot": "dinner"}}, *lunch["items"][1:]
    ]})))  # fmt: skip
    found = faults(wished(late, wants(lunch="leftovers")))
    assert any("was cooked on day 2, not on the evening before" in fault for fault in found)


def test_what_somebody_would_rather_have_is_no_rule(one):
    tastes = wants(like={"lentils": 3}, dislike={"pear": 3}, history=["eaten:chili_sin_carne"])
    assert faults(wished(one, tastes, {"habits": {"fish_mains_a_week": 7}})) == ()


def test_wishes_of_two_hold_and_are_planned_again(two):
    assert faults(two) == ()
    document = parse_plan_document(json.dumps(two), "plan.json")
    asked = request_from_dict(wished(two, {"week": {"holidays": [2]}})["request"], "request.toml")
    again = json.loads(as_json(replan_table(document, asked).report))
    assert again["request"]["eaters"] == two["request"]["eaters"]
    assert faults(again) == ()
    assert {one["food"] for one in again["used_up"]} == {"spinach", "lentils, dry"}


def test_wishes_of_one_of_two_are_found_as_that_ones_alone(two):
    every = faults(wished(two, *(wish for wish, _ in OWN.values())))  # of one kind the last counts
    for key, (_, says) in OWN.items():
        found = [one for one in every if re.search(says, one)]
        assert (bool(found), key) == (key != "vegan", key)
        assert all(one.startswith("Ben: ") for one in found), key


@pytest.mark.parametrize(("wish", "slot", "dish", "says"), SWAPPED.values(), ids=[*SWAPPED])
def test_a_dish_that_one_of_two_keeps_out_is_found(two, wish, slot, dish, says):
    found = faults(wished(with_dish(two, slot, dish), wish))
    assert [one for one in found if says in one and one.startswith("Ben: ")]


def test_an_amount_that_was_put_is_held_to_and_so_is_what_is_used_up(two):
    fewer = json.loads(json.dumps(two).replace("3 eggs", "2 eggs"))
    assert faults(fewer) == ("Ben: Day 1: 2 eggs at breakfast, where the plan has 3 large of it.",)
    for at in range(2):
        raw = json.loads(json.dumps(two))
        name, eaten_g = raw["used_up"][at]["food"], raw["used_up"][at]["eaten_g"]
        assert eaten_g > 50
        raw["used_up"][at]["eaten_g"] = 5 * eaten_g
        (found,) = faults(raw)
        assert found.startswith(f"{name}: states {5 * eaten_g:.0f} g used up, the meals hold ")
        raw["used_up"][at].update(eaten_g=eaten_g, asked_g=900.0)
        assert any(f"{name}: the plan states other grams" in one for one in faults(raw))


def test_a_plan_that_tells_nothing_of_what_is_used_up_is_as_true(two):
    assert faults({key: value for key, value in two.items() if key != "used_up"}) == ()


def test_red_lentils_used_up_are_held_by_dishes_that_may_take_them_for_brown_ones():
    known = {
        one.food_id: KnownFood(one.food_id, one.name, one.group, one.per_100g, one)
        for one in SHIPPED.foods.values()
    }
    pot = item("dal_tadka_spinach", {"lentils_cooked": 300.0})
    salad = replace(pot, item_id="french_lentil_salad_walnuts")
    held = [
        _most_eaten_g("red lentils", [day(1, SHIPPED, dinner=one)], known) for one in (pot, salad)
    ]
    assert held == [300.0, 0.0]
