"""People as requests: a table with a row for each, or a folder of files; faults are told in place.

A column is called like a key of ``[profile]``, ``[preferences]`` or ``[week]``, or like the flag
for it. A cell holds what the key may be: a number, a text; of several things, ``;`` between them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from foods.errors import UserFacingError
from foods.sheet import Sheet, read_sheet
from planner.errors import ConfigError, RefusedError
from planner.request.eater import Eater
from planner.request.eater_tables import read_intake
from planner.request.meal_phrases import read_meal_hours, read_minutes_on, read_more_energy
from planner.request.measures import DOLLARS, Money
from planner.request.phrases import (
    read_clinic,
    read_cups,
    read_days_between,
    read_graded_name,
    read_target,
)
from planner.request.preferences import Preferences, PreferencesTable
from planner.request.profile import Profile
from planner.request.profile_table import ProfileTable
from planner.request.put import read_food_use, read_without_on
from planner.request.read import (
    faults_at,
    read_request,
    request_from_dict,
    request_to_dict,
    sound_table,
)
from planner.request.request import PlanRequest
from planner.request.table import common_diet, refuse_eaters
from planner.request.tables import RequestTable, WeekTable

if TYPE_CHECKING:
    import pandas as pd

NAME, SEPARATOR = "name", ";"
REQUIRED = (NAME, "sex", "age")
Asked = PlanRequest | UserFacingError
"""What somebody asks for, or what refuses it: a rule, or a fault that is to be mended."""

_ADDED = ("without", "history", "dishes")  # what is common holds beside what a row says
_WEEK = ("days", "start", "slots", "units", "pattern", "hemisphere", "cycle", "shops", "cupboard")
_PLACES: Mapping[str, tuple[str, FieldInfo | None]] = MappingProxyType(
    {
        **{key: ("profile", field) for key, field in ProfileTable.model_fields.items()},
        **{key: ("preferences", field) for key, field in PreferencesTable.model_fields.items()},
        **{key: ("week", WeekTable.model_fields[key]) for key in _WEEK},
        **dict.fromkeys((NAME, "supplements", "targets"), ("", None)),
    }
)
_ALSO = MappingProxyType(
    {
        **{"age_y": "age", "height": "height_cm", "weight": "weight_kg"},
        **{"condition": "conditions", "medicine": "medicines", "supplement": "supplements"},
        **{"drink": "drinks", "target": "targets", "with_alcohol": "alcohol"},
    }
)
_PAIRS: Mapping[str, Callable[[str], tuple[str, Any]]] = MappingProxyType(
    {
        **{"like": read_graded_name, "dislike": read_graded_name, "drinks": read_cups},
        **{"min_days_between": read_days_between, "use": read_food_use, "clinic": read_clinic},
        "meals_at": read_meal_hours,
        **{"without_on": read_without_on, "max_minutes_on": read_minutes_on},
        "more_energy": read_more_energy,
    }
)
_TRUTH = MappingProxyType({"true": True, "false": False})


def read_people(
    frame: pd.DataFrame,
    common: PlanRequest,
    faults_in: Callable[[PlanRequest], Sequence[UserFacingError]],
) -> dict[str, Asked]:
    """Read a table of people: name → request, or the rule that refuses it.

    Parameters
    ----------
    frame
        A row for each person.
    common
        What holds for everybody whose row says nothing else; its body is nobody's. What it leaves
        out, its diet, dishes and history hold beside those of a row.
    faults_in
        Gives what is wrong in a request that is well-formed.

    Raises
    ------
    ConfigError
        When the table has faults; all are listed. Its first row is row 2, as in a file.
    """
    sheet = read_sheet(frame.map(_as_text), "request", ConfigError)
    people = _read_rows(sheet, common, faults_in)
    sheet.raise_faults()
    return {name: asked for name, asked in people.values() if asked is not None}


def read_each(path: Path, common: PlanRequest) -> dict[str, Asked]:
    """Read a table of people whose rows stand or fall alone: name → request, or its faults.

    A row without a name, and each of those that have the same one, is called by its number: nobody
    gets the plan of somebody else.

    Raises
    ------
    ConfigError
        When it cannot be read, has wrong columns, or nobody stands there.
    """
    sheet = read_sheet(path, "people", ConfigError)
    rows = _read_rows(sheet, common, lambda _: ())
    if not rows:
        sheet.raise_faults()
    told = defaultdict[int, list[str]](list)
    for number, line in sheet.faults:
        told[number].append(line)
    alike = defaultdict[str, list[int]](list)
    for number, (name, _) in rows.items():
        alike[name].append(number)
    people = dict[str, Asked]()
    for number in sorted({*rows, *told}):
        name, asked = rows.get(number, ("", None))
        twins = alike[name] if name else [number]
        faults = [line for twin in twins for line in told[twin]]
        own = name if name and len(twins) == 1 else f"({number})"
        people[own] = asked if asked and not faults else ConfigError("; ".join(faults), str(path))
    return people


def read_folder(folder: Path) -> dict[str, Asked]:
    """Read the request files of a folder: name without ending → request, or its faults.

    Raises
    ------
    ConfigError
        When there are none.
    """
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        remedy = f"`magplan request new --out {folder}/NAME.toml` writes one"
        raise ConfigError("has no request files, NAME.toml", str(folder), remedy)
    return {path.stem: _read_file(path) for path in paths}


def _read_file(path: Path) -> Asked:
    try:
        return read_request(path)
    except UserFacingError as error:
        return error


def _read_rows(
    sheet: Sheet, common: PlanRequest, faults_in: Callable[[PlanRequest], Sequence[UserFacingError]]
) -> dict[int, tuple[str, Asked | None]]:
    """Read the rows of a sheet: number → name and request; faults are noted on the sheet."""
    refuse_eaters(common)
    called = _read_columns(sheet)
    if any(number == 1 for number, _ in sheet.faults):
        sheet.raise_faults()
    sheet.check_once(called[NAME])
    if not sheet.rows:
        sheet.report("nobody stands here", remedy="give each person a row")
    people = dict[int, tuple[str, Asked | None]]()
    for number, row in sheet.rows:
        cells = {key: row[called[key]] for key in called}
        asked = _read_row(sheet, number, cells, called, common)
        if isinstance(asked, PlanRequest):
            _look_up(sheet, number, faults_in(asked), called)
        people[number] = cells[NAME], asked
    return people


def _as_text(cell: Any) -> Any:
    """Write a list in a cell as text; other cells stay."""
    return f"{SEPARATOR} ".join(map(str, cell)) if isinstance(cell, list | tuple) else cell


def _read_columns(sheet: Sheet) -> dict[str, str]:
    """Return key → name of its column, and note what is missing, unknown or there twice."""
    called: dict[str, str] = {}
    for column in sheet.columns:
        key = _ALSO.get(column, column)
        if key in called:
            how = "keep one of the two"
            text = "{names} are the same".format(names=f"{called[key]}, {column}")
            sheet.report(text, remedy=how)
        called.setdefault(key, column)
    known = [*(key for key in _PLACES if key != "assumed"), *_ALSO]
    sheet.check_columns([key for key in REQUIRED if key not in called], known)
    return called


def _read_row(
    sheet: Sheet,
    number: int,
    cells: Mapping[str, str],
    called: Mapping[str, str],
    common: PlanRequest,
) -> Asked | None:
    """Read a row over what is common and note its faults; gives what is sound of it, if any is."""
    table = _laid(sheet, number, cells, called, common)
    try:
        RequestTable.model_validate(table)
    except ValidationError as fault:
        for place, text in faults_at(fault):
            column = next((called[str(key)] for key in place if key in called), "")
            sheet.report(text, number, column)
    try:
        return request_from_dict(sound_table(table))
    except RefusedError as refused:
        return refused
    except UserFacingError as error:
        told = error.faults or (str(error.at("")),)
        for line in told:
            sheet.report(line, number)
        return None


def _laid(
    sheet: Sheet,
    number: int,
    cells: Mapping[str, str],
    called: Mapping[str, str],
    common: PlanRequest,
) -> dict[str, Any]:
    """Lay the cells of a row over what is common, and note those that cannot be read."""
    table = request_to_dict(common)
    table["profile"] = {"standard": common.standard}
    budget_usd = common.preferences.budget_per_week
    if budget_usd is not None and not common.preferences.food_plan:
        table["preferences"]["budget_per_week"] = Money(budget_usd, DOLLARS)
    for key, cell in cells.items():
        if cell:
            try:
                _put(table, key, cell)
            except UserFacingError as error:
                sheet.report(str(error), number, called[key])
        elif key in REQUIRED and key != NAME:
            sheet.report("blank", number, called[key], "it is not guessed")
    return table


def _put(table: dict[str, Any], key: str, cell: str) -> None:
    """Put a cell that is not blank into the table of a request."""
    parts = [part for piece in cell.split(SEPARATOR) if (part := piece.strip())]
    part, field = _PLACES[key]
    if key == "supplements":
        table[key] = [asdict(read_intake(text)) for text in parts]
    elif key == "targets":
        for band in map(read_target, parts):
            own = {"lower": band.lower, "upper": band.upper}
            known = {name: bound for name, bound in own.items() if bound is not None}
            table[key][band.nutrient] = {**table[key].get(band.nutrient, {}), **known}
    elif key in _PAIRS:
        table[part][key] = dict(map(_PAIRS[key], parts))
    elif field is not None:
        kinds = set(_kinds(field.annotation))
        if key in _ADDED:
            table[part][key] = list(dict.fromkeys([*table[part].get(key, ()), *parts]))
        elif key == "diet":
            eater = Eater("", Profile(), preferences=Preferences(diet=cell))
            table[part][key] = common_diet(table[part][key], eater)
        elif list in kinds:
            table[part][key] = parts
        else:
            table[part][key] = cell if str in kinds else _value(cell)


def _kinds(annotation: Any) -> Iterator[Any]:
    """Return what a value may be, as bare types."""
    kind = getattr(annotation, "__origin__", annotation)
    yield kind
    if kind is not list:
        for inner in get_args(annotation):
            yield from _kinds(inner)


def _value(cell: str) -> Any:
    """Read a cell as a number, or as true or false; as text where it is none of them."""
    try:
        number = float(cell)
    except ValueError:
        return _TRUTH.get(cell.casefold(), cell)
    return int(number) if number.is_integer() else number


def _look_up(
    sheet: Sheet, number: int, errors: Sequence[UserFacingError], called: Mapping[str, str]
) -> None:
    """Note names that mean nothing; what a rule refuses is told where it is planned."""
    for error in errors:
        if not isinstance(error, RefusedError):
            flag = error.where.removeprefix("--").replace("-", "_")
            column = called.get(_ALSO.get(flag, flag), "")
            sheet.report(str(error.at("") if column else error), number, column)
