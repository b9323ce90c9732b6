"""A trace as text and as JSON: the number, its rows with every column, its source in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from planner.explain.trace import AppliedRule, NutrientTrace, TableRow
from planner.explain.trace_entry import EntryTrace
from planner.explain.trace_food import FoodTrace
from planner.export.page import BLANK, TITLE, Line, as_plain, bullets, section, wrapped
from planner.export.targets import number_as_text, target_as_json
from planner.targets.target import Target
from planner.targets.words import BASIS_WORDS, heading_of, name_within, unit_word

_PERIOD_WORDS = {"day": "each day", "week": "mean of the week"}
_ORIGIN_WORDS = {
    "release": "as the release of the food prints it",
    "overlay": "from a newer analysis, laid over the food's own release",
    "estimate": "our own estimate",
    "unknown": "unknown",
}


def nutrient_trace_as_json(trace: NutrientTrace) -> dict[str, Any]:
    """Give the trace of a nutrient's bands as JSON values."""
    return {
        "nutrient": trace.nutrient,
        "standard": trace.standard,
        "targets": [target_as_json(target) for target in trace.targets],
        "rows": [_row_as_json(row) for row in trace.rows],
        "rules": [asdict(rule) for rule in trace.rules],
        "remarks": list(trace.remarks),
        "definition": _row_as_json(trace.definition),
    }


def food_trace_as_json(trace: FoodTrace) -> dict[str, Any]:
    """Give the trace of a food's figure as JSON values; an unknown amount is null."""
    names = ("food_id", "name", "nutrient", "unit", "value", "release", "source_id", "fdc_id")
    return {
        **{name: getattr(trace, name) for name in (*names, "ndb_no", "origin", "cite")},
        "rows": [_row_as_json(row) for row in trace.rows],
        "notes": list(trace.notes),
    }


def entry_trace_as_json(trace: EntryTrace) -> dict[str, Any]:
    """Give the trace of a rule, cap, condition, medicine, fact or compound as JSON values."""
    return {
        "name": trace.name,
        "kinds": list(trace.kinds),
        "rows": [_row_as_json(row) for row in trace.rows],
        "notes": list(trace.notes),
    }


def entry_trace_as_text(trace: EntryTrace) -> str:
    """Give the same trace as text of 80 columns."""
    lines = [
        Line(f"{trace.name}: {', '.join(trace.kinds)}", TITLE),
        *section("Rows behind it", _row_lines(trace.rows)),
        *section("Notes", bullets(trace.notes)),
    ]
    return as_plain(lines)


def nutrient_trace_as_text(trace: NutrientTrace) -> str:
    """Give the trace of a nutrient's bands as text of 80 columns."""
    title = f"{heading_of(trace.nutrient)}: where its bands come from"
    none = [Line("None: this standard gives nothing for this person.")]
    lines = [
        Line(title, TITLE),
        *wrapped(f"Standard: {trace.standard}."),
        *section("Bands that a plan is held to", _band_lines(trace.targets) or none),
        *section("Rows behind them", _row_lines(trace.rows)),
        *section("Rules that make bands of rows", _rule_lines(trace.rules)),
        *section("Remarks", bullets(trace.remarks)),
        *section("The row that names it", _row_lines([trace.definition])),
    ]
    return as_plain(lines)


def food_trace_as_text(trace: FoodTrace) -> str:
    """Give the trace of a food's figure as text of 80 columns."""
    known = trace.value is not None
    amount = f"{trace.value:g} {unit_word(trace.nutrient)} in 100 g" if known else "unknown"
    numbers = [
        f"{label} {number}"
        for label, number in (
            ("FoodData Central", trace.fdc_id),
            ("number in its release", trace.ndb_no or trace.source_id),
        )
        if number
    ]
    lines = [
        Line(f"{trace.name}, {name_within(trace.nutrient)}: {amount}", TITLE),
        *wrapped(f"{_ORIGIN_WORDS[trace.origin].capitalize()}: {trace.cite}"),
        *wrapped(f"Food: {trace.food_id}, release {trace.release}; {', '.join(numbers)}."),
        *section("Rows behind it", _row_lines(trace.rows)),
        *section("Notes", bullets(trace.notes)),
    ]
    return as_plain(lines)


def _row_as_json(row: TableRow) -> dict[str, Any]:
    return {**asdict(row), "cells": dict(row.cells)}


def _band_lines(targets: Sequence[Target]) -> list[Line]:
    texts = []
    for target in targets:
        basis = BASIS_WORDS[target.basis]
        basis = f" {basis}" if basis else ""
        hard = "" if target.hard or not _band(target) else ", soft"
        liked = _between(target.preferred_lower, target.preferred_upper)
        liked = f", preferred {liked}" if liked else ""
        texts.append(
            f"{_PERIOD_WORDS[target.period]}{basis}: {_band(target) or 'shown'}{hard}{liked}. "
            f"Rule: {target.rule}. Source: {target.source} ({target.confidence})."
        )
    return bullets(texts)


def _band(target: Target) -> str:
    words, unit = _between(target.lower, target.upper), unit_word(target.nutrient)
    return f"{words} {unit}".strip() if words else ""


def _between(lower: float | None, upper: float | None) -> str:
    texts = [None if one is None else number_as_text(one) for one in (lower, upper)]
    if all(texts):
        return f"{texts[0]} to {texts[1]}"
    return f"at least {texts[0]}" if texts[0] else f"at most {texts[1]}" if texts[1] else ""


def _row_lines(rows: Iterable[TableRow]) -> list[Line]:
    lines: list[Line] = []
    for row in rows:
        cells = "; ".join(f"{name} = {text or '(blank)'}" for name, text in row.cells.items())
        note = f" ({row.note})" if row.note else ""
        lines += [
            *([BLANK] if lines else []),
            Line(f"{row.file}, row {row.row}{note}"),
            *wrapped(cells, indent="    "),
            *wrapped(f"Source: {row.cite}", indent="    "),
        ]
    return lines


def _rule_lines(rules: Iterable[AppliedRule]) -> list[Line]:
    return bullets(
        f"{rule.file}, {rule.place}{f', row {rule.row}' if rule.row else ''}: {rule.text}"
        for rule in rules
    )
