"""What everybody's weeks are made from: a request in, what can be planned for each eater out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from types import MappingProxyType

from foods.seasons import foods_out_of_season
from foods.table import FoodTable
from planner.candidates.as_cooked import with_amounts
from planner.candidates.at_hand import foods_at_hand
from planner.candidates.beside import beside_the_meals
from planner.candidates.candidate import CandidateSet
from planner.candidates.dish import Dish
from planner.candidates.own_dishes import dishes_with_own
from planner.candidates.select import check_something_left, select_candidates
from planner.kitchen.leftovers import asked_uses, with_own_dry
from planner.kitchen.sold import shelves_for
from planner.meals.rules import MealRules
from planner.model.input import ModelInput, Wishes
from planner.plan.own_shop import foods_with_prices
from planner.plan.water import foods_with_water
from planner.request.days import DAYS_PER_WEEK, weekend_days
from planner.request.profile import Profile
from planner.request.put import Put
from planner.request.request import PlanRequest
from planner.request.table import Shared, shared_places
from planner.rhythm.doses import settle_doses
from planner.safety.stops import food_caps
from planner.settings import read_settings
from planner.table.asked import (
    amounts_put,
    days_of_puts,
    days_off,
    guests_leave_out,
    leftovers_off,
    name_puts,
    uses_of,
)
from planner.table.bought import bought_in, without_used_up
from planner.table.choice import (
    as_asked,
    check_drinks_eaten,
    check_known,
    constrained_of,
    cooked_for,
    foods_used,
    milks_of_house,
    needs_free_from,
    selection_of,
    wishes_of,
)
from planner.table.day_limits import check_days_served
from planner.table.days import absent_meals
from planner.table.plates import rules_for
from planner.table.shared import share_places
from planner.table.since import check_puts_to_come
from planner.targets.absorbable import conservative_content
from planner.targets.derive import TargetSet, targets_of
from planner.targets.eaters import eater_requests, named
from planner.targets.taken import check_drinks_allowed, check_meals_missed, check_taken_allowed
from planner.wire.document import read_history


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
    weeks
        The weeks of a longer plan, ``source`` being the first; empty where it is all there is.
    """

    request: PlanRequest
    targets: TargetSet
    foods: FoodTable
    dishes: tuple[Dish, ...]
    candidates: CandidateSet
    source: ModelInput
    weeks: tuple[ModelInput, ...] = ()

    @property
    def sources(self) -> tuple[ModelInput, ...]:
        """What each week that has a menu of its own is made from, one after another."""
        return self.weeks or (self.source,)


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
    def count(self) -> int:
        """Number of weeks that have a menu of their own."""
        return len(next(iter(self.weeks.values())).sources)

    def paying(self, share: float) -> PreparedTable:
        """Return the same with so much of everybody's budget [0-1]."""

        def less(source: ModelInput) -> ModelInput:
            usd = source.wishes.budget_usd
            part = None if usd is None else usd * share
            return replace(source, wishes=replace(source.wishes, budget_usd=part))

        weeks = {
            name: replace(week, source=less(week.source), weeks=tuple(map(less, week.weeks)))
            for name, week in self.weeks.items()
        }
        return replace(self, weeks=weeks)

    def in_rhythm(self, rhythm: str | None) -> PreparedTable:
        """Return the same with the rhythm that its weeks have; ``None``: each meal by itself."""

        def timed(request: PlanRequest) -> PlanRequest:
            return replace(request, week=replace(request.week, rhythm=rhythm))

        weeks = {name: replace(one, request=timed(one.request)) for name, one in self.weeks.items()}
        return replace(self, request=timed(self.request), weeks=weeks)


def weeks_of(source: ModelInput) -> tuple[ModelInput, ...]:
    """Cut the days of a model's input into weeks, the last one shorter where it must be."""
    firsts = range(0, len(source.weekend), DAYS_PER_WEEK)
    return tuple(
        replace(
            source,
            weekend=source.weekend[first : first + DAYS_PER_WEEK],
            absences=source.absences[first : first + DAYS_PER_WEEK],
            is_part=len(firsts) > 1,
        )
        for first in firsts
    )


