"""The handout: whom a plan is for, what it aims for and why, its days with recipes, the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planner.candidates.readings import read_left_out
from planner.explain.days import facts_sentence
from planner.explain.meal_amounts import amounts_by_meal
from planner.explain.trace import data_settings
from planner.export.as_md import ENGLISH_STEPS, NO_RECIPE
from planner.export.batch import LABEL_HEAD, TITLE, cook_rows, label_rows, note_text
from planner.export.clock import clock_of
from planner.export.day_text import (
    TO_DRINK,
    drink_text,
    figures_text,
    is_cooked_food,
    item_amount,
    meal_title,
    people_text,
)
from planner.export.documents import TableDocument, WeekDocument
from planner.export.figures import mass_text
from planner.export.low import low_text
from planner.export.meal_amounts import meal_rows
from planner.export.opened import hint_texts, plan_hints
from planner.export.pdf_list import list_values
from planner.export.pdf_targets import Citations, aim_values
from planner.export.pdf_text import Svg
from planner.export.pdf_week import Values, span_text, week_title, week_values
from planner.export.plan_pictures import eater_pictures
from planner.export.recipe_text import RecipeBook, RecipeEntry
from planner.export.schedule import SCHEDULE_TITLE, apart_text, dose_text, remark_texts
from planner.export.shopping_text import days_listed, till_text
from planner.export.who import day_title, own_wishes_text, person_text, wishes_text
from planner.language.names import named
from planner.language.spoken import _, is_english, mark, ngettext, spoken
from planner.pictures.saved import as_svg
from planner.plan.guests import pot_of
from planner.plan.plan import Day, Item, Meal
from planner.plan.times import Times, times_of_plan
from planner.request.request import NAMELESS
from planner.safety.banner import banner_of
from planner.safety.limits import safety_sentence
from planner.safety.patient import readings_of
from planner.safety.schedule import ScheduleLine
from planner.standards.read import read_standard
from planner.targets.clinical import clinical_rules

DOSE_HEAD = (mark("From to"), mark("Best"), mark("What"), mark("Hours apart"))
_WITHOUT_OPTIONS = re.compile(r": --.*\.$")
CHECKED = mark(
    "Checked: every target was computed again from the amounts printed here, apart from the search "
    "that made the plan."
)


def handout_values(week: TableDocument, book: RecipeBook) -> Values:
    """Give everything of the handout, chapter by chapter."""
    table, eaters, citations = week.table, week.eaters(), Citations()
    aims = {name: aim_values(own, citations) for name, own in eaters.items()}
    return {
        "title": week_title(table),
        "span": span_text(week.plan.days),
        "people": _people(week, eaters),
        "checked": _(CHECKED) if is_english() else f"{_(CHECKED)} {_(ENGLISH_STEPS)}",
        "till": f"{till_text(table.shopping)}.",
        "week": week_values(table, book),
        "aims": [
            {"name": name, "pictures": list(_pictures(eaters[name])), **one}
            for name, one in aims.items()
        ],
        "kinds": list(dict.fromkeys(kind for one in aims.values() for kind in one["kinds"])),
        "legend": next((one["legend"] for one in aims.values() if one["legend"]), ""),
        "days": list(_days(week, table, eaters, book)),
        "batch": _batch(table),
        "hours": list(_hours(eaters)),
        "watched": list(_watched(eaters)),
        "list": list_values(table),
        "sources": [*citations.texts(), _food_sources(week)],
        "end": [*_end(table), safety_sentence("kidney"), safety_sentence("not_medical_advice")],
        "drink": _(TO_DRINK).partition(":")[0],
        "schedule": {"title": _(SCHEDULE_TITLE), "head": [_(one) for one in DOSE_HEAD]},
        "cook": _(TITLE),
    }


def _people(week: TableDocument, eaters: Mapping[str, WeekDocument]) -> Values:
    """Say whom the plan is for: what holds for all, then each with wishes and warnings."""
    shared = () if NAMELESS in eaters else tuple(_readings(week.table))
    wishes = {one.name: own_wishes_text(one) for one in week.request.eaters}
    return {
        "wishes": wishes_text(week.request) if wishes else "",
        "all": list(shared),
        "each": [
            {
                "name": name,
                "who": person_text(own.request),
                "is_sample": own.request.is_sample_profile and name == NAMELESS,
                "wishes": wishes[name] if wishes else wishes_text(own.request),
                "readings": _readings(own, shared),
                "banner": spoken(banner_of(own.request.patient)),
                "low": low_text(own.check.findings),
                "standard": read_standard(own.request.standard).title,
            }
            for name, own in eaters.items()
        ],
    }


def _readings(week: WeekDocument, beside: Sequence[str] = ()) -> list[str]:
    """Say how body, medicines and food to leave out were understood, without options to type."""
    said = [f"{spoken(one.text)}." for one in readings_of(week.request.patient)]
    for one in read_left_out(week.request, week.foods, week.dishes):
        told = spoken(one.sentence)
        said.append(_WITHOUT_OPTIONS.sub(".", told))
    return [text for text in said if text not in beside]


def _days(
    week: TableDocument,
    table: WeekDocument,
    eaters: Mapping[str, WeekDocument],
    book: RecipeBook,
) -> Iterator[Values]:
    """Give each day with its figures, hints and meals; a recipe that comes again names its day."""
    hints = plan_hints(week.plan, week, table.batch)
    seen: dict[Any, str] = {}
    is_alone = NAMELESS in eaters
    for number, day in enumerate(week.plan.days):
        yield {
            "title": day_title(day),
            "figures": [
                [name, figures_text(own.plan.days[number], with_work=is_alone)]
                for name, own in eaters.items()
            ],
            "facts": list(filter(None, [facts_sentence(day)])),
            "hints": hint_texts(hints.get(day.day, ()), day),
            "meals": [_meal(table, day, meal, book, seen) for meal in day.meals],
            "before": list(book.before(day)),
            "tonight": list(book.tonight.get(day.day, ())),
        }


def _meal(
    table: WeekDocument, day: Day, meal: Meal, book: RecipeBook, seen: dict[Any, str]
) -> Values:
    return {
        "slot": meal_title(meal),
        "items": [_item(day, meal, item, book, seen) for item in meal.items],
        "drink": drink_text(meal, table.request),
    }


def _item(day: Day, meal: Meal, served: Item, book: RecipeBook, seen: dict[Any, str]) -> Values:
    """Give one thing of a meal: how much is cooked, who has what, and how it is made."""
    item, entry = pot_of(served, book.foods), book.entry(day, meal, served)
    amounts = (
        item_amount(item, book.foods, book.units),
        "" if item.is_supplement else mass_text(item.mass_g),
        clock_of(item) if item.kind == "dish" else "",
    )
    is_cooked = item.kind == "dish" or is_cooked_food(item, book.foods)
    recipe = _recipe(item, entry, day, seen) if is_cooked and not entry.again else {}
    return {
        "title": entry.title,
        "amount": ", ".join(filter(None, amounts)),
        "people": people_text(served, book.foods),
        "again": entry.again,
        "recipe": recipe,
    }


def _recipe(item: Item, entry: RecipeEntry, day: Day, seen: dict[Any, str]) -> Values:
    """Give list and steps as they are cooked, or where the same stands already."""
    key = (item.item_id, tuple(entry.rows), tuple(entry.steps))
    mark = f"recipe-{len(seen) + 1}"
    first = seen.get(key)
    if first is not None:
        title, mark = first.split("|")
        return {"same": title, "mark": mark, "at_once": entry.at_once}
    seen[key] = f"{day_title(day)}|{mark}"
    lacks = item.kind == "dish" and not entry.steps
    return {
        "mark": mark,
        "at_once": entry.at_once,
        "rows": [list(row) for row in entry.rows],
        "hint": entry.hint,
        "steps": list(entry.steps),
        "note": _(NO_RECIPE).strip("*") if lacks else "",
    }


def _pictures(own: WeekDocument) -> Iterator[Values]:
    """Give the pictures that the page has too, with all their figures.

    No name of an eater is in them: letters within a picture cannot be replaced.
    """
    for one in eater_pictures(own):
        yield {"text": f"{one.title}. {one.text}", "svg": Svg(as_svg(one))}


def _batch(table: WeekDocument) -> Values:
    batch = table.batch
    if not batch.cook:
        return {}
    return {
        "cook": [list(row) for row in cook_rows(batch)],
        "head": [_(one) for one in LABEL_HEAD],
        "labels": [list(row) for row in label_rows(batch)],
        "note": note_text(batch),
    }


def _hours(eaters: Mapping[str, WeekDocument]) -> Iterator[Values]:
    """Give the hours of medicines and minerals of those who have any; days that differ apart."""
    for name, own in eaters.items():
        groups = times_of_plan(own.plan, own.request, own.foods)
        told = [one for one in groups if one.schedule.is_told]
        if told:
            notes = [text for one in told for text in remark_texts(one.schedule)]
            yield {
                "name": name,
                "groups": [
                    {
                        "days": _when(one) if len(groups) > 1 else "",
                        "rows": [_dose(line) for line in one.schedule.lines],
                    }
                    for one in told
                ],
                "notes": list(dict.fromkeys(notes)),
            }


def _when(group: Times) -> str:
    days = days_listed(group.days)
    return spoken(group.on) or ngettext("Day {days}", "Days {days}", len(group.days)).format(
        days=days
    )


def _dose(line: ScheduleLine) -> list[str]:
    """Give from when to when, the best time, what, and how far from others."""
    span = (
        line.earliest
        if line.earliest == line.latest
        else _("{lower} to {upper}").format(lower=line.earliest, upper=line.latest)
    )
    return [
        span,
        line.best,
        ", ".join(filter(None, (named(line.name), dose_text(line.amount)))),
        apart_text(line),
    ]


def _watched(eaters: Mapping[str, WeekDocument]) -> Iterator[Values]:
    """Give the tables of what a condition watches in meals."""
    for name, own in eaters.items():
        for one in amounts_by_meal(own.plan, clinical_rules(own.request.patient)):
            head, *rows = meal_rows(one, own.plan)
            yield {"name": name, "title": spoken(one.title), "head": list(head), "rows": rows}


def _end(table: WeekDocument) -> list[str]:
    told = _("{foods} foods in {days} days.")
    return [told.format(foods=table.plan.distinct_foods, days=len(table.plan.days))]


def _food_sources(week: TableDocument) -> str:
    """Say which catalogue the figures of foods are from, and which releases stand behind it."""
    releases = data_settings("SOURCES.toml")["releases"].values()
    cited = "; ".join(
        f"{one['title']}, {one['publisher']}" for one in releases if "publisher" in one
    )
    told = _("Figures of foods: catalogue of magplan, version {version}, from: {sources}.")
    return told.format(version=week.foods.version, sources=cited)
