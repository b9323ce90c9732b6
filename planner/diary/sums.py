"""What a diary adds up to, line by line and week by week."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, linear_regression
from types import MappingProxyType
from typing import TypeVar

from foods.food import Food
from foods.nutrient import known_nutrients
from foods.supplement import find_supplement
from foods.table import FoodTable
from planner.check.amounts import MAGNESIUM, find_amount
from planner.check.lines import WATER_GROUP, EatenLine, JudgedTable, KnownFood, ServedItem
from planner.diary.diary import SUPPLEMENT, UNMATCHED, Diary, DiaryDay, DiaryEntry, DiaryMeal
from planner.plan.plan import Day, Item
from planner.plan.shares import Amounts, ratio_of
from planner.request.day_words import NamedDay, find_day
from planner.request.days import DAYS_PER_WEEK
from planner.safety.intake import SupplementIntake
from planner.settings import read_settings

_TOTAL = "total"
_PER_100_G = 100
_STATED_G = 100.0  # a line that only the file knows counts as 100 g of a food of its own


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the foods of some days have a figure of a nutrient.

    Parameters
    ----------
    foods
        Lines of food, water apart.
    without
        Names of those that have none, as they are written.
    """

    foods: int
    without: tuple[str, ...]

    @property
    def share(self) -> float:
        """Share that has one [0-1]; 1 where nothing was eaten."""
        return 1.0 - len(self.without) / self.foods if self.foods else 1.0

    @property
    def is_enough(self) -> bool:
        """Whether so many have one that a sum is no mere lower bound."""
        return self.share >= float(read_settings("check.toml")["coverage"]["least"])


@dataclass(frozen=True, slots=True)
class DiaryIntake:
    """What was taken in on a day, or on average over all days.

    Parameters
    ----------
    table
        The lines as the judge counts them; of all days where it is their mean.
    totals
        Nutrient key → amount a day [its unit], supplements included; ``None`` where nothing eaten
        has a figure. A lower bound where ``coverage`` is below 1.
    supplement_totals
        Nutrient key → amount a day from supplements alone; empty without any.
    coverage
        Nutrient key → how many foods have a figure.
    magnesium_span
        Magnesium a day with every guessed amount at its least, and at its most [mg]; empty where
        none is guessed.
    """

    table: JudgedTable
    totals: Amounts
    supplement_totals: Mapping[str, float]
    coverage: Mapping[str, Coverage]
    magnesium_span: tuple[float, ...] = ()

    @property
    def ca_mg_ratio(self) -> float | None:
        """Calcium to magnesium by weight, sum over sum; ``None`` without magnesium."""
        return ratio_of(self.totals)

    @property
    def magnesium_of_food(self) -> float | None:
        """Magnesium without that of supplements [mg a day]."""
        total = self.totals["magnesium_mg"]
        return None if total is None else total - self.supplement_totals.get("magnesium_mg", 0.0)


def take_in(
    days: Sequence[DiaryDay], foods: FoodTable, taken: Iterable[SupplementIntake] = ()
) -> DiaryIntake:
    """Add up days; their mean where they are several.

    Parameters
    ----------
    days
        At least one.
    foods
        The food table, the tap water of the request in it.
    taken
        Supplements that are taken each day and stand in no line.
    """
    table = judged_table(days, foods, taken)
    keys = tuple(known_nutrients())
    entries = [entry for day in days for entry in day.entries()]
    totals = {key: find_amount(table, key, _TOTAL, None).value for key in keys}
    return DiaryIntake(
        table=table,
        totals=totals,
        supplement_totals=_pills(table),
        coverage={key: _coverage(entries, foods, key) for key in keys},
        magnesium_span=_span(entries, foods, totals[MAGNESIUM] or 0.0, len(days)),
    )


def _span(
    entries: Iterable[DiaryEntry], foods: FoodTable, total_mg: float, days: int
) -> tuple[float, ...]:
    """Compute what an average day holds with all guessed amounts at their least, and their most."""
    guessed = [(one, line_amount(one, foods.foods, MAGNESIUM)) for one in entries if one.guessed_g]
    if not guessed:
        return ()
    moved = [
        math.fsum(mg * (entry.guessed_g[end] / (entry.mass_g or 1.0) - 1) for entry, mg in guessed)
        for end in (0, 1)
    ]
    return tuple(total_mg + more / days for more in moved)


