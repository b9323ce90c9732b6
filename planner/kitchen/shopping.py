"""The shopping list: everything of a plan, merged, in the packages that shops sell.

A cooked food becomes what one buys for it, canned where its recipe says so, and what is peeled off
or thrown away is added. Packages are counted as they are opened day by day, and rounded up, so that
there is always enough; a line costs what its packages cost, and all lines what the till says.
"""

from __future__ import annotations

import math
from collections import Counter as CountOf
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from math import fsum

from foods.embedded import data_settings
from foods.food import EATEN_OUT
from foods.nutrient import convert, known_nutrients, printed_unit
from foods.supplement import Supplement, find_supplement
from foods.table import FoodTable
from foods.water import TAP_WATER
from planner.candidates.dish import Dish
from planner.candidates.own_dishes import dishes_with_own
from planner.kitchen.batch import BatchPlan, all_cooked, plan_batch
from planner.kitchen.bought import kind_told
from planner.kitchen.counter import Counter, Need, cut_in_weeks, trips_of
from planner.kitchen.errand import Errand, ShoppingLine, ShoppingList, Use, errand_for
from planner.kitchen.evenings import fits_freezer, freezer_days
from planner.kitchen.leftovers import asked_uses, taken_g, with_own_dry
from planner.kitchen.pantry import Pantry, usual_pantry
from planner.kitchen.sold import SETTINGS, Stock, boxes_held, known_aisles, labels_to_read, sold_as
from planner.plan.own_shop import foods_with_prices
from planner.plan.plan import Item, Plan
from planner.plan.shares import heads_of
from planner.request.day_words import today
from planner.request.days import DAYS_PER_WEEK
from planner.request.request import PlanRequest
from planner.settings import read_settings

FOR_FREEZER = ", for the freezer"
PHARMACY = "pharmacy"


def list_shopping(
    plan: Plan, foods: FoodTable, errand: Errand | None = None, batch: BatchPlan | None = None
) -> ShoppingList:
    """List what to buy for ``plan``; tap water, and pills that are taken already, are left out.

    Parameters
    ----------
    plan, foods
        The plan and the food table it was made from.
    errand
        How one shops.
    batch
        What is cooked double; its share for the freezer is bought too.

    Raises
    ------
    FoodNotFoundError
        When the table does not have a food of the plan.
    """
    errand = errand or Errand()
    weeks = cut_in_weeks([day.day for day in plan.days], _wanted(plan, errand))
    if errand.trips or weeks == weeks[:1]:
        return _list_at_once(plan, foods, errand, batch)
    spans = (range(min(week), max(week) + 1) for week in weeks)
    each = (list_shopping(plan, foods, replace(errand, days=span), batch) for span in spans)
    starts = [start for shopping_list in each for start in shopping_list.trips]
    made = _list(plan, foods, errand, batch, starts, is_needed=errand.boxes is not None)
    return _with_freezer(made, plan, errand, batch)


