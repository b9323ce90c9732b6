"""Choose the candidates of a request and keep the reason for everything left out."""

from __future__ import annotations

import math
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import Any

import numpy as np

from foods.food import UNKNOWN, Food
from foods.nutrient import known_nutrients
from foods.table import FoodTable
from planner.candidates.candidate import (
    Candidate,
    CandidateSet,
    FoodExclusion,
    LeftOut,
    Traits,
    food_traits,
)
from planner.candidates.dish import RAW_FLAGS, Dish, check_dishes_against, cooked_forms
from planner.candidates.later import fresh_minutes, is_kept_dish, may_freeze
from planner.candidates.names import Meaning
from planner.candidates.portions import MILK_GROUPS, VEGETABLE_GROUPS, mass_in, plates_of
from planner.candidates.put_names import PUT_AT
from planner.candidates.servings import Portion, fits_alone, food_portions, mass_per_food, put_id
from planner.errors import CandidatesError
from planner.meals.rules import MealRules, Place
from planner.meals.served import bread_family, derived_side, derived_way
from planner.shops import named

_CHOSEN = deque[tuple[Any, CandidateSet]](maxlen=8)  # a week that is tuned asks again
BREAKFAST, NOT_COOKED = "breakfast", "no_cook"
MILK, ALONE, LACKS = "milk", "alone", "unknown"  # codes: not of the house; only in dishes; gaps
ANY_MEAL = "1:lunch"  # of an example
NOT_ALONE = 'is not served by itself; say how much of it: --put "{where}={mass_g:.0f} g {name}"'
OUT = (
    "nothing is left to eat: {count} of {all} dishes and foods are left out, like {name}: {reason}"
)
TAKES = "takes {minutes} minutes, more than {most}"
TAKES_EARLY = "takes {minutes} minutes, more than {most} at breakfast"
AS_ASKED, HOLDS = "left out as asked: {name}", "{reason} (it holds {food})"
MAY_HOLD = (
    "{reason} (unknown: its words say {word!r}, and no ingredient answers for that; put it among "
    "the ingredients, or take the words out)"
)
SERVING = "its serving is not known; `magplan foods add --serving GRAMS` says it"
UNKNOWN_FOR = "{name} is unknown for {share:.0%} of it"
UNSAID = "it lacks {names}: `magplan foods add --force` with each --figure of its label"
ALLERGENS = "left out as asked: {name}, and its allergens are unknown"
RAW = "{reason} (it holds {food}, raw; if the dish cooks it through, name it {names})"


@dataclass(frozen=True, slots=True)
class Selection:
    """What decides who is a candidate.

    Parameters
    ----------
    exclusions
        Flags and origins that are out: diet and safety.
    without
        Names that are out by wish or allergy.
    constrained, capped
        Nutrients that a hard target asks for, and those of them that it bounds from above.
    most_unknown
        Share of a dish's mass that may lack a figure of a constrained nutrient [0 to 1]; a day as a
        whole is held to the stricter share of the check. A single food may lack none; one that is
        served only where it is put may lack all that is not ``capped``.
    max_minutes_breakfast
        Longest preparation at breakfast [min]; 0: nothing is cooked, ``None``: no limit.
    max_minutes
        Longest preparation [min].
    milks
        Kinds of milk and plant drink that are asked for by name; empty: the house's usual one.
    growth
        How many times larger than usual the largest portions are: for who eats more than the menus
        that they were read off, never below 1.
    worse
        Foods that are borne worse than others: none is the usual milk where another one may be.
    put, put_portions
        Dishes that are put on meals → these: a main dish may come at noon and in the evening then,
        a dessert as a snack, and more of it than is usual; and what is put in its own amount.
    """

    exclusions: tuple[FoodExclusion, ...] = ()
    without: tuple[Meaning, ...] = ()
    constrained: tuple[str, ...] = ()
    capped: frozenset[str] = frozenset()
    most_unknown: float = 0.0
    max_minutes: int | None = None
    max_minutes_breakfast: int | None = None
    growth: float = 1.0
    milks: frozenset[str] = frozenset()
    worse: frozenset[str] = frozenset()
    put: Mapping[str, frozenset[str]] = field(default_factory=dict)
    put_portions: tuple[tuple[str, str, Portion], ...] = ()


