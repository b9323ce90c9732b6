"""Two days of a plan exchanged, or a meal of them: what goes where, and what second meals do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from planner.errors import ConfigError
from planner.language.faults import fault
from planner.language.spoken import folded_said, mark
from planner.meals.patterns import SLOTS
from planner.plan.plan import Day, Item, Meal, Plan


@dataclass(frozen=True, slots=True)
class SecondMeal:
    """A second meal that cannot stay where it is once its first one moved.

    Parameters
    ----------
    item
        The dish.
    slot, day
        Its meal, and where that day stands now.
    cooked
        Where the day on which it is cooked stands now.
    moved_to
        Day to which it moved along; ``None`` where something else comes in its place.
    """

    item: Item
    slot: str
    day: int
    cooked: int
    moved_to: int | None


@dataclass(frozen=True, slots=True)
class ExchangedPlan:
    """A plan with two days exchanged, or a meal of them, before it is planned again.

    Parameters
    ----------
    plan
        The days as they stand now; totals are those of before.
    second_meals
        Second meals that moved along, or cannot stay.
    """

    plan: Plan
    second_meals: tuple[SecondMeal, ...]

    def open_meals(self) -> set[tuple[int, str]]:
        """Give day and meal of what may change, since a second meal left it or came to it."""
        days = [(one.day, one.slot) for one in self.second_meals]
        return {*days, *((one.moved_to, one.slot) for one in self.second_meals if one.moved_to)}


def exchange_days(
    plan: Plan,
    one: int,
    other: int,
    keeps: Mapping[str, int],
    slots: Collection[str] = SLOTS,
) -> ExchangedPlan:
    """Let the meals of two days change places, and second meals follow their first ones.

    Parameters
    ----------
    plan
        The plan.
    one, other
        Numbers of the days, from 1.
    keeps
        Main dish → days that it keeps in the refrigerator; anything else that was made before is
        made anew where it no longer keeps.
    slots
        The meals that change places; where they are not all, no second meal follows its first one.

    Raises
    ------
    ConfigError
        When the days are one, or they have not the same meals.
    """
    days = {day.day: day for day in plan.days}
    _check(days[one], days[other], slots)
    meals = {(number, meal.slot): meal for number, day in days.items() for meal in _planned(day)}
    turned = {(a, slot): b for a, b in ((one, other), (other, one)) for slot in slots}
    cooked_at = {
        (number, item.item_id): slot
        for (number, slot), meal in meals.items()
        for item in meal.items
        if item.leftover_of is None
    }

    frozen = {  # pots of which a portion comes from the freezer
        (item.item_id, item.leftover_of)
        for (number, _slot), meal in meals.items()
        for item in meal.items
        if item.leftover_of and number - item.leftover_of > keeps.get(item.item_id, number)
    }

    def cooked_on(item: Item) -> int | None:
        """Give where the day now stands on which a second meal is cooked."""
        day = item.leftover_of
        return day and turned.get((day, cooked_at.get((day, item.item_id), "")), day)

    def keeps_until(item: Item, day: int) -> bool:
        cooked = cooked_on(item)
        if cooked is None or item.item_id not in keeps:
            return True
        is_frozen = (item.item_id, item.leftover_of) in frozen
        return day - cooked > 0 and (is_frozen or day - cooked <= keeps[item.item_id])

    placed = {(turned.get((day, slot), day), slot): meal for (day, slot), meal in meals.items()}
    moved = []
    for number, slot in sorted(meals):
        day, meal = turned.get((number, slot), number), meals[number, slot]
        late = [item for item in meal.items if not keeps_until(item, day)]
        for item in late if placed[day, slot] is meal else ():
            cooked = cooked_on(item)
            assert cooked is not None
            follows = cooked + number - (item.leftover_of or 0)
            fits = [
                target
                for target in ((follows, number) if slots == SLOTS else ())
                if (there := placed.get((target, slot))) is not None
                and all(keeps_until(one, target) for one in meal.items)
                and all(keeps_until(one, day) for one in there.items)
            ]
            target = fits[0] if fits else None
            if target is not None:
                placed[day, slot], placed[target, slot] = placed[target, slot], meal
            moved.append(SecondMeal(item, slot, day, cooked, target))
            break
    laid = tuple(_laid(day, placed) for day in plan.days)
    return ExchangedPlan(replace(plan, days=laid), tuple(moved))


def _planned(day: Day) -> Iterator[Meal]:
    return (meal for meal in day.meals if meal.slot in SLOTS)


def _check(one: Day, other: Day, slots: Collection[str]) -> None:
    if one.day == other.day:
        raise fault(ConfigError, "day_named_twice", day=one.day)
    missed = [{slot for slot, _ in day.facts.missed} & {*slots} for day in (one, other)]
    for day, lacks in ((one, missed[0] - missed[1]), (other, missed[1] - missed[0])):
        if lacks:
            names = folded_said(sorted(lacks), mark("{first} and no {other}"))
            raise fault(ConfigError, "meals_of_days_differ", day=day.day, names=names)


def _laid(day: Day, placed: Mapping[tuple[int, str], Meal]) -> Day:
    beside = [meal for meal in day.meals if meal.slot not in SLOTS]
    own = [placed[day.day, slot] for slot in SLOTS if (day.day, slot) in placed]
    return replace(day, meals=(*own, *beside))
