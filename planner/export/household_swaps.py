"""A ranked list of replacements on a common table, with the effect on each eater."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planner.export.diff import figures_as_json
from planner.export.page import BLANK, HEADING, TITLE, WIDTH, Line, as_columns, cut_at_word, wrapped
from planner.export.swaps import HEADS, NO_OFFER, SHOWN, effect_cells, offer_as_json, swap_lines
from planner.plan.replacements import HouseholdReplacement, HouseholdReplacements, Replacement

LINES_SHOWN = 24  # of effects: fewer replacements where more eaters share


def table_swap_lines(found: HouseholdReplacements) -> list[Line]:
    """Give the best replacements with their effect on each eater's day and week."""
    names = list(found.eaters)
    if len(names) == 1:
        return swap_lines(found.eaters[names[0]], names[0])
    title = f"Day {found.day}, {found.slot} of {', '.join(names)}: {found.item.name}"
    if not found.offers:
        return [*wrapped(title), *wrapped(NO_OFFER)]
    shown = found.offers[: max(1, min(SHOWN, LINES_SHOWN // len(names)))]
    rows = [["", "points", *HEADS, "portion"]]
    for name, own in found.eaters.items():
        now = (own.day_before, own.cost_before, own.item.measure)
        rows.append([name, "", *effect_cells(*now)])
    rows += [row for one in shown for row in _rows(one)]
    texts = iter(as_columns(rows, right=range(1, len(rows[0]) - 1)))
    lines = [Line(line.text, TITLE) for line in wrapped(title)]
    lines += [BLANK, Line(cut_at_word(next(texts), WIDTH), HEADING)]
    lines += [Line(next(texts)) for _ in names]
    for one in shown:
        said = f"{one.rank}  {one.first.column.candidate.name}: {_points(one.points)}"
        lines += [Line(cut_at_word(said, WIDTH), TITLE)]
        lines += [Line(next(texts)) for _ in names]
    return [*lines, BLANK, *wrapped(_summary(found, len(shown)))]


def table_swaps_as_json(found: HouseholdReplacements) -> dict[str, Any]:
    """Give all replacements as JSON values; effects stand under the ``eaters`` of each."""
    return {
        "day": found.day,
        "slot": found.slot,
        "item": {"id": found.item.item_id, "name": found.item.name},
        "cost_before": found.cost_before,
        "eaters": [
            {
                "name": name,
                "servings": own.item.servings,
                "measure": own.item.measure,
                "day_before": figures_as_json(own.day_before),
                "cost_before": own.cost_before,
                "considered": own.considered,
            }
            for name, own in found.eaters.items()
        ],
        "options": [_option(found, one) for one in found.offers],
    }


def _option(found: HouseholdReplacements, one: HouseholdReplacement) -> dict[str, Any]:
    candidate = one.first.column.candidate
    change = sum(own.cost_after - found.eaters[name].cost_before for name, own in one.each.items())
    return {
        "rank": one.rank,
        "id": candidate.source_id,
        "name": candidate.name,
        "leftover": candidate.traits.is_leftover,
        "points": one.points,
        "cost_change": change,
        "cost_after": found.cost_before + change,
        "eaters": [
            {"eater": name, **offer_as_json(found.eaters[name], own)}
            for name, own in one.each.items()
        ],
    }


def _rows(one: HouseholdReplacement) -> list[list[str]]:
    return [[name, _points(own.swap.points), *_cells(own)] for name, own in one.each.items()]


def _cells(own: Replacement) -> list[str]:
    return effect_cells(own.day_after, own.cost_after, own.column.serving.portion.measure)


def _points(points: float) -> str:
    return f"{round(points, 2) + 0.0:+.2f}"  # no -0.00


def _summary(found: HouseholdReplacements, shown: int) -> str:
    count = len(found.offers)
    more = f"; the best {shown} are shown" if count > shown else ""
    kept = "1 replacement keeps" if count == 1 else f"{count} replacements keep"
    return (
        f"{kept} everybody's rules{more}.{_again(found.offers)} Points are those of the weeks, "
        "fewer are better. --apply N makes the change."
    )


def _again(offers: Sequence[HouseholdReplacement]) -> str:
    """Say which second meals change too."""
    days = {
        move.day + 1 for one in offers for own in one.each.values() for move in own.swap.moves[1:]
    }
    return f" Second meals on day {min(days)} change with it." if days else ""
