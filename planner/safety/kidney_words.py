"""Figures of the kidneys in words: an eGFR, a bound on it, a range, a stage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_NAME = (
    r"(?:(?:e\s?)?gfr|(?:estimated\s+)?glomerular\s+filtration\s+rate|(?:kidney|renal)\s+function"
    r"|creatinine\s+clearance|crcl)"
)
_UNIT = re.compile(
    r"ml\s*/?\s*(?:per\s*)?min(?:ute)?(?:\s*/?\s*(?:per\s*)?1[.,]73\s*m\s*(?:2|²|\^2))?"
)
_FIGURE = r"(\d+(?:[.,]\d+)?)\s*%?"
_BETWEEN = (
    r"(?:\s|of|is|was|at|now|last|value|around|about|approx(?:imately)?|ca\.?|between|=|:|~|≈)*"
)
_BELOW = (
    r"<=?|≤|⩽|below|under|beneath|less\s+than|lower\s+than|not\s+above|at\s+most|up\s+to"
    r"|max(?:imum)?"
)
_ABOVE = r">=?|≥|⩾|above|over|more\s+than|greater\s+than|higher\s+than|at\s+least|not\s+below"
_RANGE = r"(?:\s*(?:-|–|—|/|to|and|or|until|bis)\s*" + _FIGURE + ")?"
_EGFR = re.compile(
    rf"\b{_NAME}{_BETWEEN}(?:({_BELOW})|(?:{_ABOVE}))?\s*(?:than\s*)?{_FIGURE}{_RANGE}"
)

_KIDNEY = (
    r"(?:ckd|(?:kidney|renal)\s+(?:disease|failure|insufficiency|impairment)|nephropathy|gfr|egfr)"
)
_STAGE_NAME = r"(?:stage|stages|grade|category|class)"
_ONE = r"g?\s?(?:[1-5]|iv|v|i{1,3})\s?[abd]?"
_MORE = rf"((?:\s*(?:-|–|—|/|to|or|and|until|bis)\s*(?:{_STAGE_NAME}\s*)?(?:{_ONE}|[ab])\b)*)"
_STAGES = (
    re.compile(rf"\b{_KIDNEY}[\s,:(]*(?:{_STAGE_NAME})?[\s:.\-]*({_ONE})\b{_MORE}"),
    re.compile(rf"\b{_STAGE_NAME}[\s:.\-]*({_ONE})\b{_MORE}\s*(?:chronic\s+)?{_KIDNEY}\b"),
    re.compile(rf"\b(g\s?[1-5]\s?[ab]?)\b{_MORE}"),
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}


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
    """

    egfrs: tuple[float, ...]
    below: tuple[float, ...]
    stages: tuple[str, ...]
    rest: str

    @property
    def is_any(self) -> bool:
        """Whether it says any."""
        return bool(self.egfrs or self.below or self.stages)


@cache
def kidney_figures(text: str) -> KidneyFigures:
    """Read the figures of one entry; words that are none of them stay in ``rest``."""
    left = _UNIT.sub(" ", text.casefold())
    egfrs, below, stages = list[float](), list[float](), list[str]()
    for found in _EGFR.finditer(left):
        word, first, second = found.groups()
        figures = [float(one.replace(",", ".")) for one in (first, second) if one]
        (below if word else egfrs).append(min(figures))
    left = _EGFR.sub(" egfr ", left)
    for pattern in _STAGES:
        for found in pattern.finditer(left):
            stages += _stages(found.group(1), found.group(2) or "")
        left = pattern.sub(" ckd ", left)
    return KidneyFigures(tuple(egfrs), tuple(below), tuple(stages), left)


def _stages(first: str, more: str) -> Iterator[str]:
    """Give the stages of ``"3a"`` and what follows it, as ``"/b"`` or ``" to 4"``."""
    number = ""
    for part in re.findall(r"(iv|v|i{1,3}|[1-5])?\s?([abd])?(?=$|[^a-z0-9])", f"{first}{more}"):
        roman, letter = part
        if not roman and not letter:
            continue
        number = _ROMAN.get(roman, roman) or number
        if number:
            yield number + (letter if letter in ("a", "b") else "")
