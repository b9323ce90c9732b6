"""Who a plan is for, and when its days are, in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from foods.supplement import find_supplement
from planner.export.figures import band_text
from planner.language.figures import date_as, number_text, price_as
from planner.language.names import named, slot_within
from planner.language.spoken import _, is_english, mark, spoken
from planner.meals.habits import habit_said
from planner.meals.patterns import DEFAULT_PATTERN, pattern_at_hand, pattern_ids, read_pattern
from planner.plan.plan import Day, Plan
from planner.request.day_words import MONTHS
from planner.request.day_words import day_label as date_label
from planner.request.days import DAYS_PER_WEEK, absent_days, date_of, menu_days
from planner.request.diets import OMNIVORE, find_diet
from planner.request.eater import Eater
from planner.request.food_plans import food_plan_month
from planner.request.meal_hours import meal_of
from planner.request.override import TargetOverride
from planner.request.preferences import COLD, HOME, LEFTOVERS, PACKED, Preferences, PreferencesTable
from planner.request.profile import KEEP, Profile
from planner.request.put import on_days
from planner.request.request import PlanRequest, WeekOptions
from planner.request.wish import wishes_in
from planner.safety.often import WEEKDAYS
from planner.safety.schedule import as_clock
from planner.settings import read_settings
from planner.standards.standard import standard_label
from planner.targets.adjust import holds_each_day
from planner.targets.bounds import LOWER, UPPER
from planner.targets.words import name_within, person_word, unit_word

_FIELD_NAMES = {
    "age_y": mark("age"),
    "height_cm": mark("height"),
    "weight_kg": mark("weight"),
    "activity": mark("activity"),
    "sex": mark("sex"),
}
ACTIVITIES = (mark("inactive"), mark("low active"), mark("active"), mark("very active"))
_OF_BLOOD = (
    mark("eGFR {figure}"),
    mark("magnesium {figure} mg/dL in the blood"),
    mark("potassium {figure} mmol/L in the blood"),
)
_LUNCHES: Mapping[str, str] = {
    HOME: mark("lunch at home"),
    PACKED: mark("lunch on weekdays from a box, warmed up there"),
    COLD: mark("lunch on weekdays from a box, eaten cold"),
    LEFTOVERS: mark("lunch on weekdays from the dinner of the evening before, where possible"),
}
_WHEN = (mark("on average"), mark("each day"))  # whether each day is held to a bound
PEOPLE = (mark("woman"), mark("man"), mark("girl"), mark("boy"))


def people_in(request: PlanRequest) -> frozenset[str]:
    """Say who eats, so that the same people are called the same: by name, sex and age."""
    eaters = [(f"{one.name}, ", one.profile) for one in request.eaters] or [("", request.profile)]
    return frozenset(f"{name}{_(person_word(one))}, {one.age_y}" for name, one in eaters)


def person_text(request: PlanRequest) -> str:
    """Say who eats: ``"woman, 55, 165 cm, 65 kg, low active, US"``."""
    profile = request.profile
    words = (
        _(person_word(profile)),
        str(profile.age_y),
        _state_text(profile),
        f"{profile.height_cm:.0f} cm",
        f"{profile.weight_kg:.0f} kg",
        _(profile.activity.replace("_", " ")),
        standard_label(request.standard),
        *(
            _(pattern).format(figure=number_text(f"{figure:.3g}"))
            for pattern, figure in zip(_OF_BLOOD, _figures(profile), strict=True)
            if figure is not None
        ),
    )
    return ", ".join(filter(None, words))


def _figures(profile: Profile) -> tuple[float | None, ...]:
    """Give eGFR, magnesium and potassium as a laboratory found them."""
    return profile.egfr, profile.serum_mg_mg_dl, profile.serum_k_mmol_l


def is_clinical(request: PlanRequest) -> bool:
    """Whether something was said of the body that the notes on a plan hang on."""
    profile, patient = request.profile, request.patient
    return bool(
        pattern_at_hand(request.week.pattern).note
        or patient.said
        or patient.taken
        or patient.conditions
        or request.supplements
        or request.allow_supplements
        or profile.clinic
        or profile.state != "none"
        or any(one is not None for one in _figures(profile))
    )


def assumed_text(request: PlanRequest) -> str:
    """Name what nobody gave: ``"height, weight"``; empty when all was given."""
    return ", ".join(_(_FIELD_NAMES.get(name, name)) for name in request.assumed)


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
        Food to be used up → how much of it the plan and its freezer take, as bought [g]; ``None``
        where that is not said.
    """
    wanted = request.preferences
    diet = find_diet(wanted.diet).name.lower()
    words = [_(diet)] if wanted.diet != OMNIVORE else []
    words += [_target_text(one) for one in request.overrides]
    if (kcal := request.profile.energy_kcal) is not None:
        words.append(_("{energy} kcal a day").format(energy=number_text(f"{kcal:,.0f}")))
    if request.profile.goal != KEEP:
        words.append(_(read_settings("energy.toml")["goals"]["told"][request.profile.goal]))
    if wanted.without and with_left_out:
        words.append(_("without {names}").format(names=", ".join(map(named, wanted.without))))
    words += [_pattern_text(request)] if request.week.pattern != DEFAULT_PATTERN else []
    words += _limit_texts(wanted)
    labels = [find_supplement(one.name).label for one in request.supplements]
    taken = [f"{label[:1].lower()}{label[1:]}" for label in labels]
    names = ", ".join(dict.fromkeys(taken))
    words += [_("{names} taken").format(names=names)] if taken else []
    words += _wish_texts(request)
    words += [spoken(habit_said(name, figure)) for name, figure in request.habits.items()]
    words += [
        _("{cups} × {name} a day").format(cups=cups, name=name)
        for name, cups in wanted.drinks.items()
        if cups
    ]
    words += [spoken(one.text) for one in request.week.put]
    words += [_use_text(one, mass_g, used) for one, mass_g in wanted.use.items()]
    water = request.water
    if water.is_drunk:
        litres = number_text(f"{water.litres:g}")
        words.append(_("{litres} L of {name} water").format(litres=litres, name=water.name))
    return "; ".join(words)


