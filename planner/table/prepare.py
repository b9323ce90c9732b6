"""What everybody's weeks are made from: a request in, what can be planned for each eater out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from foods.embedded import read_embedded_foods
from foods.errors import UserFacingError
from foods.nutrient import known_nutrients
from foods.packages import days_packages_keep, shares_of_packages
from foods.seasons import foods_out_of_season
from foods.table import FoodTable
from planner.candidates.beside import Beside, beside_the_meals
from planner.candidates.candidate import CandidateSet
from planner.candidates.dish import Dish
from planner.candidates.names import Meaning, find_left_out, find_meaning
from planner.candidates.own_dishes import dishes_with_own
from planner.candidates.portions import MILK_GROUPS
from planner.candidates.priced import with_prices
from planner.candidates.select import (
    FoodExclusion,
    Selection,
    check_something_left,
    select_candidates,
)
from planner.errors import TargetsError
from planner.meals.patterns import place_of
from planner.meals.rules import MealRules, read_meal_rules
from planner.model.input import ModelInput, Wishes
from planner.model.nutrients import COUNTED_BASES
from planner.model.variety import Frequency
from planner.plan.history import read_history
from planner.plan.water import foods_with_water
from planner.request.diets import find_diet
from planner.request.request import PlanRequest
from planner.request.shares import RATIO, kcal_per_g
from planner.request.table import shared_places
from planner.safety.limits import exclusions_for, food_caps
from planner.settings import read_settings
from planner.solve.parts import Shared
from planner.solve.pots import share_places
from planner.solve.supplements import settle_doses
from planner.solve.weeks import Horizon, TableHorizon, weeks_of
from planner.table.days import absent_meals, weekend_days
from planner.targets.absorbable import conservative_content
from planner.targets.derive import TargetSet, targets_of
from planner.targets.eaters import eater_requests
from planner.targets.meals_missed import check_meals_missed
from planner.targets.taken import check_taken_allowed
from planner.targets.words import name_of


@dataclass(frozen=True, slots=True)
class PreparedEater:
    """A request with everything that its weeks are made from.

    Parameters
    ----------
    request, targets
        What was asked for, and what it is held to.
    foods, dishes
        What is planned from.
    candidates, source
        What may be eaten, and the input of the model.
    free_bound
        Points that no week can go below whatever doses of supplements it takes; ``None`` where
        there are none to choose.
    weeks
        The weeks of a longer plan, ``source`` being the first; empty where it is all there is.
    """

    request: PlanRequest
    targets: TargetSet
    foods: FoodTable
    dishes: tuple[Dish, ...]
    candidates: CandidateSet
    source: ModelInput
    free_bound: float | None = None
    weeks: tuple[ModelInput, ...] = ()

    @property
    def horizon(self) -> Horizon:
        """The weeks to be planned one after another."""
        return Horizon(self.weeks or (self.source,), self.request.week.cycle is not None)


@dataclass(frozen=True, slots=True)
class PreparedTable:
    """A request of several eaters with everything that their weeks are made from.

    Parameters
    ----------
    request, shared
        What was asked for, and who shares which places.
    foods
        What is planned from.
    alone, weeks
        Name → what that eater's weeks are made from: if nothing were shared, and as it is.
    """

    request: PlanRequest
    shared: Shared
    foods: FoodTable
    alone: Mapping[str, PreparedEater]
    weeks: Mapping[str, PreparedEater]

    @property
    def horizon(self) -> TableHorizon:
        """The weeks to be planned one after another."""
        return TableHorizon({name: one.horizon for name, one in self.weeks.items()}, self.shared)


def prepare_table(
    request: PlanRequest,
    foods: FoodTable | None = None,
    dishes: Sequence[Dish] | None = None,
) -> PreparedTable:
    """Gather what everybody's weeks are made from; parameters and errors as of ``plan_meals``."""
    foods = foods or read_embedded_foods()
    asked = eater_requests(request)
    if dishes is None:
        folders = [folder for one in asked.values() for folder in one.preferences.dishes]
        dishes = dishes_with_own(tuple(dict.fromkeys(folders)), foods)
    count = len(asked)
    alone = {name: _prepared(name, one, foods, dishes, count) for name, one in asked.items()}
    shared = shared_places(request)
    if not shared:
        return PreparedTable(request, shared, foods, alone, alone)
    sources = share_places({name: week.source for name, week in alone.items()}, shared)
    weeks = {name: _with_candidates(week, sources[name]) for name, week in alone.items()}
    return PreparedTable(request, shared, foods, alone, weeks)


def _prepared(
    name: str, request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish], sharers: int
) -> PreparedEater:
    """Gather what the weeks of one eater are made from; a fault says whose it is."""
    try:
        return prepare_eater(request, foods, dishes, sharers)
    except UserFacingError as error:
        where = ", ".join(filter(None, (name, error.where)))
        raise type(error)(error.what, where, error.remedy) from None


