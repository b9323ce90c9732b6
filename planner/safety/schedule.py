"""Hours of pills and mineral water on a day, around what a person says of the medicines.

A medicine has no hour but the person's own: of one without, the rule is told that pills, drinks and
meals are to keep. What stands between two medicines is not looked at.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice, permutations

from planner.safety.apart import drug_of_day, kinds_never_with
from planner.safety.dosage import is_usually_weekly
from planner.safety.finding import ALLOWED, MAGNESIUM
from planner.safety.hours import WATER, Apart, Taken, as_clock, hours_between, keeps_apart
from planner.safety.intake import SupplementIntake
from planner.safety.medicines import Medicine
from planner.safety.often import clock_hours
from planner.safety.read import read_safety_settings
from planner.safety.sentences import say


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """When one dose is taken.

    Parameters
    ----------
    item
        Supplement, mineral water, or a medicine at an hour that the person gave.
    best
        The time of the day, ``HH:MM``.
    hours_apart_from
        Other item → hours between the two.
    dose, doses
        Which dose of the day it is, and of how many.
    amount
        How much one dose of a pill is, as it is taken; empty for a medicine.
    """

    item: str
    best: str
    hours_apart_from: dict[str, float] = field(default_factory=dict)
    dose: int = 1
    doses: int = 1
    amount: str = ""

    @property
    def name(self) -> str:
        """Name with the number of the dose, where there are several."""
        return self.item if self.doses == 1 else f"{self.item}, dose {self.dose} of {self.doses}"

    @property
    def earliest(self) -> str:
        """The time again, as the first that may be."""
        return self.best

    @property
    def latest(self) -> str:
        """The time again, as the last that may be."""
        return self.best


@dataclass(frozen=True, slots=True)
class DaySchedule:
    """A day of pills and mineral water beside medicines.

    Parameters
    ----------
    lines
        Every dose that has an hour, by the clock.
    rules
        What each medicine must be kept from, in sentences.
    no_time_for
        Pills that no time of the day is left for.
    refused
        Pills that are taken though a rule refuses them: they get no hour.
    never_with
        (pill, medicine) pairs that no hour makes fit: the pill gets none.
    near_meals
        (medicine, meal) pairs of which the meal stands nearer than may be to the hour given.
    unnamed_days
        (medicine, days a week) of those whose days nobody named.
    daily_on_purpose
        Medicines taken every day that most people take once a week.
    answer
        What the safety rules say to a supplement of magnesium, which no hour changes.
    refused_nutrients
        Nutrients of which a rule refuses pills.
    """

    lines: tuple[ScheduleLine, ...] = ()
    rules: tuple[str, ...] = ()
    no_time_for: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    never_with: tuple[tuple[str, str], ...] = ()
    near_meals: tuple[tuple[str, str], ...] = ()
    unnamed_days: tuple[tuple[str, int], ...] = ()
    daily_on_purpose: tuple[str, ...] = ()
    answer: str = ALLOWED
    refused_nutrients: frozenset[str] = frozenset()

    @property
    def is_told(self) -> bool:
        """Whether there is anything to say: hours, a rule, a pill that has no hour."""
        told = (*self.rules, *self.without_hour, *self.near_meals, *self.unnamed_days)
        apart = any(line.hours_apart_from for line in self.lines)
        return bool(told or self.daily_on_purpose or apart)

    @property
    def without_hour(self) -> tuple[str, ...]:
        """Every pill that is taken and has no hour here, each once."""
        return _unique((*self.no_time_for, *self.refused, *(pill for pill, _ in self.never_with)))


def build_schedule(
    medicines: Iterable[Medicine],
    supplements: Iterable[SupplementIntake | Taken] = (),
    waters: Iterable[str] = (),
    meals: Sequence[Taken] = (),
    refused: frozenset[str] = frozenset(),
    weekday: int | None = None,
) -> DaySchedule:
    """Give the hours of a day.

    Parameters
    ----------
    medicines
        Medicines with their interactions, those of some days of the week too: pills keep the same
        hours on all days.
    supplements, waters
        What is taken, each dose with the hour of its meal where it has one, and mineral waters.
    meals
        Meals with what they hold, see ``day_meals``.
    refused
        Nutrients of which a rule refuses pills.
    weekday
        Which day it is, from 0, Monday; ``None`` where nobody knows.
    """
    taken = tuple(medicines)
    drugs = [drug_of_day(one, meals) for one in taken if one.is_swallowed]
    every = [*_doses(supplements), *(Taken(one, WATER) for one in waters)]
    forbids = {kind: one.name for one in taken for kind in kinds_never_with(one)}
    kept = [one for one in every if one.kind not in refused]
    placed, left = _placed([one for one in kept if one.kind not in forbids], drugs)
    timed = [one for one in drugs if one.is_timed]
    near = ((one.item, meal.item) for one in timed for meal in meals if not keeps_apart(one, meal))
    due = [one for one in taken if not one.is_weekly or weekday in one.weekdays]
    hours = [(one, hour) for one in due for hour in clock_hours(one.moments)]
    return DaySchedule(
        tuple(_lines(placed, drugs, hours)),
        tuple(_rules(drugs)),
        _unique(left),
        _unique(one.item for one in every if one.kind in refused),
        tuple(dict.fromkeys((one.item, forbids[one.kind]) for one in kept if one.kind in forbids)),
        tuple(near),
        tuple((one.name, one.per_week) for one in taken if one.is_weekly and not one.weekdays),
        tuple(one.name for one in taken if is_usually_weekly(one.name) and not one.is_weekly),
        refused_nutrients=refused,
    )


def keeps_hours(medicines: Iterable[Medicine], intakes: Sequence[Taken]) -> bool:
    """Whether pills at their hours are far enough from each other and from medicines."""
    every = [*(drug_of_day(one) for one in medicines if one.is_swallowed), *intakes]
    pairs = ((one, other) for n, one in enumerate(every) for other in every[n + 1 :])
    return all(keeps_apart(one, other) for one, other in pairs if not other.is_medicine)


def _doses(supplements: Iterable[SupplementIntake | Taken]) -> list[Taken]:
    """Give each dose of what is taken, with its nutrient's amount of the day."""
    found: list[Taken] = []
    for one in supplements:
        if isinstance(one, Taken):
            found.append(one)
            continue
        doses = max(1, math.ceil(one.per_day))
        part = Taken(one.name, one.nutrient, one.nutrient_per_day / doses, dose_text=one.dose_text)
        found += [part] * doses
    of_the_day: dict[str, float] = {}
    for one in found:
        of_the_day[one.kind] = of_the_day.get(one.kind, 0.0) + (one.amount or 0.0)
    return [replace(one, amount=of_the_day[one.kind]) for one in found]


