"""Read people's own recipes from the files that recipe programs and web pages are saved as.

Every reader gives the same plain thing: a name, what the recipe says about itself, ingredient lines
as text, and steps. What the lines mean is decided elsewhere (``foods/recipe_line.py`` and
``foods/recipe_match.py``), so that all formats are parsed alike.

| file | format |
| --- | --- |
| ``.html, .htm`` | saved web page with schema.org data, through recipe-scrapers |
| ``.json, .jsonld`` | schema.org JSON-LD, Mealie, Tandoor or Paprika |
| ``.zip`` | export of Mealie or Tandoor (a zip of files or of zips) |
| ``.paprikarecipe, .paprikarecipes`` | Paprika (gzip, and a zip of these) |
| ``.cook`` | Cooklang |
| ``.txt, .md`` | plain text |
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foods.errors import FoodDataError

MOST_BYTES = 20_000_000
RECIPE_FILES = (".json", ".zip", ".paprikarecipe")
TEXT_FILES = (".html", ".htm", ".cook", ".txt", ".md")


@dataclass(frozen=True, slots=True)
class OwnRecipe:
    """A recipe as somebody wrote it down.

    Parameters
    ----------
    name
        Its title.
    lines
        Ingredients, one line each, in the words of the recipe.
    steps
        How to make it.
    servings
        For how many it is; ``None`` where it does not say.
    minutes, active_minutes
        Time from start to table, and time of preparation [min]; ``None`` where it does not say.
    words
        Categories, keywords, course and cuisine, in its own words.
    """

    name: str
    lines: tuple[str, ...]
    steps: tuple[str, ...]
    servings: float | None = None
    minutes: float | None = None
    active_minutes: float | None = None
    words: tuple[str, ...] = ()


def read_recipes(path: Path) -> tuple[OwnRecipe, ...]:
    """Read every recipe of a file, in the order in which they stand there.

    Raises
    ------
    FoodDataError
        When the file cannot be read, has a format that is not known, or holds no recipe.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FoodDataError(error.strerror or "cannot be read", str(path)) from None
    found = tuple(_read_content(path.name, content, str(path)))
    if not found:
        raise FoodDataError("holds no recipe", str(path))
    for recipe in found:
        if not recipe.name or not recipe.lines:
            what = "a recipe without name" if not recipe.name else f"{recipe.name!r} has no lines"
            raise FoodDataError(what, str(path), "a recipe needs a name and ingredient lines")
    return found


def _read_content(name: str, content: bytes, where: str) -> Iterator[OwnRecipe]:
    ending = Path(name).suffix.casefold()
    if len(content) > MOST_BYTES:
        raise FoodDataError(f"larger than {MOST_BYTES:,} bytes", where)
    if ending in (".zip", ".paprikarecipes"):
        for inner, packed in _members(content, where):
            yield from _read_content(inner, packed, f"{where}, {inner}")
    elif ending == ".paprikarecipe":
        yield from _from_json(_unpacked(content, where), where)
    elif ending in (".json", ".jsonld"):
        yield from _from_json(content, where)
    elif ending in TEXT_FILES:
        yield from _from_text(ending, _text(content, where), where)
    else:
        raise FoodDataError(
            f"no recipe format ends in {ending or 'nothing'!r}",
            where,
            "known are .html, .json, .jsonld, .zip, .paprikarecipes, .cook, .txt and .md",
        )


def _members(content: bytes, where: str) -> Iterator[tuple[str, bytes]]:
    """Give name and content of the recipes in a zip; pictures and the like are passed over."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in sorted(archive.infolist(), key=lambda info: info.filename):
                if not info.filename.casefold().endswith(RECIPE_FILES):
                    continue
                if info.file_size > MOST_BYTES:
                    raise FoodDataError(f"{info.filename} is larger than {MOST_BYTES:,}", where)
                yield info.filename, archive.read(info)
    except (zipfile.BadZipFile, RuntimeError, zlib.error, EOFError, NotImplementedError) as error:
        raise FoodDataError(f"not a readable zip file: {error}", where) from None


def _unpacked(content: bytes, where: str) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            return packed.read(MOST_BYTES)
    except (OSError, EOFError, zlib.error) as error:
        raise FoodDataError(f"not a readable gzip file: {error}", where) from None


def _text(content: bytes, where: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FoodDataError(
            f"not UTF-8 text (byte {error.start})", where, "save it in UTF-8"
        ) from None


def _from_text(ending: str, text: str, where: str) -> Iterator[OwnRecipe]:
    from foods.importers.recipes_page import read_page
    from foods.importers.recipes_text import read_cooklang, read_plain

    name = Path(where).stem
    readers: Mapping[str, Callable[[str, str], OwnRecipe]] = {
        ".html": read_page,
        ".htm": read_page,
        ".cook": read_cooklang,
    }
    known_name = where if ending in (".html", ".htm") else name
    yield readers.get(ending, read_plain)(text, known_name)


def _from_json(content: bytes, where: str) -> Iterator[OwnRecipe]:
    from foods.importers.recipes_apps import recipe_from_app
    from foods.importers.recipes_page import recipes_from_linked_data

    try:
        document = json.loads(_text(content, where))
    except (ValueError, RecursionError) as error:
        raise FoodDataError(f"not JSON: {error}", where) from None
    for entry in _entries(document):
        recipe = recipe_from_app(entry, where)
        if recipe is not None:
            yield recipe
        else:
            yield from recipes_from_linked_data(entry)


def _entries(document: Any) -> Iterator[dict[str, Any]]:
    for entry in document if isinstance(document, list) else [document]:
        if isinstance(entry, dict):
            yield entry
