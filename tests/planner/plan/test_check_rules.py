"""The judge refuses a plan whose request names a rule that the plan breaks."""

import copy
import csv
import json
import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from foods.embedded import read_embedded_foods
from planner.cli import cli
from planner.errors import PlannerError
from tests import stored
from tests.rows import read, rows

ROOT = Path(__file__).parents[3]
SAFETY = ROOT / "configs" / "safety"
ASK = ("left_out", "without", "daily_spread", "meal_upper", "meal_carbohydrate_spread_g", "steady",
       "no_meal_skipped", "no_dry_day", "no_deficit", "not_lowered")  # fmt: skip
PILL = {
    "kind": "supplement", "id": "magnesium_oxide", "name": "Magnesium oxide", "servings": 1.0,
    "measure": "1 dose of 100 mg", "mass_g": 0.0, "leftover_of": None, "minutes": 0, "cost": 0.0,
    "ingredients": [], "nutrients": {"magnesium_mg": 100.0}, "beside": "added",
}  # fmt: skip


@pytest.fixture(scope="module")
def plan(planned_once):
    """Give an ordinary plan of two days."""
    man = ("--sex", "m", "--age", 45, "--height", 178, "--weight", 80, "--days", 2)
    return json.loads((planned_once(*man, "--effort", "quick") / "plan.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def table():
    """Give an ordinary plan of a family."""
    return json.loads((stored.folder("family") / "plan.json").read_text("utf-8"))


@pytest.fixture
def judged(tmp_path):
    """Give a judge: exit code, and all that it finds broken, one a line."""

    def run(raw):
        path = tmp_path / "plan.json"
        path.write_text(json.dumps(raw), encoding="utf-8")
        result = CliRunner().invoke(cli, ["check", str(path), "--json"])
        if isinstance(result.exception, PlannerError):
            error = result.exception
            return error.exit_code, f"{error} {error.remedy}"
        return result.exit_code, "\n".join(broken(json.loads(result.stdout)))

    return run


def broken(answer):
    """Name what does not hold: faults, and hard bands as ``nutrient period lower..upper``."""
    for eater in answer.get("eaters", [answer]):
        yield from eater["faults"]
        for found in eater["findings"]:
            if found["hard"] and not found["holds"]:
                band = f"{shown(found['lower'])}..{shown(found['upper'])}"
                yield f"{found['nutrient']} {found['period']} {band}"


def shown(value):
    return "None" if value is None else f"{value:g}"


def served(plan, plate):
    """Put foods into the breakfast of day 1, as asked where no plan has them by itself."""
    plan = copy.deepcopy(plan)
    put = plan["request"]["week"].setdefault("put", [])
    for food_id, mass_g in plate.items():
        if food_id not in FOODS:
            put.append({"day": 1, "slot": "breakfast", "dish": food_id})
        plan["days"][0]["meals"][0]["items"].append({
            "kind": "food", "id": food_id, "name": food_id, "servings": 1.0, "measure": "1",
            "mass_g": mass_g, "leftover_of": None, "minutes": 0, "cost": 0.0,
            "ingredients": [{"food_id": food_id, "mass_g": mass_g}], "nutrients": {},
        })  # fmt: skip
    return plan


def named(plan, rest, **changes):
    """Write the rule of a case into the request: ``changes`` of its tables, and the rest."""
    plan = copy.deepcopy(plan)
    for table, change in changes.items():
        plan["request"][table].update(change)
    plan["request"].update(rest)
    return plan


FOODS = read_embedded_foods()
EFFECTS = tomllib.loads((SAFETY / "effects.toml").read_text("utf-8"))["effect"]


# What is said is a pattern: of a broken band (``nutrient period lower..upper``), of a fault, or of
# why a plan is refused; what is on the plate is put into the first breakfast.
@rows(__file__, "rules_of_safety")
def test_the_judge_refuses_what_the_named_rule_forbids(
    plan, judged, rule, said, profile, preferences, week, rest, plate, code
):
    laid = served(plan, plate)
    stays = {"preferences": preferences, "week": week} if profile else {}
    _, without = judged(named(laid, {}, **stays))
    assert not re.search(said, without), f"{rule}: said without the rule too"
    asked = {"profile": profile, "preferences": preferences, "week": week}
    found_code, found = judged(named(laid, rest, **asked))
    assert found_code == code, found[:1500]
    assert re.search(said, found), found[:1500]


def test_the_plan_itself_holds(plan, table, judged):
    assert judged(plan)[0] == judged(table)[0] == 0


def test_each_effect_that_asks_for_something_has_a_case():
    asking = {
        one["id"] for one in EFFECTS
        if any(key in one for key in ASK) or any(bound["hard"] for bound in one.get("bound", ()))
    }  # fmt: skip
    _, cases = read(__file__, "rules_of_safety")
    tried = {case[0] for case in cases}
    assert asking <= tried, asking - tried


def test_each_exclusion_has_a_case_or_no_food():
    rows = tomllib.loads((SAFETY / "exclusions.toml").read_text("utf-8"))["exclusion"]
    with (ROOT / "foods" / "data" / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        foods = {row["food_id"]: row for row in csv.DictReader(file)}
    _, cases = read(__file__, "rules_of_safety")
    effects = {effect["id"] for effect in EFFECTS}
    plates = {food for rule, *_, plate, _ in cases if rule not in effects for food in plate}
    covered = {flag for plate in plates for flag in foods[plate]["flags"].split(";")}
    covered |= {foods[plate]["base"] for plate in plates}
    every = {flag for row in foods.values() for flag in row["flags"].split(";")}
    for row in rows:
        if row.get("below_age_y") == 5:  # nobody so young is planned for: the case "under 5"
            continue
        trait = row.get("flag") or row["base"]
        assert trait in covered or trait not in every, trait
    assert "salt_substitute" not in every  # what only leaves that out is broken by nothing


@pytest.mark.parametrize("allowed", [False, True])
def test_a_pill_that_the_gate_refuses_is_refused(allowed, plan, judged):
    laid = copy.deepcopy(plan)
    laid["days"][0]["meals"][2]["items"].append(PILL)
    laid["request"]["preferences"]["allow_supplements"] = allowed
    laid["request"]["profile"]["egfr"] = 50.0
    code, found = judged(laid)
    assert code == 3
    assert re.search("safety rules allow no such" if allowed else "does not ask for", found), found


@rows(__file__, "a_table_is_refused_for")
def test_a_table_is_refused_for_one_of_its_eaters(eater, change, code, said, table, judged):
    laid = copy.deepcopy(table)
    laid["request"]["eaters"][eater]["profile"].update(change)
    found_code, found = judged(laid)
    assert found_code == code, found[:800]
    assert re.search(said, found), found[:1500]
