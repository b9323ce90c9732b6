"""Portions: what one person may be served of a dish or a food, in amounts a kitchen can measure.

Why here and not after solving: the masses of a portion are rounded to whole grams (tenths below
10 g) before the model sees them, so what is optimised, printed and checked is the same amount and
no rounding follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from foods.food import EATEN_OUT, Food, Measure
from foods.table import FoodTable
from planner.candidates.dish import Dish, Ingredient
from planner.meals.rules import Place
from planner.settings import read_settings

PORTIONS = "meals/portions.toml"
PIECE_OF_RECIPE = re.compile(r"(?:\bof |\()(\d+) g\b")  # "4 rolls of 60 g", "(70 g each)"
_COUNTED = re.compile(r"\d+ ([a-z][a-z -]*?)(?= of \d| \(|,|$)")  # 4 large rolls
_WEIGHED = re.compile(r"\d+(?:\.\d+)? g\b")  # and not counted: what stands for something else

FINE_BELOW_G = 10.0
LEAST_MASS_G = 0.1  # half a bay leaf is still a leaf
FRACTIONS = {0.25: "1/4", 0.33: "1/3", 0.5: "1/2", 0.67: "2/3", 0.75: "3/4"}
ONE_SERVING = 1.0
_NEAR = 0.02  # a third of a cup stands as 0.33
_DECIMALS = 6  # of a measure: what is put in grams is as many in it


@dataclass(frozen=True, slots=True)
class Portion:
    """An amount of one dish or food for one person.

    Parameters
    ----------
    servings
        Servings of a dish, or number of the food's measure.
    measure
        The amount in words: ``"1 1/2 servings"``, ``"1/2 cup"``.
    ingredients
        (food id, mass [g]) of everything in it, as printed.
    """

    servings: float
    measure: str
    ingredients: tuple[tuple[str, float], ...]

    @property
    def mass_g(self) -> float:
        """Mass of everything in the portion [g]."""
        return round(sum(mass for _, mass in self.ingredients), 1)


def dish_portions(dish: Dish, foods: FoodTable) -> tuple[Portion, ...]:
    """Return the portions in which ``dish`` may be served, ascending.

    What the dish lists itself; else, of the servings that its word stands for, one serving and
    those in which everything that is counted in pieces comes out in pieces.

    Source: ``configs/meals/portions.toml``.
    """
    if not isinstance(dish.portions, str):
        return tuple(dish_portion(dish, number) for number in dish.portions)
    offered, counted = read_settings(PORTIONS)["servings"][dish.portions], _counted(dish, foods)
    return tuple(
        dish_portion(dish, number)
        for number in offered
        if number == ONE_SERVING or not _odd(counted, number / dish.servings)
    )


def odd_pieces(dish: Dish, foods: FoodTable, servings: float) -> tuple[str, ...]:
    """Name the foods that are counted in pieces and come out as odd parts of one."""
    return _odd(_counted(dish, foods), servings / dish.servings)


def _counted(dish: Dish, foods: FoodTable) -> list[tuple[Ingredient, list[float]]]:
    """Return the lines that are counted in pieces, and the masses of their smallest parts [g]."""
    lines = ((line, _parts_g(line, foods[line.food_id])) for line in dish.ingredients)
    return [(line, parts_g) for line, parts_g in lines if parts_g]


def _odd(counted: Iterable[tuple[Ingredient, list[float]]], share: float) -> tuple[str, ...]:
    """Name the foods of which a share of a recipe has odd parts of a piece."""
    slack, odd = read_settings(PORTIONS)["count"]["slack"], []
    for line, parts_g in counted:
        steps = [share * line.mass_g / part_g for part_g in parts_g]
        if min(abs(n - max(round(n), 1)) / n for n in steps) > slack:
            odd.append(line.food_id)
    return tuple(odd)


def _parts_g(line: Ingredient, food: Food) -> list[float]:
    """Return the masses of the smallest part of a piece [g]; none for what is not counted."""
    step = _step(line, food)
    return [] if step is None else [step * piece_g for piece_g in _pieces_g(line, food)]


def _step(line: Ingredient, food: Food) -> float | None:
    """Return the smallest part of a piece of a food; ``None`` where it is not counted."""
    rules = read_settings(PORTIONS)
    meant = (
        float(rule["step"])
        for rule in rules["pieces"]
        if food.food_id in rule["foods"] or food.group in rule["groups"]
    )
    step = rules["count"]["whole_step"] if line.whole else next(meant, None)
    return None if _WEIGHED.match(line.measure) else step


def _pieces_g(line: Ingredient, food: Food) -> list[float]:
    own = [float(mass) for mass in PIECE_OF_RECIPE.findall(line.measure)]
    return own or [piece.mass_g for piece in _pieces(food)]


def _pieces(food: Food) -> list[Measure]:
    named = read_settings(PORTIONS)["count"]["measures"]
    return [measure for measure in food.measures if measure.name in named]


def instead_of(line: Ingredient, food: Food, instead: Food, factor: float) -> tuple[float, str]:
    """Return how much stands for a line: as many pieces [g], in words, or else so many grams.

    ``factor``: grams of ``instead`` for a gram of ``food``, by which the piece is chosen.
    """
    count = read_settings(PORTIONS)["count"]
    is_counted = None not in (_step(line, food), _step(line, instead))
    for piece_g in _pieces_g(line, food) if is_counted and _pieces(instead) else ():
        number = round(line.mass_g / piece_g)
        if number and abs(line.mass_g / piece_g - number) <= count["slack"] * number:
            like_g = factor * piece_g
            piece = min(_pieces(instead), key=lambda one: abs(one.mass_g - like_g))
            if max(piece.mass_g, like_g) > count["other_piece"] * min(piece.mass_g, like_g):
                number = max(1, round(number * like_g / piece.mass_g))  # 4 crackers, 2 rice cakes
            return number * piece.mass_g, _as_counted(line, number, piece)
    mass_g = line.mass_g * factor
    return mass_g, f"{mass_g:g} g"


def _as_counted(line: Ingredient, number: int, piece: Measure) -> str:
    """Format a number of pieces, in the recipe's own words if the measure is just a size."""
    said = _COUNTED.match(line.measure)
    if piece.name not in read_settings(PORTIONS)["count"]["sizes"] or not said:
        return in_words(number, piece.name)
    return f"{number} {said[1]} of {piece.mass_g:g} g"


