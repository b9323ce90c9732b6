"""Why a plan is as it is: what holds it, what things bring, and why not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from planner.wire.base import By, Figure, Many, OfEater, Wire
from planner.wire.kitchen import WrittenTill

if TYPE_CHECKING:
    from planner.explain.account import Account


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


Found = Annotated[Figure | None, BeforeValidator(_finite)]
"""A figure; null where it is unknown or no number."""


class WrittenTally(Wire):
    """What a week comes to, or the difference of two.

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


class WrittenRoom(Wire):
    """A rule at whose bound a week stands, or that costs it points.

    Parameters
    ----------
    rows, tight
        How many rows it is, and those that must hold and at whose bound the plan stands.
    """

    rule: str
    rows: int
    tight: int
    points: Found
    sentence: str


class BringsMost(Wire):
    """What brings most of a nutrient."""

    food_id: str
    name: str
    amount: Found
    share: Found


class WrittenStandin(Wire):
    """What could stand in the place of a thing, and what the week has more with it."""

    source_id: str
    name: str
    measure: str
    change: WrittenTally


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


class WrittenWeekAccount(Wire):
    """What holds a week, or a day, of one eater."""

    first_day: int
    days: int
    plan: WrittenTally
    rooms: Many[WrittenRoom]


class WrittenAccount(OfEater):
    """The account of one eater."""

    sources: By[Many[BringsMost]]
    means: By[Found]
    items: Many[WrittenReason]
    weeks: Many[WrittenWeekAccount]
    day: WrittenWeekAccount | None


class WrittenWhyNot(Wire):
    """Why something is not in a plan.

    Parameters
    ----------
    change
        What the week has more with it in its best place.
    """

    eater: str
    name: str
    kind: str
    sentences: Many[str]
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
                WrittenWhyNot.of(answer, eater=name)
                for name, answers in account.why_not.items()
                for answer in answers
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
