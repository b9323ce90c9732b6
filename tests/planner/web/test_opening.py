"""A week out of a file: read as the commands read it, judged anew, and asked for by the form."""

import json
from html import unescape

import pytest

from planner.export.as_json import as_json
from planner.request.read import request_from_dict, request_to_dict
from planner.request.request import PlanRequest
from planner.web.asking import answers_of, read_answers
from planner.web.fields import web_settings
from tests.one_eater import plan_everybody
from tests.workbench import OWN, Visitor

FULL = {
    "sex": "f", "age": "62", "height": "163", "weight": "68.5", "activity": "low_active",
    "condition": "osteoporosis", "medicine": "levothyroxine", "egfr": "70",
    "clinic": "potassium<=3500", "serum_mg": "2.0 mg/dL", "serum_potassium": "4.4 mmol/L",
    "energy_kcal": "1650", "diet": "vegetarian", "like": "lentils:2", "dislike": "milk:3",
    "without": "peanut\nfish", "days": "3", "budget_per_week": "60", "start": "2026-11-30",
}  # fmt: skip
MEALS = {
    "macros": "40/30/30", "target": "protein_g>=110\nprotein_g<=150\nsodium_mg<=2000",
    "pattern": "ramadan", "meal_at": "breakfast=4:40\nmon,tue:snack=20:00",
    "guests": "sat:dinner=2,vegan,without peanut,half servings\nweekday breakfasts=1",
    "clinic": "potassium_mg<=3500",
}  # fmt: skip
TABLE = {
    "name": "Ann", "age": "38", "without": "kale", "days": "2", "eater1.name": "Mia",
    "eater1.age": "9", "eater1.without": "milk",
}  # fmt: skip
OF_AGE = {**TABLE, **MEALS, "days": "7", "eater1.age": "17"}


@pytest.fixture(scope="module")
def report():
    return plan_everybody(read_answers({**TABLE, "days": "1"}).request)


@pytest.fixture
def visitor():
    return Visitor()


def opened(visitor, text, name="plan.json", **fields):
    return visitor.client.post(
        "/open", headers=OWN, data={"token": visitor.bench.secret, **fields},
        files={"file": (name, text)},
    )  # fmt: skip


@pytest.mark.parametrize("form", [{}, FULL, MEALS, TABLE, OF_AGE, *web_settings()["demo"]])
def test_the_form_asks_for_a_request_as_it_was_asked_for(form):
    asked = read_answers(form).request
    assert isinstance(asked, PlanRequest)
    again = answers_of(asked)
    assert read_answers(again).request == asked
    assert read_answers(again, asked).request == asked


def test_what_the_form_does_not_ask_for_stays_with_whose_it_is():
    file = request_to_dict(read_answers(TABLE).request)
    file["eaters"][0]["supplements"] = [
        {"name": "magnesium citrate", "amount_mg": 100, "kind": "elemental"}
    ]
    table = request_from_dict(file)
    pills = table.eaters[0].supplements
    form = answers_of(table)
    for name in ("Ann", "Anne"):
        asked = read_answers({**form, "name": name}, table).request
        assert [one.supplements for one in asked.eaters] == [pills, ()]
    alone = {name: text for name, text in form.items() if "eater" not in name}
    of_one = read_answers(alone, table).request
    assert (of_one.supplements, of_one.profile.age_y) == (pills, 38)
    both = read_answers({**alone, "eater1.name": "Bo"}, of_one).request
    assert [one.supplements for one in both.eaters] == [pills, ()]
    assert both.supplements == ()


def test_a_plan_is_opened_as_it_was_written_and_goes_on(visitor, report):
    answer = opened(visitor, as_json(report))
    (week,) = visitor.bench.shelf
    assert answer.headers["location"] == f"/week/{week.week_id}"
    assert week.step.report.plan == report.plan
    assert week.name == "Ann and Mia"
    page = unescape(visitor.get(f"/week/{week.week_id}").text)
    assert "checked a second time" in page
    dish = next(one for one in report.plan.days[0].items() if one.kind == "dish")
    fields = {"day": "1", "slot": "dinner", "do": f"keep:{dish.item_id}"}
    assert visitor.post(f"/week/{week.week_id}/change", **fields).status_code == 303
    assert "kale</textarea>" in visitor.get(f"/week/{week.week_id}/ask").text


def test_a_plan_that_was_changed_by_hand_is_not_shown(visitor, report):
    table = json.loads(as_json(report))
    item = table["days"][0]["meals"][0]["items"][0]
    item["ingredients"][0]["mass_g"] *= 3
    answer = opened(visitor, json.dumps(table))
    assert answer.status_code == 422
    assert 'href="#file"' in answer.text
    assert list(visitor.bench.shelf) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "is empty"), ("{", "is not JSON"), ("[]", "TOML"), ("{}", "no schema"),
     ('[preferences]\ndishes = ["/etc"]', "asks for other files"), (b"\xff\xfe", "UTF-16"),
     ('[preferences]\nwithout = ["gltn"]', "gluten"), ("[profile]\nage = 3", "paediatric")],
)  # fmt: skip
def test_what_is_no_week_is_told_at_its_field(visitor, text, words):
    answer = opened(visitor, text)
    assert answer.status_code == 422
    assert words in unescape(answer.text)
    assert "magplan plan" not in answer.text
    assert list(visitor.bench.shelf) == []


def test_a_file_is_taken_up_to_its_limit_from_a_page_of_this_start_alone(visitor):
    most = web_settings()["limits"]["file_bytes"]
    assert opened(visitor, "x" * most).status_code == 413
    assert opened(visitor, "{}", token="guessed").status_code == 403
    assert visitor.post("/open", file="{}").status_code == 400
