"""Fields of forms, made from the wishes that are declared for flags and request files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.exchanges import dish_printed
from planner.errors import ConfigError
from planner.faults import fault
from planner.kitchen.not_eaten import home_besides
from planner.kitchen.sold import packages_as_csv, read_own_packages, shelves_of
from planner.meals.patterns import pattern_ids, read_pattern
from planner.request.diets import read_diets
from planner.request.limits import known_ranges
from planner.request.tables import TABLES, WISHES
from planner.request.wish import File, Number, OneOf, SaidWish, Typed
from planner.standards.ids import standard_ids

TICK, CHOICE, NUMBER, TEXT, LINES = "tick", "choice", "number", "text", "lines"
_BETWEEN = re.compile(r"[;\n]")
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_FILES = (".csv", ".toml")  # of one's own, which no form reads
_BY_NAME: Mapping[str, SaidWish] = MappingProxyType({one.name: one for one in WISHES})
_NAME = "NAME"
_READ_AS = {"serum_mg": "serum_mg_mg_dl"}
_UNITS = {"serum_mg": "mg/dL", "serum_k_mmol_l": "mmol/L"}


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form, for one wish.

    Parameters
    ----------
    name
        Of the wish: the flag's parameter.
    label, hint
        What stands before and below it.
    kind
        ``"tick"``, ``"choice"``, ``"number"``, ``"text"`` or ``"lines"``.
    choices
        (value, what is said for it), where one of a few is chosen.
    low, high, unit
        Range of a number and its unit; ``None`` and empty for others.
    """

    name: str
    label: str
    hint: str
    kind: str
    choices: tuple[tuple[str, str], ...] = ()
    low: float | None = None
    high: float | None = None
    unit: str = ""


def _read_at_home(text: str) -> list[dict[str, Any]]:
    said = home_besides(text, read_embedded_foods(), shelves_of("us"))
    return [{key: one for key, one in asdict(each).items() if one is not None} for each in said]


def _written_at_home(value: Any) -> str:
    keys = ("food", "amount", "unit", "days")
    rows = ([one[key] for key in keys if one.get(key) is not None] for one in value)
    return "\n".join(",".join(map(_plain, row)) for row in rows)


_PASTED: Mapping[str, tuple[Callable[[str], Any], Callable[[Any], str]]] = MappingProxyType(
    {
        "packages": (
            lambda text: read_own_packages(text, "", read_embedded_foods()),
            packages_as_csv,
        ),
        "pantry": (_read_at_home, _written_at_home),
    }
)


def field_for(name: str) -> FormField:
    """Return the field of a wish, in the language that is spoken."""
    wish = _BY_NAME[name]
    flag, reads = wish.flag, wish.flag.reads
    hint = flag.help if flag.hint is None else flag.hint
    field = FormField(name, flag.label or name, hint, TEXT)
    if reads is None:
        return replace(field, kind=TICK)
    if values := _values_of(wish):
        said = {**values, **flag.choices}
        return replace(field, kind=CHOICE, choices=tuple((one, said[one]) for one in values))
    if isinstance(reads, Number) and not reads.has_units and reads.name in known_ranges():
        known = known_ranges()[reads.name]
        return replace(field, kind=NUMBER, low=known.low, high=known.high, unit=known.unit)
    is_long = flag.join.is_repeatable or isinstance(reads, File)
    return replace(field, kind=LINES) if is_long else field


def _values_of(wish: SaidWish) -> Mapping[str, str]:
    """Return what one chooses from, with its name; empty where anything may be written."""
    if isinstance(wish.flag.reads, OneOf):
        return {word: word for word in wish.flag.reads.words}
    if wish.name == "pattern":
        return {one: read_pattern(one).name for one in pattern_ids()}
    known: Mapping[str, Callable[[], Iterable[str]]] = {
        "diet": read_diets,
        "standard": standard_ids,
    }
    return {one: one for one in known[wish.name]()} if wish.name in known else {}


