"""Which rows cannot hold together: the programme with fractions of recipes, its rows elastic.

What collides there collides in every week. Rows are gathered into groups that give way together;
where the least they must give is above 0, those with a price prove it (Farkas), and leaving out one
after another (a deletion filter) leaves a smallest set that cannot hold together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.errors import SolverError
from planner.rhythm.options import Option
from planner.rhythm.programme import KINDS, Numbers, Programme, Vector
from planner.rhythm.rhythms import MAIN, SETTINGS
from planner.rhythm.table import TableWeek
from planner.settings import read_settings

MIN, MAX, SHARED, BUDGET = "min", "max", "shared", "budget"
BANDS = ("band_day", "band_week")
WISHED = ("frequency", "spacing", "put", "use", "liked", BUDGET)
OF_RHYTHM = ("one", "frequency")  # what another rhythm may keep
_NUMBERED = ("frequency", "use", "liked", BUDGET)  # their number is no day
_STANDING = ("served", "needs")  # of what a plate is: never in question
_QUIET = {"output_flag": False, "threads": 1, "random_seed": 0, "presolve": "off"}
_PRICED = 1e-7
_TOUCHED = 1e-6  # least change that counts, as a share of the row
_LAST = 100.0  # price of a role without anything, that nothing else gives way for it


@dataclass(frozen=True, slots=True)
class Breach:
    """Rows that collide with others: of all days that ask the same.

    Parameters
    ----------
    whose, kind, name, side
        Name of the eater, kind of the rows, what they are about, and ``min`` or ``max``.
    limit
        Bound of the row that speaks for them: of the week where there is one.
    rows
        Kinds of all of them.
    share
        How much of the bound would have to give way if they alone did; ``None`` where that opens no
        way, or was not asked.
    """

    whose: str
    kind: str
    name: str
    side: str
    limit: float = 0.0
    rows: frozenset[str] = frozenset()
    share: float | None = None

    @property
    def label(self) -> str:
        """Name it as an outcome does."""
        return ".".join((self.kind, self.name, self.side))

    @property
    def is_band(self) -> bool:
        """Whether it is a band of a nutrient, a share of energy, or the ratio."""
        return self.kind == "band"

    @property
    def nutrient(self) -> str:
        """Nutrient, share or ratio of a band, without the basis; else empty."""
        return self.name.partition(".")[0] if self.is_band else ""

    @property
    def rank(self) -> int:
        """What is left out first: sharing, then habits, bands, and at last what is asked for."""
        eased = read_settings(SETTINGS)["change"]["eased"]
        kinds = ((SHARED,), eased, ("one",), ("band",), WISHED)
        return next((at for at, own in enumerate(kinds) if self.kind in own), len(kinds) - 2)


def breach_of(name: str, side: str) -> Breach:
    """Return what a row asks, by its name, without its day."""
    whose, _, row = name.rpartition(": ")
    kind, *parts = row.split(".")
    rows = frozenset((kind,))
    if kind not in _NUMBERED and parts and parts[-1].isdigit():
        parts.pop()
    if parts and parts[-1] in (MIN, MAX):
        parts.pop()
    return Breach(whose, "band" if kind in BANDS else kind, ".".join(parts), side, rows=rows)


def breach_told(label: str) -> Breach:
    """Return the rows of a label, as an outcome names what it breaks."""
    kind, *parts, side = label.split(".")
    return Breach("", kind, ".".join(parts), side)


def missed_most(programme: Programme, taken: Sequence[int]) -> tuple[Breach, ...]:
    """Return what a week misses of the rows that must hold, each kind once, the most first."""
    x = programme.taking(taken)
    low = (programme.lower - programme.rows.times(x)) / programme.scale
    share = np.where(programme.is_hard, programme.missed(x) / programme.scale, 0.0)
    order = [at for at in np.argsort(-share).tolist() if share[at] > _PRICED]
    found = (breach_of(programme.names[at], MIN if low[at] > 0.0 else MAX) for at in order)
    over = [breach_of(BUDGET, MAX)] if programme.counted_usd(x) > programme.budget_usd else []
    return tuple(dict.fromkeys([*over, *found]))


def find_conflict(week: TableWeek) -> tuple[Breach, ...]:
    """Return a smallest set of rows that cannot hold together; empty where fractions hold.

    Raises
    ------
    SolverError
        When HiGHS fails.
    """
    return _Elastic(week).smallest()


def can_hold(week: TableWeek) -> bool:
    """Return whether all rows hold with fractions of recipes.

    Raises
    ------
    SolverError
        When HiGHS fails.
    """
    return not _Elastic(week).collide()


@dataclass(frozen=True, slots=True)
class _Line:
    """A sum that is at most a bound; whose group gives way by ``gives`` for each share of it."""

    index: Numbers
    value: Vector
    upper: float
    group: int
    gives: float


class _Elastic:
    """The programme of a table in HiGHS, each group of rows with one slack."""

    def __init__(self, week: TableWeek) -> None:
        self.programme = week.whole
        self.groups: dict[Breach, int] = {}
        self.speaks: dict[int, Breach] = {}
        lines = [*self._rows(), *self._paid(), *self._shared(week)]
        self.count = len(self.programme.points) + self._packages
        self.all = range(len(self.speaks))
        self.price = np.array([_LAST if self.speaks[at].kind == "one" else 1.0 for at in self.all])
        self.of_line = np.array([line.group for line in lines])
        self.solver = self._solver(lines)

    @property
    def _packages(self) -> int:
        return len(self.programme.package_names) if np.isfinite(self.programme.budget_usd) else 0

    def _group(self, name: str, side: str, limit: float) -> int:
        """Return the number of the group of a row; that of a week speaks for those of its days."""
        own = breach_of(name, side)
        key = Breach(own.whose, own.kind, own.name, side)
        at = self.groups.setdefault(key, len(self.groups))
        known = self.speaks.get(at)
        rows = own.rows | (known.rows if known else frozenset())
        limit = known.limit if known and "band_week" not in own.rows else limit
        self.speaks[at] = Breach(own.whose, own.kind, own.name, side, limit, rows)
        return at

    def _rows(self) -> Iterator[_Line]:
        programme = self.programme
        for number in np.flatnonzero(programme.is_hard).tolist():
            index, value = programme.rows.of_row(number)
            name, kind = programme.names[number], KINDS[programme.kind[number]]
            for side, sign in ((MIN, -1.0), (MAX, 1.0)):
                bound = float((programme.lower if side == MIN else programme.upper)[number])
                if not np.isfinite(bound):
                    continue
                if kind in _STANDING or (kind == "one" and side == MAX):
                    yield _Line(index, sign * value, sign * bound, -1, 0.0)
                    continue
                gives = abs(bound) or float(programme.scale[number])
                group = self._group(name, side, bound)
                yield _Line(index, sign * value, sign * bound, group, gives)

    def _paid(self) -> Iterator[_Line]:
        """Buy packages for what is used beyond what is at home, and pay for them by the budget."""
        programme, many = self.programme, self._packages
        first = len(programme.points)
        paid = programme.weighed_usd.copy()
        for number in range(many):
            index, value = programme.packages.of_row(number)
            bought = np.append(index, first + number), np.append(value, -1.0)
            yield _Line(*bought, float(programme.home[number]), -1, 0.0)
            paid[index] += programme.kept_usd[number] * value
        if many:
            every = (
                np.arange(first + many),
                np.append(paid, programme.package_usd - programme.kept_usd),
            )
            most_usd = programme.budget_usd + float(programme.kept_usd @ programme.home)
            group = self._group(BUDGET, MAX, programme.budget_usd)
            yield _Line(*every, most_usd, group, programme.budget_usd)

    def _shared(self, week: TableWeek) -> Iterator[_Line]:
        """Let those who share a dish have it alike."""
        for decision in week.decisions if week.shared else ():
            for first, second in _alike(week, decision.portions):
                index = np.array([*first, *second])
                value = np.array([1.0] * len(first) + [-1.0] * len(second))
                group = self._group(SHARED, MAX, 0.0)
                yield _Line(index, value, 0.0, group, 1.0)
                yield _Line(index, -value, 0.0, group, 1.0)

    def _solver(self, lines: Sequence[_Line]) -> Any:
        import highspy

        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in _QUIET.items():
            solver.setOptionValue(option, value)
        index, values, starts = [], [], [0]
        for line in lines:
            index.append(line.index)
            values.append(line.value)
            if line.group >= 0:
                index.append(np.array([self.count + line.group]))
                values.append(np.array([-line.gives]))
            starts.append(starts[-1] + len(line.index) + (line.group >= 0))
        width, many = self.count + len(self.speaks), len(lines)
        upper = np.full(width, np.inf)
        upper[: len(self.programme.points)] = 1.0
        solver.passModel(
            width, many, starts[-1], int(highspy.MatrixFormat.kRowwise), 1, 0.0,
            np.zeros(width), np.zeros(width), upper, np.full(many, -np.inf),
            np.array([line.upper for line in lines]), np.array(starts[:-1], dtype=np.int32),
            np.concatenate(index).astype(np.int32), np.concatenate(values),
            np.zeros(width, dtype=np.int32),
        )  # fmt: skip
        self._ends = highspy.HighsModelStatus
        return solver

    def least(self, held: Collection[int], elastic: Collection[int]) -> float | None:
        """Return how much ``elastic`` groups must give way while ``held`` do not; else none ask.

        ``None`` where those that are held cannot hold.
        """
        gives, keeps = (np.isin(self.all, sorted(own)) for own in (elastic, held))
        which = len(self.all), (self.count + np.array(self.all)).astype(np.int32)
        self.solver.changeColsCost(*which, np.where(gives, self.price, 0.0))
        most = np.where(keeps, 0.0, np.inf)
        self.solver.changeColsBounds(*which, np.zeros(len(self.all)), most)
        self.solver.run()
        status = self.solver.getModelStatus()
        if status == self._ends.kInfeasible:
            return None
        if status != self._ends.kOptimal:
            raise SolverError("HiGHS gave up without an answer")
        return float(self.solver.getInfo().objective_function_value)

    def collide(self, groups: Collection[int] | None = None) -> bool:
        """Return whether groups, all when left out, cannot hold together."""
        least = self.least((), self.all if groups is None else groups)
        return least is None or least > _TOUCHED

    def smallest(self) -> tuple[Breach, ...]:
        """Return a smallest set of groups that cannot hold together."""
        if not self.collide():
            return ()
        kept = self._priced(self.all)
        for rank in sorted({self.speaks[at].rank for at in kept}):
            kept = self._without(kept, [at for at in kept if self.speaks[at].rank == rank])
        return tuple(self._measured(at) for at in kept)

    def _without(self, kept: list[int], groups: Sequence[int]) -> list[int]:
        """Leave out as many of some groups as the others collide without, by halves."""
        groups = [at for at in groups if at in kept]
        rest = [at for at in kept if at not in groups]
        if not groups:
            return kept
        if rest and self.collide(rest):
            return self._priced(rest)
        half = len(groups) // 2
        if half:
            for part in (groups[:half], groups[half:]):
                kept = self._without(kept, part)
        return kept

    def _priced(self, groups: Sequence[int]) -> list[int]:
        """Return the groups with a price in the last answer: they alone prove it."""
        prices = np.abs(np.array(self.solver.getSolution().row_dual))
        priced = set(self.of_line[prices > _PRICED].tolist())
        found = [at for at in groups if at in priced]
        # prices are rounded: what is left out for having none is looked at once more
        is_same = len(found) == len(groups)
        return found if is_same or self.collide(found) else list(groups)

    def _measured(self, group: int) -> Breach:
        """Return a group with the share by which it alone would have to give way, if it may."""
        own = self.speaks[group]
        share = None
        if own.is_band or own.kind in (BUDGET, "frequency"):
            share = self.least([at for at in self.all if at != group], (group,))
        return Breach(own.whose, own.kind, own.name, own.side, own.limit, own.rows, share)


def _alike(week: TableWeek, portions: Mapping[int, Option]) -> Iterator[tuple[Option, Option]]:
    """Return for each dish of a shared role the binaries of two who share it."""
    starts = sorted(week.first.items(), key=lambda one: one[1])
    dishes: dict[str, dict[str, Option]] = {}
    for at, same in portions.items():
        name, first = [start for start in starts if start[1] <= at][-1]
        choices = week.choices[name]
        if choices.choices[at - first].part == MAIN:
            dishes.setdefault(choices.candidate(at - first).source_id, {})[name] = same
    names = dict.fromkeys(name for own in dishes.values() for name in own)
    lead, *others = names or ("",)
    for own in dishes.values():
        yield from ((own.get(lead, ()), own.get(name, ())) for name in others)
