"""What the budget of a refusal buys: whole packages with the most magnesium for the money.

Only what everybody may eat, and of each food no more than usual servings come to in a week: what is
bought beyond that is paid for and not counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from foods.food import Food
from planner.explain.refusal import WISH
from planner.explain.report import Refusal
from planner.kitchen.bought import amount_in_words
from planner.kitchen.pantry import pantry_of
from planner.kitchen.sold import SETTINGS, Package, Shelves, price_of, shelves_for, sold_as
from planner.request.days import DAYS_PER_WEEK
from planner.request.request import NAMELESS, weighed_in
from planner.settings import read_settings
from planner.shops import named, price_as
from planner.table.prepare import PreparedTable

MAGNESIUM, EATEN = "magnesium_mg", "eaten"
BOUGHT = "{name}, {amount}: {price}, {mg:,.0f} mg"
ALL = "{price} in all for {mg:,.0f} mg: {reached}"
ALL_WITH_HOME = "{price} in all for {mg:,.0f} mg; with {home:,.0f} mg at home: {reached}"
REACHED = "{share:.0%} of the {need:,.0f} mg needed in a week ({eaters})"
OF_ONE = "{has:,.0f} of {need:,.0f} mg a day"
OF_EATER = "{name} {has:,.0f} of {need:,.0f} mg a day"
COUNTED = (
    "No more of a food is counted than people eat in a week: small servings of what is bought, "
    "large ones of what is at home; shared by need. Only magnesium is looked at: it is no plan."
)


@dataclass(frozen=True, slots=True)
class _Eaten:
    """A food as it is eaten and as it is sold, and how much of the latter is 1 g of it [g]."""

    food: Food
    sold: Food
    gross: float

    @property
    def mg_per_g(self) -> float:
        """Magnesium in 1 g as it is sold [mg]."""
        return (self.food.per_100g.get(MAGNESIUM) or 0.0) / 100 / self.gross

    def mg(self, mass_g: float, people: int, servings: float) -> float:
        """Magnesium of so much, and of no more than so many eat in servings of so many measures."""
        one = self.food.serving
        week_g = people * servings * one.measure.mass_g * one.most_per_week * self.gross
        return min(mass_g, week_g) * self.mg_per_g


@dataclass(frozen=True, slots=True)
class _Step:
    """A package more of a food: its price and the magnesium that it adds."""

    eaten: _Eaten
    package: Package
    usd: float
    mg: float

    @property
    def key(self) -> tuple[str, float]:
        """What it is, in which size."""
        return self.package.food_id, self.package.size_g


def with_buys(refusal: Refusal, table: PreparedTable) -> Refusal:
    """Return a refusal with what its budget buys, if the budget is in the way."""
    if all(collision.what != WISH for collision in refusal.conflict):
        return refusal
    return replace(refusal, buys=buys_for_money(table))


def buys_for_money(table: PreparedTable) -> tuple[str, ...]:
    """Describe what the budget of a table buys of magnesium in a week.

    Nothing without a budget, and where somebody is not asked for more magnesium without end.
    """
    request, foods, usd = table.request, table.foods, table.request.preferences.budget_per_week
    asked = {name: one.targets.find(MAGNESIUM, "day", "total") for name, one in table.weeks.items()}
    needs = {name: one.lower or 0.0 for name, one in asked.items() if one and not one.upper}
    if usd is None or len(needs) < len(asked) or not all(needs.values()):
        return ()
    shelves, people = shelves_for(request, foods), len(needs)
    known = _eaten_by_all(table, shelves)
    home_g: defaultdict[str, float] = defaultdict(float)
    for entry in pantry_of(request, foods).entries:
        home_g[entry.food_id] += entry.mass_g
    there = [(known[food_id], mass_g) for food_id, mass_g in home_g.items() if food_id in known]
    home_mg = sum(eaten.mg(mass_g, people, eaten.food.serving.most) for eaten, mass_g in there)
    steps = _bought(known, shelves, usd, home_g, people)
    return (
        *_things(steps, weighed_in(request.week, request.shops)),
        _whole(steps, home_mg, needs),
        COUNTED,
    )


def _things(steps: Sequence[_Step], units: str) -> Iterator[str]:
    """Describe each thing to buy, in its size."""
    for key, count in Counter(step.key for step in steps).items():
        same = [step for step in steps if step.key == key]
        package, words = same[0].package, amount_in_words(same[0].package, count, units)
        name, amount = package.name or same[0].eaten.sold.name, words
        price, mg = price_as(sum(step.usd for step in same)), sum(step.mg for step in same)
        yield BOUGHT.format(name=named(name), amount=amount, price=price, mg=mg)


def _whole(steps: Sequence[_Step], home_mg: float, needs: Mapping[str, float]) -> str:
    """Describe what all of it costs and has, and how near everybody comes to what is needed."""
    mg, need_mg = sum(step.mg for step in steps), sum(needs.values()) * DAYS_PER_WEEK
    share = (home_mg + mg) / need_mg
    eaters = [
        (OF_EATER if name != NAMELESS else OF_ONE).format(name=name, has=need * share, need=need)
        for name, need in needs.items()
    ]
    reached = REACHED.format(share=share, need=need_mg, eaters=", ".join(eaters))
    pattern, price = ALL_WITH_HOME if home_mg else ALL, price_as(sum(step.usd for step in steps))
    return pattern.format(price=price, mg=mg, home=home_mg, reached=reached)


def _eaten_by_all(table: PreparedTable, shelves: Shelves) -> dict[str, _Eaten]:
    """Return what everybody may eat by what is sold for it, in the form that most people eat."""
    allowed = frozenset.intersection(
        *(
            frozenset(
                food_id
                for candidate in week.candidates.candidates
                for serving in candidate.servings
                for food_id, _ in serving.portion.ingredients
            )
            for week in table.weeks.values()
        )
    )
    found: dict[str, _Eaten] = {}
    order = sorted((one for one in table.foods if one.food_id in allowed), key=_usual_first)
    for food in order:
        sold, edible_g = sold_as(table.foods, shelves, food.food_id, 1.0, None)
        found.setdefault(sold.food_id, _Eaten(food, sold, edible_g * sold.sold_g_per_100g / 100))
    return found


def _usual_first(food: Food) -> tuple[bool, int, str]:
    return food.state != EATEN, food.popularity, food.food_id


def _bought(
    known: Mapping[str, _Eaten],
    shelves: Shelves,
    money_usd: float,
    home_g: Mapping[str, float],
    people: int,
) -> list[_Step]:
    """Buy one package after another, each time that with the most magnesium for its price."""
    rule, bought = read_settings(SETTINGS)["for_money"], list[_Step]()
    held_g = defaultdict(float, home_g)
    may_buy = [
        eaten
        for eaten in known.values()
        if eaten.food.state == EATEN and eaten.food.popularity <= rule["popularity"]
    ]

    def steps() -> Iterator[_Step]:
        left_usd = money_usd - sum(step.usd for step in bought)
        for eaten in may_buy:
            mg = partial(eaten.mg, people=people, servings=eaten.food.serving.least)
            has_g = held_g[eaten.sold.food_id]
            for package in shelves.get(eaten.sold.food_id, ()):
                usd = price_of(package, eaten.sold)
                added_mg = mg(has_g + package.size_g) - mg(has_g)
                if usd and usd <= left_usd and added_mg > 0.0 and _varies(eaten, bought, rule):
                    yield _Step(eaten, package, usd, added_mg)

    while best := max(steps(), key=lambda one: one.mg / one.usd, default=None):
        bought.append(best)
        held_g[best.eaten.sold.food_id] += best.package.size_g
    return bought


def _varies(one: _Eaten, bought: Sequence[_Step], rule: Mapping[str, int]) -> bool:
    """Whether a food is bought already, or another thing than what is, and not too many."""
    others = {other.eaten.sold.food_id: other.eaten.food for other in bought}
    if one.sold.food_id in others:
        return True
    groups = [other.group for other in others.values()]
    return (
        len(others) < rule["most"]
        and groups.count(one.food.group) < rule["per_group"]
        and all(other.base != one.food.base for other in others.values())
    )
