"""Changes of what is eaten that may be offered: what may go, come, grow or shrink."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from foods.food import Food
from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.servings import Portion, in_words, kitchen_mass, mass_per_food
from planner.diary.diary import BY_ID, DISH, FOOD, Diary, DiaryDay, DiaryEntry, DiaryMeal
from planner.settings import read_row, read_settings

SWAP, ADD, REMOVE, AMOUNT = "swap", "add", "remove", "amount"
SNACK = "snack"


@dataclass(frozen=True, slots=True)
class DietChange:
    """One change of one day.

    Parameters
    ----------
    action
        ``SWAP``, ``ADD``, ``REMOVE`` or ``AMOUNT``.
    day
        Number of the day, from 1.
    meal, slot, name
        Place of the meal among those of the day, from 0; one more than there are is a snack that
        is new. Which meal of a day it is, empty for others, and its name as it is written.
    at
        Place of what goes among the lines of its meal, from 0; ``None`` where nothing goes.
    gone, come
        What goes and what comes; ``None`` where nothing does.
    points
        What it asks: of two ways of one length the one with fewer is gentler.
    theme
        What it is but for how much and where: ways that share all their themes are one to a reader.
    kind
        Kind of an addition; empty for others.
    says
        Where an addition goes, in words; empty for others.
    is_last_resort
        Whether it takes milk, yogurt or cheese away, or calcium and brings no magnesium.
    """

    action: str
    day: int
    meal: int
    slot: str
    name: str
    at: int | None
    gone: DiaryEntry | None
    come: DiaryEntry | None
    points: float
    theme: tuple[str, ...]
    kind: str = ""
    says: str = ""
    is_last_resort: bool = False

    @property
    def subject(self) -> str:
        """Id of the food or dish that it is about: of what comes, else of what goes."""
        entry = self.come or self.gone
        return entry.item_id if entry else ""


def with_changes(diary: Diary, changes: Iterable[DietChange]) -> Diary:
    """Return the diary as it is with some changes made; nothing else of it moves."""
    every = tuple(changes)
    days = (_day(day, [one for one in every if one.day == day.number]) for day in diary.days)
    return replace(diary, days=tuple(days))


def _day(day: DiaryDay, changes: list[DietChange]) -> DiaryDay:
    meals = list(day.meals)
    if any(change.meal == len(meals) for change in changes):
        meals.append(DiaryMeal(SNACK, SNACK, ()))
    return replace(
        day,
        meals=tuple(
            replace(meal, entries=tuple(_entries(meal, [c for c in changes if c.meal == at])))
            for at, meal in enumerate(meals)
        ),
    )


def _entries(meal: DiaryMeal, changes: list[DietChange]) -> Iterator[DiaryEntry]:
    by_place = {change.at: change for change in changes if change.at is not None}
    for at, entry in enumerate(meal.entries):
        if at not in by_place:
            yield entry
        elif (come := by_place[at].come) is not None:
            yield come
    yield from (change.come for change in changes if change.at is None and change.come is not None)


@dataclass(frozen=True, slots=True)
class OfferedDish:
    """A dish that may come, as it is cooked for this eater, in the portions that may be served."""

    dish: Dish
    portions: tuple[Portion, ...]


@dataclass(frozen=True, slots=True)
class ComesAtMost:
    """Foods of which so many helpings may still come."""

    food_ids: frozenset[str]
    count: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What may come, for one eater.

    Parameters
    ----------
    foods
        The food table.
    recipes
        Dish id → dish as it is written, of everything that may have been eaten.
    may_come
        Ids of foods that may come: within diet, allergies, wishes and safety, with known figures.
    may_not_stay
        Ids of foods and dishes that are left out, by diet, allergy, wish or safety: what is eaten
        of them goes in every way.
    dishes
        Dish id → dish that may come.
    liked
        Id of a food or dish → points for its coming, as it is liked or disliked.
    at_most
        What a wish limits, such as ``"nuts<=2"``.
    """

    foods: FoodTable
    recipes: Mapping[str, Dish]
    may_come: frozenset[str]
    may_not_stay: frozenset[str] = frozenset()
    dishes: Mapping[str, OfferedDish] = field(default_factory=dict)
    liked: Mapping[str, float] = field(default_factory=dict)
    at_most: tuple[ComesAtMost, ...] = ()


