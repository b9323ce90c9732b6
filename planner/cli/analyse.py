"""``magplan analyse``: what was eaten, held against targets, and what would help most."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foods.embedded import read_lookup_foods
from foods.table import FoodTable
from planner.cli.dishes_own import dishes_option
from planner.cli.help import GroupedCommand
from planner.cli.options import (
    build_request,
    change_request,
    profile_options,
    request_argument,
)
from planner.cli.output import end_unless, force_option, print_json, show, tell_kept
from planner.errors import ConfigError
from planner.faults import fault
from planner.request.day_words import day_meant, find_day
from planner.request.request import NAMELESS, PlanRequest, WeekOptions
from planner.shops import NEUTRAL, shopping_in

if TYPE_CHECKING:
    from planner.candidates.dish import Dish
    from planner.diary.analysis import Analysis
    from planner.diary.diary import Diary, DiaryDay
    from planner.diary.gap import NextFoods
    from planner.improve.next_meal import NextMeals
    from planner.plan.plan import Day
    from planner.wire.document import PlanDocument

_FILE = click.Path(path_type=Path)
MEALS = ("lunch", "dinner")


@click.command(
    name="analyse",
    cls=GroupedCommand,
    epilog="Example: magplan analyse diary.csv --sex m --age 40\n\n"
    "Example: magplan analyse servings.csv --matches my_foods.csv --next\n\n"
    "Example: magplan analyse november.csv --plan week1/plan.json --plan week2/plan.json\n\n"
    "Example: magplan analyse today.txt --meal dinner\n\n"
    "Example: magplan analyse my_week/plan.json --next --day 3",
)
@click.argument("diary_path", metavar="DIARY.csv|PLAN.json", type=_FILE)
@request_argument
@click.option(
    "--next",
    "wants_next",
    is_flag=True,
    help="Rank the foods that would help most, one helping of each.",
)
@click.option(
    "--day",
    metavar="DAY",
    help="Day of the diary for --next (else that with the largest gap) or --meal (else the last).",
)
@click.option(
    "--meal",
    type=click.Choice(MEALS),
    help="Dishes for this meal, still to be cooked, that bring the day to its goal.",
)
@click.option(
    "--matches",
    type=_FILE,
    metavar="FILE.csv",
    help="Which food each name stands for: name,food_id[,unit,one_is].",
)
@click.option(
    "--matches-out", type=_FILE, metavar="FILE.csv", help="Begin such a file from this diary."
)
@click.option(
    "--plan",
    "plans",
    type=_FILE,
    multiple=True,
    metavar="PLAN.json",
    help="What was planned for these weeks, to stand beside what was eaten; repeatable.",
)
@click.option("--eater", metavar="NAME", help="Whose days, of a plan for several.")
@profile_options
@dishes_option
@click.option("--full", is_flag=True, help="Print everything: each target, name and note.")
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON; everything.")
@force_option
def command(
    diary_path: Path,
    request_path: Path | None,
    wants_next: bool,
    day: str | None,
    meal: str | None,
    matches: Path | None,
    matches_out: Path | None,
    plans: tuple[Path, ...],
    eater: str | None,
    dishes: tuple[Path, ...],
    full: bool,
    json_wanted: bool,
    force: bool,
    **flags: Any,
) -> None:
    """Describe what a diary adds up to, day by day, against the targets of a person.

    DIARY.csv has the columns day,meal,food,amount,unit, or is an export of Cronometer or of a
    MyFitnessPal diary with its foods; supplements are in mg_elemental or mg_compound. A name
    that nothing has is listed and counted as unknown; of several foods the usual one counts, how
    sure it is stands beside it, and what could change much is asked. Of several weeks it says
    where magnesium goes. Exits with code 3 if no plan
    is made for this person: the reason is at the top, and nothing is advised.
    """
    from planner.diary.analysis import analyse_diary
    from planner.export.diary import analysis_told
    from planner.targets.derive import targets_of
    from planner.wire.diary import AnalysisAnswer
    from planner.wire.document import read_plan_document

    if day is not None and not wants_next and meal is None:
        raise click.UsageError("--day needs --next or --meal: all days are analysed")
    if is_plan(diary_path) and (request_path or matches or matches_out):
        raise click.UsageError("a plan has its request and its foods: leave out the other files")
    files = diary_path, matches, matches_out, force
    diary, request, foods = read_days(files, request_path, eater, **flags, dishes=dishes)
    with shopping_in(NEUTRAL):
        targets = targets_of(request, for_plan=False)
        planned = [day for one in map(read_plan_document, plans) for day in _days_of(one, eater)]
        analysis = analyse_diary(diary, request, targets, foods, planned)
        if plans and not any(diary_week.planned_mg for diary_week in analysis.weeks):
            raise fault(ConfigError, "no_day_planned")
        week = request.week if is_plan(diary_path) else None
        offers = _offers(analysis, day, week, foods) if wants_next and meal is None else None
        meals = _meals(analysis, day, week, foods, meal) if meal is not None else None
    if json_wanted:
        print_json(AnalysisAnswer.of_analysis(analysis, offers, meals))
    else:
        show(analysis_told(analysis, offers, full, meals))
    end_unless(not analysis.targets.stop)


def is_plan(path: Path) -> bool:
    """Whether a file is a plan by its name, rather than a diary."""
    return path.suffix.casefold() == ".json"


def read_days(
    files: tuple[Path, Path | None, Path | None, bool],
    request_path: Path | None,
    eater: str | None,
    **flags: Any,
) -> tuple[Diary, PlanRequest, FoodTable]:
    """Return a diary, or the days of a plan as one, with whose they are and the foods to count by.

    Parameters
    ----------
    files
        The diary or plan, a file of matches, one to begin, and whether that may be written over.
    request_path, eater, flags
        The request of a diary, whose days are meant, and flags over it or that of the plan.

    Raises
    ------
    UserFacingError
        When a file cannot be read or written, or whose days are meant is not said.
    """
    from foods.library.find import with_kept
    from planner.candidates.at_hand import foods_at_hand
    from planner.candidates.own_dishes import dishes_with_own
    from planner.plan.water import foods_with_water

    if is_plan(files[0]):
        diary, request = _plan_days(files[0], eater, **flags)
        foods = foods_at_hand(request, read_lookup_foods())
    else:
        request = one_eater(build_request(request_path, **flags), eater)
        foods = foods_at_hand(request, read_lookup_foods())
        recipes = dishes_with_own(request.dish_folders, foods)
        diary = _read_diary(*files, recipes, request.shops)
        foods = with_kept(foods, diary.food_ids)
    click.get_current_context().with_resource(shopping_in(request.shops))
    return diary, request, foods_with_water(foods, request.water)


def _plan_days(path: Path, eater: str | None, **flags: Any) -> tuple[Diary, PlanRequest]:
    """Return the days of a plan as a diary, and its request with flags laid over it."""
    from planner.diary.sums import diary_of_plan
    from planner.wire.document import read_plan_document

    document = read_plan_document(path)
    own = one_eater(document.request, eater)
    where = f"{path} with these flags"
    diary = diary_of_plan(_days_of(document, eater), str(path))
    return diary, change_request(own, where, **flags)


def _days_of(document: PlanDocument, eater: str | None) -> Sequence[Day]:
    """Return the days of a plan, of one of several eaters."""
    from planner.plan.shares import days_of

    names = [person.name for person in document.request.eaters]
    return days_of(document.plan, _name_of(eater, names) if names else NAMELESS)


def _read_diary(
    path: Path,
    matches: Path | None,
    matches_out: Path | None,
    force: bool,
    dishes: Sequence[Dish],
    shops: str,
) -> Diary:
    """Read a diary, and begin a file of its matches where one is asked for."""
    from planner.diary.read import matches_as_csv, read_diary
    from planner.export.files import write_file

    diary = read_diary(path, read_lookup_foods(), dishes, matches, shops)
    if matches_out is not None:
        tell_kept(write_file(matches_out, matches_as_csv(diary), force))
        click.echo(f"wrote {matches_out}", err=True)
    return diary


def one_eater(request: PlanRequest, eater: str | None) -> PlanRequest:
    """Return the request of the one whose days they are.

    Raises
    ------
    ConfigError
        When several eat and none or another one is named, or one is named who eats alone.
    """
    from planner.targets.eaters import eater_requests

    if not request.eaters and eater is not None:
        raise ConfigError("they are the days of one eater", "--eater", "leave it out")
    if not request.eaters:
        return request
    names = [person.name for person in request.eaters]
    return eater_requests(request)[_name_of(eater, names)]


def _name_of(eater: str | None, names: Sequence[str]) -> str:
    from planner.table.session import find_eater

    if eater is None:
        several = "several eat here: {names}".format(names=", ".join(names))
        raise ConfigError(several, "--eater", "say whose days are meant")
    return find_eater(eater, names)


def day_of(diary: Diary, day: str, week: WeekOptions | None) -> DiaryDay:
    """Return the day that is called so: as the diary calls it, by number, or as days of a plan are.

    Parameters
    ----------
    diary, day
        Days, and what one of them is called.
    week
        The week that was planned; ``None`` where they are not of a plan.

    Raises
    ------
    ConfigError
        When no day is called so.
    """
    for diary_day in diary.days:
        if day.casefold() in (diary_day.day.casefold(), str(diary_day.number)):
            return diary_day
    word = find_day(day)
    if week is not None and word is not None:
        number = day_meant(word, len(diary.days), week.start, "--day")
        for diary_day in (diary_day for diary_day in diary.days if diary_day.number == number):
            return diary_day
    names = ", ".join(diary_day.day for diary_day in diary.days)
    raise fault(ConfigError, "no_day_of_diary", day=day, names=names)


def _offers(
    analysis: Analysis, day: str | None, week: WeekOptions | None, foods: FoodTable
) -> NextFoods:
    """Rank helpings for the day that is named, or the one with the largest gap of magnesium."""
    from planner.candidates.own_dishes import dishes_with_own
    from planner.table.next_food import rank_next

    number = min(analysis.days, key=lambda one: one.totals["magnesium_mg"] or 0.0).table.first
    if day is not None:
        number = day_of(analysis.diary, day, week).number
    dishes = dishes_with_own(analysis.request.dish_folders, foods)
    return rank_next(analysis, number, foods, dishes)


def _meals(
    analysis: Analysis, day: str | None, week: WeekOptions | None, foods: FoodTable, meal: str
) -> NextMeals:
    """Rank dishes for a meal of the day that is named, or of the last one."""
    from planner.candidates.own_dishes import dishes_with_own
    from planner.table.next_meal import rank_meals

    own = analysis.diary.days[-1] if day is None else day_of(analysis.diary, day, week)
    dishes = dishes_with_own(analysis.request.dish_folders, foods)
    return rank_meals(analysis, own.number, meal, foods, dishes)
