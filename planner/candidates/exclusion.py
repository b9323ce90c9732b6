"""What rules foods and dishes out by a word: a flag or origin, or a tag of dishes."""

from __future__ import annotations

from dataclasses import dataclass

from foods.food import Food


@dataclass(frozen=True, slots=True)
class FoodExclusion:
    """A flag or origin of foods, or a tag of dishes, that rules them out.

    Parameters
    ----------
    words
        Flags, origins or bases of the catalogue, or tags of dishes; for safety a base is meant in
        what contains it, too.
    reason
        Why, in a sentence.
    code
        Kind of reason, as in ``LeftOut.code``.
    unless
        Dishes that it does not rule out.
    unless_base
        Base of foods that it does not rule out; blank for none.
    only
        Dishes and foods that it may rule out; ``None`` for all.
    """

    words: frozenset[str]
    reason: str
    code: str
    unless: frozenset[str] = frozenset()
    only: frozenset[str] | None = None
    unless_base: str = ""

    def is_about(self, own_id: str) -> bool:
        """Whether it may rule out the dish or food with this id."""
        return own_id not in self.unless and (self.only is None or own_id in self.only)

    def covers(self, food: Food) -> bool:
        """Whether it rules a food out by itself."""
        if self.unless_base == food.base:
            return False
        held = food.contains if self.code == "safety" else frozenset[str]()
        return bool(self.words & (food.flags | food.origin | held | {food.base}))
