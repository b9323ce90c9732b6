"""How one shops, the list that comes of it, and its parts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import TYPE_CHECKING

from foods.frame import WORDS, as_frame
from foods.packages import bought_for
from foods.sheet import parse_rows
from foods.table import FoodTable, plain_key
from planner.candidates.dish import Dish
from planner.candidates.used_up import UsedUp
from planner.errors import CandidatesError, ConfigError
from planner.faults import fault
from planner.kitchen.bought import Left
from planner.kitchen.leftovers import asked_uses, with_own_dry
from planner.kitchen.pantry import Pantry, foods_meant, pantry_of
from planner.kitchen.sold import (
    SETTINGS,
    OpenedKept,
    Shelves,
    aisles_of,
    allergens_avoided,
    bought_as_words,
    boxes_held,
    kept_by,
    own_shelves,
    shelves_of,
)
from planner.plan.own_shop import own_packages, usd_per_g
from planner.plan.plan import Day
from planner.request.days import DAYS_PER_WEEK, budget_counts, closed_days
from planner.request.preferences import EATEN, KITCHEN, TILL
from planner.request.request import PlanRequest, weighed_in
from planner.settings import read_settings
from planner.shops import money_of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Use:
    """A meal that a bought food is for.

    Parameters
    ----------
    day, slot, item
        Day from 1, meal, and name of the dish or food.
    kind
        Of which kind its recipe takes it, ``"penne"``; empty where it does not say.
    """

    day: int
    slot: str
    item: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Errand:
    """How one shops.

    Parameters
    ----------
    units, shops
        ``"us"`` or ``"metric"``, and the country whose packages are bought.
    people
        How many times as many eat it as the plan is for; guests count once, and supplements are
        for those alone who were asked about them.
    days
        Numbers of the days to buy for; ``None``: all. What is open from the days before, and still
        good, is used up first.
    trips
        How often one goes in these days; ``None``: once, and for what would not keep once more.
    pantry
        What is at home; ``None``: what most kitchens have.
    uses
        Foods that are to be used up: they are at home too, as much of each as the plan takes.
    own, priced
        Packages of one's own list in place of the country's; those whose price is one's own, too.
    recipes
        The dishes; without them nothing is known to be canned.
    aisles
        Aisle → heading, in the order in which one walks; empty: that of the usual shop.
    budget_usd, budget_counts
        What a week may cost, ``None`` without a budget [USD]; what it counts: ``"till"``,
        ``"eaten"`` or ``"kitchen"``.
    allergens
        What somebody leaves out: labels that may name it are to be read.
    boxes
        How many boxes the freezer holds; 0 without one, ``None`` where nobody said.
    kept
        How what is opened is kept.
    bought_as
        Food group or id → the word by which it has to be bought: ``"halal"``.
    closed
        Days on which one cannot shop, or need not.
    """

    units: str = "us"
    shops: str = "us"
    people: float = 1.0
    days: range | None = None
    trips: int | None = None
    pantry: Pantry | None = None
    uses: tuple[UsedUp, ...] = ()
    own: Shelves = field(default_factory=dict)
    recipes: tuple[Dish, ...] = ()
    aisles: Mapping[str, str] = field(default_factory=dict)
    budget_usd: float | None = None
    budget_counts: str = TILL
    allergens: tuple[str, ...] = ()
    boxes: int | None = None
    kept: OpenedKept = field(default_factory=OpenedKept)
    bought_as: Mapping[str, str] = field(default_factory=dict)
    priced: frozenset[str] = frozenset()
    closed: frozenset[int] = frozenset()

    @property
    def shelves(self) -> Shelves:
        """The packages at hand; one's own list goes before that of the country."""
        return {**shelves_of(self.shops), **self.own}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShoppingLine:
    """One thing to buy.

    Parameters
    ----------
    aisle, food_id, name
        Where it stands, what it is, and what the shop calls it; of a supplement the id of its
        compound.
    need_g
        Mass that the plan needs, with what is peeled off or thrown away; of a supplement that of
        the compound without filler [g].
    buy
        What to take: ``"2 cans of 15 oz"``.
    packages
        Number of packages or pieces; 0 where what is at home is enough, ``None`` for what is
        weighed, for supplements, and where no package is known.
    price_usd
        What they cost at the till; ``None`` without a price [USD].
    weeks_usd
        What of that each week of the list pays [USD].
    eaten_usd
        Usual price of what the plan uses of it [USD].
    home_g
        What is taken from what was at home [g].
    surplus_g
        What is bought, or was open, and not needed [g]; ``None`` of a supplement.
    left
        Where that goes; ``None`` where nothing worth telling stays.
    kept_usd, lost_usd
        What was paid for of it that keeps for the weeks after, and for what spoils [USD].
    uses, kinds_g
        The meals it is for, and of which kind recipes take how much, edible [g].
    is_pantry, trip
        Whether all of it is at home, from before or left by the days before; the trip, from 1.
    freeze, portions, late, fresh
        Days for which it goes into the freezer until the day before, how much for each, days that
        it does not keep until, where it is not frozen, and those that need it as no freezer gives
        it back.
    thaw
        Days for which what an open package left, or what lay there before, is taken out of the
        freezer the evening before.
    stored
        Days for which it lay in the freezer before.
    bought_as
        How it has to be bought for somebody: ``"halal"``; may be empty.
    shop
        Shop of one's own that it is sent to; empty: the usual one.
    unknown
        Why no package is counted; empty where one is.
    """

    aisle: str
    food_id: str
    name: str
    need_g: float
    buy: str = ""
    packages: int | None = 0
    price_usd: float | None = 0.0
    eaten_usd: float
    home_g: float = 0.0
    surplus_g: float | None = 0.0
    left: Left | None = None
    uses: tuple[Use, ...]
    kinds_g: Mapping[str, float] = field(default_factory=dict, compare=False)
    is_pantry: bool = False
    trip: int = 1
    freeze: tuple[int, ...] = ()
    portions: tuple[str, ...] = ()
    late: tuple[int, ...] = ()
    fresh: tuple[int, ...] = ()
    thaw: tuple[int, ...] = ()
    stored: tuple[int, ...] = ()
    unknown: str = ""
    bought_as: str = ""
    shop: str = ""
    kept_usd: float = 0.0
    lost_usd: float = 0.0
    weeks_usd: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class FreezerDay:
    """The freezer in the evening of a day; 0 is the evening before the first.

    Parameters
    ----------
    day
        The day.
    into, out
        (name, day that it is for) of what goes in and comes out; 0: for after the plan.
    boxes
        Boxes that are in it then: each is the food of one meal.
    """

    day: int
    into: tuple[tuple[str, int], ...]
    out: tuple[tuple[str, int], ...]
    boxes: int


