"""``magplan diff``: what differs between two plans."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.output import print_json, print_lines

if TYPE_CHECKING:
    from planner.plan.document import PlanDocument


@click.command(name="diff", epilog="Example: magplan diff old/plan.json new/plan.json")
@click.argument("before_path", metavar="A.json", type=click.Path(path_type=Path))
@click.argument("after_path", metavar="B.json", type=click.Path(path_type=Path))
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
def command(before_path: Path, after_path: Path, json_wanted: bool) -> None:
    """Print what differs from plan A to plan B: per day and meal, and in the figures.

    Figures are those that the plans state; `magplan check` recomputes them. Ends with 0 whatever
    differs.
    """
    from planner.export.diff import difference_as_json, difference_lines
    from planner.plan.diff import compare_plans
    from planner.plan.document import read_plan_document
    from planner.plan.shares import eaters_of

    before, after = read_plan_document(before_path), read_plan_document(after_path)
    if before.eaters and after.eaters:
        _compare_tables(before, after, json_wanted)
        return
    for names in dict.fromkeys(eaters_of(one.plan) for one in (before, after)):
        if names:
            click.echo(f"figures are sums over {', '.join(names)}", err=True)
    difference = compare_plans(before.plan, after.plan)
    if json_wanted:
        print_json(difference_as_json(difference, before.objective, after.objective))
    else:
        print_lines(difference_lines(difference, before.objective, after.objective))


def _compare_tables(before: PlanDocument, after: PlanDocument, json_wanted: bool) -> None:
    """Print what differs on the table of a household, and for each eater."""
    from planner.export.household_diff import (
        household_difference_as_json,
        household_difference_lines,
    )
    from planner.plan.diff import compare_households

    names = [part.name for part in after.eaters]
    difference = compare_households(before.plan, after.plan, names)
    old, new = ({one.name: one.objective for one in plan.eaters} for plan in (before, after))
    if json_wanted:
        print_json(household_difference_as_json(difference, old, new))
    else:
        print_lines(household_difference_lines(difference, old, new))
