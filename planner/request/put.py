"""What a person puts where: a dish on a meal, food to be used up, portions that are left."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from foods.embedded import read_embedded_foods, read_lookup_foods
from foods.find import looked_up_alone
from foods.food import Food
from foods.line_mass import usual_id
from foods.packages import bought_for
from foods.recipe_line import parse_line, read_words
from foods.recipe_match import match_answered, match_line, surely_meant
from foods.table import FoodTable, plain_key
from planner.errors import ConfigError
from planner.faults import fault, fault_said
from planner.meals.patterns import SLOTS
from planner.request.day_words import (
    DAY_FORM,
    NTH_SAID,
    DayWord,
    NamedDay,
    all_but,
    days_but,
    days_meant,
    days_told,
    find_day,
    is_all_but,
    read_day,
    slots_said,
    with_meals,
)
from planner.request.measures import known_ranges, read_mass_g
from planner.request.phrases import read_name
from planner.safety.medicines import WEEKDAYS
from planner.settings import read_rows, read_settings
from planner.shops import named
from planner.wording import lowered

LEFT_UNKNOWN = (
    "{told}; what is left of a dish that is not known is eaten at a meal that is not planned: "
    "--eat-out {meal}"
)


def _rule() -> dict[str, Any]:
    rule: dict[str, Any] = read_settings("shop/shop.toml")["leftovers"]
    return rule


def cooked_name(name: str) -> str:
    """Return what is left over without the word that says so; empty where none does."""
    words = "|".join(_rule()["words"])
    form = rf"^(?:{words})\s+|,?\s+(?:{words})$"
    bare = re.sub(form, "", name, flags=re.IGNORECASE)
    return bare if bare != name else ""


def is_left_over(name: str) -> bool:
    """Whether a word says that it is left over, and none that it is cooked: it may be raw."""
    return re.search(_rule()["may_be_raw"], name, flags=re.IGNORECASE) is not None


def is_beside(name: str) -> bool:
    """Whether what is called so stands beside something, and is no meal by itself: mash."""
    rule, meant = _rule(), looked_up(name)
    if meant is not None and meant.group in {*rule["beside_groups"], *rule["meal_groups"]}:
        return meant.group in rule["beside_groups"]
    return re.search(rule["beside"], name, flags=re.IGNORECASE) is not None


def beside_said(name: str) -> str:
    """Describe how to have what ``is_beside``, with an example that names it if diaries know it."""
    bare = cooked_name(name) or name
    meant = looked_up(bare)
    if meant is None:
        return fault_said("leftover_beside_unknown", name=named(bare))
    is_so_called = meant.name.casefold() == bare.casefold()
    thing = lowered(named(meant.name)) if is_so_called else named(bare)
    return fault_said("leftover_beside", name=thing)


def looked_up(name: str) -> Food | None:
    """Return the food or meal that diaries mean by a name; ``None`` where they know none."""
    known, eaten = read_lookup_foods(), name  # Apfelkuchen: apple_pie
    own = known.foods.get(eaten) or known.foods.get(usual_id(name))
    own = own or next((food for food in known if food.name.casefold() == name.casefold()), None)
    return own or looked_up_alone(name, known)


def said_as_left(name: str, meant: str) -> str:
    """Return a name behind a word for what is left over, or for what is cooked already."""
    return f"{_rule()['words'][0] if is_left_over(name) else _rule()['cooked']} {meant}"


def made_from(name: str, foods: FoodTable) -> str:
    """Return what a name of cooked food was made from; empty where it is bought as it is called.

    ``"leftover rice"`` is rice, ``"grilled chicken"`` is chicken; roasted almonds are bought so.
    """
    if left := cooked_name(name):
        return left
    made: Mapping[str, str] = _rule()["made"]
    for form, of in made.items():
        bare = re.sub(form, of, name.strip(), flags=re.IGNORECASE)
        if bare != name.strip():
            meant = foods.foods.get(usual_id(name)) or surely_meant(name, foods)
            if meant is None:  # diaries know baked beans by themselves
                return bare if looked_up_alone(name, foods) is None else ""
            is_raw = any(food.bought_as == meant.food_id for food in foods)
            return bare if is_raw or meant.bought_as is not None else ""
    return ""


class LeftDish(NamedTuple):
    """A cooked dish by its name, and how many portions of it are left.

    ``is_dish``: no raw food is meant, whose name it may be.
    """

    name: str
    portions: int
    is_dish: bool = True

    @property
    def dish(self) -> str:
        """How a meal of it is said: ``"leftover lentil stew"``."""
        return f"{_rule()['words'][0]} {self.name}"

    @property
    def slot(self) -> str:
        """The meal that it is: a cake is had as a snack."""
        meant = looked_up(self.name)
        return "snack" if meant is not None and meant.group in _rule()["sweet"] else "lunch"

    def meals(self, eaters: int, days: int) -> list[int]:
        """Return the days, from 1, on which everybody eats a portion of it while it keeps.

        It was cooked on the day before the first one at the latest.
        """
        whole = max(1, self.portions // eaters)
        return [*range(1, min(whole, _rule()["days"] - 1, days) + 1)]


def portions_left(text: str) -> LeftDish | None:
    """Read ``"leftover lentil stew:3 portions"``, or the other way round; else ``None``.

    Of what is sweet a piece is one, if a word says that it is left over: ``"a slice of cake"``.
    """
    counts: Mapping[str, float] = read_words()["numbers"]
    portions, pieces = ("|".join(_rule()[key]) for key in ("portion_words", "piece_words"))
    many = rf"(\d+|{'|'.join(counts)}) (?:(?:{portions})|({pieces}))"
    form = rf"(?:(.+?)[:,]\s*)?{many}(?: (?:of )?(.+))?"
    found = re.fullmatch(form, text.strip(), flags=re.IGNORECASE)
    name = found and (found[1] or found[4])
    if not found or not name:
        return None
    bare, is_told = cooked_name(name), " of " in text or ":" in text
    is_dish = bool(bare) or is_told or name.casefold() in _rule()["dish_words"]
    left = LeftDish(bare or name, int(counts.get(found[2].lower(), 0) or found[2]), is_dish)
    is_some = not found[3] or (is_left_over(name) and left.slot == "snack")
    return left if is_some else None


def leftover_said(left: LeftDish, eaters: int, days: int) -> str:
    """Describe which flags put portions of a dish on meals while it keeps, and what to freeze."""
    if left.portions < eaters:
        told = {"name": left.name, "portions": left.portions, "eaters": eaters}
        return fault_said("leftover_too_few", **told, where=f"1:{left.slot}")
    on = left.meals(eaters, days)
    flags = [f'--eat-out "{day}:{left.slot}={left.dish}"' for day in on]
    more = left.portions - len(on) * eaters
    rest = f" (portions: {more})" if more > 0 else ""
    told = {"name": left.name, "flags": " ".join(flags), "days": _rule()["days"]}
    return fault_said("leftover_dish", **told, rest=rest)


def leftover_by_flag(left: LeftDish) -> str:
    """Describe how portions are put on meals where it is not known how many eat."""
    told = {"name": left.name, "portions": left.portions, "dish": left.dish}
    return fault_said("leftover_by_flag", **told)


def leftover_grams(name: str, mass_g: float, eaters: int, days: int) -> str:
    """Return what ``leftover_said`` says of an amount in grams."""
    left = LeftDish(name, max(1, round(mass_g / _rule()["portion_g"])))
    return leftover_said(left, eaters, days)


EVERY, EVERY_DAY = "every", "every day"
NONE = "none"  # instead of a dish: what was put there is let go
AFTER, FROM = "after {day}", "from {day}"
_COUNTED = re.compile(  # 2 slices of chocolate cake, 3 eggs, 200 g chocolate cake
    r"(?P<count>\d{1,4}(?:[.,]\d+)?)(?:\s*(?P<unit>kg|g|ml|oz)\s+(?:of\s+)?|\s+(?:\w+\s+of\s+)?)(?P<thing>\D.*)"
)
_LATER = re.compile(r"(?P<how>after|from)\s+(?P<day>.+)", re.IGNORECASE)
_ON_DAYS = {  # as it is left out, and as it is let go
    "": ("without {name} on {days}", "{name} on {days}, too"),
    AFTER: ("no {name} after {days}", "{name} after {days}, too"),
    FROM: ("without {name} from {days} on", "{name} from {days} on, too"),
}
_EVERY_MEAL = re.compile(rf"\b(?:every|each) ({'|'.join(SLOTS)})(?:e?s)?(?=\s*$)", re.IGNORECASE)
_BEHIND_DAY = re.compile(rf"(\w)\s+({'|'.join(SLOTS)})(?:e?s)?\s*$", re.IGNORECASE)
_EVERY_DAY = re.compile(r"every\s*day|daily|all", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Put:
    """A dish that somebody wants on a meal of a day.

    Parameters
    ----------
    day
        Number from 1, or a name: ``"fri"``, ``"2026-03-06"``, ``"every fri"``, ``"every day"``.
    slot, dish
        Meal; and dish or food, as a person wrote it.
    eater
        Whose meal, where several eat; empty: everybody's.
    is_out
        Whether the meal is eaten elsewhere, and this is what it brings, roughly.
    """

    day: int | str
    slot: str
    dish: str
    eater: str = ""
    is_out: bool = False

    @property
    def thing(self) -> str:
        """The name by which it is looked up, without its amount.

        Of a meal eaten elsewhere it is the id of what it brings.
        """
        if self.is_out:
            return f"out_{plain_key(self.dish)}"
        found = _COUNTED.fullmatch(self.dish)
        return found["thing"] if found else self.dish

    @property
    def count(self) -> float:
        """How many servings, slices or pieces of it are put; 0 where nobody says."""
        found = None if self.is_out else _COUNTED.fullmatch(self.dish)
        return float(found["count"].replace(",", ".")) if found else 0.0

    @property
    def mass_g(self) -> float | None:
        """How much of it is put where that is told by mass [g], or of a drink by volume [ml]."""
        found = None if self.is_out else _COUNTED.fullmatch(self.dish)
        unit = str(found["unit"] or "").replace("ml", "g") if found else ""
        return read_mass_g(f"{self.count:g} {unit}") if unit else None

    @property
    def is_alone(self) -> bool:
        """Whether nothing is cooked beside it: ``"no cook"`` or ``"one pot"`` is put."""
        return plain_key(self.thing) in read_settings("meals/cooking.toml")["heat"]["alone"]

    @property
    def flag(self) -> str:
        """The flag that says it."""
        return "--eat-out" if self.is_out else "--put"

    @property
    def where(self) -> str:
        """Name the meal as ``read_put`` reads it: ``"Ben:fri:dinner"``."""
        return f"{self.eater}:{self.day}:{self.slot}" if self.eater else f"{self.day}:{self.slot}"

    @property
    def text(self) -> str:
        """Format it: ``"pizza at dinner of Ben, day 5"``, ``"pizza at dinner, every Friday"``."""
        whose = f" of {self.eater}" if self.eater else ""
        pattern = "{dish} at {slot}{whose}, {day}"
        is_away = self.is_out and not cooked_name(self.dish)
        pattern = "{dish} eaten out at {slot}, {day}" if is_away else pattern
        day, thing = _day_said(self.day), self.thing if self.count else self.dish
        amount = self.dish.removesuffix(thing)
        dish = f"{amount}{named(thing)}" if amount else named(thing)
        return pattern.format(dish=dish, slot=self.slot, whose=whose, day=day)


def put_table(put: Put) -> dict[str, Any]:
    """Return a put in the shape of the request file; everybody's names nobody."""
    table = {"day": put.day, "slot": put.slot, "dish": put.dish, "eater": put.eater}
    return {key: value for key, value in table.items() if value}


