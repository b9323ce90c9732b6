"""``magplan shop``: the shopping list of a plan, and what an earlier one leaves at home."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foods.own_file import read_own_text
from planner.cli.dishes_own import dishes_option, recipes_at_hand, with_dishes
from planner.cli.help import adding
from planner.cli.options import read_packages
from planner.cli.output import print_json, show, warn_of_asked_beside
from planner.errors import ConfigError
from planner.request.next_week import home_of
from planner.request.preferences import LATELY
from planner.request.request import AtHome, PlanRequest
from planner.shops import known_shops
from planner.wording import plural

if TYPE_CHECKING:
    from foods.table import FoodTable
    from planner.candidates.dish import Dish
    from planner.kitchen.batch import BatchPlan
    from planner.kitchen.errand import Errand, ShoppingList
    from planner.kitchen.pantry import Pantry, PantryEntry
    from planner.plan.plan import Plan


MOST_PEOPLE, MOST_TRIPS = 200, 7
_FILE = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class Shopping:
    """A list, with the days it is for, what was at home of one's own, the plan, and batches."""

    shopping: ShoppingList
    days: range
    entries: tuple[PantryEntry, ...]
    plan: Plan
    foods: FoodTable
    recipes: tuple[Dish, ...]
    batch: BatchPlan


shop_options = adding(
    click.option(
        "--people", type=click.IntRange(1, MOST_PEOPLE),
        help="How many people eat these meals in all, beside guests; by default those that the "
        "plan is for.",
    ),
    click.option(
        "--week", type=click.IntRange(min=1), metavar="N", help="For one week of the plan."
    ),
    click.option(
        "--trips", type=click.IntRange(1, MOST_TRIPS),
        help="How many shopping trips; food that keeps is bought on the first one. By default as "
        "many as `magplan plan --trips` asked for, which plans only what keeps until its day; "
        "else one, and a small second one for what would not keep, if anything.",
    ),
    click.option(
        "--pantry", type=_FILE, metavar="FILE",
        help="What is at home before the first day, in place of what the plan was asked with: "
        "food,amount,unit[,days].",
    ),
    click.option(
        "--usual", is_flag=True,
        help="Assume you have what most kitchens have (salt, oil, spices, flour, sugar); this "
        "is the default without --pantry, unless the plan was requested otherwise.",
    ),
    click.option("--empty", is_flag=True, help="Assume there is nothing at home."),
    click.option(
        "--shops", type=click.Choice(known_shops()),
        help="Whose packages; by default those of the plan's standard and units.",
    ),
    click.option(
        "--packages", type=_FILE, metavar="FILE",
        help="Packages of your shop, in place of what the plan was asked with: "
        "food_id,pack,size_g[,price,label,name,aisle].",
    ),
    click.option(
        "--aisles", type=_FILE, metavar="FILE",
        help="Aisles in the order of your shop: aisle[,heading].",
    ),
    click.option(
        "--no-freezer", is_flag=True,
        help="Leave out what would be cooked double for the freezer.",
    ),
    dishes_option,
)  # fmt: skip
"""Adds the options that say how somebody shops."""


@click.command(name="shop", epilog="Example: magplan shop my_week/plan.json --people 2")
@click.argument("plan_path", metavar="PLAN.json", type=_FILE)
@shop_options
@click.option(
    "--shop-for",
    "shops_for",
    multiple=True,
    metavar="SHOP=FOODS",
    help='A list of its own for another shop: "Indian shop=dal,spices,sesame"; repeatable.',
)
@click.option(
    "--bought",
    metavar="FOODS|FILE",
    help='What is bought already and comes off: "eggs,milk", "everything but the cans", or a file.',
)
@click.option("--full", is_flag=True, help="Name everything that stays over.")
@click.option("--meals", is_flag=True, help="Say which meals each thing is for.")
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
def command(
    plan_path: Path,
    meals: bool,
    full: bool,
    json_wanted: bool,
    shops_for: tuple[str, ...],
    bought: str | None,
    **options: Any,
) -> None:
    """Print a plan's shopping list by aisle, in packages, with the food for the freezer."""
    from planner.document.blocks import paragraphs
    from planner.export.shopping import dearest_told, list_told, shopping_answer
    from planner.export.sums import per_head_text

    made = shop_for(plan_path, **options)
    shopping = _divided(made, shops_for, bought)
    if json_wanted:
        print_json(shopping_answer(shopping))
    else:
        own = [] if shopping.people == 1 else [per_head_text(shopping)]
        dearest = dearest_told(shopping, made.plan)
        show([*list_told(shopping, with_meals=meals, is_full=full), *paragraphs(own), *dearest])


def _divided(made: Shopping, shops_for: tuple[str, ...], bought: str | None) -> ShoppingList:
    """Take off a list what is bought already, and send the rest to the shops named."""
    from planner.kitchen.errand import bought_of, read_bought, read_shop, sent_to, without_bought

    shopping, known = made.shopping, (made.foods, made.recipes)
    if bought is not None:
        is_file = Path(bought).suffix and Path(bought).exists()
        text = read_bought(read_own(Path(bought), "pantry"), bought) if is_file else bought
        shopping = without_bought(shopping, bought_of(text, shopping, *known))
    if shops_for:
        shopping, strange = sent_to(shopping, dict(map(read_shop, shops_for)), *known)
        if strange:
            told = "Nothing of it is on the list: {names}".format(names=", ".join(strange))
            click.echo(told, err=True)
    return shopping