def judged_table(
    days: Sequence[DiaryDay], foods: FoodTable, taken: Iterable[SupplementIntake] = ()
) -> JudgedTable:
    """Return days as the judge reads a plan's: one line for each food, and the supplements."""
    beside = [_taken_item(intake) for intake in taken]
    places: list[ServedItem] = []
    lines: list[EatenLine] = []
    known = {
        one.food_id: KnownFood(one.food_id, one.name, one.group, one.per_100g, one) for one in foods
    }
    for day in days:
        for meal in day.meals:
            for entry in meal.entries:
                place = ServedItem(day.number, meal.slot, _item(entry))
                places.append(place)
                lines += _lines(place, entry, known)
        places += [ServedItem(day.number, "", item) for item in beside]
    return JudgedTable(len(days), tuple(places), tuple(lines), known, (), days[0].number)


def with_food(table: JudgedTable, food_id: str, mass_g: float, day: int) -> JudgedTable:
    """Return a table with one more food on a day."""
    item = Item("food", food_id, "", 1.0, "", mass_g, ((food_id, mass_g),), {}, 0.0, 0)
    place = ServedItem(day, "", item)
    line = EatenLine(place, table.foods[food_id], mass_g)
    return replace(table, places=(*table.places, place), lines=(*table.lines, line))


def line_amount(
    entry: DiaryEntry, known: Mapping[str, KnownFood] | Mapping[str, Food], key: str
) -> float:
    """Return the amount of a nutrient in the foods of a line [its unit], where it has a figure."""
    parts = (mass * (known[one].per_100g.get(key) or 0.0) for one, mass in entry.ingredients)
    return math.fsum(parts) / _PER_100_G


def diary_of_plan(days: Sequence[Day], where: str) -> Diary:
    """Return the days of a plan as if they had been written down after they were eaten."""
    made = []
    for day in days:
        meals = tuple(
            DiaryMeal(meal.slot, meal.slot, tuple(_entry(item) for item in meal.items))
            for meal in day.meals
        )
        made.append(DiaryDay(day.day, str(day.day), meals))
    return Diary(tuple(made), where)


def _entry(item: Item) -> DiaryEntry:
    known = {key: value for key, value in item.nutrients.items() if value is not None}
    return DiaryEntry(
        line=0,
        written=item.name,
        amount=item.measure,
        kind=item.kind,
        item_id=item.item_id,
        name=item.name,
        mass_g=item.mass_g,
        ingredients=item.ingredients,
        nutrients=known if item.is_supplement else {},
        how="id",
    )


def _item(entry: DiaryEntry) -> Item:
    nutrients = entry.nutrients if entry.kind == SUPPLEMENT else {}
    kind = SUPPLEMENT if entry.kind == SUPPLEMENT else "food"
    parts = entry.ingredients
    return Item(
        kind, entry.item_id, entry.name, 1.0, entry.amount, entry.mass_g or 0.0, parts, nutrients,
        0.0, 0,
    )  # fmt: skip


def _lines(
    place: ServedItem, entry: DiaryEntry, known: Mapping[str, KnownFood]
) -> Iterator[EatenLine]:
    for food_id, mass_g in entry.ingredients:
        yield EatenLine(place, known[food_id], mass_g)
    if entry.kind == UNMATCHED and entry.stated:
        own = KnownFood("", entry.written, "", MappingProxyType(dict(entry.stated)), None)
        yield EatenLine(place, own, _STATED_G)


def _taken_item(intake: SupplementIntake) -> Item:
    compound = find_supplement(intake.name)
    nutrients = {intake.nutrient: intake.nutrient_per_day}
    return Item(
        SUPPLEMENT, compound.compound_id, compound.label, 1.0, "", 0.0, (), nutrients, 0.0, 0
    )


def _pills(table: JudgedTable) -> dict[str, float]:
    sums: dict[str, float] = {}
    for item in table.supplements_on(None):
        for key, amount in item.nutrients.items():
            sums[key] = sums.get(key, 0.0) + (amount or 0.0)
    return {key: amount / table.days for key, amount in sums.items()}


