"""The programme of a table: those of its eaters side by side, with one kitchen and one list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from planner.rhythm.build import build_programme
from planner.rhythm.choices import Choices
from planner.rhythm.options import Decision, list_table_decisions
from planner.rhythm.programme import KINDS, Numbers, Programme, Sparse, Vector

_OF_DISHES = ("family", "apart", "evening")
"""What rows say of recipes alone: who has the same recipes has them once."""


@dataclass(frozen=True)
class TableWeek:
    """A week of everybody at a table as one programme.

    Parameters
    ----------
    choices, programmes
        Name → the binaries of that eater, and their programme.
    whole, first
        The programme of all, and name → the number of that eater's first binary in it.
    shared
        Place → who has the same main dish there.
    """

    choices: Mapping[str, Choices]
    programmes: Mapping[str, Programme]
    whole: Programme
    first: Mapping[str, int]
    shared: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, choices: Mapping[str, Choices], shared: Mapping[str, Sequence[str]]) -> TableWeek:
        """Build the programmes of all."""
        programmes = {name: build_programme(choice) for name, choice in choices.items()}
        whole, first = join_programmes(programmes, tuple(choices) if shared else ())
        return cls(choices, programmes, whole, first, shared)

    @cached_property
    def decisions(self) -> Sequence[Decision]:
        """What is decided, a dish for all who share it."""
        points = self.whole.points.tolist()
        return list_table_decisions(self.choices, self.first, points, self.shared)

    def own(self, name: str, taken: Sequence[int]) -> tuple[int, ...]:
        """Return those of the binaries of a table that are an eater's, by their numbers there."""
        first, count = self.first[name], len(self.choices[name].choices)
        return tuple(at - first for at in taken if first <= at < first + count)


def join_programmes(
    each: Mapping[str, Programme], together: Sequence[str] = ()
) -> tuple[Programme, dict[str, int]]:
    """Return the programme of all eaters, and the number of each one's first binary in it.

    Rows stay those of each, but for what is the same for those ``together``; packages and things
    are common, so what one uses of a package leaves less of it for the list of the others.
    """
    known = list(each.values())
    sizes = [len(programme.points) for programme in known]
    starts = np.cumsum([0, *sizes])[:-1].tolist()
    first = dict(zip(each, starts, strict=True))
    if len(known) == 1:
        return known[0], first
    lead, count = known[0], sum(sizes)

    of_dishes = [KINDS.index(dish) for dish in _OF_DISHES]
    kept = [
        np.ones(len(one.rows), bool) if name not in together[1:] else ~np.isin(one.kind, of_dishes)
        for name, one in each.items()
    ]

    def joined(part: Callable[[Programme], Vector]) -> Vector:
        return np.concatenate([part(programme) for programme in known])

    def of_rows(part: Callable[[Programme], Any]) -> Any:
        return np.concatenate([part(one)[own] for one, own in zip(known, kept, strict=True)])

    rows = [
        (index + start, value)
        for programme, start, own in zip(known, starts, kept, strict=True)
        for index, value in map(programme.rows.of_row, np.flatnonzero(own).tolist())
    ]
    titles = [
        f"{name}: {programme.names[at]}"
        for (name, programme), own in zip(each.items(), kept, strict=True)
        for at in np.flatnonzero(own).tolist()
    ]
    uses, packages = _together([(one.package_names, one.packages) for one in known], starts, count)
    marks, things = _together([(one.thing_names, one.things) for one in known], starts, count)
    held = [
        {name: (one.package_usd[at], one.package_points[at], one.home[at], one.kept_usd[at])}
        for one in known
        for at, name in enumerate(one.package_names)
    ]
    of_name = {name: figures for entry in held for name, figures in entry.items()}
    usd, points, home, kept_usd = np.array([of_name[name] for name in packages]).T
    whole = Programme(
        points=joined(lambda one: one.points),
        rows=Sparse.of(rows, count),
        lower=of_rows(lambda one: one.lower),
        upper=of_rows(lambda one: one.upper),
        price=of_rows(lambda one: one.price),
        scale=of_rows(lambda one: one.scale),
        kind=of_rows(lambda one: one.kind),
        names=tuple(titles),
        packages=uses,
        package_names=packages,
        package_usd=usd,
        package_points=points,
        home=home,
        weighed_usd=joined(lambda one: one.weighed_usd),
        things=marks,
        thing_names=things,
        thing_points=lead.thing_points,
        kept_usd=kept_usd,
        budget_usd=sum(programme.budget_usd for programme in known),
        usd_points=lead.usd_points,
    )
    return whole, first


def _together(
    each: Sequence[tuple[Sequence[str], Sparse]], starts: Sequence[int], count: int
) -> tuple[Sparse, tuple[str, ...]]:
    """Return rows of the same name as one row over the binaries of all."""
    found: dict[str, list[tuple[Numbers, Vector]]] = {}
    for (names, rows), start in zip(each, starts, strict=True):
        for number, name in enumerate(names):
            index, value = rows.of_row(number)
            found.setdefault(name, []).append((index + start, value))
    names = tuple(sorted(found))
    joined = [
        (
            np.concatenate([index for index, _ in found[name]]),
            np.concatenate([value for _, value in found[name]]),
        )
        for name in names
    ]
    return Sparse.of(joined, count), names
