"""Who takes what: the programs that a week is handed over to, each with its files.

What stands in a file is a form of ``configs/handover.toml``; here is how forms are filled in, and
how texts are made harmless where a sign of theirs would be one of the format.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from foods.own_csv import one_line
from planner.candidates.servings import in_words
from planner.document.program import PROGRAM
from planner.export.figures import amount_text
from planner.export.formats import HANDED_MARK as MAKER
from planner.export.recipe_text import row_of
from planner.export.who import day_label
from planner.handover import cooked
from planner.handover.cooked import Handed, HandedRecipe
from planner.kitchen.bought import KitchenLine
from planner.kitchen.errand import ShoppingLine
from planner.settings import read_settings
from planner.targets.target import unit_word

if TYPE_CHECKING:
    from jinja2 import Environment

Files = Mapping[str, str | bytes]
_STRANGE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]+')
_OF_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_MOST_BYTES = 120
_FIELD = 0x6D70  # of an archive's own fields, which readers pass over
_EXTRA = struct.pack("<HH", _FIELD, len(MAKER)) + MAKER.encode()


def handover_rules() -> Mapping[str, Any]:
    """Return what ``configs/handover.toml`` says."""
    return read_settings("handover.toml")


def filled(form: Any, **known: Any) -> Any:
    """Return a form of ``configs/handover.toml`` with the values of ``known`` in it."""
    if isinstance(form, str):
        return _reader(form)(**known)
    if isinstance(form, list):
        each, fields = form[0]["each"], {key: form[0][key] for key in form[0] if key != "each"}
        name, _, things = each.partition(" in ")
        return [
            filled(fields, **{**known, name: thing, "place": place})
            for place, thing in enumerate(filled(things, **known))
        ]
    if isinstance(form, Mapping):
        return {key: filled(value, **known) for key, value in form.items()}
    return form


def file_names(names: Iterable[str]) -> list[str]:
    """Return a name without ending for each of ``names``, no two alike in any case of letters."""
    taken: dict[str, str] = {}
    for name in names:
        plain = " ".join(_STRANGE.sub(" ", name).split()).strip(". ")
        plain = plain.encode()[:_MOST_BYTES].decode(errors="ignore").strip(". ") or "recipe"
        plain = f"{plain} dish" if _OF_WINDOWS.fullmatch(plain) else plain
        number, free = 2, plain
        while free.casefold() in taken:
            number, free = number + 1, f"{plain} {number}"
        taken[free.casefold()] = free
    return list(taken.values())


def _archive(contents: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of files; its first one says, where no reader looks, who made it."""
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        for number, (name, content) in enumerate(contents.items()):
            entry = ZipInfo(name)
            entry.extra = b"" if number else _EXTRA
            file.writestr(entry, content, ZIP_DEFLATED)
    return packed.getvalue()


def _files(taker: str, handed: Handed) -> Files:
    rule = handover_rules()["formats"][taker]
    plain = [filled(rule.get("name", "recipe.name"), recipe=recipe) for recipe in handed.recipes]
    marks = [recipe.mark for recipe in handed.recipes]
    names, texts = dict(zip(marks, file_names(plain), strict=True)), dict[str, str | bytes]()
    for path, form in rule["files"].items():
        for recipe in handed.recipes if "{name}" in path else (None,):
            place = path.format(name=names[recipe.mark]) if recipe else path
            found = filled(form, handed=handed, recipe=recipe, names=names, told="")
            texts[place] = found if isinstance(found, str) else _json(found)
    if "packed_as" in rule:
        texts = {name: _archive({rule["packed_as"]: text}) for name, text in texts.items()}
    return {rule["archive"]: _archive(texts)} if "archive" in rule else texts


TAKERS: Mapping[str, Callable[[Handed], Files]] = MappingProxyType(
    {taker: partial(_files, taker) for taker in handover_rules()["formats"]}
)

_TAG = re.compile(r"(?<=\S):(?=\S)")
_WORD = re.compile(r"(?<!\S)[@+](?=\S)")
_COOK_SIGN = re.compile(r"[@#~{}%\\]|^[>=|]")
_COOK_TIMER = re.compile(r"(?<![\d.] to )(?<![\d.])\b(\d+) (minutes?|hours?)\b")
_COOK_NO_NAME = re.compile(r"[()\[\]]")


def _wide(found: re.Match[str]) -> str:
    """Return the wide form of a sign, which is none of any format."""
    return chr(ord(found[0]) + 0xFEE0)


def _todo(text: str) -> str:
    """Return a text of one line without words that are contexts, projects or tags."""
    return _WORD.sub(_wide, _TAG.sub(_wide, one_line(text)))


def _cook_plain(text: str) -> str:
    """Return a text of one line in which nothing is a sign of Cooklang, which has no other way."""
    return _COOK_SIGN.sub(_wide, one_line(text)).replace("--", "–").replace("[-", "(-")


def _cook_name(text: str) -> str:
    """Return a name that ends at its brace, and is no path to another recipe."""
    return _COOK_NO_NAME.sub(" ", _cook_plain(text)).strip(" ./") or "food"


def _cook_taken(line: KitchenLine) -> str:
    told = _COOK_NO_NAME.sub(" ", _cook_plain(cooked.note_text(line)))
    return f"@{_cook_name(line.name)}{{{line.mass_g:g}%g}}{f'({told})' if told else ''}"


def _cook_bought(line: ShoppingLine) -> str:
    count, kind = cooked.count_and_kind(line.buy)
    return f"{_cook_name(line.name)}{{{count}{f'%{_cook_plain(kind)}' if kind else ''}}}"


def _nutrition(recipe: HandedRecipe) -> Mapping[str, str]:
    """Return what is in a serving as it is printed."""
    content = {
        word: f"{amount_text(key, amount)} {unit_word(key)}"
        for key, word in handover_rules()["schema_org"].items()
        if (amount := recipe.nutrients.get(key)) is not None
    }
    return {"@type": "NutritionInformation", **content}


def _amount_and_note(line: KitchenLine) -> str:
    name, words, mass = row_of(line)
    note = name.removeprefix(line.name).strip(" ,")
    return ", ".join(filter(None, (words, mass, note)))


def _json(value: object) -> str:
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n"


@cache
def _reader(text: str) -> Callable[..., Any]:
    """Return what reads a text of a form, a template or an expression."""
    if "{{" in text:
        return _environment().from_string(text).render
    return _environment().compile_expression(text, undefined_to_none=False)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, StrictUndefined

    jinja = Environment(  # each form says itself where it escapes, since few are of HTML
        trim_blocks=True, keep_trailing_newline=True, undefined=StrictUndefined, autoescape=False
    )
    as_json = partial(json.dumps, ensure_ascii=False)
    jinja.globals |= {"program": PROGRAM, "maker": MAKER}
    jinja.filters |= {
        "amount_and_note": _amount_and_note,
        "context": lambda text: re.sub(r"\W+", "_", text.lower()).strip("_"),
        "cook_bought": _cook_bought,
        "cook_plain": _cook_plain,
        "cook_step": lambda text: _COOK_TIMER.sub(r"~{\1%\2}", _cook_plain(text)),
        "cook_taken": _cook_taken,
        "counted": cooked.count_and_kind,
        "in_script": lambda value: as_json(value).replace("<", "\\u003c"),  # may not end it
        "in_words": in_words,
        "ingredient": cooked.ingredient_text,
        "json": as_json,
        "label": day_label,
        "note": cooked.note_text,
        "nutrition": _nutrition,
        "one_line": one_line,
        "todo": _todo,
    }
    return jinja