def read_put(text: str) -> Put:
    """Read ``"fri:dinner=pizza"``, ``"every breakfast=oatmeal"`` or ``"Ben:3:lunch=pizza"``.

    Raises
    ------
    ConfigError
        When the text has another form.
    """
    meal, equals, dish = text.partition("=")
    whose, own = meal.partition(":")[0].strip(), with_meals(meal)
    own = _BEHIND_DAY.sub(r"\1:\2", _EVERY_MEAL.sub(r"every day:\1", own))
    *names, day, slot = ["", "", *(part.strip() for part in own.split(":"))][-3:]
    if not equals or slot.lower() not in SLOTS or not day or own.count(":") > len(names) + 1:
        told = {"day_form": DAY_FORM, "names": slots_said()}
        raise fault(ConfigError, "no_put", text=text, **told)
    thing = without_article(read_name(dish))
    return Put(read_put_day(day), slot.lower(), thing, names[0] and read_name(whose))


def without_article(dish: str) -> str:
    """Return ``"a handful of almonds"`` as one handful, and ``"a banana"`` as banana.

    ``"half a lasagna"`` is half of one, and ``"bowl of ramen"`` is one.
    """
    rule = read_settings("meals/portions.toml")["put"]
    dish = _in_halves(dish, rule)
    first, _, thing = dish.partition(" ")
    if first.casefold() in rule["measures"] and thing.startswith("of "):
        return f"1 {dish}"
    is_one = first.casefold() in rule["one"]
    number = read_words()["numbers"].get(first.casefold())
    count = "1" if is_one else f"{number:g}" if number else first
    if not thing or count == first:
        return dish
    line = parse_line(f"{count} {thing}")
    if line.amount and line.amount.unit and line.name:
        return f"{count} {thing}"
    return thing if is_one else dish


