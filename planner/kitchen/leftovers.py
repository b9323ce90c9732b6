"""Foods that somebody has and wants used up, and recipes that take what is left over."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from typing import Any

from foods.errors import raise_collected
from foods.food import Food
from foods.packages import bought, bought_for
from foods.table import FoodTable
from foods.water import TAP_WATER
from planner.candidates.dish import Dish, Ingredient
from planner.candidates.used_up import AND, EATEN, UsedUp
from planner.errors import CandidatesError
from planner.kitchen.batch import Key
from planner.kitchen.bought import is_canned
from planner.kitchen.measures import COOKING
from planner.kitchen.pantry import foods_meant, foods_to_use, is_staple, pantry_of
from planner.kitchen.sold import (
    SETTINGS,
    Shelves,
    is_from_dry,
    keeping_of,
    shelves_for,
    sold_as,
)
from planner.plan.guests import pot_of
from planner.plan.own_shop import sold_as_rows
from planner.plan.plan import Item, Plan
from planner.request.days import DAYS_PER_WEEK, menu_days
from planner.request.put import frozen_name, made_from
from planner.request.request import NAMELESS, PlanRequest
from planner.settings import read_settings
from planner.wording import capital, short_name

Masses = Mapping[str, float]
_SENTENCES = re.compile(r"(?<=\.)\s+")


def _rule() -> Mapping[str, Any]:
    rule: Mapping[str, Any] = read_settings(COOKING)["cooked_already"]
    return rule


def cooks_in_its_pot(dish: Dish, food_ids: Container[str], foods: FoodTable) -> bool:
    """Whether a dish cooks one of these foods with other things, as a risotto or a roast does."""
    rule, steps = _rule(), " ".join(dish.steps)
    held = [ingredient.food_id for ingredient in dish.ingredients if ingredient.food_id in food_ids]
    return any(food_id in rule["in_its_oven"] for food_id in held) or any(
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
    for use in (used_up for used_up in uses if used_up.is_leftover):
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
    """Return a dish with steps that do not cook foods of it, all of which are cooked already."""
    for food_id in food_ids:
        dish = replace(dish, steps=tuple(_not_cooked(dish, foods[food_id], foods)))
    return dish


def _not_cooked(dish: Dish, food: Food, foods: FoodTable) -> Iterator[str]:
    """Return the steps without what cooks one food."""
    lines = (foods[ingredient.food_id] for ingredient in dish.ingredients)
    others = tuple(
        line for line in lines if line.food_id != TAP_WATER and _head(line.name) != _head(food.name)
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
    is_alone = not any(_named(other, sentence) for other in others)
    told = re.search(rule["mixes"], sentence, flags=re.IGNORECASE)
    return bool(is_alone and not told and re.match(rule["goes_on"], sentence, flags=re.IGNORECASE))


def _warmed(sentence: str, food: Food, others: Iterable[Food]) -> str:
    """Return a sentence as it is where it does not cook a food; else what is done instead."""
    rule, named = _rule(), [other for other in others if _named(other, sentence)]
    is_boiled = any(_search(pattern, food.name, sentence) for pattern in rule["boiled"])
    if not is_boiled or read_settings(COOKING)["measure"]["canned"] in sentence:
        return sentence
    word = _named(food, sentence).lower()
    is_seasoned = all(other.group in rule["seasonings"] for other in named)
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
    told = dict.fromkeys(_share_of(other, sentence) for other in named)
    return rule["warm"].format(food=word, others=" and ".join(told)) if told else ""


def _not_drained(step: str, food: Food) -> str:
    """Return a step that drains no food."""
    for pattern, words in _rule()["drained"]:
        found = _search(pattern, food.name, step)
        if found:
            own = words.capitalize() if found[0][:1].isupper() else words
            step = step[: found.start()] + own + step[found.end() :]
    return step


def _share_of(food: Food, sentence: str) -> str:
    """Return the words of a sentence for how much of a food: ``"half of the salt"``."""
    found = _search(_rule()["shares"] + r"\b(?:{food})(?:es|s)?\b", food.name, sentence)
    words = found[0] if found else ""
    return words if " " in words else f"the {words}"


def _named(food: Food, text: str) -> str:
    """Return the word by which a text names a food; empty where it does not."""
    found = _search(r"\b(?:{food})(?:es|s)?\b", food.name, text)
    return found[0] if found else ""


def _search(pattern: str, name: str, text: str) -> re.Match[str] | None:
    filled = pattern.replace("{food}", _head(name)).replace("{{", "{").replace("}}", "}")
    return re.search(filled, text, flags=re.IGNORECASE)


def _head(name: str) -> str:
    """Return the words that steps call a food by: ``"rice"`` of ``"White rice, cooked"``."""
    head = re.sub(r" \(.*?\)", "", name).split(",")[0].split()[-1]
    words = _rule()["called"].get(head.lower(), ())
    one = re.sub(r"(?<=o)es$|(?<!s)s$", "", head)
    return "|".join(map(re.escape, dict.fromkeys((head, *words, one))))


def asked_uses(
    request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]
) -> list[tuple[str, UsedUp]]:
    """Return whose each food to be used up is, and how much; empty: the whole table's.

    What the pantry has is among them where it is to be eaten first.

    Raises
    ------
    CandidatesError
        Names that mean no food, all in one error.
    """
    wanted = [(NAMELESS, *wish) for wish in request.preferences.use.items()]
    for eater in request.eaters:
        wanted += [(eater.name, *wish) for wish in eater.preferences.use.items()]
    found, faults = list[tuple[str, UsedUp]](), list[str]()
    people = sum(eater.count for eater in request.eaters) or 1
    for whose, name, mass_g in wanted:
        food_ids, fault = foods_to_use(name, mass_g, foods, dishes, request.week, people)
        if fault:
            faults.append(fault)
            continue
        use = _used_up(name, mass_g, food_ids, foods, shelves_for(request, foods), dishes)
        use = replace(use, is_frozen=bool(frozen_name(name)))
        is_cooked = bool(made_from(name, foods))
        found.append((whose, _as_leftover(use, food_ids, foods, dishes) if is_cooked else use))
    raise_collected(CandidatesError, faults, "--use")
    found = _added_up(found)
    named = {kind for _, use in found for kind in use.kinds}
    stock = _in_pantry(request, foods, dishes) if request.week.from_pantry else ()
    return [*found, *((NAMELESS, use) for use in stock if not use.kinds & named)]


def _added_up(found: Iterable[tuple[str, UsedUp]]) -> list[tuple[str, UsedUp]]:
    """Merge wishes of one person that name the same food in different words: return their sum."""
    whole: dict[tuple[object, ...], tuple[str, UsedUp]] = {}
    for whose, use in found:
        key = (whose, use.kinds, use.days, use.is_frozen, use.per_said_g)
        _, before = whole.get(key, (whose, None))
        if before is not None:
            use = replace(
                use,
                name=AND.join((before.name, use.name)),
                mass_g=before.mass_g + use.mass_g,
                per_g={**before.per_g, **use.per_g},
                own_ways={**before.own_ways, **use.own_ways},
            )
        whole[key] = (whose, use)
    return list(whole.values())


def _as_leftover(
    use: UsedUp, food_ids: Set[str], foods: FoodTable, dishes: Sequence[Dish]
) -> UsedUp:
    """Count what is cooked already as what was bought for it, good for a few days.

    A gram from a can is a gram of it. Dishes that cook it in their own pot take none of it.
    """
    cooked = [foods[one] for one in sorted(food_ids) if foods[one].bought_as is not None]
    usual = min(cooked, key=lambda food: food.popularity, default=None)
    share = bought_for(usual, foods)[1] if usual else 1.0
    days, each = read_settings(SETTINGS)["leftovers"]["days"], dict[str, float]()
    for kind, kind_g in (bought_for(cooked_food, foods) for cooked_food in cooked):
        each[kind.food_id] = max(kind_g, each.get(kind.food_id, 0.0))
    as_eaten = {one: share for one in use.per_g if one in foods and foods[one].state == EATEN}
    anew = frozenset(dish.dish_id for dish in dishes if cooks_in_its_pot(dish, use.per_g, foods))
    none = {pair: per_g for pair, per_g in use.own_ways.items() if not per_g}
    none |= {(dish_id, food_id): 0.0 for dish_id in anew for food_id in use.per_g}
    return replace(
        use,
        per_g={**use.per_g, **as_eaten},
        mass_g=use.mass_g * share,
        own_ways=none,
        days=days,
        per_said_g=share,
        anew=anew,
        cooked_from=each,
    )


def _in_pantry(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> Iterator[UsedUp]:
    """Yield what is eaten first of the user's pantry: all that spoils, some a week of the rest."""
    rule, shelves = read_settings(SETTINGS)["pantry"], shelves_for(request, foods)
    days, held = menu_days(request.week), dict[tuple[str, int | None], float]()
    for entry in pantry_of(request, foods).entries:
        if not is_staple(entry.food_id):
            is_long = entry.days is None or entry.days >= days
            most_g = rule["most_g"] * days / DAYS_PER_WEEK if is_long else entry.mass_g
            key = (entry.food_id, None if is_long else entry.days)
            held[key] = held.get(key, 0.0) + min(entry.mass_g, most_g)
    for (food_id, good), mass_g in held.items():
        if mass_g >= rule["least_g"]:
            food, own = foods[food_id], frozenset([food_id])
            use = _used_up(food.name, mass_g, own, foods, shelves, dishes)
            freezes = keeping_of(food).freezes
            days_good, freeze_by = (None, good) if freezes else (good, None)
            yield replace(use, is_stock=True, days=days_good, freeze_by=freeze_by)


