import json
from dataclasses import replace

import pytest

from foods.own_csv import as_food_csv, parse_figures
from planner.check import document as module
from planner.check import printed
from planner.check.document import check_same_table, notes_on
from planner.check.names import DishNote
from planner.errors import ConfigError
from planner.wire.document import parse_plan_document
from tests.one_eater import check_document
from tests.plates import document, food, request, table, target, three_meals
from tests.rows import rows

FOODS = table(food("kale", price=0.5, magnesium_mg=50.0, calcium_mg=100.0))
DAYS = [three_meals(1, FOODS, {"kale": 100.0})]  # 150 mg Mg, 300 mg Ca, 1.50 USD
WEEK = {"totals": {"magnesium_mg": 150.0}, "means": {"calcium_mg": 300.0}, "ca_mg_ratio": 2.0}
NONE = frozenset()
TARGETS = (target("magnesium_mg", 100.0), target("calcium_mg", 200.0, period="week"))


@pytest.fixture(autouse=True)
def _small_targets(monkeypatch):
    monkeypatch.setattr(module, "derive_for", lambda asked: TARGETS)
    dishes = [item for day in DAYS for item in day.items()]
    notes = {dish.item_id: DishNote(dish.item_id, dish.name, "", 0, None, NONE) for dish in dishes}
    monkeypatch.setattr(printed, "read_dish_notes", lambda folders: notes)


def judge(week=WEEK, targets=TARGETS, foods=FOODS):
    raw = document(DAYS, request(), targets, {"cost": 1.5} | week)
    return check_document(parse_plan_document(json.dumps(raw), "plan.json"), foods)


def test_an_honest_plan_passes():
    result = judge()
    assert (result.passed, result.faults) == (True, ())


@rows(__file__, "what_a_plan_states_of_its")
def test_what_a_plan_states_of_its_week_is_held_to_its_amounts(week, fault):
    result = judge(WEEK | week)
    assert (result.passed, result.faults) == (False, (fault,))


def test_a_target_that_was_loosened_in_the_file_does_not_count():
    loose = (replace(TARGETS[0], lower=10.0), TARGETS[1])
    (fault,) = judge(targets=loose).faults
    assert fault == (
        "The plan states 10.0 as lower of the target of magnesium_mg per day, "
        "the request means 100.0."
    )


def test_targets_left_out_or_put_in_are_faults():
    assert (
        "does not state the target of calcium_mg per week" in judge(targets=TARGETS[:1]).faults[0]
    )
    more = (*TARGETS, target("iron_mg", 8.0))
    assert "states the target of iron_mg per day, which" in judge(targets=more).faults[0]
    assert "states a target twice" in judge(targets=(*TARGETS, TARGETS[0])).faults[0]


def test_an_exported_table_gives_the_same_figures():
    exported = parse_figures(as_food_csv(FOODS), "foods.csv")
    own, other = judge(), judge(foods=exported)
    assert other.findings == own.findings


def test_a_food_that_no_catalogue_knows_has_no_flags():
    stranger = table(food("moon_cheese", magnesium_mg=50.0, calcium_mg=100.0))
    days = [three_meals(1, stranger, {"moon_cheese": 100.0})]
    raw = document(days, request(), TARGETS, WEEK)
    exported = parse_figures(as_food_csv(stranger), "foods.csv")
    result = check_document(parse_plan_document(json.dumps(raw), "plan.json"), exported)
    assert not result.passed
    assert "'moon_cheese' is not in the catalogue: flags unknown" in result.faults[0]


def test_another_food_table_than_the_plans_is_said():
    read = parse_plan_document(json.dumps(document(DAYS, request(), TARGETS)), "plan.json")
    assert notes_on(read, FOODS) == ()
    other = replace(FOODS, sha256="another", version="2.0")
    said = "Made with food table by hand (), judged by 2.0 (another)"
    assert notes_on(read, other) == (f"{said}: the two differ, so totals may.",)
    check_same_table(read, FOODS, "plan.json")
    with pytest.raises(ConfigError, match=r"plan.json: was made with.*--other-table"):
        check_same_table(read, other, "plan.json")
