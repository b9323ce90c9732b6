"""Foods, plates and requests made by hand, small enough to add up in the head."""

from collections.abc import Mapping
from types import MappingProxyType

from foods.food import Food, Measure, UsualServing
from foods.table import FoodTable
from planner.plan.plan import Day, Item, Meal
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.read import request_to_dict
from planner.request.request import PlanRequest, WeekOptions
from planner.targets.target import Target

CUP = Measure("cup", 100.0)


def food(food_id, *, group="vegetables", base="", words=(), price=1.0, piece_g=None, **per_100g):
    """Give a food; ``words`` are ``allergen:milk``, ``origin:meat`` or ``flag:liver``."""
    kinds = {"allergen": set(), "origin": {"plant"}, "flag": set()}
    for word in words:
        kind, _, name = word.partition(":")
        kinds[kind].add(name)
    measures = (CUP,) if piece_g is None else (CUP, Measure("piece", piece_g))
    return Food(
        food_id=food_id,
        name=food_id.replace("_", " ").capitalize(),
        base=base or food_id,
        group=group,
        aisle="produce",
        roles=frozenset(),
        state="eaten",
        bought_as=None,
        bought_g_per_100g=100.0,
        measures=measures,
        serving=UsualServing(CUP, 1, 1, 2, 7, frozenset()),
        price_usd_per_100g=price,
        allergens=frozenset(kinds["allergen"]),
        origin=frozenset(kinds["origin"]),
        flags=frozenset(kinds["flag"]),
        popularity=1,
        release="own",
        source_id=food_id,
        fdc_id="",
        ndb_no="",
        overlay=MappingProxyType({}),
        per_100g=MappingProxyType(per_100g),
    )


def table(*foods):
    """Give a food table of some foods."""
    return FoodTable.from_foods(foods, "by hand", "")


def item(name, masses, kind="dish"):
    """Give a thing on the table that holds ``masses`` [g] by food id and states no nutrients."""
    mass_g = sum(masses.values())
    return Item(kind, name, name, 1.0, "1 serving", mass_g, tuple(masses.items()), {}, 0.0, 0)


def day(number, foods, **meals):
    """Give a day with one item per meal, of masses [g] by food id, that states its ratio."""
    served = [
        Meal(slot, (item(f"{slot}_{number}", meal) if isinstance(meal, Mapping) else meal,))
        for slot, meal in meals.items()
    ]
    parts = [part for meal in served for own_item in meal.items for part in own_item.ingredients]
    calcium, magnesium = (
        sum(g * (foods[name].per_100g.get(key) or 0) / 100 for name, g in parts if name in foods)
        for key in ("calcium_mg", "magnesium_mg")
    )
    ratio = calcium / magnesium if magnesium else None
    cost = sum(g * foods[name].price_usd_per_100g / 100 for name, g in parts if name in foods)
    return Day(number, None, tuple(served), {}, ratio, cost)


def three_meals(number, foods, masses):
    """Give a day with the same item at breakfast, lunch and dinner."""
    return day(number, foods, breakfast=masses, lunch=masses, dinner=masses)


def target(nutrient, lower=None, upper=None, *, period="day", basis="total", hard=True, unit="mg"):
    """Give a target."""
    return Target(nutrient, unit, lower, upper, period, basis, hard, "by hand", "own")


def request(days=1, *, profile=None, **preferences):
    """Give a request for some days; ``per_week`` as ``"fish >= 2"``."""
    rules = [rule.split() for rule in preferences.pop("per_week", ())]
    wanted = Preferences(
        per_week=tuple(FrequencyRule(name, sense, int(count)) for name, sense, count in rules),
        **preferences,
    )
    return PlanRequest(
        profile=profile or Profile(), preferences=wanted, week=WeekOptions(days=days)
    )


def document(days, asked, targets=(), week=None):
    """Give plan.json, as values, of some days; ``week`` holds what the plan states of it."""
    kinds = {name for own_day in days for thing in own_day.items() for name, _ in thing.ingredients}
    stated = {"totals": {}, "means": {}, "ca_mg_ratio": None, "cost": 0.0}
    stated["distinct_foods"] = len(kinds)
    return {
        "schema": "magplan/plan/1",
        "data": {"version": "by hand", "sha256": ""},
        "request": request_to_dict(asked),
        "targets": [
            {name: getattr(one, name) for name in Target.__dataclass_fields__} for one in targets
        ],
        "days": [_day_table(own_day) for own_day in days],
        "week": stated | (week or {}),
    }


def _day_table(one):
    meals = [
        {"slot": meal.slot, "items": [_item_table(part) for part in meal.items]}
        for meal in one.meals
    ]
    return {
        "day": one.day,
        "date": None,
        "meals": meals,
        "totals": dict(one.totals),
        "supplement_totals": {},
        "ca_mg_ratio": one.ca_mg_ratio,
        "cost": one.cost,
    }


def _item_table(one):
    return {
        "kind": one.kind,
        "id": one.item_id,
        "name": one.name,
        "servings": one.servings,
        "measure": one.measure,
        "mass_g": one.mass_g,
        "leftover_of": None,
        "ingredients": [{"food_id": name, "mass_g": mass_g} for name, mass_g in one.ingredients],
        "nutrients": dict(one.nutrients),
    }
