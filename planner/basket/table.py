"""The classical diet problem's table: foods with prices and contents, nutrients with bands."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from planner.errors import TargetsError
from planner.faults import fault

Kind = Literal["nutrient", "food"]
Sense = Literal[">=", "<=", "="]


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
        words = {"name": self.name, "least": self.least}
        if self.least < 0:
            raise fault(TargetsError, "food_min_below_0", **words)
        if self.most is not None and self.least > self.most:
            raise fault(TargetsError, "food_min_above_max", **words, most=self.most)


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
            words = {"nutrient": self.nutrient, "lower": self.lower, "upper": self.upper}
            raise fault(TargetsError, "basket_band_is_empty", **words)


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
    text
        The row in the person's words, such as ``iron >= 12``; a food named like a nutrient says
        that it is the food.
    """

    kind: Kind
    name: str
    sense: Sense
    bound: float
    text: str


def list_rows(table: BasketTable) -> list[BasketRow]:
    """Return what the person asked for, sorted by name: bounds of foods first, then nutrients.

    That amounts are not negative is no wish and no row.
    """
    asked: list[tuple[Kind, str, float | None, float | None]] = [
        *(("food", food.name, food.least or None, food.most) for food in table.foods),
        *(("nutrient", band.nutrient, band.lower, band.upper) for band in table.bands),
    ]
    rows = []
    for kind, name, lower, upper in asked:
        more = " (food)" if kind == "food" and name in table.nutrients else ""
        sides: dict[Sense, float | None] = {">=": lower, "<=": upper}
        if kind == "nutrient" and lower == upper:
            sides = {"=": lower}
        for sense, bound in sides.items():
            if bound is not None:
                text = f"{name} {sense} {format_number(bound)}{more}"
                rows.append(BasketRow(kind, name, sense, bound, text))
    return sorted(rows, key=attrgetter("kind", "name", "sense"))


def format_number(value: float) -> str:
    """Return a number as a person would write it: whole without a point, else with all digits."""
    return repr(float(value) + 0.0).removesuffix(".0")
