"""The pages where a week is tuned: sliders beside it, and what each of their values costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import ClassVar

from starlette.exceptions import HTTPException
from starlette.responses import Response

from foods.errors import UserFacingError
from planner.document.blocks import Pictures
from planner.errors import ConfigError
from planner.explain.table_report import TableReport
from planner.export.diff import points_of
from planner.request.presets import wishing_presets
from planner.request.request import PlanRequest
from planner.search.search import Progress
from planner.shops import shopping_in
from planner.sweep.curve import Sweep
from planner.sweep.picture import sweep_picture
from planner.sweep.run import run_sweep
from planner.sweep.told import searched_text, sweep_sheet
from planner.sweep.way import Vary, ways_of
from planner.targets.notes import calcium_asks
from planner.web.asking import NOT_ASKED, Answers
from planner.web.bench import NOT_UNDERSTOOD, Pages, WeekChange, curve_of, picture_answer, to_week
from planner.web.desk import Job, Watcher
from planner.web.grid import mean_strips
from planner.web.labels import FieldFault, asked_names, in_labels
from planner.web.settings import web_settings
from planner.web.shelf import OpenWeek
from planner.web.tuning import (
    WEIGHT,
    Slider,
    number_in,
    preset_answers,
    preset_choices,
    priced,
    sliders_for,
    tune_answers,
)
from planner.web.week_values import in_words, outcome_values, week_values

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
        again = partial(step.replanned, request, week.locks_there, week.made)
        look = partial(week.made.as_it_stands, step.standing, request)
        change = WeekChange(TUNING, again, {**week.answers, **asked}, week.readings, look)
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
        if not is_busy:  # what is shown while more is searched is shown at once
            sliders = priced(sliders, week.prices(), points_of(step.report))
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
    """Say of each eater what magnesium the bounds of calcium ask for, whatever its own bound."""
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
        sliders = {one.name: one for one in sliders_for(request)}
        slider = sliders.get(form.get(SLIDER, ""))
        if slider is None:
            raise HTTPException(400, NOT_UNDERSTOOD)
        try:
            with shopping_in(request.shops):
                varied = _varied(slider, form, {name: one.value for name, one in sliders.items()})
                axes, ways = ways_of(request, [varied], web_settings()["curve"]["points"])
        except UserFacingError as error:
            return self._shown(week, form, (FieldFault(SLIDER, in_labels(str(error))),))

        def work(_progress: Progress, _watch: Watcher) -> Sweep:
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
                picture = sweep_picture(week.curve, plain=True)
        return picture_answer(picture)

    def _shown(
        self, week: OpenWeek, form: Mapping[str, str], faults: Sequence[FieldFault] = ()
    ) -> Response:
        request = week.shown_step().report.request
        with shopping_in(request.shops):
            sheet = None if week.curve is None else sweep_sheet(week.curve, plain=True)
            blocks = () if sheet is None else sheet.lead
            return self.bench.page(
                "curve.html",
                422 if faults else 200,
                week=week,
                sliders=sliders_for(request),
                values=form,
                faults=faults,
                title="" if sheet is None else sheet.title,
                blocks=in_words([one for one in blocks if not isinstance(one, Pictures)]),
                picture=any(isinstance(one, Pictures) for one in blocks),
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
