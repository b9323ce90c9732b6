"""Rows of a diary in one shape, and amounts as people and programs write them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path
from typing import Any

from foods.line_mass import any_mass_g
from foods.name_reader import name_words, plain_words, word_sets
from foods.recipe_line import ParsedLine, parse_line, read_number, read_words
from foods.sheet import Sheet, as_csv_text, did_you_mean, parse_sheet, text_of
from planner.candidates.dish import Dish
from planner.errors import ConfigError
from planner.safety.medicines import weekday_of
from planner.settings import read_settings

SERVING = "serving"
NUMBER = r"\d+\s+\d+/\d+|\d+/\d+|\d*[.,]?\d+"
_AMOUNT = re.compile(rf"(?P<count>{NUMBER})\s*(?:x\s+)?(?P<unit>.*)", re.DOTALL)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\.)")
_INSIDE = re.compile(rf"\s-\s*(?P<mass>(?:{NUMBER})\s*[a-z]+)", re.IGNORECASE)
_SERVINGS = ("", SERVING, "piece", "plate", "bowl", "slice")


def read_amount(text: str) -> tuple[float, str] | None:
    """Read a number above 0 and the measure behind it; ``None`` where there is none.

    ``"1 1/2 cups"``, ``"½ cup"`` and ``"150.00 g"`` have both; ``"2"`` has a blank measure.
    """
    spaced = "".join(f" {char}" if unicodedata.category(char) == "No" else char for char in text)
    plain = unicodedata.normalize("NFKC", spaced).replace("\u2044", "/")
    found = _AMOUNT.fullmatch(_THOUSANDS.sub("", plain.strip()))
    count = read_number(found["count"]) if found else 0.0
    if found is None or not (count > 0 and math.isfinite(count)):
        return None
    return count, found["unit"].strip()


def read_measure(text: str, name: str = "") -> ParsedLine | None:
    """Read an amount of a food; ``None`` where it is in no measure that is known.

    What stands behind a comma, in parentheses or behind a dash says how the food is cut, or what
    one measure weighs: ``"piece (30 g)"``. The food itself may be the measure: ``"15 grapes"``.
    """
    line = parse_line(_INSIDE.sub(r" (\g<mass>)", text.strip()))
    if line.amount is None or not line.amount.count > 0 or text.strip().startswith("-"):
        return line if line.size and not line.rest else None
    left = {*plain_words(line.rest.partition(",")[0])} - word_sets()["states"]
    is_food = not line.amount.unit and left <= {*name_words(name), *plain_words(name)}
    return line if line.amount.unit or not left or is_food else None


def is_serving(text: str) -> bool:
    """Whether an amount is in servings, as dishes are counted."""
    line = read_measure(text)
    return line is not None and line.amount is not None and line.amount.unit == SERVING


def dish_share(dish: Dish, line: ParsedLine) -> float | None:
    """Compute how much of a whole dish a line says [1 is all]; one serving where it says nothing.

    A volume counts by its mass as water; ``None`` where the measure says nothing of a dish.
    """
    words, amount = read_words(), line.amount
    for line_amount in filter(None, (amount, line.other)):
        each_g = words["mass_g"].get(line_amount.unit) or words["volume_ml"].get(line_amount.unit)
        if each_g:
            return line_amount.count * float(each_g) / dish.yield_g
    if amount is None or amount.unit in _SERVINGS:
        return (amount.count if amount else 1.0) / dish.servings
    each_g = any_mass_g(amount.unit)  # bites, handfuls
    return amount.count * each_g / dish.yield_g if each_g else None


_SETTINGS = "diary.toml"
_NAMED = ("needs", "day", "meal", "food", "joined", "amount", "unit", "category")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_EITHER_COMMA = re.compile(r"[1-9],\d{3}(?!\d)")  # of thousands, or of thousandths
_NAME_AND_AMOUNT = 2
_OF_A_DAY = re.compile(r"(\d{1,3}|\d{4}-\d\d-\d\d)\s*,\s*(.+)")


@dataclass(frozen=True, slots=True)
class DiaryRow:
    """One row as it is written.

    Parameters
    ----------
    line
        Its number in the file.
    day, meal, food, amount
        As they are written; the amount with its measure, blank where the food has it.
    is_pill
        Whether the export says that it is a supplement.
    stated
        Nutrient key → amount [its unit] that the file gives.
    """

    line: int
    day: str
    meal: str
    food: str
    amount: str
    is_pill: bool = False
    stated: Mapping[str, float] = field(default_factory=dict)


def read_rows(path: Path | str | StringIO) -> tuple[Sheet, str, list[DiaryRow]]:
    """Read the rows of a file; faults stand in its sheet, for whoever reads on to raise with more.

    Returns
    -------
    tuple
        The sheet, the name of the program whose export it is (empty for our own format), and rows.

    Raises
    ------
    ConfigError
        When the file cannot be read, or its columns are those of no diary.
    """
    text, where = text_of(path, "diary", ConfigError)
    text = _with_commas(text)
    if not _has_columns(text):
        _refuse_recipe(text, where)
        return Sheet(where, ("food",), (), ConfigError), "", list(_plain_rows(text))
    sheet = parse_sheet(text, where, ConfigError)
    own = read_settings(_SETTINGS)["columns"]
    names = {name.casefold(): name for name in sheet.columns}
    for export in read_settings(_SETTINGS)["export"]:
        if all(need.casefold() in names for need in export["needs"]):
            return sheet, export["name"], list(_exported(sheet, export, names))
    if _is_totals(names):
        raise _totals_only(sheet.where, "")
    sheet = _as_ours(sheet, own["also"])
    amounts = [name for name in sheet.columns if _says_amount(name)]
    for name in amounts:
        how = "call it {names}".format(names=" or ".join(map(repr, own["of_amounts"])))
        sheet.report(f"unknown column {name!r}", remedy=how)
    known = (*own["needed"], *own["may"], *unused_columns(sheet), *amounts)
    sheet.check_columns(own["needed"], known)
    sheet.raise_faults()
    return sheet, "", list(_own_rows(sheet))


def _as_ours(sheet: Sheet, also: Mapping[str, str]) -> Sheet:
    """Call columns as our own format does, whatever their case: ``Date`` is the day."""
    ours = {column: also.get(column.casefold(), column.casefold()) for column in sheet.columns}
    ours = {our: name for our, name in ours.items() if [*ours.values()].count(name) == 1}
    return replace(
        sheet,
        columns=tuple(ours.get(column, column) for column in sheet.columns),
        rows=tuple(
            (number, {ours.get(column, column): cell for column, cell in row.items()})
            for number, row in sheet.rows
        ),
    )


def _refuse_recipe(text: str, where: str) -> None:
    heads = read_settings(_SETTINGS)["plain"]["recipe"]
    if any(line.strip(" \t#*:").casefold() in heads for line in text.splitlines()):
        how = (
            "`magplan dishes improve FILE` shows small changes of it, `magplan dishes import FILE` "
            "makes a dish of it that a diary may name"
        )
        raise ConfigError("is a recipe and no diary", where, how)


def unused_columns(sheet: Sheet) -> tuple[str, ...]:
    """Return the columns of our own format that are not used: what looks like an amount is none."""
    rule = read_settings(_SETTINGS)["columns"]
    known = [*rule["needed"], *rule["may"]]
    return tuple(
        name
        for name in sheet.columns
        if (called := name.casefold()) in rule["beside"]
        or (
            called not in known
            and not _says_amount(name)
            and not did_you_mean(called, [*known, *rule["amounts"]])
            and not any(_is_amount(row.get(name, "")) for _, row in sheet.rows)
        )
    )


def _says_amount(name: str) -> bool:
    """Whether the name of a column, which is not one of ours, speaks of an amount or a measure."""
    rule, called = read_settings(_SETTINGS)["columns"], name.casefold()
    words = {called, *re.findall(r"\w+", called)}
    return called not in rule["may"] and not words.isdisjoint(rule["amounts"])


def _is_amount(cell: str) -> bool:
    """Whether a cell is an amount, a measure or a size: never to be passed over."""
    line = parse_line(f"1 {cell} x")
    is_measure = bool(line.size or (line.amount and line.amount.unit))
    return any(map(str.isdigit, cell)) or (bool(cell) and is_measure)


def _has_columns(text: str) -> bool:
    """Whether the first line names a column of any diary; else each line is what was eaten."""
    rule = read_settings(_SETTINGS)
    own = rule["columns"]
    known = {*own["needed"], *own["may"], *own["also"], rule["totals"]["has"]}
    for export in rule["export"]:
        known |= {column.casefold() for key in _NAMED for column in export[key]}
    first = next(filter(str.strip, text.lstrip("\ufeff").splitlines()), "")
    cells = {cell.strip(" \"'").casefold() for cell in re.split(r"[,;\t]", first)}
    is_cut = ";" in first or "\t" in first  # a table, whose fault is told
    return not first or is_cut or not known.isdisjoint(cells)


def _with_commas(text: str) -> str:
    """Return text cut by semicolons as a table cut by commas, or as lines; 62,5 becomes 62.5."""
    rows = [line.split(";") for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if not rows or len(rows[0]) == 1 or '"' in text or _EITHER_COMMA.search(text):
        return text  # its fault is told
    cells = [[_DECIMAL_COMMA.sub(".", cell.strip()) for cell in row] for row in rows]
    if all(len(row) == _NAME_AND_AMOUNT and row[1][:1].isdigit() for row in cells):
        return "\n".join(f"{amount} {name}" for name, amount in cells)
    table = as_csv_text(cells)
    return table if _has_columns(table) else text


def _plain_rows(text: str) -> Iterator[DiaryRow]:
    """Return a row for each line: of day 1, or of the day that a line or all lines begin with.

    A line that is a meal or a day alone is a heading.
    """
    rule = read_settings(_SETTINGS)
    lines = [(number, one.strip()) for number, one in enumerate(text.splitlines(), start=1)]
    lines = [(number, one) for number, one in lines if one]
    are_numbered = all(_OF_A_DAY.fullmatch(one) for _, one in lines)
    day, meal, weekdays = "1", "", 0
    for number, line in lines:
        heading = line.rstrip(":").strip().casefold()
        word, _, rest = heading.partition(" ")
        first, colon, food = (part.strip() for part in line.partition(":"))
        if heading in rule["meals"]:
            meal = heading
        elif word in rule["plain"]["day"] and rest.isalnum():
            day, meal = rest, ""
        elif weekday_of(heading) is not None:
            weekdays += 1
            day, meal = str(weekdays), ""
        elif colon and food and first.casefold() in rule["meals"]:
            yield DiaryRow(number, day, first.casefold(), food, "")
        elif are_numbered and (found := _OF_A_DAY.fullmatch(line)):
            yield DiaryRow(number, found[1], "", found[2], "")
        else:
            yield DiaryRow(number, day, meal, line, "")


def _own_rows(sheet: Sheet) -> Iterator[DiaryRow]:
    for number, row in sheet.rows:
        amount = f"{row.get('amount', '')} {row.get('unit', '')}".strip()
        if _has_all(sheet, number, {"day": row["day"], "food": row["food"]}):
            yield DiaryRow(number, row["day"], row.get("meal", ""), row["food"], amount)


def _exported(
    sheet: Sheet, export: Mapping[str, Any], names: Mapping[str, str]
) -> Iterator[DiaryRow]:
    """Return the rows of another program's export."""
    column = {
        key: next((names[one.casefold()] for one in export[key] if one.casefold() in names), "")
        for key in ("day", "meal", "food", "joined", "amount", "unit", "category")
    }
    if not column["food"]:
        raise _totals_only(sheet.where, export["name"])
    nutrients = read_settings(_SETTINGS)["nutrients"][export["nutrients"]]
    known = {
        names[key.casefold()]: one for key, one in nutrients.items() if key.casefold() in names
    }
    pills = read_settings(_SETTINGS)["supplements"]["categories"]
    for number, row in sheet.rows:
        cells = {key: row.get(name, "") for key, name in column.items()}
        food, written = _parted(cells, export["split_name"])
        if not _has_all(sheet, number, {column["day"]: cells["day"], column["food"]: food}):
            continue
        stated = {
            entry["nutrient"]: value * entry["factor"]
            for name, entry in known.items()
            if (value := _figure(row[name])) is not None
        }
        is_pill = cells["category"].casefold() in pills
        yield DiaryRow(number, cells["day"], cells["meal"], food, written, is_pill, stated)


