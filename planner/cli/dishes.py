"""``magplan dishes``: list and show dishes, bring in one's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from foods.own_file import read_own_text
from foods.table import FoodTable, nearest_names
from planner.candidates.at_hand import foods_of_dishes
from planner.candidates.called import english_name
from planner.candidates.dish import CUISINES, KINDS, Dish, origin_of
from planner.candidates.equipment import needs_of
from planner.candidates.exchanges import with_exchanges
from planner.candidates.name_index import is_so, words_for_tags
from planner.candidates.names import (
    find_left_out,
    find_meaning,
    has_words_of,
    is_in_name,
    with_cooked,
)
from planner.candidates.own_dishes import draft_own_dish
from planner.candidates.servings import mass_per_food
from planner.candidates.small_children import hazards_of
from planner.cli.dishes_own import (
    add_command,
    dishes_option,
    import_command,
    known_dishes,
    recipes_of,
)
from planner.cli.output import print_json, show, tell
from planner.cli.phrase_type import PhraseType
from planner.document.blocks import Paragraph, paragraphs
from planner.errors import CandidatesError, ConfigError
from planner.export.dish import (
    at_hand_told,
    dish_answer,
    dish_list,
    dish_told,
    improved_recipe_told,
    per_serving,
)
from planner.improve.next_meal import GivenRecipe, improve_recipe
from planner.kitchen.carried import AtHand, dishes_of, holds
from planner.kitchen.pantry import parse_pantry
from planner.kitchen.sold import shelves_of
from planner.meals.patterns import TAGS
from planner.request.diets import OMNIVORE, find_diet, name_left_out
from planner.request.equipment import equipment_in
from planner.request.phrases import SortedBy, read_sorted_by
from planner.request.request import UNITS
from planner.wire.foods import DishAnswer, ImprovedRecipeAnswer

MOST_SERVINGS = 100
MOST_MINUTES = 600
_NAMED = 6  # dishes that are named where several are meant
_COOKED = 12  # dishes that are shown of what is at hand
_EQUIPMENT = (
    "{tool!r} is no tag, but what a kitchen has: `magplan dishes list --without {tool!r}` lists "
    "what is made without it, `magplan plan --kitchen {tool!r}` plans what is made with it alone"
)


def _as_tag(word: str) -> str:
    return word.replace(" ", "_")


class _Tag(click.Choice):  # type: ignore[type-arg] # generic from click 8.2 on
    """A tag of dishes; of a piece of equipment what asks for it is said."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read a tag."""
        is_known = value in self.choices or not isinstance(value, str)
        if not is_known and equipment_in(value):
            self.fail(_EQUIPMENT.format(tool=value), param, ctx)
        return super().convert(value, param, ctx)


def _tag_meant(tag: str) -> str:
    """Return a tag of dishes, or the word for some: ``one_pan`` is ``one pan``."""
    return tag if tag in TAGS else tag.replace("_", " ")


@dataclass(frozen=True, slots=True)
class DishFilter:
    """What a dish must be to be listed; ``None`` and empty let everything through."""

    kind: str | None
    cuisine: str | None
    diet: str | None
    without: tuple[str, ...]
    max_minutes: int | None
    tags: frozenset[str] = frozenset()


@click.group(name="dishes", epilog="Example: magplan dishes list --diet vegan --max-minutes 30")
def command() -> None:
    """List and show dishes; bring in your own."""


for _command in (import_command, add_command):
    command.add_command(_command)