def _in_halves(dish: str, rule: Mapping[str, Any]) -> str:
    """Return ``"half a lasagna"`` as ``"0.5 lasagna"``."""
    articles = "|".join(rule["one"])
    joins = "|".join(map(re.escape, rule["joins"]))
    form = rf"(?:(?:{articles})\s+)?half\s+(?:of\s+)?(?:(?:{articles})\s+)?(?!(?:{joins})\s)(.+)"
    found = re.fullmatch(form, dish, flags=re.IGNORECASE)
    return f"0.5 {found[1]}" if found else dish


def read_put_day(text: str) -> int | str:
    """Read a day, or which days: what ``read_day`` reads, ``every fri`` and ``every day``.

    Raises
    ------
    ConfigError
        When it is neither.
    """
    text = text.strip()
    if _EVERY_DAY.fullmatch(text):
        return EVERY_DAY
    if is_all_but(text):
        return all_but(text)
    if text.casefold().startswith(EVERY) and find_day(text) is None:
        raise fault(ConfigError, "no_weekday", text=text)
    return kept_day(read_day(text))


def _day_said(day: int | str) -> str:
    """Describe the day of a ``Put``: ``"fri"`` is ``"Friday"``; a date stays as it is written."""
    if isinstance(day, int):
        return f"day {day}"
    if day == EVERY_DAY:
        return EVERY_DAY
    word = find_day(day)
    if not isinstance(word, NamedDay) or word.weekday is None or not word.is_weekday:
        return day
    name = WEEKDAYS[word.weekday]
    return NTH_SAID[word.nth].format(weekday=name) if word.is_every or word.nth else name


