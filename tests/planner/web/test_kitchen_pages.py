"""Days to cook from, the list, nutrients and downloads: what the commands tell, safety first."""

import re
from html import unescape

import pytest

from planner.check.document import check_document
from planner.export.formats import FORMATS
from planner.handover.formats import TAKERS
from planner.wire.document import parse_plan_document
from tests import stored
from tests.workbench import Visitor, opened


@pytest.fixture(scope="module")
def visitor():
    return Visitor()


@pytest.fixture(scope="module")
def week(visitor):
    return opened(visitor.bench, stored.report("insulin"), {"days": "7", "name": "Ann"})


@pytest.fixture(scope="module")
def page(visitor, week):
    return lambda rest: unescape(visitor.get(f"/week/{week.week_id}{rest}").text)


@pytest.mark.parametrize(
    ("rest", "later"),
    [("", 'id="week"'), ("/day/1", "Dinner"), ("/list", 'class="aisles"'),
     ("/nutrients", "against its targets")],
)  # fmt: skip
def test_what_is_special_stands_before_everything_else(page, week, rest, later):
    told = page(rest)
    assert 0 < told.index('class="banner"') < told.index(later)
    if rest == "/day/1":
        assert "<ol>" in told
        assert all(item.name in told for item in week.step.report.plan.days[0].items())
    assert told.count("<h1>") == 1


def test_notes_on_the_body_stand_before_the_week_and_others_behind_a_line(page):
    told = page("")
    first, below = told[: told.index('id="week"')], told[told.index('id="week"') :]
    assert "Insulin may have to be lowered with this plan" in first
    behind = below[below.index('id="more-notes"') :]
    count = int(behind.partition(">")[2].split()[0])
    assert "more notes" in behind.partition("</summary>")[0]
    assert behind.partition("</details>")[0].count("<li>") == count > 1


@pytest.mark.parametrize(
    "rest",
    [
        "day/0", "day/8", "day/x", "day/-1", "file/../../etc/passwd", "file/..%2f..%2fetc%2fpasswd",
        "file/pdf-none", "file/exe",
    ],
)  # fmt: skip
def test_what_is_not_planned_or_not_there_is_not_given_out(visitor, week, rest):
    assert visitor.get(f"/week/{week.week_id}/{rest}").status_code == 404


def test_what_is_ticked_stays_ticked(visitor, week, page):
    names = re.findall(r'type="checkbox"[^>]*name="(tick\.[^"]+)"', page("/list"))
    assert len(names) > 5
    once = next(name for name in names if names.count(name) == 1)
    visitor.post(f"/week/{week.week_id}/list", **{once: "on"})
    assert f'name="{once}" checked' in page("/list")
    assert page("/list").count(" checked>") == 1
    visitor.post(f"/week/{week.week_id}/list")
    assert " checked>" not in page("/list")


@pytest.mark.parametrize(
    "name",
    [*(name for name in FORMATS if name not in ("pdf", "ics", "png")), *TAKERS, "pdf-list",
     "pdf-month", "pdf-fridge", "request.toml", "shopping.csv"],
)  # fmt: skip
def test_each_download_is_written(visitor, week, name):
    answer = visitor.get(f"/week/{week.week_id}/file/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert len(answer.content) > 100


def test_a_downloaded_plan_passes_its_check(visitor, week):
    text = visitor.get(f"/week/{week.week_id}/file/json").text
    document = parse_plan_document(text, "plan.json")
    assert check_document(document, stored.foods()).passed
    assert document.request.profile.medicines == week.request.profile.medicines


def test_a_calendar_without_dates_says_what_it_needs(visitor, week):
    answer = visitor.get(f"/week/{week.week_id}/file/ics")
    assert answer.status_code == 422
    told = visitor.get(f"/week/{week.week_id}/documents").text
    assert "file/ics" not in told
    assert "ask#start" in told


def test_before_there_is_a_week_its_pages_lead_to_where_it_is_made(monkeypatch):
    def refused(*_, **__):
        raise ValueError

    monkeypatch.setattr("planner.web.weeks.plan_meals", refused)
    visitor = Visitor()
    path = visitor.post("/sample").headers["location"]
    visitor.ended(path)
    for rest in ("/day/1", "/list", "/nutrients", "/file/json", "/picture/x"):
        assert visitor.get(path + rest).headers["location"] == path
    assert "Something went wrong" in visitor.get(path).text
