"""What stands beside what: starches, drinks, sides and snacks that readers would not put there."""

from __future__ import annotations

from collections.abc import Iterator

from planner.language.names import Named
from planner.language.spoken import Said, mark, said
from planner.realism.served import (
    BREAD,
    BREAKFAST,
    MAIN_MEALS,
    NONE,
    SNACK,
    VEGETABLES,
    Fault,
    Rule,
    ServedDay,
    ServedMeal,
    Thing,
)


def second_main(day: ServedDay, _rule: Rule) -> Iterator[Fault]:
    """Give every main dish beside another, at breakfast every second cooked bowl."""
    for meal in day.meals:
        bowls = [one for one in meal.things if one.is_main or _is_bowl(one)]
        if meal.slot != SNACK:
            yield from (Fault(meal.where, one.name) for one in bowls[1:])


def _is_bowl(thing: Thing) -> bool:
    return thing.dish is not None and thing.dish.kind == BREAKFAST


def tacked_on(day: ServedDay, _rule: Rule) -> Iterator[Fault]:
    """Give what was made for a snack and stands beside a breakfast that is one without it."""
    for meal in day.at((BREAKFAST,)):
        dishes = [one for one in meal.things if not one.is_food]
        yield from (Fault(meal.where, one.name) for one in dishes[1:] if not _is_bowl(one))