def shop_for(
    plan_path: Path,
    *,
    dishes: tuple[Path, ...] = (),
    week: int | None = None,
    no_freezer: bool = False,
    people: int | None = None,
    shops: str | None = None,
    packages: Path | None = None,
    **said: Any,
) -> Shopping:
    """Make the list of a plan as the options say."""
    from planner.candidates.at_hand import foods_at_hand
    from planner.check.document import check_request_allowed
    from planner.kitchen.errand import errand_for
    from planner.kitchen.shopping import batch_asked, list_shopping
    from planner.plan.own_shop import foods_with_prices
    from planner.plan.shares import heads_of
    from planner.plan.weeks import find_week
    from planner.request.read import request_from_dict
    from planner.request.request import weighed_in
    from planner.wire.document import read_plan_document

    document = with_dishes(read_plan_document(plan_path), dishes)
    warn_of_asked_beside(plan_path, document)
    check_request_allowed(document.request)
    request, plan = document.request, document.plan
    country = shops or request.shops
    if packages is not None:
        own = {"shops": country, "packages": read_packages(packages)}
        found = request_from_dict({"week": own}, str(packages)).week.packages
        request = replace(request, week=replace(request.week, packages=found))
    foods = foods_with_prices(foods_at_hand(request), request)
    own_days = (plan if week is None else find_week(plan, foods, week)).days
    days = range(own_days[0].day, own_days[-1].day + 1)
    recipes = recipes_at_hand(request)
    errand = replace(errand_for(request, recipes, foods), days=days)
    errand = replace(errand, shops=country, units=weighed_in(request.week, country))
    errand = replace(errand, people=1.0 if people is None else people / heads_of(plan))
    errand = _as_said(errand, foods, **said)
    batch = batch_asked(plan, request, recipes, foods)
    shopping = list_shopping(plan, foods, errand, None if no_freezer else batch)
    entries = errand.pantry.entries if errand.pantry else ()
    return Shopping(shopping, days, entries, plan, foods, recipes, batch)


def _as_said(
    errand: Errand,
    foods: FoodTable,
    *,
    trips: int | None = None,
    pantry: Path | None = None,
    usual: bool = False,
    empty: bool = False,
    aisles: Path | None = None,
) -> Errand:
    """Lay over how somebody shops what the options say."""
    from planner.kitchen.sold import known_aisles, parse_aisles

    if empty and (usual or pantry):
        raise click.UsageError("--empty says that nothing is at home: leave out the other one")
    errand = replace(errand, trips=trips or errand.trips)
    if aisles is not None:
        known = errand.aisles or known_aisles()
        order = parse_aisles(read_own(aisles, "aisles"), str(aisles), known)
        errand = replace(errand, aisles=order)
    if not (empty or usual or pantry):
        return errand
    at_home, uses = _at_home(errand, foods, pantry, usual, empty), () if empty else errand.uses
    return replace(errand, pantry=at_home, uses=uses)


def _at_home(
    errand: Errand, foods: FoodTable, path: Path | None, usual: bool, empty: bool
) -> Pantry:
    """Return what is at home as these options say, in place of what the request says."""
    from planner.kitchen.pantry import Pantry, parse_pantry, usual_pantry

    if empty:
        return Pantry()
    if path is None:
        return usual_pantry(foods, errand.pantry.entries if errand.pantry else ())
    entries = parse_pantry(read_own(path, "pantry"), str(path), foods, errand.shelves)
    return usual_pantry(foods, entries) if usual else Pantry(entries)


def read_own(path: Path, kind: str) -> str:
    """Read a file of one's own of a kind of ``foods/data/own_files.toml``.

    Raises
    ------
    ConfigError
        When it cannot be read, is no text, or is too large to be one.
    """
    return read_own_text(path, kind, ConfigError)


no_rest_option = click.option(
    "--no-rest", is_flag=True, help="Do not count on what an earlier plan leaves at home."
)


def rest_of(plan_path: Path, start: date | None = None) -> tuple[AtHome, ...]:
    """Return what a plan leaves at home, beside what was there before.

    ``start`` is the day that follows; what spoils between the two is not there, and of a plan that
    is not over by then nothing is.
    """
    return rest_left(shop_for(plan_path), start)


def rest_left(made: Shopping, start: date | None = None) -> tuple[AtHome, ...]:
    """Return it of a plan whose list is made."""
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

    files = [plan for plan in plans if not plan.startswith(LATELY)]
    if not files or request.week.pantry:
        return request
    latest = files[-1]
    if len(files) > 1:
        starts = {file: read_plan_document(file).plan.days[0].date for file in files}
        dated = {path: start for path, start in starts.items() if start is not None}
        latest = max(dated, key=dated.__getitem__) if len(dated) == len(starts) else latest
    home = rest_of(Path(latest), request.week.start)
    tell_rest(home)
    return replace(request, week=home_of(request.week, home)) if home else request


def tell_rest(home: Sized) -> None:
    """Describe how much is taken to be at home."""
    if count := len(home):
        pattern = plural(
            count,
            "Taken to be at home: what is left of {count} food (--no-rest: nothing).",
            "Taken to be at home: what is left of {count} foods (--no-rest: nothing).",
        )
        click.echo(pattern.format(count=count), err=True)
