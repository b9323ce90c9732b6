"""Lay the flags of a command over a request in the shape of its file.

A flag overrides the request; names given by flag are added to the request's lists.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from planner.errors import ConfigError
from planner.request.day_words import DayWord, days_meant
from planner.request.money import DOLLARS, Money
from planner.request.override import TargetOverride
from planner.request.phrases import read_frequency
from planner.request.preferences import FrequencyRule
from planner.request.put import NONE, Put, days_put, put_table
from planner.request.request import WeekOptions

PROFILE_KEYS = {
    "sex": "sex",
    "age": "age",
    "height": "height_cm",
    "weight": "weight_kg",
    "activity": "activity",
    "state": "state",
    "gestation_week": "gestation_week",
    "lactation_month": "lactation_month",
    "standard": "standard",
    "energy_kcal": "energy_kcal",
    "energy_equation": "energy_equation",
    "egfr": "egfr",
    "serum_mg": "serum_mg",
    "serum_potassium": "serum_k_mmol_l",
    "vitamin_k_before": "vitamin_k_before_ug",
    "clinic_agreed": "clinic_agreed",
}
WEEK_KEYS = {
    "days": "days",
    "start": "start",
    "units": "units",
    "pattern": "pattern",
    "hemisphere": "hemisphere",
    "cycle": "cycle",
    "shops": "shops",
    "cupboard": "cupboard",
}
SOLVE_KEYS = {"gap": "gap", "time_limit": "time_limit_s", "seed": "seed"}
WATER_KEYS = {"water": "drink", "water_litres": "litres_per_day"}
_STAGE_KEYS = ("gestation_week", "lactation_month")


def lay_over(table: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Lay flags over a table in the shape of the request file."""
    supplements = [dataclasses.asdict(one) for one in given.get("supplement", ())]
    table = _with_money(table) | {"eaters": [*map(_with_money, table.get("eaters", ()))]}
    return dict(table) | {
        "supplements": [*table.get("supplements", []), *supplements],
        "profile": _lay_over_profile(table.get("profile", {}), given),
        "week": _lay_over_week(table.get("week", {}), given),
        "eaters": _lay_over_eaters(table.get("eaters", ()), given.get("eater", ())),
        "preferences": _lay_over_preferences(table.get("preferences", {}), given),
        "targets": _lay_over_targets(table.get("targets", {}), given),
        "solve": _replace(table.get("solve", {}), given, SOLVE_KEYS),
        "water": _replace(
            dict(table.get("water", {})) | given.get("tap_water", {}), given, WATER_KEYS
        ),
        "habits": _lay_over_habits(table, given),
        **_lay_over_usual(table, given),
    }


def _with_money(table: Mapping[str, Any]) -> dict[str, Any]:
    """Say of a budget what money it is, so that flags that change the shops do not change it."""
    wanted = table.get("preferences", {})
    budget_usd = wanted.get("budget_per_week")
    if not isinstance(budget_usd, int | float):
        return dict(table)
    money = Money(float(budget_usd), DOLLARS)
    return dict(table) | {"preferences": {**wanted, "budget_per_week": money}}


