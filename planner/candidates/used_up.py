"""A food that somebody has and wants used up: how much of it a portion takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from foods.food import Food

EATEN, AND = "eaten", " + "


@dataclass(frozen=True, slots=True)
class UsedUp:
    """A food that is to be used up.

    Parameters
    ----------
    name
        As a person wrote it.
    per_g
        Food id → mass as it is bought, for one gram as it is eaten [g/g].
    mass_g
        How much of it, as bought [g].
    kinds
        Ids of the foods as they are bought of which it may be.
    own_ways
        (dish id, food id) → mass as it is bought for a gram where a recipe says how: from a can, or
        none of it, for red lentils [g/g].
    is_stock
        Whether nobody named it: it is in the pantry, which is eaten first.
    days
        Days of the plan on which it is good; ``None``: all.
    freeze_by
        Day by which what is not eaten yet is frozen; ``None``: nothing needs to be.
    per_said_g
        Mass as bought for one gram as a person wrote it: below 1 for what is cooked already [g/g].
    is_frozen
        Whether it is in the freezer, to be thawed the day before.
    anew
        Ids of the dishes that cook it in their own pot, and so take none that is cooked already.
    cooked_from
        Of what is cooked already, id of the food as it is bought → its mass for one gram cooked, by
        the own yield of that food [g/g].
    """

    name: str
    per_g: Mapping[str, float]
    mass_g: float
    kinds: frozenset[str] = frozenset()
    own_ways: Mapping[tuple[str, str], float] = field(default_factory=dict)
    is_stock: bool = False
    days: int | None = None
    freeze_by: int | None = None
    per_said_g: float = 1.0
    is_frozen: bool = False
    anew: frozenset[str] = frozenset()
    cooked_from: Mapping[str, float] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Its names as a person wrote them: several where two wishes are for the same food."""
        return tuple(self.name.split(AND))

    @property
    def is_leftover(self) -> bool:
        """Whether it is cooked already, and to be eaten within some days."""
        return self.days is not None and not self.is_stock

    def held_g(self, kind: Food) -> float:
        """Return how much of a food as a shop sells it stands for what is there [g].

        Of what is cooked already as much as a recipe takes of it for as much cooked.
        """
        if not self.is_leftover:
            return self.mass_g
        usual = 1.0 if kind.state == EATEN else self.per_said_g
        return self.mass_g / self.per_said_g * self.cooked_from.get(kind.food_id, usual)

    def taken_by(self, item_id: str, ingredients: Iterable[tuple[str, float]]) -> float:
        """Return how much of it a dish or food takes, as bought [g], of (food id, mass [g])."""
        return sum(
            mass_g * self.own_ways.get((item_id, food_id), self.per_g.get(food_id, 0.0))
            for food_id, mass_g in ingredients
        )
