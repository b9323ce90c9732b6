"""Write a request as TOML that explains itself: every key, set or as a commented example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from inspect import cleandoc
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from planner.request.eater_tables import SupplementTable, TargetTable
from planner.request.habits import HabitsTable, habit_words
from planner.request.preferences import PreferencesTable
from planner.request.profile_table import ProfileTable
from planner.request.tables import SolveTable, WaterTable, WeekTable, WeightsTable
from planner.request.values import TomlTable
from planner.request.wish import words_of
from planner.settings import read_settings

if TYPE_CHECKING:
    from tomlkit.items import Item

TABLES: Mapping[str, type[TomlTable]] = MappingProxyType(
    {
        "profile": ProfileTable,
        "week": WeekTable,
        "preferences": PreferencesTable,
        "habits": HabitsTable,
        "weights": WeightsTable,
        "solve": SolveTable,
        "water": WaterTable,
    }
)


def _example(name: str) -> str:
    """Return what stands in a written request where nothing is said, or above it: ``"head"``."""
    return str(read_settings("request/examples.toml")[name])


def write_table(request: Mapping[str, Any], start: date | None) -> str:
    """Write a request, in the shape of ``request_to_dict``, as commented TOML.

    Parameters
    ----------
    request
        Table of tables, complete.
    start
        Date of the first day, which JSON carries as text and TOML as a date.
    """
    parts = [_example("head"), f"{_line('schema', request['schema'])}\n"]
    for name in TABLES:
        values = dict(request.get(name, {}))
        if name == "week":
            values["start"] = start
            for key in ("amounts", "cooked_more", "begun"):  # of this plan, not asked for
                values.pop(key, None)
        parts.append(_write_section(name, values))
        if name == "profile":
            parts.append(_write_supplements(request["supplements"]))
    eaters = "\n".join(map(_write_eater, request["eaters"])) or _example("eaters")
    return "\n".join([*parts, _write_targets(request["targets"]), eaters])


def as_item(value: Any) -> Item:
    """Return a value in TOML on one line; whole numbers without a point."""
    import tomlkit

    if isinstance(value, Mapping):
        inner = tomlkit.inline_table()
        inner.update({key: as_item(part) for key, part in value.items() if part is not None})
        return inner
    if isinstance(value, list | tuple):
        array = tomlkit.array()
        array.extend(map(as_item, value))
        return array
    is_whole = isinstance(value, float) and repr(value).endswith(".0")
    return tomlkit.item(int(value) if is_whole else value)


def _line(key: str, value: Any) -> str:
    return f"{key} = {as_item(value).as_string()}"


def _write_section(name: str, values: Mapping[str, Any]) -> str:
    model = TABLES[name]
    doc = cleandoc(model.__doc__ or "").splitlines()
    lines = [*(f"# {line}" for line in doc if line), f"[{name}]"]
    assumed = values.get("assumed", [])
    for key in model.model_fields:
        words = _words_of(name, key)
        if words or values.get(key):
            lines += _write_key(key, words, values.get(key), key in assumed)
    return "\n".join(lines) + "\n"


def _words_of(name: str, key: str) -> Mapping[str, Any]:
    return habit_words(key) if name == "habits" else words_of(name, key)


def _write_key(key: str, told: Mapping[str, Any], value: Any, is_assumed: bool) -> list[str]:
    """Write one key; commented out where the value is unset or only assumed."""
    if key == "assumed":  # said by the comment sign before each of them
        return []
    is_set = value is not None and value not in ([], {})
    shown = value if is_set else told.get("example", value)
    sign = "" if is_set and not is_assumed else "# "
    words = [told.get("comment", ""), "assumed" if is_assumed else ""]
    return [
        f"{sign}{_line(key, shown)}"
        + (f"  # {'; '.join(filter(None, words))}" if any(words) else "")
    ]


def _write_eater(eater: Mapping[str, Any]) -> str:
    """Write one eater: what differs from what holds without being said."""
    own = [key for key in ("name", "slots", "days", "count") if key in eater]
    lines = ["[[eaters]]", *(_line(key, eater[key]) for key in own)]
    for name in ("profile", "preferences", "habits"):
        values, said = eater.get(name, {}), list[str]()
        for key, field in TABLES[name].model_fields.items():
            if key in values and values[key] != field.get_default():
                told = _words_of(name, key)
                said += _write_key(key, told, values[key], key in values.get("assumed", ()))
        lines += [f"[eaters.{name}]", *said] if said else []
    for supplement in eater["supplements"]:
        lines += ["[[eaters.supplements]]", *map(_line, supplement, supplement.values())]
    for nutrient, band in eater["targets"].items():
        lines += [f"[eaters.targets.{nutrient}]", *_band_lines(band)]
    return "\n".join(lines) + "\n"


def _write_supplements(supplements: Sequence[Mapping[str, Any]]) -> str:
    sections = []
    for values in supplements:
        lines = ["[[supplements]]"]
        for key in SupplementTable.model_fields:
            lines += _write_key(key, words_of("supplements", key), values[key], False)
        sections.append("\n".join(lines) + "\n")
    return "\n".join(sections) or _example("supplements")


def _write_targets(targets: Mapping[str, Mapping[str, Any]]) -> str:
    sections = []
    for nutrient, band in targets.items():
        lines = [f"[targets.{nutrient}]", *_band_lines(band)]
        sections.append("\n".join(lines) + "\n")
    return "\n".join(sections) or _example("targets")


def _band_lines(band: Mapping[str, Any]) -> list[str]:
    rows = [(key, band[key]) for key in TargetTable.model_fields if band[key] is not None]
    return [_line(key, value) for key, value in rows]