def _use_text(name: str, mass_g: float, used: Mapping[str, tuple[float, float]] | None) -> str:
    """Say what is to be used up, and how much of it is."""
    mass = number_text(f"{mass_g:,.0f}")
    if used is None:
        return _("{mass} g of {name} to use up").format(mass=mass, name=named(name))
    taken_g, frozen_g = used.get(name, (0.0, 0.0))
    told = _("{taken} of {mass} g of {name} used up")
    if frozen_g:
        told = _("{taken} of {mass} g of {name} used up, and {frozen} g cooked for the freezer")
    taken, frozen = (number_text(f"{one:,.0f}") for one in (min(taken_g, mass_g), frozen_g))
    return told.format(taken=taken, mass=mass, name=named(name), frozen=frozen)


def _limit_texts(wanted: Preferences) -> list[str]:
    """Say what minutes, money and the like are held to, each by its wish's own sentence."""
    words = []
    for wish in wishes_in("preferences", PreferencesTable):
        value = getattr(wanted, wish.key, None)
        if wish.flag.told and (value or (value == 0 and value is not False)):
            price = _price_text(value) if wish.key == "budget_per_week" else ""
            words.append(_(wish.flag.told).format(minutes=value, count=value, price=price))
    if wanted.lunch:
        words.append(_(_LUNCHES[wanted.lunch]))
    if wanted.food_plan:
        told = _("as by the {plan} food plan of the USDA ({month}), with a stocked kitchen")
        words.append(told.format(plan=_(wanted.food_plan), month=_month(wanted.food_plan)))
    return words


def _month(food_plan: str) -> str:
    """Say of which month the figures of a food plan are: ``"September 2025"``."""
    year, month = food_plan_month(food_plan).split("-")
    return f"{_(MONTHS[int(month) - 1])} {year}"


