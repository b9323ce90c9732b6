"""What came of a batch: who has a plan, what is missed or holds plans back, and what people get."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from foods.frame import as_frame
from foods.nutrient import known_nutrients
from foods.own_csv import as_cell, as_figure
from foods.sheet import as_csv_text
from planner.check.amounts import ENERGY, MAGNESIUM
from planner.cohort.beside import BESIDE, BESIDE_HEAD, Other, beside_blocks, beside_rows
from planner.cohort.journal import SCHEMA, Entry
from planner.document.blocks import Block, Document, Paragraph, Pictures, Section, Table
from planner.document.page import as_page
from planner.explain.table_report import HELD, SEPARATOR, person_units, target_units
from planner.export.figures import amount_text
from planner.pictures.picture import BARS, Panel, Picture, Series
from planner.pictures.saved import as_svg
from planner.settings import read_settings
from planner.targets.target import heading_of, name_of, name_on

FILES = (
    *("summary.csv", "nutrients.csv", "summary.html", "summary.svg"),
    *("summary.parquet", "targets.parquet", BESIDE),
)
_FIFTHS = 5
_PARTS = (5, 25, 50, 75, 95)  # per cent of people who have less
_LOW, _MIDDLE, _HIGH = 0, 2, 4
_HEAD = ("nutrient", "unit", "people", *(f"p{part}" for part in _PARTS), "lower_p50", *HELD)
_FIGURES: Mapping[str, str] = {  # of a person's row → what it is
    "cost": "What is eaten, dollars a day",
    "gap": "Gap, share of the points",
    "points": "Points",
    "ca_mg_ratio": "Calcium to magnesium",
}
_ASKED = {
    "short": "Too little of it, % of people",
    "over": "Too much of it, % of people",
    "at_least": "At the lower bound, % of people",
    "at_most": "At the upper bound, % of people",
}
_KINDS = {  # what gives way beside nutrients
    "budget": "the budget",
    "per_week": "how often something is eaten",
    "max_minutes_weekday": "minutes on weekdays",
    "max_minutes_weekend": "minutes on weekends",
    "lunch": "where lunch is eaten",
    "others": "another wish",
}
_WORDS = {
    "refused": "refused by a rule of safety",
    "failed": "not planned: to be mended, out of time, or broken off",
    "infeasible": "no plan can hold all that is asked",
}


@dataclass
class PeopleTally:
    """What people have, added up one by one, so that no plan is kept in memory.

    Parameters
    ----------
    statuses, passed
        How each ended → people, and how many have a checked plan.
    held
        Column of ``HELD`` → target → people.
    figures
        Column of a person's row → its values.
    means, shares
        Nutrient → mean a day of each [its unit], and that as a share of each one's lower bound.
    reasons
        Why there is no plan → people.
    gives_way
        What a plan was found without, in a change that gives way → people who have none.
    dear
        Of each with a plan: dollars for 1,000 kcal, magnesium as a share of its lower bound.
    """

    statuses: Counter[str] = field(default_factory=Counter)
    passed: int = 0
    held: dict[str, Counter[str]] = field(default_factory=lambda: {one: Counter() for one in HELD})
    figures: dict[str, array[float]] = field(default_factory=dict)
    means: dict[str, array[float]] = field(default_factory=dict)
    shares: dict[str, array[float]] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    gives_way: Counter[str] = field(default_factory=Counter)
    dear: list[tuple[float, float]] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Add the people of a client."""
        for row in entry["people"]:
            self.statuses[row["status"]] += 1
            if not row["passed"]:
                self.reasons[row["why"]] += 1
                self.gives_way.update(filter(None, row.get("gives_way", "").split(SEPARATOR)))
                continue
            self.passed += 1
            for column in HELD:
                self.held[column].update(filter(None, row[column].split(SEPARATOR)))
            for name in _FIGURES:
                _put(self.figures, name, row.get(name))
            self._add_trade(row, entry)
        for row in entry["nutrients"]:
            mean, lower = row.get("mean"), row.get("lower")
            _put(self.means, row["nutrient"], mean)
            if mean is not None and lower:
                _put(self.shares, row["nutrient"], mean / lower)

    def _add_trade(self, row: Mapping[str, Any], entry: Entry) -> None:
        bands = (nutrient for nutrient in entry["nutrients"] if nutrient["person"] == row["person"])
        least = next((band.get("lower") for band in bands if band["nutrient"] == MAGNESIUM), None)
        if least and row.get("cost") is not None:
            usd = 1000.0 * row["cost"] / row[ENERGY]
            self.dear.append((usd, row[MAGNESIUM] / least))

    @property
    def people(self) -> int:
        """How many people there are."""
        return sum(self.statuses.values())


