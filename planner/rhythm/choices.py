"""What each role of a rhythm may be: recipes and foods in portions, and sides."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from foods.table import FoodTable
from planner.candidates.beside import BESIDE_SLOTS
from planner.candidates.candidate import Candidate, Serving, Traits, Vector
from planner.candidates.names import Meaning
from planner.candidates.portions import Plates
from planner.candidates.servings import food_portion
from planner.meals.served import ALONE as ALONE_WAY
from planner.meals.served import PARTNERS, served_ways
from planner.model.days import ENERGY
from planner.model.input import ModelInput
from planner.request.preferences import COLD, PACKED
from planner.rhythm.rhythms import (
    BREAKFAST,
    DINNER,
    LUNCH,
    MAIN,
    SETTINGS,
    Occasion,
    Rhythm,
    Role,
)
from planner.settings import read_settings
from planner.targets.target import Target

Also = Mapping[str, Collection[str]]
"""Role → ids of what may take it whatever it asks: what was eaten, or somebody put there."""
Numbers = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
LINE_G = 5.0
"""Mass from which a food counts as served [g]: ``line`` of configs/meals/rules.toml."""
NOTHING_ELSE: Also = MappingProxyType({})
ALONE = "alone"  # why a food is no candidate by itself: nothing else is against it
SNACK, MILK, FRUIT, EXTRA, ASKED = "snack", "milk", "fruit", "extra", "asked"
_BOX = "lunchbox"


@dataclass(frozen=True, slots=True)
class Plate:
    """A portion of a recipe or food; ``again`` is the same warmed up, where it may be."""

    candidate: Candidate
    serving: Serving
    again: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A binary of the programme: ``plate`` takes ``part`` of a role.

    Parameters
    ----------
    role, plate
        Their numbers.
    part
        ``main`` for the thing itself, ``starch`` or ``vegetable`` for what stands beside it.
    points
        What it costs, at all meals of the role together.
    """

    role: int
    plate: int
    part: str
    points: float


@dataclass(frozen=True)
class Choices:
    """All binaries of a week, and what their plates hold.

    Parameters
    ----------
    source
        What the week is planned from.
    rhythm
        Its roles.
    plates, choices
        Portions, and which of them may take which role.
    fixed
        What stands beside the meals of each day in any case, with its place: pills, water, drinks.
    usd_per_g
        Food → what it costs where it is weighed at the counter [USD/g].
    """

    source: ModelInput
    rhythm: Rhythm
    plates: tuple[Plate, ...]
    choices: tuple[Choice, ...]
    fixed: tuple[tuple[str, Candidate, Serving], ...] = ()
    usd_per_g: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def amounts(self) -> Vector:
        """Content of each plate: plates × nutrients."""
        return np.array([plate.serving.amounts for plate in self.plates])

    def plate(self, number: int) -> Plate:
        """Return the plate of a binary."""
        return self.plates[self.choices[number].plate]

    def candidate(self, number: int) -> Candidate:
        """Return the recipe or food of a binary."""
        return self.plate(number).candidate

    def vector(self, value: Callable[[Plate], float]) -> Vector:
        """Return a number of each plate."""
        return np.array([value(plate) for plate in self.plates], dtype=float)

    @cached_property
    def role_of(self) -> Numbers:
        """Number of the role of each choice."""
        return np.array([choice.role for choice in self.choices], dtype=np.intp)

    @cached_property
    def plate_of(self) -> Numbers:
        """Number of the plate of each choice."""
        return np.array([choice.plate for choice in self.choices], dtype=np.intp)

    def times(self, day: int, *where: str) -> Vector:
        """Count the meals of a day at which each choice is eaten; of meals or places as named."""
        own = [
            sum(
                at.day == day and (not where or not {at.slot, at.place}.isdisjoint(where))
                for at in role.occasions
            )
            for role in self.rhythm.roles
        ]
        counted: Vector = np.array(own, dtype=float)[self.role_of]
        return counted


def list_choices(
    source: ModelInput, rhythm: Rhythm, foods: FoodTable, also: Also = NOTHING_ELSE
) -> Choices:
    """Return every recipe, food and portion that may take a role of the rhythm."""
    return _Lister(source, rhythm, foods, also).result()


def mean_energy(targets: Sequence[Target]) -> float:
    """Return the energy that a day is held to [kcal]: the middle of its bands."""
    bands = (target for target in targets if target.nutrient == ENERGY and target.hard)
    known = [side for band in bands for side in (band.lower, band.upper) if side is not None]
    return sum(known) / max(1, len(known))


