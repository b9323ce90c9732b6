"""Names, units and bases, the same wherever a figure is printed."""

from __future__ import annotations

import pytest

from planner.request.override import SHARE_KEYS
from planner.standards.standard import BASES
from planner.targets.words import BASIS_WORDS, heading_of, name_of, name_within, unit_of, unit_word


@pytest.mark.parametrize(
    ("key", "unit", "word", "name", "within"),
    [
        ("ca_mg_ratio", "ratio", "", "Calcium to magnesium", "calcium to magnesium"),
        (
            "fat_pct_energy",
            *("percent", "% of energy", "Fat (share of energy)", "fat (share of energy)"),
        ),
        ("vitamin_d_ug", "ug", "µg", "Vitamin D", "vitamin D"),
    ],
)  # fmt: skip
def test_a_key_has_one_name_and_one_unit(key, unit, word, name, within):
    assert (unit_of(key), unit_word(key)) == (unit, word)
    assert (name_of(key), name_within(key)) == (name, within)


def test_a_row_is_headed_by_name_basis_and_unit():
    assert heading_of("magnesium_mg", "supplement") == "Magnesium from supplements, mg"
    assert heading_of("vitamin_e_mg", "supplement_and_fortified") == "Vitamin E added, mg"
    assert heading_of("fat_pct_energy") == "Fat, % of energy"
    assert heading_of("ca_mg_ratio") == "Calcium to magnesium"


def test_every_basis_has_its_word_and_every_share_its_name():
    assert set(BASIS_WORDS) == set(BASES)
    assert all(name_of(key) for key in SHARE_KEYS)
