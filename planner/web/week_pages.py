"""The pages of a week: looking at it, changing it, and how far a search is."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from foods.errors import UserFacingError
from planner.candidates.called import asked_name, wider_names
from planner.export.swaps import cells_now, offers_told, swap_heads
from planner.meals.patterns import SLOTS
from planner.plan.locks import LockWish
from planner.request.days import NOTHING, OUT
from planner.request.next_week import MOST_HISTORY
from planner.request.request import PlanRequest
from planner.search.search import Progress
from planner.shops import named, shopping_in
from planner.table.session import EditReport
from planner.web.bench import NOT_UNDERSTOOD, Pages, WeekChange, curve_of, path_to, to_week
from planner.web.changes import AGAIN, ItemPlace, WeekStep, left_out, planned, without
from planner.web.desk import Watcher
from planner.web.labels import in_labels
from planner.web.settings import web_settings
from planner.web.shelf import OpenWeek
from planner.web.week_values import (
    outcome_values,
    understood,
    version_meals,
    version_rows,
    week_values,
)
from planner.wire.document import eaten_lately

SWAPPING = "Swapping …"
VERSION = "Version {number}"
CHANGED_SINCE = "The week has changed since this was shown: look at the meal again."
_MISSED = {"out": OUT, "skip": NOTHING}
_LONGEST_NAME = 40


class WeekPages(Pages):
    """The pages of a week that is open."""

    shown: ClassVar = {"": "week", "/swap": "offers"}
    posted: ClassVar = {
        f"/{name}": name
        for name in (
            "change", "swap", "undo", "redo", "accept", "replan", "keep", "version", "stop",
            "close",
        )
    }  # fmt: skip

    def routes(self) -> list[Route]:
        """Return which address does what; a browser that hears how far a search is among them."""
        events = [Route(f"/week/{{id}}{of}/events", self.events) for of in ("", "/curve")]
        return [*events, *super().routes()]

    def week(self, week: OpenWeek, _query: Mapping[str, str]) -> Response:
        """Show a week, how far its search is, or why there is none."""
        readings = week.readings
        if week.step is None:
            readings = (*readings, *understood(week.request))
        return self.bench.page(
            "week.html",
            week=week,
            understood=readings,
            versions=version_rows(week),
            version_meals=version_meals(week) if len(week.versions) > 1 else (),
            **outcome_values(self.bench.desk.of(week.week_id)),
            **week_values(week),
        )

    def offers(self, week: OpenWeek, query: Mapping[str, str]) -> Response:
        """Show what could be served instead, with what each would change."""
        self.bench.desk.drop(week.week_id)  # so that the week stays the one that is looked at
        step, place = week.shown_step(), _place(query)
        try:
            found = step.ranked(place)
        except UserFacingError as error:
            return self._not_so(week, in_labels(str(error)))
        with shopping_in(step.report.request.shops):
            return self.bench.page(
                "swap.html",
                week=week,
                place=place,
                of=step.mark,
                title=named(found.item.name),
                slot=place.slot,
                heads=swap_heads(),
                now=cells_now(found),
                offers=offers_told(found),
            )

    def swap(self, week: OpenWeek, form: Mapping[str, str]) -> Response:
        """Make a replacement."""
        step, place = week.shown_step(), _place(form)
        rank = int(form.get("rank", "0")) if form.get("rank", "").isdecimal() else 0

        if form.get("of") != step.mark:
            return self._not_so(week, CHANGED_SINCE)

        def again(_progress: Progress, _watch: Watcher, _accept: int | None) -> EditReport:
            return step.swapped(place, rank)

        change = WeekChange(SWAPPING, again, week.answers, week.readings)
        return self.bench.change(week, change)

    def change(self, week: OpenWeek, form: Mapping[str, str]) -> Response:
        """Keep a thing, leave it out, or eat a meal elsewhere or not at all."""
        step = week.shown_step()
        verb, _colon, item = form.get("do", "").partition(":")
        place = _place({**form, "item": item})
        if verb == "keep":
            self.bench.desk.drop(week.week_id)  # so that what is kept is what is shown
            week.toggle(place.lock)
            return to_week(week, f"#d{place.day}-{place.slot}")
        if verb in ("leave", "all"):
            name = _name_of(step, place) if verb == "leave" else _wider(step, item)
            answers = {
                **week.answers,
                "without": "\n".join(filter(None, (week.answers.get("without", ""), name))),
            }
            return self._replanned(week, without(week.request, name), answers)
        if verb in _MISSED:
            try:
                request = left_out(week.request, place, _MISSED[verb])
            except UserFacingError as error:
                return self._not_so(week, in_labels(str(error)))
            return self._replanned(week, request, week.answers)
        raise HTTPException(400, NOT_UNDERSTOOD)

    def replan(self, week: OpenWeek, _form: Mapping[str, str]) -> Response:
        """Plan the rest of the week anew, around what is to stay."""
        step = week.shown_step()
        if week.locks_there:
            return self._replanned(week, _with_others(step, week.locks_there), week.answers)
        again = partial(planned, step.report.request, step)
        return self.bench.change(week, WeekChange(AGAIN, again, week.answers, week.readings))

    def _replanned(
        self, week: OpenWeek, request: PlanRequest, answers: Mapping[str, str]
    ) -> Response:
        step, locks = week.shown_step(), week.locks_there

        again = partial(step.replanned, request, locks, week.made)
        return self.bench.change(week, WeekChange(AGAIN, again, answers, week.readings))

    def accept(self, week: OpenWeek, form: Mapping[str, str]) -> Response:
        """Take a way out of a refusal."""
        if week.again is None or week.refused is None or not form.get("way", "").isdecimal():
            raise HTTPException(400, NOT_UNDERSTOOD)
        return self.bench.change(week, week.again, int(form["way"]))

    def undo(self, week: OpenWeek, _form: Mapping[str, str]) -> Response:
        """Show the week as it stood before the last change."""
        self.bench.desk.drop(week.week_id)
        week.go(week.at - 1)
        return to_week(week, "#week")

    def redo(self, week: OpenWeek, _form: Mapping[str, str]) -> Response:
        """Make the change again that was undone."""
        self.bench.desk.drop(week.week_id)
        week.go(week.at + 1)
        return to_week(week, "#week")

    def keep(self, week: OpenWeek, form: Mapping[str, str]) -> Response:
        """Give the week that is shown a name, to come back to it."""
        name = form.get("name", "").strip()[:_LONGEST_NAME]
        name = name or VERSION.format(number=len(week.versions) + 1)
        week.versions[name] = week.shown_step()
        return to_week(week, "#versions")

    def version(self, week: OpenWeek, form: Mapping[str, str]) -> Response:
        """Show the week of a name again, as one more step."""
        name = form.get("name", "")
        if name not in week.versions:
            raise HTTPException(400, NOT_UNDERSTOOD)
        self.bench.desk.drop(week.week_id)
        week.add(week.versions[name])
        return to_week(week, "#week")

    def stop(self, week: OpenWeek, _form: Mapping[str, str]) -> Response:
        """Let go of what is being searched; the week before it stays."""
        self.bench.desk.drop(week.week_id)
        return to_week(week) if week.step is not None else to_week(week, "/ask")

    def close(self, week: OpenWeek, _form: Mapping[str, str]) -> Response:
        """Let a week go, with all that was said for it."""
        for whose in (week.week_id, curve_of(week)):
            self.bench.desk.forget(whose)
        self.bench.shelf.close(week.week_id)
        return RedirectResponse("/", 303)

    def _not_so(self, week: OpenWeek, text: str) -> Response:
        return self.bench.page("not_so.html", 422, week=week, text=text, back=path_to(week))

    async def events(self, request: Request) -> Response:
        """Tell how far a search is, as it goes on."""
        week = self.bench.week_of(request)
        whose = curve_of(week) if "/curve/" in request.url.path else week.week_id
        return StreamingResponse(self._events(whose, request), media_type="text/event-stream")

    async def _events(self, whose: str, request: Request) -> AsyncIterator[str]:
        while not await request.is_disconnected():
            job = self.bench.desk.of(whose)
            if job is None or not job.is_open:
                yield _event({"open": False})
                return
            seconds = f"{job.seconds} s"
            how_far = f": {job.how_far}" if job.how_far else ""
            told = {"open": True, "text": f"{seconds}{how_far}", "seen": job.seen}
            yield _event(told)
            await asyncio.sleep(web_settings()["server"]["event_s"])


def _event(told: Mapping[str, Any]) -> str:
    return f"data: {json.dumps(told)}\n\n"


def _place(values: Mapping[str, str]) -> ItemPlace:
    day, slot = values.get("day", ""), values.get("slot", "")
    if not day.isdecimal() or slot not in SLOTS:
        raise HTTPException(400, NOT_UNDERSTOOD)
    return ItemPlace(int(day), slot, values.get("item", ""), values.get("eater", ""))


def _name_of(step: WeekStep, place: ItemPlace) -> str:
    """Return the name of a thing, by which a request leaves it out."""
    assert step.report.plan is not None
    for day in step.report.plan.days:
        for item in day.items():
            if item.item_id == place.item:
                return asked_name(item.item_id, item.name)
    raise HTTPException(400, NOT_UNDERSTOOD)


def _wider(step: WeekStep, name: str) -> str:
    """Return a name that means a thing of a week among others."""
    assert step.report.plan is not None
    if any(
        name in wider_names(item.item_id) for day in step.report.plan.days for item in day.items()
    ):
        return name
    raise HTTPException(400, NOT_UNDERSTOOD)


def _with_others(step: WeekStep, locks: Sequence[LockWish]) -> PlanRequest:
    """Ask for the same with other dishes than the week has, but for those that stay."""
    plan, wanted = step.standing.plan, step.report.request.preferences
    held = {
        item.item_id
        for day in plan.days
        for meal in day.meals
        for item in meal.items
        for one in locks
        if (one.day, one.slot or meal.slot, one.item or item.item_id)
        == (day.day, meal.slot, item.item_id)
    }
    history = (*wanted.history, eaten_lately(plan, held))[-MOST_HISTORY:]
    return replace(step.report.request, preferences=replace(wanted, history=history))
