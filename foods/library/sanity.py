"""What is doubtful of a food's figures: slips of units, energy, sums, and what is unlike its kind.

Limits stand in ``foods/data/library.toml``. Nothing is mended: a doubtful food waits until it is
accepted.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from foods.food import Food
from foods.library.store import FigureDoubt, KeptFood, read_library_rules
from foods.nutrient import known_nutrients, printed_unit

_ENERGY, _FIBRE = "energy_kcal", "fibre_g"
_THOUSAND = 1000.0
_SMALLER = {"g": "mg", "mg": "ug"}

Amounts = Mapping[str, float | None]


class Doubts:
    """Finds what is doubtful of foods, and knows what is usual for a group.

    Parameters
    ----------
    similar
        Foods whose figures are sure: what is usual for their groups.
    """

    def __init__(self, similar: Iterable[Food] = ()) -> None:
        self.groups: dict[tuple[str, str], _Spread] = defaultdict(_Spread)
        for food in similar:
            self._note(food.group, food.per_100g)

    def of(self, kept: KeptFood) -> list[FigureDoubt]:
        """Find what is doubtful of a food by itself, and count it for its group."""
        own = kept.figures
        self._note(own.group, own.per_100g)
        found = [*kept.findings]
        for check in (_too_much, _sum, _parts, _energy):
            found += (FigureDoubt(kept.figures.row, key, text) for key, text in check(own.per_100g))
        return found

    def unlike(self, row: int, group: str, amounts: Amounts) -> list[FigureDoubt]:
        """Find minerals that are far from those of other foods of a group."""
        rule, found = _rules(), []
        for key in rule["compared"]:
            usual, amount = self.groups.get((group, key)), amounts.get(key)
            if not group or not amount or usual is None or usual.count < rule["similar_least"]:
                continue
            away = math.log(amount) - usual.mean
            most = max(rule["similar_deviations"] * usual.deviation, math.log(_times()))
            if abs(away) > most:
                values = {
                    "amount": amount,
                    "unit": _unit(key),
                    "group": group,
                    "usual": float(f"{math.exp(usual.mean):.2g}"),
                }
                text = "{amount:g} {unit}; similar foods ({group}) have some {usual:g}"
                found.append(FigureDoubt(row, key, text.format(**values)))
        return found

    def _note(self, group: str, amounts: Amounts) -> None:
        for key in _rules()["compared"] if group else ():
            amount = amounts.get(key)
            if amount:
                self.groups[group, key].add(math.log(amount))


class _Spread:
    """Mean and standard deviation of numbers that come one by one (Welford 1962)."""

    __slots__ = ("count", "mean", "squares")

    def __init__(self) -> None:
        self.count, self.mean, self.squares = 0, 0.0, 0.0

    def add(self, value: float) -> None:
        self.count += 1
        away = value - self.mean
        self.mean += away / self.count
        self.squares += away * (value - self.mean)

    @property
    def deviation(self) -> float:
        return math.sqrt(self.squares / self.count)


def _too_much(amounts: Amounts) -> Iterator[tuple[str, str]]:
    rule = _rules()
    for key, amount in amounts.items():
        unit = known_nutrients()[key].unit
        most = rule["most_g"] if unit == "g" else rule["most"].get(key, math.inf)
        if not amount or amount <= most * (rule["most_times"] if unit in _SMALLER.values() else 1):
            continue
        values = {"amount": amount, "unit": _unit(key), "most": most}
        text = "{amount:g} {unit} in 100 g; no food has more than {most:g}"
        if unit in _SMALLER and amount <= _THOUSAND * most:
            text = "{amount:g} {unit} in 100 g; no food has more than {most:g}: in {other}?"
            values["other"] = printed_unit(_SMALLER[unit])
        yield key, text.format(**values)


def _sum(amounts: Amounts) -> Iterator[tuple[str, str]]:
    keys = [key for key in _rules()["sum_g"] if amounts.get(key)]
    total = sum(amounts[key] or 0.0 for key in keys)
    if total > _rules()["most_sum_g"]:
        yield keys[0], f"{_names(keys)} make {total:g} g of 100 g"


def _parts(amounts: Amounts) -> Iterator[tuple[str, str]]:
    rule = _rules()
    for key, whole in rule["part_of"]:
        part, total = amounts.get(key), amounts.get(whole)
        if part and total is not None and part > rule["part_by"] * total + rule["part_by_g"]:
            yield key, f"{part:g} g of {total:g} g {_names([whole])}"


def _energy(amounts: Amounts) -> Iterator[tuple[str, str]]:
    rule, kcal = _rules(), amounts.get(_ENERGY)
    held = {key: amounts.get(key) for key in rule["kcal_per_g"]}
    if kcal is None or any(held[key] is None for key in rule["energy_of"]):
        return
    whole = sum(grams * rule["kcal_per_g"][key] for key, grams in held.items() if grams)
    fibre = rule["kcal_per_g"]["carbohydrate_g"] * (amounts.get(_FIBRE) or 0.0)
    least, most = max(whole - fibre, 0.0), whole + fibre
    by, by_kcal = rule["energy_by"], rule["energy_by_kcal"]
    if least <= kcal * by + by_kcal and kcal <= most * by + by_kcal:
        return
    text = "{kcal:g} kcal, but protein, fat and carbohydrate make {whole:.0f}"
    if whole and abs(kcal / whole / rule["kj_per_kcal"] - 1) < rule["kj_near"]:
        text = "{kcal:g} kcal, but protein, fat and carbohydrate make {whole:.0f}: in kJ?"
    yield _ENERGY, text.format(kcal=kcal, whole=whole)


def _names(keys: Iterable[str]) -> str:
    return ", ".join(known_nutrients()[key].name.lower() for key in keys)


def _unit(key: str) -> str:
    return printed_unit(known_nutrients()[key].unit)


def _times() -> float:
    return float(_rules()["similar_times"])


def _rules() -> Mapping[str, Any]:
    rules: Mapping[str, Any] = read_library_rules()["sanity"]
    return rules
