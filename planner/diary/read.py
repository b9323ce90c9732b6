"""Read a diary: each line becomes foods in grams, or stays and says why it could not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from foods.errors import UserFacingError
from foods.sheet import Sheet
from foods.supplement import find_supplement, read_supplements
from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.servings import mass_per_food
from planner.diary.amounts import grams_of, is_serving, mass_unit_g, units_of
from planner.diary.diary import (
    BY_CATEGORY,
    BY_FILE,
    BY_NAME,
    BY_WORDS,
    DISH,
    SUPPLEMENT,
    UNMATCHED,
    Diary,
    DiaryDay,
    DiaryEntry,
    DiaryMeal,
)
from planner.diary.formats import DiaryRow, read_rows
from planner.diary.matches import OwnMatch, match_key, read_matches
from planner.diary.names import NameBook, NameMatch
from planner.language.errors import error_said
from planner.language.names import Named
from planner.language.spoken import said
from planner.safety.intake import read_intake
from planner.settings import read_settings

BRAND = " - "
PILL_UNITS = ("mg_elemental", "mg_compound", "ug", "µg", "mcg", "iu")


def read_diary(
    path: Path | str,
    foods: FoodTable,
    dishes: Iterable[Dish],
    matches: Path | str | None = None,
) -> Diary:
    """Read a diary in our format, or an export of Cronometer or MyFitnessPal.

    Parameters
    ----------
    path
        CSV with ``day,meal,food,amount,unit``, or such an export.
    foods, dishes
        What its names are matched to.
    matches
        File that says which food a name is; ``None`` for none.

    Raises
    ------
    ConfigError
        With every fault of the file: what cannot be read, and measures that a food has not. A name
        that nothing surely has is no fault: its line stays, unmatched.
    """
    book = NameBook(foods, dishes)
    own = read_matches(matches, book) if matches else {}
    sheet, program, rows = read_rows(path)
    reader = _Reader(book, own, sheet, bool(program))
    entries = [(row, reader.entry(row)) for row in rows]
    if not rows and not sheet.faults:
        sheet.report(said("no row with something eaten"))
    sheet.raise_faults()
    return Diary(_days(entries), str(path), program)


def _days(entries: Iterable[tuple[DiaryRow, DiaryEntry]]) -> tuple[DiaryDay, ...]:
    """Put lines together by day and meal, each where it first stands."""
    days: dict[str, dict[str, list[DiaryEntry]]] = {}
    for row, entry in entries:
        days.setdefault(row.day, {}).setdefault(row.meal, []).append(entry)
    slots: Mapping[str, str] = read_settings("diary.toml")["meals"]
    return tuple(
        DiaryDay(
            number,
            day,
            tuple(
                DiaryMeal(meal, slots.get(match_key(meal), ""), tuple(own))
                for meal, own in meals.items()
            ),
        )
        for number, (day, meals) in enumerate(days.items(), start=1)
    )


class _Reader:
    """Turns rows into entries; what is wrong with a row goes into its sheet."""

    def __init__(
        self, book: NameBook, own: Mapping[str, OwnMatch], sheet: Sheet, is_export: bool
    ) -> None:
        self.book, self.own, self.sheet, self.is_export = book, own, sheet, is_export

    def entry(self, row: DiaryRow) -> DiaryEntry:
        """Give the entry of a row; where it is a fault, an unmatched one."""
        own = self.own.get(match_key(row.food))
        count, unit = row.count, row.unit
        if own is not None and (told := own.one_is.get(match_key(row.unit))):
            count, unit = count * told[0], told[1]
        blank = DiaryEntry(
            row.line, row.food, row.amount, UNMATCHED, "", row.food, stated=row.stated
        )
        if own is not None and own.kind == SUPPLEMENT:
            return self._pill(blank, own.item_id, count, unit, BY_FILE)
        if unit.casefold() in PILL_UNITS or _is_pill_in_mg(row.food, unit):
            return self._pill(blank, row.food, count, unit, BY_NAME)
        match = own.match if own else None
        match = match or self._find(row.food, is_serving(unit))
        if match.item_id:
            return self._measured(blank, match, count, unit)
        if row.is_pill and row.stated:
            return replace(blank, kind=SUPPLEMENT, nutrients=row.stated, how=BY_CATEGORY)
        return replace(blank, why=match.why, near=match.near)

    def _find(self, name: str, is_dish: bool) -> NameMatch:
        """Match a name; of an export also without the brand before it: ``"Mill - Rolled oats"``."""
        match = self.book.find(name, is_dish)
        bare = name.partition(BRAND)[2]
        if match.item_id or not (self.is_export and bare):
            return match
        found = self.book.find(bare, is_dish)
        return replace(found, how=BY_WORDS) if found.item_id else found

    def _pill(self, blank: DiaryEntry, name: str, count: float, unit: str, how: str) -> DiaryEntry:
        try:
            intake = read_intake(f"{name}:{count:.9g}{unit}")
            compound = find_supplement(intake.name)
        except UserFacingError as error:
            self.sheet.report(error_said(error), blank.line, "food")
            return blank
        nutrients = {compound.nutrient: intake.nutrient_per_day}
        return replace(
            blank,
            kind=SUPPLEMENT,
            item_id=compound.compound_id,
            name=compound.label,
            nutrients=nutrients,
            how=how,
        )

    def _measured(self, blank: DiaryEntry, match: NameMatch, count: float, unit: str) -> DiaryEntry:
        """Give a matched entry in grams."""
        measure = self._dish_parts if match.kind == DISH else self._food_parts
        name, parts, units = measure(match.item_id, count, unit)
        if parts:
            mass_g = sum(mass for _, mass in parts)
            return replace(
                blank,
                kind=match.kind,
                item_id=match.item_id,
                name=name,
                mass_g=mass_g,
                ingredients=parts,
                how=match.how,
            )
        why = said("{name} has no measure {unit!r}", name=Named(name), unit=unit)
        if not self.is_export:
            how = said("write one of {units}", units=", ".join(units))
            self.sheet.report(why, blank.line, "unit", how)
        return replace(blank, why=why, near=(match.item_id,))

    def _food_parts(
        self, food_id: str, count: float, unit: str
    ) -> tuple[str, tuple[tuple[str, float], ...], tuple[str, ...]]:
        food = self.book.foods[food_id]
        mass_g = grams_of(food, count, unit)
        return food.name, ((food_id, mass_g),) if mass_g else (), units_of(food)

    def _dish_parts(
        self, dish_id: str, count: float, unit: str
    ) -> tuple[str, tuple[tuple[str, float], ...], tuple[str, ...]]:
        """Count a dish in servings, or by the mass of what is on the plate."""
        dish = self.book.dishes[dish_id]
        each_g = mass_unit_g(unit)
        share = count * each_g / dish.yield_g if each_g else None
        if is_serving(unit) or not unit:
            share = count / dish.servings
        parts = mass_per_food(dish).items() if share else ()
        return (
            dish.name,
            tuple((one, mass * (share or 0.0)) for one, mass in parts),
            (
                "serving",
                "g",
                "oz",
            ),
        )


def _is_pill_in_mg(name: str, unit: str) -> bool:
    """Whether it is a compound in milligrams of what is not said: that is asked about."""
    if unit.casefold() != "mg":
        return False
    return any(name.casefold().strip() in one.called for one in read_supplements().values())
