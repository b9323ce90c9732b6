"""Who may ask what: this machine's own pages alone, within limits, and what each answer is told.

A page of another site may lead a browser here under a name of its own (DNS rebinding), or let it
send a form. Both are refused before anything is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from http.cookies import SimpleCookie
from types import MappingProxyType

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from planner.web.bench import Workbench
from planner.web.desk import tell_fault

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
