"""What the judge says about what stands beside the meals: supplements, water and other drinks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from foods.errors import FoodNotFoundError
from foods.nutrient import known_nutrients
from foods.supplement import Supplement, find_supplement, read_supplements
from foods.water import DRINK_GROUP, find_drink, find_water
from planner.check.lines import WATER_GROUP, JudgedTable, ServedItem
from planner.plan.plan import Item
from planner.request.days import days_away, menu_day
from planner.request.diets import find_diet
from planner.request.request import PlanRequest, Water, WeekOptions
from planner.safety.gate import SafetyVerdict
from planner.safety.sentences import ASK
from planner.safety.stops import drink_caps_for
from planner.settings import read_settings
from planner.shops import named
from planner.targets.taken import judge_request
from planner.wording import lowered

MAGNESIUM = "magnesium_mg"
PILL = "{words} from {name}"
RUN = "{first} to {last}"
UNASKED = "Day {days}: {pills}, a supplement that the request does not ask for."
UNASKED_ON = "Days {days}: {pills} a day, a supplement that the request does not ask for."
_G_PER_L = 1000


def beside_faults(table: JudgedTable, request: PlanRequest) -> Iterator[str]:
    """Describe which supplements, which water and which drinks a plan should not hold, or lacks.

    Parameters
    ----------
    table
        What is on the table.
    request
        What is taken and drunk already, and whether a supplement may be added.
    """
    asked, unknown = _cups_asked(table, request)
    yield from unknown
    for place in table.places:
        if place.item.is_supplement:
            yield from _item_faults(place, _dose_as_taken(request))
        elif place.item.is_in_litres and not _is_of(place, table, WATER_GROUP):
            yield f"{place}: only water is drunk beside the meals, so it is part of its meal."
        elif place.item.is_cup and not (
            place.item.item_id in asked and _is_of(place, table, DRINK_GROUP)
        ):
            yield f"{place}: no drink that the request asks for, so it is part of its meal."
    unasked: dict[tuple[str, ...], list[int]] = {}
    for day in range(1, table.days + 1):
        found = by_compound(table.supplements_on(day))
        taken = taken_amounts(request)
        yield from _missing_faults(day, found, taken)
        added = {key: amount - taken.get(key, 0.0) for key, amount in found.items()}
        added = {key: amount for key, amount in added.items() if _exceeds(amount, 0.0)}
        if request.allow_supplements:
            yield from _added_faults(day, added, request)
        elif added:
            unasked.setdefault(tuple(_unasked(*pair) for pair in added.items()), []).append(day)
    for pills, days in unasked.items():
        pattern = UNASKED if len(days) == 1 else UNASKED_ON
        yield pattern.format(days=_days_said(days), pills=" and ".join(pills))
    if request.water.is_drunk:
        yield from _water_faults(table, request.water)
    yield from _cup_faults(table, asked, request.week)
    yield from _cap_faults(table, asked, request)


def _is_of(place: ServedItem, table: JudgedTable, group: str) -> bool:
    """Whether an item is one food of a group, and nothing else is in it."""
    item, food = place.item, table.foods.get(place.item.item_id)
    is_alone = {food_id for food_id, _ in item.ingredients} <= {item.item_id}
    return item.kind == "food" and is_alone and food is not None and food.group == group


def _cups_asked(
    table: JudgedTable, request: PlanRequest
) -> tuple[Mapping[str, int], Sequence[str]]:
    """Return drink → cups a day, what is said last counts; and what of it nothing is called."""
    drinks = {food.food_id: food.name for food in table.foods.values() if food.group == DRINK_GROUP}
    asked: dict[str, int] = {}
    unknown = []
    for name, cups in request.preferences.drinks.items():
        try:
            asked[find_drink(name, drinks)] = cups
        except FoodNotFoundError as error:
            unknown.append(f"{error!s}.")
    return asked, unknown


def _cup_faults(table: JudgedTable, asked: Mapping[str, int], week: WeekOptions) -> Iterator[str]:
    """Yield the days on which there are more or fewer cups of a drink than the request asks for."""
    away = days_away(week)
    here = [day for day in range(1, table.days + 1) if menu_day(week, day) not in away]
    for food_id, cups in asked.items():
        food = table.foods[food_id]
        for day in here:
            lines = [line for line in table.lines_on(day) if line.food.food_id == food_id]
            drunk_g = math.fsum(line.mass_g for line in lines if line.place.item.is_cup)
            cup_g = food.traits.serving.measure.mass_g if food.traits else 0.0
            if _exceeds(abs(drunk_g - cups * cup_g), 0.0) or not cup_g:
                yield (
                    f"Day {day}: {drunk_g:g} g of {named(food.name)} by the cup, the request "
                    f"asks for {cups} "
                    f"times {cup_g:g} g."
                )


def _cap_faults(
    table: JudgedTable, asked: Mapping[str, int], request: PlanRequest
) -> Iterator[str]:
    """Yield drinks that exceed what a safety rule allows; the cups themselves are as asked for."""
    for cap in drink_caps_for(request.profile):
        for food_id, cups in asked.items():
            food = table.foods[food_id]
            if food.traits and food.traits.base == cap.base and cups > cap.cups_per_day:
                yield (
                    f"{named(food.name)}: {cups} cups a day, at most {cap.cups_per_day}: "
                    f"{cap.reason}."
                )


def _item_faults(place: ServedItem, declared: dict[str, float]) -> Iterator[str]:
    compound = known_compound(place.item.item_id)
    if compound is None:
        yield f"{place}: no compound {place.item.item_id!r}, so nothing of it can be judged."
        return
    amounts = {key: value for key, value in place.item.nutrients.items() if value is not None}
    amount = amounts.get(compound.nutrient)
    # in one dose: as declared where it is taken already, else as a plan adds
    most = None if place.item.is_added else declared.get(compound.compound_id)
    if most is None:
        usual = read_settings("supplements.toml")["most_in_dose"]
        most = float(usual.get(compound.nutrient, math.inf))
    if set(amounts) != {compound.nutrient} or amount is None:
        held = ", ".join(sorted(amounts)) or "nothing"
        yield f"{place}: states {held}, the compound supplies {compound.nutrient} alone."
    elif not (amount > 0 and math.isfinite(amount)):
        yield f"{place}: {amount:g} of {compound.nutrient!r} is no amount."
    elif _exceeds(amount, most):
        yield f"{place}: {_words(compound, amount)} in one dose, at most {_words(compound, most)}."
    if place.item.ingredients or place.item.mass_g:
        yield f"{place}: a supplement has no ingredients and no mass of food."


def _dose_as_taken(request: PlanRequest) -> dict[str, float]:
    """Return compound id → the largest dose that is taken of it already [its nutrient's unit]."""
    doses: dict[str, float] = {}
    for one in request.supplements:
        key, dose = find_supplement(one.name).compound_id, one.nutrient_per_day / one.per_day
        doses[key] = max(dose, doses.get(key, 0.0))
    return doses


def _missing_faults(day: int, found: dict[str, float], taken: dict[str, float]) -> Iterator[str]:
    """Compare what the plan counts with what is taken already, as the element in it."""
    for key, amount in taken.items():
        if _exceeds(amount, found.get(key, 0.0)):
            compound = find_supplement(key)
            held = _words(compound, found.get(key, 0.0))
            yield (
                f"Day {day}: {_words(compound, amount)} from {named(compound.name)} are taken "
                f"already, the plan holds {held}."
            )


def _unasked(key: str, amount: float) -> str:
    compound = find_supplement(key)
    return PILL.format(words=_words(compound, amount), name=lowered(named(compound.label)))


def _days_said(days: Sequence[int]) -> str:
    """Format days: a run by its first and last."""
    if len(days) > 1 and days[-1] - days[0] == len(days) - 1:
        return RUN.format(first=days[0], last=days[-1])
    return ", ".join(f"{day}" for day in days)


def _added_faults(day: int, added: dict[str, float], request: PlanRequest) -> Iterator[str]:
    compounds = {key: find_supplement(key) for key in added}
    verdict = judge_request(request) if added else None
    without = find_diet(request.preferences.diet).without_origin
    for key, compound in compounds.items():
        assert verdict is not None
        where = f"Day {day}: {named(compound.name)} is added"
        if not verdict.allows_nutrient(compound.nutrient):
            answer = verdict.nutrients.get(compound.nutrient, ASK)
            yield f"{where}, but the safety rules allow no such supplement ({answer})."
        elif verdict.avoids(compound.name):
            yield f"{where}, but a safety rule leaves this one out."
        if _is_absorbed_worse(compound, verdict, without):
            yield f"{where}, though one that is absorbed better may be taken."
        if compound.origin & without:
            yield f"{where}, which is not {request.preferences.diet}."
        most = verdict.most_elemental_mg if compound.nutrient == MAGNESIUM else math.inf
        if verdict.allows_nutrient(compound.nutrient) and _exceeds(added[key], most):
            yield f"{where}: {_words(compound, added[key])}, at most {_words(compound, most)} more."
    nutrients = [compound.nutrient for compound in compounds.values()]
    for nutrient in sorted({one for one in nutrients if nutrients.count(one) > 1}):
        yield f"Day {day}: two products of {nutrient} are added, one is enough."


def _water_faults(table: JudgedTable, water: Water) -> Iterator[str]:
    waters = {food.food_id: food.name for food in table.foods.values() if food.group == WATER_GROUP}
    try:
        food_id = find_water(water.name, waters)
    except FoodNotFoundError as error:
        yield f"{error!s}."
        return
    for day in range(1, table.days + 1):
        drunk_g = math.fsum(
            line.mass_g
            for line in table.lines_on(day)
            if line.food.food_id == food_id == line.place.item.item_id
        )
        if _exceeds(water.litres * _G_PER_L, drunk_g):
            yield (
                f"Day {day}: {drunk_g / _G_PER_L:g} L of {named(waters[food_id])}, the request "
                f"asks for {water.litres:g} L."
            )


def _is_absorbed_worse(
    compound: Supplement, verdict: SafetyVerdict, without: frozenset[str]
) -> bool:
    """Whether a compound is absorbed badly where a plan may add a better one of its nutrient."""
    most = read_settings("supplements.toml")["falls_short"]["well_absorbed_rank"]
    better = (
        one
        for one in read_supplements().values()
        if one.nutrient == compound.nutrient and one.doses and one.absorption_rank <= most
    )
    return compound.absorption_rank > most and any(
        verdict.allows_compound(supplement.name)
        and not supplement.origin & without
        and (supplement.nutrient != MAGNESIUM or min(supplement.doses) <= verdict.most_elemental_mg)
        for supplement in better
    )


def by_compound(items: Iterable[Item]) -> dict[str, float]:
    """Sum the amounts of supplements by the id of their compound [its nutrient's unit]."""
    amounts: dict[str, float] = {}
    for item in items:
        compound = known_compound(item.item_id)
        if compound is not None:
            amount = item.nutrients.get(compound.nutrient) or 0.0
            key = compound.compound_id
            amounts[key] = amounts.get(key, 0.0) + amount
    return amounts


def taken_amounts(request: PlanRequest) -> dict[str, float]:
    """Return what is taken already, a day, by the id of its compound [its nutrient's unit]."""
    amounts: dict[str, float] = {}
    for supplement in request.supplements:
        key = find_supplement(supplement.name).compound_id
        amounts[key] = amounts.get(key, 0.0) + supplement.nutrient_per_day
    return amounts


def known_compound(compound_id: str) -> Supplement | None:
    """Return the compound of an id or name; ``None`` where there is none."""
    for supplement in read_supplements().values():
        if compound_id in (supplement.compound_id, supplement.name):
            return supplement
    return None


def _exceeds(value: float, most: float) -> bool:
    tolerance: float = read_settings("check.toml")["tolerance"]["stated"]
    return value > most + tolerance * max(1.0, abs(value))


def _words(compound: Supplement, amount: float) -> str:
    nutrient = known_nutrients()[compound.nutrient]
    return f"{amount:.4g} {nutrient.unit} of {nutrient.name.lower()}"
