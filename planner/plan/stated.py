"""What a plan file states: the plan, its request, the bands, and what each eater and week has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.plan.plan import Plan
from planner.request.request import NAMELESS, PlanRequest
from planner.targets.target import Target

if TYPE_CHECKING:
    from planner.plan.document_tables import WrittenPlan

Amount = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class EaterPart:
    """What a plan file states of one eater of several.

    Parameters
    ----------
    name, targets
        Who it is, and the bands stated.
    days
        (totals, supplement totals, Ca:Mg, cost) of each day as stated.
    objective
        Points of this eater's plan as stated; ``None`` where none are.
    """

    name: str
    targets: tuple[Target, ...]
    days: tuple[tuple[Amount, Amount, float | None, float], ...]
    objective: float | None = None


@dataclass(frozen=True, slots=True)
class WeekPart:
    """What a plan file states of one week of several.

    Parameters
    ----------
    days
        Numbers of its days.
    totals, means, ca_mg_ratio, cost
        As stated.
    """

    days: range
    totals: Amount
    means: Amount
    ca_mg_ratio: float | None
    cost: float


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A plan file.

    Parameters
    ----------
    request
        The request it answers.
    targets
        The bands that it states.
    plan
        Days with their items, and the totals that it states.
    version, sha256
        Version and digest of the food table it was made with.
    objective
        Its points as stated; ``None`` where it states none.
    eaters
        What it states of each of several eaters; empty for one who eats alone.
    weeks
        What it states of each of several weeks; empty where it is one.
    printed
        Everything that it says, as written; ``None`` for one that was not read from a file.
    """

    request: PlanRequest
    targets: tuple[Target, ...]
    plan: Plan
    version: str
    sha256: str
    objective: float | None = None
    eaters: tuple[EaterPart, ...] = ()
    weeks: tuple[WeekPart, ...] = ()
    printed: WrittenPlan | None = None

    @property
    def points(self) -> Mapping[str, float | None]:
        """Name → points as stated, those of the whole plan under ``NAMELESS``."""
        return {NAMELESS: self.objective, **{part.name: part.objective for part in self.eaters}}
