"""The week as a Markdown document: overview, meals with recipes, targets, shopping list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.servings import in_words
from planner.check.document import derive_for
from planner.check.judge import CheckResult, Finding
from planner.explain.days import facts_sentence
from planner.export.absorption_md import absorption_markdown
from planner.export.batch import batch_markdown
from planner.export.day_text import (
    CALCIUM,
    MAGNESIUM,
    ingredient_rows,
    item_amount,
    item_title,
    people_text,
    pools_text,
)
from planner.export.figures import (
    amount_text,
    band_text,
    finding_texts,
    mass_text,
    price_text,
    share_text,
    verdict,
)
from planner.export.files import MARKDOWN_MARK
from planner.export.md_table import table_lines
from planner.export.meal_amounts import by_meal_markdown
from planner.export.opened import hint_texts, plan_hints
from planner.export.readings import reading_texts
from planner.export.schedule import SCHEDULE_TITLE, plan_schedule_texts
from planner.export.shopping_text import by_aisle, total_text
from planner.export.week_text import (
    UNSURE_LEGEND,
    UNSURE_MARK,
    Unsure,
    finding_name,
    mark_of,
    unsure_bands,
)
from planner.export.who import day_label, day_title, person_text, wishes_text
from planner.kitchen.batch import BatchPlan, plan_batch
from planner.kitchen.openings import PackageHint
from planner.kitchen.second_meals import serving_text
from planner.kitchen.shopping import list_shopping
from planner.plan.guests import pot_of
from planner.plan.plan import Day, Item, Plan
from planner.request.request import PlanRequest
from planner.safety.banner import banner_of
from planner.safety.limits import safety_sentence
from planner.targets.clinical import clinical_rules
from planner.targets.shares import RATIO

NO_RECIPE = "*Its steps are not at hand: it is a dish of your own, whose folder is not there now.*"


@dataclass(frozen=True, slots=True)
class WeekDocument:
    """Everything that a document about a checked plan is made from.

    Parameters
    ----------
    plan, request, check, foods
        The plan, what was asked for, its check, and the food table.
    dishes
        The recipes at hand; a dish of the plan that is not among them is shown without its steps,
        and that is said.
    """

    plan: Plan
    request: PlanRequest
    check: CheckResult
    foods: FoodTable
    dishes: tuple[Dish, ...]


def as_markdown(week: WeekDocument) -> str:
    """Give the week as Markdown, for reading and for printing."""
    recipes = {dish.dish_id: dish for dish in week.dishes}
    lines = [MARKDOWN_MARK, "# A week of meals", "", *_header(week), *overview_lines(week)]
    hints = plan_hints(week.plan, week.foods, _batch(week))
    for day in week.plan.days:
        lines += _day(week, day, recipes, hints.get(day.day, ()))
    lines += [*hours_lines(week), *batch_markdown(_batch(week)), *eater_chapters(week)]
    lines += [*shopping_lines(week), *ending_lines(week)]
    return "\n".join([*lines, ""])


def hours_lines(week: WeekDocument) -> list[str]:
    """Say when medicines and pills are taken under a heading; nothing where no hours are asked."""
    told = plan_schedule_texts(week.plan, week.request, week.foods)
    return ["", f"## {SCHEDULE_TITLE}", "", *(f"- {text}" for text in told)] if told else []


def eater_chapters(week: WeekDocument) -> list[str]:
    """Give what is told of each eater alone: targets, meals that are watched, absorption."""
    return [
        *_targets_lines(week.check, unsure_bands(derive_for(week.request))),
        *by_meal_markdown(week.plan, clinical_rules(week.request.profile)),
        *absorption_markdown(week.plan, week.foods),
    ]


def _header(week: WeekDocument) -> list[str]:
    wishes = wishes_text(week.request)
    kind = "a sample person: " if week.request.is_sample_profile else ""
    readings = reading_texts(week.request, week.foods, week.dishes)
    banner = banner_of(week.request.profile)
    return [
        *([f"**{banner}**", ""] if banner else []),
        f"Planned for {kind}{person_text(week.request)}{f'; {wishes}' if wishes else ''}.",
        *(["", *(f"- {text}" for text in readings), ""] if readings else []),
        "The plan passes its check: every target was recomputed without the solver.",
    ]


def overview_lines(week: WeekDocument) -> list[str]:
    """Give a table of main dishes and figures, a row per day."""
    days = week.plan.days
    slots = list(dict.fromkeys(meal.slot for day in days for meal in day.meals))
    head = ("Day", *(slot.capitalize() for slot in slots), "Mg mg", "Ca mg", "Ca:Mg", "kcal", "USD")
    rows = [(day_label(day), *_names(day, slots), *day_cells(day)) for day in days]
    return ["", *table_lines(head, rows)]


def _names(day: Day, slots: Sequence[str]) -> list[str]:
    by_slot = {meal.slot: meal.items[0].name for meal in day.meals}
    return [by_slot.get(slot, "-") for slot in slots]


def day_cells(day: Day) -> tuple[str, ...]:
    """Give magnesium, calcium, their ratio, energy and price of a day."""
    return (
        amount_text("magnesium_mg", day.totals.get("magnesium_mg")),
        amount_text("calcium_mg", day.totals.get("calcium_mg")),
        amount_text(RATIO, day.ca_mg_ratio),
        amount_text("energy_kcal", day.totals.get("energy_kcal")),
        f"{day.cost:.2f}",
    )


def _day(
    week: WeekDocument, day: Day, recipes: Mapping[str, Dish], hints: Sequence[PackageHint]
) -> list[str]:
    lines = ["", f"## {day_title(day)}", ""]
    _, _, ratio, energy, cost = day_cells(day)
    lines.append(
        f"Magnesium {pools_text(day, MAGNESIUM)}, calcium {pools_text(day, CALCIUM)}, "
        f"Ca:Mg {ratio}, {energy} kcal, ${cost}"
    )
    apart = facts_sentence(day)
    lines += ["", apart] if apart else []
    lines += hint_markdown(hints, day)
    for meal in day.meals:
        lines += ["", f"### {meal.slot.capitalize()}"]
        for item in meal.items:
            lines += item_lines(week, item, recipes.get(item.item_id))
    return lines


def hint_markdown(hints: Sequence[PackageHint], day: Day) -> list[str]:
    """Say what is to be known of opened packages on a day, as a list."""
    texts = hint_texts(hints, day)
    return ["", *(f"- {text}" for text in texts)] if texts else []


def item_lines(week: WeekDocument, served: Item, recipe: Dish | None) -> list[str]:
    """Give one thing of a meal: all that is cooked of it, who has what, and how to make it."""
    units, item = week.request.units, pot_of(served, week.foods)
    people = people_text(served, week.foods)
    whose = ["", f"*{people}*"] if people else []
    mass = "" if item.is_supplement else mass_text(item.mass_g)
    amount = ", ".join(filter(None, (item_amount(item, week.foods, units), mass)))
    if item.kind != "dish":
        return ["", f"**{item.name}** ({amount})", *whose]
    minutes = f", {item.minutes} minutes" if item.minutes else ""
    lines = ["", f"**{item_title(item)}** ({amount}{minutes})", *whose, ""]
    if item.leftover_of is not None:
        return [*lines, serving_text(item, {item.item_id: recipe} if recipe else {})]
    for name, words, mass in ingredient_rows(item, week.foods, units):
        lines.append(f"- {name}: {f'{words} ({mass})' if words else mass}")
    return lines + (_steps(recipe, item) if recipe else ["", NO_RECIPE])


def _steps(recipe: Dish, item: Item) -> list[str]:
    steps = [f"{number}. {step}" for number, step in enumerate(recipe.steps, start=1)]
    if item.servings == recipe.servings:
        return ["", *steps]
    count, _, _ = in_words(item.servings, "serving").rpartition(" ")
    yours = f"you cook {count}" if item.shares or item.guests else f"yours is {count}"
    note = f"Amounts in the steps are for {in_words(recipe.servings, 'serving')}; {yours}."
    return ["", f"*{note}*", "", *steps]


def _targets_lines(check: CheckResult, unsure: Unsure) -> list[str]:
    """Give the week against its targets; bands that are not confirmed are marked."""
    head = ("Mean a day", "is", "wanted", "of it", "")
    weekly = [one for one in check.findings if one.period == "week"]
    weeks = sorted({one.week for one in weekly})
    rows = {
        number: [_target_row(one, unsure) for one in weekly if one.week == number]
        for number in weeks
    }
    marked = any(row[2].endswith("*") for own in rows.values() for row in own)
    lines = ["", "## The week against its targets"]
    for number, own in rows.items():
        lines += ["", f"### Week {number}"] if len(weeks) > 1 else []
        lines += ["", *table_lines(head, own)]
    return [*lines, *(["", f"\\{UNSURE_LEGEND}"] if marked else [])]


def _target_row(finding: Finding, unsure: Unsure) -> tuple[str, ...]:
    value, lower, upper = finding_texts(finding)
    soft = "" if finding.hard else " (soft)"
    mark = f"\\{UNSURE_MARK}" if mark_of(finding, unsure) else ""
    word, band = f"{verdict(finding)}{soft}", f"{band_text(lower, upper)}{mark}"
    return (finding_name(finding), value, band, share_text(finding), word)


def _batch(week: WeekDocument) -> BatchPlan:
    return plan_batch(week.plan, week.dishes, week.request.preferences.budget_per_week)


def shopping_lines(week: WeekDocument) -> list[str]:
    """Give the shopping list."""
    shopping = list_shopping(week.plan, week.foods, week.request.units, batch=_batch(week))
    lines = ["", "## Shopping list"]
    for aisle, own in by_aisle(shopping):
        lines += ["", f"### {aisle}", "", *(f"- [ ] {line.name}: {line.buy}" for line in own)]
    pantry = [f"- [ ] {line.name}: {line.buy}" for line in shopping.lines if line.is_pantry]
    lines += ["", "### Check that you have", "", *pantry] if pantry else []
    return [*lines, "", total_text(shopping)]


def ending_lines(week: WeekDocument) -> list[str]:
    """Give what a reader must know."""
    days = len(week.plan.days)
    mean = price_text(week.plan.cost / days)
    return [
        "",
        "## Please read",
        "",
        f"{week.plan.distinct_foods} foods in {days} days, {mean} a day.",
        "",
        safety_sentence("kidney"),
        "",
        safety_sentence("not_medical_advice"),
    ]
