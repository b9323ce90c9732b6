"""Which single dish or food a person means who puts it on a meal."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

from foods.table import FoodTable, nearest_names, plain_key
from planner.candidates.dish import Dish
from planner.candidates.names import forms_of, more_text
from planner.errors import CandidatesError
from planner.language.spoken import said

_MOST_NAMED = 8  # dishes that a message lists


def find_one_served(
    name: str, slot: str, foods: FoodTable, dishes: Sequence[Dish], where: str = ""
) -> str:
    """Give the id of the one dish or food that ``name`` may be at a meal.

    A dish called so comes first, then a food, then a dish in whose name all the words stand.

    Parameters
    ----------
    name, slot
        As a person wrote it, and the meal.
    foods, dishes
        Where to look.
    where
        Option or key for the message.

    Raises
    ------
    CandidatesError
        When nothing is called so, or several are: these are listed.
    """
    forms = set(forms_of(plain_key(name)))
    words = set(plain_key(name).split("_"))
    served = [_Served(one.dish_id, one.name, frozenset(one.slots)) for one in dishes]
    alone = [_Served(one.food_id, one.name, one.serving.slots) for one in foods]
    bases = {one.food_id for one in foods if one.base in forms and slot in one.serving.slots}
    levels = (
        [one for one in served if one.is_called(forms)],
        [one for one in alone if one.is_called(forms)],
        [one for one in alone if one.own_id in bases],
        [one for one in served if _holds(one.name, words)],
    )
    for level in levels:
        found = [one for one in level if slot in one.slots] or level
        if len(found) > 1:
            names = sorted(one.name for one in found)
            more = more_text(len(names), _MOST_NAMED)
            listed = said(
                "name one: {names}{more}", names="; ".join(names[:_MOST_NAMED]), more=more
            )
            raise CandidatesError(
                said("{count} are called {name!r}", count=len(names), name=name), where, listed
            )
        if found:
            return found[0].own_id
    near = nearest_names(name, {one.name for one in served if slot in one.slots})
    raise CandidatesError(
        said("no dish or food is called {name!r}", name=name),
        where,
        said("the nearest: {names}", names="; ".join(near))
        if near
        else "see `magplan dishes list`",
    )


class _Served(NamedTuple):
    """A dish or food: id, name and meals."""

    own_id: str
    name: str
    slots: frozenset[str]

    def is_called(self, forms: Set[str]) -> bool:
        return not forms.isdisjoint((self.own_id, plain_key(self.name)))


def _holds(name: str, words: Set[str]) -> bool:
    """Whether all words stand in a name, as one or as many."""
    own = {form for word in plain_key(name).split("_") for form in forms_of(word.strip(",()"))}
    return words <= own
