"""Maintain the catalogue: carry figures over from official downloads, and prove them.

    python -m foods.maintain carry --data foods/data --release sr28 DIR [--fdc-ids DIR]
    python -m foods.maintain prove --release sr28 DIR --release foundation_2024-10 DIR
    python -m foods.maintain recipes --fndds DIR --sr28 DIR --retention FILE --changed FILE

``carry`` writes ``foods.csv`` and ``overlaid.csv``: each figure as printed in the food's release,
what a newer analysis says in its place, and our own estimates for what no release gives. ``prove``
compares each figure of a release with its download, blanks included. ``recipes`` recomputes the
recipes of FNDDS from SR28, down through recipes that are ingredients of others, with the shares
that cooking leaves and the moisture that is lost. It is no part of the installed program.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path
from typing import Any

from foods.embedded import data_settings, read_lookup_foods, read_overlaid
from foods.errors import FoodDataError, UserFacingError, raise_collected
from foods.food import Food
from foods.importers.download import (
    ReleaseFigures,
    find_file,
    in_row,
    open_release_file,
    read_columns,
    wanted_numbers,
)
from foods.importers.fdc import NDB_DIGITS, read_numbers, read_sr28
from foods.importers.fdc import RELEASE as SR28
from foods.nutrient import known_nutrients, minerals
from foods.own_csv import ID_COLUMNS, as_figure, as_overlay
from foods.own_file import parse_own_toml, read_own_text
from foods.sheet import as_csv_text, parse_rows
from foods.table import FoodTable

FOUNDATION, FNDDS, CIQUAL = "foundation_2024-10", "fndds_2021-2023", "ciqual_2017"
TRYPTOPHAN = "1210"
OVERLAID_COLUMNS = ("food_id", "nutrient", "release", "source_id", "value")
RULES = "estimates.toml"
SIGNIFICANT_DIGITS, MG_PER_G = 4, 1000
DIFFERENCES_SHOWN, WORST_SHOWN = 20, 20
EXIT_NO = 3
FNDDS_COLUMNS = {  # header of the workbook, line breaks as spaces → nutrient number
    "Energy (kcal)": "208", "Protein (g)": "203", "Carbohydrate (g)": "205",
    "Sugars, total (g)": "269", "Fiber, total dietary (g)": "291", "Total Fat (g)": "204",
    "Fatty acids, total saturated (g)": "606", "Retinol (mcg)": "319",
    "Vitamin A, RAE (mcg_RAE)": "320", "Thiamin (mg)": "404", "Riboflavin (mg)": "405",
    "Niacin (mg)": "406", "Vitamin B-6 (mg)": "415", "Folic acid (mcg)": "431",
    "Folate, DFE (mcg_DFE)": "435", "Choline, total (mg)": "421", "Vitamin B-12 (mcg)": "418",
    "Vitamin C (mg)": "401", "Vitamin D (D2 + D3) (mcg)": "328",
    "Vitamin E (alpha-tocopherol) (mg)": "323", "Vitamin K (phylloquinone) (mcg)": "430",
    "Calcium (mg)": "301", "Phosphorus (mg)": "305", "Magnesium (mg)": "304", "Iron (mg)": "303",
    "Zinc (mg)": "309", "Copper (mg)": "312", "Selenium (mcg)": "317", "Potassium (mg)": "306",
    "Sodium (mg)": "307", "Caffeine (mg)": "262", "Alcohol (g)": "221", "18:2 (g)": "618",
    "18:3 (g)": "619", "Water (g)": "255",
}  # fmt: skip
RECIPE_COLUMNS = {
    "Food code": "food_code",
    "Main food description": "description",
    "Ingredient code": "ingredient_code",
    "Ingredient weight (g)": "ingredient_weight_g",
    "Retention code": "retention_code",
    "Moisture change (%)": "moisture_change_pct",
}
FNDDS_CODES, SPECIAL_CODES, FOUNDATION_CODES = 10_000_000, 900_000, 100_000
NO_RETENTION = "0"

# The releases


def read_foundation(folder: Path) -> ReleaseFigures:
    """Read food.csv, foundation_food.csv and food_nutrient.csv, or the copy's two files."""
    if (folder / "food_nutrient.csv").is_file():
        listed = read_numbers(folder, "foundation_food.csv")
        # names of sampling records hold line breaks, some outside of quotes
        rows = read_columns(folder / "food.csv", "fdc_id", "data_type", skip_short=True)
        ids = [fdc_id for fdc_id, kind in rows if kind == "foundation_food"]
        foods = [(fdc_id, listed.get(fdc_id, ""), fdc_id in listed) for fdc_id in ids]
    else:
        copied = find_file(folder, "foods.csv.gz", "foods.csv")
        columns = read_columns(copied, "fdc_id", "ndb_no", "is_current")
        foods = [(fdc_id, ndb_no, current == "Y") for fdc_id, ndb_no, current in columns]
    table: dict[str, dict[str, str]] = {fdc_id: {} for fdc_id, _, _ in foods}
    wanted = wanted_numbers(FOUNDATION, TRYPTOPHAN)
    path = find_file(folder, "food_nutrient.csv", "nutrients.csv.gz", "nutrients.csv")
    for fdc_id, number, amount in read_columns(path, "fdc_id", "nutrient_id", "amount"):
        if amount and number in wanted and fdc_id in table:
            table[fdc_id][number] = amount
    numbers = {fdc_id: ndb_no.zfill(NDB_DIGITS) if ndb_no else "" for fdc_id, ndb_no, _ in foods}
    current_ids = frozenset(fdc_id for fdc_id, _, is_current in foods if is_current)
    return ReleaseFigures(FOUNDATION, table, numbers, current_ids)


