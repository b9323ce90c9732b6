"""A household of one is the week of one: both doors give the same to the last bit.

What is compared is what is chosen, its points and bound, and what is said of it; seconds differ.
"""

import time
from dataclasses import fields, replace

import pytest

import planner
from planner.candidates.candidate import CandidateSet
from planner.export.as_json import report_as_json
from planner.export.household_json import household_values
from planner.export.sections import WEEK, OfEach
from planner.request.eater import Eater
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import BODY_FIELDS, PlanRequest, WeekOptions
from planner.search.search import SearchOptions
from planner.solve.alternatives import Apart, solve_alternatives
from planner.solve.edit import ChangePoints, EditOptions, Lock, solve_edit
from planner.solve.horizon import Horizon, solve_horizon
from planner.solve.household import solve_household
from planner.solve.household_alternatives import solve_household_alternatives
from planner.solve.household_edit import EaterEdit, solve_household_edit
from planner.solve.household_weeks import TableHorizon, solve_household_weeks
from planner.solve.pots import PotOptions, share_places
from planner.solve.seating import seat_week
from planner.solve.week import build_week, solve_week
from planner.table.prepare import plan_household
from planner.table.week import plan_meals
from tests.kitchen import band, served, tiny_input

WORK = SearchOptions(sweeps=150, rounds=4, pairs=0.4, hot=2.0)
NEAR = SearchOptions(sweeps=60, rounds=1, pairs=0.2, hot=0.05, cold=0.005, strict=1.0)
EDITS = EditOptions(NEAR, WORK, ChangePoints(0.3, 0.1))
APART = Apart(per_main=1.5, steeper=2.0, attempts=3, place="dinner.main", least_share=0.5)
EASY = (band("energy_kcal", 1200, 2600), band("magnesium_mg", 200))
SECONDS = {"time_s": 0.0, "build_s": 0.0}
DAYS = WeekOptions(days=2)
BUDGET = 64.07  # times 100 is 6406.99…: a share of all of it loses no cent
HER = Profile("f", 40, 168, 64, "active")
INSULIN = replace(HER, medicines=("insulin",))
PUBLIC = """
    BasketFood BasketTable Eater FrequencyRule Guests TableReport NutrientBand PlanRequest
    Preferences Profile Report SolveOptions TargetOverride TargetSet Water WeekOptions Weights
    as_json as_text basket_as_text check_document check_household_document check_plan
    derive_targets find_supplement household_as_json household_as_text plan_household plan_meals
    read_embedded_dishes read_embedded_foods read_plan_document read_request read_supplements
    solve_basket write_request
"""


def tiny(**changes):
    wishes = tiny_input().wishes
    wished = {key: changes.pop(key) for key in ("budget_usd",) if key in changes}
    return tiny_input(wishes=replace(wishes, **wished), **changes)


def without(source, source_id):
    kept = tuple(c for c in source.candidates.candidates if c.source_id != source_id)
    return replace(source, candidates=CandidateSet(kept, (), source.candidates.nutrients))


CASES = {
    "the usual week": (tiny(), WORK),
    "seven days of too few dishes": (tiny(weekend=(False,) * 5 + (True,) * 2, targets=EASY), WORK),
    "another seed": (tiny(targets=EASY), replace(WORK, seed=7)),
    "a budget": (tiny(budget_usd=40.0, targets=EASY), WORK),
    "a budget that is too small": (tiny(budget_usd=2.0), WORK),
    "no wishes": (tiny_input(targets=EASY, wishes=type(tiny_input().wishes)()), WORK),
    "rules that collide": (tiny(targets=(band("energy_kcal", 900), band("fat_g", 0, 1))), WORK),
    "nothing for a place": (without(tiny(), "porridge"), WORK),
    "a gap": (tiny(targets=EASY), replace(WORK, gap=0.3)),
}
POINTS = {  # points and bound; the others have no plan
    "the usual week": (39.832656, 38.905875),
    "another seed": (37.610032, 37.110012),
    "a budget": (37.610032, 37.110012),
    "no wishes": (36.555042, 36.051123),
    "a gap": (37.610032, 37.110012),
}


def told(outcome):
    """Everything that is said of an outcome but the seconds; columns by name."""
    own = {field.name: getattr(outcome, field.name) for field in fields(outcome)}
    days = [[(column.index, column.name) for column in day] for day in outcome.days]
    weeks = [told(one) for one in outcome.weeks]
    return own | SECONDS | {"days": days, "weeks": weeks, "terms": dict(outcome.terms)}


def of_one(source):
    """The input of a household of one, laid as every household's is."""
    return share_places({"one": source}, {})


@pytest.mark.parametrize("case", CASES)
def test_a_week_is_that_of_a_household_of_one(case):
    source, work = CASES[case]
    alone, many = solve_week(source, work), solve_household(of_one(source), {}, work)
    assert told(many.each["one"]) == told(alone)
    assert (many.total.objective, many.total.bound) == (alone.objective, alone.bound)
    assert many.total.status == alone.status
    assert not many.is_shared_conflict


