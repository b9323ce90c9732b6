"""The week as a Markdown document: overview, meals with recipes, targets, shopping list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.check.judge import CheckResult, Finding
from planner.check.stated import derive_for
from planner.check.table import TableCheck
from planner.explain.days import facts_sentence
from planner.export.absorption_md import absorption_markdown
from planner.export.batch import batch_markdown
from planner.export.day_text import (
    CALCIUM,
    MAGNESIUM,
    TO_DRINK,
    drink_text,
    is_cooked_food,
    item_amount,
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
from planner.export.md_table import bullets, literal, table_lines
from planner.export.meal_amounts import by_meal_markdown
from planner.export.opened import hint_texts, plan_hints
from planner.export.readings import reading_texts
from planner.export.recipe_text import RecipeBook, RecipeEntry, recipe_book
from planner.export.schedule import SCHEDULE_TITLE, plan_schedule_texts
from planner.export.shopping_text import shopping_markdown
from planner.export.week_text import (
    UNSURE_LEGEND,
    UNSURE_MARK,
    Unsure,
    mark_of,
    unsure_bands,
)
from planner.export.who import day_label, day_title, own_wishes_text, person_text, wishes_text
from planner.kitchen.batch import BatchPlan, plan_batch
from planner.kitchen.errand import ShoppingList, errand_for
from planner.kitchen.openings import PackageHint
from planner.kitchen.shopping import list_shopping
from planner.plan.guests import pot_of
from planner.plan.plan import Day, Item, Plan
from planner.plan.shares import own_plan
from planner.request.eater import Eater
from planner.request.request import PlanRequest
from planner.request.shares import RATIO
from planner.request.table import shared_places
from planner.safety.banner import banner_of
from planner.safety.limits import safety_sentence
from planner.targets.clinical import clinical_rules
from planner.targets.eaters import eater_requests
from planner.targets.words import heading_of

MARKDOWN_MARK = "<!-- magplan -->"
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


@dataclass(frozen=True, slots=True)
class TableDocument:
    """Everything that a document about a table's checked plan is made from.

    Parameters
    ----------
    plan, request, check, foods, dishes
        As of ``WeekDocument``; the check is the verdict on each eater.
    """

    plan: Plan
    request: PlanRequest
    check: TableCheck
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


def as_markdown(week: TableDocument) -> str:
    """Give the week as Markdown: what is cooked and who has what, targets, the shopping list."""
    return _of_several(week) if week.request.eaters else _of_one(week.table())


def _of_one(week: WeekDocument) -> str:
    lines = [MARKDOWN_MARK, "# A week of meals", "", *_own_header(week), *_overview_lines(week)]
    hints, book = plan_hints(week.plan, week.foods, batch_of(week)), book_of(week)
    for day in week.plan.days:
        lines += _own_day(week, day, book, hints.get(day.day, ()))
    lines += [*_hours_lines(week), *batch_markdown(batch_of(week)), *_eater_chapters(week)]
    lines += [*_shopping_lines(week), *_ending_lines(week)]
    return "\n".join([*lines, ""])


def _hours_lines(week: WeekDocument) -> list[str]:
    """Say when medicines and pills are taken under a heading; nothing where no hours are asked."""
    told = plan_schedule_texts(week.plan, week.request, week.foods)
    return ["", f"## {SCHEDULE_TITLE}", "", *bullets(told)] if told else []


def _eater_chapters(week: WeekDocument) -> list[str]:
    """Give what is told of each eater alone: targets, meals that are watched, absorption."""
    return [
        *_targets_lines(week.check, unsure_bands(derive_for(week.request))),
        *by_meal_markdown(week.plan, clinical_rules(week.request.patient)),
        *absorption_markdown(week.plan, week.foods),
    ]


def _own_header(week: WeekDocument) -> list[str]:
    wishes = literal(wishes_text(week.request))
    kind = "a sample person: " if week.request.is_sample_profile else ""
    readings = reading_texts(week.request, week.foods, week.dishes)
    banner = banner_of(week.request.patient)
    return [
        *([f"**{banner}**", ""] if banner else []),
        f"Planned for {kind}{literal(person_text(week.request))}{f'; {wishes}' if wishes else ''}.",
        *(["", *bullets(readings), ""] if readings else []),
        "The plan passes its check: every target was recomputed without the solver.",
    ]


def _overview_lines(week: WeekDocument) -> list[str]:
    """Give a table of main dishes and figures, a row per day."""
    days = week.plan.days
    slots = list(dict.fromkeys(meal.slot for day in days for meal in day.meals))
    head = ("Day", *(slot.capitalize() for slot in slots), "Mg mg", "Ca mg", "Ca:Mg", "kcal", "USD")
    rows = [(day_label(day), *_names(day, slots), *_day_cells(day)) for day in days]
    return ["", *table_lines(head, rows)]


def _names(day: Day, slots: Sequence[str]) -> list[str]:
    by_slot = {meal.slot: literal(meal.items[0].name) for meal in day.meals}
    return [by_slot.get(slot, "-") for slot in slots]


def _day_cells(day: Day) -> tuple[str, ...]:
    """Give magnesium, calcium, their ratio, energy and price of a day."""
    return (
        amount_text("magnesium_mg", day.totals.get("magnesium_mg")),
        amount_text("calcium_mg", day.totals.get("calcium_mg")),
        amount_text(RATIO, day.ca_mg_ratio),
        amount_text("energy_kcal", day.totals.get("energy_kcal")),
        f"{day.cost:.2f}",
    )


def _own_day(
    week: WeekDocument, day: Day, book: RecipeBook, hints: Sequence[PackageHint]
) -> list[str]:
    lines = ["", f"## {day_title(day)}", ""]
    _, _, ratio, energy, cost = _day_cells(day)
    lines.append(
        f"Magnesium {pools_text(day, MAGNESIUM)}, calcium {pools_text(day, CALCIUM)}, "
        f"Ca:Mg {ratio}, {energy} kcal, ${cost}, {day.active_minutes} minutes of work"
    )
    apart = facts_sentence(day)
    lines += ["", apart] if apart else []
    lines += _hint_lines(hints, day)
    return lines + _meals(week, day, book)


def _meals(week: WeekDocument, day: Day, book: RecipeBook) -> list[str]:
    lines = []
    for meal in day.meals:
        lines += ["", f"### {meal.slot.capitalize()}"]
        for item in meal.items:
            lines += _item_lines(item, book.entry(day, meal, item), book)
        lines += ["", f"{TO_DRINK}{drink_text(meal, week.request)}"]
    tonight = book.tonight.get(day.day, ())
    return [*lines, *([""] if tonight else []), *(f"- {text}" for text in tonight)]


def _hint_lines(hints: Sequence[PackageHint], day: Day) -> list[str]:
    """Say what is to be known of opened packages on a day, as a list."""
    texts = hint_texts(hints, day)
    return ["", *bullets(texts)] if texts else []


def _item_lines(served: Item, entry: RecipeEntry, book: RecipeBook) -> list[str]:
    """Give one thing of a meal: all that is cooked of it, who has what, and how to make it."""
    item = pot_of(served, book.foods)
    people = literal(people_text(served, book.foods))
    whose = ["", f"*{people}*"] if people else []
    mass = "" if item.is_supplement else mass_text(item.mass_g)
    amount = ", ".join(filter(None, (item_amount(item, book.foods, book.units), mass)))
    is_dish = item.kind == "dish"
    minutes = f", {item.minutes} minutes" if is_dish and item.minutes else ""
    lines = ["", f"**{literal(entry.title)}** ({amount}{minutes})", *whose]
    if entry.again:
        return [*lines, "", literal(entry.again)]
    if not is_dish and not is_cooked_food(item, book.foods):
        return lines
    lines += ["", literal(entry.at_once)] if entry.at_once else []
    rows = [
        f"- {literal(name)}: {f'{words} ({mass})' if words else mass}"
        for name, words, mass in entry.rows
    ]
    return [*lines, "", *rows, *(_steps(entry) if is_dish else ())]


def _steps(entry: RecipeEntry) -> list[str]:
    steps = [f"{number}. {literal(step)}" for number, step in enumerate(entry.steps, start=1)]
    hint = ["", f"*{literal(entry.hint)}*"] if entry.hint else []
    return [*hint, "", *(steps or [NO_RECIPE])]


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
    return (heading_of(finding.nutrient, finding.basis), value, band, share_text(finding), word)


def batch_of(week: WeekDocument) -> BatchPlan:
    """Say what the plan cooks double."""
    return plan_batch(week.plan, week.dishes, week.request.preferences.budget_per_week)


def book_of(week: WeekDocument) -> RecipeBook:
    """Put together its recipes."""
    return recipe_book(week.plan, week.foods, week.request.units, week.dishes, batch_of(week))


def shopping_of(week: WeekDocument) -> ShoppingList:
    """List what to buy: one trip, with the usual at home."""
    errand = errand_for(week.request, week.dishes)
    return list_shopping(week.plan, week.foods, errand, batch_of(week))


def _shopping_lines(week: WeekDocument) -> list[str]:
    return ["", "## Shopping list", *shopping_markdown(shopping_of(week))]


def _ending_lines(week: WeekDocument) -> list[str]:
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


def _of_several(week: TableDocument) -> str:
    table, eaters = week.table(), week.eaters()
    lines = [MARKDOWN_MARK, "# A week of meals for one table", "", *_header(week, eaters)]
    lines += ["", *_shared(week)]
    batch = batch_of(table)
    hints, book = plan_hints(week.plan, week.foods, batch), book_of(table)
    for day in week.plan.days:
        lines += _day(table, day, book, eaters, hints.get(day.day, ()))
    lines += batch_markdown(batch)
    for name, own in eaters.items():
        lines += ["", f"## {literal(name)}", *_overview_lines(own)]
        lines += [_deeper(line) for line in (*_hours_lines(own), *_eater_chapters(own))]
    return "\n".join([*lines, *_shopping_lines(table), *_ending_lines(table), ""])


def _deeper(line: str) -> str:
    """Put a heading below that of an eater."""
    return f"#{line}" if line.startswith("#") else line


def _header(week: TableDocument, eaters: Mapping[str, WeekDocument]) -> list[str]:
    common = literal(wishes_text(week.request))
    shared = reading_texts(week.request, week.foods, week.dishes)
    people = [
        line
        for eater in week.request.eaters
        for line in _person(week, eater, eaters[eater.name].request, shared)
    ]
    return [
        f"Planned for one table{f'; all: {common}' if common else ''}.",
        "",
        *bullets(shared, "- All: "),
        *people,
        "",
        "Each eater's plan passes its check: every target was recomputed without the solver.",
    ]


def _person(
    week: TableDocument, eater: Eater, request: PlanRequest, shared: Sequence[str]
) -> list[str]:
    """Say who one eater is, and below it what is left out for this one alone."""
    own = reading_texts(request, week.foods, week.dishes, shared)
    banner = banner_of(request.patient)
    warned = [f"  - **{banner}**"] if banner else []
    who = f"- {literal(eater.name)}: {literal(_who(request, eater))}"
    return [who, *warned, *bullets(own, "  - ")]


def _who(request: PlanRequest, eater: Eater) -> str:
    wishes = own_wishes_text(eater)
    return f"{person_text(request)}{f'; {wishes}' if wishes else ''}"


def _shared(week: TableDocument) -> list[str]:
    """Give a table of the common dishes."""
    shared = shared_places(week.request)
    slots = [place.split(".")[0] for place in shared]
    whose = [literal(", ".join(names)) for names in shared.values()]
    heads = [f"{slot.capitalize()} of {names}" for slot, names in zip(slots, whose, strict=True)]
    rows = [(day_label(day), *(_main(day, slot) for slot in slots)) for day in week.plan.days]
    return table_lines(("Day", *heads), rows) if shared else []


def _main(day: Day, slot: str) -> str:
    items = [item for meal in day.meals if meal.slot == slot for item in meal.items]
    return literal(items[0].name) if items else "-"


def _day(
    table: WeekDocument,
    day: Day,
    book: RecipeBook,
    eaters: Mapping[str, WeekDocument],
    hints: Sequence[PackageHint],
) -> list[str]:
    rows: Sequence[tuple[str, ...]] = [
        (literal(name), *_day_cells(one))
        for name, own in eaters.items()
        for one in own.plan.days
        if one.day == day.day
    ]
    lines = ["", f"## {day_title(day)}", ""]
    lines += table_lines(("", "Mg mg", "Ca mg", "Ca:Mg", "kcal", "USD"), rows)
    apart = facts_sentence(day)
    lines += ["", apart] if apart else []
    lines += _hint_lines(hints, day)
    return lines + _meals(table, day, book)
