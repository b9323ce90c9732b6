"""A ranked list of replacements, as text and as JSON."""

from __future__ import annotations

from typing import Any

from planner.export.diff import figures_as_json
from planner.export.figures import amount_text
from planner.export.page import BLANK, HEADING, TITLE, WIDTH, Line, as_columns, shortened, wrapped
from planner.plan.diff import Figures
from planner.plan.replacements import Replacement, Replacements
from planner.targets.shares import RATIO

SHOWN = 12
NO_OFFER = (
    "No single replacement keeps every rule of the week. `magplan replan PLAN.json --ban NAME` "
    "changes more than one thing."
)
_KEYS = {"magnesium_mg": "Mg mg", RATIO: "Ca:Mg", "energy_kcal": "kcal"}
HEADS = (*_KEYS.values(), "week USD")
_GAPS = 2


def swap_lines(found: Replacements, whose: str = "") -> list[Line]:
    """Give the best replacements with their effect on the day and on the week's cost.

    Parameters
    ----------
    found
        What may stand there.
    whose
        Name of the eater, where there are several.
    """
    of_whom = f" of {whose}" if whose else ""
    title = f"Day {found.day}, {found.slot}{of_whom}: {found.item.name} ({found.item.measure})"
    if not found.offers:
        return [*wrapped(title), *wrapped(NO_OFFER)]
    shown = found.offers[:SHOWN]
    rows = [["", "points", *HEADS, "portion"]]
    now = (found.day_before, found.cost_before, found.item.measure)
    rows += [["now", "", *effect_cells(*now)]]
    rows += [[str(one.rank), *_effect(one)] for one in shown]
    texts = as_columns(rows, right=range(len(rows[0]) - 1))
    names = ["instead", "", *(one.column.candidate.name for one in shown)]
    left = max(map(len, texts))
    width = WIDTH - left - _GAPS
    lines = [
        f"{text:<{left}}{' ' * _GAPS}{shortened(name, width)}".rstrip()
        for text, name in zip(texts, names, strict=True)
    ]
    return [
        *(Line(line.text, TITLE) for line in wrapped(title)),
        BLANK,
        Line(lines[0], HEADING),
        *(Line(line) for line in lines[1:]),
        BLANK,
        *wrapped(_summary(found, len(shown))),
    ]


def swaps_as_json(found: Replacements) -> dict[str, Any]:
    """Give all replacements as JSON values."""
    return {
        "day": found.day,
        "slot": found.slot,
        "item": {
            "id": found.item.item_id,
            "name": found.item.name,
            "servings": found.item.servings,
            "measure": found.item.measure,
        },
        "day_before": figures_as_json(found.day_before),
        "cost_before": found.cost_before,
        "considered": found.considered,
        "options": [offer_as_json(found, one) for one in found.offers],
    }


def effect_cells(figures: Figures, cost_usd: float, portion: str) -> list[str]:
    """Give the figures of a day, the usual price of all days, and the portion, as ``HEADS``."""
    return [*(amount_text(key, getattr(figures, key)) for key in _KEYS), f"{cost_usd:.2f}", portion]


def _effect(one: Replacement) -> list[str]:
    points = round(one.swap.points, 2) + 0.0  # no -0.00
    portion = one.column.serving.portion.measure
    return [f"{points:+.2f}", *effect_cells(one.day_after, one.cost_after, portion)]


def _summary(found: Replacements, shown: int) -> str:
    count = len(found.offers)
    more = f"; the best {shown} are shown" if count > shown else ""
    days = sorted({move.day + 1 for one in found.offers for move in one.swap.moves[1:]})
    again = f" Its second meal on day {days[0]} changes with it." if days else ""
    return (
        f"{count} of {found.considered} portions keep every rule of the week{more}.{again} Points "
        "are those of the week, fewer are better. --apply N makes the change."
    )


def offer_as_json(found: Replacements, one: Replacement) -> dict[str, Any]:
    """Give one replacement with its effect as JSON values."""
    candidate, portion = one.column.candidate, one.column.serving.portion
    return {
        "rank": one.rank,
        "id": candidate.source_id,
        "name": candidate.name,
        "servings": portion.servings,
        "measure": portion.measure,
        "leftover": candidate.traits.is_leftover,
        "second_meals": [move.day + 1 for move in one.swap.moves[1:]],
        "points": one.swap.points,
        "day_after": figures_as_json(one.day_after),
        "change": _change(found.day_before, one.day_after),
        "cost_after": one.cost_after,
        "cost_change": one.cost_after - found.cost_before,
    }


def _change(before: Figures, after: Figures) -> dict[str, float | None]:
    old, new = figures_as_json(before) or {}, figures_as_json(after) or {}
    return {
        key: None if old[key] is None or new[key] is None else new[key] - old[key] for key in old
    }
