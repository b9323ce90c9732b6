"""A line of a diary, taken apart: how much of what, meals of several foods, what names are about.

The thing itself stands last in English: ``"trader joes cauliflower gnocchi"`` is gnocchi. What only
says of what a dish is, or how it tastes, is not the thing: ``"ramen pack chicken flavor"``.

``"beef, 3 oz"``, ``"15 grapes"``, ``"cup of coffee with milk and sugar"``: amounts stand before or
behind the name, and what is joined by words is read as several foods only where nothing of ours has
the whole name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from foods.name_reader import (
    Words,
    in_order,
    name_words,
    plain_words,
    without_state,
    without_talk,
    word_sets,
)
from foods.recipe_line import LineAmount, ParsedLine, in_full, parse_line, read_words
from planner.diary.diary import DISH, FOOD
from planner.diary.formats import NUMBER, SERVING
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
    """Return the words of a text that are no words of state."""
    return tuple(word for word in name_words(text) if word not in word_sets()["states"])


@cache
def _measured_name() -> re.Pattern[str]:
    sizes, bare = ("|".join(read_words()["words"][key]) for key in ("sizes", "bare"))
    parts = "|".join(read_words()["parts"])
    measure = rf"(?P<measure>(?:(?:{parts})\s+(?:an?\s+)?)?(?:(?:{sizes})\s+)?(?:{bare}))"
    return re.compile(rf"(?P<name>[^\W\d].*?)[\s,(]+{measure}\)?", re.IGNORECASE)


_NO_SPACE = re.compile(r"[ -]")
_INCH = re.compile(r"(\d)\s*(?:[\"\u201d\u2033]|'')")
_WITH = re.compile(r"(?<![\w'])w(?:/(?!o)|(?=\s))\s*", re.IGNORECASE)
_NO_WORD = re.compile(r"[:;]-?[()]|#\s*\d+")


def in_words(text: str) -> str:
    """Write a line in plain words, and leave out what says nothing of which food it is."""
    return _without_numbers(in_full(_plain(text)))


def _plain(text: str) -> str:
    """Write signs in words, and leave out what says nothing: 6" is 6 inch."""
    text = _WITH.sub("with ", _INCH.sub(r"\1 inch ", text))
    return _no_food().sub(" ", _NO_WORD.sub(" ", text)).strip()


def _without_numbers(text: str) -> str:
    """Write names that begin with a number in words: 7 up is no seven of something."""
    return _numbered().sub(
        lambda one: _numbers_in_words()[_NO_SPACE.sub("", one[0].casefold())], text
    )


@cache
def _no_food() -> re.Pattern[str]:
    words = "|".join(map(re.escape, read_words()["words"]["no_food"]))
    return re.compile(rf"(?:^|(?<=\w)[\s,(]+)(?:{words})\b\)?", re.IGNORECASE)


@cache
def _numbers_in_words() -> Mapping[str, str]:
    return {_NO_SPACE.sub("", name): words for name, words in read_words()["numbered"].items()}


@cache
def _numbered() -> re.Pattern[str]:
    names = sorted(read_words()["numbered"], key=len, reverse=True)
    spaced = "|".join(re.escape(name).replace(r"\ ", r"[ -]?") for name in names)
    return re.compile(rf"(?<![\w.,/])(?:{spaced})(?![\w/])", re.IGNORECASE)


_TOKEN = re.compile(r"[^\s,;()/]+")
_MOST = 12  # words of a name that are looked at
_LETTERS = 3  # of a name: "up" is none
_FLAVOR, _SEASONING, _FILLING, _THING = range(4)


@dataclass(frozen=True, slots=True)
class _Span:
    """Words of a name that are a name themselves."""

    text: str
    kind: int


