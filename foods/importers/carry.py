"""Carry figures over from official downloads into our own catalogue, each one as printed there.

The minerals of a food that Foundation Foods analysed anew are overlaid, all of that analysis
together; the figures that they cover are kept in a file of their own. What no release gives and a
rule of ``estimates.toml`` can tell is added and marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from foods.errors import FoodDataError, raise_collected
from foods.importers.estimates import Subject, estimate_amounts
from foods.importers.foundation import RELEASE as FOUNDATION
from foods.importers.release import ReleaseFigures
from foods.importers.sr28 import RELEASE as SR28
from foods.nutrient import known_nutrients, minerals
from foods.own_csv import ID_COLUMNS, as_figure, as_overlay
from foods.own_file import parse_own_toml, read_own_text
from foods.said import said
from foods.sheet import as_csv_text, parse_rows

OVERLAID_COLUMNS = ("food_id", "nutrient", "release", "source_id", "value")
RULES = "estimates.toml"
NO_ESTIMATES = frozenset({"ciqual_2017"})


@dataclass(frozen=True, slots=True)
class CarryInputs:
    """What the figures are carried into and from.

    Parameters
    ----------
    catalogue
        Rows of ``catalogue.csv``.
    overlays
        Rows of ``overlays.csv`` by food id: decisions where NDB numbers do not tell.
    typical
        Rows of ``phytate_oxalate.csv`` by food id.
    rules
        Content of ``estimates.toml``.
    releases
        Release → its figures.
    fdc_ids
        NDB number → FoodData Central id in SR Legacy.
    """

    catalogue: tuple[Mapping[str, str], ...]
    overlays: Mapping[str, Mapping[str, str]]
    typical: Mapping[str, Mapping[str, str]]
    rules: Mapping[str, Any]
    releases: Mapping[str, ReleaseFigures]
    fdc_ids: Mapping[str, str]


def read_inputs(
    folder: Path, releases: Mapping[str, ReleaseFigures], fdc_ids: Mapping[str, str]
) -> CarryInputs:
    """Read catalogue, overlays, typical contents and rules from ``folder``.

    Foods that are only looked up have a folder of their own within it: the rules stand above.
    """
    rules = folder / RULES
    rules = rules if rules.is_file() else folder.parent / RULES
    return CarryInputs(
        tuple(_rows(folder / "catalogue.csv")),
        {row["food_id"]: row for row in _rows(folder / "overlays.csv")},
        {row["food_id"]: row for row in _rows(folder / "phytate_oxalate.csv")},
        parse_own_toml(read_own_text(rules, "foods"), RULES),
        releases,
        fdc_ids,
    )


def carry_figures(inputs: CarryInputs) -> tuple[str, str]:
    """Return the text of ``foods.csv`` and of ``overlaid.csv``, rows sorted by food.

    Raises
    ------
    FoodDataError
        When a food names a release that was not given, or a row that it does not hold.
    """
    raise_collected(FoodDataError, _faults(inputs), "catalogue.csv")
    by_ndb = _current_analyses(inputs.releases.get(FOUNDATION))
    cells = [
        _Cells(row, inputs) for row in sorted(inputs.catalogue, key=lambda row: row["food_id"])
    ]
    for one in cells:
        one.copy_figures()
        one.overlay_minerals(by_ndb)
        one.add_typical_contents()
        one.add_estimates()
    keys = tuple(known_nutrients())
    foods = as_csv_text([(*ID_COLUMNS, *keys), *(one.as_row(keys) for one in cells)])
    kept = as_csv_text([OVERLAID_COLUMNS, *(row for one in cells for row in one.kept)])
    return foods, kept


@dataclass
class _Cells:
    """The cells of one food while they are filled."""

    row: Mapping[str, str]
    inputs: CarryInputs
    amounts: dict[str, str] = field(default_factory=dict)
    overlay: dict[str, str] = field(default_factory=dict)
    kept: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def figures(self) -> ReleaseFigures:
        return self.inputs.releases[self.row["release"]]

    def copy_figures(self) -> None:
        for key in known_nutrients():
            printed = self.figures.figure(self.row["source_id"], key)
            if printed is not None:
                self.amounts[key] = as_plain(printed)

    def overlay_minerals(self, by_ndb: Mapping[str, str]) -> None:
        fdc_id, excepted = self._analysis(by_ndb)
        if not fdc_id:
            return
        source = self.row["release"], self.row["source_id"]
        for key in minerals():
            printed = self.inputs.releases[FOUNDATION].figure(fdc_id, key)
            if printed is None or key in excepted:
                continue
            self.kept.append((self.row["food_id"], key, *source, self.amounts.get(key, "")))
            self.amounts[key] = as_plain(printed)
            self.overlay[key] = f"{FOUNDATION}:{fdc_id}"

    def _analysis(self, by_ndb: Mapping[str, str]) -> tuple[str, frozenset[str]]:
        decision = self.inputs.overlays.get(self.row["food_id"])
        if decision is not None:
            excepted = frozenset(filter(None, decision["except"].split(";")))
            return decision["foundation_fdc_id"], excepted
        is_sr = self.row["release"] == SR28
        return by_ndb.get(self.row["source_id"], "") if is_sr else "", frozenset()

    def add_typical_contents(self) -> None:
        typical = self.inputs.typical.get(self.row["food_id"], {})
        for key, name in (("phytate_mg", "phytate"), ("oxalate_mg", "oxalate")):
            if typical.get(key):
                self.amounts[key] = as_plain(typical[key])
                self.overlay[key] = f"own:{self.inputs.rules[name]['rules'][0]}"

    def add_estimates(self) -> None:
        if self.row["release"] in NO_ESTIMATES:
            return
        for key, (amount, rule) in estimate_amounts(self._subject(), self.inputs.rules).items():
            self.amounts[key] = as_figure(amount)
            self.overlay[key] = f"own:{rule}"

    def _subject(self) -> Subject:
        numbers = self.inputs.rules["niacin_equivalents"]["tryptophan_numbers"]
        printed = self.figures.amounts[self.row["source_id"]].get(
            numbers.get(self.row["release"], "")
        )
        return Subject(
            self.row["food_id"],
            self.row["group"],
            self.row["release"],
            frozenset(self.row["origin"].split(";")),
            frozenset(self.row["flags"].split(";")),
            {key: float(amount) for key, amount in self.amounts.items()},
            None if printed is None else float(printed),
        )

    def as_row(self, keys: Iterable[str]) -> tuple[str, ...]:
        release, source_id = self.row["release"], self.row["source_id"]
        number = self.figures.numbers[source_id]
        fdc_id = self.inputs.fdc_ids.get(number, "") if release == SR28 else ""
        fdc_id = source_id if release == FOUNDATION else fdc_id
        ids = (self.row["food_id"], self.row["name"], self.row["group"], fdc_id, number, release)
        return (*ids, as_overlay(self.overlay), *(self.amounts.get(key, "") for key in keys))


def as_plain(printed: str) -> str:
    """Write an amount without exponent and trailing zeros; the number stays the same.

    Raises
    ------
    FoodDataError
        When it is not a number.
    """
    try:
        return f"{Decimal(printed).normalize() + 0:f}"
    except InvalidOperation:
        raise FoodDataError(said("{text!r} is not an amount", text=printed)) from None


def _faults(inputs: CarryInputs) -> list[str]:
    faults: list[str] = []
    for row in inputs.catalogue:
        release, source_id = row["release"], row["source_id"]
        if release not in inputs.releases:
            faults.append(
                said("{one[food_id]}: needs release {one[release]}, which was not given", one=row)
            )
        elif source_id not in inputs.releases[release].amounts:
            faults.append(
                said("{one[food_id]}: {one[release]} has no food {one[source_id]}", one=row)
            )
    known = {row["food_id"] for row in inputs.catalogue}
    faults += [
        said("overlays.csv: no food {name!r}", name=one)
        for one in sorted(set(inputs.overlays) - known)
    ]
    named = {one["foundation_fdc_id"] for one in inputs.overlays.values()} - {""}
    current = inputs.releases[FOUNDATION].current if FOUNDATION in inputs.releases else frozenset()
    return faults + [
        said("overlays.csv: {number} is not current", number=one) for one in sorted(named - current)
    ]


def _current_analyses(foundation: ReleaseFigures | None) -> dict[str, str]:
    """NDB number → id of the current food that has magnesium and calcium."""
    if foundation is None:
        return {}
    return {
        foundation.numbers[fdc_id]: fdc_id
        for fdc_id in sorted(foundation.current)
        if foundation.numbers[fdc_id]
        and foundation.figure(fdc_id, "magnesium_mg")
        and foundation.figure(fdc_id, "calcium_mg")
    }


def _rows(path: Path) -> list[dict[str, str]]:
    return [dict(row) for _number, row in parse_rows(read_own_text(path, "foods"), str(path))]
