"""``magplan diff``: what differs between two plans."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli.output import print_json, print_lines
from planner.language.shops import shopping_in
from planner.language.spoken import _


@click.command(name="diff", epilog="Example: magplan diff old/plan.json new/plan.json")
@click.argument("before_path", metavar="A.json", type=click.Path(path_type=Path))
@click.argument("after_path", metavar="B.json", type=click.Path(path_type=Path))
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
def command(before_path: Path, after_path: Path, json_wanted: bool) -> None:
    """Print what differs from plan A to plan B: per day and meal, and in the figures.

    Plans of other people are compared too, and that is said. Figures are those that the plans
    state; `magplan check` recomputes them. Ends with 0 whatever differs.
    """
    from planner.export.diff import difference_as_json, difference_lines, other_people
    from planner.export.page import wrapped
    from planner.plan.diff import compare_tables
    from planner.plan.document import read_plan_document
    from planner.plan.shares import eaters_of

    before, after = read_plan_document(before_path), read_plan_document(after_path)
    if bool(before.eaters) != bool(after.eaters):
        names = eaters_of((before if before.eaters else after).plan)
        told = _("figures are sums over {names}")
        click.echo(told.format(names=", ".join(names)), err=True)
    difference = compare_tables(before.plan, after.plan)
    people = other_people(before.request, after.request)
    if json_wanted:
        values = difference_as_json(difference, before.points, after.points)
        print_json({"other_people": people, **values})
    else:
        with shopping_in(after.request.shops):
            lines = difference_lines(difference, before.points, after.points)
        print_lines([*(line for text in people for line in wrapped(text)), *lines])
