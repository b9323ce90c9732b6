"""A line of a diary, taken apart: how much of what, and what goes with it.

``"beef, 3 oz"``, ``"15 grapes"``, ``"cup of coffee with milk and sugar"``: amounts stand before or
behind the name, and what is joined by words is read as several foods only where nothing of ours has
the whole name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from foods.name_words import Words, in_order, name_words, without_talk, word_sets
from foods.recipe_line import ParsedLine, parse_line, read_words
from planner.diary.amounts import NUMBER, SERVING
from planner.diary.names import NameBook

BESIDE = "beside"

_NUMBER = rf"(?:{NUMBER}|[\u00bc-\u00be\u2150-\u215e])"
_BEHIND = re.compile(rf"[\s,:;(-]+(?:x\s*)?(?={_NUMBER}(?![\d.,]*\s*%))", re.IGNORECASE)
_NUMBERED = re.compile(rf"{_NUMBER}\s*(?:x\s+)?")
_SPOON = re.compile(rf"({_NUMBER})\s*(T|t)\b(?!\.?sp|bsp)")
_SPOONS = {"T": "tbsp", "t": "tsp"}
_SIZE = re.compile(r"(?P<name>[^\W\d].*?)[\s,(]+(?P<size>small|medium|large)\)?", re.IGNORECASE)
_MAKER = " - "
_ITEM = re.compile(r"\s(?:-|–)\s(?=\d)")


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
    """

    name: str
    line: ParsedLine
    instead: str = SERVING


def read_line(text: str, book: NameBook, amount: str = "") -> tuple[LinePart, ...]:
    """Take a line apart.

    Parameters
    ----------
    text
        The food as written, with or without an amount.
    book
        What has names.
    amount
        How much of it, where that is told apart from the food.
    """
    head = text.partition(":")[0]  # "smoothie: spinach, banana" says what is in it
    text = head if not any(map(str.isdigit, head)) and book.is_called(head) else text
    text = _spelled_out().get(_meal_words(text), text)
    if not any(map(str.isdigit, text)) and book.is_called(text):
        return (_called(text, amount),)
    if _MAKER in _ITEM.sub(" ", text):
        return (_titled(text, book, amount),)
    pieces = _pieces(_in_front(text), book)
    first, *others = (_part(one, book, instead) for one, instead in pieces)
    if amount:
        first = replace(first, line=parse_line(amount))
    return (first, *others)


def _called(text: str, amount: str) -> LinePart:
    """Read a line that is a name as it stands; a size in it counts: ``"large cola"``."""
    line, words = parse_line(amount), parse_line(text).said
    size = next((one for one in read_words()["words"]["sizes"] if one in words), "")
    return LinePart(text, line if amount else replace(line, size=size))


def _titled(text: str, book: NameBook, amount: str) -> LinePart:
    """Read ``"Maker - Food, how it is, 1 cup"``: one food, under its surest part."""
    part = _part(text, book)
    maker, _, food = part.name.partition(_MAKER)
    names = filter(None, (part.name, food, food.partition(",")[0], maker))
    part = replace(part, name=max(names, key=lambda one: book.find(one).sure))
    return replace(part, line=parse_line(amount)) if amount else part


def _in_front(text: str) -> str:
    """Put an amount that stands behind the name before it: ``"beef, 3 oz"``."""
    text = _SPOON.sub(lambda one: f"{one[1]} {_SPOONS[one[2]]}", text.strip())
    size = _SIZE.fullmatch(text)
    is_titled, text = _MAKER in _ITEM.sub(" ", text), _ITEM.sub(" ", text)
    for found in _BEHIND.finditer(text):
        name, amount = text[: found.start()], text[found.end() :].rstrip(" )")
        line = parse_line(amount)
        if line.rest in read_words()["words"]["bare"]:  # "yogurt, 125 g pot"
            amount, line = amount.removesuffix(line.rest), replace(line, rest="")
        left = without_talk(_bare_words(line.rest))
        if not name[:1].isalpha() or line.amount is None:
            continue
        if not left:
            return f"{amount} {name}"
        if {*left} <= {*name_words(name)} or (is_titled and len(left) == 1):
            return f"{line.amount.count:g} {name}"  # "Eggs, 2 egg", "Big Mac, 1 burger"
    if size:
        return f"{size['size']} {size['name']}"
    measure = _measured_name().fullmatch(text)  # "orange juice, small glass"
    return f"{measure['measure']} of {measure['name']}" if measure else text


