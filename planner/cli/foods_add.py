"""``magplan foods add``: a food of one's own, by flags or asked for, as its label says it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from foods.catalogue import ID_PATTERN
from foods.embedded import read_lookup_foods
from foods.errors import FoodDataError
from foods.food import Measure
from foods.label import (
    corrected,
    food_of_label,
    label_kinds,
    own_food_id,
    read_contains,
    read_labels,
    read_origin,
)
from foods.library.kept import SERVING
from foods.nutrient import known_nutrients
from foods.own_csv import read_food_csv
from planner.cli.foods_kept import keep_own
from planner.cli.foods_own import known_text, write_table
from planner.cli.output import is_terminal
from planner.cli.phrase_type import PhraseType

PER_G = 100.0
CORRECTED = (
    "{name} is one of our foods: your figures stand in place of ours, and the others stay ours. "
    "Diaries and plans count it so, and say it; `magplan foods library --remove` restores ours."
)


@click.command(
    name="add",
    epilog='Example: magplan foods add "Oat bar" --per 40 --figure magnesium=15%\n\n'
    'Example: magplan foods add "Oat bar" --figure magnesium=95mg --serving 55 --contains oats '
    "--origin plant",
)
@click.argument("name", required=False)
@click.option(
    "--per",
    "per_g",
    type=click.FloatRange(0, 10_000, min_open=True),
    metavar="GRAMS",
    help="Of how many grams the figures are: 100, or those of a serving.",
)
@click.option(
    "--figure",
    "figures",
    multiple=True,
    metavar='"NUTRIENT=X"',
    help="A figure of the label: magnesium=15%, calcium=40mg, energy=120kcal; repeatable.",
)
@click.option(
    "--label",
    "kind",
    type=click.Choice(label_kinds()),
    default=label_kinds()[0],
    show_default=True,
    help="Whose label it is: what a percentage is a percentage of.",
)
@click.option(
    "--serving",
    "serving_g",
    type=click.FloatRange(0, 10_000, min_open=True),
    metavar="GRAMS",
    help="Mass of a serving; else --per, where that is not 100.",
)
@click.option(
    "--contains",
    type=PhraseType("ALLERGEN,…", read_contains),
    help="The allergens that it names, or none: milk,wheat. Without it they are unknown.",
)
@click.option(
    "--origin",
    type=PhraseType("ORIGIN,…", read_origin),
    help="What it is made of, all of it: plant,dairy. Without it no diet that leaves out "
    "anything has it.",
)
@click.option("--id", "food_id", metavar="FOOD_ID", help="Id for the food; else made of its name.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="File of your own foods to add it to; else it is kept as `foods import` does.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Replace a food that has this id. Of one of ours, the figures that you give: plans and "
    "diaries count them.",
)
def add_command(
    name: str | None,
    per_g: float | None,
    figures: tuple[str, ...],
    kind: str,
    serving_g: float | None,
    food_id: str | None,
    out: Path | None,
    force: bool,
    **stated: Any,
) -> None:
    """Add a food of your own as its label says it: diaries, dishes of your own and --put know it.

    What is missing is asked for at a terminal. What the label does not say stays unknown.
    """
    if out is not None and (serving_g or any(one is not None for one in stated.values())):
        raise click.UsageError("--serving, --contains and --origin are kept: leave out --out")
    asks = is_terminal(sys.stdin)
    name = name or (click.prompt("Name of the food", err=True) if asks else "")
    if not (name or "").strip():
        raise click.UsageError("say the name of the food")
    if per_g is None:
        grams = click.FloatRange(0, 10_000, min_open=True)
        asked = "Grams that the label's figures are of"
        per_g = click.prompt(asked, default=PER_G, type=grams, err=True) if asks else PER_G
    if not figures and asks:
        figures = _asked_figures(kind)
    if not figures:
        raise click.UsageError("say at least one --figure, such as magnesium=15%")
    own_id = food_id or own_food_id(name)
    if not ID_PATTERN.fullmatch(own_id):
        raise click.UsageError(f"--id {own_id!r}: write it of a-z, 0-9 and _")
    food = food_of_label(own_id, name, per_g, figures, kind)
    there = dict(read_food_csv(out)) if out is not None and out.exists() else {}
    ours = read_lookup_foods().foods.get(own_id)
    if (own_id in there or ours) and not force:
        remedy = "name another with --id, or add --force"
        raise FoodDataError(f"there is a food {own_id!r} already", remedy=remedy)
    if ours:
        food = corrected(ours, food)
        click.echo(CORRECTED.format(name=own_id), err=True)
    click.echo(known_text(food), err=True)
    if out is None:
        serving_g = serving_g or (per_g if per_g != PER_G else None)
        measures = (Measure(SERVING, serving_g),) if serving_g else ()
        keep_own([food], name, measures=measures, **stated)
    else:
        write_table([*(there | {own_id: food}).values()], out, force=True)


def _asked_figures(kind: str) -> tuple[str, ...]:
    """Ask for what labels say, each blank where this one does not."""
    click.echo("An amount or a percentage of each; Enter where the label has none.", err=True)
    labels, told = read_labels(), []
    for key in labels["asked"]:
        if key not in labels["label"][kind]["elsewise"]:
            asked = f"{known_nutrients()[key].name} [{known_nutrients()[key].unit}, %]"
            answer = click.prompt(asked, default="", show_default=False, err=True)
            told += [f"{key}={answer}"] if answer.strip() else []
    return tuple(told)
