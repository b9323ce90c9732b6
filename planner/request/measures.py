"""Measures and money as people write them, and what a figure can be.

Read from ``configs/request/``; the ranges catch slips of the pen, safety rules come later.

The conversions are exact by definition: the international yard and pound agreement of 1959
(1 in = 2.54 cm, 1 lb = 0.45359237 kg; NIST Special Publication 811, appendix B).

Figures by country, age and sex are in ``configs/shop/food_plans.csv``, factors of a household's
size and of the months since in ``configs/shop/shop.toml``; all with their sources.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from foods.nutrient import convert
from foods.recipe_line import plain_text
from foods.supplement import atomic_masses
from planner.errors import ConfigError
from planner.faults import fault
from planner.request.profile import Profile
from planner.settings import Figure, read_row, read_rows, read_settings
from planner.shops import NEUTRAL, known_shops, money_of

_LIMITS = "request/limits.toml"
_DL_PER_L = 10


@dataclass(frozen=True, slots=True)
class Range:
    """Inclusive range of a figure, in ``unit``."""

    low: float
    high: float
    unit: str

    def __str__(self) -> str:
        band = f"{float(self.low):g} to {float(self.high):g}"
        return f"{band} {self.unit}" if self.unit else band

    def __format__(self, how: str) -> str:
        return self.__str__()

    def __contains__(self, value: float) -> bool:
        # NaN compares false; whole numbers too large for a float compare rightly.
        return self.low <= value <= self.high


@cache
def known_ranges() -> Mapping[str, Range]:
    """Return the range of every figure by its name."""
    return {
        name: Range(row["min"], row["max"], row["unit"])
        for name, row in read_settings(_LIMITS)["ranges"].items()
    }


@cache
def serum_magnesium_units() -> Mapping[str, float]:
    """Return the units of magnesium in serum, each with what one of it is [mg/dL]."""
    rule = read_settings(_LIMITS)["serum_mg"]
    per_mmol = atomic_masses()[rule["element"]] / _DL_PER_L
    return {"mg/dL": 1.0, "mmol/L": per_mmol, "mEq/L": per_mmol / rule["charges"]}


@cache
def units_of(name: str) -> Mapping[str, float]:
    """Return the units that a figure may be written in, each with what one of it is."""
    units = {"": 1.0, **read_settings(_LIMITS)["units"][name]}
    return {unit.casefold(): float(factor) for unit, factor in units.items()}


def parts_of(name: str) -> Mapping[str, float]:
    """Return the units of which several make one of a figure, each with how many do."""
    parts: Mapping[str, float] = read_settings(_LIMITS)["parts"].get(name, {})
    return parts


def unusual(name: str) -> Mapping[str, Any]:
    """Return from where on a figure is asked about."""
    row: Mapping[str, Any] = read_settings(_LIMITS)["unusual"][name]
    return row


def usual_serum_unit(standard_id: str) -> str | None:
    """Return the unit of a serum magnesium without one; ``None`` where it must be asked."""
    units: Mapping[str, str] = read_settings(_LIMITS)["serum_mg"]["bare_number"]
    return units.get(standard_id)


def assumed_body(sex: str, age_y: int) -> tuple[float, float]:
    """Return the height [cm] and weight [kg] assumed for a person who says neither.

    Raises
    ------
    ConfigError
        When no row fits, which for an age within its range cannot be.

    Notes
    -----
    Source: medians of the CDC growth charts by year of age up to 18, reference bodies of the DRI
    reports for grown-ups; see ``configs/request/bodies.toml``.
    """
    for row in read_rows("request/bodies.csv"):
        fits_age = int(row["age_min_y"]) <= age_y <= int(row["age_max_y"])
        if fits_age and row["sex"] in (sex, "both"):
            return float(row["height_cm"]), float(row["weight_kg"])
    raise fault(ConfigError, "no_body", sex=sex, age_y=age_y)


CM_PER_INCH = 2.54
CM_PER_M = 100.0
INCHES_PER_FOOT = 12
KG_PER_POUND = 0.45359237
POUNDS_PER_STONE = 14

_NUMBER = r"(\d{1,6}(?:\.\d{1,17}|,\d{1,2})?)"
_FEET, _INCHES = r"(?:'|\u2032|ft|foot|feet)", r"(?:\"|\u2033|''|in|inch|inches)"
_POUNDS = r"(?:lb|lbs|pound|pounds)"
_HEIGHT_METRIC = re.compile(rf"{_NUMBER}\s*(cm|m)?")
_HEIGHT_US = re.compile(rf"{_NUMBER}\s*{_FEET}(?:\s*{_NUMBER}\s*{_INCHES}?)?")
_HEIGHT_INCHES = re.compile(rf"{_NUMBER}\s*{_INCHES}")
_WEIGHT_KG = re.compile(rf"{_NUMBER}\s*(?:kg)?")
_WEIGHT_LB = re.compile(rf"{_NUMBER}\s*{_POUNDS}")
_CONCENTRATION = re.compile(rf"{_NUMBER}\s*([a-zA-Zµ]+\s*/\s*[a-zA-Z]+)?")
_SERUM_DECIMALS = 4  # a laboratory gives two; what is cut is noise of the conversion
MASS_UNITS = ("g", "kg", "oz", "lb")
_MASS = re.compile(rf"{_NUMBER}\s*({'|'.join(MASS_UNITS)})?")
OZ_PER_POUND = 16
_FIGURE = re.compile(rf"{_NUMBER}\s*(\D.*)?")
_WEIGHT_STONE = re.compile(rf"{_NUMBER}\s*(?:st|stone)(?:\s*{_NUMBER}\s*{_POUNDS}?)?")


def read_height_cm(text: str) -> float:
    """Read a body height [cm] from ``165``, ``165 cm``, ``1.65 m``, ``5 ft 5 in``, ``65 in``.

    Raises
    ------
    ConfigError
        When the text is no height, or one that nobody has.
    """
    words = text.strip().lower()
    if found := _HEIGHT_METRIC.fullmatch(words):
        height_cm = _number(found[1]) * (CM_PER_M if found[2] == "m" else 1.0)
    elif (found := _HEIGHT_US.fullmatch(words)) and _number(found[2]) < INCHES_PER_FOOT:
        height_cm = (_number(found[1]) * INCHES_PER_FOOT + _number(found[2])) * CM_PER_INCH
    elif found := _HEIGHT_INCHES.fullmatch(words):
        height_cm = _number(found[1]) * CM_PER_INCH
    else:
        raise fault(ConfigError, "no_height", text=text)
    return check_size("height_cm", height_cm)


def read_mass_g(text: str) -> float:
    """Read the mass of a food [g] from ``300``, ``300 g``, ``0.5 kg``, ``10 oz``, ``1 lb``.

    Raises
    ------
    ConfigError
        When the text is no mass.
    """
    found = _MASS.fullmatch(plain_text(text).lower())
    if found is None:
        raise fault(ConfigError, "no_mass", text=text.strip())
    pound_g = convert(KG_PER_POUND, "kg", "g")
    in_g = {"kg": convert(1.0, "kg", "g"), "oz": pound_g / OZ_PER_POUND, "lb": pound_g}
    return _number(found[1]) * in_g.get(found[2] or "g", 1.0)


def read_weight_kg(text: str) -> float:
    """Read a body mass [kg] from ``65``, ``65 kg``, ``143 lb``, ``10 st 3 lb``.

    Raises
    ------
    ConfigError
        When the text is no weight, or one that nobody has.
    """
    words = text.strip().lower()
    if found := _WEIGHT_KG.fullmatch(words):
        weight_kg = _number(found[1])
    elif found := _WEIGHT_LB.fullmatch(words):
        weight_kg = _number(found[1]) * KG_PER_POUND
    elif (found := _WEIGHT_STONE.fullmatch(words)) and _number(found[2]) < POUNDS_PER_STONE:
        weight_kg = (_number(found[1]) * POUNDS_PER_STONE + _number(found[2])) * KG_PER_POUND
    else:
        raise fault(ConfigError, "no_weight", text=text)
    return check_size("weight_kg", weight_kg)


class FigureWithUnit(float):
    """A figure that was written with its unit, and so is meant as it stands."""


def names_unit(value: object) -> bool:
    """Return whether a figure came with its unit: ``"150 kg"`` does, ``"150"`` does not."""
    is_bare = isinstance(value, str) and re.fullmatch(r"[\d\s.,+-]*", value)
    return isinstance(value, FigureWithUnit | str) and not is_bare


def read_figure(text: str, name: str) -> float:
    """Read a figure with or without its unit, in the unit of its range: ``8400 kJ``, ``62 years``.

    Of an age in months the years that are completed: ``18 months`` is 1.

    Raises
    ------
    ConfigError
        When the text is no number, or its unit is not one of ``configs/request/limits.toml``.
    """
    found, units = _FIGURE.fullmatch(" ".join(text.split())), {**units_of(name), **parts_of(name)}
    unit = (found[2] or "").casefold() if found else ""
    if found and unit in parts_of(name):
        return _number(found[1]) // units[unit]
    factor = units.get(unit) if found else None
    if found is None or factor is None:
        names = ", ".join(filter(None, units))
        raise fault(ConfigError, "no_number_with_unit", text=text, names=names)
    return _number(found[1]) * factor


def with_unit(read: Callable[[str], float]) -> Callable[[str], float]:
    """Return a reader whose figures are ``FigureWithUnit`` where the text names their unit."""

    def kept(text: str) -> float:
        figure = read(text)
        return FigureWithUnit(figure) if names_unit(text) else figure

    return kept


def check_size(name: str, value: float) -> float:
    """Return a height or weight back; raise ``ConfigError`` for one that nobody has."""
    likely = known_ranges()[name]
    if value not in likely:
        told = {"shown": _shown(value), "likely": likely}
        if name == "height_cm":
            raise fault(ConfigError, "height_outside", **told)
        raise fault(ConfigError, "weight_outside", **told)
    return value


def read_concentration(
    text: str, what: str, units: Mapping[str, float], bare_unit: str | None = None
) -> float:
    """Read what a laboratory measured, in the unit that ``units`` counts as 1.

    Parameters
    ----------
    text
        A number with its unit, such as ``"0.85 mmol/L"``.
    what
        What was measured, for messages.
    units
        Unit, as laboratories write it → what one of it is in the unit that is wanted.
    bare_unit
        Unit of a number without one; ``None``: the unit is asked for.

    Raises
    ------
    ConfigError
        When the text is no number with a known unit, or the unit is missing and must be said.
    """
    found = _CONCENTRATION.fullmatch(text.strip())
    known = {unit.casefold(): factor for unit, factor in units.items()}
    unit = found and (found[2] or bare_unit)
    if found and unit is None:
        told = " or ".join(f'"{found[1]} {known_unit}"' for known_unit in units)
        raise fault(ConfigError, "unit_missing", what=what, text=text, units=told)
    factor = known.get("".join((unit or "").casefold().split()))
    if not found or factor is None:
        raise fault(ConfigError, "no_concentration", text=text, what=what, names=", ".join(units))
    return _number(found[1]) * factor


def read_serum_magnesium_mg_dl(text: str, standard_id: str) -> float:
    """Read magnesium in serum [mg/dL] from ``2.1 mg/dL``, ``0.85 mmol/L``, ``1.7 mEq/L``.

    Raises
    ------
    ConfigError
        When the text is no such figure, has no unit where ``standard_id`` is not ``us``, or is one
        that nobody has.
    """
    units, bare_unit = serum_magnesium_units(), usual_serum_unit(standard_id)
    serum = read_concentration(text, "magnesium in serum", units, bare_unit)
    likely = known_ranges()["serum_mg_mg_dl"]
    if serum not in likely:
        raise fault(ConfigError, "serum_outside", text=text, serum=serum, likely=likely)
    return round(serum, _SERUM_DECIMALS)


def _number(text: str | None) -> float:
    return float((text or "0").replace(",", "."))


def _shown(value: float) -> str:
    """Show a figure; a whole number from a file may be too large for a float."""
    try:
        return f"{value:g}"
    except OverflowError:
        return "far too many"


CENTS = 100


@dataclass(frozen=True, slots=True)
class FoodPlanRow:
    """What a plan costs for people of one sex and age.

    Parameters
    ----------
    country, plan, sex
        Whose figure it is; name of the plan; ``"f"``, ``"m"``, or empty for both.
    age_from, age_to
        Completed years, both included; ``None``: and older.
    per_week
        Where the factor of the household is 1 [money of the country a week].
    month, source, confidence
        Of which month the figure is, and where it stands.
    """

    country: str
    plan: str
    sex: str
    age_from: int
    age_to: Figure
    per_week: float
    month: str
    source: str
    confidence: str


@cache
def food_plan_rows() -> tuple[FoodPlanRow, ...]:
    """Return all figures, as they stand in the file."""
    return tuple(read_row(FoodPlanRow, row) for row in read_rows("shop/food_plans.csv"))


def food_plan_names(country: str = NEUTRAL) -> tuple[str, ...]:
    """Name the plans of a country, the cheapest first; those of the US have all names."""
    return tuple(dict.fromkeys(row.plan for row in food_plan_rows() if row.country == country))


def food_plan_country(plan: str, shops: str) -> str:
    """Name the country whose figures hold for shops: their own, or the US where that has none."""
    return shops if plan in food_plan_names(shops) else NEUTRAL


def food_plans_of(country: str) -> Mapping[str, Any]:
    """Return what holds for all plans of a country: whose they are, factors, and months."""
    plans: Mapping[str, Any] = read_settings("shop/shop.toml")["food_plans"][country]
    return plans


def food_plan_months(plan: str, country: str) -> tuple[str, str]:
    """Return the months that a plan's figures are from and its prices are of: ``"2025-09"``."""
    made = (row.month for row in food_plan_rows() if (row.country, row.plan) == (country, plan))
    return next(made), food_plans_of(country)["month"]


