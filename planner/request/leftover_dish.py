"""A cooked dish of which portions are left: on which meals it is eaten, and what says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from foods.embedded import read_lookup_foods
from foods.find import looked_up_alone
from foods.food import Food
from foods.recipe_line import read_words
from foods.recipe_match import surely_meant
from foods.table import FoodTable
from foods.usual import usual_id
from planner.faults import fault_said
from planner.settings import read_settings
from planner.shops import named
from planner.wording import lowered

LEFT_UNKNOWN = (
    "{told}; what is left of a dish that is not known is eaten at a meal that is not planned: "
    "--eat-out {meal}"
)


def _rule() -> dict[str, Any]:
    rule: dict[str, Any] = read_settings("shop/shop.toml")["leftovers"]
    return rule


def cooked_name(name: str) -> str:
    """Give what is left over without the word that says so; empty where none does."""
    words = "|".join(_rule()["words"])
    form = rf"^(?:{words})\s+|,?\s+(?:{words})$|{_rule()['joined']}"
    bare = re.sub(form, "", name, flags=re.IGNORECASE)
    return bare if bare != name else ""


def is_left_over(name: str) -> bool:
    """Whether a word says that it is left over, and none that it is cooked: it may be raw."""
    return re.search(_rule()["may_be_raw"], name, flags=re.IGNORECASE) is not None


def is_beside(name: str) -> bool:
    """Whether what is called so stands beside something, and is no meal by itself: mash."""
    rule, meant = _rule(), looked_up(name)
    if meant is not None and meant.group in {*rule["beside_groups"], *rule["meal_groups"]}:
        return meant.group in rule["beside_groups"]
    return re.search(rule["beside"], name, flags=re.IGNORECASE) is not None


def beside_said(name: str) -> str:
    """Say of what ``is_beside`` how it is had, by an example with it where diaries know it."""
    bare = cooked_name(name) or name
    meant = looked_up(bare)
    if meant is None:
        return fault_said("leftover_beside_unknown", name=named(bare))
    is_so_called = meant.name.casefold() == bare.casefold()
    thing = lowered(named(meant.name)) if is_so_called else named(bare)
    return fault_said("leftover_beside", name=thing)


def looked_up(name: str) -> Food | None:
    """Give the food or meal that diaries mean by a name; ``None`` where they know none."""
    known, eaten = read_lookup_foods(), name  # Apfelkuchen: apple_pie
    own = known.foods.get(eaten) or known.foods.get(usual_id(name))
    own = own or next((one for one in known if one.name.casefold() == name.casefold()), None)
    return own or looked_up_alone(name, known)


def said_as_left(name: str, meant: str) -> str:
    """Give what a name of another language means of what is left over, or cooked already."""
    return f"{_rule()['words'][0] if is_left_over(name) else _rule()['cooked']} {meant}"


def made_from(name: str, foods: FoodTable) -> str:
    """Give what a name of cooked food was made from; empty where it is bought as it is called.

    ``"leftover rice"`` is rice, ``"grilled chicken"`` is chicken; roasted almonds are bought so.
    """
    if left := cooked_name(name):
        return left
    made: Mapping[str, str] = _rule()["made"]
    for form, of in made.items():
        bare = re.sub(form, of, name.strip(), flags=re.IGNORECASE)
        if bare != name.strip():
            meant = foods.foods.get(usual_id(name)) or surely_meant(name, foods)
            if meant is None:  # diaries know baked beans by themselves
                return bare if looked_up_alone(name, foods) is None else ""
            is_raw = any(one.bought_as == meant.food_id for one in foods)
            return bare if is_raw or meant.bought_as is not None else ""
    return ""


class LeftDish(NamedTuple):
    """A cooked dish by its name, and how many portions of it are left.

    ``is_dish``: no raw food is meant, whose name it may be.
    """

    name: str
    portions: int
    is_dish: bool = True

    @property
    def dish(self) -> str:
        """How a meal of it is said: ``"leftover lentil stew"``."""
        return f"{_rule()['words'][0]} {self.name}"

    @property
    def slot(self) -> str:
        """The meal that it is: a cake is had as a snack."""
        meant = looked_up(self.name)
        return "snack" if meant is not None and meant.group in _rule()["sweet"] else "lunch"

    def meals(self, eaters: int, days: int) -> list[int]:
        """Give the days, from 1, on which everybody eats a portion of it while it keeps.

        It was cooked on the day before the first one at the latest.
        """
        whole = max(1, self.portions // eaters)
        return [*range(1, min(whole, _rule()["days"] - 1, days) + 1)]


def portions_left(text: str) -> LeftDish | None:
    """Read ``"leftover lentil stew:3 portions"``, or the other way round; else ``None``.

    Of what is sweet a piece is one, if a word says that it is left over: ``"a slice of cake"``.
    """
    counts: Mapping[str, float] = read_words()["numbers"]
    portions, pieces = ("|".join(_rule()[one]) for one in ("portion_words", "piece_words"))
    many = rf"(\d+|{'|'.join(counts)}) (?:(?:{portions})|({pieces}))"
    form = rf"(?:(.+?)[:,]\s*)?{many}(?: (?:(?:of|von) )?(.+))?"
    found = re.fullmatch(form, text.strip(), flags=re.IGNORECASE)
    name = found and (found[1] or found[4])
    if not found or not name:
        return None
    bare, is_told = cooked_name(name), " of " in text or ":" in text
    is_dish = bool(bare) or is_told or name.casefold() in _rule()["dish_words"]
    left = LeftDish(bare or name, int(counts.get(found[2].lower(), 0) or found[2]), is_dish)
    is_some = not found[3] or (is_left_over(name) and left.slot == "snack")
    return left if is_some else None


def leftover_said(left: LeftDish, eaters: int, days: int) -> str:
    """Say which flags put portions of a dish on meals while it keeps, and what to freeze."""
    if left.portions < eaters:
        told = {"name": left.name, "portions": left.portions, "eaters": eaters}
        return fault_said("leftover_too_few", **told, where=f"1:{left.slot}")
    on = left.meals(eaters, days)
    flags = [f'--eat-out "{day}:{left.slot}={left.dish}"' for day in on]
    more = left.portions - len(on) * eaters
    rest = f" (portions: {more})" if more > 0 else ""
    told = {"name": left.name, "flags": " ".join(flags), "days": _rule()["days"]}
    return fault_said("leftover_dish", **told, rest=rest)


def leftover_by_flag(left: LeftDish) -> str:
    """Say how portions are put on meals where it is not known how many eat."""
    told = {"name": left.name, "portions": left.portions, "dish": left.dish}
    return fault_said("leftover_by_flag", **told)


def leftover_grams(name: str, mass_g: float, eaters: int, days: int) -> str:
    """Say it of an amount in grams."""
    left = LeftDish(name, max(1, round(mass_g / _rule()["portion_g"])))
    return leftover_said(left, eaters, days)
