"""What is said of what was asked for by name: dishes put on meals, and foods to be used up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from foods.embedded import read_lookup_foods
from foods.food import Food
from foods.nutrient import known_nutrients
from foods.table import FoodTable
from foods.units import printed_unit
from planner.candidates.at_hand import LEFT, OUT
from planner.candidates.dish import Dish
from planner.candidates.names import more_text
from planner.candidates.portions import NUT_GROUPS
from planner.candidates.used_up import UsedUp
from planner.kitchen.measures import kitchen_amount
from planner.kitchen.sold import SETTINGS, keeping_of
from planner.kitchen.used_up import taken_g
from planner.model.days import PutDish
from planner.plan.plan import Plan
from planner.request.request import NAMELESS
from planner.safety.limits import food_caps
from planner.settings import read_settings
from planner.shops import named
from planner.targets.words import name_within

AS_MUCH = (
    "What you put in an amount is served so, also where it is more than a meal has otherwise; the "
    "limits of the day and the week hold."
)
_MOST_NAMED = 8  # dishes or kinds that a note lists
HALF_G = 0.5  # amounts are said in whole grams


def notes_on_puts(
    days: Sequence[Sequence[PutDish]], foods: FoodTable, dishes: Sequence[Dish]
) -> Iterator[str]:
    """Say what was understood of what is put on meals; ``days`` hold it in their order."""
    names = {food.food_id: food.name for food in foods} | {one.dish_id: one.name for one in dishes}
    told = [
        (
            "day {number} {slot} of {name}: {dish}" if one.whose else "day {number} {slot}: {dish}"
        ).format(number=number, slot=one.slot, name=one.whose, dish=_meant(one, names))
        for number, day in enumerate(days, start=1)
        for one in day
        if not one.is_out
    ]
    if any(one.amount for day in days for one in day):
        yield AS_MUCH
    if told:
        yield "Put where asked: {dishes}.".format(dishes="; ".join(told))
    yield from _eaten_out(days, foods)


def _eaten_out(days: Sequence[Sequence[PutDish]], foods: FoodTable) -> Iterator[str]:
    """Say what guessed meals are counted as, eaten out or left over; ``days`` as before."""
    told: dict[str, list[str]] = {OUT: [], LEFT: []}
    for number, day in enumerate(days, start=1):
        for one in (each for each in day if each.is_out):
            food = foods[one.name]
            sort = LEFT if food.name.endswith(LEFT) else OUT
            told[sort].append(
                (
                    "day {number} {slot}: {dish}, {kcal:,.0f} kcal, {magnesium:.0f} mg magnesium"
                ).format(
                    number=number,
                    slot=one.slot,
                    dish=named(food.name.removesuffix(sort)),
                    kcal=_held(food, "energy_kcal"),
                    magnesium=_held(food, "magnesium_mg"),
                )
            )
    if told[OUT]:
        yield (
            "Eaten out: estimated and counted, neither cooked nor bought; the other meals make "
            "up for it: {meals}. Nobody here knows what is in it: tell the kitchen what must not "
            "be in it."
        ).format(meals="; ".join(told[OUT]))
    if told[LEFT]:
        yield (
            "Left over: estimated and counted, neither cooked nor bought again: {meals}. Of what "
            "others made, nobody here knows what is in it. A dish keeps {days} days in the "
            "refrigerator from the day it was cooked, so freeze today what is eaten later."
        ).format(meals="; ".join(told[LEFT]), days=read_settings(SETTINGS)["leftovers"]["days"])


def note_on_own_figures(plan: Plan, foods: FoodTable) -> Iterator[str]:
    """Say of which foods of ours a plan counts figures of a person's own, and which these are."""
    ours, eaten = (
        read_lookup_foods(),
        {food_id for day in plan.days for food_id, _ in day.ingredients()},
    )
    told = [
        "{food}: {figures}".format(food=named(foods[food_id].name), figures=", ".join(own))
        for food_id in sorted(eaten)
        if foods[food_id].is_corrected
        for own in [[*_changed(foods[food_id], ours[food_id])]]
    ]
    if told:
        pattern = "Counted with figures of your own, per 100 g: {foods}."
        yield pattern.format(foods="; ".join(told))


def _changed(food: Food, ours: Food) -> Iterator[str]:
    """Give the figures of a food that differ from ours, and what ours are."""
    for key, amount in food.per_100g.items():
        if amount is not None and amount != ours.per_100g.get(key):
            known = ours.per_100g.get(key)
            yield "{nutrient} {amount:g} {unit} (ours {known})".format(
                nutrient=name_within(key),
                amount=float(amount),
                unit=printed_unit(known_nutrients()[key].unit),
                known="unknown" if known is None else f"{float(known):g}",
            )


def _held(food: Food, key: str) -> float:
    """Give what a serving of a food holds, none where that is unknown."""
    return (food.per_100g.get(key) or 0.0) * food.serving.measure.mass_g / 100


def _meant(put: PutDish, names: Mapping[str, str]) -> str:
    """Name what is put; where several are called so, which of them may stand there."""
    if not put.among:
        return named(names[put.name])
    known = sorted(names[own_id] for own_id in put.among)
    more = more_text(len(known), _MOST_NAMED)
    listed = ", ".join(map(named, known[:_MOST_NAMED]))
    return f"{named(put.name)} (one of {len(known)}: {listed}{more})"