def food_plan_usd(plan: str, people: Sequence[Profile], household: int, shops: str) -> float:
    """Describe what a plan costs for some people of a household [USD a week, whole cents].

    Parameters
    ----------
    plan
        One of ``food_plan_names()``.
    people
        Whom it is for.
    household
        How many live together: food for one costs more than a quarter of that for four.
    shops
        Country of the shops, whose own figures are taken where it has any.

    Raises
    ------
    ConfigError
        When the plan has no figure for somebody.
    """
    country = food_plan_country(plan, shops)
    of_all = food_plans_of(country)
    costs = [(one.age_y >= of_all["from_age"], _cost_of(plan, one, country)) for one in people]
    counted = household - sum(not is_counted for is_counted, _ in costs)
    factor = float(of_all["household"][min(counted, len(of_all["household"])) - 1])
    total = sum(cost * factor if is_counted else cost for is_counted, cost in costs)
    return round(total / float(money_of(country)["per_usd"]) * CENTS) / CENTS


def _cost_of(plan: str, profile: Profile, country: str) -> float:
    """Return the most that the plan and the cheaper ones cost, in prices of one month."""
    names = food_plan_names(country)
    times: Mapping[str, float] = food_plans_of(country)["times"]
    rows = (row for row in _rows_of(profile) if row.country == country)
    found = {row.plan: row.per_week * times[row.month] for row in rows}
    if plan not in found:
        raise fault(ConfigError, "no_food_plan", plan=plan, age=profile.age_y)
    return max(found[name] for name in names[: names.index(plan) + 1])


