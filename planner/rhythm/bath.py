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
    rows, adds, least, most
        Rows that many options count in, what each adds (rows × options), and the least and most.
    few, packages, things
        The same of rows that few count in, of packages and of things: (option, number, amount).
    weighed_usd
        What each costs by weight [USD].
    """

    options: tuple[tuple[int, ...], ...]
    points: Vector
    rows: Numbers
    adds: Vector
    least: Vector
    most: Vector
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
            tuple(options), points, dense, adds, adds.min(axis=1), adds.max(axis=1), few,
            entries(self.package_columns), entries(self.thing_columns), weighed,
        )  # fmt: skip

    def search(self, seed: int) -> tuple[int, ...]:
        """Return the binaries of the best week found, those that hold first.

        The best of all starts is warmed up again, with hard rows at their full price; more often
        where none holds.
        """
        rng, rule = np.random.default_rng(seed), self.rule
        best = min((self.anneal(rng) for _ in range(rule["starts"])), key=self.rank)
        for number in range(rule["reheats"] + rule["repairs"]):
            if number >= rule["reheats"] and self.rank(best)[0] == 0.0:
                break
            best = min(best, self.anneal(rng, best), key=self.rank)
        return best

    def rank(self, taken: Sequence[int]) -> tuple[float, float]:
        """Return how much a week misses what must hold, and its points."""
        programme = self.programme
        x = programme.taking(taken)
        missed = programme.missed(x) / programme.scale
        hard = missed[programme.is_hard & ~self.skip]
        over = max(0.0, programme.register_usd(x) / programme.budget_usd - 1.0)
        return float(hard[hard > HELD].sum()) + over, programme.value(x)

    def anneal(
        self, rng: np.random.Generator, start: Sequence[int] | None = None
    ) -> tuple[int, ...]:
        """Return the binaries of a week: drawn at random and cooled, or warmed up from a start."""
        state, rule, full = _State(self, rng, start), self.rule, self.settings["prices"]["hard"]
        sweeps, hot, first = rule["sweeps"], rule["hot"], rule["soft_start"]
        if start is not None:
            sweeps, hot, first = rule["mend_sweeps"], rule["mend_hot"], full
        for sweep in range(sweeps):
            part = sweep / max(1, sweeps - 1)
            heat = hot * (rule["cold"] / hot) ** part
            state.sweep(heat, first * (full / first) ** part)
        for _ in range(rule["polish"]):
            if not state.sweep(0.0, full):
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
        self.weighed_usd = float(self.programme.weighed_usd @ x)

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
        position = self.bath.positions[number]
        old = self.at[number]
        self._move(position, old, -1.0)
        cost = position.points + self._missed(position, prices) + self._bought(position, strict)
        new = self._draw(cost, heat, old)
        self.at[number] = new
        self._move(position, new, 1.0)
        return new != old

    def _missed(self, position: Position, prices: Vector) -> Vector:
        """Return what each option costs in rows that it would miss; what it would mend is less."""
        lower, upper = self.programme.lower, self.programme.upper
        sums = self.sums[position.rows]
        may = sums + position.most > upper[position.rows]
        may |= sums + position.least < lower[position.rows]
        rows = position.rows[may]
        after = position.adds[may] + sums[may, None]
        missed = np.maximum(after - upper[rows, None], lower[rows, None] - after)
        np.maximum(missed, 0.0, out=missed)
        whose, row, value = position.few
        before = _outside(self.sums, lower, upper)
        more = (_outside(self.sums[row] + value, lower[row], upper[row]) - before[row]) * prices[
            row
        ]
        cost: Vector = prices[rows] @ missed + np.bincount(whose, more, len(position.options))
        return cost

    def _bought(self, position: Position, strict: float) -> Vector:
        """Return what each option costs at the register, in what is left, and in things."""
        programme, count = self.programme, len(position.options)
        whose, what, value = position.packages
        bought = np.ceil(np.maximum(self.used - HELD, 0.0))
        left = np.maximum(bought - self.used, 0.0)
        used = self.used[what] + value
        then = np.ceil(np.maximum(used - HELD, 0.0))
        more = then - bought[what]
        rest = np.maximum(then - used, 0.0) - left[what]
        usd = np.bincount(whose, more * programme.package_usd[what], count) + position.weighed_usd
        cost: Vector = programme.usd_points * usd
        cost += np.bincount(whose, rest * programme.package_points[what], count)
        if np.isfinite(programme.budget_usd):
            over = self.weighed_usd + float(bought @ programme.package_usd) + usd
            cost += strict * np.maximum(over / programme.budget_usd - 1.0, 0.0)
        whose, what, _ = position.things
        is_new = (self.counts < HELD) * programme.thing_points
        cost += np.bincount(whose, is_new[what], count)
        return cost

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
            self.weighed_usd += sign * float(self.programme.weighed_usd[at])


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
