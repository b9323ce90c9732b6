"""Changes to the plan of two at a table: what is shared moves for both, the rest for one."""

import json
from dataclasses import replace

import pytest

from planner import pipeline
from planner.check.document import check_document
from planner.document.terminal import as_plain
from planner.errors import ConfigError
from planner.export.as_json import as_json
from planner.export.swaps import swaps_told
from planner.language.names import named
from planner.plan.locks import LockWish, Stay
from planner.request.eater import Eater, Guests
from planner.request.override import TargetOverride
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import BODY_FIELDS, PlanRequest, WeekOptions
from planner.table import ways_tried
from planner.table.replan import replan_table
from planner.table.session import open_table
from planner.table.swap import apply_replacement, rank_replacements
from planner.wire.document import parse_plan_document
from tests.one_eater import refuse_solvers

ANN = Eater("Ann", Profile("f", 40, 168, 64, "active"))
# Two grown-ups: a child's bounds of each day leave a dinner of three days few replacements.
TOM = Eater("Tom", Profile("m", 30, 178, 75, "active"), Preferences(without=("peanut",)))
WEEK = WeekOptions(days=3, guests=(Guests(2, "dinner", 2),))
REQUEST = PlanRequest(assumed=BODY_FIELDS, eaters=(ANN, TOM), week=WEEK)


@pytest.fixture(scope="module")
def planned():
    return pipeline.plan_meals(REQUEST)


@pytest.fixture(scope="module")
def document(planned):
    return parse_plan_document(as_json(planned), "plan.json")


@pytest.fixture
def no_way_out(monkeypatch):
    """Let no way out be planned with, where only what collides is asked."""
    monkeypatch.setattr(ways_tried.WaysTried, "_planned", lambda self, asked, offer: None)


@pytest.fixture(scope="module")
def session(document):
    return open_table(document)


# With more room for salt and calcium: what stands beside a dinner leaves few others in its place.
ROOM = (TargetOverride("sodium_mg", None, 4000.0), TargetOverride("ca_mg_ratio", None, 2.6))


@pytest.fixture(scope="module")
def with_room():
    eaters = tuple(replace(one, overrides=ROOM) for one in REQUEST.eaters)
    report = pipeline.plan_meals(replace(REQUEST, eaters=eaters))
    return open_table(parse_plan_document(as_json(report), "plan.json"))


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


def test_a_plan_that_nothing_is_asked_of_moves_nothing(document):
    result = replan_table(document, document.request, Stay((LockWish(1), LockWish(2))))
    assert result.report.passed
    assert not any(own.changes for own in result.difference.eaters.values())
    assert result.before["Tom"] == pytest.approx(result.report.reports["Tom"].outcome.objective)


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


@pytest.mark.usefixtures("no_way_out")
def test_a_lock_of_a_dish_that_one_may_not_have_any_more_is_refused_by_name(document):
    dish = item(document.plan, 1, "dinner")
    stay = Stay((LockWish(1, "dinner"),))
    result = replan_table(document, banned(document.request, dish.item_id, "Tom"), stay)
    assert result.report.plan is None
    assert list(result.report.reports) == ["Tom"]
    sentence = result.report.reports["Tom"].refusal.conflict[0][2]
    assert dish.name in sentence
    assert "cannot stay: left out as asked" in sentence


def test_a_bound_of_one_eater_moves_that_eaters_plan_to_it(document):
    before = document.plan.means["iron_mg"]
    least = TargetOverride("iron_mg", 22.0, None, "week", True)
    eaters = (replace(ANN, overrides=(least,)), TOM)
    result = replan_table(document, replace(document.request, eaters=eaters))
    assert result.report.passed
    assert result.report.reports["Ann"].plan.means["iron_mg"] >= 22.0
    assert before is not None
    assert result.report.reports["Tom"].request.overrides == ()


@pytest.mark.usefixtures("no_way_out")
def test_locks_that_a_bound_leaves_no_room_for_are_named_for_their_eater(document):
    # what is locked has about 600 mg a day
    much = TargetOverride("magnesium_mg", 900.0, None, "day", True)
    request = replace(document.request, eaters=(replace(ANN, overrides=(much,)), TOM))
    result = replan_table(document, request, Stay((LockWish(1), LockWish(2))))
    assert result.report.plan is None
    assert list(result.report.reports) == ["Ann"]
    assert "cannot" in result.report.reports["Ann"].refusal.conflict[0][2]


@pytest.mark.usefixtures("no_way_out")
def test_a_dish_that_one_keeps_and_the_other_never_wants_is_told_under_the_other(document):
    dish = item(document.plan, 1, "dinner")
    never = FrequencyRule(dish.item_id, "<=", 0)
    tom = replace(TOM, preferences=replace(TOM.preferences, per_week=(never,)))
    stay = Stay((LockWish(1, "dinner"),), names=("Ann",))
    result = replan_table(document, replace(document.request, eaters=(ANN, tom)), stay)
    assert result.report.outcome.status == "infeasible"
    assert list(result.report.reports) == ["Tom"]
    sentences = [text for _, _, text in result.report.reports["Tom"].refusal.conflict]
    assert f"Day 1 dinner: {dish.name}" in sentences[0]
    assert f"left out as asked: {dish.item_id}" in sentences[0]


