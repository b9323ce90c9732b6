"""Foods that somebody has and wants used up: which, how much a plan takes, and dry beans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace

from foods.errors import raise_collected
from foods.find import LOOKED_UP, PUT, looked_up_alone
from foods.food import Food
from foods.packages import bought, bought_for
from foods.recipe_match import surely_meant
from foods.table import FoodTable
from planner.candidates.dish import Dish, Ingredient
from planner.candidates.exchanges import hot_foods
from planner.candidates.names import find_meaning, is_known
from planner.candidates.used_up import AND, EATEN, UsedUp
from planner.errors import CandidatesError
from planner.kitchen.as_bought import is_canned
from planner.kitchen.left_over import cooks_in_its_pot
from planner.kitchen.measures import MEAT
from planner.kitchen.pantry import is_staple, pantry_of
from planner.kitchen.sold import (
    COOKING,
    SETTINGS,
    Shelves,
    is_from_dry,
    keeping_of,
    shelves_for,
    sold_as,
)
from planner.language.errors import error_said
from planner.language.names import short_name
from planner.language.spoken import mark, said
from planner.plan.guests import pot_of
from planner.plan.own_shop import sold_as_rows
from planner.plan.plan import Plan
from planner.request.days import DAYS_PER_WEEK, menu_days
from planner.request.leftover_dish import cooked_name, leftover_grams
from planner.request.request import NAMELESS, PlanRequest
from planner.request.use_phrases import frozen_name
from planner.settings import read_settings

_DISH = mark("{name!r} is a dish — name a food; a dish goes onto a day with --put")
_COOKED_MEAT = mark(
    "{name!r} is cooked already, and recipes begin with raw meat or fish — eat it at a meal that "
    "is not planned: --eat-out mon:lunch"
)


def asked_uses(
    request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]
) -> list[tuple[str, UsedUp]]:
    """Give whose each food to be used up is, and how much; empty: the whole table's.

    What the pantry has is among them where it is to be eaten first.

    Raises
    ------
    CandidatesError
        Names that mean no food, all in one error.
    """
    wanted = [(NAMELESS, *one) for one in request.preferences.use.items()]
    for eater in request.eaters:
        wanted += [(eater.name, *one) for one in eater.preferences.use.items()]
    found, faults = list[tuple[str, UsedUp]](), list[str]()
    for whose, name, mass_g in wanted:
        frozen = frozen_name(name)
        bare = cooked_name(name)
        try:
            food_ids = _meant(bare or name, frozen, foods, dishes)
        except CandidatesError as error:
            is_known = bare and error.remedy == PUT
            faults.append(leftover_grams(bare, mass_g) if is_known else error_said(error))
            continue
        if bare and any(map(_is_cooked_from_raw, map(foods.__getitem__, food_ids))):
            faults.append(said(_COOKED_MEAT, name=name))
        elif food_ids and not (bare and food_ids <= hot_foods()):  # leftover chili is no pepper
            shelves = shelves_for(request, foods)
            use = _used_up(name, mass_g, food_ids, foods, shelves, dishes)
            use = replace(use, is_frozen=bool(frozen))
            found.append((whose, _as_leftover(use, food_ids, foods, dishes) if bare else use))
        else:
            faults.append(leftover_grams(bare, mass_g) if bare else said(_DISH, name=name))
    raise_collected(CandidatesError, faults, "--use")
    found = _added_up(found)
    named = {kind for _, use in found for kind in use.kinds}
    stock = _in_pantry(request, foods, dishes) if request.week.from_pantry else ()
    return [*found, *((NAMELESS, use) for use in stock if not use.kinds & named)]


def _added_up(found: Iterable[tuple[str, UsedUp]]) -> list[tuple[str, UsedUp]]:
    """Give as one what is the same food in two wishes of one person, in other words: their sum."""
    whole: dict[tuple[object, ...], tuple[str, UsedUp]] = {}
    for whose, use in found:
        key = (whose, use.kinds, use.days, use.is_frozen, use.per_said_g)
        _, before = whole.get(key, (whose, None))
        if before is not None:
            use = replace(
                use,
                name=AND.join((before.name, use.name)),
                mass_g=before.mass_g + use.mass_g,
                per_g={**before.per_g, **use.per_g},
                own_ways={**before.own_ways, **use.own_ways},
            )
        whole[key] = (whose, use)
    return list(whole.values())


def _meant(name: str, frozen: str, foods: FoodTable, dishes: Sequence[Dish]) -> frozenset[str]:
    """Give the foods that a name means; of what is not sold frozen the same without that word."""
    try:
        return foods_meant(name, foods, dishes)
    except CandidatesError:
        if not frozen:
            raise
    return foods_meant(frozen, foods, dishes)


def foods_meant(name: str, foods: FoodTable, dishes: Sequence[Dish]) -> frozenset[str]:
    """Give the foods that a name means, or else those that a recipe would mean by it.

    Raises
    ------
    CandidatesError
        When nothing is called so; without foods it is a dish.
    """
    name = name if is_known(name, foods) else name.replace(",", " ")
    try:
        found = find_meaning(name, foods, dishes).food_ids
    except CandidatesError:
        meant = surely_meant(name, foods)
        if meant is None and (known := looked_up_alone(name, foods)) is not None:
            raise CandidatesError(said(LOOKED_UP, name=name, food=known.name), "", PUT) from None
        if meant is None:
            raise
    else:
        found = _of_one_sort(name, found, foods)
        meant = None if found else surely_meant(name, foods)
    return found if meant is None else frozenset({meant.food_id})


def _of_one_sort(name: str, found: frozenset[str], foods: FoodTable) -> frozenset[str]:
    """Leave out what is made of a food, as almond butter of almonds: what is of another group."""
    if len({foods[one].base for one in found}) != 1:
        return found
    meant = surely_meant(name, foods)
    groups = Counter(foods[one].group for one in found)
    group = meant.group if meant and meant.food_id in found else groups.most_common(1)[0][0]
    return frozenset(one for one in found if foods[one].group == group)


def _is_cooked_from_raw(food: Food) -> bool:
    return food.aisle == MEAT and food.bought_as is not None


def _as_leftover(
    use: UsedUp, food_ids: Set[str], foods: FoodTable, dishes: Sequence[Dish]
) -> UsedUp:
    """Count what is cooked already as what was bought for it, good for a few days.

    A gram from a can is a gram of it. Dishes that cook it in their own pot take none of it.
    """
    cooked = [foods[one] for one in sorted(food_ids) if foods[one].bought_as is not None]
    usual = min(cooked, key=lambda food: food.popularity, default=None)
    share = bought_for(usual, foods)[1] if usual else 1.0
    days, each = read_settings(SETTINGS)["leftovers"]["days"], dict[str, float]()
    for kind, kind_g in (bought_for(one, foods) for one in cooked):
        each[kind.food_id] = max(kind_g, each.get(kind.food_id, 0.0))
    as_eaten = {one: share for one in use.per_g if one in foods and foods[one].state == EATEN}
    anew = frozenset(one.dish_id for one in dishes if cooks_in_its_pot(one, use.per_g, foods))
    none = {pair: per_g for pair, per_g in use.own_ways.items() if not per_g}
    none |= {(one, food_id): 0.0 for one in anew for food_id in use.per_g}
    return replace(
        use,
        per_g={**use.per_g, **as_eaten},
        mass_g=use.mass_g * share,
        own_ways=none,
        days=days,
        per_said_g=share,
        anew=anew,
        cooked_from=each,
    )


def _in_pantry(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> Iterator[UsedUp]:
    """Give what of one's own pantry is eaten first: what spoils whole, of the rest some a week."""
    rule, shelves = read_settings(SETTINGS)["pantry"], shelves_for(request, foods)
    days, held = menu_days(request.week), dict[tuple[str, int | None], float]()
    for one in pantry_of(request, foods).entries:
        if not is_staple(one.food_id):
            is_long = one.days is None or one.days >= days
            most_g = rule["most_g"] * days / DAYS_PER_WEEK if is_long else one.mass_g
            key = (one.food_id, None if is_long else one.days)
            held[key] = held.get(key, 0.0) + min(one.mass_g, most_g)
    for (food_id, good), mass_g in held.items():
        if mass_g >= rule["least_g"]:
            food, own = foods[food_id], frozenset([food_id])
            use = _used_up(food.name, mass_g, own, foods, shelves, dishes)
            freezes = keeping_of(food).freezes
            days_good, freeze_by = (None, good) if freezes else (good, None)
            yield replace(use, is_stock=True, days=days_good, freeze_by=freeze_by)


