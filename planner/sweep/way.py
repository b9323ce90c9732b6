"""Ways of one request: what is varied, and the requests with its values."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from foods.errors import UserFacingError
from planner.errors import ConfigError
from planner.faults import fault
from planner.model.input import ModelInput
from planner.request.override import RATIO
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.table.prepare import PreparedEater, PreparedTable

SETTINGS = "sweep.toml"
MOST_AXES = 2
_DIGITS = 4  # of a value between two ends
Value = float | str


@dataclass(frozen=True, slots=True)
class Axis:
    """What is varied.

    Parameters
    ----------
    name
        The wish in the words of the request: ``"ratio_max"``, ``"fish >="``.
    values
        Its values in order: numbers, or names where things are compared.
    """

    name: str
    values: tuple[Value, ...]

    @property
    def is_numeric(self) -> bool:
        """Whether its values are numbers."""
        return all(isinstance(value, (int, float)) for value in self.values)


@dataclass(frozen=True, slots=True)
class SweepWay:
    """One request of a sweep.

    Parameters
    ----------
    at
        The value on each axis.
    request
        What is asked for there.
    is_ratio_free
        Whether calcium to magnesium is left out of its targets, which no request can ask for.
    """

    at: tuple[Value, ...]
    request: PlanRequest
    is_ratio_free: bool = False


@dataclass(frozen=True, slots=True)
class Vary:
    """A number of a request that is varied from one end to the other.

    Parameters
    ----------
    name, low, high
        What is varied, and its inclusive ends.
    change
        Gives a request with another value of it; raises where the value cannot be asked for.
    is_weight
        Whether it is what something counts, so that points mean something else at each value.
    """

    name: str
    low: float
    high: float
    change: Callable[[PlanRequest, float], PlanRequest]
    is_weight: bool = False

    def axis(self, base: PlanRequest, points: int) -> Axis:
        """Spread so many values over the range, whole ones where only these can be asked for.

        Raises
        ------
        UserFacingError
            When an end cannot be asked for.
        """
        for end in (self.low, self.high):
            self.change(base, end)
        step = (self.high - self.low) / (points - 1)
        spread = [float(f"{self.low + step * n:.{_DIGITS}g}") for n in range(points)]
        values = spread if self._takes_parts(base) else [float(round(one)) for one in spread]
        return Axis(self.name, tuple(dict.fromkeys(values)))

    def _takes_parts(self, base: PlanRequest) -> bool:
        """Whether a value between whole numbers can be asked for."""
        if not (self.low.is_integer() and self.high.is_integer()):
            return True
        try:
            half = (self.high - self.low) / 2
            self.change(base, self.low + half + (0.5 if half.is_integer() else 0.0))
        except UserFacingError:
            return False
        return True


def ways_of(
    base: PlanRequest, varied: Sequence[Vary], points: int | None = None
) -> tuple[tuple[Axis, ...], tuple[SweepWay, ...]]:
    """Return the axes of a sweep and a way for each value, or pair of values.

    Parameters
    ----------
    base
        The request whose numbers are varied.
    varied
        One or two of them.
    points
        How many values each has; ``None`` for those of ``configs/sweep.toml``.

    Raises
    ------
    ConfigError
        When there are too many axes or plans, or more curves than can be told apart.
    UserFacingError
        When some value cannot be asked for.
    """
    rule = read_settings(SETTINGS)
    if not 1 <= len(varied) <= MOST_AXES:
        raise fault(ConfigError, "wishes_varied", count=len(varied))
    usual = rule["points"] if len(varied) == 1 else rule["points_of_two"]
    axes = tuple(one.axis(base, points or usual) for one in varied)
    plans = math.prod(len(one.values) for one in axes)
    if plans > rule["most_points"]:
        raise fault(ConfigError, "sweep_too_large", count=plans, most=rule["most_points"])
    if len(axes) > 1 and len(axes[1].values) > rule["most_curves"]:
        count = len(axes[1].values)
        raise fault(ConfigError, "sweep_curves", count=count, most=rule["most_curves"])
    ways = []
    for at in product(*(one.values for one in axes)):
        request = base
        for one, value in zip(varied, at, strict=True):
            request = one.change(request, float(value))
        ways.append(SweepWay(at, request))
    return axes, tuple(ways)


def without_ratio(table: PreparedTable) -> PreparedTable:
    """Leave calcium to magnesium out of what everybody is held to, for comparison only."""
    freed = {name: _free(one) for name, one in table.weeks.items()}
    return replace(table, alone=freed, weeks=freed)


def _free(eater: PreparedEater) -> PreparedEater:
    kept = tuple(one for one in eater.targets.targets if one.nutrient != RATIO)

    def free(source: ModelInput) -> ModelInput:
        return replace(source, targets=kept)

    return replace(
        eater,
        targets=replace(eater.targets, targets=kept, ratio_mode="off"),
        source=free(eater.source),
        weeks=tuple(map(free, eater.weeks)),
    )