def kept_day(word: DayWord) -> int | str:
    """Return a day as it is kept: today is a date, tomorrow too."""
    if isinstance(word, int):
        return word
    if word.whole_date:
        return word.whole_date.isoformat()
    return word.said.lower() if word.is_every else word.said


def days_put(day: int | str, count: int, start: date | None) -> tuple[int, ...]:
    """Return the numbers of the days, from 1, that the day of a ``Put`` means.

    Parameters
    ----------
    day
        As of ``Put``.
    count, start
        How many days there are, and the date of the first one; ``None`` where days have no dates.

    Raises
    ------
    ConfigError
        When no day is called so, or several are and only one is meant; "mon,thu" means both.
    """
    if day == EVERY_DAY or is_all_but(str(day)):
        return tuple(sorted(days_without([str(day)], count, start)))
    word: DayWord = day if isinstance(day, int) else read_day(day)
    if isinstance(word, int) and word > count:
        raise fault(ConfigError, "day_put_beyond", count=count, word=word)
    return days_told(word, count, start)


def read_without_on(text: str) -> tuple[str, list[str]]:
    """Read ``"meat:mon,wed,fri"`` as a name and days as typed; ``"meat:none"`` has no days.

    Raises
    ------
    ConfigError
        When the text has another form, or one of its days is none.
    """
    name, colon, days = text.rpartition(":")
    if not colon:
        raise fault(ConfigError, "no_days_without", text=text)
    return read_name(name), [] if days.strip().casefold() == NONE else read_days_off(days)


