"""One day in print: meals, what is on the plate, and what goes into each dish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foods.table import FoodTable
from planner.candidates.dish import Dish, read_embedded_dishes
from planner.explain.days import facts_sentence
from planner.explain.report import Report
from planner.export.figures import amount_text, mass_text, price_text
from planner.export.opened import hint_texts
from planner.export.page import BLANK, HEADING, WIDTH, Line, wrapped, wrapped_text
from planner.export.who import day_title
from planner.kitchen.measures import kitchen_amount
from planner.kitchen.openings import PackageHint
from planner.kitchen.second_meals import serving_text
from planner.meals.drinks import drink_beside_own, drinks_at
from planner.plan.guests import amount_in_words, pot_of
from planner.plan.plan import Day, Item, Meal
from planner.request.profile import Profile
from planner.request.request import NAMELESS, PlanRequest
from planner.request.shares import RATIO
from planner.targets.eaters import eater_requests
from planner.targets.words import unit_word

AMOUNT_WIDTH, MASS_WIDTH = 15, 8
INSIDE = "      "
ITEM = "  "
TO_DRINK = "To drink: "
MAGNESIUM, CALCIUM = "magnesium_mg", "calcium_mg"
_METRIC = "metric"


def day_lines(
    report: Report, day: Day, hints: Sequence[PackageHint] = (), *, with_steps: bool = False
) -> list[Line]:
    """Give a day with what is to be known of opened packages, each dish with its steps or not."""
    head = [Line(day_title(day), HEADING), *wrapped(day_figures(report, day))]
    head += [*wrapped(facts_sentence(day)), *hint_lines(hints, day)]
    recipes = {dish.dish_id: dish for dish in report.dishes}
    return [*head, *meals_lines(day, report.foods, report.request, recipes, with_steps=with_steps)]


def hint_lines(hints: Sequence[PackageHint], day: Day) -> list[Line]:
    """Say what is to be known of opened packages on a day."""
    return [line for text in hint_texts(hints, day) for line in wrapped(text)]


def meals_lines(
    day: Day,
    foods: FoodTable,
    request: PlanRequest,
    recipes: Mapping[str, Dish],
    *,
    with_steps: bool,
) -> list[Line]:
    """Give the meals of a day; of what several eat, everything that is cooked, then who has what.

    Parameters
    ----------
    day, foods
        The day, and the food table.
    request
        Who eats, in which units.
    recipes
        Dish id → dish, those at hand.
    with_steps
        Whether each dish is followed by its steps.
    """
    lines: list[Line] = []
    for meal in day.meals:
        lines += [BLANK, Line(f"{meal.slot.capitalize()}{_minutes(meal)}")]
        for item in meal.items:
            pot = pot_of(item, foods)
            lines += _item_lines(pot, foods, request.units)
            people = people_text(item, foods)
            lines += wrapped(people, indent=INSIDE) if people else []
            again = serving_text(item, recipes)
            lines += wrapped(again, indent=INSIDE) if again else []
            if with_steps and item.item_id in recipes and item.leftover_of is None:
                lines += _recipe_lines(recipes[item.item_id], pot)
        lines += wrapped(f"{TO_DRINK}{drink_text(meal, request)}", indent=ITEM)
    return lines


def drink_text(meal: Meal, request: PlanRequest) -> str:
    """Say what is drunk with a meal by those who eat it: ``"coffee or tea"``, ``"2 cups of …"``."""
    names = {share.eater for item in meal.items for share in item.shares}
    people: list[Profile] = []
    own: dict[str, list[str]] = {}
    for name, one in eater_requests(request).items():
        cups = [
            f"{item.measure} of {item.name.lower()}"
            for item in meal.items
            if item.is_cup and (name == NAMELESS or item.shares[0].eater == name)
        ]
        if name not in (*names, NAMELESS):
            continue
        if any(one.preferences.drinks.values()):
            text = " and ".join(cups) or drink_beside_own(meal.slot)
            own.setdefault(text, []).append(name)
        else:
            people.append(one.profile)
    return drinks_at(meal.slot, people, own)


def people_text(item: Item, foods: FoodTable) -> str:
    """Say who has how much of an item: ``"Anna 1 serving, Mia 1/2 serving, 2 guests …"``."""
    said = [f"{share.eater} {share.measure}" for share in item.shares]
    if item.guests is not None:
        count = item.guests.count
        amount = amount_in_words(item, item.guests.servings, foods)
        said.append(f"{count} guest{'s' * (count > 1)} {amount}")
        said = said if item.shares else [f"you {item.measure}", *said]
    return ", ".join(said)


def day_figures(report: Report, day: Day) -> str:
    """Give the figures of a day in one line."""
    totals = day.totals
    parts = [f"Magnesium {pools_text(day, MAGNESIUM)}", f"calcium {pools_text(day, CALCIUM)}"]
    if report.targets.ratio_mode != "off":
        parts.append(f"Ca:Mg {amount_text(RATIO, day.ca_mg_ratio)}")
    energy = f"{amount_text('energy_kcal', totals['energy_kcal'])} kcal"
    work = f"{day.active_minutes} minutes of work"
    return ", ".join([*parts, energy, price_text(day.cost), work])


def pools_text(day: Day, key: str) -> str:
    """Give the total of a day, and apart from it what is from food and from supplements."""
    total, pills = day.totals[key], day.supplement_totals.get(key)
    text = f"{amount_text(key, total)} {unit_word(key)}"
    if total is None or not pills:
        return text
    food, pills_text = amount_text(key, total - pills), amount_text(key, pills)
    return f"{text} (food {food}, supplement {pills_text})"


def item_title(item: Item) -> str:
    """Name an item; a second meal says when it was cooked."""
    if item.leftover_of is None:
        return item.name
    return f"{item.name}, made on day {item.leftover_of} and kept cold"


def item_amount(item: Item, foods: FoodTable, units: str) -> str:
    """Say how much of an item there is; metric kitchens measure single foods their own way."""
    if item.kind == "dish" or len(item.ingredients) != 1 or item.is_in_litres:
        return item.measure
    food_id, mass_g = item.ingredients[0]
    metric = units == _METRIC
    words = kitchen_amount(foods[food_id], mass_g, units) if metric else item.measure
    return without_echo(words, item.name)


def without_echo(amount: str, name: str) -> str:
    """Drop a measure that the name says already: ``1/2`` of a whole-wheat pita."""
    number, _, measure = amount.rpartition(" ")
    singular = measure.removesuffix("s")
    return number if number and singular in name.lower().split() else amount


def ingredient_rows(item: Item, foods: FoodTable, units: str) -> list[tuple[str, str, str]]:
    """Give (name, household amount, grams) of everything in a dish, in the recipe's order."""
    return [
        (food.name, without_echo(kitchen_amount(food, mass_g, units), food.name), mass_text(mass_g))
        for food, mass_g in ((foods[food_id], mass_g) for food_id, mass_g in item.ingredients)
    ]


