"""A running week: what is past stays to the letter; what is asked holds for the days to come."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.candidates.at_hand import foods_at_hand
from planner.check.document import check_document
from planner.check.judge import check_plan
from planner.errors import CandidatesError, ConfigError
from planner.export.as_json import as_json
from planner.export.people import wishes_text
from planner.plan.locks import Stay
from planner.request.day_words import today
from planner.request.next_week import on_other_days
from planner.request.override import TargetOverride
from planner.request.phrases import FrequencyRule
from planner.request.put import FROM, Put, days_without, lasts, on_days, read_days_off
from planner.table.from_now import _times, check_limits, for_days_to_come
from planner.table.prepare import dishes_at_hand
from planner.table.replan import replan_table
from planner.table.session import open_table
from planner.targets.derive import targets_of
from planner.targets.target import Target
from planner.wire.document import parse_plan_document, read_plan_document
from tests import stored
from tests.rows import rows

STAY = Stay(past=(1,), path=Path("week/plan.json"))


@pytest.fixture(scope="module")
def document(planned_once):
    curry = "1:dinner=Mild chicken curry with coconut and rice"
    begun = today() - timedelta(days=1)
    words = ("--sex", "m", "--age", 31, "--days", 2, "--start", begun, "--put", curry)
    return read_plan_document(planned_once(*words, "--effort", "quick") / "plan.json")


def again(document, **wishes):
    wanted = replace(document.request.preferences, **wishes)
    report = replan_table(document, replace(document.request, preferences=wanted), STAY).report
    assert report.passed
    return parse_plan_document(as_json(report), "plan.json")


def from_today(*names):
    return {name: [FROM.format(day=today())] for name in names}


def on_days_of(wanted):
    return {name: [*days] for name, days in wanted.without_on.items()}


def test_what_stands_in_a_dish_that_was_eaten_is_not_exchanged(document):
    after = again(document, without=("mushrooms",))  # as vegetable stock holds
    assert after.plan.days[0].meals == document.plan.days[0].meals
    assert on_days_of(after.request.preferences) == from_today("mushrooms")


def test_a_new_diet_holds_for_the_days_to_come_and_the_judge_goes_by_that(document):
    after = again(document, diet="vegetarian")
    assert after.plan.days[0].meals == document.plan.days[0].meals
    wanted = after.request.preferences
    assert (wanted.diet, on_days_of(wanted)) == ("omnivore", from_today("meat and fish"))

    def judged(days):
        on = {"meat and fish": days}
        asked = replace(after.request, preferences=replace(wanted, without_on=on))
        return check_document(replace(after, request=asked), foods_at_hand(asked))

    assert judged(wanted.without_on["meat and fish"]).passed
    assert not judged(("every day",)).passed


@rows(__file__, "a_wish_that_past_days")
def test_a_wish_that_past_days_keep_is_asked_as_it_is(document, wishes, names, left):
    asked = replace(document.request.preferences, **wishes)
    request = replace(document.request, preferences=asked)
    wanted = for_days_to_come(request, document.request, document.plan, (1,)).preferences
    assert (on_days_of(wanted), wanted.without) == (from_today(*names), left)
    assert for_days_to_come(request, document.request, document.plan, ()) == request


def test_what_a_condition_leaves_out_is_refused_with_a_command_that_plans(document):
    profile = replace(document.request.profile, conditions=("celiac",))
    with pytest.raises(ConfigError) as told:
        replan_table(document, replace(document.request, profile=profile), STAY)
    command = "magplan plan week/request.toml --start today --days 1 --history week/plan.json"
    assert command in str(told.value)


def test_a_limit_for_safety_that_past_days_do_not_keep_is_told_with_a_command(document):
    had = document.plan.days[0]
    salty = replace(had, totals={**had.totals, "sodium_mg": 2500.0})
    plan = replace(document.plan, days=(salty, *document.plan.days[1:]))
    profile = replace(document.request.profile, conditions=("hypertension",))
    asked = replace(document.request, profile=profile)
    with pytest.raises(ConfigError, match=r"at most 2,300 mg.*had more \(day 1\)") as told:
        check_limits(asked, document.request, plan, STAY)
    command = "plan week/request.toml --start today --days 1 --history week/plan.json --condition"
    assert f"{command} hypertension" in str(told.value)
    check_limits(document.request, document.request, plan, STAY)


def test_days_from_one_on_are_read_and_said():
    days = read_days_off("From 2026-11-28")
    assert days_without(days, 7, date(2026, 11, 26)) == {3, 4, 5, 6, 7}
    assert days_without(days, 2, date(2026, 11, 26)) == frozenset()
    assert days_without(days, 3, date(2026, 12, 24)) == {1, 2, 3}
    assert lasts(days)
    assert not lasts(("after 2026-11-28",))
    assert on_days("fish", days) == "without fish from 2026-11-28 on"
    assert on_days("fish", days, is_let_go=True) == "fish from 2026-11-28 on, too"


def test_more_energy_is_for_days_to_come_alone(document):
    wanted = replace(document.request.preferences, more_energy={"1": 300.0})
    asked = replace(document.request, preferences=wanted)
    with pytest.raises(ConfigError, match="more energy on day 1: that day is past"):
        for_days_to_come(asked, document.request, document.plan, (1,))
    later = replace(asked, preferences=replace(wanted, more_energy={"2": 300.0}))
    assert for_days_to_come(later, document.request, document.plan, (1,)) == later


def told_since(document, **wishes):
    after = again(document, **wishes)
    assert after.plan.days[0].meals == document.plan.days[0].meals
    assert after.request.preferences.since == dict.fromkeys(wishes, str(today()))
    assert check_document(after, foods_at_hand(after.request)).passed
    return after


def stays_past(after):
    """Plan again from it, and swap in it: what was eaten stays to the letter."""
    later = again(after, without=("caviar",))
    assert later.plan.days[0].meals == after.plan.days[0].meals
    swapped = stored.as_it_stands(open_table(after))
    assert swapped.plan.days[0].meals == after.plan.days[0].meals


def judged_since(document, since, days=None):
    """Judge it where its wishes hold since another day, or its days are others."""
    wanted = replace(document.request.preferences, since=since)
    asked = replace(document.request, preferences=wanted)
    days = document.plan.days if days is None else days
    return check_plan(days, targets_of(asked).targets, foods_at_hand(asked), asked)


def test_a_limit_on_dishes_is_for_the_days_to_come(document):
    key, most = "max_minutes", 20
    after = told_since(document, **{key: most})
    assert f"{most}" in wishes_text(after.request)
    assert f"from {today()} on" in wishes_text(after.request)
    stays_past(after)
    assert not judged_since(after, {}).passed  # day 1 breaks it
    assert not judged_since(after, {key: str(today() + timedelta(days=1))}).passed  # to come
    first, last = after.plan.days
    forged = (first, replace(last, meals=first.meals))  # what was eaten is not what is to come
    faults = judged_since(after, after.request.preferences.since, forged).faults
    assert any(one.startswith("Day 2") and f"the request allows {most}" in one for one in faults)
    assert on_other_days(after.request).preferences.since == {}
    assert getattr(on_other_days(after.request).preferences, key) == most


@rows(__file__, "what_is_put_and_left")
def test_what_is_put_and_left_out_from_a_day_on_is_refused_with_why(document, wish, told):
    put = (Put(2, "dinner", "Chili con carne with pinto beans"),)
    wanted = replace(document.request.preferences, **wish)
    week = replace(document.request.week, put=(*document.request.week.put, *put))
    asked = replace(document.request, preferences=wanted, week=week)
    with pytest.raises(CandidatesError, match=told):
        replan_table(document, asked, STAY)


def test_a_bound_on_a_nutrient_is_for_the_days_to_come(document):
    had = document.plan.days[0].totals["sodium_mg"]
    bound = TargetOverride("sodium_mg", None, float(min(1900, int(had) - 50)))
    report = replan_table(document, replace(document.request, overrides=(bound,)), STAY).report
    assert report.passed
    after = parse_plan_document(as_json(report), "plan.json")
    assert after.plan.days[0].meals == document.plan.days[0].meals
    assert after.plan.days[1].totals["sodium_mg"] <= bound.upper
    assert "each day from" in wishes_text(after.request)
    since = after.request.preferences.since
    assert since == {"sodium_mg": str(today())}
    assert judged_since(after, since).passed
    assert not judged_since(after, {}).passed
    first, last = after.plan.days
    salty = replace(last, meals=first.meals, totals=first.totals)
    assert any(
        (finding.nutrient, finding.day, finding.holds) == ("sodium_mg", 2, False)
        for finding in judged_since(after, since, (first, salty)).findings
    )


def test_what_was_eaten_counts_toward_a_number_a_week(document):
    rule = FrequencyRule("chicken", "<=", 0)
    none = again(document, per_week=(rule,)).request.preferences
    assert (on_days_of(none), none.per_week) == (from_today("chicken"), ())
    past = document.plan.days[0]
    foods = foods_at_hand(document.request)
    known = foods, dishes_at_hand(document.request, foods)
    often = next(
        foods[food].name
        for item in past.items()
        for food, _ in item.ingredients
        if _times(FrequencyRule(foods[food].name, "<=", 1), past.items(), *known) > 1
    )
    rule = FrequencyRule(often, "<=", 1)
    after = again(document, per_week=(rule,))
    since = after.request.preferences.since
    assert since == {f"{often} <= 1": str(today())}
    assert after.plan.days[0].meals == past.meals
    assert judged_since(after, since).passed
    first, last = after.plan.days
    more = judged_since(after, since, (first, replace(last, meals=first.meals))).faults
    assert any(f"the request asks for {often} <= 1" in fault for fault in more)
    assert not judged_since(after, {}).passed


def test_days_between_count_what_was_eaten_and_hold_for_the_days_to_come(document):
    first, last = document.plan.days
    dinner = first.meals[2].items[0]
    others = (one for one in last.meals if dinner.item_id not in {it.item_id for it in one.items})
    last = replace(last, meals=tuple(others))
    begun = today() - timedelta(days=2)
    days = tuple(
        replace(day, day=number, date=begun + timedelta(days=number - 1))
        for number, day in enumerate((first, first, last), start=1)
    )
    plan = replace(document.plan, days=days)
    week = replace(document.request.week, days=3, start=begun, put=())
    before = replace(document.request, week=week)
    wanted = replace(before.preferences, min_days_between={dinner.item_id: 3})
    asked = for_days_to_come(replace(before, preferences=wanted), before, plan, (1, 2))
    since = asked.preferences.since
    assert since == {f"{dinner.item_id} = 3": str(days[1].date)}  # the last day on which it was had
    assert f"3 days apart from {days[1].date} on" in wishes_text(asked)

    def faults(days, since):
        own = replace(asked, preferences=replace(asked.preferences, since=since))
        found = check_plan(days, targets_of(own).targets, foods_at_hand(own), own).faults
        return [fault for fault in found if "days between" in fault]

    assert not faults(days, since)
    assert len(faults(days, {})) == 1
    third = replace(days[2], meals=first.meals)
    assert len(faults((*days[:2], third), since)) == 1  # too near to what was eaten
    once = replace(plan, days=(replace(days[0], meals=()), *days[1:]))
    kept = for_days_to_come(replace(before, preferences=wanted), before, once, (1, 2))
    assert kept.preferences.since == {}


PIZZA = Put(1, "dinner", "pizza", is_out=True)


@pytest.fixture(scope="module")
def changed(document):
    asked = document.request
    asked = replace(asked, week=replace(asked.week, put=(PIZZA,)))
    return replan_table(document, asked, Stay(past=(1,))).report


def told(report):
    return parse_plan_document(as_json(report), "plan.json")


def judged(document, **week):
    asked = replace(document.request, week=replace(document.request.week, **week))
    return check_document(replace(document, request=asked), foods_at_hand(asked))


def test_a_past_dinner_is_what_was_eaten_and_nothing_else_of_the_day_moves(document, changed):
    assert changed.passed
    before, after = (
        {meal.slot: [item.item_id for item in meal.items] for meal in plan.days[0].meals}
        for plan in (document.plan, changed.plan)
    )
    assert ["pizza" in item_id for item_id in after["dinner"]] == [True]
    assert before | {"dinner": after["dinner"]} == after
    mg = f"{changed.plan.days[0].totals['magnesium_mg']:,.0f} mg magnesium"
    assert any("Day 1 is over" in note and mg in note for note in changed.alone.notes)


def test_the_judge_passes_it_and_finds_a_day_that_is_falsely_said_to_be_eaten(changed):
    document = told(changed)
    assert document.request.week.eaten == (1,)
    assert judged(document).passed
    assert not judged(document, eaten=(1, 2)).passed  # not over
    assert not judged(document, put=()).passed  # nobody told what was eaten
    later = today() + timedelta(days=1)
    assert not judged(document, start=later).passed


def test_a_day_that_was_eaten_is_held_to_what_is_safe():
    words = ("day", "total", True, "a source", "copied")
    safe = Target("zinc_mg", "mg", 7.7, 40.0, *words, safe_upper=40.0).as_eaten()
    assert (safe.lower, safe.upper, safe.hard) == (None, 40.0, True)
    energy = Target("energy_kcal", "kcal", 2000.0, 2500.0, *words).as_eaten()
    assert (energy.lower, energy.upper) == (None, None)