CHANGES, FAMILIES = "improve/changes.toml", "improve/families.toml"
ADDITIONS = "improve/additions.toml"
BY_MEASURE, BY_ENERGY = "measure", "energy"


@dataclass(frozen=True, slots=True)
class Company:
    """What else a meal must hold, and must not, for a change to fit it.

    Parameters
    ----------
    beside_groups, beside_foods, beside_g
        More than so much [g] of one of these; both empty: nothing.
    with_foods
        And some of one of these: a dressing makes leaves a salad; empty: nothing.
    unless_groups, unless_foods, unless_g
        No more than so much [g] of these together.
    """

    beside_groups: Annotated[frozenset[str], Field(validation_alias="beside")] = frozenset()
    beside_foods: frozenset[str] = frozenset()
    beside_g: float = 0.0
    with_foods: frozenset[str] = frozenset()
    unless_groups: Annotated[frozenset[str], Field(validation_alias="unless")] = frozenset()
    unless_foods: frozenset[str] = frozenset()
    unless_g: float = 0.0

    def fits(self, lines: Iterable[tuple[str, float]], foods: FoodTable) -> bool:
        """Whether a change fits beside lines of food id and mass [g]."""
        carried = hindering = 0.0
        dressed = not self.with_foods
        for food_id, mass_g in lines:
            group = foods[food_id].group
            carried += mass_g * (group in self.beside_groups or food_id in self.beside_foods)
            hindering += mass_g * (group in self.unless_groups or food_id in self.unless_foods)
            dressed = dressed or food_id in self.with_foods
        needs = bool(self.beside_groups or self.beside_foods)
        return dressed and hindering <= self.unless_g and (not needs or carried > self.beside_g)


@dataclass(frozen=True, slots=True)
class Family:
    """Foods of which one may stand for another.

    Parameters
    ----------
    name
        What they are.
    come, gone
        Food ids of what may come, and of what may go for it.
    by
        ``BY_MEASURE``: as many slices or cups come as go; ``BY_ENERGY``: as much energy.
    points
        What it asks beside the points of every swap.
    meals
        Meals where it holds; empty: everywhere.
    company
        What the other lines of the meal must be.
    """

    name: str
    come: Annotated[tuple[str, ...], Field(validation_alias="foods")]
    gone: frozenset[str]
    by: str
    points: float
    meals: frozenset[str]
    company: Company


@dataclass(frozen=True, slots=True)
class Addition:
    """What is put beside or over what is eaten anyway.

    Parameters
    ----------
    says
        Where it goes, in words; empty where it stands for itself.
    kind
        Of additions of one kind a day has one.
    foods
        Food ids of what it may be.
    most
        Most of it, in the measure of its serving.
    meals
        Where.
    points
        What it asks beside the points of every addition.
    company
        What the meal must be.
    """

    says: str
    kind: str
    foods: tuple[str, ...]
    most: float
    meals: frozenset[str]
    points: float
    company: Company


@cache
def families() -> tuple[Family, ...]:
    """Return the families of foods, the one that counts first."""
    return tuple(read_row(Family, _as_told(row)) for row in read_settings(FAMILIES)["family"])


@cache
def additions() -> tuple[Addition, ...]:
    """Return what may be added."""
    return tuple(read_row(Addition, _as_told(row)) for row in read_settings(ADDITIONS)["addition"])


def rules() -> Mapping[str, Any]:
    """Return what a change may be and what it asks, ``configs/improve/changes.toml``."""
    return read_settings(CHANGES)


