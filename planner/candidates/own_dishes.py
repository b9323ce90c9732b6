"""Dishes of one's own: what follows from their ingredients, and reading folders of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from foods.errors import FoodDataError, raise_collected
from foods.food import Food
from foods.importers.own_recipe import OwnRecipe
from foods.own_dishes import (
    Draft,
    OpenQuestionsError,
    as_toml,
    cuisine_of,
    draft_dish,
    settle_questions,
)
from foods.own_file import read_own_text
from foods.table import FoodTable
from planner.candidates.dish import (
    CUISINES,
    Dish,
    check_dishes_against,
    parse_dishes,
    read_embedded_dishes,
)
from planner.candidates.portions import VEGETABLE_GROUPS, mass_in
from planner.meals.served import FORMS, derived_way, own_way, starch_families
from planner.request.diets import diets_without
from planner.settings import read_settings
from planner.targets.left_out import words_unanswered

NONE = "none"
_WHERE_NOW = "name it anew with --dishes DIR, or take it off `dishes` in the request"


def draft_own_dish(recipe: OwnRecipe, foods: FoodTable) -> Draft:
    """Make a draft of a dish from a recipe; how a main dish is served is said as it seems."""
    draft = draft_dish(recipe, foods, set(CUISINES))
    lines = [{"food": match.food_id, "mass_g": match.mass_g} for match in draft.sure]
    known = {**draft.entry, "ingredients": lines}
    _complete(known, foods)
    way = {"served": known["served"]} if "served" in known else {}
    return replace(draft, entry={**draft.entry, **way})


def parse_own_dishes(texts: Mapping[str, str], foods: FoodTable) -> tuple[Dish, ...]:
    """Read own dishes from ``texts`` (file name → TOML), sorted by id.

    Answered questions are worked in; protein, starch and yield follow from the ingredients, and the
    cuisine from the name, where the file does not give them.

    Raises
    ------
    FoodDataError
        When a file is faulty, a question in it is open, or a food does not exist.
    """
    settled, left_out = {}, dict[str, list[str]]()
    for name, text in texts.items():
        document = settle_questions(text, name, foods)
        for entry in document.get("dish", []):
            _complete(entry, foods)
            left_out[str(entry.get("id"))] = entry.pop("left_out", [])
        settled[name] = as_toml(document)
    dishes = parse_dishes(settled)
    check_dishes_against(dishes, foods)
    found = []
    for dish in dishes:
        held = [line.food_id for line in dish.ingredients]
        said, left = (dish.name, *dish.steps), left_out[dish.dish_id]
        found.append(replace(dish, unanswered=words_unanswered(said, left, held, foods)))
    return tuple(found)


def read_own_dishes(folders: Iterable[Path | str], foods: FoodTable) -> tuple[Dish, ...]:
    """Read the dish files (``*.toml``) of folders, sorted by id; those with open questions wait.

    Raises
    ------
    FoodDataError
        When a folder is gone or holds none, a file is faulty, a food does not exist, an id stands
        twice, or every file waits for answers.
    """
    texts = _texts_in(folders)
    waiting = _waiting_in(texts, foods)
    if texts and len(waiting) == len(texts):
        raise_collected(
            OpenQuestionsError, [str(error) for error in waiting.values()], "own dishes"
        )
    return parse_own_dishes({p: text for p, text in texts.items() if p not in waiting}, foods)


def find_waiting(folders: Iterable[Path | str], foods: FoodTable) -> tuple[str, ...]:
    """Name the dish files of folders that wait for answers, and are not used until then.

    Raises
    ------
    FoodDataError
        As ``read_own_dishes``.
    """
    return tuple(_waiting_in(_texts_in(folders), foods))


def _waiting_in(texts: Mapping[str, str], foods: FoodTable) -> dict[str, OpenQuestionsError]:
    found = {}
    for path, text in texts.items():
        try:
            settle_questions(text, path, foods)
        except OpenQuestionsError as error:
            found[path] = error
    return found


def _texts_in(folders: Iterable[Path | str]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for folder in dict.fromkeys(Path(folder) for folder in folders):
        if not folder.is_dir():
            raise FoodDataError("is no folder with dishes (any more)", str(folder), _WHERE_NOW)
        paths = sorted(folder.glob("*.toml"))
        if not paths:
            raise FoodDataError("holds no dish files (*.toml)", str(folder))
        for path in paths:
            texts[str(path)] = read_own_text(path, "dishes")
    return texts


def dishes_with_own(folders: Sequence[Path | str], foods: FoodTable) -> tuple[Dish, ...]:
    """Return the shipped dishes and those of ``folders``, sorted by id.

    Raises
    ------
    FoodDataError
        As ``read_own_dishes``, or when one of them has the id of a shipped dish.
    """
    shipped = {dish.dish_id: dish for dish in read_embedded_dishes()}
    own = {dish.dish_id: dish for dish in read_own_dishes(folders, foods)} if folders else {}
    faults = [f"{dish_id}: a shipped dish has this id" for dish_id in own if dish_id in shipped]
    raise_collected(FoodDataError, faults, ", ".join(map(str, folders)))
    return tuple(dish for _id, dish in sorted({**shipped, **own}.items()))


def facts_of(draft: Draft, foods: FoodTable) -> tuple[list[str], list[str]]:
    """Return the allergens and the diets of a draft, by the ingredients that are sure."""
    found = [foods[match.food_id] for match in draft.sure if match.food_id]
    origin = frozenset[str]().union(*(food.origin for food in found))
    allergens = frozenset[str]().union(*(food.allergens for food in found))
    return sorted(allergens), diets_without(origin)


def _complete(entry: dict[str, Any], foods: FoodTable) -> None:
    """Add what follows from ingredients and name, unless it is there; the reader finds faults."""
    if not entry.get("cuisine"):
        entry["cuisine"] = cuisine_of(str(entry.get("name", "")), CUISINES)
    lines = entry.get("ingredients")
    if not isinstance(lines, list):
        return
    servings = entry.get("servings")
    servings = servings if isinstance(servings, int | float) else 1
    parts = [
        (foods[line["food"]], float(line["mass_g"])) for line in lines if _is_line(line, foods)
    ]
    protein = _leading(
        parts, _protein_family, lambda food, g: (food.per_100g.get("protein_g") or 0.0) * g / 100
    )
    starch = _leading(parts, _starch_family, lambda _food, mass_g: mass_g)
    demands = _demands()
    entry.setdefault("protein", _named(protein, demands["protein"]["most_none_g"] * servings))
    entry.setdefault("starch", _named(starch, demands["starch"]["most_none_g"] * servings))
    entry.setdefault("yield_g", max(1, round(sum(mass_g for _food, mass_g in parts))))
    if entry.get("kind") == "main" and not entry.get("served"):
        entry["served"] = _way(entry, parts, str(entry["starch"]), str(entry["protein"]))


def _way(
    entry: Mapping[str, Any], parts: Sequence[tuple[Food, float]], starch: str, protein: str
) -> str:
    """Describe how a main dish is served: by its tags, else its words and ingredients."""
    tags = [tag for tag in entry.get("tags") or () if tag in FORMS]
    if not tags:
        name, steps = str(entry.get("name", "")), str(entry.get("steps", ""))
        if way := own_way(name, steps, [food.food_id for food, _g in parts], starch, protein):
            return way
    servings = entry.get("servings")
    count = servings if isinstance(servings, int | float) and servings > 0 else 1
    return derived_way(tags, starch, mass_in(parts, VEGETABLE_GROUPS) / count)


def _is_line(line: Any, foods: FoodTable) -> bool:
    is_known = isinstance(line, dict) and line.get("food") in foods
    return is_known and isinstance(line.get("mass_g"), int | float)


def _demands() -> Mapping[str, Any]:
    return read_settings("dishes.toml")


def _protein_family(food: Food) -> str | None:
    rules = _demands()["protein"]
    named: str | None = rules["bases"].get(food.base) or rules["groups"].get(food.group)
    return named


def _starch_family(food: Food) -> str | None:
    rules = _demands()["starch"]
    found: str | None = (
        rules["foods"].get(food.food_id)
        or rules["bases"].get(food.base)
        or starch_families().get(food.base)
        or rules["groups"].get(food.group)
    )
    return found


def _leading(
    parts: Iterable[tuple[Food, float]],
    family_of: Callable[[Food], str | None],
    amount_of: Callable[[Food, float], float],
) -> tuple[str, float]:
    """Return the family with the most of it, and how much that is [g for the whole recipe]."""
    found: Counter[str] = Counter()
    for food, mass_g in parts:
        family = family_of(food)
        if family:
            found[family] += amount_of(food, mass_g)  # type: ignore[assignment]  # a float counts too
    return max(found.items(), key=lambda pair: (pair[1], pair[0]), default=(NONE, 0.0))


def _named(leading: tuple[str, float], most_none_g: float) -> str:
    family, amount_g = leading
    return family if amount_g > most_none_g else NONE
