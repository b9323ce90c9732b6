"""What the judge says about the hours at which medicines, pills and mineral water are taken.

Nothing of the search for hours is asked: any two doses of a day, as printed, are held to the hours
that the rules want between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from foods.supplement import read_supplements
from planner.language.spoken import said
from planner.request.request import PlanRequest
from planner.safety.apart import drug_of_day
from planner.safety.clock import WATER, Taken, Window, keeps_apart
from planner.safety.finding import MAGNESIUM
from planner.safety.fit_day import MAGNESIUM_ITEM
from planner.targets.taken import waters_drunk
from planner.wire.told import PlannedDose

_MINUTES = 60


def dose_faults(schedule: Sequence[PlannedDose], request: PlanRequest) -> Iterator[str]:
    """Say which doses of a day stand nearer to a medicine than its rules allow."""
    things = _things(request)
    for on in dict.fromkeys(day for dose in schedule for day in _days(dose)):
        doses = [dose for dose in schedule if on in _days(dose)]
        for one, other in combinations(doses, 2):
            pairs = product(things.get(one.item, ()), things.get(other.item, ()))
            asked = ((a, b) for a, b in pairs if a.is_medicine or b.is_medicine)
            if not all(keeps_apart(_window(a, one), _window(b, other)) for a, b in asked):
                yield said(
                    "{day}: {item} and {other} are taken nearer to each other than may be.",
                    day=on if isinstance(on, str) else said("Day {day}", day=on),
                    item=one.item,
                    other=other.item,
                )


def _things(request: PlanRequest) -> Mapping[str, Sequence[Taken]]:
    """Give what may be in a file by its name: medicines, pills with each nutrient, and waters."""
    found = {MAGNESIUM_ITEM: [Taken(MAGNESIUM_ITEM, MAGNESIUM)]}
    for one in read_supplements().values():
        pill = Taken(one.label, one.nutrient, amount=0.0)  # 0: two minerals are no medicine's
        found.setdefault(one.label, []).append(pill)
    found.update((one, [Taken(one, WATER)]) for one in waters_drunk(request))
    found.update((one.name, [drug_of_day(one)]) for one in request.patient.medicines)
    return found


def _days(dose: PlannedDose) -> Sequence[int | str]:
    return dose.days or (dose.on,)


def _window(taken: Taken, dose: PlannedDose) -> Window:
    first, last, best = map(_hour, (dose.earliest, dose.latest, dose.best))
    return Window(taken, dose.dose, min(first, best), max(last, best), best)


def _hour(clock: str) -> float:
    hours, minutes = clock.split(":")
    return int(hours) + int(minutes) / _MINUTES
