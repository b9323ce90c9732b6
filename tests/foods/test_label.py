"""Foods as their labels say them: per serving, in percent of a day, by the label's own values."""

import pytest

from foods.errors import FoodDataError
from foods.label import food_of_label, label_kinds, own_food_id, read_labels
from foods.nutrient import known_nutrients
from foods.own_csv import as_food_csv, parse_figures


@pytest.mark.parametrize(
    ("kind", "figure", "key", "per_100g"),
    [
        ("us", "magnesium=15%", "magnesium_mg", 157.5),  # 63 of 420 mg in 40 g
        ("eu", "Magnesium = 15 %", "magnesium_mg", 140.625),  # 56.25 of 375 mg
        ("us", "calcium=260mg", "calcium_mg", 650.0),
        ("eu", "energy=500kJ", "energy_kcal", 298.757),
        ("eu", "salt=0,5 g", "sodium_mg", 500.0),
        ("us", "vitamin_d_ug=2", "vitamin_d_ug", 5.0),
        ("us", "niacin=10%", "niacin_ne_mg", 4.0),
        ("us", "magnesium=0", "magnesium_mg", 0.0),
    ],
)
def test_a_figure_of_a_serving_counts_per_100_g(kind, figure, key, per_100g):
    food = food_of_label("own_bar", "Bar", 40, [figure], kind)
    assert food.per_100g[key] == pytest.approx(per_100g)
    assert {one for one, amount in food.per_100g.items() if amount is not None} == {key}
    assert food.overlay == ({key: f"own:daily_value_{kind}"} if "%" in figure else {})


def test_such_a_food_is_read_back_as_it_was():
    food = food_of_label("own_bar", "=Bar", 30, ["magnesium=7%", "iron=1.2"], "us")
    assert parse_figures(as_food_csv([food]), "own") == {"own_bar": food}


@pytest.mark.parametrize(
    ("kind", "figures", "what"),
    [
        ("us", ["magnezium=3"], "did you mean 'magnesium'"),
        ("us", ["magnesium=-3"], "no figure of a label"),
        ("us", ["magnesium=lots"], "no figure of a label"),
        ("us", ["magnesium=3kcal"], "cannot convert"),
        ("us", ["caffeine=5%"], "is not known"),
        ("eu", ["vitamin a=10%"], "in another way"),
        ("us", ["iron=1", "iron_mg=2"], "said twice"),
        ("us", ["protein=30g", "fat=20g"], "125 g in 100 g"),
    ],
)
def test_what_no_label_can_mean_is_refused(kind, figures, what):
    with pytest.raises(FoodDataError, match=what):
        food_of_label("own_bar", "Bar", 40, figures, kind)


def test_daily_values_are_of_nutrients_that_there_are():
    labels = read_labels()
    told = {key for one in label_kinds() for key in labels["label"][one]["daily"]}
    told |= {*labels["asked"], *labels["names"].values()}
    assert told <= known_nutrients().keys()
    for one in label_kinds():
        label = labels["label"][one]
        assert label["source"]
        assert not {*label["elsewise"]} & label["daily"].keys()


def test_an_id_is_made_of_the_name():
    assert own_food_id("My Oat-Bar 2") == "own_my_oat_bar_2"
