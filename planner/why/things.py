"""What each thing on the table brings, and why it is there: what breaks without it, what else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from planner.explain.account import ItemReason, Standin, Tally
from planner.explain.offers import EACH_DAY, OVER_THE_WEEK
from planner.meals.served import partner_places
from planner.model.keys import ASKED, RULES, RowKey
from planner.plan.plan import Day, Item
from planner.search.evaluate import Choices, evaluate_week
from planner.solve.parts import WeekParts
from planner.solve.swap import apply_swap, rank_swaps
from planner.table.session import EaterSession
from planner.targets.target import said_on
from planner.why.ledger import week_figures

MAIN = ".main"
WhichThings = Literal["every", "main", "none"]


def reasons_of_items(
    session: EaterSession,
    days: Sequence[int],
    keys: Sequence[str],
    asked: WhichThings,
    slot: str = "",
) -> Iterator[ItemReason]:
    """Say of each thing of some days what it brings, and of some why they are there.

    Parameters
    ----------
    session
        The plan, all of which may still be planned.
    days
        Days of the plan, from 1.
    keys
        Nutrients whose amounts are told.
    asked, slot
        Of which to say why they are there, and of the things of which meal; empty: of all.
    """
    for of_day in session.plan.days:
        if of_day.day in days:
            for meal, item in of_day.served():
                which = asked if slot in ("", meal.slot) else "none"
                yield _reason(session, of_day, meal.slot, item, keys, which)


def _reason(
    session: EaterSession,
    of_day: Day,
    slot: str,
    item: Item,
    keys: Sequence[str],
    asked: WhichThings,
) -> ItemReason:
    named = of_day.day, slot, item.item_id, item.name, item.measure
    amounts = {key: item.nutrients.get(key) for key in keys}
    plain = ItemReason(*named, amounts, item.nutrients.get("energy_kcal"), item.cost, {})
    if item.is_beside:
        return plain
    week, number, column = session.seat_of(of_day, slot, item)
    seated = session.weeks[week]
    parts, choices = seated.parts, seated.seating.choices
    model = parts.model
    terms = model.terms[model.source.weekend[number]]
    own = {name: float(values[column]) for name, values in terms.items() if values[column]}
    is_main = parts.arrays.places[column].endswith(MAIN)
    looked = asked == "every" or (asked == "main" and is_main)
    instead = best_instead(parts, choices, number, column) if looked else None
    holds = tuple(rules_without(parts, choices, number, column)) if looked else ()
    return replace(
        plain,
        points=own,
        holds=holds,
        instead=instead,
        is_looked_at=looked,
        liked=_liked(session, item),
        meals=_meals_of(session, of_day, item),
    )


def _liked(session: EaterSession, item: Item) -> tuple[str, ...]:
    """Name the likes that a thing is of, itself or by what is in it."""
    held = {food_id for food_id, _mass_g in item.ingredients}
    return tuple(
        what.name
        for what, _grade in session.week.source.wishes.likes
        if item.item_id in what.dish_ids or held & what.food_ids
    )


def _meals_of(session: EaterSession, of_day: Day, item: Item) -> tuple[int, ...]:
    """Give the days that have a thing of one cooking, the first being that on which it is made."""
    first = item.leftover_of or of_day.day
    again = (
        day.day
        for day in session.plan.days
        for one in day.items()
        if one.item_id == item.item_id and one.leftover_of == first
    )
    return first, *again


def best_instead(parts: WeekParts, choices: Choices, day: int, column: int) -> Standin | None:
    """Find the best other thing that may stand in a place; ``None`` where nothing may."""
    columns = parts.model.table.columns
    own_id = columns[column].candidate.source_id
    for swap in rank_swaps(parts, choices, day, column).swaps:
        candidate = columns[swap.moves[0].new].candidate
        if candidate.source_id != own_id:
            portion = columns[swap.moves[0].new].serving.portion
            after = apply_swap(choices, swap)
            names = candidate.source_id, candidate.name, portion.measure
            rules = rules_moved(parts, choices, after)
            return Standin(*names, change_of(parts, choices, after), rules)
    return None


def change_of(parts: WeekParts, before: Choices, after: Choices) -> Tally:
    """Describe what a week has more than another, both judged by every row."""
    return week_figures(parts, after)[0].less(week_figures(parts, before)[0])


def rules_moved(parts: WeekParts, before: Choices, after: Choices) -> dict[str, float]:
    """Give what a week pays more than another for rules that it keeps less well: rule → points."""
    old, new = (evaluate_week(parts.arrays, parts.between, one).terms for one in (before, after))
    return {rule: new.get(rule, 0.0) - old.get(rule, 0.0) for rule in {**old, **new}}


def rules_without(parts: WeekParts, choices: Choices, day: int, column: int) -> Iterator[str]:
    """Describe which rules would not hold without a thing, its partners gone with it."""
    places = parts.arrays.places
    partners = partner_places(places[column]) if places[column].endswith(MAIN) else ()
    gone = {column, *(one for one in choices[day] if places[one] in partners)}
    rest = tuple(one for one in choices[day] if one not in gone)
    left = (*choices[:day], rest, *choices[day + 1 :])
    broken = evaluate_week(parts.arrays, parts.between, left).broken
    yield from rules_said(parts, [one for one in broken if _is_told(_key_of(parts, one))])


def _is_told(key: RowKey) -> bool:
    """Whether a row says what a thing is for: any meal has energy, and is a meal."""
    rule = RULES[key.rule]
    return key.subject != "energy_kcal" and (rule.is_band or rule.standing == ASKED)


def rules_said(parts: WeekParts, broken: Sequence[str]) -> list[str]:
    """Say broken rows as rules, each once: bands by their nutrient, others by their sentence."""
    return list(dict.fromkeys(_rule_said(_key_of(parts, name)) for name in broken))


def _key_of(parts: WeekParts, name: str) -> RowKey:
    plain = name.partition("@")[0]
    return parts.model.keys.get(plain, RowKey(plain.split(".")[0]))


def _rule_said(key: RowKey) -> str:
    rule = RULES[key.rule]
    if rule.is_band:
        when = EACH_DAY if key.rule.endswith("_day") else OVER_THE_WEEK
        return f"{said_on(key.subject, key.basis)} {when}"
    return rule.sentence
