"""Lines of recipes become foods and grams, and recipes their sums."""

import pytest

from foods.embedded import read_embedded_foods
from foods.errors import FoodDataError
from foods.label import food_of_label
from foods.recipe_line import (
    LineAmount,
    parse_line,
)
from foods.recipe_match import (
    match_line,
)
from tests.rows import rows


@rows(__file__, "amount_measure_and_food_are_taken")
def test_amount_measure_and_food_are_taken_apart(text, count, unit, name):
    line = parse_line(text)
    assert line.amount == LineAmount(count, unit)
    assert line.name == name
    assert line.doubts == ()


@pytest.mark.parametrize(
    ("text", "amount", "other"),
    [
        ("1 (15 oz) can black beans", LineAmount(1, "can"), LineAmount(15, "oz")),
        ("1 14-oz can coconut milk", LineAmount(1, "can"), LineAmount(14, "oz")),
        ("2 x 400g tins tomatoes", LineAmount(2, "can"), LineAmount(400, "g")),
        ("2 x 400g tomatoes", LineAmount(800, "g"), None),
        ("1 cup (about 150 g) peas", LineAmount(1, "cup"), LineAmount(150, "g")),
        ("200g/7oz spinach", LineAmount(200, "g"), LineAmount(7, "oz")),
        ("2 large cans tuna", LineAmount(2, "can"), None),
    ],
)
def test_a_second_amount_is_kept_beside_the_first(text, amount, other):
    line = parse_line(text)
    assert (line.amount, line.other) == (amount, other)


@pytest.mark.parametrize(
    "text",
    ["Salt to taste", "quarter pounder with cheese", "quarter pound burger", "half and half"],
)
def test_a_line_without_amount_has_none(text):
    assert parse_line(text).amount is None


@rows(__file__, "what_a_person_has_to")
def test_what_a_person_has_to_decide_is_a_doubt(text, doubt):
    assert parse_line(text).doubts == (doubt,)


FOODS = read_embedded_foods()


def grams(food_id, measure):
    return next(portion.mass_g for portion in FOODS[food_id].measures if portion.name == measure)


def test_measures_become_grams_by_the_measures_of_the_food():
    match = match_line("2 tbsp olive oil", FOODS)
    assert (match.food_id, match.is_sure) == ("olive_oil", True)
    assert match.mass_g == pytest.approx(2 * grams("olive_oil", "tbsp"))


def test_dry_rice_becomes_cooked_rice_with_the_mass_it_has_then():
    match = match_line("300 g brown rice", FOODS)
    dry_g_per_100g = FOODS["brown_rice_cooked"].bought_g_per_100g
    assert match.food_id == "brown_rice_cooked"
    assert match.mass_g == pytest.approx(300 * 100 / dry_g_per_100g)
    assert match.measure == "300 g brown rice, dry"


def test_the_steps_say_what_becomes_of_a_potato():
    baked = match_line("1 kg potatoes", FOODS, "Bake the potatoes for an hour.")
    boiled = match_line("1 kg potatoes", FOODS, "Boil the potatoes for 20 minutes.")
    assert (baked.food_id, boiled.food_id) == ("potato_baked", "potato_boiled")


@pytest.mark.parametrize("text", ["1 (15 oz) can black beans", "1 tin black beans"])
def test_a_can_of_beans_is_counted_drained(text):
    match = match_line(text, FOODS)
    assert match.food_id == "black_beans_canned"
    assert match.mass_g == pytest.approx(255, abs=1)  # 425 g net, 60 % of it beans


@rows(__file__, "everyday_words_find_the_food")
def test_everyday_words_find_the_food(text, food_id):
    match = match_line(text, FOODS)
    assert (match.food_id, match.is_sure) == (food_id, True)


@rows(__file__, "what_is_not_sure_is")
def test_what_is_not_sure_is_a_doubt_and_never_a_guess(text, doubt):
    match = match_line(text, FOODS)
    assert doubt in match.doubts
    assert not match.is_sure


@rows(__file__, "everyday_lines_are_sure")
def test_everyday_lines_are_sure(text, food_id, mass_g):
    match = match_line(text, FOODS)
    food = FOODS[match.food_id]
    bought_g = match.mass_g * (food.bought_g_per_100g / 100 if match.is_turned else 1)
    assert match.is_sure
    assert (food.bought_as if match.is_turned else food.food_id) == food_id
    assert bought_g == pytest.approx(mass_g, abs=0.1)


@rows(__file__, "what_is_offered_could_be_meant")
def test_what_is_offered_could_be_meant(text, first):
    assert next(iter(match_line(text, FOODS).nearest), None) == first


@rows(__file__, "a_figure_of_a_serving_counts")
def test_a_figure_of_a_serving_counts_per_100_g(kind, figure, key, per_100g):
    food = food_of_label("own_bar", "Bar", 40, [figure], kind)
    assert food.per_100g[key] == pytest.approx(per_100g)
    assert {nutrient for nutrient, amount in food.per_100g.items() if amount is not None} == {key}
    assert food.overlay == ({key: f"own:daily_value_{kind}"} if "%" in figure else {})


@rows(__file__, "what_no_label_can_mean_is")
def test_what_no_label_can_mean_is_refused(kind, figures, what):
    with pytest.raises(FoodDataError, match=what):
        food_of_label("own_bar", "Bar", 40, figures, kind)