def mass_per_food(dish: Dish) -> dict[str, float]:
    """Return the mass of each food in the whole recipe [g]; a food may stand on two lines."""
    merged: dict[str, float] = {}
    for line in dish.ingredients:
        merged[line.food_id] = merged.get(line.food_id, 0.0) + line.mass_g
    return merged


def dish_portion(dish: Dish, servings: float) -> Portion:
    """Return so many servings of a dish."""
    return Portion(
        servings,
        in_words(servings, "serving"),
        tuple(
            (food_id, kitchen_mass(mass * servings / dish.servings))
            for food_id, mass in mass_per_food(dish).items()
        ),
    )


def fits_alone(food: Food, place: Place) -> bool:
    """Whether a food may stand on a place by itself; one only put there, as a dish."""
    if food.is_only_put:
        kinds = read_settings(PORTIONS)["put_alone"]["kind"]
        return place.slot in food.serving.slots and kinds[place.slot] in place.dishes
    takes = place.takes(tuple(food.serving.slots))
    return (
        food.state == "eaten"
        and (place.slot in food.serving.slots or (food.base in place.bases and takes))
        and bool(food.roles & set(place.foods))
        and (not place.groups or food.group in place.groups)
        and (not place.bases or food.base in place.bases)
    )


def way_alone(food: Food) -> str:
    """Return the way a food is served as a main meal where it is put; empty for any other food."""
    rule = read_settings(PORTIONS)["put_alone"]
    served = rule["served_eaten_out" if food.group == EATEN_OUT else "served"]
    return str(served) if food.is_only_put else ""


def food_portion(food: Food, mass_g: float) -> Portion:
    """Return so much of ``food`` [g], in the measure that it is served by."""
    number = round(mass_g / food.serving.measure.mass_g, _DECIMALS)
    words = in_words(number, food.serving.measure.name)
    return Portion(number, words, ((food.food_id, kitchen_mass(mass_g)),))


def food_portions(food: Food) -> tuple[Portion, ...]:
    """Return the portions in which ``food`` may be served by itself; fruit that is counted whole.

    Source: ``configs/meals/portions.toml``.
    """
    serving, alone = food.serving, read_settings(PORTIONS)["alone"]
    amounts = tuple(serving.amounts())
    if food.group in alone["groups"] and serving.measure.name in alone["measures"]:
        amounts = tuple(amount for amount in amounts if amount.is_integer()) or amounts
    return tuple(
        Portion(
            amount,
            in_words(amount, serving.measure.name),
            ((food.food_id, kitchen_mass(amount * serving.measure.mass_g)),),
        )
        for amount in amounts
    )


def kitchen_mass(mass_g: float) -> float:
    """Round a mass to what is printed: whole grams, tenths below 10 g, a tenth at least."""
    if mass_g < FINE_BELOW_G:
        return max(round(mass_g, 1), LEAST_MASS_G)
    return float(round(mass_g))


def in_words(number: float, measure: str) -> str:
    """Write a number of a measure as a cook would: ``1 1/2 cups``."""
    return f"{number_in_words(number)} {plural(measure) if number > 1 + _NEAR else measure}"


def number_in_words(number: float) -> str:
    """Write a number as a cook would: ``1 1/2``."""
    whole, part = divmod(number, 1)
    fraction = next((text for value, text in FRACTIONS.items() if abs(part - value) < _NEAR), "")
    if part > _NEAR and not fraction:
        return f"{round(number, 2):g}"
    return " ".join(filter(None, (f"{whole:g}" if whole else "", fraction))) or "0"


def plural(measure: str) -> str:
    """Return the plural of a measure: ``"leaf"`` → ``"leaves"``, ``"tbsp"`` stays."""
    irregular = {"leaf": "leaves", "half": "halves", "loaf": "loaves", "patty": "patties"}
    unchanged = ("tbsp", "tsp", "oz", "g", "ml", "small", "medium", "large")
    if measure in unchanged:
        return measure
    if measure.endswith(("ch", "sh", "s", "x")):
        return f"{measure}es"
    return irregular.get(measure, f"{measure}s")


def put_id(own_id: str, portion: Portion) -> str:
    """Return the id of the candidate that is just so much of a thing."""
    return f"{own_id}.put_{round(portion.mass_g)}"
