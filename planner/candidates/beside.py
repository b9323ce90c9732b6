"""What is taken beside the meals: supplements, and water and other drinks that are drunk.

Each is a candidate on a place of its own, so that the model counts it like anything else. What is
taken already, and a drink asked for, must stand on its place in its one portion; a supplement that
the plan may choose may stand there, in one of its doses. Water is drunk through the day; cups of
coffee, tea and the like belong to a meal, and have a place for each of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from foods.food import Food
from foods.nutrient import known_nutrients
from foods.supplement import Supplement, find_supplement, read_supplements
from foods.table import FoodTable
from foods.water import find_water
from planner.candidates.candidate import Candidate, CandidateSet, Serving, Traits
from planner.candidates.servings import Portion, in_words
from planner.meals.rules import Place
from planner.request.diets import find_diet
from planner.request.request import PlanRequest
from planner.safety.gate import SafetyVerdict
from planner.settings import read_settings
from planner.targets.taken import cup_g, cups_by_meal, drinks_asked, judge_request

TAKEN, CHOSEN, DRUNK, CUP = "taken", "supplement", "drunk", "cup"
SUPPLEMENT_KINDS = (TAKEN, CHOSEN)
CUP_SLOT = "cup"
BESIDE_SLOTS = ("supplement", "water", CUP_SLOT)
WATER_PLACE = "water.drunk"

_MAGNESIUM = "magnesium_mg"
_WATER_GROUP = "water"
_G_PER_L = 1000.0


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the meals, and its places.

    Parameters
    ----------
    candidates
        Candidates of the kinds ``TAKEN``, ``CHOSEN``, ``DRUNK`` and ``CUP``.
    places
        One place for each thing taken, each nutrient that may be chosen, the water, and each drink
        at each meal that has cups of it.
    """

    candidates: tuple[Candidate, ...] = ()
    places: tuple[Place, ...] = ()

    def added_to(self, candidates: CandidateSet) -> CandidateSet:
        """Return the candidates with these among them."""
        every = sorted((*candidates.candidates, *self.candidates), key=lambda c: c.candidate_id)
        return replace(candidates, candidates=tuple(every))


def beside_the_meals(request: PlanRequest, foods: FoodTable) -> Beside:
    """Return what a request takes and drinks beside its meals, and what it may choose.

    Raises
    ------
    FoodNotFoundError
        When the water or a drink asked for is not in the table.
    """
    found = [*taken_candidates(request), *supplement_candidates(request)]
    if request.water.is_drunk:
        found.append(_water(request, foods))
    found += _cups(request, foods)
    places = dict.fromkeys(place for candidate in found for place in candidate.places)
    required = {candidate.places[0] for candidate in found if candidate.traits.kind != CHOSEN}
    return Beside(
        tuple(found), tuple(Place(p, p.split(".")[0], p in required, (), (), ()) for p in places)
    )


def taken_candidates(request: PlanRequest) -> tuple[Candidate, ...]:
    """Return what is taken already, each in the amount of a day."""
    made = []
    for number, intake in enumerate(request.supplements, start=1):
        compound = find_supplement(intake.name)
        serving = _dose(compound, intake.nutrient_per_day, max(1.0, intake.per_day))
        candidate_id = f"taken_{number}_{compound.compound_id}"
        place = f"supplement.taken_{number}"
        made.append(_supplement(candidate_id, compound, "taken already", place, TAKEN, (serving,)))
    return tuple(made)


def supplement_candidates(request: PlanRequest) -> tuple[Candidate, ...]:
    """Return the supplements that a plan may choose: of nutrients that every safety rule allows."""
    if not request.allow_supplements:
        return ()
    verdict = judge_request(request)
    without = find_diet(request.preferences.diet).without_origin
    permitted = [
        (compound, doses)
        for compound in read_supplements().values()
        if not compound.origin & without and (doses := _permitted_doses(compound, verdict))
    ]
    made = []
    for compound, doses in permitted:
        if not _is_absorbed_worse(compound, [other for other, _ in permitted]):
            servings = tuple(
                _dose(compound, dose, dose / compound.doses[0], compound.price_usd(dose) or 0.0)
                for dose in doses
            )
            place = f"supplement.{compound.nutrient.rsplit('_', 1)[0]}"
            made.append(
                _supplement(compound.compound_id, compound, "added", place, CHOSEN, servings)
            )
    return tuple(made)


