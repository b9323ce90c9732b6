"""``magplan swap``: ranked replacements of one thing in a plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.dishes_own import dishes_option, with_dishes
from planner.cli.output import (
    PLAN_FILES,
    end_unless,
    force_option,
    out_option,
    show_edit,
    tell,
    warn_of_asked_beside,
)
from planner.cli.phrase_type import DAY
from planner.errors import ConfigError
from planner.faults import fault
from planner.meals.patterns import SLOTS
from planner.request.day_words import DayWord, today
from planner.request.days import menu_day, puts_by_day
from planner.shops import NEUTRAL, shopping_in
from planner.wording import capital

if TYPE_CHECKING:
    from planner.table.session import TableSession

PUT_THERE = (
    "{put}: you put it there, so only what that may be is offered; `magplan replan PLAN.json --put "
    '"{where}=DISH"` puts another dish there.'
)
SAVINGS = 3  # meals that are named where no meal is asked for


@click.command(
    name="swap",
    epilog="Example: magplan swap my_week/plan.json --day 3 --slot dinner\n\n"
    "Example: magplan swap my_week/plan.json --day 3 --slot dinner --apply 2 --out new_week\n\n"
    "Example: magplan swap my_week/plan.json --day 3 --slot dinner --sort cost\n\n"
    "Example: magplan swap my_week/plan.json --sort cost",
)
@click.argument("plan_path", metavar="PLAN.json", type=click.Path(path_type=Path))
@click.option("--day", type=DAY, help="Day of the plan: 3, fri, a date.")
@click.option("--slot", type=click.Choice(SLOTS), help="Meal of that day.")
@click.option(
    "--eater",
    metavar="NAME",
    help="Whose item it is, if several people eat; not needed if they share it.",
)
@click.option("--item", help="ID or name of the item; if left out, the first item of the meal.")
@click.option(
    "--apply", "rank", type=click.IntRange(min=1), metavar="K", help="Make replacement K."
)
@click.option(
    "--sort",
    type=click.Choice(("points", "cost")),
    default="points",
    help="Best first by points, or the cheapest first, with what is saved at checkout; without "
    "--day the three meals with which most is saved, and --apply 3 makes all three.",
)
@dishes_option
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON; every replacement.")
@out_option
@force_option
def command(
    plan_path: Path,
    day: DayWord | None,
    slot: str | None,
    eater: str | None,
    item: str | None,
    rank: int | None,
    sort: str,
    dishes: tuple[Path, ...],
    json_wanted: bool,
    out: Path | None,
    force: bool,
) -> None:
    """Rank what could replace one item, with the effect on the day and the week.

    Only options that keep every rule of the week are offered; a main dish comes with what it is
    served with. With --apply the changed plan is checked again, shown, and written to --out.
    Exits with code 3 when nothing can take that place.
    """
    from planner.export.files import check_folder
    from planner.export.swaps import SHOWN, swaps_told
    from planner.plan.locks import find_day_number, past_days
    from planner.table.had import with_cooked
    from planner.table.session import open_table
    from planner.table.swap import (
        apply_replacement,
        by_saving,
        paid_usd,
        rank_replacements,
    )
    from planner.wire.document import read_plan_document
    from planner.wire.swaps import swap_answer

    if out is not None and rank is None:
        raise click.UsageError("--out needs --apply K to say which replacement to write")
    if out is not None:
        check_folder(out, PLAN_FILES, force)
    if (day is None or slot is None) and (sort != "cost" or day or slot or item or eater):
        raise click.UsageError("name a meal: --day 3 --slot dinner; or the dearest: --sort cost")
    document = with_dishes(read_plan_document(plan_path), dishes)
    warn_of_asked_beside(plan_path, document)
    past = past_days(document.plan, today())
    cooked = with_cooked(document.request, document.plan, past)
    with shopping_in(NEUTRAL):
        session = open_table(replace(document, request=cooked))
    click.get_current_context().with_resource(shopping_in(document.request.shops))
    if day is None or slot is None:
        _swap_dearest(session, rank, json_wanted, out, force)
        return
    number = find_day_number(document.plan, day)
    with shopping_in(NEUTRAL):
        found = rank_replacements(session, number, slot, item, eater)
        paid = 0.0
        if sort == "cost":
            paid = paid_usd(session)
            found = by_saving(session, found, SHOWN)
    passed = bool(found.offers)
    if rank is not None and passed:
        _check_rank(rank, len(found.offers))
        with shopping_in(NEUTRAL):
            applied = apply_replacement(session, found.offers[rank - 1])
        passed = show_edit(applied, json_wanted, out, force)
    else:
        tell(json_wanted, lambda: swaps_told(found, paid), lambda: swap_answer(found))
        week = document.request.week
        for put in puts_by_day(week).get(menu_day(week, number), ()):
            if put.slot == slot:
                told = PUT_THERE.format(put=capital(put.text), where=put.where)
                click.echo(told, err=True)
    end_unless(passed)


def _swap_dearest(
    session: TableSession, most: int | None, json_wanted: bool, out: Path | None, force: bool
) -> None:
    """List what saves most at checkout, or make the ``most`` best of it."""
    from planner.export.swaps import savings_told
    from planner.plan.diff import compare_tables
    from planner.table.swap import apply_replacement, paid_usd, savings
    from planner.wire.swaps import swap_answer

    with shopping_in(NEUTRAL):
        found = list(savings(session, most or SAVINGS))
    passed = bool(found)
    if most is not None and passed:
        _check_rank(most, len(found))
        best, last = found[-1]
        with shopping_in(NEUTRAL):
            made = apply_replacement(last, best.offers[0])
        if made.report.plan is not None:
            made = replace(made, difference=compare_tables(session.plan, made.report.plan))
        passed = show_edit(made, json_wanted, out, force)
    else:
        each = [table_replacements for table_replacements, _in in found]
        paid = paid_usd(session)
        tell(json_wanted, lambda: savings_told(each, paid), lambda: [*map(swap_answer, each)])
    end_unless(passed)


def _check_rank(rank: int, count: int) -> None:
    if rank > count:
        raise fault(ConfigError, "replacement_beyond", count=count, rank=rank)
