"""Read and check request files, shipped ones too, and tell their faults in the writer's words.

One path for all: TOML, JSON and flags become a table in the shape of the file, pydantic checks
the table, and every fault of it is reported at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from foods.errors import raise_collected
from foods.own_file import parse_own_toml, read_kinds, read_own_text
from foods.table import nearest_names
from planner.errors import ConfigError
from planner.request.days import NOTHING, OUT, check_days
from planner.request.diets import OMNIVORE
from planner.request.eater import WHOLE, Eater, Guests
from planner.request.measures import DOLLARS
from planner.request.override import TargetOverride
from planner.request.preferences import LATELY
from planner.request.profile import Profile
from planner.request.profile_table import WITH_UNITS, kept_as_said
from planner.request.put import put_table
from planner.request.request import PlanRequest, WeekOptions
from planner.request.table import check_table
from planner.request.tables import SCHEMA, RequestTable
from planner.request.write import write_table
from planner.settings import names_in, read_settings
from planner.shops import money_of


def _types() -> Mapping[str, Any]:
    """Return what pydantic's kinds of faults are in words, and those of a bound."""
    return read_settings("request/types.toml")


def fault_lines(error: ValidationError) -> list[str]:
    """Return one line for each fault: key, what is wrong, how to mend it."""
    told, each = "{place}: {fault}", faults_at(error)
    return list(dict.fromkeys(told.format(place=_place(loc), fault=text) for loc, text in each))


def faults_at(error: ValidationError) -> list[tuple[tuple[int | str, ...], str]]:
    """Return for each fault its place, as keys from the top, and what is wrong with the remedy."""
    return [(fault["loc"], _say(fault)) for fault in error.errors()]


def _place(loc: Sequence[int | str]) -> str:
    """Write ``("profile", "age")`` as ``[profile] age``, with list entries counted from 1."""
    words = [f"entry {part + 1}" if isinstance(part, int) else part for part in loc]
    words = [word for word in words if word != "[key]"]
    if not words:
        return "request"
    if words[0] == "targets":
        return " ".join(["[" + ".".join(words[:2]) + "]", *words[2:]])
    is_table = words[0] in RequestTable.model_fields and words[0] != "schema"
    if is_table:
        words[:2] = [" ".join([f"[{words[0]}]", *words[1:2]])]
    return ", ".join(words)


def _say(fault: Any) -> str:
    kind, context, value = fault["type"], fault.get("ctx", {}), fault["input"]
    if kind == "extra_forbidden":
        return _say_unknown(fault["loc"])
    if kind == "missing":
        return "is missing — add it"
    if kind == "literal_error":
        return _say_choice(value, context["expected"])
    if kind in _types()["bounds"]:
        pattern, bound = _types()["bounds"][kind]
        return str(pattern.format(limit=float(context[bound]), value=_shown(value)))
    if kind == "value_error":
        return str(context["error"])
    if kind in _types()["words"]:
        wanted = _types()["words"][kind]
        return f"must be {wanted}, but is {_shown(value)}"
    return "{fault}, but is {value}".format(fault=fault["msg"], value=_shown(value))


def _say_choice(value: Any, expected: str) -> str:
    known = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    near = nearest_names(value, known, count=1) if isinstance(value, str) else []
    hint = f"did you mean {near[0]!r}? " if near else ""
    told = {"value": _shown(value), "hint": hint, "names": ", ".join(known)}
    return "{value} is not known — {hint}use one of {names}".format(**told)


def _say_unknown(loc: Sequence[int | str]) -> str:
    """Offer the nearest key of the same table, else the table that has this key."""
    name = str(loc[-1])
    for table, keys in _keys_by_table().items():
        if name in keys and table not in loc:
            return f"unknown key here — it belongs into [{table}]"
    near = nearest_names(name, _keys_at(loc[:-1]))
    if near:
        return "unknown key — the nearest: {names}".format(names=", ".join(near))
    return "unknown key — known: {names}".format(names=", ".join(_keys_at(loc[:-1])))


def _keys_by_table() -> dict[str, list[str]]:
    tables = ("profile", "week", "preferences", "habits", "weights", "solve", "water")
    return {table: _keys_at((table,)) for table in tables}


