"""Find times of the day that keep every hour between medicines and minerals.

Minerals are tried at the hours at which people take them, the best first; whatever a choice leaves
without a time for some medicine is taken back. Between themselves medicines need no hours: one that
is a mineral itself counts as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from planner.safety.read import read_safety_settings

HOURS_A_DAY = 24.0
_NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Separation:
    """How far a medicine is from what binds it.

    Parameters
    ----------
    before_h, after_h
        Hours from the medicine to the mineral, and from the mineral to the medicine.
    from_kinds
        Kinds that must be as far: nutrient keys, and ``"water"``.
    is_morning
        Whether it is taken in the morning alone.
    """

    before_h: float
    after_h: float
    from_kinds: frozenset[str]
    is_morning: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """One thing that is taken.

    Parameters
    ----------
    item
        What to call it.
    kind
        Nutrient key of a mineral or vitamin, ``"water"``, or empty for a medicine.
    doses
        Doses a day.
    amount
        Amount a day [the nutrient's unit]; ``None`` where nobody gave one.
    separation
        Hours of a medicine; ``None`` for what is none, or needs none.
    prefer_h
        Hours of the day that are tried first, one for each dose; empty for the usual ones.
    is_fixed
        Whether no other hour than these is tried.
    """

    item: str
    kind: str = ""
    doses: int = 1
    amount: float | None = None
    separation: Separation | None = None
    prefer_h: tuple[float, ...] = ()
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """When one dose is taken: any hour from ``start_h`` to ``end_h``, ``best_h`` by preference."""

    taken: Taken
    dose: int
    start_h: float
    end_h: float
    best_h: float


def find_day(things: Sequence[Taken]) -> tuple[Window, ...] | None:
    """Give a window for every dose; ``None`` where no day has room for all hours."""
    minerals = [one for one in things if one.kind]
    medicines = [one for one in things if not one.kind]
    if any(one.doses > len(_settings()["medicine"]["hours_after_first"]) for one in medicines):
        return None
    doses = [(one, dose) for one in minerals for dose in range(1, one.doses + 1)]
    for ease in range(len(_settings()["medicine"]["window_h"]) + 1):
        search = _Search(medicines, ease)
        if search.place(doses):
            fixed = [window for one in medicines for window in search.pattern(one)]
            return _numbered(_widened([*fixed, *search.windows]))
    return None


def hours_between(one: Taken, other: Taken) -> float:
    """Give the least hours from a dose of ``one`` to a later dose of ``other``."""
    hours = [0.0]
    if one.separation and other.kind in one.separation.from_kinds:
        hours.append(one.separation.before_h)
    if other.separation and one.kind in other.separation.from_kinds:
        hours.append(other.separation.after_h)
    if one == other and one.kind:
        hours.append(_settings()["same_item_h"])
    hours += [rule["hours"] for rule in _settings()["apart"] if _rule_fits(rule, one, other)]
    return float(max(hours))


def keeps_apart(one: Window, other: Window) -> bool:
    """Whether any two hours of the windows are far enough, today and over the night."""
    if not hours_between(one.taken, other.taken) and not hours_between(other.taken, one.taken):
        return True
    first, second = (one, other) if one.start_h <= other.start_h else (other, one)
    today = second.start_h - first.end_h
    overnight = first.start_h + HOURS_A_DAY - second.end_h
    return (
        today >= hours_between(first.taken, second.taken) - _NEAR
        and overnight >= hours_between(second.taken, first.taken) - _NEAR
    )


class _Search:
    """Depth-first search over the hours of minerals; medicines only have to keep one way open.

    ``ease`` 0 leaves medicines their usual hour, 1 moves them, 2 and more keep hours more exactly.
    """

    def __init__(self, medicines: Sequence[Taken], ease: int) -> None:
        self.medicines, self.ease = medicines, ease
        self.windows: list[Window] = []
        self.tries = 0

    def place(self, doses: Sequence[tuple[Taken, int]]) -> bool:
        if not doses:
            return all(self._is_open(one) for one in self.medicines)
        (taken, dose), *rest = doses
        for hour in _hours(taken, dose):
            window = Window(taken, dose, hour, hour, hour)
            self.tries += 1
            if self.tries > _settings()["most_tries"]:
                return False
            if all(keeps_apart(one, window) for one in self.windows):
                self.windows.append(window)
                if all(self._is_open(one) for one in self.medicines) and self.place(rest):
                    return True
                self.windows.pop()
        return False

    def pattern(self, medicine: Taken) -> tuple[Window, ...]:
        """Give the best times of a medicine beside the minerals as placed; empty without any."""
        for windows in _patterns(medicine, self.ease):
            if all(keeps_apart(one, other) for one in windows for other in self.windows):
                return windows
        return ()

    def _is_open(self, medicine: Taken) -> bool:
        return bool(self.pattern(medicine))


def _hours(taken: Taken, dose: int) -> Iterator[float]:
    """Give the hours to try for one dose: those wanted, the usual ones, then the whole day."""
    wanted = taken.prefer_h[dose - 1 : dose]
    if taken.is_fixed:
        yield from wanted
        return
    day = _settings()
    steps = round((day["sleep_h"] - day["wake_h"]) / day["step_h"])
    grid = (day["wake_h"] + step * day["step_h"] for step in range(steps + 1))
    yield from dict.fromkeys([*wanted, *day["prefer"].get(taken.kind, ()), *grid])


@cache
def _patterns(medicine: Taken, ease: int) -> tuple[tuple[Window, ...], ...]:
    rules = _settings()["medicine"]
    if not ease:
        return _patterns(medicine, 1)[:1]
    later = rules["hours_after_first"][medicine.doses - 1]
    is_free = medicine.doses == 1 and not (medicine.separation and medicine.separation.is_morning)
    firsts = [*rules["first_h"], *(rules["evening_h"] if is_free else ())]
    found = []
    for width_h in rules["window_h"][:ease]:
        for first_h in firsts:
            hours = [first_h + hour for hour in later]
            if hours[-1] + width_h <= rules["latest_h"]:
                windows = (Window(medicine, n, h, h + width_h, h) for n, h in enumerate(hours, 1))
                found.append(tuple(windows))
    return tuple(found)


def _widened(windows: list[Window]) -> list[Window]:
    """Give minerals as much room as the others leave, by turns earlier and later."""
    found = list(windows)
    for place, window in enumerate(found):
        if window.taken.kind:
            others = [*found[:place], *found[place + 1 :]]
            found[place] = _stretched(window, others)
    return found


def _numbered(windows: Sequence[Window]) -> tuple[Window, ...]:
    """Give the windows by the clock, the doses of each thing counted in that order."""
    found, seen = [], dict[Taken, int]()
    for window in sorted(windows, key=lambda one: (one.start_h, one.end_h, one.taken.item)):
        seen[window.taken] = seen.get(window.taken, 0) + 1
        found.append(replace(window, dose=seen[window.taken]))
    return tuple(found)


def _stretched(window: Window, others: Sequence[Window]) -> Window:
    day, step = _settings(), _settings()["step_h"]
    most_h = day["window"].get(window.taken.kind, 0.0)
    while True:
        before = window
        for earlier, later in ((step, 0.0), (0.0, step)):
            wider = Window(
                window.taken,
                window.dose,
                max(min(day["mineral_h"], window.best_h), window.start_h - earlier),
                min(day["sleep_h"], window.end_h + later),
                window.best_h,
            )
            fits = wider.end_h - wider.start_h <= most_h
            if fits and all(keeps_apart(wider, one) for one in others):
                window = wider
        if window == before:
            return window


def _rule_fits(rule: Mapping[str, Any], one: Taken, other: Taken) -> bool:
    if {one.kind, other.kind} != set(rule["nutrients"]):
        return False
    return all(_is_above(taken.amount, rule["above_per_day"]) for taken in (one, other))


def _is_above(amount: float | None, limit: float) -> bool:
    return amount is None or amount > limit


def _settings() -> Mapping[str, Any]:
    return read_safety_settings("schedule")
