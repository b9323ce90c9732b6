"""Foods that somebody has and wants used up: which they are, and how much a plan takes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from foods.errors import raise_collected
from foods.packages import bought_for
from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.names import find_meaning
from planner.candidates.used_up import UsedUp
from planner.errors import CandidatesError
from planner.kitchen.sold import Shelves, shelves_of, sold_as
from planner.language.errors import error_said
from planner.language.spoken import said
from planner.plan.guests import pot_of
from planner.plan.plan import Plan
from planner.request.request import NAMELESS, PlanRequest


def asked_uses(
    request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]
) -> list[tuple[str, UsedUp]]:
    """Give whose each food to be used up is, and how much; empty: the whole table's.

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
        try:
            meaning = find_meaning(name.replace(",", " "), foods, dishes)
        except CandidatesError as error:
            faults.append(error_said(error))
            continue
        if meaning.food_ids:
            shelves = shelves_of(request.shops)
            found.append((whose, _used_up(name, mass_g, meaning.food_ids, foods, shelves, dishes)))
        else:
            faults.append(
                said(
                    "{name!r} is a dish — name a food; a dish goes onto a day with --put", name=name
                )
            )
    raise_collected(CandidatesError, faults, "--use")
    return found


def taken_g(use: UsedUp, plan: Plan, foods: FoodTable) -> float:
    """Give how much of a food a plan takes, guests' too, as bought [g]."""
    pots = (pot_of(item, foods) for day in plan.days for item in day.items())
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
    apart = frozenset(_apart(kinds, per_g.keys(), foods, shelves, dishes))
    return UsedUp(name, per_g, mass_g, kinds, apart)


def _apart(
    kinds: Set[str], counted: Set[str], foods: FoodTable, shelves: Shelves, dishes: Sequence[Dish]
) -> Iterator[tuple[str, str]]:
    """Give what dishes take of another kind than somebody has, as their recipes say."""
    for dish in dishes:
        for food_id in counted & {line.food_id for line in dish.ingredients}:
            if sold_as(foods, shelves, food_id, 1.0, dish)[0].food_id not in kinds:
                yield dish.dish_id, food_id
