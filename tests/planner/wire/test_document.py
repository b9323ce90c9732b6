"""Plan files and their history: read as written, or refused with the place of each fault."""

import copy
import json
from dataclasses import replace

import pytest

from planner.errors import ConfigError
from planner.request.preferences import Preferences
from planner.request.read import read_request, write_request
from planner.request.request import PlanRequest
from planner.wire.document import (
    eaten_lately,
    parse_plan_document,
    read_history,
    read_plan_document,
)
from tests.plates import day, document, food, item, request, table, target, three_meals
from tests.rows import rows

FOODS = table(food("kale", magnesium_mg=50.0, calcium_mg=100.0))
DAYS = [three_meals(1, FOODS, {"kale": 100.5})]
RAW = document(DAYS, request(diet="vegan"), [target("magnesium_mg", 320.0)])


def parse(raw):
    return parse_plan_document(json.dumps(raw), "plan.json")


def damage(path, value):
    """Return the document with one place changed; ``path`` holds keys and numbers of entries."""
    raw = copy.deepcopy(RAW)
    *way, last = (int(part) if part.isdigit() else part for part in path.split("."))
    place = raw
    for part in way:
        place = place[part]
    place[last] = value
    return raw


def test_a_plan_reads_back_as_it_was():
    read = parse(RAW)
    assert list(read.plan.days) == DAYS
    assert read.request == request(diet="vegan")
    assert read.targets == (target("magnesium_mg", 320.0),)


@rows(__file__, "a_fault_is_told_with_its_place")
def test_a_fault_is_told_with_its_place_in_the_file(path, value, message):
    with pytest.raises(ConfigError, match=rf"(?s)plan\.json: .*{message}"):
        parse(damage(path, value))


def test_all_faults_are_told_at_once():
    raw = damage("days.0.day", None) | {"request": {"profile": {"age": "old"}}}
    del raw["week"]
    with pytest.raises(ConfigError, match=r"(?s)days\[0\]\.day.*week: is missing.*age"):
        parse(raw)


def test_a_flood_of_faults_is_cut():
    many = {f"nutrient_{number}": 1 for number in range(3)}
    raw = damage("days", [RAW["days"][0] | {"totals": many, "day": "x"}] * 30)
    with pytest.raises(ConfigError, match="and 40 more"):
        parse(raw)


@rows(__file__, "a_damaged_file_is_told")
def test_a_damaged_file_is_one_clear_message(text, message):
    with pytest.raises(ConfigError, match=rf"plan\.json: {message}|plan\.json: .*{message}"):
        parse_plan_document(text, "plan.json")


@pytest.mark.parametrize(("text", "message"), [("[" * 100_000, "too deeply"), ("9" * 5000, "JSON")])
def test_a_file_that_goes_too_deep_or_too_far_is_refused(text, message):
    with pytest.raises(ConfigError, match=message):
        parse_plan_document(text, "plan.json")


@pytest.mark.parametrize("number", ["1e999", "1" + "0" * 400])
def test_a_number_too_large_for_a_float_is_a_fault(number):
    text = json.dumps(RAW).replace("100.5", number)
    with pytest.raises(ConfigError, match=r"mass_g: "):
        parse_plan_document(text, "plan.json")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (json.dumps(RAW).encode("utf-16"), "encoded as UTF-16"),
        (b'{"schema":\n"\xff"}', "line 2 is not encoded as UTF-8"),
        (b"\x00\x01", "is not JSON"),
    ],
)
def test_wrong_encodings_are_named(tmp_path, content, message):
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=message):
        read_plan_document(path)


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(RAW), encoding="utf-8-sig")
    assert read_plan_document(path).plan.days[0].day == 1


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    with pytest.raises(ConfigError, match=r"no such file — .*magplan plan --out"):
        read_plan_document(tmp_path / "none.json")
    with pytest.raises(ConfigError, match="is a directory"):
        read_plan_document(tmp_path)
    with pytest.raises(ConfigError, match="cannot be read"):
        read_plan_document("plan\0.json")


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
