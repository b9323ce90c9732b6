"""``magplan explain``: why a plan is as it is, or where a number comes from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click
from click.core import ParameterSource

from foods.embedded import read_embedded_foods
from foods.find import find_food
from foods.nutrient import known_nutrients
from planner.cli.dishes_own import dishes_option, with_dishes
from planner.cli.help import GroupedCommand, adding
from planner.cli.options import build_request, profile_options
from planner.cli.output import print_json, say, show, tell
from planner.cli.phrase_type import DAY
from planner.document.blocks import Block
from planner.errors import ConfigError
from planner.faults import fault
from planner.meals.patterns import SLOTS
from planner.request.day_words import DayWord
from planner.request.phrases import find_target_key, read_target_key
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
        help="Say of this nutrient too where it comes from. May be given again.",
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
    from planner.table.account import Asked, account_of
    from planner.wire.document import read_plan_document
    from planner.wire.why import ExplainAnswer

    if asked.slot and not asked.missed and asked.day is None:
        raise click.UsageError("--slot goes with --day or --why-not")
    document = with_dishes(read_plan_document(plan_path), dishes)
    number = 0 if asked.day is None else find_day_number(document.plan, asked.day)
    if number:
        day_of_plan(document.plan, number)
    keys = tuple(_nutrient(nutrient) for nutrient in asked.nutrients)
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
    """Return the key of a nutrient.

    Raises
    ------
    ConfigError
        When it is none.
    """
    key = read_target_key(name)
    if key not in known_nutrients():
        raise fault(ConfigError, "no_figure_to_explain", key=key)
    return key


Traced = tuple[object, Iterator[Block]]

_OF_BOTH = ("plan_path", "as_json", "dishes")


@click.command(
    name="explain",
    cls=GroupedCommand,
    epilog="Example: magplan explain my_week/plan.json\n\n"
    "Example: magplan explain my_week/plan.json --day tue --nutrient iron\n\n"
    "Example: magplan explain my_week/plan.json --day tue --slot dinner\n\n"
    "Example: magplan explain my_week/plan.json --why-not banana\n\n"
    "Example: magplan explain --source magnesium\n\n"
    "Example: magplan explain --source tahini:calcium\n\n"
    "Example: magplan explain --source R05",
)
@click.argument("plan_path", metavar="[PLAN.json]", required=False, type=click.Path(path_type=Path))
@plan_options
@dishes_option
@click.option(
    "--source",
    metavar="NUTRIENT|FOOD:NUTRIENT|NAME|FILE:ROW",
    help="Trace the bands of a nutrient, or the figure of a food, to its rows and "
    "citations; or a rule, cap, condition, medicine, fact or compound by id or "
    "name, or a row by its place (us.csv:17).",
)
@profile_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    plan_path: Path | None,
    source: str | None,
    day: Any,
    slot: str | None,
    eater: str | None,
    nutrients: tuple[str, ...],
    missed: tuple[str, ...],
    dishes: tuple[Path, ...],
    as_json: bool,
    **flags: Any,
) -> None:
    """Describe why a kept plan is as it is, or where a number comes from.

    Of a plan: which bounds it stands at, where its magnesium and calcium come from, what each thing
    brings and why it is there, and why something is not in it.

    With --source: standard, table, row, citation and rule. For a nutrient, profile flags say whose
    bands are meant. A rule is named by its id (R05), a compound, condition or medicine by its name,
    a row by file and number (us.csv:17).
    """
    asked = AskedOfPlan(day, slot, eater, nutrients, missed)
    if plan_path is not None:
        _refuse_others(source)
        show_account(plan_path, asked, dishes, as_json)
        return
    if not source:
        raise click.UsageError(
            "name a plan: magplan explain PLAN.json; or say what to trace: --source magnesium or "
            "--source tahini:calcium"
        )
    if any(asked):
        raise click.UsageError("--day, --slot, --eater, --nutrient and --why-not go with a plan")
    food, colon, nutrient = source.rpartition(":")
    if colon and not nutrient.isdecimal():
        written, blocks = _trace_food(food, nutrient, flags)
    elif colon or find_target_key(source) is None:
        written, blocks = _trace_entry(source)
    else:
        written, blocks = _trace_nutrient(source, flags)
    tell(as_json, lambda: blocks, lambda: written)


def _refuse_others(source: str | None) -> None:
    """Refuse what would go unheard: a plan has a person of its own."""
    if source:
        raise click.UsageError("either a plan or --source")
    context = click.get_current_context()
    own = {"day", "slot", "eater", "nutrients", "missed", *_OF_BOTH}
    for param in context.command.params:
        name = param.name or ""
        typed = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if typed and name not in own:
            flag = param.opts[0]
            told = "{flag} goes with --source: a plan has its own request"
            raise click.UsageError(told.format(flag=flag))


def _trace_entry(name: str) -> Traced:
    from planner.explain.trace import trace_entry
    from planner.export.why import entry_trace_told

    trace = trace_entry(name)
    return trace, entry_trace_told(trace)


def _trace_nutrient(name: str, flags: dict[str, Any]) -> Traced:
    from planner.explain.trace import trace_nutrient
    from planner.export.why import nutrient_trace_told
    from planner.targets.derive import targets_of

    key = read_target_key(name)
    request = build_request(None, **flags)
    targets = targets_of(request, for_plan=False)
    trace = trace_nutrient(key, targets, request.preferences)
    return trace, nutrient_trace_told(trace)


def _trace_food(name: str, nutrient: str, flags: dict[str, Any]) -> Traced:
    from planner.explain.trace import trace_food
    from planner.export.why import food_trace_told
    from planner.plan.water import foods_with_water

    key = read_target_key(nutrient)
    if key not in known_nutrients():
        raise fault(ConfigError, "no_figure_to_trace", key=key)
    foods = foods_with_water(read_embedded_foods(), build_request(None, **flags).water)
    trace = trace_food(find_food(foods, name), key)
    return trace, food_trace_told(trace)
