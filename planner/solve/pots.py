"""Compose the weeks of several eaters at once, who have some dishes from one pot.

Each eater has a week under construction and a search of one's own, which moves everything that is
not shared. What is shared moves for all at once and exactly: the weight of a dish is the product
over its eaters of the sum over their portions. So a dish is drawn as likely as all that may be
eaten of it together, and then each eater's portion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.solve.arrays import Array
from planner.solve.evaluate import Choices, FoundWeek
from planner.solve.rounds import Rounds, SearchOptions
from planner.solve.search import WeekSearch, WeekState, Weighed

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Member:
    """One eater of a pot.

    Parameters
    ----------
    eater, place
        Number of the eater's search, and of the place in it.
    order, starts
        Options of the place sorted by their dish, and where each dish begins among them.
    portions
        For each dish the options that serve it.
    """

    eater: int
    place: int
    order: Indices
    starts: Indices
    portions: tuple[Indices, ...]

    def by_dish(self, logs: Array) -> Array:
        """Sum the weights of a dish's portions, given and returned as logarithms."""
        return _log_sums(logs[self.order], self.starts)


Pot = Sequence[Member]
"""Everybody who has the same dish on a place; all number the dishes alike."""


class HouseholdSearch(Rounds):
    """The search over the weeks of all eaters together.

    Parameters
    ----------
    searches
        Name of each eater → the search over that eater's columns, whose shared places are joint.
    pots
        For each shared place, by eater, its number and the dish of each of its options.
    visits
        How often each pot is drawn in a sweep.
    pairs
        Share of these draws in which each eater draws another place of the day too.
    """

    def __init__(
        self,
        searches: Mapping[str, WeekSearch],
        pots: Sequence[Mapping[str, tuple[int, Sequence[str]]]],
        visits: int = 1,
        pairs: float = 0.25,
    ) -> None:
        self.names = tuple(searches)
        self.searches = tuple(searches.values())
        self.pots = [self._pot(pot) for pot in pots]
        self.days = self.searches[0].days
        self.visits, self.pairs = visits, pairs
        self.now: list[Indices] | None = None
        self.found: list[FoundWeek] = []

    def _pot(self, pot: Mapping[str, tuple[int, Sequence[str]]]) -> Pot:
        dishes = sorted(set.intersection(*(set(served) for _, served in pot.values())))
        members = []
        for name, (place, served) in pot.items():
            numbers = np.array([dishes.index(dish) for dish in served])
            order = np.argsort(numbers, kind="stable")
            starts = np.searchsorted(numbers[order], np.arange(len(dishes)))
            portions = tuple(np.split(order, starts[1:]))
            members.append(Member(self.names.index(name), place, order, starts, portions))
        return members

    def one_round(self, rng: np.random.Generator, options: SearchOptions) -> FoundWeek:
        """Anneal all weeks together from a fresh start."""
        states = [search.draw_start(rng) for search in self.searches]
        for pot in self.pots:
            for d in range(self.days):
                self._fill(rng, states, pot, d)
        pairs = zip(self.searches, states, strict=True)
        weeks = [search.begin_at(state) for search, state in pairs]
        self.now = [week.state for week in weeks]
        for temperature in options.temperatures():
            for search, week in zip(self.searches, weeks, strict=True):
                search.sweep(rng, week, options, temperature)
            for _ in range(self.visits):
                self._sweep_pots(rng, weeks, temperature)
        return self._evaluate(self.now)

    def so_far(self) -> FoundWeek | None:
        """Give the weeks under way."""
        return None if self.now is None else self._evaluate(self.now)

    def steepen(self, found: FoundWeek) -> None:
        """Weigh the rows that stayed broken in somebody's week more in the next round."""
        del found  # of all together; each search knows its own rows
        for search, own in zip(self.searches, self.found, strict=True):
            search.steepen(own)

    def split(self, choices: Choices) -> list[Choices]:
        """Give the days of each eater from those of all, which stand one after the other."""
        return [choices[n * self.days : (n + 1) * self.days] for n in range(len(self.names))]

    def _evaluate(self, states: Sequence[Indices]) -> FoundWeek:
        """Judge each week by itself; points are added, days stand one after the other."""
        pairs = zip(self.searches, states, strict=True)
        self.found = [search.evaluate(search.chosen(state)) for search, state in pairs]
        terms: dict[str, float] = {}
        for found in self.found:
            for name, points in found.terms.items():
                terms[name] = terms.get(name, 0.0) + points
        named = zip(self.names, self.found, strict=True)
        return FoundWeek(
            choices=tuple(day for found in self.found for day in found.choices),
            objective=sum(found.objective for found in self.found),
            broken=tuple(f"{name}: {row}" for name, found in named for row in found.broken),
            terms=terms,
        )

    def _fill(self, rng: np.random.Generator, states: Sequence[Indices], pot: Pot, d: int) -> None:
        """Start with the same dish for all, as likely as their average weeks have it."""
        logs = [np.log(self.searches[one.eater].chances[one.place]) for one in pot]
        likely = sum(np.exp(member.by_dish(own)) for member, own in zip(pot, logs, strict=True))
        dish = _draw(rng, np.log(likely))
        for member, own in zip(pot, logs, strict=True):
            portions = member.portions[dish]
            states[member.eater][d, member.place] = portions[_draw(rng, own[portions])]

    def _sweep_pots(
        self, rng: np.random.Generator, weeks: Sequence[WeekState], temperature: float
    ) -> None:
        """Draw each pot of each day once, some with another place of each eater's meal."""
        steps = self.days * len(self.pots)
        with_another = (rng.random(steps) < self.pairs).tolist()
        for step, is_pair in zip(rng.permutation(steps).tolist(), with_another, strict=True):
            d, number = divmod(step, len(self.pots))
            self._draw_pot(rng, weeks, d, self.pots[number], temperature, is_pair)

    def _draw_pot(
        self,
        rng: np.random.Generator,
        weeks: Sequence[WeekState],
        d: int,
        pot: Pot,
        temperature: float,
        is_pair: bool,
    ) -> None:
        """Draw the dish of a pot, then each eater's portion, and the other place of a pair."""
        drawn = [
            _MemberDraw(
                rng, self.searches[one.eater], weeks[one.eater], d, one, temperature, is_pair
            )
            for one in pot
        ]
        dish = _draw(rng, np.sum([one.by_dish() for one in drawn], axis=0))
        for one in drawn:
            one.put(rng, dish)


