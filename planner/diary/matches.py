"""A file of one's own that says which food a name is: read, and begun from a diary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from foods.errors import FoodNotFoundError
from foods.own_csv import as_cell
from foods.sheet import as_csv_text, read_sheet
from foods.supplement import find_supplement
from planner.diary.amounts import read_amount
from planner.diary.diary import BY_FILE, BY_ID, DISH, FOOD, SUPPLEMENT, Diary, DiaryEntry
from planner.diary.names import NameBook, NameMatch
from planner.errors import ConfigError
from planner.settings import read_settings

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
    """Give the measure of an entry as it is written."""
    amount = read_amount(entry.amount)
    return amount[1] if amount else ""


def match_key(text: str) -> str:
    """Give a name or measure as it is compared: in small letters, as a cell of a file has it."""
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
    """Give the kind of an id, and what is wrong with it."""
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
