"""Figures are carried as printed, minerals overlaid together, and gaps filled by rule only."""

import tomllib

import pytest

from foods.embedded import read_data_text
from foods.errors import FoodDataError
from foods.importers.carry import CarryInputs, as_plain, carry_figures
from foods.importers.release import ReleaseFigures
from foods.own_csv import parse_figures
from foods.sheet import parse_rows

RULES = tomllib.loads(read_data_text("estimates.toml"))
OATS = {
    "food_id": "oats",
    "name": "Oats",
    "group": "whole_grains",
    "release": "sr28",
    "source_id": "99001",
    "origin": "plant",
    "flags": "",
}
SR28 = ReleaseFigures(
    "sr28",
    {"99001": {"304": "177.00", "301": "54.0", "406": "1.20", "203": "10.0", "501": "0.24"}},
    {"99001": "99001"},
    frozenset({"99001"}),
)
FOUNDATION = ReleaseFigures(
    "foundation_2024-10",
    {"7": {"1090": "126.3", "1087": "46.0"}},
    {"7": "99001"},
    frozenset({"7"}),
)


def carry(food=OATS, overlays=None, foundation=FOUNDATION):
    releases = {"sr28": SR28, "foundation_2024-10": foundation}
    inputs = CarryInputs((food,), overlays or {}, {}, RULES, releases, {"99001": "170001"})
    foods, kept = carry_figures(inputs)
    return parse_figures(foods, "foods.csv")["oats"], parse_rows(kept, "overlaid.csv")


def test_minerals_of_the_same_number_are_overlaid_together_and_the_others_kept():
    oats, kept = carry()
    assert (oats.per_100g["magnesium_mg"], oats.per_100g["calcium_mg"]) == (126.3, 46.0)
    assert oats.overlay["calcium_mg"] == "foundation_2024-10:7"
    assert [row["value"] for _number, row in kept] == ["177", "54"]
    assert oats.fdc_id == "170001"


def test_an_analysis_without_calcium_is_not_overlaid():
    bare = ReleaseFigures("foundation_2024-10", {"7": {"1090": "126"}}, {"7": "99001"}, {"7"})
    assert carry(foundation=bare)[0].per_100g["magnesium_mg"] == 177


def test_a_decision_can_forbid_an_overlay_or_leave_a_mineral_out():
    decision = {"foundation_fdc_id": "", "except": ""}
    assert carry(overlays={"oats": decision})[0].per_100g["magnesium_mg"] == 177
    decision = {"foundation_fdc_id": "7", "except": "calcium_mg"}
    assert carry(overlays={"oats": decision})[0].per_100g["calcium_mg"] == 54


def test_niacin_equivalents_count_a_sixtieth_of_tryptophan():
    # 1.20 mg + 240 mg / 60 = 5.20 mg
    oats, _kept = carry()
    assert oats.per_100g["niacin_ne_mg"] == pytest.approx(5.2)
    assert oats.overlay["niacin_ne_mg"] == "own:niacin_from_tryptophan"


def test_a_nutrient_that_neither_release_nor_rule_gives_stays_blank():
    oats, _kept = carry()
    assert oats.per_100g["iron_mg"] is None
    assert "iron_mg" not in oats.overlay


def test_a_row_that_the_release_lacks_is_named():
    with pytest.raises(FoodDataError, match="oats: sr28 has no food 99009"):
        carry({**OATS, "source_id": "99009"})


@pytest.mark.parametrize(
    ("printed", "plain"), [("126.00", "126"), ("3.50e+01", "35"), ("0.00", "0"), ("0.010", "0.01")]
)
def test_an_amount_keeps_its_number_and_loses_zeros_at_its_end(printed, plain):
    assert as_plain(printed) == plain
