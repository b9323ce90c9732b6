"""Whether a plan may be made beside what is taken and drunk already."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from foods.food import Food
from foods.nutrient import known_nutrients
from foods.table import FoodTable
from foods.water import DRINK_GROUP, find_drink
from planner.errors import ConfigError, RefusedError
from planner.faults import fault
from planner.meals.patterns import SLOTS, pattern_at_hand, read_pattern
from planner.request.days import days_away, menu_days, planned_share
from planner.request.diets import find_diet
from planner.request.preferences import Preferences
from planner.request.request import TAP, PlanRequest, WeekOptions
from planner.safety.gate import SafetyVerdict, judge_supplements, mineral_of
from planner.safety.intake import FEWER_PILLS
from planner.safety.sentences import REFUSED
from planner.safety.stops import drink_caps_for, exclusions_for
from planner.settings import read_settings
from planner.shops import named
from planner.standards.standard import PILL_BASES
from planner.targets.clinical import ClinicalRules
from planner.targets.target import Target, note, said_on, said_unit
from planner.wording import lowered

_MAGNESIUM = "magnesium_mg"
_TOO_MUCH = "above_upper_level"  # of the gate: from the level itself on, nothing more is added
_WHERE, _ASK = "supplements", "ask your pharmacist or doctor"


@dataclass(frozen=True, slots=True)
class _Level:
    nutrient: str
    upper: float
    source: str


def judge_request(request: PlanRequest) -> SafetyVerdict:
    """Describe what the safety gate says to the person of a request and what is taken already."""
    return judge_supplements(
        request.patient,
        supplements=request.supplements,
        standard_id=request.standard,
        waters=waters_drunk(request),
    )


def waters_drunk(request: PlanRequest) -> tuple[str, ...]:
    """Name the mineral water that is drunk beside the meals; none for tap water."""
    water = request.water
    return (f"{water.name} (mineral water)",) if water.is_drunk and water.name != TAP else ()


def taken_per_day(request: PlanRequest) -> dict[str, float]:
    """Return nutrient → amount a day in what is taken already [the nutrient's unit]."""
    amounts: dict[str, float] = {}
    for one in request.supplements:
        amounts[one.nutrient] = amounts.get(one.nutrient, 0.0) + one.nutrient_per_day
    return amounts


def check_taken_allowed(request: PlanRequest, targets: Iterable[Target]) -> None:
    """Refuse a plan around supplements that a rule forbids, or that exceed an upper level alone.

    Parameters
    ----------
    request
        Who takes what.
    targets
        The bands of the plan; their upper levels count on their own basis.

    Raises
    ------
    RefusedError
        With what is too much or forbidden, and who to ask.
    """
    taken = taken_per_day(request)
    if not taken and not _in_medicines(request):
        return
    verdict = judge_request(request)
    levels = list(_levels(targets))
    if (level := verdict.upper_level) is not None:  # that of the gate, whatever a standard says
        levels.append(_Level(_MAGNESIUM, level.value, level.source))
    forbidden = _forbidden(verdict, {*taken, *_in_medicines(request)})
    reasons = [*forbidden, *_too_much(taken, levels)]
    if reasons:
        reasons += [finding.text for finding in verdict.findings if finding.code == FEWER_PILLS]
        reason = " ".join(reasons)
        raise RefusedError(f"no plan. {reason}", _WHERE, _ASK)


def _forbidden(verdict: SafetyVerdict, taken: set[str]) -> Iterator[str]:
    if _MAGNESIUM in taken:
        for finding in verdict.findings:
            if finding.verdict == REFUSED and finding.code != _TOO_MUCH:
                yield finding.text
    for nutrient in sorted(verdict.forbidden_nutrients & taken):
        yield f"{said_on(nutrient)}: a rule allows no supplement of it."


def _in_medicines(request: PlanRequest) -> set[str]:
    """Return the minerals that medicines are: a laxative of magnesium counts like a pill."""
    return {kind for medicine in request.patient.medicines if (kind := mineral_of(medicine))}


def _too_much(taken: Mapping[str, float], levels: Iterable[_Level]) -> Iterator[str]:
    tolerance = 1 + read_settings("check.toml")["tolerance"]["sum"]
    lowest: dict[str, _Level] = {}
    for one in levels:
        lowest[one.nutrient] = min(one, lowest.get(one.nutrient, one), key=lambda each: each.upper)
    for nutrient, level in lowest.items():
        amount = taken.get(nutrient, 0.0)
        if amount > level.upper * tolerance:
            digits = known_nutrients()[nutrient].decimals
            yield (
                "{name}: what is taken already holds {amount} {unit} a day, the upper level is "
                "{upper:g} {unit} ({source})."
            ).format(
                name=said_on(nutrient),
                amount=f"{{amount:,.{digits}f}}".format(amount=float(amount)),
                unit=said_unit(nutrient),
                upper=float(level.upper),
                source=level.source,
            )


def _levels(targets: Iterable[Target]) -> Iterator[_Level]:
    """Return the levels of a plan that count pills: what is taken is so each day."""
    for one in targets:
        is_level = (
            one.hard and one.basis in ("total", *PILL_BASES) and one.nutrient in known_nutrients()
        )
        if is_level and one.upper is not None:
            yield _Level(one.nutrient, one.upper, one.source)


def check_meals_missed(week: WeekOptions, clinical: ClinicalRules) -> None:
    """Refuse to leave a meal, or water by day, out for somebody whom that endangers.

    Raises
    ------
    RefusedError
        When a meal is not eaten beside a medicine that lowers blood sugar, or nothing is drunk by
        day beside a condition or medicine that needs water.
    """
    pattern = pattern_at_hand(week.pattern)
    if pattern.is_dry and clinical.no_dry_day:
        raise fault(RefusedError, "dry_day", reason=clinical.no_dry_day, name=pattern.name)
    had = pattern.energy
    left_out = [*week.not_eaten, *((1, slot) for slot in SLOTS[:-1] if slot not in had)]
    if left_out and clinical.no_meal_skipped:
        day, slot = left_out[0]
        raise fault(
            RefusedError,
            "meal_left_out",
            no_meal_skipped=clinical.no_meal_skipped,
            day=day,
            slot=slot,
        )


_CAFFEINE = "caffeine_mg"
_DRUNK_WHERE = "preferences, drinks"
_LESS = (
    "ask for fewer cups or a drink without caffeine; if several people eat, each can have their "
    "own drinks"
)
FITS, ALONE = "{names} a day", "{names} a day, each alone"


def drinks_asked(preferences: Preferences, foods: FoodTable) -> tuple[tuple[Food, int], ...]:
    """Return the drinks that are asked for, each with its cups a day; what is said last counts.

    Raises
    ------
    FoodNotFoundError
        When a name is no drink, or may be one of several.
    """
    known = {food.food_id: food.name for food in foods if food.group == DRINK_GROUP}
    cups = {find_drink(name, known): number for name, number in preferences.drinks.items()}
    return tuple((foods[food_id], number) for food_id, number in cups.items() if number)


def cups_by_meal(food: Food, cups: int, slots: Sequence[str]) -> dict[str, int]:
    """Return meal → cups of a drink: one after another to its usual meals, the first ones first.

    Parameters
    ----------
    food
        The drink; its row in the catalogue says at which meals it is usual.
    cups
        Cups a day.
    slots
        Meals that there are; where none of them is usual, the first one has all.
    """
    there = [slot for slot in SLOTS if slot in slots]
    usual = [slot for slot in there if slot in food.serving.slots] or there[:1]
    shared = {slot: len(range(at, cups, len(usual))) for at, slot in enumerate(usual)}
    return {slot: count for slot, count in shared.items() if count}


def check_drinks_allowed(request: PlanRequest, targets: Iterable[Target], foods: FoodTable) -> None:
    """Refuse drinks that this person may not have, or not so much of.

    Parameters
    ----------
    request
        Who drinks what.
    targets
        The bands of the plan; the lowest most of caffeine counts.
    foods
        What a cup holds.

    Raises
    ------
    ConfigError
        When a drink is asked for that the diet has not.
    RefusedError
        When a safety rule allows none of it, or less caffeine, with what would fit.
    """
    asked = drinks_asked(request.preferences, foods)
    diet = find_diet(request.preferences.diet)
    for food, _ in asked:
        if food.origin & diet.without_origin:
            wanted = diet.name.lower()
            what = f"{named(food.name)} is not {wanted}"
            raise ConfigError(what, _DRUNK_WHERE, "leave it out, or take another drink")
    alcohol = request.preferences.alcohol
    reasons: list[str] = [
        f"No {lowered(named(food.name))} is planned for this person: {exclusion.reason}."
        for food, _ in asked
        for exclusion in exclusions_for(request.patient, alcohol)
        if exclusion.covers(food.flags, food.base, food.food_id)
    ]
    reasons += [
        f"No more than {_in_words(cap.cups_per_day, food)} of {lowered(named(food.name))} are "
        f"planned for this person: {cap.reason}."
        for food, cups in asked
        for cap in drink_caps_for(request.profile)
        if cap.base == food.base and cups > cap.cups_per_day
    ]
    reasons = reasons[:1] or [*_drunk_too_much(asked, targets, request.week)]
    if reasons:
        raise RefusedError(
            "no plan. {reason}".format(reason=" ".join(reasons)), _DRUNK_WHERE, _LESS
        )


def _drunk_too_much(
    asked: Sequence[tuple[Food, int]], targets: Iterable[Target], week: WeekOptions
) -> Iterator[str]:
    """State that the cups hold more caffeine than a day may, and how many would fit."""
    bounds = [
        (target.upper, target.source)
        for target in targets
        if target.nutrient == _CAFFEINE and target.hard and target.upper is not None
    ]
    unknown = [food.name.lower() for food, _ in asked if food.per_100g.get(_CAFFEINE) is None]
    if not bounds:
        return
    if unknown:
        yield "How much caffeine is in {names} is not known.".format(names=", ".join(unknown))
        return
    most_mg, source = min(bounds)
    part, when, day = _least_planned(week)
    in_cup_mg = [(food.per_100g[_CAFFEINE] or 0.0) * cup_g(food) / 100 for food, _ in asked]
    total_mg = math.fsum(mg * cups for mg, (_, cups) in zip(in_cup_mg, asked, strict=True))
    if total_mg > most_mg * part * (1 + read_settings("check.toml")["tolerance"]["sum"]):
        fits = [
            f"{_in_words(math.floor(most_mg * part / mg), food)} of {lowered(named(food.name))}"
            for mg, (food, _) in zip(in_cup_mg, asked, strict=True)
            if mg > 0
        ]
        alone = ALONE if len(fits) > 1 else FITS
        yield note(
            "too_much",
            total=float(total_mg),
            most=float(most_mg),
            source=source,
            when=note(when, mg=float(most_mg * part), day=day) if when else "",
            fits=alone.format(names=" or ".join(fits)),
        )


def _least_planned(week: WeekOptions) -> tuple[float, str, int]:
    """Return the least share of a day that is planned [0-1], and which day it is, in words.

    What is eaten elsewhere may hold caffeine too, so its share of the most is left to it.
    """
    if not week.skip:
        return 1.0, "", 1
    bands, away = read_pattern(week.pattern).energy, days_away(week)  # without any cups
    days = [day for day in range(1, menu_days(week) + 1) if day not in away]
    part, day = min((planned_share(week, day, bands), day) for day in days)
    return part, "left_that_day" if part < 1 else "", day


def cup_g(food: Food) -> float:
    """Mass of one cup, or of what else the drink is counted in [g]."""
    return food.serving.measure.mass_g


def _in_words(cups: int, food: Food) -> str:
    """Format a number of cups, or of what else the drink is counted in: ``"2 cups"``."""
    return f"{cups} {food.serving.measure.name}{'s' * (cups != 1)}"
