"""A line of a diary, taken apart: how much of what, and what goes with it.

``"beef, 3 oz"``, ``"15 grapes"``, ``"cup of coffee with milk and sugar"``: amounts stand before or
behind the name, and what is joined by words is read as several foods only where nothing of ours has
the whole name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from foods.name_words import name_words, plain_words, without_talk, word_sets
from foods.recipe_line import parse_line, read_words
from planner.diary.amounts import NUMBER, SERVING
from planner.diary.core import cores, named_parts
from planner.diary.diary import DISH, FOOD
from planner.diary.meal import left_out, share_of, times, told_as
from planner.diary.names import NameBook
from planner.diary.part import ITEM, MAKER, LinePart, in_front, part_of
from planner.diary.written import in_words

BESIDE = "beside"

_BUTTERED = re.compile(r"[\s,]*\bbuttered\b", re.IGNORECASE)
_MOST = 3  # helpings of a meal
_LIST = 3  # foods behind a dash that are a list
_NUMBER = re.compile(r"\d(?![\d.,/]*\s*%)")
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
    read = (_meal(one, book) or _about(one, book, instead) for one, instead in pieces)
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
    known = [one for one in tail.split(",") if _is_listed(one, book)]
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
    number = _NUMBER.search(part.name)
    if number:
        return _about_number(part, part.name[: number.start()], part.name[number.start() :], book)
    main, *others = cores(part.name, book, lambda one: bool(told_as(one, book))) or (part.name,)
    if main == part.name:
        return (part,)
    sure, own = read_words()["sure"]["akin"], part_of(main, book, instead)
    own = own if own.line.amount and not part.line.amount else LinePart(main, part.line, instead)
    meal = _meal(main, book)
    share = share_of(part.line, meal) if meal else 1.0
    meal = tuple(replace(one, line=times(one.line, share)) for one in meal)
    parts = [replace(one, sure=sure) for one in meal or [own]]
    return (*parts, *(LinePart(one, parse_line(""), BESIDE, sure) for one in others))


def _about_number(part: LinePart, head: str, tail: str, book: NameBook) -> tuple[LinePart, ...]:
    """Read a name that has a number inside: how much of it, or what is in it: "3 slices"."""
    found = (_meal(head, book) or _about(head, book, part.instead)) if head.strip() else ()
    if not found or not book.find(found[0].name).item_id:
        tail = re.sub(rf"^{NUMBER}\s*", "", tail) if part.line.amount else tail
        return _about(tail, book, part.instead) if not _NUMBER.search(tail[1:]) else (part,)
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
        part_of(one, book, instead)
        for one, instead in _pieces(told, book)
        if without.isdisjoint(name_words(one))
    )
    if own.amount and own.amount.count > _MOST and not own.amount.unit and len(parts) > 1:
        return ()  # "6 crackers with cheese" are no six helpings
    share = share_of(parse_line(amount) if amount else own, parts)
    share *= read_words()["sizes"].get(own.size, 1.0) if not own.amount else 1.0
    is_guessed = not amount and own.amount is None
    return tuple(replace(one, line=times(one.line, share), is_guessed=is_guessed) for one in parts)


def _as_beside(parts: list[LinePart]) -> list[LinePart]:
    """Read chips beside fish as fries, and tomato sauce beside a pie as ketchup."""
    known = read_words()["beside_means"]
    beside = {word for one in parts for word in name_words(one.name)}
    meant = {
        one: row["means"]
        for one, row in known.items()
        if beside & {*row["with"]} and beside.isdisjoint(row.get("unless", ()))
    }
    names = (meant.get(" ".join(name_words(one.name)), one.name) for one in parts)
    return [replace(one, name=name) for one, name in zip(parts, names, strict=True)]


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
    more = [one for piece in tail for one in _joined(piece, book)]
    if more and _is_sandwich(head, book):
        breads = [one for one in more if _is_bread(one, book)]
        more = [one for one in more if one not in breads]
        on_it = _on_bread(head, breads, book)
        if on_it:
            return [*on_it, *((one, BESIDE) for one in more)]
        if not more:
            return [(head, SERVING)]
    is_head = head.strip() and _is_known(head, book)
    whole = book.find(part_of(text, book).name)
    is_whole = not is_head and whole.sure >= read_words()["sure"]["mended"]
    # what is beside it may be unknown: the food itself counts, and that is listed
    is_beside = more and (
        all(_is_known(one, book) for one in more)
        or (not whole.item_id and (is_head or any(_is_known(one, book) for one in more)))
    )
    if head.strip() and is_beside and not is_whole:
        beside = [_under(one, text, book) for one in more]
        return [*_pieces(head, book), *((one, BESIDE) for one in beside)]
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
    both = [one for one in _joined(text, book) if one.strip() and not _says_how(one, book)]
    if len(both) > 1 and all(_is_named(one, book) for one in both):
        return [(one, SERVING) for one in both]
    carried = [] if is_known else _carried(text, book)
    if is_known or carried or len(both) == 1:
        return carried
    if not any(_is_listed(one, book) or _carried(one, book) for one in both):
        return []
    apart = [[(one, SERVING)] if _is_named(one, book) else _carried(one, book) for one in both]
    # what nothing of ours has is listed as not counted; the rest counts
    return [
        one for text, parts in zip(both, apart, strict=True) for one in parts or [(text, SERVING)]
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
    at = [one.start() for one in _splits("beside").finditer(text)]
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
        held = [one for piece in _splits("beside").split(front) for one in _joined(piece, book)]
        held = [part for one in held for part in named_parts(one, book) or [one]]
        if all(book.is_called(one) for one in held):
            return [(carrier, SERVING), *((one, BESIDE) for one in held)]
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
        return [one for piece in text.split(",") for one in _joined(piece, book)]
    parts = [one for one in _splits("also").split(text) if one.strip()]
    if _is_one(text, book) or told_as(text, book) or _is_of_both(parts, book):
        return [text]
    return parts


def _is_of_both(parts: list[str], book: NameBook) -> bool:
    """Whether what is joined by "and" says of what a thing is: "pork & chive dumplings"."""
    *others, last = [part_of(one, book).name for one in parts] or [""]
    of = word_sets()["fillings"] | word_sets()["flavors"] | word_sets()["states"]
    head = cores(last, book, lambda one: bool(told_as(one, book)))
    is_thing = bool(head) and head[0] != last and not {*name_words(head[0])} <= of
    return bool(others) and is_thing and all({*name_words(one)} <= of for one in others)


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
    """Give the pattern of the words that join what goes together."""
    words = "|".join(
        rf"\s*{re.escape(one)}\s*" if not one[-1].isalpha() else rf"\s+{re.escape(one)}\s+"
        for one in read_words()["words"][kind]
    )
    return re.compile(words, re.IGNORECASE)