@dataclass(frozen=True, slots=True)
class ShoppingList:
    """Everything to buy, by trip and food, with what the till says.

    Parameters
    ----------
    lines
        What to buy.
    people, trips, trip_dates, trips_asked
        For how many, the first day of each trip, the date of the day before, on which one goes,
        without dates where the plan has none, and how many trips were asked for.
    currency, year
        Of the prices.
    shops
        Country whose packages they are, and in whose money the list is told.
    total_usd
        What the till says, supplements that the plan adds included [USD].
    empty_usd
        What it would say with nothing at home [USD].
    eaten_usd, frozen_usd
        Usual price of what is eaten or frozen, and what of it goes into the freezer [USD].
    cupboard
        What is taken to be at home: ``"usual"``, what most kitchens have, beside a pantry where
        one is given; ``"as told"``, what the pantry has; ``"empty"``.
    aisles
        Aisle → heading, in the order of the list.
    budget_usd, budget_counts
        What these days may cost, ``None`` without a budget [USD]; what it counts.
    labels
        Allergen → foods whose labels are to be read, since somebody leaves that out.
    days
        The days that it is for.
    boxes, freezer
        How many boxes the freezer holds, and what goes in and comes out; empty where nobody said.
    bought
        Names of what is bought already, and off the list.
    priced
        Name of each food with a price of one's own → what the list has of its kind, by name.
    """

    lines: tuple[ShoppingLine, ...]
    people: int
    trips: tuple[int, ...]
    currency: str
    year: int
    total_usd: float
    empty_usd: float
    eaten_usd: float
    frozen_usd: float
    cupboard: str
    aisles: Mapping[str, str]
    budget_usd: float | None = None
    budget_counts: str = TILL
    trip_dates: tuple[date, ...] = ()
    trips_asked: int | None = None
    shops: str = "us"
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: tuple[Day, ...] = ()
    boxes: int | None = None
    freezer: tuple[FreezerDay, ...] = ()
    bought: tuple[str, ...] = ()
    priced: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def boxes_over(self) -> int:
        """How many boxes more are to be frozen at some time than the freezer holds."""
        return max((day.boxes for day in self.freezer), default=0) - (self.boxes or 0)

    @property
    def guests(self) -> tuple[tuple[Day, str, int], ...]:
        """Day, meal and number of guests, of each meal that has some."""
        coming = (
            (day, meal.slot, max((item.visitors[0] for item in meal.items), default=0))
            for day in self.days
            for meal in day.meals
        )
        return tuple(visit for visit in coming if visit[-1])

    @property
    def things(self) -> int:
        """How many different things are bought."""
        return len({line.name for line in self.lines if not line.is_pantry})

    @property
    def kept_usd(self) -> float:
        """What was paid for what keeps or is frozen for the weeks after [USD]."""
        return math.fsum(line.kept_usd for line in self.lines) + self.frozen_usd

    @property
    def lost_usd(self) -> float:
        """What was paid for what is left and spoils [USD]."""
        return math.fsum(line.lost_usd for line in self.lines)

    @property
    def bought_eaten_usd(self) -> float:
        """What of the till is for what is eaten in these days, and neither kept nor lost [USD]."""
        return self.total_usd - self.kept_usd - self.lost_usd

    @property
    def days_usd(self) -> float:
        """Usual price of all that is eaten in these days, what was at home included [USD]."""
        return self.eaten_usd - self.frozen_usd

    @property
    def going_usd(self) -> float:
        """What it costs in a kitchen that goes on: what is eaten, and what spoils [USD].

        What keeps or is frozen is paid for when it is eaten, whichever week bought it.
        """
        return self.days_usd + self.lost_usd

    @property
    def weeks_usd(self) -> tuple[float, ...]:
        """What each week pays at the till where its own list is bought before it [USD]."""
        paid = (line.weeks_usd for line in self.lines if line.weeks_usd)
        return tuple(map(math.fsum, zip(*paid, strict=True)))

    @property
    def stocked_week_usd(self) -> float | None:
        """Mean cost of a week in a kitchen that goes on; ``None`` of less than one [USD]."""
        days = len(self.days)
        return self.going_usd * DAYS_PER_WEEK / days if days >= DAYS_PER_WEEK else None

    @property
    def counted_usd(self) -> float:
        """What of it the budget counts [USD]."""
        counted = {TILL: self.total_usd, EATEN: self.eaten_usd, KITCHEN: self.going_usd}
        return counted[self.budget_counts]

    @property
    def local_currency(self) -> str:
        """The money that the list is told in."""
        return str(money_of(self.shops)["currency"])

    @property
    def local_per_usd(self) -> float:
        """How much of it a dollar is."""
        return float(money_of(self.shops)["per_usd"])

    def to_frame(self) -> pd.DataFrame:
        """Return a pandas table: a row per line, with the meals it is for; units in ``attrs``."""
        units = {
            **{"aisle": WORDS, "food_id": WORDS, "name": WORDS, "need_g": "g", "buy": WORDS},
            **{"packages": "package", "surplus_g": "g", "price_usd": self.currency},
            **{"eaten_usd": self.currency, "home_g": "g", "trip": WORDS},
            **{"is_pantry": WORDS, "days": WORDS, "meals": WORDS},
        }
        rows = (
            {field.name: getattr(line, field.name) for field in fields(line)}
            | {"days": " ".join(map(str, sorted({use.day for use in line.uses})))}
            | {"meals": "; ".join(dict.fromkeys(use.item for use in line.uses))}
            for line in self.lines
        )
        return as_frame(rows, units, people=self.people, year=self.year)


