"""The week after a week on the page: what `magplan next` plans, from the week that is open."""

from html import unescape

import pytest

from planner.shops import named
from planner.web.asking import read_answers
from tests.one_eater import plan_everybody
from tests.workbench import Visitor, opened


@pytest.fixture(scope="module")
def visitor():
    return Visitor()


@pytest.fixture(scope="module")
def week(visitor):
    asked = {"days": "2", "name": "Ann", "start": "2026-11-30"}
    return opened(visitor.bench, plan_everybody(read_answers(asked).request), asked)


def dishes(week):
    return {
        item.item_id: item.name
        for day in week.step.report.plan.days
        for item in day.items()
        if item.kind == "dish"
    }


def test_each_dish_and_what_the_shopping_leaves_is_asked_about(visitor, week):
    page = unescape(visitor.get(f"/week/{week.week_id}/next").text)
    for dish_id, name in dishes(week).items():
        assert named(name) in page
        assert page.count(f'name="grade.{dish_id}"') == 1
    left = [line for line in week.step.report.shopping.lines if line.left is not None]
    assert 0 < page.count('name="home.') <= len(left)
    assert page.count('name="home.') == page.count(" checked>")


def test_the_week_after_is_planned_with_what_was_said(visitor, week):
    gone, liked, *_rest, uneaten = dishes(week)
    fields = {
        f"grade.{gone}": "0", f"grade.{liked}": "3", f"uneaten.{uneaten}": "on",
        "home.0": "on", "more": "rice,500,g",
    }  # fmt: skip
    path = visitor.post(f"/week/{week.week_id}/next", **fields).headers["location"]
    visitor.ended(path)
    after = visitor.bench.shelf.get(path.split("/")[2])
    assert after.name == "Ann, week 2"
    assert after.step.report.passed
    assert str(after.request.week.start) == "2026-12-02"
    (eaten,) = after.request.preferences.history
    assert liked in eaten
    assert uneaten not in eaten
    served = {item.item_id for day in after.step.report.plan.days for item in day.items()}
    assert gone not in served
    assert 3 in after.request.preferences.like.values()
    home = [(stock.food, stock.amount) for stock in after.request.week.pantry]
    assert home[1:] == [("white_rice_dry", 500.0)]
    assert "textarea" in visitor.get(f"{path}/ask").text
    path = visitor.post(f"/week/{after.week_id}/next").headers["location"]
    third = visitor.bench.shelf.get(path.split("/")[2])
    visitor.bench.desk.drop(third.week_id)
    assert third.name == "Ann, week 3"
    assert len(third.request.preferences.history) == 2


def test_what_is_not_understood_is_told_and_nothing_is_opened(visitor, week):
    count = len(list(visitor.bench.shelf))
    answer = visitor.post(f"/week/{week.week_id}/next", more="blorp,1,g")
    assert answer.status_code == 422
    assert 'href="#more"' in answer.text
    assert ">blorp,1,g</textarea>" in answer.text
    dish = next(iter(dishes(week)))
    answer = visitor.post(f"/week/{week.week_id}/next", **{f"grade.{dish}": "9"})
    assert answer.status_code == 400
    assert len(list(visitor.bench.shelf)) == count