def _bare_words(text: str) -> tuple[str, ...]:
    """Give the words of a text that are no words of state."""
    return tuple(word for word in name_words(text) if word not in word_sets()["states"])


def _pieces(text: str, book: NameBook) -> list[tuple[str, str]]:
    """Part a line into foods, each with what counts of it where it says no amount."""
    text = _left_out().sub("", text)
    if book.is_called(_part(text, book).name):
        return [(text, SERVING)]
    head, *tail = _splits("beside").split(text)
    nothing = read_words()["words"]["beside_nothing"]
    told = [piece for piece in tail if piece.strip() not in nothing]
    if head.strip() and len(told) < len(tail):
        return _pieces(" with ".join([head, *told]), book)
    more = [one for piece in tail for one in _joined(piece, book)]
    is_head = head.strip() and book.find(_part(head, book).name).item_id
    whole = book.find(_part(text, book).name)
    is_whole = not is_head and whole.sure >= read_words()["sure"]["mended"]
    # what is beside it may be unknown: the food itself counts, and that is listed
    is_beside = more and (
        all(book.find(_part(one, book).name).item_id for one in more)
        or (is_head and not whole.item_id)
    )
    if head.strip() and is_beside and not is_whole:
        return [*_pieces(head, book), *((one, BESIDE) for one in more)]
    both = [one for one in _splits("also").split(text) if one.strip()]
    if len(both) > 1 and all(book.is_called(_part(one, book).name) for one in both):
        return [(one, SERVING) for one in both]
    return [(text, SERVING)]


def _joined(text: str, book: NameBook) -> list[str]:
    """Part what is joined by "and", unless it is a name as it stands: half and half."""
    if book.is_called(text):
        return [text]
    return [one for one in _splits("also").split(text) if one.strip()]


@cache
def _splits(kind: str) -> re.Pattern[str]:
    """Give the pattern of the words that join what goes together."""
    words = "|".join(
        rf"\s*{re.escape(one)}\s*" if not one[-1].isalpha() else rf"\s+{re.escape(one)}\s+"
        for one in read_words()["words"][kind]
    )
    return re.compile(words, re.IGNORECASE)


@cache
def _measured_name() -> re.Pattern[str]:
    sizes, bare = ("|".join(read_words()["words"][one]) for one in ("sizes", "bare"))
    measure = rf"(?P<measure>(?:(?:{sizes})\s+)?(?:{bare}))"
    return re.compile(rf"(?P<name>[^\W\d].*?)[\s,(]+{measure}\)?", re.IGNORECASE)


@cache
def _spelled_out() -> Mapping[Words, str]:
    """Give the words of a meal that is several foods → these foods."""
    return {_meal_words(one): foods for one, foods in read_words()["spelled_out"].items()}


def _meal_words(text: str) -> Words:
    return in_order(without_talk(name_words(_left_out().sub("", text))))


@cache
def _left_out() -> re.Pattern[str]:
    words = "|".join(map(re.escape, read_words()["words"]["left_out"]))
    return re.compile(rf"(?<=\w)[\s,(]+(?:{words})\s(?!fat\b).*", re.IGNORECASE)


def _part(text: str, book: NameBook, instead: str = SERVING) -> LinePart:
    """Read one food; a measure that nothing follows is the food itself: ``"2 ribs"``."""
    line = parse_line(_in_front(text))
    if line.amount is not None and line.amount.unit and line.text[:1].isdigit():
        whole = _NUMBERED.sub("", line.text)
        if book.is_usual(whole):  # "2 pot noodles"
            line = replace(line, amount=replace(line.amount, unit=""), rest=whole)
    is_name = line.amount is not None and not any(map(str.isdigit, text)) and book.is_called(text)
    if is_name and not book.is_called(line.rest):  # half and half
        return LinePart(text, parse_line(""), instead)
    return LinePart(line.rest or re.sub(rf"^{_NUMBER}\s*", "", line.text), line, instead)
