"""A wish takes four files: nothing spicy, for one who eats or for one of several."""

import json

import pytest

from tests.changes.copying import copy_of_project, edit, recipe, run

pytestmark = pytest.mark.harden

ROW = """[preferences.mild]
group = "Food"
help = "Leave out spicy dishes."
told = "nothing that is spicy"
comment = "true leaves out spicy dishes"

[preferences.conservative]
"""
HELD = """    mild: bool = False
    conservative: bool = False
"""
DECLARED = """    mild: Annotated[bool, Flag(join=joining.TICKED)] = False
    conservative: Annotated[bool,"""
ASKED = """    if request.preferences.mild:
        yield FoodExclusion(frozenset({"spicy"}), "is spicy", "mild")
    person, alcohol = request.profile, request.preferences.alcohol
"""
JUDGED = """    yield from _leftover_faults(days, notes, preferences)
    for place in table.places if preferences.mild else ():
        note = notes.get(place.item.item_id) if place.item.kind == "dish" else None
        if note and "spicy" in note.tags:
            yield f"{place} is spicy, the request leaves that out."
"""
EDITS = (
    ("configs/request/wishes.toml", "[preferences.conservative]\n", ROW),
    ("planner/request/preferences.py", "    conservative: bool = False\n", HELD),
    ("planner/request/preferences.py", "    conservative: Annotated[bool,", DECLARED),
    (
        "planner/table/choice.py",
        "    person, alcohol = request.profile, request.preferences.alcohol\n",
        ASKED,
    ),
    (
        "planner/check/week.py",
        "    yield from _leftover_faults(days, notes, preferences)\n",
        JUDGED,
    ),
)
MOST_FILES = 4


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = copy_of_project(tmp_path_factory.mktemp("wish"), "planner", "configs")
    for path, anchor, text in EDITS:
        edit(folder / path, anchor, text)
    return folder


@pytest.fixture(scope="module")
def planned(copy):
    run(copy, "plan", "--days", 1, "--mild", "--out", copy / "plan")
    return copy / "plan"


def asked_for(text):
    """The reading of what was asked for, in one line."""
    return " ".join(text.split())


def test_the_recipe_names_the_files_of_the_change():
    assert recipe("A wish") == list(dict.fromkeys(path for path, _, _ in EDITS))
    assert len(recipe("A wish")) <= MOST_FILES


def test_a_plan_keeps_it_and_reads_it_back(copy, planned):
    plan = json.loads((planned / "plan.json").read_text(encoding="utf-8"))
    assert plan["request"]["preferences"]["mild"] is True
    assert "mild = true  # true leaves out spicy dishes" in (planned / "request.toml").read_text()
    assert "The plan holds" in run(copy, "check", planned / "plan.json")


def test_the_judge_finds_what_breaks_it(copy):
    put = ("plan", "--days", 1, "--put", "1:dinner=chili con carne with pinto beans", "--json")
    plan = json.loads(run(copy, *put))
    plan["request"]["preferences"]["mild"] = True
    (copy / "spicy.json").write_text(json.dumps(plan), encoding="utf-8")
    said = run(copy, "check", copy / "spicy.json", code=None)
    assert "is spicy, the request leaves that out" in " ".join(said.split())


def test_it_is_said_in_what_was_asked_for(copy, planned):
    assert "nothing that is spicy" in asked_for(run(copy, "show", planned / "plan.json", "--full"))


def test_one_eater_of_a_table_has_it_alone(copy):
    eaters = ("--eater", "name=Ann,age=40", "--eater", "name=Ben,age=42")
    run(copy, "plan", "--days", 1, *eaters, "--out", copy / "two")
    changed = ("replan", copy / "two/plan.json", "--eater", "Ben", "--mild", "--json")
    request = json.loads(run(copy, *changed))["plan"]["request"]
    assert [eater["preferences"]["mild"] for eater in request["eaters"]] == [False, True]