def _as_told(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with what holds where it says nothing."""
    return {"gone": row["foods"], "most": math.inf, "meals": (), **row, "company": row}


CALCIUM, MAGNESIUM, ENERGY = "calcium_mg", "magnesium_mg", "energy_kcal"
_PER_100_G = 100.0
_WHOLE = 100.0  # kcal or mg that points are counted by
_NEAR = 0.5  # of what was to come; farther off no usual amount is the like of it


def offered_changes(diary: Diary, choice: Choice) -> Iterator[DietChange]:
    """Return every change that may be offered, day by day in the order of the diary.

    What may not stay is gone by then, so of its line something else comes or nothing.
    """
    offers, kept = _Offers(choice), diary.emptied_of(choice.may_not_stay)
    for day, own in zip(diary.days, kept.days, strict=True):
        for change in offers.of_day(day):
            gone = None if change.at is None else own.meals[change.meal].entries[change.at]
            if gone is change.gone:
                yield change
            elif change.action == SWAP:
                yield replace(change, gone=gone)


@dataclass(frozen=True, slots=True)
class _Offers:
    """Makes the changes of one eater."""

    choice: Choice

    def of_day(self, day: DiaryDay) -> Iterator[DietChange]:
        return (change for change in self._every(day) if self._is_helping(change))

    def _every(self, day: DiaryDay) -> Iterator[DietChange]:
        for meal_at, meal in enumerate(day.meals):
            for at, entry in enumerate(meal.entries):
                place = _Place(day, meal_at, meal, at, entry)
                if entry.kind == FOOD and entry.item_id in self.choice.foods:
                    yield from self._of_food(place, self.choice.foods[entry.item_id])
                elif entry.kind == DISH and entry.item_id in self.choice.recipes:
                    yield from self._of_dish(place, self.choice.recipes[entry.item_id])
            yield from self._additions(day, meal_at, meal)
        if not any(meal.slot == SNACK for meal in day.meals):
            yield from self._additions(day, len(day.meals), DiaryMeal(SNACK, SNACK, ()))

    def _of_food(self, place: _Place, food: Food) -> Iterator[DietChange]:
        yield from self._amounts(place, food)
        seen = {food.food_id}
        for family in families():
            if food.food_id in family.gone and self._is_family_of(place, family):
                for food_id in family.come:
                    if food_id in self.choice.may_come and food_id not in seen:
                        seen.add(food_id)
                        yield from self._swap(place, food, self.choice.foods[food_id], family)
        out = rules()["remove"]
        is_left = food.group in out["groups"] or food.food_id in out["foods"]
        if is_left and len(place.meal.entries) > 1:
            yield self._change(REMOVE, place, None, 0.0)

    def _is_family_of(self, place: _Place, family: Family) -> bool:
        """Whether a family holds at a place: in that meal, if it is named, and beside its lines."""
        others = (line for other in place.others(of_day=False) for line in other.ingredients)
        in_meal = not (family.meals and place.slot) or place.slot in family.meals
        return in_meal and family.company.fits(others, self.choice.foods)

    def _is_helping(self, change: DietChange) -> bool:
        """Whether what comes is no more than a helping at once, or than there was."""
        return all(
            self._grams([change.come], limit["groups"])
            <= max(limit["grams"], self._grams([change.gone], limit["groups"]))
            for limit in rules()["helping"]
        )

    def _amounts(self, place: _Place, food: Food) -> Iterator[DietChange]:
        rule, serving = rules()["amount"], food.serving
        number = place.mass_g / serving.measure.mass_g
        if food.group in rule["never"] or number <= 0:
            return
        most = number if food.group in rule["no_more"] else max(serving.most, number)
        low = max(rule["least"] * number, min(serving.least, number))
        high = min(rule["most"] * number, most)
        for count in range(1, round(high / serving.step) + 1):
            other = count * serving.step
            share = abs(other - number) / number
            if low <= other <= high and share > rule["same"]:
                points = rules()["points"]["amount_whole"] * share
                yield self._change(AMOUNT, place, _of_food(food, other), points)

    def _swap(self, place: _Place, old: Food, new: Food, family: Family) -> Iterator[DietChange]:
        others = place.others(of_day=new.group not in rules()["again"]["groups"])
        if any(new.base in self._bases(other) for other in others):
            return
        mass_g = _like(old, new, place.mass_g, family.by)
        step, measure = new.serving.step, new.serving.measure.mass_g
        number = max(round(mass_g / measure / step) * step, new.serving.least)
        if family.by == BY_ENERGY:
            number = min(number, _most_at_once(new))
        if mass_g > 0 and abs(number * measure - mass_g) <= _NEAR * mass_g:
            yield self._change(SWAP, place, _of_food(new, number), family.points)

    def _of_dish(self, place: _Place, dish: Dish) -> Iterator[DietChange]:
        rule = rules()["amount"]
        whole_g = sum(mass_per_food(dish).values()) / dish.servings
        number = place.mass_g / whole_g
        steps = range(1, round(rule["dish_most"] / rule["dish_step"]) + 1)
        for other in (count * rule["dish_step"] for count in steps):
            if number <= 0 or not rule["dish_least"] <= other / number <= rule["dish_most"]:
                continue
            share = abs(other - number) / number
            if share > rule["same"]:
                points = rules()["points"]["amount_whole"] * share
                yield self._change(AMOUNT, place, _of_dish(dish, other), points)
        for dish_id, offered in self.choice.dishes.items():
            if dish_id != dish.dish_id and _is_like(dish, offered.dish, place.slot):
                yield from self._dish_swap(place, offered)

    def _dish_swap(self, place: _Place, offered: OfferedDish) -> Iterator[DietChange]:
        rule, eaten = rules(), self._content(place.ingredients, ENERGY)
        sizes = {one: self._content(one.ingredients, ENERGY) for one in offered.portions}
        portion = min(sizes, key=lambda one: abs(sizes[one] - eaten))
        if abs(sizes[portion] - eaten) <= rule["dish"]["energy_share"] * eaten:
            dish = offered.dish
            come = _entry(DISH, dish.dish_id, dish.name, portion.measure, portion.ingredients)
            points = rule["points"]["dish"] - rule["points"]["swap"]
            yield self._change(SWAP, place, come, points)

    def _additions(self, day: DiaryDay, meal_at: int, meal: DiaryMeal) -> Iterator[DietChange]:
        eaten = {base for entry in day.entries() for base in self._bases(entry)}
        lines = [line for entry in meal.entries for line in entry.ingredients]
        for row in additions():
            if meal.slot not in row.meals or not row.company.fits(lines, self.choice.foods):
                continue
            for food_id in row.foods:
                food = self.choice.foods.foods.get(food_id)
                if food is None or food_id not in self.choice.may_come or food.base in eaten:
                    continue
                place = _Place(day, meal_at, meal, None, None)
                for number in food.serving.amounts():
                    if number <= row.most:
                        yield self._change(
                            *(ADD, place, _of_food(food, number), row.points), says=row
                        )

    def _change(
        self,
        action: str,
        place: _Place,
        come: DiaryEntry | None,
        points: float,
        says: Addition | None = None,
    ) -> DietChange:
        own, is_last = rules()["points"], self._takes_calcium(place, come)
        points += own[action] + own["last_resort"] * is_last + self._asked(place, come)
        gone = place.entry.item_id if place.entry else ""
        theme = (action, str(place.day.number), gone, come.item_id if come else "")
        return DietChange(
            *(action, place.day.number, place.meal_at, place.slot, place.meal.name, place.at),
            *(place.entry, come, round(points, 6), theme),
            *(says.kind if says else "", says.says if says else "", is_last),
        )

    def _takes_calcium(self, place: _Place, come: DiaryEntry | None) -> bool:
        """Whether calcium goes with dairy that does, or with no magnesium that comes for it."""
        rule, more = rules()["last"], come.ingredients if come else ()
        lost, less = (self._content(place.ingredients, key) - self._content(more, key)
                         for key in (CALCIUM, MAGNESIUM))  # fmt: skip
        if lost <= rule["calcium_mg"]:
            return False
        had, has = (self._grams([entry], rule["groups"]) for entry in (place.entry, come))
        return less >= 0 or (had > 0 and has == 0)

    def _asked(self, place: _Place, come: DiaryEntry | None) -> float:
        """Return the points that follow from what comes and what goes: taste, energy, calcium."""
        own = rules()["points"]
        more = come.ingredients if come else ()
        kcal, calcium = (self._content(more, key) - self._content(place.ingredients, key)
                         for key in (ENERGY, CALCIUM))  # fmt: skip
        points: float = own["energy_100kcal"] * abs(kcal) / _WHOLE
        points += own["calcium_100mg"] * max(-calcium, 0.0) / _WHOLE
        is_new = come is not None and (place.entry is None or come.item_id != place.entry.item_id)
        if come is not None and is_new:
            points += self.choice.liked.get(come.item_id, 0.0)
            points += own["popularity"][self._grade(come)]
            points += own["nuts_again"] * self._has_nuts_twice(place, come)
        points += own["new_meal"] * (place.meal_at == len(place.day.meals))
        return points

    def _grade(self, entry: DiaryEntry) -> int:
        if entry.kind == DISH:
            return round(self.choice.dishes[entry.item_id].dish.taste)
        return self.choice.foods[entry.item_id].popularity

    def _has_nuts_twice(self, place: _Place, come: DiaryEntry) -> bool:
        gone = [place.entry] if place.entry else []
        nuts = rules()["nuts"]
        brings = self._grams([come], nuts["groups"]) > 0 and self._grams(gone, nuts["groups"]) == 0
        return brings and self._grams(place.day.entries(), nuts["groups"]) >= nuts["portion_g"]

    def _grams(self, entries: Iterable[DiaryEntry | None], groups: Container[str]) -> float:
        lines = (line for entry in entries if entry for line in entry.ingredients)
        return sum(mass for food_id, mass in lines if self.choice.foods[food_id].group in groups)

    def _content(self, ingredients: Iterable[tuple[str, float]], key: str) -> float:
        foods = self.choice.foods
        parts = ((foods[food_id].per_100g.get(key) or 0.0, mass) for food_id, mass in ingredients)
        return sum(content * mass for content, mass in parts) / _PER_100_G

    def _bases(self, entry: DiaryEntry) -> set[str]:
        return {self.choice.foods[food_id].base for food_id, _ in entry.ingredients}


def _most_at_once(food: Food) -> float:
    """Return the most of a food that comes at once, in its usual measure."""
    serving, most = food.serving, food.serving.most
    for limit in rules()["helping"]:
        if food.group in limit["groups"]:
            steps = limit["grams"] / serving.measure.mass_g / serving.step
            most = min(most, int(steps) * serving.step)
    return most


@dataclass(frozen=True, slots=True)
class _Place:
    """A line of a diary, or the end of a meal where ``entry`` is ``None``."""

    day: DiaryDay
    meal_at: int
    meal: DiaryMeal
    at: int | None
    entry: DiaryEntry | None

    @property
    def slot(self) -> str:
        return self.meal.slot

    @property
    def ingredients(self) -> tuple[tuple[str, float], ...]:
        return self.entry.ingredients if self.entry else ()

    @property
    def mass_g(self) -> float:
        return (self.entry.mass_g or 0.0) if self.entry else 0.0

    def others(self, of_day: bool) -> Iterator[DiaryEntry]:
        """Return the other lines of the day, or of the meal alone."""
        lines = self.day.entries() if of_day else iter(self.meal.entries)
        return (line for line in lines if line is not self.entry)


def _like(old: Food, new: Food, mass_g: float, by: str) -> float:
    """Return the mass of a food that stands for so much of another [g]."""
    if by == BY_MEASURE:
        measures = {measure.name: measure.mass_g for measure in new.measures}
        for measure in (old.serving.measure, *old.measures):
            if measure.name in measures:
                return mass_g / measure.mass_g * measures[measure.name]
    kcal = [food.per_100g.get(ENERGY) or 0.0 for food in (old, new)]
    return mass_g * kcal[0] / kcal[1] if all(kcal) else 0.0


def _is_like(old: Dish, new: Dish, slot: str) -> bool:
    """Whether one dish may stand for another: of its kind, role and protein, sweet or savoury."""
    rule = rules()["dish"]
    tags = set(rule["same_tags"])
    return (
        slot in new.slots
        and old.kind in rule["kinds"]
        and (old.kind, old.role, old.protein) == (new.kind, new.role, new.protein)
        and old.tags & tags == new.tags & tags
    )


def _of_food(food: Food, number: float) -> DiaryEntry:
    mass_g = kitchen_mass(number * food.serving.measure.mass_g)
    words = in_words(number, food.serving.measure.name)
    return _entry(FOOD, food.food_id, food.name, words, ((food.food_id, mass_g),))


def _of_dish(dish: Dish, servings: float) -> DiaryEntry:
    share = servings / dish.servings
    lines = tuple((food_id, kitchen_mass(g * share)) for food_id, g in mass_per_food(dish).items())
    return _entry(DISH, dish.dish_id, dish.name, in_words(servings, "serving"), lines)


def _entry(
    kind: str, item_id: str, name: str, amount: str, ingredients: tuple[tuple[str, float], ...]
) -> DiaryEntry:
    mass_g = round(sum(mass for _, mass in ingredients), 1)
    return DiaryEntry(0, name, amount, kind, item_id, name, mass_g, ingredients, how=BY_ID)
