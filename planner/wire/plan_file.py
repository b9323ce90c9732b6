"""plan.json: a checked plan with its request, for one eater or a table of several."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field, WithJsonSchema

from planner.plan.plan import Plan
from planner.wire.base import (
    ABSENT,
    OPTIONAL,
    TOLD,
    By,
    Figure,
    Many,
    OfEater,
    Wire,
    filled,
    numbered,
    shown,
)
from planner.wire.days import DaySums, NumberedWeek, WeekSums, WrittenCheck, WrittenDay
from planner.wire.food import WrittenOwnFood
from planner.wire.kitchen import WrittenBatch, WrittenTill, WrittenUsedUp
from planner.wire.targets import CitedEnergy, WrittenTarget
from planner.wire.told import (
    Cited,
    PlannedDose,
    WrittenAbsorption,
    WrittenAsked,
    WrittenMealAmounts,
    WrittenReading,
)

SCHEMA: Final = "magplan/plan/1"
AskedFor = Annotated[
    Any,
    WithJsonSchema({"type": "object", "required": ["schema", "profile", "week", "preferences"]}),
]


class Program(Wire):
    """The program that wrote a file."""

    name: str
    version: str


class FoodData(Wire):
    """The food table that a plan was made with."""

    version: str
    sha256: Annotated[str, shown(pattern="^[0-9a-f]{64}$")]


class WrittenPoints(Wire):
    """What came of a search, and points: 0 is a week with nothing to dislike."""

    status: Literal["optimal", "feasible"] | None = None
    objective: Figure | None = None


class _WeekNumber(Wire):
    week: int = 1


class WrittenWeek(WrittenPoints, _WeekNumber):
    """What came of one week of several, given the weeks before it."""


class WrittenSolver(WrittenPoints):
    """How a plan was found, and how fast.

    Parameters
    ----------
    weeks
        Weeks planned one after another; the sums stand above.
    """

    time_s: Figure = 0.0
    considered: int = Field(default=0, alias="portions_considered")
    weeks: Annotated[Many[WrittenWeek], numbered("week"), OPTIONAL] = []


class WrittenSource(Wire):
    """A food that brings a mineral, and how much of it."""

    food_id: str
    name: str
    amount: Figure = Field(alias="amount_mg_per_day")
    share: Figure


class WrittenWhy(Wire):
    """Why a plan is as it is.

    Parameters
    ----------
    terms
        Term of the objective → points.
    """

    binding: Annotated[Many[str], TOLD] = []
    short: Annotated[Many[str], TOLD] = []
    magnesium_sources: Many[WrittenSource] = []
    calcium_sources: Many[WrittenSource] = []
    terms: By[Figure] = {}
    uncertain_magnesium_share: Figure = 0.0


class Considered(Wire):
    """How many foods and dishes a plan was chosen from."""

    considered: int
    left_out: int


class Person(Wire):
    """Who eats, and what is needed.

    Parameters
    ----------
    banner
        What to show a clinic before starting; empty for most people.
    request_readings
        Each name that is left out, by wish, condition or a frequency of none, as it was understood.
    asked_for
        What was asked for, each with whether the plan keeps it.
    targets
        One entry per nutrient, period and basis.
    """

    banner: str | None = None
    request_readings: Annotated[Many[WrittenReading], TOLD] = []
    asked_for: Annotated[Many[WrittenAsked], OPTIONAL] = []
    energy: Annotated[CitedEnergy | None, OPTIONAL] = None
    ratio_mode: Annotated[Literal["hard", "soft", "shown", "off"] | None, OPTIONAL] = None
    targets: Many[WrittenTarget]


class Judged(Wire):
    """What days add up to, when pills are taken, and the verdict of the judge."""

    week: WeekSums | None = None
    weeks: Annotated[Many[NumberedWeek], OPTIONAL] = []
    schedule: Annotated[Many[PlannedDose] | None, ABSENT] = None
    schedule_notes: Annotated[Many[str] | None, ABSENT, TOLD] = None
    no_time_for: Annotated[Many[str] | None, ABSENT, TOLD] = None
    check: WrittenCheck | None = None


class WrittenEater(Judged, Person, OfEater):
    """Each eater of a household, held to targets of one's own.

    Parameters
    ----------
    weeks
        This eater's sums of each of several weeks, as those of the table; absent where it is one.
    absorption
        An estimate beside the targets: what phytate and oxalate leave of magnesium and calcium.
    by_meal
        Only where a condition watches meals.
    """

    candidates: Annotated[Considered | None, OPTIONAL, TOLD] = None
    absorption: Annotated[WrittenAbsorption | None, OPTIONAL, TOLD] = None
    by_meal: Annotated[Many[WrittenMealAmounts], OPTIONAL, TOLD] = []
    days: Many[DaySums]
    objective: Figure | None = None


class _Head(Wire):
    # "schema" is a method of pydantic's models, so the field needs another name.
    schema_id: Literal["magplan/plan/1"] = Field(default=SCHEMA, alias="schema")
    program: Annotated[Program | None, TOLD] = None
    created: Annotated[str, shown(format="date-time")] = ""
    seed: int | None = None
    data: FoodData
    standard: Annotated[str | None, shown(pattern=r"^[a-z][a-z0-9_]*$|\.[Cc][Ss][Vv]$")] = None
    request: AskedFor = None


class _Days(Wire):
    days: Annotated[Many[WrittenDay], Field(min_length=1)]


class PlanFile(Judged, _Days, Person, _Head):
    """A checked plan of meals.

    Amounts are unrounded; an unknown amount is null, never 0. Keys that are not listed may be added
    by later versions.

    Parameters
    ----------
    created
        Time with its zone; of SOURCE_DATE_EPOCH where that is set.
    standard
        A shipped standard, or the path of a CSV of reference values.
    request
        The complete request in the shape of the request file; it can be run again.
    weeks
        Each week of a plan of more than seven days, by itself.
    schedule
        When medicines, pills and mineral water are taken so that all hours are kept, by the clock;
        empty where nothing must be apart.
    no_time_for
        What no time of the day is left for: a pharmacist is to be asked.
    absorption
        An estimate beside the targets: what phytate and oxalate leave of magnesium and calcium.
    by_meal
        Only where a condition watches meals: amounts of a nutrient by day and meal; null where it
        is not served.
    batch
        What to cook double on which day, and the labels for it; what goes into the freezer is in
        no total of the plan, but on the shopping list.
    till
        What the till says for the shopping list, in usual packages with the usual at home; what of
        it is eaten or frozen, to which a budget holds; and the price with nothing at home.
    used_up
        Only of a plan that is to use something up, or to eat from the pantry first: how much of it.
    own_foods
        Only of a plan with foods of a person's own: those that its dishes or the meals name, with
        the figures and all that it was planned by.
    eaters
        Each eater of a household, held to targets of one's own; `targets` and `check.findings`
        above are empty then.
    """

    week: WeekSums
    solver: WrittenSolver = WrittenSolver()
    candidates: Annotated[Considered | None, OPTIONAL, TOLD] = None
    why: WrittenWhy = WrittenWhy()
    absorption: Annotated[WrittenAbsorption | None, OPTIONAL, TOLD] = None
    by_meal: Annotated[Many[WrittenMealAmounts], OPTIONAL, TOLD] = []
    batch: Annotated[WrittenBatch | None, OPTIONAL, TOLD] = None
    till: WrittenTill | None = None
    used_up: Annotated[Many[WrittenUsedUp], OPTIONAL] = []
    own_foods: Annotated[Many[WrittenOwnFood], OPTIONAL] = []
    notes: Annotated[Many[str], TOLD] = []
    warnings: Annotated[Many[Cited], TOLD] = []
    eaters: Annotated[Many[WrittenEater], OPTIONAL] = []

    def to_plan(self) -> Plan:
        """Return the frozen value."""
        return filled(Plan, self.week, days=tuple(day.to_day() for day in self.days))
