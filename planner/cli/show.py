"""``magplan show``: a kept plan, printed again."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli.dishes_own import dishes_option, with_dishes
from planner.cli.output import day_option, full_option, show, warn_of_asked_beside
from planner.request.day_words import DayWord
from planner.shops import NEUTRAL, shopping_in


@click.command(name="show", epilog="Example: magplan show my_week/plan.json --day tue")
@click.argument("plan_path", metavar="PLAN.json", type=click.Path(path_type=Path))
@day_option
@full_option
@click.option("--allergens", is_flag=True, help="Print only which allergens each dish holds.")
@dishes_option
def command(
    plan_path: Path,
    day: DayWord | None,
    full: bool,
    allergens: bool,
    dishes: tuple[Path, ...],
) -> None:
    """Print a saved plan again with a fresh check; no new search is run.

    Exits with code 3 if the plan does not pass its check.
    """
    from planner.candidates.at_hand import foods_at_hand
    from planner.check.document import notes_on
    from planner.explain.offers import accepted_again
    from planner.export.meals import allergen_blocks
    from planner.export.printed import report_blocks
    from planner.plan.locks import find_day_number
    from planner.table.kept import report_kept
    from planner.wire.document import read_plan_document

    document = with_dishes(read_plan_document(plan_path), dishes)
    warn_of_asked_beside(plan_path, document)
    number = None if day is None else find_day_number(document.plan, day)
    with shopping_in(NEUTRAL):
        report = report_kept(document, str(plan_path))
        beside = notes_on(document, foods_at_hand(document.request))
        is_whole = number is None and not allergens  # tells it among what was asked for
        notes = [*([] if is_whole else accepted_again(document.printed.notes)), *beside]
    for note in notes:
        click.echo(note, err=True)
    if allergens and report.plan is not None:
        (own, *_others) = report.reports.values()
        show(allergen_blocks(report.plan, own.foods))
        return
    show(report_blocks(report, number, full=full, kept_as=str(plan_path)))
