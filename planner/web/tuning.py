"""What is tuned while one looks at a week: bands, wishes and weights, each with its slider."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foods.errors import UserFacingError
from planner.errors import ConfigError
from planner.explain.account import BoundPrice
from planner.export.figures import amount_text, band_text
from planner.export.why import at_the_margin
from planner.request.lay_over import lay_over
from planner.request.limits import known_ranges
from planner.request.override import TargetOverride
from planner.request.presets import wishing_presets, with_preset
from planner.request.read import request_to_dict
from planner.request.request import PlanRequest
from planner.request.shares import RATIO
from planner.request.wish import words_of
from planner.shops import as_told, shopping_in
from planner.targets.derive import targets_of
from planner.targets.eaters import eater_requests
from planner.targets.target import Target
from planner.targets.words import name_of, unit_word
from planner.web.asking import Answers, checked_answers
from planner.web.fields import field_for, read_field, wish_called
from planner.web.labels import FieldFault, in_labels
from planner.web.settings import web_settings

BAND, WEIGHT = "band.", "weight."
_SIDES: Mapping[str, str] = {"ratio_min": "lower", "ratio_max": "upper"}
_SLIDERS: Mapping[tuple[str, str], str] = {
    (RATIO, "min"): "ratio_min",
    (RATIO, "max"): "ratio_max",
    ("energy_kcal", "min"): "energy_kcal",
    ("energy_kcal", "max"): "energy_kcal",
}
_PRESETS = {
    "dietitian": "fish and pulses often, little red meat",
    "dash": "as the DASH plan, with little salt",
    "low_budget": "as cheap as whole packages allow",
    "quick_week": "little time on every day",
    "strict_bones": "for bones, as strictly as food allows",
}
_Targets = Mapping[str, Sequence[Target]]
_OF_ONE = ("energy_kcal",)  # of a body, so that it is nobody's where several eat


@dataclass(frozen=True, slots=True)
class Slider:
    """A number that is tuned.

    Parameters
    ----------
    name, label
        Of the field, and what stands before it.
    value
        What is asked for now, as it stands in the field; empty where nothing is.
    usual
        Where the slider stands without it.
    low, high, step
        Ends and step of the slider.
    hint
        What it is held to without it: the standard's value, or the usual.
    prices
        What it costs the week where it stands, of each eater whom it holds back.
    """

    name: str
    label: str
    value: str
    usual: float
    low: float
    high: float
    step: float
    hint: str
    prices: tuple[str, ...] = ()


def sliders_for(request: PlanRequest) -> tuple[Slider, ...]:
    """Return what can be tuned of a request, with what it says now."""
    plain = replace(request, overrides=(), profile=replace(request.profile, energy_kcal=None))
    usual = {name: targets_of(own).targets for name, own in eater_requests(plain).items()}
    with shopping_in(request.shops):
        return (*_bands(request, usual), *_wishes(request, usual), *_weights(request))


def priced(
    sliders: Iterable[Slider],
    prices: Mapping[str, Sequence[BoundPrice]],
    points: Mapping[str, float | None],
) -> tuple[Slider, ...]:
    """Say at each slider what it costs.

    Parameters
    ----------
    sliders
        What can be tuned.
    prices, points
        Name → what bounds cost that eater's week, and its points.
    """
    told: dict[str, tuple[str, ...]] = {}
    for name, own in prices.items():
        for price in own:
            key, text = price.key, at_the_margin(price, points.get(name) or 0.0)
            slider = _SLIDERS.get((key.subject, key.side), f"{BAND}{key.subject}")
            if key.preferred or key.basis or (slider.startswith(BAND) and key.side != "min"):
                continue
            slider = "budget_per_week" if key.rule == "budget" else slider
            told[slider] = (*told.get(slider, ()), f"{name}: {text}" if name else text)
    return tuple(replace(one, prices=told.get(one.name, ())) for one in sliders)


def _bands(request: PlanRequest, plain: _Targets) -> Iterator[Slider]:
    asked = {one.nutrient: one.lower for one in request.overrides}
    for key, ends in web_settings()["tune"]["bands"].items():
        usual, hint = _held(plain, key)
        label = "{nutrient}, at least, {unit}"
        told = label.format(nutrient=name_of(key), unit=unit_word(key))
        yield _slider(f"{BAND}{key}", told, asked.get(key), usual, ends, hint)


def _held(plain: _Targets, key: str, side: str = "lower") -> tuple[float | None, str]:
    """Return a bound of the standard, and what everybody is held to in words."""
    bounds, texts = [], []
    for name, targets in plain.items():
        for target in targets:
            if (target.nutrient, target.period, target.basis) != (key, "week", "total"):
                continue
            bounds += [bound] if (bound := getattr(target, side)) is not None else []
            lower, upper = (
                "" if bound is None else amount_text(key, bound)
                for bound in (target.lower, target.upper)
            )
            band = f"{band_text(lower, upper)} {unit_word(key)}".strip()
            texts.append(f"{name}: {band} ({target.rule})" if name else f"{band} ({target.rule})")
    told = "Without it: {band}.".format(band="; ".join(texts)) if texts else ""
    return (max(bounds) if bounds else None), told


def _wishes(request: PlanRequest, plain: _Targets) -> Iterator[Slider]:
    for name, ends in web_settings()["tune"]["wishes"].items():
        if name in _OF_ONE and request.eaters:
            continue
        usual, hint = None, "Without it: no limit."
        if name in _SIDES:
            usual, hint = _held(plain, RATIO, _SIDES[name])
        elif name == "energy_kcal":
            usual, hint = _held(plain, name)
        yield _slider(name, field_for(name).label, _value(request, name), usual, ends, hint)


def _value(request: PlanRequest, name: str) -> float | None:
    """Return what a request says of a wish now, in the money of its shops."""
    if name in _SIDES:
        bands = (one for one in request.overrides if one.nutrient == RATIO)
        return next((getattr(one, _SIDES[name]) for one in bands), None)
    wish = wish_called(name)
    value = getattr(getattr(request, wish.table), wish.key)
    return as_told(value) if name == "budget_per_week" and value is not None else value


def _weights(request: PlanRequest) -> Iterator[Slider]:
    settings = web_settings()["tune"]
    for key in settings["weights"]:
        value = getattr(request.weights, key)
        label = "How much it counts: {what}".format(what=words_of("weights", key)["comment"])
        shown = None if value == 1.0 else value
        yield _slider(f"{WEIGHT}{key}", label, shown, 1.0, settings["weight"], "Usual: 1.")


def _slider(
    name: str,
    label: str,
    value: float | None,
    usual: float | None,
    ends: Mapping[str, float],
    hint: str,
) -> Slider:
    low, high = ends["low"], ends["high"]
    stands = high if usual is None else min(high, max(low, usual))
    text = "" if value is None else f"{round(value, 2):g}"
    return Slider(name, label, text, stands, low, high, ends["step"], hint)


def tune_answers(values: Mapping[str, str], before: PlanRequest) -> Answers:
    """Read the panel; an empty field lets go of what a request says.

    Parameters
    ----------
    values
        Field → text.
    before
        What is asked for so far.
    """
    faults: list[FieldFault] = []
    table: dict[str, Any] = dict(request_to_dict(before))
    given: dict[str, Any] = {}
    table["targets"] = {key: dict(band) for key, band in table["targets"].items()}
    for slider in sliders_for(before):
        text = values.get(slider.name, "").strip()
        if text == slider.value:
            continue  # a budget keeps the money that it was said in
        try:
            _put(table, given, slider.name, text)
        except UserFacingError as error:
            faults.append(FieldFault(slider.name, in_labels(str(error))))
    if faults:
        return Answers(None, tuple(faults))
    table["targets"] = {key: band for key, band in table["targets"].items() if band}
    names = tuple(web_settings()["tune"]["wishes"])
    return checked_answers(lay_over(table, given), names, ())


def preset_answers(name: str, before: PlanRequest) -> Answers:
    """Lay the wishes of a preset over what is asked for so far."""
    return checked_answers(with_preset(request_to_dict(before), name), (), ())


def preset_choices() -> tuple[tuple[str, str], ...]:
    """Give the presets that may be laid over a week: name, and what is said for it."""
    return tuple((name, _PRESETS.get(name, name)) for name in wishing_presets())


def _put(table: dict[str, Any], given: dict[str, Any], name: str, text: str) -> None:
    """Put one field into a request in the shape of its file, or among what is laid over it."""
    if name.startswith(WEIGHT):
        weights = dict(table["weights"])
        weights[name.removeprefix(WEIGHT)] = _number(text, "weight") if text else 1.0
        table["weights"] = weights
    elif name.startswith(BAND):
        key = name.removeprefix(BAND)
        _let_go(table, key, "lower")
        if text:
            bound = _number(text, "target")
            given["target"] = (*given.get("target", ()), TargetOverride(key, bound, None))
    elif not text and name in _SIDES:
        _let_go(table, RATIO, _SIDES[name])
    elif not text:
        wish = wish_called(name)
        table[wish.table] = {key: one for key, one in table[wish.table].items() if key != wish.key}
    else:
        given[name] = read_field(name, text)


def _let_go(table: dict[str, Any], nutrient: str, side: str) -> None:
    band = table["targets"].get(nutrient, {})
    kept = {key: one for key, one in band.items() if key != side and one is not None}
    table["targets"][nutrient] = kept if {"lower", "upper"}.intersection(kept) else {}


def number_in(text: str) -> float:
    """Read a number as it stands in a field; one that is none is ``nan``."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return math.nan


def _number(text: str, range_name: str) -> float:
    """Read a number of a range.

    Raises
    ------
    ConfigError
        When it is none.
    """
    known, value = known_ranges()[range_name], number_in(text)
    if value not in known:
        raise ConfigError(
            "{text!r} is no number from {low} to {high}".format(text=text,
                 low=f"{known.low:g}", high=f"{known.high:g}")
        )  # fmt: skip
    return value
