"""Recipes and a shopping list for a Mealie server, by its own interface."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, RootModel

from foods.client.session import ServiceError
from planner.candidates.servings import in_words
from planner.document.program import PROGRAM
from planner.handover.cooked import Handed, HandedRecipe, ingredient_text, list_mark
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
        """Give the marks of the recipes that are there."""
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
    """Give what a recipe is; an amount stands in its line, as a cook reads it."""
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
