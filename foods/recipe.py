r"""The recipe engine: raw ingredients and what cooking does to them → content per 100 g cooked.

Cooking changes a recipe in two ways that the engine keeps apart. Of each nutrient of each
ingredient a share is *kept* (retention), less where cooking water is drained than where it is
used. And the whole loses or takes up *moisture*, once for the recipe; other nutrients stay in a
smaller or larger mass. With masses :math:`w_i` [g], contents :math:`x_i` [per 100 g], shares kept
:math:`r_i` [%] and the moisture change :math:`m` [% of the mass that goes in],

.. math:: x = \frac{\sum_i w_i x_i r_i / 100}{\sum_i w_i \, (1 + m / 100)}

as in the recipes of FNDDS. Water itself follows the moisture: what evaporates leaves the water.

- Water that is drained is no ingredient; the retention factors of the method stand for it. Water
  that is used is an ingredient, or a positive moisture change, with the factors for "water used".
- Oil that food takes up while it fries is an ingredient with the mass that stays.

Use either the figures of a cooked food or raw figures with retention and moisture, never both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from foods.errors import FoodDataError
from foods.said import said

WATER = "water_g"
WHOLE_PCT = 100.0

Content = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class RecipePart:
    """One ingredient on its way into the pot.

    Parameters
    ----------
    per_100g
        Nutrient → content [its unit per 100 g, as it goes in]; ``None`` where unknown.
    mass_g
        Mass that goes in [g].
    kept_pct
        Nutrient → share that cooking leaves [%]; a nutrient that is not named is kept whole.

    Raises
    ------
    FoodDataError
        When the mass or a share is below 0.
    """

    per_100g: Content
    mass_g: float
    kept_pct: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.mass_g >= 0:
            raise FoodDataError(
                said("a mass of {mass:g} g", mass=self.mass_g), "recipe", "give 0 g or more"
            )
        for nutrient, kept in self.kept_pct.items():
            if not kept >= 0:
                raise FoodDataError(
                    said("{nutrient}: {kept:g} % kept", nutrient=nutrient, kept=kept),
                    "recipe",
                    "give 0 % or more",
                )

    def amount(self, nutrient: str) -> float | None:
        """Return the amount that is left after cooking [the nutrient's unit]."""
        content = self.per_100g.get(nutrient)
        if content is None:
            return None if self.mass_g else 0.0
        return self.mass_g * content * self.kept_pct.get(nutrient, WHOLE_PCT) / WHOLE_PCT / 100


def compute_recipe(parts: Iterable[RecipePart], moisture_change_pct: float = 0.0) -> Content:
    """Return the content of a cooked recipe.

    Parameters
    ----------
    parts
        What goes in.
    moisture_change_pct
        Mass lost (below 0) or taken up as water [% of the mass that goes in].

    Returns
    -------
    Mapping
        Nutrient → content [its unit per 100 g cooked]; ``None`` where an ingredient's is unknown.

    Raises
    ------
    FoodDataError
        When nothing goes in, or nothing is left.
    """
    parts = tuple(parts)
    cooked_g = cooked_mass_g(parts, moisture_change_pct)
    gained_g = cooked_g - sum(part.mass_g for part in parts)
    content: dict[str, float | None] = {}
    for nutrient in _nutrients(parts):
        amounts = [part.amount(nutrient) for part in parts]
        known = [amount for amount in amounts if amount is not None]
        total = sum(known) + (gained_g if nutrient == WATER else 0.0)
        complete = len(known) == len(amounts)
        content[nutrient] = max(total, 0.0) * 100 / cooked_g if complete else None
    return content


def cooked_mass_g(parts: Iterable[RecipePart], moisture_change_pct: float = 0.0) -> float:
    """Return the mass of the cooked recipe [g].

    Raises
    ------
    FoodDataError
        When nothing goes in, or nothing is left.
    """
    mass_g = sum(part.mass_g for part in parts)
    cooked_g = mass_g * (1 + moisture_change_pct / 100)
    if not mass_g > 0:
        raise FoodDataError("nothing goes into the recipe", "recipe")
    if not cooked_g > 0:
        raise FoodDataError(
            said("a moisture change of {change:g} % leaves nothing", change=moisture_change_pct),
            "recipe",
            "give it in percent of the mass that goes in, above -100",
        )
    return cooked_g


def _nutrients(parts: Iterable[RecipePart]) -> list[str]:
    """Name every nutrient of any part once, in the order in which they come."""
    return list(dict.fromkeys(nutrient for part in parts for nutrient in part.per_100g))