def _is_absorbed_worse(compound: Supplement, others: Iterable[Supplement]) -> bool:
    """Return whether a compound is absorbed badly, and one of ``others`` of its nutrient well."""
    most: int = read_settings("supplements.toml")["falls_short"]["well_absorbed_rank"]
    ranks = (other.absorption_rank for other in others if other.nutrient == compound.nutrient)
    return compound.absorption_rank > most >= min(ranks, default=compound.absorption_rank)


def _permitted_doses(compound: Supplement, verdict: SafetyVerdict) -> tuple[float, ...]:
    if not verdict.allows_compound(compound.name):
        return ()
    if compound.nutrient != _MAGNESIUM:
        return compound.doses
    return tuple(dose for dose in compound.doses if dose <= verdict.most_elemental_mg)


def _supplement(
    candidate_id: str,
    compound: Supplement,
    how: str,
    place: str,
    kind: str,
    servings: tuple[Serving, ...],
) -> Candidate:
    name = f"{compound.label}, {how}"
    return Candidate(candidate_id, compound.compound_id, name, (place,), Traits(kind), servings)


def _dose(compound: Supplement, amount: float, servings: float, cost_usd: float = 0.0) -> Serving:
    """Return an amount of the nutrient a day [its unit]: no food, and no mass of food.

    What may be added has its price; what is taken already is bought anyway.
    """
    unit = known_nutrients()[compound.nutrient].unit
    portion = Portion(servings, f"{amount:g} {unit} a day", ())
    return _serving(portion, {compound.nutrient: amount}, cost_usd)


def _water(request: PlanRequest, foods: FoodTable) -> Candidate:
    """Return the water that is drunk; beside medicines its hours are said, and the name says so."""
    water, is_apart = request.water, bool(request.patient.medicines)
    how = read_settings("check.toml")["beside"]["drunk_apart" if is_apart else "drunk"]
    waters = {food.food_id: food.name for food in foods if food.group == _WATER_GROUP}
    food = foods[find_water(water.name, waters)]
    return Candidate(
        f"drunk_{food.food_id}",
        food.food_id,
        f"{food.name}, {how}",
        (WATER_PLACE,),
        Traits(DRUNK),
        (_litres(food, water.litres),),
    )


def _cups(request: PlanRequest, foods: FoodTable) -> Iterator[Candidate]:
    """Return the drinks asked for, each meal's cups a candidate of its own."""
    for food, cups in drinks_asked(request.preferences, foods):
        for slot, count in cups_by_meal(food, cups, request.week.slots).items():
            yield Candidate(
                f"cup_{slot}_{food.food_id}",
                food.food_id,
                food.name,
                (f"{cup_places(slot)}{food.food_id}",),
                Traits(CUP),
                (cups_of(food, count),),
            )


def cup_places(slot: str) -> str:
    """Return what the places of drinks that belong to a meal begin with."""
    return f"{CUP_SLOT}.{slot}_"


def cups_of(food: Food, cups: int) -> Serving:
    """Return so many cups of a drink, or of what else its row in the catalogue counts it in."""
    mass_g = round(cups * cup_g(food), 1)
    measure = in_words(cups, food.serving.measure.name)
    return _drunk(food, Portion(cups, measure, ((food.food_id, mass_g),)))


def _litres(food: Food, litres: float) -> Serving:
    mass_g = litres * _G_PER_L
    glasses = mass_g / read_settings("supplements.toml")["water"]["glass_g"]
    measure = f"{litres:g} L ({in_words(glasses, 'glass')})"
    return _drunk(food, Portion(litres, measure, ((food.food_id, mass_g),)))


def _drunk(food: Food, portion: Portion) -> Serving:
    ((_, mass_g),) = portion.ingredients
    amounts = {
        key: value * mass_g / 100 for key, value in food.per_100g.items() if value is not None
    }
    return _serving(portion, amounts, (food.price_usd_per_100g or 0.0) * mass_g / 100)


def _serving(portion: Portion, amounts: Mapping[str, float], cost_usd: float) -> Serving:
    keys = tuple(known_nutrients())
    return Serving(
        portion=portion,
        amounts=np.array([amounts.get(key, 0.0) for key in keys]),
        unknown_g=np.zeros(len(keys)),
        food_g=0.0,  # neither a pill nor a drink beside is food whose figures must be known
        cost_usd=cost_usd,
    )
