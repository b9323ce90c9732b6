"""What documents are made from: a checked plan, for one eater or a table, and its layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.check.judge import CheckResult
from planner.check.table import TableCheck
from planner.export.recipe_text import RecipeBook, recipe_book
from planner.kitchen.batch import BatchPlan, plan_batch
from planner.kitchen.errand import ShoppingList
from planner.kitchen.shopping import list_asked
from planner.plan.plan import Plan
from planner.plan.shares import own_plan
from planner.request.request import PlanRequest
from planner.targets.eaters import eater_requests


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
        How often one goes shopping.
    """

    documents: tuple[str, ...] = ()
    paper: str | None = None
    trips: int = 1


@dataclass(frozen=True)
class WeekDocument:
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
    """

    plan: Plan
    request: PlanRequest
    check: CheckResult
    foods: FoodTable
    dishes: tuple[Dish, ...]
    layout: PageLayout = PageLayout()
    made_at: str = ""

    @cached_property
    def batch(self) -> BatchPlan:
        """What the plan cooks double."""
        return plan_batch(self.plan, self.dishes, self.request.preferences.budget_per_week)

    @cached_property
    def shopping(self) -> ShoppingList:
        """The shopping list, for the trips of the layout."""
        trips = self.layout.trips
        return list_asked(self.plan, self.request, self.foods, self.dishes, self.batch, trips)


@dataclass(frozen=True)
class TableDocument:
    """Everything that a document about a table's checked plan is made from.

    Parameters
    ----------
    plan, request, check, foods, dishes, layout, made_at
        As of ``WeekDocument``; the check is the verdict on each eater.
    """

    plan: Plan
    request: PlanRequest
    check: TableCheck
    foods: FoodTable
    dishes: tuple[Dish, ...]
    layout: PageLayout = PageLayout()
    made_at: str = ""

    @cached_property
    def table(self) -> WeekDocument:
        """The common table as a document."""
        return self._with(self.plan, self.request, self.check.as_one())

    def eaters(self) -> Mapping[str, WeekDocument]:
        """Give each eater's own plan as a document, by name."""
        return {
            name: self._with(own_plan(self.plan, name), asked, self.check.eaters[name])
            for name, asked in eater_requests(self.request).items()
        }

    def _with(self, plan: Plan, request: PlanRequest, check: CheckResult) -> WeekDocument:
        return WeekDocument(
            plan, request, check, self.foods, self.dishes, self.layout, self.made_at
        )


def book_of(week: WeekDocument) -> RecipeBook:
    """Give what the recipes of a document are written from."""
    return recipe_book(
        week.plan, week.foods, week.request.units, week.dishes, week.batch, week.shopping
    )
