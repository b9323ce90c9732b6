"""Everything the model of a week is built from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from planner.candidates.candidate import CandidateSet
from planner.candidates.names import Meaning
from planner.candidates.servings import Portion
from planner.candidates.used_up import UsedUp
from planner.meals.rules import MealRules
from planner.model.days import PRESENT, Absence, DayKind, PutDish
from planner.model.sold import Shares, Sold
from planner.model.variety import Frequency
from planner.request.request import Weights
from planner.safety.stops import FoodCap
from planner.targets.clinical import ClinicalRules
from planner.targets.target import Target


@dataclass(frozen=True, slots=True)
class Wishes:
    """Preferences of the eater, each name resolved to what it means.

    Parameters
    ----------
    frequencies
        Servings per week asked for.
    likes, dislikes
        (what, grade 1–3).
    min_days_between
        (what, least days from one serving to the next).
    budget_usd
        Most per seven days [USD]; ``None``: no limit.
    rest_is_free, only_eaten
        Whether what is left and keeps is paid for by the weeks that eat it, or all that is left.
    max_minutes_weekday
        Longest preparation of a dish on weekdays [min]; ``None``: no limit.
    lunch
        Where lunch is eaten on weekdays.
    puts
        Ids of dishes and foods that are put on meals, each by itself.
    put_at
        All that may be put on meals, several of a word among it, each with its meal.
    put_portions
        What is put in an amount of its own: id, meal, and how much.
    uses
        Foods to be used up.
    off
        What is left out on some days.
    minutes_a_day
        Name of what leaves a day little time → most minutes of all its meals together.
    """

    frequencies: tuple[Frequency, ...] = ()
    likes: tuple[tuple[Meaning, int], ...] = ()
    dislikes: tuple[tuple[Meaning, int], ...] = ()
    min_days_between: tuple[tuple[Meaning, int], ...] = ()
    budget_usd: float | None = None
    max_minutes_weekday: int | None = None
    lunch: str = "home"
    puts: tuple[str, ...] = ()
    put_at: tuple[tuple[str, str], ...] = ()
    put_portions: tuple[tuple[str, str, Portion], ...] = ()
    uses: tuple[UsedUp, ...] = ()
    rest_is_free: bool = False
    only_eaten: bool = False
    off: tuple[Meaning, ...] = ()
    minutes_a_day: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ModelInput:
    """Everything the model is built from.

    Parameters
    ----------
    targets
        Bands of nutrients, shares and the ratio.
    candidates
        What may be eaten.
    rules
        How meals are built, and what is better.
    caps
        Cap id → cap of ``configs/safety/caps.toml``.
    wishes
        Preferences.
    weights
        Multipliers of the terms of the objective.
    weekend
        For each day whether it is one of the weekend.
    groups
        Base → the groups of its foods: potatoes are vegetables, and crisps of them a snack.
    constrained, least_coverage
        Nutrients of hard targets, and the share of each day's food that must have a figure [0–1].
    clinical
        What conditions and medicines ask of meals and days.
    conservative
        Nutrient → food id → content that a cautious plan counts [per 100 g]; empty: no such plan.
    history
        Dishes of earlier plans, the latest plan first.
    draw
        Text that the chance of taste is drawn from: other people like other dishes best; empty: all
        alike.
    out_of_season
        Foods that are not in season on these dates; empty without dates.
    absences
        For each day the meals that it misses; empty: none does.
    known_days
        Nutrient that is to change little from day to day, or a meal of which carbohydrate is →
        amounts of the days of the weeks before.
    is_part
        Whether it is one of several weeks.
    packages
        Food id → what is bought for it, and packages of that per gram, 0 for what is weighed
        [1/g]; what most kitchens have is left out.
    sold
        What is bought → its package, of what comes in one.
    sharers
        How many eaters buy and open packages together.
    puts
        For each day what is put on its meals, of everybody at the table; empty: nothing is.
    off
        For each day who has nothing of what, by names; empty: it is so on none.
    eater
        Whose model it is, where several eat.
    """

    targets: tuple[Target, ...]
    candidates: CandidateSet
    rules: MealRules
    caps: Mapping[str, FoodCap]
    wishes: Wishes
    weights: Weights
    weekend: tuple[bool, ...]
    groups: Mapping[str, frozenset[str]]
    constrained: tuple[str, ...] = ()
    least_coverage: float = 0.0
    clinical: ClinicalRules = field(default_factory=ClinicalRules)
    conservative: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    history: tuple[frozenset[str], ...] = ()
    draw: str = ""
    out_of_season: frozenset[str] = frozenset()
    absences: tuple[Absence, ...] = ()
    known_days: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    is_part: bool = False
    packages: Shares = field(default_factory=dict)
    sold: Mapping[str, Sold] = field(default_factory=dict)
    sharers: int = 1
    puts: tuple[tuple[PutDish, ...], ...] = ()
    off: tuple[tuple[tuple[str, str], ...], ...] = ()
    eater: str = ""

    @property
    def day_kinds(self) -> tuple[DayKind, ...]:
        """For each day what its rows depend on."""
        absences = self.absences or (PRESENT,) * len(self.weekend)
        puts = self.puts or ((),) * len(self.weekend)
        off = self.off or ((),) * len(self.weekend)
        return tuple(DayKind(*day) for day in zip(self.weekend, absences, puts, off, strict=True))

    def own_puts(self, puts: Iterable[PutDish]) -> tuple[PutDish, ...]:
        """Return those of ``puts`` that are on this eater's meals, each once and nobody's."""
        mine = (put for put in puts if put.whose in ("", self.eater))
        return tuple(dict.fromkeys(replace(dish, whose="") for dish in mine))