def prepare_table(
    request: PlanRequest,
    foods: FoodTable | None = None,
    dishes: Sequence[Dish] | None = None,
    had: Mapping[str, Dish] = MappingProxyType({}),
) -> PreparedTable:
    """Gather what everybody's weeks are made from; parameters and errors as of ``plan_meals``.

    ``had``: dish id → a dish that is cooked as it was.
    """
    foods = foods_with_prices(foods or foods_at_hand(request), request)
    asked = eater_requests(request)
    if dishes is None:
        dishes = dishes_at_hand(request, foods)
    draw = _draw(next(iter(asked.values())).profile)
    made = cooked_for(asked, foods, dishes, foods_used(request, foods, dishes))
    cooked = with_own_dry(made, request, foods)
    cooked = with_amounts(cooked, request.week.amounts)
    cooked = tuple(had.get(dish.dish_id, dish) for dish in cooked)
    named_puts = name_puts(request, foods, (*dishes, *cooked))
    make = partial(
        _prepare_eater,
        foods=foods,
        dishes=cooked,
        is_free_from=any(needs_free_from(one, foods, cooked) for one in asked.values()),
        sharers=len(asked),
        draw=draw,
        uses=frozenset(request.preferences.use),
    )
    alone = {name: named(name, make, plan_request) for name, plan_request in asked.items()}
    for name, milks in _milks(alone).items():
        alone[name] = named(name, partial(make, milks=milks), asked[name])
    shared = shared_places(request)
    alone = _with_asked(request, named_puts, alone, shared)
    check_puts_to_come(request, named_puts, foods, cooked, had)
    if not shared:
        return PreparedTable(request, shared, foods, alone, alone)
    sources = share_places({name: week.source for name, week in alone.items()}, shared)
    weeks = {}
    for name, week in alone.items():  # all weeks of an eater choose from what the first one may
        own = sources[name]
        later = [replace(model_input, candidates=own.candidates) for model_input in week.weeks[1:]]
        weeks[name] = replace(week, source=own, weeks=(own, *later) if later else ())
    return PreparedTable(request, shared, foods, alone, weeks)


def dishes_at_hand(request: PlanRequest, foods: FoodTable) -> tuple[Dish, ...]:
    """Return the shipped dishes, and those in everybody's folders."""
    return dishes_with_own(request.dish_folders, foods)


def _with_asked(
    request: PlanRequest,
    named_puts: Mapping[Put, Sequence[str]],
    alone: Mapping[str, PreparedEater],
    shared: Shared,
) -> dict[str, PreparedEater]:
    """Lay what is put on meals, and what is to be used up, over the weeks of everybody."""
    choices = {name: eater.candidates for name, eater in alone.items()}
    first = next(iter(alone.values()))
    amounts = amounts_put(request, first.foods, first.dishes)
    puts = days_of_puts(request, named_puts, choices, shared, amounts)
    uses = uses_of(request, choices, first.foods, first.dishes)
    off = days_off(request, shared, tuple(alone))
    of_guests = guests_leave_out(request, first.foods, first.dishes)
    off_first, of_leftovers = leftovers_off(uses, puts, len(first.source.weekend))
    shelves = shelves_for(request, first.foods)
    whole = [use for _, use in asked_uses(request, first.foods, first.dishes)]

    def laid(name: str, source: ModelInput, week: int) -> ModelInput:
        first = week * DAYS_PER_WEEK
        own = slice(first, first + len(source.weekend))
        out = (*source.wishes.off, *of_guests, *of_leftovers)
        wishes = replace(source.wishes, uses=uses[name], off=out)
        packages, sold = without_used_up(source.packages, source.sold, whole, shelves)
        days = off[own] or ((),) * len(off_first if week == 0 else ())
        if week == 0 and off_first:
            days = tuple((*day, *more) for day, more in zip(days, off_first, strict=True))
        asked = replace(source, eater=name, puts=puts[own], off=days, wishes=wishes)
        return replace(asked, packages=packages, sold=sold)

    asked = {}
    for name, eater in alone.items():
        weeks = tuple(laid(name, week, number) for number, week in enumerate(eater.weeks))
        asked[name] = replace(eater, source=laid(name, eater.source, 0), weeks=weeks)
    return asked


def _milks(alone: Mapping[str, PreparedEater]) -> dict[str, frozenset[str]]:
    """Return the milk of those who have another one, so that few kinds are in the house."""
    rule = next(iter(alone.values())).source.rules.rules["milk"]
    candidates = {name: eater.candidates for name, eater in alone.items()}
    return milks_of_house(candidates, rule["house"], rule["kinds"])


