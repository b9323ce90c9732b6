"""Twelve ways through the page, each by mouse, by keyboard alone, and with a finger on a phone."""

import re
import threading
from contextlib import contextmanager

import pytest

from planner.web import start_pages
from planner.web.weeks import Job
from tests.browser import PHONE, hold_for_everybody
from tests.planner.web.actors import ACTORS

pytestmark = pytest.mark.harden
MAGNESIUM = "band.magnesium_mg"


def three_questions(actor, _week):
    actor.open()
    actor.choose("#sex", "f")
    actor.write("#age", "12x")
    actor.write("#days", "1")
    actor.write("#without", "peanut")
    actor.press("button.main")
    actor.wait_for("[role=alert] a")
    actor.press("[role=alert] a")
    actor.write("#age", "61")
    actor.press("button.main")
    actor.wait_for("#week")
    actor.settle()
    assert "61" in actor.read(".first")
    actor.wait_for("#d1-dinner .dish")


def a_sample(actor, _week):
    actor.open()
    actor.press(".sample button")
    actor.wait_for("#d1-dinner .dish")
    actor.settle()
    actor.wait_for(".assumed", "Assumed")


def a_dinner_is_swapped_and_back(actor, week):
    actor.open(week)
    before = actor.read("#d1-dinner")
    actor.press("#acts-1-dinner")
    actor.press("#d1-dinner .button")
    actor.press("button[name=rank]")
    actor.wait_for("#d1-dinner.changed")
    assert actor.read("#d1-dinner") != before
    actor.press("#moved")
    actor.wait_for(".moved", "Day 1")
    actor.press("#undo")
    actor.wait_for("#undo[disabled]")
    assert actor.read("#d1-dinner") == before


def one_is_kept_and_another_banned(actor, week):
    actor.open(week)
    kept = actor.read("#d1-breakfast .dish")
    gone = re.split(r" [0-9]", actor.read("#d2-dinner .dish"))[0]
    actor.press("#acts-1-breakfast")
    actor.press("#keep-1-breakfast")
    actor.wait_for("[open] #keep-1-breakfast[aria-pressed=true]:focus")
    actor.press("#acts-2-dinner")
    actor.press("#leave-2-dinner-1")
    actor.wait_for("#moved")
    actor.settle()
    actor.wait_for("#d2-dinner :focus, #d2-dinner:focus")
    assert gone not in actor.read("#d2-dinner .dish")
    assert kept == actor.read("#d1-breakfast .dish")
    actor.wait_for("#d1-breakfast .kept")


def no_fish_while_the_week_before_can_be_read(actor, week):
    actor.open(week)
    before = actor.read("#d1-dinner .dish")
    actor.press("nav a[href$='/ask']")
    actor.write("#without", "fish")
    with actor.others_first():
        actor.press("button.main")
        actor.wait_for("#week[aria-busy=true]")
        assert actor.read("#d1-dinner .dish") == before
    actor.wait_for("#undo:not([disabled])")
    actor.settle()
    assert "fish" in actor.read(".first")


def one_is_eaten_out_and_another_skipped(actor, week):
    actor.open(week)
    actor.press("#acts-1-lunch")
    actor.press("#out-1-lunch")
    actor.wait_for("#d1-lunch", "eaten out")
    actor.settle()
    actor.press("#acts-2-breakfast")
    actor.press("#skip-2-breakfast")
    actor.wait_for("#d2-breakfast", "not eaten")
    actor.settle()


def a_slider_is_moved(actor, week):
    actor.open(f"{week}/tune")
    if actor.size == PHONE:
        actor.press("#drawer")
    actor.choose(f"[data-for='{MAGNESIUM}']", "480")
    actor.wait_for("#undo:not([disabled])")
    actor.settle()
    wanted = int(actor.read(f"[id='{MAGNESIUM}']"))
    assert abs(wanted - 480) <= 10
    assert f"at least {wanted}" in actor.read(".verdict")


