"""The classical diet problem's table: foods with prices and contents, nutrients with bands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from planner.errors import TargetsError
from planner.faults import fault

Kind = Literal["nutrient", "food"]
Sense = Literal[">=", "<=", "="]

_WHOLE_BELOW = 1e15  # above, floats have no digits behind the point


@dataclass(frozen=True, slots=True)
class BasketFood:
    """One food of the basket.

    Parameters
    ----------
    name
        Name as the person wrote it.
    cost
        Price per unit of the food, in whatever currency; may be negative.
    least, most
        Bounds of the amount [units of the food]; ``most = None`` leaves it open.

    Raises
    ------
    TargetsError
        When ``least`` is negative or above ``most``.
    """

    name: str
    cost: float
    least: float = 0.0
    most: float | None = None

    def __post_init__(self) -> None:
        if self.least < 0:
            raise fault(TargetsError, "food_min_below_0", name=self.name, least=self.least)
        if self.most is not None and self.least > self.most:
            raise fault(
                TargetsError, "food_min_above_max", name=self.name, least=self.least, most=self.most
            )


@dataclass(frozen=True, slots=True)
class NutrientBand:
    """The band that the basket's amount of one nutrient must keep.

    Parameters
    ----------
    nutrient
        Name of a nutrient column.
    lower, upper
        Inclusive bounds in the nutrient's own unit; ``None`` leaves that side open, and equal
        bounds ask for exactly that amount.

    Raises
    ------
    TargetsError
        When ``lower`` is above ``upper``.
    """

    nutrient: str
    lower: float | None = None
    upper: float | None = None

    def __post_init__(self) -> None:
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise fault(
                TargetsError,
                "basket_band_is_empty",
                nutrient=self.nutrient,
                lower=self.lower,
                upper=self.upper,
            )


@dataclass(frozen=True, slots=True, eq=False)
class BasketTable:
    """Foods, nutrients, contents and bands: the whole input of the diet problem.

    Parameters
    ----------
    foods
        The foods, in the order of the file.
    nutrients
        Names of the nutrient columns.
    content
        Amount of each nutrient in one unit of each food (foods by nutrients); NaN is unknown and
        allowed only where no band asks for the nutrient.
    bands
        At most one band for each nutrient.
    notes
        What is to be said about how it was read.

    Raises
    ------
    TargetsError
        When shapes do not fit, or a band asks for a nutrient that is unknown in a food or has no
        column.
    """

    foods: tuple[BasketFood, ...]
    nutrients: tuple[str, ...]
    content: NDArray[np.float64]
    bands: tuple[NutrientBand, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.content.shape != (len(self.foods), len(self.nutrients)):
            raise fault(TargetsError, "basket_contents_shape", shape=self.content.shape)
        for band in self.bands:
            if band.nutrient not in self.nutrients:
                raise fault(TargetsError, "basket_no_column", nutrient=band.nutrient)
            if np.isnan(self.column(band.nutrient)).any():
                raise fault(TargetsError, "basket_no_figure", nutrient=band.nutrient)

    def column(self, nutrient: str) -> NDArray[np.float64]:
        """Return the contents of ``nutrient`` in all foods, in the order of the foods."""
        return self.content[:, self.nutrients.index(nutrient)]


@dataclass(frozen=True, slots=True)
class BasketRow:
    """One rule that the person wrote: one side of a band, or one bound of a food.

    Parameters
    ----------
    kind
        ``"nutrient"`` for a row of the targets, ``"food"`` for a bound of a food.
    name
        Name of the nutrient or food.
    sense
        ``">="``, ``"<="`` or ``"="``.
    bound
        The right-hand side, in the nutrient's unit or in units of the food.
    """

    kind: Kind
    name: str
    sense: Sense
    bound: float

    @property
    def text(self) -> str:
        """The row in the person's words, such as ``iron >= 12``."""
        return f"{self.name} {self.sense} {format_number(self.bound)}"


def list_rows(table: BasketTable) -> tuple[BasketRow, ...]:
    """List what the person asked for, sorted by name: bounds of foods first, then nutrients.

    That amounts are not negative is no wish and no row.
    """
    foods = [row for food in table.foods for row in _food_rows(food)]
    bands = [row for band in table.bands for row in _band_rows(band)]
    return (*sorted(foods, key=_row_order), *sorted(bands, key=_row_order))


def _row_order(row: BasketRow) -> tuple[str, str]:
    return row.name, row.sense


def _food_rows(food: BasketFood) -> list[BasketRow]:
    rows = [BasketRow("food", food.name, ">=", food.least)] if food.least > 0 else []
    if food.most is not None:
        rows.append(BasketRow("food", food.name, "<=", food.most))
    return rows


def _band_rows(band: NutrientBand) -> list[BasketRow]:
    if band.lower is not None and band.lower == band.upper:
        return [BasketRow("nutrient", band.nutrient, "=", band.lower)]
    sides: list[tuple[Sense, float | None]] = [(">=", band.lower), ("<=", band.upper)]
    return [BasketRow("nutrient", band.nutrient, sense, b) for sense, b in sides if b is not None]


def format_number(value: float) -> str:
    """Write a number as a person would: whole without a point, all digits otherwise."""
    whole = float(value).is_integer() and abs(value) < _WHOLE_BELOW
    return repr(int(value)) if whole else repr(float(value))
