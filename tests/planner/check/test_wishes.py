"""Each wish that a plan does not keep is found, of one eater and of one of two, and kept anew.

A forged plan is an honest one whose request says more than it was made for, so that all else in it
still holds; where a wish is of what a week may or may not have, a dish is swapped for another.
"""

import json
import re
from dataclasses import replace

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
from tests.rows import read, rows

SHIPPED = read_embedded_foods()

CHILI = ("chili_con_carne_pinto_beans", "Chili con carne with pinto beans")
LISTS = ("per_week", "without")  # of which a request may say several


def wants(**own):
    return {"preferences": own}


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
    (items,) = (meal["items"] for meal in raw["days"][0]["meals"] if meal["slot"] == slot)
    at = [entry for entry in items if "Ben" in [part["eater"] for part in entry.get("for", ())]]
    items[:] = (at or items)[:1]
    items[0].update(zip(("id", "name"), dish, strict=True))
    return raw


@rows(__file__, "wishes")  # a plan made without them breaks them; of a table, or of one of two
def test_a_wish_that_a_plan_breaks_is_found_and_nothing_else(one, wish, says, is_own):
    found = faults(wished(one, wish))
    assert found
    assert [fault for fault in found if not re.search(says, fault)] == []


@rows(__file__, "swapped")
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
    assert faults(wished(one, tastes)) == ()


def test_wishes_of_two_hold_and_are_planned_again(two):
    assert faults(two) == ()
    document = parse_plan_document(json.dumps(two), "plan.json")
    asked = request_from_dict(wished(two, {"week": {"holidays": [2]}})["request"], "request.toml")
    again = json.loads(as_json(replan_table(document, asked).report))
    assert again["request"]["eaters"] == two["request"]["eaters"]
    assert faults(again) == ()
    assert {use["food"] for use in again["used_up"]} == {"spinach", "lentils, dry"}


def test_wishes_of_one_of_two_are_found_as_that_ones_alone(two):
    own = [case for case in read(__file__, "wishes")[1] if case[-1]]
    every = faults(wished(two, *(wish for _, wish, _, _ in own)))  # of one kind the last counts
    for key, _, says, _ in own:
        found = [fault for fault in every if re.search(says, fault)]
        assert (bool(found), key) == (key != "vegan", key)
        assert all(fault.startswith("Ben: ") for fault in found), key


@rows(__file__, "swapped")
def test_a_dish_that_one_of_two_keeps_out_is_found(two, wish, slot, dish, says):
    found = faults(wished(with_dish(two, slot, dish), wish))
    assert [fault for fault in found if says in fault and fault.startswith("Ben: ")]


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
        assert any(f"{name}: the plan states other grams" in fault for fault in faults(raw))


def test_red_lentils_used_up_are_held_by_dishes_that_may_take_them_for_brown_ones():
    known = {
        food.food_id: KnownFood(food.food_id, food.name, food.group, food.per_100g, food)
        for food in SHIPPED.foods.values()
    }
    pot = item("dal_tadka_spinach", {"lentils_cooked": 300.0})
    salad = replace(pot, item_id="french_lentil_salad_walnuts")
    held = [
        _most_eaten_g("red lentils", [day(1, SHIPPED, dinner=dish)], known) for dish in (pot, salad)
    ]
    assert held == [300.0, 0.0]
