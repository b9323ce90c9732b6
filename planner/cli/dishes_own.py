"""``magplan dishes import`` and ``add``: bring in recipes of one's own."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import tomli

from foods.embedded import read_data_text, read_embedded_foods
from foods.errors import FoodsError, UserFacingError
from foods.own_file import read_own_text
from foods.recipe_line import read_words
from foods.table import FoodTable
from planner.candidates.at_hand import foods_at_hand, foods_of_dishes
from planner.candidates.dish import Dish, shipped_dish_ids
from planner.cli.options import dishes_option as dishes_option
from planner.cli.output import is_terminal
from planner.errors import CandidatesError, ExportError
from planner.faults import fault
from planner.meals.served import served_ways, way_text
from planner.request.request import PlanRequest

if TYPE_CHECKING:
    from foods.importers.own_recipe import OwnRecipe
    from foods.own_dishes import Draft
    from planner.wire.document import PlanDocument

TEMPLATE = "own_dish_template.toml"
UNFINISHED = "own_dish_unfinished.txt"
_SAVED = "the saved file"
NEAREST_SHOWN = 3
MOST_SHOWN = 5
_FILE_NAME = re.compile(r"[a-z0-9_]{1,64}")
_TICK_NS = 2_000_000_000  # FAT counts in steps of two seconds
Function = TypeVar("Function", bound=Callable[..., Any])
_OUT = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("dishes"),
    show_default=True,
    metavar="DIR",
    help="Folder for the dish files; existing files are not overwritten.",
)


def known_dishes(folders: Sequence[Path | str], foods: FoodTable | None = None) -> tuple[Dish, ...]:
    """Return the shipped dishes and those of ``folders``; say which of these wait for answers."""
    from planner.candidates.own_dishes import dishes_with_own

    dishes = dishes_with_own(folders, foods or foods_of_dishes(folders))
    tell_waiting(folders)
    return dishes


def tell_waiting(folders: Sequence[Path | str]) -> None:
    """Describe which own dishes are not used, since questions about them are open."""
    if not folders:
        return
    from planner.candidates.own_dishes import find_waiting

    waiting = [Path(path).name for path in find_waiting(folders, foods_of_dishes(folders))]
    if waiting:
        shown, left = ", ".join(waiting[:MOST_SHOWN]), len(waiting) - MOST_SHOWN
        more = f" and {left} more" if left > 0 else ""
        told = "not used until their questions are answered: {shown}{more}"
        click.echo(told.format(shown=shown, more=more), err=True)


def recipes_at_hand(request: PlanRequest) -> tuple[Dish, ...]:
    """Return a request's dishes; if its folders cannot be read, say so and return the shipped ones.

    For documents about a plan, which holds its own amounts: only steps and labels are lost.
    """
    try:
        return _cooked(request, known_dishes(request.dish_folders, foods_at_hand(request)))
    except FoodsError as error:
        told = "magplan: recipes of your own are left out. {error}"
        click.echo(told.format(error=str(error)), err=True)
        return _cooked(request, known_dishes(()))


def _cooked(request: PlanRequest, dishes: tuple[Dish, ...]) -> tuple[Dish, ...]:
    """Return the dishes as the table of a request cooks them."""
    from planner.kitchen.leftovers import with_own_dry
    from planner.table.choice import cooked_for, foods_used
    from planner.targets.eaters import eater_requests

    foods = foods_at_hand(request)
    used = foods_used(request, foods, dishes)
    return with_own_dry(cooked_for(eater_requests(request), foods, dishes, used), request, foods)


def with_dishes(document: PlanDocument, folders: Sequence[Path]) -> PlanDocument:
    """Return a plan file with other folders of own dishes; with the same where none is given."""
    if not folders:
        return document
    request = document.request
    named = tuple(str(folder.absolute()) for folder in folders)
    eaters = tuple(
        replace(one, preferences=replace(one.preferences, dishes=())) for one in request.eaters
    )
    preferences = replace(request.preferences, dishes=named)
    return replace(document, request=replace(request, preferences=preferences, eaters=eaters))


@click.command(name="import", epilog="Example: magplan dishes import chili.html --out my_dishes")
@click.argument("sources", metavar="FILE|URL...", nargs=-1, required=True)
@_OUT
def import_command(sources: tuple[str, ...], out: Path) -> None:
    """Turn recipes into editable dish files, with a question for each doubtful line.

    Reads saved web pages and JSON-LD, exports of Mealie, Tandoor and Paprika, Cooklang, and plain
    text. A page whose https:// address you give is fetched once, if its robots.txt lets programs
    read it; nothing else is. Plan with them: magplan plan --dishes DIR.
    """
    from foods.own_dishes import as_dish_toml
    from planner.candidates.own_dishes import draft_own_dish

    foods = read_embedded_foods()
    recipes = [recipe for source in sources for recipe in recipes_of(source)]
    whole = [recipe for recipe in recipes if recipe.is_whole]
    drafts = [_asked_way(draft_own_dish(recipe, foods)) for recipe in whole]
    drafts = _with_own_ids(drafts)
    write_new(out, {f"{draft.dish_id}.toml": as_dish_toml(draft) for draft in drafts})
    for draft in drafts:
        click.echo("\n".join(_draft_lines(draft, foods)))
        _tell_held([match.food_id for match in draft.sure if match.food_id])
    for recipe in recipes:
        if not recipe.is_whole:
            name = recipe.name or "a recipe without name"
            click.echo(
                f"left out: {name} (a dish needs a name and ingredient lines)",
                err=True,
            )
    if not any(draft.sure for draft in drafts):
        click.echo("no line was matched; lines are read in English only", err=True)
    asked = sum(draft.questions for draft in drafts)
    if asked:
        click.echo(
            f"answer the questions in {out} before planning with these dishes",
            err=True,
        )


def recipes_of(source: str) -> Sequence[OwnRecipe]:
    """Read the recipes of a file, or of a page by its address."""
    from foods.importers.recipes import read_recipe_page, read_recipes

    if not source.startswith(("https://", "http://")):
        kind = click.Path(exists=True, dir_okay=False, path_type=Path)
        return read_recipes(kind.convert(source, None, click.get_current_context()))
    from foods.client.session import get_page
    from planner.document.program import program_version

    return read_recipe_page(get_page(source, program_version()), source)


@click.command(name="add", epilog="Example: magplan dishes add --out my_dishes")
@_OUT
def add_command(out: Path) -> None:
    """Write a dish of your own in your editor ($EDITOR), checked when you save it.

    The text lies in the folder while you write, so that nothing is lost; a text that is not a dish
    yet stays there, and the next `dishes add` goes on with it.
    """
    draft = _open_draft(out)
    while True:
        text = _edited(draft)
        try:
            written = _check(text, out)
            break
        except UserFacingError as error:
            _ask_again(draft, error)
    names = [dish.dish_id for dish in written]
    write_new(out, {f"{names[0]}.toml": text})
    draft.unlink()
    told = "wrote {name}.toml to {out}: {names}"
    click.echo(told.format(name=names[0], out=out, names=", ".join(names)))
    _tell_derived(text, written)
    _tell_held([line.food_id for dish in written for line in dish.ingredients], text)


def _tell_held(food_ids: Sequence[str], text: str = "") -> None:
    """Describe which ingredients count as raw, and which hold alcohol."""
    from planner.export.dish import held_texts

    for said in held_texts(food_ids, foods_of_dishes(text=text)):
        click.echo(said, err=True)


def _open_draft(out: Path) -> Path:
    """Return the file to write in: the text that was left unfinished, or the template."""
    from planner.export.files import check_folder, write_file

    check_folder(out, ())
    draft = out / UNFINISHED
    try:
        out.mkdir(parents=True, exist_ok=True)
        if draft.exists():
            click.echo(f"going on with {draft}", err=True)
        else:
            write_file(draft, read_data_text(TEMPLATE), private=False)
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}"
        raise ExportError(what, str(out), "name another folder with --out") from None
    return draft


def _edited(draft: Path) -> str:
    """Open the editor on the file and give what was saved.

    Raises
    ------
    CandidatesError
        When nothing was saved, the editor ended with an error, or it saved no text.
    """
    before = draft.stat().st_mtime_ns - _TICK_NS
    os.utime(draft, ns=(before, before))  # a save within the file system's tick is seen, too
    try:
        click.edit(filename=str(draft))
    except click.ClickException as error:
        remedy = "your text is in {draft}; set EDITOR to an editor that works"
        raise CandidatesError(error.message, "dishes add", remedy.format(draft=draft)) from None
    text = read_own_text(draft, "dishes", CandidatesError)
    if draft.stat().st_mtime_ns == before:
        if text == read_data_text(TEMPLATE):
            draft.unlink()
        raise CandidatesError("nothing was saved", "dishes add", "save the file in the editor")
    return text


def _ask_again(draft: Path, error: UserFacingError) -> None:
    """Offer the editor once more; without a terminal, or on a no, the error is raised."""
    if _is_asked():
        click.echo(str(error), err=True)
        if click.confirm("Edit it again?", default=True, err=True):
            return
    click.echo(
        f"your text is kept in {draft}; `magplan dishes add` goes on with it",
        err=True,
    )
    raise error


def write_new(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files into a folder, or none of them; nothing that is there is written over.

    Raises
    ------
    ExportError
        When one of them is there, or the folder cannot be written.
    """
    from planner.export.files import write_files

    there = [name for name in texts if (folder / name).exists()]
    if there:
        raise fault(ExportError, "dish_file_is_there", str(folder), names=", ".join(there))
    write_files(folder, texts, private=False)


