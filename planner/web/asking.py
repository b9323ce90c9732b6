"""From the fields of a form, or a file, to a request, with how its words were read, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from foods.errors import UserFacingError, raise_collected
from foods.own_file import decode_own, parse_own_toml, read_kinds
from planner.candidates.at_hand import foods_at_hand
from planner.candidates.called import in_english
from planner.check.document import check_document
from planner.errors import ConfigError, RefusedError
from planner.explain.table_report import TableReport
from planner.faults import fault
from planner.meals.patterns import pattern_ids
from planner.request.days import DAYS_PER_WEEK, first_cooking
from planner.request.lay_over import lay_over, lay_over_eater
from planner.request.next_week import without_files
from planner.request.phrases import is_phrase, read_name
from planner.request.read import request_from_dict, request_to_dict
from planner.request.request import PlanRequest
from planner.request.wish import BODY
from planner.shops import NEUTRAL, shopping_in
from planner.standards.ids import is_own_standard
from planner.table.faults import check_request
from planner.table.kept import report_kept
from planner.web.fields import (
    WHERE,
    FieldFault,
    asked_names,
    faults_of,
    in_labels,
    keys_of,
    read_field,
    web_settings,
    wish_called,
    written_field,
)
from planner.wire.document import parse_plan_document
from planner.wording import listed

ME = "Me"
_BANDS, _HABITS = "targets", "habits"
_OF_ONE = ("profile", "supplements")  # of a body, so that it is an eater's where several eat


@dataclass(frozen=True, slots=True)
class Answers:
    """What a form asks for.

    Parameters
    ----------
    request
        The request; ``None`` where something is to be mended.
    faults
        What that is.
    readings
        How words in another language were read.
    is_refused
        Whether a safety rule refuses, rather than that something is to be mended.
    """

    request: PlanRequest | None
    faults: tuple[FieldFault, ...] = ()
    readings: tuple[str, ...] = ()
    is_refused: bool = False


NOT_ASKED = Answers(None)
"""What there is before a form is read."""


@dataclass(slots=True)
class _Reading:
    """What is read of a form, and what cannot be."""

    values: Mapping[str, str]
    faults: list[FieldFault] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)

    def given(self, names: Iterable[str], prefix: str = "") -> dict[str, Any]:
        """Return what stands in these fields, by flags; faults are kept."""
        found: dict[str, Any] = {}
        for name in names:
            try:
                value = read_field(name, self.values.get(f"{prefix}{name}", ""))
            except UserFacingError as error:
                self.faults.append(FieldFault(f"{prefix}{name}", in_labels(str(error))))
            else:
                found |= {} if value is None else {name: value}
        try:
            return in_english(found, self.readings.append)
        except UserFacingError as error:
            self.faults += faults_of(error, names, prefix)
            return found


def read_answers(
    values: Mapping[str, str], before: PlanRequest | None = None, *, for_plan: bool = True
) -> Answers:
    """Read the form of the start page; nothing is planned, yet every name is looked up.

    Parameters
    ----------
    values
        Field → text; those of further eaters begin with ``eater1.`` and so on.
    before
        What is asked for so far: of it stays what this form does not ask for.
    for_plan
        Whether a plan is made of it; else nothing that refuses one is looked for.
    """
    reading, names = _Reading(values), asked_names()
    given = reading.given(names)
    names = (*names, *given)  # of two that set the same, what is filled is meant
    others = list(_others(reading, before))
    if reading.faults:
        return Answers(None, tuple(reading.faults), tuple(reading.readings))
    if begins := (before and before.week.start) or first_cooking(given):
        given = {"start": begins, **given} if first_cooking(given) else given
    try:
        table = _table_of(values.get("name", ""), given, others, before)
    except UserFacingError as error:
        return Answers(None, tuple(faults_of(error, names, "", values)), tuple(reading.readings))
    if "pantry" in given:
        table["week"] = {**table.get("week", {}), "pantry": given["pantry"]}
    return checked_answers(table, names, tuple(reading.readings), for_plan=for_plan, values=values)


def checked_answers(
    table: Mapping[str, Any],
    names: Sequence[str],
    readings: tuple[str, ...],
    *,
    for_plan: bool = True,
    values: Mapping[str, str] = MappingProxyType({}),
) -> Answers:
    """Check a request in the shape of its file, as planning would; ``names`` are its fields."""
    try:
        with shopping_in(NEUTRAL):
            request = request_from_dict(table, WHERE)
            if for_plan:
                check_request(request)
    except UserFacingError as error:
        is_refused = error.exit_code != ConfigError.exit_code
        return Answers(None, tuple(faults_of(error, names, "", values)), readings, is_refused)
    return Answers(request, (), readings)


def _table_of(
    name: str,
    given: Mapping[str, Any],
    others: Sequence[Mapping[str, Any]],
    before: PlanRequest | None,
) -> dict[str, Any]:
    """Return a request in the shape of its file; of several, what is one's own is at that one."""
    table = {} if before is None else request_to_dict(before)
    eaters = table.pop("eaters", [])
    if not others:
        for key, part in eaters[0].items() if eaters else ():
            if key in table:
                table[key] = {**table[key], **part} if isinstance(part, dict) else part
        return lay_over(_kept(table, given, asked_names()), given)
    own = {key: value for key, value in given.items() if _is_own(key)}
    rest = {key: value for key, value in given.items() if key not in own}
    called = name.strip() or ME
    if eaters and called.casefold() not in (eater["name"].casefold() for eater in eaters):
        called = eaters[0]["name"]  # who is first is called otherwise now
    first = _kept_eater(before, called, filter(_is_own, asked_names()))
    first["name"] = name.strip() or ME
    of_one = _OF_ONE if eaters else (*_OF_ONE, _BANDS, _HABITS)  # what several have in common stays
    alone = {key: table.pop(key) for key in of_one if key in table}
    first |= {} if eaters else _without_asked(alone, asked_names())
    common = _kept(table, rest, [one for one in asked_names() if not _is_own(one)])
    return {**lay_over(common, rest), "eaters": [lay_over_eater(first, own), *others]}


