"""A household: who shares which meal, and what each eater is asked and held to.

What stands at the top of a request holds for all; what an eater wants comes on top of it. Each
eater gets a request of one's own from that, so that targets, rules and check are those of a person
who eats alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from foods.errors import raise_collected
from planner.errors import ConfigError
from planner.targets.eater import Eater
from planner.targets.energy import plan_energy
from planner.targets.limits import known_ranges
from planner.targets.override import TargetOverride
from planner.targets.patterns import read_pattern
from planner.targets.preferences import FrequencyRule, Preferences
from planner.targets.profile import Profile
from planner.targets.read import Diet, find_diet
from planner.targets.request import BODY_FIELDS, PlanRequest

MAIN = "main"
CENTS = 100
_NOISE_DIGITS = 6  # of a cent
Number = TypeVar("Number", int, float)


def eater_requests(request: PlanRequest) -> dict[str, PlanRequest]:
    """Give the request that each eater's plan answers, by name; empty without eaters.

    A budget at the top is the whole table's: each eater has a share of it by need of energy.

    Raises
    ------
    ConfigError
        When the diet of an eater and that of all cannot both hold.
    """
    shares = _energy_shares(request.eaters)
    return {
        eater.name: replace(
            request,
            profile=eater.profile,
            preferences=_preferences(request.preferences, eater, share),
            supplements=eater.supplements,
            allow_supplements=request.allow_supplements or eater.allow_supplements,
            assumed=eater.assumed,
            overrides=_overrides(request.overrides, eater.overrides),
            week=replace(request.week, guests=()),
            eaters=(),
        )
        for eater, share in zip(request.eaters, shares, strict=True)
    }


def shared_places(request: PlanRequest) -> dict[str, tuple[str, ...]]:
    """Give place → names of those who take the same dish there, two at least."""
    found = {}
    for slot in request.week.slots:
        names = tuple(eater.name for eater in request.eaters if slot in eater.slots)
        if len(names) > 1:
            found[f"{slot}.{MAIN}"] = names
    return found


def refuse_eaters(request: PlanRequest) -> None:
    """Refuse a request of several eaters where one is asked for.

    Raises
    ------
    ConfigError
        When the request has eaters.
    """
    if request.eaters:
        names = ", ".join(eater.name for eater in request.eaters)
        raise ConfigError(
            f"is for one eater, but the request has {names}",
            "[[eaters]]",
            "give the request of one of them alone",
        )


def check_household(request: PlanRequest, where: str) -> None:
    """Make sure that the eaters of a request go together; nothing to say without any.

    Raises
    ------
    ConfigError
        All faults in one error.
    """
    faults = [*_guest_faults(request), *(_eater_faults(request) if request.eaters else ())]
    raise_collected(ConfigError, faults, where)


def _guest_faults(request: PlanRequest) -> Iterator[str]:
    week = request.week
    meals = [(one.day, one.slot) for one in week.guests]
    for day, slot in dict.fromkeys(meals):
        if day > week.days:
            yield f"[week] guests: the plan has {week.days} days, not a day {day} — give another"
        elif slot not in week.slots or (day, slot) in week.skip:
            yield f"[week] guests: no {slot} is planned on day {day} — plan it, or take another"
        elif meals.count((day, slot)) > 1:
            yield f"[week] guests: day {day}, {slot} stands there twice — keep one"


def _eater_faults(request: PlanRequest) -> Iterator[str]:
    yield from _name_faults(request.eaters)
    for key in _own_keys(request):
        yield f"{key}: with [[eaters]] it belongs to one of them — move it there"
    places = {place.place_id for place in read_pattern(request.week.pattern).places}
    for eater in request.eaters:
        for slot in eater.slots:
            if f"{slot}.{MAIN}" not in places:
                yield f"[[eaters]] {eater.name}: {slot} has no main dish to share — leave it out"
        try:
            _diet(request.preferences.diet, eater)
        except ConfigError as error:
            yield str(error)


def _name_faults(eaters: Sequence[Eater]) -> Iterator[str]:
    people, letters = (known_ranges()[name] for name in ("eaters", "eater_name"))
    if len(eaters) not in people:
        yield f"[[eaters]]: {len(eaters)} are not {people} — plan for fewer"
    names = [eater.name.casefold() for eater in eaters]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield f"[[eaters]] {name!r} stands there twice — give each eater a name of one's own"
        if len(name) not in letters:
            yield f"[[eaters]] {name}: not {letters} — shorten the name"


def _own_keys(request: PlanRequest) -> Iterator[str]:
    """Name the keys of the top that say who eats, which eaters say by themselves."""
    sample = Profile()
    named = {"age_y": "age"}
    for key in sample.__dataclass_fields__:
        given = getattr(request.profile, key) != getattr(sample, key)
        if key in BODY_FIELDS or named.get(key) in BODY_FIELDS:
            given = named.get(key, key) not in request.assumed
        if given:
            yield f"[profile] {named.get(key, key)}"
    if request.supplements:
        yield "[[supplements]]"


def _energy_shares(eaters: Sequence[Eater]) -> list[float]:
    """Give each eater's share of what all of them need of energy."""
    needs = [plan_energy(eater.profile).kcal for eater in eaters]
    return [need / sum(needs) for need in needs]


