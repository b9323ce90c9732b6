"""The pages of a week that is open: what stays, what comes next, what is bought and cooked."""

from __future__ import annotations

import asyncio
import io
import json
import warnings
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from foods.errors import UserFacingError
from planner.candidates.called import asked_name, wider_names
from planner.document.blocks import Block, Section
from planner.document.fonts import DOCUMENTS
from planner.errors import ExportWarning
from planner.export.documents import PageLayout, TableDocument
from planner.export.figures import mass_text
from planner.export.formats import FORMATS, week_page
from planner.export.plan_pictures import eater_pictures
from planner.export.printed import report_blocks
from planner.export.shopping import shopping_as_csv
from planner.export.swaps import cells_now, offers_told, swap_heads
from planner.export.week import week_blocks
from planner.export.who import day_label, day_title, name_endings, number_label
from planner.handover.cooked import handed_over
from planner.handover.formats import TAKERS
from planner.kitchen.carried import home_after, home_besides
from planner.kitchen.pantry import pantry_of
from planner.kitchen.sold import shelves_for
from planner.meals.patterns import SLOTS
from planner.pictures.picture import Picture
from planner.plan.locks import LockWish
from planner.plan.plan import Day
from planner.request.days import DAYS_PER_WEEK, NOTHING, OUT
from planner.request.measures import known_ranges
from planner.request.next_week import (
    MOST_HISTORY,
    NEVER,
    WHOLE_PLAN,
    let_go,
    note_on,
    rated,
    request_after,
    with_note,
)
from planner.request.put import frozen_name
from planner.request.read import write_request
from planner.request.request import AtHome, PlanRequest
from planner.settings import read_settings
from planner.shops import NEUTRAL, named, shopping_in
from planner.table.faults import check_request
from planner.table.session import EditReport
from planner.web.asking import answers_of, names_in
from planner.web.bench import (
    NOT_THERE,
    NOT_UNDERSTOOD,
    Pages,
    WeekChange,
    curve_of,
    path_to,
    picture_answer,
    to_week,
)
from planner.web.fields import FieldFault, in_labels, web_settings
from planner.web.values import (
    in_words,
    outcome_values,
    understood,
    version_meals,
    version_rows,
    week_values,
)
from planner.web.weeks import (
    AGAIN,
    ItemPlace,
    OpenWeek,
    WeekStep,
    left_out,
    noted,
    planned,
    without,
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
            "change", "swap", "undo", "accept", "replan", "keep", "version", "stop",
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

        def again(_accept: int | None) -> EditReport:
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

        again = partial(step.replanned, request, locks)
        return self.bench.change(week, WeekChange(AGAIN, again, answers, week.readings))

    def accept(self, week: OpenWeek, form: Mapping[str, str]) -> Response:
        """Take a way out of a refusal."""
        if week.again is None or week.refused is None or not form.get("way", "").isdecimal():
            raise HTTPException(400, NOT_UNDERSTOOD)
        return self.bench.change(week, week.again, int(form["way"]))

    def undo(self, week: OpenWeek, _form: Mapping[str, str]) -> Response:
        """Show the week as it stood before the last change."""
        self.bench.desk.drop(week.week_id)
        week.undo()
        return to_week(week, "#week")

    def keep(self, week: OpenWeek, form: Mapping[str, str]) -> Response:
        """Return the week that is shown a name, to come back to it."""
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
            how_far = f": {said}" if (said := job.said()) else ""
            told = {"open": True, "text": f"{seconds}{how_far}"}
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
        for lock in locks
        if (lock.day, lock.slot or meal.slot, lock.item or item.item_id)
        == (day.day, meal.slot, item.item_id)
    }
    history = (*wanted.history, eaten_lately(plan, held))[-MOST_HISTORY:]
    return replace(step.report.request, preferences=replace(wanted, history=history))


AFTER = "Planning the week after …"
NTH = "{name}, week {number}"
GONE = "Not asked for again: {names}."
GRADES = {
    "3": "liked very much", "2": "liked", "1": "liked a little",
    str(NEVER): "not again",
}  # fmt: skip
_MORE = "more"


