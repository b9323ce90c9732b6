"""The fields of the page: which there are, what they are called, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from jinja2 import Environment
from starlette.responses import HTMLResponse

from foods.embedded import read_embedded_foods
from foods.errors import UserFacingError
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.exchanges import dish_printed
from planner.document.blocks import Document
from planner.document.page import page_environment, shipped_template
from planner.document.program import PROGRAM, program_version
from planner.errors import ConfigError
from planner.faults import fault
from planner.kitchen.carried import home_besides
from planner.kitchen.sold import packages_as_csv, read_own_packages, shelves_of
from planner.meals.patterns import pattern_ids, read_pattern
from planner.request.day_words import with_meals
from planner.request.diets import read_diets
from planner.request.measures import known_ranges
from planner.request.tables import TABLES, WISHES
from planner.request.wish import File, Number, OneOf, SaidWish, Typed
from planner.settings import read_settings, read_shipped
from planner.standards.ids import standard_ids


def web_settings() -> Mapping[str, Any]:
    """Return the settings of the page."""
    return read_settings("web.toml")


TICK, CHOICE, NUMBER, TEXT, LINES = "tick", "choice", "number", "text", "lines"
_BETWEEN = re.compile(r"[;\n]")
_FILES = (".csv", ".toml")  # of one's own, which no form reads
_BY_NAME: Mapping[str, SaidWish] = MappingProxyType({wish.name: wish for wish in WISHES})
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
    rows = ([entry[key] for key in keys if entry.get(key) is not None] for entry in value)
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
        return replace(field, kind=CHOICE, choices=tuple((value, said[value]) for value in values))
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
        return {pattern_id: read_pattern(pattern_id).name for pattern_id in pattern_ids()}
    known: Mapping[str, Callable[[], Iterable[str]]] = {
        "diet": read_diets,
        "standard": standard_ids,
    }
    return {choice: choice for choice in known[wish.name]()} if wish.name in known else {}


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
    return [part for part in found if part]


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
        return "\n".join(f"{key}{sign}{_plain(entry)}" for key, entry in value.items())
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


WHERE = "your answers"
TYPED = re.compile("--[a-z]|`magplan ")
"""What is said to those who type commands."""
_VALUE = r"""(?: (?:"[^"]*"|[^\s"“”—-](?:[^\s"“”]*[^\s"“”.,:;)`])?))"""
_COMMAND = re.compile(rf"`?magplan \w+{_VALUE}*(?: --[a-z-]+{_VALUE}?)*`?")
_FLAG = re.compile(rf"`?(--[a-z][a-z-]+)({_VALUE})?`?")
_BAND = re.compile(r"\[targets\.(\w+)\]")
_OF_PLAN = frozenset(flag_of(wish.name) for wish in WISHES)
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
            head = with_meals(part.partition("=")[0]).strip()
            spot = next((at for at in (said.find(f"'{part}'"),) if at >= 0), -1)
            spot = 0 if said.startswith((f"{head}:", f"{part}:")) else spot
            if spot >= 0 and len(part) >= _SHORTEST:
                found.append((spot, -len(part), name))
    return min(found)[2] if found else ""


def untyped_error(error: UserFacingError) -> str:
    """Describe an error without a remedy that is for those who type commands."""
    is_typed = TYPED.search(error.remedy)
    return str(type(error)(error.what, error.where, "" if is_typed else error.remedy))


def in_labels(text: str, meant: Iterable[str] = ()) -> str:
    """Describe a message with labels, of two fields of one key that ``meant``, for flags and keys.

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


_TEMPLATES, _STATIC = "planner/web/templates", "planner/web/static"
_LOOK = "pictures.toml"
_SHARED = ("parts.html", "style.css")  # with documents


def _template(name: str) -> str:
    return shipped_template(name) if name in _SHARED else read_shipped(f"{_TEMPLATES}/{name}")


@cache
def _environment() -> Environment:
    page = page_environment(_template)
    named = {"field_for": field_for, "in_labels": in_labels}
    page.globals |= {**named, "program": f"{PROGRAM} {program_version()}"}
    return page


def shown_page(name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a template, filled, as an answer."""
    text = _environment().get_template(name).render(**values)
    return HTMLResponse(text, status)


@cache
def style_text() -> str:
    """Return the style of all pages: that of documents, and what is added for the workbench."""
    document = Document("", (), (), paper="letter")
    shared = _environment().get_template("style.css")
    look = shared.render(look=read_settings(_LOOK), page=document)
    return f"{look}\n{read_shipped(f'{_STATIC}/workbench.css')}"


def script_text() -> str:
    """Return the script of all pages; each works without it."""
    return read_shipped(f"{_STATIC}/workbench.js")
