"""The gaps of a day, helpings that would close them, and what one more may not break."""

from __future__ import annotations

import math
from collections.abc import Set
from dataclasses import dataclass

from foods.food import Food
from foods.nutrient import known_nutrients
from foods.table import FoodTable
from planner.check.amounts import CALCIUM, ENERGY, MAGNESIUM, find_amount, sum_content, sum_served
from planner.check.lines import JudgedTable
from planner.diary.analysis import Analysis
from planner.diary.sums import DiaryIntake, with_food
from planner.request.override import RATIO
from planner.safety.stops import FoodCap, food_caps
from planner.settings import read_settings
from planner.targets.derive import TargetSet
from planner.targets.target import Target

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
    """Return what the lines of one day hold."""
    magnesium_mg, calcium_mg, energy_kcal = (
        sum_served(table.lines, table.supplements_on(None), key) or 0.0
        for key in (MAGNESIUM, CALCIUM, ENERGY)
    )
    prices = {food.food_id: food.price_usd_per_100g or 0.0 for food in foods}
    lines = ((line.mass_g, prices.get(line.food.food_id, 0.0)) for line in table.lines)
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
        """Return what is missing of the recommended magnesium, as a share of it."""
        return _missing(figures.magnesium_mg, self.magnesium_mg)

    def calcium(self, figures: GapFigures) -> float:
        """Return what is missing of the recommended calcium, as a share of it."""
        return _missing(figures.calcium_mg, self.calcium_mg)

    def outside(self, figures: GapFigures) -> float:
        """Return how far the ratio is outside its band, as a share of the bound; at most 1."""
        value, (lower, upper) = figures.ca_mg_ratio, self.ratio
        if value is None:
            return 0.0
        below = _missing(value, lower or 0.0)
        above = value / upper - 1 if upper else 0.0
        return min(max(below, above, 0.0), 1.0)

    def points(self, after: GapFigures) -> float:
        """Return the points for what is closed, less those for energy and money."""
        points, before = read_settings(_SETTINGS)["points"], self.before
        closed = points["magnesium"] * (self.magnesium(before) - self.magnesium(after))
        closed += points["ratio"] * (self.outside(before) - self.outside(after))
        more_kcal = (after.energy_kcal - before.energy_kcal) / self.need_kcal
        rest = points["calcium"] * (self.calcium(before) - self.calcium(after))
        rest += points["energy"] * more_kcal + points["cost"] * (after.cost_usd - before.cost_usd)
        return float(closed + rest) if closed > 0 else 0.0


def _lower(targets: TargetSet, nutrient: str) -> float:
    """Return the recommended amount a day: of a day or of the mean, the higher one."""
    found = (targets.find(nutrient, period) for period in ("day", "week"))
    return max((target.lower or 0.0 for target in found if target), default=0.0)


def _missing(value: float, bound: float) -> float:
    return max(1.0 - value / bound, 0.0) if bound else 0.0


ADDED_TO = ("total", "food")  # bases that each food adds to


