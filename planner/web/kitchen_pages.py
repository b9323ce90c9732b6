"""The pages of a week for the kitchen, the shop and the file: days, list, nutrients, downloads."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from foods.errors import UserFacingError
from planner.candidates.called import asked_name
from planner.document.blocks import Block, Section
from planner.document.fonts import DOCUMENTS
from planner.errors import ExportWarning
from planner.export.documents import PageLayout, TableDocument
from planner.export.formats import FORMATS, week_page
from planner.export.plan_pictures import eater_pictures
from planner.export.printed import report_blocks
from planner.export.shopping import shopping_as_csv
from planner.export.week import week_blocks
from planner.export.who import day_label, day_title, name_endings
from planner.handover.cooked import handed_over
from planner.handover.formats import TAKERS
from planner.pictures.picture import Picture
from planner.plan.plan import Day
from planner.request.days import DAYS_PER_WEEK
from planner.request.limits import known_ranges
from planner.request.notes import WHOLE_PLAN, note_on, with_note
from planner.request.read import write_request
from planner.settings import read_settings
from planner.shops import NEUTRAL, named, shopping_in
from planner.web.bench import NOT_THERE, Pages, path_to, picture_answer, to_week
from planner.web.changes import WeekStep, noted
from planner.web.labels import in_labels
from planner.web.shelf import OpenWeek
from planner.web.week_values import in_words

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
            days=[(one.day, day_label(one)) for one in days],
            number=number,
            notes=tuple(_notes(step, days[number - 1])),
            longest=int(known_ranges()["note"].high),
        )

    def note(self, week: OpenWeek, form: Mapping[str, str]) -> Response:
        """Keep the notes on the dishes of a day and on the whole week."""
        step, day = week.shown_step(), form.get("day", "")
        request = step.report.request
        try:
            for one in () if step.report.plan is None else step.report.plan.days:
                for field in _notes(step, one):
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
            found = {one.name: one for one in _pictures(step)}
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
    dishes |= {one.item_id: one.name for one in day.items() if one.kind == "dish"}
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
        return {one: f"{in_labels(str(text))}\n" for one, text in files.items()}


def _zipped(files: Files) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()
