from planner.plan.water import foods_with_water
from planner.request.request import Water
from tests.plates import food, table

TAP = food("tap_water", group="water", magnesium_mg=1.0, calcium_mg=3.0, sodium_mg=4.0)


def test_an_analysis_replaces_the_figures_it_names_and_no_others():
    foods = foods_with_water(table(TAP, food("kale")), Water(magnesium_mg_per_l=25.0))
    assert foods["tap_water"].per_100g == {
        "magnesium_mg": 2.5,  # 25 mg/L are 2.5 mg per 100 g
        "calcium_mg": 3.0,
        "sodium_mg": 4.0,
    }
    assert foods["tap_water"].overlay == {"magnesium_mg": "own:tap_water_analysis"}
    assert len(foods) == 2


def test_water_without_magnesium_is_zero_and_not_unknown():
    foods = foods_with_water(table(TAP), Water(magnesium_mg_per_l=0.0))
    assert foods["tap_water"].per_100g["magnesium_mg"] == 0.0
