"""One day in print: meals, what is on the plate, and what goes into each dish."""

from __future__ import annotations

from collections.abc import Sequence

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.explain.days import facts_sentence
from planner.explain.report import Report
from planner.export.clock import clock_of, clock_text, day_clock_text
from planner.export.figures import amount_text, mass_text, price_text
from planner.export.opened import hint_texts
from planner.export.page import BLANK, HEADING, WIDTH, Line, wrapped, wrapped_text
from planner.export.recipe_text import RecipeBook, RecipeEntry, without_echo
from planner.export.who import day_title
from planner.kitchen.measures import kitchen_amount, servings_text
from planner.kitchen.openings import PackageHint
from planner.language.names import measured, named, slot_name
from planner.language.spoken import _, is_english, mark, ngettext
from planner.meals.drinks import between_meals, drink_beside_own, drinks_at, is_for_between
from planner.plan.guests import amount_in_words, pot_of
from planner.plan.plan import Day, Item, Meal
from planner.request.profile import Profile
from planner.request.request import NAMELESS, PlanRequest
from planner.request.shares import RATIO
from planner.targets.eaters import eater_requests
from planner.targets.words import unit_word

AMOUNT_WIDTH, MASS_WIDTH = 16, 8
INSIDE = "      "
ITEM = "  "
TO_DRINK = mark("To drink: {drinks}")
MAGNESIUM, CALCIUM = "magnesium_mg", "calcium_mg"
_METRIC = "metric"


def day_lines(
    report: Report,
    day: Day,
    book: RecipeBook,
    hints: Sequence[PackageHint] = (),
    *,
    with_steps: bool = False,
) -> list[Line]:
    """Give a day with what is to be known of opened packages, each dish with its steps or not."""
    head = [Line(day_title(day), HEADING), *wrapped(day_figures(report, day))]
    head += [*wrapped(facts_sentence(day)), *hint_lines(hints, day)]
    return [*head, *meals_lines(day, report.request, book, with_steps=with_steps)]


def hint_lines(hints: Sequence[PackageHint], day: Day) -> list[Line]:
    """Say what is to be known of opened packages on a day."""
    return [line for text in hint_texts(hints, day) for line in wrapped(text)]


def meals_lines(
    day: Day, request: PlanRequest, book: RecipeBook, *, with_steps: bool
) -> list[Line]:
    """Give the meals of a day; of what several eat, everything that is cooked, then who has what.

    Parameters
    ----------
    day
        The day.
    request
        Who eats.
    book
        What the recipes are written from.
    with_steps
        Whether each dish is followed by its steps.
    """
    before = [line for text in book.before(day) for line in wrapped(text)]
    lines = [BLANK, *before] if before else []
    for meal in day.meals:
        lines += [BLANK, Line(meal_title(meal))]
        for item in meal.items:
            entry = book.entry(day, meal, item)
            lines += _item_lines(item, entry, book)
            if with_steps and entry.steps:
                lines += _recipe_lines(book.dishes[item.item_id], entry)
        lines += wrapped(drinks_text(meal, request), indent=ITEM)
    tonight = [line for text in book.tonight.get(day.day, ()) for line in wrapped(text)]
    return [*lines, *([BLANK, *tonight] if tonight else [])]


def meal_title(meal: Meal) -> str:
    """Name a meal with its times: ``"Dinner: 38 min of work, on the table in 45 min"``."""
    return ": ".join(filter(None, (slot_name(meal.slot), clock_of(meal))))


def drinks_text(meal: Meal, request: PlanRequest) -> str:
    """Say it in a line: ``"To drink: tea or water"``."""
    return _(TO_DRINK).format(drinks=drink_text(meal, request))


def drink_text(meal: Meal, request: PlanRequest) -> str:
    """Say what is drunk with a meal by those who eat it: ``"tea or water"``, ``"2 cups of …"``."""
    names = {share.eater for item in meal.items for share in item.shares}
    people: list[Profile] = []
    own: dict[str, list[str]] = {}
    for name, one in eater_requests(request).items():
        cups = [
            _("{amount} of {drink}").format(
                amount=measured(item.measure, item.item_id), drink=_drink_name(item.name)
            )
            for item in meal.items
            if item.is_cup and (name == NAMELESS or item.shares[0].eater == name)
        ]
        if name not in (*names, NAMELESS):
            continue
        if any(one.preferences.drinks.values()):
            text = _(" and ").join(cups) or drink_beside_own(meal.slot)
            text = between_meals(text) if cups and _is_kept_apart(meal) else text
            own.setdefault(text, []).append(name)
        else:
            people.append(one.profile)
    return drinks_at(meal.slot, people, own)


def _is_kept_apart(meal: Meal) -> bool:
    """Whether a cup of a meal is better drunk apart from it."""
    return any(is_for_between(item.item_id) for item in meal.items if item.is_cup)


