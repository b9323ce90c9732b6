"""A hard weekly rule takes eight files: at most so many dishes with canned food in a week."""

import json

import pytest

from tests.changes.copying import copy_of_project, edit, recipe, run

pytestmark = pytest.mark.harden

NUMBER = """[canned_week] # dishes with canned food per seven days, at most
upper = 1
source = "own rule"

[plate] """
ROW = "greens_week,"
RULE = "canned_week,few dishes with canned food a week,variety,habit,\n"
ADDER = '''def add_canned(week: Week, rules: Mapping[str, Any]) -> None:
    """Dishes with canned food in the week."""
    chosen = week.table.where(
        lambda c: any("canned" in food for food, _ in c.serving.portion.ingredients)
    )
    if chosen.any():
        upper = most_in(rules["canned_week"]["upper"], week.days)
        week.board.require(RowKey("canned_week"), week.total(chosen) <= upper)


'''
JUDGE = """    yield from _leftover_faults(days, notes, preferences)
    most = read_settings("meals/rules.toml")["canned_week"]["upper"]
    for part in table.weeks():
        held = {
            (line.place.day, line.place.slot, line.place.item.item_id)
            for line in part.lines
            if "canned" in line.food.food_id
        }
        if len(held) > math.ceil(most * len(part.numbers) / DAYS_PER_WEEK):
            yield f"{len(held)} things with canned food in a week, more than {most}."
"""
EDITS = (
    ("configs/meals/rules.toml", "[plate] ", NUMBER),
    ("configs/meals/rules.csv", ROW, RULE + ROW),
    ("planner/model/variety.py", "def add_frequencies(", ADDER + "def add_frequencies("),
    (
        "planner/model/build.py",
        "    add_greens(week, source.caps, line_g)\n",
        "    add_greens(week, source.caps, line_g)\n    add_canned(week, rules)\n",
    ),
    ("planner/model/build.py", "    add_greens,\n", "    add_canned,\n    add_greens,\n"),
    ("planner/check/week.py", "    yield from _leftover_faults(days, notes, preferences)\n", JUDGE),
    (
        "planner/check/week.py",
        "from planner.request.days import DAYS_PER_WEEK, menu_day",
        "from planner.request.days import DAYS_PER_WEEK, menu_day",
    ),
)
MOST_FILES = 8
PUT = (
    "--put",
    "1:lunch=tuna pasta salad",
    "--put",
    "2:dinner=sardines with white beans and peppers",
)


def canned(plan):
    return [
        item["id"]
        for day in plan["days"]
        for meal in day["meals"]
        for item in meal["items"]
        if any("canned" in one["food_id"] for one in item["ingredients"])
    ]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = copy_of_project(tmp_path_factory.mktemp("rule"), "planner", "configs")
    for file, anchor, text in EDITS:
        edit(folder / file, anchor, text)
    return folder


def test_the_recipe_names_what_the_change_touches():
    files = recipe("A rule")
    assert {file for file, _, _ in EDITS} <= set(files)
    assert len(files) <= MOST_FILES


def test_plans_keep_the_rule_and_other_rules_lead_around_it(copy):
    plan = json.loads(run(copy, "plan", "--days", 3, "--json"))
    assert plan["check"]["passed"]
    assert len(canned(plan)) <= 1


def test_the_judge_sees_a_plan_that_does_not_keep_it(copy, tmp_path):
    edit(copy / "configs/meals/rules.toml", "upper = 1\nsource", "upper = 5\nsource")
    plan = run(copy, "plan", "--days", 3, *PUT, "--json", code=None)
    edit(copy / "configs/meals/rules.toml", "upper = 5\nsource", "upper = 1\nsource")
    held = json.loads(plan[plan.index("{") :])
    assert len(canned(held)) > 1
    (tmp_path / "plan.json").write_text(json.dumps(held), encoding="utf-8")
    assert "things with canned food" in run(copy, "check", tmp_path / "plan.json", code=3)


def test_a_rule_without_all_its_properties_does_not_load(copy, tmp_path):
    folder = copy_of_project(tmp_path, "planner", "configs")
    edit(folder / "configs/meals/rules.csv", ROW, f"canned_week,few\n{ROW}")
    assert "2 validation errors for Rule" in run(folder, "plan", code=None)
