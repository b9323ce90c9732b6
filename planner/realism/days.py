"""What a reader notices over a day: the same again, nothing crisp, things few people eat."""

from __future__ import annotations

from collections.abc import Iterator

from planner.language.names import Named
from planner.language.spoken import AND, folded_said, mark, said
from planner.realism.served import (
    MAIN_MEALS,
    SNACK,
    VEGETABLES,
    Fault,
    Rule,
    ServedDay,
    Thing,
)


def missing_meal(day: ServedDay, _rule: Rule) -> Iterator[Fault]:
    """Meals of the day that were asked for and have nothing to eat."""
    for slot in day.asked:
        if slot != SNACK and not any(meal.things for meal in day.at((slot,))):
            yield Fault(day.where, said(mark("no {slot}"), slot=said(slot)))


def beans_again(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Meals with a helping of beans beyond the first of the day."""
    served = (
        (meal, sum(one.mass_g(rule["groups"]) for one in meal.things if not one.is_own))
        for meal in day.meals
    )
    meals = [meal for meal, mass in served if mass >= rule["least_g"]]
    if len(meals) > 1:
        note = folded_said([said(meal.slot) for meal in meals], AND)
        yield Fault(day.where, note, len(meals) - 1)


def same_food(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Foods of a kind at more than one meal of the day."""
    for kind, row in rule["kinds"].items():
        meals = [meal for meal in day.meals if meal.mass_g(row["groups"]) >= row["least_g"]]
        if len(meals) > 1:
            slots = folded_said([said(meal.slot) for meal in meals], AND)
            note = said(mark("{what} at {slots}"), what=kind.replace("_", " "), slots=slots)
            yield Fault(day.where, note, row["size"] * (len(meals) - 1))


def same_produce(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Fruits and vegetables in a portion at more than one meal; warmed dishes do not count."""
    meals: dict[str, set[str]] = {}
    for meal in day.meals:
        for one in meal.things:
            for base in one.bases(rule["groups"], rule["least_g"]):
                meals.setdefault(base, set()).add(meal.slot)
    for base, found in meals.items():
        if len(found) > 1:
            yield Fault(day.where, base.replace("_", " "), len(found) - 1)


def same_form(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Lunch and dinner of one form: two soups, two pots, two plates of pasta."""
    mains = day.mains()
    if len(mains) > 1:
        same = set.intersection(*({*_forms(one, rule)} for one in mains))
        if same:
            yield Fault(
                day.where, folded_said([said("{name}", name=Named(one.name)) for one in mains], AND)
            )


def _forms(thing: Thing, rule: Rule) -> list[str]:
    forms = [name for name, ways in rule["ways"].items() if thing.served in ways]
    forms += [tag for tag in rule["tags"] if thing.tagged(tag)]
    return forms + [starch for starch in rule["starches"] if thing.starch == starch]


def same_protein(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Lunch and dinner led by one kind of meat, fish or egg."""
    proteins = [one.dish.protein for one in day.mains() if one.dish is not None]
    for word in sorted(set(proteins) & set(rule["families"])):
        if proteins.count(word) > 1:
            yield Fault(day.where, word)


def no_centre(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Neither meat nor fish at lunch and dinner of somebody who eats them."""
    mains, led = day.mains(), frozenset(rule["proteins"])
    may_have = day.proteins is None or not led.isdisjoint(day.proteins)
    known = [one.dish.protein for one in mains if one.dish is not None and not one.is_own]
    if may_have and len(known) == len(MAIN_MEALS) and led.isdisjoint(known):
        both = folded_said([said("{name}", name=Named(one.name)) for one in mains], AND)
        yield Fault(day.where, both)


def nothing_crisp(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Days without raw vegetables at lunch, dinner or snack."""
    mass = sum(
        mass
        for meal in day.at((*MAIN_MEALS, SNACK))
        for one in meal.things
        for food, mass in one.parts
        if food.group in VEGETABLES and not set(food.name.lower().split()) & set(rule["cooked"])
    )
    if mass < rule["lower"]:
        yield Fault(day.where, f"{mass:.0f} g")


def uncommon(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Foods that few people eat or that a usual shop does not have."""
    names = {
        food.name
        for one in day.things()
        for food, mass in one.parts
        if mass >= rule["least_g"]
        and not one.is_own
        and (food.popularity >= rule["grade"] or {food.base, food.food_id} & {*rule["foods"]})
    }
    yield from (Fault(day.where, name) for name in sorted(names))


def little_liked(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Dishes that fewer people like: each by its taste, a main dish most."""
    for one in day.things():
        if one.dish and not one.is_own and one.dish.taste > rule["from"]:
            size = (one.dish.taste - rule["from"]) * rule["share"][one.dish.kind]
            yield Fault(day.where, said("{dish}", dish=Named(one.name)), size)


def poor_leftover(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Warmed fish, and warmed things from the hand."""
    for meal in day.at(MAIN_MEALS):
        for one in meal.things:
            is_fish = one.dish is not None and one.dish.protein in rule["proteins"]
            if one.is_warmed and (is_fish or one.is_any(("handheld",))):
                yield Fault(meal.where, one.name)
