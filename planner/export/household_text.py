"""A household in print: the shared dishes once, then each eater's own meals and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.explain.days import facts_sentence
from planner.explain.report import Report
from planner.explain.table_report import TableReport
from planner.export.as_text import find_day, screens_lines
from planner.export.day_text import hint_lines, meals_lines
from planner.export.figures import amount_text, price_text, tenths_text
from planner.export.first_screen import gap_text
from planner.export.opened import plan_hints
from planner.export.page import (
    BLANK,
    HEADING,
    TITLE,
    WIDTH,
    Line,
    as_columns,
    as_plain,
    bullets,
    cut_at_word,
    section,
    shortened,
    wrapped,
)
from planner.export.readings import reading_texts
from planner.export.refusal_text import (
    HEADLINES,
    collision_lines,
    eater_refusal_lines,
    failed_check_lines,
)
from planner.export.sections import HOURS, PrintedWeek, once_each, warning_lines, week_lines
from planner.export.week_text import report_notes
from planner.export.who import (
    assumed_text,
    day_label,
    day_title,
    own_wishes_text,
    person_text,
    person_word,
    wishes_text,
)
from planner.kitchen.openings import PackageHint
from planner.plan.plan import Day
from planner.safety.banner import banner_of
from planner.targets.shares import RATIO
from planner.targets.standard import standard_label

GAP = "  "
_KEYS = ("magnesium_mg", "calcium_mg", RATIO, "energy_kcal")
_HEADS = ("Mg mg", "Ca mg", "Ca:Mg", "kcal")
_MOST_NAME = 40


def household_as_text(report: TableReport, day: int | None = None) -> str:
    """Give the whole answer as plain text of 80 columns; parameters as of ``household_lines``."""
    return as_plain(household_lines(report, day))


def household_lines(report: TableReport, day: int | None = None) -> list[Line]:
    """Give the answer to several eaters.

    Parameters
    ----------
    report
        What the pipeline answered.
    day
        Number of a day to show alone, with its recipes; ``None`` for the week.

    Raises
    ------
    ExportError
        When the plan has no such day.
    """
    if report.plan is None:
        return _refusal(report)
    if not report.passed:
        return _failed(report)
    hints = plan_hints(report.plan, report.foods, report.batch)
    if day is not None:
        one = find_day(report.plan.days, day)
        warned = warning_lines(report.reports)
        shown = _day(report, one, hints.get(day, ()), with_steps=True)
        return [*shown, *HOURS.lines(report.reports), *section("Please read", warned)]
    lines = household_screen(report)
    for one in report.plan.days:
        lines += [BLANK, *_day(report, one, hints.get(one.day, ()))]
    return [*lines, *_week(report)]


def household_screen(report: TableReport) -> list[Line]:
    """Give the shared dishes of the week, each eater's own meals and figures, and the trust."""
    plan = report.plan
    assert plan is not None
    lines = [*_header(report)]
    if report.shared:
        lines += _shared_table(report, plan.days)
    for name, own in report.reports.items():
        lines += [BLANK, *_eater_table(report, name, own)]
    totals = f"In all {plan.distinct_foods} foods, {price_text(plan.cost)}."
    return [*lines, BLANK, *wrapped(f"{totals} {_trust(report)}")]


def table_alternatives_lines(reports: Sequence[TableReport], wanted: int) -> list[Line]:
    """Give the first screens of several weeks of a table, each with its points."""
    screens = [(report.outcome, household_screen(report)) for report in reports]
    return screens_lines(screens, wanted)


def _header(report: TableReport) -> list[Line]:
    people = [
        f"{name} ({person_word(own.request.profile)}, {own.request.profile.age_y})"
        for name, own in report.reports.items()
    ]
    common = wishes_text(report.request)
    said = f"Planned for one table: {', '.join(people)}{f'; all: {common}' if common else ''}."
    readings = [line for text in _common_readings(report) for line in wrapped(text)]
    banners = {name: banner_of(own.request.profile) for name, own in report.reports.items()}
    warned = [line for name, text in banners.items() if text for line in wrapped(f"{name}: {text}")]
    return [*(Line(line.text, TITLE) for line in [*warned, *wrapped(said)]), *readings]


