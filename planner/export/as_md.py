"""The week as a Markdown document: overview, shopping list, meals with recipes, targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.check.stated import derive_for
from planner.explain.days import facts_sentence
from planner.export.absorption_md import absorption_markdown
from planner.export.batch import batch_markdown
from planner.export.clock import clock_of, day_clock_text, week_clock_texts
from planner.export.day_text import (
    drinks_text,
    figures_text,
    is_cooked_food,
    item_amount,
    meal_title,
    people_text,
)
from planner.export.documents import (
    TableDocument,
    WeekDocument,
    book_of,
)
from planner.export.figures import (
    amount_text,
    mass_text,
)
from planner.export.low import low_text
from planner.export.md_table import bullets, literal, table_lines
from planner.export.meal_amounts import by_meal_markdown
from planner.export.opened import hint_texts, plan_hints
from planner.export.readings import reading_texts
from planner.export.recipe_text import RecipeBook, RecipeEntry
from planner.export.schedule import SCHEDULE_TITLE, plan_schedule_texts
from planner.export.shopping_text import shopping_markdown, till_text
from planner.export.targets_md import targets_markdown
from planner.export.week_text import unsure_bands
from planner.export.who import day_label, day_title, own_wishes_text, person_text, wishes_text
from planner.kitchen.openings import PackageHint
from planner.language.figures import cost_as
from planner.language.names import named, slot_name
from planner.language.shops import currency, in_its_shops
from planner.language.spoken import _, is_english, mark, spoken
from planner.plan.guests import pot_of
from planner.plan.plan import Day, Item, Plan
from planner.request.eater import Eater
from planner.request.request import PlanRequest
from planner.request.shares import RATIO
from planner.request.table import shared_places
from planner.safety.banner import banner_of
from planner.safety.limits import safety_sentence
from planner.targets.clinical import clinical_rules

MARKDOWN_MARK = "<!-- magplan -->"
NO_RECIPE = mark(
    "*Its steps are not at hand: it is a dish of your own, whose folder is not there now.*"
)
ENGLISH_STEPS = mark("The steps of the recipes are in English.")


@in_its_shops
def as_markdown(week: TableDocument) -> str:
    """Give the week as Markdown: what is cooked and who has what, the list, days, targets."""
    return _of_several(week) if week.request.eaters else _of_one(week.table)


def _of_one(week: WeekDocument) -> str:
    lines = [
        MARKDOWN_MARK,
        f"# {_('A week of meals')}",
        "",
        *_own_header(week),
        *_overview_lines(week),
        *_work_lines(week.plan),
        *_shopping_lines(week),
    ]
    hints, book = plan_hints(week.plan, week, week.batch), book_of(week)
    for day in week.plan.days:
        lines += _own_day(week, day, book, hints.get(day.day, ()))
    lines += [*_hours_lines(week), *batch_markdown(week.batch), *_eater_chapters(week)]
    lines += _ending_lines(week)
    return "\n".join([*lines, ""])


def _hours_lines(week: WeekDocument) -> list[str]:
    """Say when medicines and pills are taken under a heading; nothing where no hours are asked."""
    told = plan_schedule_texts(week.plan, week.request, week.foods)
    return ["", f"## {_(SCHEDULE_TITLE)}", "", *bullets(told)] if told else []


def _eater_chapters(week: WeekDocument) -> list[str]:
    """Give what is told of each eater alone: targets, meals that are watched, absorption."""
    return [
        *targets_markdown(week.check, unsure_bands(derive_for(week.request))),
        *by_meal_markdown(week.plan, clinical_rules(week.request.patient)),
        *absorption_markdown(week.plan, week.foods),
    ]


def _own_header(week: WeekDocument) -> list[str]:
    wishes = literal(wishes_text(week.request))
    readings = reading_texts(week.request, week.foods, week.dishes)
    banner = spoken(banner_of(week.request.patient))
    sample = week.request.is_sample_profile
    planned = _("Planned for a sample person: {person}.") if sample else _("Planned for {person}.")
    person = f"{literal(person_text(week.request))}{f'; {wishes}' if wishes else ''}"
    return [
        *([f"**{banner}**", ""] if banner else []),
        planned.format(person=person),
        *(["", *bullets(readings), ""] if readings else []),
        _("The plan passes its check: every target was recomputed without the solver."),
        *_low(week),
        "",
        f"{till_text(week.shopping)}.",
        *_english_steps(),
    ]


def _low(week: WeekDocument) -> list[str]:
    """Say what an eater's week is low in although it passes."""
    told = low_text(week.check.findings)
    return ["", told] if told else []


def _english_steps() -> list[str]:
    """Say that the steps are in English, where all else is not."""
    return [] if is_english() else ["", _(ENGLISH_STEPS)]


def _overview_lines(week: WeekDocument) -> list[str]:
    """Give a table of main dishes and figures, a row per day."""
    days = week.plan.days
    slots = list(dict.fromkeys(meal.slot for day in days for meal in day.meals))
    meals = map(slot_name, slots)
    head = (_("Day"), *meals, _("Mg mg"), _("Ca mg"), "Ca:Mg", "kcal", currency())
    rows = [(day_label(day), *_names(day, slots), *_day_cells(day)) for day in days]
    return ["", *table_lines(head, rows)]