def people_text(item: Item, foods: FoodTable) -> str:
    """Say who has how much of an item: ``"Anna 1 serving, Mia 1/2 serving, 2 guests …"``."""
    is_dish = item.kind == "dish"
    said = [
        f"{share.eater} "
        f"{measured(servings_text(share.servings) if is_dish else share.measure, item.item_id)}"
        for share in item.shares
    ]
    if item.guests is not None:
        count = item.guests.count
        amount = measured(amount_in_words(item, item.guests.servings, foods), item.item_id)
        guests = ngettext("{count} guest {amount}", "{count} guests {amount}", count)
        said.append(guests.format(count=count, amount=amount))
        own = servings_text(item.servings) if is_dish else item.measure
        own = _("you {amount}").format(amount=measured(own, item.item_id))
        said = said if item.shares else [own, *said]
    return ", ".join(said)


def day_figures(report: Report, day: Day) -> str:
    """Give the figures of a day in one line."""
    return figures_text(day, with_ratio=report.targets.ratio_mode != "off")


def figures_text(day: Day, *, with_ratio: bool = True, with_work: bool = True) -> str:
    """Give the figures of a day in one line, with its Ca:Mg and minutes of work or without."""
    parts = [
        _("Magnesium {amount}").format(amount=pools_text(day, MAGNESIUM)),
        _("calcium {amount}").format(amount=pools_text(day, CALCIUM)),
    ]
    parts += [f"Ca:Mg {amount_text(RATIO, day.ca_mg_ratio)}"] if with_ratio else []
    parts += [f"{amount_text('energy_kcal', day.totals['energy_kcal'])} kcal", price_text(day.cost)]
    return ", ".join([*parts, *([day_clock_text(day)] if with_work else [])])


def pools_text(day: Day, key: str) -> str:
    """Give the total of a day, and apart from it what is from food and from supplements."""
    total, pills = day.totals[key], day.supplement_totals.get(key)
    text = f"{amount_text(key, total)} {unit_word(key)}"
    if total is None or not pills:
        return text
    food, pills_text = amount_text(key, total - pills), amount_text(key, pills)
    pools = _("(food {food}, supplement {pills})").format(food=food, pills=pills_text)
    return f"{text} {pools}"


def is_cooked_food(item: Item, foods: FoodTable) -> bool:
    """Whether a single food is cooked from what is bought raw or dry."""
    return item.kind == "food" and foods[item.item_id].bought_as is not None


def item_amount(item: Item, foods: FoodTable, units: str) -> str:
    """Say how much of an item there is; metric kitchens measure single foods their own way."""
    if item.kind == "dish":
        return measured(servings_text(item.servings))
    if len(item.ingredients) != 1 or item.is_in_litres:
        return measured(item.measure, item.item_id)
    food_id, mass_g = item.ingredients[0]
    metric = units == _METRIC
    words = kitchen_amount(foods[food_id], mass_g, units) if metric else item.measure
    return measured(without_echo(words, item.name), food_id)


def _drink_name(name: str) -> str:
    """Name a drink within a sentence."""
    return name.lower() if is_english() else named(name)


def _item_lines(item: Item, entry: RecipeEntry, book: RecipeBook) -> list[Line]:
    """Give one thing of a meal: how much is eaten and by whom, and what is taken for it."""
    pot = pot_of(item, book.foods)
    mass = "" if item.is_supplement else mass_text(pot.mass_g)
    lines = _row(ITEM, entry.title, item_amount(pot, book.foods, book.units), mass)
    for text in (people_text(item, book.foods), entry.again, entry.at_once):
        lines += wrapped(text, indent=INSIDE) if text else []
    rows = entry.rows if item.kind == "dish" or is_cooked_food(item, book.foods) else ()
    return [*lines, *(line for row in rows for line in _row(INSIDE, *row))]


def _row(indent: str, name: str, amount: str, mass: str) -> list[Line]:
    """Give name, amount and mass in columns; a long name goes on in the next line."""
    amount_width = max(AMOUNT_WIDTH, len(amount))
    width = WIDTH - len(indent) - amount_width - MASS_WIDTH - 2
    tail = f"{amount:<{amount_width}} {mass:>{MASS_WIDTH}}".rstrip()
    first, *rest = wrapped_text(name, width)
    lines = [Line(f"{indent}{first:<{width}} {tail}")]
    return [*lines, *(Line(f"{indent}  {text}") for text in rest)]


def _recipe_lines(dish: Dish, entry: RecipeEntry) -> list[Line]:
    """Give the steps as they are cooked."""
    clock = clock_text(dish.active_minutes, dish.minutes)
    head = _("How to make it ({clock}):").format(clock=clock)
    hint = wrapped(entry.hint, indent=ITEM) if entry.hint else []
    return [*wrapped(head, indent=ITEM), *hint, *step_lines(entry.steps, ITEM)]


def step_lines(steps: Sequence[str], indent: str = "") -> list[Line]:
    """Give the steps of a recipe, numbered."""
    return [
        line
        for number, step in enumerate(steps, start=1)
        for line in wrapped(step, indent=indent, bullet=f"{number}. ")
    ]
