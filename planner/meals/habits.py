"""Habits: rules of meals that a person may change by name: ``configs/meals/habits.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from planner.settings import read_settings

AT_LEAST, AT_MOST = ">=", "<="
IF_POSSIBLE = "{habit} if possible"
_APART = "sources"
Rules = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Habit:
    """One figure of the rules of meals that a person may change.

    Parameters
    ----------
    habit_id
        Its name, ``"milk_glasses_a_day"``: a key of ``[habits]`` in a request.
    sense
        ``"<="`` where the figure is a most, ``">="`` where it is a least.
    keys
        (rule, threshold) of ``configs/meals/rules.toml`` that take the figure.
    low, high, unit
        What is sane to ask for, both ends inclusive.
    is_kept
        Whether a plan keeps it; else what is beyond it is priced.
    says, means
        How a plan says it, with ``{count}``; and what it counts.
    also, many
        Other words for it; and the flag that asks for as much of it as fits, where there is one.
    points
        (term, key) of ``configs/meals/objective.toml`` → its points where somebody asked for it.
    """

    habit_id: str
    sense: str
    keys: tuple[tuple[str, str], ...]
    low: int
    high: int
    unit: str
    is_kept: bool
    says: str
    means: str
    also: tuple[str, ...]
    many: str = ""
    points: tuple[tuple[tuple[str, str], float], ...] = ()

    @property
    def usual(self) -> int:
        """The figure of most people, who ask for nothing."""
        rule, threshold = self.keys[0]
        return int(read_settings("meals/rules.toml")[rule][threshold])


@cache
def known_habits() -> Mapping[str, Habit]:
    """Return every habit by its name."""
    rows = read_settings("meals/habits.toml").items()
    return MappingProxyType({name: _habit(name, row) for name, row in rows if name != _APART})


def with_habits(rules: Rules, points: Rules, habits: Mapping[str, int]) -> tuple[Rules, Rules]:
    """Return rules and points with what somebody asked for laid over them: habit → figure."""
    asked = [(known_habits()[name], figure) for name, figure in habits.items()]
    figures = ((key, figure) for habit, figure in asked for key in habit.keys)
    prices = (price for habit, _ in asked for price in habit.points)
    return _laid(rules, figures), _laid(points, prices)


def _laid(over: Rules, figures: Iterable[tuple[tuple[str, str], float]]) -> Rules:
    laid = dict(over)
    for (name, key), figure in figures:
        laid[name] = {**laid[name], key: figure}
    return laid


def habit_said(name: str, figure: int) -> str:
    """Describe what somebody asked for: ``"desserts at most 0 a day"``."""
    habit = known_habits()[name]
    told = habit.says.format(count=figure)
    return told if habit.is_kept else IF_POSSIBLE.format(habit=told)


def _habit(name: str, row: Mapping[str, Any]) -> Habit:
    low, high = row["range"]
    return Habit(
        name,
        row["sense"],
        tuple(map(_threshold, row["keys"])),
        low,
        high,
        row["unit"],
        row["kept"],
        row["says"],
        row["means"],
        tuple(row["also"]),
        row.get("many", ""),
        tuple((_threshold(key), price) for key, price in row.get("points", {}).items()),
    )


def _threshold(key: str) -> tuple[str, str]:
    rule, _, threshold = key.partition(".")
    return rule, threshold