def errand_for(request: PlanRequest, recipes: tuple[Dish, ...], foods: FoodTable) -> Errand:
    """Return how somebody shops of whom only a request is known: once, with at home what it says.

    Raises
    ------
    ConfigError
        When the request names what is at home in words that are not understood.
    """
    recipes, sizes = with_own_dry(recipes, request, foods), own_packages(request, foods).items()
    return Errand(
        units=weighed_in(request.week, request.shops),
        shops=request.shops,
        trips=request.week.trips,
        pantry=pantry_of(request, foods),
        uses=tuple(use for _, use in asked_uses(request, foods, recipes)),
        own=own_shelves(request, foods),
        recipes=recipes,
        aisles=aisles_of(request),
        budget_usd=request.preferences.budget_per_week,
        budget_counts=budget_counts(request),
        allergens=allergens_avoided(request, foods, recipes),
        boxes=boxes_held(request),
        kept=kept_by(request),
        bought_as=bought_as_words(request),
        priced=frozenset(food_id for food_id, own in sizes if usd_per_g(own) is not None),
        closed=closed_days(request.week, request.shops),
    )


_AND = re.compile(r",|;|\band\b", re.IGNORECASE)
_ALL_BUT = re.compile(
    r"(?:everything|all|alles) "
    r"(?:but|except|besides|without|ausser|bis auf|(?P<down_to>down to|up to))\b"
)


