"""Small changes of one recipe, whose sums a reader can do by hand."""

import pytest

from foods.embedded import read_embedded_foods
from planner.document.terminal import as_plain
from planner.export.dish import improved_recipe_told
from planner.improve.recipe import GivenRecipe, improve_recipe, read_recipe_changes

FOODS = read_embedded_foods()
LASAGNE = GivenRecipe(
    "Lasagne",
    4,
    {"pasta_cooked": 400.0, "ground_beef_lean_cooked": 300.0, "mozzarella_part_skim": 200.0},
)


def texts(found):
    return [row.text for row, _ in found.changes]


def test_a_recipe_stays_what_it_is_and_gains_magnesium():
    found = improve_recipe(LASAGNE, FOODS)
    assert "whole-wheat pasta" in texts(found)[0]
    # 100 g of pasta a serving: 54 mg instead of 18
    alone = found.changes[0][1]["magnesium_mg"] - found.before["magnesium_mg"]
    assert alone == pytest.approx(36, abs=1)
    assert found.together["magnesium_mg"] > found.before["magnesium_mg"] + 36
    assert 2 <= len(found.changes) <= 3


def test_less_cheese_comes_only_where_calcium_is_still_too_much():
    assert any(row.is_last for row, _ in improve_recipe(LASAGNE, FOODS).changes)
    lean = GivenRecipe("Bake", 4, {**LASAGNE.masses, "mozzarella_part_skim": 10.0})
    assert not any(row.is_last for row, _ in improve_recipe(lean, FOODS).changes)


def test_a_share_of_the_meat_goes_and_as_much_comes():
    row = next(one for one in read_recipe_changes() if "lentils" in one.text)
    made = row.made(LASAGNE)
    assert made["lentils_cooked"] == pytest.approx(99.9)  # 0.333 of 300 g
    assert made["ground_beef_lean_cooked"] == pytest.approx(200.1)
    assert not row.fits(LASAGNE, FOODS, {"lentils_cooked"})  # nothing comes that is avoided


def test_every_food_of_the_changes_exists():
    for row in read_recipe_changes():
        named = {*row.gone, *row.comes, *row.adds}
        assert all(one in FOODS for one in named), named


def test_before_and_after_stand_in_rows_and_what_was_not_read_is_named():
    lost = GivenRecipe("Lasagne", 4, LASAGNE.masses, ("1 jar of Zorbly",))
    text = as_plain(improved_recipe_told(improve_recipe(lost, FOODS)))
    assert "no food for sure: 1 jar of Zorbly." in text
    assert "as written" in text
    assert "with all changes" in text
    assert "(400 g in all)" in text
