"""Why a rhythm has no week: a smallest set of rows that collide, and the words for it."""

from dataclasses import replace

import pytest

from planner.plan.outcome import Outcome, TableOutcome
from planner.request.override import TargetOverride
from planner.request.read import request_from_dict
from planner.rhythm.conflict import breach_of, can_hold, find_conflict
from planner.rhythm.plan import build_week
from planner.rhythm.refusal import explain_none, row_asked
from planner.rhythm.rhythms import rhythm_of
from planner.table.prepare import prepare_table

MUCH = request_from_dict({"targets": {"magnesium_mg": {"lower": 1200}}})


def wishing(name, *wishes):
    return {"name": name, "preferences": {"per_week": list(wishes)}}


def week_of(request):
    table = prepare_table(request)
    return build_week(table, rhythm_of(request), 0, ())


def refused(request, *broken):
    """Why there is no week, after a search whose best week broke these rows."""
    table = prepare_table(request)
    blank = replace(Outcome.without_week(0.0), broken=broken)
    return explain_none(table, TableOutcome(blank, dict.fromkeys(table.weeks, blank)))


def test_the_least_change_of_what_collides_opens_a_way_and_a_little_less_does_not():
    (much,) = find_conflict(week_of(MUCH))
    assert (much.nutrient, much.side, much.rows) == (
        "magnesium_mg",
        "min",
        {"band_day", "band_week"},
    )
    for share, opens in ((1.01, True), (0.98, False)):
        lower = TargetOverride("magnesium_mg", 1200 * (1 - share * much.share), None)
        assert can_hold(week_of(replace(MUCH, overrides=(lower,)))) is opens


def test_what_collides_is_said_as_it_was_asked_for_and_its_least_change_offered():
    none = refused(MUCH)
    assert none.is_proven
    first = none.each[""].conflict[0]
    assert first.text == "Magnesium: at least 1,200 mg a day over the week"
    (offer,) = none.each[""].relaxations
    assert offer.flag.startswith('--target "magnesium_mg>=')


def test_what_was_hardest_is_named_where_fractions_of_recipes_hold():
    wished = request_from_dict({"week": {"days": 3}, "targets": {"fibre_g": {"lower": 60}}})
    none = refused(wished, "band.fibre_g.min", "evening..max")
    assert not none.is_proven
    assert [collision.text for collision in none.each[""].conflict] == [
        "hardest to keep: Fiber: at least 60 g a day over the week",
        "hardest to keep: the work of an evening",
    ]


def test_a_meal_for_which_nothing_is_left_says_what_left_it_out():
    none = refused(request_from_dict({"preferences": {"max_minutes": 1, "max_ingredients": 2}}))
    assert any("no dish is left for dinner: of all" in one.text for one in none.each[""].conflict)


def test_wishes_that_collide_because_dishes_are_shared_are_named_with_their_eaters():
    eaters = [wishing("Ann", "pasta >= 5"), wishing("Ben", "pasta <= 1")]
    none = refused(request_from_dict({"week": {"days": 3}, "eaters": eaters}))
    (shared,) = none.of_table.conflict
    assert shared.text.startswith("dinner: Ann and Ben share the main dish there")
    assert {relaxation.apart for relaxation in none.of_table.relaxations} == {
        ("Ann", ("dinner",)), ("Ben", ("dinner",)),
    }  # fmt: skip
    told = {name: [collision.text for collision in own.conflict] for name, own in none.each.items()}
    assert told == {
        "Ann": ["pasta: at least 2 times in 3 days, as asked for"],
        "Ben": ["pasta: at most 1 times in 3 days, as asked for"],
    }


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("band_day.sodium_mg.3", "Sodium: at most 2,300 mg each day"),
        ("band_day.ca_mg_ratio.max.3", "Calcium to magnesium: at most 2 each day"),
        ("band_week.ca_mg_ratio.max", "Calcium to magnesium: at most 2 over the week"),
        ("meal_energy.lunch.3", "the size of a meal: lunch"),
    ],
)
def test_rows_are_said_without_their_day(row, says):
    (week,) = prepare_table(request_from_dict({})).weeks.values()
    assert row_asked(breach_of(row, "max"), week.source).text == says