def _price_text(price_usd: float) -> str:
    price = price_as(price_usd)
    return price.removesuffix(".00") if is_english() else price


def _target_text(asked: TargetOverride) -> str:
    """Say a bound that was asked for: ``"magnesium at least 450 mg on average"``."""
    bands: dict[str, dict[str, str]] = {}
    for side, value in asked.sides.items():
        when = _WHEN[holds_each_day(asked, side, value)]
        bands.setdefault(when, {})[side] = number_text(f"{value:g}")
    unit = unit_word(asked.nutrient)
    words = (
        " ".join(filter(None, (band_text(own.get(LOWER, ""), own.get(UPPER, "")), unit, _(when))))
        for when, own in bands.items()
    )
    name = name_within(asked.nutrient).removesuffix(_(" (share of energy)"))
    return f"{name} {_(' and ').join(words)}"


def _wish_texts(request: PlanRequest) -> list[str]:
    """Say likes, frequencies, and meals that are eaten elsewhere or not at all."""
    wanted, week = request.preferences, request.week
    senses = {">=": _("{name} at least {count} a week"), "<=": _("{name} at most {count} a week")}
    liked = ((_("likes {names}"), wanted.like), (_("dislikes {names}"), wanted.dislike))
    meals = (
        (_("eaten out {meals}"), [one for one in week.skip if _is_out(week, *one)]),
        (_("not eaten {meals}"), week.not_eaten),
    )
    at_table = _("at the table {days}").format(days=", ".join(week.at_table))
    return [
        *([at_table] if week.at_table else []),
        *(pattern.format(names=", ".join(map(named, names))) for pattern, names in liked if names),
        *(
            senses[one.sense].format(name=named(one.name), count=one.count)
            for one in wanted.per_week
        ),
        *(spoken(on_days(name, days)) for name, days in wanted.without_on.items()),
        *(
            _("{meal} in at most {minutes} minutes").format(meal=_meal_on(key), minutes=minutes)
            for key, minutes in wanted.max_minutes_on.items()
        ),
        *more_energy_texts(wanted),
        *(
            _("{name} {days} days apart").format(name=name, days=days)
            for name, days in wanted.min_days_between.items()
        ),
        *(
            pattern.format(meals=", ".join(_meal_texts(week, those)))
            for pattern, those in meals
            if those
        ),
        *(
            _("{meal} at {hour}").format(meal=_meal_on(key), hour=as_clock(hour))
            for key, hour in week.meals_at.items()
        ),
    ]


def _is_out(week: WeekOptions, day: int, slot: str) -> bool:
    return (day, slot) not in week.not_eaten and day not in absent_days(week)


def more_energy_texts(wanted: Preferences) -> list[str]:
    """Say which days need more energy: ``"400 kcal more on tue, thu"``."""
    told = _("{energy} kcal more on {days}")
    return [
        told.format(energy=number_text(f"{kcal:,.0f}"), days=days.replace(",", ", "))
        for days, kcal in wanted.more_energy.items()
        if kcal
    ]


def _meal_on(key: str) -> str:
    """Name a meal that has an hour: ``"dinner"``, ``"dinner on mon, tue"``."""
    days, _colon, slot = meal_of(key).rpartition(":")
    told = slot_within(slot)
    return _("{meal} on {days}").format(meal=told, days=days.replace(",", ", ")) if days else told


