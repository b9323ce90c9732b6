"""A diary on the page: what the commands say of it, and nothing of it is kept."""

from html import unescape
from pathlib import Path

import pytest

from tests.workbench import Visitor

WEEK = Path("tests/data/diaries/western_week.csv")
DAY = "day,meal,food,amount,unit\n1,breakfast,rolled oats,60,g\n1,dinner,white rice,1,cup\n"


@pytest.fixture(scope="module")
def visitor():
    return Visitor()


def told(visitor, **fields):
    answer = visitor.post("/diary", sex="f", age="55", **fields)
    return answer.status_code, unescape(answer.text)


def told_above(page):
    return page[page.index('class="figures"') : page.index("<form")]


def test_a_diary_is_analysed(visitor):
    status, page = told(visitor, diary=WEEK.read_text(encoding="utf-8"))
    assert status == 200
    assert "what was pasted: 7 days" in told_above(page)
    assert "Magnesium" in told_above(page)
    assert "Not medical advice" in told_above(page)
    assert "--" not in told_above(page)
    assert page.count("<h1>") == 1


def test_few_changes_make_a_day_better_unless_a_rule_of_safety_gives_no_advice(visitor):
    status, page = told(visitor, diary=DAY, do="improve")
    assert status == 200
    assert "Not medical advice" in told_above(page)
    assert "1 change: " in told_above(page)
    assert "magplan" not in told_above(page)
    status, page = told(visitor, diary=DAY, egfr="20", do="improve")
    assert status == 200
    assert 'class="banner"' in told_above(page)
    assert "instead of" not in told_above(page)


def test_what_nobody_knows_refuses_nothing_is_text_and_is_not_kept(visitor):
    diary = DAY + "1,lunch,<i>snark</i>,1,g\n"
    status, page = told(visitor, diary=diary)
    assert status == 200
    assert "snark" in told_above(page)
    assert "<i>snark" not in visitor.post("/diary", diary=diary).text
    assert "white rice" not in visitor.get("/diary").text
    assert list(visitor.bench.shelf) == []


@pytest.mark.parametrize(
    ("diary", "says"),
    [("", "empty"), ("a;b\n1;2\n", "what was pasted"), (DAY + "<i>1</i>,lunch,,1,g\n", "row 4")],
)
def test_what_cannot_be_read_is_told_beside_the_form(visitor, diary, says):
    status, page = told(visitor, diary=diary)
    assert status == 422
    assert says in page
    assert "<i>1" not in visitor.post("/diary", diary=diary).text