def read_shop(text: str) -> tuple[str, tuple[str, ...]]:
    """Read ``"Indian shop=dal,spices"`` as a shop and the names of what is bought there.

    Raises
    ------
    ConfigError
        When it names no shop or nothing to buy.
    """
    shop, _, names = text.partition("=")
    found = tuple(filter(None, map(str.strip, _AND.split(names))))
    if not shop.strip() or not found:
        raise fault(ConfigError, "no_shop_for", text=text)
    return shop.strip(), found


def sent_to(
    shopping: ShoppingList,
    shops: Mapping[str, Sequence[str]],
    foods: FoodTable,
    dishes: Sequence[Dish],
) -> tuple[ShoppingList, tuple[str, ...]]:
    """Send what names mean to shops, each line to the first that has it; the rest stays.

    Gives the names of which nothing is on the list, too.

    Raises
    ------
    CandidatesError
        When nothing is called so.
    """
    where, strange = dict[str, str](), list[str]()
    for shop, names in shops.items():
        for name in names:
            found = lines_meant(name, shopping, foods, dishes)
            strange += [] if found else [name]
            where = {**dict.fromkeys(found, shop), **where}
    lines = (replace(line, shop=where.get(line.food_id, "")) for line in shopping.lines)
    order = {shop: place for place, shop in enumerate(shops)}
    sent = sorted(lines, key=lambda line: (line.trip, order.get(line.shop, len(order))))
    return replace(shopping, lines=tuple(sent)), tuple(strange)


def read_bought(text: str, where: str) -> str:
    """Read what is bought from a file: rows of a list that is cut or ticked, or a name a line.

    Raises
    ------
    FoodDataError
        When it is a table with faults.
    """
    first = text.strip().partition("\n")[0].split(",")
    column = next((heading for heading in ("food_id", "name", "food") if heading in first), None)
    if column is None:
        lines = (line.strip().removeprefix("- ") for line in text.splitlines())
        return ", ".join(line.removeprefix("[x] ") for line in lines if not line.startswith("[ ]"))
    rows = (row for _, row in parse_rows(text, where))
    return ", ".join(row[column] for row in rows if row.get("bought", "x").strip())