@command.command(name="list", epilog="Example: magplan dishes list --kind main --without fish")
@click.option("--kind", type=click.Choice(KINDS), help="Kind of dish.")
@click.option("--cuisine", type=click.Choice(CUISINES), help="Where it comes from.")
@click.option(
    "--diet", help="omnivore, pescatarian, vegetarian, vegan, halal, kosher, jain, soft …"
)
@click.option("--without", multiple=True, help="Allergen, group or food; repeatable.")
@click.option("--max-minutes", type=click.IntRange(1, MOST_MINUTES), help="Longest time.")
@click.option(
    "--tag",
    "tags",
    multiple=True,
    type=_Tag(sorted({*TAGS, *words_for_tags(), *map(_as_tag, words_for_tags())})),
    help="What it must be; repeatable. under_5: nothing small children choke on.",
)
@click.option("--with", "holding", multiple=True, help="A food that it holds; repeatable.")
@click.option(
    "--sort",
    "sorted_by",
    type=PhraseType("NUTRIENT", read_sorted_by),
    help="Most of it in a serving first: magnesium, fiber, magnesium/100kcal.",
)
@click.option(
    "--have",
    "--from",
    "have",
    help="What is at home, such as chicken,rice,spinach or pantry.csv: dishes that use it and need "
    "little else.",
)
@dishes_option
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
def list_command(
    have: str | None,
    holding: tuple[str, ...],
    sorted_by: SortedBy | None,
    kind: str | None,
    cuisine: str | None,
    diet: str | None,
    without: tuple[str, ...],
    max_minutes: int | None,
    tags: tuple[str, ...],
    dishes: tuple[Path, ...],
    json_wanted: bool,
) -> None:
    """List dishes with what one serving brings."""
    foods, tell = foods_of_dishes(dishes), partial(click.echo, err=True)
    without = tuple(english_name(name, tell) for name in without)
    wanted = DishFilter(kind, cuisine, diet, without, max_minutes, frozenset(map(_tag_meant, tags)))
    is_cooked = have is not None
    known = dishes_without(known_dishes(dishes), foods, diet, without, is_cooked=is_cooked)
    found = filter_dishes(known, foods, wanted)
    for name in holding:
        meaning = with_cooked(find_meaning(name, foods, known, "--with"), foods)
        found = [dish for dish in found if holds(dish, meaning, foods)]
    if sorted_by is not None:
        found.sort(key=lambda dish: sorted_by.rank(per_serving(dish, foods)))
    if have is not None:
        at_hand = [find_meaning(name, foods, (), "--have") for name in _at_home(have, foods)]
        cooked = dishes_of(found, foods, at_hand)[:_COOKED]
        if json_wanted:
            print_json([_answer(hand.dish, foods, at_hand=hand) for hand in cooked])
        else:
            show(paragraphs([at_hand_told(hand, foods) for hand in cooked] or ["no dish uses it"]))
        return
    if json_wanted:
        print_json([_answer(dish, foods) for dish in found])
        return
    if not found:
        raise CandidatesError("no dish fits all of that", "dishes list", "leave an option out")
    show((dish_list(found, foods, sorted_by), Paragraph(f"{len(found)} dishes")))


@command.command(name="show", epilog="Example: magplan dishes show chana_masala_kale --servings 2")
@click.argument("dish")
@click.option("--servings", type=click.IntRange(1, MOST_SERVINGS), help="For how many.")
@click.option("--units", type=click.Choice(UNITS), default="us", show_default=True)
@click.option("--diet", help="As it is cooked for a diet: vegan, vegetarian …")
@click.option("--without", multiple=True, help="As it is cooked without that; repeatable.")
@dishes_option
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
def show_command(
    dish: str,
    servings: int | None,
    units: str,
    diet: str | None,
    without: tuple[str, ...],
    dishes: tuple[Path, ...],
    json_wanted: bool,
) -> None:
    """Show a recipe as a cook reads it, by its id or name."""
    foods, known = foods_of_dishes(dishes), known_dishes(dishes)
    own_id = find_dish(dish, known).dish_id
    cooked = dishes_without(known, foods, diet, without)
    found = next(cooked_dish for cooked_dish in cooked if cooked_dish.dish_id == own_id)
    if json_wanted:
        print_json(_answer(found, foods, servings, units))
    else:
        more = (_needs_text(found), _tag_text(found), _small_child_text(found, foods))
        recipe = dish_told(found, foods, servings or found.servings, units)
        show((*recipe, *paragraphs(more)))


@command.command(name="improve", epilog="Example: magplan dishes improve lasagne.txt")
@click.argument("recipe", metavar="FILE|DISH")
@click.option("--diet", help="Nothing comes that it leaves out: vegan, vegetarian …")
@click.option("--without", multiple=True, help="Allergen, group or food not to come; repeatable.")
@dishes_option
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
def improve_command(
    recipe: str,
    diet: str | None,
    without: tuple[str, ...],
    dishes: tuple[Path, ...],
    json_wanted: bool,
) -> None:
    """Find two or three small changes of a recipe that bring it magnesium.

    The recipe is a file as of `dishes import`, or a dish by its id or name. It stays the dish it
    is: whole grain for white, lentils for a third of the ground meat, a quarter of the cheese less.
    """
    foods, known = foods_of_dishes(dishes), known_dishes(dishes)
    read = _recipe_of(recipe, known, foods)
    found = improve_recipe(read, foods, _avoided(known, foods, diet, without))
    answer = ImprovedRecipeAnswer.of_recipe
    tell(json_wanted, lambda: improved_recipe_told(found), lambda: answer(found))


def _recipe_of(text: str, dishes: Sequence[Dish], foods: FoodTable) -> GivenRecipe:
    """Return the recipe of a file, or the dish of an id or name."""
    if not Path(text).is_file():
        dish = find_dish(text, dishes)
        return GivenRecipe(dish.name, dish.servings, mass_per_food(dish))
    for recipe in recipes_of(text):
        if recipe.is_whole:
            draft, masses = draft_own_dish(recipe, foods), dict[str, float]()
            for match in draft.sure:
                food_id = match.food_id or ""
                masses[food_id] = masses.get(food_id, 0.0) + (match.mass_g or 0.0)
            unknown = tuple(match.line.text for match in draft.doubtful)
            return GivenRecipe(recipe.name, recipe.servings or 1.0, masses, unknown)
    raise CandidatesError("no recipe with a name and ingredients", text)


