"""Recipes and the list for a Mealie or a Tandoor server, by the interface of each, nothing twice.

What was sent is found again by its mark, which stands at the end of its description there: the same
recipe of another week has the same mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import requests
from pydantic import AliasChoices, BaseModel, Field, RootModel

from foods.client.session import ServiceError, get_answer
from planner.document.program import PROGRAM
from planner.handover.cooked import Handed, HandedRecipe, list_mark
from planner.handover.formats import filled, handover_rules

SENT, THERE, LEFT = "Sent", "There already", "Not sent"
_MARK = re.compile(rf"\({PROGRAM} ([0-9a-f]+)\)")
_UNFINISHED = " unfinished"
Answer = TypeVar("Answer", bound=BaseModel)
_Slug, _Anything = RootModel[str], RootModel[Any]


class _Thing(BaseModel):
    """What is read of whatever is there."""

    id: int | str | None = None
    name: str | None = None
    description: str | None = None
    extras: dict[str, Any] | None = None
    food: dict[str, Any] | None = None
    list_recipe: int | None = None
    listItems: list[Any] | None = None  # noqa: N815 - the service's own name


class _Made(_Thing):
    id: int | str


class _Page(BaseModel):
    things: list[_Thing] = Field(validation_alias=AliasChoices("items", "results"))
    next: str | None = None
    total_pages: int = 0


@dataclass(frozen=True, slots=True)
class Server:
    """A server of one program.

    Parameters
    ----------
    program
        Table of ``configs/handover.toml``.
    url
        Its address, with or without the path of the interface.
    token
        What opens it; in no address, message or log.
    session
        How it is asked.
    """

    program: str
    url: str
    token: str = field(repr=False)
    session: requests.Session = field(repr=False)

    @property
    def rule(self) -> Any:
        """Return the table of the program."""
        return handover_rules()["servers"][self.program]

    def address(self, what: str, rest: str = "") -> str:
        """Return the address of ``what``, a path of the program's table, and what is behind it."""
        return f"{self.url.rstrip('/').removesuffix('/api')}{self.rule[what]}{rest}"

    def ask(
        self, method: str, what: str, kind: type[Answer], body: object = None, rest: str = ""
    ) -> Answer:
        """Return what the server answers.

        Raises
        ------
        ServiceError
            As ``foods.client.session.get_answer``.
        """
        return self._get(requests.Request(method, self.address(what, rest), json=body), kind)

    def there(self, what: str) -> Iterator[_Thing]:
        """Return everything of a kind that is there, page after page."""
        rule = handover_rules()["pages"]
        for number in range(1, rule["most"] + 1):
            params = {"page": number, self.rule["page_size"]: rule["size"]}
            page = self._get(requests.Request("GET", self.address(what), params=params), _Page)
            yield from page.things
            if not page.next and number >= page.total_pages:
                return

    def _get(self, request: requests.Request, kind: type[Answer]) -> Answer:
        request.headers["Authorization"] = f"Bearer {self.token}"
        return get_answer(request, self.session, kind)


def push_all(
    server: Server, handed: Handed, parts: frozenset[str], pushed: Mapping[str, list[str]]
) -> None:
    """Send what is not there yet.

    Parameters
    ----------
    server
        Where to.
    handed
        What is sent.
    parts
        ``"recipes"``, ``"list"`` or both.
    pushed
        Names of what was sent, was there already and is left; right at any time, so also where it
        ends in the middle.

    Raises
    ------
    ServiceError
        When the server cannot be reached or refuses.
    """
    send_recipe, send_list = _SENDERS[server.program]
    recipes = handed.recipes if "recipes" in parts else ()
    pushed[LEFT].extend(recipe.name for recipe in recipes)
    pushed[LEFT].extend([handed.title] if "list" in parts else [])
    texts = [thing.description or "" for thing in server.there("recipes")] if recipes else []
    known = {mark for text in texts for mark in _MARK.findall(text)}
    for recipe in recipes:
        if recipe.mark not in known:
            send_recipe(server, recipe, f"({PROGRAM} {recipe.mark})")
        pushed[THERE if recipe.mark in known else SENT].append(recipe.name)
        pushed[LEFT].remove(recipe.name)
    if "list" in parts:
        is_new = send_list(server, handed)
        pushed[SENT if is_new else THERE].append(handed.title)
        pushed[LEFT].remove(handed.title)


def _mealie_recipe(server: Server, recipe: HandedRecipe, told: str) -> None:
    """Make a recipe: by its name, then with its content; without that it does not stay."""
    slug = server.ask("POST", "recipes", _Slug, {"name": recipe.name}).root
    content = filled(server.rule["recipe"], recipe=recipe, told=told)
    try:
        server.ask("PATCH", "recipes", _Anything, content, f"/{slug}")
    except (ServiceError, KeyboardInterrupt) as error:
        try:
            server.ask("DELETE", "recipes", _Anything, rest=f"/{slug}")
        except ServiceError:
            fault = f"{recipe.name!r} is there without its content: {error}"
            where, how = server.address("recipes"), f"delete {slug!r} there"
            raise ServiceError(fault, where, how) from None
        raise


def _mealie_list(server: Server, handed: Handed) -> bool:
    """Make the list and put everything on it at once; false where both are there."""
    extras = {PROGRAM: list_mark(handed)}
    found = [
        thing.id
        for thing in server.there("lists")
        if (thing.extras or {}).get(PROGRAM) == extras[PROGRAM]
    ]
    if found and server.ask("GET", "lists", _Made, rest=f"/{found[0]}").listItems:
        return False
    if not found:
        body = {"name": handed.title, "extras": extras}
        found = [server.ask("POST", "lists", _Made, body).id]
    things = filled(server.rule["things"], handed=handed, list_id=found[0])
    server.ask("POST", "items", _Anything, things)
    return True


def _tandoor_recipe(server: Server, recipe: HandedRecipe, told: str) -> None:
    """Make a recipe, all of it at once."""
    (form,) = handover_rules()["formats"]["tandoor"]["files"].values()
    server.ask("POST", "recipes", _Anything, filled(form, recipe=recipe, told=told))


def _tandoor_list(server: Server, handed: Handed) -> bool:
    """Put everything on the list, thing by thing, under a name of its own.

    The name says that it is unfinished until the last thing is there, since things that are
    checked off are not told of any more after some days.
    """
    done = f"{PROGRAM} {list_mark(handed)}"
    begun = f"{done}{_UNFINISHED}"
    lists = {thing.name: thing.id for thing in server.there("lists")}
    if done in lists:
        return False
    if begun not in lists:
        body = {"name": begun, "recipe": None, "mealplan": None, "servings": 1}
        lists[begun] = server.ask("POST", "lists", _Made, body).id
    own = lists[begun]
    known = {
        str(thing.food["name"]).casefold()
        for thing in server.there("items")
        if thing.list_recipe == own and thing.food
    }
    for thing in filled(server.rule["things"], handed=handed, list_id=own):
        if thing["food"]["name"].casefold() not in known:
            server.ask("POST", "items", _Anything, thing)
    server.ask("PATCH", "lists", _Anything, {"name": done}, f"{own}/")
    return True


_SENDERS = {
    "mealie": (_mealie_recipe, _mealie_list),
    "tandoor": (_tandoor_recipe, _tandoor_list),
}
