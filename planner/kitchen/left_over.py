"""Recipes that take what is left over and cooked already: how much of it, and their steps then."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from foods.food import Food
from foods.table import FoodTable
from foods.water import TAP_WATER
from planner.candidates.dish import Dish
from planner.candidates.used_up import UsedUp
from planner.kitchen.cooked import Key
from planner.kitchen.sold import SETTINGS
from planner.kitchen.steps import COOKING
from planner.plan.plan import Item
from planner.settings import read_settings
from planner.wording import capital

Masses = Mapping[str, float]
_SENTENCES = re.compile(r"(?<=\.)\s+")


def _rule() -> Mapping[str, Any]:
    rule: Mapping[str, Any] = read_settings(COOKING)["cooked_already"]
    return rule


def cooks_in_its_pot(dish: Dish, food_ids: Container[str], foods: FoodTable) -> bool:
    """Whether a dish cooks one of these foods with other things, as a risotto or a roast does."""
    rule, steps = _rule(), " ".join(dish.steps)
    held = [one.food_id for one in dish.ingredients if one.food_id in food_ids]
    return any(one in rule["in_its_oven"] for one in held) or any(
        _search(pattern, foods[one].name, steps) for pattern in rule["in_its_pot"] for one in held
    )


def left_in_pots(
    pots: Iterable[tuple[Key, Item]], uses: Iterable[UsedUp], foods: FoodTable
) -> Mapping[Key, Masses]:
    """Share out what is left over and cooked already over what is cooked, the earliest first.

    Parameters
    ----------
    pots
        What is cooked, in the order in which it is eaten: (day, slot, dish id) and all of it.
    uses
        What is to be used up; what is not cooked already is passed over.
    foods
        The food table.

    Returns
    -------
    Mapping
        (day, slot, dish id) → food id → mass of it that is left over, as eaten [g].
    """
    settings, found = read_settings(SETTINGS)["leftovers"], dict[Key, dict[str, float]]()
    every, small = tuple(pots), _rule()["small_share"]
    for use in (one for one in uses if one.is_leftover):
        rest_g, beyond_g = use.mass_g, settings["near"] * use.mass_g
        for key, pot in every:
            if use.days is not None and key[0] > use.days:
                continue
            for food_id, eaten_g in pot.ingredients:
                if foods[food_id].bought_as is None:
                    continue
                need_g = use.taken_by(pot.item_id, [(food_id, eaten_g)])
                own_g = need_g if need_g <= rest_g + beyond_g else max(0.0, rest_g)
                if own_g > small * need_g:
                    found.setdefault(key, {})[food_id] = eaten_g * own_g / need_g
                    rest_g -= own_g
    return found


def with_left_over(dish: Dish, food_ids: Sequence[str], foods: FoodTable) -> Dish:
    """Give a dish with steps that do not cook foods of it, all of which are cooked already."""
    for food_id in food_ids:
        dish = replace(dish, steps=tuple(_not_cooked(dish, foods[food_id], foods)))
    return dish


def _not_cooked(dish: Dish, food: Food, foods: FoodTable) -> Iterator[str]:
    """Give the steps without what cooks one food."""
    lines = (foods[one.food_id] for one in dish.ingredients)
    others = tuple(
        one for one in lines if one.food_id != TAP_WATER and _head(one.name) != _head(food.name)
    )
    is_gone = False
    for step in dish.steps:
        told = []
        for sentence in _SENTENCES.split(step):
            goes_on = is_gone and _goes_on(sentence, others)
            said = "" if goes_on else _warmed(sentence, food, others)
            is_gone = goes_on or said != sentence
            told.append(said)
        if any(told):
            yield _not_drained(" ".join(filter(None, told)), food)


def _goes_on(sentence: str, others: Iterable[Food]) -> bool:
    """Whether a sentence tells how a food is cooked on, and nothing else."""
    rule = _rule()
    is_alone = not any(_named(one, sentence) for one in others)
    told = re.search(rule["mixes"], sentence, flags=re.IGNORECASE)
    return bool(is_alone and not told and re.match(rule["goes_on"], sentence, flags=re.IGNORECASE))


def _warmed(sentence: str, food: Food, others: Iterable[Food]) -> str:
    """Give a sentence as it is where it does not cook a food; else what is done instead."""
    rule, named = _rule(), [one for one in others if _named(one, sentence)]
    is_boiled = any(_search(pattern, food.name, sentence) for pattern in rule["boiled"])
    if not is_boiled or read_settings(COOKING)["measure"]["canned"] in sentence:
        return sentence
    word = _named(food, sentence).lower()
    is_seasoned = all(one.group in rule["seasonings"] for one in named)
    flags = re.IGNORECASE
    if any(re.search(rule[key], sentence, flags=flags) for key in ("besides", "mixes")):
        is_seasoned = False
    if not is_seasoned:
        for pattern, instead in rule["rewritten"]:
            if found := _search(pattern, food.name, sentence):
                return (
                    capital(instead.format(food=word, **found.groupdict()))
                    + sentence[found.end() :]
                )
        return f"{sentence} {rule['apart'].format(food=word)}"
    told = dict.fromkeys(_share_of(one, sentence) for one in named)
    return rule["warm"].format(food=word, others=" and ".join(told)) if told else ""


def _not_drained(step: str, food: Food) -> str:
    """Give a step that drains no food."""
    for pattern, words in _rule()["drained"]:
        found = _search(pattern, food.name, step)
        if found:
            own = words.capitalize() if found[0][:1].isupper() else words
            step = step[: found.start()] + own + step[found.end() :]
    return step


def _share_of(food: Food, sentence: str) -> str:
    """Give the words of a sentence for how much of a food: ``"half of the salt"``."""
    found = _search(_rule()["shares"] + r"\b(?:{food})(?:es|s)?\b", food.name, sentence)
    words = found[0] if found else ""
    return words if " " in words else f"the {words}"


def _named(food: Food, text: str) -> str:
    """Give the word by which a text names a food; empty where it does not."""
    found = _search(r"\b(?:{food})(?:es|s)?\b", food.name, text)
    return found[0] if found else ""


def _search(pattern: str, name: str, text: str) -> re.Match[str] | None:
    filled = pattern.replace("{food}", _head(name)).replace("{{", "{").replace("}}", "}")
    return re.search(filled, text, flags=re.IGNORECASE)


def _head(name: str) -> str:
    """Give the words that steps call a food by: ``"rice"`` of ``"White rice, cooked"``."""
    head = re.sub(r" \(.*?\)", "", name).split(",")[0].split()[-1]
    words = _rule()["called"].get(head.lower(), ())
    one = re.sub(r"(?<=o)es$|(?<!s)s$", "", head)
    return "|".join(map(re.escape, dict.fromkeys((head, *words, one))))
