"""One food of a line of a diary: its name, and how much of it, wherever that stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from foods.name_words import name_words, plain_words, without_talk, word_sets
from foods.recipe_line import LineAmount, ParsedLine, in_full, parse_line, read_words
from planner.diary.amounts import NUMBER, SERVING
from planner.diary.names import NameBook

_NUMBER = rf"(?:{NUMBER}|[\u00bc-\u00be\u2150-\u215e])"
_BEHIND = re.compile(rf"[\s,:;(-]+(?:x\s*)?(?={_NUMBER}(?![\d.,]*\s*%))", re.IGNORECASE)
_BEHIND_COMMA = re.compile(r",\s*(?=[a-z])", re.IGNORECASE)
_NUMBERED = re.compile(rf"{_NUMBER}\s*(?:x\s+)?")
_SPOON = re.compile(rf"({_NUMBER})\s*(T|t)\b(?!\.?sp|bsp)")
_SPOONS = {"T": "tbsp", "t": "tsp"}
_SHARE = re.compile(rf"{_NUMBER}\s*%\s*[^\W\d]")
_SIZE = re.compile(r"(?P<name>[^\W\d].*?)[\s,(]+(?P<size>small|medium|large)\)?", re.IGNORECASE)
MAKER = " - "
ITEM = re.compile(r"\s(?:-|–)\s(?=\d)")


@dataclass(frozen=True, slots=True)
class LinePart:
    """One food of a line.

    Parameters
    ----------
    name
        Its words, without the amount.
    line
        The amount, as ``parse_line`` reads it.
    instead
        What of it counts where no amount is said: a ``"serving"``, or what goes ``"beside"``.
    sure
        How sure it is at most that this is what the line says [0 to 1].
    is_guessed
        Whether the amount is that of a usual meal, since the line says none.
    """

    name: str
    line: ParsedLine
    instead: str = SERVING
    sure: float = 1.0
    is_guessed: bool = False


def part_of(text: str, book: NameBook, instead: str = SERVING) -> LinePart:
    """Read one food; a measure that nothing follows is the food itself: ``"2 ribs"``."""
    line = parse_line(in_front(text))
    if line.amount is not None and line.amount.unit and line.text[:1].isdigit():
        whole = _NUMBERED.sub("", line.text)
        if book.is_usual(whole):  # "2 pot noodles"
            line = replace(line, amount=replace(line.amount, unit=""), rest=whole)
    line = _sold_by(_measured_behind(line, book), book)
    is_name = line.amount is not None and not any(map(str.isdigit, text)) and book.is_called(text)
    if is_name and not book.is_called(line.rest):  # half and half
        return LinePart(text, parse_line(""), instead)
    return LinePart(line.rest or re.sub(rf"^{_NUMBER}\s*", "", line.text), line, instead)


def _sold_by(line: ParsedLine, book: NameBook) -> ParsedLine:
    """Read what is sold by a measure as that: 6 inch turkey is a sub."""
    kind = read_words()["sold_by"].get(line.amount.unit, "") if line.amount else ""
    named = f"{line.rest} {kind}"
    return replace(line, rest=named) if kind and book.is_called(named) else line


def _measured_behind(line: ParsedLine, book: NameBook) -> ParsedLine:
    """Take a measure from the end of a name that nothing has: turkey sausage links."""
    name, _, measure = line.rest.rpartition(" ")
    unit = parse_line(f"1 {measure}").amount
    if not name or unit is None or not unit.unit:
        return line
    is_number = line.amount is not None and not line.amount.unit  # "5 apple slices"
    is_cut = is_number and name_words(measure)[0] in word_sets()["dropped"]
    if book.is_usual(line.rest) if is_cut else book.find(line.rest).item_id:
        return line
    is_one = plain_words(measure)[:1] == (measure.casefold(),)  # squares are some
    count = (
        line.amount.count if line.amount else read_words()["numbers"]["a" if is_one else "couple"]
    )
    if not book.find(name).item_id:
        return line
    if line.amount and line.amount.unit:
        return replace(line, rest=name)
    return replace(line, amount=LineAmount(count, unit.unit), rest=name)


def in_front(text: str) -> str:
    """Put an amount that stands behind the name before it: ``"beef, 3 oz"``."""
    text = _SPOON.sub(lambda one: f"{one[1]} {_SPOONS[one[2]]}", in_full(text.strip()))
    size = _SIZE.fullmatch(text)
    is_titled, text = MAKER in ITEM.sub(" ", text), ITEM.sub(" ", text)
    for found in (*_BEHIND.finditer(text), *_BEHIND_COMMA.finditer(text)):
        name, amount = text[: found.start()], text[found.end() :].rstrip(" )")
        line = parse_line(amount)
        if line.rest in read_words()["words"]["bare"]:  # "yogurt, 125 g pot"
            amount, line = amount.removesuffix(line.rest), replace(line, rest="")
        left = without_talk(_bare_words(line.rest))
        if not (name[:1].isalpha() or _SHARE.match(name)) or line.amount is None:
            continue
        if left and not without_talk(name_words(name)):  # "Subway 6-inch turkey sub"
            return amount
        if {*left} <= word_sets()["behind"]:  # "chicken thighs, 2, skinless"
            return f"{amount.replace(', ', ' ')} {name}"
        if {*left} <= {*name_words(name)} or (is_titled and len(left) == 1):
            return f"{line.amount.count:g} {name}"  # "Eggs, 2 egg", "Big Mac, 1 burger"
    if size:
        return f"{size['size']} {size['name']}"
    measure = _measured_name().fullmatch(text)  # "orange juice, small glass"
    return f"{measure['measure']} of {measure['name']}" if measure else text


def _bare_words(text: str) -> tuple[str, ...]:
    """Give the words of a text that are no words of state."""
    return tuple(word for word in name_words(text) if word not in word_sets()["states"])


@cache
def _measured_name() -> re.Pattern[str]:
    sizes, bare = ("|".join(read_words()["words"][one]) for one in ("sizes", "bare"))
    parts = "|".join(read_words()["parts"])
    measure = rf"(?P<measure>(?:(?:{parts})\s+(?:an?\s+)?)?(?:(?:{sizes})\s+)?(?:{bare}))"
    return re.compile(rf"(?P<name>[^\W\d].*?)[\s,(]+{measure}\)?", re.IGNORECASE)
