"""The workbench: pages, who may ask for them, and what is asked of a week.

A page of another site may lead a browser here under a name of its own (DNS rebinding), or let it
send a form. Both are refused before anything is read.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Mail
from http.cookies import SimpleCookie
from types import MappingProxyType
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from planner.pictures.picture import Picture
from planner.pictures.saved import as_svg
from planner.table.session import EditReport
from planner.web.fields import shown_page, web_settings
from planner.web.weeks import (
    Again,
    Desk,
    Job,
    NoStepError,
    OpenWeek,
    Shelf,
    WeekStep,
    tell_fault,
)

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
    """

    what: str
    again: Again
    answers: Mapping[str, str]
    readings: tuple[str, ...] = ()


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

        def work() -> EditReport:
            return change.again(accept)

        def then(result: EditReport) -> None:
            report = result.report
            if report.passed:
                what = change.what, change.answers, change.readings, result.difference
                week.add(WeekStep(report, *what))
            else:
                week.refused, week.again = report, change

        self.desk.ask(week.week_id, Job(work, then, change.what))
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
            if isinstance(part, Mail)
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
            values |= {name: str(param) for name, param in request.path_params.items()}
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


HOSTS = ("127.0.0.1", "localhost", "[::1]")
_POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
        "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "content-security-policy": _POLICY,
        "x-content-type-options": "nosniff",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "same-origin",
        "cache-control": "no-store",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
    }
)
WRONG_HOST = "This page answers under the address that `magplan serve` printed, and no other."
WRONG_ORIGIN = "This was not sent by a page of this program."
NO_KEY = "Open the address that `magplan serve` printed: it holds the key that this page asks for."
TOO_MUCH = "That is more than a form of this page sends."
BROKEN = "Something went wrong inside the program, and this was not done. Nothing else was lost."
_READS, _WRITES = ("GET", "HEAD"), ("POST",)


class Guard:
    """Let through what this machine's own pages ask, and nothing else.

    Parameters
    ----------
    app
        What answers.
    bench
        Whose key, port, language and cookie these are.
    most_bytes, of_files
        The most that may be sent at once, and path → the most where a file is taken.
    """

    def __init__(
        self, app: ASGIApp, bench: Workbench, most_bytes: int, of_files: Mapping[str, int]
    ) -> None:
        self.app, self.bench, self.most_bytes, self.of_files = app, bench, most_bytes, of_files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # nothing here talks over a socket that stays open both ways
        await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_begun = False

        async def with_headers(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                own = {name.encode(): value.encode() for name, value in HEADERS.items()}
                named = {name for name, _value in message.get("headers", ())}
                more = [pair for pair in own.items() if pair[0] not in named]
                message = {**message, "headers": [*message.get("headers", ()), *more]}
            await send(message)

        refused = self._refused(scope)
        try:
            if refused is not None:
                await refused(scope, receive, with_headers)
                return
            body = await self._read(scope, receive)
            if body is None:
                await PlainTextResponse(TOO_MUCH, 413)(scope, receive, with_headers)
                return
            await self.app(scope, _handing(body, receive), with_headers)
        except Exception as error:
            tell_fault(error)
            if not has_begun:
                await PlainTextResponse(BROKEN, 500)(scope, receive, with_headers)

    def _refused(self, scope: Scope) -> PlainTextResponse | None:
        """Return why something is not answered; ``None`` where it is."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host not in (f"{name}:{self.bench.port}" for name in HOSTS):
            return PlainTextResponse(WRONG_HOST, 421)
        if scope["method"] not in (*_READS, *_WRITES):
            return PlainTextResponse("", 405)
        if scope["method"] in _WRITES and not _is_own(headers, host):
            return PlainTextResponse(WRONG_ORIGIN, 403)
        if not self._knows_key(scope, headers):
            return PlainTextResponse(NO_KEY, 403)
        return None

    def _knows_key(self, scope: Scope, headers: Headers) -> bool:
        """Whether who asks has the cookie, or comes with the address that holds the key."""
        if scope["path"] == "/" and scope["query_string"] == f"key={self.bench.key}".encode():
            return True
        cookies: SimpleCookie = SimpleCookie()
        cookies.load(headers.get("cookie", ""))
        held = cookies.get(self.bench.cookie)
        return held is not None and held.value == self.bench.key

    async def _read(self, scope: Scope, receive: Receive) -> bytes | None:
        """Read what is sent; ``None`` where it is too much."""
        if scope["method"] not in _WRITES:
            return b""
        most = self.of_files.get(scope["path"], self.most_bytes)
        if int(Headers(scope=scope).get("content-length") or 0) > most:
            return None
        parts, size, more = list[bytes](), 0, True
        while more:
            message = await receive()
            more = message.get("more_body", False)
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > most:
                return None
        return b"".join(parts)


def _is_own(headers: Headers, host: str) -> bool:
    """Whether a page of this address sends it, as a browser says."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is None and site is None:
        return False
    return origin in (None, f"http://{host}") and site in (None, "same-origin")


def _handing(body: bytes, receive: Receive) -> Receive:
    """Hand over what was read, and then whatever comes: that the other side has left."""
    is_read = False

    async def hand() -> Message:
        nonlocal is_read
        if is_read:
            return await receive()
        is_read = True
        return {"type": "http.request", "body": body, "more_body": False}

    return hand
