"""What a kitchen lacks, and what is left out on some days: closed, judged, planned again."""

import re
from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.equipment import dishes_closed
from planner.candidates.name_index import words_for_tags
from planner.candidates.names import find_left_out, find_meaning
from planner.candidates.readings import left_out_alone
from planner.check.dish_notes import lacking
from planner.check.lines import KnownFood
from planner.check.names import find_excluded, find_named
from planner.cli.options import build_request
from planner.errors import ConfigError, PlannerError
from planner.explain.offers import asked_with, with_allowed_offers
from planner.explain.refusal import offer_of_days_without
from planner.explain.report import Refusal
from planner.export.people import wishes_text
from planner.kitchen.evenings import boxed_days
from planner.kitchen.sold import boxes_held
from planner.request.diets import find_diet
from planner.request.equipment import (
    equipment_in,
    known_equipment,
    missing_equipment,
    rare_equipment,
    read_equipment,
)
from planner.request.next_week import request_after
from planner.request.put import days_without, read_without_on
from planner.request.read import request_from_dict, request_to_dict
from planner.table.prepare import prepare_table
from planner.table.ways import wishes_by_hand
from tests.one_eater import plan_everybody
from tests.rows import rows

FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
FEWEST = {"air fryer": 20, "slow cooker": 24}  # dishes of a word: 50 of others


def closed(*gone):
    return frozenset(dishes_closed(DISHES.values(), set(gone)))


def test_steps_say_what_a_dish_needs():
    assert closed("oven") >= {"roast_chicken_potatoes_carrots", "pizza_margherita"}
    assert "chicken_chickpea_tagine_bulgur" not in closed("oven")  # a Dutch oven is a pot
    assert closed("blender") >= {"strawberry_banana_smoothie", "creamy_pumpkin_soup"}
    toast = "peanut_butter_toast"
    assert toast not in closed("toaster") | closed("oven")
    assert toast in closed("toaster", "oven", "stove")


def test_a_dish_with_a_temperature_of_an_oven_needs_one():
    baked = {
        key for key, dish in DISHES.items()
        if re.search(r"(?:bake|roast)\w* .{0,60}at \d{3} °C", " ".join(dish.steps))
    }  # fmt: skip
    assert len(baked) > 30
    assert baked <= closed(*equipment_in("oven"))


def test_the_judge_reads_the_steps_as_the_planner_does():
    for gone in ({"oven"}, {"stove", "kettle"}, set(known_equipment())):
        judged = {key for key, dish in DISHES.items() if any(lacking(key, dish.steps, gone))}
        assert judged == closed(*gone)


def test_names_of_equipment_are_known_however_they_are_said():
    assert equipment_in("Broiler and hob") == {"oven", "stove"} | rare_equipment()
    assert equipment_in("hob; with air fryer") == {"stove", "slow cooker"}
    assert missing_equipment(["oven"], ["stove", "air fryer"]).endswith("; with air fryer")
    assert equipment_in("oven, salmon") == frozenset()
    assert missing_equipment(["salmon", "oven"], ["stove", "oven"]).startswith("oven, microwave")
    assert missing_equipment(["salmon"], []) == ""
    assert not find_left_out("oven", FOODS, DISHES.values()).food_ids


@pytest.mark.parametrize("word", words_for_tags())
def test_words_for_tags_mean_the_same_dishes_to_planner_and_judge(word):
    foods = read_embedded_foods()
    meant = find_meaning(word, foods, DISHES.values())
    judged = find_named(
        word, [KnownFood(one.food_id, one.name, one.group, one.per_100g, one) for one in foods]
    )
    assert meant.dish_ids == judged.dish_ids
    assert len(meant.dish_ids) >= FEWEST.get(word, 50)
    assert meant.dish_ids == find_meaning(word.replace(" ", "_"), foods, DISHES.values()).dish_ids


@rows(__file__, "what_no_recipe_asks_for")
def test_what_no_recipe_asks_for_is_refused_with_what_is_known(word, said):
    with pytest.raises(ConfigError, match=said):
        read_equipment(word)


def test_what_plans_count_on_is_no_food_that_is_left_out():
    with pytest.raises(ConfigError, match="jar opener"):
        request_from_dict({"preferences": {"without": ["tight jar lids"]}})
    with pytest.raises(ConfigError, match="--without fridge"):
        read_equipment("Fridge")


def test_a_freezer_is_left_out_by_any_of_its_names_and_told_by_its_boxes():
    request = request_from_dict({"preferences": {"without": ["deep freezer"]}})
    assert request.preferences.without == ("freezer",)
    with pytest.raises(ConfigError, match="freezer_boxes<=4"):
        read_equipment("freezer=4")


def test_who_has_a_kettle_alone_has_dinners_and_who_has_a_stove_none_that_are_lunches():
    def places(*kitchen):
        (week,) = prepare_table(build_request(diet="vegan", kitchen=kitchen)).weeks.values()
        return {
            candidate.source_id: candidate.places
            for candidate in week.candidates.candidates
            if candidate.traits.kind == "main"
        }

    kettle, stove = places("kettle"), places("stove")
    assert kettle.keys().isdisjoint(closed(*set(known_equipment()) - {"kettle"}))
    assert len(kettle) > 14
    assert all({"lunch.main", "dinner.main"} <= set(placing) for placing in kettle.values())
    assert "dinner.main" not in stove["tofu_salad_sandwich"]


def test_without_spicy_leaves_out_what_has_a_little_chili_too_and_the_judge_agrees():
    mild, hot = (find_left_out(word, FOODS, DISHES.values()) for word in ("spicy", "very spicy"))
    assert {"thai_red_curry_tofu_rice", "one_pot_chili_mac"} <= mild.dish_ids - hot.dish_ids
    judged = find_named("spicy", ())
    assert judged is not None
    assert judged.dish_ids == mild.dish_ids


KNOWN = [KnownFood(food.food_id, food.name, food.group, food.per_100g, food) for food in FOODS]
MEATLESS = {"meat": ["mon", "3"]}


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


@rows(__file__, "who_names_days_elsewhere_is")
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
        foods = frozenset[str]().union(*(meaning.food_ids for meaning in meant))
        named = frozenset[str]().union(*(meaning.dish_ids for meaning in meant))
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
            plan_everybody(build_request(days=1, **flag))
        assert "--without-on" in str(told.value)
