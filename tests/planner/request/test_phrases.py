import pytest

from foods.nutrient import known_nutrients
from planner.cli.options import build_request
from planner.errors import ConfigError, TargetsError
from planner.request.override import SHARE_KEYS, TargetOverride
from planner.request.phrases import (
    FrequencyRule,
    read_days_between,
    read_frequency,
    read_graded_name,
    read_macros,
    read_name,
    read_tap_water,
    read_target,
    read_target_key,
)


@pytest.mark.parametrize("text", ["fish >= 2", "fish>=2", " fish ≥ 2 ", "fish => 2"])
def test_a_frequency_is_read_with_or_without_blanks(text):
    assert read_frequency(text) == FrequencyRule("fish", ">=", 2)


@pytest.mark.parametrize("text", ["fish", "fish > 2", "fish = 2", ">= 2", "fish >= 2 >= 1"])
def test_another_form_of_frequency_is_refused_with_an_example(text):
    with pytest.raises(ConfigError, match='write "fish >= 2"'):
        read_frequency(text)


@pytest.mark.parametrize("count", ["-1", "2.5", "nan", "two", "43", "9" * 400])
def test_a_count_that_is_no_whole_number_in_range_is_refused(count):
    with pytest.raises(ConfigError, match="write a whole number from 0 to 42 servings"):
        read_frequency(f"fish >= {count}")


def test_a_like_without_grade_has_the_middle_one():
    assert read_graded_name("tofu") == ("tofu", 2)
    assert read_graded_name("brown rice:3") == ("brown rice", 3)


@pytest.mark.parametrize("text", ["tofu:0", "tofu:4", "tofu:", "tofu:much"])
def test_a_grade_beside_1_to_3_is_refused(text):
    with pytest.raises(ConfigError, match="whole number from 1 to 3"):
        read_graded_name(text)


def test_days_between_need_a_number():
    assert read_days_between("salmon = 3") == ("salmon", 3)
    with pytest.raises(ConfigError, match='write "salmon=3"'):
        read_days_between("salmon")


@pytest.mark.parametrize("text", ["", "  ", "a\nb", "\x00"])
def test_an_empty_or_unprintable_name_is_refused(text):
    with pytest.raises(ConfigError, match="write the name of a food"):
        read_name(text)


def test_a_target_bounds_one_side():
    assert read_target("magnesium>=500") == TargetOverride("magnesium_mg", 500, None)
    assert read_target("salt<=5 g") == read_target("sodium_mg<=2000")
    assert read_target("ratio <= 2.6") == TargetOverride("ca_mg_ratio", None, 2.6)


@pytest.mark.parametrize("bound", ["nan", "inf", "-1", "much"])
def test_a_bound_that_is_no_number_in_range_is_refused(bound):
    with pytest.raises(ConfigError, match="write a number from 0"):
        read_target(f"magnesium_mg >= {bound}")


def test_an_unknown_nutrient_is_answered_with_near_ones():
    with pytest.raises(TargetsError, match=r"unknown nutrient 'magnesum'.*nearest: magnesium_mg"):
        read_target("magnesum >= 500")


def test_a_target_for_some_days_says_what_to_do_instead():
    for text in ("tue,sun:energy_kcal>=2600", "energy_kcal>=2600 on tue,sun"):
        with pytest.raises(TargetsError, match=r'every day — .*--more-energy "tue,sun=400 kcal"'):
            read_target(text)


def test_every_full_key_means_itself():
    for key in (*known_nutrients(), *SHARE_KEYS):
        assert read_target_key(key) == key


def test_tap_water_is_read_in_any_order():
    assert read_tap_water("ca=60, Mg=12") == {
        "calcium_mg_per_l": 60,
        "magnesium_mg_per_l": 12,
    }


@pytest.mark.parametrize("text", ["k=3", "12", "mg=1,magnesium=2", ""])
def test_another_form_of_water_analysis_is_refused(text):
    with pytest.raises(ConfigError, match="each mineral at most once"):
        read_tap_water(text)


def test_shares_of_energy_are_bands_around_what_was_typed():
    bands = {one.nutrient: (one.lower, one.upper) for one in read_macros("40/30/30")}
    assert bands == {
        "carbohydrate_pct_energy": (35, 45),
        "protein_pct_energy": (25, 35),
        "fat_pct_energy": (25, 35),
    }


def test_a_bound_of_ones_own_holds_beside_shares_of_energy():
    bound = read_target("protein_pct_energy>=28")
    asked = build_request(macros=read_macros("40/30/30"), target=(bound,))
    bands = {one.nutrient: (one.lower, one.upper) for one in asked.overrides}
    assert bands["protein_pct_energy"] == (28, 35)


@pytest.mark.parametrize("text", ["40/30", "40/30/40", "a/b/c", "40/30/20/10", ""])
def test_what_is_no_shares_is_told(text):
    with pytest.raises(ConfigError, match="three that make 100"):
        read_macros(text)