class _MemberDraw:
    """What one eater's week makes of each dish of a pot."""

    def __init__(
        self,
        rng: np.random.Generator,
        search: WeekSearch,
        week: WeekState,
        d: int,
        member: Member,
        temperature: float,
        is_pair: bool,
    ) -> None:
        self.search, self.week, self.d, self.member = search, week, d, member
        partners = search.partners[member.place] if is_pair else []
        self.other = partners[int(rng.integers(len(partners)))] if partners else None
        self.weighed: Weighed
        if self.other is None:
            self.weighed = search.weigh(week, d, member.place)
            self.logs = self.weighed.points / -temperature
            return
        self.few = search.pick_few(rng, week, d, self.other)
        self.weighed = search.weigh_pair(week, d, member.place, self.other, self.few)
        self.table = self.weighed.points / -temperature
        top = self.table.max(axis=1)
        self.logs = top + np.log(np.exp(self.table - top[:, None]).sum(axis=1))

    def by_dish(self) -> Array:
        return self.member.by_dish(self.logs)

    def put(self, rng: np.random.Generator, dish: int) -> None:
        portions = self.member.portions[dish]
        option = int(portions[_draw(rng, self.logs[portions])])
        place = self.member.place
        if self.other is not None:
            other = int(self.few[_draw(rng, self.table[option])])
            new = (option, other)
            self.search.put_pair(self.week, self.d, (place, self.other), self.weighed, new)
        elif option != self.week.state[self.d, place]:
            self.search.put(self.week, self.d, place, self.weighed, option)


def _draw(rng: np.random.Generator, logs: Array) -> int:
    """Draw a number with these weights, given as logarithms: the Gumbel maximum."""
    return int((logs - np.log(rng.exponential(size=len(logs)))).argmax())


def _log_sums(logs: Array, starts: Indices) -> Array:
    """Add up weights in groups, given and returned as logarithms."""
    top = np.maximum.reduceat(logs, starts)
    sizes = np.diff(np.append(starts, len(logs)))
    sums: Array = np.log(np.add.reduceat(np.exp(logs - np.repeat(top, sizes)), starts))
    return top + sums
