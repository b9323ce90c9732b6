"""A hot dish at a table with a child: planned, judged, printed, swapped and planned again mild."""

import json

import pytest

from foods.embedded import read_embedded_foods
from planner import pipeline
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.exchanges import hot_foods
from planner.check.document import check_document
from planner.cli.dishes_own import recipes_at_hand
from planner.export.as_json import as_json
from planner.export.documents import TableDocument
from planner.export.formats import week_markdown
from planner.language.spoken import speaking
from planner.request.eater import Eater
from planner.request.profile import Profile
from planner.request.put import Put
from planner.request.request import BODY_FIELDS, PlanRequest, WeekOptions
from planner.table.replan import replan_table
from planner.table.session import open_table
from planner.table.swap import rank_replacements
from planner.wire.document import parse_plan_document

FOODS = read_embedded_foods()
CHILI = "chili_con_carne_pinto_beans"
HOT = {one.dish_id: one.name for one in read_embedded_dishes() if "spicy" in one.tags}
REQUEST = PlanRequest(
    assumed=BODY_FIELDS,
    eaters=(
        Eater("Ann", Profile("f", 40, 168, 64, "active")),
        Eater("Mia", Profile("f", 8, 128, 26, "active")),
    ),
    week=WeekOptions(days=2, put=(Put(1, "dinner", CHILI),)),
)


@pytest.fixture(scope="module")
def report():
    return pipeline.plan_meals(REQUEST)


@pytest.fixture(scope="module")
def document(report):
    return parse_plan_document(as_json(report), "plan.json")


def pot_of(raw):
    """The dinner of the first day, with its shares."""
    (dinner,) = (one for one in raw["days"][0]["meals"] if one["slot"] == "dinner")
    return next(one for one in dinner["items"] if one["id"] == CHILI)


def judged(raw):
    result = check_document(parse_plan_document(json.dumps(raw), "plan.json"), FOODS)
    return " ".join([*result.faults, *(f for one in result.eaters.values() for f in one.faults)])


def test_the_pot_of_a_table_with_a_child_is_mild_and_the_judge_finds_it_right(report, document):
    pot = pot_of(json.loads(as_json(report)))
    assert pot["name"] == "Chili con carne with pinto beans, mild"
    assert {share["eater"] for share in pot["for"]} == {"Ann", "Mia"}
    assert check_document(document, FOODS).passed
    for day in report.reports["Mia"].plan.days:
        for item in day.items():
            assert not hot_foods() & dict(item.ingredients).keys(), item.name
            assert item.item_id not in HOT or item.name == f"{HOT[item.item_id]}, mild"


def test_the_judge_finds_a_mild_name_on_a_hot_pot_and_a_hot_name_on_a_mild_one(report):
    raw = json.loads(as_json(report))
    pot = pot_of(raw)
    for part in (pot, *pot["for"]):
        for line in part["ingredients"]:
            if line["food_id"] == "paprika":
                line["food_id"] = "chili_powder"
    assert f"the dish {CHILI} is called 'Chili con carne with pinto beans'" in judged(raw)
    raw = json.loads(as_json(report))
    pot_of(raw)["name"] = "Chili con carne with pinto beans"
    assert f"the dish {CHILI} is called 'Chili con carne with pinto beans, mild'" in judged(raw)


def test_recipe_and_list_are_those_of_the_mild_dish_in_german_too(document):
    dishes = recipes_at_hand(document.request)
    (chili,) = (one for one in dishes if one.dish_id == CHILI)
    assert "garlic, paprika, cumin" in " ".join(chili.steps)
    assert chili.name.endswith(", mild")
    check = check_document(document, FOODS)
    with speaking("de"):
        printed = week_markdown(TableDocument(document.plan, REQUEST, check, FOODS, dishes))
    assert "Chili con Carne mit Pintobohnen, mild" in printed
    assert "Chilipulver" not in printed


def test_planning_again_keeps_the_mild_pot_and_a_swap_draws_from_mild_dishes(document):
    again = replan_table(document, document.request)
    assert pot_of(json.loads(as_json(again.report)))["name"].endswith(", mild")
    session = open_table(document)
    rank_replacements(session, 2, "lunch", eater="Ann")
    weeks = [one.week.candidates for one in session.eaters.values()]
    offered = [one for week in weeks for one in week.candidates]  # what a swap draws from
    mild = [one for one in offered if one.source_id in HOT and "spicy" not in one.traits.tags]
    assert mild
    assert all(one.name.endswith(", mild") for one in mild)
