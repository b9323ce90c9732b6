"""Foods and dishes by id, and which meals and days are which, for what is counted in weeks."""

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes

FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
MAINS = ("lunch", "dinner")
WEEKEND = (6, 7)