def select_candidates(
    foods: FoodTable, dishes: Iterable[Dish], rules: MealRules, selection: Selection
) -> CandidateSet:
    """Choose what may be planned.

    A food or dish is left out when an exclusion or a wish names anything in it, when it takes too
    long, or when the content of a constrained nutrient is unknown: for a single food at all, for a
    dish for too much of its mass. What fits no place of the pattern is no candidate either.

    Raises
    ------
    FoodDataError
        When a dish names a food that the table does not have.
    """
    asked = foods, tuple(dishes), rules, selection
    for known, chosen in tuple(_CHOSEN):
        if known == asked:
            return chosen
    check_dishes_against(asked[1], foods)
    builder = _Builder(foods, rules, selection)
    for dish in asked[1]:
        builder.add_dish(dish)
    for food in foods:
        builder.add_food(food)
    builder.add_put()
    chosen = builder.result()
    _CHOSEN.append((asked, chosen))
    return chosen


def check_something_left(found: CandidateSet) -> None:
    """Refuse to plan where nothing is left to eat.

    Raises
    ------
    CandidatesError
        When there is no candidate; gives the kind of reason that leaves out most, by an example.
    """
    if found.candidates:
        return
    told = "nothing is left to eat"
    out = [left_out for left_out in found.left_out if left_out.code != ALONE] or found.left_out
    if out:
        ((code, count),) = Counter(left_out.code for left_out in out).most_common(1)
        one = next(each for each in out if each.code == code)
        told = OUT.format(count=count, all=len(out), name=named(one.name), reason=one.reason)
    raise CandidatesError(told, "preferences", "leave out less, or allow more time or another diet")


def takes_long_at_breakfast(dish: Dish, most: int | None) -> bool:
    """Whether a dish takes longer than a breakfast may [min]; 0: whether it is cooked."""
    return dish.minutes > most if most else most == 0 and NOT_COOKED not in dish.tags


