"""Whom a plan is for: who eats, what was asked for, how it was understood, what was assumed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from foods.embedded import read_embedded_foods
from foods.supplement import find_supplement
from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.readings import WishReading, read_left_out, read_narrow, read_puts
from planner.candidates.used_up import AND
from planner.check.hours import minutes_in_kitchen
from planner.document.blocks import (
    CHECKED,
    PLAIN,
    STRONG,
    TITLE,
    WARNING,
    Block,
    Paragraph,
    bullets,
    paragraphs,
)  # fmt: skip
from planner.explain.asked import note_on_stock, notes_on_rates
from planner.explain.beside import added_supplements
from planner.explain.days import notes_on_eaten
from planner.export.documents import TableDocument, WeekDocument
from planner.export.figures import band_text
from planner.export.recipe_text import NOTE
from planner.export.sums import till_text
from planner.export.trust import low_text
from planner.export.who import assumed_text, day_label, number_label, person_text
from planner.kitchen.bought import need_in_words
from planner.kitchen.leftovers import asked_uses, taken_g
from planner.meals.habits import habit_said
from planner.meals.patterns import DEFAULT_PATTERN, SLOTS, pattern_ids, read_pattern
from planner.plan.own_shop import own_packages, usd_per_g
from planner.request.day_words import MONTHS
from planner.request.days import DAYS_PER_WEEK, absent_days, date_of, menu_days
from planner.request.diets import OMNIVORE, find_diet
from planner.request.eater import WHOLE, Eater, Guests
from planner.request.meal_phrases import DAY, cooks_within, meal_of
from planner.request.measures import food_plan_country, food_plan_months, food_plans_of
from planner.request.next_week import MINUTES_ON, WHOLE_PLAN, apart_key, note_on
from planner.request.override import TargetOverride
from planner.request.preferences import COLD, HOME, LEFTOVERS, PACKED, Preferences, PreferencesTable
from planner.request.profile import KEEP
from planner.request.put import on_days
from planner.request.request import NAMELESS, PlanRequest, WeekOptions
from planner.request.wish import wishes_in
from planner.safety.gate import as_clock
from planner.safety.medicines import WEEKDAYS
from planner.safety.patient import readings_of
from planner.safety.stops import banner_of
from planner.settings import read_settings
from planner.shops import currency, money_of, named, price_as, shops
from planner.targets.derive import holds_each_day
from planner.targets.target import (
    LOWER,
    UPPER,
    Target,
    name_of,
    name_within,
    person_word,
    unit_word,
)
from planner.wire.told import WrittenReading
from planner.wording import capital, lowered, plural

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
    """Describe all that was asked for; empty for someone who eats everything and asked for nothing.

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
    words += [put.text for put in request.week.put]
    words += _use_texts(wanted.use, used)
    water = request.water
    if water.is_drunk:
        litres = f"{water.litres:g}"
        words.append(f"{litres} L of {water.name} water")
    return "; ".join(words)


def _use_texts(
    wanted: Mapping[str, float], used: Mapping[str, tuple[float, float]] | None
) -> Iterator[str]:
    """Yield what is to be used up and how much of it; for one food in two wishes, their sum."""
    joined = [names for key in used or () if wanted.keys() >= {*(names := key.split(AND))}]
    known = {*chain.from_iterable(joined)}
    for names in (*joined, *([food_name] for food_name in wanted if food_name not in known)):
        mass_g = sum(map(wanted.__getitem__, names))
        name = " and ".join(_as_read(food_name, wanted[food_name]) for food_name in names)
        mass = f"{mass_g:,.0f}"
        if used is None:
            yield f"{mass} g of {name} to use up"
            continue
        taken_g, frozen_g = used.get(AND.join(names), (0.0, 0.0))
        told = "{taken} of {mass} g of {name} used up"
        if frozen_g:
            told = "{taken} of {mass} g of {name} used up, and {frozen} g cooked for the freezer"
        taken, frozen = (f"{grams:,.0f}" for grams in (min(taken_g, mass_g), frozen_g))
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
    """Describe what minutes, money and the like are held to, each by its wish's own sentence."""
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
    """Describe whose figure a budget named after a food plan is, and when it is from."""
    country = food_plan_country(plan, shops())
    told = "as by {whose} ({month}), with a stocked kitchen"
    if money_of(country) != money_of(shops()):
        told = "as by {whose} ({month}), converted to {currency}, with a stocked kitchen"
    whose = food_plans_of(country)["whose"].format(plan=plan)
    return told.format(whose=whose, month=_months(plan, country), currency=currency())


