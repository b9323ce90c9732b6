"""Habits: rules of meals that a person may change by name: ``configs/meals/habits.toml``."""

from __future__ import annotations

from collections.abc import Mapping
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
        Its name, ``"nuts_a_day_g"``: a key of ``[habits]`` in a request.
    sense
        ``"<="`` where the figure is a most, ``">="`` where it is a least.
    keys
        (rule, threshold) of ``configs/meals/rules.toml`` that take the figure.
    low, high, unit
        What is sane to ask for, both ends inclusive.
    is_kept
        Whether a plan keeps it; else it counts where that is possible.
    says, means
        How a plan says it, with ``{count}``; and what it counts.
    also
        Other words for it.
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


def with_habits(rules: Rules, habits: Mapping[str, int]) -> Rules:
    """Return rules with what somebody asked for laid over them: habit → figure."""
    laid = dict(rules)
    for habit, figure in habits.items():
        for name, key in known_habits()[habit].keys:
            laid[name] = {**laid[name], key: figure}
    return laid


def habit_said(name: str, figure: int) -> str:
    """Describe what somebody asked for: ``"pulses at most 200 g a day"``."""
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
    )


def _threshold(key: str) -> tuple[str, str]:
    rule, _, threshold = key.partition(".")
    return rule, threshold
