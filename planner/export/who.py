"""Who a plan is for, and when its days are, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from foods.supplement import find_supplement
from planner.meals.patterns import DEFAULT_PATTERN, pattern_ids, read_pattern
from planner.plan.plan import Day, Plan
from planner.request.day_words import MONTHS
from planner.request.day_words import day_label as date_label
from planner.request.days import DAYS_PER_WEEK, date_of
from planner.request.eater import Eater
from planner.request.override import TargetOverride
from planner.request.profile import Profile
from planner.request.request import PlanRequest, WeekOptions
from planner.safety.dosage import WEEKDAYS
from planner.standards.standard import standard_label
from planner.targets.words import name_within, person_word, unit_word

_FIELD_NAMES = {"age_y": "age", "height_cm": "height", "weight_kg": "weight"}


def person_text(request: PlanRequest) -> str:
    """Say who eats: ``"woman, 55, 165 cm, 65 kg, low active, US"``."""
    profile = request.profile
    words = (
        person_word(profile),
        str(profile.age_y),
        _state_text(profile),
        f"{profile.height_cm:.0f} cm",
        f"{profile.weight_kg:.0f} kg",
        profile.activity.replace("_", " "),
        standard_label(request.standard),
    )
    return ", ".join(filter(None, words))


def is_clinical(request: PlanRequest) -> bool:
    """Whether something was said of the body that the notes on a plan hang on."""
    profile, patient = request.profile, request.patient
    figures = (profile.egfr, profile.serum_mg_mg_dl, profile.serum_k_mmol_l)
    return bool(
        patient.said
        or patient.taken
        or patient.conditions
        or request.supplements
        or request.allow_supplements
        or profile.clinic
        or profile.state != "none"
        or any(one is not None for one in figures)
    )


def assumed_text(request: PlanRequest) -> str:
    """Name what nobody gave: ``"height, weight"``; empty when all was given."""
    return ", ".join(_FIELD_NAMES.get(name, name) for name in request.assumed)


def wishes_text(request: PlanRequest, with_left_out: bool = True) -> str:
    """Say all that was asked for; empty for someone who eats everything and asked for nothing.

    ``with_left_out`` is false where the readings of what is left out stand beside it.
    """
    wanted = request.preferences
    words = [wanted.diet] if wanted.diet != "omnivore" else []
    words += [_target_text(one) for one in request.overrides]
    energy_kcal = request.profile.energy_kcal
    words += [f"{energy_kcal:,.0f} kcal a day"] if energy_kcal is not None else []
    words += [f"without {', '.join(wanted.without)}"] if wanted.without and with_left_out else []
    words += [_pattern_text(request)] if request.week.pattern != DEFAULT_PATTERN else []
    words += [f"at most {wanted.max_minutes} minutes"] if wanted.max_minutes else []
    weekday = wanted.max_minutes_weekday
    words += [f"at most {weekday} minutes on weekdays"] if weekday else []
    words += [f"at most ${wanted.budget_per_week:g} a week"] if wanted.budget_per_week else []
    words += ["magnesium and calcium on what oxalate leaves"] if wanted.conservative else []
    labels = [find_supplement(one.name).label for one in request.supplements]
    taken = [f"{label[:1].lower()}{label[1:]}" for label in labels]
    words += [f"{', '.join(dict.fromkeys(taken))} taken"] if taken else []
    words += _habit_texts(request)
    words += [f"{cups} × {name} a day" for name, cups in wanted.drinks.items() if cups]
    words += [one.text for one in request.week.put]
    words += [f"{mass_g:,.0f} g of {name} used up" for name, mass_g in wanted.use.items()]
    water = request.water
    words += [f"{water.litres:g} L of {water.name} water"] if water.is_drunk else []
    return "; ".join(words)


def _target_text(asked: TargetOverride) -> str:
    """Say a bound that was asked for: ``"magnesium at least 450 mg"``."""
    unit = unit_word(asked.nutrient)
    sides = (("at least", asked.lower), ("at most", asked.upper))
    bounds = [f"{word} {value:g} {unit}".strip() for word, value in sides if value is not None]
    return f"{name_within(asked.nutrient)} {' and '.join(bounds)}"


def _habit_texts(request: PlanRequest) -> list[str]:
    """Say likes, frequencies, and meals that are eaten elsewhere or not at all."""
    wanted, week = request.preferences, request.week
    words = [f"likes {', '.join(wanted.like)}"] if wanted.like else []
    words += [f"dislikes {', '.join(wanted.dislike)}"] if wanted.dislike else []
    senses = {">=": "at least", "<=": "at most"}
    words += [f"{one.name} {senses[one.sense]} {one.count} a week" for one in wanted.per_week]
    between = wanted.min_days_between.items()
    words += [f"{name} {days} days apart" for name, days in between]
    out = [_meal_text(week, *one) for one in week.skip if one not in week.not_eaten]
    words += [f"eaten out {', '.join(out)}"] if out else []
    left_out = [_meal_text(week, *one) for one in week.not_eaten]
    return [*words, *([f"not eaten {', '.join(left_out)}"] if left_out else [])]


def _meal_text(week: WeekOptions, day: int, slot: str) -> str:
    """Name a meal as it may be typed: ``"3:dinner"``, with dates ``"Wed 4 Mar:dinner"``."""
    when = date_of(week, day)
    return f"{day if when is None else date_label(when)}:{slot}"


def own_wishes_text(eater: Eater) -> str:
    """Say what one eater of several wants beside what holds for all."""
    own = PlanRequest(
        preferences=eater.preferences, supplements=eater.supplements, overrides=eater.overrides
    )
    return wishes_text(own)


def _pattern_text(request: PlanRequest) -> str:
    """Name the meal pattern; an own one is not read, since its file may be elsewhere."""
    name = request.week.pattern
    is_shipped = name in pattern_ids()
    return f"meals: {read_pattern(name).name}" if is_shipped else "meals: a pattern of one's own"


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
    return f"Day {day.day}" if day.date is None else date_label(day.date)


def number_label(number: int, dates: Mapping[int, date]) -> str:
    """Give the short name of a day by its number: ``"Fri 6 Mar"``, or ``"Day 1"``."""
    when = dates.get(number)
    return f"Day {number}" if when is None else date_label(when)


def week_title(number: int, plan: Plan) -> str:
    """Name a week of several: ``"Week 2"``, with dates ``"Week 2: Mon 9 Mar to Sun 15 Mar,"``."""
    days = plan.days[(number - 1) * DAYS_PER_WEEK : number * DAYS_PER_WEEK]
    if not days or days[0].date is None or days[-1].date is None:
        return f"Week {number}"
    return f"Week {number}: {date_label(days[0].date)} to {date_label(days[-1].date)},"


def day_title(day: Day) -> str:
    """Give the long name of a day."""
    return f"Day {day.day}" if day.date is None else f"Day {day.day}, {date_text(day.date)}"


def date_text(when: date) -> str:
    """Give a date in words, the same in every locale."""
    return f"{WEEKDAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]} {when.year}"


def _state_text(profile: Profile) -> str:
    if profile.state == "pregnant":
        week = f", week {profile.gestation_week}" if profile.gestation_week else ""
        return f"pregnant{week}"
    return "breastfeeding" if profile.state == "lactating" else ""
