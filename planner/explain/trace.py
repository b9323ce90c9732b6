"""From a band, a figure of a food or a rule back to where it comes from: table, row, citation.

A band of a plan goes back to the rule of ``configs/targets.toml`` that made it and to the row of
the standard that the rule was put on.

Which data files are followed, and how their entries are called, stands in ``configs/trace.toml``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import tomli

from foods.embedded import data_settings, read_data_text, read_embedded_foods
from foods.errors import FoodNotFoundError
from foods.food import Food
from foods.nutrient import known_nutrients
from foods.sheet import parse_rows, read_sheet
from foods.supplement import count_atoms, find_supplement
from foods.table import nearest_names
from planner.errors import ConfigError
from planner.request.diets import find_diet
from planner.request.override import RATIO
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.safety.conditions import read_condition
from planner.safety.medicines import read_medicine_entry
from planner.safety.patient import Patient
from planner.safety.sentences import read_safety_settings, read_safety_sources
from planner.settings import read_rows, read_settings, read_shipped, read_text
from planner.standards.amounts import key_of
from planner.standards.ids import is_own_standard
from planner.standards.read import read_standard
from planner.standards.standard import Match, ReferenceValue, Standard
from planner.targets.clinical import reading_age_y
from planner.targets.derive import ENERGY_KEY, TargetSet
from planner.targets.energy import (
    DEFAULT_EQUATION,
    energy_rows,
    find_other_row,
    lactation_month,
    read_energy_rows,
    read_other_rows,
    trimester,
)
from planner.targets.reference import SHAPING_STANDARD, match_all
from planner.targets.target import REQUEST, SHAPED, Target, name_of

RULES_FILE, SHARES_FILE = "configs/targets.toml", "configs/shares.toml"

_SHARE_ENDING = "_pct_energy"
_CEILINGS = {
    "upper_levels": ("upper_level_day",),
    "reduction_levels": ("reduction_level_day", "reduction_level_week"),
    "guidance_levels": ("upper_level_day", "guidance_level_week"),
    "guideline_limits": ("guideline_limit_week",),
}


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a data file that a number hangs on.

    Parameters
    ----------
    file, row
        File, and the number of its row as an editor counts it.
    cells
        Column → text, all of them.
    cite
        The source of the row in full.
    note
        Why this row holds though it is not the person's own; empty where it is.
    """

    file: str
    row: int
    cells: Mapping[str, str]
    cite: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """A rule that turns a row into a band.

    Parameters
    ----------
    file, place
        File, and table and key in it.
    text
        What stands there.
    row
        Number of the line where that table begins, as an editor counts it; 0 for a request.
    """

    file: str
    place: str
    text: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class NutrientTrace:
    """Where the bands of one nutrient come from.

    Parameters
    ----------
    nutrient, standard
        Target key, and title of the standard.
    targets
        The bands as planned.
    rows
        Rows of the standard behind them, those shown but not planned for included.
    rules
        Rules of the program put on the rows.
    remarks
        What the standard remarks on these values.
    definition
        The row that names the key, or says what a share or ratio is made of.
    """

    nutrient: str
    standard: str
    targets: tuple[Target, ...]
    rows: tuple[TableRow, ...]
    rules: tuple[AppliedRule, ...]
    remarks: tuple[str, ...]
    definition: TableRow


def trace_nutrient(key: str, targets: TargetSet, preferences: Preferences) -> NutrientTrace:
    """Trace every band of ``key`` back to rows and rules.

    Parameters
    ----------
    key
        Nutrient, share or ratio key.
    targets
        The person's targets.
    preferences
        The diet decides which conditional rows hold.
    """
    key = _share_of(key, targets)
    standard = read_standard(targets.standard)
    diet = find_diet(preferences.diet)
    reader = replace(targets.profile, age_y=reading_age_y(key, targets.patient))
    matches = match_all(standard, reader, diet).values()
    held = [match for match in matches if _is_about(match.value, key)]
    own = tuple(target for target in targets.targets if target.nutrient == key)
    rows = [_standard_row(standard, match) for match in held]
    if _is_shaped(own, standard):
        us = read_standard(SHAPING_STANDARD)
        shaping = match_all(us, targets.profile, diet).values()
        rows += [_standard_row(us, match) for match in shaping if _is_about(match.value, key)]
    rows += _energy_rows(key, targets)
    return NutrientTrace(
        key,
        standard.title,
        own,
        tuple(rows),
        tuple(map(_with_line, dict.fromkeys(_rules(key, held, own, targets.patient)))),
        tuple(dict.fromkeys(_remarks(standard, held))),
        _defining_row(key),
    )


