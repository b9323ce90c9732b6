"""A dish as a cook reads it, and small changes of a recipe beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from foods.embedded import data_settings
from foods.food import Food
from foods.nutrient import known_nutrients, printed_unit
from foods.table import FoodTable
from planner.candidates.dish import (
    RAW_FLAGS,
    Dish,
    allergens_of,
    amount_per_serving,
    cooked_forms,
    origin_of,
)
from planner.candidates.equipment import appliance_of
from planner.candidates.servings import mass_per_food
from planner.document.blocks import (
    TITLE,
    Block,
    Bullets,
    Paragraph,
    Section,
    Table,
    paragraphs,
)  # fmt: skip
from planner.export.figures import amount_text, clock_text, mass_text
from planner.export.recipe_text import list_rows, recipe_steps
from planner.improve.next_meal import ImprovedRecipe
from planner.kitchen.bought import recipe_lines
from planner.kitchen.carried import AtHand
from planner.kitchen.measures import size_hint
from planner.meals.served import way_text
from planner.plan.shares import Amounts, ratio_of
from planner.request.diets import diets_without
from planner.request.override import RATIO
from planner.request.phrases import CALCIUM, ENERGY, PRICE, SERVING, SortedBy
from planner.settings import read_settings
from planner.shops import NEUTRAL, money_of, named
from planner.wire.foods import DishAnswer, DishIngredient
from planner.wording import plural

UNKNOWN_WORDS = (
    "No ingredient answers for: {words}. Nobody knows whether it is in the dish, so it is not "
    "served to who must not have it."
)
SHOWN = ("energy_kcal", "protein_g", "fibre_g", "magnesium_mg", "calcium_mg", "sodium_mg")
_LISTED = ("energy_kcal", "magnesium_mg", "calcium_mg")
ALCOHOL = "alcohol"  # flag of what holds it, and group of the drinks
LEAST_COVERAGE = 0.9  # share of the mass with a figure, as for every certified amount


def dish_told(dish: Dish, foods: FoodTable, servings: int, units: str = "us") -> Iterator[Block]:
    """Return the recipe for ``servings``: what goes in, how to make it, what is in it."""
    keeps = plural(
        dish.keeps_days,
        "keeps {count} day in the refrigerator",
        "keeps {count} days in the refrigerator",
    ).format(count=dish.keeps_days)
    facts = (_kind_text(dish), clock_text(dish.active_minutes, dish.minutes), keeps)
    allergens = ", ".join(sorted(allergens_of(dish, foods))) or "none"
    yield Paragraph(named(dish.name), TITLE)
    yield from paragraphs(["; ".join(facts), served_text(dish)])
    title = plural(servings, "For {count} serving", "For {count} servings")
    rows = list_rows(_scaled(dish, servings), dish, foods, units)
    table = Table(title.format(count=servings), ("", "", ""), rows, (1,))
    yield Section(title.format(count=servings), (table,))
    hint = paragraphs([size_hint(dish, servings / dish.servings)])
    told = recipe_steps(dish, servings, units)
    steps = Bullets(tuple(step for step in told if not appliance_of(step)), is_numbered=True)
    ways = paragraphs([step for step in told if appliance_of(step)])
    yield Section("How to make it", (*hint, steps, *ways))
    yield Section("In one serving", (Paragraph(_content(dish, foods)),))
    yield Paragraph(f"Allergens: {allergens}")
    if words := ", ".join(said.word for said in dish.unanswered):
        yield Paragraph(UNKNOWN_WORDS.format(words=words))
    diets = ", ".join(diets_of(dish, foods))
    yield Paragraph(f"Fits these diets: {diets}")
    yield from paragraphs(held_texts([line.food_id for line in dish.ingredients], foods))


def served_text(dish: Dish) -> str:
    """Describe how a main dish is served: ``"Served as `curry`: a pot with a gravy; …"``."""
    if dish.kind != "main" or not dish.served:
        return ""
    told = "Served as `{way}`: {text}."
    return told.format(way=dish.served, text=way_text(dish.served))


def held_texts(food_ids: Sequence[str], foods: FoodTable) -> list[str]:
    """List which ingredients count as raw or contain alcohol, and for whom they are left out."""
    held = [foods[food_id] for food_id in dict.fromkeys(food_ids)]
    return list(filter(None, (_raw_text(held, foods), *_alcohol_texts(held))))


def _alcohol_texts(held: Iterable[Food]) -> Iterator[str]:
    names = [food.food_id for food in held if ALCOHOL in food.flags]
    drinks = [food.food_id for food in held if food.group == ALCOHOL]
    if names:
        yield (
            "Holds alcohol, and is left out in pregnancy, while breastfeeding, under 18, in halal "
            "style, with conditions and medicines that forbid it, and with --without alcohol: "
            "{names}."
        ).format(names=", ".join(names))
    if drinks:
        yield "Planned only with --with-alcohol: {names}.".format(names=", ".join(drinks))


def _raw_text(raw: Iterable[Food], foods: FoodTable) -> str:
    """Describe which of these count as raw, whatever the steps say; empty where none does."""
    said = [_raw_part(food, foods) for food in raw if food.flags & RAW_FLAGS]
    return (
        "Counts as raw, and is left out in pregnancy: {names}.".format(names="; ".join(said))
        if said
        else ""
    )


def _raw_part(food: Food, foods: FoodTable) -> str:
    instead = cooked_forms(food, foods)
    how = (
        " (if the dish cooks it through, name it {names})".format(names=" or ".join(instead))
        if instead
        else ""
    )
    return f"{food.food_id}{how}"


_PER_HEADS = {
    ENERGY: "per 100 kcal",
    CALCIUM: "per mg calcium",
    SERVING: "per serving",
    PRICE: "per dollar",
}

_PRICES = (
    "Prices in {currency} are about what foods cost in US shops in {year}; those of foods that no "
    "plan uses may be older, as `magplan foods show FOOD` says."
)


def sorted_head(sorted_by: SortedBy) -> str:
    """Return the head of the column that a list is sorted by: ``"Fiber, g"``."""
    if sorted_by.shops != NEUTRAL:
        return "per {currency}".format(currency=money_of(sorted_by.shops)["currency"])
    if sorted_by.per:
        return _PER_HEADS[sorted_by.per]
    nutrient = known_nutrients()[sorted_by.key]
    return f"{nutrient.name}, {printed_unit(nutrient.unit)}"


def prices_told(sorted_by: SortedBy) -> str:
    """Describe what prices a list is sorted by, and how they are converted."""
    money, prices = money_of(sorted_by.shops), data_settings("SOURCES.toml")["prices"]
    text = _PRICES.format(**prices)
    if sorted_by.shops == NEUTRAL:
        return text
    return f"{text} {'A dollar is taken as {per_usd:g} {currency}.'.format(**money)}"


def per_serving(dish: Dish, foods: FoodTable) -> Callable[[str], float | None]:
    """Return what gives the amount of a nutrient in one serving of a dish [its unit]."""

    def known(key: str) -> float | None:
        if key == SERVING:
            return 100.0  # amounts are those of a serving already
        if key == PRICE:
            return (
                sum(
                    line.mass_g * (foods[line.food_id].price_usd_per_100g or 0.0) / 100
                    for line in dish.ingredients
                )
                / dish.servings
            )
        return known_amount(dish, foods, key)

    return known


def per_100g(food: Food) -> Callable[[str], float | None]:
    """Return what gives the amount of a nutrient in 100 g [its unit], its serving and price."""
    more = {SERVING: food.serving.measure.mass_g, PRICE: food.price_usd_per_100g}
    return lambda key: more[key] if key in more else food.per_100g.get(key)


def dish_list(dishes: Iterable[Dish], foods: FoodTable, sorted_by: SortedBy | None = None) -> Table:
    """Return a row per dish: id, kind, minutes, what one serving brings, and what sorts them."""
    head = ["dish", "kind", "min", "kcal", "Mg mg", "Ca mg"]
    is_shown = sorted_by is not None and (sorted_by.per or sorted_by.key not in _LISTED)
    if sorted_by is not None and is_shown:
        head.append(sorted_head(sorted_by))
    rows = [
        (
            dish.dish_id, dish.kind, str(dish.minutes),
            *(_per_serving(dish, foods, key) for key in _LISTED),
            *([sorted_by.cell(per_serving(dish, foods))] if sorted_by and is_shown else []),
        )
        for dish in dishes
    ]  # fmt: skip
    return Table("Dishes", head, rows, (1,))


def at_hand_told(one: AtHand, foods: FoodTable) -> str:
    """Describe in a sentence which food at hand a dish uses, and what is to be bought for it."""
    return (
        "{dish}: {minutes} min, {kcal} kcal, {mg} mg magnesium. Uses {used}. To buy: {missing}."
    ).format(
        dish=named(one.dish.name),
        minutes=one.dish.minutes,
        kcal=_per_serving(one.dish, foods, "energy_kcal"),
        mg=_per_serving(one.dish, foods, "magnesium_mg"),
        used=", ".join(map(named, one.used)),
        missing="; ".join(map(named, one.missing)) or "nothing",
    )


def dish_answer(
    dish: Dish, foods: FoodTable, servings: int | None = None, units: str = "us", **more: Any
) -> DishAnswer:
    """Return a dish as it is written; ``servings`` scales the ingredients and the steps."""
    count = servings or dish.servings
    factor = count / dish.servings
    return DishAnswer.of(
        dish,
        servings=count,
        recipe_servings=dish.servings,
        yield_g=dish.yield_g * factor,
        allergens=sorted(allergens_of(dish, foods)),
        diets=diets_of(dish, foods),
        ingredients=[
            DishIngredient(
                food_id=line.food_id,
                name=foods[line.food_id].name,
                mass_g=line.mass_g * factor,
                measure=line.measure if count == dish.servings else None,
            )
            for line in dish.ingredients
        ],
        take=recipe_lines(_scaled(dish, count), dish, foods, units),
        steps=recipe_steps(dish, count, units),
        per_serving={key: known_amount(dish, foods, key) for key in known_nutrients()},
        ca_mg_ratio=_ratio(dish, foods),
        **more,
    )


def diets_of(dish: Dish, foods: FoodTable) -> list[str]:
    """Name the diets that exclude nothing in the dish."""
    return diets_without(origin_of(dish, foods))


def known_amount(dish: Dish, foods: FoodTable, key: str) -> float | None:
    """Return the amount in one serving; ``None`` where too little of its mass has a figure."""
    amount, coverage = amount_per_serving(dish, foods, key)
    return amount if coverage >= LEAST_COVERAGE else None


def _ratio(dish: Dish, foods: FoodTable) -> float | None:
    return ratio_of({key: known_amount(dish, foods, key) for key in ("calcium_mg", "magnesium_mg")})


def _kind_text(dish: Dish) -> str:
    """Describe what it is: ``"West African main dish"``."""
    cuisine = "" if dish.cuisine == "any" else dish.cuisine.replace("_", " ").title()
    kind = "main dish" if dish.kind == "main" else dish.kind
    return f"{cuisine} {kind}" if cuisine else kind.capitalize()


def _per_serving(dish: Dish, foods: FoodTable, key: str) -> str:
    return amount_text(key, known_amount(dish, foods, key))


def _content(dish: Dish, foods: FoodTable) -> str:
    parts = [
        f"{known_nutrients()[key].name.lower()} {_per_serving(dish, foods, key)} "
        f"{known_nutrients()[key].unit}"
        for key in SHOWN
    ]
    return ", ".join(
        [
            *parts,
            f"Ca:Mg {amount_text(RATIO, _ratio(dish, foods))}",
        ]
    )


def _scaled(dish: Dish, servings: int) -> list[tuple[str, float]]:
    """List (food id, mass [g]) of everything for so many servings, each food once."""
    share = servings / dish.servings
    return [(food_id, mass_g * share) for food_id, mass_g in mass_per_food(dish).items()]


_SHOWN = ("magnesium_mg", "calcium_mg", RATIO, "energy_kcal")


def improved_recipe_told(found: ImprovedRecipe) -> Iterator[Block]:
    """Return a row for the recipe as written, for each change alone, and for all of them."""
    recipe = found.recipe
    yield Paragraph(named(recipe.name), TITLE)
    if recipe.unknown:
        names = "; ".join(recipe.unknown)
        yield Paragraph(f"Not counted, since it is no food for sure: {names}.")
    if not found.changes:
        yield Paragraph("None of the small changes known here brings this recipe magnesium.")
        return
    head = ["", "Mg mg", "Ca mg", "Ca:Mg", "kcal", "change"]
    rows = [_row("as written", found.before, "")]
    for number, (row, after) in enumerate(found.changes, start=1):
        mass = mass_text(row.moved_g(recipe))
        text = f"{row.text} ({mass} in all)"
        rows.append(_row(str(number), after, text))
    if len(found.changes) > 1:
        rows.append(_row("with all changes", found.together, ""))
    name = f"One serving of {recipe.servings:g}"
    yield Paragraph(f"{name}:")
    yield Table(name, head, rows, (len(head) - 1,))
    yield from paragraphs(_still_above(found))


def _still_above(found: ImprovedRecipe) -> Sequence[str]:
    upper, ratio = read_settings("targets.toml")["ratio"]["upper"], ratio_of(found.together)
    if ratio is None or ratio <= upper:
        return []
    told = (
        "Calcium to magnesium stays above {upper:g}: more would make it another dish. Beans, whole "
        "grain or seeds beside it, or at another meal, bring the day down."
    )
    return [told.format(upper=upper)]


def _row(name: str, amounts: Amounts, change: str) -> list[str]:
    held = {**amounts, RATIO: ratio_of(amounts)}
    return [name, *(amount_text(key, held[key]) for key in _SHOWN), change]
