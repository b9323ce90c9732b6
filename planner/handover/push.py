"""Send recipes and the list to a program over the network, nothing twice.

What was sent is found again by its mark, which stands at the end of its description there: the same
recipe of another week has the same mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import requests
from pydantic import BaseModel

from foods.client.session import get_answer
from planner.document.program import PROGRAM
from planner.handover.cooked import Handed, HandedRecipe
from planner.settings import read_settings

_MARK = re.compile(rf"\({PROGRAM} ([0-9a-f]+)\)")
Answer = TypeVar("Answer", bound=BaseModel)


@dataclass(slots=True)
class Pushed:
    """What a push has come to, also where it ends in the middle.

    Parameters
    ----------
    there, sent, left
        Names of what was there already, of what was sent, and of what is still to be sent.
    """

    there: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Say it, a line for each sort."""
        for title, names in (
            ("Sent", self.sent),
            ("There already", self.there),
            ("Not sent", self.left),
        ):
            if names:
                yield f"{title} ({len(names)}): {'; '.join(names)}"


class Taker(Protocol):
    """A program on a server."""

    def marks(self) -> frozenset[str]:
        """Return the marks of the recipes that are there."""

    def send_recipe(self, recipe: HandedRecipe) -> None:
        """Make a recipe there."""

    def send_list(self, handed: Handed) -> bool:
        """Make the list there, or what of it is missing; false where it is there already."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server of one program.

    Parameters
    ----------
    program
        Table of ``configs/handover.toml``.
    url
        Its address, without the path of the interface.
    token
        What opens it; in no address, message or log.
    session
        How it is asked.
    """

    program: str
    url: str
    token: str = field(repr=False)
    session: requests.Session = field(repr=False)

    def ask(
        self,
        method: str,
        what: str,
        kind: type[Answer],
        body: object = None,
        params: Mapping[str, Any] | None = None,
        rest: str = "",
    ) -> Answer:
        """Ask for ``what``, a path of the program's table, and what stands behind it.

        Raises
        ------
        ServiceError
            As ``foods.client.session.get_answer``.
        """
        request = requests.Request(
            method, f"{address(self.program, self.url, what)}{rest}", json=body, params=params
        )
        request.headers["Authorization"] = f"Bearer {self.token}"
        return get_answer(request, self.session, kind)

    def pages(
        self, what: str, kind: type[Answer], size: str, is_last: Callable[[Answer, int], bool]
    ) -> Iterator[Answer]:
        """Ask for page after page.

        Parameters
        ----------
        what, kind
            As of ``ask``.
        size
            What the program calls the number of things on a page.
        is_last
            Whether a page, and its number from 1, is the last.
        """
        rule = read_settings("handover.toml")["pages"]
        for number in range(1, rule["most"] + 1):
            page = self.ask("GET", what, kind, params={"page": number, size: rule["size"]})
            yield page
            if is_last(page, number):
                return


def address(program: str, url: str, what: str) -> str:
    """Return the address of a path of a program; ``url`` may be that of its interface."""
    base = url.rstrip("/").removesuffix("/api")
    return f"{base}{read_settings('handover.toml')[program][what]}"


def mark_text(mark: str) -> str:
    """Write a mark as it stands in a description."""
    return f"({PROGRAM} {mark})"


def marks_in(text: str | None) -> list[str]:
    """Find the marks of a description."""
    return _MARK.findall(text or "")


def push_all(taker: Taker, handed: Handed, pushed: Pushed, parts: frozenset[str]) -> None:
    """Send what is not there yet; ``pushed`` tells at any time how far it is.

    Parameters
    ----------
    taker
        The program.
    handed
        What is sent.
    pushed
        What came of it.
    parts
        ``"recipes"``, ``"list"`` or both.

    Raises
    ------
    ServiceError
        When the server cannot be reached or refuses.
    """
    recipes = handed.recipes if "recipes" in parts else ()
    pushed.left += [one.name for one in recipes]
    pushed.left += [handed.title] if "list" in parts else []
    known = taker.marks() if recipes else frozenset()
    for one in recipes:
        if one.mark not in known:
            taker.send_recipe(one)
        (pushed.there if one.mark in known else pushed.sent).append(one.name)
        pushed.left.remove(one.name)
    if "list" in parts:
        is_new = taker.send_list(handed)
        (pushed.sent if is_new else pushed.there).append(handed.title)
        pushed.left.remove(handed.title)