def _check(text: str, out: Path) -> tuple[Dish, ...]:
    """Return the dishes in a text; what is wrong with it is an error."""
    from planner.candidates.own_dishes import parse_own_dishes

    dishes = parse_own_dishes({_SAVED: text}, foods_of_dishes(text=text))
    if not dishes:
        raise CandidatesError("no [[dish]] in it", _SAVED, "keep the table [[dish]]")
    shipped = shipped_dish_ids()
    for name in (dish.dish_id for dish in dishes):
        if not _FILE_NAME.fullmatch(name):
            raise fault(CandidatesError, "dish_id", _SAVED, name=name)
        if name in shipped or (out / f"{name}.toml").exists():
            raise fault(CandidatesError, "dish_is_there", _SAVED, name=name)
    return dishes


def _is_asked() -> bool:
    """Whether somebody sits at a terminal and may be asked."""
    return is_terminal(sys.stdin)


def _asked_way(draft: Draft) -> Draft:
    """Ask at a terminal how a main dish is served; what was derived is the answer offered."""
    if "served" not in draft.entry or not _is_asked():
        return draft

    asked = "How is {name} served?".format(name=draft.entry["name"])
    ways = click.Choice(list(served_ways()))
    way = click.prompt(asked, type=ways, default=draft.entry["served"], err=True)
    return replace(draft, entry={**draft.entry, "served": way})


