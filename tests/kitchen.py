"""A tiny kitchen for the model: eight things to eat, whose sums a reader can do by hand."""

from dataclasses import replace

import numpy as np

from foods.openings import PARTS
from planner.candidates.candidate import Candidate, CandidateSet, Serving, Traits
from planner.candidates.names import Meaning
from planner.candidates.servings import Portion
from planner.meals.rules import MealRules, Place, read_meal_rules
from planner.model.input import ModelInput, Wishes
from planner.model.sold import Sold
from planner.model.variety import Frequency
from planner.request.request import Weights
from planner.safety.stops import food_caps
from planner.targets.clinical import ClinicalRules
from planner.targets.target import Target

NUTRIENTS = (
    "energy_kcal",
    "protein_g",
    "fat_g",
    "carbohydrate_g",
    "magnesium_mg",
    "calcium_mg",
    "vitamin_d_ug",
)
PLACES = (
    Place("breakfast.main", "breakfast", True, ("breakfast",), (), ()),
    Place("lunch.main", "lunch", True, ("main",), (), ()),
    Place("lunch.starch", "lunch", False, (), ("starch",), ()),
    Place("dinner.main", "dinner", True, ("main",), (), ()),
    Place("dinner.starch", "dinner", False, (), ("starch",), ()),
    Place("dinner.finish", "dinner", False, ("dessert",), ("fruit",), ()),
    Place("snack.first", "snack", True, ("snack",), ("fruit",), ()),
    Place("snack.second", "snack", False, (), ("nut_seed",), ()),
)


def traits(**changes) -> Traits:
    usual = {
        "kind": "main", "protein": "none", "starch": "none", "kitchens": frozenset(),
        "minutes": 30, "active_minutes": 10, "grade": 1, "is_dish": True,
        "is_leftover": False, "keeps_days": 0,
    }  # fmt: skip
    return Traits(**(usual | changes))


GROUPS = {"milk": "milk", "bread": "bread", "rice": "whole_grains"}


def serving(mass_g: float, amounts: tuple[float, ...], servings: float = 1.0, **changes) -> Serving:
    """One portion; ``amounts`` in the order of ``NUTRIENTS``."""
    food = changes.pop("food", "thing")
    usual = {
        "unknown_g": np.zeros(len(NUTRIENTS)), "food_g": mass_g, "cost_usd": 1.0,
        "vegetables_g": 0.0, "fruit_g": 0.0, "dried_fruit_g": 0.0, "nuts_g": 0.0,
        "greens_g": 0.0, "greens_calcium_mg": 0.0, "brazil_nuts": 0.0,
        "bases_g": {food: mass_g},
    }  # fmt: skip
    portion = Portion(servings, f"{servings:g} serving", ((food, mass_g),))
    return in_groups(Serving(portion=portion, amounts=np.array(amounts), **(usual | changes)))


def in_groups(one: Serving, groups=GROUPS) -> Serving:
    """The portion with the mass of each group, by base → group."""
    held = {groups[base]: grams for base, grams in one.bases_g.items() if base in groups}
    return replace(one, groups_g=held)


WAYS = {
    "beans": "complete", "fish": "stew", "chard_pie": "complete", "rice": "rice", "roll": "roll",
}  # fmt: skip


