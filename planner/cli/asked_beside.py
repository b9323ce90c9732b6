"""The request that lies beside a plan, where a person may have written something new."""

from __future__ import annotations

from collections.abc import Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.output import REQUEST_FILE
from planner.errors import ConfigError, PlannerError
from planner.request.request import PlanRequest

if TYPE_CHECKING:
    from planner.wire.document import PlanDocument

_DIFFERS = "{path} says something else of who eats than this plan was made for"
_REMEDY = "`magplan plan {path}` plans by the file; or say it here with flags, such as --condition"


def asked_beside(plan_path: Path, request: PlanRequest) -> PlanRequest:
    """Give the request that lies beside a plan, with what was liked of it; else the plan's own."""
    from planner.request.read import read_request

    path = plan_path.parent / REQUEST_FILE
    return read_request(path) if path.exists() else request


def check_asked_beside(plan_path: Path, document: PlanDocument, request: PlanRequest) -> None:
    """Refuse to go on where the file beside a plan says something else of who eats.

    A dish of the plan that is left out from the next week on changes nothing of this one.

    Raises
    ------
    ConfigError
        When a person, a diet or something left out was changed in it since the plan was made, and
        not in ``request``.
    """
    days = document.plan.days
    served = (item for day in days for meal in day.meals for item in meal.items)
    own = {name for item in served for name in (item.name, item.item_id)}
    beside = asked_beside(plan_path, request)
    if all(any(_changed(beside, one, own)) for one in (document.request, request)):
        path = str(plan_path.parent / REQUEST_FILE)
        raise ConfigError(_DIFFERS.format(path=path), "", _REMEDY.format(path=path))


def warn_of_asked_beside(plan_path: Path, document: PlanDocument) -> None:
    """Say beside a plan that the file beside it says something else of who eats."""
    try:
        check_asked_beside(plan_path, document, document.request)
    except PlannerError as error:
        click.echo(error, err=True)


def _changed(beside: PlanRequest, request: PlanRequest, dishes: Set[str]) -> Iterator[bool]:
    """Say of each who eats by the file whether the request knows him as he is there."""
    from planner.targets.eaters import eater_requests

    known = eater_requests(request)
    for name, asked in eater_requests(beside).items():
        own = known.get(name)
        if own is None:
            yield True
            continue
        yield asked.profile != own.profile or asked.preferences.diet != own.preferences.diet
        yield not set(asked.preferences.without) <= {*own.preferences.without, *dishes}
