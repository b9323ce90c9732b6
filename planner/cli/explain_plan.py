"""``magplan explain PLAN.json``: why a kept plan is as it is."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

from foods.nutrient import known_nutrients
from planner.cli.dishes_own import with_dishes
from planner.cli.help import adding
from planner.cli.output import print_json, say, show
from planner.cli.phrase_type import DAY
from planner.errors import ConfigError
from planner.faults import fault
from planner.meals.patterns import SLOTS
from planner.request.day_words import DayWord
from planner.request.phrases import read_target_key
from planner.shops import NEUTRAL, shopping_in


class AskedOfPlan(NamedTuple):
    """What is asked of a plan, as it was typed.

    Parameters
    ----------
    day, slot, eater
        The one day, meal and eater; ``None``: all.
    nutrients, missed
        Nutrients beside magnesium and calcium, and what somebody misses in the plan.
    """

    day: DayWord | None
    slot: str | None
    eater: str | None
    nutrients: tuple[str, ...]
    missed: tuple[str, ...]


plan_options = adding(
    click.option("--day", type=DAY, help="One day of the plan: 3, tue, a date; in full."),
    click.option(
        "--why-not",
        "missed",
        multiple=True,
        metavar="FOOD|DISH",
        help="Say why this is not in the plan; --day and --slot say where it is missed. May be "
        "given again.",
    ),
    click.option(
        "--slot",
        type=click.Choice(SLOTS),
        help="The one meal of the day; with --why-not, that in which it is missed.",
    ),
    click.option(
        "--nutrient",
        "nutrients",
        multiple=True,
        metavar="NAME",
        help="Say of this nutrient too where it comes from and what more of it costs. May be given "
        "again.",
    ),
    click.option("--eater", metavar="NAME", help="Of a plan of several, this eater alone."),
)


def show_account(
    plan_path: Path, asked: AskedOfPlan, dishes: tuple[Path, ...], as_json: bool
) -> None:
    """Print why a kept plan is as it is.

    Raises
    ------
    UserFacingError
        When the file, its request or what is asked is to be mended.
    """
    from planner.export.why import account_told
    from planner.plan.locks import day_of_plan, find_day_number
    from planner.why.account import Asked, account_of
    from planner.wire.document import read_plan_document
    from planner.wire.why import ExplainAnswer

    if asked.slot and not asked.missed and asked.day is None:
        raise click.UsageError("--slot goes with --day or --why-not")
    document = with_dishes(read_plan_document(plan_path), dishes)
    number = 0 if asked.day is None else find_day_number(document.plan, asked.day)
    if number:
        day_of_plan(document.plan, number)
    keys = tuple(_nutrient(one) for one in asked.nutrients)
    meant = Asked(keys, asked.missed, number, asked.slot or "", asked.eater or "")
    say("Solving …")
    with shopping_in(NEUTRAL):
        found = account_of(document, meant)
    if as_json:
        print_json(ExplainAnswer.of_account(found))
        return
    click.get_current_context().with_resource(shopping_in(document.request.shops))
    show(account_told(found, document.plan.dates))


def _nutrient(name: str) -> str:
    """Give the key of a nutrient.

    Raises
    ------
    ConfigError
        When it is none.
    """
    key = read_target_key(name)
    if key not in known_nutrients():
        raise fault(ConfigError, "no_figure_to_explain", key=key)
    return key