def _with_candidates(week: PreparedEater, source: ModelInput) -> PreparedEater:
    """Let all weeks of an eater choose from what the first one may."""
    later = [replace(one, candidates=source.candidates) for one in week.weeks[1:]]
    return replace(week, source=source, weeks=(source, *later) if later else ())


def prepare_eater(
    request: PlanRequest,
    foods: FoodTable | None = None,
    dishes: Sequence[Dish] | None = None,
    sharers: int = 1,
) -> PreparedEater:
    """Gather what the weeks of a request are made from.

    Parameters
    ----------
    request, foods, dishes
        As of ``planner.pipeline.plan_meals``.
    sharers
        How many eaters buy packages together.

    Raises
    ------
    UserFacingError
        When something in the request is to be mended, or a safety rule refuses.
    """
    foods = foods_with_water(foods or read_embedded_foods(), request.water)
    if dishes is None:
        dishes = dishes_with_own(request.preferences.dishes, foods)
    targets = targets_of(request)
    check_taken_allowed(request, targets.targets)
    check_meals_missed(request.week, targets.clinical)
    beside = with_prices(beside_the_meals(request, foods))
    rules = _rules_for(request, beside, targets)
    selection = _selection(request, targets, foods, dishes)
    _check_known(foods, selection.constrained)
    wishes = _wishes(request, foods, dishes)
    milks = _milks_asked(wishes, foods)
    chosen = select_candidates(foods, dishes, rules, replace(selection, milks=milks))
    check_something_left(chosen)
    candidates = beside.added_to(chosen)
    source = _model_input(request, targets, candidates, rules, foods, wishes)
    weeks = weeks_of(replace(source, sharers=sharers))
    settled = settle_doses(weeks[0])
    own = settled.source
    later = [replace(own, weekend=one.weekend, absences=one.absences) for one in weeks[1:]]
    return PreparedEater(
        request,
        targets,
        foods,
        tuple(dishes),
        candidates,
        own,
        settled.bound,
        (own, *later) if later else (),
    )


def _rules_for(request: PlanRequest, beside: Beside, targets: TargetSet) -> MealRules:
    """Give the rules as they are for this eater, with the places of the meals and beside them."""
    rules = read_meal_rules(request.week.pattern)
    places = [place for place in rules.places if place.slot in request.week.slots]
    own = dict(rules.rules)
    if rules.pattern.plates:
        changes = tuple(_own_changes(own, request, targets))
        for one in changes:
            own |= {k: {**own[k], **new} for k, new in one.items() if isinstance(new, dict)}
        if changes and "snack" in request.week.slots:
            places.append(place_of(own["another_snack"]))
    return replace(rules, places=(*places, *beside.places), rules=MappingProxyType(own))


def _own_changes(
    rules: Mapping[str, Mapping[str, Any]], request: PlanRequest, targets: TargetSet
) -> Iterator[Mapping[str, Any]]:
    """Give what changes in plates for a child, for who eats much, and for who is held closely."""
    kcal, is_child = targets.energy.kcal, request.profile.age_y < rules["child"]["below_y"]
    is_so = {
        "child": is_child,
        "large": kcal > rules["large"]["above_kcal"],
        "larger": kcal > rules["larger"]["above_kcal"],
        "held": not is_child and _is_held(targets, rules["held"]["nutrient"]),
    }
    yield from (rules[name] for name, holds in is_so.items() if holds)


def _selection(
    request: PlanRequest, targets: TargetSet, foods: FoodTable, dishes: Sequence[Dish]
) -> Selection:
    """Gather what rules candidates out: diet, safety, wishes, time, unknown figures."""
    preferences = request.preferences
    diet = find_diet(preferences.diet)
    exclusions = [
        FoodExclusion(frozenset({origin}), f"not in a {diet.name.lower()} diet", "diet")
        for origin in sorted(diet.without_origin)
    ]
    exclusions += [
        FoodExclusion(frozenset(filter(None, (out.flag, out.base))), out.reason, "safety")
        for out in exclusions_for(request.patient, preferences.alcohol)
    ]
    coverage = read_settings("check.toml")["coverage"]
    return Selection(
        exclusions=tuple(exclusions),
        without=tuple(find_left_out(name, foods, dishes) for name in preferences.names_left_out),
        constrained=_constrained(targets),
        most_unknown=coverage["most_unknown_in_dish"],
        max_minutes=preferences.max_minutes,
        growth=max(1.0, targets.energy.kcal / read_meal_rules().rules["window"]["energy_kcal"]),
    )