def _coverage(entries: Iterable[DiaryEntry], foods: FoodTable, key: str) -> Coverage:
    counted = [one for one in entries if one.kind != SUPPLEMENT and not _is_water(one, foods)]
    without = [entry.written for entry in counted if not _has_figure(entry, foods, key)]
    return Coverage(len(counted), tuple(without))


def _is_water(entry: DiaryEntry, foods: FoodTable) -> bool:
    groups = {foods[food_id].group for food_id, _ in entry.ingredients}
    return groups == {WATER_GROUP}


def _has_figure(entry: DiaryEntry, foods: FoodTable, key: str) -> bool:
    """Whether a figure is known of the line, of a dish of nearly all of its mass."""
    if entry.kind == UNMATCHED:
        return key in entry.stated
    parts = [part for part in entry.ingredients if foods[part[0]].group != WATER_GROUP]
    known_g = math.fsum(mass for one, mass in parts if foods[one].per_100g.get(key) is not None)
    least = float(read_settings("check.toml")["coverage"]["least"])
    return known_g >= least * math.fsum(mass for _, mass in parts)


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DiaryWeek:
    """Seven days from the first day of a diary on, or from the end of the week before.

    Parameters
    ----------
    number
        Number from 1; a week without a day in the diary has none.
    days
        Those of the diary.
    mean
        What was taken in on a day of them on average.
    planned_mg
        Magnesium that plans have for days of this week, a day on average [mg]; ``None``: none has.
    """

    number: int
    days: tuple[DiaryDay, ...]
    mean: DiaryIntake
    planned_mg: float | None = None

    @property
    def eaten_mg(self) -> float | None:
        """Magnesium that was taken in, a day on average [mg]."""
        return self.mean.totals[MAGNESIUM]


@dataclass(frozen=True, slots=True)
class Trend:
    """Where the magnesium of the weeks goes.

    Parameters
    ----------
    per_week_mg
        How much more a day each week has than the one before, by a line through all [mg].
    is_steady
        Whether that is hardly anything over all of them.
    """

    per_week_mg: float
    is_steady: bool


def weeks_of(
    diary: Diary, take: Callable[[Sequence[DiaryDay]], DiaryIntake], planned: Sequence[Day] = ()
) -> tuple[DiaryWeek, ...]:
    """Return the weeks of a diary whose days are dates or numbers; none where one is all there is.

    Parameters
    ----------
    diary, take
        Days, and what adds some of them up.
    planned
        Days of plans, which belong where their date or number does.
    """
    places = [_place(day.day) for day in diary.days]
    known = [place for place in places if place is not None]
    first = min(known, default=0)
    is_one = max(known, default=0) - first < DAYS_PER_WEEK
    if len(known) < len(places) or (is_one and not planned):
        return ()
    days = _by_week(zip(known, diary.days, strict=True), first)
    at = ((day.date.toordinal() if day.date else day.day, day.totals[MAGNESIUM]) for day in planned)
    plans = _by_week(((place, mg) for place, mg in at if mg is not None), first)
    return tuple(
        DiaryWeek(number, tuple(own), take(own), fmean(plans[number]) if number in plans else None)
        for number, own in sorted(days.items())
    )


def trend_of(weeks: Sequence[DiaryWeek]) -> Trend | None:
    """Describe where magnesium goes over the weeks with days enough; ``None``: they are too few."""
    rule = read_settings("diary.toml")["weeks"]
    known = [
        (one.number, one.eaten_mg or 0.0) for one in weeks if len(one.days) >= rule["least_days"]
    ]
    if len(known) < 2:  # noqa: PLR2004
        return None
    numbers, amounts = zip(*known, strict=True)
    slope = linear_regression(numbers, amounts).slope
    moved = math.fabs(slope) * (max(numbers) - min(numbers))
    return Trend(slope, moved < rule["steady"] * fmean(amounts))


def _by_week(placed: Iterable[tuple[int, T]], first: int) -> dict[int, list[T]]:
    weeks: dict[int, list[T]] = {}
    for place, item in placed:
        weeks.setdefault((place - first) // DAYS_PER_WEEK + 1, []).append(item)
    return weeks


def _place(day: str) -> int | None:
    """Return the place of a day among others: of its date, or its number."""
    word = find_day(day)
    if isinstance(word, NamedDay):
        return word.whole_date.toordinal() if word.whole_date else None
    return word
