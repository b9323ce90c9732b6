"""Real edits of a real plan of two days: each holds, and moves what it must."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.cli import cli
from planner.document.terminal import as_plain
from planner.errors import ConfigError
from planner.explain.offers import asked_with
from planner.export.figures import price_text
from planner.export.swaps import SHOWN, savings_told
from planner.plan.locks import LockWish, Stay, past_days
from planner.request.override import TargetOverride
from planner.request.read import request_from_dict
from planner.request.request import PlanRequest, SolveOptions, WeekOptions
from planner.table.replan import replan_table
from planner.table.swap import paid_usd, savings
from planner.table.swap import rank_replacements as rank_for_table
from planner.wire.document import parse_plan_document, read_plan_document
from tests.one_eater import (
    apply_replacement,
    as_json,
    open_session,
    plan_alternatives,
    plan_meals,
    rank_replacements,
    refuse_solvers,
    replan_meals,
    swaps_told,
)

# two evenings that are cooked for, so that what goes from one leaves the other as it is
REQUEST = PlanRequest(
    week=WeekOptions(days=2), habits={"second_meals_a_week": 0}, solve=SolveOptions(seed=2)
)


@pytest.fixture(scope="module")
def text():
    return as_json(plan_meals(REQUEST))


@pytest.fixture(scope="module")
def document(text):
    return parse_plan_document(text, "plan.json")


@pytest.fixture(scope="module")
def session(document):
    return open_session(document)


@pytest.fixture
def plan_path(text, tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(text, encoding="utf-8")
    return path


def run(*args):
    result = CliRunner().invoke(cli, [str(one) for one in args])
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
    anew = plan_meals(replace(document.request, preferences=wanted))
    assert len(kept) > len(things(anew.plan) & things(document.plan))
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


def test_a_meal_that_is_left_out_leaves_the_other_day_as_it_was(document):
    missed = ((2, "snack"),)
    week = replace(document.request.week, skip=missed, not_eaten=missed)
    result = replan_meals(document, replace(document.request, week=week))
    assert result.report.check.passed
    after = things(result.report.plan)
    assert not [one for one in after if one[:2] == (2, "snack")]
    assert {one for one in after if one[0] == 1} == {
        one for one in things(document.plan) if one[0] == 1
    }


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
    kept = {one for one in things(document.plan) if one[0] == 1}
    assert result.report.plan is not None
    assert kept == {one for one in things(result.report.plan) if one[0] == 1}
    wanted = replace(wanted, without=(dinner_of(document, 1).item_id,))
    with pytest.raises(ConfigError, match=r"past stay.*day 1 has what.*--start today"):
        replan_table(document, replace(document.request, preferences=wanted), stay)


def _lock(document):
    return document.request, [LockWish(1, "dinner")]


def _ban(document):
    wanted = replace(document.request.preferences, without=(dinner_of(document, 1).item_id,))
    return replace(document.request, preferences=wanted), []


def _moved_bound(document):
    bound = TargetOverride("magnesium_mg", 380.0, None)
    return replace(document.request, overrides=(bound,)), []


@pytest.mark.parametrize("edit", [_lock, _ban, _moved_bound])
def test_an_edit_gives_what_it_gives_with_everything_read_and_built_anew(
    document, edit, monkeypatch
):
    asked, wishes = edit(document)
    warm = replan_meals(document, asked, wishes).report
    foods, dishes = read_embedded_foods.__wrapped__(), read_embedded_dishes.__wrapped__()
    monkeypatch.setattr("planner.candidates.at_hand.read_embedded_foods", lambda: foods)
    monkeypatch.setattr("planner.candidates.own_dishes.read_embedded_dishes", lambda: dishes)
    cold = replan_meals(document, asked, wishes).report
    assert things(warm.plan) == things(cold.plan)
    assert warm.outcome.objective == cold.outcome.objective
    assert warm.outcome.bound == cold.outcome.bound
    assert warm.check.passed
    assert cold.check.passed


def test_a_dish_that_is_kept_and_banned_is_refused_in_words(document):
    dish = dinner_of(document, 1)
    wanted = replace(document.request.preferences, without=(dish.item_id,))
    result = replan_meals(document, replace(document.request, preferences=wanted), keep=[dish.name])
    assert result.report.plan is None
    sentence = result.report.refusal.conflict[0][2]
    assert dish.name in sentence
    assert "cannot stay: left out as asked" in sentence


def test_what_a_refused_replan_offers_was_planned_around_what_stays(document):
    locks = [LockWish(1, "dinner")]
    wish = TargetOverride("magnesium_mg", 1200.0, None)
    asked = replace(document.request, overrides=(wish,))
    refusal = replan_meals(document, asked, locks).report.refusal
    assert refusal.relaxations
    for offer in refusal.relaxations:
        assert offer.is_tried
        again = replan_meals(document, asked_with(asked, offer), locks)
        assert again.report.check.passed
        assert dinner_of(again.report, 1).item_id == dinner_of(document, 1).item_id


def test_locks_that_are_each_in_the_way_are_let_go_together(document):
    dinners = [dinner_of(document, day) for day in (1, 2)]
    wanted = replace(document.request.preferences, without=tuple(one.item_id for one in dinners))
    asked = replace(document.request, preferences=wanted)
    locks = [LockWish(1, "dinner"), LockWish(2, "dinner")]
    (offer,) = replan_meals(document, asked, locks).report.refusal.relaxations
    assert offer.is_tried
    assert offer.text.count("let go of day") == 2


def test_a_list_of_replacements_asks_no_solver_and_no_search(session, monkeypatch):
    refuse_solvers(monkeypatch)
    found = rank_replacements(session, 1, "dinner")
    assert 0 < len(found.offers) <= found.considered
    same = [one.column.candidate.source_id == found.item.item_id for one in found.offers]
    assert same == sorted(same)  # other portions of the dish itself stand last


def test_effects_are_those_of_the_plan_that_is_written(session, plan_path, tmp_path):
    best = rank_replacements(session, 1, "dinner").offers[0]
    args = ("swap", plan_path, "--day", 1, "--slot", "dinner", "--apply", 1, "--json")
    answer = json.loads(run(*args, "--out", tmp_path / "new").stdout)
    new = parse_plan_document((tmp_path / "new" / "plan.json").read_text("utf-8"), "plan.json")
    day = new.plan.days[0]
    assert day.totals["magnesium_mg"] == pytest.approx(best.day_after.magnesium_mg, abs=1e-9)
    assert day.ca_mg_ratio == pytest.approx(best.day_after.ca_mg_ratio, abs=1e-9)
    assert new.plan.cost == pytest.approx(best.cost_after, abs=1e-9)
    points = answer["difference"]["objective"]
    assert points["after"] - points["before"] == pytest.approx(best.swap.points, abs=1e-9)
    assert run("check", tmp_path / "new" / "plan.json").exit_code == 0


def offers_of_meals(session):
    """Every replacement of a main dish of the plan, with the list that it stands in."""
    for day in (1, 2):
        for slot in ("lunch", "dinner"):
            found = rank_replacements(session, day, slot)
            yield from ((found, one) for one in found.offers)


def test_each_main_dish_on_offer_gives_a_plan_that_holds_and_changes_what_was_told(session):
    offers = list(offers_of_meals(session))
    beside = [(found, one) for found, one in offers if one.beside]
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


def test_an_offer_names_what_changes_beside_it(session, plan_path):
    found, one = next((f, o) for f, o in offers_of_meals(session) if o.beside and o.rank <= SHOWN)
    table = rank_for_table(session, found.day, found.slot)
    text = " ".join(as_plain(swaps_told(table)).split())
    args = ("swap", plan_path, "--day", found.day, "--slot", found.slot, "--json")
    told = json.loads(run(*args).stdout)["options"][one.rank - 1]["beside"]
    assert [sides["day"] for sides in told] == [sides.day for sides in one.beside]
    for sides, said in zip(one.beside, told, strict=True):
        for columns, key in ((sides.come, "come"), (sides.gone, "gone")):
            names = [column.candidate.name for column in columns]
            assert [thing["name"] for thing in said[key]] == names
            assert all(name in text for name in names)


def test_swap_prints_ranked_replacements(plan_path):
    lines = run("swap", plan_path, "--day", 1, "--slot", "dinner").stdout.splitlines()
    assert lines[0].startswith("Day 1, dinner: ")
    assert max(map(len, lines)) <= 80
    now = next(at for at, line in enumerate(lines) if line.startswith("now"))
    assert lines[now + 1].split()[0] == "1"


def test_a_change_that_is_not_written_says_what_keeps_it(plan_path, document, tmp_path):
    meal = ("swap", plan_path, "--day", 2, "--slot", "dinner", "--apply", 1)
    for args in (meal, ("replan", plan_path, "--ban", dinner_of(document, 2).item_id)):
        told = run(*args).stderr
        assert "nothing was written: the same command with --out FOLDER keeps this week" in told
    assert "nothing was written" not in run(*meal, "--out", tmp_path / "new").stderr


def test_replan_prints_what_differs_and_writes_the_plan(plan_path, document, tmp_path):
    dish = dinner_of(document, 1)
    out = tmp_path / "new"
    result = run("replan", plan_path, "--not-again", dish.name, "--out", out)
    assert result.exit_code == 0
    assert dish.name.split()[0] in result.stdout
    assert "take it off `without` there when the month is over" in result.stderr
    assert dish.name in (out / "request.toml").read_text("utf-8")
    told = json.loads(run("diff", plan_path, out / "plan.json", "--json").stdout)
    assert dish.item_id in {one["from"]["id"] for one in told["changes"] if one["from"]}


def test_what_stays_and_what_goes_at_once_ends_with_3(plan_path, document):
    dish = dinner_of(document, 1).item_id
    result = run("replan", plan_path, "--ban", dish, "--lock", "1:dinner", "--json")
    assert result.exit_code == 3
    answer = json.loads(result.stdout)
    assert answer["status"] == "infeasible"
    assert "cannot stay" in answer["conflict"][0]["text"]


def test_a_dish_that_is_put_on_a_meal_moves_little(plan_path, tmp_path):
    out = tmp_path / "new"
    put = ("--put", "2:dinner=baked salmon with roast potatoes")
    assert run("replan", plan_path, *put, "--out", out).exit_code == 0
    before, new = (read_plan_document(one) for one in (plan_path, out / "plan.json"))
    assert new.plan.days[0].meals == before.plan.days[0].meals


def test_guests_who_leave_something_out_move_little(plan_path, document, tmp_path):
    out, gone = tmp_path / "new", dinner_of(document, 2)
    id_of = max(gone.ingredients, key=lambda one: one[1])[0]
    name = read_embedded_foods()[id_of].name.partition(",")[0]
    guests = ("--guests", f"2:dinner=1,without {name}")
    assert run("replan", plan_path, *guests, "--out", out).exit_code == 0
    before, new = (read_plan_document(one) for one in (plan_path, out / "plan.json"))
    assert dinner_of(new, 2).item_id != gone.item_id
    (first, _), (old, _) = new.plan.days, before.plan.days
    assert first.meals == old.meals


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
    paid = [one["checkout"] for one in offers if "checkout" in one]
    assert len(paid) == min(SHOWN, len(offers))
    assert paid == sorted(paid)
    assert "at checkout;" in " ".join(run(*args).stdout.split())
    assert run(*args, "--apply", 1, "--out", tmp_path / "new").exit_code == 0
    shopping = json.loads(run("shop", tmp_path / "new/plan.json", "--json").stdout)
    assert shopping["total"]["price"] == pytest.approx(paid[0], abs=0.01)
    assert "Dearest" in run("shop", tmp_path / "new/plan.json").stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("replan", "--lock", "9:dinner"), "no day 9"),
        (("replan", "--keep", "soap"), "nothing in the plan is called 'soap'"),
        (("replan", "--ban", "no such food"), "no food, group, dish or allergen"),
        (("swap", "--day", "9", "--slot", "dinner"), "no day 9"),
        (("swap", "--day", "1", "--slot", "snack", "--item", "soap"), "no 'soap' at snack"),
        (("swap", "--day", "1", "--slot", "dinner", "--apply", "999"), "replacements, not 999"),
    ],
)
def test_what_the_plan_does_not_have_is_said(plan_path, args, message):
    command, *rest = args
    with pytest.raises(ConfigError if "no food" not in message else Exception, match=message):
        run(command, plan_path, *rest)


@pytest.mark.parametrize(
    "args",
    [
        ("replan", "--lock", "dinner"),
        ("swap", "--day", "1", "--slot", "snack", "--out", "x"),
    ],
)
def test_a_wrong_form_is_a_wrong_use(plan_path, args):
    assert run(args[0], plan_path, *args[1:]).exit_code == 2


def test_equal_plans_do_not_differ(plan_path):
    assert run("diff", plan_path, plan_path).stdout == "Nothing differs.\n"


def test_alternatives_differ_in_half_of_their_dinners_at_least():
    first, second = plan_alternatives(REQUEST, 2)
    assert first.check.passed
    assert second.check.passed
    dinners = [
        {m.items[0].item_id for day in report.plan.days for m in day.meals if m.slot == "dinner"}
        for report in (first, second)
    ]
    assert len(dinners[0] - dinners[1]) >= 1


def test_what_stands_beside_the_meals_stays_beside_them():
    intake = {"name": "magnesium citrate", "amount_mg": 100, "kind": "elemental", "per_day": 1}
    table = {"week": {"days": 1}, "supplements": [intake], "profile": {"egfr": 90}}
    plan = parse_plan_document(as_json(plan_meals(request_from_dict(table))), "plan.json")
    result = replan_meals(plan, plan.request, [LockWish(1)])
    assert result.difference.changes == ()
    assert result.report.check.passed
    pill = next(item for item in plan.plan.days[0].items() if item.is_supplement)
    slot = next(m.slot for m in plan.plan.days[0].meals if pill in m.items)
    session = open_session(plan)
    with pytest.raises(ConfigError, match="is not part of a meal"):
        rank_replacements(session, 1, slot, pill.name)


def test_without_a_meal_the_cheapest_changes_are_told_and_made_one_after_another(
    session, plan_path, tmp_path
):
    found = [one for one, _in in savings(session, 2)]
    paid = [paid_usd(session), *(one.offers[0].first.checkout_usd for one in found)]
    assert len(paid) > 1
    assert paid == sorted(paid, reverse=True)
    text = " ".join(as_plain(savings_told(found, paid[0])).split())
    assert f"{price_text(paid[-1])} at checkout" in text
    assert f"Together {price_text(paid[0] - paid[-1])} cheaper." in text
    out = tmp_path / "new"
    made = run("swap", plan_path, "--sort", "cost", "--apply", len(found), "--out", out)
    assert made.exit_code == 0
    new = open_session(read_plan_document(out / "plan.json"))
    assert paid_usd(new) == pytest.approx(paid[-1])
    assert run("swap", plan_path, "--day", 1).exit_code == 2
