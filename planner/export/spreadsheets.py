"""The plan for a spreadsheet, by pandas: as tables in CSV, and as a workbook of Excel.

Numbers are numbers, unrounded, and no text is a formula, whatever it begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from foods.nutrient import known_nutrients
from foods.own_csv import as_cell
from foods.table import FoodTable
from planner.document.program import PROGRAM, program_version
from planner.export.documents import TableDocument, WeekDocument
from planner.export.figures import known_mean, verdict
from planner.export.people import reading_texts, wishes_text
from planner.export.shopping import buy_text, name_text, notes_of, when_texts
from planner.export.sums import total_text
from planner.export.who import day_label, person_text
from planner.kitchen.errand import ShoppingLine, ShoppingList
from planner.plan.guests import measure_of
from planner.plan.plan import GUESTS, GuestShare, Item, OwnPortion, Plan, portions_of
from planner.request.days import DAYS_PER_WEEK
from planner.request.override import RATIO
from planner.safety.stops import banner_of, safety_sentence
from planner.shops import as_told, currency, in_its_shops, named
from planner.targets.target import heading_of
from planner.wording import plural

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl.worksheet.worksheet import Worksheet

NUTRIENTS = ("energy_kcal", "magnesium_mg", "calcium_mg")
HEADER = (
    "day", "date", "slot", "item", "kind", "servings", "measure", "food_id", "food", "mass_g",
    *NUTRIENTS,
)  # fmt: skip
TABLE_HEADER = (*HEADER, "eater")  # several eaters, or guests: a row per ingredient and eater
KEYS = (
    "magnesium_mg", "calcium_mg", RATIO, "energy_kcal", "sodium_mg", "carbohydrate_g", "protein_g",
)  # fmt: skip
MEALS_HEADER = ("day", "date", "meal", "dishes", *KEYS, "cost", "eater")
TITLE = "A week of meals"
MARK = f">{PROGRAM} "  # by which the program knows its own workbooks again, those of before too

_DIGITS = 10  # beyond them only binary noise
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML 1.0
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads a character from what follows
_MOST_CHARACTERS = 32_767  # of a cell
_LEAST_WIDTH, _MOST_WIDTH = 7, 60  # characters
_OF = {"day": "each day", "week": "mean of the week"}
_BANDS = ("Who", "Week", "Nutrient", "Of", "At least", "At most")
_MEAN, _VERDICT = "Mean", "Against the bands"
_HEADS = {
    "day": "Day", "date": "Date", "slot": "Meal", "meal": "Meal", "eater": "Who",
    "name": "Dish or food", "dishes": "Dishes", "kind": "Kind", "servings": "Servings",
    "measure": "Measure", "mass_g": "Mass, g", "cost": "Usual price", "minutes": "Minutes to table",
    "active_minutes": "Minutes of work", "leftover_of": "Cooked on day", "nutrient": "Nutrient",
    "period": "Of", "lower": "At least", "upper": "At most",
    "preferred_lower": "Preferably at least", "preferred_upper": "Preferably at most",
    "lowered_from": "Recommended", "hard": "Held", "rule": "Rule", "confidence": "Confidence",
    "source": "Source", RATIO: "Ca:Mg",
}  # fmt: skip
_PLAN = (
    "day", "date", "slot", "eater", "name", "kind", "servings", "measure", "mass_g", *NUTRIENTS,
    "cost", "minutes", "active_minutes", "leftover_of",
)  # fmt: skip
_TARGETS = (
    "eater", "nutrient", "period", "lower", "upper", "preferred_lower", "preferred_upper",
    "lowered_from", "hard", "rule", "confidence", "source",
)  # fmt: skip
Rows = Iterator[dict[str, Any]]
Band = tuple[str, float | None, float | None]


def as_csv(plan: Plan, foods: FoodTable) -> str:
    """Return one row per ingredient of every item, and one per dose of a supplement.

    Raises
    ------
    FoodNotFoundError
        When the table does not have a food of the plan.
    """
    import pandas as pd

    rows = [
        {**row, "item": named(item.name), "servings": portion.servings, "eater": _whose(portion)}
        | {"measure": measure_of(item, portion, foods), **eaten}
        for row, item, portion in portions_of(plan)
        for eaten in _eaten(item, portion, foods)
    ]
    return _csv(pd.DataFrame(rows, columns=list(TABLE_HEADER)))


@in_its_shops
def meals_csv(week: TableDocument) -> str:
    """Return one row per meal, and eater where several eat; cost in the money of the shops."""
    return _csv(meal_frame(week.plan))


def meal_frame(plan: Plan) -> pd.DataFrame:
    """Return each meal of each eater (columns: ``MEALS_HEADER``); those of a day sum to its totals.

    What guests have counts in no total and is left out; an unknown amount is NaN.
    """
    items = plan.to_frame()
    own = items[items["eater"] != GUESTS].assign(name=lambda rows: rows["name"].map(named))
    meals = own.groupby(["day", "date", "slot", "eater"], sort=False, dropna=False)
    frame = meals[[*known_nutrients(), "cost"]].sum(min_count=1)
    frame["dishes"] = meals["name"].agg(", ".join)
    frame["cost"] *= as_told(1.0)
    frame[RATIO] = frame["calcium_mg"] / frame["magnesium_mg"].where(frame["magnesium_mg"] > 0)
    frame = frame.sort_values(["day", "eater"], kind="stable").reset_index()
    return frame.rename(columns={"slot": "meal"})[list(MEALS_HEADER)]


def _csv(frame: pd.DataFrame) -> str:
    if not frame["eater"].any():
        frame = frame.drop(columns="eater")
    safe = frame.map(lambda cell: as_cell(cell) if isinstance(cell, str) else cell)
    return safe.to_csv(index=False, float_format=f"%.{_DIGITS}g", lineterminator="\n")


def _whose(portion: OwnPortion) -> str:
    """Name who has a portion; of guests how many they are."""
    if isinstance(portion, GuestShare):
        text = plural(portion.count, "{count} guest", "{count} guests")
        return text.format(count=portion.count)
    return str(getattr(portion, "eater", ""))


def _eaten(item: Item, portion: OwnPortion, foods: FoodTable) -> Rows:
    """Return each food of a portion with its amounts; a supplement counts by its nutrients."""
    for food_id, mass_g in portion.ingredients:
        held = ((key, foods[food_id].per_100g.get(key)) for key in NUTRIENTS)
        amounts = {key: None if per is None else per * mass_g / 100 for key, per in held}
        name = named(foods[food_id].name)
        yield {"food_id": food_id, "food": name, "mass_g": mass_g, **amounts}
    if not isinstance(portion, GuestShare) and item.is_supplement:
        yield {"food_id": item.item_id, "food": named(item.name), **portion.nutrients}


@in_its_shops
def as_xlsx(week: TableDocument) -> bytes:
    """Return the workbook, for one eater or more; what a clinic must see stands first."""
    import pandas as pd

    eaters, shopping = week.eaters, week.table.shopping
    sheets = {
        "Plan": _plan_frame(week),
        "Meals": meal_frame(week.plan)[["day", "date", "meal", "eater", "dishes", *KEYS, "cost"]],
        "Nutrients": pd.DataFrame(row for each in eaters.items() for row in _nutrients(*each)),
        "Shopping": pd.DataFrame(_shopping_row(line, shopping) for line in shopping.lines),
        "Targets": _target_frame(eaters),
        "About": pd.DataFrame(_about(week, eaters), columns=["Who", "Please read"]),
    }
    notes = (f"{title}: {note.text}" for title, notes in notes_of(shopping) for note in notes)
    below = {
        "Nutrients": ["A day without a figure is unknown, which is not the same as zero."],
        "Shopping": [week.layout.name, *when_texts(shopping), total_text(shopping), *notes],
        "Targets": ["Hard: the plan must meet it. Soft: any shortfall is reported."],
    }
    is_warned = any(banner_of(own.request.patient) for own in eaters.values())
    heads = {key: heading_of(key) for key in KEYS if key != RATIO} | _HEADS
    heads["cost"] = f"{heads['cost']}, {currency()}"
    file = BytesIO()
    with pd.ExcelWriter(file, "openpyxl", datetime_format="ddd d mmm yy") as book:
        for name in sorted(sheets, key=lambda name: not (is_warned and name == "About")):
            frame = sheets[name].rename(columns=heads).map(cell_text)
            frame = frame.mask(frame == "").dropna(axis="columns", how="all").convert_dtypes()
            frame.to_excel(book, sheet_name=name, index=False, freeze_panes=(1, 0))
            _finish(book.sheets[name], map(cell_text, filter(None, below.get(name, ()))))
        book.book.properties.title, book.book.properties.creator = TITLE, PROGRAM
    with ZipFile(file, "a") as packed:
        packed.comment = f"{MARK}{program_version()}".encode()
    return file.getvalue()


def cell_text(value: Any) -> Any:
    """Return a text as a cell may hold it; what XML cannot say has a visible substitute."""
    if not isinstance(value, str):
        return value
    return _ESCAPE.sub("_x005F_", _ILLEGAL.sub("\ufffd", value))[:_MOST_CHARACTERS]


def _finish(page: Worksheet, below: Iterable[str]) -> None:
    """Set widths, keep texts from being formulas, also when they are edited, and add sentences."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    page.auto_filter.ref = page.dimensions
    for place, column in enumerate(page.columns, start=1):
        texts = [f"{c.value:,.2f}" if isinstance(c.value, float) else str(c.value) for c in column]
        width = min(max(_LEAST_WIDTH, *(len(text) + 2 for text in texts)), _MOST_WIDTH)
        page.column_dimensions[get_column_letter(place)].width = width
        for cell in column:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(cell.value, float):
                cell.number_format = "#,##0.00"
        column[0].font = Font(bold=True)
    page.append([])
    for text in below:
        page.append([text])
    for cell in (cell for row in page.iter_rows() for cell in row if isinstance(cell.value, str)):
        cell.value, cell.data_type = cell.value or None, "s"
        cell.quotePrefix = str(cell.value).startswith(("=", "+", "-", "@"))