def read_fndds(folder: Path) -> ReleaseFigures:
    """Read the sheet of nutrient values, saved as CSV, or a copy with columns ``n<number>``."""
    names = ("fndds_nutrient_values.csv", "FNDDS Nutrient Values.csv")
    path = find_file(folder, *names, "nutrients.csv.gz", "nutrients.csv")
    with open_release_file(path) as file:
        rows = csv.reader(file, strict=True)
        numbers: list[str] = []
        for row in rows:
            cells = [" ".join(cell.split()) for cell in row]
            if cells and cells[0] in ("Food code", "food_code"):
                plain = (cell[1:] if cell[1:].isdigit() else "" for cell in cells)
                numbers = [FNDDS_COLUMNS.get(c, p) for c, p in zip(cells, plain, strict=True)]
                break
        missing = wanted_numbers(FNDDS) - set(numbers)
        if missing:
            raise FoodDataError(f"nutrient {min(missing)} has no column", str(path))
        wanted = [(place, number) for place, number in enumerate(numbers) if number]
        table = {
            row[0]: {number: row[place] for place, number in wanted if row[place]}
            for row in rows
            if row and row[0].isdigit()
        }
    return ReleaseFigures(FNDDS, table, {code: code for code in table}, frozenset(table))


def read_ciqual(folder: Path) -> ReleaseFigures:
    """Read ``ciqual_2017.csv``, also packed."""
    path = find_file(folder, "ciqual_2017.csv.gz", "ciqual_2017.csv")
    columns = sorted(wanted_numbers(CIQUAL))
    table = {
        code: {name: amount for name, amount in zip(columns, amounts, strict=True) if amount}
        for code, *amounts in read_columns(path, "ciqual_code", *columns)
    }
    return ReleaseFigures(CIQUAL, table, {code: code for code in table}, frozenset(table))


READERS: Mapping[str, Callable[[Path], ReleaseFigures]] = {
    SR28: read_sr28,
    FOUNDATION: read_foundation,
    FNDDS: read_fndds,
    CIQUAL: read_ciqual,
}


def read_fdc_ids(folder: Path) -> dict[str, str]:
    """Read which FoodData Central id each NDB number has in SR Legacy."""
    if (folder / "sr_legacy_food.csv").is_file():
        rows = read_columns(folder / "sr_legacy_food.csv", "NDB_number", "fdc_id")
    else:
        rows = read_columns(find_file(folder, "foods.csv.gz", "foods.csv"), "ndb_no", "fdc_id")
    return {ndb_no.zfill(NDB_DIGITS): fdc_id for ndb_no, fdc_id in rows}


# Figures carried over


