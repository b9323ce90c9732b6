"""What a plan file states: the plan, its request, the bands, and what each eater and week has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from planner.plan.plan import Plan
from planner.request.request import NAMELESS, PlanRequest
from planner.targets.target import Target

if TYPE_CHECKING:
    from planner.plan.document_tables import WrittenPlan

Amount = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Solved:
    """What a plan file states of how it was found.

    Parameters
    ----------
    status, objective, bound
        ``"optimal"`` or ``"feasible"``, points, and the points that no plan can go below.
    solver, version, time_s
        Who proved the bound, and the seconds that it took in all.
    cut_by_clock, stopped
        Whether a time limit ended the search early, or the keyboard did.
    weeks
        The same of each of several weeks; empty where it is one.
    terms
        Term of the objective → points.
    """

    status: Literal["optimal", "feasible"] = "feasible"
    objective: float | None = None
    bound: float | None = None
    solver: str = ""
    version: str = ""
    time_s: float = 0.0
    cut_by_clock: bool = False
    stopped: bool = False
    weeks: tuple[Solved, ...] = ()
    terms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EaterPart:
    """What a plan file states of one eater of several.

    Parameters
    ----------
    name, targets
        Who it is, and the bands stated.
    days
        (totals, supplement totals, Ca:Mg, cost) of each day as stated.
    objective, bound
        Points of this eater's plan as stated, and those that none can go below; ``None`` where
        none are.
    """

    name: str
    targets: tuple[Target, ...]
    days: tuple[tuple[Amount, Amount, float | None, float], ...]
    objective: float | None = None
    bound: float | None = None


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
    solved
        What it states of how it was found.
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
    solved: Solved = Solved()
    eaters: tuple[EaterPart, ...] = ()
    weeks: tuple[WeekPart, ...] = ()
    printed: WrittenPlan | None = None

    @property
    def points(self) -> Mapping[str, float | None]:
        """Name → points as stated, those of the whole plan under ``NAMELESS``."""
        return {
            NAMELESS: self.solved.objective,
            **{part.name: part.objective for part in self.eaters},
        }
