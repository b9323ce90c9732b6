"""The search: a heat bath over the roles of a week, all options of a role weighed at once.

A role with its sides is one position. Each visit takes the position off the sums of all rows,
weighs every option by what it would cost there, and draws one by Boltzmann's law; the bath cools,
and rows that must hold grow dearer. Work is counted in sweeps: a seed gives one week.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.meals.served import PARTNERS
from planner.rhythm.choices import accepts
from planner.rhythm.programme import HELD, KINDS, Numbers, Programme, Sparse, Vector
from planner.rhythm.rhythms import MAIN, SETTINGS
from planner.rhythm.rows.roles import needs
from planner.settings import read_settings

NOTHING: tuple[int, ...] = ()
_IMPLIED = ("one", "served", "needs")  # what options keep by how they are made


@dataclass(frozen=True)
class Position:
    """A role with all its options, and what each adds to the sums.

    Parameters
    ----------
    options
        Binaries that each option takes.
    points
        What each costs by itself.
    rows, adds
        Rows that most options count in, and what each adds: rows × options.
    few, packages, things
        The same of rows that few count in, of packages and of things: (option, number, amount).
    weighed_usd
        What each costs by weight [USD].
    """

    options: tuple[tuple[int, ...], ...]
    points: Vector
    rows: Numbers
    adds: Vector
    few: tuple[Numbers, Numbers, Vector]
    packages: tuple[Numbers, Numbers, Vector]
    things: tuple[Numbers, Numbers, Vector]
    weighed_usd: Vector


class Bath:
    """Searches a week of a programme."""

    def __init__(self, programme: Programme, locked: Sequence[int] = ()) -> None:
        self.programme, self.settings = programme, read_settings(SETTINGS)
        self.rule = self.settings["search"]
        self.columns = programme.rows.transposed()
        self.package_columns = programme.packages.transposed()
        self.thing_columns = programme.things.transposed()
        self.skip = np.isin(programme.kind, [KINDS.index(one) for one in _IMPLIED])
        self.positions = [
            self._position(options) for options in list_options(programme, locked) if options
        ]
        hard = programme.is_hard
        self.soft = np.where(hard, 0.0, programme.price)
        self.full = np.where(hard, 1.0 / programme.scale, 0.0)

    def _position(self, options: list[tuple[int, ...]]) -> Position:
        programme, count = self.programme, len(options)
        owner = np.repeat(np.arange(count), [len(one) for one in options])
        binaries = np.array([at for one in options for at in one], dtype=np.intp)

        def entries(columns: Sparse) -> tuple[Numbers, Numbers, Vector]:
            sizes = np.diff(columns.start)[binaries]
            first = np.repeat(columns.start[binaries], sizes)
            within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
            at = first + within
            whose, what, value = np.repeat(owner, sizes), columns.index[at], columns.value[at]
            key = whose * columns.columns + what
            known, place = np.unique(key, return_inverse=True)
            sums = np.bincount(place, value, minlength=len(known)).astype(float)
            return known // columns.columns, known % columns.columns, sums

        whose, row, value = entries(self.columns)
        kept = ~self.skip[row]
        whose, row, value = whose[kept], row[kept], value[kept]
        often = np.bincount(row, minlength=len(programme.rows)) > self.rule["dense"] * count
        dense = np.flatnonzero(often)
        number = np.full(len(often), -1)
        number[dense] = np.arange(len(dense))
        is_dense = often[row]
        adds = np.zeros((len(dense), count))
        adds[number[row[is_dense]], whose[is_dense]] = value[is_dense]
        few = whose[~is_dense], row[~is_dense], value[~is_dense]
        points = np.bincount(owner, programme.points[binaries], count).astype(float)
        weighed = np.bincount(owner, programme.weighed_usd[binaries], count).astype(float)
        return Position(
            tuple(options), points, dense, adds, few,
            entries(self.package_columns), entries(self.thing_columns), weighed,
        )  # fmt: skip

    def search(self, seed: int) -> tuple[int, ...]:
        """Return the binaries of the best week of all starts, those that hold first."""
        rng = np.random.default_rng(seed)
        found = [self.anneal(rng) for _ in range(self.rule["starts"])]
        return min(found, key=self.rank)

    def rank(self, taken: Sequence[int]) -> tuple[float, float]:
        """Return how much a week misses what must hold, and its points."""
        programme = self.programme
        x = programme.taking(taken)
        missed = programme.missed(x) / programme.scale
        hard = missed[programme.is_hard & ~self.skip]
        over = max(0.0, programme.register_usd(x) - programme.budget_usd)
        return float(hard[hard > HELD].sum()) + over, programme.value(x)

    def anneal(
        self, rng: np.random.Generator, start: Sequence[int] | None = None
    ) -> tuple[int, ...]:
        """Return the binaries of a week: drawn at random and cooled, or cold from a start."""
        state = _State(self, rng, start)
        sweeps = self.rule["sweeps"] if start is None else 0
        first, last = self.rule["soft_start"], self.settings["prices"]["hard"]
        for sweep in range(sweeps):
            part = sweep / max(1, sweeps - 1)
            heat = self.rule["hot"] * (self.rule["cold"] / self.rule["hot"]) ** part
            state.sweep(heat, first * (last / first) ** part)
        for _ in range(self.rule["polish"]):
            if not state.sweep(0.0, last):
                break
        return state.taken()


class _State:
    """A week under search: an option of each position, and the sums of all rows."""

    def __init__(self, bath: Bath, rng: np.random.Generator, start: Sequence[int] | None) -> None:
        self.bath, self.programme, self.rng = bath, bath.programme, rng
        self.at = [int(rng.integers(len(one.options))) for one in bath.positions]
        if start is not None:
            held = set(start)
            self.at = [
                next(n for n, option in enumerate(one.options) if held >= set(option) != set())
                if any(held >= set(option) != set() for option in one.options)
                else one.options.index(NOTHING)
                for one in bath.positions
            ]
        x = self.programme.taking(self.taken())
        self.sums = self.programme.rows.times(x)
        self.used = self.programme.packages.times(x) - self.programme.home
        self.counts = self.programme.things.times(x)
        self.usd = self.programme.register_usd(x)

    def taken(self) -> tuple[int, ...]:
        """Return the binaries that are 1."""
        chosen = zip(self.bath.positions, self.at, strict=True)
        return tuple(sorted(at for position, n in chosen for at in position.options[n]))

    def sweep(self, heat: float, strict: float) -> bool:
        """Visit every position once, in any order; return whether anything changed."""
        prices = self.bath.soft + self.bath.full * strict
        changed = False
        for number in self.rng.permutation(len(self.at)).tolist():
            changed |= self._visit(number, heat, prices, strict)
        return changed

    def _visit(self, number: int, heat: float, prices: Vector, strict: float) -> bool:
        programme, position = self.programme, self.bath.positions[number]
        old = self.at[number]
        self._move(position, old, -1.0)
        cost = position.points.copy()
        lower, upper = programme.lower, programme.upper
        rows = position.rows
        sums = position.adds + self.sums[rows, None]
        missed = np.maximum(sums - upper[rows, None], lower[rows, None] - sums)
        np.maximum(missed, 0.0, out=missed)
        cost += prices[rows] @ missed
        count = len(cost)
        whose, row, value = position.few
        base = self.sums[row]
        after = _outside(base + value, lower[row], upper[row])
        more = (after - _outside(base, lower[row], upper[row])) * prices[row]
        cost += np.bincount(whose, more, minlength=count)
        whose, what, value = position.packages
        left = programme.package_points
        usd = programme.package_usd
        now = np.ceil(np.maximum(self.used[what] - HELD, 0.0))
        used = self.used[what] + value
        then = np.ceil(np.maximum(used - HELD, 0.0))
        rest = np.maximum(then - used, 0.0) - np.maximum(now - self.used[what], 0.0)
        paid = np.bincount(whose, (then - now) * usd[what], minlength=count) + position.weighed_usd
        cost += np.bincount(whose, rest * left[what], minlength=count)
        cost += programme.usd_points * paid
        if np.isfinite(programme.budget_usd):
            cost += strict * np.maximum(self._usd() + paid - programme.budget_usd, 0.0) / 10
        whose, what, _ = position.things
        fresh = (self.counts[what] < HELD) * programme.thing_points
        cost += np.bincount(whose, fresh, minlength=count)
        new = self._draw(cost, heat, old)
        self.at[number] = new
        self._move(position, new, 1.0)
        return new != old

    def _usd(self) -> float:
        """Return what is paid without the position that is off."""
        bought = np.ceil(np.maximum(self.used - HELD, 0.0))
        return float(bought @ self.programme.package_usd) + self.usd

    def _draw(self, cost: Vector, heat: float, old: int) -> int:
        if heat <= 0.0:
            best = int(np.argmin(cost))
            return best if cost[best] < cost[old] - HELD else old
        chance = np.cumsum(np.exp((cost.min() - cost) / heat))
        return min(int(np.searchsorted(chance, self.rng.random() * chance[-1])), len(cost) - 1)

    def _move(self, position: Position, option: int, sign: float) -> None:
        """Put an option on all sums, or take it off."""
        binaries = position.options[option]
        for at in binaries:
            for sums, columns in (
                (self.sums, self.bath.columns),
                (self.used, self.bath.package_columns),
                (self.counts, self.bath.thing_columns),
            ):
                index, value = columns.of_row(at)
                sums[index] += sign * value
            self.usd += sign * self.programme.weighed_usd[at]


def list_options(programme: Programme, locked: Sequence[int] = ()) -> list[list[tuple[int, ...]]]:
    """Return the options of each role: a dish with the sides that go with it, or nothing.

    Parameters
    ----------
    programme
        The week.
    locked
        Binaries that stand: their roles have no other option.
    """
    choices = programme.choices
    most = read_settings(SETTINGS)["options"]["sides"]
    held = set(locked)
    found = []
    for number, role in enumerate(choices.rhythm.roles):
        mine = [at for at, one in enumerate(choices.choices) if one.role == number]
        by_part: dict[str, list[int]] = {}
        for at in mine:
            by_part.setdefault(choices.choices[at].part, []).append(at)
        if held.intersection(mine):
            found.append([tuple(sorted(held.intersection(mine)))])
            continue
        mains = by_part.get(MAIN, [])
        if role.kind != MAIN:
            found.append([*((NOTHING,) if not role.must else ()), *((at,) for at in mains)])
            continue
        pairs: dict[Any, list[tuple[int, ...]]] = {}
        options: list[tuple[int, ...]] = []
        for at in mains:
            own = choices.candidate(at)
            need = tuple(needs(own, part) for part in PARTNERS)
            key = own.traits.served, own.traits.kitchens, need
            if key not in pairs:
                pairs[key] = _beside(programme, own, need, by_part, most)
            options += [tuple(sorted((at, *sides))) for sides in pairs[key]]
        found.append(options)
    return found


def _beside(
    programme: Programme,
    main: Any,
    need: Sequence[bool],
    by_part: dict[str, list[int]],
    most: int,
) -> list[tuple[int, ...]]:
    """Return the sides that may stand beside a main dish, those that cost least."""
    choices = programme.choices
    sides: list[list[int]] = []
    for part, must in zip(PARTNERS, need, strict=True):
        able = [
            at
            for at in by_part.get(part, [])
            if accepts(main.traits, choices.candidate(at).traits, part)
        ]
        able.sort(key=lambda at: programme.points[at])
        sides.append(able[: most * 2] if must else [-1, *able[:most]])
    starches, vegetables = sides
    return [
        tuple(one for one in (starch, vegetable) if one >= 0)
        for starch in starches
        for vegetable in vegetables
    ]


def _outside(sums: Vector, lower: Vector, upper: Vector) -> Vector:
    missed: Vector = np.maximum(np.maximum(lower - sums, sums - upper), 0.0)
    return missed
