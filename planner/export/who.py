"""Who a plan is for, and when its days are, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from planner.meals.patterns import pattern_at_hand
from planner.plan.plan import Day, Plan
from planner.request.day_words import MONTHS
from planner.request.day_words import day_label as date_label
from planner.request.days import DAYS_PER_WEEK
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.safety.medicines import WEEKDAYS
from planner.standards.standard import standard_label
from planner.targets.target import person_word
from planner.wording import plural

_FIELD_NAMES = {
    "age_y": "age",
    "height_cm": "height",
    "weight_kg": "weight",
    "activity": "activity",
    "sex": "sex",
}
_OF_BLOOD = (
    "eGFR {figure}",
    "magnesium {figure} mg/dL in the blood",
    "potassium {figure} mmol/L in the blood",
)


def people_in(request: PlanRequest) -> frozenset[str]:
    """Describe who eats, so that the same people are called the same: by name, sex and age."""
    eaters = [(f"{one.name}, ", one.profile) for one in request.eaters] or [("", request.profile)]
    return frozenset(f"{name}{person_word(profile)}, {profile.age_y}" for name, profile in eaters)


def person_text(request: PlanRequest) -> str:
    """Describe who eats: ``"woman, 55, 165 cm, 65 kg, low active, US"``."""
    profile = request.profile
    words = (
        person_word(profile),
        str(profile.age_y),
        _state_text(profile),
        f"{profile.height_cm:.0f} cm",
        f"{profile.weight_kg:.0f} kg",
        profile.activity.replace("_", " "),
        standard_label(request.standard),
        *(
            pattern.format(figure=f"{figure:.3g}")
            for pattern, figure in zip(_OF_BLOOD, _figures(profile), strict=True)
            if figure is not None
        ),
    )
    return ", ".join(filter(None, words))


def _figures(profile: Profile) -> tuple[float | None, ...]:
    """Return eGFR, magnesium and potassium as a laboratory found them."""
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
        or any(figure is not None for figure in _figures(profile))
    )


def assumed_text(request: PlanRequest) -> str:
    """Name what nobody gave: ``"height, weight"``; empty when all was given."""
    return ", ".join(_FIELD_NAMES.get(name, name) for name in request.assumed)


def name_endings(names: Iterable[str]) -> dict[str, str]:
    """Return name of an eater → what a file of this eater alone ends in: ``"_ann"``.

    It has only letters and digits that every system takes; the nameless one has none.
    """
    endings: dict[str, str] = {}
    for number, name in enumerate(names, start=1):
        word = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_") or str(number)
        ending = f"_{word}" if f"_{word}" not in endings.values() else f"_{word}_{number}"
        endings[name] = ending if name else ""
    return endings


def day_label(day: Day) -> str:
    """Return the short name of a day: ``"Fri 6 Mar"``, or ``"Day 1"`` in a plan without dates."""
    return _named_day(day.day, day.date)


def number_label(number: int, dates: Mapping[int, date]) -> str:
    """Return the short name of a day by its number: ``"Fri 6 Mar"``, or ``"Day 1"``."""
    return _named_day(number, dates.get(number))


def _named_day(number: int, when: date | None) -> str:
    if when is None:
        return f"Day {number}"
    return date_label(when)


def week_title(number: int, plan: Plan) -> str:
    """Name a week of several: ``"Week 2"``, with dates ``"Week 2: Mon 9 Mar to Sun 15 Mar,"``."""
    days = plan.days[(number - 1) * DAYS_PER_WEEK : number * DAYS_PER_WEEK]
    if not days or days[0].date is None or days[-1].date is None:
        return f"Week {number}"
    return f"Week {number}: {day_label(days[0])} to {day_label(days[-1])},"


def weekday_names(day: Day) -> tuple[str, str]:
    """Name the weekday of a day, shortly and in full; without dates day 1 counts as a Monday."""
    when = day.date or date.min + timedelta(days=day.day - 1)
    return _named_day(day.day, when).partition(" ")[0], WEEKDAYS[when.weekday()]


def day_and_weekday(day: Day) -> str:
    """Return the short name of a day with its weekday: ``"Day 2, Tue"``, ``"Tue 10 Mar"``."""
    return day_label(day) if day.date else f"{day_label(day)}, {weekday_names(day)[0]}"


def day_title(day: Day) -> str:
    """Return the long name of a day."""
    title = f"Day {day.day}"
    return title if day.date is None else f"{title}, {date_text(day.date)}"


def date_text(when: date) -> str:
    """Return a date in words of the language that is spoken, whatever the machine's locale is."""
    return f"{WEEKDAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]} {when.year}"


def span_text(days: Sequence[Day]) -> str:
    """Describe when days are: ``"Monday 2 to Sunday 8 March 2026"``, or ``"Days 1 to 7"``."""
    first, last = days[0], days[-1]
    if first.date is None or last.date is None:
        if last is first:
            return f"Day {first.day}"
        return f"Days {first.day} to {last.day}"
    begin, end = date_text(first.date).split(), date_text(last.date).split()
    if begin == end:
        return " ".join(end)
    while begin[-1] == end[len(begin) - 1]:  # what both have is said once
        begin.pop()
    return "{lower} to {upper}".format(lower=" ".join(begin), upper=" ".join(end))


def _state_text(profile: Profile) -> str:
    if profile.state == "pregnant":
        if profile.gestation_week:
            return f"pregnant, week {profile.gestation_week}"
        return "pregnant"
    if profile.state != "lactating" or (month := profile.lactation_month) is None:
        return "breastfeeding" if profile.state == "lactating" else ""
    return plural(
        month,
        "breastfeeding, {count} month after birth",
        "breastfeeding, {count} months after birth",
    ).format(count=month)
