"""The tiny kitchen with something beside its meals: a pill that is taken, others to choose from."""

from dataclasses import replace

from planner.candidates.candidate import Candidate
from planner.meals.rules import Place
from planner.targets.target import Target
from tests.kitchen import TARGETS, serving, tiny_candidates, tiny_input, traits

TAKEN = Place("supplement.taken_1", "supplement", True, (), (), ())
MAGNESIUM = Place("supplement.magnesium", "supplement", False, (), (), ())
LEVEL = Target("magnesium_mg", "mg", None, 250.0, "day", "supplement", True, "test", "policy")


def pill(magnesium_mg, calcium_mg=0.0, servings=1.0):
    amounts = (0, 0, 0, 0, magnesium_mg, calcium_mg, 0)
    return serving(0, amounts, servings, food_g=0.0, bases_g={}, cost_usd=0.0)


TAKEN_PILL = Candidate(
    "taken_1", "calcium_citrate_tetrahydrate", "Calcium citrate, taken already",
    ("supplement.taken_1",), traits(kind="taken", is_dish=False, most_per_week=7),
    (pill(0.0, 200.0),),
)  # fmt: skip
# doses as foods/data/supplements.csv has them: multiples of the smallest one, 100 mg
CHOICE = Candidate(
    "citrate", "trimagnesium_dicitrate_anhydrous", "Magnesium citrate, added",
    ("supplement.magnesium",), traits(kind="supplement", is_dish=False, most_per_week=7),
    (pill(100.0), pill(150.0, servings=1.5), pill(200.0, servings=2.0)),
)  # fmt: skip


def input_with_pills(*pills, weekend=(False, True), **changes):
    """The tiny kitchen with ``pills`` (candidates) on their places, and an upper level on them."""
    plain = tiny_input(weekend=weekend)
    known = {one.place_id: one for one in (TAKEN, MAGNESIUM)}
    places = [known[one.places[0]] for one in pills]
    every = (*tiny_candidates().candidates, *pills)
    usual = {
        "candidates": replace(tiny_candidates(), candidates=every),
        "rules": replace(plain.rules, places=(*plain.rules.places, *places)),
        "targets": (*TARGETS, LEVEL),
    }
    return tiny_input(weekend=weekend, **(usual | changes))