def _common_readings(report: TableReport) -> list[str]:
    """Say what is left out for everybody, as it was understood."""
    dishes = next(iter(report.reports.values())).dishes
    return reading_texts(report.request, report.foods, dishes)


def _shared_table(report: TableReport, days: Sequence[Day]) -> list[Line]:
    """Give a row per day with the dishes from the common pot, and who comes to eat."""
    slots = [place.split(".")[0] for place in report.shared]
    guests = {(one.day, one.slot): one.count for one in report.request.week.guests}
    label = max(len(day_label(day)) for day in days)
    width = (WIDTH - label - len(GAP) * len(slots)) // len(slots)
    head = ["", *(_shared_head(report, place, width) for place in report.shared)]
    rows = [
        [day_label(day), *(_shared_cell(day, slot, guests, width) for slot in slots)]
        for day in days
    ]
    texts = as_columns([head, *rows])
    return [Line(texts[0], HEADING), *map(Line, texts[1:])]


def _shared_head(report: TableReport, place: str, width: int) -> str:
    slot, names = place.split(".")[0].capitalize(), report.shared[place]
    whose = "for all" if len(names) == len(report.reports) else f"of {', '.join(names)}"
    return cut_at_word(f"{slot} {whose}", width)


def _shared_cell(day: Day, slot: str, guests: Mapping[tuple[int, str], int], width: int) -> str:
    items = [item for meal in day.meals if meal.slot == slot for item in meal.items]
    count = guests.get((day.day, slot), 0)
    end = f" (+ {count} guest{'s' * (count > 1)})" if count else ""
    return f"{shortened(items[0].name, width - len(end))}{end}" if items else "-"


