"""Diaries of a few foods whose sums a reader can do by hand, held against targets."""

from dataclasses import replace

import pytest

from planner.diary.analysis import analyse_diary, judge_value
from planner.diary.diary import DiaryEntry
from planner.diary.sums import Coverage, diary_of_plan, take_in
from planner.safety.intake import SupplementIntake
from planner.targets.derive import targets_of
from tests.planner.diary.eaten import FOODS, WOMAN, diary, eaten, pill

FULL = Coverage(10, ())


def analysed(one, request=WOMAN):
    return analyse_diary(one, request, targets_of(request, for_plan=False), FOODS)


def found(analysis, nutrient, day=None, basis="total"):
    (one,) = [
        one
        for one in analysis.findings
        if (one.target.nutrient, one.target.basis, one.day) == (nutrient, basis, day)
    ]
    return one


def test_days_and_their_mean_are_sums_over_foods_and_pills():
    one = analysed(
        diary(
            [eaten("seeds", 40)],
            [eaten("cheese", 100), pill("magnesium citrate", "magnesium_mg", 100)],
        )
    )
    first, second = one.days
    assert first.totals["magnesium_mg"] == pytest.approx(200)  # 40 g at 5 mg/g
    assert second.totals["magnesium_mg"] == pytest.approx(130)  # 30 in cheese, 100 in the pill
    assert second.supplement_totals == {"magnesium_mg": 100}
    assert first.supplement_totals == {}
    assert one.mean.totals["magnesium_mg"] == pytest.approx(165)
    assert one.mean.supplement_totals == {"magnesium_mg": 50}


def test_the_ratio_of_several_days_is_sum_over_sum():
    one = analysed(diary([eaten("seeds", 40)], [eaten("cheese", 100)]))
    assert [day.ca_mg_ratio for day in one.days] == pytest.approx([20 / 200, 700 / 30])
    assert one.mean.ca_mg_ratio == pytest.approx(720 / 230)  # and no mean of 0.1 and 23.3


def test_a_food_without_a_figure_is_counted_and_named():
    one = analysed(diary([eaten("seeds", 40), eaten("salt", 5)]))
    assert one.mean.coverage["magnesium_mg"] == Coverage(2, ("salt",))
    assert one.mean.coverage["energy_kcal"].share == 1.0
    assert one.mean.coverage["magnesium_mg"].share == 0.5


def test_what_is_unmatched_lacks_every_figure_but_those_that_the_file_states():
    lost = DiaryEntry(2, "stew", "1 pot", "unmatched", "", "stew", stated={"magnesium_mg": 80.0})
    one = analysed(diary([eaten("seeds", 40), lost]))
    assert one.mean.totals["magnesium_mg"] == pytest.approx(280)
    assert one.mean.coverage["magnesium_mg"].without == ()
    assert one.mean.coverage["calcium_mg"].without == ("stew",)


def test_a_dish_has_a_figure_where_nearly_all_of_it_has():
    parts = (("seeds", 95.0), ("salt", 5.0))
    dish = DiaryEntry(2, "bread", "1", "dish", "bread", "bread", 100.0, parts)
    saltier = replace(dish, written="brine", ingredients=(("seeds", 80.0), ("salt", 20.0)))
    one = analysed(diary([dish, saltier]))
    assert one.mean.coverage["magnesium_mg"].without == ("brine",)


@pytest.mark.parametrize(
    ("value", "share_known", "holds"),
    [
        (400, 1.0, True),
        (200, 1.0, False),
        (400, 0.5, True),  # what is unknown only adds to it
        (200, 0.5, None),
        (None, 0.0, None),
    ],
)
def test_a_lower_bound_holds_where_what_is_known_is_enough(value, share_known, holds):
    target = targets_of(WOMAN).find("magnesium_mg", "day")
    coverage = Coverage(10, ("x",) * round(10 * (1 - share_known)))
    assert judge_value(replace(target, upper=None), value, coverage) is holds


@pytest.mark.parametrize(
    ("value", "lost", "holds"),
    [(3000, 0, False), (3000, 5, False), (1000, 0, True), (1000, 5, None)],
)
def test_an_upper_bound_that_is_exceeded_is_so_whatever_else_there_was(value, lost, holds):
    target = replace(targets_of(WOMAN).find("sodium_mg", "day"), lower=None, upper=2300.0)
    assert judge_value(target, value, Coverage(10, ("x",) * lost)) is holds


