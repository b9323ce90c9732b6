"""What came of solving, in our own words."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from planner.model.board import Column

Status = Literal["optimal", "feasible", "infeasible", "no_plan_in_time"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of solving a week.

    Parameters
    ----------
    status
        ``"optimal"``: proven best; ``"feasible"``: a plan with a stated gap; ``"infeasible"``:
        proven that none exists; ``"no_plan_in_time"``: none found with the work allowed.
    days
        For each day the chosen columns; empty without a plan.
    objective, bound
        Points of the plan, and the points that no plan can go below.
    broken
        Rows that the best attempt breaks, where there is no plan.
    solver, version
        Who proved the bound.
    considered, searched
        Columns that the bound holds for, and columns that the search drew from.
    build_s, time_s
        Seconds for building the model, and in all.
    terms
        Term of the objective → points.
    cut_by_clock
        Whether a time limit ended the search early.
    stopped
        Whether an interrupt from the keyboard did.
    weeks
        The weeks that it is made of, each given the weeks before it; empty where it is one week.
    """

    status: Status
    days: tuple[tuple[Column, ...], ...]
    objective: float | None
    bound: float | None
    broken: tuple[str, ...]
    solver: str
    version: str
    considered: int
    searched: int
    build_s: float
    time_s: float
    terms: Mapping[str, float] = field(default_factory=dict)
    cut_by_clock: bool = False
    stopped: bool = False
    weeks: tuple[Outcome, ...] = ()

    @classmethod
    def without_week(
        cls,
        started: float,
        *,
        considered: int = 0,
        build_s: float = 0.0,
        proof: tuple[str, str] = ("", ""),
        broken: tuple[str, ...] = (),
    ) -> Outcome:
        """State that there is no week: as an answer, or for what is found to be put in its place.

        Parameters
        ----------
        started
            Reading of ``time.perf_counter`` from which time is counted.
        considered, build_s, broken
            As of the class.
        proof
            Solver and version.
        """
        return cls(
            status="infeasible",
            days=(),
            objective=None,
            bound=None,
            broken=broken,
            solver=proof[0],
            version=proof[1],
            considered=considered,
            searched=0,
            build_s=build_s,
            time_s=time.perf_counter() - started,
        )

    @property
    def has_plan(self) -> bool:
        """Whether there are days to read."""
        return self.status in ("optimal", "feasible")

    @property
    def gap(self) -> float | None:
        """Proven distance from the best as a fraction of the objective; 0 only when proven."""
        if self.objective is None or self.bound is None:
            return None
        if self.objective <= 0.0:
            return 0.0
        return max(0.0, (self.objective - self.bound) / self.objective)
