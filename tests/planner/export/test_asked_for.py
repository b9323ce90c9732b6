"""What was asked for, wish by wish, with whether the plan keeps it and what it has of it."""

from dataclasses import replace
from datetime import date

import pytest

from planner.check.judge import CheckResult, Finding, check_plan
from planner.cli.options import build_request
from planner.cli.output import tell_way
from planner.document.terminal import as_plain
from planner.explain.offers import ACCEPTED
from planner.explain.table_report import TableReport
from planner.export.people import wishes_text
from planner.export.week_notes import asked_of_closest, asked_wishes
from planner.kitchen.leftovers import asked_uses, taken_g
from planner.request.meal_phrases import read_guests, read_meal_of_day
from planner.request.override import TargetOverride
from planner.request.phrases import FrequencyRule
from tests import told
from tests.papers import table_of
from tests.reports import make_plan, make_report

MOST = TargetOverride("sodium_mg", None, 2000.0)
SODIUM = tuple(
    Finding("sodium_mg", "day", day, value, None, 2000.0, True, 1.0, True, "total")
    for day, value in ((1, 1383.0), (2, 1994.0))
)
ENERGY = Finding("energy_kcal", "week", None, 1608.0, 1594.0, 1693.0, True, 1.0, True, "total")


def report_of(*findings, faults=(), **flags):
    report = make_report(sex="f", age=60, **flags)
    return replace(report, check=CheckResult(True, findings, faults))


def lines(report):
    return [one.text for one in asked_wishes(report)]


def test_bounds_are_told_with_what_the_plan_has():
    pill = replace(SODIUM[0], value=0.0, basis="supplement")  # a bound of its own, not that one
    report = report_of(*SODIUM, pill, ENERGY, energy_kcal=1800, target=(MOST,))
    assert lines(report) == [
        "Sodium at most 2000 mg each day: kept (1,383 to 1,994 mg).",
        "1,800 kcal a day: kept (1,608 kcal, wanted 1,594 to 1,693).",
    ]


def test_a_bound_of_a_running_week_is_told_from_its_day_on_with_what_these_days_have():
    over = replace(SODIUM[0], value=2450.0, upper=None)
    report = report_of(over, SODIUM[1], target=(MOST,), start=date(2026, 11, 29))
    wanted = replace(report.request.preferences, since={"sodium_mg": "2026-11-30"})
    report = replace(report, request=replace(report.request, preferences=wanted))
    assert lines(report) == ["Sodium at most 2000 mg each day from 2026-11-30 on: kept (1,994 mg)."]
    assert "from 2026-11-30 on" in told.screen(report)


@pytest.mark.parametrize(
    ("share", "verdict"), [(0.98, "kept"), (1.0, "kept"), (2.0, "as far as possible")]
)
def test_what_is_to_be_used_up_is_told_with_how_much_of_it_is(share, verdict):
    whole = report_of(use=(("apple", 100.0),))
    ((_, use),) = asked_uses(whole.request, whole.foods, whole.dishes)
    taken = taken_g(use, whole.plan, whole.foods)
    assert taken
    report = report_of(use=(("apple", share * taken),))
    used = f"{min(taken, share * taken):,.0f} of {share * taken:,.0f} g of apple used up"
    assert lines(report)[0].endswith(f" to use up: {verdict} ({used}).")


def test_a_bound_that_a_day_misses_is_not_kept_and_stands_on_the_first_screen():
    over = replace(SODIUM[1], value=2100.0, holds=False)
    report = report_of(SODIUM[0], over, target=(MOST,), diet="vegetarian")
    sentence = "Sodium at most 2000 mg each day: not kept (1,383 to 2,100 mg)."
    assert lines(report) == [sentence, "Vegetarian: kept."]
    screen = told.screen(report)
    assert sentence in screen
    assert "Vegetarian: kept" not in screen


def test_a_wish_that_the_judge_finds_broken_is_not_kept_and_the_others_are():
    rules = (FrequencyRule("beans", "<=", 1), FrequencyRule("apple", "<=", 7))
    report = make_report(sex="f", age=60, without=("soy",), per_week=rules)
    found = check_plan(report.plan.days, (), report.foods, report.request)
    (often,) = (one for one in found.faults if one.startswith("beans: 14 times"))
    kept, broken = asked_wishes(replace(report, check=found))
    assert (kept.wish, kept.kept) == ("without soy", True)
    assert (broken.kept, broken.how) == (False, often)


def test_the_closest_plan_of_a_table_tells_its_budget_and_guests():
    week = table_of(["Ann", "Ben"], make_plan(7))
    asked = report_of(budget_per_week=1.0, guests=({"day": 1, "slot": "dinner", "count": 2},))
    request = replace(asked.request, eaters=week.request.eaters)
    refused = TableReport.of_one(replace(asked, request=request))
    for of_table, count in ((True, 2), (None, 2), (False, 0)):
        assert len([*asked_wishes(refused.alone, of_table=of_table)]) == count
    told_so = as_plain([*asked_of_closest(week, refused)])
    assert "At most $1 a week: not kept" in told_so
    assert "2 guests at Monday (day 1):dinner: kept." in told_so


@pytest.mark.parametrize("is_told_below", [True, False])
def test_a_way_out_that_was_taken_is_told_once_in_a_terminal(is_told_below, capsys):
    note = ACCEPTED.format(number=1, offer="calcium to magnesium at most 2.6")
    report = TableReport.of_one(replace(report_of(), notes=(note,)))
    tell_way(report, 1, is_told_below=is_told_below)
    assert ("suggested change 1" in capsys.readouterr().err) is not is_told_below


GUESTS = ("every dinner=2", "1:lunch=1,vegan,without soy", "3:lunch=1,vegan,without soy",
          "5:lunch=3,half servings")  # fmt: skip
SKIP = tuple(map(read_meal_of_day, ("wed", "tue:snack")))


@pytest.mark.parametrize(
    ("flags", "text"),
    [
        ({}, ""),
        ({"pattern": "south_asian", "max_minutes_weekday": 25},
         "meals: South Asian; meals of at most 25 minutes on weekdays"),
        ({"pattern": "gone.toml"}, "meals: a pattern of one's own"),
        ({"use": (("lentils, dry", 300.0),)}, "300 g of lentils, dry to use up"),
        ({"guests": tuple(map(read_guests, GUESTS))},
         "2 guests at every dinner; 1 guest at Monday (day 1):lunch, Wednesday (day 3):lunch "
         "(vegan, without soy); 3 guests at Friday (day 5):lunch (0.5 servings each)"),
        ({"skip": SKIP}, "eaten out day 3; not eaten Tuesday (day 2):snack"),
        ({"skip": SKIP, "start": date(2026, 3, 2)},
         "eaten out Wed 4 Mar; not eaten Tue 3 Mar:snack"),
    ],
)  # fmt: skip
def test_wishes_are_named_in_one_sentence(flags, text):
    assert wishes_text(build_request(**flags)) == text


def test_what_is_used_up_is_told_with_what_is_frozen_of_it():
    used = wishes_text(build_request(use=(("lentils", 300.0),)), used={"lentils": (164.3, 50.0)})
    assert used == "164 of 300 g of lentils used up, and 50 g cooked for the freezer"
