"""What each weight of a request was worth in a plan: the points given up for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from types import MappingProxyType

from planner.document.blocks import Block, Paragraph, Section, Table
from planner.request.request import Weights
from planner.request.tables import WeightsTable
from planner.request.wish import words_of
from planner.wire.document import PlanDocument
from planner.wire.why import WrittenWorth

WEIGHT_OF: Mapping[str, str] = MappingProxyType(  # the weight that turns a term of another name
    {
        **dict.fromkeys(("draw", "history", "season", "pattern"), "taste"),
        **dict.fromkeys(("portion", "further_things"), "waste"),
        "further_dishes": "effort",
    }
)
_PERCENT = 100


def worths_of(document: PlanDocument) -> tuple[WrittenWorth, ...]:
    """Say of each weight what it brought in a kept plan, most first."""
    weights, points = document.request.weights, dict.fromkeys(_names(), 0.0)
    for term, value in document.printed.why.terms.items():
        name = WEIGHT_OF.get(term, term)
        points[name] = points.get(name, 0.0) + value
    total = sum(points.values()) or 1.0
    told = {key: words_of("weights", key)["comment"] for key in WeightsTable.model_fields}
    found = [
        WrittenWorth(
            weight=name,
            value=getattr(weights, name, None),
            points=own,
            share=own / total,
            counts=told.get(name, ""),
        )
        for name, own in points.items()
        if own or name in told
    ]
    return tuple(sorted(found, key=lambda one: (-one.points, one.weight)))


def worths_told(worths: Sequence[WrittenWorth]) -> Iterator[Block]:
    """Return a row for each weight: what it is, what it brought, what it counts."""
    head = ["", "weight", "points", "share", "what it counts"]
    rows = [
        [
            one.weight if one.value is not None else one.weight.replace("_", " "),
            "–" if one.value is None else f"{one.value:g}",
            f"{one.points:.1f}",
            f"{_PERCENT * one.share:.0f} %",
            one.counts if one.counts else "",
        ]
        for one in worths
    ]
    told = "What each weight was worth in this plan, in points given up for it"
    hint = "A weight of 2 counts twice as much, 0 nothing; 0.25 to 4 is wise."
    yield Section(told, (Table(told, head, rows, (4,)), Paragraph(hint)))


def _names() -> list[str]:
    return [field.name for field in fields(Weights)]
