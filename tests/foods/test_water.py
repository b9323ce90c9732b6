import pytest

from foods.errors import FoodNotFoundError
from foods.water import find_water

WATERS = {"tap_water": "Tap water", "water_hepar": "Hepar mineral water"}


@pytest.mark.parametrize("name", ["hepar", "water_hepar", "Hepar mineral water", " HEPAR "])
def test_a_mineral_water_is_found_by_its_id_its_brand_or_its_name(name):
    assert find_water(name, WATERS) == "water_hepar"


@pytest.mark.parametrize("name", ["tap", "tap water", "tap-water"])
def test_tap_water_is_found(name):
    assert find_water(name, WATERS) == "tap_water"


def test_an_unknown_water_offers_the_nearest():
    with pytest.raises(FoodNotFoundError, match=r"no water 'heparr'.*hepar"):
        find_water("heparr", WATERS)
