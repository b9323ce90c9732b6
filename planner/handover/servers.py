"""Recipes and lists for a Mealie and a Tandoor server, by the interface of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, RootModel

from foods.client.session import ServiceError
from planner.candidates.servings import in_words
from planner.document.program import PROGRAM
from planner.handover.archives import NAME_LENGTH, tandoor_recipe
from planner.handover.cooked import Handed, HandedRecipe, count_and_kind, ingredient_text, list_mark
from planner.handover.push import Server, address, mark_text, marks_in

_Slug = RootModel[str]
_Anything = RootModel[Any]


class _Summary(BaseModel):
    description: str | None = None


class _Paged(BaseModel):
    total_pages: int = 0


class _Recipes(_Paged):
    items: list[_Summary]


class _Listed(BaseModel):
    id: str
    extras: dict[str, Any] | None = None


class _Lists(_Paged):
    items: list[_Listed]


_Kind = TypeVar("_Kind", bound=_Paged)


class _List(BaseModel):
    id: str
    listItems: list[Any] = []  # noqa: N815 - the service's own name


@dataclass(frozen=True, slots=True)
class Mealie:
    """A Mealie server."""

    server: Server

    def marks(self) -> frozenset[str]:
        """Return the marks of the recipes that are there."""
        pages = self._pages("recipes", _Recipes)
        return frozenset(
            mark for page in pages for one in page.items for mark in marks_in(one.description)
        )

    def send_recipe(self, recipe: HandedRecipe) -> None:
        """Make a recipe: by its name, then with its content; without that it does not stay."""
        slug = self.server.ask("POST", "recipes", _Slug, {"name": recipe.name}).root
        try:
            self.server.ask("PATCH", "recipes", _Anything, _content(recipe), rest=f"/{slug}")
        except (ServiceError, KeyboardInterrupt) as error:
            self._take_back(slug, recipe.name, error)
            raise

    def _take_back(self, slug: str, name: str, error: BaseException) -> None:
        try:
            self.server.ask("DELETE", "recipes", _Anything, rest=f"/{slug}")
        except ServiceError:
            where = address(self.server.program, self.server.url, "recipes")
            raise ServiceError(
                f"{name!r} is there without its content: {error}", where, f"delete {slug!r} there"
            ) from None

    def send_list(self, handed: Handed) -> bool:
        """Make the list and put everything on it at once; false where both are there."""
        mark = list_mark(handed)
        found = [
            one.id
            for page in self._pages("lists", _Lists)
            for one in page.items
            if (one.extras or {}).get(PROGRAM) == mark
        ]
        if found and self.server.ask("GET", "lists", _List, rest=f"/{found[0]}").listItems:
            return False
        if not found:
            body = {"name": handed.title, "extras": {PROGRAM: mark}}
            found = [self.server.ask("POST", "lists", _Listed, body).id]
        items = [
            {
                "shoppingListId": found[0],
                "note": f"{line.name}, {line.buy}",
                "quantity": 1,
                "isFood": False,
                "checked": False,
                "position": place,
                "extras": {PROGRAM: line.food_id},
            }
            for place, (_, _, line) in enumerate(handed.bought())
        ]
        self.server.ask("POST", "items", _Anything, items)
        return True

    def _pages(self, what: str, kind: type[_Kind]) -> Iterator[_Kind]:
        return self.server.pages(
            what, kind, "perPage", lambda page, number: number >= page.total_pages
        )


def _content(recipe: HandedRecipe) -> dict[str, Any]:
    """Return what a recipe is; an amount stands in its line, as a cook reads it."""
    return {
        "name": recipe.name,
        "description": " ".join([*recipe.about, mark_text(recipe.mark)]),
        "recipeServings": recipe.servings,
        "recipeYield": in_words(recipe.servings, "serving"),
        "totalTime": f"{recipe.minutes} minutes",
        "recipeIngredient": [
            {"quantity": 0, "unit": None, "food": None, "note": ingredient_text(line)}
            for line in recipe.lines
        ],
        "recipeInstructions": [{"text": step} for step in recipe.steps],
        "extras": {PROGRAM: recipe.mark},
    }


_UNFINISHED = " unfinished"


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
        """Return the marks of the recipes that are there."""
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
