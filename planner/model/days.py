"""What sets one day of a plan apart: the weekend, meals not planned, more energy, dishes put."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.targets.target import Target

ENERGY = "energy_kcal"
COUNTED_BASES = ("total", "food", "preformed_retinol", "folic_acid")
"""Bases that every food counts for: of these nutrients a food must have a figure."""


@dataclass(frozen=True, slots=True, order=True)
class Absence:
    """Meals of a day that are not on the table, and how much more energy the day needs.

    Parameters
    ----------
    slots
        Meals that are not planned, sorted.
    share
        Share of the day's targets that the other meals carry [0–1]: below 1 where the missing
        meals are eaten elsewhere.
    more_kcal
        Energy that the whole day needs beside that of other days [kcal].
    is_eaten
        Whether the day is past and its food a fact.
    not_yet
        Names of what is asked for from a later day on, sorted.
    alone
        Nutrients of which the day is held to what was meant for the mean, as its week had begun
        when that was asked for; sorted.
    """

    slots: tuple[str, ...] = ()
    share: float = 1.0
    more_kcal: float = 0.0
    is_eaten: bool = False
    not_yet: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()

    @property
    def planned_kcal(self) -> float:
        """What of ``more_kcal`` is planned."""
        return self.share * self.more_kcal


PRESENT = Absence()
"""All meals are on the table, and the day needs what others need."""


@dataclass(frozen=True, slots=True, order=True)
class PutDish:
    """A dish or food that a meal has in any case, or one of several.

    Parameters
    ----------
    slot, name
        Meal, and the id of the dish or food, or the word that several are called by.
    whose
        Name of the eater; empty: everybody's.
    among
        Ids of the dishes or foods that the word may mean, one of which stands there; empty where
        ``name`` is an id.
    is_out
        Whether the meal is eaten elsewhere, so that nothing else stands there.
    amount
        Id of the candidate that is just as much of it as is put; empty where nobody says.
    """

    slot: str
    name: str
    whose: str = ""
    among: tuple[str, ...] = ()
    is_out: bool = False
    amount: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of what may stand there."""
        return self.among or (self.name,)


@dataclass(frozen=True, slots=True, order=True)
class DayKind:
    """What the rows of a day depend on.

    Parameters
    ----------
    weekend
        Whether there is the time of a weekend.
    absence
        Meals that are not planned.
    puts
        What is put on meals, of everybody at the table, so that all have the same kinds of days.
    off
        Who has nothing of what on such a day, by names; of everybody, too.
    """

    weekend: bool = False
    absence: Absence = PRESENT
    puts: tuple[PutDish, ...] = ()
    off: tuple[tuple[str, str], ...] = ()

    @property
    def out(self) -> Mapping[str, tuple[str, ...]]:
        """Meal that is eaten elsewhere, or was eaten so → ids of what may stand for it."""
        is_past = self.absence.is_eaten
        return {put.slot: put.ids for put in self.puts if put.is_out or is_past}

    @property
    def free(self) -> frozenset[str]:
        """Meals whose size is the eater's own affair: eaten elsewhere, or put in an amount."""
        return frozenset(put.slot for put in self.puts if put.is_out or put.amount)


def targets_on(absence: Absence, targets: Sequence[Target]) -> Sequence[Target]:
    """Return what a day is held to: what is safe where it is past, or no more was asked for yet.

    In a week that had begun when a bound was asked for, its mean would be one of the days to come:
    each of them is held to it.
    """
    if absence.is_eaten:
        return [target.as_eaten() for target in targets]
    loose, alone = frozenset(absence.not_yet), frozenset(absence.alone)
    means = {(one.nutrient, one.basis, one.hard): one for one in targets if one.period == "week"}
    held = []
    for target in targets:
        mean = means.get((target.nutrient, target.basis, target.hard))
        if target.nutrient in loose:
            held.append(target.as_eaten())
        elif target.nutrient in alone and target.period == "day" and mean is not None:
            lower = max((x for x in (target.lower, mean.lower) if x is not None), default=None)
            upper = min((x for x in (target.upper, mean.upper) if x is not None), default=None)
            held.append(replace(target, lower=lower, upper=upper))
        else:
            held.append(target)
    return held