def _kept(
    table: Mapping[str, Any], given: Mapping[str, Any], names: Iterable[str]
) -> dict[str, Any]:
    """Return what stays of a request: all that these fields do not ask for.

    What was set for days that are planned no more goes.
    """
    kept, days = _without_asked(table, names), given.get("days", DAYS_PER_WEEK)
    week = kept.get("week", {})
    if "put" in week:
        puts = week["put"]
        week["put"] = [put for put in puts if str(put["day"]).isalpha() or put["day"] <= days]
    return kept


def _kept_eater(before: PlanRequest | None, name: str, names: Iterable[str]) -> dict[str, Any]:
    """Return what stays of an eater of this name."""
    for eater in () if before is None else request_to_dict(before)["eaters"]:
        if eater["name"].casefold() == name.casefold():
            return _without_asked(eater, names)
    return {"name": name}


def _without_asked(table: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return a table in the shape of a file without what these fields say."""
    asked = {(wish.table, key) for wish in map(wish_called, names) for key in keys_of(wish)}

    def is_asked(name: str, key: str, one: Any) -> bool:
        is_whole = ("", name) in asked and (name != _BANDS or is_phrase(one))
        return is_whole or (name, key) in asked

    return {
        name: {key: value for key, value in part.items() if not is_asked(name, key, value)}
        if isinstance(part, dict)
        else part
        for name, part in table.items()
        if isinstance(part, dict) or ("", name) not in asked
    }


def _is_own(name: str) -> bool:
    wish = wish_called(name)
    is_said = wish.flag.whose == BODY or wish.flag.in_phrase or wish.key == _BANDS
    return wish.key != "standard" and is_said


def names_in(values: Mapping[str, str]) -> str:
    """Name everybody whom a form is for; empty where it names nobody."""
    keys = ("name", *(f"eater{number}.name" for number in range(1, eater_rows(values) + 1)))
    names = [text for key in keys if (text := values.get(key, "").strip())]
    return listed(names) if names else ""


def eater_rows(values: Mapping[str, str]) -> int:
    """Return how many further eaters a form has room for: all that it names."""
    named = [name for name in values if name.startswith("eater") and name.endswith(".name")]
    return max(int(web_settings()["ask"]["eater"]["count"]), len(named))


def _others(reading: _Reading, before: PlanRequest | None) -> Iterator[Mapping[str, Any]]:
    """Return the further eaters of a form; a row in which nothing stands is none."""
    asked = web_settings()["ask"]["eater"]
    for number in range(1, eater_rows(reading.values) + 1):
        prefix = f"eater{number}."
        given = reading.given(asked["fields"], prefix)
        name = reading.values.get(f"{prefix}name", "")
        if not name.strip():
            if given:
                text = "What is this person called?"
                reading.faults.append(FieldFault(f"{prefix}name", text))
            continue
        try:
            yield lay_over_eater(_kept_eater(before, read_name(name), asked["fields"]), given)
        except UserFacingError as error:
            reading.faults.append(FieldFault(f"{prefix}name", in_labels(str(error))))


def read_week_file(content: bytes, where: str) -> tuple[PlanRequest, TableReport | None]:
    """Read plan.json, judged anew, or request.toml: what is asked for, and the week of a plan.

    Parameters
    ----------
    content
        Of the file.
    where
        How messages name it.

    Raises
    ------
    UserFacingError
        When it is neither of the two or has faults, needs other files, or a safety rule refuses.
    RefusedError
        When the plan does not pass its check; says why.
    """
    with shopping_in(NEUTRAL):
        text = decode_own(content, where, ConfigError)
        if not text.lstrip().startswith("{"):
            if not text.strip():
                raise ConfigError("is empty", where)
            table = parse_own_toml(text, where, read_kinds()["request"]["remedy"], ConfigError)
            request = _alone(request_from_dict(table, where), where)
            check_request(request)
            return request, None
        document = parse_plan_document(text, where)
        document = replace(document, request=_alone(document.request, where))
        with shopping_in(document.request.shops):
            raise_collected(
                RefusedError,
                check_document(document, foods_at_hand(document.request)).as_one().faults,
                where,
            )
            return document.request, report_kept(document, where)


def _alone(request: PlanRequest, where: str) -> PlanRequest:
    """Forget earlier plans that are files; refuse what needs other files, which are not read here.

    Raises
    ------
    ConfigError
        When it names dishes, a standard, a meal pattern or a diary of one's own.
    """
    is_own = is_own_standard(request.standard) or request.week.pattern not in pattern_ids()
    if request.dish_folders or is_own:
        raise fault(ConfigError, "needs_other_files", where)
    return without_files(request)


def answers_of(request: PlanRequest) -> Mapping[str, str]:
    """Return the fields of the start page that ask for a request, as far as they can say it."""
    table, asked = request_to_dict(request), web_settings()["ask"]["eater"]["fields"]
    first, *others = table["eaters"] or [{}]
    table[_BANDS] = first.get(_BANDS, table[_BANDS])
    told = {
        name: written_field(name, first) or written_field(name, table) for name in asked_names()
    }
    told["name"] = first.get("name", "")
    for number, eater in enumerate(others, start=1):
        own = {name: written_field(name, eater) for name in asked}
        own["name"] = eater["name"]
        told |= {f"eater{number}.{name}": text for name, text in own.items()}
    return {name: text for name, text in told.items() if text}


def answers_now(request: PlanRequest, typed: Mapping[str, str]) -> Mapping[str, str]:
    """Return the fields as they were typed, but for those whose wish was changed since."""
    before = read_answers(typed, for_plan=False).request
    if before is None:
        return typed
    old, now = answers_of(before), answers_of(request)
    changed = {_said_at(name) for name in {*old, *now} if old.get(name) != now.get(name)}
    same = {name: text for name, text in typed.items() if _said_at(name) not in changed}
    return same | {name: text for name, text in now.items() if _said_at(name) in changed}


def _said_at(name: str) -> tuple[str, ...]:
    """Return what the field of an eater sets, which other fields may, too."""
    eater, _, own = name.rpartition(".")
    wish = None if own == "name" else wish_called(own)
    return (eater, own) if wish is None else (eater, wish.table, wish.key)
