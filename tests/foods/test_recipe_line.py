import pytest

from foods.recipe_line import (
    DOUBT_ADDED,
    DOUBT_CHOICE,
    DOUBT_OPTIONAL,
    DOUBT_PART,
    DOUBT_TWO_FOODS,
    LineAmount,
    parse_line,
)


@pytest.mark.parametrize(
    ("text", "count", "unit", "name"),
    [
        ("2 1/2 cups cooked quinoa, cooled", 2.5, "cup", "cooked quinoa"),
        ("1½ kg floury potatoes, peeled", 1.5, "kg", "floury potatoes"),
        ("¼ tsp ground cumin", 0.25, "tsp", "ground cumin"),
        ("250ml milk", 250, "ml", "milk"),
        ("1,5 l water", 1.5, "l", "water"),
        ("2\u20133 cloves garlic, minced", 2.5, "clove", "garlic"),
        ("2 to 4 tbsp. soy sauce", 3, "tbsp", "soy sauce"),
        ("a pinch of salt", 1, "pinch", "salt"),
        ("half a cup of water", 0.5, "cup", "water"),
        ("three quarters of a cup milk", 0.75, "cup", "milk"),
        ("a quarter of an onion", 0.25, "", "onion"),
        ("1/2 of an apple", 0.5, "", "apple"),
        ("half the avocado", 0.5, "", "avocado"),
        ("one and a half cups oatmeal", 1.5, "cup", "oatmeal"),
        ("1 & 1/2 cups milk", 1.5, "cup", "milk"),
        ("a slice and a half of bread", 1.5, "slice", "bread"),
        ("half dozen oysters", 6, "", "oysters"),
        ("the whole bag of spinach", 1, "pack", "spinach"),
        ("a couple of squares of dark chocolate", 2, "square", "dark chocolate"),
        ("two whole eggs", 2, "", "eggs"),
        ("a whole wheat bagel", 1, "", "whole wheat bagel"),
        ("- [ ] 1 lb. ground beef", 1, "lb", "ground beef"),
        ("4 boneless, skinless chicken thighs, cut up", 4, "", "boneless skinless chicken thighs"),
    ],
)
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


def test_a_size_is_told_from_the_name():
    line = parse_line("3 large red bell peppers, sliced")
    assert (line.amount, line.size, line.name) == (LineAmount(3, ""), "large", "red bell peppers")


def test_thirds_in_words_are_those_of_figures():
    assert parse_line("two-thirds cup rice").amount.count == pytest.approx(2 / 3, abs=1e-3)


@pytest.mark.parametrize(
    "text",
    ["Salt to taste", "quarter pounder with cheese", "quarter pound burger", "half and half"],
)
def test_a_line_without_amount_has_none(text):
    assert parse_line(text).amount is None


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("500 ml vegetable or chicken stock", DOUBT_CHOICE),
        ("1 tsp salt and pepper", DOUBT_TWO_FOODS),
        ("10 g butter (optional)", DOUBT_OPTIONAL),
        ("2 tbsp parsley, for garnish", DOUBT_OPTIONAL),
        ("1 cup plus 2 tbsp flour", DOUBT_ADDED),
        ("1 lemon, juiced", DOUBT_PART),
    ],
)
def test_what_a_person_has_to_decide_is_a_doubt(text, doubt):
    assert parse_line(text).doubts == (doubt,)


def test_more_for_serving_leaves_the_amount_as_it_is():
    assert parse_line("1 tbsp olive oil, plus more for serving").doubts == ()


@pytest.mark.parametrize(
    "text", ["", "   ", "1/0 cup", "(", "½", "1 x", "🙂", "-", "2 (400", ",,,"]
)
def test_no_line_breaks_the_grammar(text):
    assert parse_line(text).text == text.strip()