class _Builder:
    """Collects candidates and refusals."""

    def __init__(self, foods: FoodTable, rules: MealRules, selection: Selection) -> None:
        self.foods, self.rules, self.selection = foods, rules, selection
        self.plates = plates_of(foods)
        self.keys = self.plates.keys
        self.missing = self.plates.missing
        self.constrained = [self.keys.index(nutrient) for nutrient in selection.constrained]
        self.milks = self._milks()
        self.candidates: list[Candidate] = []
        self.left_out: list[LeftOut] = []

    def add_dish(self, dish: Dish) -> None:
        found = self._refusal(dish.dish_id, mass_per_food(dish), dish.tags)
        found = found or self._unsaid(dish)
        limit = self.selection.max_minutes
        if found is None and limit is not None and dish.minutes > limit:
            found = (TAKES.format(minutes=dish.minutes, most=limit), "minutes")
        word = f"side.{dish.role}" if dish.kind == "side" else dish.kind
        put_at = self.selection.put.get(dish.dish_id, frozenset())
        put_at &= PUT_AT.get(dish.kind, frozenset())
        words = {word, *put_at}  # a dessert that is put on a snack stands where a snack would
        takes = [p for p in self.rules.places if not words.isdisjoint(p.dishes)]
        slots = {*dish.slots, *put_at}
        places = [place for place in takes if place.takes(tuple(slots))]
        if found is None and not places:
            found = ("fits no place of the meals that are planned", "place")
        most = self.selection.max_minutes_breakfast
        if found is None and takes_long_at_breakfast(dish, most):
            places = [place for place in places if place.slot != BREAKFAST]
            if not places:
                found = (TAKES_EARLY.format(minutes=dish.minutes, most=most), "minutes")
        if found is None:
            offered = self.plates.portions(dish)
            fits = partial(self.plates.is_a_plate, dish, rules=self.rules.rules)
            portions = [portion for portion in offered if fits(portion, is_put=bool(put_at))]
            traits = self._dish_traits(dish)
            why = "" if portions else self.plates.too_much(dish, self.rules.rules)
            self._add(dish.dish_id, dish.name, places, traits, portions, why)
            self._add_leftover(dish, traits, portions)
        else:
            self.left_out.append(LeftOut(dish.dish_id, dish.name, *found))

    def add_food(self, food: Food) -> None:
        places = [place for place in self.rules.places if fits_alone(food, place)]
        found = self._refusal(food.food_id, {food.food_id: 100.0})
        if found is None and not places:
            is_whole = not food.is_kept or food.serving.measure in food.measures
            grams, name = food.serving.most * food.serving.measure.mass_g, named(food.name)
            told = {"where": ANY_MEAL, "mass_g": grams, "name": name}
            found = (NOT_ALONE.format(**told) if is_whole else SERVING, ALONE)
        if found is None and food.group in MILK_GROUPS and food.food_id not in self.milks:
            found = ("another kind of milk is in the house", MILK)
        if found is None:
            windows = self.rules.rules["window"]
            least, most = windows.get("" if food.is_only_put else food.group, (0.0, math.inf))
            # starches and vegetables grow with the eater; a fruit or a glass of milk does not
            most *= self.selection.growth if food.group in windows["grows"] else 1.0
            portions = [one for one in food_portions(food) if least <= one.mass_g <= most]
            traits = food_traits(food, self.rules.rules)
            self._add(food.food_id, food.name, places, traits, portions)
        else:
            self.left_out.append(LeftOut(food.food_id, food.name, *found))

    def _milks(self) -> frozenset[str]:
        """Return the milks that are drunk: those asked for, else one kind."""
        known = [milk for milk in self.rules.rules["milk"]["house"] if milk in self.foods]
        known.sort(key=self.selection.worse.__contains__)
        usual = (milk for milk in known if self._refusal(milk, {milk: 100.0}) is None)
        return self.selection.milks or frozenset(islice(usual, 1))

    def add_put(self) -> None:
        """Add what is put in an amount of its own, at its meal alone."""
        known = {candidate.candidate_id: candidate for candidate in self.candidates}
        for own_id, slot, portion in self.selection.put_portions:
            base, food = known.get(own_id), self.foods.foods.get(own_id)
            at = [place.place_id for place in self.rules.places if place.slot == slot]
            if base is not None:
                places = tuple(place for place in base.places if place in at)
                name, traits = base.name, base.traits
            elif food is not None and self._refusal(own_id, {own_id: 100.0}) is None:
                places = tuple(one for one in at if one.endswith((".main", ".first")))
                name, traits = food.name, food_traits(food, self.rules.rules)
            else:
                continue
            own = replace(traits, is_put=True), (self.plates.serving(portion),)
            self.candidates.append(Candidate(put_id(own_id, portion), own_id, name, places, *own))

    def result(self) -> CandidateSet:
        return CandidateSet(
            tuple(sorted(self.candidates, key=lambda one: one.candidate_id)),
            tuple(sorted(self.left_out, key=lambda one: one.candidate_id)),
            self.keys,
        )

    def _refusal(
        self, own_id: str, parts: Mapping[str, float], tags: frozenset[str] = frozenset()
    ) -> tuple[str, str] | None:
        for exclusion in self.selection.exclusions:
            if not exclusion.is_about(own_id):
                continue
            if exclusion.words & tags or own_id in exclusion.served:
                return exclusion.reason, exclusion.code
            for food_id in parts:
                food = self.foods[food_id]
                if exclusion.covers(food):
                    is_raw = bool(exclusion.words & RAW_FLAGS)
                    reason = self._because(exclusion.reason, food, own_id, is_raw)
                    return reason, exclusion.code
        for meaning in self.selection.without:
            if own_id in meaning.dish_ids:
                name = dict(meaning.needs).get(own_id) or (meaning.said or meaning.name)
                return AS_ASKED.format(name=name), "wish"
            for food_id in parts:
                if food_id in meaning.food_ids:
                    code = "allergen" if meaning.is_allergen else "wish"
                    food = self.foods[food_id]
                    without = f"without {meaning.name}"
                    is_unknown = meaning.is_allergen and UNKNOWN in food.allergens
                    name = meaning.said if meaning.said else without
                    reason = (ALLERGENS if is_unknown else AS_ASKED).format(name=name)
                    return self._because(reason, food, own_id), code
        return self._unknown(parts)

    def _unsaid(self, dish: Dish) -> tuple[str, str] | None:
        """Return what words of an own dish may mean that no ingredient of it answers for."""
        out = [one for one in self.selection.exclusions if one.code == "safety"]
        for said in dish.unanswered:
            meant = [self.foods[food_id] for food_id in said.food_ids]
            for exclusion in out:
                is_meant = not meant or any(map(exclusion.covers, meant))
                if is_meant and not exclusion.is_for_all:
                    told = {"reason": exclusion.reason, "word": said.word}
                    return MAY_HOLD.format(**told), exclusion.code
            for meaning in self.selection.without:
                is_meant = not (said.food_ids and said.food_ids.isdisjoint(meaning.food_ids))
                if meaning.is_allergen and is_meant:
                    name = meaning.said if meaning.said else f"without {meaning.name}"
                    told = {"reason": AS_ASKED.format(name=name), "word": said.word}
                    return MAY_HOLD.format(**told), "allergen"
        return None

    def _because(self, reason: str, food: Food, own_id: str, is_raw: bool = False) -> str:
        if food.food_id == own_id:
            return reason
        instead = cooked_forms(food, self.foods) if is_raw else ()
        names = " or ".join(instead) if instead else ""
        return (RAW if instead else HOLDS).format(reason=reason, food=named(food.name), names=names)

    def _unknown(self, parts: Mapping[str, float]) -> tuple[str, str] | None:
        most = self.selection.most_unknown if len(parts) > 1 else 0.0
        is_put_alone = len(parts) == 1 and self.foods[next(iter(parts))].is_only_put
        unknown = np.zeros(len(self.constrained))
        for food_id, mass in parts.items():
            unknown += self.missing[food_id][self.constrained] * mass
        unknown /= sum(parts.values())
        asked = self.selection.capped if is_put_alone else {*self.selection.constrained}
        shares = zip(self.selection.constrained, unknown.tolist(), strict=True)
        lacks = [(key, share) for key, share in shares if share > most and key in asked]
        names = [known_nutrients()[key].name for key, _ in lacks]
        if is_put_alone and len(names) > 1:
            return UNSAID.format(names=", ".join(names)), LACKS
        if names:
            return UNKNOWN_FOR.format(name=names[0], share=lacks[0][1]), LACKS
        return None

    def _add_leftover(self, dish: Dish, traits: Traits, portions: list[Portion]) -> None:
        """Add the second meal of a dish that keeps, where the pattern has places for it."""
        rule, known = self.rules.rules["leftover"], {one.place_id: one for one in self.rules.places}
        places = (rule["place"], rule["cooked_on"])
        if dish.keeps_days < 1 or dish.kind != "main" or not set(places) <= set(known):
            return
        if not known[rule["cooked_on"]].takes(dish.slots) or dish.tags & set(rule["apart_tags"]):
            return
        is_apart = dish.protein in rule["apart_proteins"] or dish.dish_id in rule["apart_dishes"]
        minutes = min(traits.minutes, rule["minutes"] + traits.fresh_minutes)
        if is_apart or (rule["is_frozen"] and not may_freeze(dish.tags)):
            return
        keeps = rule["days"] if rule["is_frozen"] else min(traits.keeps_days, rule["days"])
        own = {"active_minutes": traits.fresh_minutes, "keeps_days": keeps}
        again = replace(traits, is_leftover=True, minutes=minutes, **own)
        if servings := tuple(self.plates.serving(portion) for portion in portions):
            ids = (f"{dish.dish_id}.leftover", dish.dish_id, dish.name)
            self.candidates.append(Candidate(*ids, places, again, servings))

    def _add(
        self,
        own_id: str,
        name: str,
        places: list[Place],
        traits: Traits,
        portions: Iterable[Portion],
        why: str = "",
    ) -> None:
        servings = tuple(self.plates.serving(portion) for portion in portions)
        if not servings:
            reason = why or "no portion of it lies within what is eaten at a meal"
            self.left_out.append(LeftOut(own_id, name, reason, "portion"))
            return
        ids = tuple(place.place_id for place in places)
        self.candidates.append(Candidate(own_id, own_id, name, ids, traits, servings))

    def _dish_traits(self, dish: Dish) -> Traits:
        is_kept = is_kept_dish(dish, self.rules.rules["kept"])
        return Traits(
            kind=dish.kind,
            protein=dish.protein,
            starch=dish.starch,
            kitchens=frozenset(
                name
                for name, members in self.rules.rules["cuisine"].items()
                if isinstance(members, list) and dish.cuisine in members
            ),
            minutes=dish.minutes,
            active_minutes=dish.active_minutes,
            grade=dish.taste,
            is_dish=True,
            keeps_days=dish.keeps_days,
            tags=dish.tags,
            is_kept=is_kept,
            served=self._served(dish),
            fresh_minutes=fresh_minutes(dish.ingredients),
        )

    def _served(self, dish: Dish) -> str:
        """Describe how a main dish is served, or as what a side stands beside one."""
        if dish.kind == "side" and dish.role == "starch":
            return self._starch_of_side(dish)
        if dish.kind == "side":
            return dish.served or derived_side(dish.role)
        if dish.kind != "main" or dish.served:
            return dish.served
        green_g = mass_in(self._parts(dish), VEGETABLE_GROUPS)
        return derived_way(dish.tags, dish.starch, green_g / dish.servings)

    def _starch_of_side(self, dish: Dish) -> str:
        """Name the starch of a written side; of bread, whether it is a roll or a flatbread."""
        breads = [food.base for food, _ in self._parts(dish) if food.group == "bread"]
        is_bread = dish.starch in ("bread", "tortilla") and breads
        return bread_family(breads[0]) if is_bread else dish.starch

    def _parts(self, dish: Dish) -> list[tuple[Food, float]]:
        return [(self.foods[line.food_id], line.mass_g) for line in dish.ingredients]
