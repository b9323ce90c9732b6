"""A dish is one entry of data: it is planned like those that are there."""

import json
import re

import pytest

from tests.changes.copying import copy_of_project, recipe, run

pytestmark = pytest.mark.harden

LIKE = ("small_breakfasts.toml", "buttered_toast_jam", "Buttered toast with jam")
NEW = ("toast_quince_jam", "Buttered toast with quince jam")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = copy_of_project(tmp_path_factory.mktemp("dish"), "foods")
    dishes = folder / "foods" / "data" / "dishes"
    file, dish_id, name = LIKE
    text = (dishes / file).read_text(encoding="utf-8")
    (entry,) = re.findall(
        rf'^\[\[dish\]\]\nid = "{dish_id}".*?^\]\nsteps.*?^\]\n', text, re.M | re.S
    )
    entry = entry.replace(f'"{dish_id}"', f'"{NEW[0]}"').replace(f'"{name}"', f'"{NEW[1]}"')
    (dishes / "quince.toml").write_text(entry, encoding="utf-8")
    return folder


def test_the_recipe_names_one_file():
    assert recipe("A dish") == ["foods/data/dishes/NAME.toml"]


def test_it_is_planned_and_checked_like_the_others(copy):
    asked = ("plan", "--days", 1, "--effort", "quick", "--put", f"1:snack={NEW[1]}", "--json")
    plan = json.loads(run(copy, *asked))
    assert plan["check"]["passed"]
    served = [item["id"] for meal in plan["days"][0]["meals"] for item in meal["items"]]
    assert NEW[0] in served