def taken_g(use: UsedUp, plan: Plan, foods: FoodTable) -> float:
    """Give how much of a food a plan takes while it is good, guests' too, as bought [g]."""
    days = (day for day in plan.days if use.days is None or day.day <= use.days)
    pots = (pot_of(item, foods) for day in days for item in day.items())
    return sum(use.taken_by(pot.item_id, pot.ingredients) for pot in pots)


def _used_up(
    name: str,
    mass_g: float,
    food_ids: Set[str],
    foods: FoodTable,
    shelves: Shelves,
    dishes: Sequence[Dish],
) -> UsedUp:
    """Find out what counts as these foods: they themselves, and what is made of them."""
    each = {food.food_id: bought_for(food, foods) for food in foods}
    own = {
        food_id: (food.food_id, bought_g)
        for food_id, (food, bought_g) in each.items()
        if food_ids & {food_id, food.food_id}
    }
    kinds = frozenset(kind for kind, _ in own.values())
    per_g = {food_id: bought_g for food_id, (_, bought_g) in own.items()}
    rows = sold_as_rows().items()
    others = {food for food, own in rows if any(row.sold_as in kinds for row in own)}
    own_ways = dict(_own_ways(kinds, per_g.keys() | others, foods, shelves, dishes))
    return UsedUp(name, per_g, mass_g, kinds, own_ways)


