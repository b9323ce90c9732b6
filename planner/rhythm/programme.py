"""The programme of a week: binaries, rows and prices, as sparse arrays that everything reads.

Minimise what choices cost, what rows that are only preferred miss, packages bought whole and things
on the list; every other row must hold. ``README.md`` writes it as a textbook does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from planner.rhythm.rhythms import SETTINGS
from planner.settings import read_settings

Vector = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]

KINDS = (
    "one", "served", "needs", "band_day", "band_week", "cautious", "greens", "pieces",
    "meal_upper", "meal_even", "spread", "meal_energy", "vegetables", "fruit",
    "nuts", "pulses", "extras", "fresh", "food_day", "food_week", "times", "family", "apart",
    "evening", "frequency", "spacing", "put", "use", "liked", "budget",
)  # fmt: skip
"""What rows are about; packages, things and a budget at the till are no sums and stand beside."""
BAND_KINDS = ("band_day", "band_week")  # rows of targets

HELD = 1e-7
"""A row is held where it misses no more than this part of its scale."""


@dataclass(frozen=True)
class Sparse:
    """Rows of a matrix that is mostly empty: of row r ``index`` and ``value`` from ``start[r]``."""

    start: Numbers
    index: Numbers
    value: Vector
    columns: int

    @classmethod
    def of(cls, rows: Sequence[tuple[Numbers, Vector]], columns: int) -> Sparse:
        """Put rows of (index, value) together."""
        sizes = [len(index) for index, _ in rows]
        start = np.concatenate([[0], np.cumsum(sizes, dtype=np.intp)]).astype(np.intp)
        if not rows:
            return cls(start, np.empty(0, np.intp), np.empty(0), columns)
        index = np.concatenate([index for index, _ in rows]).astype(np.intp)
        return cls(start, index, np.concatenate([value for _, value in rows]), columns)

    def __len__(self) -> int:
        return len(self.start) - 1

    @cached_property
    def row(self) -> Numbers:
        """Number of the row of each entry."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    def of_row(self, number: int) -> tuple[Numbers, Vector]:
        """Return index and value of one row."""
        own = slice(self.start[number], self.start[number + 1])
        return self.index[own], self.value[own]

    def times(self, x: Vector) -> Vector:
        """Return the sums of all rows."""
        sums = np.bincount(self.row, self.value * x[self.index], minlength=len(self))
        return sums.astype(float)

    def transposed(self) -> Sparse:
        """Return rows as columns."""
        order = np.argsort(self.index, kind="stable")
        counts = np.bincount(self.index, minlength=self.columns)
        start = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
        return Sparse(start, self.row[order], self.value[order], len(self))


