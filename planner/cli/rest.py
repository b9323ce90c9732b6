"""What an earlier plan leaves at home: cupboard, freezer, and the refrigerator while it keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from planner.cli.shop import Shopping, shop_for
from planner.request.next_week import home_of
from planner.request.preferences import LATELY
from planner.request.request import AtHome, PlanRequest
from planner.wording import plural

no_rest_option = click.option(
    "--no-rest", is_flag=True, help="Do not count on what an earlier plan leaves at home."
)


def rest_of(plan_path: Path, start: date | None = None) -> tuple[AtHome, ...]:
    """Give what a plan leaves at home, beside what was there before.

    ``start`` is the day that follows; what spoils between the two is not there, and of a plan that
    is not over by then nothing is.
    """
    return rest_left(shop_for(plan_path), start)


def rest_left(made: Shopping, start: date | None = None) -> tuple[AtHome, ...]:
    """Give it of a plan whose list is made."""
    from planner.kitchen.carried import home_after

    last = made.plan.days[-1].date
    between = 0 if last is None or start is None else (start - last).days - 1
    if between < 0:
        return ()
    days = range(made.days.start, made.days.stop + between)
    return home_after(made.entries, made.shopping, days)


def with_rest(request: PlanRequest, plans: Iterable[str]) -> PlanRequest:
    """Put at home what the latest of some plans leaves, where nothing else is said of that."""
    from planner.wire.document import read_plan_document

    files = [one for one in plans if not one.startswith(LATELY)]
    if not files or request.week.pantry:
        return request
    latest = files[-1]
    if len(files) > 1:
        starts = {one: read_plan_document(one).plan.days[0].date for one in files}
        dated = {one: start for one, start in starts.items() if start is not None}
        latest = max(dated, key=dated.__getitem__) if len(dated) == len(starts) else latest
    home = rest_of(Path(latest), request.week.start)
    tell_rest(home)
    return replace(request, week=home_of(request.week, home)) if home else request


def tell_rest(home: Sized) -> None:
    """Say how much is taken to be at home."""
    if count := len(home):
        pattern = plural(
            count,
            "Taken to be at home: what is left of {count} food (--no-rest: nothing).",
            "Taken to be at home: what is left of {count} foods (--no-rest: nothing).",
        )
        click.echo(pattern.format(count=count), err=True)
