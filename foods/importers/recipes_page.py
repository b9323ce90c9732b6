"""Recipes of saved web pages: their JSON-LD, else schema.org data through recipe-scrapers.

A page is read as it was saved; here nothing is fetched. Times are ISO 8601 durations there
(``PT1H20M``), instructions text, a list of texts, steps, or sections of steps.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from foods.errors import FoodDataError
from foods.importers.own_recipe import OwnRecipe
from foods.importers.recipes_said import first_number, servings_said, total_minutes
from foods.own_file import read_kinds

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
_MINUTES = {"days": 24 * 60, "hours": 60, "minutes": 1}
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
        for one in inner if isinstance(inner, list) else [inner]:
            if isinstance(one, dict):
                yield from recipes_from_linked_data(one)


def minutes_of(duration: object) -> float | None:
    """Return the minutes of an ISO 8601 duration; ``None`` where it is none, or of no length."""
    match = _DURATION.fullmatch(str(duration).strip()) if duration else None
    if match is None:
        return None
    found = match.groupdict()
    total = sum(float(found[unit] or 0) * factor for unit, factor in _MINUTES.items())
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
        for one in instructions:
            yield from _steps_of(one)
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
