"""From fields and files to a request: words are understood as the commands do, or asked about."""

import json
from html import unescape

import pytest

from planner.export.as_json import as_json
from planner.request.read import request_from_dict, request_to_dict
from planner.request.request import PlanRequest
from planner.request.tables import WISHES
from planner.web.asking import answers_now, answers_of, asked_names, read_answers
from planner.web.fields import field_for, web_settings
from tests import stored
from tests.commands import ended
from tests.rows import rows
from tests.workbench import OWN, Visitor


def faults(**values):
    return [(fault.field, fault.text) for fault in read_answers(values).faults]


def test_every_field_has_a_label_of_its_own_and_is_a_flag():
    names = {*asked_names(), *web_settings()["ask"]["eater"]["fields"]}
    assert names <= {wish.name for wish in WISHES}
    labels = [field_for(name).label for name in names]
    assert len({*labels}) == len(labels)
    assert not {*labels} & names


@rows(__file__, "a_wrong_word_is_answered")
def test_a_wrong_word_is_answered_as_on_the_command_line(name, text):
    code, _, told = ended("plan", f"--{name.replace('_', '-')}", text)
    ((field, said),) = faults(**{name: text})
    assert field == name
    assert code
    assert said in " ".join(told.split())


@rows(__file__, "what_is_not_understood")
def test_what_is_not_understood_is_asked_about_at_its_field(values, field, words):
    (where, text), *advice = faults(**values)
    assert all(pair == (where, advice[0][1]) for pair in advice)  # a line of its own
    assert where == field
    assert words in text
    assert "--" not in text


@pytest.mark.parametrize("values", [{"age": "3"}, {"condition": "dialysis"}])
def test_a_safety_rule_refuses_before_anything_is_planned(values):
    answers = read_answers(values)
    assert answers.is_refused
    assert answers.request is None
    assert "ask" in answers.faults[0].text


def test_of_several_each_is_asked_for_alone_and_the_kitchen_is_everybodys():
    asked = read_answers(
        {"name": "Ann", "age": "40", "diet": "vegan", "medicine": "levothyroxine",
         "max_minutes_weekday": "30", "eater1.name": "Tom", "eater1.without": "milk"}
    ).request  # fmt: skip
    assert read_answers({"without": "peanut, soy"}).request.preferences.without == ("peanut", "soy")
    ann, tom = asked.eaters
    assert (ann.preferences.diet, tom.preferences.diet) == ("vegan", "omnivore")
    assert (ann.profile.medicines, tom.profile.medicines) == (("levothyroxine",), ())
    assert tom.preferences.without == ("milk",)
    assert asked.preferences.max_minutes_weekday == 30


@rows(__file__, "each_example_can_be_typed")
def test_each_example_beside_a_field_can_be_typed(name, texts, beside):
    for text in texts.split("|"):
        assert read_answers({"age": "50", **beside, name: text}).faults == ()


@rows(__file__, "what_stands_in_fields_again")
def test_what_stands_in_fields_again_asks_for_the_same(form):
    request = read_answers(form).request
    assert isinstance(request, PlanRequest)
    assert (request == read_answers({}).request) == (form == {})
    again = answers_of(request)
    assert read_answers(again).request == request
    assert read_answers(again, request).request == request
    assert answers_now(request, form) == form


TABLE = {
    "name": "Ann", "age": "38", "without": "kale", "days": "2", "eater1.name": "Mia",
    "eater1.age": "9", "eater1.without": "milk",
}  # fmt: skip


@pytest.fixture(scope="module")
def report():
    return stored.report("family")


@pytest.fixture
def visitor():
    return Visitor()


def opened(visitor, text, name="plan.json", **fields):
    return visitor.client.post(
        "/open", headers=OWN, data={"token": visitor.bench.secret, **fields},
        files={"file": (name, text)},
    )  # fmt: skip


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
        assert [eater.supplements for eater in asked.eaters] == [pills, ()]
    alone = {name: text for name, text in form.items() if "eater" not in name}
    of_one = read_answers(alone, table).request
    assert (of_one.supplements, of_one.profile.age_y) == (pills, 38)
    both = read_answers({**alone, "eater1.name": "Bo"}, of_one).request
    assert [eater.supplements for eater in both.eaters] == [pills, ()]
    assert both.supplements == ()


def test_a_plan_is_opened_as_it_was_written_and_goes_on(visitor, report):
    answer = opened(visitor, as_json(report))
    (week,) = visitor.bench.shelf
    assert answer.headers["location"] == f"/week/{week.week_id}"
    assert week.step.report.plan == report.plan
    assert week.name == "Ana, Ben, Mia and Tom"
    page = unescape(visitor.get(f"/week/{week.week_id}").text)
    assert "checked a second time" in page
    dish = next(day for day in report.plan.days[0].items() if day.kind == "dish")
    fields = {"day": "1", "slot": "dinner", "do": f"keep:{dish.item_id}"}
    assert visitor.post(f"/week/{week.week_id}/change", **fields).status_code == 303
    assert 'value="Tom"' in visitor.get(f"/week/{week.week_id}/ask").text


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