def bought_of(
    text: str, shopping: ShoppingList, foods: FoodTable, dishes: Sequence[Dish]
) -> frozenset[str]:
    """Return the foods (ids) of a list that are bought: by name, all but some, or up to some.

    Raises
    ------
    CandidatesError
        When nothing is called so.
    """
    all_but = _ALL_BUT.match(text.strip().casefold())
    rest = text.strip()[all_but.end() :] if all_but else text
    for line in shopping.lines:
        if _AND.search(line.name):  # "Cod, raw fillet" is one food
            rest = re.sub(re.escape(line.name), line.food_id, rest, flags=re.IGNORECASE)
    names = (re.sub(r"^the\s+", "", name.strip()) for name in _AND.split(rest))
    named = [lines_meant(name, shopping, foods, dishes) for name in names if name]
    found = frozenset[str]().union(*named)
    every = [line.food_id for line in shopping.lines if not line.is_pantry]
    if all_but and all_but["down_to"]:
        first = next((at for at, food_id in enumerate(every) if food_id in found), len(every))
        return frozenset(every[:first])
    return frozenset(every) - found if all_but else found.intersection(every)


def without_bought(shopping: ShoppingList, bought: Iterable[str]) -> ShoppingList:
    """Return what is left of a list when some of it (food ids) is bought."""
    gone = {*bought}
    left = tuple(line for line in shopping.lines if line.is_pantry or line.food_id not in gone)
    paid_usd = shopping.total_usd - sum(line.price_usd or 0.0 for line in left)
    return replace(
        shopping,
        lines=left,
        total_usd=shopping.total_usd - paid_usd,
        empty_usd=shopping.empty_usd - paid_usd,
        eaten_usd=sum(line.eaten_usd for line in left),
        budget_usd=None,
        bought=tuple(dict.fromkeys(line.name for line in shopping.lines if line not in left)),
    )


def lines_meant(
    name: str, shopping: ShoppingList, foods: FoodTable, dishes: Sequence[Dish]
) -> frozenset[str]:
    """Return the foods (ids) of a list that a name means: an aisle, a package, or foods.

    Raises
    ------
    CandidatesError
        When nothing is called so.
    """
    row = read_settings(SETTINGS)["list_words"].get(name.casefold())
    pack = read_settings(SETTINGS)["list_packs"].get(name.casefold())
    key, lines = plain_key(name), shopping.lines
    if any(name == line.food_id for line in lines):
        return frozenset({name})
    found = {line.food_id for line in lines if key in _aisle_names(line, shopping)}
    found |= {line.food_id for line in lines if pack in _packs(line)}
    if row is not None:
        found |= {line.food_id for line in lines if _is_of(line, row, foods)}
    if found:
        return frozenset(found)
    try:
        meant = foods_meant(name, foods, dishes)
    except CandidatesError:
        if row is None and pack is None:
            raise
        return frozenset()
    shelf = meant | {bought_for(foods[food_id], foods)[0].food_id for food_id in meant}
    return frozenset(line.food_id for line in lines if line.food_id in shelf)


def _aisle_names(line: ShoppingLine, shopping: ShoppingList) -> set[str]:
    return {plain_key(line.aisle), plain_key(shopping.aisles.get(line.aisle, line.aisle))}


def _packs(line: ShoppingLine) -> set[str]:
    words = {plain_key(word) for word in line.buy.split()}
    return words | {word.removesuffix("s") for word in words}


def _is_of(line: ShoppingLine, row: Mapping[str, Sequence[str]], foods: FoodTable) -> bool:
    if line.food_id not in foods:
        return False
    is_of_group = foods[line.food_id].group in row.get("groups", ())
    is_there = line.aisle in row.get("aisles", (line.aisle,))
    return line.food_id in row.get("foods", ()) or (is_of_group and is_there)
