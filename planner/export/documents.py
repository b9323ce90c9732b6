"""What documents are made from: a checked plan, for one eater or a table, and its layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.check.judge import CheckResult
from planner.check.table import TableCheck
from planner.explain.absorption import AbsorptionView, absorb_view
from planner.explain.report import Report
from planner.explain.table_report import TableReport
from planner.export.recipe_text import RecipeBook, recipe_book
from planner.kitchen.batch import BatchPlan
from planner.kitchen.errand import ShoppingList
from planner.kitchen.evenings import boxed_days, child_boxes
from planner.kitchen.leftovers import asked_uses
from planner.kitchen.shopping import batch_asked, list_asked
from planner.plan.plan import Plan
from planner.plan.shares import own_plan
from planner.request.days import slow_meals
from planner.request.equipment import equipment_in
from planner.request.request import NAMELESS, PlanRequest
from planner.targets.derive import TargetSet, targets_of
from planner.targets.eaters import eater_requests

Verdict = TypeVar("Verdict")
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class PageLayout:
    """What is asked for of documents.

    Parameters
    ----------
    documents
        Names of the documents on paper, of ``configs/documents/documents.toml``; empty: all.
    paper
        Name of the paper there; ``None``: the usual one for the plan's units.
    trips
        How often one goes shopping; ``None``: as of ``Errand``.
    name
        What a person calls the week; it stands before each title.
    """

    documents: tuple[str, ...] = ()
    paper: str | None = None
    trips: int | None = None
    name: str = ""

    def titled(self, title: str) -> str:
        """Return a title with the name before it, where there is one."""
        return f"{self.name}: {title}" if self.name else title


@dataclass(frozen=True)
class _Checked(Generic[Verdict, Told]):
    """Everything that a document about a checked plan is made from.

    Parameters
    ----------
    plan, request, check, foods
        The plan, what was asked for, its check, and the food table.
    dishes
        The recipes at hand; a dish of the plan that is not among them is shown without its steps,
        and that is said.
    layout
        What is asked for of the document.
    made_at
        When the plan was made or changed last, ISO 8601 with its zone; empty: as it is written.
    report
        The report behind it; ``None`` where only the plan is at hand.
    """

    plan: Plan
    request: PlanRequest
    check: Verdict
    foods: FoodTable
    dishes: tuple[Dish, ...]
    layout: PageLayout = PageLayout()
    made_at: str = ""
    report: Told | None = field(default=None, compare=False)


class WeekDocument(_Checked[CheckResult, Report]):
    """What a document about one eater's checked plan, or the common table, is made from."""

    @cached_property
    def batch(self) -> BatchPlan:
        """What the plan cooks double."""
        if self.report is not None and self.report.batch is not None:
            return self.report.batch
        return batch_asked(self.plan, self.request, self.dishes, self.foods)

    @cached_property
    def shopping(self) -> ShoppingList:
        """The shopping list, for the trips of the layout."""
        trips = self.layout.trips
        return list_asked(self.plan, self.request, self.foods, self.dishes, self.batch, trips)

    @cached_property
    def absorption(self) -> AbsorptionView:
        """What of magnesium and calcium may be absorbed."""
        return absorb_view(self.plan, self.foods)

    @cached_property
    def targets(self) -> TargetSet:
        """What the plan is held to."""
        return self.report.targets if self.report is not None else targets_of(self.request)

    @property
    def shows_ratio(self) -> bool:
        """Whether calcium to magnesium is told of this eater."""
        return self.targets.shows_ratio

    @cached_property
    def book(self) -> RecipeBook:
        """What its recipes are written from."""
        return self.book_with(self.batch)

    def book_with(self, batch: BatchPlan | None) -> RecipeBook:
        """Return what its recipes are written from, with what is cooked double, if anything."""
        asked, recipes = self.request, (self.plan, self.foods, self.request.units, self.dishes)
        absent = frozenset().union(*map(equipment_in, asked.preferences.names_left_out))
        notes, boxed = asked.week.notes, boxed_days(asked)
        slow = slow_meals(asked.week)
        uses = [use for _, use in asked_uses(asked, self.foods, self.dishes)]
        boxes = child_boxes(self.plan, {dish.dish_id: dish for dish in self.dishes}, asked)
        book, begun = (*recipes, batch, self.shopping), asked.week.begun
        return recipe_book(*book, boxed, notes, absent, slow, uses, boxes, begun)


class TableDocument(_Checked[TableCheck, TableReport]):
    """What a document about a table's checked plan is made from; each eater has a verdict."""

    @classmethod
    def of(cls, report: TableReport) -> TableDocument:
        """Return a report with a plan as what its documents are made from."""
        assert report.plan is not None
        checks = {name: own.check for name, own in report.reports.items() if own.check}
        return cls(
            report.plan, report.request, TableCheck(checks, ()), report.foods, report.dishes,
            report=report,
        )  # fmt: skip

    @cached_property
    def table(self) -> WeekDocument:
        """The common table as a document."""
        alone = self.report.alone if self.report is not None else None
        return self._with(self.plan, self.request, self.check.as_one(), alone)

    @cached_property
    def eaters(self) -> Mapping[str, WeekDocument]:
        """Each eater's own plan as a document, by name; the only one has none."""
        if self.report is not None and self.report.alone is None:
            return {
                name: self._with(own.plan, own.request, own.check, own)
                for name, own in self.report.reports.items()
                if own.plan is not None and own.check is not None
            }
        return {
            name: self.table if name == NAMELESS else self._with(
                own_plan(self.plan, name), asked, self.check.eaters[name], None
            )
            for name, asked in eater_requests(self.request).items()
        }  # fmt: skip

    def named(self) -> Iterator[tuple[str, WeekDocument]]:
        """Return (name, own document) of each eater."""
        return iter(self.eaters.items())

    def _with(
        self, plan: Plan, request: PlanRequest, check: CheckResult, report: Report | None
    ) -> WeekDocument:
        return WeekDocument(
            plan, request, check, self.foods, self.dishes, self.layout, self.made_at, report
        )