def _work_lines(plan: Plan) -> list[str]:
    """Say the work of each week."""
    return [line for text in week_clock_texts(plan) for line in ("", text)]


def _names(day: Day, slots: Sequence[str]) -> list[str]:
    by_slot = {meal.slot: literal(named(meal.items[0].name)) for meal in day.meals}
    return [by_slot.get(slot, "-") for slot in slots]


def _day_cells(day: Day) -> tuple[str, ...]:
    """Give magnesium, calcium, their ratio, energy and price of a day."""
    return (
        amount_text("magnesium_mg", day.totals.get("magnesium_mg")),
        amount_text("calcium_mg", day.totals.get("calcium_mg")),
        amount_text(RATIO, day.ca_mg_ratio),
        amount_text("energy_kcal", day.totals.get("energy_kcal")),
        cost_as(day.cost),
    )


def _own_day(
    week: WeekDocument, day: Day, book: RecipeBook, hints: Sequence[PackageHint]
) -> list[str]:
    lines = ["", f"## {day_title(day)}", "", figures_text(day)]
    apart = facts_sentence(day)
    lines += ["", apart] if apart else []
    lines += _hint_lines(hints, day)
    return lines + _meals(week, day, book)


def _meals(week: WeekDocument, day: Day, book: RecipeBook) -> list[str]:
    before = book.before(day)
    lines = ["", *bullets(before)] if before else []
    for meal in day.meals:
        lines += ["", f"### {meal_title(meal)}"]
        for item in meal.items:
            lines += _item_lines(item, book.entry(day, meal, item), book)
        lines += ["", drinks_text(meal, week.request)]
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
    told = ", ".join(filter(None, (amount, clock_of(item) if is_dish else "")))
    lines = ["", f"**{literal(entry.title)}** ({told})", *whose]
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
    return [*hint, "", *(steps or [_(NO_RECIPE)])]


def _shopping_lines(week: WeekDocument) -> list[str]:
    """Give the shopping list."""
    return ["", f"## {_('Shopping list')}", *shopping_markdown(week.shopping)]


def _ending_lines(week: WeekDocument) -> list[str]:
    """Give what a reader must know."""
    told = _("{foods} foods in {days} days.")
    return [
        "",
        f"## {_('Please read')}",
        "",
        told.format(foods=week.plan.distinct_foods, days=len(week.plan.days)),
        "",
        safety_sentence("kidney"),
        "",
        safety_sentence("not_medical_advice"),
    ]


def _of_several(week: TableDocument) -> str:
    table, eaters = week.table, week.eaters()
    lines = [MARKDOWN_MARK, f"# {_('A week of meals for one table')}", "", *_header(week, eaters)]
    lines += ["", *_shared(week), *_work_lines(week.plan), *_shopping_lines(table)]
    batch = table.batch
    hints, book = plan_hints(week.plan, week, batch), book_of(table)
    for day in week.plan.days:
        lines += _day(table, day, book, eaters, hints.get(day.day, ()))
    lines += batch_markdown(batch)
    for name, own in eaters.items():
        lines += ["", f"## {literal(name)}", *_overview_lines(own)]
        lines += [_deeper(line) for line in (*_hours_lines(own), *_eater_chapters(own))]
    return "\n".join([*lines, *_ending_lines(table), ""])


def _deeper(line: str) -> str:
    """Put a heading below that of an eater."""
    return f"#{line}" if line.startswith("#") else line


def _header(week: TableDocument, eaters: Mapping[str, WeekDocument]) -> list[str]:
    common = literal(wishes_text(week.request))
    shared = reading_texts(week.request, week.foods, week.dishes)
    low = {name: low_text(own.check.findings) for name, own in eaters.items()}
    people = [
        line
        for eater in week.request.eaters
        for line in _person(week, eater, eaters[eater.name].request, shared)
    ]
    return [
        _("Planned for one table{all}.").format(
            all=_("; all: {wishes}").format(wishes=common) if common else ""
        ),
        "",
        *bullets(shared, f"- {_('All')}: "),
        *people,
        "",
        _("Each eater's plan passes its check: every target was recomputed without the solver."),
        *(f"- {literal(name)}: {told}" for name, told in low.items() if told),
        "",
        f"{till_text(week.table.shopping)}.",
        *_english_steps(),
    ]


def _person(
    week: TableDocument, eater: Eater, request: PlanRequest, shared: Sequence[str]
) -> list[str]:
    """Say who one eater is, and below it what is left out for this one alone."""
    own = reading_texts(request, week.foods, week.dishes, shared)
    banner = spoken(banner_of(request.patient))
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
    heads = [
        _("{slot} of {names}").format(slot=slot_name(slot), names=names)
        for slot, names in zip(slots, whose, strict=True)
    ]
    rows = [(day_label(day), *(_main(day, slot) for slot in slots)) for day in week.plan.days]
    return table_lines((_("Day"), *heads), rows) if shared else []


def _main(day: Day, slot: str) -> str:
    items = [item for meal in day.meals if meal.slot == slot for item in meal.items]
    return literal(named(items[0].name)) if items else "-"


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
    lines += table_lines(("", _("Mg mg"), _("Ca mg"), "Ca:Mg", "kcal", currency()), rows)
    lines += ["", day_clock_text(day)]
    apart = facts_sentence(day)
    lines += ["", apart] if apart else []
    lines += _hint_lines(hints, day)
    return lines + _meals(table, day, book)
