"""New wishes of a running week: what its past days do not keep holds for the days to come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise, starmap
from shlex import quote
from types import MappingProxyType
from typing import Any

from foods.table import FoodTable
from planner.candidates.at_hand import foods_at_hand
from planner.candidates.dish import Dish
from planner.candidates.names import find_left_out
from planner.errors import CandidatesError, ConfigError
from planner.faults import fault
from planner.kitchen.measures import servings_text
from planner.meals.rules import read_meal_rules
from planner.model.variety import most_in
from planner.plan.locks import Stay
from planner.plan.plan import Item, Plan
from planner.plan.shares import own_plan
from planner.request.days import DAYS_PER_WEEK, more_on, told_on
from planner.request.diets import name_against
from planner.request.eater import Eater
from planner.request.equipment import equipment_in, missing_equipment
from planner.request.next_week import MINUTES_ON, apart_key
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.put import FROM
from planner.request.request import NAMELESS, PlanRequest
from planner.shops import named
from planner.table.had import with_cooked
from planner.table.made import ReportedPlan
from planner.table.prepare import dishes_at_hand
from planner.table.session import EarlierPlan
from planner.table.since import counted
from planner.targets.derive import targets_of
from planner.targets.eaters import eater_requests
from planner.targets.target import name_within, unit_word

_BOX_LEFT = (
    "{name}, cooked on day {day}: {amount} of it is not eaten now. Freeze it or give it away."
)
Wishes = dict[str, dict[str, Any]]
Asked = PlanRequest | Eater
_LIMITS = (
    "max_minutes",
    "max_minutes_weekday",
    "max_minutes_breakfast",
    "max_ingredients",
    MINUTES_ON,
    "lunch",
)


def from_now(
    document: EarlierPlan, request: PlanRequest, stay: Stay
) -> tuple[EarlierPlan, PlanRequest]:
    """Return a plan with what its past days cooked, and what is asked for of the days to come.

    Raises
    ------
    ConfigError
        As ``check_limits`` and ``for_days_to_come``.
    """
    known = with_cooked(document.request, document.plan, stay.past)
    before, week = known.week, request.week
    eaten = {day for day in stay.past if told_on(before, day) != told_on(week, day)}
    eaten_days = tuple(sorted(eaten.union(before.eaten)))
    found = ("amounts", "cooked_more", "begun")
    week = replace(week, **{key: getattr(before, key) for key in found}, eaten=eaten_days)
    request = replace(request, week=week)
    check_limits(request, known, document.plan, stay)
    request = for_days_to_come(request, known, document.plan, stay.past)
    return ReportedPlan(known, document.plan, document.points), request


def for_days_to_come(
    request: PlanRequest, before: PlanRequest, plan: Plan, past: Collection[int]
) -> PlanRequest:
    """Return a request that leaves out from now on what days that are past hold.

    So holds what limits time, ingredients, servings and nutrients. What a condition leaves out is
    no wish, and stays.

    Parameters
    ----------
    request, before
        What is asked for now, and what the plan was asked with.
    plan, past
        The plan, and the numbers of its days that are past.

    Raises
    ------
    ConfigError
        When more energy is asked for on a day that is past, or a past second meal has no first.
    """
    _check_energy(request, before, past)
    _check_leftovers(request, before, plan, past)
    day = next((plan_day for plan_day in plan.days if plan_day.day not in past), None)
    if not past or day is None or day.date is None:
        return request
    words, strict = (FROM.format(day=day.date),), _never_had(request)
    foods = foods_at_hand(request)
    dishes = dishes_at_hand(request, foods)

    def asked(now: Asked, before: Asked, name: str) -> Preferences:
        wanted, earlier = now.preferences, before.preferences
        had = [item for day in own_plan(plan, name).days if day.day in past for item in day.items()]
        broken = {
            name: row
            for name, row in _new(wanted, earlier, strict).items()
            if _holds(had, name, foods, dishes)
        }
        wanted, begun = _from(wanted, broken, words), str(day.date)
        since = dict.fromkeys((*_changed(now, before), *too_often(wanted, name)), begun)
        kept = {key: on for key, on in earlier.since.items() if _is_kept(key, now)}
        near = dict(too_near(wanted, earlier, name, begun))
        return replace(wanted, since=MappingProxyType(kept | since | near))

    def too_near(
        wanted: Preferences, earlier: Preferences, name: str, begun: str
    ) -> Iterator[tuple[str, str]]:
        """Return days between that past days do not keep, and the last day on which it was had."""
        own = [plan_day for plan_day in own_plan(plan, name).days if plan_day.day in past]
        for what, apart in wanted.min_days_between.items():
            rule = FrequencyRule(what, "<=", 0)
            had = [one for one in own for _ in range(_times(rule, one.items(), foods, dishes))]
            is_broken = any(next_one.day - one.day < apart for one, next_one in pairwise(had))
            if is_broken and earlier.min_days_between.get(what) != apart:
                is_twice = had[-1] is had[-2]
                yield apart_key(what, apart), begun if is_twice else str(had[-1].date)

    def too_often(wanted: Preferences, name: str) -> Iterator[str]:
        first = (day.day - 1) // DAYS_PER_WEEK * DAYS_PER_WEEK
        own = [one for one in own_plan(plan, name).days if first < one.day <= first + DAYS_PER_WEEK]
        had = [item for plan_day in own if plan_day.day in past for item in plan_day.items()]
        for rule in wanted.per_week:
            most = most_in(rule.count, len(own))
            if rule.sense == "<=" and _times(rule, had, foods, dishes) > most:
                yield str(rule)

    known = {eater.name: eater for eater in before.eaters}
    eaters = tuple(
        replace(eater, preferences=asked(eater, known[eater.name], eater.name))
        if eater.name in known
        else eater
        for eater in request.eaters
    )
    wanted = asked(request, before, NAMELESS)
    return replace(request, preferences=wanted, eaters=eaters)


def boxes_left(before: Plan, after: Plan, past: Collection[int]) -> Iterator[str]:
    """Describe which second meals of what was cooked on past days are not eaten any more."""
    kept = _boxes(after, past)
    cooked = {(item.item_id, day.day) for day, _, item in after.served() if day.day in past}
    for (own_id, first), (name, servings) in _boxes(before, past).items():
        left = servings - kept.get((own_id, first), (name, 0.0))[1]
        if left > 0.0 and (own_id, first) in cooked:
            amount = servings_text(left)
            yield _BOX_LEFT.format(name=named(name), day=first, amount=amount)


def _boxes(plan: Plan, past: Collection[int]) -> dict[tuple[str, int], tuple[str, float]]:
    """Return id and day of what past days cooked → its name and the servings still to come."""
    found = dict[tuple[str, int], tuple[str, float]]()
    for day, _, item in plan.served():
        if day.day not in past and item.leftover_of in past:
            _name, servings = found.get(at := (item.item_id, item.leftover_of or 0), ("", 0.0))
            found[at] = (item.name, servings + item.servings_cooked)
    return found


def _check_energy(request: PlanRequest, before: PlanRequest, past: Collection[int]) -> None:
    """Refuse more energy on a day that is past: nothing is eaten on it any more."""
    earlier = eater_requests(before)
    for name, own in eater_requests(request).items():
        had, now = earlier.get(name, own).preferences.more_energy, own.preferences.more_energy
        for day in past:
            if more_on(now, request.week, day) != more_on(had, before.week, day):
                raise fault(ConfigError, "more_energy_past", day=day)


def check_limits(request: PlanRequest, before: PlanRequest, plan: Plan, stay: Stay) -> None:
    """Refuse a new limit for safety that what was eaten on days that are past does not keep.

    Raises
    ------
    ConfigError
        With these days, and the command that plans those to come.
    """
    earlier = eater_requests(before)
    for name, own in eater_requests(request).items():
        if own.profile == earlier.get(name, own).profile:
            continue
        known = set(targets_of(earlier[name]).targets)
        eaten = [day for day in own_plan(plan, name).days if day.day in stay.past]
        for one in targets_of(own).targets:
            most = one.as_eaten().upper
            if one in known or most is None or (one.period, one.basis) != ("day", "total"):
                continue
            if over := [day.day for day in eaten if (day.totals.get(one.nutrient) or 0.0) > most]:
                told = {
                    "name": name_within(one.nutrient),
                    "band": f"{f'{most:,.0f}'} {unit_word(one.nutrient)}",
                    "days": ", ".join(map(str, over)),
                    "request": stay.path.with_name("request.toml"),
                    "left": request.week.days - len(stay.past),
                    "plan": stay.path,
                    "wishes": "".join(_flags_new(request.profile, before.profile)),
                }
                raise fault(ConfigError, "past_day_over_limit", **told)


def _flags_new(now: Profile, before: Profile) -> Iterator[str]:
    """Return the flags of conditions and medicines that are told now."""
    for flag, key in (("--condition", "conditions"), ("--medicine", "medicines")):
        for name in getattr(now, key):
            if name not in getattr(before, key):
                yield f" {flag} {quote(name)}"


def _check_leftovers(
    request: PlanRequest, before: PlanRequest, plan: Plan, past: Collection[int]
) -> None:
    """Refuse what is told of a past meal where another past one is left over from it."""
    told = list[tuple[int, str, str, str]]()
    for day in past:
        had, now = told_on(before.week, day), told_on(request.week, day)
        told += [(day, slot, "", eater) for slot, _, eater in had - now]
        told += [(day, *entry) for entry in now - had]
    for name in [eater.name for eater in before.eaters] or [NAMELESS]:
        mine = {(day, slot): dish for day, slot, dish, eater in told if eater in ("", name)}
        meals = {
            (day.day, meal.slot): {item.item_id: item for item in meal.items}
            for day in own_plan(plan, name).days
            if day.day in past
            for meal in day.meals
        }
        gone = {
            (day, item_id): slot
            for (day, slot), items in meals.items()
            for item_id, item in items.items()
            if mine.get((day, slot), item.name) not in (item.name, item_id)
        }
        kept = (meal for meal in meals.items() if meal[0] not in mine)
        for (day, slot), items in kept:
            for item_id, one in items.items():
                if first := gone.get((one.leftover_of or 0, item_id)):
                    where = {"day": day, "slot": slot, "first": one.leftover_of}
                    raise fault(
                        ConfigError, "past_leftover", **where, first_slot=first, name=one.name
                    )


def _never_had(request: PlanRequest) -> frozenset[str]:
    each = eater_requests(request).values()
    return frozenset(name for plan_request in each for name in plan_request.patient.names_left_out)


def _new(now: Preferences, before: Preferences, strict: Set[str]) -> Wishes:
    """Return each name that is newly left out, and what is wished for where it is not."""
    new = {name for name in now.without if name not in before.without} - strict
    things = {name for name in new if equipment_in(name)}
    found: Wishes = {name: {"without": {name}} for name in new - things}
    lacks = missing_equipment(now.without, now.kitchen)
    if lacks != missing_equipment(before.without, before.kitchen):
        found[lacks] = {"without": things, "kitchen": before.kitchen}
    if now.diet != before.diet:
        found[name_against(now.diet)] = {"diet": before.diet}
    for rule in now.per_week:
        if (rule.sense, rule.count) == ("<=", 0) and rule not in before.per_week:
            found[rule.name] = {"none": {rule}}
    found.pop("", None)
    return found


def _changed(now: Asked, before: Asked) -> Iterator[str]:
    """Return the limits of time and the like that are new, and the nutrients with a new bound."""
    for key in _LIMITS:
        own, had = (getattr(request.preferences, key) for request in (now, before))
        if own not in (None, {}) and own != had:
            yield key
    yield from (override.nutrient for override in now.overrides if override not in before.overrides)


def _is_kept(key: str, now: Asked) -> bool:
    """Whether what holds from an earlier day on is still asked for."""
    if key in _LIMITS:
        return getattr(now.preferences, key) is not None
    names = (*(one.nutrient for one in now.overrides), *map(str, now.preferences.per_week))
    apart = starmap(apart_key, now.preferences.min_days_between.items())
    return key in (*names, *apart)


def _times(
    rule: FrequencyRule, had: Iterable[Item], foods: FoodTable, dishes: Sequence[Dish]
) -> int:
    """Count the servings of what a limit of so many a week counts."""
    line_g = read_meal_rules().rules["line"]["lower"]
    with suppress(CandidatesError):  # told with the names of all wishes
        what = counted(rule, dishes, foods)
        return sum(
            item.item_id in what.dish_ids
            or sum(mass for food, mass in item.ingredients if food in what.food_ids) >= line_g
            for item in had
        )
    return 0


def _from(now: Preferences, broken: Wishes, words: tuple[str, ...]) -> Preferences:
    """Return wishes by which what days that are past have is left out from a day on."""
    gone = frozenset[str]().union(*(row.pop("without", ()) for row in broken.values()))
    none = frozenset[FrequencyRule]().union(*(row.pop("none", ()) for row in broken.values()))
    for row in broken.values():
        now = replace(now, **row)
    on = MappingProxyType({**dict.fromkeys(sorted(broken), words), **now.without_on})
    without = tuple(name for name in now.without if name not in gone)
    per_week = tuple(rule for rule in now.per_week if rule not in none)
    return replace(now, without=without, per_week=per_week, without_on=on)


def _holds(had: Iterable[Item], name: str, foods: FoodTable, dishes: Sequence[Dish]) -> bool:
    with suppress(CandidatesError):  # told with the names of all wishes
        out = find_left_out(name, foods, dishes, "--without-on")
        return any(
            one.item_id in out.dish_ids or any(food in out.food_ids for food, _ in one.ingredients)
            for one in had
        )
    return False