def test_points_and_bounds_of_the_cases_stay_what_they_are():
    found = {case: solve_week(*CASES[case]) for case in CASES}
    points = {case: (one.objective, one.bound) for case, one in found.items() if one.has_plan}
    assert points == {case: pytest.approx(pair, abs=1e-6) for case, pair in POINTS.items()}
    assert {one.status for case, one in found.items() if case not in POINTS} == {"infeasible"}


def test_two_weeks_are_those_of_a_household_of_one():
    weeks = (tiny(targets=EASY), tiny(targets=EASY))
    alone = solve_horizon(Horizon(weeks), WORK, time.perf_counter())
    table = TableHorizon({"one": Horizon(weeks)}, {})
    many = solve_household_weeks(table, WORK, PotOptions(), time.perf_counter())
    assert alone.has_plan
    assert len(alone.weeks) == 2
    assert told(many.each["one"]) == told(alone)


def test_three_alternatives_are_those_of_a_household_of_one():
    source, now = tiny(targets=EASY, budget_usd=None), time.perf_counter()
    alone = solve_alternatives(source, WORK, 3, APART, now)
    work = (WORK, PotOptions())
    many = solve_household_alternatives(of_one(source), {}, work, 3, APART, now)
    assert [told(one.each["one"]) for one in many] == [told(one) for one in alone]


LOCKS = {
    "none": (),
    "a day": (Lock(0),),
    "two meals": (Lock(0, "dinner"), Lock(1, "breakfast")),
    "both days": (Lock(0), Lock(1)),
}


def edited(source, week, locks):
    """An edit through both doors."""
    now, parts = time.perf_counter(), build_week(source)
    seating = seat_week(parts, served(week))
    alone = solve_edit(parts, seating, locks, EDITS, now)
    eaters = {"one": EaterEdit(parts, seating, locks)}
    return alone, solve_household_edit(eaters, {}, EDITS, PotOptions(), now).each["one"]


def same(alone, many):
    assert told(many.outcome) == told(alone.outcome)
    assert (many.before, many.colliding) == (alone.before, alone.colliding)
    assert many.in_the_way == alone.in_the_way


@pytest.mark.parametrize(
    ("gone", "locks"), [("pudding", "a day"), *(("nothing", k) for k in LOCKS)]
)
def test_an_edit_around_locks_is_that_of_a_household_of_one(gone, locks):
    first = tiny(targets=EASY)
    alone, many = edited(without(first, gone), solve_week(first, WORK), LOCKS[locks])
    assert alone.outcome.has_plan
    same(alone, many)


def test_locks_that_collide_are_those_of_a_household_of_one():
    week = solve_week(tiny(targets=EASY), WORK)
    energies = [sum(column.serving.amounts[0] for column in day) for day in week.days]
    most = int(max(energies)) - 1
    source = tiny(targets=(band("energy_kcal", 1200, most), band("magnesium_mg", 200)))
    alone, many = edited(source, week, LOCKS["both days"])
    assert alone.outcome.status == "infeasible"
    assert alone.colliding == (Lock(energies.index(max(energies))),)
    assert "nutrient_day.energy_kcal.max" in alone.in_the_way[0]
    same(alone, many)


@pytest.fixture(scope="module", params=[HER, INSULIN], ids=["usual", "insulin"])
def doors(request):
    """The same request through the door of one eater and through that of a household."""
    wishes, budget = Preferences(diet="vegetarian"), Preferences(budget_per_week=BUDGET)
    both = replace(wishes, budget_per_week=BUDGET)
    alone = PlanRequest(request.param, preferences=both, week=DAYS)
    eaters = (Eater("one", request.param, wishes),)
    many = PlanRequest(preferences=budget, assumed=BODY_FIELDS, eaters=eaters, week=DAYS)
    return plan_meals(alone), plan_household(many)


def test_the_whole_report_is_that_of_a_household_of_one(doors):
    alone, many = doors
    own = many.reports["one"]
    assert told(own.outcome) == told(alone.outcome)
    for name in ("targets", "plan", "check", "why", "notes", "warnings", "realism", "candidates"):
        assert getattr(own, name) == getattr(alone, name), name
    assert many.batch == alone.batch
    assert many.why.terms == alone.why.terms
    assert many.why.magnesium_sources == alone.why.magnesium_sources


def test_the_file_of_a_household_of_one_holds_what_the_file_of_one_does(doors):
    alone, many = doors
    flat, table = report_as_json(alone), household_values(many)
    (own,) = table["eaters"]
    for key in ("targets", "week", "check", "absorption", "realism", "banner"):
        assert own[key] == flat[key], key
    assert own.get("by_meal") == flat.get("by_meal")
    assert [day["totals"] for day in own["days"]] == [day["totals"] for day in flat["days"]]


def test_every_section_of_a_week_is_for_each_or_for_all_and_none_stands_twice():
    own = [part for group in WEEK if isinstance(group, OfEach) for part in group.parts]
    titles = [one.title for one in WEEK if not isinstance(one, OfEach)]
    assert len(set(titles)) == len(titles) == 9
    assert len(own) == len(set(own)) == 6


def test_the_public_names_are_those_of_the_list():
    assert sorted(planner.__all__) == sorted(PUBLIC.split())