def _parted(cells: Mapping[str, str], may_split: bool) -> tuple[str, str]:
    """Return name and amount of a row; the amount may end the name."""
    if cells["amount"]:
        return cells["food"], f"{cells['amount']} {cells['unit'] or cells['joined']}"
    if cells["joined"]:
        is_number = re.fullmatch(r"[\d.,]+", cells["joined"])
        return cells["food"], f"{cells['joined']} {cells['unit'] if is_number else ''}".strip()
    name, comma, amount = cells["food"].rpartition(",")
    if may_split and comma and read_amount(amount):
        return name.strip(), amount.strip()
    return cells["food"], ""


def _has_all(sheet: Sheet, number: int, cells: Mapping[str, str]) -> bool:
    for column, cell in cells.items():
        if not cell:
            sheet.report("blank", number, column, "fill it in, or delete the row")
    return all(cells.values())


def _figure(cell: str) -> float | None:
    """Read a figure of an export; a blank or a mark is unknown."""
    amount = read_amount(cell)
    if amount is None:
        return 0.0 if cell and not cell.strip("0.,") else None
    return amount[0]


def _is_totals(names: Sequence[str] | Mapping[str, str]) -> bool:
    """Whether the columns are totals of days, as the daily summary of a program has them."""
    rule = read_settings(_SETTINGS)["totals"]
    return rule["has"] in names and not any(column in names for column in rule["without"])


def _totals_only(where: str, program: str) -> ConfigError:
    what = "holds totals and no foods"
    if program:
        what = f"holds totals of meals and no foods, as {program} exports them"
    how = (
        "nothing in it tells magnesium by food: export foods and their amounts (in Cronometer "
        '"Food & Recipe Entries"), or write day,meal,food,amount,unit'
    )
    return ConfigError(what, where, how)