def _eater_table(report: TableReport, name: str, own: Report) -> list[Line]:
    """Give an eater's own main dishes and figures day by day, and the mean."""
    plan = own.plan
    assert plan is not None
    shared = {p.split(".")[0] for p, names in report.shared.items() if name in names}
    served = dict.fromkeys(meal.slot for day in plan.days for meal in day.meals)
    slots = [slot for slot in served if slot not in (*shared, "snack")]
    keys = [key for key in _KEYS if key != RATIO or own.targets.ratio_mode != "off"]
    heads = [head for key, head in zip(_KEYS, _HEADS, strict=True) if key in keys]
    figures = [_figures(keys, day.totals, day.ca_mg_ratio) for day in plan.days]
    figures.append(_figures(keys, plan.means, plan.ca_mg_ratio))
    right = as_columns([heads, *figures], right=range(len(heads)))
    labels = ["", *(day_label(day) for day in plan.days), "Mean"]
    label = max(map(len, labels))
    room = WIDTH - label - len(right[0]) - len(GAP) * (len(slots) + 1)
    width = min(_MOST_NAME, room // len(slots)) if slots else 0
    cells = [[slot.capitalize() for slot in slots]]
    cells += [[shortened(_main(day, slot), width) for slot in slots] for day in plan.days]
    cells.append(["" for _ in slots])
    rows = [[one, *cell, text] for one, cell, text in zip(labels, cells, right, strict=True)]
    texts = as_columns(rows)
    eater = next(one for one in report.request.eaters if one.name == name)
    wishes = own_wishes_text(eater)
    who = f"{name}: {person_text(own.request)}{f'; {wishes}' if wishes else ''}"
    assumed = assumed_text(own.request)
    common = _common_readings(report)
    readings = reading_texts(own.request, report.foods, own.dishes, common)
    return [
        Line(cut_at_word(who, WIDTH), TITLE),
        *(line for text in readings for line in wrapped(text)),
        *(wrapped(f"Assumed: {assumed}.") if assumed else []),
        Line(texts[0], HEADING),
        *map(Line, texts[1:]),
    ]


def _main(day: Day, slot: str) -> str:
    items = [item for meal in day.meals if meal.slot == slot for item in meal.items]
    return items[0].name if items else "-"


def _figures(
    keys: Sequence[str], amounts: Mapping[str, float | None], ratio: float | None
) -> list[str]:
    return [amount_text(key, ratio if key == RATIO else amounts.get(key)) for key in keys]


def _trust(report: TableReport) -> str:
    """Say how the plans were checked, and how far they can be from the best."""
    outcome, standard = report.outcome, standard_label(report.request.standard)
    count = max(own.candidates for own in report.reports.values())
    return (
        f"Each eater's plan checked alone, without the solver: all passed{_realism(report)}. "
        f"{gap_text(outcome, count)} {outcome.solver} {outcome.version}, {outcome.time_s:.1f} s; "
        f"catalogue {report.foods.version}, {standard} values."
    )


def _realism(report: TableReport) -> str:
    """Say how real the plans are, from the least real one on."""
    scores = sorted(own.realism.score for own in report.reports.values() if own.realism)
    if not scores:
        return ""
    ends = dict.fromkeys(tenths_text(score) for score in (scores[0], scores[-1]))
    return f"; realism {' to '.join(ends)} of 10"


def _day(
    report: TableReport, day: Day, hints: Sequence[PackageHint], *, with_steps: bool = False
) -> list[Line]:
    """Give a day of the common table: each eater's figures, then what is cooked and who has it."""
    rows: list[tuple[str, ...]] = [("", *_HEADS, "USD")]
    for name, own in report.reports.items():
        assert own.plan is not None
        one = find_day(own.plan.days, day.day)
        figures = _figures(_KEYS, one.totals, one.ca_mg_ratio)
        rows.append((name, *figures, f"{one.cost:.2f}"))
    texts = as_columns(rows, right=range(1, len(rows[0])))
    head = [Line(day_title(day), HEADING), *map(Line, texts)]
    apart = wrapped(facts_sentence(day)) if facts_sentence(day) else []
    own = next(iter(report.reports.values()))
    recipes = {dish.dish_id: dish for dish in own.dishes}
    meals = meals_lines(day, report.foods, report.request.units, recipes, with_steps=with_steps)
    return [*head, *apart, *hint_lines(hints, day), *meals]


def _week(report: TableReport) -> list[Line]:
    """Give everything that stands below the days."""
    assert report.why is not None
    notes = household_notes(report)
    return week_lines(PrintedWeek(report.reports, report.why, report.batch, notes))


def household_notes(report: TableReport) -> list[str]:
    """Give the notes on the table, and those on eaters: once where they hold for all."""
    own = {name: report_notes(one) for name, one in report.reports.items()}
    return [*report.notes, *once_each(own)]


def _refusal(report: TableReport) -> list[Line]:
    """Give the answer "no", with the eater whose plan is in the way."""
    lines: list[Line] = []
    if report.refusal is not None:
        lines += [Line("The whole table:", TITLE), *collision_lines(report.refusal)]
    for name, own in report.reports.items():
        if own.refusal is not None:
            lines += [BLANK] if lines else []
            lines += [Line(f"{name}:", TITLE), *eater_refusal_lines(own, own.refusal)]
    if not lines:
        return [Line(HEADLINES[report.outcome.status], TITLE)]
    notes = section("Notes", bullets(household_notes(report)))
    return [*lines, *notes, BLANK, *warning_lines(report.reports)]


def _failed(report: TableReport) -> list[Line]:
    lines: list[Line] = []
    for name, own in report.reports.items():
        if own.check is not None and not own.check.passed:
            lines += [Line(f"{name}:", TITLE), *failed_check_lines(own, own.check)]
    return lines
