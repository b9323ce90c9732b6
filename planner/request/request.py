"""A request: everything that decides a plan, as plain values.

What a person leaves out has its default here, so ``PlanRequest()`` is the sample person's week.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from foods.food import Food
from planner.errors import RefusedError
from planner.faults import fault
from planner.meals.patterns import DEFAULT_PATTERN, SLOTS
from planner.request.eater import Eater, Guests
from planner.request.override import TargetOverride
from planner.request.phrases import FrequencyRule
from planner.request.preferences import COLD, PACKED, Preferences
from planner.request.profile import Profile
from planner.request.put import Put
from planner.safety.intake import SupplementIntake
from planner.safety.patient import Patient, read_patient
from planner.settings import read_settings

UNITS = ("us", "metric")
HEMISPHERES = ("north", "south")
TAP, DEFAULT_LITRES = "tap", 1.0
SHOP = "shop/shop.toml"
NAMELESS = ""  # the name of the only eater where a request names none
BODY_FIELDS = ("sex", "age", "height_cm", "weight_kg", "activity")
USUAL, EMPTY = "usual", "empty"
"""What is at home beside what is named: what most kitchens have, or nothing."""
Effort = Literal["quick", "usual", "thorough"]


@dataclass(frozen=True, slots=True)
class AtHome:
    """A food that is at home, as a person wrote it.

    Parameters
    ----------
    food, amount, unit
        ``"rice"``, ``500``, ``"g"``: as in a file of ``--pantry``.
    days
        Days on which it is still good; ``None``: long.
    """

    food: str
    amount: float
    unit: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """A size in which a shop sells a food.

    Parameters
    ----------
    food_id
        The food as it is bought; of a shop of one's own, in a request, as a person wrote it.
    pack
        Such as ``"can"`` or ``"bunch"``; ``"each"`` for what is counted, ``"weight"`` for what is
        weighed at the counter, in steps of ``size_g``.
    label
        What stands on it: ``"15 oz"``; a can says more than it holds drained.
    size_g
        What it holds, with peel, bones and shells but without what is poured off [g].
    price_usd
        Price [USD]; ``None``: that of the catalogue for so much.
    name
        What the shop calls it; empty: the name of the food.
    aisle
        Where it stands in a shop of one's own, as its list is headed; empty: in that of the food.
    """

    food_id: str
    pack: str
    label: str
    size_g: float
    price_usd: float | None
    name: str
    aisle: str = ""


@dataclass(frozen=True, slots=True)
class WeekOptions:
    """Which days and meals are planned, and how amounts are shown.

    Parameters
    ----------
    days
        Number of days, 1 to 28.
    start
        Date of the first day; ``None`` leaves the days without dates.
    slots
        Meals of a day, some of ``SLOTS``.
    skip, not_eaten
        (day, slot) pairs that are not planned, and those among them that are not eaten elsewhere
        either; days count from 1.
    units
        ``"us"`` or ``"metric"``; ``None`` follows the standard.
    pattern
        How meals are built: name of a shipped pattern, or the path of an own one.
    hemisphere
        ``"north"`` or ``"south"``: whose seasons hold on the dates of the days.
    guests
        Who comes to eat, at most one entry for each meal.
    cycle
        Days after which the menu comes again; ``None``: each day has its own.
    holidays
        Days with the time of a weekend, by number or date.
    put
        Dishes that stand on meals of some days in any case.
    shops
        Country whose shops one goes to, of ``known_shops()``; ``None`` follows standard and units.
    pantry
        What is at home before the first day.
    from_pantry
        Whether that is eaten first: as much of it as fits is in the plan.
    cupboard
        ``"usual"``: beside that, what most kitchens have; ``"empty"``: nothing more; ``None``: the
        usual unless a pantry is given.
    packages
        Packages of a shop of one's own, in place of the country's for their foods.
    notes
        Dish, by id or name, or ``"plan"`` → a note of one's own on it.
    amounts
        Dish id → food id → the share of the recipe's amount that is cooked, so that packages are
        used up; found by planning, and kept with the plan.
    cooked_more
        Dishes of days that are past, ``"3:chili"`` → servings of them that were cooked for later.
    begun
        ``"4"`` → ids of what stood on a day when the evening before it was over.
    meals_at
        Hours of the day at which meals are eaten, by the keys of ``meal_hours.py``; others at the
        usual hour.
    eaten
        Days that are past and went otherwise than planned: what stands there is a fact.
    at_table
        Of the week of one eater: the days on which that one is at the table; empty: all.
    trips
        How many trips to the store all food is from; ``None``: as many as it takes.
    rhythm
        Name of the rhythm that the week has; ``None``: one that suits the household.
    """

    days: int = 7
    start: date | None = None
    slots: tuple[str, ...] = SLOTS
    skip: tuple[tuple[int, str], ...] = ()
    units: str | None = None
    pattern: str = DEFAULT_PATTERN
    hemisphere: str = "north"
    guests: tuple[Guests, ...] = ()
    not_eaten: tuple[tuple[int, str], ...] = ()
    cycle: int | None = None
    holidays: tuple[int | date, ...] = ()
    put: tuple[Put, ...] = ()
    shops: str | None = None
    pantry: tuple[AtHome, ...] = ()
    cupboard: str | None = None
    from_pantry: bool = False
    meals_at: Mapping[str, float] = field(default_factory=dict)
    packages: tuple[Package, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    amounts: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    cooked_more: Mapping[str, float] = field(default_factory=dict)
    begun: Mapping[str, Sequence[str]] = field(default_factory=dict)
    at_table: tuple[str, ...] = ()
    trips: int | None = None
    rhythm: str | None = None
    eaten: tuple[int, ...] = ()

    @property
    def has_usual(self) -> bool:
        """Whether what most kitchens have is taken to be at home."""
        return self.cupboard == USUAL or (self.cupboard is None and not self.pantry)


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """How long to search, and from which seed.

    Parameters
    ----------
    seed
        Seed of the search: the same seed and input give the same plan.
    effort
        ``"usual"``; ``"quick"`` takes a week that a short search finds, ``"thorough"`` searches
        longer for a better one.
    """

    seed: int = 0
    effort: Effort = "usual"


@dataclass(frozen=True, slots=True)
class Weights:
    """Multipliers of the terms of the objective; 1 is the default weight, 0 switches a term off."""

    taste: float = 1.0
    variety: float = 1.0
    cost: float = 1.0
    effort: float = 1.0
    waste: float = 1.0
    soft_targets: float = 1.0


@dataclass(frozen=True, slots=True)
class Water:
    """The person's own tap water, and water that is drunk and counted.

    Parameters
    ----------
    magnesium_mg_per_l, calcium_mg_per_l, sodium_mg_per_l
        Analysis of the tap water [mg/L]; ``None`` takes the food table's figure.
    drink
        Water that is drunk, ``"tap"`` or a mineral water of the catalogue.
    litres_per_day
        How much of it; with neither, drinking water is not counted.
    """

    magnesium_mg_per_l: float | None = None
    calcium_mg_per_l: float | None = None
    sodium_mg_per_l: float | None = None
    drink: str | None = None
    litres_per_day: float | None = None

    @property
    def is_drunk(self) -> bool:
        """Whether drinking water is counted."""
        return self.drink is not None or self.litres_per_day is not None

    @property
    def name(self) -> str:
        """Name of the water that is drunk."""
        return self.drink or TAP

    @property
    def litres(self) -> float:
        """Litres a day of the water that is drunk."""
        return DEFAULT_LITRES if self.litres_per_day is None else self.litres_per_day


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """Everything that decides a plan.

    Parameters
    ----------
    profile
        Who eats.
    standard
        Reference values to use: one of ``standard_ids()``, or the path of a CSV.
    preferences, week, weights, solve
        What the eater wants, which days, what counts how much, how long to search.
    overrides
        Bounds set by hand, at most one per nutrient key.
    water
        Tap water analysis.
    supplements
        What is taken already: supplements, antacids and laxatives.
    allow_supplements
        Whether the plan may add a supplement that no safety rule forbids.
    food_falls_short
        Whether no week was found by food alone, so that magnesium is added where it is allowed.
    assumed
        Those of ``BODY_FIELDS`` that nobody gave and the program filled in.
    eaters
        Everybody at the table, where several eat; ``profile`` is nobody's then.
    habits
        Figures of ``[habits]`` that take the place of what most people are served, by name.
    own_foods
        Foods of one's own that came with a plan file; ``None``: the library has them.
    patient
        What was understood of the words of ``profile``: made here, and read everywhere else.
    """

    profile: Profile = field(default_factory=Profile)
    standard: str = "us"
    preferences: Preferences = field(default_factory=Preferences)
    week: WeekOptions = WeekOptions()
    weights: Weights = Weights()
    solve: SolveOptions = SolveOptions()
    overrides: tuple[TargetOverride, ...] = ()
    water: Water = Water()
    supplements: tuple[SupplementIntake, ...] = ()
    allow_supplements: bool = False
    food_falls_short: bool = False
    assumed: tuple[str, ...] = ()
    eaters: tuple[Eater, ...] = ()
    habits: Mapping[str, int] = field(default_factory=dict)
    own_foods: tuple[Food, ...] | None = field(default=None, repr=False, compare=False)
    patient: Patient = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "patient", read_patient(self.profile, self.preferences.without))
        # What a condition forbids is left out wherever the request goes: candidates, check, files.
        names = [*self.preferences.without, *self.patient.names_left_out]
        wanted = replace(
            self.preferences,
            without=tuple(dict.fromkeys(names)),
            per_week=(*self.preferences.per_week, *self._capped()),
        )
        if wanted != self.preferences:
            object.__setattr__(self, "preferences", wanted)

    def _capped(self) -> Iterator[FrequencyRule]:
        """Return what a condition allows so many times a week, where nobody asked for as few."""
        for name, most in self.patient.most_per_week.items():
            asked = [rule for rule in self.preferences.per_week if rule.name == name]
            if any(rule.sense == ">=" and rule.count > most for rule in asked):
                raise fault(RefusedError, "capped_per_week", name=name, most=most)
            if not any(rule.sense == "<=" and rule.count <= most for rule in asked):
                yield FrequencyRule(name, "<=", most)

    @property
    def is_sample_profile(self) -> bool:
        """Whether nobody said who eats, so that the plan is a sample person's."""
        return not self.eaters and set(BODY_FIELDS) <= set(self.assumed)

    @property
    def takes_lunch_along(self) -> bool:
        """Whether lunch is taken along on weekdays: as was said, else by age (``[lunch]``)."""
        rule, said = read_settings("meals/rules.toml")["lunch"], self.preferences.lunch
        is_of_age = rule["along_from_y"] <= self.profile.age_y < rule["along_below_y"]
        return said in (PACKED, COLD) or (said is None and is_of_age)

    @property
    def everybody(self) -> tuple[Preferences, ...]:
        """What is asked for by all, then by each eater."""
        return (self.preferences, *(eater.preferences for eater in self.eaters))

    @property
    def dish_folders(self) -> tuple[str, ...]:
        """Folders of own dishes of everybody at the table, each once."""
        return tuple(dict.fromkeys(folder for eater in self.everybody for folder in eater.dishes))

    @property
    def units(self) -> str:
        """``"us"`` or ``"metric"``: as asked for, else by the standard."""
        return units_for(self.week, self.standard)

    @property
    def shops(self) -> str:
        """Country whose packages, names and money hold: as asked for, else by standard and units.

        Everything that knows of shops asks here: the model, the list, the till, the day's notes.
        """
        return shops_for(self.week, self.standard)


def units_for(week: WeekOptions, standard: str) -> str:
    """Return the units that are asked for, else those of the standard."""
    return week.units or ("us" if standard == "us" else "metric")


def shops_for(week: WeekOptions, standard: str) -> str:
    """Return the country of the shops that are asked for, else by standard, else by units."""
    usual = read_settings(SHOP)
    by_standard = usual["standards"].get(standard)
    return str(week.shops or by_standard or usual["units"][units_for(week, standard)])


def weighed_in(week: WeekOptions, shops: str) -> str:
    """Return the units of a shopping list: those asked for, or else those these shops weigh in."""
    return week.units or str(read_settings(SHOP)["weighed"][shops])