def _preferences(common: Preferences, eater: Eater, share: float) -> Preferences:
    """Lay what an eater wants over what holds for all: of two numbers the stricter one."""
    own = eater.preferences
    common_budget = common.budget_per_week
    return replace(
        own,
        diet=_diet(common.diet, eater),
        without=_joined(common.without, own.without),
        like=_graded(common.like, own.like, own.dislike),
        dislike=_graded(common.dislike, own.dislike, own.like),
        per_week=_rules(common.per_week, own.per_week),
        min_days_between=_largest(common.min_days_between, own.min_days_between),
        max_minutes=_least(common.max_minutes, own.max_minutes),
        max_minutes_weekday=_least(common.max_minutes_weekday, own.max_minutes_weekday),
        budget_per_week=_least(
            None if common_budget is None else _whole_cents(common_budget * share),
            own.budget_per_week,
        ),
        alcohol=common.alcohol or own.alcohol,
        conservative=common.conservative or own.conservative,
        history=_joined(common.history, own.history),
        dishes=_joined(common.dishes, own.dishes),
    )


def _overrides(
    common: Sequence[TargetOverride], own: Sequence[TargetOverride]
) -> tuple[TargetOverride, ...]:
    """Give one band for each key: the eater's own where there is one."""
    return tuple(({one.nutrient: one for one in (*common, *own)}).values())


def _whole_cents(amount_usd: float) -> float:
    """Round down, so that the shares are no more than the whole; binary noise is no cent."""
    return math.floor(round(amount_usd * CENTS, _NOISE_DIGITS)) / CENTS


def _diet(common: str, eater: Eater) -> str:
    """Give the diet that leaves out what both leave out."""
    both = {name: find_diet(name) for name in (eater.preferences.diet, common)}
    every = frozenset[str]().union(*(diet.without_origin for diet in both.values()))
    for name, diet in both.items():
        if frozenset(diet.without_origin) == every:
            return name
    raise ConfigError(
        f"[[eaters]] {eater.name}: {_named(both.values())} cannot both be kept as one diet",
        remedy="give the diet to the eaters, not at the top",
    )


def _named(diets: Iterable[Diet]) -> str:
    return " and ".join(diet.name.lower() for diet in diets)


def _joined(common: Sequence[str], own: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*common, *own]))


def _graded(
    common: Mapping[str, int], own: Mapping[str, int], opposite: Mapping[str, int]
) -> dict[str, int]:
    """Merge grades; what an eater sees the other way round is the eater's."""
    return {name: grade for name, grade in common.items() if name not in opposite} | dict(own)


def _rules(
    common: Sequence[FrequencyRule], own: Sequence[FrequencyRule]
) -> tuple[FrequencyRule, ...]:
    merged: dict[tuple[str, str], FrequencyRule] = {}
    for rule in (*common, *own):
        key = (rule.name, rule.sense)
        stricter = max if rule.sense == ">=" else min
        merged[key] = stricter(merged.get(key, rule), rule, key=lambda one: one.count)
    return tuple(merged.values())


def _largest(common: Mapping[str, int], own: Mapping[str, int]) -> dict[str, int]:
    return {name: max(common.get(name, 0), own.get(name, 0)) for name in {**common, **own}}


def _least(common: Number | None, own: Number | None) -> Number | None:
    given = [value for value in (common, own) if value is not None]
    return min(given) if given else None
