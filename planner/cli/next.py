"""``magplan next``: plan the days that follow a plan."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from foods.recipe_line import parse_line
from planner.cli.dishes_own import dishes_option
from planner.cli.help import GroupedCommand
from planner.cli.options import (
    MONTH_NOTE,
    PhraseType,
    change_options,
    change_request,
    names_of_dishes,
    not_again_option,
    tell_let_go,
)
from planner.cli.output import (
    PLAN_FILES,
    accept_option,
    asked_beside,
    end_unless,
    force_option,
    is_terminal,
    out_option,
    say,
    tell_way,
    write_plans,
)
from planner.cli.plan import plan_reports, show_report
from planner.cli.shop import no_rest_option, rest_left, shop_for, tell_rest
from planner.plan.plan import Plan
from planner.request.day_words import DayWord
from planner.request.meal_phrases import read_meal_of_day
from planner.request.next_week import (
    NEVER,
    grades_of,
    over_days,
    request_after,
    with_favorites,
    with_grades,
    within_days,
)
from planner.request.preferences import LATELY
from planner.request.put import amount_first
from planner.request.request import AtHome, PlanRequest
from planner.shops import named
from planner.wording import plural

SKIPPED = "Meals that were not eaten, such as fri:dinner; sat:lunch (Enter: none)"
NOT_USED = "Food that was not used, such as spinach; rice,500,g (Enter: none)"
MEAL = PhraseType("DAY:MEAL", read_meal_of_day)
ANSWER: dict[str, Any] = {"default": "", "show_default": False, "err": True}
TAKEN = "Ratings taken along from {path}: {names}."
SPOILED = "Not used: {food}, good until {day}, so that it is bought anew where it is needed."
CLASH = "Rated otherwise in {path}; yours stays: {names}."


@click.command(
    name="next",
    cls=GroupedCommand,
    epilog="Example: magplan next my_week/plan.json --out next_week\n\n"
    "Example: magplan next my_week/plan.json --history his_week/plan.json --out next_week\n\n"
    "Example: magplan next my_week/plan.json --skip fri:dinner --out next_week\n\n"
    "Example: magplan next my_week/plan.json --skipped fri:dinner --not-used spinach\n\n"
    'Example: magplan next my_week/plan.json --not-again "sushi bowl" --out next_week',
)
@click.argument("plan_path", metavar="PLAN.json", type=click.Path(path_type=Path))
@not_again_option
@change_options
@click.option(
    "--favorites",
    is_flag=True,
    help="Once more each dish that was liked very much (`magplan like`, 3 of 3); the latest four.",
)
@click.option(
    "--skipped",
    type=MEAL,
    multiple=True,
    help="A meal of the plan that was not eaten: its dishes may come again at once; repeatable.",
)
@click.option(
    "--not-used",
    metavar="FOOD",
    multiple=True,
    help='Food of its list that was not used, and is at home while it keeps: "spinach"; or with '
    'its amount, the unit and days: "rice,500,g"; repeatable.',
)
@click.option("--yes", is_flag=True, help="Ask nothing at a terminal.")
@no_rest_option
@accept_option
@dishes_option
@click.option("--json", "json_wanted", is_flag=True, help="Print plan.json.")
@out_option
@force_option
def command(
    plan_path: Path,
    not_again: tuple[str, ...],
    favorites: bool,
    skipped: tuple[tuple[DayWord, str], ...],
    not_used: tuple[str, ...],
    yes: bool,
    no_rest: bool,
    accept: int | None,
    json_wanted: bool,
    out: Path | None,
    force: bool,
    **flags: Any,
) -> None:
    """Plan the days that follow a plan, by its request and what was liked of it.

    Its dishes are left for later, and what its shopping list leaves is at home. What was asked for
    single days, such as guests, is let go and said. Flags change what is asked for. --history
    takes another person's plan along, too: its dishes, and the ratings beside it where you have
    none. At a terminal it asks what was not eaten and not used, where no flag says so. Exits with
    code 3 when there is no plan.
    """
    from planner.export.files import check_folder
    from planner.export.recipe_text import in_freezer_texts
    from planner.wire.document import eaten_lately, read_plan_document

    document = read_plan_document(plan_path)
    gone_dishes = names_of_dishes(document.plan, not_again)
    flags["without"] = (*flags.get("without", ()), *gone_dishes)
    asked = asked_beside(plan_path, document.request)
    if out is not None:
        check_folder(out, PLAN_FILES, force)
    if not (skipped or not_used or yes or json_wanted) and is_terminal(sys.stdin):
        skipped, not_used = _ask(), _words(click.prompt(NOT_USED, **ANSWER))
    made = None if no_rest or flags.get("pantry") else shop_for(plan_path)
    home = None if made is None else rest_left(made)
    home = _with_unused(plan_path, home, not_used) if not_used else home
    last, path = document.plan.days[-1].date, str(plan_path.absolute())
    if skipped:
        path = eaten_lately(document.plan, _uneaten(document.plan, skipped))
    following = within_days(request_after(asked, last, path, home), flags.get("days"))
    request = with_ratings(following, flags.get("history") or ())
    request = once_more(request) if favorites else request
    request = over_days(request, flags.get("days"))
    request = change_request(request, str(plan_path), **flags)
    tell_let_go(asked, following)
    tell_rest(home or ())
    for told in in_freezer_texts(made.batch) if made and not flags.get("use") else ():
        click.echo(told, err=True)
    say("Planning …")
    (report,) = plan_reports(request, accept=accept)
    tell_way(report, accept, is_told_below=not json_wanted)
    if out is not None and report.passed:
        write_plans({"": report}, out, force)
    show_report(report, json_wanted=json_wanted)
    if not_again and report.passed:
        click.echo(MONTH_NOTE, err=True)
    end_unless(report.passed)


def _ask() -> tuple[tuple[DayWord, str], ...]:
    """Ask at a terminal which meals were not eaten; empty where all were."""

    def read_all(text: str) -> tuple[tuple[DayWord, str], ...]:
        return tuple(MEAL.convert(word, None, None) for word in _words(text))

    found: tuple[tuple[DayWord, str], ...] = click.prompt(SKIPPED, value_proc=read_all, **ANSWER)
    return found


def _words(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, text.split(";"))))


def _uneaten(plan: Plan, skipped: Iterable[tuple[DayWord, str]]) -> frozenset[str]:
    """Return the dishes of meals that nobody ate.

    Raises
    ------
    ConfigError
        When the plan has no such day.
    """
    from planner.kitchen.carried import uneaten_dishes
    from planner.plan.locks import day_of_plan
    from planner.request.day_words import days_told

    start, count = plan.days[0].date, len(plan.days)
    meals = {
        (day_of_plan(plan, day).day, slot)
        for word, slot in skipped
        for day in days_told(word, count, start, "--skipped")
    }
    return uneaten_dishes(plan, meals)


def _with_unused(
    plan_path: Path, home: Iterable[AtHome] | None, not_used: Iterable[str]
) -> tuple[AtHome, ...]:
    """Put at home what of a plan's list was not used, each by its name or as a pantry has it.

    Raises
    ------
    CandidatesError
        When nothing of the list is called so.
    """
    from planner.export.who import number_label
    from planner.kitchen.carried import home_besides, home_unused
    from planner.kitchen.errand import bought_of
    from planner.kitchen.sold import shelves_of

    made = shop_for(plan_path)
    whole = [text for text in not_used if parse_line(amount_first(text)).amount]
    named_so = frozenset[str]().union(
        *(
            bought_of(text, made.shopping, made.foods, made.recipes)
            for text in not_used
            if text not in whole
        )
    )
    more = home_besides("\n".join(whole), made.foods, shelves_of(made.shopping.shops))
    end = made.plan.days[-1].day
    unused = (*home_unused(made.shopping, named_so, end, made.foods), *more)
    good = [at_home for at_home in unused if at_home.days is None or at_home.days > 0]
    for at_home in unused:
        food = named(made.foods[at_home.food].name)
        if at_home not in good:
            last = number_label(end + (at_home.days or 0), made.plan.dates)
            click.echo(SPOILED.format(food=food, day=last), err=True)
            continue
        amount = f"{at_home.amount:,.4g}"
        count = plural(at_home.days or 0, "good for {count} more day", "good for {count} more days")
        keeps = count.format(count=at_home.days) if at_home.days else "keeps"
        told = "Not used, taken to be at home: {food}, {amount} {unit}, {good}."
        click.echo(told.format(food=food, amount=amount, unit=at_home.unit, good=keeps), err=True)
    return (*(home or ()), *good)


def once_more(request: PlanRequest) -> PlanRequest:
    """Ask for the dishes that were liked very much, or say that there are none."""
    wanted = with_favorites(request.preferences, _shipped())
    if wanted == request.preferences:
        click.echo("No dish is liked 3 of 3 yet: `magplan like` rates them.", err=True)
    return replace(request, preferences=wanted)


def _shipped() -> frozenset[str]:
    from planner.candidates.dish import read_embedded_dishes

    return frozenset(name for dish in read_embedded_dishes() for name in (dish.name, dish.dish_id))


def with_ratings(request: PlanRequest, plans: Iterable[str]) -> PlanRequest:
    """Take along the ratings beside the plans of others, and say which, and where both disagree."""
    from planner.wire.document import read_plan_document

    shipped = _shipped()
    for path in (plan for plan in plans if not plan.startswith(LATELY)):
        document = read_plan_document(path)
        served = (item for _day, _meal, item in document.plan.served() if item.kind == "dish")
        dishes = shipped | {name for item in served for name in (item.name, item.item_id)}
        theirs = grades_of(asked_beside(Path(path), document.request).preferences, dishes)
        wanted, taken, clashes = with_grades(request.preferences, theirs, dishes)
        request = replace(request, preferences=wanted)
        for pattern, each in (
            (TAKEN, [_rating(*pair) for pair in taken.items()]),
            (CLASH, [_clash(name, *both) for name, both in clashes.items()]),
        ):
            if each:
                click.echo(pattern.format(path=path, names="; ".join(each)), err=True)
    return request


def _rating(name: str, grade: int) -> str:
    return f"{named(name)} ({_graded(grade)})"


def _clash(name: str, own: int, other: int) -> str:
    told = "{name}: {own}, there {other}"
    return told.format(name=named(name), own=_graded(own), other=_graded(other))


def _graded(grade: int) -> str:
    if grade == NEVER:
        return "never again"
    told = "liked {grade} of 3" if grade > NEVER else "disliked {grade} of 3"
    return told.format(grade=abs(grade))