def _plan_frame(week: TableDocument) -> pd.DataFrame:
    """Return a row per item of a meal, and eater where several eat."""
    frame, portions = week.plan.to_frame(), list(portions_of(week.plan))
    is_cooked = (frame["kind"] == "dish") & (frame["eater"] != GUESTS)
    frame["minutes"] = [float(item.minutes) for _, item, _ in portions]
    for name in ("minutes", "active_minutes", "leftover_of"):
        frame[name] = frame[name].where(is_cooked)
    frame["measure"] = [measure_of(item, portion, week.foods) for _, item, portion in portions]
    frame["mass_g"] = frame["mass_g"].where(frame["kind"] != "supplement")
    frame["cost"] *= as_told(1.0)
    return frame.assign(name=frame["name"].map(named))[list(_PLAN)]


def _nutrients(name: str, week: WeekDocument) -> Rows:
    """Return a row per nutrient and band with its days beside each other, a week below the other.

    The last column says in words what is outside: ``"met"``, ``"Mean short (soft), Day 3 over"``.
    """
    days, findings = week.plan.days, week.check.findings
    is_long, order = len(days) > DAYS_PER_WEEK, (RATIO, *known_nutrients())
    of_week = {day.day: divmod(place, DAYS_PER_WEEK) for place, day in enumerate(days)}
    places = {d.day: f"Day {of_week[d.day][1] + 1}" if is_long else day_label(d) for d in days}
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}

    def row_of(number: int, key: str, basis: str, band: Band) -> dict[str, Any]:
        head = (name, number if is_long else None, heading_of(key, basis), *band)
        rank = order.index(key) if key in order else len(order)
        empty = {**dict(zip(_BANDS, head, strict=True)), **dict.fromkeys(places.values())}
        return rows.setdefault((number, rank, basis, head), {**empty, _MEAN: None, _VERDICT: []})

    told, means = set(), {}
    for finding in findings:
        band, heading = (
            (_OF[finding.period], finding.lower, finding.upper),
            heading_of(finding.nutrient, finding.basis),
        )
        row = row_of(finding.week, finding.nutrient, finding.basis, band)
        place = _MEAN if finding.day is None else places[finding.day]
        row[place] = finding.value
        if band[1:] != (None, None):
            soft = "" if finding.hard else " (soft)"
            row[_VERDICT].append("" if finding.holds else f"{place} {verdict(finding)}{soft}")
        told.add((finding.day, heading))
        if finding.day is None:
            means[finding.week, heading] = band
    for day in days:
        for key in known_nutrients():
            number, heading = of_week[day.day][0] + 1, heading_of(key)
            if (day.day, heading) not in told:
                row = row_of(number, key, "total", means.get((number, heading), ("", None, None)))
                row[places[day.day]] = day.totals.get(key)
    for _, row in sorted(rows.items(), key=lambda item: item[0][:3]):
        if not row["Of"]:
            row[_MEAN] = known_mean(row[place] for place in places.values())
        words = row[_VERDICT]
        yield {**row, _VERDICT: ", ".join(filter(None, words)) or ("met" if words else "")}


