"""The search: a heat bath over the roles of a week, all options of a role weighed at once.

A role with its sides is one decision. Each visit takes it off the sums of all rows, weighs every
option by what it would cost there, and draws one by Boltzmann's law; the bath cools, and rows that
must hold grow dearer. Work is counted in sweeps: a seed gives one week.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from planner.plan.stop import go_on
from planner.rhythm.options import NOTHING, Decision, Option
from planner.rhythm.position import Position, entries_of, sums_of
from planner.rhythm.programme import HELD, KINDS, Numbers, Programme, Vector
from planner.rhythm.rhythms import SETTINGS
from planner.settings import read_settings

_IMPLIED = ("one", "served", "needs")  # what options keep by how they are made


class Bath:
    """Searches a week of a programme.

    Parameters
    ----------
    programme
        The rows and prices.
    decisions
        What is decided.
    locked
        Role → the option that stands.
    effort
        How much is searched: ``quick``, ``usual`` or ``thorough``.
    """

    def __init__(
        self,
        programme: Programme,
        decisions: Sequence[Decision],
        locked: Mapping[str, Option] | None = None,
        effort: str = "usual",
    ) -> None:
        self.programme, self.settings = programme, read_settings(SETTINGS)
        self.rule = self.settings["search"]
        self.starts, self.reheats = self.rule["work"][effort]
        self.columns = programme.rows.transposed()
        self.package_columns = programme.packages.transposed()
        self.thing_columns = programme.things.transposed()
        self.skip = np.isin(programme.kind, [KINDS.index(kind) for kind in _IMPLIED])
        stand = locked or {}
        self.decisions = [one for one in decisions if one.options or one.role in stand]
        self.positions = [
            self.position((stand[decision.role],) if decision.role in stand else decision.options)
            for decision in self.decisions
        ]
        self.small: dict[tuple[Option, ...], Position] = {}
        hard = programme.is_hard
        self.soft = np.where(hard, 0.0, programme.price)
        self.full = np.where(hard, 1.0 / programme.scale, 0.0)

    def position(self, options: tuple[Option, ...]) -> Position:
        """Return options as arrays."""
        programme, count = self.programme, len(options)
        whose, row, value = entries_of(self.columns, options)
        kept = ~self.skip[row]
        whose, row, value = whose[kept], row[kept], value[kept]
        often = np.bincount(row, minlength=len(programme.rows)) > self.rule["dense"] * count
        dense, is_dense = np.flatnonzero(often), often[row]
        number = np.cumsum(often) - 1
        adds = np.zeros((len(dense), count))
        adds[number[row[is_dense]], whose[is_dense]] = value[is_dense]
        return Position(
            options,
            sums_of(programme.points, options),
            dense,
            adds,
            adds.min(axis=1),
            adds.max(axis=1),
            (whose[~is_dense], row[~is_dense], value[~is_dense]),
            entries_of(self.package_columns, options),
            entries_of(self.thing_columns, options),
            sums_of(programme.weighed_usd, options),
        )

    def few(self, options: tuple[Option, ...]) -> Position:
        """Return few options as arrays, which are made once."""
        if options not in self.small:
            self.small[options] = self.position(options)
        return self.small[options]

    def search(
        self, seed: int, start: Sequence[int] | None = None, repairs: int | None = None
    ) -> Option:
        """Return the binaries of the best week found, those that hold first.

        The best of all starts, or the week that is given, is warmed up again, with hard rows at
        their full price; ``repairs`` times more where none holds.
        """
        rng, rule = np.random.default_rng(seed), self.rule
        if start is None:
            best = min((self.anneal(rng) for _ in range(self.starts)), key=self.rank)
        else:
            best = tuple(start)
        more = rule["repairs"] if repairs is None else repairs
        for number in range(self.reheats + more):
            if number >= self.reheats and self.rank(best)[0] == 0.0:
                break
            self.full[self._broken(best)] *= rule["dearer"]
            best = min(best, self.anneal(rng, best), key=self.rank)
        return best

    def _broken(self, taken: Sequence[int]) -> Numbers:
        """Return the rows that must hold and do not."""
        programme = self.programme
        missed = programme.missed(programme.taking(taken))
        return np.flatnonzero(programme.is_hard & (missed > HELD * programme.scale))

    def rank(self, taken: Sequence[int]) -> tuple[float, float]:
        """Return how much a week misses what must hold, and its points."""
        programme = self.programme
        x = programme.taking(taken)
        missed = programme.missed(x) / programme.scale
        hard = missed[programme.is_hard & ~self.skip]
        over = max(0.0, programme.counted_usd(x) / programme.budget_usd - 1.0)
        return float(hard[hard > HELD].sum()) + over, programme.value(x)

    def anneal(
        self,
        rng: np.random.Generator,
        start: Sequence[int] | None = None,
        kept: Collection[int] = (),
    ) -> Option:
        """Return the binaries of a week: drawn at random and cooled, or warmed up from a start.

        Decisions that are ``kept`` have what they had, in any portion.
        """
        state, rule, full = _State(self, rng, start), self.rule, self.settings["prices"]["hard"]
        sweeps, hot, first = rule["sweeps"], rule["hot"], rule["soft_start"]
        if start is not None:
            sweeps, hot, first = rule["mend_sweeps"], rule["mend_hot"], full
        for sweep in range(sweeps):
            go_on()
            part = sweep / max(1, sweeps - 1)
            heat = hot * (rule["cold"] / hot) ** part
            state.sweep(heat, first * (full / first) ** part, kept)
        return state.cooled(full, kept)

    def cooled(self, start: Sequence[int], kept: Collection[int] = ()) -> Option:
        """Return a week after cold sweeps alone; ``kept`` decisions have what they had."""
        state = _State(self, np.random.default_rng(0), start)
        return state.cooled(self.settings["prices"]["hard"], kept)

    def weighed(self, taken: Sequence[int], number: int) -> Vector:
        """Return what each option of a decision would cost, the others as they are."""
        state = _State(self, np.random.default_rng(0), taken)
        return state.weighed(number, self.settings["prices"]["hard"])


class _State:
    """A week under search: an option of each position, and the sums of all rows."""

    def __init__(self, bath: Bath, rng: np.random.Generator, start: Sequence[int] | None) -> None:
        self.bath, self.programme, self.rng = bath, bath.programme, rng
        if start is None:
            drawn = (one.options[int(rng.integers(len(one.options)))] for one in bath.positions)
            self.at = list(drawn)
        else:
            self.at = [_option_in(decision, set(start)) for decision in bath.decisions]
        x = self.programme.taking(self.taken())
        self.sums = self.programme.rows.times(x)
        self.used = self.programme.packages.times(x) - self.programme.home
        self.counts = self.programme.things.times(x)
        self.weighed_usd = float(self.programme.weighed_usd @ x)

    def taken(self) -> Option:
        """Return the binaries that are 1."""
        return tuple(sorted(at for option in self.at for at in option))

    def cooled(self, strict: float, kept: Collection[int] = ()) -> Option:
        """Sweep without heat until nothing changes; return the binaries that are 1."""
        for _ in range(self.bath.rule["polish"]):
            if not self.sweep(0.0, strict, kept):
                break
        return self.taken()

    def weighed(self, number: int, strict: float) -> Vector:
        """Return what each option of a decision would cost."""
        self._move(self.at[number], -1.0)
        prices = self.bath.soft + self.bath.full * strict
        cost = self._cost(self.bath.positions[number], prices, strict)
        self._move(self.at[number], 1.0)
        return cost

    def sweep(self, heat: float, strict: float, kept: Collection[int] = ()) -> bool:
        """Visit every decision once, in any order; return whether anything changed.

        Those that are ``kept``, or have no other option, are visited for their portions alone.
        """
        prices = self.bath.soft + self.bath.full * strict
        changed = False
        for number in self.rng.permutation(len(self.at)).tolist():
            old, position = self.at[number], self.bath.positions[number]
            if number not in kept and position.options != (old,):
                self._visit(number, position, NOTHING, heat, prices, strict)
            portions = self.bath.decisions[number].portions
            for at in self.at[number] if portions else ():
                own = portions.get(at, NOTHING)
                if len(own) > 1:
                    rest = tuple(binary for binary in self.at[number] if binary != at)
                    others = self.bath.few(tuple((portion,) for portion in own))
                    self._visit(number, others, rest, heat, prices, strict)
            changed |= self.at[number] != old
        return changed

    def _visit(
        self,
        number: int,
        position: Position,
        rest: Option,
        heat: float,
        prices: Vector,
        strict: float,
    ) -> None:
        """Draw an option of a decision anew; ``rest`` of it stays as it is."""
        old = tuple(binary for binary in self.at[number] if binary not in rest)
        self._move(old, -1.0)
        cost = self._cost(position, prices, strict)
        new = position.options[self._draw(cost, heat)]
        if heat <= 0.0 and new != old:
            known = old in position.index
            stays = (
                cost[position.index[old]]
                if known
                else self._cost(self.bath.few((old,)), prices, strict)[0]
            )
            if cost.min() >= stays - HELD:
                new = old
        self.at[number] = tuple(sorted((*rest, *new)))
        self._move(new, 1.0)

    def _cost(self, position: Position, prices: Vector, strict: float) -> Vector:
        """Return what each option would cost where the decision is off."""
        return position.points + self._missed(position, prices) + self._bought(position, strict)

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
            kept = programme.kept_usd
            over = self.weighed_usd + float(bought @ programme.package_usd - left @ kept) + usd
            over -= np.bincount(whose, rest * kept[what], count)
            cost += strict * np.maximum(over / programme.budget_usd - 1.0, 0.0)
        whose, what, _ = position.things
        is_new = (self.counts < HELD) * programme.thing_points
        cost += np.bincount(whose, is_new[what], count)
        return cost

    def _draw(self, cost: Vector, heat: float) -> int:
        if heat <= 0.0:
            return int(np.argmin(cost))
        chance = np.cumsum(np.exp((cost.min() - cost) / heat))
        return min(int(np.searchsorted(chance, self.rng.random() * chance[-1])), len(cost) - 1)

    def _move(self, option: Option, sign: float) -> None:
        """Put an option on all sums, or take it off."""
        for at in option:
            for sums, columns in (
                (self.sums, self.bath.columns),
                (self.used, self.bath.package_columns),
                (self.counts, self.bath.thing_columns),
            ):
                index, value = columns.of_row(at)
                sums[index] += sign * value
            self.weighed_usd += sign * float(self.programme.weighed_usd[at])


def _option_in(decision: Decision, taken: set[int]) -> Option:
    """Return the binaries of a week that belong to a decision."""
    mine = {at for option in decision.options for at in option}.union(*decision.portions.values())
    return tuple(sorted(taken & mine))


def _outside(sums: Vector, lower: Vector, upper: Vector) -> Vector:
    missed: Vector = np.maximum(np.maximum(lower - sums, sums - upper), 0.0)
    return missed
