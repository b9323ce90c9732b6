"""A web page, fetched because somebody named it: once, as robots.txt allows, within limits."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import requests

from foods.client.session import (
    REFUSED,
    ServiceError,
    open_session,
    read_content,
    read_services,
    send,
    told_plainly,
)

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
    """Give an address as one whose answer nobody on the way reads or changes."""
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
