"""What may come to a plate, and a change of what is eaten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.servings import Portion
from planner.diary.diary import Diary, DiaryDay, DiaryEntry, DiaryMeal

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
    """Give the diary as it is with some changes made; nothing else of it moves."""
    every = tuple(changes)
    days = (_day(day, [one for one in every if one.day == day.number]) for day in diary.days)
    return replace(diary, days=tuple(days))


def _day(day: DiaryDay, changes: list[DietChange]) -> DiaryDay:
    meals = list(day.meals)
    if any(one.meal == len(meals) for one in changes):
        meals.append(DiaryMeal(SNACK, SNACK, ()))
    return replace(
        day,
        meals=tuple(
            replace(meal, entries=tuple(_entries(meal, [c for c in changes if c.meal == at])))
            for at, meal in enumerate(meals)
        ),
    )


def _entries(meal: DiaryMeal, changes: list[DietChange]) -> Iterator[DiaryEntry]:
    by_place = {one.at: one for one in changes if one.at is not None}
    for at, entry in enumerate(meal.entries):
        if at not in by_place:
            yield entry
        elif (come := by_place[at].come) is not None:
            yield come
    yield from (one.come for one in changes if one.at is None and one.come is not None)


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
