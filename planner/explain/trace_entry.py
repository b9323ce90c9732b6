"""From a rule, cap, condition, medicine, fact, compound or row back to its table and citation.

Which data files are followed, and how their entries are called, stands in ``configs/trace.toml``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import tomli

from foods.errors import FoodNotFoundError
from foods.supplement import count_atoms, find_supplement
from foods.table import nearest_names
from planner.errors import ConfigError
from planner.explain.trace import TableRow, line_of, shown
from planner.safety.conditions import read_condition
from planner.safety.medicines import read_medicine_entry
from planner.settings import read_settings, read_shipped

_EVERY, _PARTED = "*", ";"
_SOURCE_KEYS = ("source", "sources")
_HEADER_LINES = 2  # a CSV has its head, and an editor counts from 1


@dataclass(frozen=True, slots=True)
class EntryTrace:
    """Where one entry of the data files comes from.

    Parameters
    ----------
    name
        As asked for.
    kinds
        What the entries are, in words.
    rows
        The entries, each with its citation.
    notes
        How they hang together, in sentences.
    """

    name: str
    kinds: tuple[str, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One row of a CSV, or one table of a TOML file.

    Parameters
    ----------
    kind, names
        What it is, and what it is called; the first name is printed.
    row
        The entry itself.
    """

    kind: str
    names: tuple[str, ...]
    row: TableRow

    @property
    def place(self) -> str:
        """File and row, as ``rules.csv:17``."""
        return self.full_place.rpartition("/")[2]

    @property
    def full_place(self) -> str:
        """The same with its folders, as ``configs/safety/rules.csv:17``."""
        return f"{self.row.file}:{self.row.row}"


def trace_entry(name: str) -> EntryTrace:
    """Trace what is called ``name`` back to rows and citations.

    Parameters
    ----------
    name
        Id of a rule, fact, effect, cap or sentence; a condition, a medicine or a compound; or the
        place of a row, ``us.csv:17``.

    Raises
    ------
    ConfigError
        When nothing is called so, with the nearest names.
    """
    found = _named(name)
    if ":" not in name:  # a place is no name of a medicine
        found += [*_compound(name), *_condition(name), *_medicine(name)]
    if not found:
        near = nearest_names(name, sorted({one for entry in entries() for one in entry.names}))
        raise ConfigError(
            f"nothing is called {name!r}",
            where="--source",
            remedy="the nearest: {near}".format(near=", ".join(near))
            if near
            else "see `magplan explain --help`",
        )
    kinds = tuple(dict.fromkeys(entry.kind for entry in found))
    rows = dict.fromkeys((entry.row.file, entry.row.row) for entry in found)
    by_place = {(entry.row.file, entry.row.row): entry.row for entry in found}
    return EntryTrace(name, kinds, tuple(by_place[place] for place in rows), _notes(name))


@cache
def entries() -> tuple[Entry, ...]:
    """Give every entry of the data files that are followed."""
    made: list[Entry] = []
    for table in read_settings("trace.toml")["table"]:
        made += _read_csv(table) if table["file"].endswith(".csv") else _read_toml(table, made)
    return tuple(made)


def _named(name: str) -> list[Entry]:
    index = _index()
    return list(dict.fromkeys([*index.get(_plain(name), ()), *index.get(name, ())]))


@cache
def _index() -> Mapping[str, list[Entry]]:
    """Give plain name or place → entries."""
    index: dict[str, list[Entry]] = {}
    for entry in entries():
        for name in dict.fromkeys((*map(_plain, entry.names), entry.place, entry.full_place)):
            index.setdefault(name, []).append(entry)
    return index


def _compound(name: str) -> list[Entry]:
    """Give the rows of a compound: itself, its price, and the masses of its atoms."""
    try:
        one = find_supplement(name)
    except FoodNotFoundError:
        return []
    atoms = [entry for symbol in count_atoms(one.formula) for entry in _named(symbol)]
    return [*_named(one.name), *(entry for entry in atoms if entry.kind == "atomic mass")]


def _condition(name: str) -> list[Entry]:
    """Give the words of a condition, the rules that speak of it, and its effects."""
    return [
        entry
        for one in read_condition(name).conditions
        for entry in _entries_of(one.condition_id, one.rules)
    ]


