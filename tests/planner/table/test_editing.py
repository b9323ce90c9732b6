"""Real edits of a real plan of two days: each holds, and moves what it must."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.document.terminal import as_plain
from planner.errors import ConfigError, RefusedError
from planner.export.as_json import as_json
from planner.export.figures import price_text
from planner.export.printed import as_text
from planner.export.swaps import SHOWN, savings_told
from planner.plan.locks import LockWish, Stay, past_days
from planner.table.kept import report_kept
from planner.table.replan import replan_table
from planner.table.swap import paid_usd, savings
from planner.wire.document import parse_plan_document, read_plan_document
from tests import stored
from tests.one_eater import (
    apply_replacement,
    open_session,
    rank_replacements,
    replan_meals,
)
from tests.rows import rows


@pytest.fixture(scope="module")
def document(lone):
    return lone


@pytest.fixture(scope="module")
def session(lone):
    return open_session(lone)


@pytest.fixture
def plan_path(lone_path):
    return lone_path


def run(*args):
    result = CliRunner().invoke(cli, [str(arg) for arg in args])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def things(plan):
    """Id, portion and place of everything in a plan."""
    return {
        (day.day, meal.slot, item.item_id, item.servings)
        for day in plan.days
        for meal in day.meals
        for item in meal.items
    }


def dinner_of(document, day):
    return next(m.items[0] for m in document.plan.days[day - 1].meals if m.slot == "dinner")


def test_planning_again_with_nothing_asked_moves_nothing(document):
    result = replan_meals(document, document.request)
    assert things(result.report.plan) == things(document.plan)
    assert result.difference.changes == ()
    assert result.before == pytest.approx(document.printed.solver.objective, abs=1e-9)


def test_a_ban_moves_little_and_the_new_plan_holds(document):
    gone = dinner_of(document, 2).item_id
    wanted = replace(document.request.preferences, without=(gone,))
    result = replan_meals(document, replace(document.request, preferences=wanted))
    assert result.report.check.passed
    assert all(thing[2] != gone for thing in things(result.report.plan))
    kept = things(result.report.plan) & things(document.plan)
    assert len(kept) >= len(things(document.plan)) / 3
    assert "Changed from an earlier plan" in result.report.notes[-1]


def test_what_is_locked_stays_under_another_request(document):
    # the dinner of day 1 goes, so something moves, but not dinner and snack of day 2
    request = document.request
    banned = replace(request.preferences, without=(dinner_of(document, 1).item_id,))
    locks = [LockWish(2, "dinner"), LockWish(2, "snack")]
    result = replan_meals(document, replace(request, preferences=banned), locks)
    held = {one for one in things(document.plan) if one[0] == 2 and one[1] in ("dinner", "snack")}
    assert held <= things(result.report.plan)


def dated(document, start):
    """Give the plan as one that began on ``start``."""
    days = [replace(day, date=start + timedelta(days=day.day - 1)) for day in document.plan.days]
    return replace(document, plan=replace(document.plan, days=tuple(days)))


def test_days_before_today_are_past_unless_all_are(document):
    begun = date(2026, 3, 2)
    plan = dated(document, begun).plan
    days = [past_days(plan, begun + timedelta(days=days)) for days in range(3)]
    assert days == [(), (1,), ()]
    assert past_days(document.plan, begun) == ()


def test_a_day_that_is_past_stays_or_the_wish_is_refused(document):
    stay = Stay(past=(1,))
    gone = dinner_of(document, 2).item_id
    wanted = replace(document.request.preferences, without=(gone,))
    result = replan_table(document, replace(document.request, preferences=wanted), stay)
    kept = {thing for thing in things(document.plan) if thing[0] == 1}
    assert result.report.plan is not None
    assert kept == {thing for thing in things(result.report.plan) if thing[0] == 1}
    wanted = replace(wanted, without=(dinner_of(document, 1).item_id,))
    with pytest.raises(ConfigError, match=r"past stay.*day 1 has what.*--start today"):
        replan_table(document, replace(document.request, preferences=wanted), stay)


def test_a_dish_that_is_kept_and_banned_is_refused_in_words(document):
    dish = dinner_of(document, 1)
    wanted = replace(document.request.preferences, without=(dish.item_id,))
    result = replan_meals(document, replace(document.request, preferences=wanted), keep=[dish.name])
    assert result.report.plan is None
    sentence = result.report.refusal.conflict[0][2]
    assert dish.name in sentence
    assert "cannot stay: left out as asked" in sentence


def offers_of_meals(session):
    """Every replacement of a main dish of the plan, with the list that it stands in."""
    for day in (1, 2):
        for slot in ("lunch", "dinner"):
            found = rank_replacements(session, day, slot)
            yield from ((found, offer) for offer in found.offers)


def test_each_main_dish_on_offer_gives_a_plan_that_holds_and_changes_what_was_told(session):
    offers = list(offers_of_meals(session))
    beside = [(found, offer) for found, offer in offers if offer.beside]
    assert beside
    for found, one in [*offers[::9], *beside[::9]]:  # a ninth of them: each is a plan and its judge
        made = apply_replacement(session, one)
        assert made.report.check.passed
        assert made.report.outcome.objective - made.before == pytest.approx(
            one.swap.points, abs=1e-9
        )
        day = made.report.plan.days[found.day - 1]
        assert day.totals["energy_kcal"] == pytest.approx(one.day_after.energy_kcal)
        assert made.report.plan.cost == pytest.approx(one.cost_after)
        served = {(at, slot, name) for at, slot, name, _ in things(made.report.plan)}
        for sides in one.beside:
            come = {column.candidate.source_id for column in sides.come}
            gone = {column.candidate.source_id for column in sides.gone} - come
            assert {(sides.day, sides.slot, name) for name in come} <= served
            assert not {(sides.day, sides.slot, name) for name in gone} & served


def test_a_dish_that_is_put_on_a_meal_stays_there(plan_path, tmp_path):
    out = tmp_path / "new"
    put = ("--put", "2:dinner=baked salmon with roast potatoes")
    assert run("replan", plan_path, *put, "--out", out).exit_code == 0
    first = read_plan_document(out / "plan.json")
    assert dinner_of(first, 2).name.startswith("Baked salmon")
    with pytest.raises(ConfigError, match=r"was put on dinner of day 2.*2:dinner=none"):
        run("swap", out / "plan.json", "--day", 2, "--slot", "dinner")


def test_the_cheapest_replacements_come_with_what_is_paid_at_checkout(plan_path, tmp_path):
    args = ("swap", plan_path, "--day", 1, "--slot", "dinner", "--sort", "cost")
    offers = json.loads(run(*args, "--json").stdout)["options"]
    paid = [offer["checkout"] for offer in offers if "checkout" in offer]
    assert len(paid) == min(SHOWN, len(offers))
    assert paid == sorted(paid)
    assert "at checkout;" in " ".join(run(*args).stdout.split())
    assert run(*args, "--apply", 1, "--out", tmp_path / "new").exit_code == 0
    shopping = json.loads(run("shop", tmp_path / "new/plan.json", "--json").stdout)
    assert shopping["total"]["price"] == pytest.approx(paid[0], abs=0.01)
    assert "Dearest" in run("shop", tmp_path / "new/plan.json").stdout


@rows(__file__, "what_the_plan_does_not")
def test_what_the_plan_does_not_have_is_said(plan_path, args, message):
    command, *rest = args
    with pytest.raises(ConfigError if "no food" not in message else Exception, match=message):
        run(command, plan_path, *rest)


def test_without_a_meal_the_cheapest_changes_are_told_one_after_another(session):
    found = [replacements for replacements, _ in savings(session, 2)]
    paid = [paid_usd(session), *(saving.offers[0].first.checkout_usd for saving in found)]
    assert len(paid) > 1
    assert paid == sorted(paid, reverse=True)
    text = " ".join(as_plain(savings_told(found, paid[0])).split())
    assert f"Together {price_text(paid[0] - paid[-1])} cheaper." in text


@pytest.mark.parametrize(("name", "full"), [("woman_55", True), ("family", False)])
def test_a_kept_plan_is_told_in_the_same_words(name, full):
    planned = stored.report(name)
    kept = report_kept(parse_plan_document(as_json(planned), "plan.json"))
    assert kept.passed
    assert words_of(kept, full=full) == words_of(planned, full=full)
    assert words_of(kept, day=1) == words_of(planned, day=1)


def words_of(report, **more):
    """What is told of a plan, whatever stands first of what several have at a meal of their own."""
    return sorted(as_text(report, **more).replace(",", " ").split())


def test_a_plan_that_does_not_hold_is_not_told(lone_path):
    raw = json.loads(lone_path.read_text("utf-8"))
    raw["days"][0]["meals"][0]["items"][0]["ingredients"][0]["mass_g"] += 500
    with pytest.raises(RefusedError, match="does not pass its check"):
        report_kept(parse_plan_document(json.dumps(raw), "plan.json"), "plan.json")
