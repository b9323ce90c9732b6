from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from foods.errors import FoodDataError
from foods.importers.own_recipe import OwnRecipe
from foods.own_dishes import as_dish_toml, as_toml
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.own_dishes import (
    dishes_with_own,
    draft_own_dish,
    facts_of,
    parse_own_dishes,
    read_own_dishes,
)
from planner.check.foods import left_out_faults
from planner.check.lines import read_table
from planner.request.read import request_from_dict
from tests.one_eater import prepare_week
from tests.plates import day, item
from tests.rows import rows

FOODS = read_embedded_foods()
VEGAN_BY_NAME = OwnRecipe(
    name="Vegan bean bowl",
    lines=("1 (15 oz) can black beans", "300 g cooked brown rice", "100 g feta"),
    steps=("Warm beans and rice, crumble the cheese over them.",),
    servings=2,
    minutes=10,
    words=("dinner",),
)


def text_of(recipe=VEGAN_BY_NAME):
    return as_dish_toml(draft_own_dish(recipe, FOODS))


def test_allergens_and_diets_come_from_the_ingredients_and_not_from_the_title():
    allergens, diets = facts_of(draft_own_dish(VEGAN_BY_NAME, FOODS), FOODS)
    assert allergens == ["milk"]
    assert "vegan" not in diets


def test_protein_starch_and_yield_follow_from_the_ingredients():
    (dish,) = parse_own_dishes({"bowl": text_of()}, FOODS)
    # 255.15 g beans, 300 g rice, 100 g cheese; the beans bring more protein than 100 g feta
    assert (dish.protein, dish.starch, dish.yield_g) == ("legume", "rice", 655)


def test_own_dishes_stand_beside_the_shipped_ones(tmp_path):
    (tmp_path / "bowl.toml").write_text(text_of(), encoding="utf-8")
    found = {dish.dish_id for dish in dishes_with_own([tmp_path], FOODS)}
    assert found == {dish.dish_id for dish in read_embedded_dishes()} | {"own_vegan_bean_bowl"}


def test_the_id_of_a_shipped_dish_is_taken(tmp_path):
    shipped = read_embedded_dishes()[0].dish_id
    text = text_of().replace("own_vegan_bean_bowl", shipped)
    (tmp_path / "bowl.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FoodDataError, match="a shipped dish has this id"):
        dishes_with_own([tmp_path], FOODS)


@rows(__file__, "faults_of_a_file_are_told")
def test_faults_of_a_file_are_told_as_for_shipped_dishes(before, after, message):
    with pytest.raises(FoodDataError, match=message):
        parse_own_dishes({"bowl": text_of().replace(before, after)}, FOODS)


def test_a_folder_that_is_gone_is_said_with_what_to_do(tmp_path):
    with pytest.raises(FoodDataError, match=r"no folder with dishes.*--dishes DIR"):
        read_own_dishes([tmp_path / "gone"], FOODS)


def dish_file(name, foods, steps="Cook it.", **more):
    """Give the file of a main dish for two, of 200 g of each food."""
    lines = [{"food": food, "mass_g": 200, "measure": "200 g"} for food in foods]
    entry = {"id": "own_x", "name": name, "kind": "main", "slots": ["dinner"], "cuisine": "any",
             "servings": 2, "minutes": 30, "active_minutes": 20, "tags": [], "keeps_days": 1,
             "taste": 2, "portions": "half", "ingredients": lines, "steps": [steps]}  # fmt: skip
    return as_toml({"dish": [entry | more]})


def way_of(name, *foods, steps="Cook it.", **more):
    """Give the way of serving of a dish that does not say it."""
    (dish,) = parse_own_dishes({"x": dish_file(name, foods, steps, **more)}, FOODS)
    return dish.served


@rows(__file__, "what_no_ingredient_answers_for")
def test_words_that_no_ingredient_answers_for_keep_a_dish_from_who_must_avoid_them(
    tmp_path, name, foods, steps, left, person, word
):
    (tmp_path / "x.toml").write_text(dish_file(name, foods, steps, left_out=left), "utf-8")
    wanted = {"preferences": {"dishes": [str(tmp_path)]}, "week": {"days": 1}}
    request = request_from_dict({"profile": {"sex": "f", "age": 31} | person} | wanted)
    served = replace(item("x", dict.fromkeys(foods, 100.0)), item_id="own_x")
    judged = read_table([day(1, FOODS, dinner=served)], FOODS, request)
    found = [omission.reason for omission in prepare_week(request).candidates.left_out
             if omission.candidate_id == "own_x" and "answers" in omission.reason]  # fmt: skip
    faults = left_out_faults(judged, request.patient, request.preferences)
    for told in (found, [fault for fault in faults if "answers" in fault]):
        assert any(repr(word) in text for text in told) if word else not told


@rows(__file__, "how_an_own_dish_is_served")
def test_how_an_own_dish_is_served_follows_from_its_words_and_ingredients(name, foods, steps, way):
    assert way_of(name, *foods, steps=steps) == way


def test_an_own_dish_is_served_as_its_file_or_its_tags_say():
    assert way_of("Chicken curry", "chicken_breast_roasted", served="plate") == "plate"
    assert way_of("Chicken curry", "chicken_breast_roasted", tags=["soup"]) == "soup"
    assert not way_of("Curry cookies", "lentils_cooked", kind="snack", slots=["snack"])