def cores(name: str, book: NameBook, is_meal: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the foods a name is about, the main one first; empty where only flavors are known.

    Parameters
    ----------
    name
        What nothing is called.
    book
        What has names.
    is_meal
        Whether a text is a meal of several foods.
    """
    words = _unflavored(_TOKEN.findall(name)[:_MOST])
    packed = [place for place, word in enumerate(words) if place and _is_packing(word)]
    if packed and packed[0] < len(words) - 1:  # "tuna pouch lemon pepper"
        front, bare = " ".join(words[: packed[0]]), [*words]
        del bare[packed[0]]
        front = " ".join(bare) if book.is_ours(" ".join(bare)) else front
        found = cores(front, book, is_meal) or ((front,) if book.is_ours(front) else ())
        return (f"{words[packed[0]]} of {found[0]}",) if found else ()
    spans, is_whole = _spans(words, book, is_meal)
    last = spans[-1].text.split() if spans else []
    is_other = bool({*name_words(" ".join(words[-1:]))} & word_sets()["other_things"])
    if is_other and (last[-1:] != [*words[-1:]] or len(last) == 1):
        return ()  # "fish oil" is no fish
    things = [span for span in spans if span.kind == _THING]
    if things:
        is_beside = is_whole and spans[-1].kind == _SEASONING and spans[-2:-1] == things[-1:]
        return (things[-1].text, *([spans[-1].text] if is_beside else []))
    fillings = [span.text for span in spans if span.kind == _FILLING]
    if fillings:
        return tuple(fillings) if is_whole else (fillings[-1],)
    made = book.made_by(name)
    return (made,) if made else tuple(span.text for span in spans[-1:] if span.kind == _SEASONING)


def _is_packing(word: str) -> bool:
    return word.casefold() in read_words()["words"]["packings"]


def named_parts(text: str, book: NameBook) -> list[str]:
    """Part words into names without a word left over: "ham cheese tomato"; empty where one is."""
    spans, is_whole = _spans(_TOKEN.findall(text), book, lambda _: False)
    return [span.text for span in spans] if is_whole else []


def _unflavored(words: Sequence[str]) -> list[str]:
    """Leave out the word before "flavor", and that itself."""
    flavor = {*read_words()["words"]["flavor"]}
    bare = [word.casefold() for word in words]
    at = [place for place, word in enumerate(bare) if word in flavor]
    out = {place - back for place in at for back in (0, 1) if place}
    return [word for place, word in enumerate(words) if place not in out]


def _spans(
    words: Sequence[str], book: NameBook, is_meal: Callable[[str], bool]
) -> tuple[list[_Span], bool]:
    """Part words into the longest names, from the last word on, and whether none is left over."""
    found, is_whole, end = list[_Span](), True, len(words)
    while end > 0:
        start = next((at for at in range(end) if _is_name(words[at:end], book, is_meal)), -1)
        if start >= 0:
            text = " ".join(words[start:end])
            found.append(_Span(text, _kind(text, book)))
        elif without_talk(name_words(words[end - 1])):
            is_whole = False
        end = start if start >= 0 else end - 1
    return found[::-1], is_whole


def _is_name(words: Sequence[str], book: NameBook, is_meal: Callable[[str], bool]) -> bool:
    text = " ".join(words)
    told = without_talk(without_state(name_words(text)))
    if len("".join(told)) < _LETTERS:
        return False
    is_kind = {*told} <= word_sets()["kinds"] and not book.is_usual(text)
    is_food = not is_kind and book.is_ours(text) and bool(book.find(text).item_id)
    return is_food or is_meal(text)


def _kind(text: str, book: NameBook) -> int:
    """Return what words may be of a name: a thing, of what it is, or how it tastes."""
    told, sets = {*without_talk(without_state(name_words(text)))}, word_sets()
    if told & sets["made_of"]:
        return _THING
    if told <= sets["fillings"]:
        return _FILLING
    if told <= sets["flavors"] | sets["fatness"]:
        return _FLAVOR
    found = book.find(text)
    is_food = found.kind == FOOD and bool(found.item_id)
    group = book.food(found.item_id).group if is_food else ""
    if group == "plant_drink":
        return _FILLING  # "iced mocha oat milk"
    return _SEASONING if group in read_words()["words"]["seasoning_groups"] else _THING


def told_as(text: str, book: NameBook) -> str:
    """Return the foods that a meal is, as a diary would list them; blank for no such meal."""
    for name in (text, part_of(text, book).name):
        foods = _meals(is_joined=True).get(in_order(name_words(name)), "")
        if not foods and not book.is_usual(name):  # cheese and crackers, but no cheese crackers
            foods = _meals(is_joined=False).get(_meal_words(name), "")
        if foods:
            return foods
    return ""


def share_of(line: ParsedLine, parts: Iterable[LinePart]) -> float:
    """Return how much of a meal a line says, as its foods are listed; 1 where that is not known."""
    amount, words = line.amount, read_words()
    if amount is None or amount.unit in ("", "piece", SERVING):
        return amount.count if amount else 1.0
    grams: Mapping[str, float] = {**words["volume_ml"], **words["mass_g"]}
    inside = [part.line.amount for part in parts]
    if amount.unit not in grams or any(one is None or one.unit not in grams for one in inside):
        return 1.0
    whole_g = sum(one.count * grams[one.unit] for one in inside if one is not None)
    return amount.count * grams[amount.unit] / whole_g


def times(line: ParsedLine, share: float) -> ParsedLine:
    """Return an amount so many times; where none is said, of a serving."""
    if share == 1.0:
        return line
    amount = line.amount or LineAmount(1.0, SERVING)
    return replace(line, amount=LineAmount(amount.count * share, amount.unit))


@cache
def _meals(*, is_joined: bool) -> Mapping[Words, str]:
    """Return the words of a meal, with what joins them or without → the foods that it is."""
    told = read_words()["spelled_out"].items()
    meals = {
        in_order(name_words(one)) if is_joined else _meal_words(one): foods for one, foods in told
    }
    return {words: foods for words, foods in meals.items() if words}


def _meal_words(text: str) -> Words:
    return in_order(without_talk(name_words(left_out().sub("", text))))


@cache
def left_out() -> re.Pattern[str]:
    """Return the pattern of what a line says is left out, up to the next food."""
    words = "|".join(map(re.escape, read_words()["words"]["left_out"]))
    return re.compile(rf"(?<=\w)[\s,(]+(?:{words})\s(?!fat\b)(?:(?! with )[^,+])*", re.IGNORECASE)


BESIDE = "beside"

_BUTTERED = re.compile(r"[\s,]*\bbuttered\b", re.IGNORECASE)
_LINE_MOST = 3  # helpings of a meal
_LIST = 3  # foods behind a dash that are a list
_LINE_NUMBER = re.compile(r"\d(?![\d.,/]*\s*%)")
_HEADING = re.compile(r"(?P<head>[^\W\d][^:,]*?)(?P<sign>:|\s[-\u2013]\s)\s*(?P<tail>\S.*)")


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
    text = _listed(in_words(text), book)
    meal = _meal(text, book, amount)
    if meal:
        return meal
    text = _with_butter(text, book)
    is_whole = book.is_usual(text) or not left_out().search(text)  # "burger, no bun" is no bun
    is_name = is_whole and not any(map(str.isdigit, text)) and _is_one(text, book)
    if is_name and not _is_measured(text, book):
        return (_called(text, amount),)
    if MAKER in ITEM.sub(" ", text):
        return (_titled(text, book, amount),)
    pieces = _pieces(in_front(text), book)
    read = (_meal(piece, book) or _about(piece, book, instead) for piece, instead in pieces)
    first, *others = _as_beside([part for parts in read for part in parts])
    if amount:
        first = replace(first, line=parse_line(amount))
    return (first, *others)


def _listed(text: str, book: NameBook) -> str:
    """Read what a list is headed by: a "plate: chicken, rice" is these, a wrap its bread, too."""
    found = _HEADING.fullmatch(text)
    if not found or any(map(str.isdigit, found["head"])):
        return text
    head, tail = found["head"], found["tail"]
    known = [piece for piece in tail.split(",") if _is_listed(piece, book)]
    carrier = read_words()["carriers"].get(" ".join(name_words(head)[-1:]), "")
    is_made = {*name_words(head)} <= word_sets()["made_of"]  # "smoothie: spinach, banana"
    is_long = len(known) >= _LIST
    is_list = is_long or (len(known) > 1 and not is_made)
    if is_list and (found["sign"] == ":" or is_long or carrier):
        is_food = carrier and not {*name_words(head)} & word_sets()["heads"]
        return f"{carrier}, {tail}" if is_food else tail
    if found["sign"] != ":" and not is_made:
        return text
    return head if _is_known(head, book) else tail


def _is_listed(text: str, book: NameBook) -> bool:
    part, known = part_of(text, book), word_sets()["flavors"] - word_sets()["fillings"]
    return not {*name_words(part.name)} <= known and _is_known(text, book)


def _about(text: str, book: NameBook, instead: str) -> tuple[LinePart, ...]:
    """Read one food; of a name that nothing has what it is about, which is less sure."""
    part = part_of(text, book, instead)
    if book.find(part.name).item_id:
        return (part,)
    number = _LINE_NUMBER.search(part.name)
    if number:
        return _about_number(part, part.name[: number.start()], part.name[number.start() :], book)
    main, *others = cores(part.name, book, lambda one: bool(told_as(one, book))) or (part.name,)
    if main == part.name:
        return (part,)
    sure, own = read_words()["sure"]["akin"], part_of(main, book, instead)
    own = own if own.line.amount and not part.line.amount else LinePart(main, part.line, instead)
    meal = _meal(main, book)
    share = share_of(part.line, meal) if meal else 1.0
    meal = tuple(replace(line_part, line=times(line_part.line, share)) for line_part in meal)
    parts = [replace(line_part, sure=sure) for line_part in meal or [own]]
    return (*parts, *(LinePart(other, parse_line(""), BESIDE, sure) for other in others))


def _about_number(part: LinePart, head: str, tail: str, book: NameBook) -> tuple[LinePart, ...]:
    """Read a name that has a number inside: how much of it, or what is in it: "3 slices"."""
    found = (_meal(head, book) or _about(head, book, part.instead)) if head.strip() else ()
    if not found or not book.find(found[0].name).item_id:
        tail = re.sub(rf"^{NUMBER}\s*", "", tail) if part.line.amount else tail
        return _about(tail, book, part.instead) if not _LINE_NUMBER.search(tail[1:]) else (part,)
    line = parse_line(tail)
    is_amount = bool(line.amount and line.amount.unit) and not part.line.amount
    return (replace(found[0], line=line), *found[1:]) if is_amount else found


def _meal(text: str, book: NameBook, amount: str = "") -> tuple[LinePart, ...]:
    """Read a meal that is several foods; empty where it is none. So many, or so much, of it."""
    told, own = told_as(text, book), part_of(text, book).line
    if not told:
        return ()
    out = left_out().search(text)
    without = {*name_words(out[0])} if out else {*()}
    parts = tuple(
        part_of(piece, book, instead)
        for piece, instead in _pieces(told, book)
        if without.isdisjoint(name_words(piece))
    )
    if own.amount and own.amount.count > _LINE_MOST and not own.amount.unit and len(parts) > 1:
        return ()  # "6 crackers with cheese" are no six helpings
    share = share_of(parse_line(amount) if amount else own, parts)
    share *= read_words()["sizes"].get(own.size, 1.0) if not own.amount else 1.0
    is_guessed = not amount and own.amount is None
    return tuple(replace(one, line=times(one.line, share), is_guessed=is_guessed) for one in parts)


def _as_beside(parts: list[LinePart]) -> list[LinePart]:
    """Read chips beside fish as fries, and tomato sauce beside a pie as ketchup."""
    known = read_words()["beside_means"]
    beside = {word for part in parts for word in name_words(part.name)}
    meant = {
        phrase: row["means"]
        for phrase, row in known.items()
        if beside & {*row["with"]} and beside.isdisjoint(row.get("unless", ()))
    }
    names = (meant.get(" ".join(name_words(part.name)), part.name) for part in parts)
    return [replace(part, name=name) for part, name in zip(parts, names, strict=True)]


def _with_butter(text: str, book: NameBook) -> str:
    """Read "crumpets, buttered" as crumpets with butter, unless something is called so."""
    bare = _BUTTERED.sub(" ", text).strip(" ,")
    return text if bare == text or book.is_called(text) else f"{bare} with butter"


def _is_measured(text: str, book: NameBook) -> bool:
    """Whether a name is a measure of something: a clove of garlic, and no cream of wheat."""
    line, words = parse_line(text), read_words()["words"]
    unit = line.amount.unit if line.amount else ""
    is_measure = bool(unit) and unit in {*word_sets()["dropped"], *words["bare"], *words["cuts"]}
    return is_measure and " of " in text.casefold() and book.is_called(line.rest)


def _called(text: str, amount: str) -> LinePart:
    """Read a line that is a name as it stands; a size in it counts: ``"large cola"``."""
    line, words = parse_line(amount), parse_line(text).said
    size = next((one for one in read_words()["words"]["sizes"] if one in words), "")
    return LinePart(text, line if amount else replace(line, size=size))


def _titled(text: str, book: NameBook, amount: str) -> LinePart:
    """Read ``"Maker - Food, how it is, 1 cup"``: one food, under its surest part."""
    part = part_of(text, book)
    maker, _, food = part.name.partition(MAKER)
    names = filter(None, (part.name, food, food.partition(",")[0], maker))
    part = replace(part, name=max(names, key=lambda one: book.find(one).sure))
    return replace(part, line=parse_line(amount)) if amount else part


def _pieces(text: str, book: NameBook) -> list[tuple[str, str]]:
    """Part a line into foods, each with what counts of it where it says no amount."""
    text = left_out().sub("", text)
    is_one = _is_one(part_of(text, book).name, book) or (
        "," not in text and bool(_meal(text, book))
    )
    if is_one and not _is_spooned_dish(text, book):
        return [(text, SERVING)]
    head, *tail = _headed(text, book)
    made = _made_with(head, tail, book)
    if made:
        return [(made, SERVING)]
    nothing = read_words()["words"]["beside_nothing"]
    told = [piece for piece in tail if piece.strip() not in nothing]
    if head.strip() and len(told) < len(tail):
        return _pieces(" with ".join([head, *told]), book)
    more = [part for piece in tail for part in _joined(piece, book)]
    if more and _is_sandwich(head, book):
        breads = [part for part in more if _is_bread(part, book)]
        more = [part for part in more if part not in breads]
        on_it = _on_bread(head, breads, book)
        if on_it:
            return [*on_it, *((part, BESIDE) for part in more)]
        if not more:
            return [(head, SERVING)]
    is_head = head.strip() and _is_known(head, book)
    whole = book.find(part_of(text, book).name)
    is_whole = not is_head and whole.sure >= read_words()["sure"]["mended"]
    # what is beside it may be unknown: the food itself counts, and that is listed
    is_beside = more and (
        all(_is_known(part, book) for part in more)
        or (not whole.item_id and (is_head or any(_is_known(part, book) for part in more)))
    )
    if head.strip() and is_beside and not is_whole:
        beside = [_under(part, text, book) for part in more]
        return [*_pieces(head, book), *((part, BESIDE) for part in beside)]
    return _as_several(text, bool(whole.item_id), book) or [(text, SERVING)]


def _under(text: str, line: str, book: NameBook) -> str:
    """Read the bread that something is on as that of a sandwich: "ham & swiss on rye"."""
    is_under = re.search(rf"\bon\s+{re.escape(text)}", line, re.IGNORECASE) is not None
    is_sliced = bool({*name_words(text)[-1:]} & word_sets()["sliced"])
    if not is_under or not is_sliced or any(map(str.isdigit, text)) or not _is_bread(text, book):
        return text
    return f"{read_words()['carriers']['toast'].rpartition(' ')[0]} {_bread(text)}"


def _as_several(text: str, is_known: bool, book: NameBook) -> list[tuple[str, str]]:
    """Part foods that stand side by side, or what bears others; empty where it is one food."""
    both = [piece for piece in _joined(text, book) if piece.strip() and not _says_how(piece, book)]
    if len(both) > 1 and all(_is_named(piece, book) for piece in both):
        return [(piece, SERVING) for piece in both]
    carried = [] if is_known else _carried(text, book)
    if is_known or carried or len(both) == 1:
        return carried
    if not any(_is_listed(piece, book) or _carried(piece, book) for piece in both):
        return []
    apart = [[(one, SERVING)] if _is_named(one, book) else _carried(one, book) for one in both]
    # what nothing of ours has is listed as not counted; the rest counts
    return [
        part for text, parts in zip(both, apart, strict=True) for part in parts or [(text, SERVING)]
    ]


def _is_named(text: str, book: NameBook) -> bool:
    return book.is_called(part_of(text, book).name) or bool(told_as(text, book))


def _made_with(head: str, tail: list[str], book: NameBook) -> str:
    """Read "flat white on oat milk" as "oat milk flat white"; blank where it is no such drink."""
    name, milk = part_of(head, book).name, tail[0].strip() if len(tail) == 1 else ""
    if not milk or not book.is_usual(f"{milk} {name}"):
        return ""
    found = book.find(milk)
    is_milk = found.kind == FOOD and book.food(found.item_id).group == "plant_drink"
    return head.replace(name, f"{milk} {name}") if is_milk else ""


def _is_sandwich(text: str, book: NameBook) -> bool:
    """Whether this is a sandwich by its words, or by the name of what it means: PB&J."""
    found = book.find(part_of(text, book).name)
    own = book.item(found.item_id).name.partition(" with ")[0] if found.item_id else ""
    return bool({*name_words(f"{text} {own}")} & word_sets()["sandwiches"])


def _is_known(text: str, book: NameBook) -> bool:
    return bool(book.find(part_of(text, book).name).item_id or told_as(text, book))


def _headed(text: str, book: NameBook) -> list[str]:
    """Part a line at the words that join foods: the longest name or meal before them is one."""
    at = [match.start() for match in _splits("beside").finditer(text)]
    for end in reversed(at[1:]):
        if book.is_called(part_of(text[:end], book).name) or told_as(text[:end], book):
            return [text[:end], *_splits("beside").split(text[end:])[1:]]
    return _splits("beside").split(text)


def _carried(text: str, book: NameBook) -> list[tuple[str, str]]:
    """Part "ham and cheese panini" into its bread and what is on it; empty where it is none."""
    carriers = read_words()["carriers"]
    words = text.split()
    for length in (2, 1):
        carrier = carriers.get(" ".join(name_words(" ".join(words[-length:]))))
        front = " ".join(words[:-length])
        if not carrier or not front or any(map(str.isdigit, front)):
            continue
        held = [name for piece in _splits("beside").split(front) for name in _joined(piece, book)]
        held = [part for name in held for part in named_parts(name, book) or [name]]
        if all(book.is_called(name) for name in held):
            return [(carrier, SERVING), *((name, BESIDE) for name in held)]
    return []


def _on_bread(head: str, breads: list[str], book: NameBook) -> list[tuple[str, str]]:
    """Part a sandwich on another bread than the usual one into that and what is on it."""
    (usual, _), *held = (_carried(head, book) if breads else []) or [("", "")]
    line, bread = parse_line(usual), _bread(part_of(breads[0], book).name) if breads else ""
    if line.amount is None or book.find(bread).item_id == book.find(line.rest).item_id:
        return []
    return [(f"{line.amount.count:g} {line.amount.unit} {bread}", SERVING), *held]


def _says_how(text: str, book: NameBook) -> bool:
    """Whether words behind a comma say only how it is made: "cooked crisp", no crisps."""
    words = {*name_words(text)}
    sets = word_sets()
    is_fat = bool(words & sets["fatness"]) and not book.is_called(text)  # "tea, semi skimmed"
    is_made = bool(words & sets["states"]) or is_fat or not without_talk(words)
    is_made = is_made and not any(map(str.isdigit, text))
    return is_made and words <= sets["states"] | sets["dropped"] | sets["fatness"] | sets["joiners"]


def _is_spooned_dish(text: str, book: NameBook) -> bool:
    """Whether a line that a dish is called like measures one of its foods: 2 tbsp of its dip."""
    part = part_of(text, book)
    unit = part.line.amount.unit if part.line.amount else ""
    return unit in read_words()["volume_ml"] and book.find(part.name).kind == DISH


def _joined(text: str, book: NameBook) -> list[str]:
    """Part what is joined by "and", unless it is a name as it stands: half and half."""
    if "," in text and not _is_one(text, book):
        return [part for piece in text.split(",") for part in _joined(piece, book)]
    parts = [part for part in _splits("also").split(text) if part.strip()]
    if _is_one(text, book) or told_as(text, book) or _is_of_both(parts, book):
        return [text]
    return parts


def _is_of_both(parts: list[str], book: NameBook) -> bool:
    """Whether what is joined by "and" says of what a thing is: "pork & chive dumplings"."""
    *others, last = [part_of(part, book).name for part in parts] or [""]
    of = word_sets()["fillings"] | word_sets()["flavors"] | word_sets()["states"]
    head = cores(last, book, lambda one: bool(told_as(one, book)))
    is_thing = bool(head) and head[0] != last and not {*name_words(head[0])} <= of
    return bool(others) and is_thing and all({*name_words(other)} <= of for other in others)


def _bread(text: str) -> str:
    return text if "bread" in text else f"{text} bread"


def _is_one(text: str, book: NameBook) -> bool:
    """Whether a text is a name: "mac and cheese", and no banana milk for "milk and banana"."""
    if "+" in text:
        return False
    parts = [] if "," in text else _splits("also").split(text)
    is_two = len(parts) > 1 and len(plain_words(parts[-1])) == 1 and all(map(book.is_called, parts))
    return book.is_called(text) and (not is_two or book.is_joined(text))


def _is_bread(text: str, book: NameBook) -> bool:
    """Whether this is the bread of the sandwich before it, which counts with that."""
    is_own = "bread" in text or book.is_called(text)  # crisps are no crispbread
    food = book.find(text if is_own else _bread(text))
    return bool(food.item_id) and food.kind != DISH and book.food(food.item_id).group == "bread"


@cache
def _splits(kind: str) -> re.Pattern[str]:
    """Return the pattern of the words that join what goes together."""
    words = "|".join(
        rf"\s*{re.escape(word)}\s*" if not word[-1].isalpha() else rf"\s+{re.escape(word)}\s+"
        for word in read_words()["words"][kind]
    )
    return re.compile(words, re.IGNORECASE)
