"""Changes to the plan of two at a table: what is shared moves for both, the rest for one."""

import json
from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.check.document import check_document
from planner.errors import ConfigError
from planner.export.as_json import as_json
from planner.plan.locks import LockWish, Stay
from planner.request.override import TargetOverride
from planner.request.phrases import FrequencyRule
from planner.table import ways_tried
from planner.table.replan import replan_table
from planner.table.session import open_table
from planner.table.swap import apply_replacement, rank_replacements
from planner.wire.document import parse_plan_document


@pytest.fixture(scope="module")
def document(pair):
    return pair


@pytest.fixture
def no_way_out(monkeypatch):
    """Let no way out be planned with, where only what collides is asked."""
    monkeypatch.setattr(ways_tried.WaysTried, "_planned", lambda self, asked, offer: None)


@pytest.fixture(scope="module")
def session(pair):
    return open_table(pair)


def first_offers(session, slot, eater=None):
    """The replacements of the first of a meal's things that has any."""
    every = (rank_replacements(session, day, slot, eater=eater) for day in (1, 2, 3))
    return next(one for one in every if one.offers)


def has_partners(offer):
    return any(own.beside for own in offer.each.values())


def item(plan, day, slot, number=0):
    meal = next(one for one in plan.days[day - 1].meals if one.slot == slot)
    return meal.items[number]


def holders(one):
    return [share.eater for share in one.shares]


def own_things(plan, eater):
    return {
        (day.day, meal.slot, one.item_id, share.servings)
        for day in plan.days
        for meal in day.meals
        for one in meal.items
        for share in one.shares
        if share.eater == eater
    }


def banned(request, name, *eaters):
    """The request with something left out by all, or by some."""
    if not eaters:
        return replace(request, preferences=replace(request.preferences, without=(name,)))
    changed = tuple(
        replace(one, preferences=replace(one.preferences, without=(name,)))
        if one.name in eaters
        else one
        for one in request.eaters
    )
    return replace(request, eaters=changed)


def judged(report):
    document = parse_plan_document(as_json(report), "plan.json")
    return check_document(document, report.foods)


def test_a_shared_dish_that_goes_goes_for_both_and_another_is_shared(document):
    gone = item(document.plan, 1, "dinner").item_id
    result = replan_table(document, banned(document.request, gone, "Tom"))
    assert result.report.passed
    assert judged(result.report).passed
    main = item(result.report.plan, 1, "dinner")
    assert main.item_id != gone
    assert holders(main) == ["Ann", "Tom"]
    kept = own_things(result.report.plan, "Ann") & own_things(document.plan, "Ann")
    assert len(kept) >= len(own_things(document.plan, "Ann")) / 2


def test_what_one_may_not_have_stays_on_the_others_own_plate(document):
    day, slot, own = next(
        (day.day, meal.slot, one)
        for day in document.plan.days
        for meal in day.meals
        for one in meal.items
        if holders(one) == ["Ann"]
    )
    stay = Stay((LockWish(day, slot),), names=("Ann",))
    result = replan_table(document, banned(document.request, own.item_id, "Tom"), stay)
    assert result.report.passed
    things = {one[:3] for one in own_things(result.report.plan, "Ann")}
    assert (day, slot, own.item_id) in things
    assert f"Ann: day {day} {slot}" in result.report.notes[-1]


def test_a_bound_of_one_eater_moves_that_eaters_plan_to_it(document):
    least = TargetOverride("iron_mg", 22.0, None, "week", True)
    ann, tom = document.request.eaters
    eaters = (replace(ann, overrides=(least,)), tom)
    result = replan_table(document, replace(document.request, eaters=eaters))
    assert result.report.passed
    assert result.report.reports["Ann"].plan.means["iron_mg"] >= 22.0
    assert least not in result.report.reports["Tom"].request.overrides