def what_cannot_be_is_named_and_a_way_leads_out(actor, week):
    actor.open(f"{week}/tune")
    if actor.size == PHONE:
        actor.press("#drawer")
    actor.write("#max_minutes", "1")
    actor.press("#tune")
    actor.wait_for(".refusal", "conflict")
    actor.press("#way-1")
    actor.wait_for("#result:not(:has(.refusal)) #undo:not([disabled])")
    actor.settle()
    actor.wait_for("#d1-dinner .dish")


def a_day_is_cooked(actor, week):
    actor.open(week)
    actor.press("nav a[href$='/day/1']")
    actor.press(".timer")
    actor.wait_for(".timer", ":")
    assert re.fullmatch(r"\d+:\d\d", actor.read(".timer"))
    actor.press(".timer")
    actor.wait_for(".timer", "go on")
    actor.press(".days a[href$='/day/2']")
    actor.wait_for(".days [href$='/day/2'][aria-current]")


def a_tick_stays(actor, week):
    actor.open(f"{week}/list")
    actor.press(".ticks input")
    actor.press("nav a[href$='/nutrients']")
    actor.wait_for("main img")
    actor.press("nav a[href$='/list']")
    actor.wait_for(".ticks input:checked")


def a_diary_is_analysed_and_improved(actor, week):
    actor.open(week)
    actor.press(".bar a[href^='/diary']")
    actor.write("#diary", "Breakfast\n2 eggs\n1 cup of milk\nLunch\n2 slices of white bread")
    actor.press("button.main")
    actor.wait_for(".figures", "Magnesium")
    actor.press("button[value=improve]")
    actor.wait_for(".figures", "How sure that is")


def the_week_after_and_one_that_was_downloaded(actor, week):
    actor.open(week)
    actor.press("nav a[href$='/next']")
    actor.choose("[name^=grade]", "3")
    actor.press("#plan")
    actor.wait_for("#week")
    actor.settle()
    dinner = actor.read("#d1-dinner .dish")
    actor.press("nav a[href$='/documents']")
    actor.press("a[href$='/file/json']")
    kept = actor.taken("plan.json")
    actor.press(".home")
    actor.press("#keep-open")
    actor.hand("#file", kept)
    actor.press("#open")
    actor.wait_for("#week")
    assert actor.read("#d1-dinner .dish") == dinner


JOURNEYS = (
    three_questions, a_sample, a_dinner_is_swapped_and_back, one_is_kept_and_another_banned,
    no_fish_while_the_week_before_can_be_read, one_is_eaten_out_and_another_skipped,
    a_slider_is_moved, what_cannot_be_is_named_and_a_way_leads_out, a_day_is_cooked, a_tick_stays,
    a_diary_is_analysed_and_improved, the_week_after_and_one_that_was_downloaded,
)  # fmt: skip


TWO_DAYS = (
    one_is_kept_and_another_banned, one_is_eaten_out_and_another_skipped, a_day_is_cooked,
)  # fmt: skip


@pytest.fixture
def short_samples(monkeypatch):
    read = start_pages.read_answers
    short = {"days": "1"}

    def read_short(form, *more, **named):
        return read(form or short, *more, **named)

    monkeypatch.setattr(start_pages, "read_answers", read_short)


@pytest.fixture
def busy(bench):
    """Let what is planned wait until the work for somebody else ends."""

    @contextmanager
    def others_first():
        ended = threading.Event()
        bench.desk.ask("another", Job(lambda *_: ended.wait(300), bool, "another"))
        try:
            yield
        finally:
            ended.set()

    return others_first


@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda one: one.__name__)
def test_everybody_reaches_the_end(journey, who, actor, page, home, week_of, busy, short_samples):
    somebody = actor(who)
    somebody.others_first = busy
    journey(somebody, week_of(2 if journey in TWO_DAYS else 1))
    hold_for_everybody(page)
    assert [complaint for complaint in page.complaints() if "422" not in complaint] == []
    asked = {url.split("/")[2] for url in page.requests() if url.startswith("http")}
    assert asked == {home.removeprefix("http://")}
