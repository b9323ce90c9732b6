"""One eater with a name is the one without: the same to the last bit.

What is compared is what is chosen, its points and bound, and what is said of it; seconds differ.
"""

from dataclasses import fields, replace

import pytest

import planner
from planner import pipeline
from planner.candidates.candidate import CandidateSet
from planner.document.blocks import Section
from planner.explain.table_report import TableReport
from planner.export.as_json import answer_to
from planner.export.week import week_blocks
from planner.request.eater import Eater
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import BODY_FIELDS, PlanRequest, WeekOptions
from tests.kitchen import band, searched, tiny_input
from tests.one_eater import plan_meals, solve_week
from tests.told import week_of

WORK = searched(sweeps=150, rounds=16, hot=2.0)
EASY = (band("energy_kcal", 1200, 2600), band("magnesium_mg", 200))
SECONDS = {"time_s": 0.0, "build_s": 0.0}
DAYS = WeekOptions(days=2)
BUDGET = 64.07  # times 100 is 6406.99…: a share of all of it loses no cent
HER = Profile("f", 40, 168, 64, "active")
INSULIN = replace(HER, medicines=("insulin",))
PUBLIC = """
    Axis SweepWay run_sweep BasketFood BasketTable Cohort Eater FrequencyRule Guests Member
    NutrientBand PlanRequest Preferences Profile SolveOptions TableReport TargetOverride
    TargetSet Water WeekOptions Weights as_json as_text basket_as_text check_document check_plan
    derive_targets find_supplement lay_over list_shopping plan_cohort plan_meals read_basket
    read_embedded_dishes read_embedded_foods read_food_csv read_food_frame read_plan_document
    read_request read_supplements solve_basket write_request
    Batch Crew analyse_diary made_up_people read_diary read_each read_lookup_foods request_after
    run_batch
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
POINTS = {  # 0.6 more each: a snack of a workday costs for each minute beyond five, no longer ten
    "the usual week": (11.692656, 10.411333),
    "another seed": (7.610024, 6.740012),
    "a budget": (7.610024, 6.740012),
    "no wishes": (6.610024, 5.740012),
    "a gap": (7.610024, 6.740012),
}


def told(outcome):
    """Everything that is said of an outcome but the seconds; columns by name."""
    own = {field.name: getattr(outcome, field.name) for field in fields(outcome)}
    days = [[(column.index, column.name) for column in day] for day in outcome.days]
    weeks = [told(one) for one in outcome.weeks]
    return own | SECONDS | {"days": days, "weeks": weeks, "terms": dict(outcome.terms)}


def test_points_and_bounds_of_the_cases_stay_what_they_are():
    found = {case: solve_week(*CASES[case]) for case in CASES}
    points = {case: (one.objective, one.bound) for case, one in found.items() if one.has_plan}
    assert points == {case: pytest.approx(pair, abs=1e-6) for case, pair in POINTS.items()}
    assert {one.status for case, one in found.items() if case not in POINTS} == {"infeasible"}


@pytest.fixture(scope="module", params=[HER, INSULIN], ids=["usual", "insulin"])
def doors(request):
    """The same request of a nameless eater, and of one with a name."""
    wishes, budget = Preferences(diet="vegetarian"), Preferences(budget_per_week=BUDGET)
    both = replace(wishes, budget_per_week=BUDGET)
    alone = PlanRequest(request.param, preferences=both, week=DAYS)
    eaters = (Eater("one", request.param, wishes),)
    many = PlanRequest(preferences=budget, assumed=BODY_FIELDS, eaters=eaters, week=DAYS)
    return plan_meals(alone), pipeline.plan_meals(many)


def test_the_whole_report_is_that_of_a_table_of_one(doors):
    alone, many = doors
    own = many.reports["one"]
    assert told(own.outcome) == told(alone.outcome)
    for name in ("targets", "plan", "check", "why", "warnings", "candidates"):
        assert getattr(own, name) == getattr(alone, name), name
    of_all = "so that packages are used up"  # of several it stands with the table
    assert own.notes == tuple(note for note in alone.notes if of_all not in note)
    assert many.batch == alone.batch
    assert many.why.terms == alone.why.terms
    assert many.why.magnesium_sources == alone.why.magnesium_sources


def test_the_file_of_a_table_of_one_holds_what_the_file_of_one_does(doors):
    alone, many = doors
    flat, table = answer_to(TableReport.of_one(alone)).json_values(), answer_to(many).json_values()
    (own,) = table["eaters"]
    for key in ("targets", "week", "check", "absorption", "banner"):
        assert own[key] == flat[key], key
    assert own.get("by_meal") == flat.get("by_meal")
    assert [day["totals"] for day in own["days"]] == [day["totals"] for day in flat["days"]]


def test_every_section_of_a_week_stands_once_for_one_and_for_many(doors):
    alone, many = (week_blocks(week_of(one), "full") for one in doors)
    own, table = (
        [one.title.capitalize() for one in told if isinstance(one, Section) and one.title != "one"]
        for told in (alone, many)
    )
    assert own == [title.removeprefix("One: ").capitalize() for title in table]
    assert len(set(own)) == len(own) > 8  # as many as a full print has


def test_the_public_names_are_those_of_the_list():
    assert sorted(planner.__all__) == sorted(PUBLIC.split())