def _prepare_eater(
    request: PlanRequest,
    foods: FoodTable,
    dishes: Sequence[Dish],
    sharers: int,
    draw: str,
    uses: frozenset[str],
    milks: frozenset[str] = frozenset(),
    *,
    is_free_from: bool,
) -> PreparedEater:
    """Gather what the weeks of a request are made from.

    Parameters
    ----------
    request, foods, dishes
        As of ``planner.pipeline.plan_meals``.
    sharers
        How many eaters buy packages together.
    draw
        What the chance of taste is drawn from, the same for a table.
    uses
        What the whole table is to use up.
    milks
        Kinds of milk in the house; empty: the usual one that this eater may have.
    is_free_from
        Whether somebody at the table needs free-from foods.

    Raises
    ------
    UserFacingError
        When something in the request is to be mended, or a safety rule refuses.
    """
    foods = foods_with_water(foods, request.water)
    targets = targets_of(request)
    check_taken_allowed(request, targets.targets)
    check_drinks_allowed(request, targets.targets, foods)
    check_meals_missed(request.week, targets.clinical)
    beside = beside_the_meals(request, foods)
    rules = rules_for(request, beside, targets, uses | request.preferences.use.keys())
    selection = selection_of(request, targets, foods, dishes)
    check_known(foods, selection.constrained)
    check_drinks_eaten(request, selection, foods)
    wishes = wishes_of(request, foods, dishes)
    asked = as_asked(selection, request, wishes, foods, milks, is_free_from=is_free_from)
    chosen = select_candidates(foods, dishes, rules, asked)
    check_something_left(chosen)
    check_days_served(request, chosen, dishes, foods)
    candidates = beside.added_to(chosen)
    source = _model_input(request, targets, candidates, rules, foods, wishes)
    weeks = weeks_of(replace(source, sharers=sharers, draw=draw))
    own = settle_doses(weeks[0], request, foods)
    later = [replace(own, weekend=week.weekend, absences=week.absences) for week in weeks[1:]]
    made = request, targets, foods, tuple(dishes), candidates, own
    return PreparedEater(*made, (own, *later) if later else ())


def _model_input(
    request: PlanRequest,
    targets: TargetSet,
    candidates: CandidateSet,
    rules: MealRules,
    foods: FoodTable,
    wishes: Wishes,
) -> ModelInput:
    bought, sold = bought_in(request, foods)
    return ModelInput(
        targets=targets.targets,
        candidates=candidates,
        rules=rules,
        caps={cap.cap_id: cap for cap in food_caps()},
        wishes=wishes,
        weights=request.weights,
        weekend=weekend_days(request.week, rules),
        absences=absent_meals(request, rules),
        groups=_groups(foods),
        constrained=constrained_of(targets),
        least_coverage=read_settings("check.toml")["coverage"]["least"],
        clinical=targets.clinical,
        conservative=_counted(foods) if request.preferences.conservative else {},
        history=read_history(request.preferences.history),
        out_of_season=_out_of_season(request, foods),
        packages=bought,
        sold=sold,
    )


def _draw(profile: Profile) -> str:
    """Name an eater by what no wish changes, so that an edited request keeps its week."""
    size = f"{float(profile.height_cm)} {float(profile.weight_kg)}"  # 168 and 168.0 are one person
    return f"{profile.sex} {profile.age_y} {size}"


def _out_of_season(request: PlanRequest, foods: FoodTable) -> frozenset[str]:
    """Name the foods that are out of season on every day; none where the days have no dates."""
    week = request.week
    if week.start is None:
        return frozenset()
    months = {(week.start + timedelta(days=number)).month for number in range(week.days)}
    return foods_out_of_season(foods, months, week.hemisphere)


def _groups(foods: FoodTable) -> dict[str, frozenset[str]]:
    """Return base → the groups of its foods."""
    groups: dict[str, set[str]] = {}
    for food in foods:
        groups.setdefault(food.base, set()).add(food.group)
    return {base: frozenset(own) for base, own in groups.items()}


def _counted(foods: FoodTable) -> dict[str, dict[str, float]]:
    """Nutrient → food id → content that a cautious plan counts [mg per 100 g]."""
    counted: dict[str, dict[str, float]] = {}
    for food in foods:
        for nutrient, content in conservative_content(food).items():
            counted.setdefault(nutrient, {})[food.food_id] = content
    return counted
