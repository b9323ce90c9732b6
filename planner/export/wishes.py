"""What was asked for, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from foods.embedded import read_embedded_foods
from foods.supplement import find_supplement
from planner.candidates.used_up import AND
from planner.export.figures import band_text
from planner.export.who import number_label
from planner.kitchen.bought import need_in_words
from planner.meals.habits import habit_said
from planner.meals.patterns import DEFAULT_PATTERN, SLOTS, pattern_ids, read_pattern
from planner.request.day_words import MONTHS
from planner.request.days import DAYS_PER_WEEK, absent_days, date_of, menu_days
from planner.request.diets import OMNIVORE, find_diet
from planner.request.eater import WHOLE, Eater, Guests
from planner.request.food_plans import food_plan_country, food_plan_months, food_plans_of
from planner.request.meal_hours import DAY, meal_of
from planner.request.override import TargetOverride
from planner.request.preferences import COLD, HOME, LEFTOVERS, PACKED, Preferences, PreferencesTable
from planner.request.profile import KEEP
from planner.request.put import on_days
from planner.request.request import PlanRequest, WeekOptions
from planner.request.since import MINUTES_ON, apart_key
from planner.request.wish import wishes_in
from planner.safety.hours import as_clock
from planner.safety.often import WEEKDAYS
from planner.settings import read_settings
from planner.shops import currency, money_of, named, price_as, shops
from planner.targets.adjust import holds_each_day
from planner.targets.bounds import LOWER, UPPER
from planner.targets.words import name_within, unit_word
from planner.wording import lowered, plural

_LUNCHES: Mapping[str, str] = {
    HOME: "lunch at home",
    PACKED: "lunch on weekdays from a box, warmed up there",
    COLD: "lunch on weekdays from a box, eaten cold",
    LEFTOVERS: "lunch on weekdays from the dinner of the evening before, where possible",
}
_MADE_IN, _NOT_COOKED = "{meal} in at most {minutes} minutes", "{meal} not cooked"
_WHEN = ("on average", "each day")  # whether each day is held to a bound


def wishes_text(
    request: PlanRequest,
    with_left_out: bool = True,
    used: Mapping[str, tuple[float, float]] | None = None,
) -> str:
    """Say all that was asked for; empty for someone who eats everything and asked for nothing.

    Parameters
    ----------
    request
        What was asked for.
    with_left_out
        False where the readings of what is left out stand beside it.
    used
        Food to be used up, several names of one joined by ``AND`` → how much of it the plan and its
        freezer take, as bought [g]; ``None`` where that is not said.
    """
    wanted = request.preferences
    diet = find_diet(wanted.diet).name.lower()
    words = [diet] if wanted.diet != OMNIVORE else []
    words += [_since(_target_text(one), wanted, one.nutrient) for one in request.overrides]
    if (kcal := request.profile.energy_kcal) is not None:
        words.append("{energy} kcal a day".format(energy=f"{kcal:,.0f}"))
    if request.profile.goal != KEEP:
        words.append(read_settings("energy.toml")["goals"]["told"][request.profile.goal])
    if wanted.without and with_left_out:
        words.append("without {names}".format(names=", ".join(map(named, wanted.without))))
    words += [_pattern_text(request)] if request.week.pattern != DEFAULT_PATTERN else []
    if wanted.kitchen:
        names = ", ".join(wanted.kitchen)
        words.append(f"kitchen: {names}")
    words += _limit_texts(wanted)
    taken = [lowered(named(find_supplement(one.name).label)) for one in request.supplements]
    names = ", ".join(dict.fromkeys(taken))
    words += [f"{names} taken"] if taken else []
    words += _wish_texts(request)
    words += [habit_said(name, figure) for name, figure in request.habits.items()]
    words += [f"{cups} × {named(name)} a day" for name, cups in wanted.drinks.items() if cups]
    words += [one.text for one in request.week.put]
    words += _use_texts(wanted.use, used)
    water = request.water
    if water.is_drunk:
        litres = f"{water.litres:g}"
        words.append(f"{litres} L of {water.name} water")
    return "; ".join(words)


def _use_texts(
    wanted: Mapping[str, float], used: Mapping[str, tuple[float, float]] | None
) -> Iterator[str]:
    """Say what is to be used up, and how much of it is: of one food in two wishes their sum."""
    joined = [names for one in used or () if wanted.keys() >= {*(names := one.split(AND))}]
    known = {*chain.from_iterable(joined)}
    for names in (*joined, *([one] for one in wanted if one not in known)):
        mass_g = sum(map(wanted.__getitem__, names))
        name = " and ".join(_as_read(one, wanted[one]) for one in names)
        mass = f"{mass_g:,.0f}"
        if used is None:
            yield f"{mass} g of {name} to use up"
            continue
        taken_g, frozen_g = used.get(AND.join(names), (0.0, 0.0))
        told = "{taken} of {mass} g of {name} used up"
        if frozen_g:
            told = "{taken} of {mass} g of {name} used up, and {frozen} g cooked for the freezer"
        taken, frozen = (f"{one:,.0f}" for one in (min(taken_g, mass_g), frozen_g))
        yield told.format(taken=taken, mass=mass, name=name, frozen=frozen)


def _as_read(name: str, mass_g: float) -> str:
    """Name what is to be used up, with the pieces that so much of a food was said to be."""
    food = next((one for one in read_embedded_foods() if one.name == name), None)
    if food is not None:
        words, bracket, _mass = need_in_words(food, mass_g, "metric").partition(" (")
        if bracket:
            return f"{named(name)} ({words})"
    return named(name)


def _limit_texts(wanted: Preferences) -> list[str]:
    """Say what minutes, money and the like are held to, each by its wish's own sentence."""
    words = []
    for wish in wishes_in("preferences", PreferencesTable):
        value = getattr(wanted, wish.key, None)
        if wish.flag.told and (value or (value == 0 and value is not False)):
            price = _price_text(value) if wish.key == "budget_per_week" else ""
            told = wish.flag.told.format(minutes=value, count=value, price=price)
            if wish.key == "max_minutes_breakfast" and not value:
                told = _NOT_COOKED.format(meal=SLOTS[0])
            words.append(_since(told, wanted, wish.key))
    if wanted.lunch:
        words.append(_since(_LUNCHES[wanted.lunch], wanted, "lunch"))
    if wanted.food_plan:
        words.append(_food_plan_text(wanted.food_plan))
    return words


