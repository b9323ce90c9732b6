"""``magplan next``: plan the days that follow a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from planner.cli.asked_beside import asked_beside
from planner.cli.dishes_own import dishes_option
from planner.cli.help import GroupedCommand
from planner.cli.not_again import MONTH_NOTE, names_of_dishes, not_again_option
from planner.cli.options import change_options, change_request
from planner.cli.output import PLAN_FILES, end_unless, force_option, out_option, say, write_plans
from planner.cli.plan import plan_reports, show_report
from planner.cli.shop import shop_for
from planner.language.spoken import _, ngettext, spoken
from planner.request.next_week import let_go, request_after
from planner.request.request import AtHome


@click.command(
    name="next",
    cls=GroupedCommand,
    epilog="Example: magplan next my_week/plan.json --out next_week\n\n"
    "Example: magplan next my_week/plan.json --skip fri:dinner --out next_week\n\n"
    'Example: magplan next my_week/plan.json --not-again "sushi bowl" --out next_week',
)
@click.argument("plan_path", metavar="PLAN.json", type=click.Path(path_type=Path))
@not_again_option
@change_options
@click.option(
    "--no-rest", is_flag=True, help="Do not count on what the plan's shopping leaves at home."
)
@dishes_option
@click.option("--json", "json_wanted", is_flag=True, help="Print plan.json.")
@out_option
@force_option
def command(
    plan_path: Path,
    not_again: tuple[str, ...],
    no_rest: bool,
    json_wanted: bool,
    out: Path | None,
    force: bool,
    **flags: Any,
) -> None:
    """Plan the days that follow a plan, by its request and what was liked of it.

    Its dishes are left for later, and what its shopping list leaves is at home. What was asked for
    single days, such as guests, is let go and said. Flags change what is asked for. Exits with
    code 3 when there is no plan.
    """
    from planner.export.files import check_folder
    from planner.wire.document import read_plan_document

    document = read_plan_document(plan_path)
    gone_dishes = names_of_dishes(document.plan, not_again)
    flags["without"] = (*flags.get("without", ()), *gone_dishes)
    asked = asked_beside(plan_path, document.request)
    if out is not None:
        check_folder(out, PLAN_FILES, force)
    home = None if no_rest or flags.get("pantry") else rest_of(plan_path)
    path, last = str(plan_path.absolute()), document.plan.days[-1].date
    request = request_after(asked, last, path, home)
    gone = "; ".join(spoken(one) for one in let_go(asked, request))
    request = change_request(request, str(plan_path), **flags)
    if gone:
        click.echo(_("Not asked for again: {names}.").format(names=gone), err=True)
    if home:
        pattern = ngettext(
            "Taken to be at home: what is left of {count} food (--no-rest: nothing).",
            "Taken to be at home: what is left of {count} foods (--no-rest: nothing).",
            len(home),
        )
        click.echo(pattern.format(count=len(home)), err=True)
    say(_("Planning …"))
    (report,) = plan_reports(request)
    if out is not None and report.passed:
        write_plans({"": report}, out, force)
    show_report(report, json_wanted=json_wanted)
    if not_again and report.passed:
        click.echo(_(MONTH_NOTE), err=True)
    end_unless(report.passed)


def rest_of(plan_path: Path) -> tuple[AtHome, ...]:
    """Give what a plan leaves at home, beside what was there before."""
    from planner.kitchen.carried import home_after

    made = shop_for(plan_path)
    return home_after(made.entries, made.shopping, made.days)
