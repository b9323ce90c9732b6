"""Changes keep to diet, allergies, wishes and safety rules, and are held to what is asked for."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.servings import mass_per_food
from planner.check.foods import left_out_faults
from planner.diary.analysis import analyse_diary
from planner.diary.diary import DISH, Diary, DiaryEntry
from planner.document.terminal import as_plain
from planner.errors import ConfigError, RefusedError
from planner.export.improve import improvement_told
from planner.request.eater_tables import read_intake
from planner.request.override import TargetOverride
from planner.request.phrases import read_frequency
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.table.improve import improve_diary
from planner.targets.derive import targets_of
from tests.diaries import MAGNESIUM, all_dishes, asked_for, dash_days, improved
from tests.rows import rows

FIBRE = "fibre_g"


def improve(number, request, **more):
    foods = read_embedded_foods()
    return improve_diary(dash_days()[number], request, foods, all_dishes(), **more)


def foods_that_come(found):
    foods = read_embedded_foods()
    return {
        food_id: foods[food_id]
        for option in found.options
        for change in option.way.changes
        if change.come and (not change.gone or change.come.item_id != change.gone.item_id)
        for food_id, _ in change.come.ingredients
    }


def wishing(number, **wishes):
    return asked_for(number, preferences=Preferences(**wishes))


def test_a_vegan_gets_nothing_of_animals():
    come = foods_that_come(improve(6, wishing(6, diet="vegan")))
    assert come
    assert all(food.origin == {"plant"} for food in come.values())


def left_in(diary, request):
    """Give what a diary has that may not stay, by day and food."""
    foods = read_embedded_foods()
    return left_out_faults(
        analyse_diary(diary, request, targets_of(request), foods).mean.table,
        request.patient,
        request.preferences,
    )


@rows(__file__, "what_is_left_out_goes")
def test_what_is_left_out_goes_from_the_diary_in_every_way(wishes):
    soup = next(dish for dish in all_dishes() if dish.dish_id == "ezogelin_lentil_soup")
    lines = tuple((food_id, mass / soup.servings) for food_id, mass in mass_per_food(soup).items())
    own = DiaryEntry(0, soup.name, "1 serving", DISH, soup.dish_id, soup.name, 300.0, lines)
    (day,) = dash_days()[8].days
    first, *rest = day.meals
    first = replace(first, entries=(*first.entries, own))
    diary = Diary((replace(day, meals=(first, *rest)),), "dash")
    request = wishing(8, **wishes)
    found = improve_diary(diary, request, read_embedded_foods(), all_dishes())
    assert found.may_not_stay
    assert found.options
    assert not [*left_in(found.before.diary, request)]
    for option in found.options:
        assert not [*left_in(option.after.diary, request)]
    told = " ".join(as_plain(improvement_told(found)).split())
    assert all(text.split(" holds ")[0] in told for text in found.may_not_stay)


def test_what_is_disliked_much_comes_in_no_way():
    """Further ways and those that are not enough avoid what came before them, and brought it."""
    usual, few = improved(5), wishing(5, dislike={"pumpkin seeds": 3, "brown rice": 3})
    assert {"pumpkin_seeds", "pumpkin_seeds_roasted"} & set(foods_that_come(usual))
    come = foods_that_come(improve(5, few))
    assert come
    assert not [food_id for food_id in come if food_id.startswith(("pumpkin_seeds", "brown_rice"))]


def test_no_more_of_what_a_wish_limits():
    rule = read_frequency("nuts<=1")
    come = foods_that_come(improve(8, wishing(8, per_week=(rule,))))
    assert not {food.group for food in come.values()} & {"nuts"}


def test_kidney_disease_is_refused():
    profile = Profile(sex="f", age_y=60, egfr=25)
    with pytest.raises(RefusedError):
        improve(2, PlanRequest(profile))


def test_magnesium_pills_count_and_are_never_offered():
    pills = (read_intake("magnesium citrate:200mg_elemental"),)
    found = improve(2, asked_for(2, supplements=pills))
    plain = improved(2)
    gain = found.before.mean.totals[MAGNESIUM] - plain.before.mean.totals[MAGNESIUM]
    assert gain == pytest.approx(200.0)
    kinds = {change.come.kind for option in found.options for change in option.way.changes
             if change.come}  # fmt: skip
    assert kinds <= {"food", "dish"}


def test_a_bound_of_ones_own_is_met():
    more = asked_for(7, overrides=(TargetOverride(MAGNESIUM, 640.0, None),))
    found = improve(7, more)
    enough = [option for option in found.options if option.is_enough]
    assert enough
    assert all(option.after.mean.totals[MAGNESIUM] >= 640.0 for option in enough)


def test_another_target_is_met_where_it_is_named():
    plain = improved(8)
    assert not fibre_holds(plain.before)
    assert not all(fibre_holds(option.after) for option in plain.options if option.is_enough)
    enough = [one for one in improve(8, asked_for(8), meet=(FIBRE,)).options if one.is_enough]
    assert enough
    assert all(fibre_holds(option.after) for option in enough)


def fibre_holds(analysis):
    return all(finding.holds for finding in analysis.findings if finding.target.nutrient == FIBRE)


def test_a_name_without_a_target_is_a_fault():
    with pytest.raises(ConfigError, match="wood"):
        improve(1, asked_for(1), meet=("wood",))