def _share_of(key: str, targets: TargetSet) -> str:
    """Return the share of energy where a plan is held to that instead of grams."""
    keys = {target.nutrient for target in targets.targets}
    share = f"{key.removesuffix('_g')}{_SHARE_ENDING}"
    return share if key not in keys and share in keys else key


def _is_about(value: ReferenceValue, key: str) -> bool:
    if value.unit == "percent_energy" and f"{value.nutrient}{_SHARE_ENDING}" == key:
        return True
    return key_of(value) == key and not _is_energy_share(value)


def _is_energy_share(value: ReferenceValue) -> bool:
    shares = read_settings("targets.toml")["shares"]
    named = (*shares["range_nutrients"], *shares["limit_nutrients"])
    return value.unit == "percent_energy" and value.nutrient in named


def _is_shaped(targets: tuple[Target, ...], standard: Standard) -> bool:
    foreign = standard.standard_id != SHAPING_STANDARD
    return foreign and any(SHAPED in target.origins for target in targets)


def _standard_row(standard: Standard, match: Match) -> TableRow:
    name = standard.standard_id
    file = name if is_own_standard(name) else f"configs/standards/{name}.csv"
    number, cells = _table_rows(name)[standard.values.index(match.value)]
    note = "the nearest age stands in" if match.is_nearest else ""
    if match.is_fallback:
        note = "no row for this state: the row without a state applies"
    if match.is_stricter:
        note = "the row for this state asks for less: the stricter value applies"
    return TableRow(file, number, cells, _full_citation(standard, match.value), note)


def _table_rows(standard_id: str) -> Sequence[tuple[int, Mapping[str, str]]]:
    """Return the numbered rows of a standard as written, in the order of ``Standard.values``."""
    if is_own_standard(standard_id):
        return read_sheet(standard_id, "standard", ConfigError).rows
    return parse_rows(read_text(f"standards/{standard_id}.csv"), standard_id)


def _full_citation(standard: Standard, value: ReferenceValue) -> str:
    if is_own_standard(standard.standard_id):
        return standard.cite(value)
    about = read_settings(f"standards/{standard.standard_id}.toml")["sources"][value.source]
    parts = (about["cite"], "doi {doi}.".format(doi=about["doi"]) if "doi" in about else "")
    place = f"Place: {value.locator}." if value.locator else ""
    read_in = "Read in: {read_in}.".format(read_in=about["read_in"]) if "read_in" in about else ""
    return " ".join(filter(None, (*parts, place, read_in)))


def _defining_row(key: str) -> TableRow:
    """Return the row that names a nutrient, or says what a share or ratio is made of."""
    number_of = {row["nutrient"]: (number, row) for number, row in data_rows("nutrients.csv")}
    if key in number_of:
        number, row = number_of[key]
        told = "Names and units of this program; the numbers are those of each release."
        return TableRow("foods/data/nutrients.csv", number, row, told)
    file = RULES_FILE if key == RATIO else SHARES_FILE
    name = "ratio" if key == RATIO else f"shares.{key}"
    values = _setting(file, name)
    cells = {column: shown(value) for column, value in values.items()}
    cite = str(values.get("source") or _setting(file, "")["source"])
    return TableRow(file, line_of(file, f"[{name}]"), cells, cite)


def _setting(file: str, name: str) -> Mapping[str, Any]:
    values: Mapping[str, Any] = read_settings(file.removeprefix("configs/"))
    for part in filter(None, name.split(".")):
        values = values[part]
    return values


