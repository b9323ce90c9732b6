"""Take an ingredient line apart, and tell steps and headings from it.

A small grammar of our own, without a trained model, so that the same line is always read the same
way and nothing is downloaded: ``AMOUNT [MEASURE] [(OTHER AMOUNT)] [of] NAME [, PREPARATION]``. What
it cannot read for sure it says in ``doubts``; nothing is filled in. The words stand in
``foods/data/recipe_words.toml``.

Why not ingredient-parser-nlp: version 2.9.1 (tried in November 2026) fetches NLTK's tagger
``averaged_perceptron_tagger_eng`` when it is imported, which is on no package index, and without it
the first line raises ``LookupError``. Nothing here may need the network, so it is no extra either.

``planner/candidates/dish.py`` reads them. Only masses and volumes are taken, and not what is for
each of several, what a can or pack holds, nor a span of two numbers that stands as one amount.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foods.embedded import data_settings

DOUBT_CHOICE = "the line leaves a choice"
DOUBT_OPTIONAL = "the line says it is optional"
DOUBT_TWO_FOODS = "the line names two foods"
DOUBT_PART = "only its juice or peel is used"
DOUBT_ADDED = "the line asks for more than one amount"

_NUMBER = r"(?:\d+\s+\d+/\d+|\d+/\d+|\d+(?:[.,]\d+)?)"
_AMOUNT = re.compile(
    rf"(?P<low>{_NUMBER})(?:\s*(?:-|to|or)\s*(?P<high>{_NUMBER}))?(?!\d|[.,]?\d*\s*(?:%|percent\b))\s*"
)
_THOUSANDS = re.compile(r"\b([1-9]\d{0,2})[.,](\d{3})(?=\s*(?:g|gramm?s?|ml)\b)", re.IGNORECASE)
_TIMES = re.compile(rf"(?P<count>{_NUMBER})\s*(?:x|×)\s*(?=\d)", re.IGNORECASE)
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_EACH_INSIDE = re.compile(rf"{_NUMBER}\s*\(")  # "4 (6 oz) fillets"
_SPOON = re.compile(r"(?<=\d) ?(?P<spoon>[Tt])\.? (?=[a-z])")  # 1 T oil, 1 t salt
_SPAN = re.compile(r"(\d+) ?(k?g|ml|oz) ?[-\u2013] ?(\d+) ?\2\b", re.IGNORECASE)  # 320g-400g
_PARTS_INSIDE = re.compile(r"[;/]|,\s|\bor\b", re.IGNORECASE)
_TIMES_A = re.compile(r"(?<=\d)\s*[x×]\s+(?=[a-z])", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w'\u2019.-]*")
_BULLET = re.compile(r"^(?:\s*(?:[-*•▢~≈]|\[[ x]?\])\s*)+", re.IGNORECASE)
_DASH = re.compile(r"[\u2010-\u2015\u2212]")
_SLASH = re.compile(r"(?<=[a-z])/(?=\d)", re.IGNORECASE)
_SHORT = re.compile(r"(?<!\w)[a-z]+(?:/o)?\b\.?", re.IGNORECASE)
_PARTS = re.compile(r"^\d+-(?=(?P<word>[a-z]+))", re.IGNORECASE)
_PLUS_MORE = re.compile(r"\bplus (?:more|extra|some)\b.*", re.IGNORECASE)
_CHOICE = re.compile(r"\bor\b", re.IGNORECASE)
TWO_FOODS = re.compile(r"\band\b|&", re.IGNORECASE)
_PURPOSE = re.compile(r"(?<=\w) for .*")  # "butter for the pan"
_JUICE = re.compile(  # "juice of half a lemon"
    r"^(?:the )?juice (?:of|from) (?P<amount>.*?) ?(?P<fruit>lemon|lime|orange)s?(?P<rest>,.*)?$",
    re.IGNORECASE,
)
_MORE = re.compile(r"\bplus\b|\+")
_HYPHENED = re.compile(r"^\w+(?:-\w+)+")
_AND_A = re.compile(r"and (?:a |an |one )?(?P<part>[a-z]+)\b(?: of)?\s*", re.IGNORECASE)
_AND_FRACTION = re.compile(r"(?<=\d)\s*(?:and|&)\s*(?=\d+/\d)", re.IGNORECASE)
_SECOND_NUMBER = re.compile(r"\d+(?![\d.,]*\s*%)")  # "1 2 carrots", but "1 cup 2 % milk"


@dataclass(frozen=True, slots=True)
class LineAmount:
    """An amount in a line: how many of which measure; ``unit`` blank for "2 onions"."""

    count: float
    unit: str


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """What an ingredient line says.

    Parameters
    ----------
    text
        The line as written.
    amount
        How much; ``None`` where the line does not say.
    other
        The same amount once more, from parentheses or after a slash; of several, what one weighs
        where ``other_is_each``: "2 (400 g) cans", "4 (6 oz) fillets".
    size
        ``small, medium, large`` or blank.
    name
        Words that name the food.
    rest
        All that stands behind the amount: the name, and how it is prepared.
    said
        All words of the line in small letters, for its state ("canned", "cooked").
    doubts
        Why a person should look at it, in plain words.
    """

    text: str
    amount: LineAmount | None
    other: LineAmount | None
    size: str
    name: str
    rest: str
    said: frozenset[str]
    doubts: tuple[str, ...] = ()
    other_is_each: bool = False


def read_words() -> Mapping[str, Any]:
    """Read the words of ingredient lines."""
    return data_settings("recipe_words.toml")


def parse_line(text: str) -> ParsedLine:
    """Take one ingredient line apart."""
    line = _plain(text)
    inside = " ".join(_PARENTHESES.findall(line))
    outside = " ".join(_PARENTHESES.sub(" ", line).split())
    amount, rest = _take_amount(outside)
    other = _amount_inside(inside)
    if amount and amount.unit and rest.startswith("/"):
        other, rest = _take_amount(rest.lstrip("/ "))
    amount, other, rest = _packed(amount, other, rest)
    size, rest = _take_size(rest)
    if amount is None and size:
        amount, rest = _amount_in_words(rest)  # "small box of raisins"
    elif amount and not amount.unit:
        # "2 large cans", "1 400 g can": a measure may follow size or content
        amount, other, rest = _measure_after(amount, other, rest)
    name, preparation = _split_name(rest)
    parsed = ParsedLine(
        text=text.strip(),
        amount=amount,
        other=other,
        size=size,
        name=name,
        rest=rest,
        said=frozenset(words_of(line)),
        other_is_each=_is_each(amount, line, inside),
    )
    return replace(parsed, doubts=_doubts(name, preparation, inside))


def _is_each(amount: LineAmount | None, line: str, inside: str) -> bool:
    """Whether what stands in parentheses is what one of several weighs, not all of them."""
    is_packed = amount is not None and amount.unit in read_words()["words"]["packed_in"]
    return is_packed or bool(_EACH_INSIDE.match(line)) or "each" in inside.casefold().split()


def _plain(text: str) -> str:
    """Write fractions, dashes and spaces in the plain way: ``1½`` becomes ``1 1/2``."""
    text = _SPAN.sub(r"\1-\3\2", plain_text(_BULLET.sub("", text)))
    text = _SPOON.sub(_spoon_in_full, _TIMES_A.sub(" ", text))
    text = _SLASH.sub(" / ", _DASH.sub("-", in_full(text)))
    text = _AND_FRACTION.sub(" ", " ".join(_PARTS.sub(_without_parts, text).split()))
    return _without_times(_JUICE.sub(r"\g<amount> fruit \g<fruit> juice\g<rest>", text))


def _spoon_in_full(spoon: re.Match[str]) -> str:
    return " tbsp " if spoon["spoon"] == "T" else " tsp "


def plain_text(text: str) -> str:
    """Write fractions and thousands of a text in plain figures: ``1½`` as ``1 1/2``, 1,000 g."""
    spaced = "".join(
        f" {char}" if unicodedata.category(char) == "No" else char  # ½ ¾ ⅓
        for char in text
    )
    plain = unicodedata.normalize("NFKC", spaced)
    plain = _THOUSANDS.sub(r"\1\2", plain)
    return " ".join(plain.replace("⁄", "/").split())  # noqa: RUF001 - fraction slash


def in_full(text: str) -> str:
    """Write short forms in full: ``footlong`` becomes ``12 inch``."""
    return _SHORT.sub(_word_in_full, text)


def _word_in_full(word: re.Match[str]) -> str:
    full: str = read_words()["short"].get(word[0].casefold().rstrip("."), word[0])
    return full


def _apart(word: re.Match[str]) -> str:
    """Write "two-thirds" as two words, where each is a number."""
    known, parts = read_words(), word[0].casefold().split("-")
    is_number = all(part in known["numbers"] or part in known["parts"] for part in parts)
    return word[0].replace("-", " ") if is_number else word[0]


def _without_parts(count: re.Match[str]) -> str:
    """Leave out how many kinds are in it: a "3-bean salad" is one, a "3-egg omelet" three eggs."""
    word = count["word"].casefold()
    return count[0] if _unit(word) or word in read_words()["words"]["counted"] else ""


def _without_times(text: str) -> str:
    """Write "2 x 400 g cans" as "2 (400 g) cans" and "2 x 400 g tomatoes" as "800 g tomatoes"."""
    times = _TIMES.match(text)
    inner, rest = _take_amount(text[times.end() :]) if times else (None, text)
    if times is None or inner is None:
        return text
    if _take_unit(rest)[0]:
        return f"{times['count']} ({inner.count:g} {inner.unit}) {rest}"
    return f"{read_number(times['count']) * inner.count:g} {inner.unit} {rest}"


def _take_amount(text: str) -> tuple[LineAmount | None, str]:
    """Return the amount that a text begins with, and what follows it."""
    match = _AMOUNT.match(text)
    if match:
        low = read_number(match["low"])
        high = read_number(match["high"]) if match["high"] else low
        words = text[match.end() :].lstrip("- ").split()
        share, words = _fullness(words[_of_a(words) :])
        unit, rest = _take_unit(" ".join(words))
        return LineAmount((low + high) / 2 * share, unit), rest
    return _amount_in_words(text)


def _fullness(words: list[str]) -> tuple[float, list[str]]:
    """Return how full a measure is, and the words from the measure on: "heaping Tbsp"."""
    share = read_words()["fullness"].get(words[0].casefold()) if words else None
    is_measure = share is not None and bool(_take_unit(" ".join(words[1:]))[0])
    return (float(share or 1.0), words[1:]) if is_measure else (1.0, words)


def _amount_in_words(text: str) -> tuple[LineAmount | None, str]:
    """Read "a pinch of", "half a cup of", "two thirds of a bag of", "a slice and a half of"."""
    bare = read_words()["words"]["bare"]
    count, words = _count_in_words(_HYPHENED.sub(_apart, text).split())
    told = " ".join(words)
    unit, rest = _take_unit(told)
    is_of = told.endswith(f" of {rest}") or unit in bare
    if count is None and not (unit and is_of):
        return None, text
    more, rest = _and_a_part(rest) if unit else (0.0, rest)
    return LineAmount((1.0 if count is None else count) + more, unit), rest


def _count_in_words(words: list[str]) -> tuple[float | None, list[str]]:
    """Return the number that words begin with, and those after it: "three quarters of a"."""
    small, values = [word.casefold() for word in words], list[float]()
    while (value := _value(small, len(values))) is not None:
        values.append(value)
    if not values:
        return None, words
    after = words[len(values) :]
    more, rest = _and_a_part(" ".join(after[_of_a(after) :]))
    return math.prod(values) + more, rest.split()


def _value(words: Sequence[str], place: int) -> float | None:
    """Return what a word says of a number, 1 for "whole"; ``None`` where a name begins."""
    known, word, after = read_words(), "".join(words[place : place + 1]), words[place + 1 :]
    if word in known["parts"]:
        return known["parts"][word] if _is_part(words, place) else None
    if word == "whole" and place and after and after[0] not in known["words"]["after_whole"]:
        return 1.0
    return 1.0 if word == "the" and after[:1] == ["whole"] else known["numbers"].get(word)


def _is_part(words: Sequence[str], place: int) -> bool:
    """Whether a word is a part of something, as "quarter" in "quarter pounder" is not."""
    after = words[place + 1 :]
    if words[place] == "half" or after[:1] == ["of"]:
        return after[:2] != ["and", "half"]
    unit, _ = _take_unit(" ".join(after))
    return bool(unit) and (place > 0 or unit not in read_words()["mass_g"])


def _and_a_part(text: str) -> tuple[float, str]:
    """Read what "and a half" adds to the number or measure before it; 0 where it does not stand."""
    match = _AND_A.match(text)
    part = read_words()["parts"].get(match["part"].casefold()) if match else None
    return (part, text[match.end() :]) if match and part else (0.0, text)


def _of_a(words: Sequence[str]) -> int:
    """Return how many words stand between a part and what it is of: 2 for "of a", 1 for "the"."""
    is_of = words[:1] == ["of"]
    return is_of + (words[is_of : is_of + 1] != [] and words[is_of] in _articles())


def _articles() -> Sequence[str]:
    articles: Sequence[str] = read_words()["words"]["articles"]
    return articles


def _take_unit(text: str) -> tuple[str, str]:
    """Return the measure that a text begins with, in our words; blank where there is none."""
    words = text.split()
    for length in (2, 1):
        unit = _unit(" ".join(words[:length]).casefold().rstrip(".,"))
        if unit and len(words) >= length:
            rest = " ".join(words[length:])
            return unit, rest.removeprefix("of ")
    return "", text


def _unit(word: str) -> str:
    known = read_words()
    word = known["units"].get(word, word)
    measures = {*known["volume_ml"], *known["mass_g"], *known["units"].values()}
    return word if word in measures else ""


def _take_size(text: str) -> tuple[str, str]:
    first, _, rest = text.partition(" ")
    size = first.casefold().rstrip(",")
    return (size, rest) if size in read_words()["words"]["sizes"] else ("", text)


def _measure_after(
    amount: LineAmount, other: LineAmount | None, text: str
) -> tuple[LineAmount, LineAmount | None, str]:
    """Read "2 large cans" and "1 14-oz can", whose measure does not follow the number at once."""
    inner, rest = _take_amount(text) if text[:1].isdigit() else (None, text)
    unit, after = _take_unit(rest)
    if not unit or (inner and unit == inner.unit):
        return amount, other, text
    return LineAmount(amount.count, unit), inner or other, after


def _packed(
    amount: LineAmount | None, other: LineAmount | None, text: str
) -> tuple[LineAmount | None, LineAmount | None, str]:
    """Read "400g can tomatoes" as one can that holds so much."""
    unit, after = _take_unit(text)
    known = read_words()
    if amount and amount.unit in known["mass_g"] and unit in known["words"]["packed_in"]:
        return LineAmount(1.0, unit), amount, after
    return amount, other, text


def _split_name(text: str) -> tuple[str, str]:
    """Split at the first comma that has a food before it: "boneless, skinless thighs, cut up"."""
    text = _PARENTHESES.sub(" ", text)
    parts = [part.strip() for part in re.split(r",|;|\s-\s", text)]
    dropped = set(read_words()["words"]["dropped"])
    for place, part in enumerate(parts):
        purpose = _PURPOSE.search(part)
        if purpose:
            part = part[: purpose.start()]
            parts[place : place + 1] = [part, purpose[0]]
        words = {word.casefold() for word in _WORD.findall(part)}
        if words - dropped and not words <= _ADJECTIVES:
            return " ".join(parts[: place + 1]), " ".join(parts[place + 1 :])
    return " ".join(parts), ""


def _doubts(name: str, preparation: str, inside: str) -> tuple[str, ...]:
    known = read_words()["words"]
    around = _PLUS_MORE.sub("", f"{name} {preparation} {inside}".casefold())
    doubts = []
    if _CHOICE.search(name):
        doubts.append(DOUBT_CHOICE)
    if TWO_FOODS.search(name):
        doubts.append(DOUBT_TWO_FOODS)
    if _MORE.search(name) or _SECOND_NUMBER.match(name):
        doubts.append(DOUBT_ADDED)
    if any(word in around for word in known["part_only"]):
        doubts.append(DOUBT_PART)
    if any(word in around for word in known["optional"]):
        doubts.append(DOUBT_OPTIONAL)
    return tuple(doubts)


def _amount_inside(text: str) -> LineAmount | None:
    """Return the amount in parentheses, a mass before others: "(1 stick; 113 g)"."""
    found = (_take_amount(_after_about(part))[0] for part in _PARTS_INSIDE.split(text))
    amounts = [amount for amount in found if amount is not None and amount.unit]
    masses = read_words()["mass_g"]
    return next((amount for amount in amounts if amount.unit in masses), next(iter(amounts), None))


def _after_about(text: str) -> str:
    words = text.split()
    while words and not words[0][:1].isdigit():
        words = words[1:]
    return " ".join(words)


def words_of(line: str) -> list[str]:
    """Return the words of a line in small letters."""
    return [word.casefold() for word in _WORD.findall(line)]


def read_number(text: str) -> float:
    """Return the number that ``"1 1/2"`` or ``"0,5"`` is; 0 for a part of nothing."""
    total = 0.0
    for part in text.replace(",", ".").split():
        above, _, below = part.partition("/")
        total += float(above) / float(below or 1) if float(below or 1) else 0.0
    return total


_ADJECTIVES = frozenset(
    {"boneless", "skinless", "skin-on", "bone-in", "unsalted", "salted", "lean"}
)


_EACH = re.compile(r"(?P<amount>.*?\d.*?)\s+each\s+(?:of\s+)?(?P<names>\D+)", re.IGNORECASE)
_BETWEEN = re.compile(r",\s*(?:and\s+)?|\s+(?:and|&)\s+", re.IGNORECASE)


def is_section(line: str, others: Sequence[str] = ()) -> bool:
    """Whether a line among ``others`` is the heading of a part: "For the sauce:", "TOPPING"."""
    is_loud = line.isupper() and not any(map(str.isdigit, line))
    return line.rstrip().endswith(":") or (is_loud and not all(map(str.isupper, others)))


def parted_line(line: str) -> tuple[str, ...]:
    """Return the lines that a line stands for: "1 tsp each cumin and mint", "salt and pepper"."""
    each = _EACH.fullmatch(line)
    if each:
        names = filter(None, _BETWEEN.split(each["names"].strip()))
        return tuple(f"{each['amount']} {name}" for name in names)
    seasoning = read_words()["seasoning"]
    both = [food.strip() for food in TWO_FOODS.split(line)]
    if any(map(str.isdigit, line)) or not all(set(words_of(food)) & {*seasoning} for food in both):
        return (line,)
    return tuple(seasoning.get(food.casefold(), food) for food in both)


_NO_BRACES = str.maketrans("{}", "()")
_RECIPE_STEPS_NUMBER = r"(?:\d+ \d+/\d+|\d+/\d+|\d+(?:\.\d+)?)"
_RECIPE_STEPS_AMOUNT = re.compile(
    rf"(?<![\w./-])(?P<number>{_RECIPE_STEPS_NUMBER})[ -]?"
    r"(?P<unit>[A-Za-z]+)\b(?! ?/)(?P<after>[ -]\w+)?"
)
_VULGAR = re.compile(r"[\u00bc-\u00be\u2150-\u215e]")
_CLAUSE = re.compile(r"(?<=[.;])\s+")


def as_scaled(step: str) -> str:
    """Write the amounts of a step in braces: ``"Add {250 ml} water"``."""
    clauses = _CLAUSE.split(step.translate(_NO_BRACES))
    return " ".join(map(_scaled, clauses))


def _scaled(clause: str) -> str:
    told = read_words()["steps"]
    if set(clause.casefold().replace(",", " ").split()) & set(told["for_each"]):
        return clause
    text = plain_text(clause) if _VULGAR.search(clause) else clause
    return _RECIPE_STEPS_AMOUNT.sub(_braced, text)


def _braced(match: re.Match[str]) -> str:
    known, after = read_words(), match["after"] or ""
    unit = match["unit"].casefold()
    unit = known["units"].get(unit, unit) if len(unit) > 1 else unit  # 180 C is no cup
    packed = known["units"].get(after[1:].casefold(), after[1:].casefold())
    if packed in known["words"]["packed_in"]:
        return match[0]
    if unit in known["steps"]["units"]:
        return f"{{{match['number']} {known['steps']['units'][unit]}}}{after}"
    if unit in ("oz", "lb"):
        mass_g = _recipe_steps_value(match["number"]) * known["mass_g"][unit]
        return f"{{{mass_g:.0f} g}}{after}"
    return match[0]


def _recipe_steps_value(text: str) -> float:
    parts = (part.partition("/") for part in text.split())
    return sum(float(above) / float(below or 1) for above, _, below in parts)