def lay_over_eater(eater: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Lay flags over one entry of ``[[eaters]]``, as over a request; ``slots`` are replaced."""
    supplements = [dataclasses.asdict(one) for one in given.get("supplement", ())]
    return dict(eater) | {
        "profile": _lay_over_profile(eater.get("profile", {}), given),
        "preferences": _lay_over_preferences(eater.get("preferences", {}), given),
        "supplements": [*eater.get("supplements", []), *supplements],
        "targets": _lay_over_targets(eater.get("targets", {}), given),
        "habits": _lay_over_habits(eater, given),
        "slots": given.get("slots", eater.get("slots", ["dinner"])),
    }


def _lay_over_eaters(
    written: Sequence[Mapping[str, Any]], said: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Add eaters; what is said of one who is there already is laid over that one."""
    names = {one["name"].casefold() for one in written}
    laid = []
    for eater in written:
        own = dict(eater)
        for one in said:
            if one["name"].casefold() == eater["name"].casefold():
                own = lay_over_eater(own, _as_flags(one))
        laid.append(own)
    return [*laid, *(dict(one) for one in said if one["name"].casefold() not in names)]


def _as_flags(eater: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a phrase says of an eater as the flags that say the same."""
    profile, wanted = eater["profile"], eater["preferences"]
    flags = {flag: profile[key] for flag, key in PROFILE_KEYS.items() if key in profile}
    flags |= {key: wanted[key] for key in ("diet", "without") if key in wanted}
    numbered = {"like": "like", "dislike": "dislike", "drink": "drinks"}
    flags |= {flag: tuple(wanted[key].items()) for flag, key in numbered.items() if key in wanted}
    flags |= {"slots": eater["slots"]} if "slots" in eater else {}
    lists = {"condition": "conditions", "medicine": "medicines"}
    flags |= {"habit": eater["habits"]} if "habits" in eater else {}
    flags |= {"clinic": tuple(profile["clinic"].items())} if "clinic" in profile else {}
    return flags | {flag: profile[key] for flag, key in lists.items() if key in profile}


def _replace(
    table: Mapping[str, Any], given: Mapping[str, Any], keys: Mapping[str, str]
) -> dict[str, Any]:
    return dict(table) | {key: given[flag] for flag, key in keys.items() if flag in given}


def _lay_over_week(table: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Replace what a flag says; guests of a meal that has some already take their place."""
    week = _replace(table, given, WEEK_KEYS)
    guests = {(one["day"], one["slot"]): one for one in table.get("guests", ())}
    for one in given.get("guests", ()):
        for day in _numbers(one["day"], week, "--guests"):
            guests[day, one["slot"]] = one | {"day": day}
    return week | {
        "guests": list(guests.values()),
        "skip": _lay_over_skip(table.get("skip", ()), given, week),
        "put": _lay_over_puts(table.get("put", ()), given.get("put", ()), week),
        "holidays": list(dict.fromkeys([*table.get("holidays", ()), *_holidays(given, week)])),
    }


def _lay_over_puts(
    written: Sequence[Mapping[str, Any]], puts: Sequence[Put], week: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Add dishes to meals; what a flag says of a meal takes the place of what the file says."""
    count, start = _menus_of(week)

    def days(put: Put) -> set[int]:
        try:
            return set(days_put(put.day, count, start))
        except ConfigError:
            if put.dish.casefold() == NONE:
                raise
            return set()  # told where the request is checked

    new = [(one.slot, one.eater.casefold(), days(one)) for one in puts]
    kept = list[Put]()
    for put in (Put(**one) for one in written):
        meal = put.slot, put.eater.casefold()
        said = [covered for *where, covered in new if tuple(where) == meal]
        left = days(put).difference(*said)
        kept += [put] if left == days(put) else [replace(put, day=day) for day in sorted(left)]
    return [put_table(one) for one in (*kept, *puts) if one.dish.casefold() != NONE]


def _lay_over_skip(
    written: Sequence[Mapping[str, Any]], given: Mapping[str, Any], week: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Add missed meals; what a flag says of a meal takes the place of what the file says."""
    meals = {(one["day"], one["slot"]): dict(one) for one in written}
    for flag, eaten in (("eat_out", "out"), ("skip", "nothing")):
        for word, slot in given.get(flag, ()):
            for day in _numbers(word, week, f"--{flag.replace('_', '-')}"):
                meals[day, slot] = {"day": day, "slot": slot, "eaten": eaten}
    return list(meals.values())


def _holidays(given: Mapping[str, Any], week: Mapping[str, Any]) -> Iterator[int | date]:
    for word in given.get("holiday", ()):
        yield from [word] if isinstance(word, date) else _numbers(word, week, "--holiday")


def _numbers(word: DayWord, week: Mapping[str, Any], where: str) -> tuple[int, ...]:
    """Give the numbers of the days that a flag names, each weekday of the plan that is so called.

    Raises
    ------
    ConfigError
        When no day of the plan is called so.
    """
    return days_meant(word, *_menus_of(week), where)


def _menus_of(week: Mapping[str, Any]) -> tuple[int, date | None]:
    """Give how many days have a menu of their own, and the date of the first."""
    planned, start = week.get("days", WeekOptions().days), week.get("start")
    first = date.fromisoformat(start) if isinstance(start, str) else start
    return min(week.get("cycle") or planned, planned), first


def _lay_over_profile(table: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Replace what a flag says; what was only assumed is assumed anew for the new person."""
    assumed = table.get("assumed", [])
    known = {key: value for key, value in table.items() if key not in (*assumed, "assumed")}
    if given.get("state", known.get("state")) != known.get("state"):
        known = {key: value for key, value in known.items() if key not in _STAGE_KEYS}
    if "serum_mg" in given:
        known.pop("serum_mg_mg_dl", None)
    for flag, key in (("condition", "conditions"), ("medicine", "medicines")):
        known[key] = list(dict.fromkeys([*known.get(key, []), *given.get(flag, ())]))
    known["clinic"] = dict(known.get("clinic", {})) | dict(given.get("clinic", ()))
    return _replace(known, given, PROFILE_KEYS)


def _lay_over_preferences(table: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Add names to the file's lists; a name that was liked and now is disliked changes sides."""
    like, dislike = dict(given.get("like", ())), dict(given.get("dislike", ()))
    laid = dict(table)
    if "diet" in given:
        laid["diet"] = given["diet"]
    laid["without"] = list(dict.fromkeys([*table.get("without", []), *given.get("without", ())]))
    laid["like"] = _without(table.get("like", {}), dislike) | like
    laid["dislike"] = _without(table.get("dislike", {}), like) | dislike
    laid["drinks"] = dict(table.get("drinks", {})) | dict(given.get("drink", ()))
    laid["per_week"] = _lay_over_rules(table.get("per_week", []), given.get("per_week", ()))
    between = dict(given.get("min_days_between", ()))
    laid["min_days_between"] = dict(table.get("min_days_between", {})) | between
    laid["use"] = dict(table.get("use", {})) | dict(given.get("use", ()))
    laid["allow_supplements"] = bool(table.get("allow_supplements")) or (
        "allow_supplements" in given
    )
    laid["alcohol"] = bool(table.get("alcohol")) or "with_alcohol" in given
    laid["conservative"] = bool(table.get("conservative")) or "conservative" in given
    laid["history"] = list(dict.fromkeys([*table.get("history", []), *given.get("history", ())]))
    if "dishes" in given:  # instead of the file's: its folders may be elsewhere by now
        laid["dishes"] = [str(folder.absolute()) for folder in given["dishes"]]
    keys = ("max_minutes", "max_minutes_weekday", "budget_per_week", "budget_counts")
    return _replace(laid, given, {key: key for key in keys})


def _without(grades: Mapping[str, int], names: Mapping[str, int]) -> dict[str, int]:
    return {name: grade for name, grade in grades.items() if name not in names}


def _lay_over_rules(written: Sequence[str], rules: Sequence[FrequencyRule]) -> list[str]:
    """Keep one rule for each name and sense; the last one said counts."""
    every = {(rule.name, rule.sense): rule for rule in [*map(read_frequency, written), *rules]}
    return [f"{rule.name} {rule.sense} {rule.count}" for rule in every.values()]


def _lay_over_habits(table: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, int]:
    """Replace figures; what is as usual again is let go."""
    laid = {**table.get("habits", {}), **given.get("habit", {})}
    return {name: figure for name, figure in laid.items() if figure is not None}


def _lay_over_usual(table: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Replace the diary, and whose matches its names have; nothing where there is none.

    Raises
    ------
    ConfigError
        When there are matches and no diary.
    """
    keys = {"usual": "diary", "matches": "matches"}
    laid = {} if "usual" in given else dict(table.get("usual") or {})
    laid |= {key: str(Path(given[flag]).absolute()) for flag, key in keys.items() if flag in given}
    if laid and "diary" not in laid:
        raise ConfigError(
            "there is no diary that they are of", "--matches", "add --usual DIARY.csv"
        )
    return {"usual": laid} if laid else {}


def _lay_over_targets(
    table: Mapping[str, Mapping[str, Any]], given: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Merge bounds by key, so that ``>=`` and ``<=`` of one nutrient make one band."""
    bands = {key: dict(band) for key, band in table.items()}
    ratio = TargetOverride("ca_mg_ratio", given.get("ratio_min"), given.get("ratio_max"))
    for band in (*given.get("target", ()), ratio):
        said = {"lower": band.lower, "upper": band.upper}
        new = {side: bound for side, bound in said.items() if bound is not None}
        if new:
            bands[band.nutrient] = bands.get(band.nutrient, {}) | new
    return bands
