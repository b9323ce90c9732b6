"""What differs between two plans, or between two requests, and what a wish moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field

from planner.plan.diff import DayFigures, PlanDifference, TableDifference
from planner.request.request import NAMELESS
from planner.wire.base import ABSENT, Date, Figure, Many, OfEater, Record, Wire
from planner.wire.plan_file import PlanFile
from planner.wire.plans import RefusedPlan, RefusedTable

if TYPE_CHECKING:
    from planner.explain.replacements import WishMove
    from planner.request.edit import Wish

Points = Mapping[str, float | None]


class BothFigures(Record):
    """Figures of a day before and after; null where a plan lacks it."""

    before: DayFigures | None
    after: DayFigures | None


class BothAmounts(Record):
    """A figure before and after; null where it is not known."""

    before: Figure | None
    after: Figure | None


class ChangedItem(Wire):
    """What stands in a meal, before or after."""

    item_id: str = Field(alias="id")
    name: str
    servings: Figure
    measure: str
    leftover_of: Annotated[bool, BeforeValidator(lambda day: day is not None)] = Field(
        alias="leftover"
    )


class ItemChange(Wire):
    """One thing that differs."""

    day: int
    slot: str
    action: str
    before: ChangedItem | None = Field(alias="from")
    after: ChangedItem | None = Field(alias="to")


class DayChange(Wire):
    """What a day brings before and after."""

    day: int
    date: Date | None
    before: DayFigures | None
    after: DayFigures | None


class PlanChange(Wire):
    """What differs in a plan as a whole."""

    changes: Many[ItemChange]
    days: Many[DayChange]
    mean: BothFigures
    cost: BothAmounts
    objective: BothAmounts

    @classmethod
    def between(
        cls, difference: PlanDifference, before: float | None, after: float | None, **more: Any
    ) -> Any:
        """Build it from what differs, and the points of both plans."""
        days = [
            DayChange(day=day, date=difference.dates.get(day), before=old, after=new)
            for day, old, new in difference.days
        ]
        return cls.of(
            difference,
            days=days,
            mean=(difference.before, difference.after),
            cost=(difference.cost_before, difference.cost_after),
            objective=(before, after),
            **more,
        )


class EaterChange(PlanChange, OfEater):
    """What differs in the plan of one eater of several."""


class TableChange(PlanChange):
    """What differs on a table; who has a name stands in ``eaters``.

    Parameters
    ----------
    eaters_new, eaters_gone
        Who is in one of the plans alone.
    """

    eaters_new: Annotated[Many[str] | None, ABSENT] = None
    eaters_gone: Annotated[Many[str] | None, ABSENT] = None
    eaters: Annotated[Many[EaterChange] | None, ABSENT] = None

    @classmethod
    def of_table(
        cls, difference: TableDifference, before: Points, after: Points, **more: Any
    ) -> Any:
        """Build it from what differs; the points of all are those of who is in both plans."""
        old, new = ([points.get(name) for name in difference.eaters] for points in (before, after))
        sums = [None if None in own else sum(figure or 0.0 for figure in own) for own in (old, new)]
        if NAMELESS not in difference.eaters:
            own = difference.eaters.items()
            more |= {
                "eaters_new": difference.come,
                "eaters_gone": difference.gone,
                "eaters": [
                    EaterChange.between(one, before.get(name), after.get(name), name=name)
                    for name, one in own
                ],
            }
        return cls.between(difference.table, *sums, **more)


class _People(Wire):
    other_people: Many[str]
    vegetables: BothAmounts
    dinners_differ: int


class DiffAnswer(TableChange, _People):
    """What ``magplan diff`` answers of two plans.

    Parameters
    ----------
    other_people
        Where the plans are of other people, in words.
    vegetables
        How many different ones each plan has.
    dinners_differ
        On how many days the main dish of the dinner is another.
    """


class EditAnswer(Wire):
    """What ``magplan swap --apply`` and ``magplan replan`` answer: the changed plan."""

    plan: PlanFile | RefusedPlan | RefusedTable
    difference: TableChange


class WrittenWish(Wire):
    """A wish in which two requests differ: what each says, null where it says nothing."""

    name: str = Field(alias="wish")
    table: str
    key: str
    before: Any
    after: Any


class MovedWish(Wire):
    """What one wish moves alone; null for all of them together.

    Parameters
    ----------
    changes
        How many things change; null where there is no plan, for the reason that is given.
    """

    wish: str | None
    changes: int | None
    mean: BothFigures | None
    objective: BothAmounts
    reason: str


class RequestDiffAnswer(Wire):
    """What ``magplan diff`` answers of two requests."""

    wishes: Many[WrittenWish]
    moved: Many[MovedWish]

    @classmethod
    def of_wishes(cls, wishes: Sequence[Wish], moves: Sequence[WishMove]) -> RequestDiffAnswer:
        """Build it from what differs, and what each wish moves."""
        return cls.of(wishes=wishes, moved=[_moved(move) for move in moves])


def _moved(move: WishMove) -> MovedWish:
    whole = None if move.difference is None else move.difference.table
    return MovedWish.of(
        move,
        wish=move.wish and move.wish.name,
        changes=None if whole is None else len(whole.changes),
        mean=whole and (whole.before, whole.after),
        objective=(move.points_before, move.points_after),
    )
