"""What ``--vary`` says: a number of the request, by flag or key, and the range it runs through."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

import click

from foods.errors import UserFacingError
from foods.nutrient import known_nutrients
from foods.table import nearest_names
from planner.cli.options import change_request
from planner.errors import ConfigError
from planner.faults import fault
from planner.request.override import SHARE_KEYS
from planner.request.read import request_from_dict, request_to_dict
from planner.request.request import PlanRequest, Weights
from planner.settings import read_settings
from planner.sweep.way import SETTINGS, Vary

EXAMPLE = "ratio_max=1.6..2.6"
WEIGHTS = tuple(field.name for field in dataclasses.fields(Weights))
_NUMBER = r"-?\d+(?:\.\d+)?"
_RANGE = re.compile(rf"({_NUMBER})\s*\.\.\s*({_NUMBER})")
_PARTS = re.compile(r"\s*-{0,2}([^<>=]*?)\s*(>=|<=|=)\s*(.*\S)\s*$")
_SIDES = 'a nutrient, food or group takes a side: "magnesium_mg>=350..600", "fish<=0..4"'
_NOT_VARIED = ("time_limit", "gap")  # each point gets the same work

Change = Callable[[PlanRequest, float], PlanRequest]


def read_vary(text: str, flags: Mapping[str, click.Option]) -> Vary:
    """Read ``ratio_max=1.6..2.6``, ``"fish>=0..4"``, ``dislike=kale:1..3``, ``weights.cost=0..4``.

    Parameters
    ----------
    text
        A flag or a key of the request file with a range where its number stands; a nutrient, food
        or group with ``>=`` or ``<=``.
    flags
        Name → the flag that may be varied.

    Raises
    ------
    ConfigError
        When there is no range in it, it runs backwards, or nothing is called so.
    """
    found = _RANGE.search(text)
    if found is None:
        raise _unread(text, "there is no range LOW..HIGH in it")
    low, high = (float(one) for one in found.groups())
    if low >= high:
        raise _unread(text, "the range must begin below its end")
    before, after = text[: found.start()], text[found.end() :]
    names = read_settings(SETTINGS)["names"]
    parts = _PARTS.match(f"{before}0{after}")
    if parts is None:
        raise _unread(text, "say what is varied before the range")
    name, sign = parts[1].strip(), parts[2]
    if name.casefold() in names:
        usual = names[name.casefold()]
        before = usual if sign == "=" else f"{usual.rstrip('<>=')}{sign}"
        return read_vary(f"{before}{found[0]}{after}", flags)
    value_before = before[before.index(sign) + len(sign) :].strip()
    phrase = _Phrase(value_before, after.strip())
    key = name.casefold().replace("-", "_")
    if sign != "=":
        return _vary_bound(f"{name}{sign}", key, (low, high))
    is_weight = key in WEIGHTS or key.startswith("weights.")
    change = _change_of(name, key, phrase, flags)
    return Vary(_label(name, phrase), low, high, change, is_weight)


@dataclasses.dataclass(frozen=True, slots=True)
class _Phrase:
    """The words around a number."""

    before: str
    after: str

    def with_number(self, value: float) -> str:
        return f"{self.before}{_number(value)}{self.after}"


def _vary_bound(phrase: str, key: str, ends: tuple[float, float]) -> Vary:
    """Vary the bound of a nutrient or share, or how often something is eaten in a week."""
    is_target = key in (*known_nutrients(), *SHARE_KEYS)
    flag = "target" if is_target else "per_week"
    from planner.request.phrases import read_frequency, read_target

    read: Callable[[str], Any] = read_target if is_target else read_frequency

    def change(request: PlanRequest, value: float) -> PlanRequest:
        return change_request(request, "--vary", **{flag: (read(f"{phrase}{_number(value)}"),)})

    return Vary(phrase, *ends, change)


def _change_of(name: str, key: str, phrase: _Phrase, flags: Mapping[str, click.Option]) -> Change:
    """Give what changes a flag, a weight, or a key of the request file."""
    if key in flags and key not in _NOT_VARIED:
        return _by_flag(flags[key], phrase)
    path = ("weights", key) if key in WEIGHTS else tuple(name.split("."))
    if len(path) > 1 and not phrase.before and not phrase.after:
        return lambda request, value: _at_path(request, path, value)
    known = (*(one for one in flags if one not in _NOT_VARIED), *WEIGHTS)
    near = nearest_names(key, known) or list(known[:3])
    raise fault(ConfigError, "no_number_varied", name=name, near=", ".join(near), sides=_SIDES)


def _by_flag(flag: click.Option, phrase: _Phrase) -> Change:
    def change(request: PlanRequest, value: float) -> PlanRequest:
        try:
            given = flag.type.convert(phrase.with_number(value), flag, None)
        except click.UsageError as error:
            raise ConfigError(error.message, "--vary", "see `magplan plan --help`") from None
        assert flag.name is not None
        return change_request(
            request, "--vary", **{flag.name: (given,) if flag.multiple else given}
        )

    return change


def _at_path(request: PlanRequest, path: Sequence[str], value: float) -> PlanRequest:
    """Set a key of the request file: ``weights.cost``, ``targets.calcium_mg.upper``."""
    table = deepcopy(request_to_dict(request))
    place: dict[str, Any] = table
    for key in path[:-1]:
        inner = place.setdefault(key, {})
        if not isinstance(inner, dict):
            raise ConfigError(f"{key} holds no further keys", "--vary", _as_file())
        place = inner
    place[path[-1]] = int(value) if value.is_integer() else value
    try:
        return request_from_dict(table, "--vary")
    except UserFacingError as error:
        raise ConfigError(error.what, "--vary", error.remedy or _as_file()) from None


def _as_file() -> str:
    return "write the key as in a request file: weights.cost=0..4"


def _label(name: str, phrase: _Phrase) -> str:
    return f"{name}={phrase.before}…{phrase.after}" if phrase.before or phrase.after else name


def _number(value: float) -> str:
    return f"{value:.10g}"


def _unread(text: str, why: str) -> ConfigError:
    wrong = f"{text!r} is not understood: {why}"
    return ConfigError(wrong, "--vary", f"write {EXAMPLE}")
