"""Short phrases of flags and request files: ``fish >= 2``, ``tofu:3``, ``magnesium/100kcal``."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from foods.nutrient import known_nutrients
from foods.table import nearest_names
from planner.errors import ConfigError, TargetsError
from planner.faults import fault
from planner.request.day_words import find_day
from planner.request.measures import any_money, known_ranges, read_concentration, shops_of_money
from planner.request.override import SHARE_KEYS, TargetOverride
from planner.settings import read_settings
from planner.shops import NEUTRAL, money_of

DEFAULT_GRADE = 2
DEFAULT_CUPS = 1

_MICROGRAMS = MappingProxyType(
    {"\N{MICRO SIGN}g": "ug", "\N{GREEK SMALL LETTER MU}g": "ug", "mcg": "ug"}
)
_OF_A_MEAL = re.compile(r"\bmeals?\b")
_LETTERS = string.ascii_letters + "\N{MICRO SIGN}\N{GREEK SMALL LETTER MU} "
SENSES = {">=": ">=", "≥": ">=", "=>": ">=", "<=": "<=", "≤": "<=", "=<": "<="}
_COMPARISON = re.compile(r"([^<>=≤≥]+?)\s*(>=|=>|≥|<=|=<|≤)\s*([^<>=≤≥]+)")
_ON_DAYS = re.compile(r".*\bon\s+(.+)")
_WATER_WORDS = {
    **dict.fromkeys(("mg", "magnesium"), "magnesium_mg_per_l"),
    **dict.fromkeys(("ca", "calcium"), "calcium_mg_per_l"),
    **dict.fromkeys(("na", "sodium"), "sodium_mg_per_l"),
}


@dataclass(frozen=True, slots=True)
class FrequencyRule:
    """How many servings a week of a food, food group or dish: ``fish >= 2``.

    Parameters
    ----------
    name
        Food id or base, food group, protein family or dish id, as a person wrote it.
    sense
        ``">="`` or ``"<="``.
    count
        Servings per week.
    """

    name: str
    sense: str
    count: int

    def __str__(self) -> str:
        return f"{self.name} {self.sense} {self.count}"


def read_name(text: str) -> str:
    """Return the name of a food, group, allergen or dish without blanks around it.

    Raises
    ------
    ConfigError
        When nothing is left, or the name holds characters that cannot be printed.
    """
    name = text.strip()
    if not name or not name.isprintable():
        odd = f"{name!r} holds characters that cannot be printed"
        remedy = "write the name of a food, food group, allergen or dish"
        raise ConfigError(odd if name else "an empty name", remedy=remedy)
    return name


def read_plan_path(text: str) -> str:
    """Return the path of an earlier plan in full, so that a request is good in any folder.

    Raises
    ------
    ConfigError
        As for a name.
    """
    path = Path(read_name(text))
    return str(path.absolute()) if path.exists() else str(text.strip())


def read_note(text: str) -> str:
    """Return a note on one line.

    Raises
    ------
    ConfigError
        When nothing is left, it is too long, or it holds characters that cannot be printed.
    """
    note, letters = " ".join(text.split()), known_ranges()["note"]
    if len(note) not in letters or not note.isprintable():
        raise fault(ConfigError, "no_note", count=len(note), letters=letters)
    return note


def read_frequency(text: str) -> FrequencyRule:
    """Read ``"fish >= 2"`` as a rule on servings per week.

    Raises
    ------
    ConfigError
        When the text has another form, or the count is no whole number in range.
    """
    found = _COMPARISON.fullmatch(text.strip())
    if found is None:
        raise fault(ConfigError, "no_rule_per_week", text=text)
    count = _read_whole(found[3], "servings_per_week", text)
    return FrequencyRule(read_name(found[1]), SENSES[found[2]], count)


def read_graded_name(text: str) -> tuple[str, int]:
    """Read ``"tofu:3"`` as a name and a grade; ``"tofu"`` alone has grade 2.

    Raises
    ------
    ConfigError
        When the grade is not 1, 2 or 3.
    """
    return _read_numbered(text, "grade", DEFAULT_GRADE)


def read_cups(text: str) -> tuple[str, int]:
    """Read ``"coffee:2"`` as a drink and its cups a day; ``"coffee"`` alone is one cup.

    Raises
    ------
    ConfigError
        When the number of cups is no whole number in range.
    """
    return _read_numbered(text, "cups_per_day", DEFAULT_CUPS)


def _read_numbered(text: str, kind: str, default: int) -> tuple[str, int]:
    name, colon, number = text.rpartition(":")
    if not colon:
        return read_name(text), default
    return read_name(name), _read_whole(number, kind, text)


def read_clinic(text: str) -> tuple[str, float]:
    """Read ``"potassium_mg<=2500"`` as the most of a nutrient a day that a clinic has set.

    Raises
    ------
    ConfigError
        When the text has another form, sets a least amount, or names no nutrient.
    """
    bound = read_target(text)
    if bound.upper is None or bound.nutrient not in known_nutrients():
        raise fault(ConfigError, "no_clinic_figure", text=text)
    return bound.nutrient, bound.upper


def write_clinic(limits: Mapping[str, float], _: object) -> Iterator[str]:
    """Write what a clinic has set as ``read_clinic`` reads it."""
    return (f"{nutrient}<={most:.12g}" for nutrient, most in limits.items())


def read_serum_potassium(text: str) -> float:
    """Read ``"5.2 mmol/L"`` or ``"5.2 mEq/L"``, which are the same, as potassium in serum [mmol/L].

    Raises
    ------
    ConfigError
        When the unit is missing or another one, or the figure is out of range.
    """
    units = {"mmol/L": 1.0, "mEq/L": 1.0}
    mmol_l = read_concentration(text, "potassium in serum", units)
    return _read_number(f"{mmol_l:g}", "serum_k_mmol_l", text)


def read_days_between(text: str) -> tuple[str, int]:
    """Read ``"salmon=3"`` as a name and the least number of days between two servings.

    Raises
    ------
    ConfigError
        When the text has another form, or the number of days is out of range.
    """
    name, equals, days = text.rpartition("=")
    if not equals:
        raise fault(ConfigError, "no_days_between", text=text)
    return read_name(name), _read_whole(days, "days_between", text)


def read_target(text: str) -> TargetOverride:
    """Read ``"magnesium>=500"`` or ``"salt<=5 g"``, which is sodium, as a bound set by hand.

    Raises
    ------
    ConfigError
        When the text has another form, or no number of its range.
    TargetsError
        When it names no nutrient.
    """
    found = _COMPARISON.fullmatch(text.strip())
    if found is None:
        raise fault(ConfigError, "no_target", text=text)
    on = _ON_DAYS.fullmatch(found[3])
    if on and all(find_day(day) is not None for day in on[1].split(",")):
        raise fault(TargetsError, "target_some_days", days=on[1])
    word = found[1].strip().lower()
    other = read_settings("targets.toml")["counted_as"].get(word.removesuffix("_g"), {})
    key = other["key"] if other else read_target_key(found[1])
    unit = known_nutrients()[key].unit if key in known_nutrients() else ""
    figure = _without_unit(found[3].strip(), other.get("unit", unit), text)
    bound = _read_number(figure, "target", text) * other.get("factor", 1.0)
    is_lower = SENSES[found[2]] == ">="
    return TargetOverride(key, bound if is_lower else None, None if is_lower else bound)


def is_phrase(band: Mapping[str, Any]) -> bool:
    """Whether ``read_target`` can say a band of ``[targets]``: nothing but its bounds."""
    return band.get("period") is None and band.get("hard") is None


def write_targets(bands: Mapping[str, Mapping[str, Any]], _: object) -> Iterator[str]:
    """Write bands of ``[targets]`` as ``read_target`` reads them, but for shares set together."""
    together = read_settings("shares.toml")["macros"]["keys"] if [*write_macros(bands, _)] else ()
    for key, band in bands.items():
        for side, sign in (("lower", ">="), ("upper", "<=")):
            bound = band.get(side)
            if bound is not None and is_phrase(band) and key not in together:
                yield f"{key}{sign}{bound:.12g}"


def write_macros(bands: Mapping[str, Mapping[str, Any]], _: object) -> Iterator[str]:
    """Write shares of energy that were set together as ``read_macros`` reads them."""
    rule = read_settings("shares.toml")["macros"]
    found = [bands[key] for key in rule["keys"] if key in bands and is_phrase(bands[key])]
    shares = [f"{(band.get('upper') or 0) - rule['margin']:g}" for band in found]
    text = "/".join(shares)
    with suppress(ConfigError):
        if [band.sides for band in read_macros(text)] == [
            {side: band.get(side) for side in ("lower", "upper")} for band in found
        ]:
            yield text


def read_macros(text: str) -> tuple[TargetOverride, ...]:
    """Read ``"40/30/30"`` as bands of the energy from carbohydrate, protein and fat [%].

    Raises
    ------
    ConfigError
        When it is not three shares that make a whole.
    """
    rule = read_settings("shares.toml")["macros"]
    parts = [part.strip().removesuffix("%") for part in text.split("/")]
    shares = [int(part) for part in parts if part.isascii() and part.isdigit()]
    if len(parts) != len(rule["keys"]) or len(shares) != len(parts) or sum(shares) != rule["whole"]:
        raise fault(ConfigError, "no_macros", text=text)
    return tuple(
        TargetOverride(key, float(max(share - rule["margin"], 0)), float(share + rule["margin"]))
        for key, share in zip(rule["keys"], shares, strict=True)
    )


def _without_unit(figure: str, unit: str, phrase: str) -> str:
    """Take the unit of a nutrient from behind its figure; another one is asked about."""
    number = figure.rstrip(_LETTERS)
    written = figure.removeprefix(number).strip()
    written = _MICROGRAMS.get(written, written)
    if unit and number[-1:].isdigit() and written not in ("", unit):
        raise fault(ConfigError, "other_unit", phrase=phrase, unit=unit)
    return number if written == unit else figure


def read_target_key(text: str) -> str:
    """Return the key meant by ``"magnesium_mg"``, ``"magnesium"`` or ``"Magnesium"``.

    Raises
    ------
    TargetsError
        When no nutrient, share or ratio has this name; offers the nearest ones.
    """
    key, (days, _, rest) = find_target_key(text), text.partition(":")
    if rest and all(find_day(day) is not None for day in days.split(",")):
        raise fault(TargetsError, "target_some_days", days=days)
    if key is None:
        if _OF_A_MEAL.search(text.casefold()):
            raise fault(TargetsError, "target_of_a_meal", text=text.strip())
        near = nearest_names(text.strip(), set(_target_words().values()))
        remedy = "the nearest: {names}".format(names=", ".join(near))
        wrong = f"unknown nutrient {text.strip()!r}"
        raise TargetsError(wrong, remedy=remedy if near else "see `magplan targets`")
    return key


def find_target_key(text: str) -> str | None:
    """Return the key meant by a word, or ``None``."""
    return _target_words().get(text.strip().lower().replace(" ", "_"))


def read_tap_water(text: str) -> dict[str, float]:
    """Read ``"mg=12,ca=60,na=10"`` as minerals of tap water [mg/L], by key of the water table.

    Raises
    ------
    ConfigError
        When a part has another form, a mineral is unknown or stands twice, or a figure is out
        of range.
    """
    minerals: dict[str, float] = {}
    for part in text.split(","):
        word, _equals, figure = part.partition("=")
        key = _WATER_WORDS.get(word.strip().lower())
        if key is None or key in minerals:
            raise fault(ConfigError, "no_water_analysis", text=text)
        minerals[key] = _read_number(figure, "water_mg_per_l", text)
    return minerals


@cache
def _target_words() -> Mapping[str, str]:
    """Map every word that means a target to its key; keys win over shorter words."""
    words = dict(read_settings("targets.toml")["words"])
    for key, nutrient in known_nutrients().items():
        words.setdefault(nutrient.name.lower().replace(" ", "_"), key)
        words.setdefault(key.removesuffix(f"_{nutrient.unit}"), key)
    words |= {
        f"{word}_{known_nutrients()[key].unit}": key
        for word, key in words.items()
        if key in known_nutrients()
    }
    words |= {key: key for key in (*known_nutrients(), *SHARE_KEYS)}
    return MappingProxyType(words)


def _read_whole(text: str, kind: str, phrase: str) -> int:
    likely = known_ranges()[kind]
    word = text.strip()
    if not (word.isascii() and word.isdigit()) or float(word) not in likely:
        raise fault(ConfigError, "no_whole_number", phrase=phrase, word=word, likely=likely)
    return int(word)


def _read_number(text: str, kind: str, phrase: str) -> float:
    likely = known_ranges()[kind]
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if number not in likely:
        raise fault(ConfigError, "no_number", phrase=phrase, text=text.strip(), likely=likely)
    return number


ENERGY, CALCIUM = "energy_kcal", "calcium_mg"
SERVING, PRICE = "serving", "usd"
_PER = re.compile(
    rf"\s*/\s*(?:(100\s*kcal|kcal)|(calcium|ca)|(serving|portion)|({any_money()}))\s*$",
    re.IGNORECASE,
)
_NAMES = (ENERGY, CALCIUM, SERVING, PRICE)
_HUNDRED = 100.0

Of = Callable[[str], float | None]
"""Key of a nutrient, ``SERVING`` [g] or ``PRICE`` [USD], in or of 100 g → its amount, if known."""


@dataclass(frozen=True, slots=True)
class SortedBy:
    """A nutrient, as it is, or in something.

    Parameters
    ----------
    key
        The nutrient.
    per
        In what it is counted: ``ENERGY`` for 100 kcal, ``CALCIUM`` for 1 mg of it, ``SERVING`` for
        a usual one, ``PRICE`` for what costs one of the money of ``shops``; empty for as it is.
    shops
        Country whose money that is.
    """

    key: str
    per: str = ""
    shops: str = NEUTRAL

    def amount(self, of: Of) -> float | None:
        """Compute how much of it there is, where ``of`` gives a nutrient's amount or ``None``."""
        amount = of(self.key)
        if amount is None or not self.per:
            return amount
        whole = of(self.per)
        if not whole:
            return None
        if self.per == SERVING:
            return amount * whole / _HUNDRED
        if self.per == PRICE:
            whole *= float(money_of(self.shops)["per_usd"])
        return amount / whole * (_HUNDRED if self.per == ENERGY else 1.0)

    def rank(self, of: Of) -> tuple[bool, float]:
        """Return what sorts most of it first, and what nobody knows last."""
        amount = self.amount(of)
        return amount is None, -(amount or 0.0)

    def cell(self, of: Of) -> str:
        """Write how much of it there is; a question mark where nobody knows."""
        amount = self.amount(of)
        decimals = max(known_nutrients()[self.key].decimals, int(bool(self.per)))
        return "?" if amount is None else f"{amount:.{decimals}f}"


def read_sorted_by(text: str) -> SortedBy:
    """Read ``"magnesium"``, ``"magnesium/100kcal"``, ``/calcium``, ``/serving`` or ``/eur``.

    Raises
    ------
    ConfigError
        When it is no nutrient.
    """
    per = _PER.search(text)
    key = find_target_key(_PER.sub("", text))
    if key is None or key not in known_nutrients():
        raise fault(ConfigError, "not_sorted_by", text=text)
    if per is None or per.lastindex is None:
        return SortedBy(key)
    name = _NAMES[per.lastindex - 1]
    return SortedBy(key, name, shops_of_money(per[4].casefold()) if name == PRICE else NEUTRAL)
