"""The diary: what was eaten, pasted or out of a file, analysed, and made better by few changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import StringIO
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
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
from planner.language.shops import shopping_in
from planner.language.spoken import ENGLISH, speaking
from planner.plan.water import foods_with_water
from planner.request.request import PlanRequest
from planner.table.improve import improve_diary
from planner.targets.derive import targets_of
from planner.web.asking import NOT_ASKED, TYPED, Answers, asked_names, faults_of, read_answers
from planner.web.bench import Pages
from planner.web.settings import web_settings
from planner.web.week_values import in_words

_ONE_AT_A_TIME = Lock()  # it takes seconds


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
        """Say what the days add up to, and which few changes would be enough."""
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
    """Say of a diary what ``magplan analyse`` says, and where it is asked ``magplan improve``.

    Raises
    ------
    UserFacingError
        When it cannot be read, or a safety rule refuses.
    """
    with speaking(ENGLISH):
        foods = foods_at_hand(request, read_lookup_foods())
        foods = foods_with_water(foods, request.water)
        dishes = dishes_with_own(request.dish_folders, foods)
        diary = read_diary(StringIO(form.get("diary", "")), foods, dishes, shops=request.shops)
        foods = with_kept(foods, diary.food_ids)
        analysis = analyse_diary(diary, request, targets_of(request, for_plan=False), foods)
        if form.get("do") == "improve" and not analysis.targets.stop:
            with _ONE_AT_A_TIME:
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