def _own_ways(
    kinds: Set[str], counted: Set[str], foods: FoodTable, shelves: Shelves, dishes: Sequence[Dish]
) -> Iterator[tuple[tuple[str, str], float]]:
    """Give what dishes take of what somebody has, as their recipes say: none of another kind."""
    for dish in dishes:
        for food_id in counted & {line.food_id for line in dish.ingredients}:
            food, edible_g = sold_as(foods, shelves, food_id, 1.0, dish)
            is_it = food.food_id in kinds
            yield (dish.dish_id, food_id), edible_g * food.sold_g_per_100g / 100 if is_it else 0.0


DRY = "dry"
_CUT = ", "
_CANNED = re.compile(r"\((?:home-cooked, or )?canned[^()]*\)")


def with_own_dry(
    dishes: Iterable[Dish], request: PlanRequest, foods: FoodTable
) -> tuple[Dish, ...]:
    """Give the dishes with dry beans that are to be used up, or eaten first, for canned ones.

    Only for dishes of which they are enough for a serving. A recipe says then how they are boiled.

    Raises
    ------
    ConfigError
        When the request names what is at home in words that are not understood.
    """
    own, dishes = _at_home(request, foods), tuple(dishes)
    if own:
        dishes = tuple(_from_dry(one, own, foods) for one in dishes)
    return dishes


def _at_home(request: PlanRequest, foods: FoodTable) -> Mapping[str, float]:
    """Give food id → mass of what is dry and at home [g]: named so, or in a pantry eaten first."""
    held: dict[str, float] = {}
    for name, mass_g in (use for one in request.everybody for use in one.use.items()):
        with suppress(CandidatesError):  # told where it is asked for
            meant = foods_meant(name, foods, ())
            if all(foods[one].state == DRY for one in meant):
                held |= {one: held.get(one, 0.0) + mass_g for one in meant}
    for entry in pantry_of(request, foods).entries if request.week.from_pantry else ():
        if foods[entry.food_id].state == DRY:
            held[entry.food_id] = held.get(entry.food_id, 0.0) + entry.mass_g
    return held


def _from_dry(dish: Dish, own: Mapping[str, float], foods: FoodTable) -> Dish:
    canned = [line for line in dish.ingredients if is_canned(line)]
    taken = {line: _dry_for(line, dish, own, foods) for line in canned}
    fit = {
        line: food
        for line, (food, mass_g, _) in taken.items()
        if mass_g / dish.servings <= own.get(food.food_id, 0.0)
    }
    if not fit:
        return dish
    rule, steps = read_settings(COOKING)["from_dry"], dish.steps
    boil = [
        rule["boil" if food.food_id in rule["not_soaked"] else "soaked"].format(
            food=short_name(food.name)
        )
        for food in fit.values()
    ]
    if len(fit) == len(canned):
        steps = tuple(_CANNED.sub(f"({rule['ready']})", step) for step in steps)
    lines = tuple(_measured(one, taken[one][-1]) if one in fit else one for one in dish.ingredients)
    return replace(dish, ingredients=lines, steps=(*boil, *steps))


def _dry_for(
    line: Ingredient, dish: Dish, own: Mapping[str, float], foods: FoodTable
) -> tuple[Food, float, str]:
    """Give what a line from a can takes dry [g], and how it says so; a soft one where it may."""
    settings = read_settings(COOKING)
    food, mass_g = bought(foods[line.food_id], line.mass_g, foods)
    for food_id, soft in settings["from_dry"]["soft"].items():
        if food_id in own and soft["of"] == food.food_id and dish.dish_id in soft["dishes"]:
            return foods[food_id], mass_g, soft["says"]
    return food, mass_g, settings["measure"]["from_dry"]


def _measured(line: Ingredient, says: str) -> Ingredient:
    """Say of a line from a can that it is from dry."""
    canned = read_settings(COOKING)["measure"]["says_canned"].split(_CUT)
    kept = (part for part in line.measure.split(_CUT) if part not in canned)
    return replace(line, measure=_CUT.join((*kept, says)))


def soaked(dish: Dish, pot: Iterable[tuple[str, float]], foods: FoodTable) -> Mapping[str, float]:
    """Give name → mass [g] of what is soaked for a dish, of (food id, mass [g]) that are cooked."""
    dry = {line.food_id for line in dish.ingredients if is_from_dry(line)}
    found = (bought(foods[one], mass_g, foods) for one, mass_g in pot if one in dry)
    at_once = read_settings(COOKING)["from_dry"]["not_soaked"]
    return {food.name: mass_g for food, mass_g in found if food.food_id not in at_once}
