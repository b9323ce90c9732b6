"""The reader of our own catalogue, with figures filled in by rule.

``catalogue.csv`` says what a planner must know of a food (group, measures, serving, allergens …);
``foods.csv`` holds the figures that were carried over from the release that the row names. Words
that may stand in the annotations are listed in ``vocabulary.toml``.

Nothing known is not nothing in it: a food flagged as rich in oxalate counts by the richest food of
its kind. What is next to nothing in a food named for that is counted as none.

Source: ``foods/data/estimates.toml``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from foods.errors import FoodDataError, raise_collected
from foods.food import Food, Measure, UsualServing
from foods.own_csv import Figures, parse_figures
from foods.sheet import parse_sheet
from foods.table import FoodTable

COLUMNS = [
    "food_id",
    "name",
    "base",
    "group",
    "aisle",
    "roles",
    "state",
    "release",
    "source_id",
    "bought_as",
    "bought_g_per_100g",
    "measures",
    "serving",
    "least",
    "step",
    "most",
    "most_per_week",
    "slots",
    "price_usd_per_100g",
    "allergens",
    "contains",
    "origin",
    "flags",
    "popularity",
]
REQUIRED = (
    "name", "base", "group", "aisle", "roles", "state", "release", "source_id", "origin",
    "popularity",
)  # fmt: skip
ID_PATTERN = re.compile(r"[a-z0-9_]+")

Vocabulary = Mapping[str, Iterable[str]]


def parse_catalogue(
    catalogue: str, figures: str, vocabulary: Vocabulary, version: str, price_source: str = ""
) -> FoodTable:
    """Put annotations and figures together.

    Parameters
    ----------
    catalogue, figures
        Text of the two files, rows in any order.
    vocabulary
        Column of the catalogue, or ``"measure"``, → words that may stand there.
    version
        Version of the data.
    price_source
        Whose its prices are, and of when.

    Raises
    ------
    FoodDataError
        When a file is damaged, or rows have faults; all faults are listed, with row and column.
    """
    sheet = parse_sheet(catalogue, "catalogue.csv")
    sheet.raise_faults()
    if list(sheet.columns) != COLUMNS:
        raise FoodDataError(
            "the header differs from the documented one",
            "{where}, row {row}".format(where="catalogue.csv", row=1),
        )
    known = {column: frozenset(words) for column, words in vocabulary.items()}
    contents = parse_figures(figures, "foods.csv")
    parsed = [_Row(number, row, known, price_source) for number, row in sheet.rows]
    foods = [row.as_food(contents.get(row.cells["food_id"])) for row in parsed]
    faults = [fault for row in parsed for fault in row.faults]
    faults += _table_faults(parsed, contents, known)
    raise_collected(FoodDataError, faults, "catalogue.csv")
    return FoodTable.from_foods(foods, version, content_digest(catalogue, figures))


def content_digest(*texts: str) -> str:
    """Return the SHA-256 of CSV texts, whatever the order of their rows."""
    digest = hashlib.sha256()
    for text in texts:
        header, *rows = text.splitlines()
        digest.update("\n".join([header, *sorted(rows), ""]).encode())
    return digest.hexdigest()


@dataclass
class _Row:
    """One row of the catalogue while it is read; collects its faults."""

    number: int
    cells: Mapping[str, str]
    vocabulary: Mapping[str, frozenset[str]]
    price_source: str
    faults: list[str] = field(default_factory=list)

    def as_food(self, figures: Figures | None) -> Food:
        cell = self.cells
        self._check_texts(figures)
        measures = self._measures()
        return Food(
            food_id=cell["food_id"],
            name=cell["name"],
            base=cell["base"],
            group=self._word("group"),
            aisle=self._word("aisle"),
            roles=self._words("roles"),
            state=self._word("state"),
            bought_as=cell["bought_as"] or None,
            bought_g_per_100g=self._number("bought_g_per_100g"),
            measures=measures,
            serving=self._serving(measures),
            price_usd_per_100g=self._number("price_usd_per_100g"),
            allergens=self._words("allergens"),
            origin=self._words("origin"),
            flags=self._words("flags"),
            popularity=self._grade("popularity"),
            release=self._word("release"),
            source_id=cell["source_id"],
            fdc_id=figures.fdc_id if figures else "",
            ndb_no=figures.ndb_no if figures else "",
            overlay=figures.overlay if figures else {},
            per_100g=figures.per_100g if figures else {},
            contains=frozenset(filter(None, cell["contains"].split(";"))),
            price_source=self.price_source,
        )

    def _fault(self, column: str, text: str) -> None:
        place = f"row {self.number}, {column}"
        self.faults.append(f"{place}: {text}")

    def _check_texts(self, figures: Figures | None) -> None:
        if not ID_PATTERN.fullmatch(self.cells["food_id"]):
            self._fault(
                "food_id",
                "{name!r} is not made of a-z, 0-9 and _".format(name=self.cells["food_id"]),
            )
        for column in REQUIRED:
            if not self.cells[column]:
                self._fault(column, "blank")
        if figures is None:
            self._fault(
                "food_id", "{name!r} has no figures in foods.csv".format(name=self.cells["food_id"])
            )
        elif figures.release != self.cells["release"]:
            self._fault("release", f"foods.csv says {figures.release!r}")

    def _word(self, column: str) -> str:
        self._words(column)
        return self.cells[column]

    def _words(self, column: str) -> frozenset[str]:
        words = frozenset(filter(None, self.cells[column].split(";")))
        for word in sorted(words - self.vocabulary[column]):
            self._fault(column, f"unknown word {word!r}")
        return words

    def _number(self, column: str) -> float:
        try:
            value = float(self.cells[column])
        except ValueError:
            value = 0.0
        if not value > 0:
            self._fault(column, f"{self.cells[column]!r} is not a number above 0")
        return value

    def _grade(self, column: str) -> int:
        return int(next(iter(self._words(column)), "1"))

    def _measures(self) -> tuple[Measure, ...]:
        measures = []
        for part in filter(None, self.cells["measures"].split(";")):
            name, _, mass = part.partition("=")
            if name not in self.vocabulary["measure"]:
                self._fault("measures", f"unknown measure {name!r}")
            try:
                measures.append(Measure(name, float(mass)))
            except ValueError:
                self._fault("measures", f"{part!r} is not measure=grams")
        return tuple(measures)

    def _serving(self, measures: tuple[Measure, ...]) -> UsualServing:
        found = [measure for measure in measures if measure.name == self.cells["serving"]]
        if not found:
            self._fault(
                "serving", "{name!r} is not among the measures".format(name=self.cells["serving"])
            )
        least, step, most = (self._number(column) for column in ("least", "step", "most"))
        if least > most:
            self._fault("least", f"{least:g} is above most, {most:g}")
        return UsualServing(
            found[0] if found else Measure("piece", 1.0),
            least,
            step,
            most,
            int(self._number("most_per_week")),
            self._words("slots"),
        )


def _table_faults(
    rows: list[_Row], contents: Mapping[str, Figures], vocabulary: Vocabulary
) -> list[str]:
    ids = [row.cells["food_id"] for row in rows]
    names = [row.cells["name"].casefold() for row in rows]
    faults = _repeated(rows, ids, "food_id") + _repeated(rows, names, "name")
    known = {"", *ids}
    faults += [
        "row {one.number}, bought_as: no food {name!r}".format(one=row, name=row.cells["bought_as"])
        for row in rows
        if row.cells["bought_as"] not in known
    ]
    held = known.union(vocabulary.get("contains", ()), (row.cells["base"] for row in rows))
    faults += [
        ": ".join(
            (
                "row {row}, {column}".format(row=row.number, column="contains"),
                f"unknown word {word!r}",
            )
        )
        for row in rows
        for word in row.cells["contains"].split(";")
        if word not in held
    ]
    unknown = sorted(set(contents) - known)
    return faults + [f"foods.csv holds {food_id!r}, the catalogue does not" for food_id in unknown]


def _repeated(rows: list[_Row], values: list[str], column: str) -> list[str]:
    seen: set[str] = set()
    faults: list[str] = []
    for row, value in zip(rows, values, strict=True):
        if value in seen:
            faults.append(f"row {row.number}, {column}: {value!r} stands twice")
        seen.add(value)
    return faults


OXALATE = "oxalate_mg"


def fill_blanks(table: FoodTable, estimates: Mapping[str, Any]) -> FoodTable:
    """Return the table with these figures; ``estimates`` is the text of the rules."""
    none = estimates["counted_as_none"]
    known = with_oxalate_of_kind(table, estimates["oxalate_of_kind"])
    filled = (_counting_none(one, none) if one.food_id in none["foods"] else one for one in known)
    return replace(table, foods={food.food_id: food for food in filled})


def _counting_none(food: Food, rule: Mapping[str, Any]) -> Food:
    """Return a food with none of what is next to nothing in it and its release leaves open.

    ``rule`` is ``[counted_as_none]`` of ``estimates.toml``.
    """
    keys = [key for key in rule["keys"] if food.per_100g.get(key) is None]
    return replace(
        food,
        per_100g=dict(food.per_100g) | dict.fromkeys(keys, 0.0),
        overlay=dict(food.overlay) | dict.fromkeys(keys, f"own:{rule['rules'][0]}"),
    )


def with_oxalate_of_kind(foods: Iterable[Food], rule: Mapping[str, Any]) -> Iterator[Food]:
    """Return the foods; one flagged as rich without a figure has that of the richest of its kind.

    Its kind is the same thing in another form, else its food group; what is mostly water takes the
    least that counts as rich.

    Parameters
    ----------
    foods
        Foods with their figures.
    rule
        ``[oxalate_of_kind]`` of ``estimates.toml``.
    """
    every = list(foods)
    by_base, by_group = _richest(every, "base"), _richest(every, "group")
    least, mark = rule["at_least_mg"], f"own:{rule['rules'][0]}"
    for food in every:
        if food.flags.isdisjoint(rule["flags"]) or food.per_100g.get(OXALATE) is not None:
            yield food
            continue
        amount = by_base.get(food.base, by_group.get(food.group, least))
        amount = least if food.group in rule["diluted_groups"] else max(amount, least)
        yield replace(
            food,
            per_100g=dict(food.per_100g) | {OXALATE: float(amount)},
            overlay=dict(food.overlay) | {OXALATE: mark},
        )


def _richest(foods: Iterable[Food], word: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for food in foods:
        amount = food.per_100g.get(OXALATE)
        if amount is not None:
            kind = getattr(food, word)
            found[kind] = max(amount, found.get(kind, 0.0))
    return found
