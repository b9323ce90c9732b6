"""Recipes in Cooklang and in plain text.

Cooklang marks ingredients in the steps: ``@black beans{2%cups}(drained)``, pots ``#pot{}``, times
``~{25%minutes}``; ``--`` begins a remark, ``>> key: value`` or a block between ``---`` says things
about the recipe. Plain text has its title first, then ingredients and steps under headings; where
there are none, lines that begin with an amount are ingredients.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from foods.importers.own_recipe import OwnRecipe
from foods.importers.recipes_page import clean_text
from foods.importers.recipes_said import (
    is_about_it,
    servings_said,
    spoken_minutes,
    times_said,
    total_minutes,
)
from foods.recipe_line import read_words
from foods.recipe_parts import is_section

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
    for part, row in _parted(rows[1:] if rows and title == rows[0][1] else rows):
        parts[part].append(clean_text(_BULLET.sub("", row)))
    told = [one["about"] for one in _IN_TITLE.finditer(title) if servings_said(one["about"])]
    for one in told:
        title = title.replace(f"({one})", " ")
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


def _parted(rows: Sequence[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    """Say of each line whether it is an ingredient, a step, or about the recipe."""
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
