"""What a reader must know about supplements, water and drinks in a plan, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from foods.nutrient import convert, known_nutrients
from foods.supplement import Supplement, find_supplement
from foods.table import FoodTable
from planner.plan.guests import amount_in_words as servings_in_words
from planner.plan.plan import Day, Item, Plan
from planner.plan.shares import sum_amounts
from planner.request.request import PlanRequest
from planner.safety.gate import OWN_STANDARD_CAPPED
from planner.safety.intake import (
    CALCIUM_PILLS,
    READ_LEAFLET,
    WEEKS_TO_NORMAL,
    is_said_of,
    magnesium_pills,
    who_advises,
)
from planner.safety.sentences import ALLOWED, read_sentences, say
from planner.shops import named
from planner.targets.taken import judge_request
from planner.targets.target import name_of, said_on, said_unit, said_within
from planner.wording import lowered

WATER_GROUP = "water"
MAGNESIUM, FOLIC_ACID = "magnesium_mg", "folic_acid_ug"
_WATER_MINERALS = (MAGNESIUM, "calcium_mg", "sodium_mg")
_OF_CUPS = ("caffeine_mg", MAGNESIUM, "calcium_mg", "energy_kcal")
COST_WITH_ADDED = "The cost counts what the plan adds in supplements, not what is taken already."
COST_OF_FOOD = "The cost counts food, not the supplements that are taken already."
FOOD_FELL_SHORT = (
    "No plan was found with food alone, so magnesium is added: food comes first, and a pill where "
    "it falls short."
)
NONE_ADDED = "No supplement is added: food meets the targets, or gets closer to them at lower cost."


OF_COMPOUND = "{amount} of {name}, which is {mass:,.0f} mg of the compound"
ONE_DOSE = "{amount}; one dose, with {meals}."
DOSES = "{amount}; {count} doses, with {meals}."
APART_DOSE = "{amount}; one dose, at the hour that keeps it apart from medicines."
APART_DOSES = "{amount}; {count} doses, at the hours that keep them apart from medicines."
NO_MAGNESIUM_ADDED = "No supplement of magnesium is added."
NO_PILL_ADDED = "No supplement is added."
WATER_BRINGS = "{name}, {words} a day, brings {brings}."
NO_FIGURE = (
    "{food}: its {name} is in no table here, so the {name} of the plan is without it; read the "
    "label."
)


@dataclass(frozen=True, slots=True)
class DailyPills:
    """What a day holds of one supplement.

    Parameters
    ----------
    name
        Its name, with whether it is taken already or added.
    compound
        The compound.
    amount
        Amount of its nutrient a day [the nutrient's unit].
    slots
        Meals with which a dose is taken.
    is_added
        Whether the plan adds it, rather than that it is taken already.
    """

    name: str
    compound: Supplement
    amount: float
    slots: tuple[str, ...]
    is_added: bool


def pills_of(day: Day) -> tuple[DailyPills, ...]:
    """Return the supplements of a day, each with all of its doses."""
    found: dict[str, list[tuple[str, Item]]] = {}
    for meal, item in day.served():
        if item.is_supplement:
            found.setdefault(f"{item.item_id} {item.name}", []).append((meal.slot, item))
    return tuple(_daily(doses) for doses in found.values())


def amount_in_words(pills: DailyPills) -> str:
    """Describe the amount of a day: ``"Magnesium citrate, added: 200 mg a day"``."""
    nutrient = pills.compound.nutrient
    return f"{named(pills.name)}: {float(pills.amount):.4g} {said_unit(nutrient)} a day"


def added_supplements(plan: Plan) -> tuple[str, ...]:
    """Name what the plan adds: ``"vitamin D3 10 µg a day"``."""
    words = []
    for pills in pills_of(plan.days[0]):
        if pills.is_added:
            unit = said_unit(pills.compound.nutrient)
            label, amount = lowered(named(pills.compound.label)), float(pills.amount)
            words.append(f"{label} {amount:.4g} {unit} a day")
    return tuple(words)


def notes_beside_meals(plan: Plan, request: PlanRequest, foods: FoodTable) -> tuple[str, ...]:
    """Return the notes on what is taken and drunk beside the meals, and on what is not added."""
    notes = [
        *(_pill_note(pills, request) for pills in pills_of(plan.days[0])),
        *_folic_acid_note(plan),
        *_gate_notes(request, _added_compounds(plan)),
        *_advice_notes(request, _added_compounds(plan)),
        *_price_note(plan),
        *_water_notes(plan, foods),
        *_cup_notes(plan, foods),
        *_named_notes(plan, request, foods),
    ]
    return tuple(dict.fromkeys(notes))


def _named_notes(plan: Plan, request: PlanRequest, foods: FoodTable) -> Iterator[str]:
    """Name the foods of the plan that a condition wants to be named: phosphate is added to them."""
    flags = {flag for effect in request.patient.effects for flag in effect.named}
    eaten = {food_id for day in plan.days for food_id, _ in day.ingredients()}
    for flag in sorted(flags):
        names = sorted({foods[food_id].name for food_id in eaten if flag in foods[food_id].flags})
        if names:
            yield say(f"named_{flag}", names=", ".join(names))


def _added_compounds(plan: Plan) -> frozenset[Supplement]:
    every = (pills for day in plan.days for pills in pills_of(day))
    return frozenset(daily_pills.compound for daily_pills in every if daily_pills.is_added)


def _daily(doses: list[tuple[str, Item]]) -> DailyPills:
    item = doses[0][1]
    compound = find_supplement(item.item_id)
    amount = sum(dose.nutrients.get(compound.nutrient) or 0.0 for _, dose in doses)
    slots = tuple(slot for slot, _ in doses)
    return DailyPills(item.name, compound, amount, slots, item.is_added)


def _pill_note(pills: DailyPills, request: PlanRequest) -> str:
    """Describe a supplement's amount and form, and which meals it goes with, or apart from what."""
    unit = known_nutrients()[pills.compound.nutrient].unit
    mass_mg = pills.compound.compound_mg(convert(pills.amount, unit, "mg"))
    meals = " and ".join(pills.slots)
    amount = amount_in_words(pills)
    if mass_mg is not None:
        amount = OF_COMPOUND.format(
            amount=amount, name=said_within(pills.compound.nutrient), mass=float(mass_mg)
        )
    one, more = (APART_DOSE, APART_DOSES) if request.patient.medicines else (ONE_DOSE, DOSES)
    doses = one if len(pills.slots) == 1 else more
    return doses.format(amount=amount, count=len(pills.slots), meals=meals)


def _folic_acid_note(plan: Plan) -> Iterator[str]:
    """Describe why folic acid of pills is not counted as folate."""
    taken = [pill for pill in pills_of(plan.days[0]) if pill.compound.nutrient == FOLIC_ACID]
    if taken:
        amount_ug = sum(daily_pills.amount for daily_pills in taken)
        dfe_per_ug = read_sentences()["folic_acid_beside_folate"].figures["dfe_per_ug"]
        yield say("folic_acid_beside_folate", amount_ug=amount_ug, dfe_ug=dfe_per_ug * amount_ug)


def _gate_notes(request: PlanRequest, compounds: frozenset[Supplement]) -> Iterator[str]:
    """Describe why nothing is added where something might be, and what is to be asked first."""
    if not (request.supplements or request.allow_supplements):
        return
    verdict = judge_request(request)
    asked = [finding.text for finding in verdict.findings if finding.verdict != ALLOWED]
    none = NO_MAGNESIUM_ADDED if ALLOWED in verdict.nutrients.values() else NO_PILL_ADDED
    if request.allow_supplements and not verdict.is_allowed:
        yield "{none} {asked}".format(none=none, asked=" ".join(asked))
    elif asked:
        yield "About what is taken already: {asked}".format(asked=" ".join(asked))
    elif request.allow_supplements and not compounds:
        yield NONE_ADDED
    told = {CALCIUM_PILLS, *([OWN_STANDARD_CAPPED] if request.allow_supplements else [])}
    yield from (finding.text for finding in verdict.findings if finding.code in told)


def _advice_notes(request: PlanRequest, compounds: frozenset[Supplement]) -> Iterator[str]:
    """Describe what goes with what is added, and how long magnesium takes."""
    added = {compound.nutrient for compound in compounds}
    if added:
        yield say(READ_LEAFLET)
    if MAGNESIUM in added:
        if request.food_falls_short:
            yield FOOD_FELL_SHORT
        yield say("absorbed_well")
        yield say("serum_test")
    salts = {compound.name for compound in compounds if compound.nutrient == MAGNESIUM}
    taken = magnesium_pills(request.supplements) if judge_request(request).is_allowed else ()
    if is_said_of(WEEKS_TO_NORMAL, salts.union(taken)):
        yield say(WEEKS_TO_NORMAL)
    if added and request.profile.state != "none":
        yield say("pills_in_pregnancy")
    for nutrient in sorted(added):
        if who := who_advises(nutrient):
            yield f"{said_on(nutrient)} is added: {who}. Ask before you take it."


def _price_note(plan: Plan) -> Iterator[str]:
    if any(item.is_added for item in plan.days[0].items()):
        yield COST_WITH_ADDED
    elif any(day.supplement_totals for day in plan.days):
        yield COST_OF_FOOD


def _water_notes(plan: Plan, foods: FoodTable) -> Iterator[str]:
    """Describe what the water brings, and what of it no table gives."""
    for item in plan.days[0].items():
        food = foods[item.item_id] if item.kind == "food" and item.item_id in foods else None
        if food is None or food.group != WATER_GROUP:
            continue
        brings = _amounts(item.nutrients, _WATER_MINERALS)
        yield WATER_BRINGS.format(name=named(food.name), words=item.measure, brings=brings)
        unknown = [key for key in _WATER_MINERALS if food.per_100g.get(key) is None]
        for key in unknown:
            yield NO_FIGURE.format(food=named(food.name), name=_lower(key))


def _cup_notes(plan: Plan, foods: FoodTable) -> Iterator[str]:
    """Describe what the cups of each drink bring in a day."""
    cups: dict[str, list[Item]] = {}
    for item in plan.days[0].items():
        if item.is_cup:
            cups.setdefault(item.name, []).append(item)
    for name, items in cups.items():
        brings = _amounts(sum_amounts(item.nutrients for item in items), _OF_CUPS)
        words = servings_in_words(items[0], sum(item.servings for item in items), foods)
        yield WATER_BRINGS.format(name=named(name), words=words, brings=brings)


def _amounts(nutrients: Mapping[str, float | None], keys: Sequence[str]) -> str:
    known = [(key, nutrients.get(key)) for key in keys]
    return ", ".join(
        f"{float(value):,.0f} {said_unit(key)} of {_lower(key)}"
        for key, value in known
        if value is not None
    )


def _lower(key: str) -> str:
    """Return the name of a nutrient as it stands within a sentence."""
    return name_of(key).lower()
