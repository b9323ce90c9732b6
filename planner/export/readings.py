"""What was said of body, medicines and food to leave out, as understood: in print and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.readings import WishReading, read_left_out
from planner.explain.report import Report
from planner.export.page import WIDTH, Line, cut_at_word, wrapped
from planner.request.request import PlanRequest
from planner.safety.patient import readings_of

_MORE, _REST = " (more with --full).", "… (all with --full)"


def reading_texts(
    request: PlanRequest, foods: FoodTable, dishes: Iterable[Dish], beside: Sequence[str] = ()
) -> list[str]:
    """Give how each condition, medicine and name that is left out was understood.

    Those of ``beside`` are said elsewhere.
    """
    said = [f"{one.text}." for one in readings_of(request.patient)]
    said += [one.sentence for one in read_left_out(request, foods, dishes)]
    return [text for text in said if text not in beside]


def reading_lines(report: Report, most: int) -> list[Line]:
    """Give the readings of a report on ``most`` lines: in full, else short, else cut."""
    readings = read_left_out(report.request, report.foods, report.dishes)
    said = "; ".join(one.text for one in readings_of(report.request.patient))
    person = f"Understood: {said}. " if said else ""
    person += "".join(f"{text} " for text in report.unmet)
    if not (readings or person) or most < 1:
        return []
    full = wrapped(person + " ".join(one.sentence for one in readings))
    short = wrapped(person + (_short(readings) if readings else ""))
    most = max(most, len(wrapped(person)) + bool(readings))  # what the body needs is never cut
    if len(full) <= most:
        return full
    if len(short) <= most:
        return short
    last = " ".join(line.text for line in short[most - 1 :])
    kept = cut_at_word(last, WIDTH - len(_REST) - 1).rstrip("…,; ")
    return [*short[: most - 1], Line(f"{kept} {_REST}")]


def readings_as_json(
    request: PlanRequest, foods: FoodTable, dishes: Iterable[Dish]
) -> list[dict[str, Any]]:
    """Give what was said and how it was understood as JSON values."""
    said = [
        {"said": one.said, "understood": one.understood, "stays": None, "leaves_out": 0}
        for one in readings_of(request.patient)
    ]
    return said + [
        {
            "said": one.said,
            "understood": one.understood,
            "stays": one.stays or None,
            "leaves_out": one.foods,
        }
        for one in read_left_out(request, foods, dishes)
    ]


def _short(readings: Sequence[WishReading]) -> str:
    """Say only what each name was understood as."""
    parts = [f"{one.said} = {one.brief}" if one.brief else one.said for one in readings]
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}{_MORE}"
