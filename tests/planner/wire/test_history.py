import json
from dataclasses import replace

import pytest

from planner.errors import ConfigError
from planner.request.preferences import Preferences
from planner.request.read import read_request, write_request
from planner.request.request import PlanRequest
from planner.wire.document import eaten_lately, read_history, read_plan_document
from tests.plates import day, document, food, item, request, table

FOODS = table(food("kale"))


def write(folder, dish_id, date=None):
    dish, apple = item(dish_id, {"kale": 100.0}), item("apple", {"kale": 50.0}, "food")
    raw = document([day(1, FOODS, dinner=dish, snack=apple)], request())
    raw["days"][0]["date"] = date
    file = folder / f"{dish_id}.json"
    file.write_text(json.dumps(raw), encoding="utf-8")
    return str(file)


def test_dates_decide_which_plan_is_the_latest_or_the_last_named_where_one_is_missing(tmp_path):
    soup, stew = frozenset({"soup"}), frozenset({"stew"})
    paths = [write(tmp_path, "soup", "2026-03-09"), write(tmp_path, "stew", "2026-03-02")]
    assert read_history(paths) == (soup, stew)
    assert read_history([paths[0], write(tmp_path, "stew")]) == (stew, soup)


def test_a_plan_that_is_no_file_is_told_by_its_dishes(tmp_path):
    plan = read_plan_document(write(tmp_path, "soup", "2026-03-09")).plan
    told = eaten_lately(plan)
    assert read_history([told]) == (frozenset({"soup"}),)
    assert read_history([told, write(tmp_path, "stew", "2026-03-02")])[0] == {"soup"}
    assert read_history([eaten_lately(plan, {"soup"})]) == (frozenset(),)
    wanted = Preferences(history=(told,))
    asked = replace(PlanRequest(), preferences=wanted)
    (tmp_path / "request.toml").write_text(write_request(asked), encoding="utf-8")
    assert read_request(tmp_path / "request.toml").preferences.history == (told,)
    with pytest.raises(ConfigError, match="is no date"):
        read_history(["eaten: soup"])


def test_all_files_that_cannot_be_read_are_named_at_once(tmp_path):
    (tmp_path / "empty.json").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        read_history([str(tmp_path / "empty.json"), str(tmp_path / "none.json")])
    assert "empty.json" in str(raised.value)
    assert "no such file" in str(raised.value)
    assert "--history" in str(raised.value)
