"""A candidate: a dish or food left after diet, allergens and exclusions, in its portions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from foods.food import Food
from planner.candidates.servings import Portion, way_alone
from planner.meals.served import bread_family, starch_families

Vector = npt.NDArray[np.float64]
SCALED = ("breakfast", "main")  # who eats more has more of these, and another thing of the rest


@dataclass(frozen=True, slots=True)
class Traits:
    """What a dish or food is, as far as the rules of meals ask.

    Parameters
    ----------
    kind
        Kind of a dish; ``"food"`` for foods; ``taken``, ``supplement``, ``drunk`` or ``cup`` for
        what stands beside the meals.
    protein, starch
        Families; ``"none"`` where it brings none.
    kitchens
        Kitchens of ``rules.toml`` that it belongs to; empty where it goes with everything.
    minutes, active_minutes
        Time from start to table, and with hands on it [min].
    grade
        Taste of a dish, 1 best to 4, or popularity of a food, 1 best to 3.
    is_dish
        Whether it is one, no single food.
    is_leftover
        Whether it is a second meal of a dish cooked before.
    is_frozen
        Whether it is one of a pot of an earlier week of the plan, from the freezer.
    keeps_days
        Days that a dish keeps in the refrigerator.
    fresh_minutes
        Time with hands on it that a kept portion asks for when it is eaten [min].
    tags
        Words about a dish, as in its file.
    is_kept
        Whether it is cooked once and eaten while it keeps, on whatever places it stands.
    served
        How a main dish is served, a way of ``configs/meals/served.toml``; as what a side or a
        bread stands beside one: its role, or the family of its starch.
    is_put
        Whether it is just as much of a thing as somebody puts on a meal, and stands there alone.
    """

    kind: str
    protein: str = "none"
    starch: str = "none"
    kitchens: frozenset[str] = frozenset()
    minutes: int = 0
    active_minutes: int = 0
    grade: float = 1.0
    is_dish: bool = False
    is_leftover: bool = False
    is_frozen: bool = False
    keeps_days: int = 0
    tags: frozenset[str] = frozenset()
    is_kept: bool = False
    served: str = ""
    fresh_minutes: int = 0
    is_put: bool = False


@dataclass(frozen=True, slots=True)
class Serving:
    """One portion of a candidate with its numbers.

    Parameters
    ----------
    portion
        The amount.
    amounts
        Content per nutrient, in the order of ``CandidateSet.nutrients``; parts without a figure
        add nothing, and ``unknown_g`` says how much that is.
    unknown_g
        Mass without a figure per nutrient [g], drinking water apart.
    food_g
        Mass [g], drinking water apart.
    cost_usd
        Usual price [USD].
    vegetables_g, fruit_g, dried_fruit_g, nuts_g
        Mass of non-starchy vegetables, whole fruit, dried fruit, nuts and seeds [g].
    greens_g, greens_calcium_mg
        Mass [g] and calcium [mg] of oxalate-rich greens.
    brazil_nuts
        Number of Brazil nuts.
    bases_g, groups_g
        Base → mass [g] of the foods in it, and the same of food groups.
    """

    portion: Portion
    amounts: Vector
    unknown_g: Vector
    food_g: float
    cost_usd: float
    vegetables_g: float = 0.0
    fruit_g: float = 0.0
    dried_fruit_g: float = 0.0
    nuts_g: float = 0.0
    greens_g: float = 0.0
    greens_calcium_mg: float = 0.0
    brazil_nuts: float = 0.0
    bases_g: dict[str, float] = field(default_factory=dict)
    groups_g: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A dish or food that may be planned.

    Parameters
    ----------
    candidate_id
        Id among the candidates.
    source_id, name
        Id of the dish or food, and its name.
    places
        Places of the pattern on which it may stand.
    traits
        What it is.
    servings
        Its portions with their numbers, ascending.
    """

    candidate_id: str
    source_id: str
    name: str
    places: tuple[str, ...]
    traits: Traits
    servings: tuple[Serving, ...]


