"""How much of a plan's magnesium and calcium may be absorbed: a range beside the targets.

Why a range and never a target: the published fractions come from single meals and differ with what
a body lacks, the contents of oxalate and phytate from tables that differ tenfold, and reference
values allow for usual absorption already. The method stands in ``configs/absorption.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from foods.food import Food
from foods.table import FoodTable
from planner.plan.plan import Day, Plan
from planner.plan.rounding import percent_above, percent_below
from planner.safety.sentences import say
from planner.settings import read_settings
from planner.targets.absorbable import (
    CALCIUM,
    INHIBITORS,
    MAGNESIUM,
    NOTHING,
    SETTINGS,
    Range,
    Spread,
    conservative_content,
    free_calcium_mg,
    inhibitors_of,
    is_oxalate_rich,
    is_phytate_rich,
)
from planner.targets.target import Target
from planner.wire.told import WrittenAbsorption

WATER_GROUP = "water"
OXALATE = "oxalate_mg"
METHOD = ("magnesium", "oxalate", "phytate", "calcium_oxalate")

_PER_G = 100
_SURE_WORDS = {
    "article": "as an article says it",
    "unconfirmed": "not confirmed at its source",
}
MAY_BE_ABSORBED = (
    "Of the {magnesium} mg of magnesium a day from food, {least_mg} to {most_mg} mg may be "
    "absorbed; of the {calcium} mg of calcium, {least_ca} to {most_ca} mg are not bound by "
    "oxalate. This is an estimate, not a target."
)
INHIBITORS_KNOWN = (
    "Phytate {phytate_1} mg ({phytate_0}-{phytate_2}), oxalate {oxalate_1} "
    "({oxalate_0}-{oxalate_2}); known for {known} of the food, up to {doubt} of it of low "
    "confidence."
)
WITH_CARE = (
    "Counted cautiously (--conservative), {magnesium} mg magnesium and {calcium} mg calcium a "
    "day: magnesium in oxalate-rich food is cut as much as in the trial, calcium is reduced by "
    "what the typical oxalate in the same food binds, supplements count in full"
)


@dataclass(frozen=True, slots=True)
class AbsorbedShare:
    """What is eaten and what of it may be absorbed, a day or a mean of days [mg/day].

    Parameters
    ----------
    magnesium_mg, calcium_mg
        Eaten, from foods with a figure.
    magnesium_absorbed_mg
        Least and most that may be absorbed.
    calcium_free_mg
        Least and most that oxalate of the same food leaves free.
    phytate_mg, oxalate_mg
        Low, typical and high, of the foods with a figure.
    """

    magnesium_mg: float
    calcium_mg: float
    magnesium_absorbed_mg: Range
    calcium_free_mg: Range
    phytate_mg: Spread
    oxalate_mg: Spread


@dataclass(frozen=True, slots=True)
class AbsorptionView:
    """The view of a plan.

    Parameters
    ----------
    days, mean
        Each day, and the mean of the days.
    coverage
        ``"phytate_mg"``, ``"oxalate_mg"`` → share of the food mass, water apart, with a figure;
        food without anything from plants counts as free of both [0-1].
    low_confidence
        The same keys → share of the typical total that is an order of magnitude only [0-1].
    oxalate_rich, phytate_rich
        Ids of foods counted as rich, those assumed rich without a figure included.
    largest_meal_share
        Mean share of a day's magnesium in its largest meal [0-1].
    tips
        (id, sentence, citation) that fit this plan.
    cautious_mg
        Magnesium and calcium of a mean day as ``--conservative`` counts them, supplements in full
        [mg/day].
    """

    days: tuple[AbsorbedShare, ...]
    mean: AbsorbedShare
    coverage: Mapping[str, float]
    low_confidence: Mapping[str, float]
    oxalate_rich: tuple[str, ...]
    phytate_rich: tuple[str, ...]
    largest_meal_share: float
    tips: tuple[tuple[str, str, str], ...]
    cautious_mg: tuple[float, float]


def absorb_view(plan: Plan, foods: FoodTable) -> AbsorptionView:
    """Estimate what a plan's oxalate and phytate leave to be absorbed.

    Parameters
    ----------
    plan
        Days with their items.
    foods
        The food table it was made with.
    """
    days = tuple(_day_share(day, foods) for day in plan.days)
    eaten = [part for day in plan.days for part in day.ingredients()]
    used = dict.fromkeys(food_id for food_id, _ in eaten)
    largest: float = _mean([_largest_meal(day, foods) for day in plan.days])
    return AbsorptionView(
        days=days,
        mean=_mean_share(days),
        coverage=MappingProxyType({key: _coverage(eaten, foods, key) for key in INHIBITORS}),
        low_confidence=MappingProxyType({key: _doubt(eaten, foods, key) for key in INHIBITORS}),
        oxalate_rich=tuple(name for name in used if is_oxalate_rich(foods[name])),
        phytate_rich=tuple(name for name in used if is_phytate_rich(foods[name])),
        largest_meal_share=largest,
        tips=tuple(_tips([foods[name] for name in used], largest)),
        cautious_mg=(_cautious(plan, foods, MAGNESIUM), _cautious(plan, foods, CALCIUM)),
    )


def coverage_notes(plan: Plan, foods: FoodTable, targets: Iterable[Target]) -> tuple[str, ...]:
    """Describe how much of the food the oxalate is known of, where a band is held to it."""
    if all(target.nutrient != OXALATE for target in targets):
        return ()
    eaten = [part for day in plan.days for part in day.ingredients()]
    known = percent_below(_coverage(eaten, foods, OXALATE))
    return (say("oxalate_known", known=known),)


def magnesium_fractions(food: Food) -> Range:
    """Return the least and the greatest fraction of a food's magnesium that may be absorbed."""
    settings = read_settings(SETTINGS)
    cuts = [
        settings[name]["fraction_with"] / settings[name]["fraction_without"]
        for name, is_rich in (
            ("oxalate", is_oxalate_rich(food)),
            ("phytate", is_phytate_rich(food)),
        )
        if is_rich
    ]
    usual = settings["magnesium"]
    return usual["fraction_low"] * min(cuts, default=1.0), usual["fraction_high"]


