"""Errors a person can mend.

``UserFacingError`` is the root of every error of the three packages that a person can mend::

    UserFacingError             caught once, in the command group; carries an exit code
    ├── FoodsError              FoodDataError, FoodNotFoundError
    └── planner.errors.PlannerError   ConfigError, TargetsError, RefusedError, …
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self


class UserFacingError(Exception):
    """An error with what is wrong, where, and how to mend it.

    Parameters
    ----------
    what
        What is wrong, in plain words.
    where
        File, row, column, option or key that holds the fault.
    remedy
        What to do about it.
    """

    exit_code = 1
    faults: tuple[str, ...] = ()  # the lines of ``what``, where several are told at once

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.remedy = what, where, remedy

    def at(self, where: str) -> Self:
        """Return the same error with another place."""
        moved = type(self)(self.what, where, self.remedy)
        moved.faults = self.faults
        return moved

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text} — {self.remedy}" if self.remedy else text


class FoodsError(UserFacingError):
    """Something is wrong with a food table or with a food named by a person."""


class FoodDataError(FoodsError):
    """A file of foods or dishes cannot be read; says file, row and column."""


class FoodNotFoundError(FoodsError):
    """No food has this name; offers the nearest ones."""


def raise_collected(kind: type[UserFacingError], faults: Iterable[str], where: str = "") -> None:
    """Raise one error of ``kind`` that lists all ``faults``; do nothing when there are none."""
    lines = tuple(faults)
    if lines:
        error = kind("\n  ".join(lines if len(lines) == 1 else ("", *lines)), where)
        error.faults = lines
        raise error
