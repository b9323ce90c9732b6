"""Less salt in the pot where sodium is tight, and the usual food where nobody avoids it."""

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.as_cooked import ALL, salt_note, salt_share, with_salt, with_usual
from planner.candidates.dish import read_embedded_dishes
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.table.choice import cooked_for
from planner.targets.derive import targets_of
from tests.kitchen import band
from tests.one_eater import plan_meals

FOODS = read_embedded_foods()


@pytest.mark.parametrize(("most_mg", "kcal", "share"), [(2300, 2000, ALL), (1500, 2000, 0.5)])
def test_sodium_is_tight_where_little_of_it_is_left_for_the_energy(most_mg, kcal, share):
    # 2300 mg of 2000 kcal are 1.15 mg per kcal, 1500 mg are 0.75; tight is below 0.9
    assert salt_share([band("sodium_mg", upper=most_mg)], kcal) == share


def test_who_has_no_most_of_sodium_is_cooked_for_as_written():
    assert salt_share([band("sodium_mg", lower=1500)], 3000) == ALL


def test_half_of_the_salt_leaves_every_other_line_as_it_was():
    dishes = read_embedded_dishes()
    for dish, less in zip(dishes, with_salt(dishes, 0.5), strict=True):
        for line, one in zip(dish.ingredients, less.ingredients, strict=True):
            share = 0.5 if line.food_id == "salt" else 1.0
            assert one.mass_g == pytest.approx(line.mass_g * share)
            assert (one.measure == line.measure) == (share == 1.0)
    assert with_salt(dishes, ALL) is dishes


def test_a_plan_with_high_blood_pressure_says_so_and_holds_half_of_the_salt():
    who = Profile("f", 60, conditions=("hypertension",))
    report = plan_meals(PlanRequest(who))
    assert report.check.passed
    assert salt_note(0.5)[0] in report.notes
    dishes = {dish.dish_id: dish for dish in read_embedded_dishes()}
    salted = [
        (dict(item.ingredients)["salt"], item.servings, dishes[item.item_id])
        for day in report.plan.days
        for item in day.items()
        if "salt" in dict(item.ingredients) and item.kind == "dish"
    ]
    assert salted
    for mass_g, servings, dish in salted:
        whole_g = sum(x.mass_g for x in dish.ingredients if x.food_id == "salt")
        assert mass_g <= whole_g * servings / dish.servings * 0.5 + 0.1


def test_the_targets_of_a_usual_woman_leave_her_the_salt():
    targets = targets_of(PlanRequest(Profile("f", 47)))
    assert salt_share(targets.targets, targets.energy.kcal) == ALL


def foods_of(report):
    return {
        food for day in report.plan.days for item in day.items() for food, _ in item.ingredients
    }


def test_where_nobody_avoids_gluten_the_usual_food_stands_in_its_place():
    dishes = read_embedded_dishes()
    free = {"tamari", "rolled_oats_gluten_free", "oatmeal_gluten_free_cooked"}
    usual = with_usual(dishes, frozenset())
    assert free <= {line.food_id for dish in dishes for line in dish.ingredients}
    assert not free & {line.food_id for dish in usual for line in dish.ingredients}
    told = " ".join(step for dish in usual for step in dish.steps).lower()
    assert "tamari" not in told
    assert "gluten-free oats" not in told


def test_what_somebody_at_the_table_leaves_out_takes_no_ones_place():
    dishes = read_embedded_dishes()
    every = {row["usual"] for row in read_settings("dishes.toml")["usual"]}
    assert with_usual(dishes, frozenset(every)) == dishes


def test_who_drinks_milk_has_it_in_porridge_and_a_soup_of_soy_drink_stays_one():
    usual = {dish.dish_id: dish for dish in with_usual(read_embedded_dishes(), frozenset())}
    rings, kinds = usual["oat_rings_banana_soy"], ("breakfast", "snack", "dessert")
    assert rings.name == "Toasted oat rings with milk and banana"
    assert "milk_lowfat" in {line.food_id for line in rings.ingredients}
    assert not any("soy drink" in step for step in rings.steps)
    drinks = {"soy_drink", "soy_drink_unsweetened", "oat_drink", "rice_drink"}
    left = [one for one in usual.values() if drinks & {line.food_id for line in one.ingredients}]
    assert left
    assert not [one.dish_id for one in left if one.kind in kinds]


def test_a_vegan_at_the_table_keeps_soy_drink_in_the_porridge_of_all():
    bea = PlanRequest(Profile("f", 35), preferences=Preferences(diet="vegan"))
    asked = {"Ann": PlanRequest(Profile("f", 41)), "Bea": bea}
    dishes = {one.dish_id: one for one in cooked_for(asked, FOODS, read_embedded_dishes())}
    held = {line.food_id for line in dishes["oat_rings_banana_soy"].ingredients}
    assert "soy_drink_unsweetened" in held


def test_a_week_without_gluten_holds_none_and_a_usual_one_no_food_free_from_it():
    free = plan_meals(PlanRequest(Profile("f", 41), preferences=Preferences(without=("gluten",))))
    usual = plan_meals(PlanRequest(Profile("f", 41)))
    assert free.check.passed
    assert usual.check.passed
    assert not any("gluten" in FOODS[one].allergens for one in foods_of(free))
    assert not {"tamari", "rolled_oats_gluten_free"} & foods_of(usual)