def _since(told: str, wanted: Preferences, name: str) -> str:
    """Return the text of a wish, with the day it holds from if it was made while the week ran."""
    day = wanted.since.get(name)
    return f"{told} from {day} on" if day else told


def _months(food_plan: str, country: str) -> str:
    """Describe when the figures of a food plan are from: ``"September 2025"``."""
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
    """Describe a bound that was asked for: ``"magnesium at least 450 mg on average"``."""
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
    """List likes, frequencies, and meals that are eaten elsewhere or not at all."""
    wanted, week = request.preferences, request.week
    senses = {">=": "{name} at least {count} a week", "<=": "{name} at most {count} a week"}
    liked = (("likes {names}", wanted.like), ("dislikes {names}", wanted.dislike))
    meals = (
        ("eaten out {meals}", [meal for meal in week.skip if _is_out(week, *meal)]),
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
    """Describe which days need more energy: ``"400 kcal more on tue, thu"``."""
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
    for day, slot in (meal for meal in meals if meal[1] not in every):
        when = date_of(week, day)
        date = "" if when is None else number_label(day, {day: when})
        if {(day, own_slot) for own_slot in week.slots} <= {*meals} and len(week.slots) > 1:
            told[date or f"day {day}"] = None
        else:
            weekday = WEEKDAYS[(day - 1) % DAYS_PER_WEEK]
            named_so = f"{weekday} (day {day})"
            told[f"{date or named_so}:{slot}"] = None
    yield from told


def _guest_texts(week: WeekOptions) -> Iterator[str]:
    """Describe who comes to which meals: ``"2 guests at 6:dinner (vegan, without peanut)"``."""
    meals: dict[Guests, list[tuple[int, str]]] = {}
    for guest in week.guests:
        meals.setdefault(replace(guest, day=0, slot=""), []).append((guest.day, guest.slot))
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
    """Describe what one eater of several wants beside what holds for all; ``used`` as of all."""
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


_EXAMPLE = "magplan plan --sex m --age 40 --height 178 --weight 80"
_WEEK = "week"


def planned_for(week: TableDocument) -> Iterator[Block]:
    """Yield whom a document is for, in full."""
    yield from banners(week)
    yield from _note(week)
    common = _common(week)
    if NAMELESS not in week.eaters:
        yield Paragraph(f"Planned for a household{_of_all(week)}.")
        yield from bullets(common)
    for name, own in week.named():
        who = _who(week, name, own)
        yield Paragraph(who, PLAIN, name) if name else Paragraph(_planned(own, who))
        yield from bullets(_own_readings(own, common if name else ()))


def checked(week: TableDocument) -> Iterator[Block]:
    """State that the plan passes its check, what it is low in all the same, and what it costs."""
    told = "The plan passes its check: every target was recomputed without the solver."
    if NAMELESS not in week.eaters:
        told = "Each eater's plan passes its check: every target was recomputed without the solver."
    yield Paragraph(told, CHECKED)
    yield from set_lower(week)
    for name, own in week.named():
        if low := low_text(own.check.findings):
            yield Paragraph(low, PLAIN, name)
    yield Paragraph(till_text(week.table.shopping), STRONG)
    yield from paragraphs([])


def set_lower(week: TableDocument) -> Iterator[Block]:
    """Describe which targets were set below the recommended by hand."""
    for name, own in week.named():
        for text in lowered_texts(own.targets.targets):
            yield Paragraph(f"{capital(text)}.", PLAIN, name)


def asked(week: TableDocument) -> Iterator[Block]:
    """Yield a few lines on whom a screen is for, always with how words were understood."""
    yield from banners(week)
    yield from _note(week)
    if NAMELESS in week.eaters:
        yield from _asked_of_one(week.table)
        return
    counts = {eater.name: eater.count for eater in week.table.request.eaters}
    people = [
        f"{name}{f' × {counts[name]}' if counts[name] > 1 else ''}"
        f" ({person_word(own.request.profile)}, {own.request.profile.age_y})"
        for name, own in week.named()
    ]
    told = "Planned for a household: {people}{all}."
    everybody = _of_all(week, _used_of(week))
    yield Paragraph(told.format(people=", ".join(people), all=everybody), TITLE)
    common = _common(week)
    yield from paragraphs(common)
    yield from _stock(week)
    for name, own in week.named():
        yield Paragraph(_who(week, name, own), TITLE, name)
        yield from paragraphs(_own_readings(own, common))
        yield from paragraphs(_unmet(own))
        if assumed := assumed_text(own.request):
            yield Paragraph(f"Assumed: {assumed}.")


def lowered_texts(targets: Iterable[Target]) -> list[str]:
    """Describe which targets were set below the recommended by hand."""
    return [
        "{nutrient} lowered by hand below the recommended {figure} {unit}".format(
            nutrient=_within(target.nutrient),
            figure=f"{target.lowered_from:g}",
            unit=unit_word(target.nutrient),
        )
        for target in targets
        if target.lowered_from and target.period == _WEEK
    ]


def _asked_of_one(own: WeekDocument) -> Iterator[Block]:
    request, person = own.request, person_text(own.request)
    wishes, assumed = _extra_text(own), assumed_text(request)
    if request.is_sample_profile:
        yield Paragraph(f"Planned for a sample person: {person}.", TITLE)
        asked_for = f"Asked for: {wishes}." if wishes else ""
        yours = f"Yours: {_EXAMPLE}"
        yield Paragraph(" ".join(filter(None, (asked_for, yours))))
    else:
        yield Paragraph(f"Planned for: {person}.", TITLE)
        parts = (wishes, f"assumed: {assumed}" if assumed else "")
        second = "; ".join(filter(None, parts))
        yield from paragraphs([f"{capital(second)}."] if second else [])
    yield from paragraphs([short_readings(own, _unmet(own))])
    yield from _stock(own)


def _extra_text(own: WeekDocument) -> str:
    """Describe the wishes, and which supplements the plan adds."""
    words = [
        wishes_text(own.request, with_left_out=False, used=_used_of(own)),
        _added_text(own),
        *lowered_texts(own.targets.targets),
    ]
    return "; ".join(filter(None, words))


def _added_text(own: WeekDocument) -> str:
    added = added_supplements(own.plan)
    return "{names} added".format(names=", ".join(added)) if added else ""


def banners(week: TableDocument) -> Iterator[Paragraph]:
    """Describe what is special about whom a plan could hurt, and to show it first."""
    for name, own in week.named():
        if banner := banner_of(own.request.patient):
            yield Paragraph(banner, WARNING, name)


def _note(week: TableDocument) -> Iterator[Block]:
    """Return the note on the whole plan."""
    if note := note_on(week.request.week.notes, WHOLE_PLAN):
        yield Paragraph(NOTE.format(text=note), STRONG)


def _planned(own: WeekDocument, who: str) -> str:
    if own.request.is_sample_profile:
        return f"Planned for a sample person: {who}."
    return f"Planned for {who}."


def _of_all(week: TableDocument, used: Mapping[str, tuple[float, float]] | None = None) -> str:
    """Describe what is wished for everybody at a table."""
    wishes = wishes_text(week.request, used=used)
    return f"; all: {wishes}" if wishes else ""


def _who(week: TableDocument, name: str, own: WeekDocument) -> str:
    """Describe who an eater is, what this one wishes, and which supplements the plan adds."""
    asked, used = own.request, _used_of(own)
    eater = next((person for person in week.request.eaters if person.name == name), None)
    wishes = own_wishes_text(eater, used) if name and eater else wishes_text(asked, used=used)
    return "; ".join(filter(None, (person_text(asked), wishes, _added_text(own))))


def _common(week: TableDocument) -> list[str]:
    """Describe what is left out for everybody, as it was understood."""
    return reading_texts(week.request, week.foods, week.dishes)


def _own_readings(own: WeekDocument, beside: Iterable[str]) -> list[str]:
    return reading_texts(own.request, own.foods, own.dishes, tuple(beside))


def _unmet(own: WeekDocument) -> tuple[str, ...]:
    return own.report.unmet if own.report is not None else ()


def _stock(week: TableDocument | WeekDocument) -> Iterator[Block]:
    """Yield what is eaten of a pantry that is to be eaten first, and how long a bag lasts.

    Days with more work than somebody wished are named before.
    """
    yield from paragraphs(_minutes(week))
    uses = asked_uses(week.request, week.foods, week.dishes)
    told = [*notes_on_rates(uses, week.plan, week.foods)]
    if week.request.week.from_pantry:
        told += note_on_stock(uses, week.plan, week.foods)
    yield from paragraphs(told)


def _minutes(week: TableDocument | WeekDocument) -> Iterator[str]:
    """Describe how long all meals of each day take, where that was limited."""
    table = week.table if isinstance(week, TableDocument) else week
    if any(cooks_within(eater.max_minutes_on) for eater in week.request.everybody):
        each = ", ".join(f"{day_label(day)} {minutes_in_kitchen(day)}" for day in table.plan.days)
        text = (
            "Minutes to make all meals of a day, a dish for several counted once, and a box on the "
            "day it is eaten: {days}."
        )
        yield text.format(days=each)


def _used_of(week: TableDocument | WeekDocument) -> dict[str, tuple[float, float]]:
    """Return food to be used up → how much of it a plan and its freezer take, as it was said [g].

    Of a table they are those of all.
    """
    uses = [use for whose, use in asked_uses(week.request, week.foods, week.dishes) if not whose]
    cook = (week.table if isinstance(week, TableDocument) else week).batch.cook if uses else ()
    found: dict[str, tuple[float, float]] = {}
    for use in uses:
        taken = taken_g(use, week.plan, week.foods) / use.per_said_g
        frozen = sum(use.taken_by(one.dish_id, one.frozen_parts) for one in cook) / use.per_said_g
        found[use.name] = (taken, frozen)
    return found


def _within(key: str) -> str:
    """Name a nutrient within a sentence."""
    return name_of(key).lower()


UNDERSTOOD = "Understood: {readings}."
MORE = " (more with --full)."
_LONG = 240  # letters of a paragraph


def reading_texts(
    request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish], beside: Sequence[str] = ()
) -> list[str]:
    """Return how each condition, medicine, name that is left out and dish put was understood.

    Those of ``beside`` are said elsewhere.
    """
    told: list[str] = [reading.sentence for reading in readings_of(request.patient)]
    told += [reading.sentence for reading in read_left_out(request, foods, dishes)]
    told += [*_meant(request, foods, dishes), *_of_own_shop(request, foods)]
    return [text for text in told if text not in beside]


