from dataclasses import replace

import pytest

from planner.check.judge import Finding
from planner.export.figures import (
    amount_text,
    finding_texts,
    mass_text,
    share_text,
    verdict,
)


def found(key, value, lower=None, upper=None):
    """Give a finding that holds where the value lies within its bounds."""
    within = value is not None and (lower is None or value >= lower)
    within = within and (upper is None or value <= upper)
    return Finding(key, "week", None, value, lower, upper, within, 1.0, True, "total")


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("magnesium_mg", 1319.6, "1,320"),
        ("iron_mg", 8.04, "8.0"),
        ("copper_mg", 0.9, "0.90"),
        ("ca_mg_ratio", 2.04, "2.04"),
        ("fat_pct_energy", 34.96, "35.0"),
        ("zinc_mg", None, "?"),
    ],
)
def test_amounts_are_rounded_as_their_nutrient_asks(key, value, text):
    assert amount_text(key, value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(2.04, "2.04"), (2.004, "2.004"), (2.0000004, "2.0000004")]
)
def test_a_value_that_misses_its_bound_does_not_print_as_the_bound(value, text):
    assert finding_texts(found("ca_mg_ratio", value, 1.0, 2.0))[0] == text


def test_a_value_within_its_band_is_rounded_as_ever():
    assert finding_texts(found("ca_mg_ratio", 1.996, 1.0, 2.0)) == ("2.00", "1.00", "2.00")


def test_almost_all_of_a_target_is_not_all_of_it():
    assert share_text(found("magnesium_mg", 319.9, 320.0)) == "99 %"
    assert share_text(found("magnesium_mg", 320.0, 320.0)) == "100 %"


def test_a_little_more_than_an_upper_bound_is_more_than_all_of_it():
    assert share_text(found("sodium_mg", 2300.1, None, 2300.0)) == "101 %"


@pytest.mark.parametrize(
    ("finding", "word"),
    [
        (found("iron_mg", 8.0, 8.0), "met"),
        (found("iron_mg", 7.99, 8.0), "short"),
        (found("iron_mg", 46.0, None, 45.0), "over"),
        (found("iron_mg", None, 8.0), "unknown"),
        (found("iron_mg", 5.0), "shown"),
    ],
)
def test_every_finding_is_told_in_a_word(finding, word):
    assert verdict(finding) == word


def test_grams_are_whole_or_tenths_below_ten():
    assert [mass_text(mass) for mass in (118.0, 4.5, 5.0, 1090.0)] == [
        "118 g",
        "4.5 g",
        "5 g",
        "1,090 g",
    ]




def test_a_sum_that_holds_up_to_its_last_digit_is_100_per_cent():
    # the judge allows one part in a thousand million for the order of adding
    least = found("calcium_mg", 1200.0 * (1 - 1e-12), 1200.0)
    most = found("sodium_mg", 2300.0 * (1 + 1e-12), None, 2300.0)
    assert [share_text(replace(one, holds=True)) for one in (least, most)] == ["100 %", "100 %"]
    assert [share_text(one) for one in (least, most)] == ["99 %", "101 %"]
