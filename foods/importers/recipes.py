"""Read people's own recipes from the files that recipe programs and web pages are saved as.

Every reader gives the same plain thing: a name, what the recipe says about itself, ingredient lines
as text, and steps. What the lines mean is decided elsewhere (``foods/recipe_line.py`` and
``foods/recipe_match.py``), so that all formats are parsed alike.

| file | format |
| --- | --- |
| ``.html, .htm`` | saved web page with JSON-LD, else schema.org data through recipe-scrapers |
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
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from foods.errors import FoodDataError, raise_collected
from foods.importers.own_recipe import OwnRecipe
from foods.importers.recipe_formats import (
    read_cooklang,
    read_page,
    read_plain,
    recipe_from_app,
    recipes_from_linked_data,
)
from foods.own_file import decode_own, read_kinds, read_own_bytes
from foods.recipe_line import is_section, parted_line

_KINDS = read_kinds()
MOST_BYTES = _KINDS["recipe"]["most_bytes"]
MOST_PACKED_BYTES = _KINDS["archive"]["most_bytes"]
MOST_NESTED = _KINDS["archive"]["most_nested"]
ARCHIVES = (".zip", ".paprikarecipes")
RECIPE_FILES = (".json", ".zip", ".paprikarecipe")
TEXT_FILES = (".html", ".htm", ".cook", ".txt", ".md")
_IN_PARTS = _KINDS["archive"]["remedy"]


def read_recipes(path: Path) -> tuple[OwnRecipe, ...]:
    """Read every recipe of a file, in the order in which they stand there.

    In a library some may lack a name or ingredient lines (``is_whole``).

    Raises
    ------
    FoodDataError
        When the file cannot be read, has a format that is not known, or holds no recipe with a
        name and ingredient lines.
    """
    is_archive = path.suffix.casefold() in ARCHIVES
    content = read_own_bytes(path, "archive" if is_archive else "recipe")
    budget = _Budget(MOST_PACKED_BYTES if is_archive else MOST_BYTES)
    return _checked(tuple(_read_content(path.name, content, str(path), budget)), str(path))


def read_recipe_page(content: bytes, where: str) -> tuple[OwnRecipe, ...]:
    """Read the recipe of a web page; ``where`` is its address. Errors as of ``read_recipes``."""
    return _checked((*_from_text(".html", decode_own(content, where), where),), where)


def _checked(found: tuple[OwnRecipe, ...], where: str) -> tuple[OwnRecipe, ...]:
    """Return recipes back where one of them is whole, and none is more than a recipe has."""
    if not found:
        raise FoodDataError("holds no recipe", where)
    if not any(recipe.is_whole for recipe in found):
        name = found[0].name
        what = "a recipe without name"
        if name:
            what = f"{name!r} has no lines"
        raise FoodDataError(what, where, "a recipe needs a name and ingredient lines")
    raise_collected(FoodDataError, filter(None, map(_excess, found)), where)
    return tuple(map(_by_food, found))


def _by_food(recipe: OwnRecipe) -> OwnRecipe:
    """Return a recipe with a line for each food, and none for the headings between them."""
    foods = [line for line in recipe.lines if not is_section(line, recipe.lines)]
    return replace(recipe, lines=tuple(part for line in foods for part in parted_line(line)))


def _excess(recipe: OwnRecipe) -> str:
    """Describe what is more than a recipe has; blank where nothing is."""
    most = _KINDS["recipe"]
    if len(recipe.lines) > most["most_lines"]:
        return "{name}: {count:,} ingredients, most {most}".format(
            name=recipe.name[:60], count=len(recipe.lines), most=most["most_lines"]
        )
    if any(len(line) > most["most_letters"] for line in recipe.lines):
        return "{name}: an ingredient of more than {most:,} letters".format(
            name=recipe.name[:60], most=most["most_letters"]
        )
    return ""


@dataclass(slots=True)
class _Budget:
    """How much an archive may still unfold to: a few kilobytes can hold gigabytes of nothing."""

    left_bytes: int
    nested: int = 0

    def spend(self, size_bytes: int, where: str) -> None:
        self.left_bytes -= size_bytes
        if self.left_bytes < 0:
            raise FoodDataError(
                f"unpacks to more than {MOST_PACKED_BYTES:,} bytes",
                where,
                _IN_PARTS,
            )


def _read_content(name: str, content: bytes, where: str, budget: _Budget) -> Iterator[OwnRecipe]:
    ending = Path(name).suffix.casefold()
    if ending in ARCHIVES:
        budget.nested += 1
        if budget.nested > MOST_NESTED:
            raise FoodDataError(f"archives within archives, more than {MOST_NESTED} deep", where)
        for inner, packed in _members(content, where, budget):
            yield from _read_content(inner, packed, f"{where}, {inner}", budget)
        budget.nested -= 1
    elif ending == ".paprikarecipe":
        yield from _from_json(_unpacked(content, where, budget), where)
    elif ending in (".json", ".jsonld"):
        yield from _from_json(content, where)
    elif ending in TEXT_FILES:
        yield from _from_text(ending, decode_own(content, where), where)
    else:
        raise FoodDataError(
            "no recipe format ends in {ending!r}".format(ending=ending or "nothing"),
            where,
            "known are .html, .json, .jsonld, .zip, .paprikarecipes, .cook, .txt and .md",
        )


def _members(content: bytes, where: str, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    """Return name and content of the recipes in a zip; pictures and the like are passed over."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in sorted(archive.infolist(), key=lambda info: info.filename):
                if not info.filename.casefold().endswith(RECIPE_FILES):
                    continue
                if info.file_size > MOST_BYTES:
                    raise FoodDataError(
                        f"{info.filename} is larger than {MOST_BYTES:,}",
                        where,
                    )
                budget.spend(info.file_size, where)
                yield info.filename, archive.read(info)
    except FoodDataError:
        raise
    except Exception as error:  # the library raises whatever a damaged archive provokes
        raise FoodDataError(f"not a readable zip file: {error}", where) from None


def _unpacked(content: bytes, where: str, budget: _Budget) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            found = packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise FoodDataError(f"not a readable gzip file: {error}", where) from None
    if len(found) > MOST_BYTES:
        raise FoodDataError(f"unpacks to more than {MOST_BYTES:,} bytes", where)
    budget.spend(len(found), where)
    return found


def _from_text(ending: str, text: str, where: str) -> Iterator[OwnRecipe]:
    name = Path(where).stem
    readers: Mapping[str, Callable[[str, str], OwnRecipe]] = {
        ".html": read_page,
        ".htm": read_page,
        ".cook": read_cooklang,
    }
    known_name = where if ending in (".html", ".htm") else name
    yield readers.get(ending, read_plain)(text, known_name)


def _from_json(content: bytes, where: str) -> Iterator[OwnRecipe]:
    try:
        document = json.loads(decode_own(content, where))
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