def _placed(doses: Sequence[Taken], drugs: Sequence[Taken]) -> tuple[list[Taken], list[str]]:
    """Give the doses at hours that keep all rules, in the order that leaves the fewest without."""
    best: tuple[list[Taken], list[str]] | None = None
    for order in islice(permutations(doses), read_safety_settings("schedule")["most_tries"]):
        placed, left = list[Taken](), list[str]()
        for dose in order:
            others = [*drugs, *placed]
            at = (dose.at(hour) for hour in _hours_liked(dose))
            free = (one for one in at if all(keeps_apart(one, other) for other in others))
            if (found := next(free, None)) is not None:
                placed.append(found)
            else:
                left.append(dose.item)
        if best is None or len(left) < len(best[1]):
            best = placed, left
        if not left:
            break
    return best or ([], [])


def _hours_liked(dose: Taken) -> Iterator[float]:
    """Give the hours of a dose, that of its meal first and then those that suit its kind."""
    day = read_safety_settings("schedule")
    own = [span[0] for span in dose.spans]
    liked = [*own, *day["prefer"].get(dose.kind, ())]
    step, first_h = day["step_h"], day["mineral_h"]
    every = [first_h + n * step for n in range(round((day["sleep_h"] - first_h) / step) + 1)]
    near = own[0] if own else liked[0] if liked else first_h
    yield from dict.fromkeys([*liked, *sorted(every, key=lambda hour: abs(hour - near))])


def _lines(
    placed: Sequence[Taken], drugs: Sequence[Taken], hours: Iterable[tuple[Medicine, str]]
) -> list[ScheduleLine]:
    """Give a line for every dose of a pill, and for medicines where the person says the hour."""
    lines = [ScheduleLine(one.name, hour) for one, hour in hours]
    for one in placed:
        others = ((other.item, _hours_kept(one, other)) for other in (*drugs, *placed))
        apart = {item: least for item, least in others if least and item != one.item}
        lines.append(ScheduleLine(one.item, as_clock(one.spans[0][0]), apart, amount=one.dose_text))
    lines.sort(key=lambda line: (line.best, line.item))
    counts = [line.item for line in lines]
    return [
        replace(line, dose=counts[:n].count(line.item) + 1, doses=counts.count(line.item))
        for n, line in enumerate(lines)
    ]


def _hours_kept(dose: Taken, other: Taken) -> float:
    """Give the least hours from the earlier of two to the later, the more where nobody knows."""
    both = hours_between(dose, other), hours_between(other, dose)
    return max(both[span < dose.spans[0]] for span in other.spans) if other.is_timed else max(both)


def _rules(drugs: Sequence[Taken]) -> Iterator[str]:
    """Say what each medicine is kept from: magnesium first, then what has the same hours."""
    named = read_safety_settings("schedule")["told"]
    for drug in drugs:
        rows = {rule.kind: rule for rule in drug.apart if rule.kind in named}.values()
        for (_, *hours), group in groupby(sorted(rows, key=_magnesium_first), _magnesium_first):
            yield _rule(", ".join(named[rule.kind] for rule in group), drug.item, *hours)
        for other in (one for one in drugs if one.kind and one is not drug and drug.apart):
            if hours_h := max(hours_between(drug, other), hours_between(other, drug)):
                yield _rule(other.item, drug.item, hours_h, hours_h)


def _magnesium_first(rule: Apart) -> tuple[bool, float, float]:
    return rule.kind != MAGNESIUM, rule.before_h, rule.after_h


def _rule(things: str, name: str, before_h: float, after_h: float) -> str:
    sentence = "hours_away" if before_h == after_h else "hours_after_or_before"
    return say(sentence, things=things, name=name, before=before_h, after=after_h)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
