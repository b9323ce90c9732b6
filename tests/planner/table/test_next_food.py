"""Helpings that help a day: ranked by what they close, and none that breaks a limit."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.check.amounts import find_amount
from planner.diary.analysis import analyse_diary
from planner.diary.sums import with_food
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.table.next_food import rank_next
from planner.targets.derive import targets_of
from tests.planner.diary.eaten import WOMAN, diary, eaten

FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()
DAY = (  # much milk and cheese: calcium at almost four times the magnesium
    eaten("rolled_oats", 40), eaten("milk_lowfat", 366), eaten("banana", 118),
    eaten("bread_whole_wheat", 64), eaten("cheddar", 57), eaten("salmon_cooked", 142),
    eaten("brown_rice_cooked", 200), eaten("broccoli_cooked", 156), eaten("yogurt_lowfat", 245),
)  # fmt: skip


def ranked(request=WOMAN, *more, day=DAY):
    written = diary([*day, *more])
    analysis = analyse_diary(written, request, targets_of(request, for_plan=False), FOODS)
    return analysis, rank_next(analysis, 1, FOODS, DISHES)


def wished(**preferences):
    return replace(WOMAN, preferences=Preferences(**preferences))


def ids(found):
    return [offer.food.food_id for offer in found.offers]


def test_seeds_come_first_for_a_day_of_milk_and_cheese():
    _, found = ranked()
    assert ids(found)[0] == "pumpkin_seeds"
    assert [offer.points for offer in found.offers] == sorted(
        (offer.points for offer in found.offers), reverse=True
    )
    assert len({offer.food.base for offer in found.offers}) == len(found.offers)


def test_each_figure_is_what_the_judge_finds_with_that_food_on_the_day():
    analysis, found = ranked()
    for offer in found.offers:
        table = with_food(analysis.days[0].table, offer.food.food_id, offer.mass_g, 1)
        for key in ("magnesium_mg", "calcium_mg", "energy_kcal", "ca_mg_ratio"):
            value = find_amount(table, key, "total", None).value
            assert getattr(offer.after, key) == pytest.approx(value)
        own_usd = offer.mass_g * offer.food.price_usd_per_100g / 100
        assert offer.after.cost_usd - found.before.cost_usd == pytest.approx(own_usd)


def test_no_offer_takes_a_hard_target_out_of_its_band_or_further_out():
    analysis, found = ranked()
    before = analysis.days[0].table
    assert found.offers
    for offer in found.offers:
        after = with_food(before, offer.food.food_id, offer.mass_g, 1)
        for target in analysis.targets.targets:
            if not target.hard or target.upper is None or target.period != "day":
                continue
            old, new = (
                find_amount(table, target.nutrient, target.basis, None).value
                for table in (before, after)
            )
            assert new <= max(target.upper, old) * (1 + 1e-9), (offer.food.food_id, target.nutrient)


@pytest.mark.parametrize(
    ("request_", "out"),
    [
        (wished(without=("seeds",)), "pumpkin_seeds"),
        (wished(without=("sesame",)), "tahini"),
        (wished(per_week=(FrequencyRule("pumpkin seeds", "<=", 0),)), "pumpkin_seeds"),
    ],
)
def test_what_is_left_out_or_limited_is_not_offered(request_, out):
    assert out in ids(ranked()[1])
    assert out not in ids(ranked(request_)[1])


def test_a_vegan_is_offered_plants_alone():
    _, found = ranked(wished(diet="vegan"), day=(eaten("white_rice_cooked", 300),))
    assert found.offers
    assert all(offer.food.origin == {"plant"} for offer in found.offers)


def test_nobody_is_offered_food_for_whom_no_plan_is_made():
    sick = PlanRequest(Profile(sex="f", age_y=60, egfr=20, conditions=("kidney disease",)))
    _, found = ranked(sick)
    assert found.offers == ()
    assert "kidney clinic" in found.why
