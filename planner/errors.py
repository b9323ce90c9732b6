"""Errors of the planner, all of them mendable by a person.

::

    UserFacingError (foods.errors)
    └── PlannerError            exit code 1
        ├── ConfigError         a request, standard or diet file cannot be read
        ├── TargetsError        bands that cannot be: lower above upper, unknown nutrient
        ├── CandidatesError     dishes or preferences that name what does not exist
        ├── SolverError         the solver is missing or failed
        │   └── OutOfTimeError  it was stopped before it had an answer
        ├── ExportError         a file cannot be written
        └── RefusedError        exit code 3: the answer is "no", for a reason of safety
"""

from __future__ import annotations

from foods.errors import UserFacingError


class PlannerError(UserFacingError):
    """Root of the planner's own errors."""


class ConfigError(PlannerError):
    """A request, standard, diet or profile cannot be read; says file, key and remedy."""


class TargetsError(PlannerError):
    """A band that cannot be, or a profile without reference values."""


class CandidatesError(PlannerError):
    """Preferences name what does not exist, or leave nothing to eat."""


class SolverError(PlannerError):
    """The solver is missing, crashed, or answered what cannot be."""


class OutOfTimeError(SolverError):
    """The solver was stopped by its time limit before it had an answer."""


class ExportError(PlannerError):
    """A document cannot be written where asked."""


class RefusedError(PlannerError):
    """A safety rule refuses; the message says who to ask instead."""

    exit_code = 3


class ExportWarning(UserWarning):
    """A document is written, but not all of it is as it should be; says what helps."""