def taken_g(use: UsedUp, plan: Plan, foods: FoodTable) -> float:
    """Return how much of a food a plan takes while it is good, guests' too, as bought [g]."""
    days = (day for day in plan.days if use.days is None or day.day <= use.days)
    pots = (pot_of(item, foods) for day in days for item in day.items())
    return sum(use.taken_by(pot.item_id, pot.ingredients) for pot in pots)


def _used_up(
    name: str,
    mass_g: float,
    food_ids: Set[str],
    foods: FoodTable,
    shelves: Shelves,
    dishes: Sequence[Dish],
) -> UsedUp:
    """Find out what counts as these foods: they themselves, and what is made of them."""
    each = {food.food_id: bought_for(food, foods) for food in foods}
    own = {
        food_id: (food.food_id, bought_g)
        for food_id, (food, bought_g) in each.items()
        if food_ids & {food_id, food.food_id}
    }
    kinds = frozenset(kind for kind, _ in own.values())
    per_g = {food_id: bought_g for food_id, (_, bought_g) in own.items()}
    rows = sold_as_rows().items()
    others = {food for food, own in rows if any(row.sold_as in kinds for row in own)}
    own_ways = dict(_own_ways(kinds, per_g.keys() | others, foods, shelves, dishes))
    return UsedUp(name, per_g, mass_g, kinds, own_ways)


