"""Swap one thing of a table: for one eater, or for all who share it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from planner.candidates.candidate import Column
from planner.errors import ConfigError
from planner.explain.replacements import (
    Replacement,
    Replacements,
    Sides,
    TableReplacement,
    TableReplacements,
)
from planner.explain.table_report import TableReport, with_change_note
from planner.export.figures import price_text
from planner.export.shopping import over_budget_usd
from planner.faults import fault
from planner.model.days import PutDish
from planner.plan.diff import DayFigures, compare_tables, day_figures
from planner.plan.locks import find_item
from planner.plan.plan import ABSENT
from planner.plan.shares import present_days
from planner.request.request import NAMELESS
from planner.rhythm.swap import points_before, rank_roles, swapped_weeks
from planner.rhythm.weeks import change_weeks
from planner.search.evaluate import Choices
from planner.solve.compose import TableOutcome, add_up
from planner.solve.swap import Ranking, Swap, apply_swap, rank_swaps
from planner.solve.together import terms_beside
from planner.solve.weeks import joined_weeks
from planner.table.report import report_table
from planner.table.session import (
    EaterSession,
    EditReport,
    TableSession,
    check_seated,
    find_eater,
    judge_choices,
    seat_table,
)

_DEAREST, _CHEAPEST = 8, 2  # main dishes that are looked at, and what may stand in their places


def rank_replacements(
    session: TableSession, day: int, slot: str, name: str | None = None, eater: str | None = None
) -> TableReplacements:
    """Rank what may stand in the place of one thing, for one eater or for all who share it.

    What is shared is replaced for all its eaters, each in the portion and with the partners of the
    fewest points, and ranked by their sum; only what keeps everybody's rules is offered.

    Parameters
    ----------
    session
        The plan.
    day, slot
        Day from 1, and meal.
    name
        Id or name of the thing; the first of the meal when left out.
    eater
        Whose it is; may be left out where it is shared, or only one eater's.

    Raises
    ------
    ConfigError
        When the plan has no such thing or eater, it is not said whose, or the plan holds what may
        not be planned any more.
    """
    if session.roles is not None:
        whose = eater and find_eater(eater, list(session.table.weeks))
        return rank_roles(session.roles, day, slot, name, whose)
    item_id, names = _whose(session, day, slot, name, eater)
    for who, one in session.eaters.items():
        _check_own(who, one)
        if who in names:
            _check_not_put(one, day, slot, item_id)
            _check_not_frozen(one, day, item_id)
    ranked = {who: _ranked(session.eaters[who], day, slot, item_id) for who in names}
    if len(names) == 1:
        offers = [  # who asks wants another thing: other portions of the same are last
            _offer({names[0]: one})
            for is_same in (False, True)
            for one in ranked[names[0]].offers
            if (one.column.candidate.source_id == item_id) is is_same
        ]
    else:
        offers = _common_offers(ranked, item_id)
    found = TableReplacements(day, slot, ranked, (), session.plan.cost)
    return _in_order(found, offers)


def paid_usd(session: TableSession) -> float:
    """Return what is paid at checkout as a plan stands [USD]."""
    if session.roles is not None:
        stood = change_weeks(session.roles, time.perf_counter(), is_new=False)
        return report_table(session.table, stood.outcome).shopping.total_usd
    stands = report_choices(session, choices_of(session), with_bound=False)
    return stands.shopping.total_usd


def by_saving(session: TableSession, found: TableReplacements, most: int) -> TableReplacements:
    """Order replacements by price: of the ``most`` cheapest by what is paid at checkout."""
    offers = sorted(found.offers, key=lambda one: sum(own.cost_after for own in one.each.values()))
    paid: list[TableReplacement] = []
    for offer in offers[:most]:
        usd = _report_with(session, offer, with_bound=False).shopping.total_usd
        own = {name: replace(one, checkout_usd=usd) for name, one in offer.each.items()}
        paid.append(replace(offer, each=own))
    paid.sort(key=lambda one: one.first.checkout_usd or 0.0)
    return _in_order(found, [*paid, *offers[most:]])


def savings(session: TableSession, most: int) -> Iterator[tuple[TableReplacements, TableSession]]:
    """Return what saves most at checkout in the place of a dear main dish, one after another.

    Each has one offer, and stands beside the session that it is made in: with those before it.
    """
    if session.roles is not None:
        session = replace(session, roles=replace(session.roles, is_near=True))
    usd: float | None = paid_usd(session)
    for _ in range(most):
        best = _best_saving(session, usd or 0.0)
        if best is None:
            return
        yield best, session
        usd = best.offers[0].first.checkout_usd
        report = _report_with(session, best.offers[0], with_bound=False)
        assert report.plan is not None
        if session.roles is None:
            session = seat_table(report.plan, session.table, session)
        else:
            roles = replace(session.roles, plan=report.plan)
            session = replace(session, plan=report.plan, roles=roles)


def _best_saving(session: TableSession, least_usd: float) -> TableReplacements | None:
    """Find the replacement of a dear main dish that saves most of what is paid, if any does."""
    dear: dict[str, tuple[float, int, str]] = {}
    for day, meal, item in session.plan.served():
        if item is meal.items[0] and item.leftover_of is None:
            seat = (sum(one.cost for one in meal.items), day.day, meal.slot)
            dear[item.item_id] = max(seat, dear.get(item.item_id, seat))
    best: TableReplacements | None = None
    for _cost, number, slot in sorted(dear.values(), reverse=True)[:_DEAREST]:
        try:
            ranked = by_saving(session, rank_replacements(session, number, slot), _CHEAPEST)
        except ConfigError:  # it was put there, or each has another portion of it
            continue
        usd = ranked.offers[0].first.checkout_usd if ranked.offers else None
        if usd is not None and usd < least_usd:
            least_usd, best = usd, _in_order(ranked, ranked.offers[:1])
    return best


def _in_order(found: TableReplacements, offers: Sequence[TableReplacement]) -> TableReplacements:
    """Return replacements their ranks as they stand; where one eater has them, to that one too."""
    ranked = []
    for rank, one in enumerate(offers, start=1):
        each = {name: replace(own, rank=rank) for name, own in one.each.items()}
        ranked.append(TableReplacement(rank, one.points, each))
    eaters = found.eaters
    if len(eaters) == 1:
        own_offers = tuple(one.first for one in ranked)
        eaters = {name: replace(own, offers=own_offers) for name, own in eaters.items()}
    return replace(found, eaters=eaters, offers=tuple(ranked))


def apply_replacement(session: TableSession, chosen: TableReplacement) -> EditReport:
    """Make a replacement and judge the whole table anew.

    Raises
    ------
    ConfigError
        When the till would say more than the budget.
    """
    report = with_change_note(_report_with(session, chosen), ())
    before: dict[str, float | None] = points_before(chosen, report.reports)
    before |= {name: own.points() for name, own in session.eaters.items()}
    assert report.plan is not None
    over_usd = over_budget_usd(report)
    if over_usd > 0.0:
        raise fault(ConfigError, "over_at_checkout", "--apply", price=price_text(over_usd))
    difference = compare_tables(session.plan, report.plan)
    return EditReport(report, difference, before)


def _report_with(
    session: TableSession, chosen: TableReplacement, *, with_bound: bool = True
) -> TableReport:
    if session.roles is not None:
        return report_table(session.table, swapped_weeks(chosen.first))
    choices = choices_of(session)
    for name, one in chosen.each.items():
        choices[name][one.week] = apply_swap(choices[name][one.week], one.swap)
    return report_choices(session, choices, with_bound=with_bound)


def choices_of(session: TableSession) -> dict[str, list[Choices]]:
    """Return for each eater the columns of the days of each week, as they stand."""
    return {
        name: [one.seating.choices for one in own.weeks] for name, own in session.eaters.items()
    }


def report_choices(
    session: TableSession,
    choices: Mapping[str, Sequence[Choices]],
    found: TableReport | None = None,
    *,
    with_bound: bool = True,
) -> TableReport:
    """Report on the weeks that everybody has, each as columns of its days, without any search.

    Parameters
    ----------
    session, choices
        The table, and name → the columns of the days of each week.
    found
        By which search they were found; ``None``: by none.
    with_bound
        As of ``judge_choices``.
    """
    started = time.perf_counter()
    outcomes = {
        name: judge_choices(
            own,
            choices[name],
            started,
            None if found is None else found.reports[name].outcome,
            with_bound=with_bound,
        )
        for name, own in session.eaters.items()
    }
    source, weeks = next(iter(session.table.weeks.values())).source, []
    for each in zip(*(one.weeks or (one,) for one in outcomes.values()), strict=True):
        beside = terms_beside(source, (one.days for one in each))
        names = dict(zip(outcomes, each, strict=True))
        weeks.append(TableOutcome(add_up(each, beside), names))
    return report_table(session.table, joined_weeks(weeks))


def _ranked(session: EaterSession, day: int, slot: str, name: str) -> Replacements:
    """Rank what one eater may have in the place of one thing; all portions are priced at once."""
    of_day, item = find_item(session.plan, day, slot, name)
    if item.is_beside:
        raise fault(ConfigError, "not_part_of_meal", name=item.name)
    week, number, old = session.seat_of(of_day, slot, item)
    parts, seating = session.weeks[week].parts, session.weeks[week].seating
    ranking = rank_swaps(parts, seating.choices, number, old)
    before = day_figures(of_day)
    return Replacements(
        day=day,
        slot=slot,
        item=item,
        day_before=before,
        cost_before=session.plan.cost,
        offers=_own_offers(session, before, ranking, (week, day)),
        considered=ranking.considered,
        dates=session.plan.dates,
    )


def _check_not_put(session: EaterSession, day: int, slot: str, item_id: str) -> None:
    """Refuse to swap away what was put on the meal: it would not be put there any more."""
    week, number = session.place_of(day - 1)
    source = session.weeks[week].parts.model.source
    put = PutDish(slot, item_id)  # of several that are meant another may stand there
    if source.puts and put in source.own_puts(source.puts[number]):
        raise fault(ConfigError, "put_stays", item_id=item_id, slot=slot, day=day)


def _check_not_frozen(session: EaterSession, day: int, item_id: str) -> None:
    """Refuse to swap away a pot of which another week eats a portion from the freezer."""
    for later, meal, item in session.plan.served():
        is_its = (item.item_id, item.leftover_of) == (item_id, day)
        if is_its and session.place_of(later.day - 1)[0] != session.place_of(day - 1)[0]:
            told = {"day": day, "later": later.day, "slot": meal.slot}
            raise fault(ConfigError, "frozen_later", name=item.name, **told)


def _check_own(name: str, session: EaterSession) -> None:
    try:
        check_seated(session)
    except ConfigError as error:
        raise error.at(", ".join(filter(None, (name, error.where)))) from None


def _whose(
    session: TableSession, day: int, slot: str, name: str | None, eater: str | None
) -> tuple[str, tuple[str, ...]]:
    """Return the id of the thing, and the names of those for whom it is replaced."""
    if NAMELESS in session.eaters:
        if eater is not None:
            raise ConfigError("the plan is that of one eater", "--eater", "leave it out")
        return find_item(session.plan, day, slot, name)[1].item_id, (NAMELESS,)
    if eater is not None:
        eater = find_eater(eater, list(session.eaters))
        _, item = find_item(session.eaters[eater].plan, day, slot, name)
        return item.item_id, _sharers(session, day, slot, item.item_id, eater)
    _, item = find_item(session.plan, day, slot, name)
    holders = [share.eater for share in item.shares]
    names = _sharers(session, day, slot, item.item_id, holders[0])
    if len(holders) > len(names):
        told = {"names": " and ".join(holders), "name": item.name, "holder": holders[0]}
        raise fault(ConfigError, "own_items_alike", **told, slot=slot, day=day)
    days = [one.plan.days[day - 1] for one in session.eaters.values()]
    if name is None and len(names) == 1 < len(present_days(days)):
        known = ", ".join(session.eaters)
        raise fault(ConfigError, "own_items_differ", slot=slot, day=day, names=known)
    return item.item_id, names


def _sharers(
    session: TableSession, day: int, slot: str, item_id: str, eater: str
) -> tuple[str, ...]:
    """Name those who have a thing from the same pot; the eater alone where it is not shared."""
    own = session.eaters[eater]
    of_day, item = find_item(own.plan, day, slot, item_id)
    if item.is_beside:
        return (eater,)
    week, _, column = own.seat_of(of_day, slot, item)
    place = own.weeks[week].parts.arrays.places[column]
    sharers = session.table.shared.get(place, ())
    names = [one for one in sharers if session.eaters[one].plan.days[day - 1].facts != ABSENT]
    if eater not in names:
        return (eater,)
    for name in names:
        if not _has_there(session.eaters[name], day, slot, item_id, place):
            told = " and ".join(names)
            raise fault(ConfigError, "shared_main_differs", names=told, slot=slot, day=day)
    return tuple(names)


def _has_there(session: EaterSession, day: int, slot: str, item_id: str, place: str) -> bool:
    """Whether an eater has a thing on a place."""
    try:
        of_day, item = find_item(session.plan, day, slot, item_id)
    except ConfigError:
        return False
    week, _, column = session.seat_of(of_day, slot, item)
    return session.weeks[week].parts.arrays.places[column] == place


def _common_offers(ranked: Mapping[str, Replacements], item_id: str) -> list[TableReplacement]:
    """Return the dishes that keep everybody's rules, for each eater in the best portion."""
    best: dict[str, dict[str, Replacement]] = {}
    for name, found in ranked.items():
        for one in found.offers:  # the portion with the fewest points comes first
            if one.column.candidate.source_id != item_id:
                best.setdefault(one.column.candidate.candidate_id, {}).setdefault(name, one)
    offers = [_offer(each) for each in best.values() if len(each) == len(ranked)]
    return sorted(offers, key=lambda one: (one.points, one.candidate_id))


