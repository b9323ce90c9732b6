"""What planning would refuse in a request before anything is solved, all of it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from foods.errors import UserFacingError, raise_collected
from foods.table import FoodTable
from planner.candidates.at_hand import foods_at_hand
from planner.candidates.beside import beside_the_meals
from planner.candidates.dish import Dish
from planner.candidates.names import find_left_out, find_meaning
from planner.errors import ConfigError
from planner.kitchen.leftovers import asked_uses
from planner.kitchen.pantry import pantry_of
from planner.request.preferences import Preferences
from planner.request.request import NAMELESS, PlanRequest
from planner.table.asked import guests_leave_out, name_puts
from planner.table.prepare import dishes_at_hand, prepare_table
from planner.targets.derive import targets_of
from planner.targets.eaters import eater_requests, named
from planner.targets.taken import check_taken_allowed
from planner.wire.document import read_history

Check = Callable[[], object]


def check_request(request: PlanRequest) -> None:
    """Prepare everything that a plan is made from, so that whatever is to be mended is told.

    Raises
    ------
    ConfigError
        When several things are to be mended: all of them in one error.
    UserFacingError
        When one thing is, or a safety rule refuses, as planning says it.
    """
    errors = faults_in(request)
    if len(errors) > 1:
        raise_collected(ConfigError, dict.fromkeys(map(str, errors)))
    for error in errors:
        raise error
    prepare_table(request)


def faults_in(
    request: PlanRequest, foods: FoodTable | None = None, dishes: Sequence[Dish] | None = None
) -> list[UserFacingError]:
    """Return an error for each name of a request that means nothing, and what else is refused.

    ``foods`` and ``dishes`` are those of ``plan_meals``.
    """
    table, errors = foods or foods_at_hand(request), list[UserFacingError]()
    try:
        at_hand = dishes_at_hand(request, table) if dishes is None else dishes
        for check in _checks(request, table, at_hand):
            try:
                check()
            except UserFacingError as error:
                errors.append(error)
    except UserFacingError as error:  # a folder of dishes
        errors.append(error)
    return errors


def _checks(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> Iterator[Check]:
    """Return what is asked of a request: names first, then what each eater is held to."""
    wishes = [(NAMELESS, request.preferences)]
    wishes += [(eater.name, eater.preferences) for eater in request.eaters]
    for name, wanted in wishes:
        for check in _names(wanted, foods, dishes):
            yield partial(named, name, check)
        yield partial(named, name, partial(read_history, wanted.history))
    yield partial(name_puts, request, foods, dishes)
    yield partial(asked_uses, request, foods, dishes)
    yield partial(guests_leave_out, request, foods, dishes)
    yield partial(pantry_of, request, foods)
    for name, own in eater_requests(request).items():
        yield partial(named, name, _held_to, own)
        yield partial(named, name, beside_the_meals, own, foods)


def _names(wanted: Preferences, foods: FoodTable, dishes: Sequence[Dish]) -> Iterator[Check]:
    """Return the question of each name: what it means."""
    for where, out in (("--without", wanted.without), ("--without-on", wanted.without_on)):
        for name in out:
            yield partial(find_left_out, name, foods, dishes, where)
    asked = {
        "--like": wanted.like,
        "--dislike": wanted.dislike,
        "--per-week": [rule.name for rule in wanted.per_week],
        "--min-days-between": wanted.min_days_between,
    }
    for where, names in asked.items():
        for name in names:
            is_unwanted = where == "--dislike"
            yield partial(find_meaning, name, foods, dishes, where, is_unwanted=is_unwanted)


def _held_to(own: PlanRequest) -> None:
    check_taken_allowed(own, targets_of(own).targets)
