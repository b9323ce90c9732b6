"""What commands answer with --json fits the schema of the type that they are declared by."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import planner
from planner.cli import cli
from planner.cli.ends import run
from planner.explain.trace import NutrientTrace
from planner.explain.trace_entry import EntryTrace
from planner.explain.trace_food import FoodTrace
from planner.wire.basket import WrittenBasket
from planner.wire.days import CheckAnswer
from planner.wire.diary import AnalysisAnswer, ImproveAnswer
from planner.wire.diff import DiffAnswer, EditAnswer, RequestDiffAnswer
from planner.wire.foods import DishAnswer, FoodAnswer, SupplementAnswer
from planner.wire.kitchen import PantryAnswer, ShoppingAnswer
from planner.wire.plan_file import PlanFile
from planner.wire.plans import (
    AlternativePlans,
    RefusedPlan,
    RefusedRequest,
    RefusedTable,
)
from planner.wire.swaps import SwapAnswer, TableSwapAnswer
from planner.wire.sweep import FactsAnswer, SweepAnswer
from planner.wire.targets import ComparisonAnswer, TableTargets, TargetsAnswer
from planner.wire.told import SafetyAnswer
from planner.wire.why import ExplainAnswer, WorthAnswer
from tests.schemas import schema_of

ROOT = Path(planner.__file__).parents[1]
WEEKS = ROOT / "tests" / "golden" / "weeks"
PLAN = WEEKS / "woman_55" / "plan.json"
DIARY = ROOT / "tests" / "data" / "diaries" / "dash_days.csv"
ANSWERS = [
    (PlanFile, "plan --days 1"),
    (RefusedPlan, "plan --days 1 --target magnesium_mg>=2500"),
    (
        RefusedTable,
        "plan --days 1 --target magnesium_mg>=2500 --eater name=Ann,sex=f,age=40"
        " --eater name=Tom,sex=m,age=40",
    ),
    (CheckAnswer, f"check {PLAN}"),
    (ShoppingAnswer, f"shop {PLAN}"),
    (SwapAnswer, f"swap {PLAN} --day 3 --slot dinner"),
    (DiffAnswer, f"diff {PLAN} {WEEKS / 'vegan_woman_35' / 'plan.json'}"),
    (WorthAnswer, f"request worth {PLAN}"),
    (ExplainAnswer, f"explain {PLAN} --why-not banana"),
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
    (SweepAnswer, "sweep --days 1 --vary ratio_max=1.6..2.6 --points 2"),
]


def answer(words):
    done = CliRunner().invoke(cli, [*words, "--json"], catch_exceptions=False)
    return json.loads(done.stdout)


def check(kind, told):
    Draft202012Validator(schema_of(kind, "answer:1")).validate(told)


@pytest.mark.parametrize(("kind", "words"), ANSWERS, ids=lambda one: getattr(one, "__name__", ""))
def test_an_answer_fits_the_schema_of_its_type(kind, words):
    check(kind, answer(words.split()))


def test_a_refused_request_fits_the_schema_of_its_type(capsys):
    run(["plan", "--egfr", "20", "--json"])
    check(RefusedRequest, json.loads(capsys.readouterr().out))


def test_a_basket_fits_the_schema_of_its_type(tmp_path):
    (tmp_path / "foods.csv").write_text("name,cost,iron\nkale,1,2\nbeans,2,5\n")
    (tmp_path / "bands.csv").write_text("nutrient,lower,upper\niron,9,\n")
    files = ["--foods", str(tmp_path / "foods.csv"), "--targets", str(tmp_path / "bands.csv")]
    check(WrittenBasket, answer(["basket", *files]))


def test_a_pantry_fits_the_schema_of_its_type(tmp_path):
    (tmp_path / "pantry.csv").write_text("food,amount,unit\nrolled_oats,500,g\n")
    check(PantryAnswer, answer(["pantry", "list", "--pantry", str(tmp_path / "pantry.csv")]))


def test_requests_that_differ_fit_the_schema_of_their_type(tmp_path):
    first = CliRunner().invoke(cli, ["request", "new"]).stdout.replace("days = 7", "days = 1")
    (tmp_path / "a.toml").write_text(first)
    (tmp_path / "b.toml").write_text(first.replace("seed = 0", "seed = 1"))
    paths = [str(tmp_path / name) for name in ("a.toml", "b.toml")]
    check(RequestDiffAnswer, answer(["diff", *paths]))


def test_a_changed_plan_fits_the_schema_of_its_type():
    words = f"swap {PLAN} --day 3 --slot dinner --apply 1"
    check(EditAnswer, answer(words.split()))


def test_plans_of_a_table_and_what_is_made_of_them_fit_the_schemas_of_their_types(tmp_path):
    table = "--eater name=Ann,sex=f,age=40 --eater name=Tom,sex=m,age=40"
    words = f"plan --days 1 {table} --alternatives 2 --out {tmp_path}"
    check(AlternativePlans, answer(words.split()))
    plan = tmp_path / "1" / "plan.json"
    check(PlanFile, json.loads(plan.read_text()))
    check(CheckAnswer, answer(["check", str(plan)]))
    check(TableSwapAnswer, answer(f"swap {plan} --day 1 --slot dinner".split()))
    check(DiffAnswer, answer(["diff", str(plan), str(tmp_path / "2" / "plan.json")]))
    check(TableTargets, answer(["targets", str(tmp_path / "1" / "request.toml")]))