def _own_ways(
    kinds: Set[str], counted: Set[str], foods: FoodTable, shelves: Shelves, dishes: Sequence[Dish]
) -> Iterator[tuple[tuple[str, str], float]]:
    """Return what dishes take of what somebody has, as their recipes say: none of another kind."""
    for dish in dishes:
        for food_id in counted & {line.food_id for line in dish.ingredients}:
            food, edible_g = sold_as(foods, shelves, food_id, 1.0, dish)
            is_it = food.food_id in kinds
            yield (dish.dish_id, food_id), edible_g * food.sold_g_per_100g / 100 if is_it else 0.0


DRY = "dry"
_CUT = ", "
_CANNED = re.compile(r"\((?:home-cooked, or )?canned[^()]*\)")


def with_own_dry(
    dishes: Iterable[Dish], request: PlanRequest, foods: FoodTable
) -> tuple[Dish, ...]:
    """Return the dishes with dry beans that are to be used up, or eaten first, for canned ones.

    Only for dishes of which they are enough for a serving. A recipe says then how they are boiled.

    Raises
    ------
    ConfigError
        When the request names what is at home in words that are not understood.
    """
    own, dishes = _at_home(request, foods), tuple(dishes)
    if own:
        dishes = tuple(_from_dry(dish, own, foods) for dish in dishes)
    return dishes


