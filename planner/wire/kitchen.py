"""What is cooked double and what is bought: the batch plan, the shopping list and its till."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from planner.wire.base import ABSENT, OPTIONAL, Date, Figure, Many, Record, Wire
from planner.wire.days import MealPlace
from planner.wire.food import WrittenIngredient


class CookedAgain(Record):
    """A meal that what was cooked is eaten at again."""

    day: int
    slot: str
    servings: Figure


class WrittenCooking(Wire):
    """A dish that is cooked double."""

    day: int
    date: Date | None
    slot: str
    dish_id: str
    name: str
    cooked_servings: Figure = Field(alias="servings_cooked")
    servings: Figure = Field(alias="servings_eaten")
    again: Many[CookedAgain]
    frozen_servings: Figure = Field(alias="servings_frozen")
    frozen_parts: Many[WrittenIngredient] = Field(alias="ingredients_frozen")
    frozen_usd: Figure = Field(alias="cost_frozen")


class WrittenLabel(Wire):
    """What to write on a box."""

    dish_id: str
    name: str
    servings: Figure
    cooked_day: int
    cooked_on: Date | None
    store: Literal["refrigerator", "freezer"]
    keeps: int
    unit: Literal["days", "months"]
    use_by: Date | None
    eat_on: MealPlace | None


class WrittenBatch(Wire):
    """What to cook double on which day, and the labels for it."""

    cook: Many[WrittenCooking]
    labels: Many[WrittenLabel]
    note: str


class WrittenTill(Wire):
    """What the shopping list comes to, in packages.

    Parameters
    ----------
    price
        What the till says, with the usual at home [currency of the year].
    eaten, for_freezer
        Usual price of all that is eaten or frozen, what was at home included: a budget of what is
        eaten holds for it; and what is frozen.
    from_empty_cupboard
        The price with nothing at home.
    eaten_of_price, kept, spoils
        What of the price is for what is eaten in these days, for what keeps or is frozen for the
        weeks after, and for what is left and spoils: together the price.
    weeks, stocked_week
        What each week pays where it is bought for by itself, and what a week costs, the mean, in a
        kitchen that goes on: what is eaten, and what spoils; null of less than a week.
    """

    total_usd: Figure = Field(alias="price")
    currency: str
    year: int
    eaten_usd: Figure = Field(alias="eaten")
    frozen_usd: Figure = Field(alias="for_freezer")
    empty_usd: Figure = Field(alias="from_empty_cupboard")
    cupboard: str
    budget_usd: Figure | None = Field(alias="budget")
    shops: str = ""
    local_currency: str = ""
    local_per_usd: Figure = 1.0
    bought_eaten_usd: Figure = Field(0.0, alias="eaten_of_price")
    kept_usd: Figure = Field(0.0, alias="kept")
    lost_usd: Figure = Field(0.0, alias="spoils")
    weeks_usd: Many[Figure] = Field(alias="weeks", default_factory=list)
    stocked_week_usd: Figure | None = Field(None, alias="stocked_week")


class WrittenUsedUp(Wire):
    """A food that is to be used up.

    Parameters
    ----------
    eater
        Whose it is; empty: everybody's.
    asked_g, eaten_g
        How much of it there is, and how much of that the meals take, as it was said [g].
    is_stock
        Whether nobody named it: it is in the pantry, which is eaten first.
    """

    eater: str
    food: str
    asked_g: Figure
    eaten_g: Figure
    is_stock: bool


class WrittenUse(Wire):
    """A meal that a bought food is for.

    Parameters
    ----------
    kind
        What it is beside the meals of eaters; absent for these.
    """

    day: int
    slot: str
    item: str
    kind: Annotated[str, OPTIONAL] = ""


class WrittenLeft(Wire):
    """What becomes of the rest of a package, and how much that is good still is there [g]."""

    where: str = Field(alias="in")
    until_day: int | None
    mass_g: Annotated[Figure | None, ABSENT] = None


class WrittenLine(Wire):
    """A food to buy.

    Parameters
    ----------
    packages
        How many; null for what is weighed or not known.
    kept, spoils
        What of the price is for what keeps for the weeks after, and for what spoils.
    unknown
        What is not known of it.
    """

    aisle: str
    food_id: str
    name: str
    need_g: Figure
    buy: str
    packages: int | None
    surplus_g: Figure | None
    price_usd: Figure | None = Field(alias="price")
    eaten_usd: Figure = Field(alias="eaten")
    home_g: Figure
    is_pantry: bool = Field(alias="pantry")
    left: WrittenLeft | None
    kept_usd: Annotated[Figure, OPTIONAL] = Field(alias="kept", default=0.0)
    lost_usd: Annotated[Figure, OPTIONAL] = Field(alias="spoils", default=0.0)
    trip: int
    freeze: Many[int] = Field(alias="freeze_for_days")
    bought_as: Annotated[str, OPTIONAL] = ""
    shop: Annotated[str, OPTIONAL] = ""
    unknown: Annotated[str | None, BeforeValidator(lambda text: text or None)]
    uses: Many[WrittenUse] = Field(alias="for")


class WrittenTrip(Wire):
    """A trip to the shops, before which day of the plan, and its date where the plan has dates."""

    trip: int
    before_day: int
    date: Annotated[Date | None, OPTIONAL] = None


class WrittenVisit(Wire):
    """Guests of a meal that a list buys for."""

    day: int
    slot: str
    count: int


class WrittenFreezer(Wire):
    """What goes into the freezer and comes out in an evening, and how many boxes are in it then."""

    day: int
    into: Many[tuple[str, int]] = Field(alias="in")
    out: Many[tuple[str, int]]
    boxes: int


class ShoppingAnswer(Wire):
    """What ``magplan shop`` answers.

    Parameters
    ----------
    first_day, last_day
        Numbers of the days that it is for; null of a list of nothing.
    """

    people: int
    first_day: int | None
    last_day: int | None
    guests: Many[WrittenVisit]
    trips: Many[WrittenTrip]
    lines: Many[WrittenLine]
    labels: Annotated[dict[str, Many[str]], OPTIONAL] = Field(default_factory=dict)
    freezer: Annotated[Many[WrittenFreezer], OPTIONAL] = Field(default_factory=list)
    bought: Annotated[Many[str], OPTIONAL] = Field(default_factory=list)
    total: WrittenTill


class WrittenStock(Wire):
    """Something that is at home, and for how many days it is good."""

    food_id: str
    name: str
    amount: Figure
    unit: str
    mass_g: Figure
    days: int | None
    is_frozen: bool = Field(alias="frozen")


class PantryAnswer(Wire):
    """What ``magplan pantry list`` answers."""

    entries: Many[WrittenStock]