def _entries_of(condition_id: str, rules: Iterable[str]) -> list[Entry]:
    effects = [
        entry
        for entry in entries()
        if entry.row.file.endswith("effects.toml")
        and condition_id in entry.row.cells.get("conditions", "").split(", ")
    ]
    named = [entry for one in (condition_id, *rules) for entry in _named(one)]
    return [*named, *effects]


def _medicine(name: str) -> list[Entry]:
    """Give the interactions of a medicine, and the effects that hang on them."""
    try:
        known = read_medicine_entry(name).medicines
    except ConfigError:  # a place such as "us.csv:17" is no medicine and how often it is taken
        return []
    ids = [one.interaction_id for medicine in known for one in medicine.interactions]
    effects = [
        entry
        for entry in entries()
        if entry.row.file.endswith("effects.toml")
        and set(ids) & set(entry.row.cells.get("medicines", "").split(", "))
    ]
    return [*(entry for one in ids for entry in _named(one)), *effects]


def _notes(name: str) -> tuple[str, ...]:
    try:
        one = find_supplement(name)
    except FoodNotFoundError:
        return ()
    fraction = one.elemental_fraction
    if fraction is None:
        return ("A vitamin counts as itself: no share of an element is taken.",)
    return (
        (
            f"Share of the element: {fraction:.5f}, the mass of its atoms in {one.formula} over "
            f"that of the whole; 1000 mg of the compound hold {1000 * fraction:.1f} mg."
        ),
    )


def _read_csv(table: Mapping[str, Any]) -> Iterator[Entry]:
    rows = csv.DictReader(read_shipped(table["file"]).splitlines())
    for number, cells in enumerate(rows, start=_HEADER_LINES):
        names = [one for key in table.get("ids", ()) for one in cells[key].split(_PARTED)]
        cite = _cite(table, _keys_of(cells))
        yield _entry(table, names, TableRow(table["file"], number, cells, cite))


def _read_toml(table: Mapping[str, Any], before: list[Entry]) -> Iterator[Entry]:
    text = read_shipped(table["file"])
    values, entry = tomli.loads(text), table["entry"]
    if entry == _EVERY:
        for name, one in values.items():
            if isinstance(one, dict) and name != "sources":
                cite = _cite(table, _keys_of(one)) or _borrowed(table, name, before)
                number = line_of(table["file"], f"[{name}]")
                yield _entry(table, [name], TableRow(table["file"], number, _cells(one), cite))
        return
    starts = [match.start() for match in re.finditer(rf"(?m)^\[\[{entry}\]\]", text)]
    for start, one in zip(starts, values[entry], strict=True):
        number = text.count("\n", 0, start) + 1
        names = [str(one[key]) for key in table["ids"] if one.get(key)]
        cite = _cite(table, _keys_of(one))
        yield _entry(table, names, TableRow(table["file"], number, _cells(one), cite))


def _entry(table: Mapping[str, Any], names: Iterable[str], row: TableRow) -> Entry:
    return Entry(table["kind"], tuple(filter(None, names)), row)


def _keys_of(cells: Mapping[str, Any]) -> list[str]:
    text = next((str(cells[key]) for key in _SOURCE_KEYS if cells.get(key)), "")
    return [part for part in text.split(_PARTED) if part]


def _cite(table: Mapping[str, Any], keys: Iterable[str]) -> str:
    """Give the table's own citation, then those behind the keys of a row."""
    known = _citations(table["sources"]) if "sources" in table else {}
    cited = [table.get("cite", ""), *(known[key] for key in keys if key in known)]
    return "; ".join(one.rstrip(".") for one in cited if one) + "." * any(cited)


@cache
def _citations(place: str) -> Mapping[str, str]:
    file, _, name = place.partition(" ")
    return {key: _citation(row) for key, row in tomli.loads(read_shipped(file))[name].items()}


def _citation(row: Mapping[str, str]) -> str:
    """Give a citation; that of a page by its title, publisher and year."""
    if "cite" in row:
        return row["cite"]
    parts = (row.get("title", ""), row.get("publisher", ""), str(row.get("year", "")))
    return ", ".join(filter(None, parts))


def _borrowed(table: Mapping[str, Any], name: str, before: Iterable[Entry]) -> str:
    """Give the citation of the entry of the same id that this one speaks for."""
    return next(
        (
            entry.row.cite
            for entry in before
            if entry.row.file == table.get("with") and name in entry.names
        ),
        "",
    )


def _cells(values: Mapping[str, Any]) -> dict[str, str]:
    return {key: shown(value) for key, value in values.items()}


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").split()).casefold()
