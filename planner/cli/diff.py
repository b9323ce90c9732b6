"""``magplan diff``: what differs between two plans, or two requests."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli.output import end_unless, print_json, say, show
from planner.cli.stop import told_of_ctrl_c
from planner.shops import NEUTRAL, shopping_in

REQUEST_SUFFIX = ".toml"


@click.command(
    name="diff",
    epilog="Example: magplan diff old/plan.json new/plan.json\n\n"
    "Example: magplan diff a.toml b.toml",
)
@click.argument("before_path", metavar="A", type=click.Path(path_type=Path))
@click.argument("after_path", metavar="B", type=click.Path(path_type=Path))
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
def command(before_path: Path, after_path: Path, json_wanted: bool) -> None:
    """Print what differs from plan A to plan B: summed up, per day and meal, and in the figures.

    Plans for different people are compared too, with a note that says so. Figures are the ones
    the plans state; `magplan check` recomputes them. Exits with code 0 whatever differs.

    Given two request files (A.toml, B.toml), it plans the first, then tries each wish that
    differs in the second, one at a time, around that plan: this shows which wish moves what.
    Exits with code 3 if there is no plan.
    """
    requests = [path.suffix.lower() == REQUEST_SUFFIX for path in (before_path, after_path)]
    if any(requests):
        if not all(requests):
            raise click.UsageError("compare two plans, or two requests, not one with the other")
        _diff_requests(before_path, after_path, json_wanted)
        return
    from planner.candidates.at_hand import foods_at_hand
    from planner.document.blocks import paragraphs
    from planner.export.diff import (
        difference_blocks,
        dinners_that_differ,
        other_people,
        summary_blocks,
        vegetables_in,
    )
    from planner.plan.diff import compare_tables
    from planner.plan.shares import eaters_of
    from planner.wire.diff import DiffAnswer
    from planner.wire.document import read_plan_document

    before, after = read_plan_document(before_path), read_plan_document(after_path)
    if bool(before.printed.eaters) != bool(after.printed.eaters):
        names = eaters_of((before if before.printed.eaters else after).plan)
        told = "figures are sums over {names}"
        click.echo(told.format(names=", ".join(names)), err=True)
    difference = compare_tables(before.plan, after.plan)
    people = other_people(before.request, after.request)
    foods = foods_at_hand(after.request)
    if json_wanted:
        kinds = tuple(len(vegetables_in(document.plan, foods)) for document in (before, after))
        dinners, _days = dinners_that_differ(before.plan, after.plan)
        more = {"other_people": people, "vegetables": kinds, "dinners_differ": dinners}
        print_json(DiffAnswer.of_table(difference, before.points, after.points, **more))
    else:
        with shopping_in(after.request.shops):
            summary = summary_blocks(before.plan, after.plan, foods)
            blocks = difference_blocks(difference, before.points, after.points)
        has_moved = difference.table.changes or before.plan != after.plan
        show((*paragraphs(people), *(summary if has_moved else ()), *blocks))


def _diff_requests(before_path: Path, after_path: Path, json_wanted: bool) -> None:
    from planner.export.diff import moves_told, wishes_told
    from planner.pipeline import plan_meals
    from planner.request.edit import wishes_between
    from planner.request.read import read_request
    from planner.table.moved import moves_of
    from planner.wire.diff import RequestDiffAnswer

    before, after = read_request(before_path), read_request(after_path)
    wishes = wishes_between(before, after)
    say("Planning …")
    with told_of_ctrl_c(), shopping_in(NEUTRAL):
        report = plan_meals(before) if wishes else None
        moves = list(moves_of(report, after)) if report is not None and report.passed else []
    if json_wanted:
        print_json(RequestDiffAnswer.of_wishes(wishes, moves))
    else:
        with shopping_in(after.shops):
            show((*wishes_told(wishes), *moves_told(moves)))
    if report is not None and not report.passed:
        told = "{path} has no plan that wishes could move: magplan plan {path} says why"
        click.echo(told.format(path=before_path), err=True)
    end_unless(report is None or report.passed)
