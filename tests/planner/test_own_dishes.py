"""Dishes of one's own in a plan, from the request to the printed day and back."""

import json

import pytest

from foods.embedded import read_data_text
from foods.errors import FoodDataError
from planner.editing import open_session, rank_replacements
from planner.export.as_json import as_json
from planner.export.as_text import as_text
from planner.pipeline import plan_meals
from planner.plan.check_document import check_document
from planner.plan.document import parse_plan_document
from planner.plan.shopping import list_shopping
from planner.targets.request_file import request_from_dict


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
    (dish,) = [one for one in report.dishes if one.dish_id == "own_dish"]
    text = " ".join(as_text(report, day).split())
    assert "magplan dishes show own_dish --dishes DIR" in text
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