def _at_home(request: PlanRequest, foods: FoodTable) -> Mapping[str, float]:
    """Return food id → mass [g] of dry food at home: named as such, or in a pantry eaten first."""
    held: dict[str, float] = {}
    for name, mass_g in (use for eater in request.everybody for use in eater.use.items()):
        with suppress(CandidatesError):  # told where it is asked for
            meant = foods_meant(name, foods, ())
            if all(foods[food_id].state == DRY for food_id in meant):
                held |= {food_id: held.get(food_id, 0.0) + mass_g for food_id in meant}
    for entry in pantry_of(request, foods).entries if request.week.from_pantry else ():
        if foods[entry.food_id].state == DRY:
            held[entry.food_id] = held.get(entry.food_id, 0.0) + entry.mass_g
    return held


def _from_dry(dish: Dish, own: Mapping[str, float], foods: FoodTable) -> Dish:
    canned = [line for line in dish.ingredients if is_canned(line)]
    taken = {line: _dry_for(line, dish, own, foods) for line in canned}
    fit = {
        line: food
        for line, (food, mass_g, _) in taken.items()
        if mass_g / dish.servings <= own.get(food.food_id, 0.0)
    }
    if not fit:
        return dish
    rule, steps = read_settings(COOKING)["from_dry"], dish.steps
    boil = [
        rule["boil" if food.food_id in rule["not_soaked"] else "soaked"].format(
            food=short_name(food.name)
        )
        for food in fit.values()
    ]
    if len(fit) == len(canned):
        steps = tuple(_CANNED.sub(f"({rule['ready']})", step) for step in steps)
    lines = tuple(_measured(one, taken[one][-1]) if one in fit else one for one in dish.ingredients)
    return replace(dish, ingredients=lines, steps=(*boil, *steps))


def _dry_for(
    line: Ingredient, dish: Dish, own: Mapping[str, float], foods: FoodTable
) -> tuple[Food, float, str]:
    """Return what a line from a can takes dry [g], and how it says so; a soft one where it may."""
    settings = read_settings(COOKING)
    food, mass_g = bought(foods[line.food_id], line.mass_g, foods)
    for food_id, soft in settings["from_dry"]["soft"].items():
        if food_id in own and soft["of"] == food.food_id and dish.dish_id in soft["dishes"]:
            return foods[food_id], mass_g, soft["says"]
    return food, mass_g, settings["measure"]["from_dry"]


def _measured(line: Ingredient, says: str) -> Ingredient:
    """Return a line for food from a can, reworded to say that it is cooked from dry."""
    canned = read_settings(COOKING)["measure"]["says_canned"].split(_CUT)
    kept = (part for part in line.measure.split(_CUT) if part not in canned)
    return replace(line, measure=_CUT.join((*kept, says)))


def soaked(dish: Dish, pot: Iterable[tuple[str, float]], foods: FoodTable) -> Mapping[str, float]:
    """Return name → mass [g] of what is soaked for a dish, of the (food id, mass [g]) cooked."""
    dry = {line.food_id for line in dish.ingredients if is_from_dry(line)}
    found = (bought(foods[food_id], mass_g, foods) for food_id, mass_g in pot if food_id in dry)
    at_once = read_settings(COOKING)["from_dry"]["not_soaked"]
    return {food.name: mass_g for food, mass_g in found if food.food_id not in at_once}
