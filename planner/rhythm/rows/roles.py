"""Roles: each is taken once, and what stands beside a main dish goes with it."""

from __future__ import annotations

import numpy as np

from planner.candidates.candidate import Candidate
from planner.meals.served import PARTNERS, served_ways
from planner.rhythm.choices import Flags, accepts
from planner.rhythm.rhythms import MAIN
from planner.rhythm.rows.writer import INF, Writer


def add_roles(rows: Writer) -> None:
    """Take each role once, its sides at most once, and only sides that go with its dish."""
    for number, role in enumerate(rows.choices.rhythm.roles):
        here = rows.role == number
        main = here & (rows.part == MAIN)
        rows.add("one", role.name, main.astype(float), float(role.must), 1.0)
        for part in PARTNERS if role.kind == MAIN else ():
            beside = here & (rows.part == part)
            rows.add("one", f"{role.name}.{part}", beside.astype(float), -INF, 1.0)
            _add_served(rows, f"{role.name}.{part}", part, main, beside)
            mains = map(rows.choices.candidate, np.flatnonzero(main).tolist())
            asking = [needs(candidate, part) for candidate in mains]
            if any(asking):
                values = beside.astype(float)
                values[np.flatnonzero(main)] = -np.array(asking, dtype=float)
                rows.add("needs", f"{role.name}.{part}", values, 0.0, INF)


def needs(main: Candidate, part: str) -> bool:
    """Whether a main dish is no meal without such a side."""
    way = served_ways().get(main.traits.served)
    if way is None or part not in way.needs:
        return False
    return part != "starch" or main.traits.starch == "none"


def _add_served(rows: Writer, name: str, part: str, main: Flags, beside: Flags) -> None:
    """Serve sides that are alike only where one of the dishes that take them stands."""
    mains = [(at, rows.choices.candidate(at).traits) for at in np.flatnonzero(main).tolist()]
    alike: dict[object, list[int]] = {}
    for at in np.flatnonzero(beside).tolist():
        side = rows.choices.candidate(at).traits
        alike.setdefault((side.served, side.kitchens), []).append(at)
    for number, sides in enumerate(alike.values(), start=1):
        side = rows.choices.candidate(sides[0]).traits
        values = rows.nothing()
        values[[at for at, dish in mains if accepts(dish, side, part)]] = -1.0
        values[sides] = 1.0
        rows.add("served", f"{name}.{number}", values, -INF, 0.0)
