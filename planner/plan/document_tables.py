"""The shape of plan.json: every key that is read, and what each may be."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from foods.nutrient import known_nutrients
from foods.table import nearest_names
from planner.language.spoken import said
from planner.plan.document_parts import Mass, WrittenIngredient, WrittenUsual
from planner.plan.plan import (
    ADDED,
    SUPPLEMENT,
    TAKEN,
    Day,
    DayFacts,
    GuestShare,
    Item,
    Meal,
    Plan,
    Share,
)
from planner.plan.stated import Solved, WeekPart
from planner.request.override import SHARE_KEYS


def _known_keys(amounts: dict[str, float | None]) -> dict[str, float | None]:
    for key in amounts:
        if key not in known_nutrients():
            near = ", ".join(nearest_names(key, known_nutrients())) or "none"
            raise ValueError(
                said("unknown nutrient {key!r}, the nearest: {near}", key=key, near=near)
            )
    return amounts


def _known_target(key: str) -> str:
    known = (*known_nutrients(), *SHARE_KEYS)
    if key not in known:
        near = ", ".join(nearest_names(key, known)) or "none"
        raise ValueError(said("unknown nutrient {key!r}, the nearest: {near}", key=key, near=near))
    return key


Amounts = Annotated[dict[str, float | None], AfterValidator(_known_keys)]


class _Table(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", allow_inf_nan=False)


class _Share(_Table):
    eater: str
    servings: float
    measure: str
    mass_g: Mass | None
    ingredients: list[WrittenIngredient]
    nutrients: Amounts
    cost: float = 0.0

    def to_share(self) -> Share:
        return Share(
            self.eater,
            self.servings,
            self.measure,
            self.mass_g or 0.0,
            tuple((one.food_id, one.mass_g) for one in self.ingredients),
            self.nutrients,
            self.cost,
        )


class _Guests(_Table):
    count: Annotated[int, Field(ge=1)]
    servings: float
    ingredients: list[WrittenIngredient]

    def to_share(self) -> GuestShare:
        parts = tuple((one.food_id, one.mass_g) for one in self.ingredients)
        return GuestShare(self.count, self.servings, parts)


class _CookedAt(_Table):
    day: Annotated[int, Field(ge=1)]
    slot: str


class WrittenItem(_Table):
    """A thing on the table, as written; ``model_fields_set`` says what is."""

    kind: Literal["dish", "food", "supplement"]
    id: str
    name: str
    servings: float
    measure: str
    mass_g: Mass | None
    ingredients: list[WrittenIngredient]
    nutrients: Amounts
    cost: float = 0.0
    minutes: int = 0
    leftover_of: _CookedAt | None = None
    shares: Annotated[list[_Share], Field(alias="for")] = []
    guests: _Guests | None = None
    beside: Literal["", "taken", "added", "drunk", "cup"] = ""
    active_minutes: int = 0

    @model_validator(mode="after")
    def _says_how_it_is_taken(self) -> Self:
        if (self.kind == SUPPLEMENT) != (self.beside in (TAKEN, ADDED)):
            raise ValueError(
                said("beside is {beside!r}; a supplement is 'taken' or 'added'", beside=self.beside)
            )
        return self

    def to_item(self) -> Item:
        """Hand over the frozen value."""
        return Item(
            self.kind,
            self.id,
            self.name,
            self.servings,
            self.measure,
            self.mass_g or 0.0,  # a supplement has no mass of food
            tuple((one.food_id, one.mass_g) for one in self.ingredients),
            self.nutrients,
            self.cost,
            self.minutes,
            None if self.leftover_of is None else self.leftover_of.day,
            tuple(one.to_share() for one in self.shares),
            None if self.guests is None else self.guests.to_share(),
            self.beside,
            self.active_minutes,
        )


class _Meal(_Table):
    slot: Literal["breakfast", "lunch", "dinner", "snack"]
    items: list[WrittenItem]


class _Missed(_Table):
    slot: Literal["breakfast", "lunch", "dinner", "snack"]
    eaten: Literal["out", "nothing"]


class _Day(_Table):
    day: int
    date: Annotated[date | None, Field(strict=False)]
    meals: list[_Meal]
    totals: Amounts
    supplement_totals: Amounts
    ca_mg_ratio: float | None
    cost: float
    missed: list[_Missed] = []
    planned_share: float = 1.0
    holiday: bool = False

    def to_day(self) -> Day:
        return Day(
            self.day,
            self.date,
            tuple(
                Meal(meal.slot, tuple(item.to_item() for item in meal.items)) for meal in self.meals
            ),
            self.totals,
            self.ca_mg_ratio,
            self.cost,
            self.supplement_totals,
            DayFacts(
                tuple((one.slot, one.eaten) for one in self.missed),
                self.planned_share,
                self.holiday,
            ),
        )


class WrittenWeek(_Table):
    """Sums over days, as written."""

    totals: Amounts
    means: Amounts
    ca_mg_ratio: float | None
    cost: float
    distinct_foods: int


class WrittenWeekPart(WrittenWeek):
    """Sums over one week of several, as written."""

    week: int
    first_day: int
    last_day: int

    def to_part(self) -> WeekPart:
        """Hand over the frozen value."""
        return WeekPart(
            range(self.first_day, self.last_day + 1),
            self.totals,
            self.means,
            self.ca_mg_ratio,
            self.cost,
        )


class WrittenTarget(_Table):
    """A band, as written."""

    nutrient: Annotated[str, AfterValidator(_known_target)]
    unit: str
    lower: float | None
    upper: float | None
    period: Literal["day", "week"]
    basis: Literal[
        "total", "food", "supplement", "supplement_and_fortified", "preformed_retinol", "folic_acid"
    ]
    hard: bool
    source: str
    confidence: str
    rule: str = ""
    preferred_lower: float | None = None
    preferred_upper: float | None = None
    lowered_from: float | None = None


class _EaterDay(_Table):
    day: int | None = None
    totals: Amounts
    supplement_totals: Amounts = {}
    ca_mg_ratio: float | None = None
    cost: float = 0.0


class WrittenFinding(_Table):
    """What a plan file says that its check found of one band."""

    nutrient: str
    period: str
    basis: str = "total"
    day: int | None = None
    week: int = 1
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    holds: bool
    coverage: float
    hard: bool


class _Check(_Table):
    passed: bool
    findings: list[WrittenFinding] = []
    faults: list[str] = []


class _Energy(_Table):
    kcal: float
    equation: str
    source: str


class WrittenProof(_Table):
    """Points, and how far from the best they are proven to be."""

    status: Literal["optimal", "feasible"] | None = None
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None


class WrittenPerson(_Table):
    """What is written of one eater: the whole file for one who eats alone."""

    banner: str | None = None
    energy: _Energy | None = None
    ratio_mode: str | None = None
    check: _Check | None = None
    weeks: list[WrittenWeekPart] = []


class WrittenEater(WrittenPerson, WrittenProof):
    """What is written of one eater of several."""

    name: str
    targets: list[WrittenTarget]
    days: list[_EaterDay]
    week: WrittenWeek | None = None


class _Data(_Table):
    version: str
    sha256: str


class _Solver(WrittenProof):
    name: str = ""
    version: str = ""
    time_s: float = 0.0
    time_limit_reached: bool = False
    stopped: bool = False
    weeks: list[WrittenProof] = []

    def to_solved(self, terms: dict[str, float]) -> Solved:
        return Solved(
            self.status or "feasible",
            self.objective,
            self.bound,
            self.name,
            self.version,
            self.time_s,
            self.time_limit_reached,
            self.stopped,
            tuple(Solved(one.status or "feasible", one.objective, one.bound) for one in self.weeks),
            terms,
        )


class WrittenSource(_Table):
    """What brings a mineral, and how much of it."""

    food_id: str
    name: str
    amount_mg_per_day: float
    share: float


class _Why(_Table):
    magnesium_sources: list[WrittenSource] = []
    calcium_sources: list[WrittenSource] = []
    terms: dict[str, float] = {}


class _Till(_Table):
    """What the shopping list comes to, in packages [currency of the year]."""

    price: float
    currency: str
    year: int
    eaten: float
    for_freezer: float
    from_empty_cupboard: float
    cupboard: str
    budget: float | None
    shops: str = ""
    local_currency: str = ""
    local_per_usd: float = 1.0


class WrittenPlan(WrittenPerson):
    """A whole plan file, as written."""

    # "schema" is a method of pydantic's models, so the field needs another name.
    schema_id: Literal["magplan/plan/1"] = Field(alias="schema")
    data: _Data
    targets: list[WrittenTarget]
    days: Annotated[list[_Day], Field(min_length=1)]
    week: WrittenWeek
    solver: _Solver = _Solver()
    why: _Why = _Why()
    eaters: list[WrittenEater] = []
    standard: str | None = None
    seed: int | None = None
    till: _Till | None = None
    usual: WrittenUsual | None = None
    created: str = ""

    def to_plan(self) -> Plan:
        """Hand over the frozen value."""
        week = self.week
        return Plan(
            tuple(day.to_day() for day in self.days),
            week.totals,
            week.means,
            week.ca_mg_ratio,
            week.cost,
            week.distinct_foods,
        )