def _is_held(targets: TargetSet, nutrient: str) -> bool:
    """Whether somebody is held to a most of a nutrient each day, or to like meals for insulin."""
    day = (one for one in targets.targets if one.period == "day" and one.nutrient == nutrient)
    is_even = targets.clinical.meal_carbohydrate_spread_g is not None
    return is_even or any(one.upper is not None for one in day)


def _milks_asked(wishes: Wishes, foods: FoodTable) -> frozenset[str]:
    """Name the kinds of milk and plant drink that somebody asks for by name."""
    meanings = [what for what, _ in wishes.likes]
    meanings += [one.meaning for one in wishes.frequencies if one.sense == ">="]
    asked = (food_id for what in meanings for food_id in what.food_ids)
    return frozenset(food_id for food_id in asked if foods[food_id].group in MILK_GROUPS)


def _constrained(targets: TargetSet) -> tuple[str, ...]:
    """Nutrients that some hard target counts, those behind shares and ratio included.

    Left out are those that too few foods have a figure of.
    """
    found = {"energy_kcal", "magnesium_mg", "calcium_mg"}
    for target in targets.targets:
        if target.hard and target.basis in COUNTED_BASES and target.nutrient != RATIO:
            share = target.unit == "percent"
            found.add(kcal_per_g(target.nutrient)[0] if share else target.nutrient)
    found -= set(read_settings("check.toml")["coverage"]["not_asked_of"])
    return tuple(key for key in known_nutrients() if key in found)


def _check_known(foods: FoodTable, constrained: Iterable[str]) -> None:
    """Refuse a hard target that most foods would be left out for, as they have no figure of it."""
    least = read_settings("check.toml")["coverage"]["least_of_foods"]
    for key in constrained:
        known = sum(food.per_100g.get(key) is not None for food in foods)
        if known < least * len(foods):
            raise TargetsError(
                f"only {known} of {len(foods)} foods have a figure of {name_of(key).lower()}, too "
                "few to hold a plan to it",
                f"targets, {key}",
                "leave it out or ask softly (`hard = false`); where a standard asks, carry more "
                "figures over, or name it in `not_asked_of` of configs/check.toml",
            )


def _wishes(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> Wishes:
    """Read what is wished for, each name resolved once to what it means."""
    wanted = request.preferences

    def meaning(name: str, where: str) -> Meaning:
        return find_meaning(name, foods, dishes, where=where)

    return Wishes(
        frequencies=tuple(
            Frequency(meaning(rule.name, "--per-week"), rule.sense, rule.count)
            for rule in wanted.per_week
        ),
        likes=tuple((meaning(n, "--like"), grade) for n, grade in sorted(wanted.like.items())),
        dislikes=tuple(
            (meaning(n, "--dislike"), grade) for n, grade in sorted(wanted.dislike.items())
        ),
        min_days_between=tuple(
            (meaning(name, "--min-days-between"), days)
            for name, days in sorted(wanted.min_days_between.items())
        ),
        budget_usd=wanted.budget_per_week,
        max_minutes_weekday=wanted.max_minutes_weekday,
    )


def _model_input(
    request: PlanRequest,
    targets: TargetSet,
    candidates: CandidateSet,
    rules: MealRules,
    foods: FoodTable,
    wishes: Wishes,
) -> ModelInput:
    packaged = read_settings("realism.toml")["part"]["orphans"]
    return ModelInput(
        targets=targets.targets,
        candidates=candidates,
        rules=rules,
        caps={cap.cap_id: cap for cap in food_caps()},
        wishes=wishes,
        weights=request.weights,
        weekend=weekend_days(request.week, rules),
        absences=absent_meals(request.week, rules),
        groups={food.base: food.group for food in sorted(foods, key=lambda one: one.food_id)},
        constrained=_constrained(targets),
        least_coverage=read_settings("check.toml")["coverage"]["least"],
        clinical=targets.clinical,
        conservative=_counted(foods) if request.preferences.conservative else {},
        history=read_history(request.preferences.history),
        out_of_season=_out_of_season(request, foods),
        packages=shares_of_packages(foods, packaged),
        keeps_opened=days_packages_keep(foods, packaged),
    )


def _out_of_season(request: PlanRequest, foods: FoodTable) -> frozenset[str]:
    """Name the foods that are out of season on every day; none where the days have no dates."""
    week = request.week
    if week.start is None:
        return frozenset()
    months = {(week.start + timedelta(days=number)).month for number in range(week.days)}
    return foods_out_of_season(foods, months, week.hemisphere)


def _counted(foods: FoodTable) -> dict[str, dict[str, float]]:
    """Nutrient → food id → content that a cautious plan counts [mg per 100 g]."""
    counted: dict[str, dict[str, float]] = {}
    for food in foods:
        for nutrient, content in conservative_content(food).items():
            counted.setdefault(nutrient, {})[food.food_id] = content
    return counted
