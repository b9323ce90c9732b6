"""``--usual``: what somebody usually eats, near to which a plan stays."""

from __future__ import annotations

from pathlib import Path

import click

_FILE = click.Path(path_type=Path)
USUAL_OPTIONS = (
    click.option(
        "--usual",
        type=_FILE,
        metavar="DIARY.csv",
        help="Stay near to what you eat, a diary as `magplan analyse` reads it: its meals are "
        "yours to keep, anything else costs points.",
    ),
    click.option(
        "--matches",
        type=_FILE,
        metavar="FILE.csv",
        help="Which food a name of the diary is: name,food_id[,unit,one_is].",
    ),
)
