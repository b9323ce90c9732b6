"""When medicines, pills and mineral water are taken."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.wire.base import OPTIONAL, By, Figure, Many, Wire
from planner.wire.days import Number

Clock = Annotated[str, Field(pattern="^[0-2][0-9]:[0-5][0-9]$")]


class Dose(Wire):
    """When one dose is taken.

    Parameters
    ----------
    hours_apart_from
        Other item, with the number of its dose where there are several → hours between the two.
    """

    item: str
    amount: Annotated[str, OPTIONAL] = ""
    dose: Number
    doses: Number
    earliest: Clock
    latest: Clock
    best: Clock
    hours_apart_from: By[Figure]


class PlannedDose(Dose):
    """When one dose is taken, and on which days of a plan.

    Parameters
    ----------
    on
        Which day it is, where it has no number.
    """

    days: Many[Number]
    on: Annotated[str, OPTIONAL] = ""
