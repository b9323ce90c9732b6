"""Read what a person wrote word by word: every word is known, or it is asked about.

Nothing is looked for inside a text: the longest known phrase is taken from the left, then the next,
and a word that belongs to none, and is no filler, is left over and told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from planner.safety.read import read_safety_settings
from planner.settings import read_rows

OTHER = "other:"

Meaning = TypeVar("Meaning")

_OTHER = re.compile(r"\s*other\s*:", re.IGNORECASE)
_PARTING = re.compile(r"[^\w]+")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Phrase(Generic[Meaning]):
    """A known phrase as it stood in a text, and what it means."""

    words: str
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Words(Generic[Meaning]):
    """A text, read.

    Parameters
    ----------
    phrases
        Known phrases, from left to right.
    left
        Words that belong to none of them.
    """

    phrases: tuple[Phrase[Meaning], ...]
    left: tuple[str, ...]


def clean_text(text: str) -> str:
    """Give ``text`` in plain signs: no invisible ones, one blank between words, ``Ⅳ`` as ``IV``."""
    signs = unicodedata.normalize("NFKC", text)
    shown = (sign for sign in signs if sign.isspace() or unicodedata.category(sign) != "Cf")
    parted = (" " if unicodedata.category(sign) == "Cc" else sign for sign in shown)
    return " ".join("".join(parted).split())


def is_too_long(text: str) -> bool:
    """Whether ``text`` is longer than one condition or medicine can be."""
    most: int = read_safety_settings("words")["length"]["most"]
    return len(text) > most


def plain_words(text: str) -> str:
    """Give the words of ``text`` in small letters without accents, one blank between them."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("_", " "))
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(_PARTING.sub(" ", letters).split())


def read_words(
    text: str, known: Mapping[str, Meaning], fillers: Collection[str] = ()
) -> Words[Meaning]:
    """Read ``text`` by known phrases, the longest first from the left.

    Parameters
    ----------
    text
        What a person wrote.
    known
        Plain phrase → what it means.
    fillers
        Words that change nothing.
    """
    words, found, left = plain_words(text).split(), list[Phrase[Meaning]](), list[str]()
    at = 0
    while at < len(words):
        phrase = next((one for one in _phrases(words, at) if one in known), None)
        if phrase is not None:
            found.append(Phrase(phrase, known[phrase]))
            at += phrase.count(" ") + 1
            continue
        if words[at] not in fillers:
            left.append(words[at])
        at += 1
    return Words(tuple(found), tuple(left))


def take_unused(text: str) -> tuple[str, list[str]]:
    """Return ``text`` without dates, durations and the like, and these as they stood."""
    found = list[str]()
    for pattern in read_safety_settings("words")["unused"]["patterns"]:
        found += [one[0].strip() for one in re.finditer(pattern, text, re.IGNORECASE)]
        text = re.sub(pattern, " ", text, flags=re.IGNORECASE)
    return text, found


def other_text(text: str) -> str | None:
    """Give what stands behind ``other:``; ``None`` where a text does not begin so."""
    found = _OTHER.match(text)
    return None if found is None else " ".join(text[found.end() :].split())


@cache
def fillers_of(kind: str) -> frozenset[str]:
    """Give the words that change nothing in a ``condition`` or ``medicine``."""
    table: Mapping[str, Any] = read_safety_settings("words")
    own = table[kind]
    routes = (word for words in own.get("routes", {}).values() for word in words)
    return frozenset([*table["joined"]["words"], *own["fillers"], *own.get("unused", ()), *routes])


def near_names(text: str, left: Sequence[str], known: frozenset[str]) -> tuple[str, ...]:
    """Give the known names that look most like ``text`` in a word that nobody knows, best first."""
    from rapidfuzz import fuzz, process  # heavy, and needed only after a typing error

    settings = read_safety_settings("words")["near"]
    by_word, whole = _by_word(known), plain_words(text)
    likely = {whole} & known
    for word in (one for one in left if len(one) >= settings["least_letters"]):
        like = process.extract(
            word, by_word.keys(), scorer=fuzz.ratio, score_cutoff=settings["least_score"]
        )
        likely.update(name for one, _, _ in like for name in by_word[one])
    likely -= {
        name for name in likely for pair in settings["opposite"] if _differ(whole, name, pair)
    }
    ranked = process.extract(whole, sorted(likely), scorer=fuzz.ratio, limit=_SHOWN)
    return tuple(name for name, _score, _ in ranked)


