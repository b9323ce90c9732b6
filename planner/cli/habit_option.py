"""``--habit``: what a day and a week are like, by the figure; all faults of it are told at once."""

from __future__ import annotations

from collections.abc import Sequence

import click

from planner.cli.help import filled
from planner.request.habits import HABIT_EXAMPLE, read_habits


def _read(
    ctx: click.Context, param: click.Parameter, texts: Sequence[str]
) -> dict[str, int | None] | None:
    del ctx, param
    return read_habits(texts, "--habit") if texts else None


HABIT_OPTION = click.option(
    "--habit",
    metavar="HABIT<=N",
    multiple=True,
    callback=_read,
    help=filled(
        'What most people are served, changed for you: "{example}", "milk glasses a day<=2", '
        '"active_minutes_a_day=30"; =usual lets it go; `magplan request new` lists them; '
        "repeatable.",
        example=HABIT_EXAMPLE,
    ),
)
