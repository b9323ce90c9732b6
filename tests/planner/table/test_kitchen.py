"""What a kitchen lacks: dishes that need it are closed for everybody, judged, planned again."""

import re
from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.equipment import dishes_closed, needs_of, ways_left
from planner.candidates.name_index import words_for_tags
from planner.candidates.names import find_left_out, find_meaning
from planner.candidates.readings import read_left_out
from planner.check.dish_notes import lacking
from planner.check.document import check_document
from planner.check.lines import KnownFood
from planner.check.names import find_named, with_cooked
from planner.cli.options import build_request
from planner.errors import ConfigError, PlannerError
from planner.export.as_json import as_json
from planner.pipeline import plan_meals
from planner.request.equipment import (
    equipment_in,
    known_equipment,
    missing_equipment,
    rare_equipment,
    read_equipment,
)
from planner.request.phrases import FrequencyRule
from planner.request.put import read_put
from planner.request.read import request_from_dict, request_to_dict
from planner.settings import read_settings
from planner.table.choice import wishes_of
from planner.table.prepare import prepare_table
from planner.table.replan import replan_table
from planner.wire.document import parse_plan_document

FOODS = read_embedded_foods()
DISHES = {one.dish_id: one for one in read_embedded_dishes()}
MEALS = ("main", "breakfast")
FEWEST = {"air fryer": 20, "slow cooker": 24}  # dishes of a word: 50 of others
ANN = {"name": "Ann", "profile": {"sex": "f", "age": 40}}
TOM = {"name": "Tom", "profile": {"sex": "m", "age": 44}}


def closed(*gone):
    return frozenset(dishes_closed(DISHES.values(), set(gone)))


@pytest.fixture(scope="module")
def document():
    request = build_request(eater=(ANN, TOM), days=2, without=("oven",), kitchen=("stove",), seed=1)
    return parse_plan_document(as_json(plan_meals(request)), "plan.json")


def test_steps_say_what_a_dish_needs():
    assert closed("oven") >= {"roast_chicken_potatoes_carrots", "pizza_margherita"}
    assert "chicken_chickpea_tagine_bulgur" not in closed("oven")  # a Dutch oven is a pot
    assert closed("blender") >= {"strawberry_banana_smoothie", "creamy_pumpkin_soup"}
    toast = "peanut_butter_toast"
    assert toast not in closed("toaster") | closed("oven")
    assert toast in closed("toaster", "oven", "stove")


def test_a_dish_of_which_nothing_is_cooked_needs_nothing_hot():
    hot = set(known_equipment()) - {"blender"}
    raw = {key for key, one in DISHES.items() if "no_cook" in one.tags}
    assert raw & closed(*hot) <= {"hummus_vegetable_pita", "sardine_tomato_toast"}  # toasted


def test_a_dish_with_a_temperature_of_an_oven_needs_one():
    baked = {
        key for key, one in DISHES.items()
        if re.search(r"(?:bake|roast)\w* .{0,60}at \d{3} °C", " ".join(one.steps))
    }  # fmt: skip
    assert len(baked) > 30
    assert baked <= closed(*equipment_in("oven"))


def test_a_dish_that_is_spared_has_a_word_that_asks_for_it():
    for row in read_settings("meals/kitchen.toml")["needs"]:
        for key in row["spared"]:
            dish = replace(DISHES[key], dish_id="not_spared")
            assert frozenset(row["any"]) in needs_of(dish), key


def test_the_judge_reads_the_steps_as_the_planner_does():
    for gone in ({"oven"}, {"stove", "kettle"}, set(known_equipment())):
        judged = {key for key, one in DISHES.items() if any(lacking(key, one.steps, gone))}
        assert judged == closed(*gone)


def test_a_dish_with_a_way_of_its_own_needs_no_oven_where_an_air_fryer_is():
    own = {one.dish_id for one in DISHES.values() if "air_fryer" in one.tags}
    shut = closed(*equipment_in("oven"))
    assert shut - closed(*equipment_in("oven; with air fryer")) == own
    assert find_left_out("oven", FOODS, DISHES.values()).dish_ids == shut


@pytest.mark.parametrize("way", read_settings("meals/kitchen.toml")["own_ways"].values())
def test_a_tag_of_a_way_stands_where_a_step_tells_it(way):
    for dish in DISHES.values():
        told = [step for step in dish.steps if step.lower().startswith(way["begins"])]
        assert len(told) == (way["tag"] in dish.tags), dish.dish_id


def test_a_dish_is_refused_with_what_it_needs_of_a_kitchen():
    wanted = {"kitchen": ["microwave"], "put": [read_put("1:dinner=beef lasagna")]}
    with pytest.raises(PlannerError, match="Beef lasagna is left out as asked: it needs: oven"):
        plan_meals(build_request(**wanted))


def test_several_dishes_that_a_kitchen_cannot_make_are_refused_at_once():
    with pytest.raises(PlannerError) as error:
        plan_meals(build_request(without=["oven"], put=[read_put("1:dinner=pizza")]))
    told = str(error.value)
    assert "each of the 4 dishes called 'pizza' is left out as asked: it needs: oven" in told
    assert "magplan dishes list --without 'oven'" in told


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


@pytest.mark.parametrize("word", ["air fryer", "slow cooker"])
def test_meals_of_a_device_are_main_dishes_and_not_what_stands_beside_them(word):
    meant = find_meaning(word, read_embedded_foods(), DISHES.values()).dish_ids
    tagged = {key for key, one in DISHES.items() if word.replace(" ", "_") in one.tags}
    assert meant == {key for key in tagged if DISHES[key].kind == "main"} != tagged