@dataclass(frozen=True)
class CarryInputs:
    """What figures are carried into and from: rows of the data folder, and the releases.

    ``fdc_ids``: NDB number → FoodData Central id in SR Legacy.
    """

    catalogue: tuple[Mapping[str, str], ...]
    overlays: Mapping[str, Mapping[str, str]]
    typical: Mapping[str, Mapping[str, str]]
    rules: Mapping[str, Any]
    releases: Mapping[str, ReleaseFigures]
    fdc_ids: Mapping[str, str]

    @classmethod
    def of(
        cls, folder: Path, releases: Mapping[str, ReleaseFigures], fdc_ids: Mapping[str, str]
    ) -> CarryInputs:
        """Read a folder; the rules of one within another stand above it."""
        rules = folder / RULES if (folder / RULES).is_file() else folder.parent / RULES
        return cls(
            tuple(_rows(folder / "catalogue.csv")),
            {row["food_id"]: row for row in _rows(folder / "overlays.csv")},
            {row["food_id"]: row for row in _rows(folder / "phytate_oxalate.csv")},
            parse_own_toml(read_own_text(rules, "foods"), RULES),
            releases,
            fdc_ids,
        )

    @cached_property
    def analyses(self) -> Mapping[str, str]:
        """NDB number → id of the current Foundation food that has magnesium and calcium."""
        foundation = self.releases.get(FOUNDATION)
        if foundation is None:
            return {}
        both = ("magnesium_mg", "calcium_mg")
        return {
            foundation.numbers[fdc_id]: fdc_id
            for fdc_id in sorted(foundation.current)
            if foundation.numbers[fdc_id] and all(foundation.figure(fdc_id, key) for key in both)
        }

    def faults(self) -> Iterator[str]:
        """Describe which rows no release holds."""
        for row in self.catalogue:
            release, source_id = row["release"], row["source_id"]
            if release not in self.releases:
                yield f"{row['food_id']}: needs release {release}, which was not given"
            elif source_id not in self.releases[release].amounts:
                yield f"{row['food_id']}: {release} has no food {source_id}"
        known = {row["food_id"] for row in self.catalogue}
        yield from (f"overlays.csv: no food {one!r}" for one in sorted({*self.overlays} - known))
        named = {overlay["foundation_fdc_id"] for overlay in self.overlays.values()} - {""}
        foundation = self.releases.get(FOUNDATION)
        current = foundation.current if foundation else frozenset[str]()
        yield from (f"overlays.csv: {one} is not current" for one in sorted(named - current))


def carry_figures(inputs: CarryInputs) -> tuple[str, str]:
    """Return the text of ``foods.csv`` and of ``overlaid.csv``, rows sorted by food.

    Raises
    ------
    FoodDataError
        When a food names a release that was not given, or a row that it does not hold.
    """
    raise_collected(FoodDataError, list(inputs.faults()), "catalogue.csv")
    foods = sorted(inputs.catalogue, key=lambda row: row["food_id"])
    carried = [CarriedFood(row, inputs) for row in foods]
    for food in carried:
        food.copy_figures()
        food.overlay_minerals()
        food.add_typical_contents()
        food.add_estimates()
    keys = tuple(known_nutrients())
    figures = as_csv_text([(*ID_COLUMNS, *keys), *(food.as_row(keys) for food in carried)])
    overlaid = as_csv_text([OVERLAID_COLUMNS, *(row for food in carried for row in food.overlaid)])
    return figures, overlaid


Estimate = tuple[float, str] | None
"""An amount and the rule that it follows."""