def test_a_ratio_is_not_judged_where_much_is_unknown():
    target = targets_of(WOMAN).find("ca_mg_ratio", "day")
    assert judge_value(target, 3.0, FULL) is False
    assert judge_value(target, 3.0, Coverage(10, ("x",) * 2)) is None


def test_magnesium_of_pills_counts_against_the_upper_level_and_that_of_food_does_not():
    one = analysed(diary([eaten("seeds", 200), pill("magnesium oxide", "magnesium_mg", 400)]))
    total, pills = found(one, "magnesium_mg", 1), found(one, "magnesium_mg", 1, "supplement")
    assert (total.value, total.holds) == (pytest.approx(1400), True)
    assert (pills.value, pills.holds) == (400, False)
    assert pills.share == pytest.approx(400 / 350)
    assert any(advice.code == "above_upper_level" for advice in one.advice)


def test_what_is_taken_each_day_is_added_once():
    taken = replace(WOMAN, supplements=(SupplementIntake("magnesium citrate", 100),))
    without = analysed(diary([eaten("seeds", 40)], [eaten("seeds", 40)]), taken)
    assert without.mean.totals["magnesium_mg"] == pytest.approx(300)
    own = analysed(
        diary([eaten("seeds", 40), pill("magnesium citrate", "magnesium_mg", 50)]), taken
    )
    assert own.mean.totals["magnesium_mg"] == pytest.approx(250)
    assert any("not once more" in note for note in own.notes)


def test_calcium_pills_that_lift_the_ratio_above_four_are_said_with_their_source():
    one = analysed(diary([eaten("seeds", 40), pill("calcium carbonate", "calcium_mg", 1500)]))
    (advice,) = [one for one in one.advice if one.code == "ratio_above_4"]
    assert "7.6 is above 4" in advice.text  # 1,520 to 200
    assert advice.source
    assert "calcium_pills_above_4" in {each.code for each in one.advice}


def test_a_day_with_little_energy_is_asked_about():
    one = analysed(diary([eaten("seeds", 40)], [eaten("seeds", 300)]))
    asked = [each.text for each in one.advice if each.code == "little"]
    assert len(asked) == 1
    assert asked[0].startswith("Day 1: 220 kcal")


def test_a_match_whose_energy_is_far_from_what_the_file_says_is_asked_about():
    same = replace(eaten("seeds", 40), stated={"energy_kcal": 230.0})
    other = replace(eaten("cheese", 40), line=7, stated={"energy_kcal": 40.0})
    asked = [each for each in analysed(diary([same, other])).advice if each.code == "apart"]
    assert len(asked) == 1
    assert "Row 7, cheese" in asked[0].text


def test_sources_are_ranked_by_what_they_bring():
    one = analysed(diary([eaten("cheese", 100), eaten("seeds", 40), eaten("seeds", 10)]))
    first, second = one.sources["magnesium_mg"]
    assert (first.name, first.amount, first.share) == ("Seeds", 250, pytest.approx(250 / 280))
    assert second.name == "Cheese"


def test_the_days_of_a_plan_add_up_as_if_they_were_eaten(two_days_of_seeds):
    one = take_in(diary_of_plan(two_days_of_seeds, "plan.json").days, FOODS)
    assert one.totals["magnesium_mg"] == pytest.approx(250)


@pytest.fixture
def two_days_of_seeds():
    from planner.plan.plan import Day, Meal
    from tests.plates import item

    return [
        Day(number, None, (Meal("snack", (item("Mix", {"seeds": grams}, "food"),)),), {}, None, 0.0)
        for number, grams in ((1, 40.0), (2, 60.0))
    ]


def test_magnesium_lies_in_a_span_where_amounts_are_guessed():
    vague = replace(eaten("seeds", 60), is_usual_amount=True)  # 40 to 80 g, 5 mg/g
    one = analysed(diary([vague, eaten("cheese", 100)], [eaten("cheese", 100)]))
    first, second = one.days
    assert first.magnesium_span == pytest.approx((230, 430))
    assert second.magnesium_span == ()
    assert one.mean.magnesium_span == pytest.approx((130, 230))