def _meal_texts(week: WeekOptions, meals: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Name meals as they are typed: ``"every lunch"``, ``"3:dinner"``, ``"Wed 4 Mar:dinner"``."""
    counts = Counter(slot for _day, slot in meals)
    every = [slot for slot, count in counts.items() if count == menu_days(week) > 1]
    yield from (_("every {meal}").format(meal=slot_within(slot)) for slot in every)
    for day, slot in meals:
        if slot not in every:
            when = date_of(week, day)
            yield f"{day if when is None else date_label(when)}:{slot_within(slot)}"


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
        return _("meals: a pattern of one's own")
    return _("meals: {pattern}").format(pattern=_(read_pattern(name).name))


def name_endings(names: Iterable[str]) -> dict[str, str]:
    """Give name of an eater → what a file of this eater alone ends in: ``"_ann"``.

    It has only letters and digits that every system takes; the nameless one has none.
    """
    endings: dict[str, str] = {}
    for number, name in enumerate(names, start=1):
        word = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_") or str(number)
        ending = f"_{word}" if f"_{word}" not in endings.values() else f"_{word}_{number}"
        endings[name] = ending if name else ""
    return endings


def day_label(day: Day) -> str:
    """Give the short name of a day: ``"Fri 6 Mar"``, or ``"Day 1"`` in a plan without dates."""
    return _named_day(day.day, day.date)


def number_label(number: int, dates: Mapping[int, date]) -> str:
    """Give the short name of a day by its number: ``"Fri 6 Mar"``, or ``"Day 1"``."""
    return _named_day(number, dates.get(number))


def _named_day(number: int, when: date | None) -> str:
    if when is None:
        return _("Day {number}").format(number=number)
    return date_label(when) if is_english() else date_as(when, "day")


def week_title(number: int, plan: Plan) -> str:
    """Name a week of several: ``"Week 2"``, with dates ``"Week 2: Mon 9 Mar to Sun 15 Mar,"``."""
    days = plan.days[(number - 1) * DAYS_PER_WEEK : number * DAYS_PER_WEEK]
    if not days or days[0].date is None or days[-1].date is None:
        return _("Week {number}").format(number=number)
    return _("Week {number}: {first} to {last},").format(
        number=number, first=day_label(days[0]), last=day_label(days[-1])
    )


def weekday_names(day: Day) -> tuple[str, str]:
    """Name the weekday of a day, shortly and in full; without dates day 1 counts as a Monday."""
    when = day.date or date.min + timedelta(days=day.day - 1)
    return _named_day(day.day, when).partition(" ")[0], _(WEEKDAYS[when.weekday()])


def day_and_weekday(day: Day) -> str:
    """Give the short name of a day with its weekday: ``"Day 2, Tue"``, ``"Tue 10 Mar"``."""
    return day_label(day) if day.date else f"{day_label(day)}, {weekday_names(day)[0]}"


def day_title(day: Day) -> str:
    """Give the long name of a day."""
    title = _("Day {number}").format(number=day.day)
    return title if day.date is None else f"{title}, {date_text(day.date)}"


def date_text(when: date) -> str:
    """Give a date in words of the language that is spoken, whatever the machine's locale is."""
    if not is_english():
        return date_as(when, "long_day")
    return f"{WEEKDAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]} {when.year}"


def span_text(days: Sequence[Day]) -> str:
    """Say when days are: ``"Monday 2 to Sunday 8 March 2026"``, or ``"Days 1 to 7"``."""
    first, last = days[0], days[-1]
    if first.date is None or last.date is None:
        if last is first:
            return _("Day {number}").format(number=first.day)
        return _("Days {first} to {last}").format(first=first.day, last=last.day)
    begin, end = date_text(first.date).split(), date_text(last.date).split()
    if begin == end:
        return " ".join(end)
    while begin[-1] == end[len(begin) - 1]:  # what both have is said once
        begin.pop()
    return _("{lower} to {upper}").format(lower=" ".join(begin), upper=" ".join(end))


def month_text(when: date) -> str:
    """Return the month and year of a date in words of the language that is spoken."""
    if not is_english():
        return date_as(when, "month")
    return f"{MONTHS[when.month - 1]} {when.year}"


def _state_text(profile: Profile) -> str:
    if profile.state == "pregnant":
        if profile.gestation_week:
            return _("pregnant, week {number}").format(number=profile.gestation_week)
        return _("pregnant")
    return _("breastfeeding") if profile.state == "lactating" else ""
