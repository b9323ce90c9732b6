"""Recipes and the list for a Tandoor server, by its own interface."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, RootModel

from planner.document.program import PROGRAM
from planner.handover.cooked import Handed, HandedRecipe, count_and_kind, list_mark
from planner.handover.push import Server, mark_text, marks_in
from planner.handover.tandoor import NAME_LENGTH, tandoor_recipe

_UNFINISHED = " unfinished"
_Anything = RootModel[Any]


class _Found(BaseModel):
    id: int
    name: str | None = None
    description: str | None = None
    list_recipe: int | None = None
    food: dict[str, Any] | None = None


class _Page(BaseModel):
    results: list[_Found]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Tandoor:
    """A Tandoor server."""

    server: Server

    def marks(self) -> frozenset[str]:
        """Give the marks of the recipes that are there."""
        return frozenset(mark for one in self._all("recipes") for mark in marks_in(one.description))

    def send_recipe(self, recipe: HandedRecipe) -> None:
        """Make a recipe, all of it at once."""
        body = tandoor_recipe(recipe, mark_text(recipe.mark))
        self.server.ask("POST", "recipes", _Anything, body)

    def send_list(self, handed: Handed) -> bool:
        """Put everything on the list, thing by thing, under a name of its own.

        The name says that it is unfinished until the last thing is there, since things that are
        checked off are not told of any more after some days.
        """
        done = f"{PROGRAM} {list_mark(handed)}"
        lists = {one.name: one.id for one in self._all("lists")}
        if done in lists:
            return False
        begun = f"{done}{_UNFINISHED}"
        if begun not in lists:
            body = {"name": begun, "recipe": None, "mealplan": None, "servings": 1}
            lists[begun] = self.server.ask("POST", "lists", _Found, body).id
        own = lists[begun]
        there = {
            str(one.food["name"]).casefold()
            for one in self._all("items")
            if one.list_recipe == own and one.food
        }
        for place, (_, _, line) in enumerate(handed.bought()):
            name = line.name[:NAME_LENGTH]
            if name.casefold() not in there:
                number, kind = count_and_kind(line.buy)
                thing = {
                    "list_recipe": own,
                    "food": {"name": name},
                    "unit": {"name": kind[:NAME_LENGTH]} if kind else None,
                    "amount": number,
                    "order": place,
                }
                self.server.ask("POST", "items", _Anything, thing)
        self.server.ask("PATCH", "lists", _Anything, {"name": done}, rest=f"{own}/")
        return True

    def _all(self, what: str) -> Iterator[_Found]:
        pages = self.server.pages(what, _Page, "page_size", lambda page, _: page.next is None)
        return (one for page in pages for one in page.results)