def _put(columns: dict[str, array[float]], name: str, value: float | None) -> None:
    if value is not None:
        columns.setdefault(name, array("d")).append(value)


def summary_files(entries: Iterable[Entry], other: Other | None = None) -> dict[str, str | bytes]:
    """Return file name → content: people and nutrients as tables, a page, a picture.

    The tables are there as Parquet too, for pandas, R or a database: ``summary.parquet`` has a row
    for each person, ``targets.parquet`` one for each nutrient of each person's plan. ``other`` is a
    batch that this one is set beside, in a table and on the page.
    """
    tally, columns = PeopleTally(), list(person_units())
    people, targets = list[dict[str, Any]](), list[dict[str, Any]]()
    for entry in entries:
        tally.add(entry)
        people += entry["people"]
        targets += entry["nutrients"]
    frame = as_frame(people, person_units(), schema=SCHEMA)
    beside = [] if other is None else beside_rows(frame, other)
    pictures = tuple(_pictures(tally))
    cells = ([_cell(row.get(name)) for name in columns] for row in people)
    return {
        "summary.csv": as_csv_text([columns, *cells]),
        "nutrients.csv": as_csv_text([_HEAD, *_spreads(tally)]),
        "summary.html": as_page(_sheet(tally, pictures, beside_blocks(beside, other))),
        **({"summary.svg": as_svg(pictures[0])} if pictures else {}),
        "summary.parquet": frame.to_parquet(),
        "targets.parquet": as_frame(targets, target_units(), schema=SCHEMA).to_parquet(),
        **({BESIDE: as_csv_text([BESIDE_HEAD, *beside])} if beside else {}),
    }


def _cell(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, float | int):
        return as_cell("" if value is None else str(value))
    return as_figure(value)


def _spreads(tally: PeopleTally) -> Iterator[list[str]]:
    """Return a row for each nutrient that somebody has a target for; see ``_HEAD``."""
    for key in tally.means:
        shares = tally.shares.get(key)
        yield [
            key,
            known_nutrients()[key].unit,
            str(len(tally.means[key])),
            *(f"{value:.6g}" for value in np.percentile(tally.means[key], _PARTS)),
            f"{np.median(shares):.4g}" if shares else "",
            *(str(tally.held[column][key]) for column in HELD),
        ]


def _sheet(
    tally: PeopleTally, pictures: tuple[Picture, ...], beside: tuple[Block, ...]
) -> Document:
    told = "{passed} of {people} people have a plan that passes its check."
    lead: list[Block] = [Paragraph(told.format(passed=tally.passed, people=tally.people))]
    counted = tally.statuses.most_common()
    ended = [(_WORDS[status], str(count)) for status, count in counted if status in _WORDS]
    if ended:
        lead.append(Table("Who has none", ("Who has none", "People"), ended))
    if pictures:
        lead.append(Pictures(pictures))
    sections = [
        Section("Amounts and money", (_figures(tally),)),
        Section("What people get", (_amounts(tally),)),
        Section("Money and magnesium", tuple(_trade(tally))),
        Section("Why there is no plan", tuple(_reasons(tally))),
    ]
    if beside:
        sections.insert(0, Section("Beside the other batch", beside))
    return Document("Plans for many people", tuple(lead), tuple(sections))