def words_of(served: str) -> frozenset[str]:
    """Return what a side may stand as: raw vegetables for whatever is fresh."""
    known = read_settings(SETTINGS)["stands_as"]
    return frozenset(known.get(served, (served,)))


def accepts(main: Traits, side: Traits, part: str) -> bool:
    """Whether a side may stand beside a main dish: by how that is served, and by their kitchens."""
    way = served_ways().get(main.served, ALONE_WAY)
    if way.takes[part].isdisjoint(words_of(side.served)):
        return False
    return not (side.kitchens and main.kitchens) or not side.kitchens.isdisjoint(main.kitchens)


def with_asked(source: ModelInput, rhythm: Rhythm) -> tuple[Rhythm, Also]:
    """Return a rhythm in which what is asked for may stand, and what may take its roles so.

    A meal on which something is put has a role of its own where the rest of its role cannot be what
    is left of that; so has what is put, or wished for so often, on a place that no role has.
    """
    known = [one for one in source.candidates.candidates if not one.traits.is_frozen]
    also: dict[str, set[str]] = {}

    def seat(ids: Collection[str], *at: Occasion) -> None:
        nonlocal rhythm
        made = [Role(f"{one.place} of day {one.day + 1}", ASKED, (one,), must=False) for one in at]
        rhythm = replace(rhythm, roles=(*rhythm.roles, *made))
        also.update({new_role.name: {*ids} for new_role in made})

    for day, kind in enumerate(source.day_kinds):
        for put in source.own_puts(kind.puts):
            able = [candidate for candidate in known if candidate.source_id in put.ids]
            keeps = [one.traits.keeps_days for one in able if one.traits.is_leftover]
            places = {place for candidate in able for place in candidate.places}
            role = next((r for r in rhythm.roles if _meals_of(r, day, put.slot, places)), None)
            if role is None:
                own = sorted(Occasion(day, place) for place in places)
                seat(put.ids, *[at for at in own if at.slot == put.slot][:1])
                continue
            here = _meals_of(role, day, put.slot, places)
            is_first = here[0] == role.occasions[0] and role.kind == MAIN and not role.anew
            if not (is_first and role.span <= min(keeps, default=-1)):
                rhythm = rhythm.parted({role.name: here})
                role = next(r for r in rhythm.roles if here[0] in r.occasions)
            also.setdefault(role.name, set()).update(put.ids)
    for wish in source.wishes.frequencies:
        able = [one for one in known if any(serves(one, it, wish.meaning) for it in one.servings)]
        places = {place for candidate in able for place in candidate.places}
        covered = {at.place for role in rhythm.roles for at in role.occasions}
        if places and wish.sense == ">=" and covered.isdisjoint(places):
            ids, place = {candidate.source_id for candidate in able}, min(places)
            week = [Occasion(day, place) for day in range(len(source.weekend))]
            gone = [day_kind.absence.slots for day_kind in source.day_kinds]
            seat(ids, *[at for at in week if at.slot not in gone[at.day]])
    return rhythm, also


def _meals_of(role: Role, day: int, slot: str, places: Collection[str]) -> list[Occasion]:
    return [
        one for one in role.occasions if (one.day, one.slot) == (day, slot) and one.place in places
    ]


