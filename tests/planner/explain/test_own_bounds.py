from dataclasses import replace
from datetime import date

from planner.cli.options import build_request
from planner.explain.own_bounds import asked_by_day
from planner.export.wishes import wishes_text
from planner.language.spoken import spoken
from planner.request.phrases import read_macros, read_target
from planner.request.request import PlanRequest, WeekOptions
from planner.targets.derive import targets_of
from tests.reports import make_plan

DAYS = (
    {"fibre_g": 31.6, "fat_g": 70.0, "protein_g": 100.0, "energy_kcal": 2000.0},
    {"fibre_g": 40.2, "fat_g": 81.0, "protein_g": 125.0, "energy_kcal": 2000.0},
)


def told(*words, overrides=(), skip=()):
    asked = overrides or tuple(map(read_target, words))
    request = PlanRequest(week=WeekOptions(days=2, skip=skip), overrides=asked)
    days = [replace(day, totals=own) for day, own in zip(make_plan(2).days, DAYS, strict=True)]
    return [spoken(one) for one in asked_by_day(request, targets_of(request), days)]


def test_what_somebody_set_bounds_on_is_said_of_each_day_with_days_outside():
    assert told("fibre_g>=35", "fibre_g<=60", "energy_kcal>=1950") == [
        "Fiber by day: 32, 40 g.",
        "Fiber, 35 to 60 g asked for in the mean of the week; outside it: day 1 (3.4 under).",
        "Each day is within what you asked for: energy.",
    ]
    assert not told()


def test_what_the_clinic_has_set_is_said_of_each_day_too():
    request = build_request(days=2, clinic=(("sodium_mg", 2000.0),))
    sodium = ({"sodium_mg": 1976.0}, {"sodium_mg": 2075.0})
    days = [replace(day, totals=own) for day, own in zip(make_plan(2).days, sodium, strict=True)]
    assert [spoken(one) for one in asked_by_day(request, targets_of(request), days)] == [
        "Sodium by day: 1976, 2075 mg.",
        "Sodium, at most 2,000 mg asked for each day; outside it: day 2 (75 over).",
    ]


def test_shares_of_energy_stand_beside_their_grams_with_the_distance():
    shares = told(overrides=read_macros("45/25/30"))  # 20 and 25 %, 31.5 and 36.45 % of energy
    assert shares == [
        "Protein by day: 100, 125 g.",
        "Protein by day, in % of energy: 20, 25.",
        "Fat by day: 70, 81 g.",
        "Fat by day, in % of energy: 32, 36.",
        "Fat, 25 to 35 % of energy asked for in the mean of the week; outside it: "
        "day 2 (1.5 over).",
        "Each day is within what you asked for: protein (share of energy).",
    ]


def test_a_day_with_a_meal_elsewhere_is_held_to_its_part():
    assert not any("outside" in text for text in told("fibre_g>=35", skip=((1, "lunch"),)))


def test_a_wish_says_whether_the_mean_or_each_day_is_held_to_it():
    asked = [read_target("protein_g>=120"), read_target("fat_g<=60"), *read_macros("45/25/30")[:1]]
    assert wishes_text(PlanRequest(overrides=tuple(asked))) == (
        "protein at least 120 g on average; fat at most 60 g each day; "
        "carbohydrate 40 to 50 % of energy on average"
    )


def test_days_before_a_bound_was_asked_for_are_told_as_such():
    request = build_request(days=2, start=date(2026, 11, 29), target=(read_target("fibre_g>=45"),))
    wanted = replace(request.preferences, since={"fibre_g": "2026-11-30"})
    request = replace(request, preferences=wanted)
    days = [replace(day, totals=own) for day, own in zip(make_plan(2).days, DAYS, strict=True)]
    band = "Fiber, at least 45 g asked for in the mean of the week"
    assert [spoken(one) for one in asked_by_day(request, targets_of(request), days)] == [
        "Fiber by day: 32, 40 g.",
        f"{band}; outside it: day 2 (4.8 under).",
        f"{band} from 2026-11-30 on; before it was asked for: day 1.",
    ]
