"""The account of a plan: what holds it, what each thing is there for, and why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.explain.report import Source
from planner.kitchen.errand import ShoppingList

TALLIED = ("cost_usd", "energy_kcal", "minutes")
"""What a tally has beside points, by the names of its fields."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a week comes to, or the difference of two.

    Parameters
    ----------
    points, terms
        Points of the week, and the same by term of the objective.
    cost_usd, energy_kcal, minutes
        Usual price of what is eaten [USD], energy and work with hands on food [min], means a day.
    """

    points: float
    terms: Mapping[str, float]
    cost_usd: float
    energy_kcal: float
    minutes: float

    def less(self, other: Tally) -> Tally:
        """Return what is more than in another."""
        names = dict.fromkeys([*self.terms, *other.terms])
        return Tally(
            self.points - other.points,
            {name: self.terms.get(name, 0.0) - other.terms.get(name, 0.0) for name in names},
            self.cost_usd - other.cost_usd,
            self.energy_kcal - other.energy_kcal,
            self.minutes - other.minutes,
        )


@dataclass(frozen=True, slots=True)
class RuleRoom:
    """A rule at whose bound a week stands, or that costs it points.

    Parameters
    ----------
    rule
        Kind of its rows.
    rows, tight
        How many they are, and those that must hold and at whose bound the plan stands.
    points
        Points that the plan pays where they are only preferred.
    sentence
        What it asks.
    """

    rule: str
    rows: int
    tight: int
    points: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Standin:
    """What could stand in the place of a thing, every rule of the week kept.

    Parameters
    ----------
    source_id, name, measure
        What it is.
    change
        What the week has more with it.
    """

    source_id: str
    name: str
    measure: str
    change: Tally


@dataclass(frozen=True, slots=True)
class ItemReason:
    """What a thing on the table brings, and why it is there.

    Parameters
    ----------
    day, slot, source_id, name, measure
        Where it stands, and what it is.
    amounts
        Nutrient → amount; ``None`` where it is unknown.
    energy_kcal, cost_usd
        Energy, and usual price [USD].
    points
        Term → points of its own.
    holds
        Sentences about rules that would not hold without it.
    instead
        The best that could stand there; ``None`` where nothing can, or none was asked for.
    is_looked_at
        Whether replacements were looked for.
    liked
        What it is of that somebody likes, as it was asked for.
    meals
        Days of the plan that have it of this one cooking.
    """

    day: int
    slot: str
    source_id: str
    name: str
    measure: str
    amounts: Mapping[str, float | None]
    energy_kcal: float | None
    cost_usd: float
    points: Mapping[str, float]
    holds: tuple[str, ...] = ()
    instead: Standin | None = None
    is_looked_at: bool = False
    liked: tuple[str, ...] = ()
    meals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekAccount:
    """What holds a week of one eater.

    Parameters
    ----------
    first_day, days
        First day of the plan, from 1, and how many; one for a single day.
    plan
        What the week comes to.
    rooms
        The rules at whose bound it stands, and those that cost it points.
    """

    first_day: int
    days: int
    plan: Tally
    rooms: tuple[RuleRoom, ...]


@dataclass(frozen=True, slots=True)
class EaterAccount:
    """The account of one eater.

    Parameters
    ----------
    sources
        Nutrient → what brings most of it.
    means
        Nutrient → mean a day.
    items
        What each thing brings.
    weeks
        What holds each week.
    day
        What holds the day that was asked for; ``None`` without one.
    """

    sources: Mapping[str, tuple[Source, ...]]
    means: Mapping[str, float | None]
    items: tuple[ItemReason, ...]
    weeks: tuple[WeekAccount, ...]
    day: WeekAccount | None = None


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why something is not in a plan.

    Parameters
    ----------
    name
        As it was asked.
    kind
        ``"planned"``, ``"left_out"``, ``"no_place"``, ``"rules"``, ``"dearer"`` or ``"better"``.
    sentences
        The reasons, the nearest first.
    change
        What the week has more with it in its best place; ``None`` where it may stand in none.
    """

    name: str
    kind: str
    sentences: tuple[str, ...]
    change: Tally | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """The account of a plan.

    Parameters
    ----------
    days
        Days of the plan that it is about.
    eaters
        Name → that eater's account.
    why_not
        Name of an eater → answers for that eater.
    shopping
        The list of the whole plan, with what is paid at checkout.
    slot
        The one meal that is asked of; empty: all.
    """

    days: tuple[int, ...]
    eaters: Mapping[str, EaterAccount]
    why_not: Mapping[str, tuple[WhyNot, ...]]
    shopping: ShoppingList
    slot: str = ""
