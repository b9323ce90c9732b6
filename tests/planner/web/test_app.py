"""The pages: questions, a week with what nobody may miss before it, or why there is none."""

import time
from html import escape

import pytest

from planner.cli.options import build_request
from planner.request.habits import read_habits
from planner.request.meal_phrases import (
    read_guests,
    read_meal_of_day,
    read_meal_out,
    read_minutes_on,
    read_more_energy,
)
from planner.request.phrases import read_cups, read_frequency, read_macros, read_target
from planner.request.put import read_without_on
from planner.search.stop import go_on
from planner.web.fields import script_text, style_text
from tests.workbench import Visitor

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


@pytest.fixture(scope="module")
def planned():
    """A visitor, and the page of a day with a medicine that a plan is told of."""
    visitor = Visitor()
    sent = visitor.post(
        "/plan", name=HOSTILE, days="1", medicine="levothyroxine", without="peanut", sex="f"
    )
    return visitor, visitor.ended(sent.headers["location"]).text


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


@pytest.mark.parametrize(
    ("name", "text", "flag"),
    [
        ("pattern", "mediterranean", "mediterranean"),
        ("meal_at", "breakfast=12:00\ndinner=19:30", (("breakfast", (12.0,)), ("dinner", (19.5,)))),
        ("macros", "40/30/30", read_macros("40/30/30")),
        ("target", "protein_g>=110\ncarbohydrate<=200",
         (read_target("protein_g>=110"), read_target("carbohydrate<=200"))),
        ("skip", "wed\nsat:snack", (read_meal_of_day("wed"), read_meal_of_day("sat:snack"))),
        ("eat_out", "every breakfast\nthu:dinner=pizza",
         (read_meal_out("every breakfast"), read_meal_out("thu:dinner=pizza"))),
        ("habit", "energy_a_meal_kcal<=900\ndesserts a day<=0",
         read_habits(("energy_a_meal_kcal<=900", "desserts a day<=0"))),
        ("drink", "coffee:2", (read_cups("coffee:2"),)),
        ("more_energy", "tue,thu=400 kcal", (read_more_energy("tue,thu=400 kcal"),)),
        ("per_week", "fish>=2", (read_frequency("fish>=2"),)),
        ("without_on", "meat:mon,wed", (read_without_on("meat:mon,wed"),)),
        ("max_minutes_breakfast", "0", 0),
        ("max_minutes_on", "tue,thu:dinner=20", (read_minutes_on("tue,thu:dinner=20"),)),
        ("guests", "weekday lunches=2\nsat:dinner=3,vegan",
         (read_guests("weekday lunches=2"), read_guests("sat:dinner=3,vegan"))),
    ],
)  # fmt: skip
def test_what_is_typed_is_planned_as_its_flag_says(visitor, name, text, flag):
    page = visitor.get("/").text
    assert f' name="{name}"' in page
    assert visitor.post("/plan", **{name: text}).status_code == 303
    (week,) = visitor.bench.shelf
    assert week.request == build_request(None, **{name: flag})
    assert week.request != build_request(None)
    again = visitor.get(f"/week/{week.week_id}/ask").text
    shown = {"pattern": f'value="{text}" selected', "macros": f'value="{text}"',
             "max_minutes_breakfast": f'value="{text}"'}  # fmt: skip
    assert shown.get(name, f">{escape(text)}</textarea>") in again


def test_a_refusal_stands_first_and_in_full(visitor):
    page = visitor.post("/plan", condition="dialysis").text
    assert "No plan for this" in page
    assert "ask your kidney clinic or a renal dietitian" in page


def test_what_was_typed_is_text_wherever_it_is_shown(visitor):
    page = visitor.post("/plan", name=HOSTILE, age=HOSTILE, without='"><img src=x>').text
    assert "<script>x" not in page
    assert "<img" not in page


def test_safety_and_readings_stand_before_the_week(planned):
    _, page = planned
    week = page.index('id="week"')
    for words in ("levothyroxine", "Not medical advice", "peanut", "Assumed: "):
        assert 0 < page.index(words) < week, words
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
