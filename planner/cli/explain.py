"""``magplan explain``: where a number comes from."""

from __future__ import annotations

import json
from typing import Any

import click

from planner.cli.help import GroupedCommand
from planner.cli.options import build_request, profile_options
from planner.language.spoken import said


@click.command(
    name="explain",
    cls=GroupedCommand,
    epilog="Example: magplan explain --source magnesium\n\n"
    "Example: magplan explain --source tahini:calcium\n\n"
    "Example: magplan explain --source R05",
)
@click.option(
    "--source",
    metavar="NUTRIENT|FOOD:NUTRIENT|NAME|FILE:ROW",
    help="Trace the bands of a nutrient, or the figure of a food, to its rows and "
    "citations; or a rule, cap, condition, medicine, fact or compound by id or "
    "name, or a row by its place (us.csv:17).",
)
@profile_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(source: str | None, as_json: bool, **flags: Any) -> None:
    """Say where a number comes from: standard, table, row, citation and rule.

    For a nutrient, profile flags say whose bands are meant. A rule is named by its id (R05), a
    compound, condition or medicine by its name, a row by file and number (us.csv:17).
    """
    if not source:
        raise click.UsageError("say what to trace: --source magnesium or --source tahini:calcium")
    food, colon, nutrient = source.rpartition(":")
    if colon and not nutrient.isdecimal():
        answer = _trace_food(food, nutrient, flags)
    elif colon or not _is_nutrient(source):
        answer = _trace_entry(source)
    else:
        answer = _trace_nutrient(source, flags)
    as_values, text = answer
    click.echo(json.dumps(as_values, indent=2, ensure_ascii=False) if as_json else text)


def _is_nutrient(name: str) -> bool:
    from planner.errors import PlannerError
    from planner.request.phrases import read_target_key

    try:
        read_target_key(name)
    except PlannerError:
        return False
    return True


def _trace_entry(name: str) -> tuple[dict[str, Any], str]:
    from planner.explain.trace_entry import trace_entry
    from planner.export.trace import entry_trace_as_json, entry_trace_as_text

    trace = trace_entry(name)
    return entry_trace_as_json(trace), entry_trace_as_text(trace)


def _trace_nutrient(name: str, flags: dict[str, Any]) -> tuple[dict[str, Any], str]:
    from planner.explain.trace import trace_nutrient
    from planner.export.trace import nutrient_trace_as_json, nutrient_trace_as_text
    from planner.request.phrases import read_target_key
    from planner.targets.derive import targets_of

    key = read_target_key(name)
    request = build_request(None, **flags)
    targets = targets_of(request, for_plan=False)
    trace = trace_nutrient(key, targets, request.preferences)
    return nutrient_trace_as_json(trace), nutrient_trace_as_text(trace)


def _trace_food(name: str, nutrient: str, flags: dict[str, Any]) -> tuple[dict[str, Any], str]:
    from foods.embedded import read_embedded_foods
    from foods.find import find_food
    from foods.nutrient import known_nutrients
    from planner.errors import ConfigError
    from planner.explain.trace_food import trace_food
    from planner.export.trace import food_trace_as_json, food_trace_as_text
    from planner.plan.water import foods_with_water
    from planner.request.phrases import read_target_key

    key = read_target_key(nutrient)
    if key not in known_nutrients():
        raise ConfigError(
            said("a food has no figure of {key!r}", key=key), "--source", "name a nutrient"
        )
    foods = foods_with_water(read_embedded_foods(), build_request(None, **flags).water)
    trace = trace_food(find_food(foods, name), key)
    return food_trace_as_json(trace), food_trace_as_text(trace)
