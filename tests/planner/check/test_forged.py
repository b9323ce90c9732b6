"""Everything that a plan file prints of its amounts, forged: the judge finds each."""

import json
import re

import pytest

from foods.embedded import read_embedded_foods
from planner.check.document import check_document
from planner.errors import PlannerError
from planner.wire.document import parse_plan_document
from tests import stored
from tests.rows import rows

# What nothing in the file can be held to: who made it, the words of reasons and advice, what the
# search did, and what is derived from the amounts for reading beside them.
NOT_JUDGED = re.compile(
    r"\.(program|created|candidates|absorption|batch|notes|warnings|schedule|no_time_for"
    r"|packages|serve|drink|by_meal|request_readings|asked_for)\b"
    r"|\.why\.(binding|short|uncertain)|\.data\."
    r"|\.solver\.(status|time|portions)|\.guests\.mass_g"
)


def judged(raw):
    document = parse_plan_document(json.dumps(raw), "plan.json")
    return check_document(document, read_embedded_foods())


def faults(raw):
    return judged(raw).as_one().faults


def leaves(value, path=(), kind=""):
    """Give (kind, path) of every figure and word; a kind is its path without numbers."""
    if isinstance(value, dict):
        is_amounts = kind.endswith(("nutrients", "totals", "means"))
        for key, part in value.items():
            if path or key != "request":
                yield from leaves(part, (*path, key), f"{kind}.{'KEY' if is_amounts else key}")
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield from leaves(part, (*path, at), f"{kind}[]")
    else:
        yield kind, path


def forged(value):
    if value is None or isinstance(value, bool):
        return 1.0 if value is None else not value
    if isinstance(value, str):
        return f"{value}x"
    return value + 3 if isinstance(value, int) else value * 1.1 + 0.01


def put(raw, path, value):
    changed = json.loads(json.dumps(raw))
    *way, last = path
    at = changed
    for key in way:
        at = at[key]
    at[last] = value(at[last]) if callable(value) else value
    return changed


def unseen(raw, wanted):
    """Name the kinds of which one example can be forged without being found."""
    kinds = {}
    for kind, path in leaves(raw):
        if not NOT_JUDGED.search(kind) and wanted(kind):
            kinds.setdefault(kind, []).append(path)
    missed = []
    for kind, paths in kinds.items():
        try:
            if judged(put(raw, paths[len(paths) // 2], forged)).passed:
                missed.append(kind)
        except PlannerError:
            continue  # the file is not even read
    assert len(kinds) > 20
    return missed


def test_whatever_is_forged_in_a_plan_of_one_is_found(lone_path):
    one = json.loads(lone_path.read_text(encoding="utf-8"))
    assert faults(one) == ()
    assert unseen(one, lambda kind: True) == []


def test_whatever_is_forged_in_a_plan_of_two_is_found(pair_path):
    two = json.loads(pair_path.read_text(encoding="utf-8"))
    assert faults(two) == ()
    of_several = (
        ".eaters[]",
        ".days[].meals[].items[]",
        ".solver",
        ".why.terms",
        ".check",
        ".till",
    )
    assert unseen(two, lambda kind: kind.startswith(of_several)) == []


ITEM = ("days", 0, "meals", 0, "items", 0)


@rows(__file__, "each_forgery_is_named")
def test_each_forgery_is_named(one, path, value, fault):
    assert fault in " ".join(faults(put(one, path, value)))


def test_a_dish_under_the_name_and_id_of_another_does_not_hold_its_recipe(one):
    renamed = put(one, (*ITEM, "id"), "shakshuka_whole_wheat_pita")
    renamed = put(renamed, (*ITEM, "name"), "Shakshuka with feta")
    assert any("holds other amounts of" in fault for fault in faults(renamed))


def test_what_eaters_have_is_held_to_what_the_table_says(two):
    eater = two["eaters"][0]
    assert any(
        "Ann: The plan states other findings" in fault
        for fault in faults(put(two, ("eaters", 0, "check", "findings", 5, "holds"), False))
    )
    cheap = put(two, ("eaters", 0, "week", "cost"), eater["week"]["cost"] - 20)
    assert any("Ann: Week: states a cost of" in fault for fault in faults(cheap))
    better = put(two, ("eaters", 1, "objective"), 1.0)
    assert any("points, its eaters make" in fault for fault in faults(better))


@pytest.fixture
def athlete():
    week = stored.folder("man_25_very_active") / "plan.json"
    raw = json.loads(week.read_text(encoding="utf-8"))
    return put(raw, ("request", "profile", "egfr"), 95)


@rows(__file__, "a_plan_of_somebody_else_is")
def test_a_plan_of_somebody_else_is_held_to_the_potassium_of_its_own_person(athlete, told, most_mg):
    assert judged(athlete).as_one().passed
    profile = {**athlete["request"]["profile"], **told}
    forged = {key: answer for key, answer in profile.items() if answer is not None}
    raw = {**athlete, "request": {**athlete["request"], "profile": forged}}
    days = [
        one
        for one in judged(raw).as_one().findings
        if (one.nutrient, one.period) == ("potassium_mg", "day") and one.upper == most_mg
    ]
    assert [day.holds for day in days] == [False] * 7


def test_a_pill_that_stands_beside_the_medicine_it_binds_is_found(dosed):
    assert faults(dosed) == ()
    medicine, pill = sorted(dosed["schedule"], key=lambda row: row["item"] != "levothyroxine")
    pill |= {key: medicine[key] for key in ("earliest", "latest", "best")}
    assert any("are taken nearer to each other" in fault for fault in faults(dosed))


def test_an_hour_that_nobody_gave_a_medicine_is_found(dosed):
    (medicine,) = (row for row in dosed["schedule"] if row["item"] == "levothyroxine")
    medicine |= dict.fromkeys(("earliest", "latest", "best"), "06:00")
    assert any("nobody gave levothyroxine the hour 06:00" in fault for fault in faults(dosed))
