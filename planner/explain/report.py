"""The report: everything that an outlet shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.check.judge import CheckResult
from planner.kitchen.batch import BatchPlan
from planner.kitchen.errand import ShoppingList
from planner.kitchen.shopping import list_asked
from planner.plan.locks import Lock
from planner.plan.outcome import Outcome
from planner.plan.plan import Plan
from planner.request.override import TargetOverride
from planner.request.phrases import FrequencyRule
from planner.request.put import Put
from planner.request.request import PlanRequest
from planner.targets.derive import TargetSet


@dataclass(frozen=True, slots=True)
class Source:
    """A main source of a nutrient over the week.

    Parameters
    ----------
    food_id, name
        The food.
    amount, share
        Amount per day [the nutrient's unit], and share of the week's total [0–1].
    """

    food_id: str
    name: str
    amount: float
    share: float


@dataclass(frozen=True, slots=True)
class Why:
    """Why the plan is as it is.

    Parameters
    ----------
    binding
        Sentences about the rules that hold the plan back.
    magnesium_sources, calcium_sources
        Main sources, largest first.
    short
        Sentences about soft targets that are missed, and why.
    terms
        Term of the objective → points.
    uncertain_magnesium_share
        Share of the plan's magnesium from foods whose releases differ by more than a tenth [0–1].
    """

    binding: tuple[str, ...]
    magnesium_sources: tuple[Source, ...]
    calcium_sources: tuple[Source, ...]
    short: tuple[str, ...]
    terms: dict[str, float]
    uncertain_magnesium_share: float


SHARED = "shared"
"""The value of a collision by sharing alone, whose sentence names the eaters."""
HARDEST = "hardest"
"""The value of a row that was hardest to keep, where none is proven to collide."""


class Collision(NamedTuple):
    """A wish or rule that cannot hold beside others.

    Parameters
    ----------
    what, value
        What is asked, and how much of it.
    text
        The same as a sentence.
    """

    what: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What a week that gives way somewhere has: that of the trial, not the best there is.

    Parameters
    ----------
    points
        Points of all eaters, fewer are better.
    usd_per_week
        What its shopping list costs, as a budget counts it [USD for seven days].
    counts
        What that is: at the till, or what is eaten.
    ca_mg_ratio, magnesium_mg, energy_kcal
        Its ratio, and its means a day of everybody together [mg, kcal].
    ca_mg_ratio_of
        The ratio of each of several eaters, by name.
    """

    points: float
    usd_per_week: float
    counts: str
    ca_mg_ratio: float | None
    magnesium_mg: float | None
    energy_kcal: float | None
    ca_mg_ratio_of: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Concession:
    """A change that would make a plan possible.

    Parameters
    ----------
    text
        What would have to give way.
    flag
        Flag that asks for it; empty where there is none.
    band
        The band that it asks for; ``None`` where it is about something else.
    budget_usd
        The budget that it asks for [USD a week]; ``None`` where it is about something else.
    rule
        The frequency that it asks for; ``None`` where it is about something else.
    preference
        Another preference that it asks for, by its key: minutes, or where lunch is eaten.
    habit
        Name and figure of the habit that it asks for; ``None`` where it is about something else.
    put
        What is not put on its meal any more; ``None`` where it is about something else.
    apart
        Who does not share which meals any more; ``None`` where it is about something else.
    eaten
        Days whose meals are eaten after all; empty where it is about something else.
    at_home
        Meals that are planned after all on each day; empty where it is about something else.
    let_go
        What does not stay of an earlier plan; ``None`` where it is about something else.
    also
        What else gives way with it; empty where it is enough alone.
    parts
        All of it one by one, each in its own words; empty where it is enough alone.
    is_tried
        Whether a plan was found with it, by the work that a request gets.
    whose
        Name of the eater who alone gives way; empty where it is about all, or the only one.
    instead_of
        What was asked for or held before, in words; empty where there is nothing to compare.
    cost
        What the week has that was found with it; ``None`` where none was looked at.
    """

    text: str
    flag: str = ""
    band: TargetOverride | None = None
    budget_usd: float | None = None
    rule: FrequencyRule | None = None
    preference: tuple[str, int | str | Mapping[str, int]] | None = None
    habit: tuple[str, int] | None = None
    put: Put | None = None
    apart: tuple[str, tuple[str, ...]] | None = None
    eaten: tuple[int, ...] = ()
    at_home: tuple[str, ...] = ()
    let_go: Lock | None = None
    also: tuple[Concession, ...] = ()
    parts: tuple[Concession, ...] = ()
    is_tried: bool = False
    whose: str = ""
    instead_of: str = ""
    cost: Cost | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no plan.

    Parameters
    ----------
    conflict
        Wishes and rules that cannot hold together.
    relaxations
        Changes that would make a plan possible.
    withheld
        Changes that would, but are not offered, since they harm this person: each with the rule.
    tried
        How many changes were tried, in vain or not.
    is_proven
        Whether it is proven that no change of a band, frequency or budget opens a way alone but of
        those in ``relaxations``.
    buys
        What its budget buys of magnesium, where that is in the way.
    """

    conflict: tuple[Collision, ...]
    relaxations: tuple[Concession, ...]
    withheld: tuple[str, ...] = ()
    tried: int = 0
    is_proven: bool = False
    buys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """What the pipeline answers.

    Parameters
    ----------
    request, targets
        What was asked for, and what it is held to.
    outcome
        What the solver said.
    foods
        The food table used.
    plan, check, why
        The plan, its independent check and its reasons; ``None`` without a plan.
    refusal
        Why there is no plan; ``None`` with one.
    notes, warnings
        Sentences that go with it; warnings are (code, sentence, source).
    candidates, left_out
        Number of dishes and foods that could be planned, and that were left out.
    batch
        What to cook once and eat twice; ``None`` without a plan.
    dishes
        The recipes that were planned from.
    unmet
        Why what was asked for by its name is not in the plan; these stand in the notes too.
    """

    request: PlanRequest
    targets: TargetSet
    outcome: Outcome
    foods: FoodTable
    plan: Plan | None
    check: CheckResult | None
    why: Why | None
    refusal: Refusal | None
    notes: tuple[str, ...]
    warnings: tuple[tuple[str, str, str], ...]
    candidates: int
    left_out: int
    batch: BatchPlan | None = None
    dishes: tuple[Dish, ...] = ()
    unmet: tuple[str, ...] = ()

    @cached_property
    def shopping(self) -> ShoppingList:
        """The list of its plan, as it was asked for, in one trip."""
        assert self.plan is not None
        return list_asked(self.plan, self.request, self.foods, self.dishes, self.batch)