@dataclass
class CarriedFood:
    """The figures of one food while they are filled in."""

    row: Mapping[str, str]
    inputs: CarryInputs
    amounts: dict[str, str] = field(default_factory=dict)
    overlay: dict[str, str] = field(default_factory=dict)
    overlaid: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def release(self) -> ReleaseFigures:
        """The release that the food is of."""
        return self.inputs.releases[self.row["release"]]

    def copy_figures(self) -> None:
        """Copy what the food's own release says."""
        printed = {
            key: self.release.figure(self.row["source_id"], key) for key in known_nutrients()
        }
        self.amounts |= {key: as_plain(text) for key, text in printed.items() if text is not None}

    def overlay_minerals(self) -> None:
        """Put the minerals of a newer analysis in their place."""
        decision = self.inputs.overlays.get(self.row["food_id"])
        if decision is not None:
            fdc_id, excepted = decision["foundation_fdc_id"], decision["except"].split(";")
        else:
            is_sr = self.row["release"] == SR28
            fdc_id = self.inputs.analyses.get(self.row["source_id"], "") if is_sr else ""
            excepted = []
        for key in minerals() if fdc_id else ():
            printed = self.inputs.releases[FOUNDATION].figure(fdc_id, key)
            if printed is not None and key not in excepted:
                own = (self.row["food_id"], key, self.row["release"], self.row["source_id"])
                self.overlaid.append((*own, self.amounts.get(key, "")))
                self.amounts[key] = as_plain(printed)
                self.overlay[key] = f"{FOUNDATION}:{fdc_id}"

    def add_typical_contents(self) -> None:
        """Add phytate and oxalate, as articles say them."""
        typical = self.inputs.typical.get(self.row["food_id"], {})
        for key, name in (("phytate_mg", "phytate"), ("oxalate_mg", "oxalate")):
            if typical.get(key):
                self.amounts[key] = as_plain(typical[key])
                self.overlay[key] = f"own:{self.inputs.rules[name]['rules'][0]}"

    def add_estimates(self) -> None:
        """Add what a rule of ``estimates.toml`` can tell and the release leaves open."""
        if self.row["release"] == CIQUAL:
            return
        rules = self.inputs.rules
        lactose = self._lactose(rules["lactose"])
        is_known = self.row["food_id"] not in rules["magnesium_added"]["unknown"]
        found: dict[str, Estimate] = {
            "niacin_ne_mg": self._niacin_equivalents(rules["niacin_equivalents"]),
            "lactose_g": lactose,
            "added_sugars_g": self._added_sugars(rules["added_sugars"], lactose),
            "magnesium_added_mg": (0.0, rules["magnesium_added"]["rules"][0]) if is_known else None,
            "calcium_added_mg": self._calcium_added(rules["calcium_added"]),
        }
        missing = {key: told for key, told in found.items() if told and key not in self.amounts}
        for key, (amount, rule) in missing.items():
            self.amounts[key] = as_figure(float(f"{amount:.{SIGNIFICANT_DIGITS}g}"))
            self.overlay[key] = f"own:{rule}"

    def _known(self, key: str) -> float | None:
        return float(self.amounts[key]) if key in self.amounts else None

    def _has(self, column: str, word: str) -> bool:
        return word in self.row[column].split(";")

    def _niacin_equivalents(self, rule: Mapping[str, Any]) -> Estimate:
        niacin, protein = self._known("niacin_mg"), self._known("protein_g")
        number = rule["tryptophan_numbers"].get(self.row["release"], "")
        tryptophan_g = self.release.amounts[self.row["source_id"]].get(number)
        if niacin is None:
            return None
        by_tryptophan, by_protein = rule["rules"]
        if tryptophan_g is not None:
            more = float(tryptophan_g) * MG_PER_G / rule["tryptophan_mg_per_niacin_mg"]
            return niacin + more, by_tryptophan
        if protein is None:
            return None
        return niacin + protein * rule["niacin_mg_per_protein_g"], by_protein

    def _share_of_sugars(self, rule: Mapping[str, Any]) -> float | None:
        by_group = rule["share_of_sugars"].get(self.row["group"])
        share: float | None = rule["foods"].get(self.row["food_id"], by_group)
        return share

    def _lactose(self, rule: Mapping[str, Any]) -> Estimate:
        none, of_sugars = rule["rules"]
        if not self._has("origin", "dairy"):
            return 0.0, none
        share, sugars = self._share_of_sugars(rule), self._known("sugars_g")
        if share is None or (sugars is None and share > 0):
            return None
        most = rule["at_most_g"].get(self.row["group"], float("inf"))
        return min((sugars or 0.0) * share, most), of_sugars

    def _added_sugars(self, rule: Mapping[str, Any], lactose: Estimate) -> Estimate:
        none, of_sugars = rule["rules"]
        if not self._has("flags", "added_sugar"):
            return 0.0, none
        sugars, own = self._known("sugars_g"), rule["own_sugars_g"].get(self.row["group"])
        share = self._share_of_sugars(rule)
        if sugars is None or (share is None and own is None):
            return None
        added = max(sugars - own, 0.0) if share is None else sugars * share
        measured = self._known("lactose_g")
        milk_sugar = measured if measured is not None else (lactose or (0.0,))[0]
        return max(min(added, sugars - milk_sugar), 0.0), of_sugars

    def _calcium_added(self, rule: Mapping[str, Any]) -> Estimate:
        none, above = rule["rules"]
        if not self._has("flags", "ca_fortified"):
            return 0.0, none
        calcium, base = self._known("calcium_mg"), rule["unfortified_mg"].get(self.row["group"])
        return None if calcium is None or base is None else (max(calcium - base, 0.0), above)

    def as_row(self, keys: Sequence[str]) -> tuple[str, ...]:
        """Return the food as a row of ``foods.csv``."""
        release, source_id = self.row["release"], self.row["source_id"]
        number = self.release.numbers[source_id]
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
        raise FoodDataError(f"{printed!r} is not an amount") from None


