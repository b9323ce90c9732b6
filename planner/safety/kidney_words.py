"""Figures of the kidneys in words: an eGFR, a bound on it, a range, a stage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from planner.safety.phrases import clean_text, is_too_long
from planner.safety.read import read_safety_settings


@dataclass(frozen=True, slots=True)
class KidneyFigures:
    """What an entry says of the kidneys in figures.

    Parameters
    ----------
    egfrs
        Figures of an eGFR, and lower ends of ranges and bounds [mL/min/1.73 m²].
    below
        Bounds that it is said to lie below.
    stages
        Stages, ``"3"``, ``"3a"``.
    rest
        The entry without these words.
    left
        Signs of a bound, and stages that may be another disease's, which were not understood.
    """

    egfrs: tuple[float, ...]
    below: tuple[float, ...]
    stages: tuple[str, ...]
    rest: str
    left: tuple[str, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether it says any."""
        return bool(self.egfrs or self.below or self.stages)


@cache
def kidney_figures(text: str) -> KidneyFigures:
    """Read the figures of one entry; words that are none of them stay in ``rest``."""
    if is_too_long(text):
        return KidneyFigures((), (), (), text)
    plain = _pattern("unit").sub(" ", clean_text(text).casefold())
    rest = _pattern("number").sub(
        lambda found: found[1] + _digit(found[2]), _pattern("albumin").sub(" ", plain)
    )
    egfrs, below, stages = list[float](), list[float](), list[str]()
    for found in _pattern("egfr").finditer(rest):
        word, first, second = found.groups()
        figures = [float(one.replace(",", ".")) for one in (first, second) if one]
        (below if word else egfrs).append(min(figures))
    rest = _pattern("egfr").sub(" egfr ", rest)
    for pattern in _patterns()["stages"]:
        for found in pattern.finditer(rest):
            stages += _stages(found["first"], found["more"])
        rest = pattern.sub(lambda found: f" {found['kidney'] or 'ckd'} ", rest)
    # signs of a bound behind a figure, and words that turn a share into what is lost
    left = tuple(sign.strip() for sign in _pattern("sign").findall(rest))
    left += tuple(_pattern("less").findall(rest)) if "%" in plain else ()
    left = left if egfrs or below or stages else ()
    most: float = read_safety_settings("conditions")["kidney_words"]["most_egfr"]
    left += tuple(f"{figure:g}" for figure in (*egfrs, *below) if figure > most)
    return KidneyFigures(tuple(egfrs), tuple(below), tuple(stages), rest, left)


def _stages(first: str, more: str) -> Iterator[str]:
    """Give the stages of ``"3a"`` and what follows it, as ``"/b"`` or ``" to 4"``."""
    number = ""
    for part in re.findall(r"(iv|v|i{1,3}|[1-5])?\s?([abd])?(?=$|[^a-z0-9])", f"{first}{more}"):
        roman, letter = part
        if not roman and not letter:
            continue
        number = _digit(roman) or number
        if number:
            yield number + (letter if letter in ("a", "b") else "")


def _digit(word: str) -> str:
    digit: str = read_safety_settings("kidney_words")["digit"].get(word, word)
    return digit


def _pattern(name: str) -> re.Pattern[str]:
    (found,) = _patterns()[name]
    return found


@cache
def _patterns() -> Mapping[str, Sequence[re.Pattern[str]]]:
    table, parts = read_safety_settings("kidney_words"), dict[str, str]()
    for name, part in table["part"].items():
        parts[name] = _filled(part, parts)
    rows = table["pattern"].items()
    return {name: [re.compile(_filled(one, parts)) for one in row] for name, row in rows}


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(f"{{{name}}}", part)
    return pattern