@dataclass(frozen=True)
class Programme:
    """A week of roles as a programme of binaries.

    Parameters
    ----------
    points
        What each binary costs.
    rows, lower, upper
        Sums that lie within their bounds, infinite where a side is open.
    price
        Points of each unit outside; NaN of a row that must hold.
    scale
        Size of what a row counts: a miss is measured by it.
    kind, names
        Of each row the number of its kind, and its name.
    packages, package_names, package_usd, package_points, home
        Packages that each binary uses, what they are of, their price at the register [USD], what
        one that is left costs beside [points], and how much of one is open at home.
    weighed_usd
        Price of what each binary takes by weight [USD].
    things, thing_names, thing_points
        1 where a binary uses a thing on the list, what they are, and points of each.
    budget_usd
        Most at the register; infinite without.
    kept_usd
        What the budget does not count of a package that is left [USD].
    usd_points
        Points of a dollar at the register.
    """

    points: Vector
    rows: Sparse
    lower: Vector
    upper: Vector
    price: Vector
    scale: Vector
    kind: Numbers
    names: tuple[str, ...]
    packages: Sparse
    package_names: tuple[str, ...]
    package_usd: Vector
    package_points: Vector
    home: Vector
    weighed_usd: Vector
    things: Sparse
    thing_names: tuple[str, ...]
    thing_points: float
    budget_usd: float
    kept_usd: Vector
    usd_points: float

    @property
    def is_hard(self) -> npt.NDArray[np.bool_]:
        """Whether each row must hold."""
        return np.isnan(self.price)

    @property
    def is_band(self) -> npt.NDArray[np.bool_]:
        """Whether each row is of a target."""
        return np.isin(self.kind, [KINDS.index(kind) for kind in BAND_KINDS])

    def unpaid(self) -> Programme:
        """Return the programme without a budget."""
        upper = np.where(self.kind == KINDS.index("budget"), np.inf, self.upper)
        return replace(self, upper=upper, budget_usd=np.inf)

    def weighing(self, others: float) -> Programme:
        """Return the programme in which all but money counts so much of its weight.

        Money is what is eaten, where the budget counts that.
        """
        is_eaten = self.kind == KINDS.index("budget")
        paid = 0.0 if is_eaten.any() else 1.0
        return replace(
            self,
            points=self.points * others,
            price=np.where(is_eaten, self.usd_points, self.price * others),
            upper=np.where(is_eaten, 0.0, self.upper),
            package_usd=self.package_usd * paid,
            weighed_usd=self.weighed_usd * paid,
            thing_points=self.thing_points * others,
            package_points=self.package_points * others,
        )

    def eased(self) -> Programme:
        """Return the programme with a price for habits, which give way to targets and wishes."""
        rule = read_settings(SETTINGS)["change"]
        eased = [KINDS.index(kind) for kind in rule["eased"]]
        is_eased = self.is_hard & np.isin(self.kind, eased)
        return replace(self, price=np.where(is_eased, rule["habit"] / self.scale, self.price))

    def taking(self, numbers: Sequence[int]) -> Vector:
        """Return the binaries, 1 for those of these numbers."""
        x = np.zeros(len(self.points))
        x[list(numbers)] = 1.0
        return x

    def missed(self, x: Vector) -> Vector:
        """Return by how much each row lies outside its bounds."""
        sums = self.rows.times(x)
        return np.maximum(np.maximum(self.lower - sums, sums - self.upper), 0.0)

    def broken(self, x: Vector) -> tuple[str, ...]:
        """Name the rows that must hold and do not, and the budget."""
        out = np.flatnonzero(self.is_hard & (self.missed(x) > HELD * self.scale))
        over = ("budget",) if self.counted_usd(x) > self.budget_usd else ()
        return tuple(self.names[at] for at in out) + over

    def bought(self, x: Vector) -> Vector:
        """Return the packages that are bought of each kind, whole."""
        return np.ceil(np.maximum(self.packages.times(x) - self.home - HELD, 0.0))

    def left(self, x: Vector) -> dict[str, float]:
        """Return what is left of packages, in packages."""
        rest = self.bought(x) + self.home - self.packages.times(x)
        return dict(zip(self.package_names, np.maximum(rest, 0.0).tolist(), strict=True))

    def register_usd(self, x: Vector) -> float:
        """Return what is paid at the register [USD]."""
        return float(self.bought(x) @ self.package_usd + self.weighed_usd @ x)

    def counted_usd(self, x: Vector) -> float:
        """Return what the budget counts [USD]: the register, less what later weeks pay for."""
        rest = self.bought(x) + self.home - self.packages.times(x)
        return self.register_usd(x) - float(np.maximum(rest, 0.0) @ self.kept_usd)

    def value(self, x: Vector) -> float:
        """Return the points of a week."""
        return sum(self.terms(x).values())

    def terms(self, x: Vector) -> dict[str, float]:
        """Return the points of a week by what they are for."""
        bought = self.bought(x)
        left = np.maximum(bought + self.home - self.packages.times(x), 0.0)
        things = np.count_nonzero(self.things.times(x) > 0)
        soft = np.where(self.is_hard, 0.0, self.price) * self.missed(x)
        of_targets = float(soft[self.is_band].sum())
        return {
            "taste": float(self.points @ x),
            "soft_targets": of_targets,
            "variety": float(soft.sum()) - of_targets,
            "checkout": self.usd_points * self.register_usd(x),
            "waste": float(left @ self.package_points) + self.thing_points * things,
        }
