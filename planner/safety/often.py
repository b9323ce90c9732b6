"""How often a medicine is taken, in words: ``metformin twice a day`` is ``metformin:2``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from planner.safety.read import read_safety_settings

_HOURS_A_DAY = 24
_SCHEME = r"(?P<scheme>\d{1,4}(?:-\d{1,4}){2,3})(?![\d.,/-])"
_HOURS = r"every\s+(?P<hours>\d{1,2})\s*(?:hours|h)\b|(?P<hourly>\d{1,2})\s*hourly\b"
_PERIOD = r"(?P<unit>day|daily|week|weekly)\b"


def count_behind_colon(text: str) -> str:
    """Give ``text`` with how often, said once and in words, as a number behind a colon.

    ``metformin 500 mg bd`` becomes ``metformin 500 mg:2``, ``alendronate once a week``
    ``alendronate:1/week`` and ``doxycycline 1-0-1`` ``doxycycline:2``. What is said twice, or has a
    colon already, stays as it is; so does ``5 daily``, which may be a strength.
    """
    found = list(_said().finditer(text))
    if ":" in text or len(found) != 1:
        return text
    name = f"{text[: found[0].start()]} {text[found[0].end() :]}"
    return f"{' '.join(name.split())}:{_count(found[0])}"


@cache
def _said() -> re.Pattern[str]:
    words = read_safety_settings("words")["often"]
    times = rf"(?:(?P<word>{_any_of(words['counts'])})|(?P<times>\d{{1,2}})\s*(?:x|times)\b)"
    several = rf"{times}\s*(?:(?:a|per|each|every)\s+|/\s*)?{_PERIOD}|(?P<only>\d{{1,2}})\s*x(?!\w)"
    bare = rf"(?P<bare>\d{{1,2}})\s*(?:(?:a|per)\s+|/\s*){_PERIOD.replace('unit', 'each')}"
    short = rf"(?<!\d )(?P<short>{_any_of([*words['daily'], *words['weekly']])})(?!\w)"
    return re.compile(
        rf"(?<![\w.,/-])(?<!every )(?:{several}|{bare}|{_HOURS}|{_SCHEME}|{short})", re.IGNORECASE
    )


def _any_of(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)


def _count(said: re.Match[str]) -> str:
    words = read_safety_settings("words")["often"]
    part = {key: " ".join((text or "").lower().split()) for key, text in said.groupdict().items()}
    if part["scheme"]:
        return str(sum(int(one) > 0 for one in part["scheme"].split("-")))
    if part["hours"] or part["hourly"]:
        return str(_HOURS_A_DAY // max(1, int(part["hours"] or part["hourly"])))
    if part["short"]:
        weekly = words["weekly"].get(part["short"])
        return f"{weekly}/week" if weekly else str(words["daily"][part["short"]])
    count = words["counts"].get(part["word"]) or part["times"] or part["only"] or part["bare"]
    is_weekly = (part["unit"] or part["each"]).startswith("week")
    return f"{count}/week" if is_weekly else f"{count}"