def read_days_off(text: str) -> list[str]:
    """Read ``"mon,wed,fri"`` as days, each as typed."""
    return [_off_day(day.strip()) for day in text.split(",")]


def _off_day(text: str) -> str:
    found = _LATER.fullmatch(text)
    if found is None:
        return str(read_put_day(text))
    return f"{found['how'].lower()} {kept_day(read_day(found['day']))}"


def is_weekly(day: str) -> bool:
    """Whether a day as it is kept comes again each week."""
    word = find_day(day)
    is_weekday = isinstance(word, NamedDay) and word.is_weekday and not word.numbers
    return day == EVERY_DAY or is_all_but(day) or is_weekday


def names_days(text: str) -> bool:
    """Whether a text ends with days as ``read_without_on`` reads them."""
    _, colon, days = text.rpartition(":")
    return bool(colon) and all(find_day(day) is not None for day in days.split(","))


def days_without(days: Sequence[str], count: int, start: date | None) -> frozenset[int]:
    """Return the numbers of the days that any of the words name; arguments as of ``days_put``.

    Raises
    ------
    ConfigError
        When no day is called so.
    """
    found = set[int]()
    for day in days:
        if day == EVERY_DAY or is_all_but(day):
            found.update(days_but(day, count, start))
            continue
        later = _LATER.fullmatch(day)
        word = read_day(later["day"] if later else day)
        if later:  # the first such day, which may lie behind the last one
            found.update(range(_first_later(later, word, count, start), count + 1))
        else:
            found.update(days_meant(word, count, start))
    return frozenset(found)


def _first_later(later: re.Match[str], word: DayWord, count: int, start: date | None) -> int:
    when = None if isinstance(word, int) else word.whole_date
    if lasts([later[0]]) and start and when and when < start:
        return 1
    first = days_meant(word, max(count, int(known_ranges()["days"].high)), start)[0]
    return first if lasts([later[0]]) else first + 1


def lasts(days: Sequence[str]) -> bool:
    """Whether what is left out on days is left out from one on, and in weeks to come."""
    return any(_how_later(day) == FROM for day in days)


def _how_later(day: str) -> str:
    later = _LATER.fullmatch(day)
    return {"after": AFTER, "from": FROM}[later["how"].lower()] if later else ""


def on_days(name: str, days: Sequence[str], *, is_let_go: bool = False) -> str:
    """Describe what is left out on some days, or, let go, eaten: ``"no milk after fri"``."""
    told = ", ".join(days)
    later = _LATER.fullmatch(told)
    pattern = _ON_DAYS[_how_later(told)][is_let_go]
    return pattern.format(name=named(name), days=later["day"] if later else told)


