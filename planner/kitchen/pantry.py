"""What is at home, by amount, cooked already or not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache

from foods.embedded import read_embedded_foods, read_lookup_foods
from foods.errors import FoodNotFoundError, raise_collected
from foods.find import EAT, LOOKED_UP, looked_up_alone
from foods.food import Food
from foods.line_mass import usual_id
from foods.packages import bought
from foods.recipe_line import parse_line, plain_text, read_words
from foods.recipe_match import surely_meant
from foods.sheet import as_csv_text
from foods.table import FoodTable
from planner.candidates.dish import Dish, read_embedded_dishes
from planner.candidates.exchanges import hot_foods
from planner.candidates.names import find_meaning, is_known
from planner.candidates.put_names import find_served
from planner.errors import CandidatesError, ConfigError
from planner.faults import fault
from planner.kitchen.measures import CUP, MEAT, ML_PER_CUP, TBSP, TSP, grams_per
from planner.kitchen.sold import (
    COOKING,
    IN_CANS,
    SETTINGS,
    WEIGHT,
    Shelves,
    Stock,
    is_brewed,
    own_rows,
    read_amount,
    read_each_row,
    shelves_for,
)
from planner.plan.own_shop import meant_food
from planner.request.days import meal_planned
from planner.request.measures import read_mass_g
from planner.request.put import (
    FROZEN,
    LEFT_UNKNOWN,
    PACK,
    amount_first,
    beside_said,
    cooked_name,
    frozen_name,
    is_beside,
    is_left_over,
    leftover_grams,
    made_from,
    of_one_food,
    read_food_use,
    said_as_left,
    usually_bought,
)
from planner.request.request import EMPTY, USUAL, PlanRequest, WeekOptions
from planner.settings import read_settings, read_text

_DISH = "{name!r} is a dish — name a food; a dish goes onto a day with --put"
_COOKED_EGGS = (
    "{name!r} is cooked already, and recipes begin with raw eggs — have it at a meal, as it is: "
    "--eat-out '{meal}={food}'"
)
_EGGS_LEFT = (
    "{name!r}: are they raw or boiled? Raw ones: --use '{bare}:{mass_g:.0f}g'; boiled ones are had "
    "at a meal, as they are: --eat-out '{meal}={food}'"
)
_COOKED_MEAT = (
    "{name!r} is cooked already, and recipes begin with raw meat or fish — eat it at a meal that "
    "is not planned: --eat-out {meal}"
)


def foods_to_use(
    name: str,
    mass_g: float,
    foods: FoodTable,
    dishes: Sequence[Dish],
    week: WeekOptions | None = None,
    eaters: int = 1,
) -> tuple[frozenset[str], str]:
    """Return the foods that are used up by a name, or why none is, and what is done with it.

    Parameters
    ----------
    name, mass_g
        As a person wrote it, such as ``"leftover rice"``, and how much there is of it [g].
    foods, dishes
        Where to look.
    week
        Whose meals are named in what is said; the usual one where it is left out.
    eaters
        How many eat a meal that is the whole table's.
    """
    week = week or WeekOptions()
    noon = meal_planned(week, "lunch")
    frozen, bare = frozen_name(name), made_from(name, foods)
    is_dish = name.casefold() in read_settings(SETTINGS)["leftovers"]["dish_words"]
    bare = name if bare and is_dish else bare
    try:
        food_ids = _meant(bare or name, frozen, foods, dishes)
    except CandidatesError as error:
        if bare and (is_beside(bare) or error.remedy.startswith(EAT.partition("{")[0])):
            return frozenset(), _eaten_left(bare, mass_g, dishes, week, eaters)
        unknown = str(error)
        left = LEFT_UNKNOWN.format(told=unknown, meal=noon)
        return frozenset(), left if cooked_name(name) else unknown
    if bare and any(map(_is_cooked_from_raw, map(foods.__getitem__, food_ids))):
        return frozenset(), _COOKED_MEAT.format(name=name, meal=noon)
    if bare and (whole := _eaten_whole(name, food_ids, foods)) is not None:
        pattern = _EGGS_LEFT if is_left_over(name) else _COOKED_EGGS
        told = {"name": name, "bare": bare, "mass_g": mass_g, "food": whole.name.lower()}
        meal = meal_planned(week, "breakfast")
        return frozenset(), pattern.format(**told, meal=meal)
    if not food_ids or (bare and food_ids <= hot_foods()):  # leftover chili is no pepper
        left = _eaten_left(bare, mass_g, dishes, week, eaters) if bare else _DISH.format(name=name)
        return frozenset(), left
    return food_ids, ""


def _meant(name: str, frozen: str, foods: FoodTable, dishes: Sequence[Dish]) -> frozenset[str]:
    """Return the foods that a name means; of what is not sold frozen the same without that word."""
    try:
        return foods_meant(name, foods, dishes)
    except CandidatesError:
        if not frozen:
            raise
    return foods_meant(frozen, foods, dishes)


def foods_meant(name: str, foods: FoodTable, dishes: Sequence[Dish]) -> frozenset[str]:
    """Return the foods that a name means, or else those that a recipe would mean by it.

    Raises
    ------
    CandidatesError
        When nothing is called so; without foods it is a dish.
    """
    name = name if is_known(name, foods) else name.replace(",", " ")
    try:
        found = find_meaning(name, foods, dishes).food_ids
    except CandidatesError:
        meant = surely_meant(name, foods)
        if meant is None and (known := looked_up_alone(name, foods)) is not None:
            told = LOOKED_UP.format(name=name, food=known.name)
            raise CandidatesError(told, "", EAT.format(name=name)) from None
        if meant is None:
            raise
    else:
        found = _of_one_sort(name, found, foods)
        meant = None if found else surely_meant(name, foods)
    return found if meant is None else frozenset({meant.food_id})


def _of_one_sort(name: str, found: frozenset[str], foods: FoodTable) -> frozenset[str]:
    """Leave out what is made of a food, as almond butter of almonds: what is of another group."""
    if len({foods[food_id].base for food_id in found}) != 1:
        return found
    meant = surely_meant(name, foods)
    groups = Counter(foods[food_id].group for food_id in found)
    group = meant.group if meant and meant.food_id in found else groups.most_common(1)[0][0]
    return frozenset(food_id for food_id in found if foods[food_id].group == group)


def _is_cooked_from_raw(food: Food) -> bool:
    return food.aisle == MEAT and food.bought_as is not None


def _eaten_left(
    bare: str, mass_g: float, dishes: Sequence[Dish], week: WeekOptions, eaters: int
) -> str:
    """Describe how to eat the rest of a dish: at meals that are understood, or at a free one."""
    if is_beside(bare):
        return beside_said(bare)
    try:
        find_served(bare, "lunch", read_lookup_foods(), dishes)
    except CandidatesError as error:
        noon = meal_planned(week, "lunch")
        return LEFT_UNKNOWN.format(told=str(error), meal=noon)
    return leftover_grams(bare, mass_g, eaters, week.days)


def _eaten_whole(name: str, food_ids: Iterable[str], foods: FoodTable) -> Food | None:
    """Return the food eaten as it is, for cooked food that no recipe takes: a boiled egg."""
    whole: Mapping[str, str] = read_settings(SETTINGS)["leftovers"]["eaten_whole"]
    found = [whole[foods[food_id].group] for food_id in food_ids if foods[food_id].group in whole]
    meant = surely_meant(name, foods)
    is_it = meant is not None and meant.group in whole and bool(meant.serving.slots)
    return meant if found and is_it else foods.foods.get(found[0]) if found else None


def check_left(name: str, left: str, amount: str, foods: FoodTable) -> None:
    """Refuse for a pantry what is left over of a dish or of meat; say what is done with it instead.

    Parameters
    ----------
    name, left
        As a person wrote it, and without the word that says that it is left over.
    amount
        How much there is; what is no mass counts as a portion.
    foods
        Where to look.

    Raises
    ------
    ConfigError
        With what is to be written in its place.
    """
    bought = foods.foods.get(usual_id(name))
    if bought and bought.bought_as is None:  # cooked ham is bought so
        return
    mass_g: float = read_settings(SETTINGS)["leftovers"]["portion_g"]
    with suppress(ConfigError):
        mass_g = read_mass_g(amount)
    _, told = foods_to_use(said_as_left(name, left), mass_g, foods, read_embedded_dishes())
    if told:
        raise ConfigError(told, "pantry")


HEADER = ("food", "amount", "unit", "days")
NEEDED = HEADER[:3]
LITER = ("ml", "l")
GRAM, AS_TOLD = "g", "as told"
_ML_PER_L = 1000
_NOTHING, _SLACK = 1e-6, 1e-9  # noise of sums
_STAPLES = "shop/staples.csv"
_JOINED = re.compile(r"([\d.,/]+)\s*([^\W\d].*)")


class NoAmountError(ValueError):
    """A food of which no amount is said."""


@dataclass(frozen=True, slots=True)
class PantryEntry:
    """One food at home.

    Parameters
    ----------
    food_id
        The food as it is bought.
    amount, unit
        As it was written: ``2``, ``"can"``.
    unit_g
        Mass of one such unit as it is bought [g].
    days
        Days on which it is still good; ``None``: long.
    is_frozen
        Whether it is in the freezer.
    """

    food_id: str
    amount: float
    unit: str
    unit_g: float
    days: int | None = None
    is_frozen: bool = False

    @property
    def food(self) -> str:
        """The food as a file names it: one that is in the freezer says so."""
        return FROZEN.format(name=self.food_id) if self.is_frozen else self.food_id

    @property
    def mass_g(self) -> float:
        """Its mass as it is bought [g]."""
        return self.amount * self.unit_g


@dataclass(frozen=True, slots=True)
class Pantry:
    """Everything at home.

    Parameters
    ----------
    entries
        What there is of one's own; a food may stand in several.
    is_usual
        Whether what most kitchens have is taken to be there.
    staples
        What that is, but for foods that stand in ``entries``.
    """

    entries: tuple[PantryEntry, ...] = ()
    is_usual: bool = False
    staples: tuple[PantryEntry, ...] = ()

    @property
    def kind(self) -> str:
        """What it is as a whole: ``"usual"``, ``"as told"`` or ``"empty"``."""
        return USUAL if self.is_usual else AS_TOLD if self.entries else EMPTY

    def get(self, food_id: str) -> Stock:
        """Return what there is of a food; of several entries the one that spoils first counts."""
        own = [entry for entry in (*self.entries, *self.staples) if entry.food_id == food_id]
        days = [entry.days for entry in own if entry.days is not None]
        frozen = any(entry.is_frozen for entry in own)
        return Stock(sum(entry.mass_g for entry in own), min(days, default=None), frozen)


@cache
def _staples() -> tuple[PantryEntry, ...]:
    return parse_pantry(read_text(_STAPLES), f"configs/{_STAPLES}", read_embedded_foods(), {})


def usual_pantry(foods: FoodTable, own: Iterable[PantryEntry] = ()) -> Pantry:
    """Return what most kitchens have and the user's own; where both know a food, the user's own."""
    known = tuple(own)
    named = {entry.food_id for entry in known}
    more = (one for one in _staples() if one.food_id in foods and one.food_id not in named)
    return Pantry(known, is_usual=True, staples=tuple(more))


def pantry_of(request: PlanRequest, foods: FoodTable) -> Pantry:
    """Return what a request says is at home.

    Raises
    ------
    ConfigError
        With every food, unit and number of days that is not understood.
    """
    shelves, found, faults = shelves_for(request, foods), [], []
    for number, home in enumerate(request.week.pantry, start=1):
        days = "" if home.days is None else str(home.days)
        cells = {"food": home.food, "amount": f"{home.amount:.6f}", "unit": home.unit, "days": days}
        try:
            found.append(read_entry(cells, foods, shelves))
        except (ValueError, FoodNotFoundError) as error:
            faults.append(f"entry {number}: {error}")
    raise_collected(ConfigError, faults, "[week] pantry")
    return usual_pantry(foods, found) if request.week.has_usual else Pantry(tuple(found))


def is_staple(food_id: str) -> bool:
    """Whether most kitchens have a food."""
    return any(staple.food_id == food_id for staple in _staples())


def parse_pantry(
    text: str, where: str, foods: FoodTable, shelves: Shelves
) -> tuple[PantryEntry, ...]:
    """Read ``food,amount,unit`` and, where it spoils, ``days``.

    Parameters
    ----------
    text, where
        CSV with a header, and how to name it in messages.
    foods, shelves
        The table, and packages whose names may stand as units.

    Raises
    ------
    ConfigError
        With every faulty row.
    """
    rows = own_rows(text, where, HEADER[:2], HEADER[2:], ",".join(NEEDED))
    written = (row for row in rows if any(row[1].values()))

    def read(cells: Mapping[str, str]) -> PantryEntry:
        words = tuple(cells[name] for name in NEEDED if cells[name])
        return read_said(words, cells["days"], foods, shelves)

    return tuple(read_each_row(written, where, read))


def read_said(words: Sequence[str], days: str, foods: FoodTable, shelves: Shelves) -> PantryEntry:
    """Read a food with its amount as cells, or as people say it: ``"2 bananas"``, ``"tofu 400g"``.

    Raises
    ------
    ConfigError
        When amounts of several foods are said.
    FoodNotFoundError, ValueError
        As of ``read_entry``; where no amount is said, ``NoAmountError``.
    """
    faults = list[Exception]()
    for cells in _readings(words, foods):
        try:
            return read_entry(dict(zip(HEADER, (*cells, days), strict=True)), foods, shelves)
        except (ValueError, FoodNotFoundError, CandidatesError) as error:
            faults.append(error)
    raise faults[0] if faults else NoAmountError("no amount, such as 250 or 0.5")


def _readings(words: Sequence[str], foods: FoodTable) -> Iterator[tuple[str, str, str]]:
    """Return food, amount and unit in every way in which words may be read, the plainest first."""
    text, turned = " ".join(words), " ".join((*words[1:], words[0]))
    in_words = turned[:1].isalpha() and parse_line(turned).amount  # "eggs" "a dozen"
    if 1 < len(words) < len(HEADER) and not (in_words and " " in words[1]):
        food, amount, unit = (*words, "")[: len(NEEDED)]
        joined = _JOINED.fullmatch(plain_text(f"{amount} {unit}"))
        yield (food, joined[1], joined[2]) if joined else (food, amount, unit)
    for phrase in (text, ", ".join(words) if len(words) < len(NEEDED) else text):
        of_one_food(phrase)
    texts = tuple(map(plain_text, (text, turned) if in_words else (text,)))
    for phrase in map(amount_first, texts):
        line = parse_line(phrase)
        if line.amount:
            yield line.name, f"{line.amount.count:g}", line.amount.unit
    for phrase in texts:
        with suppress(ConfigError):
            name, mass_g = read_food_use(phrase)
            sold = name if made_from(name, foods) else usually_bought(name)
            yield sold, f"{mass_g:g}", "g"


def read_entry(cells: Mapping[str, str], foods: FoodTable, shelves: Shelves) -> PantryEntry:
    """Read one entry from its cells.

    Raises
    ------
    CandidatesError, FoodNotFoundError
        When a name may mean several foods, or none.
    ValueError
        When amount, unit or days cannot be; says which units there are.
    """
    counted = str(read_words()["numbers"].get(cells["amount"].casefold(), cells["amount"]))
    amount, days = read_amount(counted, "amount"), cells["days"]
    word = cells["unit"].casefold()
    forms = (cells["unit"], word, read_words()["units"].get(word, ""), word.removesuffix("s"))
    bare = frozen_name(cells["food"])
    if left := made_from(cells["food"], foods):
        check_left(cells["food"], left, f"{amount} {cells['unit']}", foods)
    food = _found(cells["food"], forms, foods, shelves)
    units = _units_of(food, shelves)
    unit = next(filter(units.__contains__, forms), cells["unit"])  # 6 tins are cans
    if not unit:
        raise ValueError(
            f'no unit — write "{amount:g} g" (in a file {food.food_id},{amount:g},g); '
            f"units: {', '.join(units)}"
        )
    if unit not in units:
        told = {"unit": unit, "food_id": food.food_id, "names": ", ".join(units)}
        raise ValueError("unit: {unit!r} of {food_id} — write one of {names}".format(**told))
    if days and not days.isdecimal():
        raise ValueError(f"days: {days!r} is no number of days")
    good = int(days) if days and not bare else None
    entry = PantryEntry(food.food_id, amount, unit, units[unit], good, bool(bare))
    if left:
        _check_raw(left, entry, foods)
    return entry


def _check_raw(name: str, entry: PantryEntry, foods: FoodTable) -> None:
    """Refuse what is cooked already, of a food that is bought raw or dry."""
    if any(food.bought_as == entry.food_id for food in foods):
        raise fault(ConfigError, "pantry_of_cooked", name=name, mass_g=round(entry.mass_g))


def _found(name: str, forms: Collection[str], foods: FoodTable, shelves: Shelves) -> Food:
    """Find a food by its name in any language, without words for what is frozen or cooked."""
    unknown = FoodNotFoundError(name)
    for reading in _called(name, foods):
        try:
            return _pantry_meant(reading, forms, foods, shelves)
        except FoodNotFoundError as error:
            unknown = error
    raise unknown


def _called(name: str, foods: FoodTable) -> Iterator[str]:
    """Return the names that a name may be."""
    yield from filter(None, (name, frozen_name(name), made_from(name, foods)))


def _pantry_meant(name: str, forms: Collection[str], foods: FoodTable, shelves: Shelves) -> Food:
    """Find the food as it is bought; by the can or jar, the canned one where that is sold so."""

    def fits(food: Food) -> bool:
        return not _units_of(food, shelves).keys().isdisjoint(forms)

    if not IN_CANS.isdisjoint(forms):
        with suppress(FoodNotFoundError):
            canned = read_settings(COOKING)["measure"]["canned"]
            food = meant_food(f"{canned} {name}", foods)
            if fits(food):
                return food
    try:
        sold = bought(meant_food(name, foods), 1.0, foods)[0]
        if IN_CANS.isdisjoint(forms) or fits(sold):
            return sold
        same = (other for other in foods if (other.base, other.group) == (sold.base, sold.group))
        return next(filter(fits, same), sold)  # beans by the can are canned, and no dry ones
    except FoodNotFoundError:  # of several the usual one, where it is sold so: a bag of edamame
        usual = usual_id(name)
        if usual not in foods:
            raise
        sold = bought(foods[usual], 1.0, foods)[0]
        if {shelve.pack for shelve in shelves.get(sold.food_id, ())}.isdisjoint(forms):
            raise
        return sold


def _units_of(food: Food, shelves: Shelves) -> dict[str, float]:
    """Return the units in which a food may be counted, and the mass of each as it is bought [g]."""
    units = dict(read_settings("shop/shop.toml")["masses"])
    gross = food.sold_g_per_100g / 100
    measures = () if is_brewed(food) else (*(one.name for one in food.measures), CUP, TBSP, TSP)
    for name in measures:
        edible_g = grams_per(food, name)
        if edible_g:
            units[name] = edible_g * gross
    cup_g = units.get(CUP)
    if cup_g is not None:
        units |= dict(zip(LITER, (cup_g / ML_PER_CUP, _ML_PER_L * cup_g / ML_PER_CUP), strict=True))
    for package in reversed(shelves.get(food.food_id, ())):  # the smallest of a kind counts
        if package.pack != WEIGHT:
            units[package.pack] = units[PACK] = package.size_g
    return units


def as_csv(entries: Iterable[PantryEntry]) -> str:
    """Write a pantry as a file that is read again."""
    rows = (
        (entry.food, f"{entry.amount:.6g}", entry.unit, "" if entry.days is None else entry.days)
        for entry in sorted(entries, key=lambda one: one.food_id)
    )
    return as_csv_text([HEADER, *rows])


def added(entries: Iterable[PantryEntry], more: PantryEntry) -> tuple[PantryEntry, ...]:
    """Put more of a food into a pantry: onto an entry of the same unit and days, if any."""
    found, is_there = [], False
    for one in entries:
        if not is_there and (one.food, one.unit, one.days) == (more.food, more.unit, more.days):
            one, is_there = replace(one, amount=one.amount + more.amount), True
        found.append(one)
    return tuple(found) if is_there else (*found, more)


def taken(entries: Iterable[PantryEntry], less: PantryEntry) -> tuple[PantryEntry, ...]:
    """Take some of a food out of a pantry, first what spoils first.

    Raises
    ------
    ConfigError
        When there is not so much.
    """
    known = tuple(entries)
    own = sorted(
        (entry for entry in known if entry.food_id == less.food_id),
        key=lambda one: (one.days is None, one.days),
    )
    there_g, left_g = sum(entry.mass_g for entry in own), less.mass_g
    if left_g > there_g * (1 + _SLACK):
        raise fault(
            ConfigError, "pantry_has_less", food_id=less.food_id, there_g=there_g, left_g=left_g
        )
    rest = {}
    for entry in own:
        used_g = min(left_g, entry.mass_g)
        left_g -= used_g
        rest[id(entry)] = replace(entry, amount=(entry.mass_g - used_g) / entry.unit_g)
    kept = (rest.get(id(entry), entry) for entry in known)
    return tuple(entry for entry in kept if entry.amount > _NOTHING)