def short_readings(own: WeekDocument, unmet: Sequence[str] = ()) -> str:
    """Return the readings of one eater in a paragraph: in full, or short where that is long.

    What is said of the body, and why a wish is not met, is never shortened.
    """
    readings = read_left_out(own.request, own.foods, own.dishes)
    told = list(readings_of(own.request.patient))
    known = "; ".join(reading.text for reading in told if not reading.is_note)
    person = [UNDERSTOOD.format(readings=known)] if known else []
    person += [reading.text for reading in told if reading.is_note]
    person += [*unmet, *_meant(own.request, own.foods, own.dishes)]
    person += _of_own_shop(own.request, own.foods)
    person += notes_on_eaten(own.plan, own.request.week)
    full = " ".join(reading.sentence for reading in readings)
    return " ".join([*person, full if len(full) <= _LONG else _short(readings)]).strip()


def written_readings(
    request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]
) -> list[WrittenReading]:
    """Return what was said and how it was understood, as it is written."""
    puts = dict(read_puts(request, foods, dishes)).items()
    return [
        *(WrittenReading.of(reading) for reading in readings_of(request.patient)),
        *(WrittenReading(said=word, understood=meaning) for word, meaning in puts),
        *(
            WrittenReading.of(reading, stays=reading.stays or None, leaves_out=reading.foods)
            for reading in read_left_out(request, foods, dishes)
        ),
    ]


def _meant(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> list[str]:
    """List how words of several meanings were understood: those put on a meal, and narrow ones."""
    puts = dict(read_puts(request, foods, dishes)).items()
    return [
        f"{capital(named(word))}: {meaning}." for word, meaning in (*puts, *read_narrow(request))
    ]


def _of_own_shop(request: PlanRequest, foods: FoodTable) -> list[str]:
    """Describe for how many foods the prices, or only the packages, are the user's own."""
    priced = [usd_per_g(sizes) is not None for sizes in own_packages(request, foods).values()]
    prices, packages = priced.count(True), priced.count(False)
    told = []
    if prices:
        pattern = plural(
            prices,
            "The price of {count} food is your own.",
            "Prices of {count} foods are your own.",
        )
        told.append(pattern.format(count=prices))
    if packages:
        pattern = plural(
            packages,
            "The packages of {count} food are your own.",
            "Packages of {count} foods are your own.",
        )
        told.append(pattern.format(count=packages))
    return told


def _short(readings: Sequence[WishReading]) -> str:
    """Return only what each name was understood as."""
    text = "; ".join(reading.shortly for reading in readings)
    return f"{capital(text)}{MORE}"