def _rows(path: Path) -> list[dict[str, str]]:
    return [dict(row) for _number, row in parse_rows(read_own_text(path, "foods"), str(path))]


# The proof of figures

Overlaid = Mapping[tuple[str, str], Mapping[str, str]]
Figure = Decimal | None | str
"""A figure, a blank, or that what an overlay covers was not kept: ``LOST``."""

LOST = "lost"


@dataclass(frozen=True, slots=True)
class Proof:
    """What comparing one release with the catalogue came to.

    ``expected`` cells belong to it, counted without looking at them; of these ``equal`` say the
    same, and each other one has a line in ``different`` or ``not_found``.
    """

    release: str
    expected: int
    equal: int
    different: tuple[str, ...]
    not_found: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every cell was compared and every one is equal."""
        compared = self.equal + len(self.different)
        return not self.not_found and compared == self.expected == self.equal > 0


def prove_release(table: FoodTable, overlaid: Overlaid, figures: ReleaseFigures) -> Proof:
    """Compare every cell of ``table`` that belongs to the release of ``figures``."""
    release, equal = figures.release, 0
    different, not_found = list[str](), list[str]()
    for food_id, key, source_id, shipped in _cells(table, overlaid, release):
        amounts = figures.amounts.get(source_id)
        if amounts is None or shipped == LOST:
            not_found.append(f"{food_id} ({source_id or '?'}), {key}")
            continue
        # chosen here anew, not by the code that carried the figures over
        numbers = known_nutrients()[key].numbers[release]
        printed = next((amounts[number] for number in numbers if number in amounts), None)
        official = None if printed is None else Decimal(printed)
        if official == shipped:
            equal += 1
        else:
            told = f"{_shown(shipped)} here, {_shown(official)} there"
            different.append(f"{food_id} ({source_id}), {key}: {told}")
    rows = sum(food.release == release for food in table)
    sources = (source for food in table for source in food.overlay.values())
    overlays = sum(source.startswith(f"{release}:") for source in sources)
    expected = rows * len(known_nutrients()) + overlays
    return Proof(release, expected, equal, tuple(different), tuple(not_found))


def _cells(
    table: FoodTable, overlaid: Overlaid, release: str
) -> Iterator[tuple[str, str, str, Figure]]:
    """Yield food, nutrient, id in the release and figure of each cell of a release."""
    for food in table:
        for key in known_nutrients() if food.release == release else ():
            yield food.food_id, key, food.source_id, _own_figure(food, key, overlaid)
        for key, source in food.overlay.items():
            name, _, source_id = source.partition(":")
            if name == release:
                yield food.food_id, key, source_id, _exact(food.per_100g.get(key))


def _own_figure(food: Food, key: str, overlaid: Overlaid) -> Figure:
    source = food.overlay.get(key, "")
    if not source:
        return _exact(food.per_100g.get(key))
    if source.startswith("own:"):
        return None
    row = overlaid.get((food.food_id, key))
    if row is None or (row["release"], row["source_id"]) != (food.release, food.source_id):
        return LOST
    return Decimal(row["value"]) if row["value"] else None


def _exact(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(repr(amount))


def _shown(amount: Figure) -> str:
    return f"{amount.normalize() + 0:f}" if isinstance(amount, Decimal) else "blank"


def newer_figures(table: FoodTable, overlaid: Overlaid) -> Iterator[str]:
    """Name the figures that a newer analysis has very otherwise than the food's own release."""
    most = data_settings("SOURCES.toml")["newer"]["differs"]
    for (food_id, key), row in overlaid.items():
        old, new = float(row["value"] or 0.0), table[food_id].per_100g[key]
        if old and new is not None and abs(new / old - 1) > most:
            yield f"{food_id}, {key}: {row['value']} before, {new:g} newer ({new / old - 1:+.0%})"