def tiny_candidates() -> CandidateSet:
    mains = ("lunch.main", "dinner.main")
    unknown_d = np.array([0, 0, 0, 0, 0, 0, 50.0])
    found = (
        Candidate("beans.leftover", "beans", "Beans and rice", ("lunch.main",),
                  traits(protein="legume", starch="rice", is_leftover=True, keeps_days=1,
                         kitchens=frozenset({"latin"}), active_minutes=0),
                  (serving(400, (600, 25, 15, 90, 220, 300, 0), food="beans",
                           vegetables_g=150),)),
        Candidate("apple", "apple", "Apple", ("dinner.finish", "snack.first"),
                  traits(kind="food", is_dish=False),
                  (serving(100, (50, 0, 0, 14, 5, 6, 0), food="apple", fruit_g=100),)),
        Candidate("beans", "beans", "Beans and rice", mains,
                  traits(protein="legume", starch="rice", kitchens=frozenset({"latin"})),
                  (serving(400, (600, 25, 15, 90, 220, 300, 0), food="beans",
                           vegetables_g=150),)),
        Candidate("chard_pie", "chard_pie", "Chard pie", mains,
                  traits(protein="cheese", starch="pastry", grade=3,
                         active_minutes=40),
                  (serving(350, (550, 22, 28, 50, 120, 420, 1), food="chard", vegetables_g=200,
                           greens_g=100,
                           greens_calcium_mg=60),)),
        Candidate("fish", "fish", "Baked fish", mains, traits(protein="fish"),
                  (serving(300, (400, 35, 20, 20, 90, 120, 8), food="fish", vegetables_g=150,
                           unknown_g=unknown_d),)),
        Candidate("nuts", "nuts", "Brazil nuts", ("snack.second",),
                  traits(kind="food", is_dish=False),
                  (serving(30, (190, 4, 19, 4, 110, 48, 0), bases_g={"nuts": 30, "apple": 25},
                           nuts_g=30,
                           brazil_nuts=3),)),
        Candidate("porridge", "porridge", "Porridge", ("breakfast.main",),
                  traits(kind="breakfast", starch="oats", keeps_days=1,
                         is_kept=True),
                  (serving(300, (400, 15, 10, 60, 120, 300, 3), food="oats", fruit_g=80),
                   serving(450, (600, 22, 15, 90, 180, 450, 4.5), 1.5, food="oats", fruit_g=120))),
        Candidate("pudding", "pudding", "Pudding", ("dinner.finish", "snack.first"),
                  traits(kind="dessert",
                         minutes=60),
                  (serving(150, (200, 6, 5, 30, 30, 180, 1), food="milk"),)),
        Candidate("rice", "rice", "Rice", ("lunch.starch", "dinner.starch"),
                  traits(kind="food", starch="rice", is_dish=False,
                         kitchens=frozenset({"east_asian"})),
                  (serving(200, (250, 5, 1, 55, 40, 10, 0), food="rice"),)),
        Candidate("roll", "roll", "Bread roll", ("lunch.starch",),
                  traits(kind="food", starch="bread", is_dish=False),
                  (serving(50, (130, 5, 2, 24, 40, 50, 0), food="bread"),)),
    )  # fmt: skip
    told = [
        replace(one, traits=replace(one.traits, served=WAYS.get(one.source_id, "")))
        for one in found
    ]
    return CandidateSet(tuple(told), (), NUTRIENTS)


def band(nutrient, lower=None, upper=None, period="day", hard=True, **changes) -> Target:
    unit = {"ca_mg_ratio": "ratio"}.get(nutrient, nutrient.rsplit("_", 1)[-1])
    unit = "percent" if nutrient.endswith("pct_energy") else unit
    return Target(nutrient, unit, lower, upper, period, "total", hard, "test", "policy", **changes)


TARGETS = (
    band("energy_kcal", 1500, 2300, preferred_lower=1700, preferred_upper=2100),
    band("energy_kcal", 1600, 2200, period="week"),
    band("magnesium_mg", 320),
    band("calcium_mg", 1000, period="week"),
    band("ca_mg_ratio", 1.0, 3.0, preferred_lower=1.2, preferred_upper=2.0),
    band("ca_mg_ratio", 1.0, 2.5, period="week"),
    band("fat_pct_energy", 13, 42),
    band("fat_pct_energy", 20, 35, period="week"),
    band("vitamin_d_ug", 15, period="week", hard=False),
)
CHARD = Meaning("chard pie", frozenset(), frozenset({"chard_pie"}))
FISH = Meaning("fish", frozenset({"fish"}))