def absorption_text(view: AbsorptionView, tips: int | None = None) -> tuple[str, ...]:
    """Describe the view in sentences: what, how sure, what to do; ``tips`` of them, else two."""
    mean, low = view.mean, view.low_confidence
    magnesium, calcium = mean.magnesium_absorbed_mg, mean.calcium_free_mg
    known = min(view.coverage.values())
    doubt = max(low.values())
    most = read_settings(SETTINGS)["tips"]["most"] if tips is None else tips
    whole = {
        "magnesium": mean.magnesium_mg,
        "calcium": mean.calcium_mg,
        "least_mg": magnesium[0],
        "most_mg": magnesium[1],
        "least_ca": calcium[0],
        "most_ca": calcium[1],
    }
    spread = {
        f"{name}_{place}": amount
        for name, amounts in (("phytate", mean.phytate_mg), ("oxalate", mean.oxalate_mg))
        for place, amount in enumerate(amounts)
    }
    known_text, doubt_text = percent_below(known), percent_above(doubt)
    return (
        MAY_BE_ABSORBED.format(**_figures(whole)),
        INHIBITORS_KNOWN.format(**_figures(spread), known=known_text, doubt=doubt_text),
        *(text for _id, text, _cite in view.tips[:most]),
    )


def _figures(amounts_mg: Mapping[str, float]) -> dict[str, str]:
    return {name: f"{amount:,.0f}" for name, amount in amounts_mg.items()}


def absorption_method() -> tuple[tuple[str, str], ...]:
    """Return each part of the method as (sentence with how sure it is, citation)."""
    settings = read_settings(SETTINGS)
    parts = [settings[name] for name in METHOD]
    return tuple(
        (
            f"{_percent_spaced(part['text'].format(**part))} ({_sure(part['confidence'])})",
            settings["sources"][part["source"]]["cite"],
        )
        for part in parts
    )


def cautious_text(view: AbsorptionView) -> str:
    """Describe what a cautious plan would count."""
    magnesium_mg, calcium_mg = view.cautious_mg
    return WITH_CARE.format(**_figures({"magnesium": magnesium_mg, "calcium": calcium_mg}))


def _percent_spaced(text: str) -> str:
    return text.replace("%", " %")


def _sure(confidence: str) -> str:
    return _SURE_WORDS.get(confidence, confidence)


def written_absorption(view: AbsorptionView) -> WrittenAbsorption:
    """Return the view as it is written, unrounded, with method and sources."""
    settings = read_settings(SETTINGS)
    told = zip(METHOD, absorption_method(), strict=True)
    parts = [(name, {**settings[name], "text": text}, cite) for name, (text, cite) in told]
    return WrittenAbsorption.of(
        view,
        text=absorption_text(view),
        cautious=(*view.cautious_mg, cautious_text(view)),
        method=[
            {"about": name, **{key: value for key, value in part.items() if key != "source"}}
            | {"source": cite}
            for name, part, cite in parts
        ],
    )


