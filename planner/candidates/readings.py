"""What a request leaves out, as it was understood: said with every plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.candidates.names import Meaning, find_left_out, more_text
from planner.errors import CandidatesError
from planner.request.request import PlanRequest
from planner.safety.patient import read_patient

_SHOWN = 3  # foods that are named where the word is a food or group and no allergen


@dataclass(frozen=True, slots=True)
class WishReading:
    """One name that is left out.

    Parameters
    ----------
    said
        As it was asked for: ``"without nuts"``, or the condition that leaves it out.
    understood, brief
        What it was understood as, and in few words; these are empty where it is what was said.
    stays
        What is not left out though somebody could mean it; may be empty.
    foods, dishes
        How many foods of the table are left out for it, in every dish that holds them; and how
        many dishes by their own name.
    """

    said: str
    understood: str
    brief: str
    stays: str
    foods: int
    dishes: int = 0

    @property
    def sentence(self) -> str:
        """Say it in full."""
        stays = f"; {self.stays}" if self.stays else ""
        said = f"{self.said[:1].upper()}{self.said[1:]}"
        return f"{said}: {self.understood} ({self.count}){stays}."

    @property
    def count(self) -> str:
        """Say how much is left out."""
        if self.dishes and not self.foods:
            return f"{self.dishes} dish{'es' * (self.dishes != 1)}"
        return f"{self.foods} food{'s' * (self.foods != 1)}"


def read_left_out(
    request: PlanRequest, foods: FoodTable, dishes: Iterable[Dish]
) -> tuple[WishReading, ...]:
    """Give what the request leaves out and how each name of it was understood."""
    dishes, said = tuple(dishes), dict(left_out_for(request))
    found = []
    for name in request.preferences.names_left_out:
        try:
            meaning = find_left_out(name, foods, dishes)
        except CandidatesError:  # an own dish whose folder is not at hand
            meaning = Meaning(name, frozenset(), text="nothing at hand is called so")
        text = meaning.text or _named(meaning, foods, dishes)
        said_as = said.get(name, f"without {name}")
        brief = meaning.brief or ("" if name in said_as else name)
        held, called = len(meaning.food_ids), len(meaning.dish_ids)
        found.append(WishReading(said_as, text, brief, meaning.stays, held, called))
    return tuple(found)


def left_out_for(request: PlanRequest) -> Iterator[tuple[str, str]]:
    """Give each name that a frequency, a medicine or a condition leaves out, and which it was."""
    for rule in request.preferences.per_week:
        if rule.name not in request.preferences.without:
            yield rule.name, f"{rule.name} at most {rule.count} times"
    person = request.profile
    for text in person.medicines:
        alone = replace(person, conditions=(), medicines=(text,))
        yield from ((name, text) for name in read_patient(alone).names_left_out)
    for text in person.conditions:
        alone = replace(person, conditions=(text,), medicines=())
        yield from ((name, text) for name in read_patient(alone).names_left_out)


def _named(meaning: Meaning, foods: FoodTable, dishes: Iterable[Dish]) -> str:
    """Name what a word covers that is no allergen: a few foods, or dishes."""
    names = [foods[food_id].name for food_id in sorted(meaning.food_ids)]
    names = names or [dish.name for dish in dishes if dish.dish_id in meaning.dish_ids]
    shown = [name.partition(",")[0] for name in names[:_SHOWN]]
    return f"{', '.join(dict.fromkeys(shown))}{more_text(len(names), _SHOWN)}"
