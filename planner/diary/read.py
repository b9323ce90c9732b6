"""Read a diary: each line becomes foods in grams, by its words or a file of matches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from foods.errors import FoodNotFoundError, UserFacingError
from foods.food import Food
from foods.line_mass import usual_mass, usual_mass_g
from foods.name_reader import core_words, name_words, plain_words
from foods.nutrient import known_nutrients
from foods.own_csv import as_cell
from foods.recipe_line import LineAmount, ParsedLine, parse_line, read_words
from foods.sheet import Sheet, as_csv_text, read_sheet
from foods.supplement import find_supplement, read_supplements
from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.servings import mass_per_food
from planner.diary.diary import (
    BY_CATEGORY,
    BY_FILE,
    BY_ID,
    BY_NAME,
    DISH,
    FOOD,
    SUPPLEMENT,
    UNMATCHED,
    Diary,
    DiaryDay,
    DiaryEntry,
    DiaryMeal,
)
from planner.diary.formats import (
    SERVING,
    DiaryRow,
    dish_share,
    is_serving,
    read_amount,
    read_measure,
    read_rows,
    unused_columns,
)
from planner.diary.line import BESIDE, LinePart, read_line
from planner.diary.names import NameBook, NameMatch
from planner.diary.pills import PillLine, read_pill
from planner.diary.sums import line_amount
from planner.errors import ConfigError
from planner.faults import fault_said
from planner.request.eater_tables import intake_said, read_intake
from planner.settings import read_settings
from planner.shops import named

COLUMNS = ("name", "food_id", "unit", "one_is", "near")
_PARTS = "; "


@dataclass(frozen=True, slots=True)
class OwnMatch:
    """What a person says that a name is.

    Parameters
    ----------
    kind, item_id
        ``"food"``, ``"dish"`` or ``"supplement"``, and its id or the name of the compound; empty
        where only a measure is told.
    one_is
        Measure of the diary, in plain words → number and measure of ours that one of it is:
        ``{"bar": (45.0, "g")}``.
    """

    kind: str
    item_id: str
    one_is: Mapping[str, tuple[float, str]]

    @property
    def match(self) -> NameMatch | None:
        """The food or dish as a match; ``None`` for others."""
        return NameMatch(self.kind, self.item_id, BY_FILE) if self.kind in (FOOD, DISH) else None


def read_matches(path: Path | str, book: NameBook) -> Mapping[str, OwnMatch]:
    """Read a file of matches: name in small letters → what it is.

    Its columns are ``name,food_id`` and, where one likes, ``unit,one_is``; ``near`` is passed over.
    A row without a food id says nothing. A name may stand in several rows, one for each measure.

    Raises
    ------
    ConfigError
        With every faulty row.
    """
    sheet = read_sheet(path, "matches", ConfigError)
    rules = read_settings("diary.toml")["matches"]
    sheet.check_columns(rules["needed"], (*rules["needed"], *rules["may"]))
    sheet.raise_faults()
    found: dict[str, OwnMatch] = {}
    for number, row in sheet.rows:
        if not row["food_id"]:
            continue
        kind, fault = _kind_of(row["food_id"], book)
        one_is = _one_is(row.get("one_is", ""))
        name, unit = match_key(row["name"]), match_key(row.get("unit", ""))
        earlier = found.get(name, OwnMatch(kind, row["food_id"], {}))
        if fault:
            sheet.report(fault, number, "food_id")
        elif earlier.item_id != row["food_id"] or unit in earlier.one_is:
            text = "{name!r} stands in another row with another food or the same unit"
            sheet.report(text.format(name=row["name"]), number, "name", "keep one of them")
        elif row.get("one_is", "") and one_is is None:
            text = "{cell!r} is no amount".format(cell=row["one_is"])
            sheet.report(text, number, "one_is", 'write it like "45 g" or "100 mg_elemental"')
        measures = {**earlier.one_is, **({unit: one_is} if one_is else {})}
        found[name] = OwnMatch(earlier.kind, earlier.item_id, measures)
    sheet.raise_faults()
    return found


def matches_as_csv(diary: Diary) -> str:
    """Begin a file of matches: names that are unmatched, those to ask about, and other readings."""
    rows: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in sorted(diary.entries(), key=lambda one: (one.is_matched, not one.asks)):
        if entry.how not in (BY_ID, BY_FILE) and entry.kind != SUPPLEMENT:
            key = (
                match_key(entry.called or entry.written),
                "" if entry.is_matched else unit_of(entry),
            )
            rows.setdefault(key, _row(entry))
    return as_csv_text([COLUMNS, *rows.values()])


def unit_of(entry: DiaryEntry) -> str:
    """Return the measure of an entry as it is written."""
    amount = read_amount(entry.amount)
    return amount[1] if amount else ""


def match_key(text: str) -> str:
    """Return a name or measure as it is compared: in small letters, as a cell of a file has it."""
    return " ".join(as_cell(text).split()).casefold()


def _row(entry: DiaryEntry) -> tuple[str, ...]:
    unit = "" if entry.is_matched else as_cell(unit_of(entry))
    return (
        as_cell(entry.called or entry.written),
        entry.item_id,
        unit,
        "",
        _PARTS.join(entry.near),
    )


def _kind_of(item_id: str, book: NameBook) -> tuple[str, str]:
    """Return the kind of an id, and what is wrong with it."""
    match = book.by_id(item_id)
    if match is not None:
        return match.kind, ""
    try:
        find_supplement(item_id)
    except FoodNotFoundError as error:
        near = book.find(item_id).near
        names = ", ".join(near)
        told = "{name!r} is no id of a food or dish; the nearest: {names}"
        return "", told.format(name=item_id, names=names) if near else str(error)
    return SUPPLEMENT, ""


def _one_is(cell: str) -> tuple[float, str] | None:
    amount = read_amount(cell) if cell else None
    return amount if amount and amount[1] else None


ENERGY = "energy_kcal"
_OWN_FIGURES = (ENERGY, "magnesium_mg", "calcium_mg")  # with these a row needs no food of ours
_OTHER = "the file says {stated:,.0f} kcal, and {name} would have {own:,.0f} kcal"
PILL_UNITS = ("mg_elemental", "mg_compound", "ug", "µg", "mcg", "iu")


def read_diary(
    path: Path | str | StringIO,
    foods: FoodTable,
    dishes: Iterable[Dish],
    matches: Path | str | None = None,
    shops: str = "",
) -> Diary:
    """Read a diary in our format, or an export of Cronometer or MyFitnessPal.

    Parameters
    ----------
    path
        CSV with ``day,meal,food,amount,unit``, such an export, or a food on each line; its text
        where it is no file.
    foods, dishes
        What its names are matched to.
    matches
        File that says which food a name is; ``None`` for none.
    shops
        Country whose words and measures these are, where they are known: chips and pints.

    Raises
    ------
    ConfigError
        With every fault of the file: a row without day or food, a pill of which it is not said how
        much, and kilograms of one food, whose number lacks its unit. A name that nothing has, or a
        measure, is no fault: its line stays, unmatched.
    """
    book = NameBook(foods, dishes, shops)
    own = read_matches(matches, book) if matches else {}
    sheet, program, rows = read_rows(path)
    reader = _Reader(book, own, sheet)
    entries = [(row, entry) for row in rows for entry in reader.entries(row)]
    if not rows and not sheet.faults:
        sheet.report("no row with something eaten")
    sheet.raise_faults()
    unused = () if program else unused_columns(sheet)
    return Diary(_days(entries), sheet.where, program, unused)


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


def is_apart(stated_kcal: float, own_kcal: float) -> bool:
    """Whether what a file says of a food is too far from ours for it to be the same food [kcal]."""
    rule = read_settings("diary.toml")["advice"]["apart"]
    return bool(abs(own_kcal - stated_kcal) > max(rule["share"] * stated_kcal, rule["least_kcal"]))


class _Reader:
    """Turns rows into entries; what is wrong with a row goes into its sheet."""

    def __init__(self, book: NameBook, own: Mapping[str, OwnMatch], sheet: Sheet) -> None:
        self.book, self.own, self.sheet = book, own, sheet

    def entries(self, row: DiaryRow) -> list[DiaryEntry]:
        """Return an entry for each food of a row; where it is a fault, unmatched ones."""
        own = self.own.get(match_key(row.food))
        text = self.book.measured(_told(own, row.amount))
        count, unit = read_amount(text) or (0.0, text)
        blank = DiaryEntry(
            row.line, row.food, row.amount, UNMATCHED, "", row.food, stated=row.stated
        )
        if own is not None and own.kind == SUPPLEMENT:
            return [self._pill(blank, own.item_id, count, unit, BY_FILE)]
        pill = None if own is not None or row.stated else read_pill(f"{row.food} {row.amount}")
        if pill and pill.is_element:
            return [self._of_line(blank, pill)]
        if unit.casefold() in PILL_UNITS or _is_pill_in_mg(row.food, unit):
            return [self._pill(blank, row.food, count, unit, BY_NAME)]
        taken = intake_said(row.food) if own is None and not row.amount else None
        if taken and not _is_pill_in_mg(taken[0], taken[2]):
            return [self._pill(blank, *taken, BY_NAME)]
        if pill:
            return [self._of_line(blank, pill)]
        if own is not None and own.match is not None:
            return [self._measured(blank, own.match, text, LinePart(row.food, parse_line(text)))]
        if row.stated and (row.is_pill or read_pill(f"{row.food} {row.amount}")):
            return [replace(blank, kind=SUPPLEMENT, nutrients=row.stated, how=BY_CATEGORY)]
        first, *others = read_line(self.book.measured(row.food), self.book, text)
        others = [] if row.stated else others  # another program has a food in each of its rows
        entry = self._part(blank, first, text, bool(others))
        if all(key in row.stated for key in _OWN_FIGURES) and entry.is_matched:
            known = {food_id: self.book.food(food_id) for food_id, _mass in entry.ingredients}
            stated, kcal = row.stated[ENERGY], line_amount(entry, known, ENERGY)
            if is_apart(stated, kcal):
                why = _OTHER.format(stated=stated, name=named(entry.name), own=kcal)
                return [replace(blank, why=why, near=(entry.item_id,))]
        beside = self._beside(entry)
        put = (self._put(other, beside) for other in others)
        return [entry, *(self._part(blank, part, text, True) for part in put)]

    def _of_line(self, blank: DiaryEntry, pill: PillLine) -> DiaryEntry:
        """Return the entry of a line that is a pill; what is asked about counts as no food."""
        if pill.why:
            return replace(blank, why=pill.why, nutrients=pill.nutrients, is_pill=True)
        called = known_nutrients()[next(iter(pill.nutrients))].name
        return replace(
            blank,
            kind=SUPPLEMENT,
            item_id=pill.compound.compound_id if pill.compound else "",
            name=pill.compound.label if pill.compound else called,
            nutrients=pill.nutrients,
            how=BY_NAME,
        )

    def _put(self, part: LinePart, beside: str) -> LinePart:
        """Put a food beside the first one: "tea, milk" has less milk than a glass."""
        match = self.book.find(part.name)
        is_beside = part.instead == BESIDE or (
            match.kind == FOOD and usual_mass_g(self.book.food(match.item_id), beside) is not None
        )
        return replace(part, instead=beside) if is_beside else part

    def _beside(self, entry: DiaryEntry) -> str:
        """Return the measure of what goes beside a food: it depends on the group of that food."""
        is_food = entry.kind == FOOD and bool(entry.item_id)
        return f"{BESIDE} {self.book.food(entry.item_id).group}" if is_food else BESIDE

    def _part(self, blank: DiaryEntry, part: LinePart, amount: str, is_one: bool) -> DiaryEntry:
        """Return the entry of one food of a line."""
        if is_one:
            blank = replace(blank, written=part.name, name=part.name)
        blank = replace(blank, called=part.name if part.name != blank.written else "")
        own = self.own.get(match_key(part.name))
        if own is not None:
            return self._taught(blank, own, part, amount)
        match = self.book.find(part.name, is_serving(amount))
        if not match.item_id:
            return replace(blank, why=match.why, near=match.near)
        match = replace(match, sure=min(match.sure, part.sure))
        is_first = part.instead == SERVING
        return self._measured(blank, match, amount if is_first else "", part)

    def _taught(self, blank: DiaryEntry, own: OwnMatch, part: LinePart, amount: str) -> DiaryEntry:
        """Return the entry of one food of a line whose name stands in the file of matches."""
        inside = part.line.amount
        told = _told(own, amount or (f"{inside.count:.9g} {inside.unit}" if inside else ""))
        if own.match is None:
            count, unit = read_amount(told) or (0.0, told)
            return self._pill(blank, own.item_id, count, unit, BY_FILE)
        return self._measured(blank, own.match, told if part.instead == SERVING else "", part)

    def _pill(self, blank: DiaryEntry, name: str, count: float, unit: str, how: str) -> DiaryEntry:
        try:
            intake = read_intake(f"{name}:{count:.9g}{unit}")
            compound = find_supplement(intake.name)
        except UserFacingError as error:
            self.sheet.report(str(error), blank.line, "food")
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

    def _measured(
        self, blank: DiaryEntry, match: NameMatch, amount: str, part: LinePart
    ) -> DiaryEntry:
        """Return a matched entry in grams."""
        item = self.book.item(match.item_id)
        line = read_measure(amount, f"{part.name} {item.name}") if amount else part.line
        if line and part.instead == SERVING and _says_one(part.name, item):
            line = replace(line, amount=line.amount or LineAmount(1.0, "piece"))
        grams, is_usual = self._parts(match, line, part.instead) if line else ((), False)
        if not grams:
            why = f"{named(item.name)} has no measure {blank.amount!r}"
            return replace(blank, why=why, near=(match.item_id,))
        mass_g = sum(mass for _, mass in grams)
        if mass_g > read_settings("diary.toml")["line"]["most_g"]:
            amount, name = blank.amount.strip() or blank.written, named(item.name)
            told = {"amount": amount, "name": name, "mass_kg": mass_g / 1000}
            self.sheet.report(fault_said("much_on_a_line", **told), blank.line)
        return replace(
            blank,
            kind=match.kind,
            item_id=item.dish_id if isinstance(item, Dish) else match.item_id,
            name=item.name,
            mass_g=mass_g,
            ingredients=grams,
            how=match.how,
            sure=match.sure,
            is_usual_amount=is_usual or part.is_guessed or _is_vague(blank, line or part.line),
            asks=line is not None and self._asks(part, line, match),
            near=match.near if match.sure < 1.0 else (),
        )

    def _parts(
        self, match: NameMatch, line: ParsedLine, instead: str
    ) -> tuple[tuple[tuple[str, float], ...], bool]:
        """Return the foods of a line in grams, and whether these are only usual ones."""
        if match.kind == DISH:
            dish = self.book.dish(match.item_id)
            share = dish_share(dish, line)
            whole = mass_per_food(dish).items() if share else ()
            return tuple((one, mass * (share or 0.0)) for one, mass in whole), line.amount is None
        mass_g, is_usual = usual_mass(line, self.book.food(match.item_id), instead)
        return ((match.item_id, mass_g),) if mass_g else (), is_usual

    def _asks(self, part: LinePart, line: ParsedLine, match: NameMatch) -> bool:
        """Whether another reading of the line would change much."""
        if match.kind == DISH or match.sure == 1.0:
            return False
        instead, words = part.instead, {*name_words(part.name)}
        own, limits = self.book.food(match.item_id), read_settings("diary.toml")["asked"]
        near = (self.book.foods[food_id] for food_id in match.near if food_id in self.book.foods)
        others = [
            food
            for food in near
            if food.state == own.state and food.popularity <= own.popularity
            if own.group == food.group and words.intersection(core_words(food.name)[-1:])
        ]
        return any(
            abs(_held(other, line, instead, key) - _held(own, line, instead, key)) > limits[key]
            for other in others
            for key in limits.keys() & own.per_100g.keys()
        )


def _is_vague(entry: DiaryEntry, line: ParsedLine) -> bool:
    """Whether a line measures by what differs from one to the next: slices, a handful, a few."""
    told, words = plain_words(f"{entry.amount} {entry.written}".casefold()), read_words()
    exact = {*words["mass_g"], *words["volume_ml"]}
    units = {amount.unit for amount in (line.amount, line.other) if amount}
    vague = read_settings("diary.toml")["guessed"]["vague"]
    return exact.isdisjoint(units) and not {*told}.isdisjoint(vague)


def _says_one(name: str, item: Food | Dish) -> bool:
    """Whether a name is one of what we have as several: "chocolate chip cookie"."""
    if not isinstance(item, Food) or item.group != read_settings("diary.toml")["names"]["one_of"]:
        return False
    itself = item.name.casefold().partition(",")[0].partition(" with ")[0]
    said, own = name.casefold().split()[-1:], itself.split()[-1:]
    return [*plain_words(name)][-1:] == said and [*plain_words(own[0])] != own


def _told(own: OwnMatch | None, amount: str) -> str:
    """Put the measure of ours for one that the file of matches tells."""
    count, unit = read_amount(amount) or (0.0, "")
    one_is = own.one_is.get(match_key(unit)) if own and count else None
    return f"{count * one_is[0]:.9g} {one_is[1]}" if one_is else amount


def _held(food: Food, line: ParsedLine, instead: str, nutrient: str) -> float:
    """Return what a line holds of a nutrient where it means this food [the nutrient's unit]."""
    mass_g = usual_mass(line, food, instead)[0] or 0.0
    return mass_g * (food.per_100g.get(nutrient) or 0.0) / 100


def _is_pill_in_mg(name: str, unit: str) -> bool:
    """Whether it is a compound in milligrams of what is not said: that is asked about."""
    if unit.casefold() != "mg":
        return False
    return any(name.casefold().strip() in one.called for one in read_supplements().values())