def _keys_at(loc: Sequence[int | str]) -> list[str]:
    """List the keys known at a place, by walking through the models."""
    model: type[BaseModel] = RequestTable
    for part in loc:
        if isinstance(part, str) and part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation) or model
    return [field.alias or key for key, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = [_model_in(part) for part in get_args(annotation)]
    return next((model for model in found if model is not None), None)


def _shown(value: Any) -> str:
    """Show what was written, cut short."""
    longest = 40
    text = f"{value:g}" if isinstance(value, float) else repr(value)
    if isinstance(value, Mapping):
        return "a table"
    return text if len(text) <= longest else text[:longest] + "…"


_PATH_KEYS = ("history", "dishes")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def read_request(path: str | Path, week: Mapping[str, Any] = _NOTHING) -> PlanRequest:
    """Read a request file; ``week`` takes the place of keys of its ``[week]``.

    So weekdays and dates in the file are those of the days that are planned.

    Raises
    ------
    ConfigError
        When the file cannot be read or has faults; all faults in one error.
    RefusedError
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
    """Return how far a place leads in a table: a fault may be that its last key is missing."""
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
    """Return the request as a complete, commented TOML text that reads back as the same request."""
    return write_table(request_to_dict(request), request.week.start)


def request_from_dict(table: Mapping[str, Any], where: str = "request") -> PlanRequest:
    """Check a table in the shape of the request file and hand over the request.

    Raises
    ------
    ConfigError
        When the table has faults; all of them in one error.
    RefusedError
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
    """Return the request as a JSON-ready table: ``request_from_dict`` gives it back."""
    return {
        "schema": SCHEMA,
        "profile": _body_table(request.profile, request.assumed) | {"standard": request.standard},
        "supplements": [_fields(supplement) for supplement in request.supplements],
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
        each = (_anchored(eater, folder) if isinstance(eater, dict) else eater for eater in eaters)
        found["eaters"] = list(each)
    if isinstance(table.get("preferences"), dict):
        found["preferences"] = _anchored_paths(table["preferences"], folder)
    return found


def _anchored_paths(preferences: dict[str, Any], folder: Path) -> dict[str, Any]:
    return preferences | {
        key: [_absolute(preference, folder) for preference in preferences[key]]
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
        "supplements": [_fields(supplement) for supplement in eater.supplements],
        "targets": {band.nutrient: _band_table(band) for band in eater.overrides},
        **({"days": list(eater.days)} if eater.days else {}),
        **({"count": eater.count} if eater.count > 1 else {}),
    } | _habits_table(eater.habits)


def _habits_table(habits: Mapping[str, int]) -> dict[str, Any]:
    """Return the habits where there are any: without them a request is what it was before."""
    return {"habits": dict(habits)} if habits else {}


def _guests_table(guests: Guests) -> dict[str, Any]:
    table = _fields(guests, OMNIVORE, [])
    if guests.servings == WHOLE:
        del table["servings"]
    return table


def _week_table(week: WeekOptions) -> dict[str, Any]:
    out = [put for put in week.put if put.is_out]
    table = _fields(week) | {
        "start": week.start.isoformat() if week.start else None,
        "skip": [
            *(_skip_table(week, *meal) for meal in week.skip),
            *({"day": put.day, "slot": put.slot, "eaten": OUT, "dish": put.dish} for put in out),
        ],
        "guests": [_guests_table(guest) for guest in week.guests],
        "holidays": [one if isinstance(one, int) else one.isoformat() for one in week.holidays],
        "put": [put_table(put) for put in week.put if not put.is_out],
        "pantry": [_fields(home) for home in week.pantry],
        "packages": [_fields(package, "", None) for package in week.packages],
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
    """Return the fields of a dataclass as JSON has them, lists and tables; not those ``unsaid``."""
    fields = {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return {name: field for name, field in fields.items() if field not in unsaid}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return value


_FOLDER = "presets"
_WISHES = ("preferences", "week", "weights", "targets", "habits")  # whose, is for others to say


def preset_names() -> tuple[str, ...]:
    """Name the requests that are shipped."""
    return tuple(names_in(_FOLDER, ".toml"))


def read_preset(name: str) -> Mapping[str, Any]:
    """Return a preset in the shape of a request file."""
    return read_settings(f"{_FOLDER}/{name}.toml")


def wishing_presets() -> tuple[str, ...]:
    """Name those that say what is wished for and not who eats."""
    return tuple(name for name in preset_names() if "eaters" not in read_preset(name))


def with_preset(table: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Lay the wishes of a preset over a request in the shape of its file.

    Bounds of nutrients that the request has stay as they are; lists are joined.
    """
    laid, preset = dict(table), read_preset(name)
    for part in _WISHES:
        own, wished = laid.get(part, {}), preset.get(part, {})
        joined = {key: _joined(own.get(key), wish) for key, wish in wished.items()}
        laid[part] = {**own, **joined, **(own if part == "targets" else {})}
    return laid


def _joined(own: Any, wished: Any) -> Any:
    return [*dict.fromkeys((*(own or ()), *wished))] if isinstance(wished, list) else wished
