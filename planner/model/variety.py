"""What links the days: repeats, rotation, frequencies, budget, spacing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from planner.candidates.candidate import Column
from planner.candidates.names import Meaning
from planner.model.board import ColumnTable, Vector, Week
from planner.model.days import not_yet_on
from planner.model.keys import RowKey
from planner.model.meals import MAIN_MEALS
from planner.model.sums import Sum
from planner.request.phrases import FrequencyRule
from planner.safety.stops import FoodCap

DAYS_PER_WEEK = 7


@dataclass(frozen=True, slots=True)
class Frequency:
    """A wish for so many servings a week.

    Parameters
    ----------
    meaning
        What is counted.
    sense, count
        ``">="`` or ``"<="``, and how many per seven days.
    """

    meaning: Meaning
    sense: str
    count: int

    @property
    def name(self) -> str:
        """The wish as it is written."""
        return str(FrequencyRule(self.meaning.name, self.sense, self.count))


@dataclass(frozen=True, slots=True)
class Spacing:
    """At most ``most`` of these columns in ``days`` days running.

    Parameters
    ----------
    name
        What it is about.
    columns
        1 for the columns that count.
    days
        Length of the window [days].
    first
        Day, from 0, from which on it holds.
    most
        How many; one where servings are kept apart.
    rule
        The rule whose rows these are.
    """

    name: str
    columns: Vector
    days: int
    first: int = 0
    most: int = 1
    rule: str = "spacing"

    def windows(self, days: int) -> range:
        """First days, from 0, of the windows in a plan of ``days``; at least one where it holds."""
        return range(self.first, max(min(self.first + 1, days), days - self.days + 1))

    def key(self, first: int) -> RowKey:
        """Name the row of the window that begins on a day, from 0."""
        return RowKey(self.rule, self.name, day=first + 1)


@dataclass(frozen=True, slots=True)
class Order:
    """What comes later on a day needs what came earlier, within so many days.

    Parameters
    ----------
    name
        Dish that it is about.
    later, earlier
        1 for the columns of the second meal, and of the first.
    days
        Days from the first meal to the second at most.
    """

    name: str
    later: Vector
    earlier: Vector
    days: int


def add_repeats(week: Week, rules: Mapping[str, Any], price: float, put: Mapping[str, int]) -> None:
    """No main dish twice, other dishes and foods as often as people like them.

    A breakfast, side or snack may come more often than usual at ``price`` points a time. What is
    ``put`` on meals comes as often as that.
    """
    most = most_per_candidate(week.table, rules, week.days, put)
    for name, numbers in week.table.columns_of_candidates().items():
        used = [week.table.columns[number] for number in numbers]
        served, upper = week.count(numbers), most[name]
        if upper < week.days * len({column.place for column in used}):
            week.board.require(RowKey("repeat", name), served <= upper)
        usual = rules["dish_week_usual"].get(used[0].candidate.traits.kind)
        if usual is not None:
            key = RowKey("repeat", name, soft=True)
            week.board.prefer_at_most(key, served, most_in(usual, week.days), price)


def most_per_candidate(
    table: ColumnTable, rules: Mapping[str, Any], days: int, put: Mapping[str, int]
) -> dict[str, int]:
    """Return candidate id → how often it may come in so many days.

    ``put``: dish or food → how often it is put on meals.
    """
    per_week = {c.candidate.candidate_id: c.candidate.traits.most_per_week for c in table.columns}
    mains = {c.candidate.candidate_id for c in table.columns if _is_main(c)}
    per_week |= dict.fromkeys(mains, rules["dish_week"]["main"])
    again = {c.candidate.candidate_id for c in table.columns if c.candidate.traits.is_leftover}
    meals = rules["leftover"]["meals"] * rules["dish_week"]["main"]
    per_week |= dict.fromkeys(again, meals)
    asked = {c.candidate.candidate_id: put.get(c.candidate.source_id, 0) for c in table.columns}
    return {name: max(most_in(times, days), asked[name]) for name, times in per_week.items()}


def add_leftovers(week: Week, orders: Iterable[Order], rules: Mapping[str, Any]) -> None:
    """Allow no more second meals of a dish than are cooked for, and only a few in all."""
    again = week.table.where(lambda c: c.candidate.traits.is_leftover)
    if not again.any():
        return
    rule = rules["leftover"]
    frozen = week.table.where(lambda c: c.candidate.traits.is_frozen)
    if frozen.any():
        most = most_in(rule["most_frozen"], week.days)
        week.board.require(RowKey("leftover", "frozen", "max"), week.total(frozen) <= most)
    for order in orders:
        total = week.total(order.later - rule["meals"] * order.earlier)
        week.board.require(RowKey("leftover", order.name), total <= 0)
    most = most_in(rule["most_per_week"], week.days)
    week.board.require(RowKey("leftover", "all", "max"), week.total(again) <= most)
    cooked_on = week.table.where(lambda c: c.place == rule["cooked_on"])
    most = most_in(rule["most_on_cooked"], week.days)
    evenings = week.total(again * cooked_on)
    week.board.require(RowKey("leftover", "cooked_on", "max"), evenings <= most)


def orders_of(table: ColumnTable, rules: Mapping[str, Any]) -> tuple[Order, ...]:
    """Return, for each dish with second meals, the order in which its meals may come.

    What is in the freezer when the week begins may come on any day.
    """
    cooked_on = (rules["leftover"]["cooked_on"], *rules["leftover"]["also_on"])
    by_dish: dict[str, list[Column]] = {}
    cooked: dict[str, list[int]] = {}
    for column in table.columns:
        if column.candidate.traits.is_frozen:
            continue
        if column.candidate.traits.is_leftover:
            by_dish.setdefault(column.candidate.source_id, []).append(column)
        elif column.place in cooked_on:
            cooked.setdefault(column.candidate.source_id, []).append(column.index)
    orders = []
    for dish_id, columns in sorted(by_dish.items()):
        later = table.marks([column.index for column in columns])
        earlier = table.marks(cooked.get(dish_id, []))
        orders.append(Order(dish_id, later, earlier, columns[0].candidate.traits.keeps_days))
    return tuple(orders)


def add_orders(week: Week, orders: Iterable[Order]) -> None:
    """Second meals after the first; only a model with days of their own can say so."""
    for order in orders:
        for day, plate in enumerate(week.plates):
            before = week.plates[max(0, day - order.days) : day]
            total = plate.total(order.later)
            for earlier in before:
                total = total - earlier.total(order.earlier)
            key = RowKey("leftover", order.name, day=day + 1)
            week.board.require(key, total <= 0)


def everyday_bases(
    rules: Mapping[str, Any], groups: Mapping[str, frozenset[str]], of: str = "base_week"
) -> set[str]:
    """Name the bases that may come every day: all in such groups, or named for the rule ``of``."""
    usual = frozenset(rules["base_week"]["everyday_groups"])
    of_groups = {base for base, own in groups.items() if own <= usual}
    return of_groups | set(rules[of]["everyday_bases"])


def add_bases(
    week: Week, rules: Mapping[str, Any], everyday: set[str], points: Mapping[str, float]
) -> None:
    """No food that is not an everyday one on more days than people like, priced."""
    price = points["base_extra"]
    rule = rules["base_week"]
    for base, held in week.table.bases(rule["lower_mass_g"]):
        if base not in everyday and held.any():
            week.board.prefer_at_most(
                RowKey("base_week", base, soft=True),
                week.total(held),
                most_in(rule["upper"], week.days),
                price,
            )
    bare = week.table.where(lambda c: not c.candidate.traits.is_dish and c.serving.nuts_g > 0)
    for base, chosen in week.table.bases(rules["line"]["lower"]):
        if (chosen * bare).any():  # nuts or seeds: as such, and in all
            for word, uses in (("bare", chosen * bare), ("nuts", chosen)):
                most = most_in(rules["bare_week"][f"upper_{word}"], week.days)
                key = RowKey("base_week", f"{base}.{word}", soft=True)
                extra = points["nuts_extra"] if word == "nuts" else price
                week.board.prefer_at_most(key, week.total(uses), most, extra)
    rule = rules["bare_week"]
    spreads = week.table.of_groups(rule["spreads"]) >= rules["line"]["lower"]
    if spreads.any():
        key, most = (
            RowKey("base_week", "spread", soft=True),
            most_in(rule["upper_spread"], week.days),
        )
        spread = week.total(spreads)
        week.board.prefer_at_most(key, spread, most, points["nuts_extra"])


def add_rotation(week: Week, rules: Mapping[str, Any], points: Mapping[str, float]) -> None:
    """Proteins rotate; fish and legumes a few times where the candidates have them."""
    families = {c.candidate.traits.protein for c in week.table.columns if _is_main(c)}
    rule = rules["protein_week"]
    as_one: Mapping[str, str] = rule["as_one"]
    for family in sorted({as_one.get(one, one) for one in families} - {"none", *rule["apart"]}):
        alike = {one for one in families if as_one.get(one, one) == family}
        week.board.prefer_at_most(
            RowKey("protein_week", family, soft=True),
            week.total(_mains_of(week, alike)),
            most_in(rule["upper"], week.days),
            points["protein_extra"],
        )
    for name in ("fish_week", "legume_week"):
        wanted = set(rules[name]["families"])
        if wanted & families:
            week.board.prefer_at_least(
                RowKey("usual", name.removesuffix("_week"), "min", soft=True),
                week.total(_mains_of(week, wanted)),
                least_in(rules[name]["lower"], week.days),
                points[f"{name.removesuffix('_week')}_missing"],
            )
    for name in ("fish_week", "legume_week"):
        rule = rules[name]
        food, others = name.removesuffix("_week"), set(rule["upper_beside"])
        if families.intersection(rule["families"]) and others & families:
            total = week.total(_mains_of(week, set(rule["families"])))
            key = RowKey("usual", food, "max", soft=True)
            most = most_in(max(rule["upper"], rule["lower"]), week.days)
            week.board.prefer_at_most(key, total, most, points[f"{food}_extra"])
    red = set(rules["red_meat_week"]["families"])
    if red & families:
        week.board.require(
            RowKey("usual", "red_meat", "max"),
            week.total(_mains_of(week, red)) <= most_in(rules["red_meat_week"]["upper"], week.days),
        )


def add_starches(week: Week, rule: Mapping[str, Any], price: float) -> None:
    """No starch at more lunches and dinners than people like, priced."""
    as_one = rule["as_one"]
    numbers: dict[str, list[int]] = {}
    for column in week.table.columns:
        if column.slot in MAIN_MEALS:
            family = column.candidate.traits.starch
            numbers.setdefault(as_one.get(family, family), []).append(column.index)
    for family in sorted(set(numbers) - set(rule["apart"])):
        key = RowKey("starch_week", family, soft=True)
        total = week.total(week.table.marks(numbers[family]))
        week.board.prefer_at_most(key, total, most_in(rule["upper"], week.days), price)


def add_greens(week: Week, caps: Mapping[str, FoodCap], line_g: float) -> None:
    """Portions of oxalate-rich greens in the week."""
    portions = caps["oxalate_greens"].portions_per_week
    chosen = week.table.where(lambda c: c.serving.greens_g >= line_g)
    if chosen.any() and portions is not None:
        upper = most_in(portions, week.days)
        week.board.require(RowKey("greens_week"), week.total(chosen) <= upper)


def add_frequencies(week: Week, wishes: Iterable[Frequency], line_g: float) -> None:
    """As often a week as asked for, scaled to the days planned."""
    past = not_yet_on(one.kind for one in week.plates)
    for number, wish in enumerate(wishes, start=1):
        if wish.name in past:  # more of it was had: there is none on the days to come
            continue
        chosen = serves(week.table.columns, wish.meaning, line_g)
        total = week.total(week.table.vector(chosen))
        key = RowKey("frequency", plain_word(wish.meaning.name), number=number)
        if wish.sense == ">=":
            lower = least_in(wish.count, week.days)
            week.board.require(replace(key, side="min"), total >= lower)
        else:
            upper = most_in(wish.count, week.days)
            week.board.require(replace(key, side="max"), total <= upper)


def add_likes(week: Week, likes: Iterable[tuple[Meaning, float]], line_g: float) -> None:
    """Price what is liked and does not occur; ``likes`` are (what, points when it does not)."""
    for number, (meaning, points) in enumerate(likes, start=1):
        chosen = week.table.vector(serves(week.table.columns, meaning, line_g))
        if chosen.any():
            key = RowKey("liked", plain_word(meaning.name), soft=True, number=number)
            week.board.prefer_at_least(key, week.total(chosen), 1.0, points)


def add_budget(week: Week, budget_usd: float | None) -> None:
    """Keep the week within the budget [USD per seven days]."""
    if budget_usd is not None:
        cost = week.table.vector([c.serving.cost_usd for c in week.table.columns])
        upper = budget_usd * week.days / DAYS_PER_WEEK
        week.board.require(RowKey("budget"), week.total(cost) <= upper)


def add_spacings(week: Week, spacings: Iterable[Spacing]) -> None:
    """Keep servings apart; only a model with days of their own can say so."""
    for spacing in spacings:
        for first in spacing.windows(len(week.plates)):
            window = week.plates[first : first + spacing.days]
            total = sum((plate.total(spacing.columns) for plate in window), start=Sum())
            week.board.require(spacing.key(first), total <= spacing.most)


def serves(columns: Iterable[Column], meaning: Meaning, line_g: float) -> list[float]:
    """1 for each column that serves what ``meaning`` says, at least a line of it."""
    return [1.0 if _serves(column, meaning, line_g) else 0.0 for column in columns]


def _serves(column: Column, meaning: Meaning, line_g: float) -> bool:
    if column.candidate.source_id in meaning.dish_ids:
        return True
    mass = sum(m for food, m in column.serving.portion.ingredients if food in meaning.food_ids)
    return mass >= line_g


def _is_main(column: Column) -> bool:
    return column.place.endswith(".main") and column.slot != "breakfast"


def _mains_of(week: Week, families: set[str]) -> Vector:
    return week.table.where(lambda c: c.candidate.traits.protein in families and _is_main(c))


def most_in(per_week: float, days: int) -> int:
    """Return how often a thing comes at most in so many days, of times per week."""
    return math.ceil(per_week * days / DAYS_PER_WEEK)


def least_in(per_week: float, days: int) -> int:
    """Return how often a thing comes at least in so many days, of times per week."""
    return math.floor(per_week * days / DAYS_PER_WEEK)


def plain_word(name: str) -> str:
    """Write a person's word with the letters that row names may have."""
    plain = "".join(c if c.isascii() and c.isalnum() else "_" for c in name.lower())
    return plain.strip("_") or "name"