def _rows_of(profile: Profile) -> Iterator[FoodPlanRow]:
    for row in food_plan_rows():
        last = profile.age_y if row.age_to is None else row.age_to
        if row.sex in ("", profile.sex) and row.age_from <= profile.age_y <= last:
            yield row


DOLLARS = "USD"
_AMOUNT = r"(\d{1,6}(?:,\d{3})*(?:\.\d{1,2})?)"
_A_WEEK = r"(?:\s*(?:/|a|per)\s*week)?"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as it was written.

    Parameters
    ----------
    amount
        How much.
    currency
        Code of the currency, ``"GBP"``; empty where none was said: that of the shops.
    food_plan
        Name of the official food plan that was named in place of an amount, which is 0 then.
    """

    amount: float
    currency: str = ""
    food_plan: str = ""

    def in_usd(self, shops: str) -> float:
        """Return it in US dollars, in which prices are figured.

        Raises
        ------
        ConfigError
            When it is of another currency than that of the shops: nobody guesses what was meant.
        """
        own = money_of(shops)
        if self.currency in ("", own["currency"]):
            return self.amount / float(own["per_usd"])
        other = next(shop for shop in known_shops() if money_of(shop)["currency"] == self.currency)
        there = self.amount / float(money_of(other)["per_usd"]) * float(own["per_usd"])
        written = {"amount": self.amount, "currency": self.currency, "there": there}
        kept = {"shops": shops, "money": own["currency"], "sign": own["sign"]}
        raise fault(ConfigError, "money_of_others", **written, **kept, other=other)


def read_money(text: str) -> Money:
    """Read an amount of money: ``60``, ``$60``, ``60 dollars a week``, ``£1,000``; or ``thrifty``.

    Raises
    ------
    ConfigError
        When it is none, is of a currency that no known shops have, or nobody spends as much.
    """
    if text.strip().casefold() in food_plan_names():
        return Money(0.0, food_plan=text.strip().casefold())
    found = _pattern().fullmatch(text.strip().casefold())
    named = {_currency(word) for word in found.group(1, 3) if word} if found else set()
    if found is None or len(named) > 1:
        signs = ", ".join(f'"{money_of(shop)["sign"]}60"' for shop in known_shops())
        plans = ", ".join(food_plan_names())
        raise fault(ConfigError, "no_money", text=text, signs=signs, plans=plans)
    return check_money(Money(float(found[2].replace(",", "")), *named), text)


def check_money(money: Money, text: str) -> Money:
    """Return it back; raise ``ConfigError`` for an amount that no week costs."""
    likely = known_ranges()["budget_per_week"]
    if money.amount not in likely:
        raise fault(ConfigError, "money_outside", text=text, likely=likely)
    return money


@cache
def _pattern() -> re.Pattern[str]:
    word = any_money()
    return re.compile(rf"({word})?\s*{_AMOUNT}\s*({word})?{_A_WEEK}")


def any_money() -> str:
    """Return the pattern of any word for money, in small letters."""
    words = sorted((word for shop in known_shops() for word in money_of(shop)["words"]), key=len)
    return "|".join(map(re.escape, reversed(words)))


def shops_of_money(word: str) -> str:
    """Return the country whose money is called so."""
    return next(shop for shop in known_shops() if word in money_of(shop)["words"])


def _currency(word: str) -> str:
    return str(money_of(shops_of_money(word))["currency"])
