"""The pages: questions, a week with what nobody may miss before it, or why there is none."""

import time
from html import escape

import pytest

from planner.plan.stop import go_on
from planner.web.fields import script_text, style_text
from tests import stored
from tests.planner.cli.test_request import flagged
from tests.rows import rows
from tests.workbench import Visitor, opened

HOSTILE = "<script>x()</script>"


@pytest.fixture
def visitor(monkeypatch):
    """A visitor of a workbench that plans nothing: each search goes on until it is let go."""

    def searched(*_, **__):
        while True:
            go_on()
            time.sleep(0.01)

    monkeypatch.setattr("planner.web.weeks.plan_meals", searched)
    one = Visitor()
    yield one
    one.bench.desk.close()


def test_the_questions_are_three_and_each_field_has_a_label(visitor):
    page = visitor.get("/").text
    assert [f"<legend>{number}. " in page for number in (1, 2, 3, 4)] == [True, True, True, False]
    ids = {part.split('"')[0] for part in page.split(' id="')[1:]}
    labelled = {part.split('"')[0] for part in page.split('<label for="')[1:]}
    assert labelled <= ids


def test_what_is_to_be_mended_stands_first_and_keeps_what_was_typed(visitor):
    answer = visitor.post("/plan", without="gltn", age="60", name="Ann")
    assert answer.status_code == 422
    assert 'href="#without"' in answer.text
    assert answer.text.index("nearest known: gluten") < answer.text.index("1. Who is it for?")
    assert 'value="60"' in answer.text
    assert ">gltn</textarea>" in answer.text
    assert list(visitor.bench.shelf) == []


@rows(__file__, "what_is_typed_is_planned")
def test_what_is_typed_is_planned_as_its_flag_says(visitor, name, text):
    page = visitor.get("/").text
    assert f' name="{name}"' in page
    assert visitor.post("/plan", **{name: text}).status_code == 303
    (week,) = visitor.bench.shelf
    flag = f"--{name.replace('_', '-')}"
    assert week.request == flagged(*(word for line in text.splitlines() for word in (flag, line)))
    assert week.request != flagged()
    again = visitor.get(f"/week/{week.week_id}/ask").text
    fields = (f'value="{text}"', f">{escape(text)}</textarea>")
    assert any(field in again for field in fields)


def test_a_refusal_stands_first_and_in_full(visitor):
    page = visitor.post("/plan", condition="dialysis").text
    assert "No plan for this" in page
    assert "ask your kidney clinic or a renal dietitian" in page


def test_what_was_typed_is_text_wherever_it_is_shown(visitor):
    page = visitor.post("/plan", name=HOSTILE, age=HOSTILE, without='"><img src=x>').text
    assert "<script>x" not in page
    assert "<img" not in page


def test_safety_and_readings_stand_before_the_week(visitor):
    report = stored.report("pescatarian_man_72_uk")
    week = opened(visitor.bench, report, {"days": "7"}, HOSTILE)
    page = visitor.get(f"/week/{week.week_id}").text
    for words in ("levothyroxine", "Not medical advice", "magnesium 4 h away from"):
        assert 0 < page.index(words) < page.index('id="week"'), words
    assert "&lt;script&gt;x()" in page
    assert "<script>x" not in page


def test_a_week_that_is_closed_is_gone(visitor):
    sent = visitor.post("/sample")
    path = sent.headers["location"]
    assert "A sample person" in visitor.get("/").text
    assert visitor.post(f"{path}/close").headers["location"] == "/"
    assert list(visitor.bench.shelf) == []
    assert visitor.get(path).status_code == 404


def test_closing_can_be_taken_back_until_another_week_is_closed(visitor):
    first, second = (visitor.post("/sample").headers["location"] for _ in range(2))
    visitor.post(f"{first}/close")
    assert "Closed: A sample person." in visitor.get("/").text
    assert visitor.post("/reopen").headers["location"] == first
    assert visitor.get(first).status_code == 200
    for path in (first, second):
        visitor.post(f"{path}/close")
    assert visitor.post("/reopen").headers["location"] == second
    assert visitor.post("/reopen").headers["location"] == "/"
    assert visitor.get(first).status_code == 404


def test_templates_escape_and_scripts_write_no_markup():
    assert "innerHTML" not in script_text()
    assert "http" not in script_text() + style_text().replace("http://www.w3.org", "")
