"""Why a plan is as it is: prices of bounds, what things bring, what wishes cost, and why not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from planner.model.keys import RULES
from planner.wire.base import By, Figure, Many, OfEater, Sorted, Wire
from planner.wire.kitchen import WrittenTill

if TYPE_CHECKING:
    from planner.explain.account import Account, BoundPrice, RuleRoom


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _priced(price: BoundPrice) -> WrittenPrice:
    key = price.key
    return WrittenPrice.of(price, key, row=key.name, basis=key.basis or "total", hard=not key.soft)


def _roomy(room: RuleRoom) -> WrittenRoom:
    return WrittenRoom.of(room, sentence=room.sentence or RULES[room.rule].sentence)


Found = Annotated[Figure | None, BeforeValidator(_finite)]
"""A figure; null where it is unknown or no number."""


class WrittenTally(Wire):
    """What a week, or a mix of average days, comes to; or the difference of two.

    Parameters
    ----------
    points, terms
        Points of the week, and the same by term of the objective.
    cost_usd, energy_kcal, minutes
        Usual price [USD], energy and work with hands on food [min], means a day.
    """

    points: Found
    terms: By[Found]
    cost_usd: Found
    energy_kcal: Found
    minutes: Found


class WrittenQuote(Wire):
    """What a mix has more where a bound is moved by a step.

    Parameters
    ----------
    steady
        Which of its figures are no rounding.
    """

    more: WrittenTally
    steady: Sorted[str]


class WrittenPrice(Wire):
    """What a bound costs.

    Parameters
    ----------
    bound, in_mix, in_plan
        Where the bound, the best mix and the plan stand.
    shadow
        Points of the week that one unit of the bound costs; 0 for one with room.
    step, tighter, looser
        How far it was moved, and what that changes.
    """

    row: str
    rule: str
    subject: str
    basis: str
    side: str
    preferred: bool
    hard: bool
    bound: Found
    in_mix: Found
    in_plan: Found
    shadow: Found
    step: Found
    tighter: WrittenQuote | None
    looser: WrittenQuote | None


class WrittenRoom(Wire):
    """How much room a rule leaves.

    Parameters
    ----------
    rows, tight
        Its rows that must hold, and those of them at whose limit the plan stands.
    """

    rule: str
    rows: int
    tight: int
    is_priced: bool
    points: Found
    sentence: str
    is_slack: bool = Field(alias="slack")


class BringsMost(Wire):
    """What brings most of a nutrient."""

    food_id: str
    name: str
    amount: Found
    share: Found


class WrittenStandin(Wire):
    """What could stand in the place of a thing, and what the week has more with it.

    Parameters
    ----------
    rules
        Rule that can be kept more or less → points more.
    """

    source_id: str
    name: str
    measure: str
    change: WrittenTally
    rules: By[Found]


class WrittenReason(Wire):
    """What a thing on the table brings, and why it is there.

    Parameters
    ----------
    holds
        Sentences about rules that would not hold without it.
    instead
        The best that could stand there.
    is_looked_at
        Whether replacements were looked for.
    liked, meals
        Likes that it is of, and the days that have it of this one cooking.
    """

    day: int
    slot: str
    source_id: str
    name: str
    measure: str
    amounts: By[Found]
    energy_kcal: Found
    cost_usd: Found
    points: By[Found]
    holds: Many[str]
    instead: WrittenStandin | None
    is_looked_at: bool
    liked: Many[str]
    meals: Many[int]


class WrittenWishCost(Wire):
    """What a wish costs everything else, in the best mix and in the plan."""

    flag: str
    more: WrittenTally | None
    in_plan: Found


class WrittenWeekAccount(Wire):
    """What holds a week, or a day, of one eater."""

    first_day: int
    days: int
    plan: WrittenTally
    mix: WrittenTally | None
    prices: Many[Annotated[WrittenPrice, BeforeValidator(_priced)]]
    rooms: Many[Annotated[WrittenRoom, BeforeValidator(_roomy)]]


class WrittenAccount(OfEater):
    """The account of one eater."""

    sources: By[Many[BringsMost]]
    means: By[Found]
    items: Many[WrittenReason]
    weeks: Many[WrittenWeekAccount]
    day: WrittenWeekAccount | None
    wishes: Many[WrittenWishCost]


class WrittenWhyNot(Wire):
    """Why something is not in a plan.

    Parameters
    ----------
    reduced, parts
        Points a serving costs at the prices of the best mix, and what that is made of.
    change
        What the week has more with it in its best place.
    """

    eater: str
    name: str
    kind: str
    sentences: Many[str]
    reduced: Found
    parts: By[Found]
    change: WrittenTally | None


class ExplainAnswer(Wire):
    """What ``magplan explain`` answers of a plan."""

    schema_id: Literal["magplan/explain/1"] = Field(default="magplan/explain/1", alias="schema")
    days: Many[int]
    eaters: Many[WrittenAccount]
    why_not: Many[WrittenWhyNot]
    till: WrittenTill

    @classmethod
    def of_account(cls, account: Account) -> ExplainAnswer:
        """Build it from the account of a plan."""
        return cls.of(
            account,
            eaters=[WrittenAccount.of(own, name=name) for name, own in account.eaters.items()],
            why_not=[
                WrittenWhyNot.of(one, eater=name)
                for name, answers in account.why_not.items()
                for one in answers
            ],
            till=account.shopping,
        )


class WrittenWorth(Wire):
    """What one weight was worth.

    Parameters
    ----------
    value
        What it was; null for points that no weight turns.
    points, share
        Points of the plan that it brought, and their share of all points.
    """

    weight: str
    value: Figure | None
    points: Figure
    share: Figure
    counts: str


class WorthAnswer(Wire):
    """What ``magplan request worth`` answers."""

    weights: Many[WrittenWorth]