def _differ(text: str, name: str, pair: Sequence[str]) -> bool:
    """Whether of two beginnings one text has one and the other the other: hypo- is not hyper-."""
    has = [{part for part in pair if re.search(rf"\b{part}", one)} for one in (text, name)]
    return all(has) and has[0].isdisjoint(has[1])


def looks_like(text: str, known: frozenset[str], score: str) -> tuple[str, ...]:
    """Give the known names for which words of ``text`` may be misspelt, in any order.

    Used only where a text is not asked about again (``other: TEXT``): what it may mean then counts.
    ``score`` is the key of ``words.toml`` that says how alike each word of a name must be to one.
    """
    from rapidfuzz import fuzz, process  # heavy, and needed for few texts

    least: float = read_safety_settings("words")["misspelt"][score]
    by_word, like = _by_word(known), set[str]()
    for word in plain_words(text).split():
        near = process.extract(
            word, by_word.keys(), scorer=fuzz.ratio, limit=None, score_cutoff=least
        )
        like.update(one for one, _score, _ in near)
    likely = {name for one in like for name in by_word[one] if like.issuperset(name.split())}
    return tuple(sorted(likely))


def is_blood_level(text: str) -> bool:
    """Whether a text says that something in blood is high or low, which is no medicine."""
    table, words = read_safety_settings("words")["blood"], plain_words(text)
    is_dose = "dose" in words or "potency" in words
    named = re.search(rf"\b(?:{'|'.join(table['names'])})\b", words)
    return bool(named and not is_dose and set(table["levels"]).intersection(words.split()))


def blood_figure(text: str) -> tuple[str, str] | None:
    """Give the sentence on how urgent a figure of the blood is, and what to do with it."""
    for row in read_safety_settings("words")["figure"]:
        named = rf"\b(?:{'|'.join(row['names'])})\b[^\d]{{0,12}}?(\d+(?:[.,]\d+)?)"
        if found := re.search(named, text.casefold()):
            value = float(found[1].replace(",", "."))
            value /= row["mg_dl"] if value > row.get("mg_dl_from", value) else 1
            outside = [not row[key][0] <= value < row[key][1] for key in ("emergency", "usual")]
            levels = zip(outside, ("blood_emergency", "blood_today"), strict=True)
            return next((level for is_out, level in levels if is_out), "blood_usual"), row["ask"]
    return None


def names_kidneys(text: str) -> bool:
    """Whether a word of the kidneys stands in ``text``, in whatever form."""
    hints: list[str] = read_safety_settings("conditions")["kidney_words"]["hints"]
    plain = plain_words(text)
    return any(hint in plain for hint in hints)


@cache
def _by_word(known: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """Give each word of the known names with the names that it stands in."""
    found: dict[str, set[str]] = {}
    for name in known:
        for word in name.split():
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def _phrases(words: Sequence[str], at: int) -> Iterator[str]:
    for end in range(len(words), at, -1):
        yield " ".join(words[at:end])


_FOODS = "safety/foreign_foods.csv"


@cache
def foreign_foods() -> Mapping[str, str]:
    """Return foreign name of a food, in small letters → its English words."""
    return MappingProxyType(
        {
            word: row["english"]
            for row in read_rows(_FOODS)
            for word in (row["word"].lower(), row["word"].casefold())
        }
    )


def in_english_words(text: str) -> str:
    """Return a text with the English words for foreign names of foods in it."""
    return _any_name().sub(lambda found: foreign_foods()[found[0].lower()], text)


@cache
def _any_name() -> re.Pattern[str]:
    longest = sorted(foreign_foods(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])", re.IGNORECASE)


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
