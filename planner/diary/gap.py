"""The gaps of a day, and helpings that would close them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from foods.food import Food
from foods.table import FoodTable
from planner.check.amounts import CALCIUM, ENERGY, MAGNESIUM, sum_served
from planner.check.lines import JudgedTable
from planner.request.shares import RATIO
from planner.settings import read_settings
from planner.targets.derive import TargetSet

_PER_100_G = 100
_SETTINGS = "next_food.toml"


@dataclass(frozen=True, slots=True)
class GapFigures:
    """What a day holds.

    Parameters
    ----------
    magnesium_mg, calcium_mg, energy_kcal
        Amounts of the day; unknown parts add nothing.
    ca_mg_ratio
        Calcium to magnesium; ``None`` without magnesium.
    cost_usd
        Usual price of the foods whose price is known [USD].
    """

    magnesium_mg: float
    calcium_mg: float
    energy_kcal: float
    ca_mg_ratio: float | None
    cost_usd: float


@dataclass(frozen=True, slots=True)
class NextFood:
    """One helping that helps.

    Parameters
    ----------
    food
        What is added.
    measure, mass_g
        How much, in words and in grams.
    points
        Points by ``configs/next_food.toml``.
    after
        What the day then holds.
    """

    food: Food
    measure: str
    mass_g: float
    points: float
    after: GapFigures


@dataclass(frozen=True, slots=True)
class NextFoods:
    """What to add to a day.

    Parameters
    ----------
    day
        Number of the day.
    before
        What it holds.
    offers
        The best first; none of them breaks a limit.
    considered
        Number of foods that were looked at.
    why
        Why there is no offer; empty where there is one.
    shown
        Nutrients of which each helping says how much it holds, since a condition asks for it.
    """

    day: int
    before: GapFigures
    offers: tuple[NextFood, ...]
    considered: int
    why: str = ""
    shown: tuple[str, ...] = ()


def gap_figures(table: JudgedTable, foods: FoodTable) -> GapFigures:
    """Give what the lines of one day hold."""
    magnesium_mg, calcium_mg, energy_kcal = (
        sum_served(table.lines, table.supplements_on(None), key) or 0.0
        for key in (MAGNESIUM, CALCIUM, ENERGY)
    )
    prices = {food.food_id: food.price_usd_per_100g or 0.0 for food in foods}
    lines = ((one.mass_g, prices.get(one.food.food_id, 0.0)) for one in table.lines)
    cost_usd = math.fsum(mass * price / _PER_100_G for mass, price in lines)
    ratio = calcium_mg / magnesium_mg if magnesium_mg else None
    return GapFigures(magnesium_mg, calcium_mg, energy_kcal, ratio, cost_usd)


@dataclass(frozen=True, slots=True)
class Gaps:
    """How far a day is from its targets.

    Parameters
    ----------
    magnesium_mg, calcium_mg
        What is recommended a day; 0 where nothing is.
    ratio
        Lower and upper bound of Ca:Mg; ``None`` where that side is open.
    need_kcal
        Energy that is needed.
    before
        What the day holds.
    """

    magnesium_mg: float
    calcium_mg: float
    ratio: tuple[float | None, float | None]
    need_kcal: float
    before: GapFigures

    @classmethod
    def of(cls, targets: TargetSet, before: GapFigures) -> Gaps:
        """Read the bounds off the targets: of a day, or of the mean where that is the higher."""
        ratio = targets.find(RATIO, "day")
        return cls(
            _lower(targets, MAGNESIUM),
            _lower(targets, CALCIUM),
            (ratio.lower, ratio.upper) if ratio else (None, None),
            targets.energy.kcal,
            before,
        )

    @property
    def is_open(self) -> bool:
        """Whether magnesium or the ratio have a gap."""
        least = float(read_settings(_SETTINGS)["offer"]["least_gap"])
        return max(self.magnesium(self.before), self.outside(self.before)) >= least

    def magnesium(self, figures: GapFigures) -> float:
        """Give what is missing of the recommended magnesium, as a share of it."""
        return _missing(figures.magnesium_mg, self.magnesium_mg)

    def calcium(self, figures: GapFigures) -> float:
        """Give what is missing of the recommended calcium, as a share of it."""
        return _missing(figures.calcium_mg, self.calcium_mg)

    def outside(self, figures: GapFigures) -> float:
        """Give how far the ratio is outside its band, as a share of the bound; at most 1."""
        value, (lower, upper) = figures.ca_mg_ratio, self.ratio
        if value is None:
            return 0.0
        below = _missing(value, lower or 0.0)
        above = value / upper - 1 if upper else 0.0
        return min(max(below, above, 0.0), 1.0)

    def points(self, after: GapFigures) -> float:
        """Give the points for what is closed, less those for energy and money."""
        points, before = read_settings(_SETTINGS)["points"], self.before
        closed = points["magnesium"] * (self.magnesium(before) - self.magnesium(after))
        closed += points["ratio"] * (self.outside(before) - self.outside(after))
        more_kcal = (after.energy_kcal - before.energy_kcal) / self.need_kcal
        rest = points["calcium"] * (self.calcium(before) - self.calcium(after))
        rest += points["energy"] * more_kcal + points["cost"] * (after.cost_usd - before.cost_usd)
        return float(closed + rest) if closed > 0 else 0.0


def _lower(targets: TargetSet, nutrient: str) -> float:
    """Give the recommended amount a day: of a day or of the mean, the higher one."""
    found = (targets.find(nutrient, period) for period in ("day", "week"))
    return max((one.lower or 0.0 for one in found if one), default=0.0)


def _missing(value: float, bound: float) -> float:
    return max(1.0 - value / bound, 0.0) if bound else 0.0