class Column:
    """One choice: a portion of a candidate on a place of the table."""

    __slots__ = ("candidate", "index", "name", "place", "serving", "slot")

    def __init__(self, index: int, place: str, candidate: Candidate, serving: Serving) -> None:
        self.index, self.place, self.candidate, self.serving = index, place, candidate, serving
        self.slot = place.split(".")[0]
        steps = f"{round(serving.portion.servings * 100)}"
        self.name = f"{place}.{candidate.candidate_id}.{steps}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A dish or food that is no candidate, and why.

    Parameters
    ----------
    candidate_id, name
        Id of the dish or food, and its name.
    reason
        Why it is left out, in a sentence.
    code
        Kind of reason: ``diet, allergen, wish, safety, minutes, unknown, portion, place``
        or ``alone``.
    """

    candidate_id: str
    name: str
    reason: str
    code: str

    @property
    def told(self) -> str:
        """State that it is left out, and why: ``"left out: not in a vegan diet"``."""
        if self.reason.startswith("left out"):
            return self.reason
        return f"left out: {self.reason}"


@dataclass(frozen=True, slots=True)
class CandidateSet:
    """All candidates of a request, sorted by id, and what was left out.

    Parameters
    ----------
    candidates
        Candidates, sorted by id.
    left_out
        The others, each with its reason.
    nutrients
        Nutrient keys, the order of every ``Serving.amounts``.
    """

    candidates: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]
    nutrients: tuple[str, ...]

    def frozen(self) -> tuple[str, ...]:
        """Name the dishes of which a portion of an earlier week may come from the freezer."""
        return tuple(one.source_id for one in self.candidates if one.traits.is_frozen)

    def count_sources(self) -> int:
        """Count dishes and foods, each once however it may be served; pills are neither."""
        return len({one.source_id for one in self.candidates if one.servings[0].bases_g})


@dataclass(frozen=True, slots=True)
class FoodExclusion:
    """A flag or origin of foods, or a tag of dishes, that rules them out.

    Parameters
    ----------
    words
        Flags, origins or bases of the catalogue, or tags of dishes; for safety a base is meant in
        what contains it, too, and the id of a food by itself.
    reason
        Why, in a sentence.
    code
        Kind of reason, as in ``LeftOut.code``.
    unless
        Dishes that it does not rule out.
    unless_base
        Base of foods that it does not rule out; blank for none.
    served
        Ids of dishes, and of foods served by themselves, that it rules out beside these.
    only
        Dishes and foods that it may rule out; ``None`` for all.
    is_for_all
        Whether it is a rule of safety that names nobody who is to be protected.
    """

    words: frozenset[str]
    reason: str
    code: str
    unless: frozenset[str] = frozenset()
    only: frozenset[str] | None = None
    unless_base: str = ""
    served: frozenset[str] = frozenset()
    is_for_all: bool = False

    def is_about(self, own_id: str) -> bool:
        """Whether it may rule out the dish or food with this id."""
        return own_id not in self.unless and (self.only is None or own_id in self.only)

    def covers(self, food: Food) -> bool:
        """Whether it rules a food out by itself."""
        if self.unless_base == food.base:
            return False
        held = food.contains | {food.food_id} if self.code == "safety" else frozenset[str]()
        return bool(self.words & (food.flags | food.origin | held | {food.base}))


def food_traits(food: Food, rules: Mapping[str, Mapping[str, Any]]) -> Traits:
    """Return what a single food is, as far as the rules of meals ask."""
    work, starch = rules["starch_work"], "none"
    if "starch" in food.roles:
        starch = "bread" if food.group == "bread" else starch_families().get(food.base, food.base)
    minutes = work["minutes"].get(food.base, 0) if starch != "none" else 0
    return Traits(
        kind="food",
        starch=starch,
        kitchens=frozenset(rules["foods_of_kitchens"].get(food.base, ())),
        minutes=minutes,
        active_minutes=work["active"].get(food.base, work["usual_active"]) if minutes else 0,
        grade=food.popularity,
        served=way_alone(food) or (bread_family(food.base) if food.group == "bread" else ""),
    )
