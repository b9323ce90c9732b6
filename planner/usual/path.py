"""A path from what somebody eats to a plan: a few meals change each week, the most telling first.

Week 0 is the diary; a meal is changed into what the plan has on its day. Each week takes the
changes that bring most of what is missed, and none by which an upper limit is newly exceeded at the
end of it, or one more rule of a condition or medicine is broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from foods.table import FoodTable
from planner.check.amounts import CALCIUM, ENERGY, MAGNESIUM, RATIO_KEY, find_amount
from planner.check.clinical import clinical_faults
from planner.check.days import DaysAsked
from planner.check.lines import JudgedTable, read_table
from planner.plan.plan import Day, Meal, Plan
from planner.request.request import PlanRequest
from planner.request.shares import kcal_per_g, read_shares
from planner.settings import read_settings
from planner.targets.derive import rules_asked
from planner.targets.target import Target
from planner.usual.cells import Cell, Items, beside_meals, is_same, planned_meals, usual_meals
from planner.usual.meals import SETTINGS, UsualMeals

SHOWN = (MAGNESIUM, CALCIUM, RATIO_KEY, ENERGY)
"""Keys of what is told of each week."""
TOTAL = "total"
_PERCENT = 100
Amounts = Mapping[str, float | None]
Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PathChange:
    """A meal that changes.

    Parameters
    ----------
    day, slot
        Where it stands in the plan.
    before, after
        Names of what is eaten until then, and from then on; empty for nothing.
    is_kept
        Whether all that was eaten until then stays, in its amounts.
    """

    day: int
    slot: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class PathWeek:
    """A week on the path.

    Parameters
    ----------
    number
        0 is the diary; the last one is the plan.
    changes
        What is eaten otherwise than in the week before.
    days
        For each day key of ``SHOWN`` → amount [its unit]; ``None`` where nothing has a figure.
    means
        The same, mean a day; the ratio is sum over sum.
    """

    number: int
    changes: tuple[PathChange, ...]
    days: tuple[Amounts, ...]
    means: Amounts


@dataclass(frozen=True, slots=True)
class UsualPath:
    """The weeks from a diary to a plan.

    Parameters
    ----------
    step
        Most changes a week that were asked for; a week of more has them since with fewer a limit
        would be exceeded.
    weeks
        The weeks, that of the diary first.
    """

    step: int
    weeks: tuple[PathWeek, ...]


def usual_path(
    plan: Plan,
    usual: UsualMeals,
    targets: Sequence[Target],
    foods: FoodTable,
    request: PlanRequest,
    step: int,
) -> UsualPath:
    """Give the path from a diary to a plan.

    Parameters
    ----------
    plan, usual
        The goal, and what is eaten.
    targets, request
        What the plan is held to, and who eats.
    foods
        The food table of the plan.
    step
        Most changes a week, at least 1.
    """
    planned = planned_meals(plan)
    eaten = usual_meals(usual, planned, request.week)
    both = Both(plan, eaten, planned, foods, request)
    scale = Scale(both, targets)
    changed = frozenset[Cell]()
    weeks = [both.week(0, (), changed)]
    while left := [cell for cell in both.differing if cell not in changed]:
        chosen = scale.choose(left, changed, step)
        changed |= {*chosen}
        weeks.append(both.week(len(weeks), chosen, changed))
    return UsualPath(step, tuple(weeks))


class Both:
    """The meals of a diary and of a plan, of which each week has some of either."""

    def __init__(
        self,
        plan: Plan,
        eaten: Mapping[Cell, Items],
        planned: Mapping[Cell, Items],
        foods: FoodTable,
        request: PlanRequest,
    ) -> None:
        self.foods, self.request, self.beside = foods, request, beside_meals(plan)
        self.days = [day.day for day in plan.days]
        order = [*dict.fromkeys(slot for _, slot in (*planned, *eaten))]
        self.cells = sorted({*planned, *eaten}, key=lambda one: (one[0], order.index(one[1])))
        self.before = {cell: eaten.get(cell, ()) for cell in self.cells}
        self.after = {cell: planned.get(cell, ()) for cell in self.cells}
        self.differing = [
            cell for cell in self.cells if not is_same(self.before[cell], self.after[cell])
        ]

    def table(self, changed: Set[Cell]) -> JudgedTable:
        """Give a week as the judge reads it: ``changed`` meals as planned, others as usual."""
        meals = {
            cell: (
                *(self.after if cell in changed else self.before)[cell],
                *self.beside.get(cell, ()),
            )
            for cell in self.cells
        }
        return self.read(meals, self.days)

    def read(self, meals: Mapping[Cell, Items], days: Iterable[int]) -> JudgedTable:
        """Give some meals on some days as the judge reads them."""
        made = [
            Day(day, None, tuple(Meal(c[1], meals[c]) for c in meals if c[0] == day), {}, None, 0.0)
            for day in days
        ]
        return read_table(made, self.foods, self.request)

    def week(self, number: int, chosen: Iterable[Cell], changed: Set[Cell]) -> PathWeek:
        """Give a week with what is told of it, counted as the judge does."""
        table = self.table(changed)
        changes = (
            _change(cell, self.before[cell], self.after[cell])
            for cell in sorted(chosen, key=self.cells.index)
        )
        days = (
            {key: find_amount(table, key, TOTAL, day).value for key in SHOWN} for day in self.days
        )
        means = {key: find_amount(table, key, TOTAL, None).value for key in SHOWN}
        return PathWeek(number, tuple(changes), tuple(days), means)


class Scale:
    """Weighs weeks: what they miss of the targets, and which upper limits they exceed."""

    def __init__(self, both: Both, targets: Sequence[Target]) -> None:
        self.both, self.rule = both, read_settings(SETTINGS)["path"]
        self.targets = [one for one in targets if one.lower is not None or one.upper is not None]
        self.keys = [*dict.fromkeys(key for one in self.targets for key in _keys_of(one))]
        self.asked = DaysAsked.of(both.request.week, both.request.preferences.more_energy)
        self.clinical = rules_asked(both.request)
        kinds = {False: both.before, True: both.after, None: both.beside}
        self.held = {
            kind: {cell: self._amounts(cell, items) for cell, items in meals.items()}
            for kind, meals in kinds.items()
        }

    def choose(self, left: Sequence[Cell], changed: Set[Cell], step: int) -> tuple[Cell, ...]:
        """Choose the changes of a week: the best one after another, as many as may be.

        Where none may be alone, the best few together; where none of these, the fewest of one day;
        else all that are left.
        """
        chosen: tuple[Cell, ...] = ()
        while len(chosen) < step:
            more = self._best([(*chosen, one) for one in left if one not in chosen], changed)
            if more is None:
                break
            chosen = more
        if chosen:
            return chosen
        days = [[cell for cell in left if cell[0] == day] for day in self.both.days]
        most, together = max(map(len, days)), min(step, self.rule["together"])
        few = (combinations(left, size) for size in range(2, together + 1))
        more_of_day = (
            (one for day in days for one in combinations(day, size))
            for size in range(together + 1, most + 1)
        )
        for sets in (*few, *more_of_day):
            if best := self._best([*sets], changed):
                return best
        return tuple(left)

    def _best(
        self, sets: Sequence[tuple[Cell, ...]], changed: Set[Cell]
    ) -> tuple[Cell, ...] | None:
        """Give the changes after which least is missed, of those that may be."""
        _, over = self._weigh(changed)
        weighed = [(self._weigh({*changed, *one}), place) for place, one in enumerate(sets)]
        fitting = sorted((missed, place) for (missed, above), place in weighed if above <= over)
        most = self._faults(changed) if fitting else 0
        for _, place in fitting:
            if self._faults({*changed, *sets[place]}) <= most:
                return sets[place]
        return None

    def _weigh(self, changed: Set[Cell]) -> tuple[float, set[tuple[int, int]]]:
        """Give what a week misses, and the (target, day) whose upper limit it exceeds."""
        days = np.zeros((len(self.both.days), len(self.keys)))
        for cell in self.both.cells:
            days[cell[0] - 1] += self.held[cell in changed][cell]
        for cell, amounts in self.held[None].items():
            days[cell[0] - 1] += amounts
        missed, over = 0.0, set[tuple[int, int]]()
        for number, target in enumerate(self.targets):
            is_limit = target.hard and target.nutrient not in self.rule["not_limits"]
            first = self.rule["first"].get(target.nutrient, 1.0)
            weight = first if target.hard else self.rule["soft"]
            values = self._values(target, days)
            for at, value in enumerate(values.tolist()):
                whose = self.both.days if target.period == "week" else [self.both.days[at]]
                lower, upper = self.asked.bounds(target, whose)
                short = max(0.0, 1 - value / lower) if lower else 0.0
                beyond = max(0.0, value / upper - 1) if upper else 0.0
                missed += weight * (short + beyond) / len(values)
                if is_limit and upper is not None and value > upper * (1 + self.rule["tolerance"]):
                    over.add((number, at))
        return missed, over

    def _values(self, target: Target, days: Vector) -> Vector:
        """Give the amount of a target on each day, or its mean over the week as the only one."""
        amounts = days.mean(axis=0, keepdims=True) if target.period == "week" else days
        above, *below = (amounts[:, self.keys.index(key)] for key in _keys_of(target))
        if not below:
            return above
        per_g = kcal_per_g(target.nutrient)[1] * _PERCENT if target.nutrient != RATIO_KEY else 1.0
        value: Vector = np.divide(per_g * above, below[0], np.zeros_like(above), where=below[0] > 0)
        return value

    def _amounts(self, cell: Cell, items: Items) -> Vector:
        """Give what some items hold of each of ``keys``."""
        table = self.both.read({cell: items}, [cell[0]])
        found = (find_amount(table, key, basis, cell[0]).value for key, basis in self.keys)
        return np.array([value or 0.0 for value in found])

    def _faults(self, changed: Set[Cell]) -> int:
        """Count the rules of conditions and medicines that a week breaks."""
        return len([*clinical_faults(self.both.table(changed), self.clinical, self.asked)])


def _keys_of(target: Target) -> tuple[tuple[str, str], ...]:
    """Give the (nutrient, basis) of a target; of a share or ratio what is above and below."""
    if target.nutrient == RATIO_KEY:
        return (CALCIUM, target.basis), (MAGNESIUM, target.basis)
    if target.nutrient in read_shares():
        return (kcal_per_g(target.nutrient)[0], target.basis), (ENERGY, target.basis)
    return ((target.nutrient, target.basis),)


def _change(cell: Cell, before: Items, after: Items) -> PathChange:
    is_kept = all(any(is_same((one,), (other,)) for other in after) for one in before)
    return PathChange(*cell, _names(before), _names(after), is_kept)


def _names(items: Items) -> tuple[str, ...]:
    return tuple(item.name for item in items)
