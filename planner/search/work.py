"""How much work the search does, and how: all that the settings say of it."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProofOptions:
    """How much work goes into what a week costs at least.

    Parameters
    ----------
    steps
        Times that prices are formed for whole meals.
    near
        Share of the best prices so far in the next ones [0–1].
    reserved
        Share of a time limit that is left for it, of very many eaters [0–1].
    """

    steps: int
    near: float
    reserved: float


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How much work the search does.

    Parameters
    ----------
    sweeps
        Visits to every place of every day in one round.
    rounds
        Rounds from a fresh temperature; the best week of all is kept.
    hot, cold
        First and last temperature [points].
    pairs
        Share of moves that draw two places of a day together.
    pot_pairs
        Share of the moves of a shared pot that draw another place of each eater too.
    few
        Options of the second place in such a move, beside the present one.
    across
        Chance of a meal and what may be its second meal to be drawn together, in each sweep.
    exchanges
        Exchanges between two days, for each place of each day in a sweep.
    whole_meals
        Share of these that exchange a whole meal.
    repair_rounds, repair_sweeps, repair_warm
        Repairs at most, while a hard row is broken, the sweeps of each and the temperature from
        which it cools [points]: they go on from what came nearest, with hard rows at their full
        price.
    seed
        Seed of the draws.
    gap
        Proven gap that ends the search early; ``None`` does all the work.
    time_limit_s
        Safety net [s]: ends the search between rounds, so that the plan depends on the machine.
    strict
        Share of the full price of hard rows at which a round begins.
    falls_to, most_strict
        The least share of that, and the most of the full price.
    rising, falling
        What the price of a row is multiplied by in each sweep that leaves it broken, or not.
    settled
        Share of the sweeps after which no price falls [0–1].
    column_points
        Reduced costs up to which columns are searched: at first, and each time that this found no
        plan [points].
    proof
        Work of proving more; ``None`` does without.
    most_work
        Sweeps times options (of all places together) after which a search that found no plan gives
        up, over all its attempts; the first rounds of the first attempt are always done.
    together
        Rounds that run at the same time. A number of the search and not of the machine: repairs
        begin only after all of them.
    any_week
        Whether the first week that holds is enough: the same rounds until then, one after another,
        each followed by a repair. Where they are stuck nothing wider is searched, and fewer days
        than a week have as much less of ``most_work``.
    stuck
        Broken rows, in the best of the rounds side by side, above which a search gives up.
    """

    sweeps: int = 50
    rounds: int = 2
    hot: float = 1.0
    cold: float = 0.02
    pairs: float = 0.1
    few: int = 8
    across: float = 0.2
    pot_pairs: float = 0.25
    exchanges: float = 0.5
    whole_meals: float = 0.3
    repair_rounds: int = 4
    repair_sweeps: int = 300
    repair_warm: float = 1.0
    seed: int = 0
    gap: float | None = None
    time_limit_s: float | None = None
    strict: float = 0.3
    falls_to: float = 0.3
    most_strict: float = 300.0
    rising: float = 1.02
    falling: float = 0.99
    settled: float = 0.85
    column_points: tuple[float, ...] = (0.03, 1.0, 4.0)
    proof: ProofOptions | None = None
    most_work: float = math.inf
    together: int = 1
    any_week: bool = False
    stuck: float = math.inf
