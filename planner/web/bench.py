"""The workbench: what its pages stand on, and how what is asked becomes work."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from planner.pictures.picture import Picture
from planner.pictures.saved import as_svg
from planner.search.search import Progress
from planner.table.session import EditReport
from planner.web.changes import WeekStep
from planner.web.desk import Desk, Job, Watcher
from planner.web.settings import web_settings
from planner.web.shelf import Again, Look, NoStepError, OpenWeek, Shelf
from planner.web.templating import shown_page

NOT_OPEN = "This week is not open any more."
NO_TOKEN = "This form is from an earlier start of the program. Load the page anew."
NOT_THERE = "There is nothing of this name."
NOT_UNDERSTOOD = "This is no form of this page."
Handler = Callable[[OpenWeek, Mapping[str, str]], Response]


@dataclass(frozen=True, slots=True)
class WeekChange:
    """What is asked of a week.

    Parameters
    ----------
    what
        What is done, in words.
    again
        Does it, with a way out of a refusal where one is taken.
    answers, readings
        The fields that ask for it, and how words in another language were read.
    look
        Gives the week as it stands where it is still one, before it is done; ``None`` for none.
    """

    what: str
    again: Again
    answers: Mapping[str, str]
    readings: tuple[str, ...] = ()
    look: Look | None = None


class Workbench:
    """What the pages stand on.

    Parameters
    ----------
    port
        Port that is listened to.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.key, self.secret = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self.shelf, self.desk = Shelf(), Desk()

    @property
    def cookie(self) -> str:
        """Name of the cookie; cookies know no ports, so that it names its own."""
        return f"magplan_{self.port}"

    @property
    def address(self) -> str:
        """The address to open, with its key."""
        return f"http://127.0.0.1:{self.port}/?key={self.key}"

    def page(self, name: str, status: int = 200, **values: Any) -> Response:
        """Return a template, filled."""
        return shown_page(name, status, secret=self.secret, **values)

    def change(self, week: OpenWeek, change: WeekChange, accept: int | None = None) -> Response:
        """Let something be done to a week; leads to its page, which says how far it is."""
        week.answers, week.refused = change.answers, None
        self.desk.drop(curve_of(week))  # the week itself goes first

        def work(progress: Progress, watch: Watcher) -> EditReport:
            return change.again(progress, watch, accept)

        seen: WeekStep | None = None

        def then(result: EditReport) -> None:
            nonlocal seen
            report = result.report
            if not report.passed:
                if seen is None:  # else a week that holds is shown already
                    week.refused, week.again = report, change
                return
            points = report.outcome.objective
            if seen is not None and points and (seen.report.outcome.objective or 0.0) < points:
                return  # what is shown already is better
            before = seen
            seen = WeekStep(
                report,
                change.what,
                change.answers,
                change.readings,
                result.difference,
            )
            week.add(seen, before)

        look = change.look if accept is None else None
        self.desk.ask(week.week_id, Job(work, then, change.what, look=look))
        if look is not None:
            self.desk.wait_for_sight(week.week_id, web_settings()["server"]["look_s"])
        return to_week(week)

    async def form(self, request: Request) -> dict[str, str]:
        """Read a form that a page of this start sent.

        Raises
        ------
        HTTPException
            When it is none.
        """
        most = web_settings()["limits"]["fields"]
        try:
            text = (await request.body()).decode()
            form = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=most))
        except ValueError:
            raise HTTPException(400, NOT_UNDERSTOOD) from None
        self._check_token(form.pop("token", ""))
        return form

    async def file(self, request: Request) -> tuple[str, bytes]:
        """Read the file that a form of this start sends: its name and content.

        Raises
        ------
        HTTPException
            When there is none.
        """
        kind = request.headers.get("content-type", "").encode()
        sent = message_from_bytes(b"content-type:%b\r\n\r\n" % kind + await request.body())
        parts = sent.get_payload() if sent.is_multipart() else []
        assert isinstance(parts, list)
        named = {
            part.get_param("name", header="content-disposition"): part
            for part in parts
            if isinstance(part, Message)
        }
        if "token" not in named or "file" not in named:
            raise HTTPException(400, NOT_UNDERSTOOD)
        self._check_token(str(named["token"].get_payload()))
        content = named["file"].get_payload(decode=True)
        return named["file"].get_filename() or "", content if isinstance(content, bytes) else b""

    def _check_token(self, token: str) -> None:
        if not secrets.compare_digest(token.encode(), self.secret.encode()):
            raise HTTPException(403, NO_TOKEN)

    def week_of(self, request: Request) -> OpenWeek:
        """Return the week of an address.

        Raises
        ------
        HTTPException
            When it is not open.
        """
        week = self.shelf.get(request.path_params["id"])
        if week is None:
            raise HTTPException(404, NOT_OPEN)
        return week

    def shown(self, handler: Handler) -> Callable[[Request], Any]:
        """Return what answers with a page of a week; what is behind ``?`` is handed over."""

        async def answer(request: Request) -> Response:
            week = self.week_of(request)
            values = dict(request.query_params)
            values |= {name: str(one) for name, one in request.path_params.items()}
            return await self._handled(handler, week, values)

        return answer

    def posted(self, handler: Handler) -> Callable[[Request], Any]:
        """Return what takes a form of a week."""

        async def answer(request: Request) -> Response:
            form = await self.form(request)
            return await self._handled(handler, self.week_of(request), form)

        return answer

    async def _handled(
        self, handler: Handler, week: OpenWeek, values: Mapping[str, str]
    ) -> Response:
        try:
            answer = await run_in_threadpool(handler, week, values)
        except NoStepError:
            return to_week(week)  # which says how far it is
        if values.get("then") == "tune" and isinstance(answer, RedirectResponse):
            return to_week(week, "/tune")
        return answer

    def is_busy(self, week: OpenWeek) -> bool:
        """Whether something is being worked on for a week."""
        job = self.desk.of(week.week_id)
        return job is not None and job.is_open


class Pages:
    """Pages of one kind; each kind says which address does what."""

    shown: ClassVar[Mapping[str, str]] = {}
    """What stands behind the address of a week → the method that answers with a page."""
    posted: ClassVar[Mapping[str, str]] = {}
    """The same of what takes a form of a week."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench

    def routes(self) -> list[Route]:
        """Return which address does what."""
        ways = (
            (self.shown, self.bench.shown, ("GET",)),
            (self.posted, self.bench.posted, ("POST",)),
        )
        return [
            Route(f"/week/{{id}}{rest}", answers(getattr(self, name)), methods=methods)
            for own, answers, methods in ways
            for rest, name in own.items()
        ]


def curve_of(week: OpenWeek) -> str:
    """Return what the desk knows the curve of a week by."""
    return f"{week.week_id}/curve"


def picture_answer(picture: Picture | None) -> Response:
    """Return a picture, in the money that is shown.

    Raises
    ------
    HTTPException
        When there is none.
    """
    if picture is None:
        raise HTTPException(404, NOT_THERE)
    # it holds its own style, and is shown as an image, which runs nothing
    policy = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"}
    return Response(as_svg(picture), media_type="image/svg+xml", headers=policy)


def path_to(week: OpenWeek, rest: str = "") -> str:
    """Return the address of a page of a week."""
    return f"/week/{week.week_id}{rest}"


def to_week(week: OpenWeek, rest: str = "") -> Response:
    """Lead to a page of a week."""
    return RedirectResponse(path_to(week, rest), 303)
