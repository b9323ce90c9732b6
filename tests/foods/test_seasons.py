import pytest

from foods.embedded import read_embedded_foods
from foods.errors import FoodDataError
from foods.seasons import foods_out_of_season, parse_seasons, read_seasons

FOODS = read_embedded_foods()


def test_about_fifty_bases_have_seasons_and_all_are_in_the_catalogue():
    bases = {food.base for food in FOODS}
    assert len(read_seasons()) >= 50
    assert set(read_seasons()) <= bases


def test_strawberries_are_out_of_season_in_a_northern_winter_and_not_in_june():
    assert "strawberries" in foods_out_of_season(FOODS, {1}, "north")
    assert "strawberries" not in foods_out_of_season(FOODS, {6}, "north")


def test_southern_seasons_are_half_a_year_later():
    # strawberries: May to July in the north, so November to January in the south
    assert "strawberries" not in foods_out_of_season(FOODS, {12}, "south")
    assert "strawberries" in foods_out_of_season(FOODS, {6}, "south")


def test_a_week_over_two_months_is_in_season_with_either():
    assert "strawberries" not in foods_out_of_season(FOODS, {4, 5}, "north")


def test_what_is_frozen_or_canned_has_no_season():
    out = foods_out_of_season(FOODS, {1}, "north")
    assert out
    assert {FOODS[food_id].aisle for food_id in out}.isdisjoint({"frozen", "canned_dry_beans"})


@pytest.mark.parametrize("row", ["plum,13", "plum,", ",7", "plum,7;x", "plum,7\nplum,8"])
def test_a_damaged_row_is_named(row):
    with pytest.raises(FoodDataError, match="row"):
        parse_seasons(f"base,months_north\n{row}\n")