def _with_line(rule: AppliedRule) -> AppliedRule:
    """Return a rule with the line of its table."""
    if not rule.file.startswith(("configs/", "foods/")):
        return rule
    name, _, count = rule.place.partition(" number ")
    head, brackets, entry = name.partition("]] ")
    start = f'id = "{entry}"' if brackets else f"{head.rstrip(']').partition(']')[0]}]"
    return replace(rule, row=line_of(rule.file, start, int(count or 1)))


def line_of(file: str, start: str, count: int = 1) -> int:
    """Return the number of the line that begins with ``start`` for the ``count``-th time."""
    lines = read_shipped(file).splitlines()
    places = [number for number, line in enumerate(lines, start=1) if line.startswith(start)]
    return places[count - 1] if len(places) >= count else 0


def _energy_rows(key: str, targets: TargetSet) -> Iterator[TableRow]:
    """Return the rows of the equation that the energy comes from; none where it was asked for."""
    if key != ENERGY_KEY:
        return
    file, places = _energy_places(targets.profile)
    sources = read_settings("energy.toml")["sources"]
    rows = read_rows(file)
    for place in places:
        row = rows[place]
        yield TableRow(f"configs/{file}", place + 2, row, sources[row["source"]]["cite"])


def _energy_places(profile: Profile) -> tuple[str, list[int]]:
    """Return the file of the equation, and the places of its rows, counted from 0."""
    if profile.energy_equation != DEFAULT_EQUATION:
        found = find_other_row(profile, trimester(profile), lactation_month(profile))
        return "energy_other.csv", [read_other_rows().index(found)]
    return "energy.csv", [read_energy_rows().index(row) for row in energy_rows(profile)]


def _rules(
    key: str, matches: list[Match], targets: tuple[Target, ...], patient: Patient
) -> Iterator[AppliedRule]:
    settings = read_settings("targets.toml")
    for name in _named_tables(key):
        yield _table_rule(f"[{name}]", settings[name])
    for number, rule in enumerate(settings["floors"], start=1):
        if key in rule["nutrients"]:
            shares = {name: rule[name] for name in ("day", "week", "hard") if name in rule}
            yield _table_rule(f"[[floors]] number {number}", shares)
    yield from _estimate_rules(key)
    yield from _cap_rules(key)
    for match in matches:
        yield from _kind_rules(match.value.kind, settings)
    if key in settings["not_planned"]:
        yield AppliedRule(RULES_FILE, f"[not_planned] {key}", settings["not_planned"][key])
    yield from _effect_rules(key, patient)
    for target in targets:
        if REQUEST in target.origins:
            yield AppliedRule("request", f"[targets.{key}]", "a bound that you set yourself")


def _estimate_rules(key: str) -> Iterator[AppliedRule]:
    """Return how a figure of food is estimated where a release has none."""
    marks = {food.overlay.get(key, "").removeprefix("own:") for food in read_embedded_foods()}
    for name, table in data_settings("estimates.toml").items():
        if marks & set(table["rules"]):
            yield AppliedRule("foods/data/estimates.toml", f"[{name}]", table["text"])


def _cap_rules(key: str) -> Iterator[AppliedRule]:
    """Return the safety limits on a nutrient, for whomever they hold."""
    caps = read_safety_settings("caps")["nutrient_cap"]
    for number, cap in enumerate(caps, start=1):
        if cap["nutrient"] == key:
            cite = read_safety_sources()[cap["source"]]
            rule = _table_rule(f"[[nutrient_cap]] number {number}", cap)
            text = f"{rule.text}. Source: {cite}"
            yield replace(rule, file="configs/safety/caps.toml", text=text)


