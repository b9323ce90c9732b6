"""One food of the catalogue: what a planner needs to know, and its content per 100 g."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

EATEN_OUT = "eaten_out"  # the group of meals eaten elsewhere: nothing of them is bought
OWN = "own"  # the release of figures that a person says
UNKNOWN = "unknown"  # among allergens, origins and flags: nobody says them


@dataclass(frozen=True, slots=True)
class Measure:
    """A household measure of a food.

    Parameters
    ----------
    name
        Such as ``"cup"`` or ``"slice"``.
    mass_g
        Mass of one of it [g].
    """

    name: str
    mass_g: float


@dataclass(frozen=True, slots=True)
class UsualServing:
    """How much of a food one person is served at a meal, when it is served by itself.

    Parameters
    ----------
    measure
        The measure it is counted in.
    least, step, most
        Number of that measure per person and meal.
    most_per_week
        Times per week at most.
    slots
        Meals at which it may be served by itself; empty for ingredients.
    """

    measure: Measure
    least: float
    step: float
    most: float
    most_per_week: int
    slots: frozenset[str]

    def amounts(self) -> tuple[float, ...]:
        """Numbers of the measure that may be served, ascending."""
        count = round((self.most - self.least) / self.step) + 1
        return tuple(self.least + self.step * index for index in range(count))


@dataclass(frozen=True, slots=True)
class Food:
    """One row of the catalogue.

    Parameters
    ----------
    food_id, name
        Stable id and plain name.
    base
        The thing itself, whatever its state: ``spinach`` for raw and cooked spinach.
    group, aisle
        Food group and aisle of the shop.
    roles
        What it does on a plate: ``starch, protein, vegetable, fruit, milk, dairy, nut_seed, fat,
        condiment, spread, drink, dessert, seasoning``.
    state
        ``raw`` (to be cooked), ``eaten`` (as listed), ``dry`` or ``ingredient``.
    bought_as, bought_g_per_100g
        The food one buys for it, and how much of that for 100 g of this [g].
    price_usd_per_100g
        Usual price [USD per 100 g of this food as eaten].
    price_source
        Whose that price is, and of when.
    allergens, origin, flags
        Words of ``catalogue.csv``; ``origin`` holds every origin of what is in it.
    contains
        Bases or ids of foods, and plain ingredients, that usual products of this kind hold.
    popularity
        1 everybody, 2 many, 3 few.
    release, source_id, fdc_id, ndb_no
        Where the figures come from.
    overlay
        Nutrient key → ``"release:id"`` for each figure that comes from elsewhere; ``own:RULE``
        marks our own estimate.
    per_100g
        Nutrient key → content [the key's unit per 100 g edible]; ``None`` where unknown.
    """

    food_id: str
    name: str
    base: str
    group: str
    aisle: str
    roles: frozenset[str]
    state: str
    bought_as: str | None
    bought_g_per_100g: float
    measures: tuple[Measure, ...]
    serving: UsualServing
    price_usd_per_100g: float | None
    allergens: frozenset[str]
    origin: frozenset[str]
    flags: frozenset[str]
    popularity: int
    release: str
    source_id: str
    fdc_id: str
    ndb_no: str
    overlay: Mapping[str, str]
    per_100g: Mapping[str, float | None]
    contains: frozenset[str] = frozenset()
    price_source: str = ""

    @property
    def sold_g_per_100g(self) -> float:
        """Mass as it is sold itself, with peel, bones and shells, for 100 g of it [g].

        What the catalogue makes of another food has none of these: canned beans are sold as eaten.
        """
        return 100.0 if self.bought_as else self.bought_g_per_100g

    @property
    def is_kept(self) -> bool:
        """Whether a person keeps it: nobody says its flags."""
        return UNKNOWN in self.flags

    @property
    def is_only_put(self) -> bool:
        """Whether it is served only where somebody puts it: one's own, or else only looked up."""
        return self.is_kept or not self.serving.most_per_week

    @property
    def is_corrected(self) -> bool:
        """Whether it is one of ours with figures of a person's own."""
        return self.release == OWN and not self.is_kept

    def is_estimated(self, nutrient: str) -> bool:
        """Whether the figure is our own estimate rather than a release's."""
        return self.overlay.get(nutrient, "").startswith("own:")
