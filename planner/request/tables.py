"""The shape of a request file: every key, its range and the words that explain it.

pydantic checks what people write; ``to_request`` hands over the frozen values of
``planner.request.request``. What is said of the keys stands in ``configs/request/wishes.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, ValidationInfo, field_validator, model_validator

from planner.meals.patterns import (
    DEFAULT_PATTERN,
    SLOTS,
    pattern_at_hand,
    read_pattern_id,
)
from planner.request import values
from planner.request.day_words import read_day
from planner.request.days import NOTHING, OUT
from planner.request.diets import OMNIVORE
from planner.request.eater import WHOLE, Guests
from planner.request.eater_tables import Bands, EaterTable, Habits, Intakes, overrides, read_eater
from planner.request.habits import HabitsTable
from planner.request.meal_phrases import (
    EatenOut,
    lay_hours,
    meal_of,
    read_guests,
    read_holiday,
    read_meal_hours,
    read_meal_of_day,
    read_meal_out,
    read_start,
    write_guests,
    write_hours,
    write_missed,
)
from planner.request.phrases import read_name, read_tap_water
from planner.request.preferences import PreferencesTable
from planner.request.profile_table import ProfileTable
from planner.request.put import Put, read_put
from planner.request.request import (
    EMPTY,
    HEMISPHERES,
    UNITS,
    USUAL,
    AtHome,
    Effort,
    Package,
    PlanRequest,
    SolveOptions,
    Water,
    WeekOptions,
    Weights,
    shops_for,
)
from planner.request.values import Minerals, Multiplier, Name, TomlTable, above_zero, in_range
from planner.request.wish import (
    A_FILE_APART,
    APART,
    GUESTS,
    HOLIDAYS,
    MINERALS,
    ONLY,
    PUTS,
    TICKED,
    File,
    Flag,
    Join,
    Number,
    OneOf,
    SaidWish,
    Typed,
    menus_of,
    missed,
    wishes_in,
)
from planner.safety.intake import SupplementIntake
from planner.settings import names_in
from planner.shops import known_shops, money_of

_MEAL = Typed("DAY:SLOT", read_meal_of_day, write=partial(write_missed, NOTHING))
_MEAL_OUT = Typed("DAY:SLOT[=DISH]", read_meal_out, write=partial(write_missed, OUT))
_GUESTS = Typed("DAY:SLOT=N", read_guests, write=write_guests)
_HOLIDAY = Typed("DAY|DATE|COUNTRY", read_holiday)
_HOURS = Typed("[DAYS:]MEAL=HH:MM", read_meal_hours, write=write_hours)
_LAY_HOURS = Join(lambda before, given, _: lay_hours(before, given))
_PLACES = 6  # of a price in dollars that was told in other money
_PUT = Typed("[EATER:]DAY:SLOT=DISH", read_put)


class SkipTable(values.TomlTable):
    """A meal that is not planned."""

    day: values.DayName
    slot: values.Slot
    eaten: Literal["out", "nothing"] = "out"
    dish: values.Name | None = None

    @property
    def is_told(self) -> bool:
        """Whether somebody says what it brings, so that it counts."""
        return self.dish is not None and self.eaten == OUT


def _read_out(said: Any) -> Any:
    return read_meal_out(said) if isinstance(said, str) else said


def _meals(said: Any, week: Mapping[str, Any]) -> Any:
    """Return the meals that an entry of ``skip`` says; what is no text and no whole day stays."""
    if isinstance(said, str):
        return missed("", NOTHING).lay(None, [read_meal_of_day(said)], week)
    is_out = isinstance(said, dict) and said.get("eaten", OUT) == OUT
    if is_out and said.keys() | {"eaten"} == {"day", "eaten"}:
        said = EatenOut(read_day(str(said["day"])), "")
    if isinstance(said, EatenOut):
        return missed("", OUT).lay(None, [said], week)
    return [said]


class PutTable(values.TomlTable):
    """A dish on a meal of a day."""

    day: values.PutDay
    slot: values.Slot
    dish: values.Name
    eater: values.Name | None = None


class AtHomeTable(values.TomlTable):
    """A food that is at home."""

    food: values.Name
    amount: Annotated[float, values.above_zero("pantry_amount")]
    unit: values.Name
    days: Annotated[int | None, Field(ge=0)] = None


class PackageTable(values.TomlTable):
    """A package of a shop of one's own; its price in the money of the shops, or in dollars."""

    food_id: values.Name
    pack: values.Name
    size_g: Annotated[float, values.above_zero("package_g")]
    label: values.Name = ""
    price: Annotated[float | None, values.above_zero("package_price")] = None
    price_usd: Annotated[float | None, values.above_zero("package_price")] = None
    name: values.Name = ""
    aisle: values.Name = ""

    def to_package(self, shops: str) -> Package:
        """Return it with its price in dollars."""
        per_usd = float(money_of(shops)["per_usd"])
        told_usd = self.price_usd if self.price is None else round(self.price / per_usd, _PLACES)
        return self.to(Package, price_usd=told_usd)