def extra_starch(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Starches of lunch and dinner beyond the one; bread beside a soup or a salad is that one."""
    for meal in day.at(MAIN_MEALS):
        starches = [one for one in meal.beside() if one.starch != NONE]
        main = meal.main
        is_open = main is not None and (main.starch == NONE or main.is_any(rule["with_bread"]))
        for one in starches[is_open:]:
            assert main is not None
            yield Fault(meal.where, _beside(one.name, main.name))


def odd_starch(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Give starches that are not eaten with their main dish, and crackers in the place of bread."""
    for meal in day.at(MAIN_MEALS):
        for one in meal.beside():
            assert meal.main is not None
            is_odd = one.starch not in meal.main.way.takes["starch"] and meal.main.starch == NONE
            is_cracker = one.food is not None and one.food.base in rule["bases"]
            if is_cracker or (is_odd and _is_plain_starch(one)):
                yield Fault(meal.where, _beside(one.name, meal.main.name))


def _is_plain_starch(thing: Thing) -> bool:
    return thing.food is not None and "starch" in thing.food.roles


def bare_bread(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Bread as such beside a plate that is no soup or salad."""
    for meal in day.at(MAIN_MEALS):
        main = meal.main
        for one in meal.beside():
            is_bread = one.food is not None and one.food.group == BREAD
            if is_bread and main is not None and not main.is_any(rule["with_bread"]):
                yield Fault(meal.where, _beside(one.name, main.name))


def bare_food(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Plain boiled starches and vegetables set beside a dish."""
    for meal in day.at((BREAKFAST, *MAIN_MEALS)):
        for one in meal.things:
            if one.food is not None and one.food.group in rule["groups"]:
                yield Fault(meal.where, one.name)


def milk_at_meals(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Give glasses of milk at lunch or dinner, and beside a savoury Asian or fish breakfast."""
    for meal in day.meals:
        is_savoury = any(
            one.dish is not None
            and (one.dish.cuisine in rule["cuisines"] or one.dish.protein in rule["proteins"])
            for one in meal.things
        )
        if meal.slot in MAIN_MEALS or (meal.slot == BREAKFAST and is_savoury):
            yield from (Fault(meal.where, one.name) for one in _glasses(meal, rule))


def milk_again(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Glasses of milk after the first of the day, and those beside a dish that holds one."""
    first = True
    for meal in day.meals:
        held = sum(one.mass_g(rule["held"]) for one in meal.things if not one.is_food)
        for one in _glasses(meal, rule):
            if not first or held >= rule["held_g"]:
                yield Fault(meal.where, one.name)
            first = False


def milk_kinds(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Kinds of milk and plant drink in the glass beyond the first."""
    names = dict.fromkeys(one.name for meal in day.meals for one in _glasses(meal, rule))
    if len(names) > 1:
        yield Fault(day.where, ", ".join(names), len(names) - 1)


def _glasses(meal: ServedMeal, rule: Rule) -> list[Thing]:
    return [one for one in meal.things if one.food is not None and one.food.group in rule["groups"]]


def strange_side(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Written sides of a kitchen that does not go with that of the main dish."""
    for meal in day.at(MAIN_MEALS):
        main = meal.main.dish if meal.main is not None else None
        for one in meal.beside():
            if main is None or one.dish is None or one.dish.kind != "side":
                continue
            if main.cuisine not in rule["goes_with"].get(one.dish.cuisine, (main.cuisine,)):
                yield Fault(meal.where, _beside(one.name, main.name))


def sandwich_side(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Give dressed salads and cooked vegetables beside what is eaten from the hand."""
    for meal in day.at(MAIN_MEALS):
        main = meal.main
        if main is None or not main.is_any(("handheld",)) or main.served in rule["apart"]:
            continue
        for one in meal.beside() if main.starch in rule["starches"] else ():
            is_cooked = one.food is not None and one.food.group in VEGETABLES
            is_side = one.dish is not None and one.dish.kind == "side"
            if is_cooked or (is_side and one.served not in rule["fits"]):
                yield Fault(meal.where, _beside(one.name, main.name))


def side_repeats(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Vegetables, cheeses and sour things of the main dish that its side has again."""
    for meal in day.at(MAIN_MEALS):
        for one in meal.beside():
            assert meal.main is not None
            same = {
                base
                for least_g, groups in rule["repeated"]
                for base in one.bases(groups, least_g).keys() & meal.main.bases(groups, least_g)
            }
            if same:
                note = ", ".join(sorted(same)).replace("_", " ")
                yield Fault(
                    meal.where,
                    said(
                        mark("{note} in {main} and in {side}"),
                        note=note,
                        main=Named(meal.main.name),
                        side=Named(one.name),
                    ),
                )


def needless_side(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Give cooked vegetables beside a dish with a cup of them, and a salad beside a salad."""
    for meal in day.at(MAIN_MEALS):
        for one in meal.beside():
            assert meal.main is not None
            is_full = meal.main.mass_g(VEGETABLES) >= rule["upper"]
            is_salad = one.tagged("salad")
            is_vegetable = not is_salad and one.mass_g(VEGETABLES) >= rule["least_g"]
            if (is_full and is_vegetable) or (is_salad and meal.main.is_any(("salad",))):
                yield Fault(meal.where, _beside(one.name, meal.main.name))


def loose_filler(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Dried fruit, nuts and seeds by the spoon, which belong in a dish."""
    for meal in day.meals:
        for one in meal.things:
            sizes = rule["snack"] if meal.slot == SNACK else rule["meal"]
            if one.food is not None and one.food.group in sizes:
                yield Fault(
                    meal.where, f"{one.item.measure} {one.name.lower()}", sizes[one.food.group]
                )


def crowded(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Things of a meal beyond the usual number."""
    for meal in day.meals:
        most = rule["upper"][meal.slot] if meal.slot in rule["upper"] else len(meal.things)
        if len(meal.things) > most:
            note = " + ".join(one.name for one in meal.things)
            yield Fault(meal.where, note, len(meal.things) - most)


def snack_pair(day: ServedDay, rule: Rule) -> Iterator[Fault]:
    """Two things of a snack that have nothing to do with one another."""
    kind_of = {group: kind for kind, groups in rule["kinds"].items() for group in groups}
    for meal in day.at((SNACK,)):
        kinds = sorted(
            kind_of.get(one.food.group, "other") if one.food is not None else "dish"
            for one in meal.things
        )
        known = [sorted(pair) for pair in rule["pairs"]]
        if len(kinds) == 2 and kinds not in known:  # noqa: PLR2004 - a pair
            yield Fault(meal.where, " + ".join(one.name for one in meal.things))


def _beside(name: str, main: str) -> Said:
    return said(mark("{name} beside {main}"), name=Named(name), main=Named(main))
