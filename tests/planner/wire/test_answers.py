"""Declared types are built, written and read back; answers and shipped schemas are made of them.

``MAGPLAN_GOLDEN=write python -m pytest tests/planner/wire`` writes the shipped schemas anew.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pytest
from jsonschema import Draft202012Validator
from pydantic import Field, ValidationError

import configs
import planner
from planner.explain.table_report import TableReport
from planner.explain.trace import EntryTrace, FoodTrace, NutrientTrace
from planner.export.as_json import answer_to
from planner.wire.base import (
    ABSENT,
    OPTIONAL,
    TOLD,
    Date,
    Figure,
    Many,
    Record,
    Sorted,
    Wire,
    json_text,
    numbered,
    shown,
)
from planner.wire.days import CheckAnswer
from planner.wire.diary import AnalysisAnswer, ImproveAnswer
from planner.wire.diff import DiffAnswer, EditAnswer, RequestDiffAnswer
from planner.wire.foods import DishAnswer, FoodAnswer, SupplementAnswer
from planner.wire.kitchen import PantryAnswer, ShoppingAnswer
from planner.wire.plan_file import PlanFile
from planner.wire.plans import AlternativePlans, RefusedPlan, RefusedRequest
from planner.wire.swaps import SwapAnswer, TableSwapAnswer
from planner.wire.sweep import FactsAnswer
from planner.wire.targets import ComparisonAnswer, TableTargets, TargetsAnswer
from planner.wire.told import SafetyAnswer
from planner.wire.why import ExplainAnswer, WorthAnswer
from tests import stored
from tests.commands import ended
from tests.reports import make_refusal
from tests.schemas import SHIPPED, schema_of

ROOT = Path(planner.__file__).parents[1]
PLAN, FAMILY = (stored.folder(name) / "plan.json" for name in ("woman_55", "family"))
FOLDER = Path(configs.__file__).parent / "schemas"
DIARY = ROOT / "tests" / "data" / "diaries" / "dash_days.csv"
ANSWERS = [
    (RefusedRequest, "plan --egfr 20"),
    (TableTargets, f"targets {stored.folder('family') / 'request.toml'}"),
    (TableSwapAnswer, f"swap {FAMILY} --day 1 --slot dinner"),
    (EditAnswer, f"swap {PLAN} --day 3 --slot dinner --apply 1"),
    (PantryAnswer, "pantry list --pantry none.csv"),
    (CheckAnswer, f"check {FAMILY}"),
    (CheckAnswer, f"check {PLAN}"),
    (ShoppingAnswer, f"shop {PLAN}"),
    (SwapAnswer, f"swap {PLAN} --day 3 --slot dinner"),
    (DiffAnswer, f"diff {PLAN} {stored.folder('vegan_woman_35') / 'plan.json'}"),
    (WorthAnswer, f"request worth {PLAN}"),
    (NutrientTrace, "explain --source magnesium"),
    (FoodTrace, "explain --source tahini:calcium"),
    (EntryTrace, "explain --source R05"),
    (AnalysisAnswer, f"analyse {DIARY} --next"),
    (ImproveAnswer, f"improve {DIARY} --changes 1"),
    (TargetsAnswer, "targets --condition diabetes"),
    (ComparisonAnswer, "targets --compare us,eu"),
    (SafetyAnswer, "safety --age 70 --egfr 75 --medicine levothyroxine"),
    (FactsAnswer, "facts"),
    (DishAnswer, "dishes show chili_sin_carne_cocoa"),
    (FoodAnswer, "foods show tahini"),
    (SupplementAnswer, "supplements show MgO"),
]


def check(kind, told):
    Draft202012Validator(schema_of(kind, "answer:1")).validate(told)


@pytest.mark.parametrize(("kind", "words"), ANSWERS, ids=lambda one: getattr(one, "__name__", ""))
def test_an_answer_fits_the_schema_of_its_type(kind, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    check(kind, json.loads(ended(*words.split(), "--json")[1]))


def test_why_a_plan_is_as_it_is_fits_the_schema_of_its_type(planned_once):
    words = ("--days", 7, "--diet", "vegetarian", "--without", "peanut", "--effort", "quick")
    plan = planned_once(*words) / "plan.json"
    for more in (("--day", "2"), ("--why-not", "banana")):
        check(ExplainAnswer, json.loads(ended("explain", plan, *more, "--json")[1]))


@pytest.mark.parametrize("name", ["woman_55", "family", "insulin"])
def test_a_plan_file_fits_the_schema_of_its_type(name):
    check(PlanFile, answer_to(stored.report(name)).json_values())


def test_refused_and_alternative_plans_fit_the_schema_of_their_type():
    refused = answer_to(TableReport.of_one(make_refusal()))
    check(RefusedPlan, refused.json_values())
    plans = [answer_to(stored.report("woman_55")), refused]
    check(AlternativePlans, AlternativePlans(plans=plans).json_values())


def test_requests_that_differ_fit_the_schema_of_their_type(tmp_path):
    first = ended("request", "new")[1].replace("days = 7", "days = 1")
    paths = [tmp_path / name for name in ("a.toml", "b.toml")]
    for path, text in zip(paths, (first, first.replace("seed = 0", "seed = 1")), strict=True):
        path.write_text(text)
    check(RequestDiffAnswer, json.loads(ended("diff", *paths, "--json")[1]))


def written(name):
    return f"{json.dumps(schema_of(SHIPPED[name], f'{name}:1'), indent=2, ensure_ascii=False)}\n"


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_schema_is_that_of_its_type(name):
    path = FOLDER / f"{name}-1.schema.json"
    if os.environ.get("MAGPLAN_GOLDEN") == "write":
        path.write_text(written(name), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == written(name)
    Draft202012Validator.check_schema(json.loads(written(name)))


def test_no_other_schema_is_shipped():
    names = {path.name for path in FOLDER.iterdir()}
    assert names == {f"{name}-1.schema.json" for name in SHIPPED}


class Part(Record):
    food_id: str
    mass_g: Figure


class Plate(Wire):
    """What is on a plate.

    Parameters
    ----------
    plate_id
        Its number.
    """

    plate_id: int = Field(alias="id")
    parts: Many[Part] = Field([])
    words: Sorted[str] = Field([])
    on: Date | None = None
    beside: Annotated[str, OPTIONAL] = ""
    asked: Annotated[Many[str] | None, ABSENT] = None
    notes: Annotated[Many[str], TOLD] = Field([])


class Plates(Wire):
    plates: Annotated[Many[Plate], numbered("plate_id")]
    share: Annotated[Figure, shown(maximum=1)] = 0.5


@dataclass(frozen=True)
class Dish:
    plate_id: int
    parts: tuple = ()
    words: tuple = ()


def test_it_is_built_from_attributes_and_what_is_told_goes_first():
    plate = Plate.of(Dish(1, (("oats", 2),), ("b", "a")), Dish(9), beside="salt")
    assert plate.json_values() == {
        "id": 1,
        "parts": [{"food_id": "oats", "mass_g": 2}],
        "words": ["a", "b"],
        "on": None,
        "beside": "salt",
        "notes": [],
    }


def test_a_number_that_was_counted_is_written_without_a_point():
    assert '"mass_g": 2\n' in json_text(Part.of(food_id="oats", mass_g=2))
    assert '"mass_g": 2.0\n' in json_text(Part.of(food_id="oats", mass_g=2.0))


def test_what_is_not_asked_is_left_out_and_nothing_found_is_told():
    assert "asked" not in Plate.of(Dish(1)).json_values()
    assert Plate.of(Dish(1), asked=()).json_values()["asked"] == []


def test_reading_knows_keys_of_the_file_alone_and_names_the_place():
    assert Plate.read({"id": 1}).plate_id == 1
    assert Plate.read({"id": 1, "notes": 5}).notes == 5  # what is only told is not looked at
    with pytest.raises(ValidationError) as caught:
        Plate.read({"plate_id": 1, "parts": [{"food_id": "oats", "mass_g": "2"}]})
    assert [fault["loc"] for fault in caught.value.errors()] == [("id",), ("parts", 0, "mass_g")]


def test_lists_count_their_entries():
    found = Plates.of(plates=[Dish(7), Dish(7)])
    assert [plate.plate_id for plate in found.plates] == [1, 2]


def test_a_schema_tells_what_the_type_says():
    schema = schema_of(Plates, "plates:1")
    assert schema["properties"]["share"] == {"default": 0.5, "maximum": 1, "type": "number"}
    plate = schema["$defs"]["Plate"]
    assert plate["description"] == "What is on a plate."
    assert plate["properties"]["id"] == {"type": "integer", "description": "Its number."}
    assert set(plate["required"]) == {"id", "parts", "words", "on", "notes"}
