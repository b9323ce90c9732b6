"""What of a food's magnesium and calcium its oxalate and phytate may bind.

Contents stand in ``configs/absorption.csv``, method and fractions in ``configs/absorption.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from foods.food import Food
from planner.settings import read_rows, read_settings

MAGNESIUM, CALCIUM = "magnesium_mg", "calcium_mg"
INHIBITORS = ("phytate_mg", "oxalate_mg")
SETTINGS = "absorption.toml"
PLANT = "plant"

NOTHING = (0.0, 0.0, 0.0)

Range = tuple[float, float]
Spread = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Inhibitors:
    """Contents of one food [mg per 100 g], each as low, typical and high.

    Parameters
    ----------
    phytate_mg, oxalate_mg
        Contents; ``None`` where no table gives the food.
    is_low_phytate, is_low_oxalate
        Whether the figure is an order of magnitude only, or stands in for another form.
    """

    phytate_mg: Spread | None
    oxalate_mg: Spread | None
    is_low_phytate: bool = False
    is_low_oxalate: bool = False


def conservative_content(food: Food) -> Mapping[str, float]:
    """Return the magnesium and calcium [mg per 100 g] that a cautious plan counts.

    Magnesium of oxalate-rich food counts by the ratio of two published absorbed fractions, spinach
    to kale; calcium counts as far as the food's own typical oxalate leaves it free. Phytate is left
    out: its figures differ tenfold, and reference values allow for usual diets.
    """
    rule = read_settings(SETTINGS)["oxalate"]
    magnesium, calcium = (food.per_100g.get(key) or 0.0 for key in (MAGNESIUM, CALCIUM))
    if is_oxalate_rich(food):
        magnesium *= rule["fraction_with"] / rule["fraction_without"]
    return {MAGNESIUM: magnesium, CALCIUM: _free_of(food, calcium, 1)}


def inhibitors_of(food: Food) -> Inhibitors:
    """Return the phytate and oxalate of a food; nothing of plants means none of either."""
    known = _table().get(food.food_id)
    if known is not None:
        return known
    if PLANT not in food.origin:
        return Inhibitors(NOTHING, NOTHING)
    phytate, oxalate = (food.per_100g.get(key) for key in INHIBITORS)
    return Inhibitors(
        None if phytate is None else (phytate, phytate, phytate),
        None if oxalate is None else (oxalate, oxalate, oxalate),
        is_low_oxalate=food.overlay.get("oxalate_mg", "").startswith("own:"),
    )


def is_oxalate_rich(food: Food) -> bool:
    """Whether a food's typical oxalate reaches the threshold; unknown and unflagged is not rich."""
    content = inhibitors_of(food).oxalate_mg
    limit = read_settings(SETTINGS)["oxalate"]["rich_from_mg_per_100g"]
    return content is not None and content[1] >= limit


def is_phytate_rich(food: Food) -> bool:
    """Whether a food's typical phytate reaches the threshold; unknown seeds and grain are rich."""
    rule, content = read_settings(SETTINGS)["phytate"], inhibitors_of(food).phytate_mg
    if content is not None:
        return bool(content[1] >= rule["rich_from_mg_per_100g"])
    by_group = food.group in rule["rich_groups_when_unknown"]
    return by_group or not food.flags.isdisjoint(rule["rich_flags_when_unknown"])


def free_calcium_mg(food: Food, calcium_mg: float) -> Range:
    """Return the least and the most calcium [mg per 100 g] that the food's own oxalate leaves."""
    return _free_of(food, calcium_mg, 2), _free_of(food, calcium_mg, 0)


def _free_of(food: Food, calcium_mg: float, which: int) -> float:
    """Calcium left by the low (0), typical (1) or high (2) oxalate of the food."""
    content = inhibitors_of(food).oxalate_mg
    if content is None:
        return calcium_mg
    molar = read_settings(SETTINGS)["calcium_oxalate"]
    per_mg = molar["calcium_g_per_mol"] / molar["oxalate_g_per_mol"]
    return float(max(0.0, calcium_mg - content[which] * per_mg))


@cache
def _table() -> Mapping[str, Inhibitors]:
    words = read_settings(SETTINGS)["low_confidence"]["words"]
    return MappingProxyType(
        {row["food_id"]: _inhibitors(row, words) for row in read_rows("absorption.csv")}
    )


def _inhibitors(row: Mapping[str, str], low_words: Iterable[str]) -> Inhibitors:
    def spread(name: str) -> Spread:
        low, usual, high = (float(row[f"{name}_{side}_mg"]) for side in ("low", "typical", "high"))
        return low, usual, high

    def is_low(name: str) -> bool:
        return bool(row["stands_for"]) or row[f"confidence_{name}"] in low_words

    return Inhibitors(spread("phytate"), spread("oxalate"), is_low("phytate"), is_low("oxalate"))
