"""What a slider costs: the week planned at several of its values, as `magplan sweep` does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from starlette.exceptions import HTTPException
from starlette.responses import Response

from foods.errors import UserFacingError
from planner.document.blocks import Pictures
from planner.errors import ConfigError
from planner.language.errors import error_said
from planner.language.shops import shopping_in
from planner.language.spoken import _, mark, said
from planner.request.request import PlanRequest
from planner.search.search import Progress
from planner.sweep.curve import Sweep
from planner.sweep.picture import sweep_picture
from planner.sweep.run import run_sweep
from planner.sweep.told import searched_text, sweep_sheet
from planner.sweep.way import Vary, ways_of
from planner.web.asking import FieldFault, in_labels
from planner.web.bench import NOT_UNDERSTOOD, Pages, curve_of, picture_answer, to_week
from planner.web.desk import Job, Watcher
from planner.web.settings import web_settings
from planner.web.shelf import OpenWeek
from planner.web.tuning import WEIGHT, Slider, number_in, sliders_for, tune_answers
from planner.web.week_values import in_words, outcome_values

HERE, SLIDER, LOW, HIGH = "/curve", "slider", "low", "high"
PLANNING = mark("Planning a week at each value …")


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
            raise HTTPException(400, _(NOT_UNDERSTOOD))
        try:
            with shopping_in(request.shops):
                varied = _varied(slider, form, {name: one.value for name, one in sliders.items()})
                axes, ways = ways_of(request, [varied], web_settings()["curve"]["points"])
        except UserFacingError as error:
            return self._shown(week, form, (FieldFault(SLIDER, in_labels(error_said(error))),))

        def work(_progress: Progress, _watch: Watcher) -> Sweep:
            def told(done: int, of: int) -> None:
                job.said = lambda: searched_text(done, of)

            compares = not varied.is_weight
            return run_sweep(request, axes, ways, told=told, compares_points=compares)

        def then(sweep: Sweep) -> None:
            week.curve = sweep

        job = Job(work, then, _(PLANNING))
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
        raise ConfigError(said("give two numbers, the lower one first"))
    return Vary(slider.label, low, high, change, slider.name.startswith(WEIGHT))