class GuestTable(values.TomlTable):
    """Guests at a meal."""

    day: values.DayName
    slot: values.Slot
    count: Annotated[int, values.in_range("guests")] = 1
    diet: values.DietId = OMNIVORE
    without: list[values.LeftOut] = []
    servings: Annotated[float, values.in_range("guest_servings")] = WHOLE


class WeekTable(values.TomlTable):
    """Which days and meals are planned."""

    days: Annotated[int, values.in_range("days"), Flag(Number("days", is_whole=True))] = 7
    start: Annotated[values.Start, Flag(Typed("DATE", read_start))] = None
    cycle: Annotated[int | None, values.in_range("cycle"), Flag(Number("cycle", is_whole=True))] = (
        None
    )
    trips: Annotated[int | None, values.in_range("trips"), Flag(Number("trips", is_whole=True))] = (
        None
    )
    rhythm: Annotated[values.RhythmName | None, Flag(OneOf(names_in("rhythms", ".toml")))] = None
    slots: list[values.Slot] = list(get_args(values.Slot))
    skip: Annotated[
        list[SkipTable],
        Flag(_MEAL_OUT, missed("--eat-out", OUT), row="eat_out"),
        Flag(_MEAL, missed("--skip", NOTHING)),
        Flag(OneOf(SLOTS), ONLY, row="only"),
    ] = []
    units: Annotated[Literal["us", "metric"] | None, Flag(OneOf(UNITS))] = None
    pattern: Annotated[values.PatternId, Flag(Typed("NAME|FILE.toml", read_pattern_id))] = (
        DEFAULT_PATTERN
    )
    hemisphere: Annotated[Literal["north", "south"], Flag(OneOf(HEMISPHERES))] = "north"
    guests: Annotated[list[GuestTable], Flag(_GUESTS, GUESTS)] = []
    holidays: Annotated[list[values.Holiday], Flag(_HOLIDAY, HOLIDAYS)] = []
    put: Annotated[list[PutTable], Flag(_PUT, PUTS)] = []
    shops: Annotated[values.Shops | None, Flag(OneOf(known_shops()))] = None
    pantry: Annotated[list[AtHomeTable], Flag(File("FILE"), A_FILE_APART)] = []
    packages: Annotated[list[PackageTable], Flag(File("FILE"))] = []
    from_pantry: Annotated[bool, Flag(join=TICKED)] = False
    meals_at: Annotated[values.MealHours, Flag(_HOURS, _LAY_HOURS)] = {}
    cupboard: Annotated[Literal["usual", "empty"] | None, Flag(OneOf((USUAL, EMPTY)))] = None
    notes: values.Notes = {}  # said by ``magplan note``
    amounts: dict[str, dict[str, Annotated[float, values.in_range("recipe_share")]]] = {}  # found
    cooked_more: dict[str, Annotated[float, values.in_range("cooked_more")]] = {}  # found, too
    begun: dict[str, list[values.Name]] = {}  # and this
    eaten: list[Annotated[int, values.in_range("days")]] = []  # told to ``magplan replan``

    @model_validator(mode="before")
    @classmethod
    def _read_eaten_out(cls, table: Any) -> Any:
        """Put what is said as with the flag, ``eat_out = ["thu:dinner=pizza"]``, into ``skip``."""
        out = table.get("eat_out") if isinstance(table, dict) else None
        skip = table.get("skip", []) if out else None
        if not isinstance(skip, list) or not isinstance(out, list):
            return table
        meals = [*skip, *map(values.plain(_read_out), out)]
        return {key: part for key, part in table.items() if key != "eat_out"} | {"skip": meals}

    @field_validator("skip", mode="before")
    @classmethod
    def _read_meals(cls, value: Any, info: ValidationInfo) -> Any:
        """Return each meal of what is said as with the flags, and of a day that names no meal."""
        if not isinstance(value, list):
            return value
        meals = map(values.plain(partial(_meals, week=info.data)), value)
        return [meal for each in meals for meal in each]

    @field_validator("skip", "guests", "holidays", mode="after")
    @classmethod
    def _number_days(cls, value: list[Any], info: ValidationInfo) -> list[Any]:
        """Return the numbers of days that are called by a weekday or date: each day so called."""
        count, start = info.data.get("days"), info.data.get("start")
        if count is None or "start" not in info.data:
            return value  # told as a fault of its own
        return values.numbered(value, min(count, info.data.get("cycle") or count), start)

    @field_validator("guests", mode="after")
    @classmethod
    def _let_go_missed(cls, value: list[GuestTable], info: ValidationInfo) -> list[GuestTable]:
        """Let guests of every dinner not come to one that is missed; others are told of it."""
        missed = {(meal.day, meal.slot) for meal in info.data.get("skip", ()) if not meal.is_told}
        met = missed.union((table.day, table.slot) for table in value)
        days = range(1, menus_of(info.data)[0] + 1)
        daily = [slot for slot in SLOTS if met.issuperset((day, slot) for day in days)]
        come = [table for table in value if (table.day, table.slot) not in missed]
        alike = [table.model_copy(update={"day": 0}) for table in come if table.slot in daily]
        return [
            one for one in value if one in come or one.model_copy(update={"day": 0}) not in alike
        ]

    def to_week(self, standard: str) -> WeekOptions:
        """Put the slots into the order of a day; no slot named means all that the pattern has."""
        pattern = pattern_at_hand(self.pattern)
        had = tuple(slot for slot in SLOTS if slot in pattern.energy)
        said, hours = {meal_of(key) for key in self.meals_at}, pattern.hours.items()
        usual = {slot: float(hour) for slot, hour in hours if meal_of(slot) not in said}
        puts = (table.to(Put, eater=table.eater or "") for table in self.put)
        told = (table for table in self.skip if table.is_told)
        out = (Put(table.day, table.slot, table.dish or "", is_out=True) for table in told)
        made = {
            "slots": tuple(slot for slot in had if slot in self.slots) or had,
            "meals_at": MappingProxyType({**usual, **self.meals_at}),
            "skip": tuple((table.day, table.slot) for table in self.skip if not table.is_told),
            "not_eaten": tuple((one.day, one.slot) for one in self.skip if one.eaten == NOTHING),
            "guests": tuple(one.to(Guests, without=tuple(one.without)) for one in self.guests),
            "holidays": tuple(dict.fromkeys(self.holidays)),
            "put": tuple(dict.fromkeys((*puts, *out))),
            "pantry": tuple(table.to(AtHome) for table in self.pantry),
            "packages": (),
            "eaten": tuple(self.eaten),
        }
        week = self.to(WeekOptions, **made)
        shops = shops_for(week, standard)
        return replace(week, packages=tuple(package.to_package(shops) for package in self.packages))