GRAMS = ":300g"
USE_FOOD, USE_DISH = f"{{name}}{GRAMS}", "{name}:2 portions"
FROZEN, GOOD_UNTIL = "{name}, frozen", "{name} by {day}"
PACK, SLICE, LOAF = "pack", "slice", "loaf"
_SHOP, _PACKAGES = "shop/shop.toml", "shop/us.csv"
_AMOUNT_LAST = re.compile(r"^(\D+?)[\s,]+(\d.*)")  # black beans 6 tins
_ALSO = re.compile(r"^.*\d.*[^\W\d].*(?:[,;&]|\band\b)\s*\d")  # 2 bananas, 3 apples
_PACKED = re.compile(r"(\d+(?:[.,]\d+)?|\w+) (?:an? )?(\w+) (?:of )?(\S.*)")  # 1 bag of edamame
_USE, _DAY = r"(?P<use>.*[^\s,])[,\s]+", r"(?P<day>[^:]+)(?P<mass>:.*)?"
_BY = re.compile(rf"{_USE}(?:(?:use|best|eat) )?(?:by|until|till|for) {_DAY}")
_ON = re.compile(rf"{_USE}(?=[^\W\d]){_DAY}")  # 1 kg potatoes, tomorrow


def read_use(text: str) -> tuple[str, float] | LeftDish:
    """Read what ``read_food_use`` does, or portions of a dish: ``"3 portions lentil stew"``."""
    return _dish_left(text) or read_food_use(text)


def read_food_use(text: str) -> tuple[str, float]:
    """Read ``"lentils, dry:300g"`` as a food that is to be used up and its mass as bought [g].

    Raises
    ------
    ConfigError
        When the text has another form, as portions of a dish have, or the mass is out of range.
    """
    whole, day = use_by(text)
    if day:
        name, mass_g = read_food_use(whole)
        meant = _one_meant(name)  # a date is of just that
        return GOOD_UNTIL.format(name=meant.name if meant else name, day=day), mass_g
    if left := _dish_left(text):
        raise ConfigError(leftover_by_flag(left))
    name, colon, mass = text.rpartition(":")
    if not colon:
        return _use_of_line(text)
    try:
        mass_g = read_mass_g(mass)
    except ConfigError:
        if not mass.strip()[:1].isalnum():
            raise
        return _use_of_line(f"{mass} {name}")
    is_few = mass.strip().isdecimal() and mass_g in known_ranges()["few_pieces"]
    pieces = _line_meant(f"{mass} {name}") if is_few else None  # eggs:6
    if is_few and not pieces and (bare := made_from(name.strip(), read_embedded_foods())):
        return read_name(name), read_food_use(f"{bare}:{mass}")[1]  # leftover eggs:3
    return pieces or (read_name(name), _in_range(text, mass.strip(), mass_g))


def _in_range(text: str, mass: str, mass_g: float) -> float:
    likely = known_ranges()["use_g"]
    if not mass_g or mass_g not in likely:
        raise fault(ConfigError, "use_outside", text=text, mass=mass, use_g=likely)
    return mass_g


def use_by(text: str) -> tuple[str, str]:
    """Split what is to be eaten by a day, ``"spinach:300g by wed"``; an empty day without one."""
    found = _BY.fullmatch(text.strip()) or _ON.fullmatch(text.strip())
    word = find_day(found["day"]) if found else None
    if found is None or word is None:
        return text, ""
    return f"{found['use']}{found['mass'] or ''}", str(kept_day(word))


def of_one_food(text: str) -> str:
    """Return a text back; raise ``ConfigError`` where it has amounts of several foods."""
    if _ALSO.match(text):
        raise fault(ConfigError, "several_to_use", text=text)
    return text


def amount_first(text: str) -> str:
    """Turn ``tofu 400g`` around, as a line of a recipe has it."""
    return _AMOUNT_LAST.sub(r"\2 \1", text).strip()


def usually_bought(name: str) -> str:
    """Return the food that people mean by a name, as it is bought; the name where that is open."""
    meant = _one_meant(name)
    return meant.food_id if meant else name


def frozen_name(name: str) -> str:
    """Return a frozen thing's name without the words that say it is frozen; empty without them."""
    words = "|".join(read_settings(_SHOP)["in_freezer"]["words"])
    around = rf"^(?:{words}),?\s+|,?\s+\(?(?:{words})\)?$"
    bare = re.sub(around, "", name.strip(), flags=re.IGNORECASE)
    return bare if bare != name.strip() else ""


