"""What is left out on some days holds in a plan for two, in the check and in replan."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.names import find_left_out
from planner.candidates.readings import left_out_alone
from planner.check.dish_notes import read_dish_notes
from planner.check.document import check_document
from planner.check.lines import KnownFood
from planner.check.names import find_excluded, find_named
from planner.cli.options import build_request
from planner.errors import ConfigError, PlannerError
from planner.explain.offers import asked_with, with_allowed_offers
from planner.explain.refusal import offer_of_days_without
from planner.explain.report import Refusal
from planner.export.as_json import as_json
from planner.export.wishes import wishes_text
from planner.kitchen.evenings import boxed_days
from planner.kitchen.kept import boxes_held
from planner.pipeline import plan_meals
from planner.request.diets import find_diet
from planner.request.meal_phrases import read_guests
from planner.request.next_week import request_after
from planner.request.put import days_without, read_put, read_without_on
from planner.request.read import request_from_dict, request_to_dict
from planner.table.replan import replan_table
from planner.table.ways import wishes_by_hand
from planner.wire.document import parse_plan_document

FOODS = read_embedded_foods()
KNOWN = [KnownFood(one.food_id, one.name, one.group, one.per_100g, one) for one in FOODS]
MEAT = {"red_meat", "processed_meat", "poultry"}
MEATLESS = {"meat": ["mon", "3"]}
ANN = {"name": "Ann", "profile": {"sex": "f", "age": 40}}
TOM = {
    "name": "Tom",
    "profile": {"sex": "m", "age": 44},
    "preferences": {"without_on": {"fish": ["tue"]}},
}


def days_with(plan, groups):
    return {
        day.day
        for day in plan.days
        for item in day.items()
        for food_id, _ in item.ingredients
        if FOODS[food_id].group in groups
    }


@pytest.fixture(scope="module")
def report():
    request = build_request(
        eater=(ANN, TOM), days=3, without_on=(("meat", ["mon", "3"]),), per_week=()
    )
    return plan_meals(request)


def test_nobody_has_meat_on_a_meatless_day_and_a_forged_day_is_found(report):
    for name, own in report.reports.items():
        assert days_with(own.plan, MEAT) <= {2}, name
    assert 2 not in days_with(report.reports["Tom"].plan, {"fish"})
    document = parse_plan_document(as_json(report), "plan.json")
    assert check_document(document, FOODS).passed
    wanted = replace(document.request.preferences, without_on={"grains": ("2",)})
    forged = replace(document, request=replace(document.request, preferences=wanted))
    assert not check_document(forged, FOODS).passed


def test_replan_keeps_what_is_left_out_on_its_days(report):
    document = parse_plan_document(as_json(report), "plan.json")
    wanted = replace(document.request.preferences, without_on={"meat": ("tue",)})
    again = replan_table(document, replace(document.request, preferences=wanted)).report
    assert again.passed
    assert 2 not in days_with(again.plan, MEAT)


def test_words_of_days_are_read_and_said():
    assert read_without_on("meat: mon,wed, fri") == ("meat", ["mon", "wed", "fri"])
    assert days_without(["mon", "3", "weekends"], 8, None) == {1, 3, 6, 7, 8}
    assert days_without(["every day"], 2, None) == {1, 2}
    with pytest.raises(ConfigError, match="names no days"):
        read_without_on("meat")
    request = request_from_dict({"preferences": {"without_on": MEATLESS}})
    assert "without meat on mon, 3" in wishes_text(request)
    assert request_from_dict(request_to_dict(request)) == request
    after = request_after(request, None, "plan.json", None)
    assert after.preferences.without_on == {"meat": ("mon",)}


@pytest.mark.parametrize(
    ("preferences", "way"),
    [
        ({"without": ["meat:mon,wed,fri"]}, "write --without-on meat:mon,wed,fri"),
        ({"diet": "vegetarian:mon"}, '--without-on "meat and fish:mon"'),
    ],
)
def test_who_names_days_elsewhere_is_led_to_the_flag(preferences, way):
    with pytest.raises(ConfigError) as caught:
        request_from_dict({"preferences": preferences})
    assert way in str(caught.value)


def test_it_is_named_where_it_is_in_the_way_and_offered_as_a_way_out():
    request = build_request(without_on=(("meat", ["mon"]), ("oil", ["wed", "fri"])))
    found = with_allowed_offers(Refusal((), (), is_proven=False), request)
    counts = left_out_alone(["meat", "oil"])
    dishes = len(read_embedded_dishes())
    assert counts["oil"] > counts["meat"] > 0 == left_out_alone(["oil", "olive oil"])["olive oil"]
    assert [one.text for one in found.conflict] == [  # what leaves out most stands first
        f"without oil on wed, fri: {counts['oil']} of {dishes} dishes are left out for that alone",
        f"without meat on mon: {counts['meat']} of {dishes} dishes are left out for that alone",
    ]
    offers = [*wishes_by_hand(request)]
    assert offer_of_days_without("meat", ["mon"]) in offers
    assert [*asked_with(request, offers[0]).preferences.without_on] == ["meat"]
    assert read_without_on("meat:none") == ("meat", [])
    again = build_request(without_on=(("meat", ["mon"]),), without=("fish",))
    assert [*again.preferences.without_on] == ["meat"]


def test_oil_is_all_oils_in_dishes_too():
    oils = find_left_out("oil", FOODS, ()).food_ids
    assert {"olive_oil", "canola_oil", "vinaigrette"} <= oils
    assert "butter" not in oils


def test_a_day_without_hot_food_has_what_is_eaten_cold():
    dishes = read_embedded_dishes()
    hot = find_left_out("hot food", FOODS, dishes).dish_ids
    assert {"pasta_e_ceci", "oatmeal_apple_cinnamon_walnuts"} & hot
    assert not {one.dish_id for one in dishes if {"no_cook", "salad"} & one.tags} & hot
    judged = find_named("hot food", (), (), read_dish_notes(()))
    assert judged is not None
    assert judged.dish_ids == hot


def test_days_without_a_fridge_have_nothing_that_must_stay_cold():
    cold = find_left_out("chilled food", FOODS, ()).food_ids
    some = {"milk_whole", "tofu_firm", "chicken_breast_raw", "edamame_frozen", "ricotta_part_skim"}
    some |= {"spinach_raw", "arugula", "salad_mix"}  # washed and in bags
    assert some <= cold
    assert not {"sardines_canned", "cheddar", "butter_salted", "carrot_raw"} & cold
    judged = find_excluded("chilled food", KNOWN)
    assert judged is not None
    assert judged.food_ids == cold
    assert days_without(["3-5"], 7, None) == {3, 4, 5}


def test_without_a_fridge_nothing_must_stay_cold_and_no_box_is_made_the_evening_before():
    for word in ("fridge", "Refrigerator"):
        request = request_from_dict({"profile": {"age": 40}, "preferences": {"without": [word]}})
        wanted = request.preferences
        assert "chilled food" in wanted.without
        assert wanted.lunch == "home"
        assert request_from_dict(request_to_dict(request)).preferences == wanted
        meant = [find_left_out(name, FOODS, read_embedded_dishes()) for name in wanted.without]
        foods = frozenset[str]().union(*(one.food_ids for one in meant))
        named = frozenset[str]().union(*(one.dish_ids for one in meant))
        kept = [
            dish
            for dish in read_embedded_dishes()
            if dish.dish_id not in named and foods.isdisjoint(i.food_id for i in dish.ingredients)
        ]
        assert len(kept) > 200
        assert not [dish.dish_id for dish in kept if dish.is_made_before]
        assert boxes_held(request) == 0
        packed = replace(request, preferences=replace(wanted, lunch="packed"))
        assert boxed_days(packed) == frozenset()


@pytest.mark.parametrize(
    ("name", "diet"), [("animal products", "vegan"), ("meat and fish", "vegetarian")]
)
def test_what_a_diet_leaves_out_has_a_name_for_single_days(name, diet):
    out = find_diet(diet).without_origin
    held = {food.food_id for food in FOODS if food.origin & out}
    assert held <= find_left_out(name, FOODS, ()).food_ids
    assert held <= find_excluded(name, KNOWN).food_ids
    for flag in ({"diet": f"{diet}:weekdays"}, {"without_on": ((diet, ["mon"]),)}):
        with pytest.raises(PlannerError, match=f'"{name}:') as told:
            plan_meals(build_request(days=1, **flag))
        assert "--without-on" in str(told.value)


def test_what_guests_leave_out_is_left_out_of_their_meal_alone():
    flags = {"put": [read_put("2:dinner=tabbouleh with chickpeas")], "kitchen": ["microwave"]}
    request = build_request(days=3, guests=[read_guests("2:dinner=2,vegan")], sex="m", **flags)
    document = parse_plan_document(as_json(plan_meals(request)), "plan.json")
    assert check_document(document, FOODS).passed
    items = [item for meal in document.plan.days[1].meals for item in meal.items]
    held = {bool(item.guests): set[str]() for item in items}
    for item in items:
        for food_id, _ in item.ingredients:
            held[bool(item.guests)] |= FOODS[food_id].origin
    animal = find_diet("vegan").without_origin
    assert not held[True] & animal
    assert held[False] & animal