def _cautious(plan: Plan, foods: FoodTable, key: str) -> float:
    every = [part for day in plan.days for part in day.ingredients()]
    content = {food_id: conservative_content(foods[food_id])[key] for food_id, _ in every}
    eaten = sum(content[food_id] * mass_g / _PER_G for food_id, mass_g in every)
    return eaten / len(plan.days) + plan.mean_from_supplements(key)


def _day_share(day: Day, foods: FoodTable) -> AbsorbedShare:
    magnesium = calcium = 0.0
    absorbed, free = [0.0, 0.0], [0.0, 0.0]
    sums = {key: [0.0, 0.0, 0.0] for key in INHIBITORS}
    for food_id, mass_g in day.ingredients():
        food, portions = foods[food_id], mass_g / _PER_G
        magnesium_mg = (food.per_100g.get(MAGNESIUM) or 0.0) * portions
        calcium_mg = food.per_100g.get(CALCIUM) or 0.0
        magnesium += magnesium_mg
        calcium += calcium_mg * portions
        _add(absorbed, (fraction * magnesium_mg for fraction in magnesium_fractions(food)))
        _add(free, (amount * portions for amount in free_calcium_mg(food, calcium_mg)))
        for key in INHIBITORS:
            content: Spread | None = getattr(inhibitors_of(food), key)
            _add(sums[key], (amount * portions for amount in content or NOTHING))
    low_mg, high_mg = absorbed
    low_ca, high_ca = free
    phytate, oxalate = ((low, usual, high) for low, usual, high in sums.values())
    return AbsorbedShare(magnesium, calcium, (low_mg, high_mg), (low_ca, high_ca), phytate, oxalate)


def _add(sums: list[float], amounts: Iterable[float]) -> None:
    for place, amount in enumerate(amounts):
        sums[place] += amount


def _mean_share(days: Sequence[AbsorbedShare]) -> AbsorbedShare:
    each = {one.name: [getattr(day, one.name) for day in days] for one in fields(AbsorbedShare)}
    return AbsorbedShare(**{name: _mean(values) for name, values in each.items()})


def _mean(values: Sequence[Any]) -> Any:
    """Return the mean of figures, or of each end of ranges."""
    if isinstance(values[0], tuple):
        return tuple(map(_mean, zip(*values, strict=True)))
    return sum(values) / len(values)


def _coverage(eaten: Iterable[tuple[str, float]], foods: FoodTable, key: str) -> float:
    """Share of the food mass with a figure; what is free of plants is known to be free of it."""
    total = known = 0.0
    for food_id, mass_g in eaten:
        if foods[food_id].group != WATER_GROUP:
            total += mass_g
            known += mass_g if getattr(inhibitors_of(foods[food_id]), key) is not None else 0.0
    return known / total if total else 0.0


def _doubt(eaten: Iterable[tuple[str, float]], foods: FoodTable, key: str) -> float:
    total = low = 0.0
    for food_id, mass_g in eaten:
        content = inhibitors_of(foods[food_id])
        amount = (getattr(content, key) or NOTHING)[1] * mass_g
        total += amount
        low += amount if getattr(content, f"is_low_{key.removesuffix('_mg')}") else 0.0
    return low / total if total else 0.0


def _largest_meal(day: Day, foods: FoodTable) -> float:
    sums = [
        sum(
            (foods[food_id].per_100g.get(MAGNESIUM) or 0.0) * mass_g
            for item in meal.items
            for food_id, mass_g in item.ingredients
        )
        for meal in day.meals
    ]
    return max(sums, default=0.0) / sum(sums) if sum(sums) else 0.0


def _tips(used: list[Food], largest_meal_share: float) -> Iterator[tuple[str, str, str]]:
    settings = read_settings(SETTINGS)
    tips, cites = settings["tips"], settings["sources"]
    for name, tip in tips.items():
        if not isinstance(tip, dict):
            continue
        fits = any(_is_meant(food, tip) for food in used)
        fits |= name == "oxalate" and any("oxalate_green" in food.flags for food in used)
        fits |= name == "spread" and largest_meal_share > tips["big_meal_share"]
        if fits:
            yield name, tip["text"], cites[tip["source"]]["cite"]


def _is_meant(food: Food, tip: Mapping[str, Any]) -> bool:
    """Whether a tip speaks of a drink by its flags and base, or of a group rich in phytate."""
    is_drink = "drink" in food.roles and food.base in tip.get("bases", [food.base])
    by_flag = is_drink and not food.flags.isdisjoint(tip.get("flags", ()))
    return by_flag or (food.group in tip.get("groups", ()) and is_phytate_rich(food))
