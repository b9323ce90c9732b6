"""The options of a role: a dish with the sides that go with it, for one eater or all at a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from planner.candidates.candidate import Traits
from planner.meals.served import PARTNERS
from planner.rhythm.choices import Choices, accepts
from planner.rhythm.rhythms import BREAKFAST, MAIN, SETTINGS, Role
from planner.rhythm.rows.roles import needs
from planner.settings import read_settings

Option = tuple[int, ...]
"""Numbers of the binaries that are 1."""
NOTHING: Option = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided at once: one of ``options``.

    Parameters
    ----------
    role
        Name of the role.
    options
        What may be taken.
    portions
        Binary → those that are the same dish for the same eater in another portion, itself among
        them; empty where portions are options of their own.
    """

    role: str
    options: tuple[Option, ...]
    portions: Mapping[int, Option]


def list_decisions(choices: Choices, points: Sequence[float]) -> list[Decision]:
    """Return what one eater's week decides; ``points`` are those of the binaries."""
    return [
        Decision(role.name, tuple(_options(choices, number, points)), {})
        for number, role in enumerate(choices.rhythm.roles)
    ]


def _options(choices: Choices, number: int, points: Sequence[float]) -> list[Option]:
    role, parts = choices.rhythm.roles[number], _parts(choices, number)
    mains = parts.get(MAIN, [])
    if role.kind != MAIN:
        return [*((NOTHING,) if not role.must else ()), *((at,) for at in mains)]
    plates = _Sides(choices, parts, points)
    return [tuple(sorted((at, *sides))) for at in mains for sides in plates.beside(at)]


def _parts(choices: Choices, number: int) -> dict[str, list[int]]:
    """Return part → the binaries of a role that are it."""
    parts: dict[str, list[int]] = {}
    for at, choice in enumerate(choices.choices):
        if choice.role == number:
            parts.setdefault(choice.part, []).append(at)
    return parts


class _Sides:
    """What may stand beside the main dishes of a role, once for all dishes that are alike."""

    def __init__(
        self, choices: Choices, parts: Mapping[str, Sequence[int]], points: Sequence[float]
    ) -> None:
        self.choices, self.parts, self.points = choices, parts, points
        self.most: int = read_settings(SETTINGS)["options"]["sides"]
        self.known: dict[object, list[Option]] = {}

    def beside(self, main: int) -> list[Option]:
        """Return the sides that may stand beside a main dish, those that cost least."""
        own = self.choices.candidate(main)
        need = tuple(needs(own, part) for part in PARTNERS)
        key = own.traits.served, own.traits.kitchens, need
        if key not in self.known:
            each = [self._of_part(own.traits, *pair) for pair in zip(PARTNERS, need, strict=True)]
            self.known[key] = [tuple(at for at in both if at >= 0) for both in product(*each)]
        return self.known[key]

    def _of_part(self, main: Traits, part: str, must: bool) -> list[int]:
        able = [
            at
            for at in self.parts.get(part, ())
            if accepts(main, self.choices.candidate(at).traits, part)
        ]
        able.sort(key=lambda at: self.points[at])
        return able[: 2 * self.most] if must else [-1, *able[: self.most]]


def list_table_decisions(
    eaters: Mapping[str, Choices],
    first: Mapping[str, int],
    points: Sequence[float],
    shared: Mapping[str, Sequence[str]],
) -> list[Decision]:
    """Return what the week of a table decides: a dish for all who share it, the rest for each.

    Parameters
    ----------
    eaters
        Name → the choices of that eater.
    first
        Name → number of that eater's first binary among those of the table.
    points
        Points of the binaries of the table.
    shared
        Place → who has the same main dish there; empty: nobody at any. Where somebody shares, all
        others have the same recipes with each other, too.
    """
    found = []
    tables: dict[tuple[str, tuple[str, ...]], Role] = {}
    for name, choices in eaters.items():
        own = points[first[name] : first[name] + len(choices.choices)]
        for role, decision in zip(choices.rhythm.roles, list_decisions(choices, own), strict=True):
            asked = shared.get(role.occasions[0].place, ())
            group = tuple(eater for eater in eaters if (eater in asked) == (name in asked))
            is_own = name not in asked and _is_own(choices, role)
            if shared and role.kind in (MAIN, BREAKFAST) and not is_own:
                tables[role.name, group] = role
            else:
                moved = tuple(tuple(at + first[name] for at in one) for one in decision.options)
                found.append(Decision(f"{name}: {decision.role}", moved, {}))
    for (_, group), role in tables.items():
        is_asked = group[0] in shared.get(role.occasions[0].place, ())
        sharing = {
            name: own
            for name, own in eaters.items()
            if name in group and (is_asked or not _has_own(own, role.name))
        }
        found.append(_shared(role, sharing, first, points))
    return found


def _is_own(choices: Choices, role: Role) -> bool:
    """Return whether something is put on a meal of a role for this eater alone."""
    source = choices.source
    return any(
        put.whose == source.eater != "" and put.slot == meal.slot
        for meal in role.occasions
        for put in source.day_kinds[meal.day].puts
    )


def _has_own(choices: Choices, name: str) -> bool:
    """Return whether a role of this name is the eater's own."""
    return any(role.name == name and _is_own(choices, role) for role in choices.rhythm.roles)


def _shared(
    role: Role,
    eaters: Mapping[str, Choices],
    first: Mapping[str, int],
    points: Sequence[float],
) -> Decision:
    """Return the dishes that all who eat in a role may have, with their sides, as each likes it."""
    here = [_Eater(eater, role.name, first[name], points) for name, eater in eaters.items()]
    here = [eater for eater in here if eater.dishes]
    lead, portions = here[0], dict[int, Option]()
    options: list[Option] = [] if role.must else [NOTHING]
    for dish in sorted(set.intersection(*(set(eater.dishes) for eater in here))):
        for eater in here:
            own = tuple(eater.dishes[dish])
            portions |= dict.fromkeys(own, own)
        usual = [min(eater.dishes[dish], key=lambda at: points[at]) for eater in here]
        for kinds in lead.beside(dish) if role.kind == MAIN else [()]:
            if all(kind in eater.sides for kind in kinds for eater in here):
                beside = (eater.sides[kind] for kind in kinds for eater in here)
                options.append(tuple(sorted((*usual, *beside))))
    return Decision(role.name, tuple(options), portions)


class _Eater:
    """What one of several eaters may have in a role, as binaries of the table."""

    def __init__(self, choices: Choices, role: str, first: int, points: Sequence[float]) -> None:
        numbers = [at for at, one in enumerate(choices.rhythm.roles) if one.name == role]
        parts = _parts(choices, numbers[0]) if numbers else {}
        self.choices, self.first = choices, first
        self.plates = _Sides(choices, parts, points[first : first + len(choices.choices)])
        self.dishes: dict[str, list[int]] = {}
        for at in parts.get(MAIN, ()):
            self.dishes.setdefault(choices.candidate(at).source_id, []).append(at + first)
        self.sides = {
            (part, choices.candidate(at).source_id): at + first
            for part in PARTNERS
            for at in parts.get(part, ())
        }

    def beside(self, dish: str) -> list[tuple[tuple[str, str], ...]]:
        """Return the sides, by part and id, that may stand beside a dish."""
        choices = self.choices
        return [
            tuple((choices.choices[at].part, choices.candidate(at).source_id) for at in option)
            for option in self.plates.beside(self.dishes[dish][0] - self.first)
        ]
