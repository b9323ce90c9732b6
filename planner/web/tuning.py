"""Sliders: what may be tuned of a week, its page, and what a slider costs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

from starlette.exceptions import HTTPException
from starlette.responses import Response

from foods.errors import UserFacingError
from planner.document.blocks import Pictures
from planner.errors import ConfigError
from planner.explain.table_report import TableReport
from planner.export.figures import amount_text, band_text
from planner.request.lay_over import lay_over
from planner.request.measures import known_ranges
from planner.request.override import RATIO, TargetOverride
from planner.request.read import request_to_dict, wishing_presets, with_preset
from planner.request.request import PlanRequest
from planner.request.wish import words_of
from planner.shops import as_told, shopping_in
from planner.sweep.run import Sweep, run_sweep
from planner.sweep.told import searched_text, sweep_picture, sweep_sheet
from planner.sweep.way import Vary, ways_of
from planner.targets.derive import targets_of
from planner.targets.eaters import eater_requests
from planner.targets.notes import calcium_asks
from planner.targets.target import Target, name_of, unit_word
from planner.web.asking import NOT_ASKED, Answers, checked_answers
from planner.web.bench import NOT_UNDERSTOOD, Pages, WeekChange, curve_of, picture_answer, to_week
from planner.web.fields import (
    FieldFault,
    asked_names,
    field_for,
    in_labels,
    read_field,
    web_settings,
    wish_called,
)
from planner.web.values import in_words, mean_strips, outcome_values, week_values
from planner.web.weeks import Job, OpenWeek

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
    """

    name: str
    label: str
    value: str
    usual: float
    low: float
    high: float
    step: float
    hint: str


def sliders_for(request: PlanRequest) -> tuple[Slider, ...]:
    """Return what can be tuned of a request, with what it says now."""
    plain = replace(request, overrides=(), profile=replace(request.profile, energy_kcal=None))
    usual = {name: targets_of(own).targets for name, own in eater_requests(plain).items()}
    with shopping_in(request.shops):
        return (*_bands(request, usual), *_wishes(request, usual), *_weights(request))


def _bands(request: PlanRequest, plain: _Targets) -> Iterator[Slider]:
    asked = {override.nutrient: override.lower for override in request.overrides}
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
        bands = (override for override in request.overrides if override.nutrient == RATIO)
        return next((getattr(band, _SIDES[name]) for band in bands), None)
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
    """Return the presets that may be laid over a week: name, and what is said for it."""
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
    kept = {key: bound for key, bound in band.items() if key != side and bound is not None}
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


TUNING = "Planning with what you set …"


class TuningPages(Pages):
    """The panel, and what it does."""

    shown: ClassVar = {"/tune": "panel"}
    posted: ClassVar = {"/tune": "tune", "/preset": "preset"}

    def panel(self, week: OpenWeek, _query: Mapping[str, str]) -> Response:
        """Show the panel beside the week."""
        return self._shown(week, {})

    def tune(self, week: OpenWeek, form: Mapping[str, str]) -> Response:
        """Plan with what is set now, moving as little as possible."""
        answers = tune_answers(form, week.shown_step().report.request)
        if answers.request is None:
            return self._shown(week, form, answers)
        asked = {name: form[name] for name in asked_names() if name in form}
        return self._planned(week, answers.request, dict(form), asked)

    def preset(self, week: OpenWeek, form: Mapping[str, str]) -> Response:
        """Plan with the wishes of a preset beside those there are."""
        name = form.get("preset", "")
        if name not in wishing_presets():
            raise HTTPException(400, NOT_UNDERSTOOD)
        answers = preset_answers(name, week.shown_step().report.request)
        if answers.request is None:
            return self._shown(week, {}, answers)
        return self._planned(week, answers.request, {}, {})

    def _planned(
        self,
        week: OpenWeek,
        request: PlanRequest,
        tried: dict[str, str],
        asked: Mapping[str, str],
    ) -> Response:
        """Plan with what is asked now; ``tried`` is what stands in the panel meanwhile."""
        step, week.tried = week.shown_step(), tried
        if request == step.report.request:
            self.bench.desk.drop(week.week_id)
            week.refused = None
            return to_week(week, "/tune")
        again = partial(step.replanned, request, week.locks_there)
        change = WeekChange(TUNING, again, {**week.answers, **asked}, week.readings)
        self.bench.change(week, change)
        return to_week(week, "/tune")

    def _shown(
        self, week: OpenWeek, form: Mapping[str, str], answers: Answers = NOT_ASKED
    ) -> Response:
        step = week.shown_step()
        why = step.report.why
        is_busy = self.bench.is_busy(week)
        is_trying = week.refused is not None or is_busy
        sliders = sliders_for(step.report.request)
        return self.bench.page(
            "tune.html",
            422 if answers.faults else 200,
            week=week,
            sliders=sliders,
            values=form or (week.tried if is_trying else {}),
            faults=answers.faults,
            refused=answers.is_refused,
            strips=mean_strips(step.report),
            presets=preset_choices(),
            implied=list(_implied(step.report)),
            binding=[] if why is None else list(why.binding),
            **outcome_values(self.bench.desk.of(week.week_id)),
            **week_values(week),
        )