def _with_own_ids(drafts: Sequence[Draft]) -> list[Draft]:
    """Return recipes of the same name ids with numbers."""
    seen: dict[str, int] = {}
    found = []
    for draft in drafts:
        count = seen[draft.dish_id] = seen.get(draft.dish_id, 0) + 1
        new_id = draft.dish_id if count == 1 else f"{draft.dish_id}_{count}"
        found.append(replace(draft, entry={**draft.entry, "id": new_id}))
    return found


def _derived_lines(way: str, cuisine: str) -> list[str]:
    """List how a dish seems to be served and which cuisine it seems to be of; empty: neither."""
    lines = []
    if way:
        told = "  served as `{way}`: {text}; change `served` in the file where it is not so"
        lines.append(told.format(way=way, text=way_text(way)))
    if cuisine not in ("", read_words()["defaults"]["cuisine"]):
        told = "  cuisine `{cuisine}`; change `cuisine` in the file where it is not so"
        lines.append(told.format(cuisine=cuisine))
    return lines


def _tell_derived(text: str, dishes: Iterable[Dish]) -> None:
    """Describe what was derived of dishes whose file does not give it."""
    given = {row["id"]: row for row in tomli.loads(text)["dish"]}
    for dish in dishes:
        own = given[dish.dish_id]
        way, cuisine = (
            "" if own.get(key) else value
            for key, value in (("served", dish.served), ("cuisine", dish.cuisine))
        )
        for line in _derived_lines(way, cuisine):
            click.echo(line)


def _draft_lines(draft: Draft, foods: FoodTable) -> list[str]:
    from planner.candidates.own_dishes import facts_of

    allergens, diets = facts_of(draft, foods)
    told = "  by its ingredients: allergens {value}; fits {names}"
    if draft.doubtful:
        told = (
            "  by the ingredients known so far: allergens {value}; which diets it fits is said "
            "once all of them are known"
        )
    matched = "{name} ({dish_id}.toml): {count} lines matched, {questions} questions"
    figures = {"dish_id": draft.dish_id, "count": len(draft.sure), "questions": draft.questions}
    lines = [
        matched.format(name=draft.entry["name"], **figures),
        told.format(value=", ".join(allergens) or "none", names=", ".join(diets)),
    ]
    lines += _derived_lines(draft.entry.get("served", ""), draft.entry["cuisine"])
    if draft.is_kind_guessed:
        told = "  kind `{kind}` by its name; change `kind` and `slots` where it is not so"
        lines.append(told.format(kind=draft.entry["kind"]))
    lines += [f"  ? {key}: {why}" for key, why in draft.missing.items()]
    for match in draft.doubtful:
        near = ", ".join(match.nearest[:NEAREST_SHOWN]) or "`magplan foods search`"
        lines.append(f"  ? {match.line.text}: {'; '.join(match.doubts)} ({near})")
    return lines
