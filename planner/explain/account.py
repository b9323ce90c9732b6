"""The account of a plan: what rules and wishes cost, what each thing is there for, and why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.explain.report import Source
from planner.kitchen.errand import ShoppingList
from planner.model.keys import RowKey

TALLIED = ("cost_usd", "energy_kcal", "minutes")
"""What a tally has beside points, by the names of its fields."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a week, or a mix of average days, comes to; or the difference of two.

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
            {one: self.terms.get(one, 0.0) - other.terms.get(one, 0.0) for one in names},
            self.cost_usd - other.cost_usd,
            self.energy_kcal - other.energy_kcal,
            self.minutes - other.minutes,
        )


@dataclass(frozen=True, slots=True)
class Quote:
    """What a mix has more where a bound is moved by a step, found by solving again.

    Parameters
    ----------
    more
        What it has more; less is below 0.
    steady
        Which of ``cost_usd, energy_kcal, minutes`` are no rounding, and have the same sign at half
        the step: only these are told.
    """

    more: Tally
    steady: frozenset[str]


@dataclass(frozen=True, slots=True)
class BoundPrice:
    """What a bound costs in a mix of average days, or in one day with its dishes as they stand.

    Parameters
    ----------
    key
        The bound: rule, nutrient, side and basis; without a day.
    bound
        Where it stands, a day [the nutrient's unit]; of a budget or a frequency for the week.
    in_mix, in_plan
        Where the mix and the plan stand on it, the plan on the day that is nearest to it; ``None``
        where that is not known.
    shadow
        Points of the week that one unit of the bound costs; 0 for one with room.
    step
        How far it was moved, from where the mix stands [the bound's unit].
    tighter, looser
        What that changes; ``None`` where no mix keeps all rules, or a bound with room is loosened.
    """

    key: RowKey
    bound: float
    in_mix: float | None
    in_plan: float | None
    shadow: float
    step: float
    tighter: Quote | None = None
    looser: Quote | None = None


@dataclass(frozen=True, slots=True)
class RuleRoom:
    """How much room a rule leaves.

    Parameters
    ----------
    rule
        One of ``RULES``.
    rows, tight
        Its rows that must hold, and those of them at whose limit the plan stands.
    is_priced
        Whether one of its rows costs the best mix anything.
    points
        Points that the plan pays where it is priced.
    sentence
        What it asks, in a rhythm; empty where the rule itself says it.
    """

    rule: str
    rows: int
    tight: int
    is_priced: bool
    points: float
    sentence: str = ""

    @property
    def is_slack(self) -> bool:
        """Whether it neither holds the plan, nor costs it or the best mix anything."""
        return not self.tight and not self.is_priced and not self.points


@dataclass(frozen=True, slots=True)
class Standin:
    """What could stand in the place of a thing, every rule of the week kept.

    Parameters
    ----------
    source_id, name, measure
        What it is.
    change
        What the week has more with it.
    rules
        Rule that can be kept more or less → points more; columns of their own are not among them.
    """

    source_id: str
    name: str
    measure: str
    change: Tally
    rules: Mapping[str, float] = field(default_factory=dict)


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
class WishCost:
    """What a wish costs everything else, in the best mix.

    Parameters
    ----------
    flag
        The flag that asks for it.
    more
        What the best mix has more with it than without; points are those of everything else.
        ``None`` where there is no mix without it.
    in_plan
        Points that the plan pays where it goes against the wish.
    """

    flag: str
    more: Tally | None
    in_plan: float = 0.0


@dataclass(frozen=True, slots=True)
class WeekAccount:
    """What holds a week of one eater.

    Parameters
    ----------
    first_day, days
        First day of the plan, from 1, and how many; one for the prices of a single day.
    plan, mix
        What the week comes to as planned, and what the best mix of average days does.
    prices
        Bounds that cost something, the dearest first, then those that were asked for.
    rooms
        Every rule that the model has.
    """

    first_day: int
    days: int
    plan: Tally
    mix: Tally | None
    prices: tuple[BoundPrice, ...]
    rooms: tuple[RuleRoom, ...] = ()

    @property
    def is_in_roles(self) -> bool:
        """Whether it is a week of roles, which has no average days."""
        return any(one.sentence for one in self.rooms)


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
        What holds the day that was asked for, with its dishes as they stand; ``None`` without one.
    wishes
        What each wish costs.
    """

    sources: Mapping[str, tuple[Source, ...]]
    means: Mapping[str, float | None]
    items: tuple[ItemReason, ...]
    weeks: tuple[WeekAccount, ...]
    day: WeekAccount | None = None
    wishes: tuple[WishCost, ...] = ()


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
    reduced
        Points a serving costs at the prices of the best mix; ``None`` where it is no candidate.
    parts
        What that is made of: term or rule → points.
    change
        What the week has more with it in its best place; ``None`` where it may stand in none.
    """

    name: str
    kind: str
    sentences: tuple[str, ...]
    reduced: float | None = None
    parts: Mapping[str, float] = field(default_factory=dict)
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
