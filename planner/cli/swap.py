"""``magplan swap``: ranked replacements of one thing in a plan."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli.asked_beside import warn_of_asked_beside
from planner.cli.dishes_own import dishes_option, with_dishes
from planner.cli.output import (
    PLAN_FILES,
    end_unless,
    force_option,
    out_option,
    show_edit,
    tell,
)
from planner.cli.phrase_type import DAY
from planner.errors import ConfigError
from planner.language.faults import fault
from planner.language.shops import shopping_in
from planner.language.spoken import ENGLISH, speaking
from planner.meals.patterns import SLOTS
from planner.request.day_words import DayWord


@click.command(
    name="swap",
    epilog="Example: magplan swap my_week/plan.json --day 3 --slot dinner\n\n"
    "Example: magplan swap my_week/plan.json --day 3 --slot dinner --apply 2 --out new_week\n\n"
    "Example: magplan swap my_week/plan.json --day 3 --slot dinner --sort cost",
)
@click.argument("plan_path", metavar="PLAN.json", type=click.Path(path_type=Path))
@click.option("--day", type=DAY, required=True, help="Day of the plan: 3, fri, a date.")
@click.option("--slot", type=click.Choice(SLOTS), required=True, help="Meal of that day.")
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
    help="Best first by points, or the cheapest first, with what is saved at checkout.",
)
@dishes_option
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON; every replacement.")
@out_option
@force_option
def command(
    plan_path: Path,
    day: DayWord,
    slot: str,
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
    from planner.plan.locks import find_day_number
    from planner.table.session import open_table
    from planner.table.swap import (
        apply_replacement,
        by_saving,
        choices_of,
        rank_replacements,
        report_choices,
    )
    from planner.wire.document import read_plan_document
    from planner.wire.swaps import swap_answer

    if out is not None and rank is None:
        raise click.UsageError("--out needs --apply K to say which replacement to write")
    if out is not None:
        check_folder(out, PLAN_FILES, force)
    document = with_dishes(read_plan_document(plan_path), dishes)
    warn_of_asked_beside(plan_path, document.request)
    number = find_day_number(document.plan, day)
    with speaking(ENGLISH):
        session = open_table(document)
    click.get_current_context().with_resource(shopping_in(document.request.shops))
    with speaking(ENGLISH):
        found = rank_replacements(session, number, slot, item, eater)
        paid_usd = 0.0
        if sort == "cost":
            stands = report_choices(session, choices_of(session), with_bound=False)
            paid_usd = stands.shopping.total_usd
            found = by_saving(session, found, SHOWN)
    passed = bool(found.offers)
    if rank is not None and passed:
        if rank > len(found.offers):
            raise fault(ConfigError, "replacement_beyond", count=len(found.offers), rank=rank)
        with speaking(ENGLISH):
            applied = apply_replacement(session, found.offers[rank - 1])
        passed = show_edit(applied, json_wanted, out, force)
    else:
        tell(json_wanted, lambda: swaps_told(found, paid_usd), lambda: swap_answer(found))
    end_unless(passed)
