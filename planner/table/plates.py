"""The rules of meals as they are for one eater: by age, appetite, diet, kitchen and limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from planner.candidates.beside import Beside
from planner.kitchen.sold import kept_by
from planner.meals.habits import with_habits
from planner.meals.patterns import Place, place_of, read_pattern, snack_places
from planner.meals.rules import MealRules, read_meal_rules
from planner.request.days import hours_on, most_more, shares_eaten
from planner.request.equipment import equipment_in
from planner.request.meal_phrases import cooks_ahead, snack_hours
from planner.request.preferences import LEFTOVERS
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.targets.derive import TargetSet


def rules_for(
    request: PlanRequest, beside: Beside, targets: TargetSet, uses: Set[str]
) -> MealRules:
    """Return the rules as they are for this eater, with the places of the meals and beside them.

    ``uses``: names of what is to be used up, by this eater or the whole table.
    """
    rules = read_meal_rules(request.week.pattern)
    places = [place for place in rules.places if place.slot in request.week.slots]
    bands = read_pattern(request.week.pattern).energy
    # fewer meals carry the same day: each is as large as that of who eats so much more, and those
    # of days that miss none stay what they were
    fewest, most = shares_eaten(request.week, bands)
    kcal, least_kcal = targets.energy.kcal / fewest, targets.energy.kcal / most
    own, tags = dict(rules.rules), rules.pattern.tags
    using_up = [*_using_up(uses)]
    smaller = [*using_up, *_own_changes(request, targets, least_kcal, least_kcal)]
    least = _usual_servings(own, least_kcal, smaller)
    own["servings"] = {**own["servings"], "usual": kcal / own["window"]["energy_kcal"]}
    # plates hold what any of the days needs
    kcal += most_more(request.preferences.more_energy, request.week)
    for change in [*using_up, *_own_changes(request, targets, kcal, least_kcal)]:
        own |= {name: {**own[name], **new} for name, new in change.get("rules", {}).items()}
        tags |= {*change.get("tags", ())}
        more = map(place_of, change.get("place", ()))
        wider = change.get("meals", {})
        places = [replace(p, meals=tuple(wider.get(p.place_id, p.meals))) for p in places]
        have = {place.place_id for place in places}
        places += [p for p in more if p.slot in request.week.slots and p.place_id not in have]
    own["servings"] = {**own["servings"], "usual_least": least}
    laid = with_habits(own, request.habits)
    places = _with_snacks(places, request) + list(beside.places)
    pattern, laid = replace(rules.pattern, tags=tags), MappingProxyType(laid)
    return replace(rules, places=tuple(places), rules=laid, pattern=pattern)


def _usual_servings(
    rules: Mapping[str, Any], kcal: float, changes: Iterable[Mapping[str, Any]]
) -> dict[str, float]:
    """Return what of each kind of dish is usual for who eats so much."""
    size = {**rules["servings"], "usual": kcal / rules["window"]["energy_kcal"]}
    for change in changes:
        size |= change.get("rules", {}).get("servings", {})
    return {kind: min(size["usual"], most) for kind, most in size["most"].items()}


def _using_up(uses: Set[str]) -> Iterator[Mapping[str, Any]]:
    """Return what changes for who has food to be used up, before what they need themselves."""
    rows = read_settings("meals/eaters.toml")
    if uses:
        yield rows["uses_up"]


def _with_snacks(places: Sequence[Place], request: PlanRequest) -> list[Place]:
    """Serve something at each hour that snacks were given."""
    week = request.week
    asked = max(len(snack_hours(hours_on(week, day))) for day in range(1, week.days + 1))
    least = snack_places(week.pattern)[:asked] if asked > 1 else ()
    return [replace(place, required=place.required or place.place_id in least) for place in places]


def _own_changes(
    request: PlanRequest, targets: TargetSet, kcal: float, least_kcal: float
) -> Iterator[Mapping[str, Any]]:
    """Return what changes in plates for a child, by appetite, and for who is held closely."""
    rows = read_settings("meals/eaters.toml")
    is_child = request.profile.age_y < rows["child"]["below_y"]
    is_large = kcal > rows["large"]["above_kcal"]
    is_held = not is_child and _is_held(targets, rows["held"]["nutrients"])
    gone = frozenset[str]().union(*map(equipment_in, request.preferences.names_to_come))
    is_of_plants = request.preferences.diet == rows["plants"]["diet"]
    is_so = {
        "child": is_child,
        "young": request.profile.age_y < rows["young"]["below_y"],
        "plants": is_of_plants,
        "small": least_kcal < rows["small"]["below_kcal"] and not is_child,
        "large": is_large,
        "larger": kcal > rows["larger"]["above_kcal"],
        "large_small_meals": is_large
        and request.week.pattern == rows["large_small_meals"]["pattern"],
        "plants_child": is_of_plants and is_child,
        "held": is_held,
        "few_dishes": bool(targets.clinical.meal_portions),
        "no_stove": gone.issuperset(rows["no_stove"]["lacks"]),
        "any": is_child or is_large or is_held,
    }
    if request.preferences.lunch == LEFTOVERS:
        yield rows["lunch_leftovers"]
    if cooks_ahead(request.preferences.max_minutes_on) and kept_by(request).has_freezer:
        yield rows["cooks_ahead"]
    yield rows["patterns"].get(request.week.pattern, {})
    yield from (rows[name] for name, holds in is_so.items() if holds)


def _is_held(targets: TargetSet, nutrients: Sequence[str]) -> bool:
    """Whether somebody is held to a most of one of these each day, or to like meals for insulin."""
    day = (one for one in targets.targets if one.period == "day" and one.nutrient in nutrients)
    is_even = targets.clinical.meal_carbohydrate_spread_g is not None
    return is_even or any(target.upper is not None for target in day)
