"""Portions of a pot of an earlier week of a plan, eaten from the freezer."""

import json
from dataclasses import replace

import pytest

from planner import pipeline
from planner.candidates.dish import read_embedded_dishes
from planner.check.document import check_document
from planner.errors import ConfigError
from planner.export.as_json import as_json
from planner.export.printed import as_text
from planner.model.keys import RowKey
from planner.model.taste import history_points
from planner.request.days import DAYS_PER_WEEK
from planner.request.profile import Profile
from planner.request.request import PlanRequest, WeekOptions
from planner.solve.parts import build_week, has_same_rows
from planner.solve.weeks import Horizon
from planner.table.session import open_table
from planner.table.swap import rank_replacements
from planner.wire.document import parse_plan_document
from tests.kitchen import tiny_input

PEOPLE = (
    ("m", 33, "active"),
    ("f", 41, "low_active"),
    ("m", 52, "low_active"),
    ("f", 27, "active"),
)


def kitchen(most):
    """The tiny kitchen, whose beans are a pot that may be frozen."""
    source = tiny_input((False, False, True))
    told = [
        replace(one, traits=replace(one.traits, tags=frozenset({"batch", "freezable"})))
        if one.source_id == "beans"
        else one
        for one in source.candidates.candidates
    ]
    rule = {**source.rules.rules["leftover"], "most_frozen": most}
    rules = replace(source.rules, rules={**source.rules.rules, "leftover": rule})
    return replace(source, candidates=replace(source.candidates, candidates=(*told,)), rules=rules)


def second_week(source, parts, *served, on=1):
    """The input of the week after five days that serve these (place, candidate id) on one."""
    chosen = tuple(
        next(c for c in parts.model.table.columns if (c.place, c.candidate.candidate_id) == one)
        for one in served
    )
    days = tuple(chosen if day == on else () for day in range(1, 6))
    return Horizon((source, source)).knowing(1, [days], parts)


def test_a_pot_of_the_week_before_may_come_from_the_freezer_once():
    source = kitchen(2)
    parts = build_week(source)
    cooked = second_week(source, parts, ("dinner.main", "beans"))
    assert cooked.candidates.frozen() == ("beans",)
    assert not has_same_rows(source, cooked)
    assert second_week(source, parts, ("lunch.main", "beans")).candidates.frozen() == ()
    assert second_week(source, parts, ("dinner.main", "fish")).candidates.frozen() == ()
    again = build_week(cooked)
    eaten = second_week(source, again, ("lunch.main", "beans.leftover"), ("dinner.main", "beans"))
    assert eaten.candidates.frozen() == ()


def test_what_was_eaten_in_the_last_days_is_not_eaten_again_at_once():
    source = kitchen(2)
    lately = second_week(source, build_week(source), ("dinner.main", "beans"), on=2)
    assert lately.candidates.frozen() == ()


def test_without_a_freezer_nothing_comes_from_it():
    source = kitchen(0)
    parts = build_week(source)
    assert second_week(source, parts, ("dinner.main", "beans")).candidates.frozen() == ()


def test_such_a_portion_needs_no_dinner_before_it_and_buys_nothing():
    source = kitchen(1)
    week = build_week(second_week(source, build_week(source), ("dinner.main", "beans")))
    (column,) = (c for c in week.model.table.columns if c.candidate.traits.is_frozen)
    assert [one.name for one in build_week(source).model.orders] == ["beans"]
    assert week.model.orders == ()
    packages = week.arrays.packages
    assert packages.parts[packages.names.index("beans"), column.index] == 0
    assert column.index not in week.model.kinds["beans"]
    prices = {"main": 1.0, "fade": 0.5}
    assert history_points([column], week.model.source.history, prices) == 0.0
    names = [key.name for key in week.model.keys.values()]
    assert RowKey("leftover", "frozen", "max").name in names


def keeps_days(item):
    return next(one.keeps_days for one in read_embedded_dishes() if one.dish_id == item.item_id)


@pytest.fixture(scope="module")
def frozen():
    """Four weeks with a portion from the freezer: (report, first day, day it is eaten, dish)."""
    for sex, age, activity in PEOPLE:
        profile = Profile(sex, age, activity=activity)
        report = pipeline.plan_meals(PlanRequest(profile, week=WeekOptions(days=28)))
        for day, _meal, item in report.plan.served():
            if item.leftover_of and day.day - item.leftover_of > DAYS_PER_WEEK:
                return report, item.leftover_of, day.day, item
    raise AssertionError("nobody eats anything from the freezer")


def test_what_comes_from_the_freezer_is_cooked_labeled_thawed_and_checked(frozen):
    report, first, day, item = frozen
    assert report.passed
    (pot,) = (one for one in report.batch.cook if (one.day, one.dish_id) == (first, item.item_id))
    keeps = keeps_days(item)
    assert pot.thaw_on == frozenset({day} if day - first > keeps else ())
    assert any(one.eat_on and one.eat_on[0] == day for one in report.batch.labels)
    raw = json.loads(as_json(report))
    assert check_document(parse_plan_document(json.dumps(raw), "plan.json"), report.foods).passed
    text = " ".join(as_text(report, day=first).split())
    kind = "to freeze for" if pot.thaw_on else "for"
    assert f" {kind} the lunch of day {day}" in text or f" {kind} the dinner of day {day}" in text


def test_the_pot_is_not_swapped_away_under_it(frozen):
    report, first, _day, item = frozen
    session = open_table(parse_plan_document(as_json(report), "plan.json"))
    with pytest.raises(ConfigError, match="from the freezer"):
        rank_replacements(session, first, "dinner", item.item_id)


def test_without_a_freezer_the_check_does_not_let_it_pass(frozen):
    report, first, day, item = frozen
    raw = json.loads(as_json(report))
    raw["request"]["preferences"]["without"] = ["freezer"]
    if day - first > keeps_days(item):
        judged = check_document(parse_plan_document(json.dumps(raw), "plan.json"), report.foods)
        assert any(f"of day {first} keeps" in str(one) for one in judged.as_one().faults)