def _effect_rules(key: str, patient: Patient) -> Iterator[AppliedRule]:
    """Return what conditions and medicines change about ``key``."""
    for effect in patient.effects:
        words = [
            "{side} bound, {period}, {hard}".format(
                side=bound.side,
                period=bound.period,
                hard="hard" if bound.hard else "soft",
            )
            for bound in effect.bounds
            if bound.nutrient == key
        ]
        words += ["no floor"] if key in effect.no_floor else []
        words += ["no upper limit"] if key in effect.no_ceiling else []
        words += ["in place of what is recommended"] if key in effect.instead_of_floor else []
        words += ["no goal, not shown"] if effect.ratio_off and key == RATIO else []
        if effect.read_as and key in effect.read_as["nutrients"]:
            ages = (f"{side} {age}" for side, age in effect.read_as.items() if side != "nutrients")
            words.append(
                "read at another age: {ages}".format(ages=", ".join(ages).replace("_", " "))
            )
        if words:
            place = f"[[effect]] {effect.effect_id}"
            text = "{words}. Source: {source}".format(words="; ".join(words), source=effect.source)
            yield AppliedRule("configs/safety/effects.toml", place, text)


def _named_tables(key: str) -> Iterator[str]:
    if key == RATIO:
        yield "ratio"
    if key == ENERGY_KEY:
        yield "energy"
    if key.endswith(_SHARE_ENDING):
        yield "shares"


def _kind_rules(kind: str, settings: Mapping[str, Any]) -> Iterator[AppliedRule]:
    for group, names in _CEILINGS.items():
        if kind in settings["kinds"][group]:
            shares = {name: settings["ceilings"][name] for name in names}
            yield _table_rule(f"[ceilings], for {kind}", shares)
    if kind in settings["kinds"]["shown_only"]:
        text = f"{kind} is shown, never planned for"
        yield AppliedRule(RULES_FILE, "[kinds] shown_only", text)


def _table_rule(place: str, table: Mapping[str, Any]) -> AppliedRule:
    text = ", ".join(f"{name} = {shown(value)}" for name, value in table.items())
    return AppliedRule(RULES_FILE, place, text)


