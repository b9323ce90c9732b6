"""The week of a household as a Markdown document: the common table, then each eater."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.check.household import HouseholdCheck
from planner.explain.days import facts_sentence
from planner.export.as_md import (
    WeekDocument,
    day_cells,
    eater_chapters,
    ending_lines,
    hint_markdown,
    hours_lines,
    item_lines,
    overview_lines,
    shopping_lines,
)
from planner.export.batch import batch_markdown
from planner.export.files import MARKDOWN_MARK
from planner.export.md_table import table_lines
from planner.export.opened import plan_hints
from planner.export.readings import reading_texts
from planner.export.who import day_label, day_title, own_wishes_text, person_text, wishes_text
from planner.kitchen.batch import plan_batch
from planner.kitchen.openings import PackageHint
from planner.plan.plan import Day, Plan
from planner.plan.shares import own_plan
from planner.request.eater import Eater
from planner.request.request import PlanRequest
from planner.request.table import shared_places
from planner.safety.banner import banner_of
from planner.targets.eaters import eater_requests


@dataclass(frozen=True, slots=True)
class HouseholdDocument:
    """Everything that a document about a household's checked plan is made from.

    Parameters
    ----------
    plan, request, check, foods, dishes
        The common table, what was asked for, the verdict on each eater, the food table, and the
        recipes at hand.
    """

    plan: Plan
    request: PlanRequest
    check: HouseholdCheck
    foods: FoodTable
    dishes: tuple[Dish, ...]

    def table(self) -> WeekDocument:
        """Give the common table as a document."""
        return WeekDocument(self.plan, self.request, self.check.as_one(), self.foods, self.dishes)

    def eaters(self) -> Mapping[str, WeekDocument]:
        """Give each eater's own plan as a document, by name."""
        return {
            name: WeekDocument(
                own_plan(self.plan, name), asked, self.check.eaters[name], self.foods, self.dishes
            )
            for name, asked in eater_requests(self.request).items()
        }


def household_markdown(week: HouseholdDocument) -> str:
    """Give the week as Markdown: what is cooked and who has what, the list, then each eater."""
    table, eaters = week.table(), week.eaters()
    lines = [MARKDOWN_MARK, "# A week of meals for one table", "", *_header(week, eaters)]
    lines += ["", *_shared(week)]
    batch = plan_batch(week.plan, week.dishes, week.request.preferences.budget_per_week)
    hints = plan_hints(week.plan, week.foods, batch)
    for day in week.plan.days:
        lines += _day(table, day, eaters, hints.get(day.day, ()))
    lines += batch_markdown(batch)
    for name, own in eaters.items():
        lines += ["", f"## {name}", *overview_lines(own)]
        lines += [_deeper(line) for line in (*hours_lines(own), *eater_chapters(own))]
    return "\n".join([*lines, *shopping_lines(table), *ending_lines(table), ""])


def _deeper(line: str) -> str:
    """Put a heading below that of an eater."""
    return f"#{line}" if line.startswith("#") else line


def _header(week: HouseholdDocument, eaters: Mapping[str, WeekDocument]) -> list[str]:
    common = wishes_text(week.request)
    shared = reading_texts(week.request, week.foods, week.dishes)
    people = [
        line
        for eater in week.request.eaters
        for line in _person(week, eater, eaters[eater.name].request, shared)
    ]
    return [
        f"Planned for one table{f'; all: {common}' if common else ''}.",
        "",
        *(f"- All: {text}" for text in shared),
        *people,
        "",
        "Each eater's plan passes its check: every target was recomputed without the solver.",
    ]


def _person(
    week: HouseholdDocument, eater: Eater, request: PlanRequest, shared: Sequence[str]
) -> list[str]:
    """Say who one eater is, and below it what is left out for this one alone."""
    own = reading_texts(request, week.foods, week.dishes, shared)
    banner = banner_of(request.profile)
    warned = [f"  - **{banner}**"] if banner else []
    return [f"- {eater.name}: {_who(request, eater)}", *warned, *(f"  - {text}" for text in own)]


def _who(request: PlanRequest, eater: Eater) -> str:
    wishes = own_wishes_text(eater)
    return f"{person_text(request)}{f'; {wishes}' if wishes else ''}"


def _shared(week: HouseholdDocument) -> list[str]:
    """Give a table of the common dishes."""
    shared = shared_places(week.request)
    slots = [place.split(".")[0] for place in shared]
    heads = [
        f"{place.split('.')[0].capitalize()} of {', '.join(shared[place])}" for place in shared
    ]
    rows = [(day_label(day), *(_main(day, slot) for slot in slots)) for day in week.plan.days]
    return table_lines(("Day", *heads), rows) if shared else []


def _main(day: Day, slot: str) -> str:
    items = [item for meal in day.meals if meal.slot == slot for item in meal.items]
    return items[0].name if items else "-"


def _day(
    table: WeekDocument,
    day: Day,
    eaters: Mapping[str, WeekDocument],
    hints: Sequence[PackageHint],
) -> list[str]:
    rows: Sequence[tuple[str, ...]] = [
        (name, *day_cells(one))
        for name, own in eaters.items()
        for one in own.plan.days
        if one.day == day.day
    ]
    lines = ["", f"## {day_title(day)}", ""]
    lines += table_lines(("", "Mg mg", "Ca mg", "Ca:Mg", "kcal", "USD"), rows)
    apart = facts_sentence(day)
    lines += ["", apart] if apart else []
    lines += hint_markdown(hints, day)
    recipes = {dish.dish_id: dish for dish in table.dishes}
    for meal in day.meals:
        lines += ["", f"### {meal.slot.capitalize()}"]
        for item in meal.items:
            lines += item_lines(table, item, recipes.get(item.item_id))
    return lines