def notes_on_uses(
    uses: Sequence[tuple[str, UsedUp]], plans: Mapping[str, Plan], foods: FoodTable
) -> Iterator[str]:
    """Say how much of the foods to be used up a plan takes, and what is left.

    Parameters
    ----------
    uses
        Whose each food is, and how much of it is to be used up.
    plans
        Name → that eater's own plan; under the empty name what is on the table, guests' too.
    foods
        What the plan is made of.
    """
    yield from note_on_stock(uses, plans[NAMELESS], foods)
    for whose, use in uses:
        if use.is_stock:
            continue
        plan = plans[whose]
        text = _use_text(use, taken_g(use, plan, foods), foods, len(plan.days))
        used = "To be used up by {whose}: {text}." if whose else "To be used up: {text}."
        yield used.format(whose=whose, text=text)


def notes_on_rates(
    uses: Sequence[tuple[str, UsedUp]], plan: Plan, foods: FoodTable
) -> Iterator[str]:
    """Say of what keeps, and is everybody's, how much of it a day is planned and what is left."""
    for whose, use in uses:
        used_g = taken_g(use, plan, foods)
        is_left = (use.mass_g - used_g) / use.per_said_g > HALF_G < used_g
        if not whose and not use.is_stock and is_left and _keeps(use, foods):
            rate = _rate_text(use, used_g, foods, len(plan.days))
            yield f"To be used up: {rate}."


def _use_text(use: UsedUp, used_g: float, foods: FoodTable, days: int) -> str:
    """Say how much of a food is used up, in grams as a person wrote them, and what is left."""
    left_g = (use.mass_g - used_g) / use.per_said_g
    if left_g > HALF_G and used_g > HALF_G and _keeps(use, foods):
        return _rate_text(use, used_g, foods, days)
    if left_g > HALF_G:
        pattern = (
            "{food}: {taken:,.0f} of {mass:,.0f} g are eaten; {left:,.0f} g are left over: {why}"
        )
    elif left_g < -HALF_G:
        pattern = "{food}: all {mass:,.0f} g are eaten; the plan takes {more:,.0f} g more"
    else:
        pattern = "{food}: all {mass:,.0f} g are eaten"
    return pattern.format(
        food=_food_text(use, foods),
        taken=float(used_g / use.per_said_g),
        mass=float(use.mass_g / use.per_said_g),
        left=float(left_g),
        more=float(-left_g),
        why=_why_left(use, foods),
    )


def _why_left(use: UsedUp, foods: FoodTable) -> str:
    """Say what keeps more of it out of a plan."""
    kinds = [foods[food_id] for food_id in use.kinds]
    if {food.group for food in kinds} <= NUT_GROUPS:
        return (
            "no meal was found for more of it along with everything else; --habit nuts_a_day_g "
            "lets a day have more nuts and seeds together"
        )
    for cap in food_caps():
        if cap.portions_per_week and all(cap.flag in food.flags for food in kinds):
            told = "{foods}: at most {count} meals a week for each eater, since {reason}"
            count = cap.portions_per_week
            return told.format(foods=cap.name, count=count, reason=cap.reason)
    return "no meal was found for more of it along with everything else"


def _keeps(use: UsedUp, foods: FoodTable) -> bool:
    """Whether what is left of it keeps for weeks, so that nothing is lost."""
    kept = [keeping_of(foods[food_id]).fresh_days is None for food_id in use.kinds]
    return use.days is None and bool(kept) and all(kept)


def _rate_text(use: UsedUp, used_g: float, foods: FoodTable, days: int) -> str:
    """Say of what keeps how much a day is planned, how long it lasts so, and why not more."""
    day_g = used_g / days
    words = kitchen_amount(foods[min(use.kinds)], day_g, "metric")
    return (
        "{food}: {taken:,.0f} of {mass:,.0f} g are eaten, some {day:,.0f} g a day{spoons}; at "
        "that it lasts {lasts:,.0f} days in all, and {left:,.0f} g keep for later: {why}"
    ).format(
        food=_food_text(use, foods),
        taken=float(used_g / use.per_said_g),
        mass=float(use.mass_g / use.per_said_g),
        day=float(day_g / use.per_said_g),
        spoons=f" ({words})" if words else "",
        lasts=float(use.mass_g / day_g),
        left=float((use.mass_g - used_g) / use.per_said_g),
        why=_why_left(use, foods),
    )


def note_on_stock(
    uses: Sequence[tuple[str, UsedUp]], plan: Plan, foods: FoodTable
) -> Iterator[str]:
    """Say what of the pantry a plan takes, and what it does not, where it is to be eaten first."""
    stock = [use for _, use in uses if use.is_stock]
    if stock:
        yield _stock_text(stock, plan, foods)


def _stock_text(stock: Sequence[UsedUp], plan: Plan, foods: FoodTable) -> str:
    taken = {use.name: min(use.mass_g, taken_g(use, plan, foods)) for use in stock}
    used = [
        f"{named(name)} {float(mass_g):,.0f} g" for name, mass_g in taken.items() if mass_g > HALF_G
    ]
    rest = [named(name) for name, mass_g in taken.items() if mass_g <= HALF_G]
    told = "Eaten from your pantry, as bought: {used}."
    if rest:
        told = "Eaten from your pantry, as bought: {used}. No meal was found for: {rest}."
    frozen = [named(use.name) for use in stock if use.freeze_by and taken[use.name] > HALF_G]
    text = told.format(used="; ".join(used) if used else "nothing", rest="; ".join(rest))
    if not frozen:
        return text
    pattern = "{text} Freeze what is not eaten while it is good: {names}."
    return pattern.format(text=text, names="; ".join(frozen))


def _food_text(use: UsedUp, foods: FoodTable) -> str:
    """Name a food to be used up, and beside it the foods that count as it."""
    known = sorted(foods[food_id].name for food_id in use.kinds)
    if known == [use.name]:
        return named(use.name)
    listed = "; ".join(map(named, known[:_MOST_NAMED]))
    more = more_text(len(known), _MOST_NAMED)
    return f"{named(use.name)} ({listed}{more})"