def _dish_left(text: str) -> LeftDish | None:
    """Read portions of a dish; ``None`` where none are named, or a raw food is."""
    left = portions_left(text)
    if left is None or not (left.is_dish or _line_meant(text) is None):
        return None
    if is_beside(left.name):
        raise ConfigError(beside_said(left.dish))
    if (example := _example_of(left.name)).endswith(GRAMS):  # green beans are no bean salad
        told = example.format(name=left.dish)
        raise fault(ConfigError, "no_mass_to_use", text=text, use_example=told)
    return left


def _use_of_line(text: str) -> tuple[str, float]:
    """Read a line as of a recipe, ``"2 chicken breasts"``: the food as bought, and its mass [g]."""
    found = _found_in(of_one_food(text))
    if found is None:
        raise _no_amount(text)
    return found


def _found_in(text: str) -> tuple[str, float] | None:
    """Read such a line, also by what is frozen or cooked in it; ``None`` where no mass is known."""
    found = _line_or_packs(text) or _line_or_packs(text)
    if found is None and (bare := frozen_name(text)):
        thawed = _found_in(bare)
        return thawed and (FROZEN.format(name=thawed[0]), thawed[1])
    found = (
        found
        or _measured(amount_first(text))
        or _measured(amount_first(text))
        or _packs_meant(f"1 {text}")  # loaf of bread
    )
    name = parse_line(text).name
    if found is None and name != text and (raw := made_from(name, read_embedded_foods())):
        made = _found_in(text.replace(name, raw))
        return made and (name, made[1])
    return found


def _no_amount(text: str) -> ConfigError:
    """State that no amount is said, or that nobody knows what the one that is said weighs."""
    opened = rf"^(?:{'|'.join(read_settings(_SHOP)['leftovers']['opened'])})\s+"
    line = parse_line(re.sub(opened, "1 ", text.strip(), flags=re.IGNORECASE))
    foods, name = read_embedded_foods(), cooked_name(text) or text.strip()
    is_made = _one_meant(made_from(name, foods)) is not None
    is_cooked = cooked_name(text) or is_made or looked_up_alone(name, foods)
    bare = name if is_cooked else ""
    pattern = _example_of(bare) if bare else USE_FOOD
    if not pattern and is_beside(bare):
        return ConfigError(beside_said(text))
    if not pattern:
        return fault(ConfigError, "left_over_no_amount", text=text)
    words = " ".join(
        word for word in line.name.split() if word.casefold() not in read_words()["parts"]
    )
    example = pattern.format(name=words if line.amount else text.strip())
    if line.amount:
        return fault(ConfigError, "no_mass_to_use", text=text, use_example=example)
    return fault(ConfigError, "no_amount_to_use", text=text, use_example=example)


def _example_of(left: str) -> str:
    """Return how an amount is said of what is left over; empty where no plan takes any of it.

    What a cook did to a food ("steamed broccoli") is left away: it is known by its own name.
    """
    known, rule = read_lookup_foods(), read_settings(_SHOP)["leftovers"]
    food = _one_meant(left) or _one_meant(made_from(left, read_embedded_foods()))
    put = read_settings("meals/portions.toml")["put"]
    apart = {*rule["eaten_whole"], *put["held"]["apart"]}
    is_apart = food is not None and (food.group in apart or food.base in rule["not_used"])
    if left.casefold() in put["no_dish"] or is_apart:
        return ""
    if food is not None and left.casefold() not in rule["dish_words"]:
        own = rule["called"].get(food.base, food.base.replace("_", " "))
        return USE_FOOD if _is_called(left, food) else f"{rule['words'][0]} {own}{GRAMS}"
    if is_beside(left):
        return ""
    dish = looked_up_alone(left, read_embedded_foods())
    is_dish = food or usual_id(left) in known or (dish and _is_called(left, dish))
    return USE_DISH if is_dish else ""


