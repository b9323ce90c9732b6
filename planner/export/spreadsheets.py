"""The plan for a spreadsheet: as tables in CSV, and as a workbook.

In another language it is as spreadsheets of that language have it: decimal commas and semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from foods.nutrient import known_nutrients
from foods.own_csv import as_cell
from foods.sheet import as_csv_text
from foods.table import FoodTable
from planner.check.judge import Finding
from planner.document.workbook import (
    DATE,
    MONEY,
    WHOLE,
    Bands,
    BookSheet,
    Figure,
    Head,
    Row,
    as_workbook,
)
from planner.export.documents import TableDocument, WeekDocument
from planner.export.figures import decimals_of, known_mean, verdict
from planner.export.people import reading_texts, wishes_text
from planner.export.shopping import buy_text, name_text, notes_of, when_texts
from planner.export.sums import total_text
from planner.export.who import day_label, person_text
from planner.kitchen.errand import ShoppingLine, ShoppingList
from planner.plan.guests import measure_of
from planner.plan.plan import GUESTS, Day, GuestShare, Item, OwnPortion, Plan, portions_of
from planner.plan.shares import ratio_of, sum_amounts
from planner.request.days import DAYS_PER_WEEK
from planner.request.override import RATIO
from planner.safety.stops import banner_of, safety_sentence
from planner.shops import as_told, currency, in_its_shops, named
from planner.targets.target import Target, heading_of
from planner.wording import plural

NUTRIENTS = ("energy_kcal", "magnesium_mg", "calcium_mg")
HEADER = (
    "day", "date", "slot", "item", "kind", "servings", "measure", "food_id", "food", "mass_g",
    *NUTRIENTS,
)  # fmt: skip
TABLE_HEADER = (*HEADER, "eater")  # several eaters, or guests: a row per ingredient and eater
SPOKEN_HEADER = (
    "day;date;meal;item;kind;servings;measure;food_id;food;mass g;energy kcal;magnesium mg;"
    "calcium mg;eater"
)
_KINDS = {"dish": "dish", "food": "food", "supplement": "supplement"}
_DIGITS = 10  # beyond them only binary noise


def as_csv(plan: Plan, foods: FoodTable) -> str:
    """Return one row per ingredient of every item, and one per dose of a supplement.

    Raises
    ------
    FoodNotFoundError
        When the table does not have a food of the plan.
    """
    portions = list(portions_of(plan))
    has_people = any(row["eater"] for row, _, _ in portions)
    own = TABLE_HEADER if has_people else HEADER
    head = own
    rows: list[tuple[object, ...]] = [tuple(head)]
    for row, item, portion in portions:
        whose = (as_cell(_whose(row, portion)),) if has_people else ()
        rows += [(*cells, *whose) for cells in _rows(row, item, portion, foods)]
    return as_csv_text(rows, ",")


def _whose(row: Mapping[str, Any], portion: OwnPortion) -> str:
    """Name who has a portion; of guests how many they are."""
    if isinstance(portion, GuestShare):
        text = plural(portion.count, "{count} guest", "{count} guests")
        return text.format(count=portion.count)
    return str(row["eater"])


def _rows(
    row: Mapping[str, Any], item: Item, portion: OwnPortion, foods: FoodTable
) -> Iterator[tuple[object, ...]]:
    when = row["date"].isoformat() if row["date"] else ""
    name, slot = as_cell(named(item.name)), row["slot"]
    measure = as_cell(measure_of(item, portion, foods))
    kind = _KINDS.get(item.kind, item.kind)
    served = (row["day"], when, slot, name, kind, f"{portion.servings:g}", measure)
    for food_id, mass_g in portion.ingredients:
        food = foods[food_id]
        amounts = (_amount(food.per_100g.get(key), mass_g) for key in NUTRIENTS)
        own = as_cell(named(food.name)), f"{mass_g:g}"
        yield (*served, food_id, *own, *amounts)
    if not isinstance(portion, GuestShare) and item.is_supplement:  # counts by its nutrients
        held = (portion.nutrients.get(key) for key in NUTRIENTS)
        yield (*served, as_cell(item.item_id), name, "", *map(figure_text, held))


def _amount(per_100g: float | None, mass_g: float) -> str:
    return figure_text(None if per_100g is None else per_100g * mass_g / 100)


def figure_text(amount: float | None) -> str:
    """Return an amount with all its digits in the language spoken; unknown is blank."""
    return "" if amount is None else f"{amount:.{_DIGITS}g}"


KEYS = (
    "magnesium_mg", "calcium_mg", RATIO, "energy_kcal", "sodium_mg", "carbohydrate_g", "protein_g",
)  # fmt: skip
MEALS_HEADER = ("day", "date", "meal", "dishes", *KEYS, "cost", "eater")
SPOKEN_MEALS = (
    "day;date;meal;dishes;magnesium mg;calcium mg;Ca:Mg;energy kcal;sodium mg;carbohydrate g;"
    "protein g;cost;eater"
)
_MEAL = ("day", "date", "slot", "eater")
Cells = dict[str, str | float | date | None]


def meal_rows(plan: Plan) -> Iterator[Cells]:
    """Return each meal of each eater by its heads; the rows of a day sum to its totals.

    What guests have counts in no total and is left out; an unknown amount is ``None``.
    """
    own = (one for one in portions_of(plan) if one[0]["eater"] != GUESTS)
    ordered = sorted(own, key=lambda one: (one[0]["day"], one[0]["eater"]))
    of_meal = groupby(ordered, lambda one: tuple(one[0][key] for key in _MEAL))
    for (day, when, slot, eater), portions in of_meal:
        held = list(portions)
        amounts = sum_amounts(getattr(portion, "nutrients", {}) for _row, _item, portion in held)
        cost = sum(getattr(portion, "cost", 0.0) for _row, _item, portion in held)
        yield {
            "day": day,
            "date": when,
            "meal": slot,
            "dishes": ", ".join(named(item.name) for _row, item, _portion in held),
            **{key: amounts.get(key) for key in KEYS},
            RATIO: ratio_of(amounts),
            "cost": as_told(cost),
            "eater": eater,
        }


@in_its_shops
def meals_csv(week: TableDocument) -> str:
    """Return one row per meal, and eater where several eat; cost in the money of the shops."""
    rows = list(meal_rows(week.plan))
    heads = MEALS_HEADER if any(row["eater"] for row in rows) else MEALS_HEADER[:-1]
    head = heads
    lines = [[_cell(row[key]) for key in heads] for row in rows]
    return as_csv_text([tuple(head), *map(tuple, lines)], ",")


def _cell(value: object) -> object:
    if isinstance(value, float) or value is None:
        return figure_text(value)
    return as_cell(value) if isinstance(value, str) else value


TITLE = "A week of meals"

_PART_OF = re.compile(r"(?P<share>\d+) % of (?P<kind>.+)")
_WHO, _WHAT, _DAY, _WEEK = "Who", "Nutrient", "Day", "Week"
_BAND, _MEAN_BAND = (
    ("A day: at least", "A day: at most"),
    ("Mean: at least", "Mean: at most"),
)
_MEAN, _VERDICT = "Mean", "Against the bands"
_MARKED = (
    "Below its band: blue and bold. Above: orange, bold and italic. A day without a figure is "
    "unknown, which is not the same as zero."
)


@in_its_shops
def as_xlsx(week: TableDocument) -> bytes:
    """Return the workbook, for one eater or more; what a clinic must see stands first."""
    eaters = week.eaters
    about = _about_sheet(week, eaters)
    sheets = [
        _plan_sheet(week),
        _meal_sheet(week),
        _nutrient_sheet(eaters),
        _shopping_sheet(week.table.shopping, week.layout.name),
        _target_sheet(eaters),
    ]
    is_warned = any(banner_of(one.request.patient) for one in eaters.values())
    whole = [about, *sheets] if is_warned else [*sheets, about]
    return as_workbook(TITLE, whole, week.request.units)


def _plan_sheet(week: TableDocument) -> BookSheet:
    """Return a row per item of a meal, and eater where several eat."""
    columns = (
        Head(_DAY, "0"), Head("Date", DATE), Head("Meal"), Head(_WHO),
        Head("Dish or food"), Head("Kind"), Head("Servings", "0.##"),
        Head("Measure"),
        Head("Mass, g", "#,##0.#"), *(Head(heading_of(key), _form(key)) for key in NUTRIENTS),
        Head(_usual_head(), MONEY), Head("Minutes to table", WHOLE),
        Head("Minutes of work", WHOLE), Head("Cooked on day", "0"),
    )  # fmt: skip
    return BookSheet("Plan", columns, list(_plan_rows(week)), still=2)


def _meal_sheet(week: TableDocument) -> BookSheet:
    """Return a row per meal, and eater where several eat."""
    heads = {key: heading_of(key) for key in KEYS if key != RATIO} | {RATIO: "Ca:Mg"}
    columns = (
        Head(_DAY, "0"), Head("Date", DATE), Head("Meal"), Head(_WHO),
        Head("Dishes"), *(Head(heads[key], _form(key)) for key in KEYS),
        Head(_usual_head(), MONEY),
    )  # fmt: skip
    told = {"day": _DAY, "date": "Date", "meal": "Meal", "eater": _WHO, "dishes": "Dishes"}
    told |= heads | {"cost": _usual_head()}
    rows = [{told[key]: value for key, value in row.items()} for row in meal_rows(week.plan)]
    return BookSheet("Meals", columns, rows, still=2)


def _plan_rows(week: TableDocument) -> Iterator[Row]:
    for row, item, portion in portions_of(week.plan):
        nutrients = getattr(portion, "nutrients", {})  # what guests have counts in no total
        yield {
            _DAY: row["day"],
            "Date": row["date"],
            "Meal": row["slot"],
            _WHO: row["eater"],
            "Dish or food": named(item.name),
            "Kind": item.kind,
            "Servings": portion.servings,
            "Measure": measure_of(item, portion, week.foods),
            "Mass, g": None if item.is_supplement else portion.mass_g,
            **{heading_of(key): nutrients.get(key) for key in NUTRIENTS},
            _usual_head(): _as_told(getattr(portion, "cost", None)),
            **_minutes(item, is_told=row["eater"] != GUESTS),
        }


def _as_told(price_usd: float | None) -> float | None:
    return None if price_usd is None else as_told(price_usd)


def _minutes(item: Item, *, is_told: bool) -> Row:
    if not is_told or item.kind != "dish":
        return {}
    return {
        "Minutes to table": item.minutes,
        "Minutes of work": item.active_minutes,
        "Cooked on day": item.leftover_of,
    }


def _nutrient_sheet(eaters: Mapping[str, WeekDocument]) -> BookSheet:
    """Return a row per nutrient with its days; a day with another band has a row of its own."""
    days = next(iter(eaters.values())).plan.days
    heads = [day_label(one) for one in days]
    if len(days) > DAYS_PER_WEEK:
        heads = [f"Day {number}" for number in range(1, DAYS_PER_WEEK + 1)]
    columns = (
        Head(_WHO), Head(_WEEK, "0"), Head(_WHAT), *map(Head, _BAND), *map(Head, heads),
        Head(_MEAN), *map(Head, _MEAN_BAND), Head(_VERDICT),
    )  # fmt: skip
    rows = [row for name, week in eaters.items() for row in _nutrient_rows(name, week, heads)]
    bands = (Bands(tuple(heads), *_BAND), Bands((_MEAN,), *_MEAN_BAND))
    return BookSheet("Nutrients", columns, rows, 3, bands, (_MARKED,))


def _nutrient_rows(name: str, week: WeekDocument, heads: Sequence[str]) -> Iterator[Row]:
    days = week.plan.days
    order = {key: place for place, key in enumerate((RATIO, *known_nutrients()))}
    findings = {(one.nutrient, one.basis) for one in week.check.findings}
    headed = {heading_of(*one) for one in findings}
    keys = sorted(
        findings | {(key, "total") for key in known_nutrients() if heading_of(key) not in headed},
        key=lambda one: (order.get(one[0], len(order)), one),
    )
    for start in range(0, len(days), DAYS_PER_WEEK):
        number, own = start // DAYS_PER_WEEK + 1, days[start : start + DAYS_PER_WEEK]
        for key, basis in keys:
            found = [
                one
                for one in week.check.findings
                if (one.nutrient, one.basis, one.week) == (key, basis, number)
            ]
            week_number = number if len(days) > DAYS_PER_WEEK else None
            for row in _band_rows(key, basis, found, own, heads):
                yield {_WHO: name, _WEEK: week_number, **row}


def _band_rows(
    key: str, basis: str, found: Sequence[Finding], days: Sequence[Day], heads: Sequence[str]
) -> Iterator[Row]:
    """Return the rows of a nutrient in a week, one for each band of its days."""
    place = {day.day: head for day, head in zip(days, heads, strict=False)}
    form = _form(key)
    means = [one for one in found if one.period == "week"]
    daily = {one.day: one for one in found if one.period == "day"}
    plain = {} if basis != "total" else {day.day: _value(key, day) for day in days}
    bands: dict[tuple[float | None, float | None], dict[int, float | None]] = {}
    for day in days:
        one = daily.get(day.day)
        band = (one.lower, one.upper) if one else (None, None)
        bands.setdefault(band, {})[day.day] = one.value if one else plain.get(day.day)
    every = [value for values in bands.values() for value in values.values()]
    plain_mean = None if means else known_mean(every)
    for number, (band, values) in enumerate(bands.items()):
        mean = means[0] if means and not number else None
        told = [daily[day] for day in values if day in daily] + ([mean] if mean else [])
        yield {
            _WHAT: heading_of(key, basis),
            **{head: Figure(one, form) for head, one in zip(_BAND, band, strict=True)},
            **{place[day]: Figure(value, form) for day, value in values.items()},
            _MEAN: Figure(mean.value if mean else plain_mean if not number else None, form),
            _MEAN_BAND[0]: Figure(mean.lower if mean else None, form),
            _MEAN_BAND[1]: Figure(mean.upper if mean else None, form),
            _VERDICT: _verdicts(told, place),
        }


def _value(key: str, day: Day) -> float | None:
    return day.ca_mg_ratio if key == RATIO else day.totals.get(key)


def _verdicts(findings: Iterable[Finding], place: Mapping[int, str]) -> str:
    """Say in words what the colours say: ``"met"``, ``"mean short (soft)"``, ``"Day 3 over"``."""
    told = [one for one in findings if one.lower is not None or one.upper is not None]
    outside = [
        f"{'mean' if one.day is None else place[one.day]} {verdict(one)}"
        f"{'' if one.hard else ' (soft)'}"
        for one in told
        if not one.holds
    ]
    return ", ".join(outside) or ("met" if told else "")


def _shopping_sheet(shopping: ShoppingList, name: str) -> BookSheet:
    """Return a row per thing to buy; what is counted of it is for the screen."""
    counted = (
        ("Packages", "0"), ("Needed, g", "#,##0.#"), ("At home, g", "#,##0.#"),
        ("Left over, g", "#,##0.#"), ("Goes into", ""), ("Good until day", "0"),
        (_eaten_head(), MONEY), ("For", ""),
    )  # fmt: skip
    columns = (
        Head("Bought", is_box=True), Head("Trip", "0"), Head("Aisle"),
        Head("Food"),
        Head("Take"), Head(_price_head(), MONEY), Head("Days"),
        Head("Remark"), *(Head(head, form, is_printed=False) for head, form in counted),
    )  # fmt: skip
    rows = [_shopping_row(line, shopping) for line in shopping.lines]
    notes = [f"{title}: {one.text}" for title, items in notes_of(shopping) for one in items]
    return BookSheet(
        "Shopping",
        columns,
        rows,
        still=4,
        below=(*filter(None, [name]), *when_texts(shopping), total_text(shopping), *notes),
    )


def _usual_head() -> str:
    return f"Usual price, {currency()}"


def _price_head() -> str:
    return f"Price, {currency()}"


def _eaten_head() -> str:
    return f"Of it eaten, {currency()}"


def _shopping_row(line: ShoppingLine, shopping: ShoppingList) -> Row:
    remark = "check that you have it" if line.is_pantry else line.unknown
    days = sorted({use.day for use in line.uses})
    return {
        "Trip": line.trip if len(shopping.trips) > 1 else None,
        "Aisle": shopping.aisles.get(line.aisle, line.aisle.replace("_", " ").capitalize()),
        "Food": name_text(line),
        "Take": buy_text(line),
        "Packages": line.packages,
        "Needed, g": line.need_g,
        "At home, g": line.home_g or None,
        "Left over, g": line.surplus_g,
        "Goes into": line.left.where if line.left else "",
        "Good until day": line.left.until_day if line.left else None,
        _price_head(): _as_told(line.price_usd),
        _eaten_head(): _as_told(line.eaten_usd),
        "Days": ", ".join(map(str, days)),
        "For": "; ".join(dict.fromkeys(named(use.item) for use in line.uses)),
        "Remark": remark,
    }


def _target_sheet(eaters: Mapping[str, WeekDocument]) -> BookSheet:
    rows = [
        {_WHO: name, **_target_row(target)}
        for name, week in eaters.items()
        for target in week.targets.targets
    ]
    below = ("Hard: the plan must meet it. Soft: any shortfall is reported.",)
    columns = [Head(text) for text in rows[0]]
    return BookSheet("Targets", columns, rows, still=2, below=below)


def _target_row(target: Target) -> Row:
    form = _form(target.nutrient)
    figures = {
        "At least": target.lower,
        "At most": target.upper,
        "Preferably at least": target.preferred_lower,
        "Preferably at most": target.preferred_upper,
        "Recommended": target.lowered_from,
    }
    return {
        _WHAT: heading_of(target.nutrient, target.basis),
        "Of": "each day" if target.period == "day" else "mean of the week",
        **{head: Figure(value, form) for head, value in figures.items()},
        "Held": "hard" if target.hard else "soft",
        "Rule": "; ".join(map(_rule_text, target.rules)) or target.rule,
        "Confidence": target.confidence,
        "Source": target.source,
    }


def _rule_text(rule: str) -> str:
    """Describe what kind of value made a bound: ``"70 % of RDA"``, ``"UL"``, ``"energy band"``."""
    part = _PART_OF.fullmatch(rule)
    if part is None:
        return rule
    return "{share} % of {kind}".format(share=part["share"], kind=part["kind"])


def _about_sheet(week: TableDocument, eaters: Mapping[str, WeekDocument]) -> BookSheet:
    wishes = wishes_text(week.request) if len(eaters) > 1 else ""  # of one they stand above
    everybody = (
        wishes,
        "The plan passes its check: every target was recomputed without the solver.",
        safety_sentence("kidney"),
        safety_sentence("not_medical_advice"),
    )
    own = [(name, text) for name, one in eaters.items() for text in _person(one)]
    told = [*own, *(("", text) for text in everybody if text)]
    rows = [{_WHO: who, "Please read": text} for who, text in told]
    return BookSheet("About", (Head(_WHO), Head("Please read", most=110)), rows)


def _person(week: WeekDocument) -> Iterator[str]:
    banner = banner_of(week.request.patient)
    yield from filter(None, (banner, person_text(week.request), wishes_text(week.request)))
    yield from reading_texts(week.request, week.foods, week.dishes)


def _form(key: str) -> str:
    decimals = decimals_of(key)
    return f"#,##0.{'0' * decimals}" if decimals else WHOLE
