"""What is the cheapest basket that covers a day's magnesium, and what does the last mg cost?

Run it with: python examples/03_basket.py

The classical diet problem with made-up prices and round figures; ``magplan basket`` solves the
same from two CSV files.
"""

from dataclasses import replace

import numpy as np

from planner import BasketFood, BasketTable, NutrientBand, basket_as_text, solve_basket

# Per portion: magnesium [mg], calcium [mg], energy [kcal].
FOODS = {
    "oats": (0.25, [70, 20, 190]),
    "yoghurt": (0.60, [30, 300, 110]),
    "lentils": (0.40, [70, 40, 230]),
    "pumpkin seeds": (0.55, [160, 15, 160]),
    "kale": (0.50, [30, 180, 35]),
    "bread": (0.30, [45, 60, 160]),
}
MOST_PORTIONS = 4


def main() -> None:
    table = BasketTable(
        foods=tuple(BasketFood(name, cost, 0, MOST_PORTIONS) for name, (cost, _) in FOODS.items()),
        nutrients=("magnesium", "calcium", "energy"),
        content=np.array([content for _, content in FOODS.values()], dtype=float),
        bands=(
            NutrientBand("magnesium", 600),
            NutrientBand("calcium", 1200),
            NutrientBand("energy", 1800, 2100),
        ),
    )
    print(basket_as_text(table, solve_basket(table)))

    print("\nAnd with no more than 1200 kcal, where each food is eaten at most twice?\n")
    foods = tuple(replace(food, most=2) for food in table.foods)
    bands = (*table.bands[:2], NutrientBand("energy", None, 1200))
    small = replace(table, foods=foods, bands=bands)
    print(basket_as_text(small, solve_basket(small)))


if __name__ == "__main__":
    main()
