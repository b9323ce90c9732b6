"""How real a plan is: a score of 0 to 10 from parts that can be checked, each told in words.

The parts are the yardsticks of dietitian-made menus, the rules that an edible plan keeps, and what
people notice over a week: monotony, amounts nobody can measure, food bought to be thrown away.
Thresholds, sentences and sources stand in ``configs/realism.toml``. The score shares no code with
the model: it looks at what is served, as the check does.

A part is judged case by case (a day, a meal, a food). With m of its n cases missed it is worth
max(0, 1 - m / (n · ``none_at``)); the score is ten times the weighted mean of the parts that have
a case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.errors import ConfigError
from planner.meals.rules import read_meal_rules
from planner.plan.plan import Plan
from planner.realism import days, eater, meals, menus, week
from planner.realism.served import Case, Rule, ScoredEater, ServedWeek, serve_plan
from planner.settings import read_settings

FILE = "realism.toml"
HIGHEST = 10.0
SHOWN_MISSES = 3
_MODULES = (menus, meals, days, week, eater)
_KEYS = frozenset({"measure", "says", "refs", "per", "unit", "source"})

Measure = Callable[[ServedWeek, Rule], Iterator[Case]]


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of the score.

    Parameters
    ----------
    part_id
        Section of ``configs/realism.toml``.
    refs
        Where it comes from: ``"menus"``, ``"edible 7"``, ``"monotony"``.
    sentence
        What it asks for, how often that holds, and where it does not.
    value
        Mean over the cases, in ``unit``; ``None`` where nothing could be judged.
    lower, upper, unit
        The band of a case; ``None`` leaves a side open.
    kept
        Share of the cases in the band, or set aside [0–1].
    weight
        Weight in the score.
    cases
        Every case.
    """

    part_id: str
    refs: str
    sentence: str
    value: float | None
    lower: float | None
    upper: float | None
    unit: str
    kept: float
    weight: float
    cases: tuple[Case, ...]

    @property
    def holds(self) -> bool:
        """Whether every case lies in the band or is set aside."""
        return all(case.holds for case in self.cases)

    @property
    def set_aside(self) -> int:
        """Number of cases that a cuisine does otherwise."""
        return sum(case.set_aside for case in self.cases)


@dataclass(frozen=True, slots=True)
class Realism:
    """How real a plan is.

    Parameters
    ----------
    score
        0 to 10; 10 is a plan with nothing to find fault with.
    parts
        Its parts, in the order of the file; those without a case are left out.
    """

    score: float
    parts: tuple[ScorePart, ...]

    def misses(self) -> tuple[ScorePart, ...]:
        """Give the parts that do not hold, the dearest first."""
        broken = [part for part in self.parts if not part.holds]
        return tuple(sorted(broken, key=lambda part: -(1 - part.kept) * part.weight))


@dataclass(frozen=True, slots=True)
class RealismRules:
    """What the score asks for.

    Parameters
    ----------
    settings
        ``configs/realism.toml`` as it stands.
    parts
        Part id → its rule.
    kitchens, food_kitchens
        Kitchen → its cuisines, and base → kitchens it goes with, as in the rules of meals.
    """

    settings: Mapping[str, Any]
    parts: Mapping[str, Rule]
    kitchens: Mapping[str, frozenset[str]]
    food_kitchens: Mapping[str, frozenset[str]]


def score_plan(
    plan: Plan,
    foods: FoodTable,
    dishes: Iterable[Dish],
    rules: RealismRules | None = None,
    eater: ScoredEater | None = None,
) -> Realism:
    """Score how real ``plan`` is.

    Parameters
    ----------
    plan, foods
        The plan and the food table it was made from.
    dishes
        The recipes it may name.
    rules
        What to ask for; the shipped rules when left out.
    eater
        What is known of who eats; what hangs on it is not judged when left out.
    """
    rules = rules or read_realism_rules()
    by_id = {dish.dish_id: dish for dish in dishes}
    week = serve_plan(plan, foods, by_id, rules.settings, rules.kitchens, rules.food_kitchens)
    week = replace(week, eater=eater or ScoredEater())
    none_at = rules.settings["score"]["none_at"]
    parts = [_part(part_id, rule, week) for part_id, rule in rules.parts.items()]
    judged = tuple(part for part in parts if part.cases)
    weight = sum(part.weight for part in judged)
    points = sum(part.weight * max(0.0, 1 - (1 - part.kept) / none_at) for part in judged)
    return Realism(HIGHEST * points / weight if weight else 0.0, judged)


@cache
def read_realism_rules() -> RealismRules:
    """Read the shipped rules of the score.

    Raises
    ------
    ConfigError
        When a part lacks a key or names a measure that does not exist.
    """
    settings = read_settings(FILE)
    meals = read_meal_rules().rules
    for part_id, rule in settings["part"].items():
        missing = sorted(_KEYS - set(rule))
        if missing or rule["measure"] not in measures():
            what = f"lacks {', '.join(missing)}" if missing else f"has no {rule['measure']!r}"
            raise ConfigError(
                f"part {part_id} {what}",
                where=f"configs/{FILE}",
                remedy=f"give it all of {', '.join(sorted(_KEYS))}",
            )
    return RealismRules(
        settings, settings["part"], _sets(meals["cuisine"]), _sets(meals["foods_of_kitchens"])
    )


def _sets(section: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in section.items() if isinstance(words, list)}


@cache
def measures() -> Mapping[str, Measure]:
    """Give the functions that judge, by name."""
    return {
        name: function
        for module in _MODULES
        for name, function in vars(module).items()
        if not name.startswith("_") and getattr(function, "__module__", "") == module.__name__
    }


def _part(part_id: str, rule: Rule, week: ServedWeek) -> ScorePart:
    cases = tuple(measures()[rule["measure"]](week, rule))
    kept = sum(case.holds for case in cases) / len(cases) if cases else 1.0
    value = sum(case.value for case in cases) / len(cases) if cases else None
    return ScorePart(
        part_id=part_id,
        refs=rule["refs"],
        sentence=_sentence(rule, cases),
        value=value,
        lower=rule.get("lower"),
        upper=rule.get("upper"),
        unit=rule["unit"],
        kept=kept,
        weight=float(rule.get("weight", 1)),
        cases=cases,
    )


def _sentence(rule: Rule, cases: tuple[Case, ...]) -> str:
    """Say what is asked for, how often it holds, where it does not, and what is set aside."""
    asked = rule["says"].format(lower=rule.get("lower"), upper=rule.get("upper"))
    missed = [case for case in cases if not case.holds]
    aside = sum(case.set_aside for case in cases)
    text = f"{asked}: {_count(len(cases) - len(missed), len(cases), rule['per'])}"
    if missed:
        shown = "; ".join(f"{case.where}: {_found(case)}" for case in missed[:SHOWN_MISSES])
        more = f"; {len(missed) - SHOWN_MISSES} more" if len(missed) > SHOWN_MISSES else ""
        text = f"{text} ({shown}{more})"
    because = f", {aside} set aside: {rule['because']}" if aside else ""
    return f"{text}{because}."


def _count(kept: int, count: int, per: str) -> str:
    of = (
        per if count == 1 else f"{per[:-1]}ies" if per.endswith("y") and per != "day" else f"{per}s"
    )
    if per in ("breakfast", "day", "meal", "snack") and kept == count:
        return f"all {count} {of}" if count > 1 else f"the one {of}"
    return f"{kept} of {count} {of}"


def _found(case: Case) -> str:
    return case.note or f"{case.value:.4g}"
