"""Foods that people know and that no plan has: who leaves out venison need not be asked again."""

from __future__ import annotations

from foods.embedded import read_embedded_foods, read_lookup_foods
from foods.name_reader import core_words, food_reader
from foods.recipe_line import read_words


def is_in_no_dish(name: str) -> bool:
    """Whether a name is surely that of one food to look up, such as venison, and of none in plans.

    It holds nothing else but sugar and the like, and no word of its name is in that of a food that
    dishes may have.
    """
    foods, others = read_embedded_foods(), read_lookup_foods()
    known = [others[one] for one in food_reader(others).spelled(name)]
    bases, beside = {food.base for food in foods}, set(read_words()["elsewhere"]["beside"])
    words = {word for food in foods for word in core_words(food.name)}
    is_apart = all(one.base not in bases and one.contains <= beside for one in known)
    return bool(known) and is_apart and words.isdisjoint(core_words(name))