def test_more_days_are_planned_beside_the_old_ones(document):
    request = replace(document.request, week=replace(WEEK, days=4))
    stay = Stay((LockWish(1), LockWish(2), LockWish(3)))
    result = replan_table(document, request, stay)
    assert result.report.passed
    assert {one.day for own in result.difference.eaters.values() for one in own.changes} == {4}


@pytest.mark.parametrize(
    ("stay", "message"),
    [
        (Stay(names=("Tim",)), r"nobody at the table is called 'Tim' — did you mean Tom\?"),
        (Stay((LockWish(9, "dinner"),)), "no day 9"),
        (Stay((LockWish(1, "lunch", "soap"),)), "has no 'soap' at lunch"),
        (Stay(keep=("soap",)), "nothing in the plan is called 'soap'"),
    ],
)
def test_what_the_table_does_not_have_is_said(document, stay, message):
    with pytest.raises(ConfigError, match=message):
        replan_table(document, document.request, stay)


@pytest.mark.usefixtures("no_way_out")
def test_a_ban_that_leaves_nothing_is_a_conflict_of_those_whom_it_leaves_nothing(document):
    wanted = ("fruit", "legumes", "nuts", "seeds", "whole_grains", "refined_grains", "milk", "egg")
    tom = replace(TOM, preferences=Preferences(without=wanted))
    result = replan_table(document, replace(document.request, eaters=(ANN, tom)))
    assert result.report.plan is None
    assert "Tom" in result.report.reports
    assert all(own.refusal is not None for own in result.report.reports.values())


def test_a_shared_dish_is_replaced_for_both_in_portions_of_their_own(with_room):
    found = first_offers(with_room, "dinner")
    assert list(found.eaters) == ["Ann", "Tom"]
    for offer in found.offers:
        assert {one.column.candidate.candidate_id for one in offer.each.values()} == {
            offer.candidate_id
        }
        assert offer.points == pytest.approx(sum(one.swap.points for one in offer.each.values()))
    assert [one.points for one in found.offers] == sorted(one.points for one in found.offers)


def test_a_replacement_of_a_shared_dish_is_written_as_it_was_shown(with_room):
    found = first_offers(with_room, "dinner")
    best = found.offers[0]
    result = apply_replacement(with_room, best)
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


def test_each_eater_gets_the_partners_that_the_new_shared_dish_needs(with_room):
    every = [rank_replacements(with_room, day, "dinner") for day in (1, 2, 3)]
    found = next(one for one in every if any(map(has_partners, one.offers[:3])))
    with_partners = [one for one in found.offers if has_partners(one)]
    for offer in with_partners[:3]:
        result = apply_replacement(with_room, offer)
        assert judged(result.report).passed
        for name, own in offer.each.items():
            have = own_things(result.report.plan, name)
            points = result.report.reports[name].outcome.objective - result.before[name]
            assert points == pytest.approx(own.swap.points, abs=1e-9)
            for sides in own.beside:
                for column in sides.come:
                    portion = column.serving.portion.servings
                    assert (sides.day, sides.slot, column.candidate.source_id, portion) in have
    text = " ".join(as_plain(swaps_told(found)).split())
    shown = next(own for one in found.offers[:3] for own in one.each.values() if own.beside)
    assert all(named(column.candidate.name) in text for column in shown.beside[0].come)


def test_what_is_ones_own_is_replaced_for_one_and_nothing_moves_for_the_other(with_room):
    found = first_offers(with_room, "lunch", eater="tom")
    assert list(found.eaters) == ["Tom"]
    result = apply_replacement(with_room, found.offers[0])
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


def test_a_list_for_all_who_share_asks_no_solver_and_no_search(session, monkeypatch):
    refuse_solvers(monkeypatch)
    found = rank_replacements(session, 1, "dinner")
    assert all(own.considered > 0 for own in found.eaters.values())


def test_the_list_shows_the_effect_on_each(with_room):
    found = first_offers(with_room, "dinner")
    text = as_plain(swaps_told(found))
    lines = text.splitlines()
    assert lines[0].startswith(f"Day {found.day}, dinner of Ann, Tom: ")
    assert max(map(len, lines)) <= 80
    assert "everybody's rules" in " ".join(text.split())


def test_a_file_in_which_the_pot_was_changed_by_hand_is_put_right_by_planning_again(planned):
    raw = json.loads(as_json(planned))
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
    assert not check_document(changed, planned.foods).passed
    result = replan_table(changed, changed.request)
    assert result.report.passed
    assert holders(item(result.report.plan, 1, "dinner")) == ["Ann", "Tom"]


def test_alternatives_differ_in_the_dinners_that_are_shared():
    first, second = pipeline.plan_alternatives(REQUEST, 2)
    assert first.passed
    assert second.passed
    dinners = [
        {item(report.plan, day, "dinner").item_id for day in (1, 2)} for report in (first, second)
    ]
    assert len(dinners[0] - dinners[1]) >= 1
    assert all(holders(item(second.plan, day, "dinner")) == ["Ann", "Tom"] for day in (1, 2))
    assert second.outcome.bound == pytest.approx(first.outcome.bound)
