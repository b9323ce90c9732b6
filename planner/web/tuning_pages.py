"""The page where a week is tuned: sliders beside it, and each change planned at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from starlette.responses import Response
from starlette.routing import Route

from planner.language.spoken import _, mark, spoken
from planner.web.asking import Answers, asked_names
from planner.web.bench import WeekChange, Workbench, to_week
from planner.web.grid import mean_strips
from planner.web.shelf import OpenWeek
from planner.web.tuning import sliders_for, tune_answers
from planner.web.week_values import outcome_values, week_values

TUNING = mark("Planning with what you set …")


class TuningPages:
    """The panel, and what it does."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench

    def routes(self) -> list[Route]:
        """Return which address does what."""
        bench = self.bench
        return [
            Route("/week/{id}/tune", bench.shown(self.panel)),
            Route("/week/{id}/tune", bench.posted(self.tune), methods=["POST"]),
        ]

    def panel(self, week: OpenWeek, _query: Mapping[str, str]) -> Response:
        """Show the panel beside the week."""
        return self._shown(week, {})

    def tune(self, week: OpenWeek, form: Mapping[str, str]) -> Response:
        """Plan with what is set now, moving as little as possible."""
        step, locks = week.shown_step(), week.locks_there
        answers = tune_answers(form, step.report.request)
        request = answers.request
        if request is None:
            return self._shown(week, form, answers)
        if request == step.report.request:
            self.bench.desk.drop(week.week_id)
            week.refused = None
            return to_week(week, "/tune")

        again = partial(step.replanned, request, locks, week.made)
        look = partial(week.made.as_it_stands, step.standing, request)
        asked = {name: form[name] for name in asked_names() if name in form}
        week.tried = dict(form)
        change = WeekChange(_(TUNING), again, {**week.answers, **asked}, week.readings, look)
        self.bench.change(week, change)
        return to_week(week, "/tune")

    def _shown(
        self, week: OpenWeek, form: Mapping[str, str], answers: Answers | None = None
    ) -> Response:
        step = week.shown_step()
        why = step.report.why
        is_trying = week.refused is not None or self.bench.is_busy(week)
        return self.bench.page(
            "tune.html",
            200 if answers is None else 422,
            week=week,
            sliders=sliders_for(step.report.request),
            values=form or (week.tried if is_trying else {}),
            faults=() if answers is None else answers.faults,
            refused=answers is not None and answers.is_refused,
            strips=mean_strips(step.report),
            binding=[] if why is None else list(map(spoken, why.binding)),
            **outcome_values(self.bench.desk, week),
            **week_values(week),
        )
