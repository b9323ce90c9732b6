"""What is said on the page in its own words: labels of fields where commands name flags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from foods.errors import UserFacingError
from planner.request.day_words import in_english
from planner.request.tables import WISHES
from planner.web.fields import LINES, field_for, flag_of, parts_of, places_of
from planner.web.settings import web_settings

WHERE = "your answers"
TYPED = re.compile("--[a-z]|`magplan ")
"""What is said to those who type commands."""
_VALUE = r"""(?: (?:"[^"]*"|[^\s"“”—-](?:[^\s"“”]*[^\s"“”.,:;)`])?))"""
_COMMAND = re.compile(rf"`?magplan \w+{_VALUE}*(?: --[a-z-]+{_VALUE}?)*`?")
_FLAG = re.compile(rf"`?(--[a-z][a-z-]+)({_VALUE})?`?")
_BAND = re.compile(r"\[targets\.(\w+)\]")
_OF_PLAN = frozenset(flag_of(one.name) for one in WISHES)
_SHORTEST = 3  # letters of what was typed that a message is known by


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is to be mended, and the field that it is about; empty where it is about none alone."""

    field: str
    text: str


def asked_names() -> tuple[str, ...]:
    """Name the fields of the start page, but for those of further eaters."""
    parts = (part for part in web_settings()["ask"].values() if isinstance(part, list))
    return tuple(name for part in parts for name in part)


def faults_of(
    error: UserFacingError,
    names: Iterable[str],
    prefix: str = "",
    values: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[FieldFault]:
    """Return the lines of an error, each with the field that it names first.

    Where it names none, it is about the field in which the words stand that it begins with or
    quotes.
    """
    places = places_of(tuple(names))
    for line in error.faults or (str(error.at("")) if error.where == WHERE else str(error),):
        text = line
        found = [(text.find(place), len(place), name) for place, name in places.items()]
        at = min(((spot, -size, name) for spot, size, name in found if spot >= 0), default=None)
        is_named = at is not None and at[0] <= 1
        where = f"{prefix}{at[2]}" if at and is_named else _typed_in(text, values)
        yield FieldFault(where, in_labels(text, names))


def _typed_in(text: str, values: Mapping[str, str]) -> str:
    """Name the field in which the words stand that a message begins with or quotes, if any does."""
    said, found = text.casefold(), list[tuple[int, int, str]]()
    for name, typed in values.items():
        own = name.rpartition(".")[2]
        is_long = own in asked_names() and field_for(own).kind == LINES
        for part in parts_of(own, typed.casefold()) if is_long else ():
            head = in_english(part.partition("=")[0]).strip()
            spot = next((at for at in (said.find(f"'{part}'"),) if at >= 0), -1)
            spot = 0 if said.startswith((f"{head}:", f"{part}:")) else spot
            if spot >= 0 and len(part) >= _SHORTEST:
                found.append((spot, -len(part), name))
    return min(found)[2] if found else ""


def untyped_error(error: UserFacingError) -> str:
    """Say an error without a remedy that is for those who type commands."""
    is_typed = TYPED.search(error.remedy)
    return str(type(error)(error.what, error.where, "" if is_typed else error.remedy))


def in_labels(text: str, meant: Iterable[str] = ()) -> str:
    """Say a message with labels, of two fields of one key that ``meant``, for flags and keys.

    A whole command stays as it is typed; so is a flag told for which the page has no field.
    """
    text, told, end = text, "", 0
    places = places_of((*asked_names(), *meant))
    for command in _COMMAND.finditer(text):
        told += _labelled(text[end : command.start()], places) + command[0]
        end = command.end()
    return (told + _labelled(text[end:], places)).strip()


def _labelled(text: str, places: Mapping[str, str]) -> str:
    for place in sorted(places, key=len, reverse=True):
        if place.startswith("[") or "_" in place or ", " in place:
            text = text.replace(place, _label(places[place]))
    text = _BAND.sub(rf"{_label('target')} (\1)", text)
    by_flag = {flag_of(name): name for name in asked_names()}

    def as_label(found: re.Match[str]) -> str:
        flag, value = found[1], found[2] or ""
        name = by_flag.get(flag)
        if name is None:
            return f"`magplan plan {flag}{value}`" if flag in _OF_PLAN else found[0]
        field = field_for(name)
        said = dict(field.choices).get(value.strip())
        return _label(name) + (f": “{said}”" if said else value)

    return _FLAG.sub(as_label, text)


def _label(name: str) -> str:
    return f"“{field_for(name).label}”"