def _shopping_row(line: ShoppingLine, shopping: ShoppingList) -> dict[str, Any]:
    return {
        "Bought": "\N{BALLOT BOX}",
        "Trip": line.trip if len(shopping.trips) > 1 else None,
        "Aisle": shopping.aisles.get(line.aisle, line.aisle.replace("_", " ").capitalize()),
        "Food": name_text(line),
        "Take": buy_text(line),
        f"Price, {currency()}": None if line.price_usd is None else as_told(line.price_usd),
        "Days": ", ".join(map(str, sorted({use.day for use in line.uses}))),
        "Remark": "check that you have it" if line.is_pantry else line.unknown,
        "Packages": line.packages,
        "Needed, g": line.need_g,
        "At home, g": line.home_g or None,
        "Left over, g": line.surplus_g,
        "Goes into": line.left.where if line.left else "",
        "Good until day": line.left.until_day if line.left else None,
        f"Of it eaten, {currency()}": as_told(line.eaten_usd),
        "For": "; ".join(dict.fromkeys(named(use.item) for use in line.uses)),
    }


def _target_frame(eaters: Mapping[str, WeekDocument]) -> pd.DataFrame:
    import pandas as pd

    frames = [own.targets.to_frame().assign(eater=name) for name, own in eaters.items()]
    frame = pd.concat(frames, ignore_index=True)
    frame["nutrient"] = list(map(heading_of, frame["nutrient"], frame["basis"]))
    frame["hard"] = frame["hard"].map({True: "hard", False: "soft"})
    return frame.assign(period=frame["period"].map(_OF))[list(_TARGETS)]


def _about(week: TableDocument, eaters: Mapping[str, WeekDocument]) -> Iterator[tuple[str, str]]:
    for name, own in eaters.items():
        request = own.request
        told = (banner_of(request.patient), person_text(request), wishes_text(request))
        readings = reading_texts(request, own.foods, own.dishes)
        yield from ((name, text) for text in (*filter(None, told), *readings))
    if len(eaters) > 1 and (wishes := wishes_text(week.request)):  # of one they stand above
        yield "", wishes
    yield "", "The plan passes its check: every target was recomputed without the solver."
    yield from (("", safety_sentence(name)) for name in ("kidney", "not_medical_advice"))
