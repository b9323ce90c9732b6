"""The page where a week is tuned: sliders beside it, and each change planned at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import ClassVar

from starlette.exceptions import HTTPException
from starlette.responses import Response

from planner.explain.table_report import TableReport
from planner.export.diff import points_of
from planner.language.spoken import _, mark, spoken
from planner.request.presets import wishing_presets
from planner.request.request import PlanRequest
from planner.targets.notes import calcium_asks
from planner.web.asking import NOT_ASKED, Answers, asked_names
from planner.web.bench import NOT_UNDERSTOOD, Pages, WeekChange, to_week
from planner.web.grid import mean_strips
from planner.web.shelf import OpenWeek
from planner.web.tuning import (
    preset_answers,
    preset_choices,
    priced,
    sliders_for,
    tune_answers,
)
from planner.web.week_values import outcome_values, week_values

TUNING = mark("Planning with what you set …")


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
            raise HTTPException(400, _(NOT_UNDERSTOOD))
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
        change = WeekChange(_(TUNING), again, {**week.answers, **asked}, week.readings, look)
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
            binding=[] if why is None else list(map(spoken, why.binding)),
            **outcome_values(self.bench.desk.of(week.week_id)),
            **week_values(week),
        )


def _implied(report: TableReport) -> Iterator[str]:
    """Say of each eater what magnesium the bounds of calcium ask for, whatever its own bound."""
    for name, own in report.reports.items():
        for text in map(spoken, calcium_asks(own.targets.targets)):
            yield f"{name}: {text}" if name else text
