"""Changes to the plan of two at a table: what is shared moves for both, the rest for one."""

from dataclasses import replace

import pytest

from planner.check.document import check_document
from planner.errors import ConfigError
from planner.export.as_json import as_json
from planner.table.replan import replan_table
from planner.table.session import open_table
from planner.table.swap import apply_replacement, rank_replacements
from planner.wire.document import parse_plan_document


@pytest.fixture(scope="module")
def document(pair):
    return pair


@pytest.fixture(scope="module")
def session(pair):
    return open_table(pair)


def first_offers(session, slot, eater=None):
    """The replacements of the first of a meal's things that has any."""
    every = (rank_replacements(session, day, slot, eater=eater) for day in (1, 2, 3))
    return next(ranking for ranking in every if ranking.offers)


def item(plan, day, slot, number=0):
    meal = next(own_meal for own_meal in plan.days[day - 1].meals if own_meal.slot == slot)
    return meal.items[number]


def holders(one):
    return [share.eater for share in one.shares]


def own_things(plan, eater):
    return {
        (day.day, meal.slot, own_item.item_id, share.servings)
        for day in plan.days
        for meal in day.meals
        for own_item in meal.items
        for share in own_item.shares
        if share.eater == eater
    }


def banned(request, name, *eaters):
    """The request with something left out by all, or by some."""
    if not eaters:
        return replace(request, preferences=replace(request.preferences, without=(name,)))
    changed = tuple(
        replace(eater, preferences=replace(eater.preferences, without=(name,)))
        if eater.name in eaters
        else eater
        for eater in request.eaters
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


def test_a_shared_dish_is_replaced_for_both_in_portions_of_their_own(session):
    found = first_offers(session, "dinner")
    assert list(found.eaters) == ["Ann", "Tom"]
    for offer in found.offers:
        assert {own_offer.column.candidate.candidate_id for own_offer in offer.each.values()} == {
            offer.candidate_id
        }
        assert {own_offer.swap.points for own_offer in offer.each.values()} == {offer.points}
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


def test_whose_thing_is_replaced_must_be_said_where_each_has_another(session):
    with pytest.raises(ConfigError, match=r"(of (one's|their) own|a different item).* — say whose"):
        rank_replacements(session, 1, "snack")
    with pytest.raises(ConfigError, match="nobody at the table is called 'Bob'"):
        rank_replacements(session, 1, "snack", eater="Bob")