def _food_plan_text(plan: str) -> str:
    """Say whose figure a budget is that was named after a food plan, and of when."""
    country = food_plan_country(plan, shops())
    told = "as by {whose} ({month}), with a stocked kitchen"
    if money_of(country) != money_of(shops()):
        told = "as by {whose} ({month}), converted to {currency}, with a stocked kitchen"
    whose = food_plans_of(country)["whose"].format(plan=plan)
    return told.format(whose=whose, month=_months(plan, country), currency=currency())


def _since(told: str, wanted: Preferences, name: str) -> str:
    """Say from which day a wish holds, where it was asked for while the week ran."""
    day = wanted.since.get(name)
    return f"{told} from {day} on" if day else told


def _months(food_plan: str, country: str) -> str:
    """Say of when the figures of a food plan are: ``"September 2025"``."""
    made, told = (_month(month) for month in food_plan_months(food_plan, country))
    if made == told:
        return told
    known = "{made}, carried to {month} by the thrifty plan and never below it"
    return known.format(made=made, month=told)


def _month(text: str) -> str:
    year, month = text.split("-")
    return f"{MONTHS[int(month) - 1]} {year}"


def _price_text(price_usd: float) -> str:
    price = price_as(price_usd)
    return price.removesuffix(".00")


def _target_text(asked: TargetOverride) -> str:
    """Say a bound that was asked for: ``"magnesium at least 450 mg on average"``."""
    bands: dict[str, dict[str, str]] = {}
    for side, value in asked.sides.items():
        when = _WHEN[holds_each_day(asked, side, value)]
        bands.setdefault(when, {})[side] = f"{value:g}"
    unit = unit_word(asked.nutrient)
    words = (
        " ".join(filter(None, (band_text(own.get(LOWER, ""), own.get(UPPER, "")), unit, when)))
        for when, own in bands.items()
    )
    name = name_within(asked.nutrient).removesuffix(" (share of energy)")
    return f"{name} {' and '.join(words)}"


def _wish_texts(request: PlanRequest) -> list[str]:
    """Say likes, frequencies, and meals that are eaten elsewhere or not at all."""
    wanted, week = request.preferences, request.week
    senses = {">=": "{name} at least {count} a week", "<=": "{name} at most {count} a week"}
    liked = (("likes {names}", wanted.like), ("dislikes {names}", wanted.dislike))
    meals = (
        ("eaten out {meals}", [one for one in week.skip if _is_out(week, *one)]),
        ("not eaten {meals}", week.not_eaten),
    )
    free = ", ".join(_holiday_texts(week))
    at_table = "at the table {days}".format(days=", ".join(week.at_table))
    shop = f"trips to the store for all of it: {week.trips}"
    return [
        *([shop] if week.trips else []),
        *([at_table] if week.at_table else []),
        *(pattern.format(names=", ".join(map(named, names))) for pattern, names in liked if names),
        *(
            _since(
                senses[one.sense].format(name=named(one.name), count=one.count), wanted, str(one)
            )
            for one in wanted.per_week
        ),
        *(on_days(name, days) for name, days in wanted.without_on.items()),
        *(
            _since(
                (_MADE_IN if minutes else _NOT_COOKED).format(meal=_meal_on(key), minutes=minutes),
                wanted,
                MINUTES_ON,
            )
            for key, minutes in wanted.max_minutes_on.items()
        ),
        *more_energy_texts(wanted),
        *(
            _since(
                f"{name} {days} days apart",
                wanted,
                apart_key(name, days),
            )
            for name, days in wanted.min_days_between.items()
        ),
        *(
            pattern.format(meals=", ".join(_meal_texts(week, those)))
            for pattern, those in meals
            if those
        ),
        *(f"{_meal_on(key)} at {as_clock(hour)}" for key, hour in week.meals_at.items()),
        *_guest_texts(week),
        *([f"with the time of a weekend {free}"] if free else []),
    ]