def shown(value: Any) -> str:
    """Return a value of a settings file as a row shows it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    if isinstance(value, dict):
        return "; ".join(f"{key} {shown(part)}" for key, part in value.items())
    return str(value)


def _remarks(standard: Standard, matches: list[Match]) -> Iterator[str]:
    for match in matches:
        remark = standard.remarks.get((match.value.nutrient, match.value.kind))
        if remark:
            yield f"{name_of(key_of(match.value))} {match.value.kind}: {remark}"


@cache
def data_rows(name: str) -> tuple[tuple[int, Mapping[str, str]], ...]:
    """Return the rows of a data file of foods, each with its number as an editor counts it."""
    return parse_rows(read_data_text(name), name)


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
    """Return every entry of the data files that are followed."""
    made: list[Entry] = []
    for table in read_settings("trace.toml")["table"]:
        made += _read_csv(table) if table["file"].endswith(".csv") else _read_toml(table, made)
    return tuple(made)


def _named(name: str) -> list[Entry]:
    index = _index()
    return list(dict.fromkeys([*index.get(_plain(name), ()), *index.get(name, ())]))


@cache
def _index() -> Mapping[str, list[Entry]]:
    """Return plain name or place → entries."""
    index: dict[str, list[Entry]] = {}
    for entry in entries():
        for name in dict.fromkeys((*map(_plain, entry.names), entry.place, entry.full_place)):
            index.setdefault(name, []).append(entry)
    return index


def _compound(name: str) -> list[Entry]:
    """Return the rows of a compound: itself, its price, and the masses of its atoms."""
    try:
        one = find_supplement(name)
    except FoodNotFoundError:
        return []
    atoms = [entry for symbol in count_atoms(one.formula) for entry in _named(symbol)]
    return [*_named(one.name), *(entry for entry in atoms if entry.kind == "atomic mass")]


def _condition(name: str) -> list[Entry]:
    """Return the words of a condition, the rules that speak of it, and its effects."""
    return [
        entry
        for condition in read_condition(name).conditions
        for entry in _entries_of(condition.condition_id, condition.rules)
    ]


def _entries_of(condition_id: str, rules: Iterable[str]) -> list[Entry]:
    effects = [
        entry
        for entry in entries()
        if entry.row.file.endswith("effects.toml")
        and condition_id in entry.row.cells.get("conditions", "").split(", ")
    ]
    named = [entry for rule in (condition_id, *rules) for entry in _named(rule)]
    return [*named, *effects]


def _medicine(name: str) -> list[Entry]:
    """Return the interactions of a medicine, and the effects that hang on them."""
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
    return [*(entry for interaction_id in ids for entry in _named(interaction_id)), *effects]


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
        names = [name for key in table.get("ids", ()) for name in cells[key].split(_PARTED)]
        cite = _cite(table, _keys_of(cells))
        yield _entry(table, names, TableRow(table["file"], number, cells, cite))


def _read_toml(table: Mapping[str, Any], before: list[Entry]) -> Iterator[Entry]:
    text = read_shipped(table["file"])
    values, entry = tomli.loads(text), table["entry"]
    if entry == _EVERY:
        for name, value in values.items():
            if isinstance(value, dict) and name != "sources":
                cite = _cite(table, _keys_of(value)) or _borrowed(table, name, before)
                number = line_of(table["file"], f"[{name}]")
                yield _entry(table, [name], TableRow(table["file"], number, _cells(value), cite))
        return
    starts = [match.start() for match in re.finditer(rf"(?m)^\[\[{entry}\]\]", text)]
    for start, row in zip(starts, values[entry], strict=True):
        number = text.count("\n", 0, start) + 1
        names = [str(row[key]) for key in table["ids"] if row.get(key)]
        cite = _cite(table, _keys_of(row))
        yield _entry(table, names, TableRow(table["file"], number, _cells(row), cite))


def _entry(table: Mapping[str, Any], names: Iterable[str], row: TableRow) -> Entry:
    return Entry(table["kind"], tuple(filter(None, names)), row)


def _keys_of(cells: Mapping[str, Any]) -> list[str]:
    text = next((str(cells[key]) for key in _SOURCE_KEYS if cells.get(key)), "")
    return [part for part in text.split(_PARTED) if part]


def _cite(table: Mapping[str, Any], keys: Iterable[str]) -> str:
    """Return the table's own citation, then those behind the keys of a row."""
    known = _citations(table["sources"]) if "sources" in table else {}
    cited = [table.get("cite", ""), *(known[key] for key in keys if key in known)]
    return "; ".join(citation.rstrip(".") for citation in cited if citation) + "." * any(cited)


@cache
def _citations(place: str) -> Mapping[str, str]:
    file, _, name = place.partition(" ")
    return {key: _citation(row) for key, row in tomli.loads(read_shipped(file))[name].items()}


def _citation(row: Mapping[str, str]) -> str:
    """Return a citation; that of a page by its title, publisher and year."""
    if "cite" in row:
        return row["cite"]
    parts = (row.get("title", ""), row.get("publisher", ""), str(row.get("year", "")))
    return ", ".join(filter(None, parts))


def _borrowed(table: Mapping[str, Any], name: str, before: Iterable[Entry]) -> str:
    """Return the citation of the entry of the same id that this one speaks for."""
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


@dataclass(frozen=True, slots=True)
class FoodTrace:
    """Where one figure of a food comes from.

    Parameters
    ----------
    food_id, name, nutrient, unit, value
        The figure, per 100 g edible; ``None`` is unknown.
    release, source_id, fdc_id, ndb_no
        Release of the food's own figures and its numbers there.
    origin
        What gave this figure: ``"release"``, ``"overlay"``, ``"estimate"`` or ``"unknown"``.
    cite
        Citation of what gave it.
    rows
        Rows of data files that it hangs on.
    notes
        Other figures, rules and their confidence, in sentences.
    """

    food_id: str
    name: str
    nutrient: str
    unit: str
    value: float | None
    release: str
    source_id: str
    fdc_id: str
    ndb_no: str
    origin: str
    cite: str
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...]


