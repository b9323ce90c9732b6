"""Ways of one request: what is varied, and the requests with its values."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from foods.errors import UserFacingError
from planner.errors import ConfigError
from planner.faults import fault
from planner.request.override import RATIO, TargetOverride
from planner.request.request import PlanRequest
from planner.request.table import refuse_eaters
from planner.settings import read_settings

SETTINGS = "sweep.toml"
RATIOS, STANDARDS, NO_MOST = "ratios", "standards", "none"
MOST_AXES = 2
_DIGITS = 4  # of a value between two ends
Value = float | str
Ways = tuple[tuple["Axis", ...], tuple["SweepWay", ...]]


@dataclass(frozen=True, slots=True)
class Axis:
    """What is varied.

    Parameters
    ----------
    name
        The wish in the words of the request: ``"ratio_max"``, ``"fish>="``.
    values
        Its values in order: numbers, or names where things are compared.
    """

    name: str
    values: tuple[Value, ...]

    @property
    def compared(self) -> str:
        """What is set side by side: ``"ratios"``, ``"standards"``; empty for plain numbers."""
        if not any(isinstance(value, str) for value in self.values):
            return ""
        return RATIOS if NO_MOST in self.values else STANDARDS


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
        values = [float(f"{self.low + step * n:.{_DIGITS}g}") for n in range(points)]
        try:
            for value in values:
                self.change(base, value)
        except UserFacingError:
            values = [float(round(value)) for value in values]
        return Axis(self.name, tuple(dict.fromkeys(values)))


def ways_of(base: PlanRequest, varied: Sequence[Vary], points: int | None = None) -> Ways:
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
    axes = tuple(wish.axis(base, points or usual) for wish in varied)
    plans, curves = math.prod(len(axis.values) for axis in axes), len(axes[-1].values)
    if plans > rule["most_points"]:
        raise fault(ConfigError, "sweep_too_large", count=plans, most=rule["most_points"])
    if len(axes) > 1 and curves > rule["most_curves"]:
        raise fault(ConfigError, "sweep_curves", count=curves, most=rule["most_curves"])
    ways = []
    for at in product(*(axis.values for axis in axes)):
        request = base
        for wish, value in zip(varied, at, strict=True):
            request = wish.change(request, float(value))
        ways.append(SweepWay(at, request))
    return axes, tuple(ways)


def ways_compared(request: PlanRequest, kind: str) -> Ways:
    """Return a way for each most of Ca:Mg and one without any, or for each standard.

    A week without any most is planned for comparison only; no request can ask for it. Of standards
    shops and units stay the same.

    Parameters
    ----------
    request
        What is planned.
    kind
        ``"ratios"`` or ``"standards"``.

    Raises
    ------
    ConfigError
        When several eat by standards: each eater has a standard of one's own.
    """
    values = tuple(read_settings(SETTINGS)["compare"][kind])
    if kind == STANDARDS:
        refuse_eaters(request)
        week = replace(request.week, units=request.units, shops=request.shops)
        ways = (SweepWay((name,), replace(request, standard=name, week=week)) for name in values)
        return (Axis("standard", values),), tuple(ways)
    plain = tuple(band for band in request.overrides if band.nutrient != RATIO)
    asked = [band for band in request.overrides if band.nutrient == RATIO]
    band = asked[0] if asked else TargetOverride(RATIO, None, None)
    free = SweepWay((NO_MOST,), replace(request, overrides=plain), is_ratio_free=True)
    most = (
        SweepWay((value,), replace(request, overrides=(*plain, replace(band, upper=value))))
        for value in values
    )
    return (Axis("ratio_max", (*values, NO_MOST)),), (*most, free)
