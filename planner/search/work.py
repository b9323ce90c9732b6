"""How much work the search does, and how: all that the settings say of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Generation:
    """Rounds that search the same meals, each by itself.

    Parameters
    ----------
    rounds
        How many.
    sweeps
        Visits to every meal of every day in each.
    hot, cold
        First and last temperature [points].
    further
        Share of the price of each further dish of a table [0–1].
    strict
        Where it goes on from a week: share of the full price of hard rows that it begins with.
    """

    rounds: int
    sweeps: int
    hot: float
    cold: float
    further: float = 1.0
    strict: float = 1.0


@dataclass(frozen=True, slots=True)
class HardRows:
    """How the prices of rows that must hold are found.

    Parameters
    ----------
    strict
        Share of the full price at which a round begins.
    falls_to, most_strict
        The least share of that, and the most of the full price.
    rising, falling
        By how many factors of e the price of a row rises in a round that ends all its sweeps with
        it broken, or falls in one that ends none so.
    settled
        Share of the sweeps after which no price falls [0–1].
    """

    strict: float
    falls_to: float
    most_strict: float
    rising: float
    falling: float
    settled: float


@dataclass(frozen=True, slots=True)
class ListedMeals:
    """Which meals are listed.

    Parameters
    ----------
    most
        Meals of each menu.
    of_each
        Meals of each dish.
    dearer
        Points up to which a dish or food is looked at beyond the cheapest of its place.
    together
        Dishes that everybody at a table has on the menu where different ones cost points.
    """

    most: int
    of_each: int
    dearer: float
    together: int


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How much work the search does.

    Parameters
    ----------
    generations
        Rounds one after another: those of a generation search what the ones before ended with.
    repair
        Rounds that go on from what came nearest while a hard row is broken, with hard rows at
        their full price; of these at most ``rounds``.
    hard_rows
        How the prices of rows that must hold are found.
    listed
        The meals that are searched, and those of each time that this found no plan.
    polish
        Cold rounds that end a search: from the best week, among all that is listed.
    exchanges
        Exchanges between two days, for each meal of each day in a sweep.
    searches
        Times that all generations are searched; from the second one on beside the best week so far.
    seed
        Seed of the draws.
    gap
        Proven gap that ends the search early; ``None`` does all the work.
    time_limit_s
        Safety net [s]: ends the search between rounds, so that the plan depends on the machine.
    most_work
        Sweeps times options of all spots after which a search that found no plan gives up, over all
        its attempts; the generations of the first attempt are always done.
    together
        Rounds of a repair before it is looked whether a week holds, on any machine.
    any_week
        Whether the first week that holds is enough. Where rounds are stuck nothing more is
        searched, and fewer days than a week have as much less of ``most_work``.
    stuck
        Broken rows, in the best week of all generations, above which a search gives up.
    look
        First rounds of each generation but the last whose weeks are shown to who wants to see some.
    short
        Most rounds and sweeps of each generation in a first attempt; all work is done where it
        finds nothing. Empty: there is none.
    """

    generations: tuple[Generation, ...]
    repair: Generation
    hard_rows: HardRows
    listed: tuple[ListedMeals, ...]
    polish: Generation | None = None
    exchanges: float = 0.5
    searches: int = 1
    seed: int = 0
    gap: float | None = None
    time_limit_s: float | None = None
    most_work: float = math.inf
    together: int = 2
    any_week: bool = False
    stuck: float = math.inf
    look: int = 0
    short: tuple[tuple[int, int], ...] = ()

    def at_rest(self) -> SearchOptions:
        """Return the same where nothing is searched: the start is taken as it is."""
        rounds = replace(self.generations[0], rounds=1, sweeps=0)
        return replace(self, generations=(rounds,))

    def shortened(self, most: Sequence[tuple[int, int]]) -> SearchOptions:
        """Return the same with no further generations, rounds and sweeps than ``most``."""
        generations = [
            replace(one, rounds=min(one.rounds, rounds), sweeps=min(one.sweeps, sweeps))
            for one, (rounds, sweeps) in zip(self.generations, most, strict=False)
        ]
        return replace(self, generations=tuple(generations))

    def shorter(self, share: float) -> SearchOptions:
        """Return the same with a share of the sweeps."""
        fewer = [replace(one, sweeps=round(one.sweeps * share)) for one in self.generations]
        return replace(self, generations=tuple(fewer))
