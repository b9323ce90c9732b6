"""The flags that say what a week may cost, at whose shops, and what is at home already."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from planner.cli.phrase_type import PhraseType
from planner.request.money import read_money
from planner.request.preferences import EATEN, TILL
from planner.request.request import EMPTY, USUAL, AtHome, PlanRequest, known_shops

TILL_OPTIONS = (
    click.option(
        "--budget-per-week",
        type=PhraseType("AMOUNT", read_money),
        help='Most that a week may cost at checkout, in the money of the shops: 150, "$150", '
        '"£120".',
    ),
    click.option(
        "--budget-counts",
        type=click.Choice([TILL, EATEN]),
        help="What the budget counts: what you pay at checkout, packages whole (default), or what "
        "of it is eaten, as for plans of fewer than seven days.",
    ),
    click.option(
        "--shops",
        type=click.Choice(known_shops()),
        help="Whose packages and money; by default those of the standard and units.",
    ),
    click.option(
        "--cupboard",
        type=click.Choice([USUAL, EMPTY]),
        help="Beside a pantry, what most kitchens have (salt, oil, spices, flour) is at home, or "
        "nothing; usual without --pantry, empty with it.",
    ),
    click.option(
        "--pantry",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="What is at home before the first day: food,amount,unit[,days].",
    ),
)


def with_pantry(request: PlanRequest, path: Path | None) -> PlanRequest:
    """Give a request with what a file says is at home in place of what it said before.

    Raises
    ------
    ConfigError
        With every faulty row of the file, or when it cannot be read.
    """
    if path is None:
        return request
    from foods.embedded import read_embedded_foods
    from foods.own_file import read_own_text
    from planner.errors import ConfigError
    from planner.kitchen.pantry import parse_pantry
    from planner.kitchen.sold import shelves_of

    text = read_own_text(path, "pantry", ConfigError)
    entries = parse_pantry(text, str(path), read_embedded_foods(), shelves_of(request.shops))
    pantry = tuple(AtHome(one.food_id, one.amount, one.unit, one.days) for one in entries)
    return replace(request, week=replace(request.week, pantry=pantry))
