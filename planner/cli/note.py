"""``magplan note``: a note of one's own on a dish of a plan, or on the whole plan."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli.like import dish_at
from planner.cli.output import PLAN_FILE, REQUEST_FILE, force_option, kept_before, tell_kept
from planner.request.meal_phrases import read_meal_of_day
from planner.request.next_week import WHOLE_PLAN, with_note
from planner.shops import named

KEPT = "The note is kept with {name}."
GONE = "There is no note on {name} any more."
STEP = 'note "{text}", {name}'
_WHOLE = "the whole plan"
_MOST = 2


@click.command(
    name="note",
    epilog='Example: magplan note my_week/plan.json tue:dinner "half the salt, ten minutes longer"'
    '\n\nExample: magplan note my_week/plan.json "Grandma comes on Sunday"',
)
@click.argument("plan_path", metavar="PLAN.json", type=click.Path(path_type=Path))
@click.argument("words", metavar="[DAY:MEAL] TEXT", nargs=-1, required=True)
@click.option("--item", help="Another dish of the meal, by id or name; else its first.")
@force_option
def command(plan_path: Path, words: tuple[str, ...], item: str | None, force: bool) -> None:
    """Keep a note on a dish, or without a meal on the whole plan; an empty one removes it.

    It stands with the recipe wherever the dish is planned or printed again, in plans that
    `magplan replan` and `next` make of this one, too.
    """
    from foods.own_file import read_own_text
    from planner.candidates.called import asked_name
    from planner.cli.output import asked_beside
    from planner.errors import ConfigError
    from planner.export.files import write_files
    from planner.plan.locks import find_day_number
    from planner.request.edit import edit_request
    from planner.wire.document import read_plan_document, with_notes

    *meals, text = words
    if len(words) > _MOST:
        raise click.UsageError("a note is one text: put it in quotes")
    document = read_plan_document(plan_path)
    names: tuple[str, ...] = (WHOLE_PLAN,)
    name = _WHOLE
    for word, slot in map(read_meal_of_day, meals):
        dish = dish_at(document.plan, find_day_number(document.plan, word), slot, item)
        names = asked_name(dish.item_id, dish.name), dish.item_id, dish.name
        name = dish.name
    noted = with_note(document.request, text, *names)
    written = read_own_text(plan_path, "plan", ConfigError)
    texts = {plan_path.name: with_notes(written, noted)}
    path = plan_path.parent / REQUEST_FILE
    if plan_path.name == PLAN_FILE and path.exists():
        beside = with_note(asked_beside(plan_path, document.request), text, *names)
        texts[REQUEST_FILE] = edit_request(path, beside)
    kept = kept_before(plan_path.parent, texts, STEP.format(text=text, name=named(name)))
    tell_kept(write_files(plan_path.parent, texts | kept, force))
    click.echo((KEPT if text.strip() else GONE).format(name=named(name)), err=True)
