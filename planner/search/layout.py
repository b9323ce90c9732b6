"""Eaters laid out flat: where rounds begin, and what the options that they end with mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from planner.model.arrays import Array
from planner.search.arrays import ServedMeals, WeekState
from planner.search.evaluate import FoundWeek
from planner.search.meals import Indices
from planner.search.menu import ServedEater


@dataclass(frozen=True, slots=True)
class Layout:
    """Eaters laid out flat, day by day.

    Parameters
    ----------
    eaters
        The eaters.
    meals
        What the moves read.
    spots
        For each eater its spots: days × meals.
    """

    eaters: tuple[ServedEater, ...]
    meals: ServedMeals
    spots: tuple[Indices, ...]

    def with_further(self, share: float) -> Layout:
        """Return the same with a share of the prices of further dishes of a table."""
        meals = self.meals
        further, third = share * meals.further_points, share * meals.third_points
        meals = meals._replace(further_points=further, third_points=third)
        return replace(self, meals=meals)

    def begin(self, state: Indices, seed: npt.NDArray[np.uint64], strict: float) -> WeekState:
        """Return a week with room to compute in; rows that must hold count ``strict`` times."""
        meals, eaters = self.meals, len(self.eaters)
        activity = np.concatenate([one.rules.begin() for one in self.eaters])
        widest = int(np.diff(meals.first).max())
        spoiling = meals.shelf_days.shape[1]
        return WeekState(
            state=state,
            activity=activity,
            kinds=_zeros(int(meals.kind.max(initial=0)) + 1),
            many=_zeros(1),
            packages=self._at_home(meals.part_points.shape[1]),
            meals=np.full((eaters, 4, meals.days), -1, dtype=np.int64),
            served=_zeros(len(meals.kept_days), meals.days),
            weights=np.zeros_like(activity),
            steep=np.full_like(activity, strict),
            seed=seed,
            order=np.arange(len(state), dtype=np.int64),
            out=np.empty((int(np.diff(meals.table_start).max(initial=1)), widest)),
            use_points=np.empty(int(np.diff(meals.first_use).max(initial=1))),
            dishes=np.empty(meals.dishes),
            least=np.empty(meals.dishes),
            sums=np.empty(meals.dishes),
            used=_zeros(spoiling, meals.days),
            left=_zeros(spoiling),
            other=_zeros(spoiling),
            counted=np.array([-1]),
            total=np.zeros(1),
        )

    def _at_home(self, packages: int) -> Indices:
        """Return the parts used of packages before anything is served: less than none are open."""
        used = _zeros(len(self.eaters), packages)
        for own, eater in zip(used, self.eaters, strict=True):
            home = eater.arrays.packages.home
            own[: len(home)] = -home
        return used

    def weights(self) -> tuple[Array, Array]:
        """Return the points per unit of breach of every row: of priced ones, and of hard ones."""
        both = [one.rules.weights for one in self.eaters]
        return np.concatenate([one[0] for one in both]), np.concatenate([one[1] for one in both])

    def draw(self, rng: np.random.Generator) -> Indices:
        """Draw a first option for every spot; who shares a dish has the same one."""
        meals = self.meals
        size = np.diff(meals.first)[meals.menu]
        state = meals.first[meals.menu] + (rng.random(len(size)) * size).astype(np.int64)
        for eater, spots in zip(self.eaters, self.spots, strict=True):
            known = eater.begin()
            begun = meals.first[meals.menu[spots]] + known
            state[spots[known >= 0]] = begun[known >= 0]
        for begin, end in _spans(meals.table_start):
            sharers = [one for one in meals.member[begin:end] if meals.shares[meals.menu[one]]]
            own = [self._dishes(spot) for spot in sharers]
            for_all = sorted(set.intersection(*map(set, own))) if own else []
            at = meals.dish[state[sharers[0]]] if own else -1
            dish = at if at in for_all or not own else for_all[int(rng.random() * len(for_all))]
            for spot, dishes in zip(sharers, own, strict=True):
                if meals.dish[state[spot]] != dish:
                    state[spot] = meals.first[meals.menu[spot]] + dishes.index(dish)
        return state

    def _dishes(self, spot: int) -> list[int]:
        """Return the dish of each option of a spot."""
        menu = self.meals.menu[spot]
        dishes: list[int] = self.meals.dish[
            self.meals.first[menu] : self.meals.first[menu + 1]
        ].tolist()
        return dishes

    def state(self, served: Sequence[Indices]) -> Indices:
        """Return the option on each spot where these meals of the menus are served."""
        state = self.meals.first[self.meals.menu]
        for spots, own in zip(self.spots, served, strict=True):
            state[spots] += own
        return state

    def served(self, state: Indices) -> list[Indices]:
        """Return for each eater the number of the meal on each day and slot in its menu."""
        number = state - self.meals.first[self.meals.menu]
        return [number[spots] for spots in self.spots]

    def found(self, state: Indices) -> tuple[FoundWeek, ...]:
        """Judge the week of each eater."""
        each = zip(self.eaters, self.served(state), strict=True)
        return tuple(one.evaluate(one.choices(served)) for one, served in each)


def _zeros(*shape: int) -> Indices:
    return np.zeros(shape, dtype=np.int64)


def _spans(start: Indices) -> zip[tuple[int, int]]:
    return zip(start[:-1].tolist(), start[1:].tolist(), strict=True)
