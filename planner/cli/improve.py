"""``magplan improve``: the fewest changes that bring a diary where it should be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.analyse import day_of, is_plan, read_days
from planner.cli.dishes_own import dishes_option
from planner.cli.help import GroupedCommand
from planner.cli.options import profile_options, request_argument
from planner.cli.output import end_unless, force_option, tell, tell_kept
from planner.cli.phrase_type import PhraseType
from planner.request.phrases import read_name
from planner.shops import NEUTRAL, shopping_in

if TYPE_CHECKING:
    from planner.improve.model import Improvement

_FILE = click.Path(path_type=Path)
MOST_CHANGES, MOST_WAYS = 5, 10


@click.command(
    name="improve",
    cls=GroupedCommand,
    epilog="Example: magplan improve diary.csv --sex m --age 40\n\n"
    "Example: magplan improve diary.csv --changes 2 --meet fibre_g --without nuts\n\n"
    "Example: magplan improve my_week/plan.json --day 3 --ratio-max 1.9",
)
@click.argument("diary_path", metavar="DIARY.csv|PLAN.json", type=_FILE)
@request_argument
@click.option(
    "--changes",
    type=click.IntRange(1, MOST_CHANGES),
    help="Most changes a day; 3 without it.",
)
@click.option(
    "--ways",
    type=click.IntRange(1, MOST_WAYS),
    help="Ways to show for each number of changes; 3 without it.",
)
@click.option(
    "--meet",
    type=PhraseType("NUTRIENT", read_name),
    multiple=True,
    help="What is to be met beside magnesium, calcium and their ratio: fibre_g; repeatable.",
)
@click.option("--day", metavar="DAY", help="Improve one day of it alone.")
@click.option(
    "--matches",
    type=_FILE,
    metavar="FILE.csv",
    help="Which food each name stands for: name,food_id[,unit,one_is].",
)
@click.option("--eater", metavar="NAME", help="Whose days, of a plan for several.")
@profile_options
@dishes_option
@click.option(
    "--chart",
    type=_FILE,
    metavar="FILE",
    help="Write a picture of before and after: .svg, .png or .html.",
)
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON; everything.")
@force_option
def command(
    diary_path: Path,
    request_path: Path | None,
    changes: int | None,
    ways: int | None,
    meet: tuple[str, ...],
    day: str | None,
    matches: Path | None,
    eater: str | None,
    dishes: tuple[Path, ...],
    chart: Path | None,
    json_wanted: bool,
    force: bool,
    **flags: Any,
) -> None:
    """Find the one, two, three changes that bring a day to magnesium, calcium and their ratio.

    Swap a food for something like it, add something, eat less of it, or leave it out: what you
    eat stays the same as far as it can. Diet, allergies, dislikes and safety rules still apply.
    Exits with code 3 if no changes that may be offered are enough.
    """
    from planner.candidates.own_dishes import dishes_with_own
    from planner.export.improve import improvement_told
    from planner.export.plan_pictures import check_chart
    from planner.table.improve import improve_diary
    from planner.wire.diary import ImproveAnswer

    if chart is not None:
        check_chart(chart)
    files = diary_path, matches, None, force
    diary, request, foods = read_days(files, request_path, eater, **flags, dishes=dishes)
    recipes = dishes_with_own(request.dish_folders, foods)
    if day is not None:
        only = day_of(diary, day, request.week if is_plan(diary_path) else None)
        diary = replace(diary, days=(replace(only, number=1),))
    with shopping_in(NEUTRAL):
        found = improve_diary(diary, request, foods, recipes, meet, changes, ways)
    if chart is not None:
        _write_chart(found, chart, force)
    tell(json_wanted, lambda: improvement_told(found), lambda: ImproveAnswer.of_improvement(found))
    end_unless(found.is_met or any(option.is_enough for option in found.options))


def _write_chart(found: Improvement, path: Path, force: bool) -> None:
    from planner.export.files import write_file
    from planner.export.improve import improvement_picture, improvement_told
    from planner.export.plan_pictures import chart_content

    picture, lines = improvement_picture(found), improvement_told(found)
    content = chart_content(picture, path, lines, found.before.request.units)
    tell_kept(write_file(path, content, force))
    click.echo(f"wrote {path}", err=True)
