"""``magplan like``: what was liked of a plan, for the next one."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from planner.cli.options import dish_called
from planner.cli.output import REQUEST_FILE, asked_beside, force_option, kept_before, tell_kept
from planner.errors import ConfigError
from planner.faults import fault
from planner.plan.plan import Item, Plan
from planner.request.meal_phrases import read_meal_of_day
from planner.request.next_week import NEVER, rated
from planner.settings import read_settings
from planner.shops import named

LIKED = "{name} is liked ({grade} of 3): `magplan next` prefers it once it may come again."
GONE = "{name} does not come again: it is left out by `magplan next`."
SELDOM = "{name} was liked little ({stars} of 5): `magplan next` has it come less often."
SO_SO = "{name} is neither liked nor disliked (3 of 5): it comes as often as others."
STEP = "like {name}"
_STEPS = {
    LIKED: STEP,
    GONE: "never again: {name}",
    SELDOM: "less often: {name}",
    SO_SO: "neither liked nor disliked: {name}",
}
_NO_GRADE = (
    "{value!r} is no grade — write 3 (very much), 2, 1 (a little), 0 (never again), these words, "
    "or stars: 1/5 to 5/5"
)
_STARS, _MIDDLE = re.compile(r"([1-5])\s*(?:/\s*5|stars?)", re.IGNORECASE), 3
_GRADES = (NEVER, 3)


class _Grade(click.IntRange):
    """A grade, stars or words for it; what the numbers mean is said of any other."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        words = " ".join(str(value).casefold().split())
        if (graded := read_settings("request/instead.toml")["grades"].get(words)) is not None:
            return int(graded)
        if stars := _STARS.fullmatch(str(value).strip()):
            return _grade_of(int(stars[1]))
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            self.fail(_NO_GRADE.format(value=value), param, ctx)


def _grade_of(stars: int) -> int | None:
    """Return the grade of stars: a like above the middle, a dislike below, which bans nothing."""
    above = stars - _MIDDLE
    return above + (1 if above > 0 else -1) if above else None


@click.command(
    name="like",
    epilog="Example: magplan like my_week/plan.json fri:dinner 3\n\n"
    "Example: magplan like my_week/plan.json sat:dinner 2/5",
)
@click.argument("plan_path", metavar="PLAN.json", type=click.Path(path_type=Path))
@click.argument("meal", metavar="DAY:MEAL|DISH")
@click.argument("grades", metavar="GRADE", nargs=-1, required=True)
@click.option("--item", help="Another dish of the meal, by id or name; else its first.")
@force_option
def command(
    plan_path: Path, meal: str, grades: tuple[str, ...], item: str | None, force: bool
) -> None:
    """Keep how a dish was liked: 3 very much, 2, 1 a little, 0 never again; or 1/5 to 5/5.

    A dish is meant by its meal or by words of its name, a grade by these words, too. Five stars
    are 3 and four are 2; with two or one a dish comes less often. It is written into request.toml
    beside the plan, where `magplan next` reads it.
    """
    from planner.candidates.called import asked_name
    from planner.export.files import write_files
    from planner.request.edit import edit_request
    from planner.request.read import write_request
    from planner.wire.document import read_plan_document

    grade = _Grade(*_GRADES).convert(" ".join(grades), None, click.get_current_context())
    document = read_plan_document(plan_path)
    dish = _dish_meant(document.plan, meal, item)
    request = asked_beside(plan_path, document.request)
    wanted = rated(request.preferences, asked_name(dish.item_id, dish.name), grade)
    request = replace(request, preferences=wanted)
    path = plan_path.parent / REQUEST_FILE
    text = edit_request(path, request) if path.exists() else write_request(request)
    texts = {REQUEST_FILE: text}
    told = _sentence_of(grade)
    kept = kept_before(path.parent, texts, _STEPS[told].format(name=named(dish.name)))
    tell_kept(write_files(path.parent, texts | kept, force))
    stars = (grade or 0) + _MIDDLE + 1
    click.echo(told.format(name=named(dish.name), grade=grade, stars=stars), err=True)


def _sentence_of(grade: int | None) -> str:
    if grade is None:
        return SO_SO
    if grade < NEVER:
        return SELDOM
    return GONE if grade == NEVER else LIKED


def _dish_meant(plan: Plan, meal: str, item: str | None) -> Item:
    """Find the dish of a meal, ``fri:dinner``, or the one that some words of its name mean.

    Raises
    ------
    BadParameter
        When it is neither.
    """
    from planner.plan.locks import find_day_number

    try:
        word, slot = read_meal_of_day(meal)
    except ConfigError as error:
        if (called := dish_called(plan, meal)) is None:
            raise click.BadParameter(str(error), param_hint="DAY:MEAL") from None
        return next(dish for _day, _meal, dish in plan.served() if dish.item_id == called[0])
    return dish_at(plan, find_day_number(plan, word), slot, item)


def dish_at(plan: Plan, day: int, slot: str, wanted: str | None) -> Item:
    """Find the dish of a meal that is meant: the first, or that of a name."""
    found = [
        item
        for plan_day, meal, item in plan.served()
        if (plan_day.day, meal.slot) == (day, slot) and item.kind == "dish"
    ]
    called = [item for item in found if wanted in (None, item.item_id, item.name)]
    if not called:
        names = "; ".join(item.name for item in found) or "none"
        raise fault(ConfigError, "no_dish_at_meal", slot=slot, day=day, names=names)
    return called[0]
