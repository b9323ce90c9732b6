"""What the page says, as values for its template: words and figures, nothing of how it looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from planner.check.judge import Finding
from planner.check.stated import derive_for
from planner.explain.absorption import absorb_view, absorption_text
from planner.explain.days import facts_sentence
from planner.explain.meal_amounts import amounts_by_meal
from planner.explain.trace_food import release_words
from planner.export.as_md import ENGLISH_STEPS
from planner.export.batch import LABEL_HEAD, cook_rows, label_rows, note_text
from planner.export.clock import clock_of, week_clock_texts
from planner.export.day_text import (
    CALCIUM,
    MAGNESIUM,
    drink_text,
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
    band_text,
    finding_texts,
    mass_text,
    price_text,
    share_text,
    verdict,
)
from planner.export.line_names import name_text
from planner.export.low import low_text
from planner.export.meal_amounts import meal_rows
from planner.export.opened import hint_texts, plan_hints
from planner.export.plan_pictures import eater_pictures
from planner.export.readings import reading_texts
from planner.export.recipe_text import RecipeBook
from planner.export.schedule import SCHEDULE_TITLE, plan_schedule_texts
from planner.export.shopping_text import (
    buy_text,
    by_trip,
    day_words,
    line_price_text,
    notes_of,
    till_text,
    total_text,
)
from planner.export.week_text import UNSURE_LEGEND, mark_of, unsure_bands
from planner.export.who import (
    day_label,
    day_title,
    name_endings,
    own_wishes_text,
    person_text,
    week_title,
    wishes_text,
)
from planner.kitchen.batch import BatchPlan
from planner.kitchen.errand import ShoppingList
from planner.language.names import named, slot_name
from planner.language.spoken import _, is_english, language, mark, spoken
from planner.pictures.saved import as_svg
from planner.plan.guests import pot_of
from planner.plan.plan import Day, Item, Meal
from planner.request.request import NAMELESS
from planner.request.shares import RATIO
from planner.safety.banner import banner_of
from planner.safety.limits import safety_sentence
from planner.standards.read import read_standard
from planner.targets.clinical import clinical_rules
from planner.targets.words import heading_of

Values = dict[str, Any]
_ENERGY, _SNACK = "energy_kcal", "snack"
_FIGURES = {MAGNESIUM: mark("Mg mg"), CALCIUM: mark("Ca mg"), RATIO: "Ca:Mg", _ENERGY: "kcal"}
_TARGETS = (mark("Mean a day"), mark("is"), mark("wanted"), mark("of it"), "")


def page_values(week: TableDocument) -> Values:
    """Give everything that the page says, for one eater and for several in the same form."""
    table, eaters = week.table, week.eaters()
    shared = reading_texts(week.request, week.foods, week.dishes)
    endings = name_endings(eaters)
    wishes = {one.name: own_wishes_text(one) for one in week.request.eaters}
    wishes = wishes or {NAMELESS: wishes_text(week.request)}
    return {
        "language": language(),
        "steps_note": "" if is_english() else _(ENGLISH_STEPS),
        "paper": "letter" if week.request.units == "us" else "A4",
        "asked": wishes_text(week.request) if NAMELESS not in eaters else "",
        "readings": shared if NAMELESS not in eaters else [],
        "people": [
            _person(own, name, endings[name], wishes[name], shared if name else ())
            for name, own in eaters.items()
        ],
        "week": _week(eaters, week.plan.days),
        "work": week_clock_texts(week.plan),
        "days": list(_days(table, eaters)),
        "batch": _batch(table.batch),
        "shopping": _shopping(table.shopping),
        "till": f"{till_text(table.shopping)}.",
        "sources": _sources(week, eaters.values()),
        "catalogue": week.foods.version,
        "please": [_sums_text(table), *map(safety_sentence, ("kidney", "not_medical_advice"))],
    }


def _person(own: WeekDocument, name: str, ending: str, wishes: str, said: Sequence[str]) -> Values:
    """Give what is of one eater alone; ``said`` has what is said for all."""
    request = own.request
    who = "; ".join(filter(None, (person_text(request), wishes)))
    sample = _("a sample person: {person}")
    clinical = clinical_rules(request.patient)
    return {
        "name": name,
        "ending": ending,
        "who": sample.format(person=who) if request.is_sample_profile else who,
        "banner": spoken(banner_of(request.patient)),
        "low": low_text(own.check.findings),
        "readings": reading_texts(request, own.foods, own.dishes, said),
        "pictures": [
            {"title": one.title, "svg": as_svg(one)} for one in eater_pictures(own, name, ending)
        ],
        "figures": _figures(own),
        "hours_title": _(SCHEDULE_TITLE),
        "hours": plan_schedule_texts(own.plan, request, own.foods),
        "targets": list(_targets(own)),
        "by_meal": [
            {"title": spoken(one.title), "rows": meal_rows(one, own.plan)}
            for one in amounts_by_meal(own.plan, clinical)
        ],
        "absorption": absorption_text(absorb_view(own.plan, own.foods)),
    }


def _week(eaters: Mapping[str, WeekDocument], days: Sequence[Day]) -> Values:
    """Give a row per day with what each meal is of, by eaters where they have different things."""
    slots = list(dict.fromkeys(meal.slot for day in days for meal in day.meals))
    own_days = {name: {day.day: day for day in own.plan.days} for name, own in eaters.items()}
    return {
        "slots": [slot_name(slot) for slot in slots],
        "rows": [
            {
                "day": day_label(day),
                "number": day.day,
                "meals": [
                    _eaten({name: own[day.day] for name, own in own_days.items()}, slot)
                    for slot in slots
                ],
            }
            for day in days
        ],
    }


def _eaten(days: Mapping[str, Day], slot: str) -> list[tuple[str, str]]:
    """Give (who, what) of a meal; nobody is named where all who have it have the same."""
    names: dict[str, list[str]] = {}
    for name, day in days.items():
        for meal in day.meals:
            if meal.slot == slot and meal.items:
                names.setdefault(_dish_name(meal), []).append(name)
    is_same = len(names) == 1 and len(next(iter(names.values()))) == len(days)
    return [("" if is_same else ", ".join(who), dish) for dish, who in names.items()]


def _dish_name(meal: Meal) -> str:
    """Name a meal by its main dish; a snack by all that it is of."""
    items = [named(item.name) for item in meal.items if not item.is_beside] or [
        named(meal.items[0].name)
    ]
    return ", ".join(items) if meal.slot == _SNACK else items[0]


def _figures(own: WeekDocument) -> Values:
    """Give a row of figures for each day and the mean of all."""
    keys = [one for one in _FIGURES if one != RATIO or own.plan.ca_mg_ratio is not None]
    rows = [
        (day_label(day), *_cells(keys, day.totals, day.ca_mg_ratio), price_text(day.cost))
        for day in own.plan.days
    ]
    cost = price_text(own.plan.cost / len(own.plan.days))
    mean = (_("Mean"), *_cells(keys, own.plan.means, own.plan.ca_mg_ratio), cost)
    head = (_("Day"), *(_(_FIGURES[key]) for key in keys), _("Price"))
    return {"head": head, "rows": [*rows, mean]}


def _cells(
    keys: Sequence[str], amounts: Mapping[str, float | None], ratio: float | None
) -> list[str]:
    return [amount_text(key, ratio if key == RATIO else amounts.get(key)) for key in keys]


def _days(table: WeekDocument, eaters: Mapping[str, WeekDocument]) -> Iterator[Values]:
    """Give each day: its figures by eater, what to know, and its meals with their recipes."""
    hints, book = plan_hints(table.plan, table, table.batch), book_of(table)
    for day in table.plan.days:
        facts = facts_sentence(day)
        yield {
            "number": day.day,
            "title": day_title(day),
            "figures": [
                (name, figures_text(one))
                for name, own in eaters.items()
                for one in own.plan.days
                if one.day == day.day
            ],
            "notes": [*([facts] if facts else []), *hint_texts(hints.get(day.day, ()), day)],
            "meals": [
                {
                    "slot": meal_title(meal),
                    "items": [_item(day, meal, item, book) for item in meal.items],
                    "drink": drink_text(meal, table.request),
                }
                for meal in day.meals
            ],
            "before": book.before(day),
            "tonight": book.tonight.get(day.day, ()),
        }


def _item(day: Day, meal: Meal, served: Item, book: RecipeBook) -> Values:
    """Give one thing of a meal: all that is cooked of it, who has what, and how to make it."""
    item, entry = pot_of(served, book.foods), book.entry(day, meal, served)
    is_dish = item.kind == "dish"
    is_made = is_dish or is_cooked_food(item, book.foods)
    mass = "" if item.is_supplement else mass_text(item.mass_g)
    minutes = clock_of(item) if is_dish else ""
    amount = item_amount(item, book.foods, book.units)
    return {
        "title": entry.title,
        "amount": ", ".join(filter(None, (amount, mass, minutes))),
        "people": people_text(served, book.foods),
        "again": entry.again,
        "at_once": entry.at_once,
        "rows": entry.rows if is_made and not entry.again else (),
        "hint": entry.hint if is_dish else "",
        "steps": entry.steps if is_dish else (),
        "lacks_steps": is_dish and not entry.again and not entry.steps,
    }


def _batch(batch: BatchPlan) -> Values:
    return {
        "cook": [f"{when}: {name}, {rest}" for when, name, rest in cook_rows(batch)],
        "note": note_text(batch) if batch.cook else "",
        "head": [*map(_, LABEL_HEAD)],
        "rows": label_rows(batch),
    }


def _shopping(shopping: ShoppingList) -> Values:
    """Give the list by trip and aisle, what stands below it, and what the till says."""
    return {
        "people": shopping.people,
        "trips": [
            {
                "title": title,
                "aisles": [
                    {
                        "title": heading,
                        "lines": [
                            {
                                "name": name_text(line),
                                "buy": buy_text(line),
                                "price": line_price_text(line),
                                "days": _("for {days}").format(
                                    days=day_words({use.day for use in line.uses})
                                ),
                            }
                            for line in lines
                        ],
                    }
                    for heading, lines in groups
                ],
            }
            for title, groups in by_trip(shopping)
        ],
        "notes": [(title, texts) for title, texts in notes_of(shopping) if texts],
        "total": total_text(shopping),
    }


def _targets(own: WeekDocument) -> Iterator[Values]:
    """Give each week against its targets; bands that are not confirmed are marked."""
    unsure = unsure_bands(derive_for(own.request))
    weekly = [one for one in own.check.findings if one.period == "week"]
    numbers = sorted({one.week for one in weekly})
    for number in numbers:
        found = [one for one in weekly if one.week == number]
        is_marked = any(mark_of(one, unsure) for one in found)
        yield {
            "title": week_title(number, own.plan).rstrip(",") if len(numbers) > 1 else "",
            "head": [*map(_, _TARGETS)],
            "rows": [_target_row(one, mark_of(one, unsure)) for one in found],
            "legend": _(UNSURE_LEGEND) if is_marked else "",
        }


def _target_row(finding: Finding, mark: str) -> tuple[str, ...]:
    value, lower, upper = finding_texts(finding)
    word = verdict(finding) + ("" if finding.hard else _(" (soft)"))
    wanted = f"{band_text(lower, upper)}{mark}"
    heading = heading_of(finding.nutrient, finding.basis)
    return (heading, value, wanted, share_text(finding), word)


def _sources(week: TableDocument, eaters: Iterable[WeekDocument]) -> list[tuple[str, list[str]]]:
    """Say where reference values and figures of foods come from."""
    cited = (text for own in eaters for one in derive_for(own.request) for text in one.sources)
    eaten = {food for day in week.plan.days for i in day.items() for food, _ in i.ingredients}
    releases = sorted({week.foods[food].release for food in eaten})
    return [
        (read_standard(week.request.standard).title, list(dict.fromkeys(cited))),
        (_("Figures of foods"), list(map(release_words, releases))),
    ]


def _sums_text(week: WeekDocument) -> str:
    told = _("{foods} foods in {days} days.")
    return told.format(foods=week.plan.distinct_foods, days=len(week.plan.days))