def _list_at_once(
    plan: Plan, foods: FoodTable, errand: Errand, batch: BatchPlan | None
) -> ShoppingList:
    """List what to buy on as many trips as are asked for, or as the days and the freezer take."""
    wanted = _wanted(plan, errand)
    small: int = read_settings(SETTINGS)["trips"]["small_every_days"]
    few = errand.trips or max(1, -(-len(wanted) // small))
    if errand.boxes is None:
        starts = trips_of(wanted, few, errand.closed)
        if errand.trips:
            return _list(plan, foods, errand, batch, starts)
        made = _list(plan, foods, errand, batch, starts, is_needed=True)
        if _too_late(made):
            starts = trips_of(wanted, few, errand.closed, 1)
            sooner = _list(plan, foods, errand, batch, starts, is_needed=True)
            made = min(made, sooner, key=_too_late)
        # on trips that are made anyway all is bought that is better fresh, and less is frozen
        return _list(plan, foods, errand, batch, made.trips) if len(made.trips) > 1 else made
    found: list[tuple[int, int, ShoppingList]] = []
    for trips in range(few, max(few, len(plan.days)) + 1):
        starts, is_needed = trips_of(wanted, trips, errand.closed), trips > (errand.trips or 0)
        made = _list(plan, foods, errand, batch, starts, is_needed=is_needed)
        made = _with_freezer(made, plan, errand, batch)
        found.append((max(0, made.boxes_over), trips, made))
        if not found[-1][0]:
            break
    return min(found, key=lambda one: one[:2])[-1]


def _with_freezer(
    made: ShoppingList, plan: Plan, errand: Errand, batch: BatchPlan | None
) -> ShoppingList:
    """Return a list with what goes into the freezer and comes out, where somebody said its room."""
    if errand.boxes is None:
        return made
    cook, last = batch.cook if batch else (), plan.days[-1].day if plan.days else 0
    freezer = freezer_days(made.lines, cook, made.trips, last)
    return replace(made, boxes=errand.boxes, freezer=freezer)


def _too_late(made: ShoppingList) -> int:
    """Count the times that something is opened when it is past its days."""
    return sum(len(line.late) for line in made.lines)


def _list(
    plan: Plan,
    foods: FoodTable,
    errand: Errand,
    batch: BatchPlan | None,
    starts: Sequence[int],
    *,
    is_needed: bool = False,
) -> ShoppingList:
    """List what to buy on trips before these days; ``is_needed``: later ones for the late alone."""
    wanted = _wanted(plan, errand)
    counters = tuple(counters_of(plan, foods, errand, batch, starts, is_needed=is_needed))
    home = stocks_of(counters, errand, foods)
    weeks = cut_in_weeks([day.day for day in plan.days], wanted)
    lines = list(_pharmacy_lines(plan, weeks))
    bare = [*lines]
    for counter in counters:
        stock = home[counter.food.food_id]
        own = tuple(counter.lines(stock))
        lines += own
        bare += counter.lines(Stock(0.0)) if stock.mass_g else own
    gone = sorted({1, *(line.trip for line in lines)}) if is_needed else ()
    if gone:  # a trip on which nothing is bought is none
        lines = [replace(line, trip=gone.index(line.trip) + 1) for line in lines]
        starts = [starts[number - 1] for number in gone]
    aisles = errand.aisles or known_aisles()
    order = {aisle: place for place, aisle in enumerate(aisles)}
    lines.sort(
        key=lambda line: (line.trip, order.get(line.aisle, len(order)), line.name.casefold())
    )
    prices = data_settings("SOURCES.toml")["prices"]
    budget_usd = errand.budget_usd
    frozen = (one.frozen_usd for one in (batch.cook if batch else ()) if one.day in wanted)
    return ShoppingList(
        lines=tuple(lines),
        people=round(errand.people * heads_of(plan)),
        trips=tuple(starts),
        trips_asked=errand.trips,
        trip_dates=tuple(
            _trip_date(day.date) for day in plan.days if day.date and day.day in starts
        ),
        currency=str(prices["currency"]),
        year=int(prices["year"]),
        total_usd=fsum(line.price_usd or 0.0 for line in lines),
        empty_usd=fsum(line.price_usd or 0.0 for line in bare),
        eaten_usd=fsum(line.eaten_usd for line in lines),
        frozen_usd=sum(frozen) * errand.people,
        cupboard=home_of(errand, foods).kind,
        aisles=aisles,
        budget_usd=None if budget_usd is None else budget_usd * len(wanted) / DAYS_PER_WEEK,
        budget_counts=errand.budget_counts,
        shops=errand.shops,
        labels=labels_to_read((line.food_id for line in lines), errand.allergens, foods),
        days=tuple(day for day in plan.days if day.day in wanted),
        priced=dict(_of_own_price(food_id, lines, foods) for food_id in sorted(errand.priced)),
    )


def _of_own_price(
    food_id: str, lines: Iterable[ShoppingLine], foods: FoodTable
) -> tuple[str, tuple[str, ...]]:
    """Return the name of a food as a list has it, and what of its kind is on that list."""
    base = foods[food_id].base
    names = {
        line.food_id: line.name
        for line in lines
        if line.food_id in foods and foods[line.food_id].base == base
    }
    return names.get(food_id, foods[food_id].name), tuple(dict.fromkeys(names.values()))


def counters_of(
    plan: Plan,
    foods: FoodTable,
    errand: Errand,
    batch: BatchPlan | None,
    starts: Sequence[int] = (),
    *,
    is_needed: bool = False,
) -> Iterator[Counter]:
    """Return what counts the packages of each food that a plan needs; arguments as of the list.

    ``starts``: the first day of each trip; what is asked of packages alone does without.
    """
    days, wanted = tuple(day.day for day in plan.days), _wanted(plan, errand)
    for food_id, need in _needs(plan, batch, foods, errand).items():
        yield Counter(foods[food_id], need, errand, days, wanted, tuple(starts), is_needed)


def home_of(errand: Errand, foods: FoodTable) -> Pantry:
    """Return what is at home: what is said, else what most kitchens have."""
    return usual_pantry(foods) if errand.pantry is None else errand.pantry


def stocks_of(counters: Sequence[Counter], errand: Errand, foods: FoodTable) -> Mapping[str, Stock]:
    """Return what is at home of each food that a plan needs.

    What is to be used up is there too: as much of each of its kinds as the plan takes, in the order
    of ``counters``, and not beside what the pantry has of it.
    """
    pantry = home_of(errand, foods)
    found = {counter.food.food_id: pantry.get(counter.food.food_id) for counter in counters}
    held = dict.fromkeys(found, Stock(0.0))
    beyond: float = read_settings(SETTINGS)["leftovers"]["near"]
    for use in errand.uses:
        if use.is_stock:  # it is in the pantry; what is frozen in time stays good
            kept = use.kinds & found.keys() if use.freeze_by else ()
            found |= {food_id: replace(found[food_id], days=None) for food_id in kept}
            continue
        left = 1.0 + (beyond if use.is_leftover else 0.0)
        for counter in (counter for counter in counters if counter.food.food_id in use.kinds):
            whole_g, before = use.held_g(counter.food), held[counter.food.food_id]
            own_g = min(left * whole_g, counter.used_until(use.days) - before.mass_g)
            held[counter.food.food_id] = Stock(
                before.mass_g + own_g,
                (own_g and use.days) or before.days,
                before.is_frozen or use.is_frozen,
                before.cooked_g + (own_g if use.is_leftover else 0.0),
            )
            left -= own_g / whole_g
    return {
        key: own if own.mass_g > found[key].mass_g else replace(found[key], cooked_g=own.cooked_g)
        for key, own in held.items()
    }


def _wanted(plan: Plan, errand: Errand) -> tuple[int, ...]:
    """Return the days that are bought for."""
    days = (day.day for day in plan.days)
    return tuple(day for day in days if errand.days is None or day in errand.days)


def _trip_date(first: date) -> date:
    """Return when one goes for what is used from a day on: the day before, or today for today."""
    return first if first == today() else first - timedelta(days=1)


def shop_once(
    plan: Plan, request: PlanRequest, foods: FoodTable, folders: Sequence[str] = ()
) -> ShoppingList:
    """List what to buy for a plan of which its file alone is at hand, as its request says.

    Parameters
    ----------
    plan, request
        The plan, and what was asked for.
    foods
        The food table it was made from.
    folders
        Where own dishes of the plan are; the shipped ones are known.

    Raises
    ------
    FoodsError
        When a folder cannot be read, or the table does not have a food of the plan.
    """
    return list_with_batch(plan, request, foods, dishes_with_own(folders, foods))


def list_with_batch(
    plan: Plan, request: PlanRequest, foods: FoodTable, recipes: tuple[Dish, ...]
) -> ShoppingList:
    """List what to buy as a request says, and what it lets be cooked double."""
    batch = batch_asked(plan, request, recipes, foods)
    return list_asked(plan, request, foods, recipes, batch)


def batch_asked(
    plan: Plan, request: PlanRequest, recipes: tuple[Dish, ...], foods: FoodTable
) -> BatchPlan:
    """Return what is cooked double as asked, if the money, food at home and freezer are enough."""
    recipes = with_own_dry(recipes, request, foods)
    made = _batch_that_fits(plan, request, recipes, foods)
    doubles = any(cooking.frozen_servings for cooking in made.cook)
    if request.preferences.budget_per_week is None or not doubles:
        return made
    listed = list_asked(plan, request, foods, recipes, made)
    is_dear = listed.counted_usd > (listed.budget_usd or math.inf)
    more = request.week.cooked_more
    return plan_batch(plan, recipes, 0.0, cooked_more=more) if is_dear else made


def _batch_that_fits(
    plan: Plan, request: PlanRequest, recipes: tuple[Dish, ...], foods: FoodTable
) -> BatchPlan:
    uses = [use for _, use in asked_uses(request, foods, recipes) if not use.is_stock]
    budget, boxes = request.preferences.budget_per_week, boxes_held(request)
    more = request.week.cooked_more
    if not uses and boxes is None:
        return plan_batch(plan, recipes, budget, cooked_more=more)
    alone = list_asked(plan, request, foods, recipes, None)
    taken = partial(taken_g, plan=plan, foods=foods)
    last = plan.days[-1].day
    fits = fits_freezer(alone.lines, alone.trips, last, uses, taken, boxes)
    return plan_batch(plan, recipes, budget, fits, more)


def list_asked(
    plan: Plan,
    request: PlanRequest,
    foods: FoodTable,
    recipes: tuple[Dish, ...],
    batch: BatchPlan | None,
    trips: int | None = None,
) -> ShoppingList:
    """List what to buy as a request says, with at home what it names; the rest as of the list."""
    errand = errand_for(request, recipes, foods)
    errand = replace(errand, trips=trips or errand.trips)
    return list_shopping(plan, foods_with_prices(foods, request), errand, batch)


def _needs(
    plan: Plan, batch: BatchPlan | None, foods: FoodTable, errand: Errand
) -> dict[str, Need]:
    """Add up what is needed of each food as it is bought."""
    needs: dict[str, Need] = {}
    days, shelves = {day.day for day in plan.days}, errand.shelves
    dishes = {dish.dish_id: dish for dish in errand.recipes}
    for item in all_cooked(plan, errand.people, batch):
        on = item.on if item.on in days else item.day  # of an earlier plan: bought again
        name, dish = f"{item.name}{FOR_FREEZER if item.is_frozen else ''}", dishes.get(item.item_id)
        for day, food_id, mass_g in item.opened(on, dish):
            if food_id == TAP_WATER or foods[food_id].group == EATEN_OUT:
                continue
            use = Use(item.day, item.slot, name, kind_told(dish, foods[food_id]))
            eaten_g = mass_g * item.people
            food, edible_g = sold_as(foods, shelves, food_id, eaten_g, dish)
            price_usd = (foods[food_id].price_usd_per_100g or 0.0) * eaten_g / 100
            needs.setdefault(food.food_id, Need()).add(day, edible_g, price_usd, use)
    return needs


def _pharmacy_lines(plan: Plan, weeks: Sequence[frozenset[int]]) -> Iterator[ShoppingLine]:
    """Yield a line for each supplement that the plan adds, with all of its doses in these weeks."""
    wanted = frozenset[int]().union(*weeks)
    doses: dict[str, list[tuple[Use, Item]]] = {}
    for day, meal, item in plan.served():
        if item.is_added and day.day in wanted:
            use = Use(day.day, meal.slot, item.name)
            doses.setdefault(item.item_id, []).append((use, item))
    for key, own in doses.items():
        yield _pharmacy_line(find_supplement(key), own, weeks)


def _pharmacy_line(
    compound: Supplement, doses: Sequence[tuple[Use, Item]], weeks: Sequence[frozenset[int]]
) -> ShoppingLine:
    amounts = [item.nutrients.get(compound.nutrient) or 0.0 for _, item in doses]
    unit = known_nutrients()[compound.nutrient].unit
    total_mg = convert(sum(amounts), unit, "mg")
    compound_mg = compound.compound_mg(total_mg)
    price_usd = sum(item.cost for _, item in doses)
    return ShoppingLine(
        aisle=PHARMACY,
        food_id=compound.compound_id,
        name=compound.label,
        need_g=convert(total_mg if compound_mg is None else compound_mg, "mg", "g"),
        buy=_doses_in_words(amounts, unit),
        packages=None,
        price_usd=price_usd,
        weeks_usd=tuple(sum(item.cost for use, item in doses if use.day in week) for week in weeks),
        eaten_usd=price_usd,
        surplus_g=None,
        uses=tuple(dict.fromkeys(use for use, _ in doses)),
    )


def _doses_in_words(amounts: Sequence[float], unit: str) -> str:
    """Describe how many doses of which size: ``"14 doses of 100 mg"``."""
    counts = CountOf(f"{amount:.4g} {printed_unit(unit)}" for amount in amounts)
    return ", ".join(
        f"{count} {'dose' if count == 1 else 'doses'} of {size}" for size, count in counts.items()
    )
