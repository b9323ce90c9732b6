import re

import pytest

from planner.candidates.dish import read_embedded_dishes
from planner.kitchen.steps import in_units, size_hint, steps_for
from planner.settings import read_settings

DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}


def said(step, share, units="metric"):
    (text,) = steps_for([step], share, units)
    return text


@pytest.mark.parametrize(
    ("step", "share", "metric", "us"),
    [
        # 480 ml / 4 = 120 ml, half a cup of 237 ml
        ("Add {480 ml} water.", 0.25, "Add 120 ml water.", "Add 1/2 cup (120 ml) water."),
        # 410 ml / 2 = 205 ml = 0.87 cup: 3/4 cup and 2 of its 16 spoons
        ("{410 ml} water", 0.5, "200 ml water", "3/4 cup plus 2 tbsp (200 ml) water"),
        ("{2 Tbsp} water", 0.25, "1/2 tbsp water", "1/2 tbsp water"),
        ("{1 tsp} of the oil", 0.25, "1/4 tsp of the oil", "1/4 tsp of the oil"),
        ("soak {400 g} dry ones", 0.18, "soak 70 g dry ones", "soak 70 g dry ones"),  # 72 g
    ],
)
def test_amounts_are_worked_out_in_kitchen_sizes(step, share, metric, us):
    assert said(step, share) == metric
    assert said(step, share, "us") == us


@pytest.mark.parametrize(
    ("step", "share", "text"),
    [
        ("Shape {4 flat patties}.", 0.25, "Shape 1 flat patty."),
        ("Shape {4 flat patties}.", 1.5, "Shape 6 flat patties."),
        ("in {2 batches} of 5 minutes", 0.25, "in 1 batch of 5 minutes"),
        ("peel {12 leaves}", 0.1, "peel 1 leaf"),
        ("into {8 pieces}", 0.25, "into 2 pieces"),
    ],
)
def test_pieces_are_counted_in_whole_ones_and_named_by_their_number(step, share, text):
    assert said(step, share) == text


def test_a_pan_keeps_its_depth_in_a_size_that_is_sold():
    # a quarter of the food on about a quarter of the area: 192 cm2, in 18 x 12 cm or 7 x 5 inches
    assert said("in a {32 x 24 cm} dish", 0.25) == "in a 18 x 12 cm dish"
    assert said("in a {33 x 23 cm} dish", 0.25, "us") == "in a 7 x 5 inch (18 x 13 cm) dish"
    assert said("in a {32 x 24 cm} dish", 1.0) == "in a 32 x 24 cm dish"
    # half the area of a 28 cm skillet is one of 19.8 cm
    assert said("in a {28 cm} skillet", 0.5) == "in a 20 cm skillet"
    assert said("in a {28 cm} skillet", 0.5, "us") == "in an 8 inch (20 cm) skillet"
    assert said("in a {28 cm} skillet", 0.01) == "in a 16 cm skillet"


def test_every_pan_of_the_dishes_is_sold_whatever_is_cooked_of_it():
    pans = read_settings("meals/measures.toml")["pans"]
    pan = re.compile(r"\{(\d+(?: x \d+)? cm)\}")
    found = {text for dish in DISHES.values() for step in dish.steps for text in pan.findall(step)}
    assert len(found) > 15
    for text in found:
        for units in ("us", "metric"):
            sold = {str(side) for side in pans[units]["round"]}
            sold |= {f"{long} x {short}" for long, short in pans[units]["square"]}
            for share in (0.2, 0.375, 0.5, 1.5, 2.0):
                (told,) = steps_for([f"in {{{text}}}"], share, units)
                assert any(f"{one} cm" in told for one in sold), (text, share, told)
                inches = re.findall(r"([\d/ ]+?)(?: x| inch)", told)
                assert all("/" not in one for one in inches), told  # nobody sells 6 1/2 inches


def test_what_stands_in_no_braces_is_the_same_for_any_servings():
    step = "Cut it in 2 cm cubes and fry them for 8 minutes in half of the oil."
    assert said(step, 0.25) == said(step, 6.0) == step


@pytest.mark.parametrize(
    ("text", "us", "metric"),
    [
        ("at 200 °C (400 °F) for", "at 400 °F (200 °C) for", "at 200 °C for"),
        ("flakes (63 °C, 145 °F)", "flakes (145 °F, 63 °C)", "flakes (63 °C)"),
        ("reheat to 74 °C", "reheat to 165 °F (74 °C)", "reheat to 74 °C"),
        ("at 350°F for", "at 350°F for", "at 175 °C (350°F) for"),  # (350 - 32) / 1.8 = 176.7
        ("2 cm cubes", "3/4 inch (2 cm) cubes", "2 cm cubes"),
        ("in a 20 cm pan", "in an 8 inch (20 cm) pan", "in a 20 cm pan"),
        ("3 mm thick", "1/8 inch (3 mm) thick", "3 mm thick"),
        ("a 33 x 23 cm dish", "a 13 x 9 inch (33 x 23 cm) dish", "a 33 x 23 cm dish"),
    ],
)
def test_us_kitchens_read_fahrenheit_and_inches_first_and_metric_ones_celsius_and_cm(
    text, us, metric
):
    assert in_units(text, "us") == us
    assert in_units(text, "metric") == metric


def test_only_much_less_or_more_of_what_is_heated_has_a_hint():
    stew = DISHES["beef_stew_carrots_potatoes"]
    assert size_hint(stew, 0.25).startswith("A small pan or pot is enough")
    assert size_hint(stew, 2.0).startswith("More than the recipe's 4 servings: take a wide pan")
    assert size_hint(stew, 0.5) == size_hint(stew, 1.0) == ""
    assert size_hint(DISHES["greek_yogurt_raspberries_walnuts"], 0.25) == ""


@pytest.mark.parametrize("units", ["us", "metric"])
@pytest.mark.parametrize("servings", [0.5, 1, 2, 4, 6])
def test_no_brace_of_a_shipped_dish_is_ever_printed(servings, units):
    for dish in DISHES.values():
        for step in steps_for(dish.steps, servings / dish.servings, units):
            assert not set("{}") & set(step), dish.dish_id
            assert "1 batches" not in step, dish.dish_id
