"""What the judge says about the hours at which medicines, pills and mineral water are taken.

Nothing of the search for hours is asked: each dose, as printed, is held to the hours that the rules
want between it and a medicine, and a medicine to the hours that the person gave.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from foods.supplement import read_supplements
from planner.request.request import PlanRequest
from planner.safety.gate import WATER, Taken, as_hour, drug_of_day, keeps_apart
from planner.safety.medicines import clock_hours
from planner.targets.taken import waters_drunk
from planner.wire.told import PlannedDose


def dose_faults(schedule: Sequence[PlannedDose], request: PlanRequest) -> Iterator[str]:
    """Describe which pills stand nearer to a medicine than may be, and which hour nobody gave."""
    things, medicines = _things(request), request.patient.medicines
    said_at = {medicine.name: clock_hours(medicine.moments) for medicine in medicines}
    drugs = [drug_of_day(medicine) for medicine in medicines if medicine.is_swallowed]
    for dose in schedule:
        day = f"Day {next(iter(dose.days), 1)}"
        if dose.item in said_at and dose.best not in said_at[dose.item]:
            yield f"{day}: nobody gave {dose.item} the hour {dose.best}."  # fmt: skip
        pills = [thing.at(as_hour(dose.best)) for thing in things.get(dose.item, ())]
        for drug in drugs:
            if not all(keeps_apart(pill, drug) for pill in pills):
                pair = f"{dose.item} and {drug.item}"
                yield f"{day}: {pair} are taken nearer to each other than may be."


def _things(request: PlanRequest) -> Mapping[str, Sequence[Taken]]:
    """Return what may be in a file by its name: medicines, pills with each nutrient, and waters."""
    found: dict[str, list[Taken]] = {}
    for one in read_supplements().values():
        pill = Taken(one.label, one.nutrient, amount=0.0)  # 0: two minerals are no medicine's
        found.setdefault(one.label, []).append(pill)
    found.update((water, [Taken(water, WATER)]) for water in waters_drunk(request))
    return found