class _Lister:
    """Gathers plates and choices."""

    def __init__(self, source: ModelInput, rhythm: Rhythm, foods: FoodTable, also: Also) -> None:
        settings = read_settings(SETTINGS)
        self.source, self.rhythm, self.foods, self.also = source, rhythm, foods, also
        self.rule, self.price, self.limit = (
            settings[name] for name in ("options", "prices", "limits")
        )
        self.plain = settings["side"]
        self.grade = self.rule["most_grade" if rhythm.freer else "most_grade_few"]
        known = source.candidates.candidates
        able, house = {candidate.source_id for candidate in known}, settings["families"]["house"]
        beyond = {kind for kinds in house for kind in [name for name in kinds if name in able][1:]}
        self.known = [
            one for one in known if not one.traits.is_leftover and one.source_id not in beyond
        ]
        self.again = {one.source_id: one for one in known if one.traits.is_leftover}
        self.plates: list[Plate] = []
        self.numbers: dict[tuple[str, int], int] = {}
        self.choices: list[Choice] = []
        self.keys = source.candidates.nutrients
        steps = mean_energy(source.targets) / self.rule["side_kcal"]
        self.size = max(1.0, math.floor(2.0 * steps) / 2.0)
        self.constrained = [self.keys.index(nutrient) for nutrient in source.constrained]
        self.lately = {
            name: self.price["fade"] ** age
            for age, names in reversed([*enumerate(source.history)])
            for name in names
        }

    def result(self) -> Choices:
        sides = self._sides()
        for number, role in enumerate(self.rhythm.roles):
            own = self._of_role(role)
            for candidate, servings in own:
                for at in servings:
                    self._add(number, role, candidate, at, MAIN)
            if role.kind == MAIN:
                self._add_sides(number, role, [dish for dish, _ in own], sides)
        fixed = tuple(self._fixed())
        usd_per_g = {food.food_id: (food.price_usd_per_100g or 0.0) / 100 for food in self.foods}
        return Choices(
            self.source, self.rhythm, tuple(self.plates), tuple(self.choices), fixed, usd_per_g
        )

    def _add(self, number: int, role: Role, candidate: Candidate, at: int, part: str) -> None:
        key = candidate.candidate_id, at
        if key not in self.numbers:
            self.numbers[key] = len(self.plates)
            again = self.again.get(candidate.source_id) if part == MAIN else None
            self.plates.append(Plate(candidate, candidate.servings[at], again))
        points = self._points(role, candidate, candidate.servings[at], part)
        self.choices.append(Choice(number, self.numbers[key], part, points))

    def _of_role(self, role: Role) -> list[tuple[Candidate, list[int]]]:
        """Return what may take a role; recipes that fewer like where there are few."""
        also = self.also.get(role.name, ())
        able = [
            (candidate, self._fitting(role, candidate))
            for candidate in self.known
            if candidate.source_id in also or self._may(role, candidate)
        ]
        able = [(candidate, servings) for candidate, servings in able if servings]
        if role.kind not in (MAIN, BREAKFAST, SNACK):
            return able

        def liked(grade: float) -> list[tuple[Candidate, list[int]]]:
            return [it for it in able if it[0].traits.grade <= grade or it[0].source_id in also]

        best = liked(self.grade)
        is_enough = len(best) >= self.rule["few"] or role.kind == SNACK
        return best if is_enough else liked(self.rule["most_grade_few"])

    def _may(self, role: Role, candidate: Candidate) -> bool:
        traits, first = candidate.traits, role.occasions[0]
        places = {occasion.place for occasion in role.occasions}
        if traits.is_put or traits.is_frozen or role.kind == ASKED:
            return False
        if role.kind == MAIN:
            return first.place in candidate.places and self._may_be_main(role, candidate)
        if not places <= set(candidate.places):
            return False
        if role.kind == BREAKFAST:
            return traits.kind == BREAKFAST and self._has_time(role, candidate)
        if role.kind == SNACK:
            return traits.kind != SNACK or traits.active_minutes <= self.rule["extra_active"]
        return True

    def _may_be_main(self, role: Role, candidate: Candidate) -> bool:
        traits, again = candidate.traits, self.again.get(candidate.source_id)
        if traits.kind != MAIN or not self._has_time(role, candidate):
            return False
        if role.box and _BOX not in traits.tags and again is None:
            return False
        if len(role.occasions) == 1 or role.anew:
            return True
        keeps = 0 if again is None else again.traits.keeps_days  # longer in a freezer
        most: int = self.limit["rice_days"] if traits.starch == "rice" else keeps
        return role.span <= keeps and role.span <= most

    def _has_time(self, role: Role, candidate: Candidate) -> bool:
        traits, cooked = candidate.traits, role.occasions[0]
        is_free = self.source.weekend[cooked.day]
        most = self.source.wishes.max_minutes_weekday
        if most is not None and not is_free and traits.minutes > most:
            return False
        if role.kind == BREAKFAST and traits.is_kept:
            return traits.active_minutes <= int(self.rule["kept_active"])
        return traits.active_minutes <= role.active and traits.minutes <= role.minutes

    def _fitting(self, role: Role, candidate: Candidate) -> list[int]:
        """Return the portions that are known well enough, and left out on no day of the role.

        What somebody put there may be known less well: the whole day is held to it.
        """
        is_asked = candidate.source_id in self.also.get(role.name, ())
        few = 1.0 if is_asked else 1 - self.source.least_coverage
        return [
            at
            for at, serving in enumerate(candidate.servings)
            if not (serving.unknown_g[self.constrained] > few * serving.food_g).any()
            and not self._is_closed(role, candidate, serving)
        ]

    def _is_closed(self, role: Role, candidate: Candidate, serving: Serving) -> bool:
        wishes, kinds = self.source.wishes, self.source.day_kinds
        rule, traits = self.source.rules.rules["lunch"], candidate.traits
        for at, is_again in self._again(role, candidate):
            kind = kinds[at.day]
            if at.slot == LUNCH and not kind.weekend and traits.kind in rule["kinds"]:
                is_boxed = is_again or rule["box"] in traits.tags
                is_cold = candidate.source_id in rule["cold_dishes"] or bool(
                    traits.tags.intersection(rule["cold_tags"])
                )
                if wishes.lunch == PACKED and traits.kind == MAIN and not is_boxed:
                    return True
                if wishes.lunch == COLD and not is_cold:
                    return True
            names = {name for whose, name in kind.off if whose == self.source.eater}
            out = (meaning for meaning in wishes.off if meaning.name in names)
            if any(_holds(meaning, candidate, serving, at.slot, is_again) for meaning in out):
                return True
        return False

    def _sides(self) -> list[tuple[Candidate, str, int]]:
        """Return what may stand beside main dishes: (side, part, number of its portion)."""
        found = []
        most = self.grade + self.rule["side_grade"]
        for candidate in self.known:
            traits, servings = candidate.traits, candidate.servings
            if traits.kind != "side" or traits.grade > most:
                continue
            if traits.active_minutes > self.rule["side_active"]:
                continue
            part = next((p for p in PARTNERS if f"dinner.{p}" in candidate.places), "")
            usual = min(range(len(servings)), key=lambda at: self._off(servings[at]))
            if part:
                found.append((candidate, part, usual))
        left = {one.candidate_id for one in self.source.candidates.left_out if one.code == ALONE}
        plates = Plates(self.foods)
        for row in self.plain:
            food = self.foods.foods.get(row["food"])
            if food is None or food.food_id not in left:
                continue
            mass_g = row["number"] * self.size * food.serving.measure.mass_g
            serving = plates.serving(food_portion(food, mass_g))
            part = "starch" if food.group == "bread" else "vegetable"
            slots = row.get("meals", (LUNCH, DINNER))
            places = tuple(f"{slot}.{part}" for slot in slots)
            traits = Traits(kind="food", served=row["served"], grade=1.0)
            ids = food.food_id, food.food_id, food.name, places
            found.append((Candidate(*ids, traits, (serving,)), part, 0))
        return found

    def _off(self, serving: Serving) -> float:
        """Return how far a serving of a side is from what the eater has."""
        return float(abs(serving.portion.servings - self.size))

    def _add_sides(
        self,
        number: int,
        role: Role,
        mains: Sequence[Candidate],
        sides: Sequence[tuple[Candidate, str, int]],
    ) -> None:
        ways = [served_ways().get(main, ALONE_WAY) for main in {m.traits.served for m in mains}]
        taken = {
            part: frozenset[str]().union(*(way.takes[part] for way in ways)) for part in PARTNERS
        }
        for candidate, part, at in sides:
            words = words_of(candidate.traits.served)
            here = {f"{occasion.slot}.{part}" for occasion in role.occasions}
            if here <= set(candidate.places) and not taken[part].isdisjoint(words):
                serving = candidate.servings[at]
                if self._is_quick(role, candidate.traits) and not self._is_closed(
                    role, candidate, serving
                ):
                    self._add(number, role, candidate, at, part)

    def _is_quick(self, role: Role, side: Traits) -> bool:
        """Whether a side is made in the time that somebody has on workdays."""
        most = self.source.wishes.max_minutes_weekday
        is_free = all(self.source.weekend[occasion.day] for occasion in role.occasions)
        return most is None or is_free or side.minutes <= most

    def _points(self, role: Role, candidate: Candidate, serving: Serving, part: str) -> float:
        traits, price, source = candidate.traits, self.price, self.source
        meals, wishes = len(role.occasions), self.source.wishes
        word = traits.kind if traits.is_dish else "food"
        grades = price["grade" if traits.is_dish else "popularity"]
        taste = float(np.interp(traits.grade, range(1, len(grades) + 1), grades))
        if any(serves(candidate, serving, meaning) for meaning, _ in wishes.likes):
            taste = 0.0
        taste *= price["share"].get(word, 1.0)
        if source.draw and traits.is_dish:
            taste += price["draw"] * chance_of(source.draw, candidate.source_id)
        for meaning, grade in wishes.dislikes:
            taste += price["dislike"][grade - 1] * serves(candidate, serving, meaning)
        taste += self._strange(traits) + price["out_of_season"] * sum(
            food in source.out_of_season and mass_g >= source.rules.rules["season"]["lower_mass_g"]
            for food, mass_g in serving.portion.ingredients
        )
        total = taste * meals * source.weights.taste
        total += price["history"] * self.lately.get(candidate.source_id, 0.0) * traits.is_dish
        if part != MAIN:
            total += price["side"] * meals
        elif role.kind in (MILK, EXTRA, ASKED) or (role.kind == SNACK and not role.must):
            total += price["extra"] * meals
        if role.kind in (MAIN, BREAKFAST) and part == MAIN:
            usual = source.rules.rules["servings"]["usual"]
            total += price["odd_serving"] * abs(serving.portion.servings - usual)
        return float(total + self._work(role, candidate) * source.weights.effort)

    def _strange(self, traits: Traits) -> float:
        """Return the points of what the meal pattern does not prefer: kitchens, kinds of dishes."""
        pattern, price, total = self.source.rules.pattern, self.price, 0.0
        if pattern.kitchens and traits.kitchens and not traits.kitchens & pattern.kitchens:
            total += price["other_kitchen"].get(traits.kind, price["other_kitchen"]["else"])
        if pattern.tags and traits.is_dish and not traits.tags & pattern.tags:
            total += price["other_tag"]
        return float(total + price["unwanted_tag"] * bool(traits.tags & pattern.without_tags))

    def _work(self, role: Role, candidate: Candidate) -> float:
        """Return the points of its work: once for what keeps, else at each meal."""
        traits, total = candidate.traits, 0.0
        for at, is_again in self._again(role, candidate):
            free = self.source.weekend[at.day]
            minutes = traits.fresh_minutes if is_again else traits.active_minutes
            total += minutes * self.price["active_minute_free" if free else "active_minute"]
        return float(total)

    def _again(self, role: Role, candidate: Candidate) -> Iterator[tuple[Occasion, bool]]:
        """Return each meal of a role, and whether it is what was made for one before."""
        traits = self.again.get(candidate.source_id, candidate).traits
        keeps = traits.keeps_days if traits.kind == MAIN or traits.is_kept else 0
        cooked = -math.inf
        for at in role.occasions:
            is_again = at.day - cooked <= keeps and not role.anew
            cooked = cooked if is_again else at.day
            yield at, is_again

    def _fixed(self) -> Iterator[tuple[str, Candidate, Serving]]:
        for place in self.source.rules.places:
            if place.slot in BESIDE_SLOTS:
                for candidate in self.source.candidates.candidates:
                    if place.place_id in candidate.places:
                        yield place.place_id, candidate, candidate.servings[0]


