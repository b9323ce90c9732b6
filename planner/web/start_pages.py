"""The pages before there is a week: three questions, a sample, open weeks, and the diary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from io import StringIO
from threading import Lock
from typing import ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from foods.embedded import read_lookup_foods
from foods.errors import UserFacingError
from foods.library.find import with_kept
from planner.candidates.at_hand import foods_at_hand
from planner.candidates.own_dishes import dishes_with_own
from planner.diary.analysis import analyse_diary
from planner.diary.read import read_diary
from planner.document.blocks import Block, Paragraph, Section
from planner.export.diary import analysis_told
from planner.export.improve import improvement_told
from planner.plan.water import foods_with_water
from planner.request.request import PlanRequest
from planner.shops import NEUTRAL, shopping_in
from planner.table.improve import improve_diary
from planner.targets.derive import targets_of
from planner.web.asking import (
    NOT_ASKED,
    Answers,
    answers_now,
    answers_of,
    eater_rows,
    names_in,
    read_answers,
    read_week_file,
)
from planner.web.bench import Pages, WeekChange, path_to, to_week
from planner.web.fields import (
    TYPED,
    FieldFault,
    asked_names,
    faults_of,
    in_labels,
    untyped_error,
    web_settings,
)
from planner.web.values import in_words
from planner.web.weeks import AGAIN, OpenWeek, WeekStep, planned

SAMPLE = "A sample person"
PLANNING = "Planning the week …"
WITHOUT_NAME = "Week {number}"
OPENED = "Opened {name}"
A_FILE = "The file"
OPEN = "/open"
_MOST_FAULTS = 8
_ONE_AT_A_TIME = Lock()  # it takes a second


class StartPages(Pages):
    """The pages before there is a week."""

    opened = 0

    shown: ClassVar = {"/ask": "ask"}
    posted: ClassVar = {"/ask": "ask_again"}

    def routes(self) -> list[Route]:
        """Return which address does what."""
        forms = {
            "/plan": self.plan,
            "/sample": self.sample,
            OPEN: self.open,
            "/reopen": self.reopen,
        }
        return [
            Route("/", self.start),
            *(Route(address, form, methods=["POST"]) for address, form in forms.items()),
            *super().routes(),
        ]

    async def start(self, request: Request) -> Response:
        """Show the three questions; who comes with the key gets a cookie for it."""
        if "key" in request.query_params:
            answer = RedirectResponse("/", 303)
            answer.set_cookie(self.bench.cookie, self.bench.key, httponly=True, samesite="strict")
            return answer
        return self._questions({}, "/plan")

    async def plan(self, request: Request) -> Response:
        """Plan what the form asks for, or say what is to be mended."""
        form = await self.bench.form(request)
        return await run_in_threadpool(self._begin, form, "")

    async def sample(self, request: Request) -> Response:
        """Plan the week of a sample person."""
        await self.bench.form(request)
        return await run_in_threadpool(self._begin, {}, SAMPLE)

    async def open(self, request: Request) -> Response:
        """Open a plan that was kept, or plan a request that was."""
        name, content = await self.bench.file(request)
        return await run_in_threadpool(self._open, name, content)

    async def reopen(self, request: Request) -> Response:
        """Take back that a week was closed."""
        await self.bench.form(request)
        week = self.bench.shelf.reopen()
        return RedirectResponse("/", 303) if week is None else to_week(week)

    def _open(self, name: str, content: bytes) -> Response:
        try:
            with _ONE_AT_A_TIME:
                request, report = read_week_file(content, name or A_FILE)
            answers = answers_of(request)
            week = self.bench.shelf.open(self._named(answers), request, answers)
        except UserFacingError as error:
            lines = error.faults[:_MOST_FAULTS] or (untyped_error(error),)
            faults = tuple(FieldFault("file", in_labels(line)) for line in lines)
            return self._questions({}, "/plan", Answers(None, faults))
        if report is None:
            return self._plan(week, Answers(request), answers)
        week.add(WeekStep(report, OPENED.format(name=name), answers))
        return to_week(week)

    def _begin(self, form: Mapping[str, str], name: str) -> Response:
        answers = read_answers(form)
        if answers.request is None:
            return self._questions(form, "/plan", answers)
        try:
            week = self.bench.shelf.open(name or self._named(form), answers.request, form)
        except UserFacingError as error:
            fault = FieldFault("", in_labels(str(error)))
            return self._questions(form, "/plan", Answers(None, (fault,)))
        return self._plan(week, answers, form)

    def _plan(self, week: OpenWeek, answers: Answers, form: Mapping[str, str]) -> Response:
        assert answers.request is not None
        week.readings = answers.readings
        if week.step is None:
            week.request = answers.request
        again = partial(planned, answers.request, week.step)
        return self.bench.change(week, WeekChange(PLANNING, again, dict(form), answers.readings))

    def ask(self, week: OpenWeek, _query: Mapping[str, str]) -> Response:
        """Show what was asked for, to change it."""
        return self._questions(answers_now(week.request, week.answers), path_to(week, "/ask"))

    def ask_again(self, week: OpenWeek, form: Mapping[str, str]) -> Response:
        """Plan anew what the form asks for now."""
        answers = read_answers(form, week.request)
        if answers.request is None:
            return self._questions(form, path_to(week, "/ask"), answers)
        if names_in(form) != names_in(week.answers):
            week.name = names_in(form) or week.name
        before = week.step
        if before is None or _are_of_others(before.report.request, answers.request):
            return self._plan(week, answers, form)
        week.readings = answers.readings  # what need not change stays
        again = partial(before.replanned, answers.request, week.locks_there)
        return self.bench.change(week, WeekChange(AGAIN, again, dict(form), answers.readings))

    def _named(self, form: Mapping[str, str]) -> str:
        self.opened += 1
        return names_in(form) or WITHOUT_NAME.format(number=self.opened)

    def _questions(
        self, values: Mapping[str, str], action: str, answers: Answers = NOT_ASKED
    ) -> Response:
        filled = [name for name, text in values.items() if text]
        return self.bench.page(
            "start.html",
            422 if answers.faults else 200,
            ask=web_settings()["ask"],
            values=values,
            said=filled,
            others=[name for name in filled if name.startswith("eater")],
            rows=eater_rows(values),
            faults=answers.faults,
            refused=answers.is_refused,
            action=action,
            busy=self.bench.is_busy,
            weeks=list(self.bench.shelf) if action == "/plan" else [],
            closed=self.bench.shelf.closed,
        )


def _are_of_others(before: PlanRequest, now: PlanRequest) -> bool:
    """Whether two requests are about other people, or another number of days."""
    names = [[eater.name for eater in request.eaters] for request in (before, now)]
    return names[0] != names[1] or before.week.days != now.week.days


_ONE_DIARY = Lock()  # it takes seconds


class DiaryPages(Pages):
    """The page for what was eaten; nothing of it is kept."""

    def routes(self) -> list[Route]:
        """Return which address does what."""
        return [Route("/diary", self.begin), Route("/diary", self.told, methods=["POST"])]

    async def begin(self, request: Request) -> Response:
        """Ask whose days they are, and for the days; of an open week who it is for is known."""
        week = self.bench.shelf.get(request.query_params.get("week", ""))
        return self._page({} if week is None else week.answers)

    async def told(self, request: Request) -> Response:
        """Describe what the days add up to, and which few changes would be enough."""
        form = await self.bench.form(request)
        return await run_in_threadpool(self._told, form)

    def _told(self, form: Mapping[str, str]) -> Response:
        answers = read_answers(form, for_plan=False)
        if answers.request is None:
            return self._page(form, answers)
        try:
            with shopping_in(answers.request.shops):
                return self._page(form, blocks=_diary_told(form, answers.request))
        except UserFacingError as error:
            return self._page(form, Answers(None, tuple(faults_of(error, asked_names()))))

    def _page(
        self,
        values: Mapping[str, str],
        answers: Answers = NOT_ASKED,
        blocks: Sequence[Block] = (),
    ) -> Response:
        said = [name for name, text in values.items() if text]
        return self.bench.page(
            "diary.html",
            422 if answers.faults else 200,
            ask=web_settings()["ask"],
            fields=web_settings()["diary"]["fields"],
            values=values,
            said=said,
            blocks=blocks,
            faults=answers.faults,
            refused=answers.is_refused,
        )


def _diary_told(form: Mapping[str, str], request: PlanRequest) -> tuple[Block, ...]:
    """Return what ``magplan analyse`` says of a diary, or ``magplan improve`` where that is asked.

    Raises
    ------
    UserFacingError
        When it cannot be read, or a safety rule refuses.
    """
    with shopping_in(NEUTRAL):
        foods = foods_at_hand(request, read_lookup_foods())
        foods = foods_with_water(foods, request.water)
        dishes = dishes_with_own(request.dish_folders, foods)
        diary = read_diary(StringIO(form.get("diary", "")), foods, dishes, shops=request.shops)
        foods = with_kept(foods, diary.food_ids)
        analysis = analyse_diary(diary, request, targets_of(request, for_plan=False), foods)
        if form.get("do") == "improve" and not analysis.targets.stop:
            with _ONE_DIARY:
                found = improve_diary(diary, request, foods, dishes)
            return tuple(_untyped(in_words(tuple(improvement_told(found)))))
    return tuple(_untyped(in_words(tuple(analysis_told(analysis, is_full=True)))))


def _untyped(blocks: Sequence[Block]) -> Iterator[Block]:
    """Leave out what is said to those who type commands."""
    for block in blocks:
        if isinstance(block, Section):
            yield replace(block, blocks=tuple(_untyped(block.blocks)))
        elif not (isinstance(block, Paragraph) and TYPED.search(block.text)):
            yield block