def _holiday_texts(week: WeekOptions) -> Iterator[str]:
    """Name the days that have the time of a weekend as they were asked for."""
    for one in week.holidays:
        when = date_of(week, one) if isinstance(one, int) else None
        yield number_label(one, {one: when}) if isinstance(one, int) and when else str(one)


def _is_out(week: WeekOptions, day: int, slot: str) -> bool:
    return (day, slot) not in week.not_eaten and day not in absent_days(week)


def more_energy_texts(wanted: Preferences) -> list[str]:
    """Say which days need more energy: ``"400 kcal more on tue, thu"``."""
    told = "{energy} kcal more on {days}"
    return [
        told.format(energy=f"{kcal:,.0f}", days=days.replace(",", ", "))
        for days, kcal in wanted.more_energy.items()
        if kcal
    ]


def _meal_on(key: str) -> str:
    """Name a meal that has an hour: ``"dinner"``, ``"dinner on mon, tue"``."""
    days, _colon, slot = meal_of(key).rpartition(":")
    told = "all meals of a day together" if slot == DAY else slot
    return "{meal} on {days}".format(meal=told, days=days.replace(",", ", ")) if days else told


def _meal_texts(week: WeekOptions, meals: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Name meals: ``"every lunch"``, ``"Wed (day 3):dinner"``, ``"Wed 4 Mar:dinner"``.

    A day of which all meals are meant is named alone.
    """
    counts = Counter(slot for _day, slot in meals)
    every = [slot for slot, count in counts.items() if count == menu_days(week) > 1]
    yield from (f"every {slot}" for slot in every)
    told = dict[str, None]()
    for day, slot in (one for one in meals if one[1] not in every):
        when = date_of(week, day)
        date = "" if when is None else number_label(day, {day: when})
        if {(day, one) for one in week.slots} <= {*meals} and len(week.slots) > 1:
            told[date or f"day {day}"] = None
        else:
            weekday = WEEKDAYS[(day - 1) % DAYS_PER_WEEK]
            named_so = f"{weekday} (day {day})"
            told[f"{date or named_so}:{slot}"] = None
    yield from told


def _guest_texts(week: WeekOptions) -> Iterator[str]:
    """Say who comes to which meals: ``"2 guests at 6:dinner (vegan, without peanut)"``."""
    meals: dict[Guests, list[tuple[int, str]]] = {}
    for one in week.guests:
        meals.setdefault(replace(one, day=0, slot=""), []).append((one.day, one.slot))
    for alike, those in meals.items():
        diet = "" if alike.diet == OMNIVORE else find_diet(alike.diet).name.lower()
        names = ", ".join(map(named, alike.without))
        size = f"{round(alike.servings, 2):g}"
        eaten = (
            diet,
            f"without {names}" if names else "",
            "" if alike.servings == WHOLE else f"{size} servings each",
        )
        told = plural(alike.count, "{count} guest at {meals}", "{count} guests at {meals}")
        where = ", ".join(_meal_texts(week, those))
        behind = ", ".join(filter(None, eaten))
        yield told.format(count=alike.count, meals=where) + (f" ({behind})" if behind else "")


def own_wishes_text(eater: Eater, used: Mapping[str, tuple[float, float]] | None = None) -> str:
    """Say what one eater of several wants beside what holds for all; ``used`` as of all."""
    own = PlanRequest(
        preferences=eater.preferences,
        week=WeekOptions(at_table=eater.days),
        supplements=eater.supplements,
        overrides=eater.overrides,
        habits=eater.habits,
    )
    return wishes_text(own, used=used)


def _pattern_text(request: PlanRequest) -> str:
    """Name the meal pattern; an own one is not read, since its file may be elsewhere."""
    name = request.week.pattern
    is_shipped = name in pattern_ids()
    if not is_shipped:
        return "meals: a pattern of one's own"
    return f"meals: {read_pattern(name).name}"