@dataclass(frozen=True, slots=True)
class EatenDish:
    """A dish of a week: its id and name, and on which days it was."""

    dish_id: str
    name: str
    days: str


@dataclass(frozen=True, slots=True)
class Rest:
    """What a week leaves at home: its number among these, name, amount and days that it keeps."""

    number: int
    name: str
    amount: str
    days: int | None


class NextPages(Pages):
    """The page that asks for the week after, and what it does."""

    shown: ClassVar = {"/next": "ask"}
    posted: ClassVar = {"/next": "plan"}

    def ask(self, week: OpenWeek, _query: Mapping[str, str]) -> Response:
        """Ask what was liked, what was not eaten, and what is still there."""
        step = week.shown_step()
        there = {f"home.{number}": "on" for number, _rest in enumerate(_at_home(step))}
        return self._page(week, step, there)

    def plan(self, week: OpenWeek, form: Mapping[str, str]) -> Response:
        """Open the week after and plan it; the week before stays open."""
        step = week.shown_step()
        try:
            with shopping_in(NEUTRAL):
                request = _after(step, form)
                check_request(request)
            answers = dict(answers_of(request))
            number, called = week.number + 1, names_in(answers) or week.called
            name = NTH.format(name=called, number=number)
            later = self.bench.shelf.open(name, request, answers)
        except UserFacingError as error:
            lines = error.faults or (str(error),)
            faults = [FieldFault(_MORE, in_labels(line)) for line in lines]
            return self._page(week, step, form, faults)
        later.number, later.called = number, called
        gone = "; ".join(let_go(step.report.request, request))
        later.readings = (GONE.format(names=gone),) if gone else ()
        again = partial(planned, request, None)
        return self.bench.change(later, WeekChange(AFTER, again, answers, later.readings))

    def _page(
        self,
        week: OpenWeek,
        step: WeekStep,
        values: Mapping[str, str],
        faults: Sequence[FieldFault] = (),
    ) -> Response:
        with shopping_in(step.report.request.shops):
            return self.bench.page(
                "next.html",
                422 if faults else 200,
                week=week,
                dishes=[replace(dish, name=named(dish.name)) for dish in _dishes(step)],
                rest=list(_rest(step)),
                grades=list(GRADES.items()),
                values=values,
                faults=faults,
                action=path_to(week, "/next"),
            )


def _dishes(step: WeekStep) -> Iterator[EatenDish]:
    """Yield each dish of a week once, in the order in which they come."""
    plan = step.standing.plan
    found: dict[str, tuple[str, list[str]]] = {}
    dates = {day.day: day.date for day in plan.days if day.date is not None}
    for day in plan.days:
        for item in day.items():
            if item.kind == "dish" and not item.is_beside:
                _name, days = found.setdefault(item.item_id, (item.name, []))
                days += [label] if (label := number_label(day.day, dates)) not in days else []
    for dish_id, (name, days) in found.items():
        yield EatenDish(dish_id, name, ", ".join(days))


def _at_home(step: WeekStep) -> tuple[AtHome, ...]:
    """Return what a week leaves at home, as ``magplan next`` takes it to."""
    report = step.report
    with shopping_in(report.request.shops), shopping_in(NEUTRAL):
        entries = pantry_of(report.request, report.foods).entries
        days = step.standing.plan.days
        return home_after(entries, report.shopping, range(days[0].day, days[-1].day + 1))


def _rest(step: WeekStep) -> Iterator[Rest]:
    for number, home in enumerate(_at_home(step)):
        amount = mass_text(home.amount) if home.unit == "g" else f"{home.amount:g} {home.unit}"
        frozen = frozen_name(home.food)
        name = named(step.report.foods[frozen or home.food].name)
        yield Rest(number, name + (", in the freezer" if frozen else ""), amount, home.days)


