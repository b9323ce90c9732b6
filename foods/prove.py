"""Compare the shipped figures with an official download, cell by cell, blanks included.

Each cell of the table belongs to one release: the row's own, or the one that the overlay names. A
cell marked ``own:`` belongs to the row's release too, which must then leave it blank. Figures that
an overlay covers are kept in ``overlaid.csv`` and belong to the row's release.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from foods.food import Food
from foods.importers.release import ReleaseFigures
from foods.nutrient import known_nutrients
from foods.said import said
from foods.sheet import parse_rows
from foods.table import FoodTable

Kept = Mapping[tuple[str, str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Proof:
    """What comparing one release with the catalogue came to.

    Parameters
    ----------
    release
        Name of the release.
    expected
        Number of cells of the catalogue that belong to it, counted without looking at them.
    equal
        Number of cells that say the same, blanks included.
    different, not_found
        One line for each cell that says something else, or whose food or kept figure is not there.
    """

    release: str
    expected: int
    equal: int
    different: tuple[str, ...]
    not_found: tuple[str, ...]

    @property
    def compared(self) -> int:
        """Number of cells that stand on both sides."""
        return self.equal + len(self.different)

    @property
    def holds(self) -> bool:
        """Whether every cell was compared and every one is equal."""
        return not self.not_found and self.compared == self.expected == self.equal > 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure to be compared, and where it should stand in the release."""

    food_id: str
    nutrient: str
    source_id: str
    shipped: Decimal | None
    found: bool = True


def read_kept(text: str) -> Kept:
    """Parse ``overlaid.csv``: (food, nutrient) → its row.

    Raises
    ------
    FoodDataError
        When the text is damaged.
    """
    rows = parse_rows(text, "overlaid.csv")
    return {(row["food_id"], row["nutrient"]): row for _number, row in rows}


def prove_release(table: FoodTable, kept: Kept, figures: ReleaseFigures) -> Proof:
    """Compare every cell of ``table`` that belongs to the release of ``figures``."""
    equal, different, not_found = 0, [], []
    for cell in _cells(table, kept, figures.release):
        amounts = figures.amounts.get(cell.source_id)
        if amounts is None or not cell.found:
            not_found.append(f"{cell.food_id} ({cell.source_id or '?'}), {cell.nutrient}")
            continue
        official = _official(amounts, cell.nutrient, figures.release)
        if official == cell.shipped:
            equal += 1
        else:
            different.append(
                said(
                    "{one.food_id} ({one.source_id}), {one.nutrient}: {here} here, {there} there",
                    one=cell,
                    here=_shown(cell.shipped),
                    there=_shown(official),
                )
            )
    expected = count_cells(table, figures.release)
    return Proof(figures.release, expected, equal, tuple(different), tuple(not_found))


def count_cells(table: FoodTable, release: str) -> int:
    """Count the cells that belong to ``release``: nutrients of each of its rows, and overlays."""
    rows = sum(food.release == release for food in table)
    overlays = sum(
        source.startswith(f"{release}:") for food in table for source in food.overlay.values()
    )
    return rows * len(known_nutrients()) + overlays


def _cells(table: FoodTable, kept: Kept, release: str) -> Iterator[Cell]:
    for food in table:
        if food.release == release:
            yield from (_own_cell(food, key, kept) for key in known_nutrients())
        for key, source in food.overlay.items():
            name, _, source_id = source.partition(":")
            if name == release:
                yield Cell(food.food_id, key, source_id, _exact(food.per_100g.get(key)))


def _own_cell(food: Food, key: str, kept: Kept) -> Cell:
    source = food.overlay.get(key, "")
    if not source:
        return Cell(food.food_id, key, food.source_id, _exact(food.per_100g.get(key)))
    if source.startswith("own:"):
        return Cell(food.food_id, key, food.source_id, None)
    row = kept.get((food.food_id, key))
    if row is None or (row["release"], row["source_id"]) != (food.release, food.source_id):
        return Cell(food.food_id, key, food.source_id, None, found=False)
    return Cell(food.food_id, key, food.source_id, Decimal(row["value"]) if row["value"] else None)


def _official(amounts: Mapping[str, str], nutrient: str, release: str) -> Decimal | None:
    # Chosen here anew, not by the code that carried the figures over.
    for number in known_nutrients()[nutrient].numbers[release]:
        if number in amounts:
            return Decimal(amounts[number])
    return None


def _exact(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(repr(amount))


def _shown(amount: Decimal | None) -> str:
    return said("blank") if amount is None else f"{amount.normalize() + 0:f}"
