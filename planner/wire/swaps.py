"""A ranked list of replacements, with their effect on the day and the week."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from planner.plan.diff import DayFigures
from planner.request.request import NAMELESS
from planner.wire.base import ABSENT, Date, Figure, Many, OfEater, Wire

if TYPE_CHECKING:
    from planner.candidates.candidate import Column
    from planner.explain.replacements import (
        Replacement,
        Replacements,
        TableReplacement,
        TableReplacements,
    )


class FoundItem(Wire):
    """What stands there now."""

    item_id: str = Field(alias="id")
    name: str


class FoundPortion(FoundItem):
    """What stands there now, and how much of it."""

    servings: Figure
    measure: str


class Offered(Wire):
    """What is served, and how much of it."""

    source_id: str = Field(alias="id")
    name: str
    servings: Figure
    measure: str

    @classmethod
    def of_column(cls, column: Column) -> Offered:
        """Build it from what a plan chooses from."""
        return cls.of(column.serving.portion, column.candidate)


class WrittenSides(Wire):
    """What changes beside a main dish that is replaced."""

    day: int
    slot: str
    gone: Many[Offered]
    come: Many[Offered]


class _Rank(Wire):
    rank: int


class _Effect(Wire):
    is_leftover: bool = Field(alias="leftover")
    second_meals: Many[int]
    beside: Many[WrittenSides]
    points: Figure
    day_after: DayFigures
    change: DayFigures
    cost_after: Figure
    cost_change: Figure
    checkout_usd: Annotated[Figure | None, ABSENT] = Field(alias="checkout", default=None)


class WrittenOffer(_Effect, Offered, _Rank):
    """One replacement, with its effect."""

    @classmethod
    def of_offer(cls, found: Replacements, one: Replacement, **more: Any) -> Any:
        """Build it from one replacement; ``second_meals`` are days whose second meals change."""
        first, *seconds = one.swap.days
        candidate = one.column.candidate
        return cls.of(
            one,
            one.column.serving.portion,
            candidate,
            candidate.traits,
            second_meals=[found.day + second - first for second in seconds],
            beside=[
                WrittenSides.of(
                    beside,
                    gone=[Offered.of_column(column) for column in beside.gone],
                    come=[Offered.of_column(column) for column in beside.come],
                )
                for beside in one.beside
            ],
            points=one.swap.points,
            change=_change(found.day_before, one.day_after),
            cost_change=one.cost_after - found.cost_before,
            **more,
        )


def _change(before: DayFigures, after: DayFigures) -> DayFigures:
    old, new = asdict(before), asdict(after)
    less = {key: None if None in (old[key], new[key]) else new[key] - old[key] for key in old}
    return DayFigures(**less)  # type: ignore[arg-type]  # a cost is never None


class _FoundPlace(Wire):
    day: int
    date: Date | None
    slot: str


class SwapAnswer(_FoundPlace):
    """What ``magplan swap`` answers of a plan for one."""

    item: FoundPortion
    day_before: DayFigures
    cost_before: Figure
    considered: int
    options: Many[WrittenOffer]


class _Whose(Wire):
    eater: str


class EaterOffer(WrittenOffer, _Whose):
    """One replacement, with its effect on one eater."""


class EaterBefore(OfEater):
    """What one eater has now."""

    servings: Figure
    measure: str
    day_before: DayFigures
    cost_before: Figure
    considered: int


class TableOffer(Wire):
    """One replacement for all who share the dish."""

    rank: int
    source_id: str = Field(alias="id")
    name: str
    is_leftover: bool = Field(alias="leftover")
    points: Figure
    cost_change: Figure
    cost_after: Figure
    eaters: Many[EaterOffer]


class TableSwapAnswer(_FoundPlace):
    """What ``magplan swap`` answers of a table of several eaters."""

    item: FoundItem
    cost_before: Figure
    eaters: Many[EaterBefore]
    options: Many[TableOffer]


def swap_answer(found: TableReplacements) -> SwapAnswer | TableSwapAnswer:
    """Return all replacements as they are written."""
    if NAMELESS in found.eaters:
        own = found.eaters[NAMELESS]
        offers = [WrittenOffer.of_offer(own, offer) for offer in own.offers]
        return SwapAnswer.of(own, date=own.dates.get(own.day), options=offers)
    return TableSwapAnswer.of(
        found,
        date=found.dates.get(found.day),
        eaters=[EaterBefore.of(own, own.item, name=name) for name, own in found.eaters.items()],
        options=[_offer(found, offer) for offer in found.offers],
    )


def _offer(found: TableReplacements, one: TableReplacement) -> TableOffer:
    candidate = one.first.column.candidate
    change = sum(own.cost_after - found.eaters[name].cost_before for name, own in one.each.items())
    return TableOffer.of(
        one,
        candidate,
        candidate.traits,
        cost_change=change,
        cost_after=found.cost_before + change,
        eaters=[
            EaterOffer.of_offer(found.eaters[name], own, eater=name)
            for name, own in one.each.items()
        ],
    )
