"""Ask a service for JSON or a page: patient, within limits, plain about what went wrong."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import requests
from pydantic import BaseModel, ValidationError
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from foods.embedded import data_settings
from foods.errors import FoodsError
from foods.own_csv import one_line

UNKNOWN, TOO_MANY, REFUSED = 404, 429, (401, 403)
_PIECE_BYTES, _MOST_WORDS = 65_536, 200
_DONE = (requests.codes.ok, requests.codes.created)
Answer = TypeVar("Answer", bound=BaseModel)


class ServiceError(FoodsError):
    """A service cannot be reached, or does not answer what was asked."""


def read_services() -> Mapping[str, Any]:
    """Read where the services are, how patient to be, and what their names mean."""
    return data_settings("services.toml")


def open_session(version: str) -> requests.Session:
    """Return a session that tries again where a service stumbles, never where it says no.

    Parameters
    ----------
    version
        Version of the program, which it names to the service.
    """
    rule = read_services()["http"]
    again = Retry(
        total=rule["retries"],
        read=False,  # who has not answered in time is not asked again
        backoff_factor=rule["backoff_s"],
        status_forcelist=rule["retry_on"],
        respect_retry_after_header=False,  # an hour, where requests are counted
        raise_on_status=False,
    )
    session = requests.Session()
    session.headers["User-Agent"] = rule["user_agent"].format(version=version)
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=again))
    return session


def get_answer(request: requests.Request, session: requests.Session, kind: type[Answer]) -> Answer:
    """Send a request and read its answer as ``kind``.

    Raises
    ------
    ServiceError
        When nobody answers in time, the service refuses or knows nothing of it, or the answer is
        too large, no JSON or of another shape.
    """
    where = request.url
    with told_plainly(where), send(request, session) as answer:
        if answer.status_code not in _DONE:
            raise _refusal(answer, where)
        content = read_content(answer, where)
    try:
        return kind.model_validate(json.loads(content))
    except (ValidationError, ValueError, RecursionError) as error:
        how = "the service may have changed: look for a newer magplan"
        raise ServiceError(
            f"the answer is not as documented: {_first(error)}", where, how
        ) from None


@contextmanager
def told_plainly(where: str) -> Iterator[None]:
    """Raise a ``ServiceError`` that says in plain words why nothing came from ``where``.

    Raises
    ------
    ServiceError
        In place of any error of the network.
    """
    try:
        yield
    except requests.Timeout:
        raise ServiceError("no answer in time", where, "try again later") from None
    except requests.ConnectionError:
        how = "see whether this machine is on the network, and any proxy (HTTPS_PROXY)"
        raise ServiceError("cannot be reached", where, how) from None
    except requests.RequestException as error:
        raise ServiceError(f"the request failed: {error}", where, "try again later") from None


def as_amount(held: object, what: str, where: str) -> float:
    """Read a number of 0 or more of an answer.

    Raises
    ------
    ServiceError
        When it is none; ``what`` names it.
    """
    try:
        amount = float(str(held))
    except ValueError:
        amount = math.nan
    if not (math.isfinite(amount) and amount >= 0):
        fault = f"{what}: {held!r} is no amount"
        raise ServiceError(f"the answer is not as documented: {fault}", where)
    return amount


def send(request: requests.Request, session: requests.Session) -> requests.Response:
    """Send it; not to where it is sent on, since the key would go there too."""
    rule, ready = read_services()["http"], session.prepare_request(request)
    settings = session.merge_environment_settings(ready.url, {}, True, None, None)
    patience = rule["connect_s"], rule["read_s"]
    return session.send(ready, timeout=patience, allow_redirects=False, **settings)


def read_content(answer: requests.Response, where: str) -> bytes:
    """Read the whole answer, within limits of size and time."""
    rule, content, started = read_services()["http"], b"", time.monotonic()
    for piece in answer.iter_content(_PIECE_BYTES):
        content += piece
        if len(content) > rule["most_bytes"]:
            raise ServiceError("the answer is far too large", where)
        if time.monotonic() - started > rule["whole_s"]:
            raise requests.Timeout
    return content


def _refusal(answer: requests.Response, where: str) -> ServiceError:
    """Describe what an answer means that brings nothing, with the first words of the service."""
    status = answer.status_code
    if status == UNKNOWN:
        return ServiceError("does not know it", where, "look at the number, or search by words")
    if status in REFUSED:
        return ServiceError(f"refuses the request ({status})", where, "look at the key")
    if answer.is_redirect:
        place = one_line(answer.headers["Location"])[:_MOST_WORDS]
        how = "the key would go there too: write that address yourself, or look at the key"
        return ServiceError(f"sends the request on to {place}", where, how)
    if status == TOO_MANY:
        return ServiceError("has had too many requests", where, "wait an hour, or use your own key")
    words = one_line(read_content(answer, where).decode(errors="replace"))[:_MOST_WORDS]
    is_told = words and "<" not in words  # a page is not for the command line
    text = f"answers with status {status}"
    return ServiceError(f"{text}: {words}" if is_told else text, where, "try again later")


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        fault = error.errors()[0]
        return ": ".join((".".join(map(str, fault["loc"])) or "the whole", fault["msg"]))
    return "no JSON"


WEB = ("http", "https")
OWN = ("localhost", "127.0.0.1", "::1")
_SAVE = "save the page in your browser, and give the file"


def get_page(url: str, version: str) -> bytes:
    """Fetch a web page, following a few moves of it.

    Parameters
    ----------
    url
        Its address, which begins with ``http://`` or ``https://``; it is asked for as ``https://``
        unless it is one of this machine.
    version
        Version of the program, which it names to the server.

    Raises
    ------
    ServiceError
        When robots.txt forbids it, nobody answers in time, it is no page, too large or moved too
        often; or its server says no.

    Notes
    -----
    robots.txt is read as RFC 9309 has it, but a server that refuses it is taken to refuse the page.
    """
    session, rule = open_session(version), read_services()["page"]
    for _ in range(rule["most_moves"] + 1):
        url = _encrypted(url)
        _check_robots(url, session)
        with told_plainly(url), send(requests.Request("GET", url), session) as answer:
            if not answer.is_redirect:
                return _content(answer, url)
            url = urljoin(url, answer.headers["Location"])
        if urlsplit(url).scheme not in WEB:
            break
    raise ServiceError("is sent on too often, or to no web page", url, _SAVE)


def _encrypted(url: str) -> str:
    """Return an address as one whose answer nobody on the way reads or changes."""
    parts = urlsplit(url)
    is_plain = parts.scheme == "http" and parts.hostname not in OWN
    return parts._replace(scheme="https").geturl() if is_plain else url


def _content(answer: requests.Response, url: str) -> bytes:
    if answer.status_code != requests.codes.ok:
        told = f"answers with status {answer.status_code}"
        raise ServiceError(told, url, _SAVE)
    if "html" not in answer.headers.get("Content-Type", ""):
        raise ServiceError("is no web page", url, _SAVE)
    return read_content(answer, url)


def _check_robots(url: str, session: requests.Session) -> None:
    """Ask the server which of its pages a program may read."""
    robots = urljoin(url, "/robots.txt")
    with told_plainly(robots), send(requests.Request("GET", robots), session) as answer:
        status = answer.status_code
        text = read_content(answer, robots) if status == requests.codes.ok else b""
    rules = RobotFileParser()
    rules.parse(text.decode(errors="replace").splitlines())
    is_shut = status in REFUSED or status >= requests.codes.internal_server_error
    if is_shut or not rules.can_fetch(read_services()["page"]["robot"], url):
        raise ServiceError("its robots.txt lets no program read it", url, _SAVE)
