"""``magplan shop``: the shopping list of a plan."""

from __future__ import annotations

import json
from pathlib import Path

import click

from planner.cli.dishes_own import dishes_option, recipes_at_hand, with_dishes
from planner.errors import NotBuiltError

MOST_PEOPLE = 20


@click.command(name="shop", epilog="Example: magplan shop my_week/plan.json --people 2")
@click.argument("plan_path", metavar="PLAN.json", type=click.Path(path_type=Path))
@click.option(
    "--people",
    type=click.IntRange(1, MOST_PEOPLE),
    default=1,
    show_default=True,
    help="How many eat the same.",
)
@click.option("--week", type=click.IntRange(min=1), metavar="N", help="For one week of the plan.")
@click.option("--pantry", type=click.Path(path_type=Path), help="Not built yet.")
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
@click.option(
    "--no-freezer", is_flag=True, help="Leave out what would be cooked double for the freezer."
)
@dishes_option
def command(
    plan_path: Path,
    people: int,
    week: int | None,
    pantry: Path | None,
    json_wanted: bool,
    no_freezer: bool,
    dishes: tuple[Path, ...],
) -> None:
    """Print what to buy for a plan, by aisle; what it cooks double for the freezer too."""
    if pantry is not None:
        raise NotBuiltError("--pantry: not built yet", "command line", "leave it out")
    from foods.embedded import read_embedded_foods
    from planner.check.document import check_request_allowed
    from planner.cli.plan import wants_styles
    from planner.export.page import print_page
    from planner.export.shopping_text import shopping_as_json, shopping_as_text, shopping_lines
    from planner.kitchen.batch import plan_batch
    from planner.kitchen.shopping import list_shopping
    from planner.plan.document import read_plan_document
    from planner.plan.weeks import find_week

    document = with_dishes(read_plan_document(plan_path), dishes)
    request, plan, foods = document.request, document.plan, read_embedded_foods()
    check_request_allowed(request)
    days = None
    if week is not None:
        own = find_week(plan, foods, week).days
        days = range(own[0].day, own[-1].day + 1)
    budget = request.preferences.budget_per_week
    batch = None if no_freezer else plan_batch(plan, recipes_at_hand(request), budget)
    shopping = list_shopping(plan, foods, request.units, people, batch, days)
    if json_wanted:
        click.echo(json.dumps(shopping_as_json(shopping), indent=2, ensure_ascii=False))
    elif wants_styles():
        print_page(shopping_lines(shopping))
    else:
        click.echo(shopping_as_text(shopping))
