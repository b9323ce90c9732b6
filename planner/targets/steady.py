"""Bands of what a medicine is dosed to: around what was eaten before, where that is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from planner.safety.patient import Patient
from planner.safety.person import Person
from planner.safety.sentences import say
from planner.targets.bounds import LOWER, UPPER, Bound, bound_of
from planner.targets.target import Target

_TOTAL = "total"
_PERCENT = 100


def eaten_before(person: Person) -> Mapping[str, float]:
    """Return nutrient → what was eaten of it before the plan, in its own unit, where known."""
    told = {"vitamin_k_ug": person.vitamin_k_before_ug}
    return {key: amount for key, amount in told.items() if amount is not None}


def steady_bounds(patient: Patient, bounds: Sequence[Bound]) -> Iterator[Bound]:
    """Return the hard bounds of what must not change.

    Known, each day stays near what was eaten before; unknown, the mean stays near what is usually
    recommended, so that no plan and no seed brings several times as much as another.

    Parameters
    ----------
    patient
        Who eats.
    bounds
        Those of the standard; a lower recommendation takes the place of the usual one.
    """
    known = eaten_before(patient.person)
    for effect in patient.effects:
        for one in effect.steady:
            if one.nutrient in known:
                middle, wide = known[one.nutrient], one.share
                low, high, period = middle * (1 - wide), middle * (1 + wide), "day"
            else:
                middle = min(one.reference[patient.person.sex], *_recommended(one.nutrient, bounds))
                low, high, period = middle * one.unknown_from, middle * one.unknown_to, "week"
            for side, value in ((LOWER, low), (UPPER, high)):
                yield bound_of(effect, one.nutrient, side, value, period)


def steady_notes(patient: Patient, targets: Iterable[Target]) -> Iterator[str]:
    """Say what each of them is held to, and what the person has not told."""
    known = eaten_before(patient.person)
    bands = {(one.nutrient, one.period): one for one in targets if one.basis == _TOTAL}
    for one in (one for effect in patient.effects for one in effect.steady):
        before = known.get(one.nutrient)
        band = bands[one.nutrient, "week" if before is None else "day"]
        figures = {"low": band.lower, "high": band.upper}
        if before is None:
            yield say(one.note_unknown, **figures)
        else:
            yield say(one.note_known, percent=_PERCENT * one.share, before=before, **figures)


def _recommended(nutrient: str, bounds: Iterable[Bound]) -> list[float]:
    """Return the recommended intakes of a nutrient among ``bounds``; infinity stands for none."""
    found = [
        bound.value
        for bound in bounds
        if (bound.nutrient, bound.side, bound.period, bound.basis)
        == (nutrient, LOWER, "week", _TOTAL)
        and bound.value is not None
    ]
    return found or [float("inf")]