def _offer(each: Mapping[str, Replacement]) -> TableReplacement:
    return TableReplacement(0, sum(one.swap.points for one in each.values()), each)


def _own_offers(
    session: EaterSession, before: DayFigures, ranking: Ranking, seat: tuple[int, int]
) -> tuple[Replacement, ...]:
    """Give the offers to one eater; ``seat`` is the week from 0, and the day of the plan from 1."""
    week, day = seat
    columns = session.weeks[week].parts.model.table.columns
    times = len(session.plan.days) / session.menus  # a menu that comes again is paid for again
    offers = []
    for rank, swap in enumerate(ranking.swaps, start=1):
        first = swap.moves[0]
        changes = [(on, columns[one], sign) for on, one, sign in swap.changes()]
        cost = sum(sign * column.serving.cost_usd for _, column, sign in changes)
        here = [(column, sign) for on, column, sign in changes if on == first.day]
        figures, usd = _figures_after(session, before, here), session.plan.cost + cost * times
        beside = tuple(_beside(swap, columns, day - first.day))
        offers.append(Replacement(rank, columns[first.new], swap, figures, usd, week, beside))
    return tuple(offers)


def _beside(swap: Swap, columns: Sequence[Column], offset: int) -> Iterator[Sides]:
    """Describe what changes beside main dishes; ``offset`` leads to the days of the plan."""
    for one in swap.partners:
        gone, come = (tuple(columns[at] for at in some) for some in (one.gone, one.come))
        for slot in dict.fromkeys(column.slot for column in (*gone, *come)):
            here = (tuple(c for c in some if c.slot == slot) for some in (gone, come))
            yield Sides(one.day + offset, slot, *here)


def _figures_after(
    session: EaterSession, before: DayFigures, changes: Sequence[tuple[Column, int]]
) -> DayFigures:
    """Return the figures of a day with columns that come (1) and go (-1)."""
    amounts = np.sum([sign * column.serving.amounts for column, sign in changes], axis=0)
    more = dict(zip(session.week.candidates.nutrients, amounts.tolist(), strict=True))
    magnesium = _plus(before.magnesium_mg, more["magnesium_mg"])
    calcium = _plus(before.calcium_mg, more["calcium_mg"])
    return DayFigures(
        magnesium_mg=magnesium,
        calcium_mg=calcium,
        ca_mg_ratio=calcium / magnesium if calcium is not None and magnesium else None,
        energy_kcal=_plus(before.energy_kcal, more["energy_kcal"]),
        cost=before.cost + sum(sign * column.serving.cost_usd for column, sign in changes),
    )


def _plus(amount: float | None, more: float) -> float | None:
    return None if amount is None else amount + more
