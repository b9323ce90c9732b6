"""From a band of a plan back to where it comes from: table, row, citation, rule.

A band of a plan goes back to the rule of ``configs/targets.toml`` that made it and to the row of
the standard that the rule was put on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from foods.embedded import data_settings, read_data_text, read_embedded_foods
from foods.sheet import parse_rows, read_sheet
from planner.errors import ConfigError
from planner.request.diets import find_diet
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.shares import RATIO
from planner.safety.patient import Patient
from planner.safety.read import read_safety_settings, read_safety_sources
from planner.settings import read_rows, read_settings, read_shipped, read_text
from planner.standards.amounts import key_of
from planner.standards.ids import is_own_standard
from planner.standards.read import read_standard
from planner.standards.standard import Match, ReferenceValue, Standard
from planner.targets.adjust import ENERGY_KEY
from planner.targets.clinical import reading_age_y
from planner.targets.derive import TargetSet
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
from planner.targets.target import REQUEST, SHAPED, Target
from planner.targets.words import name_of

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
    """Give the share of energy where a plan is held to that instead of grams."""
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
    """Give the numbered rows of a standard as written, in the order of ``Standard.values``."""
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
    """Give the row that names a nutrient, or says what a share or ratio is made of."""
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
    """Give a rule with the line of its table."""
    if not rule.file.startswith(("configs/", "foods/")):
        return rule
    name, _, count = rule.place.partition(" number ")
    head, brackets, entry = name.partition("]] ")
    start = f'id = "{entry}"' if brackets else f"{head.rstrip(']').partition(']')[0]}]"
    return replace(rule, row=line_of(rule.file, start, int(count or 1)))


def line_of(file: str, start: str, count: int = 1) -> int:
    """Give the number of the line that begins with ``start`` for the ``count``-th time."""
    lines = read_shipped(file).splitlines()
    places = [number for number, line in enumerate(lines, start=1) if line.startswith(start)]
    return places[count - 1] if len(places) >= count else 0


def _energy_rows(key: str, targets: TargetSet) -> Iterator[TableRow]:
    """Give the rows of the equation that the energy comes from; none where it was asked for."""
    if key != ENERGY_KEY:
        return
    file, places = _energy_places(targets.profile)
    sources = read_settings("energy.toml")["sources"]
    rows = read_rows(file)
    for place in places:
        row = rows[place]
        yield TableRow(f"configs/{file}", place + 2, row, sources[row["source"]]["cite"])


def _energy_places(profile: Profile) -> tuple[str, list[int]]:
    """Give the file of the equation, and the places of its rows, counted from 0."""
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
    """Give how a figure of food is estimated where a release has none."""
    marks = {food.overlay.get(key, "").removeprefix("own:") for food in read_embedded_foods()}
    for name, table in data_settings("estimates.toml").items():
        if marks & set(table["rules"]):
            yield AppliedRule("foods/data/estimates.toml", f"[{name}]", table["text"])


def _cap_rules(key: str) -> Iterator[AppliedRule]:
    """Give the safety limits on a nutrient, for whomever they hold."""
    caps = read_safety_settings("caps")["nutrient_cap"]
    for number, cap in enumerate(caps, start=1):
        if cap["nutrient"] == key:
            cite = read_safety_sources()[cap["source"]]
            rule = _table_rule(f"[[nutrient_cap]] number {number}", cap)
            text = f"{rule.text}. Source: {cite}"
            yield replace(rule, file="configs/safety/caps.toml", text=text)


def _effect_rules(key: str, patient: Patient) -> Iterator[AppliedRule]:
    """Give what conditions and medicines change about ``key``."""
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
    """Give a value of a settings file as a row shows it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    if isinstance(value, dict):
        return "; ".join(f"{key} {shown(one)}" for key, one in value.items())
    return str(value)


def _remarks(standard: Standard, matches: list[Match]) -> Iterator[str]:
    for match in matches:
        remark = standard.remarks.get((match.value.nutrient, match.value.kind))
        if remark:
            yield f"{name_of(key_of(match.value))} {match.value.kind}: {remark}"


@cache
def data_rows(name: str) -> tuple[tuple[int, Mapping[str, str]], ...]:
    """Give the rows of a data file of foods, each with its number as an editor counts it."""
    return parse_rows(read_data_text(name), name)
