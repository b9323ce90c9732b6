"""Less salt in the pot where sodium is tight."""

from dataclasses import replace
from datetime import date

import pytest

from planner.candidates.as_cooked import ALL, salt_share, with_salt
from planner.candidates.dish import read_embedded_dishes
from planner.cli.options import build_request
from planner.export.meals import salt_told
from planner.request.phrases import read_target
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.targets.derive import targets_of
from tests.documents import make_week
from tests.kitchen import band
from tests.one_eater import as_text, plan_meals


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
    text = as_text(report)
    assert " ".join(text.split()).count("Salted lightly: half of the usual salt, since the") == 1
    assert text.index("Salted lightly") < text.index("How to make it")
    assert "Salted lightly" in as_text(report, 1)
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


def test_days_before_less_sodium_was_asked_for_were_cooked_with_the_usual_salt():
    bound = (read_target("sodium_mg<=1800"),)
    asked = build_request(days=2, start=date(2026, 11, 29), target=bound)
    week = replace(make_week(), request=asked)
    throughout = salt_told(week)
    assert throughout[0].startswith("Salted lightly: half")
    assert salt_told(week, 1) == throughout
    wanted = replace(asked.preferences, since={"sodium_mg": "2026-11-30"})
    week = replace(week, request=replace(asked, preferences=wanted))
    (later,) = salt_told(week)
    assert later.startswith("Salted lightly from 2026-11-30 on: half of the usual salt, since the")
    assert (salt_told(week, 1), salt_told(week, 2)) == ((), (later,))