def _answer(
    dish: Dish,
    foods: FoodTable,
    servings: int | None = None,
    units: str = "us",
    at_hand: AtHand | None = None,
) -> DishAnswer:
    tags, hazards = sorted(dish.tags), hazards_of(dish, foods)
    of_hand = {} if at_hand is None else {"used": at_hand.used, "missing": at_hand.missing}
    more = {"tags": tags, "choking_hazards": hazards, **of_hand}
    return dish_answer(dish, foods, servings, units, **more)


def _needs_text(dish: Dish) -> str:
    """Describe what of a kitchen a dish needs; empty where it needs nothing that can be missing."""
    needs = [" or ".join(sorted(need)) for need in needs_of(dish)]
    return "Needs: {words}.".format(words="; ".join(dict.fromkeys(needs))) if needs else ""


def _tag_text(dish: Dish) -> str:
    words = ", ".join(sorted(dish.tags)).replace("_", " ")
    return "Tags: {words}".format(words=words or "none")


def _small_child_text(dish: Dish, foods: FoodTable) -> str:
    """Describe what a cook changes for a child under five; empty where nothing could choke one."""
    found = [f"{one.name} ({one.what}): {one.remedy}" for one in hazards_of(dish, foods)]
    return "For children under 5: {found}.".format(found="; ".join(found)) if found else ""


def dishes_without(
    dishes: Sequence[Dish],
    foods: FoodTable,
    diet: str | None,
    without: Sequence[str],
    *,
    is_cooked: bool = False,
) -> tuple[Dish, ...]:
    """Return the dishes as they are cooked for a diet and without some names.

    With neither they are as written, unless ``is_cooked``: then as who avoids nothing cooks them.

    Raises
    ------
    ConfigError, CandidatesError
        When a diet or a name is unknown.
    """
    avoided = _avoided(dishes, foods, diet, without)
    is_exchanged = is_cooked or bool(avoided)
    return with_exchanges(dishes, [avoided]) if is_exchanged else tuple(dishes)


def _avoided(
    dishes: Sequence[Dish], foods: FoodTable, diet: str | None, without: Sequence[str]
) -> frozenset[str]:
    """Return the ids of the foods that a diet and names leave out."""
    eaten = find_diet(diet or OMNIVORE)
    left_out = map(name_left_out, (*without, *eaten.without))
    named = (one for name in left_out for one in find_left_out(name, foods, dishes).food_ids)
    return frozenset(
        (*named, *(food.food_id for food in foods if food.origin & eaten.without_origin))
    )


def filter_dishes(dishes: Sequence[Dish], foods: FoodTable, wanted: DishFilter) -> list[Dish]:
    """Return the dishes that are all of what is wanted.

    Raises
    ------
    ConfigError, CandidatesError
        When a diet or a name is unknown.
    """
    eaten = find_diet(wanted.diet or OMNIVORE)
    left_out = map(name_left_out, (*wanted.without, *eaten.without))
    meanings = [find_left_out(name, foods, dishes) for name in left_out]
    known_tags = words_for_tags()
    return [
        dish
        for dish in dishes
        if wanted.kind in (None, dish.kind)
        and wanted.cuisine in (None, dish.cuisine)
        and (wanted.max_minutes is None or dish.minutes <= wanted.max_minutes)
        and not origin_of(dish, foods) & eaten.without_origin
        and all(is_so(dish, tag) if tag in known_tags else tag in dish.tags for tag in wanted.tags)
        and not any(holds(dish, meaning, foods) for meaning in meanings)
    ]


def find_dish(text: str, dishes: Iterable[Dish]) -> Dish:
    """Return the dish with this id or name, or the one with these words in its name, in any order.

    Raises
    ------
    CandidatesError
        When there is none, with the nearest, or there are several.
    """
    known = {dish.dish_id: dish for dish in dishes}
    wanted = " ".join(text.split()).casefold()
    for dish in known.values():
        if wanted in (dish.dish_id, dish.name.casefold()):
            return dish
    called = [dish for dish in known.values() if is_in_name(text, dish.name)]
    called = called or [dish for dish in known.values() if has_words_of(text, dish.name)]
    if len(called) == 1:
        return called[0]
    if called:
        raise CandidatesError(
            f"{len(called)} dishes are called {text!r}",
            "dishes show",
            "name one: {names}".format(names=", ".join(dish.name for dish in called[:_NAMED])),
        )
    near = nearest_names(wanted.replace(" ", "_"), known)
    nearest = "the nearest: {near}".format(near=", ".join(near))
    remedy = nearest if near else "`magplan dishes list` lists them"
    raise CandidatesError(f"no dish is called {text!r}", "dishes show", remedy)


def _at_home(have: str, foods: FoodTable) -> list[str]:
    """Name what is at home: as it was typed, or as a pantry's file holds it."""
    if have.endswith(".csv"):
        text = read_own_text(Path(have), "pantry", ConfigError)
        rows = parse_pantry(text, have, foods, shelves_of("us"))
        return [foods[row.food_id].base.replace("_", " ") for row in rows]
    return list(filter(None, (name.strip() for name in have.split(","))))