def _is_called(left: str, food: Food) -> bool:
    """Whether all words of what is left over are of a food's name."""
    own, said = (
        {word.strip(",()").removesuffix("s") for word in words.casefold().split()}
        for words in (f"{food.name} {food.base.replace('_', ' ')}", left)
    )
    return said <= own


def _line_or_packs(text: str) -> tuple[str, float] | None:
    turned = amount_first(text)
    amount, packs = parse_line(turned).amount, _packs_meant(turned)
    if packs and not (amount and amount.unit):  # "1 loaf sourdough" is no slice
        return packs
    return _line_meant(text) or _line_meant(turned) or packs


def _measured(text: str) -> tuple[str, float] | None:
    """Read how much there is of what may be any of several foods: ``400 g tofu``, ``1 l milk``."""
    foods, line = read_embedded_foods(), parse_line(text)
    usual, words = usual_id(line.name), read_words()
    if line.amount is None or not line.name or line.doubts:
        return None
    if line.amount.unit in words["mass_g"]:
        mass_g = line.amount.count * words["mass_g"][line.amount.unit]
        return line.name, _in_range(text, f"{mass_g:g} g", mass_g)
    is_volume = line.amount.unit in words["volume_ml"] and usual in foods
    found = match_answered(text, foods[usual], foods) if is_volume else None
    if found is None or not found.mass_g or found.food_id is None:
        return None
    share = bought_for(foods[found.food_id], foods)[1]  # a cup of dry beans is told as cooked
    return line.name, round(found.mass_g * share, 1)


def _one_meant(name: str) -> Food | None:
    """Return the one food that a name means as it is bought; ``None`` where it means none."""
    foods = read_embedded_foods()
    line = match_line(f"1 g {name}", foods)
    own_id = line.food_id if line.is_sure and line.food_id else usual_id(name)
    return bought_for(foods[own_id], foods)[0] if own_id in foods else None


def _packs_meant(text: str) -> tuple[str, float] | None:
    """Read packages as shops of the US sell them: ``"1 bag of edamame"``, ``"a jar of tahini"``."""
    found, words = _PACKED.fullmatch(text), read_words()
    numbers = words["numbers"] | words["parts"]
    count = numbers.get(found[1].lower(), found[1].replace(",", ".")) if found else "-"
    food = _one_meant(found[3]) if found and re.fullmatch(r"[\d.]+", str(count)) else None
    if found is None or food is None:
        return None
    pack = found[2].lower()
    kinds = {pack, pack.removesuffix("s"), words["units"].get(pack, pack)}
    said_as: dict[str, str] = read_settings(_SHOP)["packs"]["said_as"]
    kinds |= {said_as.get(kind, kind) for kind in kinds}
    own = [row for row in read_rows(_PACKAGES) if row["food_id"] == food.food_id]
    fit = [package for package in own if package["pack"] in kinds] or (own if PACK in kinds else [])
    sizes = [float(package["size_g"]) for package in fit]
    return (food.name, round(float(count) * min(sizes), 1)) if sizes else None


def _line_meant(text: str) -> tuple[str, float] | None:
    foods = read_embedded_foods()
    line = match_line(text, foods)
    if not line.is_sure or line.food_id is None or line.mass_g is None:
        return None
    amount = line.line.amount
    if amount and not amount.unit and amount.count not in known_ranges()["pieces"]:
        return None  # 200 of spinach are no leaves
    is_sliced = foods[line.food_id].serving.measure.name == SLICE
    if amount and not amount.unit and is_sliced:  # half a bread is half a loaf
        return _packs_meant(f"{amount.count:g} {LOAF} {line.line.name}")
    if made_from(line.line.name, foods):
        return line.line.name, round(line.mass_g, 1)
    food, gross_g = bought_for(foods[line.food_id], foods)
    is_mass = amount is not None and amount.unit in read_words()["mass_g"]
    is_weighed = is_mass and food.food_id == line.food_id
    return food.name, round(line.mass_g * (1.0 if is_weighed else gross_g), 1)
