"""Rules and row names: what model, search, conflicts and explanations share.

A rule is a row of ``configs/meals/rules.csv``, with everything that any room asks of it; whoever
adds one has to say all of it, and ``tests/planner/model`` its golden rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field

from planner.settings import read_rows

Term = Literal["soft_targets", "taste", "variety", "waste", "effort"]
Standing = Literal["plate", "meal", "habit", "asked"]
Mark = Literal["many", "offered", "implicit", "nutrient", "band"]

PLATE: Standing = "plate"  # what a table is: never in question where rules collide
MEAL: Standing = "meal"  # what a meal is: in question only where nothing else is in the way
ASKED: Standing = "asked"  # what somebody asked for, or is held to: named rather than habits
MANY: Mark = "many"  # broken in many rows at once: said once
OFFERED: Mark = "offered"  # a change of it is offered where it is in the way
IMPLICIT: Mark = "implicit"  # kept by how a week is searched; read off the model in no row
NUTRIENT: Mark = "nutrient"  # a band of a nutrient
BAND: Mark = "band"  # a band of a share or a ratio


class Rule(BaseModel, frozen=True):
    """A rule of the model, as its row of ``configs/meals/rules.csv`` says it.

    Parameters
    ----------
    sentence
        What it asks, in the reader's words.
    term
        Term of the objective that its priced rows count to.
    standing
        How it is looked at where rules collide; a habit is what a good plan is like.
    marks
        What else holds for it.
    """

    sentence: Annotated[str, Field(min_length=1)]
    term: Term
    standing: Standing
    marks: Annotated[frozenset[Mark], BeforeValidator(lambda cell: (cell or "").split())]

    @property
    def is_band(self) -> bool:
        """Whether it holds a nutrient, a share of energy or a ratio in a band."""
        return bool(self.marks & {NUTRIENT, BAND})


RULES: Mapping[str, Rule] = MappingProxyType(
    {row["rule"]: Rule.model_validate(row) for row in read_rows("meals/rules.csv")}
)


def rules_standing(*standings: Standing) -> tuple[str, ...]:
    """Name the rules of these standings."""
    return tuple(name for name, rule in RULES.items() if rule.standing in standings)


@dataclass(frozen=True, slots=True)
class RowKey:
    """Name of a row: the rule, what it is about, and which side.

    Parameters
    ----------
    rule
        One of ``RULES``.
    subject
        Nutrient, meal, food or dish that the row is about.
    basis, preferred
        Of a band: on what it counts where that is not the total, and whether it is the narrower
        one that is only preferred.
    place, number
        Of a row on one place, such as ``"dinner.main"``; and which wish, or which eater, counted
        from 1.
    side
        ``"min"``, ``"max"`` or empty.
    day
        Day counted from 1 in a model with days of their own; 0 in the aggregated week.
    soft
        Whether the row prices a shortfall instead of forbidding it.
    """

    rule: str
    subject: str = ""
    side: str = ""
    day: int = 0
    soft: bool = False
    basis: str = ""
    preferred: bool = False
    place: str = ""
    number: int = 0

    @property
    def about(self) -> tuple[str, ...]:
        """What the row is about, part by part."""
        number, preferred = str(self.number or ""), "preferred" if self.preferred else ""
        parts = (self.place, number, self.subject, self.basis, preferred)
        return tuple(filter(None, parts))

    @property
    def name(self) -> str:
        """The name in the problem, of ``[a-z0-9_.]`` only: PuLP rewrites other characters."""
        parts = [self.rule, *self.about, self.side, "soft" if self.soft else ""]
        return ".".join(filter(None, [*parts, f"d{self.day}" if self.day else ""]))
