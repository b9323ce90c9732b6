"""Read plan.json back: the plan, its request, what it states; dishes of earlier plans.

Everything is checked before it is handed over, and every fault is told at once with its place in
the file. Keys that a later version may add are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from foods.errors import UserFacingError, raise_collected
from foods.own_file import read_kinds, read_own_text
from planner.errors import ConfigError
from planner.plan.plan import Plan
from planner.request.preferences import LATELY
from planner.request.read import request_from_dict
from planner.request.request import NAMELESS, PlanRequest
from planner.targets.target import Target
from planner.wire.plan_file import SCHEMA, PlanFile

_MOST_FAULTS = 20
_WRITE_ONE = read_kinds()["plan"]["remedy"]


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A plan file.

    Parameters
    ----------
    request
        The request it answers.
    plan
        Days with their items, and the totals that it states.
    printed
        Everything that it says, as written.
    """

    request: PlanRequest
    plan: Plan
    printed: PlanFile

    @property
    def targets(self) -> tuple[Target, ...]:
        """The bands that it states."""
        return tuple(target.to_target() for target in self.printed.targets)

    @property
    def points(self) -> Mapping[str, float | None]:
        """Name → points as stated, those of the whole plan under ``NAMELESS``."""
        return {
            NAMELESS: self.printed.solver.objective,
            **{eater.name: eater.objective for eater in self.printed.eaters},
        }


def read_plan_document(path: str | Path) -> PlanDocument:
    """Read a plan file.

    Raises
    ------
    ConfigError
        When the file cannot be read or has faults; all faults in one error.
    RefusedError
        When its request asks for what is not built, or must be refused.
    """
    return parse_plan_document(read_own_text(path, "plan", ConfigError), str(path))


def parse_plan_document(text: str, where: str) -> PlanDocument:
    """Read the text of a plan file; ``where`` names it in messages.

    Raises
    ------
    ConfigError, RefusedError
        As ``read_plan_document``.
    """
    raw = _parse_json(text, where)
    faults: list[str] = []
    checked, request = _check(raw, faults), _request(raw.get("request"), faults)
    if len(faults) > _MOST_FAULTS:
        faults = [
            *faults[:_MOST_FAULTS],
            f"and {len(faults) - _MOST_FAULTS} more",
        ]
    raise_collected(ConfigError, faults, where)
    if checked is None or request is None:
        raise ConfigError("cannot be read", where, _WRITE_ONE)
    own = tuple(food.to_food() for food in checked.own_foods)
    return PlanDocument(replace(request, own_foods=own), checked.to_plan(), checked)


def with_notes(text: str, request: PlanRequest) -> str:
    """Return the text of a plan file with the notes of a request; all else stays as it is."""
    raw = json.loads(text)
    week = raw["request"]["week"]
    week.pop("notes", None)
    if request.week.notes:
        week["notes"] = dict(request.week.notes)
    return f"{json.dumps(raw, indent=2, ensure_ascii=False)}\n"


def _parse_json(text: str, where: str) -> Mapping[str, Any]:
    if not text.strip():
        raise ConfigError("is empty", where, _WRITE_ONE)
    try:
        raw = json.loads(text, parse_constant=_refuse_constant)
        json.dumps(raw, ensure_ascii=False).encode()  # half a surrogate could not be printed
    except RecursionError:
        raise ConfigError("is nested too deeply", where, _WRITE_ONE) from None
    except UnicodeEncodeError:
        raise ConfigError("holds half of a character", where, _WRITE_ONE) from None
    except ValueError as error:
        raise ConfigError(f"is not JSON: {error}", where, _WRITE_ONE) from None
    if not isinstance(raw, dict):
        raise ConfigError("is JSON, but no plan", where, _WRITE_ONE)
    if raw.get("schema") != SCHEMA:
        told = f"schema {raw['schema']!r}" if "schema" in raw else "no schema"
        raise ConfigError(f"has {told}, a plan has {SCHEMA!r}", where, _WRITE_ONE)
    return raw


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number that a plan can hold")


def _check(raw: Mapping[str, Any], faults: list[str]) -> PlanFile | None:
    try:
        return PlanFile.read(dict(raw))
    except ValidationError as error:
        faults.extend(
            f"{_place(fault['loc'])}: {_say(fault['type'], fault['msg'], fault['input'])}"
            for fault in error.errors()
        )
    return None


def _request(table: Any, faults: list[str]) -> PlanRequest | None:
    if not isinstance(table, dict):
        faults.append("request: is missing" if table is None else "request: must be an object")
        return None
    try:
        return request_from_dict(table, "request")
    except ConfigError as error:
        faults.append(str(error))
    return None


def _place(loc: Sequence[int | str]) -> str:
    """Write a place in the file: ``days[0].meals[1].slot``, entries counted from 0."""
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return path.removeprefix(".") or "plan"


def _say(kind: str, message: str, value: Any) -> str:
    if kind == "missing":
        return "is missing"
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    longest = 40
    shown = repr(value) if not isinstance(value, (dict, list)) else "something else"
    shown = shown if len(shown) <= longest else f"{shown[:longest]}…"
    return "{fault}, but is {value}".format(fault=message.removeprefix("Input "), value=shown)


_Eaten = tuple[date | None, frozenset[str]]


def read_history(paths: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Return the dishes of each earlier plan, those of the latest plan first.

    Parameters
    ----------
    paths
        Plan files, or what ``eaten_lately`` wrote. Where all of them have dates these decide which
        is the latest; else the last one named is.

    Raises
    ------
    ConfigError
        When files cannot be read or are no plans; all faults in one error.
    """
    if not paths:
        return ()
    plans: list[_Eaten] = []
    faults: list[str] = []
    for path in paths:
        try:
            plans.append(_read(path))
        except UserFacingError as error:
            faults.append(str(error))
    raise_collected(ConfigError, faults, "--history")
    return tuple(dishes for _start, dishes in reversed(_in_order(plans)))


def eaten_lately(plan: Plan, uneaten: Container[str] = ()) -> str:
    """Write the dishes of a plan that is no file, but for those of these ids: for ``history``."""
    dishes = sorted(dish for dish in _dishes_of(plan) if dish not in uneaten)
    return f"{LATELY} {', '.join([str(plan.days[0].date or '-'), *dishes])}"


def _read(text: str) -> _Eaten:
    if not text.startswith(LATELY):
        plan = read_plan_document(text).plan
        return plan.days[0].date, _dishes_of(plan)
    start, *dishes = (part.strip() for part in text.removeprefix(LATELY).split(","))
    try:
        return None if start == "-" else date.fromisoformat(start), frozenset(dishes)
    except ValueError:
        raise ConfigError(f"{start!r} is no date", "--history", "name the plan's file") from None


def _in_order(plans: Sequence[_Eaten]) -> list[_Eaten]:
    if any(start is None for start, _dishes in plans):
        return list(plans)
    return sorted(plans, key=lambda plan: plan[0] or date.min)


def _dishes_of(plan: Plan) -> frozenset[str]:
    return frozenset(
        item.item_id for day in plan.days for item in day.items() if item.kind == "dish"
    )
