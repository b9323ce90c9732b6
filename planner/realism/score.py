"""How real a plan is: 0 to 10, from the faults that readers name, each told in words.

Each fault of a day has points, each part of the score a most that it costs a day; faults of
``half_at`` points halve the 10 of a day without any. A week is the mean of its days less what is
wrong between them. Thresholds, points, sentences and sources stand in
``configs/realism.toml``. The score shares no code with the model: it looks at what is served, as
the check does. ``tests/bench/panel`` holds it to what readers said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.errors import ConfigError
from planner.language.names import named
from planner.language.spoken import _, said, spoken
from planner.plan.plan import Plan
from planner.realism import days, meals, portions, week
from planner.realism.served import Fault, Rule, ScoredEater, ServedDay, ServedWeek, serve_plan
from planner.settings import read_settings

FILE = "realism.toml"
SHOWN = 1
_MODULES: Mapping[str, tuple[ModuleType, ...]] = {"day": (meals, portions, days), "week": (week,)}
_KEYS = frozenset({"measure", "says", "points", "most", "source"})


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One thing that readers dislike, and where the plan has it.

    Parameters
    ----------
    part_id
        Section of ``configs/realism.toml``.
    says
        What is wrong.
    points
        What it costs the plan.
    faults
        Where it was found.
    """

    part_id: str
    says: str
    points: float
    faults: tuple[Fault, ...]

    @property
    def sentence(self) -> str:
        """Say what is wrong, where first, and how often besides."""
        shown = "; ".join(_told(fault) for fault in self.faults[:SHOWN])
        rest, says = len(self.faults) - SHOWN, _(self.says)
        more = _("; {count} more").format(count=rest) if rest > 0 else ""
        return f"{says[0].upper()}{says[1:]} ({shown}{more})."


@dataclass(frozen=True, slots=True)
class Realism:
    """How real a plan is.

    Parameters
    ----------
    score
        0 to 10; 10 is a plan that readers would find nothing wrong with.
    parts
        What is wrong, dearest first; parts without a fault are left out.
    days
        Score of each day [0-10], before what is wrong between days.
    """

    score: float
    parts: tuple[ScorePart, ...]
    days: tuple[float, ...] = ()


def score_plan(
    plan: Plan, foods: FoodTable, dishes: Iterable[Dish], eater: ScoredEater | None = None
) -> Realism:
    """Score how real ``plan`` is.

    Parameters
    ----------
    plan, foods
        The plan and the food table it was made from.
    dishes
        The recipes it may name.
    eater
        What is known of who eats; what hangs on it is not judged when left out.
    """
    by_id = {dish.dish_id: dish for dish in dishes}
    served = serve_plan(plan, foods, by_id, eater or ScoredEater())
    if not served.days:
        return Realism(0.0, ())
    rules = read_settings(FILE)
    daily = [_judged(day, rules["day"]) for day in served.days]
    between = _judged(served, rules["week"])
    scores = tuple(_left(sum(cost for cost, _ in one.values())) for one in daily)
    lost = sum(cost for cost, _ in between.values())
    parts = [*_gathered(daily, rules["day"]), *_gathered([between], rules["week"])]
    parts.sort(key=lambda part: -part.points)
    return Realism(max(0.0, sum(scores) / len(scores) - lost), tuple(parts), scores)


def _left(points: float) -> float:
    """Say what is left of a day's score [0-10] with faults of so many points."""
    scale = read_settings(FILE)["score"]
    return float(scale["highest"] / (1 + points / scale["half_at"]))


def _judged(
    what: ServedDay | ServedWeek, rules: Mapping[str, Rule]
) -> dict[str, tuple[float, list[Fault]]]:
    """Give part → what it costs, and its faults."""
    found = {}
    for part_id, rule in rules.items():
        faults = list(measures()[rule["measure"]](what, rule))
        cost = rule["points"] * sum(fault.size for fault in faults)
        found[part_id] = (min(rule["most"], cost), faults)
    return found


def _gathered(
    judged: list[dict[str, tuple[float, list[Fault]]]], rules: Mapping[str, Rule]
) -> Iterator[ScorePart]:
    """Give the parts that cost anything, with their mean over the days."""
    for part_id, rule in rules.items():
        faults = tuple(fault for one in judged for fault in one[part_id][1])
        if faults:
            points = sum(one[part_id][0] for one in judged) / len(judged)
            yield ScorePart(part_id, rule["says"], points, faults)


@cache
def measures() -> Mapping[str, Callable[[Any, Rule], Iterator[Fault]]]:
    """Give the functions that judge, by name, once each part has all that it needs.

    Raises
    ------
    ConfigError
        When a part lacks a key or names a measure that does not exist.
    """
    known: dict[str, Callable[[Any, Rule], Iterator[Fault]]] = {}
    for kind, modules in _MODULES.items():
        functions = {name: one for module in modules for name, one in _judges(module)}
        for part_id, rule in read_settings(FILE)[kind].items():
            missing = sorted(_KEYS - set(rule))
            if missing or rule["measure"] not in functions:
                what = (
                    said("lacks {keys}", keys=", ".join(missing))
                    if missing
                    else said("has no {measure!r}", measure=rule["measure"])
                )
                raise ConfigError(
                    said("part {part_id} {what}", part_id=part_id, what=what),
                    where=f"configs/{FILE}",
                    remedy=said("give it all of {keys}", keys=", ".join(sorted(_KEYS))),
                )
        known |= functions
    return known


def _judges(module: ModuleType) -> Iterator[tuple[str, Any]]:
    for name, one in vars(module).items():
        if not name.startswith("_") and getattr(one, "__module__", "") == module.__name__:
            yield name, one


def _told(fault: Fault) -> str:
    where, note = (named(spoken(one)) for one in (fault.where, fault.note))
    return f"{where}: {note}" if note else where
