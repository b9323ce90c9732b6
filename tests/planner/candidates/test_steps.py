import pytest

from foods.errors import FoodDataError
from planner.candidates.dish import parse_dishes
from planner.candidates.steps import StepAmount, read_amount, states_water, step_faults

DISH = """
[[dish]]
id = "toast"
name = "Toast"
kind = "snack"
slots = ["snack"]
cuisine = "any"
servings = 1
yield_g = 30
minutes = 3
active_minutes = 3
protein = "none"
starch = "bread"
keeps_days = 0
taste = 1
portions = "half"
ingredients = [{food = "bread_whole_wheat", mass_g = 30, measure = "1 slice"}]
steps = ["Toast it in %s."]
"""


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("350 ml", StepAmount(350.0, "ml")),
        ("1 1/2 Tbsp", StepAmount(1.5, "Tbsp")),
        ("12 flat patties", StepAmount(12.0, "flat patties")),
        ("33 x 23 cm", StepAmount(33.0, "cm", 23.0)),
        ("28 cm", StepAmount(28.0, "cm")),
    ],
)
def test_an_amount_is_a_number_and_what_it_counts(text, amount):
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    "text", ["", "some water", "3", "0 ml", "1/0 cup", "2 x 3 patties", "2 ml!"]
)
def test_what_is_no_amount_is_a_fault_that_says_how_to_write_one(text):
    assert read_amount(text) is None
    (fault,) = step_faults(f"Add {{{text}}} water.")
    assert "is no amount; write {350 ml}" in fault


def test_a_brace_that_stands_alone_is_a_fault():
    assert len(list(step_faults("Add {350 ml water."))) == 1
    assert list(step_faults("Add {350 ml} water.")) == []


def test_steps_that_say_how_much_water_are_known_from_those_that_do_not():
    assert states_water("Simmer it in {350 ml} barely warm water.")
    assert not states_water("Cut it into {4 pieces} under water, in the water.")
    assert not states_water("Add {1 Tbsp} of the oil.")


def test_a_dish_file_with_a_faulty_amount_is_refused_and_one_without_any_is_fine():
    with pytest.raises(FoodDataError, match=r"toast: step .*is no amount"):
        parse_dishes({"own.toml": DISH % "{a bit of} water"})
    (dish,) = parse_dishes({"own.toml": DISH % "a toaster"})
    assert dish.steps == ("Toast it in a toaster.",)