@pytest.mark.parametrize("word", words_for_tags())
def test_meals_alone_count_where_a_word_for_tags_is_asked_for_so_often(word):
    rules = (FrequencyRule(word, ">=", 2), FrequencyRule(word, "<=", 9))
    request = build_request(per_week=rules, like={word: 3})
    wishes = wishes_of(request, FOODS, [*DISHES.values()])
    least, most = (one.meaning.dish_ids for one in wishes.frequencies)
    meals = {one for one in most if one not in DISHES or DISHES[one].kind in MEALS}
    assert least == wishes.likes[0][0].dish_ids == meals
    foods = [KnownFood(one.food_id, one.name, one.group, one.per_100g, one) for one in FOODS]
    assert with_cooked(find_named(word, foods), foods).dish_ids == meals
    assert find_meaning(word, FOODS, DISHES.values()).dish_ids == most


def test_nothing_is_cooked_at_breakfast():
    request = build_request(days=2, max_minutes_breakfast=0, without=("spicy",))
    report = plan_meals(request)
    eaten = [
        DISHES[item.item_id]
        for day in report.plan.days
        for meal in day.meals
        if meal.slot == "breakfast"
        for item in meal.items
        if item.kind == "dish"
    ]
    assert eaten
    assert all("no_cook" in one.tags for one in eaten)
    cooked = build_request(
        days=1, put=(read_put("mon:breakfast=scrambled eggs with buttered toast"),)
    )
    document = parse_plan_document(as_json(plan_meals(cooked)), "plan.json")
    forged = replace(document.request, preferences=request.preferences)
    found = check_document(replace(document, request=forged), read_embedded_foods())
    assert "the request allows 0 at breakfast" in str(found.as_one().faults)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("raclette", "no recipe asks for 'raclette'.*oven, stove"),
        ("instant pot", "its times are not known.*on the stove"),
        ("frying pan", "pans and pots.*--without stove"),
        ("grill", "a grill is no oven.*write oven"),
        ("stove and oven", "each by itself: oven, stove"),
    ],
)
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


def test_a_table_of_two_gets_nothing_that_is_closed(document):
    shut = closed(*set(known_equipment()) - {"stove"}, "oven")
    assert shut.isdisjoint(item.item_id for day in document.plan.days for item in day.items())
    assert check_document(document, read_embedded_foods()).passed


def test_the_judge_finds_a_dish_that_needs_what_is_not_there(document):
    wanted = replace(document.request.preferences, kitchen=("kettle",))
    stolen = replace(document.request, preferences=wanted)
    found = check_document(replace(document, request=stolen), read_embedded_foods())
    assert "needs what the kitchen does not have: stove" in str(found.as_one().faults)


def test_it_holds_when_the_plan_is_made_again(document):
    request = document.request
    assert request_from_dict(request_to_dict(request)).preferences == request.preferences
    wanted = replace(request.preferences, without=("oven", "blender", "salmon"))
    again = replan_table(document, replace(request, preferences=wanted))
    assert again.report.passed


def test_who_has_a_kettle_alone_has_dinners_and_who_has_a_stove_none_that_are_lunches():
    def places(*kitchen):
        (week,) = prepare_table(build_request(diet="vegan", kitchen=kitchen)).weeks.values()
        return {
            one.source_id: one.places
            for one in week.candidates.candidates
            if one.traits.kind == "main"
        }

    kettle, stove = places("kettle"), places("stove")
    assert kettle.keys().isdisjoint(closed(*set(known_equipment()) - {"kettle"}))
    assert len(kettle) > 14
    assert all({"lunch.main", "dinner.main"} <= set(one) for one in kettle.values())
    assert "dinner.main" not in stove["tofu_salad_sandwich"]


def test_a_table_of_two_with_a_kettle_eats_and_is_judged():
    vegan = {**ANN, "preferences": {"diet": "vegan"}}
    report = plan_meals(build_request(eater=(vegan, TOM), days=2, kitchen=("kettle",)))
    assert check_document(parse_plan_document(as_json(report), "plan.json"), FOODS).passed


def test_how_a_kitchen_without_a_toaster_toasts_is_said_and_nothing_is_left_out():
    request = build_request(without=("toaster",))
    (reading,) = read_left_out(request, FOODS, DISHES.values())
    assert reading.sentence == (
        "Without toaster: nothing is left out; bread is toasted in a dry pan, 2 minutes on each "
        "side."
    )
    assert ways_left({"toaster", "stove"}).endswith("; bread is toasted in the oven")
    assert ways_left({"toaster", "stove", "oven", "microwave"}) == ""
    assert read_equipment("hot plate") == "stove"


def test_without_spicy_leaves_out_what_has_a_little_chili_too_and_the_judge_agrees():
    mild, hot = (find_left_out(one, FOODS, DISHES.values()) for one in ("spicy", "very spicy"))
    assert {"thai_red_curry_tofu_rice", "one_pot_chili_mac"} <= mild.dish_ids - hot.dish_ids
    judged = find_named("spicy", ())
    assert judged is not None
    assert judged.dish_ids == mild.dish_ids


def test_where_all_is_bought_at_once_late_days_use_what_keeps():
    report = plan_meals(build_request(days=7, trips=1))
    assert report.passed
    assert report.shopping.trips == (1,)
    assert [line.name for line in report.shopping.lines if line.late] == []