def _after(step: WeekStep, form: Mapping[str, str]) -> PlanRequest:
    """Return the request of the week after.

    Raises
    ------
    ConfigError
        When what is at home besides cannot be read.
    HTTPException
        When no page asks so.
    """
    request, plan = step.report.request, step.standing.plan
    uneaten = {one.dish_id for one in _dishes(step) if f"uneaten.{one.dish_id}" in form}
    home = [at_home for number, at_home in enumerate(_at_home(step)) if f"home.{number}" in form]
    foods = step.report.foods
    home += home_besides(form.get(_MORE, ""), foods, shelves_for(request, foods))
    wanted = request.preferences
    for dish in _dishes(step):
        grade = form.get(f"grade.{dish.dish_id}", "")
        if grade and grade not in GRADES:
            raise HTTPException(400, NOT_UNDERSTOOD)
        if grade:
            wanted = rated(wanted, asked_name(dish.dish_id, dish.name), int(grade))
    last = plan.days[-1].date
    asked = replace(request, preferences=wanted)
    return request_after(asked, last, eaten_lately(plan, uneaten), home)


_PAPERS = "pdf-"
_REQUEST, _SHOPPING, _LIST = "request.toml", "shopping.csv", "list.html"
_IN_LABELS = ("html", "md")  # that name flags, where whoever reads them sees fields
Files = Mapping[str, str | bytes]


@dataclass(frozen=True, slots=True)
class NoteField:
    """A field for a note: its name, its label, what the note is on by any name, and the note."""

    name: str
    label: str
    names: tuple[str, ...]
    text: str


class KitchenPages(Pages):
    """The pages that show a week and change nothing of it but notes of one's own."""

    shown: ClassVar = {
        "/list": "list",
        "/nutrients": "nutrients",
        "/documents": "documents",
        "/day/{day:int}": "day",
        "/picture/{name}": "picture",
        "/file/{name}": "file",
    }
    posted: ClassVar = {"/list": "tick", "/notes": "note"}

    def day(self, week: OpenWeek, query: Mapping[str, str]) -> Response:
        """Show a day to cook from."""
        step = week.shown_step()
        days = () if step.report.plan is None else step.report.plan.days
        number = int(query["day"])
        if not 1 <= number <= len(days):
            raise HTTPException(404, NOT_THERE)
        told = TableDocument.of(step.report)
        return self._page(
            week,
            "day.html",
            heading=day_title(days[number - 1]),
            first=week_blocks(told, "web_banners"),
            blocks=in_words(_inner(report_blocks(step.report, number))),
            days=[(plan_day.day, day_label(plan_day)) for plan_day in days],
            number=number,
            notes=tuple(_notes(step, days[number - 1])),
            longest=int(known_ranges()["note"].high),
        )

    def note(self, week: OpenWeek, form: Mapping[str, str]) -> Response:
        """Keep the notes on the dishes of a day and on the whole week."""
        step, day = week.shown_step(), form.get("day", "")
        request = step.report.request
        try:
            for plan_day in () if step.report.plan is None else step.report.plan.days:
                for field in _notes(step, plan_day):
                    if field.name in form:
                        request = with_note(request, form[field.name], *field.names)
        except UserFacingError as error:
            return self._not_so(week, error)
        if request.week.notes != step.report.request.week.notes:
            self.bench.desk.drop(week.week_id)  # so that they are kept with what is shown
            week.add(noted(step, request))
        return to_week(week, f"/day/{day}#notes" if day.isdecimal() else "")

    def list(self, week: OpenWeek, _query: Mapping[str, str]) -> Response:
        """Show what to buy, with boxes that stay ticked."""
        step = week.shown_step()
        with shopping_in(step.report.request.shops):
            told = TableDocument.of(step.report)
            blocks = _inner(week_blocks(told, "web_list"))
            first = week_blocks(told, "web_banners")
        return self._page(week, "list.html", first=first, blocks=blocks, ticked=week.ticked)

    def tick(self, week: OpenWeek, form: Mapping[str, str]) -> Response:
        """Keep which boxes are ticked."""
        week.ticked = frozenset(name.removeprefix("tick.") for name in form)
        return to_week(week, "/list")

    def nutrients(self, week: OpenWeek, _query: Mapping[str, str]) -> Response:
        """Show what the week holds of each nutrient, what nobody may miss first."""
        step = week.shown_step()
        with shopping_in(step.report.request.shops):
            told = TableDocument.of(step.report)
            first = in_words(week_blocks(told, "web_first"))
            blocks = in_words(week_blocks(told, "web_nutrients"))
            pictures = _pictures(step)
        return self._page(week, "nutrients.html", first=first, blocks=blocks, pictures=pictures)

    def picture(self, week: OpenWeek, query: Mapping[str, str]) -> Response:
        """Return a picture."""
        step = week.shown_step()
        with shopping_in(step.report.request.shops):
            found = {known_picture.name: known_picture for known_picture in _pictures(step)}
            return picture_answer(found.get(query["name"]))

    def documents(self, week: OpenWeek, _query: Mapping[str, str]) -> Response:
        """Show what can be downloaded."""
        asked = week.shown_step().report.request.week
        more = {"dated": asked.start is not None, "has_weeks": asked.days > DAYS_PER_WEEK}
        return self._page(week, "documents.html", takers=list(TAKERS), **more)

    def file(self, week: OpenWeek, query: Mapping[str, str]) -> Response:
        """Return a download: one file as it is, several in an archive."""
        step, name = week.shown_step(), query["name"]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ExportWarning)
                files = _files(step, name)
        except UserFacingError as error:
            return self._not_so(week, error)
        file_name, content = next(iter(files.items()))
        if len(files) > 1:
            file_name, content = f"{name}.zip", _zipped(files)
        saved = f"attachment; filename*=UTF-8''{quote(file_name.rpartition('/')[2])}"
        return Response(
            content,
            media_type="application/octet-stream",
            headers={"content-disposition": saved},
        )

    def _not_so(self, week: OpenWeek, error: UserFacingError) -> Response:
        text = in_labels(str(error))
        return self.bench.page("not_so.html", 422, week=week, text=text, back=path_to(week))

    def _page(self, week: OpenWeek, name: str, **values: Any) -> Response:
        with shopping_in(week.shown_step().report.request.shops):
            return self.bench.page(name, week=week, **values)


