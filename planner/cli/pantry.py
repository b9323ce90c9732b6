"""``magplan pantry``: what is at home, by amount."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from foods.embedded import read_embedded_foods
from foods.errors import FoodNotFoundError
from foods.table import FoodTable
from planner.cli.dishes_own import dishes_option, recipes_at_hand, with_dishes
from planner.cli.help import adding
from planner.cli.options import PANTRY_FILE
from planner.cli.output import force_option, print_json, tell_kept
from planner.cli.output import show as show_blocks
from planner.cli.shop import read_own, shop_for, shop_options
from planner.errors import CandidatesError, ConfigError
from planner.faults import fault
from planner.kitchen import pantry as stock
from planner.kitchen.pantry import PantryEntry
from planner.kitchen.sold import Shelves, shelves_of
from planner.plan.plan import Day, Item, Meal, Plan
from planner.request.request import SHOP
from planner.settings import read_settings
from planner.shops import known_shops, named
from planner.wording import plural

_PATH = click.Path(path_type=Path)


_pantry_options = adding(
    click.option(
        "--pantry", type=_PATH, default=PANTRY_FILE, show_default=True, metavar="FILE",
        help="The file: food,amount,unit[,days].",
    ),
    click.option(
        "--shops", type=click.Choice(known_shops()), default="us", show_default=True,
        help="Whose packages are meant by a can or a bag.",
    ),
)  # fmt: skip


@click.group(name="pantry", epilog="Example: magplan pantry list --pantry pantry.csv")
def command() -> None:
    """Keep what is at home, by amount; `magplan shop --pantry` buys what is missing."""


@command.command("add", epilog="Example: magplan pantry add rolled_oats 500 g")
@click.argument("words", nargs=-1, required=True, metavar="FOOD AMOUNT [UNIT]")
@click.option("--days", type=click.IntRange(min=1), help="Days on which it is still good.")
@_pantry_options
def add(words: tuple[str, ...], days: int | None, pantry: Path, shops: str) -> None:
    """Put something into the pantry, in g, ml, cup, can, large; "salmon, frozen" is thawed."""
    foods, shelves = _known(shops)
    more = _entry(words, str(days or ""), foods, shelves)
    _write(pantry, stock.added(_read(pantry, foods, shelves), more), force=True)
    _tell("{pantry}: {text} more", pantry=pantry, text=_text(more, foods))


@command.command("use", epilog="Example: magplan pantry use rolled_oats 80 g")
@click.argument("words", nargs=-1, required=True, metavar="FOOD AMOUNT [UNIT]")
@_pantry_options
@force_option
def use(words: tuple[str, ...], pantry: Path, shops: str, force: bool) -> None:
    """Take something out of it, first what spoils first."""
    foods, shelves = _known(shops)
    try:
        less = _entry(words, "", foods, shelves)
    except ConfigError as error:
        if _is_dish(words[0], foods):
            raise fault(ConfigError, "pantry_use_of_dish", name=words[0]) from error
        raise
    _write(pantry, stock.taken(_read(pantry, foods, shelves), less), force)
    _tell("{pantry}: {text} less", pantry=pantry, text=_text(less, foods))


@command.command(
    "cooked",
    epilog='Example: magplan pantry cooked my_week/plan.json "coconut fish curry"\n\n'
    "Example: magplan pantry cooked my_week/plan.json tue:dinner",
)
@click.argument("plan_path", metavar="PLAN.json", type=_PATH)
@click.argument("what", metavar="DISH|DAY:MEAL")
@_pantry_options
@dishes_option
@force_option
def cooked(
    plan_path: Path, what: str, pantry: Path, shops: str, dishes: tuple[Path, ...], force: bool
) -> None:
    """Take off what you cooked of a plan: one dish by words of its name, or a whole meal.

    As much as its recipe prints, with what it cooks for other meals. What is not there, or too
    little, is named; nothing falls below zero.
    """
    from planner.candidates.at_hand import foods_at_hand
    from planner.export.shopping import taken_off_told
    from planner.kitchen.batch import cooked_dishes, cooked_of
    from planner.kitchen.carried import pantry_cooked
    from planner.kitchen.shopping import batch_asked
    from planner.wire.document import read_plan_document

    document = with_dishes(read_plan_document(plan_path), dishes)
    plan, request = document.plan, document.request
    foods, recipes = foods_at_hand(request), recipes_at_hand(request)
    known = {recipe.dish_id: recipe for recipe in recipes}
    pots = cooked_dishes(plan, foods, batch_asked(plan, request, recipes, foods), known)
    items = [cooked_of(pots, *serving, foods) for serving in _meant(plan, what)]
    shelves = shelves_of(shops)
    before = _read(pantry, foods, shelves)
    after, told = pantry_cooked(before, items, known, foods, shelves)
    if after != before:
        _write(pantry, after, force)
    show_blocks(taken_off_told(items, told, foods))


@command.command("list", epilog="Example: magplan pantry list --json")
@_pantry_options
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
def show(pantry: Path, shops: str, json_wanted: bool) -> None:
    """Print what is in the pantry."""
    foods, shelves = _known(shops)
    entries = _read(pantry, foods, shelves)
    if json_wanted:
        from planner.wire.kitchen import PantryAnswer, WrittenStock

        entries_named = [WrittenStock.of(one, name=foods[one.food_id].name) for one in entries]
        print_json(PantryAnswer(entries=entries_named))
        return
    for entry in entries:
        click.echo(_text(entry, foods))


@command.command("after", epilog="Example: magplan pantry after my_week/plan.json --usual")
@click.argument("plan_path", metavar="PLAN.json", type=_PATH)
@click.option(
    "--out", type=_PATH, metavar="FILE", help="File to write; by default that of --pantry."
)
@shop_options
@force_option
def after(
    plan_path: Path, out: Path | None, pantry: Path | None, force: bool, **options: Any
) -> None:
    """Write what is at home when a plan is over, for the next list."""
    from planner.kitchen.carried import pantry_after

    target = out or pantry or PANTRY_FILE
    known = pantry if pantry is not None and pantry.exists() else None
    made = shop_for(plan_path, pantry=known, **options)
    entries = pantry_after(made.entries, made.shopping, made.days)
    _write(target, entries, force)
    _tell("wrote {count} foods to {target}", count=len(entries), target=target)


def _is_dish(words: str, foods: FoodTable) -> bool:
    """Whether words mean dishes alone: "salmon" is a food, whatever else is wrong with it."""
    from planner.candidates.dish import read_embedded_dishes
    from planner.candidates.names import find_meaning

    with suppress(CandidatesError):
        meant = find_meaning(words, foods, read_embedded_dishes())
        return bool(meant.dish_ids) and not meant.food_ids
    return False


def _meant(plan: Plan, what: str) -> list[tuple[Day, Meal, Item]]:
    """Return what was cooked: all of a meal, or the one dish whose name has these words.

    Raises
    ------
    ConfigError
        When there is no such meal or dish, or when several could be meant.
    """
    from planner.candidates.called import is_called
    from planner.plan.locks import find_day_number
    from planner.request.meal_phrases import read_meal_of_day

    made = [serving for serving in plan.served() if serving[2].leftover_of is None]
    if ":" in what:
        word, slot = read_meal_of_day(what)
        number = find_day_number(plan, word)
        found = [serving for serving in made if (serving[0].day, serving[1].slot) == (number, slot)]
        is_clear = bool(found)
    else:
        made = [serving for serving in made if serving[2].kind == "dish"]
        found = [serving for serving in made if is_called(what, serving[2].name)]
        is_clear = len(found) == 1
    if not is_clear:
        places = "; ".join(
            f"{named(item.name)} ({day.day}:{meal.slot})" for day, meal, item in found or made
        )
        raise fault(ConfigError, "cooked_is_not_clear", words=what, names=places)
    return found


def _tell(pattern: str, **values: object) -> None:
    click.echo(pattern.format(**values), err=True)


def _known(shops: str) -> tuple[FoodTable, Shelves]:
    return read_embedded_foods(), shelves_of(shops)


def _entry(words: tuple[str, ...], days: str, foods: FoodTable, shelves: Shelves) -> PantryEntry:
    try:
        return stock.read_said(words, days, foods, shelves)
    except stock.NoAmountError:
        raise click.MissingParameter(param_hint="AMOUNT", param_type="argument") from None
    except (ValueError, FoodNotFoundError) as error:
        raise ConfigError(str(error), "command line") from None


def _read(path: Path, foods: FoodTable, shelves: Shelves) -> tuple[PantryEntry, ...]:
    """Read the pantry; one that is not there yet is empty."""
    text = read_own(path, "pantry") if path.exists() else None
    return () if text is None else stock.parse_pantry(text, str(path), foods, shelves)


def _write(path: Path, entries: tuple[PantryEntry, ...], force: bool) -> None:
    from planner.export.files import write_file

    tell_kept(write_file(path, stock.as_csv(entries), force))


def _text(entry: PantryEntry, foods: FoodTable) -> str:
    from planner.candidates.servings import in_words

    is_weighed = entry.unit in (*read_settings(SHOP)["masses"], *stock.LITER)
    amount = in_words(round(entry.amount, 2), entry.unit)
    if is_weighed:
        amount = f"{f'{round(entry.amount, 1):,g}'} {entry.unit}"
    days = ""
    if entry.days is not None:
        told = plural(entry.days, ", good for {days} day", ", good for {days} days")
        days = told.format(days=entry.days)
    days = ", in the freezer" if entry.is_frozen else days
    return f"{named(foods[entry.food_id].name)}: {amount}{days}"
