"""A day that is over and went otherwise is a fact: the rest of the week is planned around it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner

from planner import pipeline
from planner.candidates.at_hand import foods_at_hand
from planner.check.document import check_document
from planner.cli import cli
from planner.export.as_json import as_json
from planner.plan.locks import Stay
from planner.request.day_words import today
from planner.request.days import told_on
from planner.request.put import Put
from planner.request.read import request_from_dict
from planner.request.request import WeekOptions
from planner.solve.seating import Served
from planner.table.replan import replan_table
from planner.table.session import open_table
from planner.table.untouched import begun_in_time
from planner.targets.target import Target
from planner.wire.document import parse_plan_document

PIZZA = Put(1, "dinner", "pizza", is_out=True)


@pytest.fixture(scope="module")
def document():
    begun = (today() - timedelta(days=1)).isoformat()
    asked = {"profile": {"sex": "m", "age": 51}, "week": {"days": 2, "start": begun}}
    request = request_from_dict({"schema": "magplan/request/1", **asked}, "request.toml")
    return parse_plan_document(as_json(pipeline.plan_meals(request)), "plan.json")


@pytest.fixture(scope="module", params=[PIZZA, replace(PIZZA, is_out=False)])
def changed(request, document):
    asked = document.request
    asked = replace(asked, week=replace(asked.week, put=(request.param,)))
    return replan_table(document, asked, Stay(past=(1,))).report


def told(report):
    return parse_plan_document(as_json(report), "plan.json")


def judged(document, **week):
    asked = replace(document.request, week=replace(document.request.week, **week))
    return check_document(replace(document, request=asked), foods_at_hand(asked))


def test_a_past_dinner_is_what_was_eaten_and_nothing_else_of_the_day_moves(document, changed):
    assert changed.passed
    before, after = (
        {meal.slot: [one.item_id for one in meal.items] for meal in plan.days[0].meals}
        for plan in (document.plan, changed.plan)
    )
    assert ["pizza" in one for one in after["dinner"]] == [True]
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


def test_what_is_wished_for_every_day_is_not_what_was_eaten():
    week = WeekOptions(put=(Put("every day", "breakfast", "oatmeal"), PIZZA), skip=((1, "lunch"),))
    assert told_on(week, 1) == {("dinner", "pizza", ""), ("lunch", "", "")}
    assert told_on(week, 2) == frozenset()


def test_what_is_begun_on_the_evening_before_comes_on_the_first_day_to_come_if_it_stood_there(
    document,
):
    session = open_table(document)
    (own,) = session.eaters.values()
    (week,) = own.weeks
    oats = "peanut_banana_overnight_oats"
    columns = [
        one.index
        for one in week.parts.model.table.columns
        if one.candidate.source_id == oats and not one.candidate.traits.is_leftover
    ]
    assert columns

    def shut(stood, past):
        first, last = week.seating.days
        days = first, tuple(seat for seat in last if seat[0].source_id != oats) + stood
        laid = replace(week, seating=replace(week.seating, days=days))
        eaters = dict.fromkeys(session.eaters, replace(own, weeks=(laid,)))
        (eater,) = begun_in_time(replace(session, eaters=eaters), past).eaters.values()
        return eater.weeks[0].parts.arrays.closed[:, columns].all(axis=1).tolist()

    assert shut((), ()) == shut(((Served("breakfast", oats, 1.0), columns[0]),), (1,))
    assert [*shut((), (1,))] == [shut((), ())[0], True]
    assert not shut((), ())[1]


def test_a_swap_in_a_running_week_keeps_what_its_past_days_cooked(document, tmp_path):
    path, out = tmp_path / "plan.json", tmp_path / "new"
    path.write_text(as_json(pipeline.plan_meals(document.request)), encoding="utf-8")
    meal = ["--day", "2", "--slot", "snack", "--apply", "1", "--out", str(out)]
    assert CliRunner().invoke(cli, ["swap", str(path), *meal]).exit_code == 0
    after = parse_plan_document((out / "plan.json").read_text(encoding="utf-8"), "plan.json")
    dishes = [one.item_id for one in document.plan.days[0].items() if one.kind == "dish"]
    assert [*after.request.week.cooked_more] == [f"1:{one}" for one in dishes]
