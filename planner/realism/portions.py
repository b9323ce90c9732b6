"""How much is served: dishes stretched, amounts beyond one sitting, plates too thin, odd pieces."""

from __future__ import annotations

from collections.abc import Iterator

from planner.language.names import Named
from planner.language.spoken import Said, mark, said
from planner.realism.served import (
    BREAKFAST,
    MAIN_MEALS,
    NONE,
    VEGETABLES,
    Fault,
    Rule,
    ServedDay,
    Thing,
)


def stretched(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Dishes of more servings than the eater may have: half a serving more counts once."""
    for meal in day.meals:
        for one in meal.things:
            more = (one.item.servings - day.appetite) / rule["step"]
            if not one.is_food and more > 0:
                yield Fault(meal.where, _servings(one), more)


def shrunk(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Dishes of less than a usual serving."""
    for meal in day.meals:
        for one in meal.things:
            if not one.is_food and one.item.servings < rule["lower"]:
                yield Fault(meal.where, _servings(one))


def heavy_plate(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Meals of more grams than one sits down to; drinks do not count."""
    for meal in day.meals:
        upper = rule["upper"].get(meal.slot, float("inf")) * day.appetite
        mass = sum(
            sum(mass for _, mass in one.parts)
            for one in meal.things
            if one.food is None or one.food.group not in rule["drinks"]
        )
        if mass > upper:
            yield Fault(meal.where, f"{mass:.0f} g", 1 + (mass - upper) / rule["step"])


def large_amount(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Amounts of one thing that nobody serves; twice the largest counts twice."""
    for meal in day.meals:
        for one in meal.things:
            for row in rule["amounts"]:
                upper = row["upper"] * day.appetite
                for base, mass in one.bases(row["groups"], upper).items():
                    if mass > upper and base not in rule["apart"]:
                        note = said(
                            mark("{mass:.0f} g of {what}"),
                            mass=float(mass),
                            what=base.replace("_", " "),
                        )
                        yield Fault(meal.where, note, mass / upper)


def beans_heavy(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Meals with more than a cup of beans."""
    for meal in day.meals:
        mass = meal.mass_g(rule["groups"])
        if mass > rule["upper"]:
            yield Fault(meal.where, f"{mass:.0f} g", mass / rule["upper"])


def odd_pieces(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Things that are counted and served by the fraction."""
    for meal in day.meals:
        for one in meal.things:
            number, _, measure = one.item.measure.rpartition(" ")
            is_odd = "/" in number and (measure.removesuffix("s") not in rule["divisible"])
            if one.is_food and is_odd and " " in number:
                yield Fault(meal.where, f"{one.item.measure} {one.name.lower()}")


def thin_protein(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Lunches and dinners with little protein."""
    for meal in day.at(MAIN_MEALS):
        found = meal.amount("protein_g")
        if meal.main is not None and found < rule["lower"]:
            yield Fault(meal.where, said(mark("{mass:.0f} g of protein"), mass=float(found)))


def no_vegetables(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Lunches and dinners with hardly a vegetable."""
    for meal in day.at(MAIN_MEALS):
        found = meal.mass_g(VEGETABLES)
        if found < rule["lower"]:
            yield Fault(meal.where, said(mark("{mass:.0f} g of vegetables"), mass=float(found)))


def no_starch(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Give main dishes that want bread, rice or potatoes and stand alone."""
    for meal in day.at(MAIN_MEALS):
        lacks = all(one.starch == NONE for one in meal.things)
        if lacks and meal.main is not None and meal.mass_g(rule["groups"]) < rule["lower"]:
            yield Fault(meal.where, meal.main.name)


def breakfast_work(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Minutes at the stove on the morning of a workday beyond the usual, by tens."""
    for meal in day.at((BREAKFAST,)):
        for one in meal.things:
            more = (_active(one) - rule["upper"]) / rule["step"]
            if not day.is_free and more > 0:
                yield Fault(meal.where, _minutes_for(one), more)


def day_work(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Minutes with hands on the food in a day beyond the usual."""
    found = sum(_active(one) for one in day.things())
    upper = rule["upper_free"] if day.is_free else rule["upper"]
    if found > upper:
        yield Fault(
            day.where,
            said(mark("{minutes:.0f} minutes"), minutes=float(found)),
            (found - upper) / rule["step"],
        )


def scratch(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Dishes made from scratch beyond the one of a day."""
    names = [
        one.name
        for one in day.things()
        if _active(one) >= rule["active_minutes"] and len(one.parts) >= rule["parts"]
    ]
    if len(names) > rule["upper"]:
        yield Fault(day.where, ", ".join(names), len(names) - rule["upper"])


def _active(thing: Thing) -> float:
    return 0.0 if thing.dish is None or thing.is_warmed else thing.dish.active_minutes


def _servings(one: Thing) -> Said:
    told = mark("{servings:g} servings of {name}")
    return said(told, servings=float(one.item.servings), name=Named(one.name))


def _minutes_for(one: Thing) -> Said:
    return said(
        mark("{minutes:.0f} minutes for {name}"), minutes=_active(one), name=Named(one.name)
    )