def trace_food(food: Food, key: str) -> FoodTrace:
    """Trace the figure of ``key`` in ``food`` back to its release, analysis or rule."""
    mark = food.overlay.get(key, "")
    own = release_words(food.release)
    if mark.startswith("own:"):
        origin, cite, rows, notes = _estimate(food, key, mark.removeprefix("own:"))
    elif mark:
        release, _, number = mark.partition(":")
        origin, words = "overlay", release_words(release)
        cite = f"{words}, id {number}"
        rows, notes = _kept(food, key, own)
    else:
        origin = "release" if food.per_100g.get(key) is not None else "unknown"
        cite, rows, notes = own, (), _gap(origin)
    return FoodTrace(
        *(food.food_id, food.name, key, known_nutrients()[key].unit, food.per_100g.get(key)),
        *(food.release, food.source_id, food.fdc_id, food.ndb_no),
        *(origin, cite, (_figures_row(food, key), *rows), notes),
    )


def release_words(release: str) -> str:
    """Name a release of food figures with its publisher and licence, as it may be cited."""
    about = data_settings("SOURCES.toml")["releases"].get(release)
    if about is None:
        return release
    parts = (about["title"], about.get("publisher"), about.get("version"), about.get("licence"))
    return f"{release}: {'. '.join(filter(None, parts))}"


def _gap(origin: str) -> tuple[str, ...]:
    blank = "The release has no figure, and nothing else gives one: unknown, which is not 0."
    return (blank,) if origin == "unknown" else ()


def _kept(food: Food, key: str, own: str) -> tuple[tuple[TableRow, ...], tuple[str, ...]]:
    """Return the figure that the analysis covers, and why it was laid over."""
    unit = known_nutrients()[key].unit
    rows, notes = [], []
    for number, row in data_rows("overlaid.csv"):
        if (row["food_id"], row["nutrient"]) == (food.food_id, key):
            shown = f"{row['value']} {unit}" if row["value"] else "no figure"
            told = "The food's own release has {shown}: kept, not used ({own})."
            notes.append(told.format(shown=shown, own=own))
            rows.append(TableRow("foods/data/overlaid.csv", number, row, own))
    for number, row in data_rows("overlays.csv"):
        if row["food_id"] == food.food_id:
            notes.append(
                "Why it replaces the food's own figure: {reason}.".format(reason=row["reason"])
            )
            rows.append(TableRow("foods/data/overlays.csv", number, row, "own decision"))
    return tuple(rows), tuple(notes)


def _estimate(
    food: Food, key: str, rule: str
) -> tuple[str, str, tuple[TableRow, ...], tuple[str, ...]]:
    settings = data_settings("estimates.toml")
    found = [(name, table) for name, table in settings.items() if rule in table["rules"]]
    if not found:  # such as a person's own water analysis
        return "estimate", f"own rule {rule}", (), ()
    name, table = found[0]
    told = "foods/data/estimates.toml, [{name}], rule {rule}: {text}"
    rows, notes = [], [told.format(name=name, rule=rule, text=table["text"])]
    papers = data_settings("SOURCES.toml")["papers"]
    cite = str(table.get("source", ""))
    for number, row in data_rows("phytate_oxalate.csv"):
        if row["food_id"] == food.food_id and name in ("phytate", "oxalate"):
            sources = row["source"].split(";")
            cite = "; ".join(papers[source]["cite"].rstrip(".") for source in sources) + "."
            rows.append(TableRow("foods/data/phytate_oxalate.csv", number, row, cite))
            confidence = row[f"confidence_{name}"]
            notes.append(f"Confidence of {key}: {confidence}.")
    return "estimate", cite or "own estimate", tuple(rows), tuple(notes)


def _figures_row(food: Food, key: str) -> TableRow:
    """Return the row of ``foods.csv`` with the columns that identify it and the one asked for."""
    columns = ("food_id", "name", "release", "fdc_id", "ndb_no", key)
    for number, row in data_rows("foods.csv"):
        if row["food_id"] == food.food_id:
            cells = {column: row[column] for column in columns}
            return TableRow("foods/data/foods.csv", number, cells, food.release)
    return TableRow("own table", 0, {"food_id": food.food_id}, food.release)