def _figures(tally: PeopleTally) -> Table:
    rows = []
    for name, values in tally.figures.items():
        spread = (f"{value:.2f}" for value in np.percentile(values, _PARTS))
        rows.append((_FIGURES[name], *spread))
    return Table("Amounts and money", ("", *_part_heads()), rows)


def _amounts(tally: PeopleTally) -> Table:
    rows = []
    for key, means in tally.means.items():
        spread = (amount_text(key, value) for value in np.percentile(means, _PARTS))
        counts = (str(tally.held[column][key]) for column in HELD)
        rows.append((heading_of(key), *spread, *counts))
    heads = ("missed: less", "missed: more", "at its least", "at its most")
    below = (
        "Means a day. Behind them is how many people have less or more than their target, and "
        "whom a bound holds back: their mean is within 2 % of it."
    )
    return Table("What people get", ("", *_part_heads(), *heads), rows, below=below)


def _trade(tally: PeopleTally) -> Iterator[Block]:
    """Describe what dearer food brings: people in fifths, by what they pay for 1,000 kcal."""
    if len(tally.dear) < _FIFTHS:
        return
    rows = []
    for fifth in np.array_split(np.array(sorted(tally.dear)), _FIFTHS):
        usd, share = np.median(fifth, axis=0)
        figures = (f"{usd:.2f}", f"{100.0 * share:.0f}")
        rows.append((str(len(fifth)), *figures))
    head = (
        "People",
        "Dollars for 1,000 kcal",
        "Magnesium, % of the least",
    )
    below = "From the fifth whose food is cheapest to that whose food is dearest; medians."
    yield Table("Money and magnesium", head, rows, below=below)


def _part_heads() -> Iterator[str]:
    for part in _PARTS:
        yield "median" if part == _PARTS[_MIDDLE] else f"{part} %"


def _reasons(tally: PeopleTally) -> Iterator[Block]:
    """List the most frequent reasons; all of them stand in the table."""
    most = read_settings("batch.toml")["reasons"]
    rows = [(why, str(count)) for why, count in tally.reasons.most_common(most)]
    total = tally.gives_way.most_common(most)
    if total:
        eased = [(_KINDS[key] if key in _KINDS else name_of(key), str(n)) for key, n in total]
        below = "In the first change that a plan was found with."
        yield Table("What would give way", ("What", "People"), eased, below=below)
    if rows:
        left = len(tally.reasons) - len(rows)
        below = f"{left} more in summary.csv" if left else ""
        yield Table("Why there is no plan", ("Reason", "People"), rows, below=below)


def _pictures(tally: PeopleTally) -> Iterator[Picture]:
    """Draw what people get as a share of their targets, and what is missed or binds most often."""
    panels = [_share_panel(tally)] if tally.shares else []
    panels += [_held_panel(tally, column) for column in HELD if tally.held[column]]
    if panels:
        yield Picture("summary", "What people get against their targets", tuple(panels))


def _share_panel(tally: PeopleTally) -> Panel:
    spreads = {key: 100.0 * np.percentile(own, _PARTS) for key, own in tally.shares.items()}
    title = "% of the lower bound: median (5–95)"
    labels = (f"{one[_MIDDLE]:.0f} ({one[_LOW]:.0f}–{one[_HIGH]:.0f})" for one in spreads.values())
    medians = tuple(float(spread[_MIDDLE]) for spread in spreads.values())
    most = read_settings("pictures.toml")["axis"]["lower"]
    names = tuple(map(name_of, spreads))
    series = (Series("value", title, medians),)
    return Panel(BARS, title, names, series, tuple(labels), most=most)


def _held_panel(tally: PeopleTally, column: str) -> Panel:
    most = read_settings("pictures.toml")["axis"]["sources"]
    found, title = tally.held[column].most_common(most), _ASKED[column]
    shares = tuple(100.0 * count / tally.passed for _key, count in found)
    labels = tuple(f"{share:.0f}" for share in shares)
    parts = (key.partition(" ") for key, _count in found)
    names = tuple(name_on(name, basis) for name, _blank, basis in parts)
    return Panel(BARS, title, names, (Series("value", title, shares),), labels)