SCHEMA = "magplan/request/1"


class WeightsTable(TomlTable):
    """What counts how much: 1 is usual, 2 twice, 0 nothing; 0.25 to 4 is wise, up to 100 allowed.

    `magplan request worth PLAN.json` says what each was worth in a plan.
    """

    taste: Multiplier = 1.0
    variety: Multiplier = 1.0
    cost: Multiplier = 1.0
    effort: Multiplier = 1.0
    waste: Multiplier = 1.0
    soft_targets: Multiplier = 1.0


class SolveTable(TomlTable):
    """How long to search, and from which seed."""

    effort: Annotated[Effort, Flag(OneOf(get_args(Effort)))] = "usual"
    seed: Annotated[int, in_range("seed"), Flag(Number("seed", is_whole=True))] = 0

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, value: Any) -> Any:
        """Leave out what says nothing: plan files of magplan 0.1 have keys of old limits."""
        if not isinstance(value, Mapping):
            return value
        return {key: part for key, part in value.items() if part is not None}


class WaterTable(TomlTable):
    """Your own tap water, and water that you drink and want counted."""

    magnesium_mg_per_l: Minerals = None
    calcium_mg_per_l: Minerals = None
    sodium_mg_per_l: Minerals = None
    drink: Annotated[Name | None, Flag(Typed("NAME", read_name))] = None
    litres_per_day: Annotated[
        float | None, above_zero("water_litres"), Flag(Number("water_litres", above=True))
    ] = None