# The proof of recipes


@dataclass(frozen=True, slots=True)
class RecipeLine:
    """One ingredient of a recipe of FNDDS: its code, mass [g] and row of retention factors."""

    code: str
    mass_g: float
    retention_code: str


@dataclass(frozen=True, slots=True)
class OfficialData:
    """The downloads of a proof: names and recipes by food code, figures, retention factors [%]."""

    names: Mapping[str, str]
    recipes: Mapping[str, tuple[RecipeLine, ...]]
    moisture_pct: Mapping[str, float]
    published: ReleaseFigures
    sr28: ReleaseFigures
    retention: Mapping[str, Mapping[str, float]]


def read_official(fndds: Path, sr28: Path, retention: Path) -> OfficialData:
    """Read FNDDS with its recipes, SR28 and a table of retention factors.

    Raises
    ------
    FoodDataError
        When a file is missing or damaged, or a cell is not a number.
    """
    foods = ("foods.csv.gz", "foods.csv", "foods_and_beverages.csv", "Foods and Beverages.csv")
    made = ("ingredients.csv.gz", "ingredients.csv", "fndds_ingredients.csv")
    named = find_file(fndds, *foods)
    path = find_file(fndds, *made, "FNDDS Ingredients.csv")
    lines: dict[str, list[RecipeLine]] = {}
    moisture: dict[str, float] = {}
    kept: dict[str, Mapping[str, float]] = {}
    needed = {*RECIPE_COLUMNS.values()} - {"description"}
    for where, row in _workbook(path, needed):
        with _numbers_at(where):
            line = RecipeLine(
                str(int(row["ingredient_code"])).zfill(NDB_DIGITS),
                float(row["ingredient_weight_g"]),
                str(int(row["retention_code"] or NO_RETENTION)),
            )
            moisture[row["food_code"]] = float(row["moisture_change_pct"] or 0)
        lines.setdefault(row["food_code"], []).append(line)
    for where, row in _workbook(retention, {"retention_code"}):
        with _numbers_at(where):
            shares = {name[1:]: cell for name, cell in row.items() if name[:1] == "n" and cell}
            kept[str(int(row["retention_code"]))] = {
                number: float(cell) for number, cell in shares.items() if number.isdigit()
            }
    names = {row["food_code"]: row["description"]
             for _, row in _workbook(named, {"food_code", "description"})}  # fmt: skip
    recipes = {code: tuple(parts) for code, parts in lines.items()}
    return OfficialData(names, recipes, moisture, read_fndds(fndds), read_sr28(sr28), kept)


@contextmanager
def _numbers_at(where: str) -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise FoodDataError(f"not a number: {error}", where) from None


