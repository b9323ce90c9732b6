"""What is said about days that differ, and what each day and meal holds of what is watched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from foods.embedded import read_lookup_foods
from planner.candidates.at_hand import usually_held
from planner.check.days import DaysAsked
from planner.explain.report import Collision, Concession, Refusal
from planner.meals.patterns import pattern_at_hand, read_pattern
from planner.plan.outcome import Outcome
from planner.plan.plan import Day, Meal, Plan
from planner.plan.rounding import percent_near
from planner.plan.sittings import largest_sitting
from planner.request.days import (
    NOTHING,
    SATURDAY,
    is_holiday,
    menu_day,
    menu_days,
    missed_slots,
    usual_share,
)
from planner.request.meal_phrases import holiday_name
from planner.request.override import RATIO, TargetOverride, kcal_per_g, read_shares
from planner.request.profile import Profile
from planner.request.request import SHOP, PlanRequest, WeekOptions
from planner.safety.intake import recommended_magnesium_mg
from planner.safety.sentences import read_safety_settings
from planner.safety.stops import exclusions_for
from planner.settings import read_settings
from planner.shops import named
from planner.standards.standard import standard_label
from planner.targets.absorbable import MAGNESIUM
from planner.targets.clinical import ClinicalRules
from planner.targets.derive import ENERGY_KEY, TargetSet, holds_each_day
from planner.targets.notes import by_day
from planner.targets.target import name_of, note, said_on, said_unit, said_within, unit_word
from planner.wording import capital, joined

_PERCENT = 100
HOLIDAY_AGAIN = (
    "Day {number} is a holiday, but it repeats the menu of day {before}: it gets extra time only "
    "if that day has it in every round of the cycle."
)
HOLIDAY_UNASKED = (
    "Day {number} is {name}: --holiday {country} plans it as a day off, on which nobody shops."
)
ELSEWHERE = (
    "What you eat elsewhere is not known: averages and totals count only what is planned, and "
    "their bands are scaled to match; the band for the calcium-to-magnesium ratio stays the same."
)
MENU_AGAIN = "The menu of days 1 to {last} comes again from day {next} on."
WEEK_BY_WEEK = (
    "Planned as {count} weeks, one after another, each taking the earlier ones into account: "
    "points and bounds are totals for all weeks, and each bound assumes the weeks before it, so "
    "planning all weeks at once might do slightly better than the bound says."
)
DAY_EATEN = (
    "Day {number} is over and counts as it was eaten, with {mg:,.0f} mg magnesium: the rules for "
    "a day's food do not hold on it, but what is safe does, and the days to come make up for it."
)
AWAY = "nothing is planned: the whole day is eaten elsewhere."
ONE_OUT = "{meals} is eaten out; the other meals cover {share} % of the day's targets."
SOME_OUT = "{meals} are eaten out; the other meals cover {share} % of the day's targets."
WEEK_WITHOUT = "Week {number} of {count} has no plan"
WEEK_WITHOUT_AFTER = "Week {number} of {count} has no plan; week {before} has a plan"
NO_MEAL_OUT_ON = "no meal left out on day {number}"
NO_MEAL_OUT = "no meal left out"
PLANNED_TOO = "{meals} planned, too, not eaten elsewhere"


def notes_on_days(plan: Plan, week: WeekOptions, outcome: Outcome, shops: str) -> Iterator[str]:
    """Yield notes on what sets days apart, and on how a plan of several weeks was made.

    Parameters
    ----------
    plan, week
        The plan, and what was asked of its days.
    outcome
        What came of solving it.
    shops
        The country of the shops.
    """
    if note := pattern_at_hand(week.pattern).note:
        yield note
    for day in plan.days:
        text = facts_text(day, shops)
        if text:
            yield f"Day {day.day}: {text}"
    yield from notes_on_eaten(plan, week)
    yield from _unasked_holidays(plan, week, shops)
    for number in range(1, week.days + 1):
        if is_holiday(week, number) and not plan.days[number - 1].facts.is_holiday:
            yield HOLIDAY_AGAIN.format(number=number, before=menu_day(week, number))
    if any(slot_eaten != NOTHING for day in plan.days for _slot, slot_eaten in day.facts.missed):
        yield ELSEWHERE
    if week.cycle is not None and week.cycle < week.days:
        yield MENU_AGAIN.format(last=week.cycle, next=week.cycle + 1)
    if outcome.weeks:
        yield WEEK_BY_WEEK.format(count=len(outcome.weeks))


def notes_on_eaten(plan: Plan, week: WeekOptions) -> Iterator[str]:
    """Describe which days are over and count as they were eaten, with their magnesium."""
    for day in plan.days:
        if day.day in week.eaten:
            yield DAY_EATEN.format(number=day.day, mg=day.totals.get(MAGNESIUM) or 0.0)


def _unasked_holidays(plan: Plan, week: WeekOptions, shops: str) -> Iterator[str]:
    """Name the public holidays on workdays, where nobody said whether any day is one."""
    rule = read_settings(SHOP)["holidays"]
    asked = bool(week.holidays) or shops not in rule["asked_for"]
    for day in () if asked else plan.days:
        country, is_past = rule["countries"][shops], day.day in week.eaten
        is_workday = day.date and day.date.weekday() < SATURDAY and not is_past
        name = holiday_name(country, day.date) if day.date and is_workday else ""
        if name:
            yield HOLIDAY_UNASKED.format(number=day.day, name=name, country=country.lower())


def in_week(refusal: Refusal, number: int, count: int) -> Refusal:
    """Return a refusal that says which week of several it is of; ``number`` 0 or 1: the first."""
    if count <= 1:
        return refusal
    number = max(1, number)
    pattern = WEEK_WITHOUT_AFTER if number > 1 else WEEK_WITHOUT
    text = pattern.format(number=number, count=count, before=number - 1)
    return replace(refusal, conflict=(Collision("week", str(number), text), *refusal.conflict))


def offers_of_meals(week: WeekOptions) -> list[Concession]:
    """Offer to eat what is not eaten at all, first on the day with the fewest meals."""
    if not week.not_eaten:
        return []
    days = sorted({day for day, _ in week.not_eaten})
    fewest = min(days, key=lambda day: len(week.slots) - len(missed_slots(week, day)))
    one = NO_MEAL_OUT_ON.format(number=fewest)
    each = [Concession(one, eaten=(fewest,))]
    return each + [Concession(NO_MEAL_OUT, eaten=tuple(days))] * (len(days) > 1)


def offers_of_days(week: WeekOptions) -> list[Concession]:
    """Offer to plan the whole days, where most meals are eaten elsewhere on each of them."""
    days = set(range(1, menu_days(week) + 1))
    out = set(week.skip).difference(week.not_eaten)
    at_home = tuple(slot for slot in week.slots if days == {day for day, of in out if of == slot})
    least: float = read_settings("concessions.toml")["whole_days"]["from_share"]
    if len(at_home) < least * len(week.slots):
        return []
    text = PLANNED_TOO.format(meals=", ".join(at_home))
    return [Concession(text, at_home=at_home)]


def facts_sentence(day: Day, shops: str) -> str:
    """Describe what sets a day apart, as a sentence of its own; empty where nothing does."""
    return capital(facts_text(day, shops))


def facts_text(day: Day, shops: str) -> str:
    """Describe in a sentence or two what sets a day apart; empty if nothing does.

    ``shops``: the country whose holidays have names.
    """
    out = [slot for slot, eaten in day.facts.missed if eaten != NOTHING]
    none = [slot for slot, eaten in day.facts.missed if eaten == NOTHING]
    parts = []
    if out and not day.facts.planned_share:
        parts.append(AWAY)
    elif out:
        share = round(_PERCENT * day.facts.planned_share)
        pattern = ONE_OUT if len(out) == 1 else SOME_OUT
        parts.append(pattern.format(meals=" and ".join(out), share=share))
    if none:
        meals = " and no ".join(none)
        parts.append(f"no {meals}; the other meals cover the day's targets.")
    if day.facts.is_holiday:
        country = read_settings(SHOP)["holidays"]["countries"][shops]
        name = holiday_name(country, day.date, parts=True) if day.date else ""
        parts.append(
            f"{name}: a holiday, with the time of a weekend."
            if name
            else "a holiday, with the time of a weekend."
        )
    return joined(parts)


_IN_TABLE = ("magnesium_mg", "calcium_mg", ENERGY_KEY, RATIO)  # of each day, beside its meals
_WHOLE_FROM = 10
_UNDER, _OVER = "day {number} ({figure} under)", "day {number} ({figure} over)"
_DAY = "day {number}"
_WHEN = ("in the mean of the week", "each day")
_BANDS = {
    (True, True): "{lower} to {upper} {unit}",
    (True, False): "at least {lower} {unit}",
    (False, True): "at most {upper} {unit}",
}


def asked_by_day(request: PlanRequest, targets: TargetSet, days: Sequence[Day]) -> tuple[str, ...]:
    """List what each day has of what a person set bounds on, and which days are outside them."""
    wanted = request.preferences
    asked = DaysAsked.of(request.week, wanted.more_energy, wanted.since)
    eaten = [day for day in days if asked.share(day.day) > 0]
    told, within = list[str](), list[str]()
    clinic = (TargetOverride(key, None, most, "day") for key, most in request.profile.clinic)
    for band in _bands((*request.overrides, *clinic)):
        key = band.nutrient
        each = ((day.day, amount_of(key, day.totals, day.ca_mg_ratio)) for day in eaten)
        amounts = [(day, amount) for day, amount in each if amount is not None]
        if not amounts:
            continue
        nutrient = kcal_per_g(key)[0] if key in read_shares() else key
        if nutrient not in _IN_TABLE:
            told.append(by_day(nutrient, [day.totals for day in days], "asked_by_day"))
        if nutrient != key:
            figures = ", ".join(_figure(amount) for _day, amount in amounts)
            told.append(note("share_by_day", name=said_on(nutrient), days=figures))
        is_daily = all(holds_each_day(band, *side) for side in band.sides.items())
        which = {"name": said_on(nutrient), "band": _band(band), "when": _WHEN[is_daily]}
        earlier = [day for day, _amount in amounts if day in asked.before(key)]
        later = [amount for amount in amounts if amount[0] not in earlier]
        if outside := [*_outside(band, later, targets, asked)]:
            told.append(note("days_outside", **which, days=", ".join(outside)))
        elif band.sides and not earlier:
            within.append(said_within(key))
        if earlier:
            past = ", ".join(_DAY.format(number=day) for day in earlier)
            told.append(note("days_before", **which, day=wanted.since[key], days=past))
    if within:
        told.append(note("days_within", names=", ".join(within)))
    return tuple(dict.fromkeys([*told, *note_from_elsewhere(request)]))


def note_from_elsewhere(request: PlanRequest) -> Iterator[str]:
    """Yield a note to who must avoid something: nobody knows what is in food from elsewhere."""
    patient, week = request.patient, request.week
    is_named = any(not exclusion.is_for_all for exclusion in exclusions_for(patient))
    if not (is_named or patient.names_left_out):
        return
    foods = read_lookup_foods()
    unsaid = [meal for meal in week.skip if meal not in week.not_eaten]
    meals = [note("unsaid_meal", day=day, slot=slot) for day, slot in unsaid]
    for put in (asked_put for asked_put in week.put if asked_put.is_out):
        held = dict.fromkeys(named(food.name) for food in usually_held(put.dish, foods))
        usual = note("usually_in", names="; ".join(held)) if held else ""
        meals.append(f"{put.text}{usual}")
    if meals:
        yield note("from_elsewhere", meals=". ".join(map(capital, meals)))


def _bands(overrides: Sequence[TargetOverride]) -> Iterator[TargetOverride]:
    """Return the bounds of each key, as one; of those of a side the last one counts."""
    bands: dict[str, TargetOverride] = {}
    for override in overrides:
        old = bands.get(override.nutrient, override)
        lower = old.lower if override.lower is None else override.lower
        upper = old.upper if override.upper is None else override.upper
        bands[override.nutrient] = replace(override, lower=lower, upper=upper)
    yield from bands.values()


def amount_of(
    key: str, totals: Mapping[str, float | None], ca_mg_ratio: float | None
) -> float | None:
    """Return what a day, or a mean of days, has of a nutrient, share of energy [%] or ratio.

    ``totals`` are amounts by nutrient, in the nutrient's own unit.
    """
    if key == RATIO:
        return ca_mg_ratio
    if key not in read_shares():
        return totals.get(key)
    nutrient, per_g = kcal_per_g(key)
    amount, kcal = totals.get(nutrient), totals.get(ENERGY_KEY)
    return _PERCENT * per_g * amount / kcal if kcal and amount is not None else None


def _outside(
    band: TargetOverride,
    amounts: Sequence[tuple[int, float]],
    targets: TargetSet,
    asked: DaysAsked,
) -> Iterator[str]:
    """Yield which days are outside a band, and how far; of a day with meals elsewhere, its part."""
    like = next(target for target in targets.targets if target.nutrient == band.nutrient)
    whole = replace(like, lower=band.lower, upper=band.upper)
    slack: float = read_settings("check.toml")["tolerance"]["sum"]
    for number, amount in amounts:
        lower, upper = asked.bounds(whole, (number,))
        if lower is not None and amount < lower * (1 - slack):
            yield _UNDER.format(number=number, figure=_figure(lower - amount))
        elif upper is not None and amount > upper * (1 + slack):
            yield _OVER.format(number=number, figure=_figure(amount - upper))


def _figure(amount: float) -> str:
    """Return an amount as it is read: whole from ten on, with two digits below."""
    return ("{amount:,.0f}" if amount >= _WHOLE_FROM else "{amount:.2g}").format(amount=amount)


def _band(band: TargetOverride) -> str:
    sides = {side: f"{float(bound or 0):,.10g}" for side, bound in band.sides.items()}
    pattern = _BANDS[band.lower is not None, band.upper is not None]
    return pattern.format(**sides, unit=said_unit(band.nutrient))


CARBOHYDRATE = "carbohydrate_g"


@dataclass(frozen=True, slots=True)
class MealAmounts:
    """Amounts of one nutrient by meal.

    Parameters
    ----------
    nutrient, title
        The nutrient, and what the amounts are held to, in words.
    slots
        Meals in the order of the day.
    days
        For each day the amount of each meal [the nutrient's unit]; ``None`` where that meal is not
        served or nothing in it has a figure.
    """

    nutrient: str
    title: str
    slots: tuple[str, ...]
    days: tuple[tuple[float | None, ...], ...]


def amounts_by_meal(plan: Plan, clinical: ClinicalRules) -> tuple[MealAmounts, ...]:
    """Return the amounts by meal of every nutrient that conditions watch in meals."""
    slots = plan.slots
    return tuple(
        MealAmounts(
            nutrient,
            title,
            slots,
            tuple(_of_day(day, slots, nutrient, clinical) for day in plan.days),
        )
        for nutrient, title in _watched(clinical).items()
    )


def _watched(clinical: ClinicalRules) -> dict[str, str]:
    """Return nutrient → title of the table."""
    titles = {}
    spread_g = clinical.meal_carbohydrate_spread_g
    if spread_g is not None:
        titles[CARBOHYDRATE] = "{nutrient} of each meal: any two days within {spread} g".format(
            nutrient=name_of(CARBOHYDRATE), spread=f"{spread_g:g}"
        )
    for key, upper in sorted(clinical.meal_upper.items()):
        most = f"{f'{upper:g}'} {unit_word(key)}"
        alone = f"{name_of(key)} of each meal: at most {most}"
        more = "{title}, at most {most}".format(title=titles.get(key, ""), most=most)
        titles[key] = more if key in titles else alone
    return titles


def _of_day(
    day: Day, slots: Iterable[str], nutrient: str, clinical: ClinicalRules
) -> tuple[float | None, ...]:
    by_slot = {
        meal.slot: amount_of_meal(meal, nutrient, clinical.sittings(meal.slot, nutrient))
        for meal in day.meals
    }
    return tuple(by_slot.get(slot) for slot in slots)


def amount_of_meal(meal: Meal, nutrient: str, sittings: int = 1) -> float | None:
    """Sum what is eaten, and drunk by the cup; pills and drinking water are beside the meal.

    In the nutrient's unit, the largest of several ``sittings``; ``None`` where nothing in it has a
    figure.
    """
    eaten = [item for item in meal.items if item.is_cup or not item.is_beside]
    parts = [item.nutrients.get(nutrient) for item in eaten]
    known = [part for part in parts if part is not None]
    return largest_sitting(known, sittings) if known else None


def small_guests_told(request: PlanRequest) -> dict[str, str]:
    """Describe which part of a day a meal usually has for children who are too young for a plan.

    Parameters
    ----------
    request
        What was asked for, with its guests.

    Returns
    -------
    dict of str to str
        ``"small_children_lunch"`` → what is said of that meal, magnesium in mg; empty without such
        guests. Sources: ``configs/safety/stops.toml`` and the standard of the request.
    """
    rule, bands = read_safety_settings("stops")["age"], read_pattern(request.week.pattern).energy
    ages = range(rule["plate_from_y"], rule["least_y"])
    bodies = (Profile(sex="f", age_y=age) for age in ages)
    days = [recommended_magnesium_mg(body, request.standard) for body in bodies]
    found = {guest.slot for guest in request.week.guests if rule["plate_without"] in guest.without}
    parts = {slot: usual_share(bands, {slot}) for slot in sorted(found)}
    return {
        f"small_children_{slot}": rule["orientation"].format(
            age=rule["least_y"],
            slot=slot,
            percent=percent_near(part),
            least=f"{min(days):.0f}",
            most=f"{max(days):.0f}",
            from_y=ages[0],
            to_y=ages[-1],
            standard=standard_label(request.standard),
            least_part=f"{min(days) * part:.0f}",
            most_part=f"{max(days) * part:.0f}",
        )
        for slot, part in parts.items()
    }