def serves(candidate: Candidate, serving: Serving, what: Meaning) -> bool:
    """Whether a portion is, or holds a line of, what somebody named."""
    parts = serving.portion.ingredients
    held_g = sum(mass_g for food, mass_g in parts if food in what.food_ids)
    return candidate.source_id in what.dish_ids or held_g >= LINE_G


def _holds(
    what: Meaning, candidate: Candidate, serving: Serving, slot: str, is_again: bool
) -> bool:
    """Whether something is left out at a meal of a day."""
    if (what.is_anew and is_again) or (what.is_again and not is_again):
        return False
    if what.slot not in ("", slot):
        return False
    foods = {food for food, _ in serving.portion.ingredients}
    return candidate.source_id in what.dish_ids or bool(what.food_ids & foods)


def families(candidate: Candidate, table: Mapping[str, Any]) -> tuple[str, str]:
    """Return the protein and the starch of a dish as people call them."""
    traits = candidate.traits
    protein = table["protein"].get(traits.protein, traits.protein)
    return str(protein), table["starch"].get(traits.starch, traits.starch)


@cache
def chance_of(draw: str, name: str) -> float:
    """Return a number of 0 to 1 that depends on both texts alone."""
    digest = hashlib.blake2b(f"{draw}.{name}".encode(), digest_size=4).digest()
    return int.from_bytes(digest) / (1 << 32)
