"""pydantic's faults in the words of the person who wrote the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from foods.table import nearest_names
from planner.request.tables import RequestTable
from planner.settings import read_settings


def _types() -> Mapping[str, Any]:
    """Return what pydantic's kinds of faults are in words, and those of a bound."""
    return read_settings("request/types.toml")


def fault_lines(error: ValidationError) -> list[str]:
    """Give one line for each fault: key, what is wrong, how to mend it."""
    told, each = "{place}: {fault}", faults_at(error)
    return list(dict.fromkeys(told.format(place=_place(loc), fault=text) for loc, text in each))


def faults_at(error: ValidationError) -> list[tuple[tuple[int | str, ...], str]]:
    """Give for each fault its place, as keys from the top, and what is wrong with the remedy."""
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
