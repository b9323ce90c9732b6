"""A cooked dish of which portions are left: the flags that put it on the next meals."""

from __future__ import annotations

import re
from typing import Any

from planner.language.faults import fault_said
from planner.language.spoken import Said, mark, said
from planner.settings import read_settings


def _rule() -> dict[str, Any]:
    rule: dict[str, Any] = read_settings("shop/shop.toml")["leftovers"]
    return rule


def cooked_name(name: str) -> str:
    """Give what is left over without the word that says so; empty where none does."""
    words = "|".join(_rule()["words"])
    bare = re.sub(rf"^(?:{words})\s+|,?\s+(?:{words})$", "", name, flags=re.IGNORECASE)
    return bare if bare != name else ""


def portions_left(text: str) -> tuple[str, int] | None:
    """Read ``"leftover lentil stew:3 portions"``, or the other way round; else ``None``."""
    words = "|".join(_rule()["portion_words"])
    form = rf"(?:(.+?)[:,]\s*)?(\d+) (?:{words})(?: of (.+))?"
    found = re.fullmatch(form, text.strip(), flags=re.IGNORECASE)
    name = found and (found[1] or found[3])
    return (cooked_name(name) or name, int(found[2])) if found and name else None


def leftover_said(name: str, count: float) -> Said:
    """Say which flags put so many portions of a dish on meals while it keeps, and what to freeze.

    It was cooked on the day before the first one at the latest.
    """
    rule = _rule()
    whole, days = max(1, round(count)), rule["days"]
    flags = [f'--eat-out "{day}:lunch={name}"' for day in range(1, min(whole, days - 1) + 1)]
    more = whole - len(flags)
    rest = said(mark(" ({count} more portions)"), count=more) if more else ""
    told = {"name": name, "flags": " ".join(flags), "days": days}
    return fault_said("leftover_dish", **told, rest=rest)


def leftover_grams(name: str, mass_g: float) -> Said:
    """Say it of an amount in grams."""
    return leftover_said(name, mass_g / _rule()["portion_g"])
