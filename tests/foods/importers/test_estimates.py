"""Our estimates follow the rules file and never replace a release's figure."""

import tomllib
from dataclasses import replace

from foods.embedded import read_data_text
from foods.importers.estimates import Subject, estimate_amounts

RULES = tomllib.loads(read_data_text("estimates.toml"))
YOGURT = Subject(
    food_id="moon_yogurt",
    group="yogurt",
    release="sr28",
    origin=frozenset({"dairy", "plant"}),
    flags=frozenset({"added_sugar"}),
    amounts={"sugars_g": 19.0, "niacin_mg": 0.1, "protein_g": 4.0, "calcium_mg": 150.0},
    tryptophan_g=None,
)


def test_fruit_yogurt_has_the_sugars_above_its_own_added():
    # 19.0 g less the 4.7 g that plain yogurt brings
    assert estimate_amounts(YOGURT, RULES)["added_sugars_g"] == (14.3, "added_of_sugars")


def test_without_tryptophan_protein_tells_the_niacin():
    # 0.1 mg + 4.0 g x 0.18 mg
    assert estimate_amounts(YOGURT, RULES)["niacin_ne_mg"] == (0.82, "niacin_from_protein")


def test_a_food_without_dairy_has_no_lactose():
    plant = replace(YOGURT, origin=frozenset({"plant"}))
    assert estimate_amounts(plant, RULES)["lactose_g"] == (0.0, "no_dairy_no_lactose")


def test_a_figure_of_the_release_is_left_alone():
    known = replace(YOGURT, amounts={**YOGURT.amounts, "lactose_g": 3.0})
    assert "lactose_g" not in estimate_amounts(known, RULES)


def test_unknown_sugars_leave_added_sugars_unknown():
    unknown = replace(YOGURT, amounts={"protein_g": 4.0})
    found = estimate_amounts(unknown, RULES)
    assert "added_sugars_g" not in found
    assert "niacin_ne_mg" not in found


def test_calcium_of_a_fortified_drink_counts_above_what_the_drink_has_by_itself():
    drink = replace(YOGURT, group="plant_drink", flags=frozenset({"ca_fortified"}))
    # 150 mg less the 10 mg of an unfortified plant drink
    assert estimate_amounts(drink, RULES)["calcium_added_mg"] == (140.0, "above_unfortified")
