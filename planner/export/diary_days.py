"""The days and weeks of a diary in figures, and where its magnesium goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from planner.check.amounts import CALCIUM, ENERGY, MAGNESIUM, RATIO_KEY
from planner.diary.analysis import Analysis
from planner.diary.sums import DiaryIntake
from planner.diary.weeks import DiaryWeek, trend_of
from planner.document.blocks import Block, Paragraph, Table, paragraphs
from planner.export.figures import amount_text
from planner.settings import read_settings

T = TypeVar("T")
_GOES = {
    1: "Magnesium is going up: {figures}, some {mg} mg more with each week.",
    -1: "Magnesium is going down: {figures}, some {mg} mg less with each week.",
    0: "Magnesium stays about the same: {figures}.",
}


def few(every: Sequence[T], what: str, is_full: bool) -> tuple[Sequence[T], str]:
    """Give what is shown of something, few without ``--full``, and how many more there are."""
    most = len(every) if is_full else int(read_settings("diary.toml")["shown"][what])
    more = len(every) - most
    return every[:most], f"… and {more} more" if more > 0 else ""


def day_table(analysis: Analysis, is_full: bool) -> Iterator[Block]:
    """Give what each day holds, pills apart where there are any."""
    has_pills = bool(analysis.mean.supplement_totals)
    has_ratio = analysis.targets.shows_ratio
    head = ["", "Mg mg", "Ca mg", *(["Ca:Mg"] if has_ratio else []), "kcal"]
    head += ["Mg from food", "Mg in pills", "Ca in pills"] if has_pills else []
    named_days = [
        (day_label(day.day), one)
        for day, one in zip(analysis.diary.days, analysis.days, strict=True)
    ]
    several = [("mean", analysis.mean)] if len(named_days) > 1 else []
    shown, more = few(named_days, "days", is_full)
    rows = [[name, *_intake_cells(one, has_ratio, has_pills)] for name, one in [*shown, *several]]
    is_vague = bool(analysis.mean.magnesium_span)
    if is_vague:
        head.insert(2, "low to high")
        for row, (_name, one) in zip(rows, [*shown, *several], strict=True):
            row.insert(2, _span_text(one))
    yield Table("Each day in figures", [*head, "foods known"], rows)
    yield from paragraphs([more])
    if is_vague:
        yield Paragraph("Low to high: all guessed amounts at their least, and all at their most.")


def day_label(day: str) -> str:
    """Name a day that is written as a number: ``"Day 3"``; a date or weekday stands as it is."""
    return f"Day {day}" if day.isdecimal() else day


def _span_text(one: DiaryIntake) -> str:
    """Say between what the magnesium of a day lies, where amounts are guessed."""
    return " – ".join(amount_text(MAGNESIUM, amount) for amount in one.magnesium_span)


def _intake_cells(one: DiaryIntake, has_ratio: bool, has_pills: bool) -> list[str]:
    known = one.coverage[MAGNESIUM]
    cells = [amount_text(key, one.totals[key]) for key in (MAGNESIUM, CALCIUM)]
    cells += [amount_text(RATIO_KEY, one.ca_mg_ratio)] if has_ratio else []
    cells.append(amount_text(ENERGY, one.totals[ENERGY]))
    if has_pills:
        pills = one.supplement_totals
        cells.append(amount_text(MAGNESIUM, one.magnesium_of_food))
        cells += [amount_text(key, pills.get(key, 0.0)) for key in (MAGNESIUM, CALCIUM)]
    count = known.foods - len(known.without)
    return [*cells, f"{count} of {known.foods}"]


def weeks_told(analysis: Analysis) -> Iterator[Block]:
    """Give what each week holds, a day on average, beside what was planned, and the direction."""
    weeks = analysis.weeks
    if not weeks:
        return
    has_plan = any(one.planned_mg is not None for one in weeks)
    head = ["a day on average", "days", "Mg mg eaten"]
    head += ["Mg mg planned"] if has_plan else []
    rows = []
    for one in weeks:
        mg = [one.eaten_mg, *([one.planned_mg] if has_plan else [])]
        amounts = [amount_text(MAGNESIUM, amount) for amount in mg]
        rows.append([_week_label(one), str(len(one.days)), *amounts])
    yield Table("Week by week", head, rows)
    yield from paragraphs([_goes(weeks)])
    if not has_plan:
        yield Paragraph(
            "Only what was eaten; --plan my_week/plan.json puts beside it what was planned."
        )


def _week_label(week: DiaryWeek) -> str:
    first, last = day_label(week.days[0].day), day_label(week.days[-1].day)
    return f"{first} to {last}" if first != last else first


def _goes(weeks: Sequence[DiaryWeek]) -> str:
    """Say where magnesium goes; nothing of too few weeks."""
    trend = trend_of(weeks)
    if trend is None:
        return ""
    first, last = (amount_text(MAGNESIUM, one.eaten_mg) for one in (weeks[0], weeks[-1]))
    figures = "{first} mg a day in the first week, {last} mg in the last"
    way = 0 if trend.is_steady else 1 if trend.per_week_mg > 0 else -1
    mg = amount_text(MAGNESIUM, abs(trend.per_week_mg))
    return _GOES[way].format(figures=figures.format(first=first, last=last), mg=mg)