class Limits:
    """What a helping may not break on one day of a diary, and on average over all.

    Parameters
    ----------
    analysis
        The diary, held against targets.
    day
        What was taken in on the day.
    foods
        The food table.
    """

    def __init__(self, analysis: Analysis, day: DiaryIntake, foods: FoodTable) -> None:
        self.analysis, self.day, self.foods = analysis, day, foods
        hard = [target for target in analysis.targets.targets if target.hard]
        self.bands = {
            period: [one for one in hard if one.period == period] for period in ("day", "week")
        }
        self.tables = {"day": day.table}
        if len(analysis.days) >= read_settings("next_food.toml")["offer"]["mean_from_days"]:
            self.tables["week"] = analysis.mean.table
        self.before = {period: self._values(period, table) for period, table in self.tables.items()}

    @property
    def is_full(self) -> bool:
        """Whether the day has no room for more energy."""
        target = self.analysis.targets.find(ENERGY, "day")
        energy = self.day.totals[ENERGY]
        return bool(target and target.upper and energy and energy >= target.upper)

    @property
    def exceeded(self) -> tuple[str, ...]:
        """Nutrients that are above a hard upper bound already, so that no more may be added."""
        over = [
            band.nutrient
            for period, values in self.before.items()
            for band, value in zip(self.bands[period], values, strict=True)
            if band.nutrient in known_nutrients() and band.basis in ADDED_TO
            if band.upper is not None and value is not None and value > band.upper
        ]
        return tuple(dict.fromkeys(over))

    def allow(self, food: Food, mass_g: float) -> bool:
        """Whether so much more of a food [g] keeps everything as good as it was, or better."""
        return (
            self._fits_meal(food, mass_g)
            and self._is_usual(food, mass_g)
            and all(self._keeps(cap, food, mass_g) for cap in food_caps())
            and all(self._keeps_bands(period, food, mass_g) for period in self.tables)
        )

    def _keeps_bands(self, period: str, food: Food, mass_g: float) -> bool:
        number = self.day.table.first
        after = self._values(period, with_food(self.tables[period], food.food_id, mass_g, number))
        each = zip(self.bands[period], self.before[period], after, strict=True)
        return all(_is_no_worse(*triple) for triple in each)

    def _values(self, period: str, table: JudgedTable) -> list[float | None]:
        return [
            find_amount(table, band.nutrient, band.basis, None).value for band in self.bands[period]
        ]

    def _fits_meal(self, food: Food, mass_g: float) -> bool:
        """Whether it may be a meal by itself for who has a most of something in one.

        Of what is shown for each day, such as oxalate, it holds a small part of the day's most.
        """
        targets = self.analysis.targets
        share = read_settings("next_food.toml")["offer"]["most_of_ceiling"]
        upper = {
            target.nutrient: target.upper * share
            for target in self.bands["day"]
            if target.nutrient in targets.clinical.shown_daily and target.upper is not None
        } | dict(targets.clinical.meal_upper)
        held = {key: food.per_100g.get(key) for key in upper}
        return all(
            value is not None and value * mass_g / _PER_100_G <= upper[key]
            for key, value in held.items()
        )

    def _is_usual(self, food: Food, mass_g: float) -> bool:
        """Whether the day then holds no more of it than one has at a meal."""
        had_g = _eaten_g(self.day.table, {food.food_id})
        return not had_g or had_g + mass_g <= food.serving.most * food.serving.measure.mass_g

    def _keeps(self, cap: FoodCap, food: Food, mass_g: float) -> bool:
        """Whether a capped food stays within its cap; with some in the diary no more is offered."""
        if cap.flag not in food.flags:
            return True
        flagged = {other_food.food_id for other_food in self.foods if cap.flag in other_food.flags}
        if _eaten_g(self.analysis.mean.table, flagged):
            return False
        after = with_food(self.day.table, food.food_id, mass_g, self.day.table.first)
        return _is_few(cap, food, mass_g) and all(
            _share_of(after, flagged, key) <= most for key, most in cap.share_of_day.items()
        )


def _is_few(cap: FoodCap, food: Food, mass_g: float) -> bool:
    if cap.pieces_per_day is None:
        return True
    pieces = [measure.mass_g for measure in food.measures if measure.name == "piece"]
    return bool(pieces) and mass_g <= cap.pieces_per_day * pieces[0]


def _share_of(table: JudgedTable, food_ids: Set[str], key: str) -> float:
    """Return the share of a day's nutrient that comes from some foods."""
    own = sum_content([line for line in table.lines if line.food.food_id in food_ids], key) or 0.0
    return own / (sum_content(table.lines, key) or math.inf)


def _eaten_g(table: JudgedTable, food_ids: Set[str]) -> float:
    return math.fsum(line.mass_g for line in table.lines if line.food.food_id in food_ids)


def _is_no_worse(target: Target, before: float | None, after: float | None) -> bool:
    """Whether a value is in its band, or no further outside than before."""
    if after is None or before is None:
        return before is None
    slack = 1 + read_settings("check.toml")["tolerance"]["sum"]
    too_high = target.upper is not None and after > target.upper * slack
    too_low = target.lower is not None and after * slack < target.lower
    if too_high and after > before * slack:
        return False
    return not (too_low and after * slack < before)
