"""Recipes in Cooklang and in plain text.

Cooklang marks ingredients in the steps: ``@black beans{2%cups}(drained)``, pots ``#pot{}``, times
``~{25%minutes}``; ``--`` begins a remark, ``>> key: value`` or a block between ``---`` says things
about the recipe. Plain text has its title first, then ingredients and steps under headings; where
there are none, lines that begin with an amount are ingredients.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from foods.importers.own_recipe import OwnRecipe
from foods.importers.recipes_apps import spoken_minutes
from foods.importers.recipes_page import clean_text, first_number
from foods.recipe_line import read_words

_LINE_REMARK = re.compile(r"(?<!-)--(?!-).*$", re.MULTILINE)
_ENTRY = re.compile(r"^\s*+(?:>>\s*+)?(?P<key>[\w .-]++):\s*(?P<value>.*)$")
_FRONT = re.compile(r"\A\s*---\s*\n(?P<entries>.*?)\n---\s*\n", re.DOTALL)
_MARKED = re.compile(
    r"(?P<sign>[@#~])(?:(?P<long>[^@#~{}\n]*?)\{(?P<amount>[^{}]*)\}|(?P<short>[\w-]+))"
    r"(?:\((?P<note>[^()]*+)\))?"
)
_MODIFIERS = "&?-+@"
_HEADINGS = {
    "lines": ("ingredients", "ingredient list", "you need", "what you need", "for the"),
    "steps": ("method", "directions", "instructions", "steps", "preparation", "how to make"),
}
_SERVES = re.compile(r"\b(?:serves|servings?|yields?|makes|portions?)\b\D{0,12}(\d+)", re.I)
_FOR = re.compile(r"\b(\d+)\s+(?:servings|portions|people)\b", re.I)
_TIME = re.compile(
    r"^\s*(?P<what>total|prep|preparation|cook|cooking)?[ -]*time\b(?P<rest>.*)", re.I
)
_SPOKEN_TIME = re.compile(  # "Prep 15 minutes, cook 1 hour", "ready in 45 min"
    r"\b(?P<what>total|prep|preparation|cook|cooking|ready)\b"
    r"(?: (?:time|in))?:?\s*(?P<rest>\d[^,;]*)",
    re.IGNORECASE,
)
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
    return OwnRecipe(
        name=about.get("title") or name.replace("_", " "),
        lines=tuple(lines),
        steps=tuple(step for step in steps if step and not step.startswith("=")),
        servings=first_number(about.get("servings") or about.get("serves") or about.get("yield")),
        minutes=spoken_minutes(
            about.get("time") or about.get("time required") or about.get("total time")
        ),
        active_minutes=spoken_minutes(about.get("prep time") or about.get("time.prep")),
        words=tuple(
            word.strip(" []\"'")
            for key in ("course", "category", "cuisine", "tags", "meal")
            for word in about.get(key, "").split(",")
            if word.strip()
        ),
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
    rows = [row.strip().lstrip("#").strip() for row in text.splitlines()]
    rows = [row for row in rows if row]
    title = rows[0] if rows and not _heading(rows[0]) else name
    parts: dict[str, list[str]] = {"lines": [], "steps": [], "about": []}
    for part, row in _parted(rows[1:] if rows and title == rows[0] else rows):
        parts[part].append(clean_text(_BULLET.sub("", row)))
    about = " \n".join(parts["about"])
    serves = _SERVES.search(about) or _FOR.search(about)
    times = {
        (match["what"] or "total")[:4].casefold(): spoken_minutes(match["rest"])
        for match in map(_TIME.match, parts["about"])
        if match
    }
    for match in (match for row in parts["about"] for match in _SPOKEN_TIME.finditer(row)):
        times.setdefault(match["what"][:4].casefold(), spoken_minutes(match["rest"]))
    both = (times.get("prep") or 0) + (times.get("cook") or 0)
    return OwnRecipe(
        name=clean_text(title),
        lines=tuple(parts["lines"]),
        steps=tuple(parts["steps"]),
        servings=float(serves.group(1)) if serves else None,
        minutes=times.get("tota") or times.get("read") or both or _minutes_of(parts["steps"]),
        active_minutes=times.get("prep"),
    )


def _minutes_of(steps: Iterable[str]) -> float | None:
    """Add up the times that steps name, of a span the longer, and what is cut before [min]."""
    named = [spoken_minutes(match[1]) or 0 for match in _STEP_TIME.finditer(" ".join(steps))]
    return sum(named) + read_words()["defaults"]["prep_minutes"] if any(named) else None


def _parted(rows: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Say of each line whether it is an ingredient, a step, or about the recipe."""
    rows = list(rows)
    has_headings = any(_heading(row) == "lines" for row in rows)
    part = "about"
    for row in rows:
        heading = _heading(row)
        if heading:
            part = heading
        elif _SERVES.match(row) or _FOR.match(row) or _TIME.match(row):
            yield "about", row
        elif has_headings:
            if not row.endswith(":"):
                yield part, row
        elif part == "steps":
            yield "steps", row
        else:
            yield ("lines" if _BEGINS_WITH_AMOUNT.match(row) else "steps"), row


def _heading(row: str) -> str:
    """Name the part that begins with this line; blank where it is no heading."""
    word = row.rstrip(":").strip().casefold()
    for part, words in _HEADINGS.items():
        if word in words or (row.endswith(":") and word.startswith(words)):
            return part
    return ""