def _workbook(path: Path, needed: set[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows below the header of a sheet saved as CSV, each with its place."""
    with open_release_file(path) as file:
        reader, header = csv.reader(file), list[str]()
        for row in reader:
            if not header:
                cells = [" ".join(cell.split()) for cell in row]
                words = [RECIPE_COLUMNS.get(cell, cell) for cell in cells]
                header = words if needed <= set(words) else []
            elif row:
                where = in_row(path, reader.line_num)
                if len(row) != len(header):
                    raise FoodDataError(f"damaged: {len(row)} cells of {len(header)}", where)
                yield where, dict(zip(header, row, strict=True))
        if not header:
            raise FoodDataError(f"no header row with {', '.join(sorted(needed))}", str(path))


def read_changes(path: Path, number: str, most_pct: float) -> frozenset[str]:
    """Name the NDB numbers whose figure moved by more than ``most_pct`` since SR28."""
    rows = read_columns(path, "ndb_no", f"sr28_n{number}", f"fndds_n{number}")
    return frozenset(
        ndb_no.zfill(NDB_DIGITS)
        for ndb_no, before, now in rows
        if before and now and abs(float(now) - float(before)) > float(before) * most_pct / 100
    )


class CannotComputeError(Exception):
    """A recipe cannot be computed; its text is the reason that is counted."""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A computed content [mg per 100 g], and whether an ingredient is known to have changed."""

    content: float
    has_changed: bool = False


class RecipeEngine:
    """Computes one mineral of the recipes of FNDDS, each once.

    Of each ingredient a share is kept; the whole loses or takes up moisture. Where an inner recipe
    cannot be computed its published figure stands in.
    """

    def __init__(self, data: OfficialData, nutrient: str, changed: frozenset[str]) -> None:
        self.data, self.nutrient, self.changed = data, nutrient, changed
        self.number = known_nutrients()[nutrient].numbers[data.sr28.release][0]
        self.known: dict[str, Recomputed | CannotComputeError] = {}

    def published(self, food_code: str) -> float | None:
        """Return the published figure of a food."""
        if food_code not in self.data.published.amounts:
            return None
        figure = self.data.published.figure(food_code, self.nutrient)
        return None if figure is None else float(figure)

    def recompute(self, food_code: str) -> Recomputed:
        """Compute a recipe.

        Raises
        ------
        CannotComputeError
            When it has none, or an ingredient is not known.
        """
        if food_code not in self.known:
            # until it is computed it cannot be; a recipe inside itself ends here
            self.known[food_code] = CannotComputeError("a recipe that contains itself")
            try:
                self.known[food_code] = self._compute(food_code)
            except CannotComputeError as reason:
                self.known[food_code] = reason
        found = self.known[food_code]
        if isinstance(found, CannotComputeError):
            raise found
        return found

    def _compute(self, food_code: str) -> Recomputed:
        lines = self.data.recipes.get(food_code)
        if lines is None:
            raise CannotComputeError("no recipe published")
        parts = [self._ingredient(line) for line in lines]
        cooked_g = sum(line.mass_g for line in lines)
        cooked_g *= 1 + self.data.moisture_pct[food_code] / 100
        if not cooked_g > 0:
            raise CannotComputeError("nothing is left of it")
        held = zip(lines, parts, strict=True)
        total = sum(line.mass_g * part.content * self._kept(line) for line, part in held)
        return Recomputed(total / cooked_g, any(part.has_changed for part in parts))

    def _kept(self, line: RecipeLine) -> float:
        if line.retention_code == NO_RETENTION:
            return 1.0
        if line.retention_code not in self.data.retention:
            raise CannotComputeError("a retention code that is not in the table")
        return self.data.retention[line.retention_code].get(self.number, 100.0) / 100

    def _ingredient(self, line: RecipeLine) -> Recomputed:
        number = int(line.code)
        if number >= FNDDS_CODES:
            try:
                return self.recompute(line.code)
            except CannotComputeError:
                published = self.published(line.code)
                if published is None:
                    raise
                return Recomputed(published, self._holds_changed(line.code, ()))
        if number >= FOUNDATION_CODES:
            kind = "special code" if number >= SPECIAL_CODES else "Foundation number"
            raise CannotComputeError(f"a {kind} as ingredient")
        if line.code not in self.data.sr28.amounts:
            raise CannotComputeError("an ingredient not in SR28")
        figure = self.data.sr28.figure(line.code, self.nutrient)
        if figure is None:
            raise CannotComputeError("an ingredient whose amount SR28 does not know")
        return Recomputed(float(figure), line.code in self.changed)

    def _holds_changed(self, food_code: str, above: tuple[str, ...]) -> bool:
        """Return whether an ingredient at any depth has changed, computed or not."""
        if food_code in above:
            return False
        return any(
            line.code in self.changed or self._holds_changed(line.code, (*above, food_code))
            for line in self.data.recipes.get(food_code, ())
        )


def prove_recipes(
    data: OfficialData, nutrient: str, changed: frozenset[str]
) -> tuple[bool, list[str]]:
    """Recompute every recipe for one mineral; say whether enough are as published, and the rest.

    Published figures rest on newer analyses for some ingredients, so that the share to reach is
    asked of the recipes none of whose ingredients is ``changed``, by NDB number.
    """
    settings = data_settings("recipe.toml")
    rule, rounded_mg = settings["prove"], settings["published"]["step_mg"] / 2
    engine, out = RecipeEngine(data, nutrient, changed), Counter[str]()
    off, within = list[tuple[float, str]](), Counter[bool]()
    for food_code in sorted(data.names):
        published = engine.published(food_code)
        try:
            if published is None:
                raise CannotComputeError("no nutrients published")
            found = engine.recompute(food_code)
        except CannotComputeError as reason:
            out[str(reason)] += 1
            continue
        if found.has_changed:
            out["an ingredient is known to have changed"] += 1
            continue
        far = abs(found.content - published)
        is_within = far <= published * rule["within_pct"] / 100 + 1e-9
        within[is_within] += 1
        if not is_within and far > rounded_mg:
            told = f"{food_code} {data.names[food_code]}: {found.content:.1f}, {published:g} mg"
            off.append((-far / max(published, 1.0), told))
    share = 100 * within[True] / max(within.total(), 1)
    lines = [
        f"{known_nutrients()[nutrient].name}: {share:.1f} % of {within.total()} recipes within "
        f"{rule['within_pct']:g} %; asked: {rule['least_share_pct']:g} %",
        *(f"  {count:>6,} out: {reason}" for reason, count in sorted(out.items())),
        *(f"  farthest off: {told}" for _far, told in sorted(off)[:WORST_SHOWN]),
    ]
    return within.total() > 0 and share >= rule["least_share_pct"], lines


# The commands


def _carry(asked: argparse.Namespace) -> bool:
    figures = {name: READERS[name](Path(folder)) for name, folder in asked.release}
    fdc_ids = read_fdc_ids(asked.fdc_ids) if asked.fdc_ids else {}
    inputs = CarryInputs.of(asked.data, figures, fdc_ids)
    for name, text in zip(("foods.csv", "overlaid.csv"), carry_figures(inputs), strict=True):
        (asked.data / name).write_text(text, encoding="utf-8", newline="")
    _tell(f"{len(inputs.catalogue)} foods carried")
    return True


def _prove(asked: argparse.Namespace) -> bool:
    table, overlaid = read_lookup_foods(), read_overlaid()
    proofs = [
        prove_release(table, overlaid, READERS[name](Path(folder)))
        for name, folder in asked.release
    ]
    for proof in proofs:
        counts = f"{len(proof.different)} different, {len(proof.not_found)} not found"
        verdict = "holds" if proof.holds else "does not hold"
        _tell(f"{proof.release}: {proof.equal} of {proof.expected} equal, {counts}: {verdict}")
        for word, lines in (("different", proof.different), ("not found", proof.not_found)):
            for line in lines[:DIFFERENCES_SHOWN]:
                _tell(f"  {word}: {line}")
    for line in newer_figures(table, overlaid):
        _tell(f"very otherwise in a newer release: {line}")
    return all(proof.holds for proof in proofs)


def _recipes(asked: argparse.Namespace) -> bool:
    data, rule = (
        read_official(asked.fndds, asked.sr28, asked.retention),
        data_settings("recipe.toml")["prove"],
    )
    all_hold = True
    for nutrient in rule["nutrients"]:
        number, changed = known_nutrients()[nutrient].numbers[SR28][0], frozenset[str]()
        if asked.changed:
            changed = read_changes(asked.changed, number, rule["changed_pct"])
        holds, lines = prove_recipes(data, nutrient, changed)
        _tell("\n".join(lines))
        all_hold &= holds
    return all_hold


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 3 where a proof does not hold, 1 where a file is damaged."""
    parser = argparse.ArgumentParser(
        prog="python -m foods.maintain",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True)
    for name, run in (("carry", _carry), ("prove", _prove)):
        command = commands.add_parser(name)
        command.add_argument("--release", nargs=2, action="append", required=True)
        command.set_defaults(run=run)
        if name == "carry":
            command.add_argument("--data", type=Path, required=True)
            command.add_argument("--fdc-ids", type=Path)
    recipes = commands.add_parser("recipes")
    for name in ("fndds", "sr28", "retention"):
        recipes.add_argument(f"--{name}", type=Path, required=True)
    recipes.add_argument("--changed", type=Path)
    recipes.set_defaults(run=_recipes)
    asked = parser.parse_args(arguments)
    unknown = {name for name, _ in getattr(asked, "release", ())} - {*READERS}
    if unknown:
        parser.error(f"no reader for release {min(unknown)!r}; use {', '.join(READERS)}")
    try:
        return 0 if asked.run(asked) else EXIT_NO
    except UserFacingError as error:
        _tell(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
