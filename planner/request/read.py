"""Read and check request files, and carry requests in plan.json.

One path for all: TOML, JSON and flags become a table in the shape of the file, pydantic checks
the table, and every fault of it is reported at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from foods.errors import raise_collected
from foods.own_file import parse_own_toml, read_kinds, read_own_text
from planner.errors import ConfigError
from planner.request.days import NOTHING, OUT, check_days
from planner.request.diets import OMNIVORE
from planner.request.eater import WHOLE, Eater, Guests
from planner.request.faults import fault_lines
from planner.request.likely import WITH_UNITS, kept_as_said
from planner.request.money import DOLLARS
from planner.request.override import TargetOverride
from planner.request.preferences import LATELY
from planner.request.profile import Profile
from planner.request.put import put_table
from planner.request.request import PlanRequest, WeekOptions
from planner.request.table import check_table
from planner.request.tables import SCHEMA, RequestTable
from planner.request.write import write_table
from planner.shops import money_of

_PATH_KEYS = ("history", "dishes")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def read_request(path: str | Path, week: Mapping[str, Any] = _NOTHING) -> PlanRequest:
    """Read a request file; ``week`` takes the place of keys of its ``[week]``.

    So weekdays and dates in the file are those of the days that are planned.

    Raises
    ------
    ConfigError
        When the file cannot be read or has faults; all faults in one error.
    NotBuiltError, RefusedError
        When it asks for what is not built, or must be refused.
    """
    table = _read_table(str(path))
    if week and isinstance(table.get("week", {}), dict):
        table["week"] = {**table.get("week", {}), **week}
    return request_from_dict(_anchored(table, Path(path).parent), str(path))


def read_sound_part(path: str | Path) -> PlanRequest:
    """Read what of a request file is well-formed: keys that hold a fault are left out.

    So the rest of a faulty file can be looked at too.

    Raises
    ------
    ConfigError
        When the file cannot be read at all.
    """
    table = sound_table(_anchored(_read_table(str(path)), Path(path).parent))
    return RequestTable.model_validate(table).to_request()


def sound_table(table: dict[str, Any]) -> dict[str, Any]:
    """Take out of a table what is not well-formed, and give it.

    Of a list or a table with a fault in one entry the others stay.
    """
    while True:
        try:
            RequestTable.model_validate(table)
        except ValidationError as error:
            places = {_reached(table, fault["loc"]) for fault in error.errors()}
            for place in sorted(places, reverse=True):  # of a list the last first
                _take_out(table, place)
        else:
            return table


def _reached(table: Any, place: Sequence[int | str]) -> tuple[Any, ...]:
    """Give how far a place leads in a table: a fault may be that its last key is missing."""
    for depth, key in enumerate(place):
        is_there = isinstance(table, dict) and key in table
        if not is_there and not (isinstance(table, list) and isinstance(key, int)):
            return tuple(place[:depth])
        table = table[key]
    return tuple(place)


def _take_out(table: dict[str, Any], place: Sequence[Any]) -> None:
    """Take out what stands at a place; everything for a fault of no key."""
    if not place:
        table.clear()
        return
    inner: Any = table
    for key in place[:-1]:
        inner = inner[key]
    del inner[place[-1]]


def write_request(request: PlanRequest) -> str:
    """Give the request as a complete, commented TOML text that reads back as the same request."""
    return write_table(request_to_dict(request), request.week.start)


def request_from_dict(table: Mapping[str, Any], where: str = "request") -> PlanRequest:
    """Check a table in the shape of the request file and hand over the request.

    Raises
    ------
    ConfigError
        When the table has faults; all of them in one error.
    NotBuiltError, RefusedError
        When it asks for what is not built, or must be refused.
    """
    try:
        checked = RequestTable.model_validate(dict(table))
    except ValidationError as error:
        raise_collected(ConfigError, fault_lines(error), where)
        raise
    request = checked.to_request()
    check_days(request, where)
    check_table(request, where)
    return request


def request_to_dict(request: PlanRequest) -> dict[str, Any]:
    """Give the request as a JSON-ready table: ``request_from_dict`` gives it back."""
    return {
        "schema": SCHEMA,
        "profile": _body_table(request.profile, request.assumed) | {"standard": request.standard},
        "supplements": [_fields(one) for one in request.supplements],
        "week": _week_table(request.week),
        "preferences": _preferences_table(request, request.shops)
        | ({"food_falls_short": True} if request.food_falls_short else {}),
        "targets": {band.nutrient: _band_table(band) for band in request.overrides},
        "weights": _fields(request.weights),
        "solve": _fields(request.solve),
        "water": _fields(request.water),
        "eaters": [_eater_table(eater, request.shops) for eater in request.eaters],
    } | _habits_table(request.habits)


def _anchored(table: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Count the relative paths of a request file from its folder, and let no other folder matter.

    What is not there but where the command runs is taken from there.
    """
    found = dict(table)
    eaters = table.get("eaters")
    if isinstance(eaters, list):
        each = (_anchored(one, folder) if isinstance(one, dict) else one for one in eaters)
        found["eaters"] = list(each)
    if isinstance(table.get("preferences"), dict):
        found["preferences"] = _anchored_paths(table["preferences"], folder)
    return found