def read_field(name: str, text: str) -> Any:
    """Read what stands in a field, as its flag would; ``None`` where nothing does.

    Raises
    ------
    ConfigError
        When it cannot be read.
    """
    wish = _BY_NAME[name]
    reads, text = wish.flag.reads, text.strip()
    if not text:
        return None
    if reads is None:
        return True
    if name in _PASTED:
        return _PASTED[name][0](text)
    if not isinstance(reads, Typed | OneOf | Number):
        raise ConfigError("a file cannot be given here", f"--{name}")  # no form asks for one
    if isinstance(reads, Number) and not True:
        text = _COMMA.sub(".", text)
    if not wish.flag.join.is_repeatable:
        value = reads.read(text)
        if str(value).lower().endswith(_FILES) and _values_of(wish):
            raise fault(ConfigError, "needs_other_files", flag_of(name))
        is_whole = isinstance(reads, Number) and reads.is_whole
        # one with its unit stays as it is: it says that it is meant so
        return int(value) if is_whole and type(value) is float and value.is_integer() else value
    parts = parts_of(name, text)
    if isinstance(reads, Typed) and reads.reads_all:
        return reads.read(parts, flag_of(name)) if parts else None
    return tuple(reads.read(part) for part in parts) or None


def parts_of(name: str, text: str) -> list[str]:
    """Return what stands in a field of lines, each for itself; a dish's commas part nothing."""
    lines = [line.strip() for line in _BETWEEN.split(text) if line.strip()]
    if getattr(_BY_NAME[name].flag.reads, "name", "") != _NAME:
        return lines
    dishes = read_embedded_dishes()
    found = list[str]()
    for line in lines:
        is_dish = "," in line and dish_printed(line, dishes)
        found += [line] if is_dish else map(str.strip, line.split(","))
    return [one for one in found if one]


def keys_of(wish: SaidWish) -> tuple[str, str]:
    """Return the keys of its table that a wish may set: its own, and that of the figure read."""
    return wish.key, _READ_AS.get(wish.key, wish.key)


def written_field(name: str, table: Mapping[str, Any]) -> str:
    """Return what stands in a field for what a request says, as a file has it.

    What is usual or only assumed is left empty.
    """
    wish = _BY_NAME[name]
    part = table.get(wish.table, {}) if wish.table else table
    usual = TABLES[wish.table].model_fields[wish.key].default
    value = next((part[key] for key in keys_of(wish) if part.get(key) is not None), None)
    if value is None or value is False or value == usual or wish.key in part.get("assumed", ()):
        return ""
    if wish.flag.row and not getattr(wish.flag.reads, "write", None):
        return ""  # another field says it
    if isinstance(wish.flag.reads, Typed) and wish.flag.reads.write:
        return "\n".join(wish.flag.reads.write(value, part))
    if isinstance(value, Mapping):
        sign = "=" if "=" in getattr(wish.flag.reads, "name", "") else ":"
        return "\n".join(f"{key}{sign}{_plain(one)}" for key, one in value.items())
    if name in _PASTED:
        return _PASTED[name][1](value)
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return f"{_plain(value)} {_UNITS.get(wish.key, '')}".rstrip()


def _plain(value: Any) -> str:
    """Write a value as one types it."""
    if value is True:
        return "yes"
    if isinstance(value, list):
        return ",".join(value)
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)


def flag_of(name: str) -> str:
    """Return the flag of a wish as it is typed."""
    return f"--{name.replace('_', '-')}"


@lru_cache
def places_of(names: tuple[str, ...]) -> Mapping[str, str]:
    """Return each way that a message names one of these wishes → the wish."""
    found: dict[str, str] = {}
    for name in names:
        wish = _BY_NAME[name]
        found |= {flag_of(name): name, wish.key: name}
        if wish.table:
            found |= {f"[{wish.table}] {wish.key}": name, f"{wish.table}, {wish.key}": name}
    return MappingProxyType(found)


def wish_called(name: str) -> SaidWish:
    """Return the wish of a name."""
    return _BY_NAME[name]
