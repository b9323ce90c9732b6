"""Figures of the kidneys in words: an eGFR, a bound on it, a range, a stage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from planner.safety.phrases import clean_text, is_too_long
from planner.safety.read import read_safety_settings

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
    r"(?:\s*\+(?!\s*\d))?"  # "90+" is 90 or more
)

_KIDNEY = (
    r"(?:ckd|(?:kidney|renal)\s+(?:disease|failure|insufficiency|impairment)|nephropathy|gfr|egfr)"
)
_STAGE_NAME = r"(?:stage|stages|grade|category)"
_ONE = r"g?\s?(?:[1-5]|iv|v|i{1,3})\s?[abd]?"
_MORE = rf"(?:\s*(?:-|–|—|/|to|or|and|until|bis)\s*(?:{_STAGE_NAME}\s*)?(?:{_ONE}|[ab])\b)*"
# A stage beside other words may be that of another disease: "CKD, stage 2 hypertension".
_END = r"(?=\s*(?:$|[^\w\s]|(?:and|with|plus|or|on|due|from|after|since|egfr|ckd|a[1-3])\b))"
_START = r"(?:^|(?<=[^\w\s])|(?<=\band)|(?<=\bwith)|(?<=\bor)|(?<=\bplus))\s*"
_BEFORE_STAGE = (
    rf"[\s,:(\[_\-]*(?:{_STAGE_NAME}[\s:.=#_\-]*|(?![\s\W]*[iv]\b))"  # "i" is a word too
)
_STAGES = (
    re.compile(
        rf"\b(?P<kidney>{_KIDNEY}){_BEFORE_STAGE}(?P<first>{_ONE})\b(?P<more>{_MORE}){_END}"
    ),
    re.compile(
        rf"{_START}{_STAGE_NAME}[\s:.\-]*(?P<first>{_ONE})\b(?P<more>{_MORE})"
        rf"\s*(?:chronic\s+)?(?P<kidney>{_KIDNEY})\b"
    ),
    re.compile(  # of the kidneys, where nothing else is named
        rf"^\s*(?:stages?[\s:.\-]*(?=g|[3-5]|iii|iv|v)|(?=g))(?P<first>{_ONE})\b(?P<more>{_MORE})"
        r"[\s/,]*(?:a[1-3])?\s*(?P<kidney>)$"
    ),
)
_ALBUMIN = re.compile(r"(?<=\d|[ab])(?=a[1-3]\b)")  # "G3bA2" is "G3b A2"
_LESS = re.compile(r"\b(?:reduc|decreas|declin|impair|damag|weak|less|low|los[st])\w*")
_SIGN = re.compile(r"[^\w\s.,;:()\[\]/&+'\"?!%*–—-]|[-–—+]\s*$")  # an arrow, "<" behind a figure
_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
_NUMBER = re.compile(rf"(\b(?:{_STAGE_NAME}|ckd(?!\s+one))\s+)({'|'.join(_NUMBERS)})\b")
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
    plain = _UNIT.sub(" ", clean_text(text).casefold())
    rest = _NUMBER.sub(lambda found: found[1] + _NUMBERS[found[2]], _ALBUMIN.sub(" ", plain))
    egfrs, below, stages = list[float](), list[float](), list[str]()
    for found in _EGFR.finditer(rest):
        word, first, second = found.groups()
        figures = [float(one.replace(",", ".")) for one in (first, second) if one]
        (below if word else egfrs).append(min(figures))
    rest = _EGFR.sub(" egfr ", rest)
    for pattern in _STAGES:
        for found in pattern.finditer(rest):
            stages += _stages(found["first"], found["more"])
        rest = pattern.sub(lambda found: f" {found['kidney'] or 'ckd'} ", rest)
    left = tuple(_not_read(plain, rest)) if egfrs or below or stages else ()
    most: float = read_safety_settings("conditions")["kidney_words"]["most_egfr"]
    left += tuple(f"{figure:g}" for figure in (*egfrs, *below) if figure > most)
    return KidneyFigures(tuple(egfrs), tuple(below), tuple(stages), rest, left)


def _not_read(plain: str, rest: str) -> Iterator[str]:
    """Give signs of a bound behind a figure, and words that turn a share into what is lost."""
    yield from (sign.strip() for sign in _SIGN.findall(rest))
    if "%" in plain:
        yield from _LESS.findall(rest)


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
