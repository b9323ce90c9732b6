"""``magplan check``: recompute a plan without the solver."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli.dishes_own import dishes_option, recipes_at_hand, with_dishes
from planner.cli.output import end_unless, tell
from planner.export.check import check_answer, check_told
from planner.shops import NEUTRAL, shopping_in


@click.command(name="check", epilog="Example: magplan check plan/plan.json")
@click.argument("plan_path", metavar="PLAN.json", type=click.Path(path_type=Path))
@click.option(
    "--foods",
    "foods_path",
    type=click.Path(path_type=Path),
    help="Food table to judge by, as `magplan foods export` writes it; the shipped one without it.",
)
@click.option(
    "--other-table",
    is_flag=True,
    help="Judge a plan that was made with another food table by the one that is at hand.",
)
@dishes_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    plan_path: Path,
    foods_path: Path | None,
    other_table: bool,
    dishes: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Recompute every target of a plan from its amounts in grams, without the solver.

    Whatever else the file states is held to these amounts and the catalogue too. Ends with code 0
    when the plan holds and 3 when it does not.
    """
    from foods.own_csv import read_food_csv
    from planner.candidates.at_hand import foods_at_hand
    from planner.check.document import check_document, check_same_table, notes_on
    from planner.export.documents import TableDocument
    from planner.export.week_notes import asked_faults
    from planner.wire.document import read_plan_document

    document = with_dishes(read_plan_document(plan_path), dishes)
    own_foods = foods_at_hand(document.request)
    foods = read_food_csv(foods_path) if foods_path else own_foods
    if not other_table:
        check_same_table(document, foods, str(plan_path))
    with shopping_in(NEUTRAL):
        notes, result = notes_on(document, foods), check_document(document, foods)
        recipes = recipes_at_hand(document.request)
        week = TableDocument(document.plan, document.request, result, own_foods, recipes)
        result = result.with_faults(asked_faults(week, document.printed))
    tell(as_json, lambda: check_told(result, notes), lambda: check_answer(result, notes))
    end_unless(result.passed)