def _notes(step: WeekStep, day: Day) -> Iterator[NoteField]:
    """Yield a field for the note on each dish of a day, and on the whole plan."""
    notes, dishes = step.report.request.week.notes, dict[str, str]()
    dishes |= {item.item_id: item.name for item in day.items() if item.kind == "dish"}
    for dish_id, name in dishes.items():
        names = asked_name(dish_id, name), dish_id, name
        yield NoteField(f"note.{dish_id}", named(name), names, note_on(notes, *names))
    yield NoteField(
        f"note:{WHOLE_PLAN}", "The whole plan", (WHOLE_PLAN,), note_on(notes, WHOLE_PLAN)
    )


def _inner(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks of a day, whose heading stands above them already."""
    first, *rest = blocks
    return (*first.blocks, *rest) if isinstance(first, Section) else blocks


def _pictures(step: WeekStep) -> Sequence[Picture]:
    told = TableDocument.of(step.report)
    endings = name_endings(told.eaters)
    return [
        picture
        for name, own in told.named()
        for picture in eater_pictures(own, name, endings[name])
    ]


def _files(step: WeekStep, name: str) -> Files:
    """Return file name → content of a download, as ``magplan export`` and ``plan --out`` write it.

    Raises
    ------
    HTTPException
        When there is no such download.
    ExportError
        When the week cannot be written so.
    """
    makers: Mapping[str, Callable[[], Files]] = {
        _REQUEST: lambda: {_REQUEST: write_request(step.report.request)},
        _SHOPPING: lambda: {_SHOPPING: shopping_as_csv(step.report.shopping)},
        _LIST: lambda: {_LIST: week_page(week, "list")},
    }
    own = name.removeprefix(_PAPERS)
    week = TableDocument.of(step.report)
    if own != name and own in read_settings(DOCUMENTS)["documents"]:
        return FORMATS["pdf"].write(replace(week, layout=PageLayout(documents=(own,))), "")
    with shopping_in(NEUTRAL):
        if name in makers:
            return makers[name]()
        if name in TAKERS:
            return dict(TAKERS[name](handed_over(week)))
        if name not in FORMATS:
            raise HTTPException(404, NOT_THERE)
        FORMATS[name].check(week.plan)
        files = FORMATS[name].write(week, step.text)
        if name not in _IN_LABELS:
            return files
        return {file: f"{in_labels(str(text))}\n" for file, text in files.items()}


def _zipped(files: Files) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()