def sold(keeps, home=()) -> dict[str, Sold]:
    """The packages of the tiny kitchen, which keep so many days once opened; the others longer.

    Of some, half of one is at ``home``.
    """
    names = ("fish", "beans", "chard", "milk")
    half = dict.fromkeys(home, PARTS // 2)
    return {name: Sold("fridge", 0.0, keeps.get(name), half.get(name, 0)) for name in names}


def tiny_input(weekend=(False, True), **changes) -> ModelInput:
    """The tiny kitchen with thresholds that fit it; ``changes`` replace fields."""
    shipped = read_meal_rules()
    small = {
        "meal_energy": {
            "breakfast": [0.1, 0.5], "lunch": [0.1, 0.5], "dinner": [0.1, 0.6], "snack": [0.0, 0.4],
        },
        "servings": {**shipped.rules["servings"], "usual": 1.0},
    }  # fmt: skip
    usual = {
        "targets": TARGETS,
        "candidates": tiny_candidates(),
        "rules": MealRules(PLACES, {**shipped.rules, **small}),
        "caps": {cap.cap_id: cap for cap in food_caps()},
        "wishes": Wishes(
            frequencies=(Frequency(FISH, ">=", 4), Frequency(FISH, "<=", 6)),
            likes=((FISH, 2),),
            dislikes=((CHARD, 1),),
            min_days_between=((CHARD, 2),),
            budget_usd=70.0,
            max_minutes_weekday=45,
        ),
        "weights": Weights(),
        "weekend": weekend,
        "groups": {base: frozenset({group}) for base, group in GROUPS.items()},
        "constrained": ("magnesium_mg", "vitamin_d_ug"),
        "least_coverage": 0.9,
        "conservative": {
            "magnesium_mg": {"oats": 30.0, "fish": 20.0, "beans": 50.0, "chard": 90.0}
        },
        "clinical": ClinicalRules(
            daily_spread={"magnesium_mg": 0.4},
            meal_upper={"vitamin_d_ug": 9.0},
            meal_carbohydrate_spread_g=160.0,
        ),
        # packages: fish 1.2, beans 0.625, chard 0.7, porridge and pudding 0.3 and 0.15 of the milk
        "packages": {
            "fish": ("fish", 1 / 250), "beans": ("beans", 1 / 640), "chard": ("chard", 1 / 500),
            "oats": ("milk", 1 / 1000), "milk": ("milk", 1 / 1000),
        },
        "sold": sold({"beans": 0, "milk": 1}),
    }  # fmt: skip
    return ModelInput(**(usual | changes))


def plates_input(weekend=(False, True)) -> ModelInput:
    """The tiny kitchen with a salad and a glass of milk as well."""
    source = tiny_input(weekend)
    glass = (serving(240, (110, 8, 3, 12, 27, 300, 3), food="glass"),)
    leaves = (serving(100, (60, 1, 5, 3, 20, 40, 0), food="lettuce", vegetables_g=100),)
    drunk = traits(kind="food", is_dish=False)
    side = traits(kind="side", active_minutes=5, served="leaf")
    more = (
        Candidate("milk", "milk", "Milk", ("snack.second",), drunk, glass),
        Candidate("salad", "salad", "Green salad", ("dinner.vegetable",), side, leaves),
    )
    place = Place("dinner.vegetable", "dinner", False, ("side.salad",), (), ())
    groups = {**GROUPS, "beans": "legumes", "nuts": "nuts", "glass": "milk"}
    every = [
        replace(one, servings=tuple(in_groups(portion, groups) for portion in one.servings))
        for one in (*source.candidates.candidates, *more)
    ]
    return replace(
        source,
        candidates=CandidateSet(tuple(every), (), NUTRIENTS),
        rules=replace(source.rules, places=(*PLACES, place)),
        groups={base: frozenset({group}) for base, group in groups.items()},
    )