def _anchored_paths(preferences: dict[str, Any], folder: Path) -> dict[str, Any]:
    return preferences | {
        key: [_absolute(one, folder) for one in preferences[key]]
        for key in _PATH_KEYS
        if isinstance(preferences.get(key), list)
    }


def _absolute(path: Any, folder: Path) -> Any:
    if not isinstance(path, str) or not path.strip() or path.startswith(LATELY):
        return path  # told as a fault where the table is checked
    beside, here = (folder / path.strip()).absolute(), Path(path.strip()).absolute()
    return str(here if here.exists() and not beside.exists() else beside)


def _read_table(where: str) -> dict[str, Any]:
    text, remedy = read_own_text(where, "request", ConfigError), read_kinds()["request"]["remedy"]
    if not text.strip():
        raise ConfigError("is empty", where, remedy)
    is_json = text.lstrip().startswith("{")
    remedy = "this looks like JSON; a request is TOML" if is_json else "fix this line"
    return parse_own_toml(text, where, remedy, ConfigError)


def _body_table(profile: Profile, assumed: Sequence[str]) -> dict[str, Any]:
    table = _fields(profile)
    table = {"age" if key == "age_y" else key: value for key, value in table.items()}
    del table["confirmed"]
    for key in kept_as_said(profile, assumed):
        table[key] = f"{float(table[key])!r} {WITH_UNITS[key]}"  # read back as it was written
    return table | {"clinic": dict(profile.clinic), "assumed": list(assumed)}


def _eater_table(eater: Eater, shops: str) -> dict[str, Any]:
    return {
        "name": eater.name,
        "slots": list(eater.slots),
        "profile": _body_table(eater.profile, eater.assumed),
        "preferences": _preferences_table(eater, shops),
        "supplements": [_fields(one) for one in eater.supplements],
        "targets": {band.nutrient: _band_table(band) for band in eater.overrides},
        **({"days": list(eater.days)} if eater.days else {}),
        **({"count": eater.count} if eater.count > 1 else {}),
    } | _habits_table(eater.habits)


def _habits_table(habits: Mapping[str, int]) -> dict[str, Any]:
    """Give the habits where there are any: without them a request is what it was before."""
    return {"habits": dict(habits)} if habits else {}


def _guests_table(guests: Guests) -> dict[str, Any]:
    table = _fields(guests, OMNIVORE, [])
    if guests.servings == WHOLE:
        del table["servings"]
    return table


def _week_table(week: WeekOptions) -> dict[str, Any]:
    out = [one for one in week.put if one.is_out]
    table = _fields(week) | {
        "start": week.start.isoformat() if week.start else None,
        "skip": [
            *(_skip_table(week, *one) for one in week.skip),
            *({"day": one.day, "slot": one.slot, "eaten": OUT, "dish": one.dish} for one in out),
        ],
        "guests": [_guests_table(one) for one in week.guests],
        "holidays": [one if isinstance(one, int) else one.isoformat() for one in week.holidays],
        "put": [put_table(one) for one in week.put if not one.is_out],
        "pantry": [_fields(one) for one in week.pantry],
        "packages": [_fields(one, "", None) for one in week.packages],
    }
    del table["not_eaten"], table["at_table"]  # said by ``skip`` and by each eater
    for key in ("packages", "notes", "amounts", "cooked_more", "begun", "eaten"):
        if not table[key]:
            del table[key]  # a request is what it was before
    return table


def _skip_table(week: WeekOptions, day: int, slot: str) -> dict[str, Any]:
    eaten = NOTHING if (day, slot) in week.not_eaten else OUT
    return {"day": day, "slot": slot, "eaten": eaten}


def _preferences_table(asked: PlanRequest | Eater, shops: str) -> dict[str, Any]:
    preferences, allows = asked.preferences, {"allow_supplements": asked.allow_supplements}
    rules = [str(rule) for rule in preferences.per_week]
    table = _fields(preferences)
    budget = table.pop("food_plan") or _budget_text(preferences.budget_per_week, shops)
    for key in ("without_on", "max_minutes_on", "more_energy", "since"):
        if not table[key]:
            del table[key]  # a request is what it was before
    return table | {"per_week": rules, "budget_per_week": budget} | allows


def _budget_text(budget_usd: float | None, shops: str) -> float | str | None:
    """Write a budget: dollars as a number, other money with its code: ``"60.00 GBP"``."""
    money = money_of(shops)
    if budget_usd is None or money["currency"] == DOLLARS:
        return budget_usd
    return f"{budget_usd * money['per_usd']:.2f} {money['currency']}"


def _band_table(band: TargetOverride) -> dict[str, Any]:
    return {key: value for key, value in _fields(band).items() if key != "nutrient"}


def _fields(value: Any, *unsaid: Any) -> dict[str, Any]:
    """Give the fields of a dataclass as JSON has them, lists and tables; not those ``unsaid``."""
    fields = {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return {name: one for name, one in fields.items() if one not in unsaid}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return value