class RequestTable(TomlTable):
    """A whole request."""

    # "schema" is a method of pydantic's models, so the field needs another name.
    schema_id: Literal["magplan/request/1"] = Field(default="magplan/request/1", alias="schema")
    profile: ProfileTable = ProfileTable()
    supplements: Intakes = []
    week: WeekTable = WeekTable()
    preferences: PreferencesTable = PreferencesTable()
    targets: Bands = {}
    weights: WeightsTable = WeightsTable()
    solve: SolveTable = SolveTable()
    water: Annotated[WaterTable, Flag(Typed("ANALYSIS", read_tap_water), MINERALS)] = WaterTable()
    habits: Habits = HabitsTable()
    eaters: Annotated[list[EaterTable], Flag(Typed("name=NAME,…", read_eater), APART)] = []

    def to_request(self) -> PlanRequest:
        """Hand over the frozen value."""
        week = self.week.to_week(self.profile.standard)
        shops = shops_for(week, self.profile.standard)
        profile, household = self.profile.to_profile(), max(1, len(self.eaters))
        eaters = tuple(eater.to_eater(shops, household) for eater in self.eaters)
        people = [eater.profile for eater in eaters] or [profile]
        return PlanRequest(
            profile=profile,
            standard=self.profile.standard,
            preferences=self.preferences.to_preferences(shops, people, household),
            week=week,
            weights=self.weights.to(Weights),
            solve=self.solve.to(SolveOptions),
            overrides=overrides(self.targets),
            water=self.water.to(Water),
            supplements=tuple(supplement.to(SupplementIntake) for supplement in self.supplements),
            allow_supplements=self.preferences.allow_supplements,
            food_falls_short=self.preferences.food_falls_short,
            assumed=self.profile.missing(),
            eaters=eaters,
            habits=self.habits.to_habits(),
        )


TABLES: Mapping[str, type[TomlTable]] = MappingProxyType(
    {
        "profile": ProfileTable,
        "preferences": PreferencesTable,
        "week": WeekTable,
        "solve": SolveTable,
        "water": WaterTable,
        "": RequestTable,
    }
)
WISHES: tuple[SaidWish, ...] = tuple(
    wish for table, model in TABLES.items() for wish in wishes_in(table, model)
)
"""Every wish that a flag says, in the order of the help."""
