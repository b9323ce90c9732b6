"""What the eater wants: diet, exclusions, likes, frequencies, time and money.

As a plain value, and as the table ``[preferences]`` of a request file with its flags.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, model_validator

from planner.faults import fault_said
from planner.request import phrases, values
from planner.request import wish as joining
from planner.request.diets import OMNIVORE, find_diet
from planner.request.equipment import equipment_in, missing_equipment, names_instead
from planner.request.meal_phrases import read_cook_on, read_minutes_on, read_more_energy
from planner.request.measures import food_plan_usd, read_money
from planner.request.profile import Profile
from planner.request.put import AFTER, lasts, read_food_use, read_use, read_without_on, use_by
from planner.request.wish import File, Flag, Number, OneOf, Typed

TILL, EATEN, KITCHEN = "till", "eaten", "kitchen"
"""What a budget counts."""
Lunch = Literal["home", "packed", "packed_cold", "leftovers"]
HOME: Lunch = "home"
PACKED: Lunch = "packed"
COLD: Lunch = "packed_cold"
LEFTOVERS: Lunch = "leftovers"
"""Where lunch is eaten on weekdays, or that it is the dinner of the evening before."""
LATELY = "eaten:"
"""Begins the dishes of an earlier plan that is no file."""
_NAME, _GRADED = Typed("NAME", phrases.read_name), Typed("NAME[:1-3]", phrases.read_graded_name)
_DAYS_BETWEEN = Typed("NAME=N", phrases.read_days_between)
_MINUTES, _MONEY = Number("max_minutes", is_whole=True), Typed("AMOUNT", read_money)
_MINUTES_ON = Typed("DAYS:MEAL=MINUTES", read_minutes_on)
_MORE_ENERGY = Typed("DAYS=KCAL", read_more_energy)


def _empty() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the eater wants from the week.

    Parameters
    ----------
    diet
        Id of a row of ``configs/diets/diets.toml``.
    without
        Allergens, food groups, foods or dishes that may not occur, as a person wrote them.
    without_on
        Name → days on which it may not occur, as a person wrote them: ``"mon"``, ``"3"``.
    like, dislike
        Name → grade 1 to 3.
    per_week
        Frequency rules.
    min_days_between
        Name → least number of days from one serving to the next.
    max_minutes
        Longest preparation of a dish on any day [min].
    max_minutes_weekday
        The same on weekdays alone [min].
    max_minutes_breakfast
        Longest preparation of a breakfast [min]; 0: nothing is cooked for it.
    max_ingredients
        Most ingredients of a dish, besides what most kitchens have, and water.
    lunch
        Where lunch is eaten on weekdays: ``"home"``; ``"packed"``, from a box, warmed up there;
        ``"packed_cold"``, from a box as it is; ``"leftovers"``, the dinner of the evening before;
        ``None``: nobody said, and it is at home.
    budget_per_week
        Most that the week may cost, whatever money it was said in [USD].
    budget_counts
        ``"till"``: what the till says of a week or more, packages whole and the usual at home;
        ``"eaten"``: what of it is eaten or frozen; ``"kitchen"``: that and what spoils, as in a
        kitchen that goes on, where what keeps is eaten in later weeks.
    food_plan
        Name of the official food plan that the budget is of; empty for an amount of one's own.
    alcohol
        Whether drinks with alcohol may be in the plan.
    conservative
        Whether magnesium and calcium must be enough on what oxalate leaves to be absorbed.
    history
        Earlier plans, whose dishes are better left for later: paths, or ``LATELY`` and ids of
        dishes.
    dishes
        Folders with dishes of one's own, beside the shipped ones.
    drinks
        Drink → cups a day that are drunk with meals and counted, as a person wrote it; 0 is none.
    use
        Food that is to be used up → mass as bought, over the whole plan [g].
    kitchen
        All that there is to cook with, by name; empty: nothing is said of it.
    max_minutes_on
        Days and meal → longest preparation of it, all together [min].
    more_energy
        Days → energy that is needed on them beside that of every day [kcal].
    since
        Key, nutrient or frequency of a wish → date from which it holds: what was eaten before it
        was asked for is a fact.
    """

    diet: str = OMNIVORE
    without: tuple[str, ...] = ()
    like: Mapping[str, int] = field(default_factory=_empty)
    dislike: Mapping[str, int] = field(default_factory=_empty)
    per_week: tuple[phrases.FrequencyRule, ...] = ()
    min_days_between: Mapping[str, int] = field(default_factory=_empty)
    max_minutes: int | None = None
    budget_per_week: float | None = None
    budget_counts: str = TILL
    food_plan: str = ""
    alcohol: bool = False
    conservative: bool = False
    max_minutes_weekday: int | None = None
    max_minutes_breakfast: int | None = None
    max_ingredients: int | None = None
    lunch: str | None = None
    history: tuple[str, ...] = ()
    dishes: tuple[str, ...] = ()
    drinks: Mapping[str, int] = field(default_factory=_empty)
    use: Mapping[str, float] = field(default_factory=_empty)
    kitchen: tuple[str, ...] = ()
    without_on: Mapping[str, tuple[str, ...]] = field(default_factory=_empty)
    max_minutes_on: Mapping[str, int] = field(default_factory=_empty)
    more_energy: Mapping[str, float] = field(default_factory=_empty)
    since: Mapping[str, str] = field(default_factory=_empty)

    def with_budget(self, usd: float | None) -> Preferences:
        """Return the same with an amount for a budget [USD a week], or with none."""
        return replace(self, budget_per_week=usd, food_plan="")

    @property
    def lunch_at(self) -> str:
        """Where lunch is eaten on weekdays: at home where nobody said."""
        return self.lunch or HOME

    @property
    def names_left_out(self) -> tuple[str, ...]:
        """Names that may not occur at all: ``without``, frequencies of none, and a diet's own.

        What the kitchen lacks is one name, since a dish may do with one of several things.
        """
        none = [rule.name for rule in self.per_week if rule.sense == "<=" and rule.count == 0]
        names = dict.fromkeys((*self.without, *none, *find_diet(self.diet).without))
        eaten = [name for name in names if not equipment_in(name)]
        lacks = missing_equipment(names, self.kitchen)
        return (*eaten, lacks) if lacks else tuple(eaten)

    @property
    def names_to_come(self) -> tuple[str, ...]:
        """Names that may not occur on the days to come: always, or from a day on."""
        return (*self.names_left_out, *self.names_lasting)

    @property
    def names_lasting(self) -> tuple[str, ...]:
        """Names that may not occur from a day on, nor in weeks to come."""
        return tuple(name for name, days in self.without_on.items() if lasts(days))


