"""What links the days: repeats, rotation, frequencies, budget, spacing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from planner.candidates.candidate import Column
from planner.candidates.names import Meaning
from planner.request.phrases import FrequencyRule

DAYS_PER_WEEK = 7


@dataclass(frozen=True, slots=True)
class Frequency:
    """A wish for so many servings a week.

    Parameters
    ----------
    meaning
        What is counted.
    sense, count
        ``">="`` or ``"<="``, and how many per seven days.
    """

    meaning: Meaning
    sense: str
    count: int

    @property
    def name(self) -> str:
        """The wish as it is written."""
        return str(FrequencyRule(self.meaning.name, self.sense, self.count))


def serves(columns: Iterable[Column], meaning: Meaning, line_g: float) -> list[float]:
    """1 for each column that serves what ``meaning`` says, at least a line of it."""
    return [1.0 if _serves(column, meaning, line_g) else 0.0 for column in columns]


def _serves(column: Column, meaning: Meaning, line_g: float) -> bool:
    if column.candidate.source_id in meaning.dish_ids:
        return True
    mass = sum(m for food, m in column.serving.portion.ingredients if food in meaning.food_ids)
    return mass >= line_g


def most_in(per_week: float, days: int) -> int:
    """Return how often a thing comes at most in so many days, of times per week."""
    return math.ceil(per_week * days / DAYS_PER_WEEK)
