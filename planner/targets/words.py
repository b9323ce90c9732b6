"""What figures and people are called: one name, unit and basis for tables, sentences and files."""

from __future__ import annotations

from typing import Any

from foods.nutrient import known_nutrients
from foods.units import printed_unit
from planner.request.profile import Profile
from planner.request.shares import RATIO, read_shares
from planner.settings import read_settings
from planner.shops import NEUTRAL, shopping_in

BASIS_WORDS = {
    "total": "",
    "food": "from food",
    "supplement": "from supplements",
    "supplement_and_fortified": "added",
    "preformed_retinol": "",  # the key's own name says it
    "folic_acid": "",
}
ADDED_LEGEND = "Added: in supplements and in fortified food."
GROWN_FROM_Y = 18


def name_of(key: str) -> str:
    """Return the plain name of a nutrient, share or ratio key: ``"Fat, share of energy"``."""
    if key == RATIO:
        return "Calcium to magnesium"
    share = read_shares().get(key)
    return str(share["name"]) if share else known_nutrients()[key].name


def note(name: str, /, **values: Any) -> str:
    """Return a sentence of ``configs/notes.toml``."""
    sentence = str(read_settings("notes.toml")[name])
    return sentence.format(**values) if values else sentence


def name_within(key: str) -> str:
    """Return a name as it stands inside a sentence: ``"magnesium"``."""
    name = name_of(key)
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def said_within(key: str) -> str:
    """Return a name as it stands inside a sentence."""
    with shopping_in(NEUTRAL):
        return name_within(key)


def said_on(key: str, basis: str = "") -> str:
    """Return a name with what it counts on."""
    with shopping_in(NEUTRAL):
        name, counted = name_of(key), BASIS_WORDS[basis or "total"]
    return f"{name} {counted}" if counted else name


def said_unit(key: str) -> str:
    """Return the unit of a key as it is printed."""
    with shopping_in(NEUTRAL):
        return unit_word(key)


def unit_of(key: str) -> str:
    """Return the unit of a key as files hold it: ``"ug"``, ``"percent"``, ``"ratio"``."""
    if key == RATIO:
        return "ratio"
    return "percent" if key in read_shares() else known_nutrients()[key].unit


def unit_word(key: str) -> str:
    """Return the unit of a key as it is printed behind a figure; a ratio has none."""
    return {"ratio": "", "percent": "% of energy"}.get(unit_of(key), printed_unit(unit_of(key)))


def name_on(key: str, basis: str) -> str:
    """Return a name with what it counts on, where that is not the total: ``"Vitamin E added"``."""
    return f"{name_of(key)} {BASIS_WORDS[basis or 'total']}".strip()


def heading_of(key: str, basis: str = "total") -> str:
    """Head a row of figures with name, basis and unit: ``"Magnesium from supplements, mg"``."""
    name = name_on(key, basis).removesuffix(" (share of energy)")
    return ", ".join(filter(None, (name, unit_word(key))))


def person_word(profile: Profile) -> str:
    """Return the word for a person of this age whose reference values are used."""
    grown = profile.age_y >= GROWN_FROM_Y
    return {"f": "woman" if grown else "girl", "m": "man" if grown else "boy"}[profile.sex]
