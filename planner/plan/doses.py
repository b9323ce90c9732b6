"""With which meal each dose is taken: split, spread over the day, and apart where it must be."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.plan.plan import ADDED, SUPPLEMENT, TAKEN, Item
from planner.safety.gate import AS_USUAL, Hours, Taken, keeps_hours, meal_hour
from planner.safety.medicines import Medicine
from planner.settings import read_settings
from planner.targets.target import unit_word

_NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class DailyAmount:
    """A supplement as it is taken in a day.

    Parameters
    ----------
    item_id, name
        Id of the compound, and what to call it.
    nutrient, amount
        What it supplies, and how much a day [the nutrient's unit].
    taken_dose
        What one dose holds of what somebody takes already [the nutrient's unit]: it is never
        split. ``None`` for what a plan adds.
    cost_usd
        Price of the amount of a day [USD]; 0 for what is taken already.
    """

    item_id: str
    name: str
    nutrient: str
    amount: float
    taken_dose: float | None = None
    cost_usd: float = 0.0


def place_doses(
    amounts: Iterable[DailyAmount],
    slots: Sequence[str],
    drugs: Sequence[Medicine],
    hours: Hours = AS_USUAL,
) -> dict[str, list[Item]]:
    """Return slot → doses for a day with the meals ``slots``, beside the medicines ``drugs``.

    ``hours``: of meals that are not eaten at the usual one.

    What is taken already stays as it is taken; what a plan adds is split where it is too much for
    one dose.

    Where every meal collides with something, the meal with the fewest doses takes one more: the
    schedule beside the plan then says the hours.
    """
    amounts, daily = tuple(amounts), dict[str, float]()
    for amount in amounts:
        daily[amount.nutrient] = daily.get(amount.nutrient, 0.0) + amount.amount
    doses = [(amount, part) for amount in amounts for part in _parts(amount)]
    settings, placed = read_settings("supplements.toml"), {slot: list[Item]() for slot in slots}
    for amount, part in doses:
        liked = [slot for slot in settings["meals"][amount.nutrient] if slot in placed]
        dose = {slot: _intake(slot, amount.nutrient, daily, hours) for slot in liked}
        held = [_intake(slot, key, daily, hours) for slot, key in _held(placed)]
        open_slots = [slot for slot in liked if keeps_hours(drugs, [dose[slot]])]
        has = {slot for slot, key in _held(placed) if key == amount.nutrient}
        free = [slot for slot in open_slots if slot not in has]
        best = [slot for slot in free if keeps_hours(drugs, [*held, dose[slot]])]
        best = best or sorted(open_slots or liked, key=lambda slot: len(placed[slot]))
        placed[best[0]].append(_item(amount, part))
    return {slot: items for slot, items in placed.items() if items}


def most_in_dose(nutrient: str) -> float:
    """Return the most of a nutrient in one dose [its unit]; infinite where it need not be split."""
    return float(read_settings("supplements.toml")["most_in_dose"].get(nutrient, math.inf))


def _parts(one: DailyAmount) -> list[float]:
    if one.taken_dose is not None:
        count = math.floor(one.amount / one.taken_dose + _NEAR)
        rest = one.amount - count * one.taken_dose
        return [one.taken_dose] * count + ([rest] if rest > _NEAR * one.amount else [])
    count = max(1, math.ceil(one.amount / most_in_dose(one.nutrient) * (1 - _NEAR)))
    return [one.amount / count] * count


def _held(placed: Mapping[str, Iterable[Item]]) -> Iterator[tuple[str, str]]:
    """Yield (meal, nutrient) of what is placed, each pair once."""
    every = ((slot, item) for slot, items in placed.items() for item in items)
    pairs = ((slot, key) for slot, item in every for key in item.nutrients)
    yield from dict.fromkeys(pairs)


def _intake(slot: str, nutrient: str, daily: Mapping[str, float], hours: Hours) -> Taken:
    """Return a dose with a meal as the schedule of the day sees it."""
    name = f"{nutrient} with {slot}"
    return Taken(name, nutrient, daily[nutrient]).at(meal_hour(slot, hours))


def _item(one: DailyAmount, part: float) -> Item:
    measure = f"1 dose of {part:.4g} {unit_word(one.nutrient)}"
    nutrients = {one.nutrient: part}
    cost_usd = one.cost_usd * part / one.amount if one.amount else 0.0
    beside = ADDED if one.taken_dose is None else TAKEN
    dose = Item(SUPPLEMENT, one.item_id, one.name, 1.0, measure, 0.0, (), nutrients, cost_usd, 0)
    return replace(dose, beside=beside)
