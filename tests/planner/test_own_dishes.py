"""Dishes of one's own in a plan, from the request to the printed day and back."""

import json

import pytest

from foods.embedded import read_data_text
from foods.errors import FoodDataError
from planner.kitchen.shopping import list_shopping
from planner.request.read import request_from_dict
from planner.wire.document import parse_plan_document
from tests.one_eater import (
    as_json,
    as_text,
    check_document,
    open_session,
    plan_meals,
    prepare_week,
    rank_replacements,
)
from tests.rows import rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    mine = tmp_path_factory.mktemp("mine")
    text = read_data_text("own_dish_template.toml")
    (mine / "own_dish.toml").write_text(text, encoding="utf-8")
    return mine


@pytest.fixture(scope="module")
def report(folder):
    wanted = {"dishes": [str(folder)], "per_week": ["own_dish >= 7"]}
    return plan_meals(request_from_dict({"week": {"days": 1}, "preferences": wanted}))


@pytest.fixture(scope="module")
def document(report):
    return parse_plan_document(as_json(report), "plan.json")


def place_of(report):
    (found,) = [
        (day.day, meal.slot)
        for day in report.plan.days
        for meal in day.meals
        if any(item.item_id == "own_dish" for item in meal.items)
    ]
    return found


def test_an_own_dish_is_planned_and_printed_with_its_steps(report):
    assert report.check.passed, report.check.faults
    day, _slot = place_of(report)
    (dish,) = [own_dish for own_dish in report.dishes if own_dish.dish_id == "own_dish"]
    text = " ".join(as_text(report, day).split())
    assert " ".join(dish.steps[0].split()) in text


def test_a_plan_file_finds_the_own_dish_again(report, document):
    assert document.request == report.request
    assert check_document(document, report.foods).passed
    uses = [use.item for line in list_shopping(document.plan, report.foods).lines
            for use in line.uses]  # fmt: skip
    assert "My dish" in uses
    day, slot = place_of(report)
    assert rank_replacements(open_session(document), day, slot, "own_dish").considered > 0


def test_a_plan_whose_folder_is_gone_holds_and_says_so_where_it_is_planned_anew(report, folder):
    text = as_json(report).replace(json.dumps(str(folder)), json.dumps(f"{folder}_gone"))
    document = parse_plan_document(text, "plan.json")
    assert check_document(document, report.foods).passed
    with pytest.raises(FoodDataError, match="no folder with dishes"):
        open_session(document)


RAW_DISH = """
[[dish]]
id = "own_tartare"
name = "Egg mousse with salmon tartare"
kind = "main"
slots = ["lunch", "dinner"]
cuisine = "any"
servings = 2
minutes = 20
active_minutes = 20
tags = [{tags}]
keeps_days = 0
taste = 2
portions = "half"
ingredients = [
  {{food = "{egg}", mass_g = 150, measure = "3 large"}},
  {{food = "{fish}", mass_g = 200, measure = "7 oz"}},
  {{food = "potato_boiled", mass_g = 400, measure = "2 1/2 cups"}},
]
steps = ["Beat the eggs.", "Cut the fish.", "Serve both on the potatoes."]
"""
PREGNANT = {"sex": "f", "age": 29, "state": "pregnant", "gestation_week": 20}


def candidates_with(tmp_path, profile, egg, fish, tags=""):
    text = RAW_DISH.format(egg=egg, fish=fish, tags=tags)
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    wanted = {"profile": profile, "preferences": {"dishes": [str(tmp_path)]}}
    return prepare_week(request_from_dict(wanted)).candidates


def why_left_out(candidates):
    return {one.candidate_id: one.reason for one in candidates.left_out}.get("own_tartare", "")


@rows(__file__, "what_is_raw_in_an")
def test_what_is_raw_in_an_own_dish_is_left_out_in_pregnancy(tmp_path, egg, fish, reason, instead):
    said = why_left_out(candidates_with(tmp_path, PREGNANT, egg, fish))
    assert reason in said
    assert instead in said.partition("raw; if the dish cooks it through, name it ")[2]


def test_the_same_dish_cooked_through_stays_and_so_does_the_raw_one_for_others(tmp_path):
    assert not why_left_out(candidates_with(tmp_path, PREGNANT, "egg_in_dish", "salmon_cooked"))
    other = {"sex": "f", "age": 29}
    assert not why_left_out(candidates_with(tmp_path, other, "egg_raw", "salmon_raw"))