def _implied(report: TableReport) -> Iterator[str]:
    """Yield how much magnesium each eater's calcium bounds ask for, whatever its own bound is."""
    for name, own in report.reports.items():
        for text in calcium_asks(own.targets.targets):
            yield f"{name}: {text}" if name else text


HERE, SLIDER, LOW, HIGH = "/curve", "slider", "low", "high"
PLANNING = "Planning a week at each value …"


class CurvePages(Pages):
    """The page that asks what is varied, and shows what it changes."""

    shown: ClassVar = {HERE: "page", f"{HERE}/picture": "picture"}
    posted: ClassVar = {HERE: "plan", f"{HERE}/stop": "stop"}

    def page(self, week: OpenWeek, _query: Mapping[str, str]) -> Response:
        """Ask what is varied; below stands what was varied last."""
        return self._shown(week, {})

    def plan(self, week: OpenWeek, form: Mapping[str, str]) -> Response:
        """Plan the week that is shown anew at each value; the week itself stays."""
        request = week.shown_step().report.request
        sliders = {known_slider.name: known_slider for known_slider in sliders_for(request)}
        slider = sliders.get(form.get(SLIDER, ""))
        if slider is None:
            raise HTTPException(400, NOT_UNDERSTOOD)
        try:
            with shopping_in(request.shops):
                varied = _varied(slider, form, {name: one.value for name, one in sliders.items()})
                axes, ways = ways_of(request, [varied], web_settings()["curve"]["points"])
        except UserFacingError as error:
            return self._shown(week, form, (FieldFault(SLIDER, in_labels(str(error))),))

        def work() -> Sweep:
            def told(done: int, of: int) -> None:
                job.said = lambda: searched_text(done, of)

            compares = not varied.is_weight
            return run_sweep(request, axes, ways, told=told, compares_points=compares)

        def then(sweep: Sweep) -> None:
            week.curve = sweep

        job = Job(work, then, PLANNING)
        self.bench.desk.ask(curve_of(week), job)
        return to_week(week, HERE)

    def stop(self, week: OpenWeek, _form: Mapping[str, str]) -> Response:
        """Let go of what is being planned."""
        self.bench.desk.drop(curve_of(week))
        return to_week(week, HERE)

    def picture(self, week: OpenWeek, _query: Mapping[str, str]) -> Response:
        """Return the curves."""
        picture = None
        if week.curve is not None:
            with shopping_in(week.curve.request.shops):
                picture = sweep_picture(week.curve)
        return picture_answer(picture)

    def _shown(
        self, week: OpenWeek, form: Mapping[str, str], faults: Sequence[FieldFault] = ()
    ) -> Response:
        request = week.shown_step().report.request
        with shopping_in(request.shops):
            sheet = None if week.curve is None else sweep_sheet(week.curve)
            blocks = () if sheet is None else sheet.lead
            return self.bench.page(
                "curve.html",
                422 if faults else 200,
                week=week,
                sliders=sliders_for(request),
                values=form,
                faults=faults,
                title="" if sheet is None else sheet.title,
                blocks=in_words([block for block in blocks if not isinstance(block, Pictures)]),
                picture=any(isinstance(block, Pictures) for block in blocks),
                **outcome_values(self.bench.desk.of(curve_of(week))),
                is_earlier=week.curve is not None and week.curve.request != request,
            )


def _varied(slider: Slider, form: Mapping[str, str], now: Mapping[str, str]) -> Vary:
    """Read what is varied: a slider from one value to another, its own ends where none is given."""

    def change(before: PlanRequest, value: float) -> PlanRequest:
        answers = tune_answers({**now, slider.name: f"{value:g}"}, before)
        if answers.request is None:
            raise ConfigError(answers.faults[0].text)
        return answers.request

    ends = {LOW: slider.low, HIGH: slider.high}
    low, high = (number_in(form.get(name, "").strip() or str(end)) for name, end in ends.items())
    if not low < high:
        raise ConfigError("give two numbers, the lower one first")
    return Vary(slider.label, low, high, change, slider.name.startswith(WEIGHT))
