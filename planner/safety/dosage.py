"""How often a medicine is taken, as people write it: ``ciprofloxacin:2`` is twice a day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planner.errors import ConfigError

MOST_PER_DAY = 24

_DAY = "day"
_COUNT = re.compile(
    r"(?P<count>\d+)\s*(?:x|times)?\s*(?:(?:/|per|a)\s*)?(?P<unit>day|d|daily|week|wk|weekly)?",
    re.IGNORECASE,
)
_TIMES = re.compile(r"(?P<name>.+\S)\s+x\s*(?P<count>\d+)", re.IGNORECASE)
_REMEDY = (
    'write "levothyroxine", "ciprofloxacin:2" for twice a day or "alendronate:1/week"; a '
    "supplement with its amount goes to --supplement"
)


@dataclass(frozen=True, slots=True)
class Dosage:
    """A medicine and how often it is taken.

    Parameters
    ----------
    name
        The medicine, as written.
    per_day
        Doses on a day on which it is taken.
    is_given
        Whether somebody said how often; once a day is assumed otherwise.
    is_weekly
        Whether it is taken on some days of the week alone.
    """

    name: str
    per_day: int = 1
    is_given: bool = False
    is_weekly: bool = False


def read_dosage(text: str) -> Dosage:
    """Read ``"levothyroxine"``, ``"ciprofloxacin:2"``, ``"gabapentin:3/day"``, ``"iron x2"``.

    Raises
    ------
    ConfigError
        When what stands behind the colon is no number of doses.
    """
    name, colon, count = text.partition(":")
    if not colon:
        times = _TIMES.fullmatch(text.strip())
        return _dosage(times["name"], times["count"], text) if times else Dosage(text.strip())
    found = _COUNT.fullmatch(count.strip())
    if found is None or not name.strip():
        raise ConfigError(
            f"{text!r}: {count.strip()!r} is not how often a day", "medicines", _REMEDY
        )
    if (found["unit"] or _DAY).lower().startswith("w"):
        _dosage(name, found["count"], text)
        return Dosage(name.strip(), 1, is_given=True, is_weekly=True)
    return _dosage(name, found["count"], text)


def read_medicine(text: str) -> str:
    """Give a medicine with its doses as it is kept in a profile: in one blank-separated line.

    Raises
    ------
    ConfigError
        When it has no name, or what stands behind its colon is no number of doses.
    """
    words = " ".join(text.split())
    read_dosage(words)
    if not words:
        raise ConfigError("a medicine needs a name", "medicines", _REMEDY)
    return words


def _dosage(name: str, count: str, text: str) -> Dosage:
    if not 1 <= int(count) <= MOST_PER_DAY:
        raise ConfigError(
            f"{text!r}: {count} doses are not between 1 and {MOST_PER_DAY}", "medicines", _REMEDY
        )
    return Dosage(name.strip(), int(count), is_given=True)