def _uses(said: Any) -> Any:
    """Read a list of texts as the flag reads them; what is none stays."""
    if not isinstance(said, list) or not all(isinstance(text, str) for text in said):
        return said
    return joining.OWN_SUMS.lay(None, [read_food_use(text) for text in said], {})


class PreferencesTable(values.TomlTable):
    """What the eater wants."""

    diet: Annotated[values.DietId, Flag(_NAME)] = OMNIVORE
    without: Annotated[list[values.LeftOut], Flag(_NAME, joining.NAMES)] = []
    without_on: Annotated[
        dict[values.Name, list[str]], Flag(Typed("NAME:DAYS", read_without_on), joining.DAYS)
    ] = {}
    like: Annotated[values.Grades, Flag(_GRADED, joining.PAIRS)] = {}
    dislike: Annotated[values.Grades, Flag(_GRADED, joining.PAIRS)] = {}
    per_week: Annotated[
        list[values.Rule], Flag(Typed("NAME>=N", phrases.read_frequency), joining.RULES)
    ] = []
    min_days_between: Annotated[values.DaysBetween, Flag(_DAYS_BETWEEN, joining.LARGEST_PAIRS)] = {}
    drinks: Annotated[
        values.Cups, Flag(Typed("NAME[:CUPS]", phrases.read_cups), joining.PAIRS)
    ] = {}
    use: Annotated[
        values.ToUse,
        BeforeValidator(values.plain(_uses)),
        Flag(Typed("FOOD:GRAMS", read_use, in_phrase=read_food_use), joining.OWN_SUMS),
    ] = {}
    kitchen: Annotated[list[values.Equipment], Flag(_NAME, joining.NAMES)] = []
    max_minutes: Annotated[values.Minutes, Flag(_MINUTES, joining.LEAST)] = None
    max_minutes_weekday: Annotated[values.Minutes, Flag(_MINUTES, joining.LEAST)] = None
    max_minutes_breakfast: Annotated[
        values.MinutesOrNone, Flag(Number("max_minutes_breakfast", is_whole=True), joining.LEAST)
    ] = None
    max_minutes_on: Annotated[
        values.MinutesOn,
        Flag(_MINUTES_ON, joining.PAIRS),
        Flag(Typed("DAYS", read_cook_on), joining.OTHER_DAYS, row="cook_on"),
    ] = {}
    more_energy: Annotated[values.MoreEnergy, Flag(_MORE_ENERGY, joining.PAIRS)] = {}
    max_ingredients: Annotated[
        int | None,
        values.in_range("max_ingredients"),
        Flag(Number("max_ingredients", is_whole=True), joining.LEAST),
    ] = None
    lunch: Annotated[Lunch | None, Flag(OneOf(get_args(Lunch)), joining.OWN_OR_COMMON)] = None
    budget_per_week: Annotated[values.Budget, Flag(_MONEY, joining.LEAST)] = None
    budget_counts: Annotated[
        Literal["till", "eaten", "kitchen"], Flag(OneOf((TILL, EATEN, KITCHEN)))
    ] = "till"
    alcohol: Annotated[bool, Flag(join=joining.TICKED)] = False
    conservative: Annotated[bool, Flag(join=joining.TICKED)] = False
    history: Annotated[
        list[values.Name], Flag(Typed("NAME", phrases.read_plan_path, "PLAN.json"), joining.NAMES)
    ] = []
    dishes: Annotated[list[values.Name], Flag(File("DIR", is_folder=True), joining.FOLDERS)] = []
    allow_supplements: Annotated[bool, Flag(join=joining.TICKED)] = False
    since: dict[str, values.Name] = {}  # found while planning on, kept with the plan
    food_falls_short: bool = False  # found while planning, kept with the plan

    @model_validator(mode="after")
    def _check_grades(self) -> PreferencesTable:
        both = sorted(self.like.keys() & self.dislike.keys())
        if both:
            raise ValueError(fault_said("liked_and_disliked", names=", ".join(both)))
        return self

    @model_validator(mode="after")
    def _use_by(self) -> PreferencesTable:
        """Leave out behind a day what is to be used up by it."""
        for name, (food, day) in {name: use_by(name) for name in self.use}.items():
            if day:
                self.use = {**self.use, food: self.use[name]}
                del self.use[name]
                later = AFTER.format(day="")
                on = [one for one in self.without_on.get(food, []) if not one.startswith(later)]
                self.without_on = {**self.without_on, food: [*on, f"{later}{day}"]}
        return self

    @model_validator(mode="after")
    def _without_fridge(self) -> PreferencesTable:
        """Leave out what must stay cold where nothing does; and no box waits warm for noon."""
        names = [name for left_out in self.without for name in names_instead(left_out)]
        if names != self.without:
            self.without = list(dict.fromkeys(names))
            self.lunch = self.lunch or HOME
        return self

    def to_preferences(self, shops: str, people: Sequence[Profile], household: int) -> Preferences:
        """Hand over the frozen value, money as in the country of the shops.

        Parameters
        ----------
        shops
            That country.
        people, household
            Whom a budget is for, and how many live together: a food plan is of sex and age.
        """
        budget = self.budget_per_week
        if budget is None or not budget.food_plan:
            usd = None if budget is None else budget.in_usd(shops)
            return self.to(Preferences, budget_per_week=usd)
        counts = EATEN if self.budget_counts == EATEN else KITCHEN
        usd = food_plan_usd(budget.food_plan, people, household, shops)
        plan = {"food_plan": budget.food_plan, "budget_counts": counts}
        return self.to(Preferences, budget_per_week=usd, **plan)