def _minutes(meal: Meal) -> str:
    if not meal.minutes:
        return ""
    at_work = f", {meal.active_minutes} at work" if meal.active_minutes != meal.minutes else ""
    return f", {meal.minutes} minutes{at_work}"


def _item_lines(item: Item, foods: FoodTable, units: str) -> list[Line]:
    mass = "" if item.is_supplement else mass_text(item.mass_g)
    head = _row(ITEM, item_title(item), item_amount(item, foods, units), mass)
    if item.kind != "dish" or item.leftover_of is not None:
        return head
    rows = ingredient_rows(item, foods, units)
    return [*head, *(line for row in rows for line in _row(INSIDE, *row))]


def _row(indent: str, name: str, amount: str, mass: str) -> list[Line]:
    """Give name, amount and mass in columns; a long name goes on in the next line."""
    amount_width = max(AMOUNT_WIDTH, len(amount))
    width = WIDTH - len(indent) - amount_width - MASS_WIDTH - 2
    tail = f"{amount:<{amount_width}} {mass:>{MASS_WIDTH}}".rstrip()
    first, *rest = wrapped_text(name, width)
    lines = [Line(f"{indent}{first:<{width}} {tail}")]
    return [*lines, *(Line(f"{indent}  {text}") for text in rest)]


def _recipe_lines(dish: Dish, item: Item) -> list[Line]:
    """Give the steps; their amounts are for the whole recipe, and that is said."""
    is_own = dish not in read_embedded_dishes()
    lines = wrapped(
        f"How to make it ({dish.minutes} minutes, {dish.active_minutes} of them at work; the "
        f"amounts in the steps are for {dish.servings} servings, {_eaten_text(item)}; "
        f"whole recipe: magplan dishes show {dish.dish_id}{' --dishes DIR' * is_own}):",
        indent=ITEM,
    )
    return [*lines, *step_lines(dish.steps, ITEM)]


def _eaten_text(item: Item) -> str:
    is_alone = not item.shares and item.guests is None
    return f"you {'eat' if is_alone else 'cook'} {item.servings:g}"


def step_lines(steps: Sequence[str], indent: str = "") -> list[Line]:
    """Give the steps of a recipe, numbered."""
    return [
        line
        for number, step in enumerate(steps, start=1)
        for line in wrapped(step, indent=indent, bullet=f"{number}. ")
    ]
