"""Recipes of web pages, of programs, in Cooklang and in plain text.

A page is read as it was saved; here nothing is fetched. Times are ISO 8601 durations there
(``PT1H20M``), instructions text, a list of texts, steps, or sections of steps.

Mealie and Tandoor keep amount, unit and food apart; they are put together to a line as a person
would write it, so that every format goes the same way from there.

Cooklang marks ingredients in the steps: ``@black beans{2%cups}(drained)``, pots ``#pot{}``, times
``~{25%minutes}``; ``--`` begins a remark, ``>> key: value`` or a block between ``---`` says things
about the recipe. Plain text has its title first, then ingredients and steps under headings; where
there are none, lines that begin with an amount are ingredients.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from foods.errors import FoodDataError
from foods.importers.own_recipe import OwnRecipe
from foods.own_file import read_kinds
from foods.recipe_line import is_section, read_words

_HOURS = re.compile(r"(?<![\d.,])(\d++(?:[.,]\d++)?)\s*+(?:hours?|hrs?|h)\b", re.IGNORECASE)
_MINUTES = re.compile(r"(?<![\d.,])(\d++(?:[.,]\d++)?)\s*+(?:minutes?|mins?|m)\b", re.IGNORECASE)
_PER_HOUR = 60
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_COUNT = r"(\d{1,5}(?:\.\d{1,3})?)(?:\s{0,3}(?:-|\u2013|to|or)\s{0,3}(\d{1,5}))?"
_ABOUT = r"[\s:]{1,3}(?:about\s|around\s|up to\s)?\s{0,3}"
_OF_TIME = r"(?!\d|\s{0,3}(?:min|h\b|hr|hour|day|week|month|inch|cm|%))"
_SERVINGS = (
    re.compile(rf"{_COUNT}\s{{0,3}}(?:servings?|portions?|people|persons?)\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:serves|feeds|servings|portions|for){_ABOUT}{_COUNT}{_OF_TIME}", re.IGNORECASE
    ),
    re.compile(rf"\b(?:makes|yields?){_ABOUT}{_COUNT}\s{{0,3}}(?=[|,.;]|$)", re.IGNORECASE),
)
_BARE = re.compile(rf"\s*{_COUNT}\s*")
_TIME = (
    re.compile(  # "Prep 15 minutes, cook 1 hour", "Total Time: 40 min", "takes about 45 minutes"
        r"\b(?P<what>total|prep|cook|bak|active|ready|take|time)(?:aration|ing|e|s)?\b"
        r"(?: ?time| in)?[ :]{1,3}(?:about |around |approx[a-z.]* )?"
        r"(?P<rest>\d(?:[^|,;.\n]|\.(?=\d))*)",
        re.IGNORECASE,
    )
)
_ABOUT_IT = re.compile(
    r"(?:serves|feeds|servings?|portions?|yields?|makes|for \d|enough for|takes|ready in"
    r"|(?:total|prep|preparation|cook|cooking|bake|baking|active)? ?time\b"
    r"|(?:total|prep|cook|bake|active)[: ]{1,2}\d|\d+ (?:servings|portions|people)\b)",
    re.IGNORECASE,
)


def is_about_it(row: str) -> bool:
    """Whether a line of plain text says for how many a recipe is, or how long it takes."""
    is_one = bool(_ABOUT_IT.match(row))
    return is_one and (servings_said(row) is not None or bool(times_said(row)) or _is_made(row))


def _is_made(row: str) -> bool:
    return row.casefold().startswith(("yield", "makes"))


def servings_said(value: object) -> float | None:
    """Return for how many a recipe says it is, of a span the middle.

    ``None`` where it only says how much it makes: a loaf, 16 falafels.
    """
    texts = [str(entry) for entry in (value if isinstance(value, list) else [value]) if entry]
    found = (pattern.search(text) for pattern in _SERVINGS for text in texts)
    match = next(filter(None, found), None)
    bare = [_BARE.fullmatch(text) for text in texts]
    match = match or (bare[0] if bare and all(bare) else None)
    if match is None:
        return None
    low, high = float(match[1]), float(match[2] or match[1])
    return (low + high) / 2 or None


def times_said(text: str) -> Mapping[str, float]:
    """Return the minutes that a text says for ``total, prep, cook``, whatever it calls them."""
    found: dict[str, float] = {}
    kinds = {"bak": "cook", "ready": "total", "take": "total", "time": "total", "active": "prep"}
    for match in _TIME.finditer(text):
        what, minutes = match["what"].casefold(), spoken_minutes(match["rest"])
        if minutes:
            found.setdefault(kinds.get(what, what), minutes)
    return found


def total_minutes(times: Mapping[str, float | None]) -> float | None:
    """Return the total time, or else what preparing and cooking take together."""
    return times.get("total") or (times.get("prep") or 0) + (times.get("cook") or 0) or None


def spoken_minutes(text: object) -> float | None:
    """Return the minutes of ``"1 hour 20 minutes"``; a bare number is minutes."""
    if not text:
        return None
    hours, minutes = _HOURS.search(str(text)), _MINUTES.search(str(text))
    if hours is None and minutes is None:
        return first_number(text)
    total = sum(
        float(found.group(1).replace(",", ".")) * factor
        for found, factor in ((hours, _PER_HOUR), (minutes, 1))
        if found
    )
    return total or None


def first_number(value: object) -> float | None:
    """Return the first number of a text such as ``"40 minutes"``; ``None`` where there is none."""
    match = _NUMBER.search(str(value)) if value is not None else None
    return float(match.group().replace(",", ".")) or None if match else None


# The address of a saved page is not known; the reserved name .invalid belongs to nobody.
_ADDRESS = "https://saved-page.invalid/"
_LIBRARY = "recipe-scrapers>=15,<16"
_PAGE = read_kinds()["page"]
_DECIMAL = r"\d+(?:\.\d+)?"
_DURATION = re.compile(
    rf"P(?:(?P<days>{_DECIMAL})D)?"
    rf"(?:T(?:(?P<hours>{_DECIMAL})H)?(?:(?P<minutes>{_DECIMAL})M)?(?:{_DECIMAL}S)?)?",
    re.IGNORECASE,
)
_RECIPES_PAGE_MINUTES = {"days": 24 * 60, "hours": 60, "minutes": 1}
_UNCLOSED = re.compile(r"(?:<|&lt;?|&#0*60;?|&#x0*3c;?)(?=[^<>&]*+(?:[<&]|$))", re.IGNORECASE)
_BOLD = re.compile(r"\*\*([^*]++)\*\*")  # as Markdown has it
# Nothing is looked at twice: a tag holds no other, and gives back nothing that it took.
_BREAK = re.compile(r"</?(?:br|p|li|div)\b[^<>]*+>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]++>")
_CODE = re.compile(r"<(?P<name>script|style)\b[^<>]*+>", re.IGNORECASE)
_LINKED_DATA = "ld+json"


def read_page(text: str, where: str) -> OwnRecipe:
    """Read the recipe of a saved web page: its JSON-LD, else what recipe-scrapers finds in it.

    Why JSON-LD is read here first: the library decodes a text until nothing is left to decode,
    and takes minutes for a large page.

    Raises
    ------
    FoodDataError
        When recipe-scrapers is wanted and not installed, or the page holds no recipe that it finds.
    """
    body, linked = _parted(text)
    found = [recipe for block in linked for recipe in _linked_recipes(block)]
    for recipe in found:
        if recipe.is_whole:
            return recipe
    return _scraped(body, where)


def _parted(text: str) -> tuple[str, list[str]]:
    """Part a page into what is shown of it and its blocks of JSON-LD; other scripts go."""
    shown, linked, place = [], [], 0
    lower = text.lower()
    while (tag := _CODE.search(text, place)) is not None:
        end = lower.find(f"</{tag['name'].lower()}", tag.end())
        if end < 0:
            break
        shown.append(text[place : tag.start()])
        if _LINKED_DATA in tag.group().lower():
            linked.append(text[tag.end() : end])
        place = end
    return "".join([*shown, text[place:]]), linked


def _linked_recipes(block: str) -> Iterator[OwnRecipe]:
    try:
        document = json.loads(block, strict=False)
    except (ValueError, RecursionError):
        return
    for entry in document if isinstance(document, list) else [document]:
        if isinstance(entry, dict):
            yield from recipes_from_linked_data(entry)


def _scraped(text: str, where: str) -> OwnRecipe:
    """Return what recipe-scrapers finds in a page; one that it would not end with is not begun."""
    if len(text) > _PAGE["most_bytes"] or len(_UNCLOSED.findall(text)) > _PAGE["most_unclosed"]:
        raise FoodDataError(
            "no recipe found in the page, which is too large", where, _PAGE["remedy"]
        )
    try:
        from recipe_scrapers import scrape_html
    except ImportError:
        raise FoodDataError(
            "web pages are read with recipe-scrapers, which is not installed",
            where,
            f'install it with: "{sys.executable}" -m pip install "{_LIBRARY}"',
        ) from None
    try:
        scraper = scrape_html(text, org_url=_ADDRESS, supported_only=False)
        page = scraper.to_json()  # type: ignore[no-untyped-call]  # the library leaves it untyped
    except Exception:  # the library raises its own and whatever a damaged page provokes
        page = {}
    lines = tuple(clean_text(line) for line in page.get("ingredients") or ())
    if not lines:
        raise FoodDataError(
            "no recipe found in the page",
            where,
            _PAGE["remedy"],
        )
    return OwnRecipe(
        name=clean_text(page.get("title") or ""),
        lines=lines,
        steps=tuple(clean_text(step) for step in page.get("instructions_list") or ()),
        servings=servings_said(page.get("yields")),
        minutes=first_number(page.get("total_time")),
        active_minutes=first_number(page.get("prep_time")),
        words=_words(page.get("category"), page.get("cuisine"), page.get("keywords")),
        yields=clean_text(page.get("yields") or ""),
    )


def recipes_from_linked_data(entry: dict[str, Any]) -> Iterator[OwnRecipe]:
    """Return the recipes of a JSON-LD document, whatever they are wrapped in."""
    kinds = entry.get("@type")
    if "Recipe" in (kinds if isinstance(kinds, list) else [kinds]):
        yield _recipe_of(entry)
        return
    for key in ("@graph", "mainEntity", "itemListElement", "item"):
        inner = entry.get(key)
        for part in inner if isinstance(inner, list) else [inner]:
            if isinstance(part, dict):
                yield from recipes_from_linked_data(part)


def minutes_of(duration: object) -> float | None:
    """Return the minutes of an ISO 8601 duration; ``None`` where it is none, or of no length."""
    match = _DURATION.fullmatch(str(duration).strip()) if duration else None
    if match is None:
        return None
    found = match.groupdict()
    total = sum(float(found[unit] or 0) * factor for unit, factor in _RECIPES_PAGE_MINUTES.items())
    return total or None


def clean_text(text: object) -> str:
    """Take markup, superfluous space and unprintable characters out of a text; decode it once.

    Numbers are texts too; what is neither, a list or an object, is none. Time grows with the
    length of the text and no faster.
    """
    if not isinstance(text, str | int | float):
        return ""
    shown = html.unescape(_TAG.sub("", _BREAK.sub(" ", str(text))))
    plain = " ".join(_BOLD.sub(r"\1", shown).split())
    unprintable = [char for char in set(plain) if not char.isprintable()]
    return plain.translate(dict.fromkeys(map(ord, unprintable))) if unprintable else plain


def _recipe_of(entry: dict[str, Any]) -> OwnRecipe:
    lines = entry.get("recipeIngredient") or entry.get("ingredients") or ()
    total, prep = minutes_of(entry.get("totalTime")), minutes_of(entry.get("prepTime"))
    cook = minutes_of(entry.get("cookTime"))
    return OwnRecipe(
        name=clean_text(entry.get("name") or ""),
        lines=_texts_of(_listed(lines)),
        steps=tuple(filter(None, _steps_of(entry.get("recipeInstructions")))),
        servings=servings_said(entry.get("recipeYield")),
        minutes=total_minutes({"total": total, "prep": prep, "cook": cook}),
        active_minutes=prep,
        words=_words(
            entry.get("recipeCategory"), entry.get("recipeCuisine"), entry.get("keywords")
        ),
        yields=max(_texts_of(_listed(entry.get("recipeYield"))), key=len, default=""),
    )


def _listed(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


def _texts_of(lines: object) -> tuple[str, ...]:
    texts = (clean_text(line) for line in (lines if isinstance(lines, list | tuple) else ()))
    return tuple(filter(None, texts))


def _steps_of(instructions: object) -> Iterator[str]:
    if isinstance(instructions, str):
        yield from (clean_text(line) for line in instructions.splitlines())
    elif isinstance(instructions, list):
        for instruction in instructions:
            yield from _steps_of(instruction)
    elif isinstance(instructions, dict):
        if "itemListElement" in instructions:
            yield from _steps_of(instructions["itemListElement"])
        else:
            yield clean_text(instructions.get("text") or instructions.get("name") or "")


def _words(*values: object) -> tuple[str, ...]:
    return tuple(word for value in values for word in _split(value))


def _split(value: object) -> Iterable[str]:
    texts = value if isinstance(value, list) else [value]
    return [word.strip() for text in texts if text for word in str(text).split(",")]


Json = Mapping[str, Any]


def recipe_from_app(entry: Json, where: str) -> OwnRecipe | None:
    """Read the recipe of one JSON document; ``None`` where none of the programs wrote it.

    Raises
    ------
    FoodDataError
        When it looks like one of them, but is damaged.
    """
    reader = _reader_for(entry)
    if reader is None:
        return None
    try:
        return reader(entry)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise FoodDataError(
            "damaged: parts of the recipe are not what they should be", where, "export it again"
        ) from None


def _reader_for(entry: Json) -> Callable[[Json], OwnRecipe] | None:
    if "@type" in entry:
        return None
    if "recipeIngredient" in entry:
        return _mealie
    if isinstance(entry.get("steps"), list) and "name" in entry:
        return _tandoor
    if isinstance(entry.get("ingredients"), str) and "directions" in entry:
        return _paprika
    return None


def _mealie(entry: Json) -> OwnRecipe:
    steps = [
        clean_text(step["text"] if isinstance(step, dict) else step)
        for step in entry.get("recipeInstructions") or ()
    ]
    prep = _minutes(entry.get("prepTime"))
    cook = _minutes(entry.get("performTime") or entry.get("cookTime"))
    return OwnRecipe(
        name=clean_text(entry["name"]),
        lines=tuple(filter(None, map(_mealie_line, entry["recipeIngredient"]))),
        steps=tuple(filter(None, steps)),
        servings=servings_said(entry.get("recipeServings") or entry.get("recipeYield")),
        minutes=total_minutes(
            {
                "total": _minutes(entry.get("totalTime")),
                "prep": prep,
                "cook": cook,
            }
        ),
        active_minutes=prep,
        words=tuple(_names(entry.get("recipeCategory"), entry.get("tags"))),
        yields=clean_text(entry.get("recipeYield") or ""),
    )


def _mealie_line(line: Any) -> str:
    if isinstance(line, str):
        return clean_text(line)
    food = _name_of(line.get("food"))
    if not food:  # not taken apart: the whole line stands in one of these
        return clean_text(line.get("originalText") or line.get("display") or line.get("note") or "")
    amount = "" if line.get("disableAmount") else _amount(line.get("quantity"))
    return _line(amount, _name_of(line.get("unit")), food, line.get("note"))


def _tandoor(entry: Json) -> OwnRecipe:
    working, waiting = entry.get("working_time") or 0, entry.get("waiting_time") or 0
    lines = [
        line
        for step in entry["steps"]
        for line in map(_tandoor_line, step.get("ingredients") or ())
        if line
    ]
    texts = [
        clean_text(line)
        for step in entry["steps"]
        for line in (step.get("instruction") or "").splitlines()
    ]
    return OwnRecipe(
        name=clean_text(entry["name"]),
        lines=tuple(lines),
        steps=tuple(filter(None, texts)),
        servings=servings_said(entry.get("servings")),
        minutes=float(working + waiting) or None,
        active_minutes=float(working) or None,
        words=tuple(_names(entry.get("keywords"))),
    )


def _tandoor_line(line: Json) -> str:
    if line.get("is_header"):
        return ""
    amount = "" if line.get("no_amount") else _amount(line.get("amount"))
    return _line(amount, _name_of(line.get("unit")), _name_of(line.get("food")), line.get("note"))


def _paprika(entry: Json) -> OwnRecipe:
    prep, cook = spoken_minutes(entry.get("prep_time")), spoken_minutes(entry.get("cook_time"))
    return OwnRecipe(
        name=clean_text(entry["name"]),
        lines=_text_lines(entry["ingredients"]),
        steps=_text_lines(entry["directions"]),
        servings=servings_said(entry.get("servings")),
        minutes=total_minutes(
            {
                "total": spoken_minutes(entry.get("total_time")),
                "prep": prep,
                "cook": cook,
            }
        ),
        active_minutes=prep,
        words=tuple(_names(entry.get("categories"))),
        yields=clean_text(entry.get("servings") or ""),
    )


def _text_lines(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(clean_text, text.splitlines())))


def _minutes(text: object) -> float | None:
    return minutes_of(text) or spoken_minutes(text)


def _names(*values: Any) -> Iterator[str]:
    for value in values:
        for entry in value or ():
            name = entry if isinstance(entry, str) else _name_of(entry)
            if name:
                yield name


def _name_of(thing: Any) -> str:
    if isinstance(thing, dict):
        return clean_text(thing.get("name") or "")
    return clean_text(thing or "")


def _amount(value: Any) -> str:
    return f"{float(value):g}" if value else ""


def _line(amount: str, unit: str, food: str, note: Any) -> str:
    text = " ".join(filter(None, (amount, unit, food)))
    return f"{text}, {clean_text(note)}" if note and food else text


_LINE_REMARK = re.compile(r"(?<!-)--(?!-).*$", re.MULTILINE)
_ENTRY = re.compile(r"^\s*+(?:>>\s*+)?(?P<key>[\w .-]++):\s*(?P<value>.*)$")
_FRONT = re.compile(r"\A\s*---\s*\n(?P<entries>.*?)\n---\s*\n", re.DOTALL)
_MARKED = re.compile(
    r"(?P<sign>[@#~])(?:(?P<long>[^@#~{}\n]*?)\{(?P<amount>[^{}]*)\}|(?P<short>[\w-]+))"
    r"(?:\((?P<note>[^()]*+)\))?"
)
_MODIFIERS = "&?-+@"
_HEADINGS = {
    "lines": ("ingredients", "ingredient list", "you need", "what you need"),
    "steps": ("method", "directions", "instructions", "steps", "preparation", "how to make"),
    "about": ("notes", "recipe notes", "tips", "nutrition", "nutrition facts"),
}
_TIME_KEYS = {
    "total": ("time", "time required", "total time", "duration"),
    "prep": ("prep time", "time.prep", "prep"),
    "cook": ("cook time", "cooking time", "time.cook", "cook"),
}
_IN_TITLE = re.compile(r"\((?P<about>[^()]*+)\)")
_NUMBERED = re.compile(r"^\s*\d+[.)]\s")
_BEGINS_WITH_AMOUNT = re.compile(r"^\s*(?:[-*•]\s*)?(?:\d|[¼-¾⅐-⅞])")
_STEP_TIME = re.compile(r"(\d+\s*(?:minutes?|mins?|hours?|hrs?)\b)", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*•]|\[[ x]?\]|\d+[.)])\s+")


def read_cooklang(text: str, name: str) -> OwnRecipe:
    """Read a Cooklang recipe; its title is the name of the file unless it says another."""
    text = _LINE_REMARK.sub("", _without_remarks(text.replace("\r\n", "\n")))
    about, body = _about(text)
    lines: list[str] = []
    steps = [
        " ".join(_MARKED.sub(lambda match: _spoken_part(match, lines), part).split())
        for part in re.split(r"\n\s*\n", body)
    ]
    yields = about.get("servings") or about.get("serves") or about.get("yield") or ""
    times = {
        what: spoken_minutes(next((about[key] for key in keys if about.get(key)), None))
        for what, keys in _TIME_KEYS.items()
    }
    return OwnRecipe(
        name=about.get("title") or name.replace("_", " "),
        lines=tuple(lines),
        steps=tuple(step for step in steps if step and not step.startswith("=")),
        servings=servings_said(yields),
        minutes=total_minutes(times),
        active_minutes=times["prep"],
        words=tuple(
            word.strip(" []\"'")
            for key in ("course", "category", "cuisine", "tags", "meal")
            for word in about.get(key, "").split(",")
            if word.strip()
        ),
        yields=yields,
    )


def _without_remarks(text: str) -> str:
    """Leave out what stands between ``[-`` and ``-]``."""
    kept, place = [], 0
    while (begin := text.find("[-", place)) >= 0 and (end := text.find("-]", begin)) >= 0:
        kept.append(text[place:begin])
        place = end + len("-]")
    return "".join([*kept, text[place:]])


def _about(text: str) -> tuple[dict[str, str], str]:
    """Return what a Cooklang recipe says about itself, and the rest."""
    front = _FRONT.match(text)
    entries = front["entries"].splitlines() if front else []
    body: list[str] = []
    for line in (text[front.end() :] if front else text).splitlines():
        (entries if line.lstrip().startswith(">>") else body).append(line)
    found = (_ENTRY.match(line) for line in entries)
    about = {match["key"].strip().casefold(): match["value"].strip() for match in found if match}
    return about, "\n".join(body)


def _spoken_part(match: re.Match[str], lines: list[str]) -> str:
    """Return the words for a marked part of a step; an ingredient goes into ``lines``."""
    name = (match["long"] if match["long"] is not None else match["short"]).strip()
    number, _, unit = (part.strip() for part in (match["amount"] or "").partition("%"))
    amount = " ".join(filter(None, (number.lstrip("="), unit)))
    if match["sign"] == "~":
        return amount or name
    if match["sign"] == "#":
        return name
    is_again = name.startswith("&")  # the same ingredient once more, not another of it
    is_optional = name.startswith("?")
    name = name.lstrip(_MODIFIERS)
    notes = [match["note"] or "", "optional" if is_optional else ""]
    if not is_again:
        lines.append(", ".join(filter(None, (f"{amount} {name}".strip(), *notes))))
    return name


def read_plain(text: str, name: str) -> OwnRecipe:
    """Read a recipe in plain text."""
    rows, block = [], 0
    for line in text.splitlines():
        row = line.strip().lstrip("#").strip()
        block += not row
        rows += [(block, row)] if row else []
    title = rows[0][1] if rows and not _heading(rows[0][1]) else name
    parts: dict[str, list[str]] = {"lines": [], "steps": [], "about": []}
    for part, row in _recipes_text_parted(rows[1:] if rows and title == rows[0][1] else rows):
        parts[part].append(clean_text(_BULLET.sub("", row)))
    told = [match["about"] for match in _IN_TITLE.finditer(title) if servings_said(match["about"])]
    for remark in told:
        title = title.replace(f"({remark})", " ")
    told += parts["about"]
    about = " | ".join(told)
    times = times_said(about)
    return OwnRecipe(
        name=clean_text(title),
        lines=tuple(parts["lines"]),
        steps=tuple(parts["steps"]),
        servings=servings_said(told),
        minutes=total_minutes(times) or _minutes_of(parts["steps"]),
        active_minutes=times.get("prep"),
        yields=next((row for row in told if row.casefold().startswith(("yield", "makes"))), ""),
    )


def _minutes_of(steps: Iterable[str]) -> float | None:
    """Add up the times that steps name, of a span the longer, and what is cut before [min]."""
    named = [spoken_minutes(match[1]) or 0 for match in _STEP_TIME.finditer(" ".join(steps))]
    return sum(named) + read_words()["defaults"]["prep_minutes"] if any(named) else None


def _recipes_text_parted(rows: Sequence[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    """Yield for each line whether it is an ingredient, a step, or about the recipe."""
    has_headings = any(_heading(row) == "lines" for _block, row in rows)
    with_amounts = {block for block, row in rows if _has_amount(row)}
    part = ""
    for block, row in rows:
        heading = _heading(row)
        if heading:
            part = heading
        elif is_section(row) or _is_neither(row):
            continue
        elif is_about_it(row):
            yield "about", row
        elif has_headings or part:
            yield part or "about", row
        elif _has_amount(row) or (block in with_amounts and not _is_sentence(row)):
            yield "lines", row
        else:
            is_before = with_amounts and block < min(with_amounts)
            yield ("about" if is_before else "steps"), row


def _has_amount(row: str) -> bool:
    return bool(_BEGINS_WITH_AMOUNT.match(row)) and not _NUMBERED.match(row)


def _is_sentence(row: str) -> bool:
    """Whether a line without an amount is a step, and no ingredient."""
    told, words = read_words()["plain"], row.split()
    is_long = len(words) >= told["sentence_words"] or row.endswith((".", "!", "?"))
    return is_long or words[0].casefold() in told["step_verbs"]


def _is_neither(row: str) -> bool:
    return row.casefold().startswith(tuple(read_words()["plain"]["neither"]))


def _heading(row: str) -> str:
    """Name the part that begins with this line; blank where it is no heading."""
    word = row.rstrip(":").strip().casefold()
    for part, words in _HEADINGS.items():
        if word in words or (row.endswith(":") and word.startswith(words)):
            return part
    return ""