@pytest.mark.usefixtures("no_way_out")
def test_a_dish_that_one_keeps_and_the_other_never_wants_is_told_under_the_other(document):
    dish = item(document.plan, 1, "dinner")
    never = FrequencyRule(dish.item_id, "<=", 0)
    ann, tom = document.request.eaters
    tom = replace(tom, preferences=replace(tom.preferences, per_week=(never,)))
    stay = Stay((LockWish(1, "dinner"),), names=("Ann",))
    result = replan_table(document, replace(document.request, eaters=(ann, tom)), stay)
    assert result.report.outcome.status == "infeasible"
    assert list(result.report.reports) == ["Tom"]
    sentences = [text for _, _, text in result.report.reports["Tom"].refusal.conflict]
    assert f"Day 1 dinner: {dish.name}" in sentences[0]
    assert f"left out as asked: {dish.item_id}" in sentences[0]


def test_more_days_are_planned_beside_the_old_ones(document):
    request = replace(document.request, week=replace(document.request.week, days=4))
    stay = Stay((LockWish(1), LockWish(2), LockWish(3)))
    result = replan_table(document, request, stay)
    assert result.report.passed
    assert {one.day for own in result.difference.eaters.values() for one in own.changes} == {4}


def test_a_shared_dish_is_replaced_for_both_in_portions_of_their_own(session):
    found = first_offers(session, "dinner")
    assert list(found.eaters) == ["Ann", "Tom"]
    for offer in found.offers:
        assert {one.column.candidate.candidate_id for one in offer.each.values()} == {
            offer.candidate_id
        }
        assert offer.points == pytest.approx(sum(one.swap.points for one in offer.each.values()))
    assert [one.points for one in found.offers] == sorted(one.points for one in found.offers)


def test_a_replacement_of_a_shared_dish_is_written_as_it_was_shown(session):
    found = first_offers(session, "dinner")
    best = found.offers[0]
    result = apply_replacement(session, best)
    assert judged(result.report).passed
    main = item(result.report.plan, found.day, "dinner")
    assert main.item_id == best.first.column.candidate.source_id
    assert (main.guests is not None) == (found.day == 2)
    for name, own in best.each.items():
        plan = result.report.reports[name].plan
        assert plan.days[found.day - 1].totals["magnesium_mg"] == pytest.approx(
            own.day_after.magnesium_mg
        )
        assert plan.cost == pytest.approx(own.cost_after)
        points = result.report.reports[name].outcome.objective - result.before[name]
        assert points == pytest.approx(own.swap.points, abs=1e-9)


def test_what_is_ones_own_is_replaced_for_one_and_nothing_moves_for_the_other(session):
    found = first_offers(session, "lunch", eater="tom")
    assert list(found.eaters) == ["Tom"]
    result = apply_replacement(session, found.offers[0])
    assert result.report.passed
    assert result.difference.eaters["Ann"].changes == ()
    moved = {one.slot for one in result.difference.eaters["Tom"].changes}
    assert "lunch" in moved
    assert moved == {"lunch"} or has_partners(found.offers[0])  # what goes with it is said


def test_whose_thing_is_replaced_must_be_said_where_each_has_another(session):
    with pytest.raises(ConfigError, match=r"(of (one's|their) own|a different item).* — say whose"):
        rank_replacements(session, 1, "lunch")
    with pytest.raises(ConfigError, match="nobody at the table is called 'Bob'"):
        rank_replacements(session, 1, "lunch", eater="Bob")


def test_a_file_in_which_the_pot_was_changed_by_hand_is_put_right_by_planning_again(pair_path):
    raw = json.loads(pair_path.read_text("utf-8"))
    meals = {meal["slot"]: meal["items"] for meal in raw["days"][0]["meals"]}
    dinner = meals["dinner"]
    pot = dinner[0]
    lunch, other = next(
        (items, one)
        for slot, items in meals.items()
        for one in items
        if slot != "dinner" and [share["eater"] for share in one["for"]] == ["Tom"]
    )
    pot["for"] = [one for one in pot["for"] if one["eater"] == "Ann"]
    dinner.append(other)
    lunch.remove(other)
    changed = parse_plan_document(json.dumps(raw), "plan.json")
    assert not check_document(changed, read_embedded_foods()).passed
    result = replan_table(changed, changed.request)
    assert result.report.passed
    assert holders(item(result.report.plan, 1, "dinner")) == ["Ann", "Tom"]
