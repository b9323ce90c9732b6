"""One eater of a table, and guests of a meal, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.request.diets import OMNIVORE, find_diet
from planner.request.override import TargetOverride
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.safety.intake import SupplementIntake

SHARED_SLOTS = ("dinner",)


WHOLE = 1.0  # servings of a guest


@dataclass(frozen=True, slots=True)
class Eater:
    """One of several people at a table.

    Parameters
    ----------
    name
        What the eater is called; told apart without regard to case.
    profile
        Who eats.
    preferences
        What this eater wants beside what holds for all.
    slots
        Meals whose main dish this eater takes from the common pot.
    supplements
        What this eater takes already.
    allow_supplements
        Whether a supplement may be added for this eater.
    assumed
        Fields of the body that nobody gave.
    overrides
        Bounds set by hand for this eater, which take the place of those of all.
    habits
        Figures of ``[habits]`` for this eater, which take the place of those of all.
    days
        Days on which this eater is at the table, as a person wrote them: ``"fri-sun"``; empty: all.
    count
        How many the eater stands for: the others have the same, which is cooked and bought, too.
    """

    name: str
    profile: Profile = field(default_factory=Profile)
    preferences: Preferences = field(default_factory=Preferences)
    slots: tuple[str, ...] = SHARED_SLOTS
    supplements: tuple[SupplementIntake, ...] = ()
    allow_supplements: bool = False
    assumed: tuple[str, ...] = ()
    overrides: tuple[TargetOverride, ...] = ()
    habits: Mapping[str, int] = field(default_factory=dict)
    days: tuple[str, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class Guests:
    """Guests at one meal: each gets a standard serving of its dishes, or so much of one.

    Parameters
    ----------
    day, slot
        Day from 1, and meal.
    count
        How many.
    diet, without
        What they eat, and names that may not occur in what they are served.
    servings
        Standard servings of each: half of one for small children.
    """

    day: int
    slot: str
    count: int
    diet: str = OMNIVORE
    without: tuple[str, ...] = ()
    servings: float = WHOLE

    @property
    def leaves_out(self) -> tuple[str, ...]:
        """Name all that they leave out: names, and what their diet leaves out by name."""
        return (*self.without, *find_diet(self.diet).without)
