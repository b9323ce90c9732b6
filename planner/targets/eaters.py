"""What each eater of a table is asked and held to.

What stands at the top of a request holds for all; what an eater wants comes on top of it. Each
eater gets a request of one's own from that, so that targets, rules and check are those of a person
who eats alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from foods.errors import UserFacingError
from planner.request.days import absent_days, menu_days
from planner.request.eater import Eater
from planner.request.override import TargetOverride
from planner.request.preferences import Preferences, PreferencesTable
from planner.request.put import Put
from planner.request.request import NAMELESS, PlanRequest, WeekOptions
from planner.request.table import common_diet
from planner.request.wish import LEAST, wishes_in
from planner.safety.stops import check_age_allowed
from planner.targets.energy import plan_energy

Made = TypeVar("Made")
CENTS = 100
_NOISE_DIGITS = 6  # of a cent


def eater_requests(request: PlanRequest) -> dict[str, PlanRequest]:
    """Return the request that each eater's plan answers, by name; without eaters it is itself.

    A budget at the top is the whole table's: each eater has a share of it by need of energy.

    Raises
    ------
    ConfigError
        When the diet of an eater and that of all cannot both hold.
    """
    if not request.eaters:
        return {NAMELESS: request}
    shares = energy_shares(request)
    return {
        eater.name: replace(
            request,
            profile=eater.profile,
            preferences=_preferences(request.preferences, eater, share),
            supplements=eater.supplements,
            allow_supplements=request.allow_supplements or eater.allow_supplements,
            assumed=eater.assumed,
            overrides=_overrides(request.overrides, eater.overrides),
            week=_own_week(request.week, eater),
            eaters=(),
            habits={**request.habits, **eater.habits},
        )
        for eater, share in zip(request.eaters, shares.values(), strict=True)
    }


def named(name: str, make: Callable[..., Made], *parts: Any) -> Made:
    """Return what is made for one eater; a fault says whose it is."""
    try:
        return make(*parts)
    except UserFacingError as error:
        if not name:
            raise
        raise error.at(", ".join(filter(None, (name, error.where)))) from None


def _own_week(week: WeekOptions, eater: Eater) -> WeekOptions:
    """Return the week of one eater, who has no meals on days away from the table."""
    puts = _own_puts(week, eater.name)
    away = [(day, slot) for day in absent_days(week, eater.days) for slot in week.slots]
    skip = tuple(dict.fromkeys((*week.skip, *away)))
    return replace(week, guests=(), put=puts, skip=skip, at_table=eater.days)


def _own_puts(week: WeekOptions, name: str) -> tuple[Put, ...]:
    """Return what is put on the meals of one eater, everybody's among them."""
    mine = ("", name.casefold())
    return tuple(replace(put, eater="") for put in week.put if put.eater.casefold() in mine)


def energy_shares(request: PlanRequest) -> dict[str, float]:
    """Return name → share of an eater of what all of them need of energy on their days, of 1."""
    week, eaters = request.week, request.eaters
    for eater in eaters:  # a baby is told of, and not asked for another age
        named(eater.name, partial(check_age_allowed, is_at_table=True), eater.profile)
    needs = {
        person.name: plan_energy(person.profile).kcal
        * (menu_days(week) - len(absent_days(week, person.days)))
        for person in eaters
    }
    return {name: need / sum(needs.values()) for name, need in needs.items()}


def _preferences(common: Preferences, eater: Eater, share: float) -> Preferences:
    """Lay what an eater wants over what holds for all: of two numbers the stricter one."""
    own = eater.preferences
    merged = {
        wish.key: wish.flag.join.merge(getattr(common, wish.key), getattr(own, wish.key))
        for wish in wishes_in("preferences", PreferencesTable)
        if wish.key in Preferences.__dataclass_fields__
    }
    whole = common.budget_per_week
    part = None if whole is None else _whole_cents(whole * share)
    return Preferences(
        **merged
        | {
            "diet": common_diet(common.diet, eater),
            "like": _graded(common.like, own.like, own.dislike),
            "dislike": _graded(common.dislike, own.dislike, own.like),
            "budget_per_week": LEAST.merge(part, own.budget_per_week),
            "budget_counts": common.budget_counts,
            "since": {**common.since, **own.since},
        }
    )


def _overrides(
    common: Sequence[TargetOverride], own: Sequence[TargetOverride]
) -> tuple[TargetOverride, ...]:
    """Return one band for each key: the eater's own where there is one."""
    return tuple(({override.nutrient: override for override in (*common, *own)}).values())


def _whole_cents(amount_usd: float) -> float:
    """Round down, so that the shares are no more than the whole; binary noise is no cent."""
    return math.floor(round(amount_usd * CENTS, _NOISE_DIGITS)) / CENTS


def _graded(
    common: Mapping[str, int], own: Mapping[str, int], opposite: Mapping[str, int]
) -> dict[str, int]:
    """Merge grades; what an eater sees the other way round is the eater's."""
    return {name: grade for name, grade in common.items() if name not in opposite} | dict(own)
